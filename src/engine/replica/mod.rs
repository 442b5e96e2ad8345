//! One replica: connections, backlog, workers, CPU share and memory.
//!
//! A connection attempt that finds nobody listening is refused at once. One that finds the connection limit
//! reached is refused too. Else it takes a free worker, or waits in the listen backlog, which holds one more
//! than its size (Linux). A full backlog drops the attempt without a word, and the sender tries again.

mod accept;
mod faults;
mod jobs;
mod leave;
mod memory;
mod places;
mod quota;
mod sharing;
mod stepping;
mod upkeep;
mod worker;

use std::sync::Arc;

use super::arena::{Arena, Fifo};
use super::event::Event;
use super::host::Counted;
use super::queue::{EventKey, EventQueue, Recurring};
use super::request::{Origin, Phase, Request};
use super::{Engine, Probe};
use crate::observe::{DownCause, Faults, Level, MemoryParts, Outcome, ReplicaState};
use crate::scenario::{CpuModel, ReplicaModel};
use crate::units::{SimDuration, SimTime};

use memory::{Alarm, Alarms};
use places::Places;
pub(super) use sharing::Sharing;
use upkeep::Upkeep;

/// What each request touches, in this order in memory: with many replicas, none of it is where the processor has just
/// been, and the fewer cache lines and pages it is spread over, the better. One that has to wait finds all in the first
/// two lines of 64 bytes, one that begins or ends in the first five. What is in [`Rest`] is elsewhere.
#[derive(Debug, Clone)]
#[repr(C, align(64))]
pub(super) struct Replica {
    /// When the next request in service is done.
    next_done: Recurring,
    /// Requests that fronts count as in flight on it.
    pub in_flight: u32,
    /// Which member of its service's front it is.
    pub member: u32,
    /// Places whose workers are not there, since they are about to boot.
    absent: u32,
    backlog: Fifo,
    pub state: ReplicaState,
    /// Whether connections and requests count in its memory.
    pub weighs: bool,
    /// Whether its connections are others than those of the requests inside: they are kept without a request, or
    /// requests come without one.
    apart: bool,
    pub attempts: u64,
    pub answered: u64,
    /// What it has; shared with the others of its service that have the same, and so where the processor has just been.
    pub model: Arc<ReplicaModel>,
    /// With no more requests inside than this, nothing can happen to them that only the general way knows.
    easy: u64,
    pub in_system: Level,
    pub running: Level,
    /// Which request is in service on which place.
    places: Places,
    /// Since when its CPU is full, and when that was last seen to be too long.
    cpu_full_since: SimTime,
    cpu_alarm: Alarm,
    pub rest: Box<Rest>,
    pub cpu: Sharing,
}

/// The last is for those who have several in service.
const _: () = assert!(size_of::<Replica>() == 6 * 64);

/// What a request of a plain world does not touch.
#[derive(Debug, Clone)]
pub(super) struct Rest {
    pub service: u32,
    /// Its number in the service, from 1.
    pub number: u32,
    pub name: String,
    /// The host that it is on, and what of it was counted there last.
    pub host: u32,
    pub counted: Counted,
    /// The version of its service that it runs.
    pub version: u32,
    pub since: SimTime,
    pub until: Option<SimTime>,
    /// How many times it has died: what refers to an earlier life is void.
    pub life: u32,
    /// Workers that were killed, each with the boot of the next, its first place and how many it has.
    booting: Vec<(EventKey, u32, u32)>,
    alarms: Alarms,
    /// In service without a worker, and those of them who want one again, in order.
    parked: Vec<u32>,
    ready: Fifo,
    /// Open connections, where they are not just those of the requests inside; see [`Replica::connections`].
    connections: Level,
    pub memory: Level,
    pub parts: MemoryParts,
    pub sessions: u32,
    pub refused: u64,
    pub refused_at: Option<SimTime>,
    pub restarts: u32,
    pub oom_kills: u32,
    pub died: Option<(DownCause, SimTime, u32, u32)>,
    pub back_off: SimDuration,
    /// Restarts in a row.
    pub tries: u32,
    pub refused_port: Option<u16>,
    /// Stopped by hand to be started again.
    pub comes_back: bool,
    pub timer: EventKey,
    pub faults: Faults,
    leaking: EventKey,
    pub upkeep: Upkeep,
}

