//! What a replica runs out of: memory, and who is told.

use super::super::arena::Arena;
use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::request::Request;
use super::super::{Engine, Probe};
use super::Replica;
use crate::observe::{DownCause, MemoryParts, Observation, Outcome, Resource};
use crate::scenario::{ClassModel, OomKill};
use crate::units::{ReplicaId, SimDuration, SimTime};

/// A resource is exhausted again only when it has not been for this long.
const CALM: SimDuration = SimDuration::from_secs(2);
/// The CPU is exhausted when the whole quota has been in use for this long.
const CPU_FULL: SimDuration = SimDuration::from_secs(1);

/// When a resource was last seen exhausted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Alarm(Option<SimTime>);

/// The alarms of all resources but the CPU.
pub(super) type Alarms = [Alarm; 8];

impl Alarm {
    /// Notes that the resource is exhausted now; whether that is news.
    fn raise(&mut self, now: SimTime) -> bool {
        let last = self.0.replace(now);
        last.is_none_or(|last| now.since(last) > CALM)
    }
}

impl Engine {
    /// Notes whether connections and requests count in a replica's memory, and with how many inside it is easy; to be
    /// called when what decides that has changed. What counts nothing can't be too much: the memory of sessions and
    /// leaks is looked at where it grows.
    pub(in super::super) fn weigh(&mut self, id: u32) {
        let by_class = self.model.bodies || self.model.classes.iter().any(|class| class.memory > 0);
        let steps = self.model.classes.iter().any(|class| !class.steps.is_empty());
        let replica = self.replica(id);
        let ram = &replica.model.ram;
        let own = ram.connection.0 > 0 || ram.request.0 > 0 || replica.rest.faults.leak_requests > 0;
        replica.weighs = by_class || own;
        replica.easy = replica.easy_with(steps);
    }

    /// Memory grows; whether the replica has survived that.
    #[inline(always)]
    pub(in super::super) fn grow(
        &mut self,
        id: u32,
        add: impl FnOnce(&mut MemoryParts, &crate::scenario::Ram),
        probe: &mut impl Probe,
    ) -> bool {
        let replica = &mut self.replicas[id as usize];
        add(&mut replica.rest.parts, &replica.model.ram);
        let over = replica.measure_memory(self.now);
        // Where nothing limits it, that is all.
        (replica.model.memory.is_none() && !self.hosts.limits_memory()) || self.has_grown(id, over, probe)
    }

    /// Memory has grown, where it has a limit, perhaps over that; whether the replica has survived that.
    fn has_grown(&mut self, id: u32, over: bool, probe: &mut impl Probe) -> bool {
        let now = self.now;
        if !over {
            if self.hosts.limits_memory() {
                self.count_memory(id);
            }
            self.press(id);
            return true;
        }
        self.alarm(id, Resource::Memory, probe);
        if self.replicas[id as usize].model.oom == OomKill::Container {
            self.die(id, DownCause::OutOfMemory, probe);
            return false;
        }
        // The kernel comes before anything else of a later time, but not in the middle of what happens now.
        if self.replicas[id as usize].rest.upkeep.short_of_memory == EventKey::NONE {
            let next = self.queue.schedule(now, Event::ShortOfMemory { replica: id });
            self.replica(id).rest.upkeep.short_of_memory = next;
        }
        self.press(id);
        true
    }

    /// The kernel kills the largest worker, and the next, until the rest fits; when no worker has anything to give,
    /// the container.
    pub(in super::super) fn short_of_memory(&mut self, id: u32, probe: &mut impl Probe) {
        self.replica(id).rest.upkeep.short_of_memory = EventKey::NONE;
        while self.replicas[id as usize].is_over() {
            match self.replicas[id as usize].largest_worker(&self.requests, &self.model.classes) {
                Some(worker) => self.kill_for_memory(id, worker, probe),
                None => {
                    self.die(id, DownCause::OutOfMemory, probe);
                    return;
                }
            }
        }
    }

    /// A worker dies with its requests and its part of what has leaked.
    fn kill_for_memory(&mut self, id: u32, worker: u32, probe: &mut impl Probe) {
        let replica = self.replica(id);
        let leaked = replica.rest.parts.leaked / u64::from(replica.workers_alive());
        replica.rest.parts.leaked -= leaked;
        replica.rest.oom_kills += 1;
        self.kill_worker(id, worker, Outcome::OutOfMemory, probe);
        let now = self.now;
        self.replica(id).measure_memory(now);
        self.press(id);
    }

