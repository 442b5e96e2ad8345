//! What becomes of a replica while its process runs: its health check, and its caches that warm up.
//!
//! **Check** (Docker's HEALTHCHECK): a request of the container to its own server, without work of its own. It fails at
//! once where nobody listens and where every answer is an error; it passes at once where a worker is free. Else it
//! stands in line behind those that wait, and passes when as many have been answered; whether they have is looked up
//! ten times in its timeout. A full backlog, or a process that hangs, lets it time out.
//!
//! **Warm-up**: t after its start, everything takes 1 + (cold − 1)·e^(−t/τ) times as long, in steps of τ/10, each with
//! the value of its middle; after 5 τ it is warm.

use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::{Engine, Probe};
use crate::observe::{DownCause, Health, Observation, ReplicaState};
use crate::scenario::{HealthCheck, OnUnhealthy};
use crate::units::{ReplicaId, SimDuration, SimTime};

/// Steps in which a timeout is looked through, and a time constant.
const STEPS: u64 = 10;
/// Steps after which a replica is warm: five time constants.
const WARM: u32 = 50;

/// The state of that.
#[derive(Debug, Clone)]
pub(in super::super) struct Upkeep {
    pub health: Health,
    /// The next check, or the next look at the one that is open.
    check: EventKey,
    /// When the open check began, and how many answers it waits for.
    open: Option<(SimTime, u64)>,
    failures: u32,
    started: SimTime,
    /// How many times as long everything takes for want of warm caches.
    pub cold: f64,
    warm: EventKey,
    warmed: u32,
    /// Its largest worker is about to be killed.
    pub short_of_memory: EventKey,
}

impl Upkeep {
    pub(super) const fn new() -> Self {
        Self {
            health: Health::Unknown,
            check: EventKey::NONE,
            open: None,
            failures: 0,
            started: SimTime::ZERO,
            cold: 1.0,
            warm: EventKey::NONE,
            warmed: 0,
            short_of_memory: EventKey::NONE,
        }
    }
}

impl Engine {
    /// The container runs: its checks begin. One that was up before the run began has passed them.
    pub(in super::super) fn begin_checks(&mut self, id: u32, up_already: bool, probe: &mut impl Probe) {
        let now = self.now;
        let replica = self.replica(id);
        let Some(rule) = replica.model.healthcheck.clone() else { return };
        replica.rest.upkeep.started = now;
        replica.rest.upkeep.failures = 0;
        let health = if up_already { Health::Healthy } else { Health::Starting };
        self.set_health(id, health, probe);
        if !self.is_well(id) && self.discovers(id) {
            self.list(id, false, probe);
        }
        self.next_check(id, &rule);
    }

    fn next_check(&mut self, id: u32, rule: &HealthCheck) {
        let now = self.now;
        let upkeep = &self.replicas[id as usize].rest.upkeep;
        let young = upkeep.health == Health::Starting && now < upkeep.started + rule.start_period;
        let pause = if young { rule.start_interval } else { rule.interval };
        self.replica(id).rest.upkeep.check = self.queue.schedule(now + pause, Event::Check { replica: id });
    }

    /// A check begins, or is looked at.
    pub(in super::super) fn check_health(&mut self, id: u32, probe: &mut impl Probe) {
        let now = self.now;
        let Some(rule) = self.replicas[id as usize].model.healthcheck.clone() else { return };
        let replica = self.replica(id);
        replica.rest.upkeep.check = EventKey::NONE;
        let listens = replica.listens();
        let fails_at_once = !listens || (replica.rest.faults.fail_fast && !replica.rest.faults.frozen);
        let free = !replica.rest.faults.frozen
            && replica.waiting() == 0
            && replica.has_free_worker()
            && replica.has_file();
        let (since, wanted) = match replica.rest.upkeep.open {
            Some(open) => open,
            None if replica.waiting() > replica.model.backlog => (now, u64::MAX),
            None => (now, replica.answered + u64::from(replica.waiting()) + 1),
        };
        let answered = free || (replica.answered >= wanted && !replica.rest.faults.frozen);
        if fails_at_once || answered || now >= since + rule.timeout {
            replica.rest.upkeep.open = None;
            let share = self.replicas[id as usize].rest.faults.errors;
            let error = share > 0.0 && self.checks.unit() < share;
            let passed = answered && !fails_at_once && !error;
            self.checked(id, passed, &rule, probe);
        } else {
            replica.rest.upkeep.open = Some((since, wanted));
            let look = now + SimDuration((rule.timeout.0 / STEPS).max(1));
            let next = look.min(since + rule.timeout);
            self.replica(id).rest.upkeep.check = self.queue.schedule(next, Event::Check { replica: id });
        }
    }