impl Rest {
    fn new((service, number): (u32, u32), name: String) -> Self {
        Self {
            service,
            number,
            name,
            host: 0,
            counted: Counted::default(),
            version: 0,
            since: SimTime::ZERO,
            until: None,
            life: 0,
            booting: Vec::new(),
            parked: Vec::new(),
            ready: Fifo::new(),
            connections: Level::default(),
            memory: Level::default(),
            parts: MemoryParts::default(),
            sessions: 0,
            refused: 0,
            refused_at: None,
            restarts: 0,
            oom_kills: 0,
            died: None,
            back_off: SimDuration::ZERO,
            tries: 0,
            refused_port: None,
            comes_back: false,
            timer: EventKey::NONE,
            faults: Faults::default(),
            leaking: EventKey::NONE,
            upkeep: Upkeep::new(),
            alarms: Alarms::default(),
        }
    }
}

impl Replica {
    pub(super) fn new(who: (u32, u32), name: String, model: Arc<ReplicaModel>, next_done: Recurring) -> Self {
        Self {
            next_done,
            in_flight: 0,
            member: 0,
            absent: 0,
            backlog: Fifo::new(),
            state: ReplicaState::Created,
            weighs: true,
            apart: true,
            attempts: 0,
            answered: 0,
            cpu: Sharing::new(model.cores, model.host_cores, model.cpu_model == CpuModel::Cfs),
            model,
            easy: 0,
            in_system: Level::default(),
            running: Level::default(),
            places: Places::new(),
            cpu_full_since: SimTime::NEVER,
            cpu_alarm: Alarm::default(),
            rest: Box::new(Rest::new(who, name)),
        }
    }

    /// Whether its connections are not just those of the requests inside; to be said before there are any.
    pub(super) fn count_connections(mut self, apart: bool) -> Self {
        self.apart = apart;
        self
    }

    /// Open connections.
    #[inline]
    pub(super) fn connections(&self) -> &Level {
        if self.apart { &self.rest.connections } else { &self.in_system }
    }

    /// Whether it goes as soon as nothing is left inside.
    #[inline]
    pub(super) fn is_leaving(&self) -> bool {
        self.state == ReplicaState::Draining
    }

    /// Whether it has no more inside than it is easy with; so it has after one of them has left, too.
    #[inline(always)]
    pub(super) fn is_easy(&self) -> bool {
        self.in_system.value() <= self.easy
    }

    /// How many requests it may have inside without anything to be asked but for a worker: one less than the
    /// connection that is news, none where each has memory, steps or a watchdog, or where the replica is faulty.
    fn easy_with(&self, steps: bool) -> u64 {
        let (model, faults) = (&self.model, &self.rest.faults);
        if steps || self.weighs || model.worker_timeout.is_some() || faults.frozen || faults.fail_fast {
            return 0;
        }
        let most = |limit: Option<u32>| limit.map_or(u64::MAX, u64::from);
        let connections = most(model.connections.map(|limit| limit.saturating_sub(1)));
        connections.min(most(model.files)).min(most(model.shed_above))
    }

    /// Requests inside: in service by place, then those without a worker, then waiting, oldest first.
    pub(super) fn inside(&self, requests: &Arena<Request>) -> Vec<u32> {
        self.places.all().chain(self.rest.parked.iter().copied()).chain(self.backlog.iter(requests)).collect()
    }

    /// Places whose worker is there.
    #[inline]
    pub(super) fn concurrency(&self) -> u32 {
        self.model.concurrency.saturating_sub(self.absent)
    }

    /// Cores that it would use if its host had enough for all.
    pub(super) fn wants(&self) -> f64 {
        f64::from(self.cpu.len()).min(self.model.cores)
    }

    pub(super) fn waiting(&self) -> u32 {
        self.backlog.len()
    }