    /// A user has logged in: the replica keeps the session in its memory.
    pub(in super::super) fn keep_session_at(&mut self, id: u32, probe: &mut impl Probe) {
        self.replica(id).rest.sessions += 1;
        self.grow(id, |parts, ram| parts.sessions += ram.session.0, probe);
    }

    pub(in super::super) fn grow_session_at(&mut self, id: u32, more: u64, probe: &mut impl Probe) {
        self.grow(id, |parts, _| parts.sessions += more, probe);
    }

    pub(in super::super) fn forget_session_at(&mut self, id: u32, basket: u64) {
        let now = self.now;
        let replica = self.replica(id);
        replica.rest.sessions -= 1;
        replica.rest.parts.sessions -= replica.model.ram.session.0 + basket;
        replica.measure_memory(now);
        self.press(id);
    }

    /// Memory in use has changed: where it slows the replica, so has its pace.
    #[inline(always)]
    pub(super) fn press(&mut self, id: u32) {
        let model = &self.replicas[id as usize].model;
        if model.ram.pressure_from < 1.0 && model.memory.is_some() {
            self.set_pace(id);
        }
    }

    pub(in super::super) fn alarm(&mut self, id: u32, resource: Resource, probe: &mut impl Probe) {
        let now = self.now;
        self.replica(id).alarm(id, resource, now, probe);
    }

    /// Notes since when the whole quota is in use.
    #[inline(always)]
    pub(in super::super) fn watch_cpu(&mut self, id: u32, probe: &mut impl Probe) {
        let now = self.now;
        self.replicas[id as usize].watch_cpu(id, now, probe);
    }
}

impl Replica {
    /// A resource is exhausted; `id` is its own. That of the CPU is seen with nearly each request of a busy replica.
    #[inline]
    fn alarm(&mut self, id: u32, resource: Resource, now: SimTime, probe: &mut impl Probe) {
        let of_cpu = resource == Resource::Cpu;
        let alarm = if of_cpu { &mut self.cpu_alarm } else { &mut self.rest.alarms[resource as usize] };
        if alarm.raise(now) {
            let sessions = self.rest.sessions;
            probe.observe(now, &Observation::Exhausted { replica: ReplicaId(id), resource, sessions });
        }
    }

    /// See [`Engine::watch_cpu`].
    #[inline(always)]
    pub(in super::super) fn watch_cpu(&mut self, id: u32, now: SimTime, probe: &mut impl Probe) {
        if !self.cpu.saturated() {
            // A worker that is free for an instant between two requests is still a full one; when all are taken and
            // the CPU is not, they wait for something else.
            if self.backlog.len() == 0 || !self.has_free_worker() {
                self.cpu_full_since = SimTime::NEVER;
            }
            return;
        }
        self.cpu_full_since = self.cpu_full_since.min(now);
        if now.since(self.cpu_full_since) >= CPU_FULL {
            self.alarm(id, Resource::Cpu, now, probe);
        }
    }

    /// Whether it has more memory than its limit.
    fn is_over(&self) -> bool {
        self.model.memory.is_some_and(|limit| self.rest.parts.total() > limit)
    }

    /// Worker processes that are there.
    fn workers_alive(&self) -> u32 {
        let threads = self.threads();
        let gone: u32 = self.rest.booting.iter().map(|&(_, _, places)| places.div_ceil(threads)).sum();
        self.model.workers.saturating_sub(gone).max(1)
    }

    /// The worker whose death frees most memory, the first of equals; nothing when none would free any. A worker has
    /// its requests, and an equal part of what has leaked. Sessions and waiting connections are
    /// nobody's, with their bodies.
    fn largest_worker(&self, requests: &Arena<Request>, classes: &[ClassModel]) -> Option<u32> {
        let threads = self.threads();
        let of = |request: u32| {
            let (body, class) = (&requests[request], &classes[usize::from(requests[request].class)]);
            self.model.ram.request.0 + class.memory + if body.is_job() { 0 } else { class.body }
        };
        let leaked = self.rest.parts.leaked / u64::from(self.workers_alive());
        let gone = |worker: u32| self.rest.booting.iter().any(|&(_, first, _)| first / threads == worker);
        let size = |worker: u32| {
            let own = self.places.on(worker * threads, threads).map(of);
            own.sum::<u64>() + leaked
        };
        // Workers without a place in use so far are all alike: the first of them stands for all.
        let known = (self.places.len().div_ceil(threads) + 1).min(self.model.workers);
        let alive = (0..known).filter(|&worker| !gone(worker));
        let sizes = alive.map(|worker| (size(worker), std::cmp::Reverse(worker)));
        sizes.max().filter(|&(size, _)| size > 0).map(|(_, std::cmp::Reverse(worker))| worker)
    }
}