    /// A check is over.
    fn checked(&mut self, id: u32, passed: bool, rule: &HealthCheck, probe: &mut impl Probe) {
        let now = self.now;
        let upkeep = &mut self.replica(id).rest.upkeep;
        let forgiven = upkeep.health == Health::Starting && now < upkeep.started + rule.start_period;
        upkeep.failures = match passed {
            true => 0,
            false if forgiven => upkeep.failures,
            false => upkeep.failures + 1,
        };
        let (failures, before) = (upkeep.failures, upkeep.health);
        let health = match passed {
            true => Health::Healthy,
            false if failures >= rule.retries => Health::Unhealthy,
            false => before,
        };
        if health != before {
            self.set_health(id, health, probe);
            match (rule.on_unhealthy, health) {
                (OnUnhealthy::Restart, Health::Unhealthy) => {
                    self.die(id, DownCause::Unhealthy, probe);
                    return;
                }
                (OnUnhealthy::Unlist, _) if self.discovers(id) => self.list(id, self.is_found(id), probe),
                _ => {}
            }
        }
        // What it was sent as soon as it was listed may have been the end of it.
        if self.replicas[id as usize].has_process() {
            self.next_check(id, rule);
        }
    }

    fn set_health(&mut self, id: u32, health: Health, probe: &mut impl Probe) {
        self.replica(id).rest.upkeep.health = health;
        self.digest.mix((u64::from(id) << 8) | 0x80 | health as u64);
        probe.observe(self.now, &Observation::Health { replica: ReplicaId(id), health });
        self.poke_rollout(id);
    }

    /// Whether its health lets the balancer list it.
    pub(in super::super) fn is_well(&self, id: u32) -> bool {
        let replica = &self.replicas[id as usize];
        let rule = replica.model.healthcheck.as_ref().map(|rule| rule.on_unhealthy);
        rule != Some(OnUnhealthy::Unlist) || replica.rest.upkeep.health == Health::Healthy
    }

    /// A process that has just started has cold caches.
    pub(in super::super) fn begin_cold(&mut self, id: u32) {
        if self.replicas[id as usize].model.cold.0 > 1.0 {
            self.replica(id).rest.upkeep.warmed = 0;
            self.warm_step(id);
        }
    }

    /// The caches are a little warmer.
    pub(in super::super) fn warm_step(&mut self, id: u32) {
        let now = self.now;
        let replica = &mut self.replicas[id as usize];
        let (cold, time) = replica.model.cold;
        let step = replica.rest.upkeep.warmed;
        replica.rest.upkeep.warmed += 1;
        (replica.rest.upkeep.cold, replica.rest.upkeep.warm) = if step < WARM {
            let passed = (f64::from(step) + 0.5) / STEPS as f64;
            let next = self.queue.schedule(now + SimDuration(time.0 / STEPS), Event::Warmer { replica: id });
            (1.0 + (cold - 1.0) * libm::exp(-passed), next)
        } else {
            (1.0, EventKey::NONE)
        };
        self.set_pace(id);
    }

    /// The process is gone, and with it its checks and its caches.
    pub(in super::super) fn stop_upkeep(&mut self, id: u32) {
        let fresh = Upkeep { failures: 0, ..Upkeep::new() };
        let old = std::mem::replace(&mut self.replica(id).rest.upkeep, fresh);
        for key in [old.check, old.warm, old.short_of_memory] {
            self.queue.cancel(key);
        }
    }

    /// Checks that are scheduled: they never end by themselves.
    pub(in super::super) fn open_checks(&self) -> usize {
        self.replicas.iter().filter(|replica| replica.rest.upkeep.check != EventKey::NONE).count()
    }
}

impl super::Replica {
    /// Whether its process runs.
    fn has_process(&self) -> bool {
        matches!(self.state, ReplicaState::Starting | ReplicaState::Ready | ReplicaState::Draining)
    }

    /// Whether connections are accepted: when it is ready, and while it drains without having noticed.
    #[inline]
    pub(in super::super) fn listens(&self) -> bool {
        let deaf = self.model.on_stop == crate::scenario::OnStop::Ignore;
        self.state == ReplicaState::Ready || (deaf && self.state == ReplicaState::Draining)
    }
}