    pub(super) fn waiting_requests<'a>(
        &self,
        requests: &'a Arena<Request>,
    ) -> impl Iterator<Item = u32> + 'a {
        self.backlog.iter(requests)
    }

    /// The request in service on a place.
    #[inline]
    pub(super) fn at_place(&self, place: u32) -> u32 {
        self.places.at(place)
    }

    /// Everything inside is gone; the caller has seen to the requests.
    pub(super) fn empty(&mut self, now: SimTime) {
        self.cpu.clear(now);
        self.places.clear();
        self.backlog = Fifo::new();
        self.rest.parked.clear();
        self.rest.ready = Fifo::new();
        self.running.set(now, 0);
        self.in_system.set(now, 0);
        self.rest.connections.set(now, 0);
        self.rest.parts = MemoryParts::default();
        self.rest.memory.set(now, 0);
        self.rest.sessions = 0;
        self.cpu_full_since = SimTime::NEVER;
        self.rest.life += 1;
    }

    /// How many times as long everything takes for want of memory: 1 up to `pressure_from` of the limit, then in
    /// a straight line up to `pressure` at the limit.
    fn pressure(&self) -> f64 {
        let ram = &self.model.ram;
        let Some(limit) = self.model.memory.filter(|_| ram.pressure_from < 1.0) else { return 1.0 };
        let used = self.rest.parts.total() as f64 / limit as f64;
        let above = ((used - ram.pressure_from) / (1.0 - ram.pressure_from)).clamp(0.0, 1.0);
        1.0 + (ram.pressure.get() - 1.0) * above
    }

    #[inline]
    fn measure_memory(&mut self, now: SimTime) -> bool {
        let total = self.rest.parts.total();
        if total != self.rest.memory.value() {
            self.rest.memory.set(now, total);
        }
        self.model.memory.is_some_and(|limit| total > limit)
    }

    /// Schedules when the next of those in service is done.
    #[inline(always)]
    pub(super) fn schedule_done(&self, queue: &mut EventQueue<Event>) {
        match self.cpu.next_done() {
            Some(at) => queue.set(self.next_done, at),
            None => queue.unset(self.next_done),
        }
    }

    /// The same after one is done, which was all that was scheduled.
    #[inline(always)]
    pub(super) fn schedule_next_done(&self, queue: &mut EventQueue<Event>) {
        if let Some(at) = self.cpu.next_done() {
            queue.set(self.next_done, at);
        }
    }
}

impl Engine {
    #[inline]
    pub(super) fn replica(&mut self, replica: u32) -> &mut Replica {
        &mut self.replicas[replica as usize]
    }

    /// A worker takes the request. The replica's next event must be scheduled anew.
    #[inline(always)]
    fn serve(&mut self, request: u32, id: u32, probe: &mut impl Probe) {
        let now = self.now;
        let body = &mut self.requests[request];
        let replica = &mut self.replicas[id as usize];
        replica.begin(request, body, now);
        let class = &self.model.classes[usize::from(body.class)];
        let (weighs, own) = (replica.weighs, class.memory);
        let watched = replica.model.worker_timeout.is_some();
        if class.steps.is_empty() {
            replica.cpu.enter(now, body.slot, body.demand);
        } else {
            self.first_step(request, probe);
        }
        if watched {
            self.watch_worker(request);
        }
        if !weighs || self.grow_by_request(id, own, probe) {
            self.watch_cpu(id, probe);
        }
    }

    /// A request in service takes memory; whether the replica has survived that.
    fn grow_by_request(&mut self, id: u32, own: u64, probe: &mut impl Probe) -> bool {
        let lost = self.replicas[id as usize].rest.faults.leak_requests;
        let add = |parts: &mut MemoryParts, ram: &crate::scenario::Ram| {
            parts.requests += ram.request.0 + own;
            parts.leaked += lost;
        };
        self.grow(id, add, probe)
    }

    pub(super) fn cancel_done(&mut self, id: u32) {
        self.queue.unset(self.replicas[id as usize].next_done);
    }

    /// What is in service has changed: so has when the next of it is done, and on a crowded host that of others.
    #[inline(always)]
    pub(super) fn schedule_done(&mut self, id: u32) {
        self.reschedule_done(id);
        if self.hosts.shares_cores() {
            self.share_if_short(id);
        }
    }

    #[inline(always)]
    pub(super) fn reschedule_done(&mut self, id: u32) {
        self.replicas[id as usize].schedule_done(&mut self.queue);
    }

    /// The CPU has finished a request.
    pub(super) fn done(&mut self, id: u32, probe: &mut impl Probe) {
        let now = self.now;
        let replica = &mut self.replicas[id as usize];
        let Some(place) = replica.cpu.done(now) else { return };
        let request = replica.places.at(place);
        self.done_with(request, probe);
    }

    /// The CPU has done what it had to do for a request.
    #[inline(always)]
    fn done_with(&mut self, request: u32, probe: &mut impl Probe) {
        if self.requests[request].progress == super::arena::NONE {
            self.served(request, probe);
        } else {
            self.cpu_step_over(request, probe);
        }
    }

