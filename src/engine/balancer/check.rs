//! Health checks that a front makes itself, for all of its instances.
//!
//! A check is small: it takes its place in line, but no time of the CPU. `http` passes at once where a worker is free;
//! else it stands behind those that wait, and passes when as many have been answered: that is looked up ten times in
//! its timeout. `connect` is the kernel's business. Nobody listens, or no connection is left: it fails at once. A full
//! backlog, or a process that hangs, lets it time out. Every member is checked from when it is listed, first after a
//! part of the interval that differs from member to member, and then an interval after the end of the check before.

use std::sync::Arc;

use super::super::event::Event;
use super::super::pool::Health;
use super::super::queue::EventKey;
use super::super::{Engine, Probe};
use crate::observe::Observation;
use crate::scenario::{Check, CheckKind};
use crate::units::{ReplicaId, SimDuration, SimTime};

/// In how many steps a timeout is looked through.
const STEPS: u64 = 10;

/// The checks of one member.
#[derive(Debug, Clone)]
pub(super) struct Checks {
    pub next: EventKey,
    /// When the open check began, and at how many answers of the replica it passes.
    open: Option<(SimTime, u64)>,
    health: Health,
}

impl Checks {
    pub(super) const fn none() -> Self {
        Self { next: EventKey::NONE, open: None, health: Health::up(1, 1) }
    }
}

/// What a look at a check shows.
enum Look {
    Over(bool),
    Open,
}

impl Engine {
    /// A member has been listed or is no longer: its checks begin or end. HAProxy takes one that it does not know for
    /// well until its first failure, Envoy for ill until its first pass, others for well.
    pub(super) fn begin_or_end_checks(&mut self, front: u16, member: u32, listed: bool) {
        let Some(rule) = self.model.front(front).settings.check.clone() else { return };
        let product = self.model.front(front).product.name;
        let body = &mut self.fronts[usize::from(front)];
        let expected = u64::from(self.model.services[body.service as usize].replicas.max(1));
        let checks = &mut body.checks[member as usize];
        if listed == (checks.next != EventKey::NONE) {
            return;
        }
        self.queue.cancel(checks.next);
        *checks = Checks::none();
        let well = !listed || product != "envoy";
        if listed {
            checks.health = match product {
                "haproxy" => Health::unsure(rule.rise, rule.fall),
                "envoy" => Health::down(rule.rise, rule.fall),
                _ => Health::up(rule.rise, rule.fall),
            };
            let part = rule.interval.0 * (u64::from(member) % expected + 1) / expected;
            let at = self.now + SimDuration(part);
            checks.next = self.queue.schedule(at, Event::Probe { front, member });
        }
        let now = self.now;
        body.instances.iter_mut().for_each(|instance| instance.pool.set_well(now, member, well));
    }

    /// A front checks its members at this interval from now on, or no more. Who was well or ill stays so until the
    /// next check; without checks, everybody is taken for well.
    pub(in crate::engine) fn set_interval(
        &mut self,
        front: u16,
        interval: Option<SimDuration>,
        probe: &mut impl Probe,
    ) {
        let (now, place) = (self.now, usize::from(front));
        let known = &mut Arc::make_mut(&mut self.model).fronts[place].settings.check;
        let before = known.take();
        *known = interval.map(|interval| Check { interval, ..before.clone().unwrap_or_default() });
        let rule = known.clone();
        for member in 0..self.fronts[place].members.len() as u32 {
            let body = &mut self.fronts[place];
            let checks = &mut body.checks[member as usize];
            match &rule {
                None => {
                    self.queue.cancel(checks.next);
                    *checks = Checks::none();
                    body.instances.iter_mut().for_each(|i| i.pool.set_well(now, member, true));
                }
                Some(rule) => {
                    let listed = body.instances.iter().any(|instance| instance.pool.is_listed(member));
                    // One that is under way goes on, and the pause after it is the new one.
                    if !listed || checks.open.is_some() {
                        continue;
                    }
                    if before.is_none() {
                        checks.health = Health::up(rule.rise, rule.fall);
                    }
                    self.queue.cancel(checks.next);
                    let at = now + rule.interval;
                    checks.next = self.queue.schedule(at, Event::Probe { front, member });
                }
            }
        }
        self.watch_front(front);
        self.serve_front(front, probe);
    }

    /// A check begins, or is looked at.
    pub(in crate::engine) fn probe_member(&mut self, front: u16, member: u32, probe: &mut impl Probe) {
        let now = self.now;
        let Some(rule) = self.model.front(front).settings.check.clone() else { return };
        let place = usize::from(front);
        let checks = &mut self.fronts[place].checks[member as usize];
        checks.next = EventKey::NONE;
        let open = checks.open;
        let id = self.fronts[place].members[member as usize];
        let (since, wanted) = open.unwrap_or_else(|| (now, self.answers_wanted(id)));
        let looked = match self.look(id, &rule, wanted) {
            Look::Open if now >= since + rule.timeout => Look::Over(false),
            looked => looked,
        };
        let checks = &mut self.fronts[place].checks[member as usize];
        let pause = match looked {
            Look::Over(passed) => {
                checks.open = None;
                self.checked_member(front, member, passed, &rule, probe);
                rule.interval
            }
            Look::Open => {
                checks.open = Some((since, wanted));
                let step = SimDuration((rule.timeout.0 / STEPS).max(1));
                step.min((since + rule.timeout).since(now))
            }
        };
        self.fronts[place].checks[member as usize].next =
            self.queue.schedule(now + pause, Event::Probe { front, member });
    }

    /// When a request that comes now would have been answered, by the count of answers; never when the backlog is full.
    fn answers_wanted(&self, id: u32) -> u64 {
        let replica = &self.replicas[id as usize];
        if replica.waiting() > replica.model.backlog {
            return u64::MAX;
        }
        replica.answered + u64::from(replica.waiting()) + 1
    }

    fn look(&mut self, id: u32, rule: &Check, wanted: u64) -> Look {
        let replica = &self.replicas[id as usize];
        let full =
            replica.model.connections.is_some_and(|most| replica.connections().value() >= u64::from(most));
        if !replica.listens() || full {
            return Look::Over(false);
        }
        if rule.kind == CheckKind::Connect {
            return if wanted == u64::MAX { Look::Open } else { Look::Over(true) };
        }
        if replica.rest.faults.frozen {
            return Look::Open;
        }
        let idle = replica.waiting() == 0 && replica.has_free_worker();
        if !idle && replica.answered < wanted {
            return Look::Open;
        }
        let (share, fails) = (replica.rest.faults.errors, replica.rest.faults.fail_fast);
        let deep = rule.kind == CheckKind::Deep;
        Look::Over(!(deep && (fails || (share > 0.0 && self.checks_drawn.unit() < share))))
    }

    /// A check is over: it counts, and may take the member off or bring it back.
    fn checked_member(
        &mut self,
        front: u16,
        member: u32,
        passed: bool,
        rule: &Check,
        probe: &mut impl Probe,
    ) {
        let now = self.now;
        let body = &mut self.fronts[usize::from(front)];
        let checks = &mut body.checks[member as usize];
        self.digest.mix((u64::from(member) << 8) | u64::from(passed));
        if !checks.health.check(passed) {
            return;
        }
        let up = checks.health.is_up();
        let replica = ReplicaId(body.members[member as usize]);
        body.instances.iter_mut().for_each(|instance| instance.pool.set_well(now, member, up));
        let checks = if up { rule.rise } else { rule.fall };
        probe.observe(now, &Observation::Checked { replica, up, checks });
        self.watch_front(front);
        self.serve_front(front, probe);
    }
}