    /// All that was to be done for a request is done.
    #[inline(always)]
    pub(super) fn served(&mut self, request: u32, probe: &mut impl Probe) {
        let Request { replica: id, visit, progress, .. } = self.requests[request];
        if self.probing.is_some() {
            self.note_report(request, id);
        }
        let steps = progress != super::arena::NONE || self.errors;
        if (steps || visit != super::arena::NONE) && !self.finds_outcome(request, probe) {
            return;
        }
        self.served_so(request, probe);
    }

    /// The same once it is known how the request ends.
    #[inline(always)]
    pub(super) fn served_so(&mut self, request: u32, probe: &mut impl Probe) {
        let id = self.requests[request].replica;
        self.leave(request, probe);
        self.replicas[id as usize].answered += 1;
        self.watch_cpu(id, probe);
        self.next_waiting(id, probe);
        self.schedule_done(id);
        self.emptied(id, probe);
        let Request { unwanted, origin, outcome, .. } = self.requests[request];
        if unwanted {
            self.release(request);
            return;
        }
        if let Origin::Job(message) = origin {
            self.job_over(request, message, probe);
            return;
        }
        self.tell_end(request, outcome, probe);
        self.back_to_balancer(request, id, probe);
    }

    /// The same for a plain world, where it is rare.
    #[inline(never)]
    pub(super) fn done_after_all(&mut self, request: u32, probe: &mut impl Probe) {
        self.done_with(request, probe);
    }

    /// Notes what a report of the replica would say.
    fn note_report(&mut self, request: u32, id: u32) {
        if let Some(probing) = &mut self.probing {
            let inside = self.replicas[id as usize].in_system.value() as u32;
            probing.note(id, inside, self.now.since(self.requests[request].arrived));
        }
    }

    /// How a request ends for which all is done that was to be done; whether it is still there: the memory of a new
    /// session may be too much, and then everything is lost, this too.
    pub(super) fn finds_outcome(&mut self, request: u32, probe: &mut impl Probe) -> bool {
        let Request { replica: id, visit, class, .. } = self.requests[request];
        let life = self.replicas[id as usize].rest.life;
        let (failed, lost) = self.came_through(request);
        if failed {
            self.requests[request].outcome = Outcome::DependencyFailed;
        } else if self.is_error(id) {
            self.requests[request].outcome = Outcome::ErrorResponse;
        } else if visit != super::arena::NONE {
            let needed = self.model.classes[usize::from(class)].session;
            let outcome = if needed { self.session_check(visit, id, probe) } else { Outcome::Ok };
            if self.replicas[id as usize].rest.life != life {
                return false;
            }
            self.requests[request].outcome = outcome;
        }
        if lost && self.requests[request].outcome == Outcome::Ok {
            self.requests[request].outcome = Outcome::LostUpdate;
        }
        true
    }

    /// The attempt has failed; the news travels to the balancer.
    pub(super) fn fail_attempt(&mut self, request: u32, outcome: Outcome, probe: &mut impl Probe) {
        self.requests[request].outcome = outcome;
        if let Origin::Job(message) = self.requests[request].origin {
            self.job_over(request, message, probe);
            return;
        }
        self.tell_end(request, outcome, probe);
        self.back_to_balancer(request, self.requests[request].replica, probe);
    }

    #[inline(always)]
    pub(super) fn tell_end(&mut self, request: u32, outcome: Outcome, probe: &mut impl Probe) {
        probe.observe(self.now, &self.requests[request].ended(outcome, self.now));
    }

    #[inline(always)]
    pub(super) fn back_to_balancer(&mut self, request: u32, id: u32, probe: &mut impl Probe) {
        if self.is_cut_off(id) {
            self.stick(request);
            return;
        }
        let body = &mut self.requests[request];
        let timer = std::mem::replace(&mut body.timer, EventKey::NONE);
        body.phase = Phase::Answered;
        let (failed, front) = (body.outcome != Outcome::Ok, body.front);
        self.queue.cancel(timer);
        let delay = self.replica_delay(front);
        if failed && delay.0.0 == 0 {
            // Failures lead to further attempts and those to further failures: an event between them keeps the
            // stack flat.
            self.queue.schedule(self.now, Event::Answer { request });
        } else {
            let event = Event::Answer { request };
            if self.is_at_once(delay, event) {
                self.attempt_over(request, probe);
            }
        }
    }
}
