//! Workers and steps: who holds one, who lets an event loop go, and who gets it back when.

use super::super::arena::Arena;
use super::super::request::{Origin, Phase, Request};
use super::super::{Engine, Probe};
use super::Replica;
use crate::observe::{Outcome, ReplicaState, Resource};
use crate::units::{SimDuration, SimTime};

impl Replica {
    /// Whether a worker is free.
    #[inline]
    pub(in super::super) fn has_free_worker(&self) -> bool {
        self.running.value() < u64::from(self.concurrency())
    }

    /// A place in service for a request.
    #[inline(always)]
    pub(super) fn take_place(&mut self, request: u32, now: SimTime) -> u32 {
        self.running.up(now);
        self.places.take(request)
    }

    /// A worker has a free place.
    #[inline(always)]
    pub(super) fn free_place(&mut self, place: u32, now: SimTime) {
        self.places.free(place);
        self.running.down(now);
    }

    /// A worker takes a request.
    #[inline(always)]
    pub(super) fn begin(&mut self, request: u32, body: &mut Request, now: SimTime) {
        let place = self.take_place(request, now);
        (body.phase, body.started, body.slot) = (Phase::Running, now, place);
    }

    /// The request on a place has been served, in a plain world: the oldest in the backlog takes its worker, which
    /// nobody sees free in between.
    #[inline(always)]
    pub(in super::super) fn turn_over(&mut self, place: u32, requests: &mut Arena<Request>, now: SimTime) {
        self.in_system.down(now);
        self.answered += 1;
        let stays = self.running.value() <= u64::from(self.concurrency());
        let heir = if stays { self.backlog.pop(requests) } else { None };
        let Some(heir) = heir else {
            self.free_place(place, now);
            return;
        };
        self.places.hand_over(place, heir);
        let body = &mut requests[heir];
        (body.phase, body.started, body.slot) = (Phase::Running, now, place);
        self.cpu.enter_after(place, body.demand);
    }

    /// A request comes in, in a plain world: it begins, or waits, whichever that is; nothing when it can't, and has
    /// changed nothing.
    #[inline(always)]
    pub(in super::super) fn let_in(
        &mut self,
        request: u32,
        requests: &mut Arena<Request>,
        now: SimTime,
    ) -> Option<Phase> {
        let waits = self.backlog.len() > 0 || !self.has_free_worker();
        let full = waits && self.backlog.len() > self.model.backlog;
        if self.state != ReplicaState::Ready || full || self.in_system.value() >= self.easy {
            return None;
        }
        self.in_system.up(now);
        let body = &mut requests[request];
        if waits {
            body.phase = Phase::Waiting;
            self.backlog.push(requests, request);
            return Some(Phase::Waiting);
        }
        self.begin(request, body, now);
        self.cpu.enter(now, body.slot, body.demand);
        Some(Phase::Running)
    }

    /// Whether it has so much inside that it turns further requests away; a process that hangs turns nobody away.
    #[inline(always)]
    pub(super) fn sheds(&self) -> bool {
        let full = |most: u32| self.in_system.value() >= u64::from(most) && !self.rest.faults.frozen;
        self.model.shed_above.is_some_and(full)
    }

    /// Whether a file descriptor is free for one more connection. Those that are kept open without a request are closed
    /// when one is needed.
    #[inline(always)]
    pub(super) fn has_file(&self) -> bool {
        self.model.files.is_none_or(|files| self.in_service() < u64::from(files))
    }

    /// In service, with a worker or without.
    fn in_service(&self) -> u64 {
        self.running.value() + self.rest.parked.len() as u64
    }

    /// Who is in service but not on the CPU: those who hold a worker, then those who do not.
    pub(in super::super) fn waits_inside<'a>(
        &'a self,
        requests: &'a Arena<Request>,
    ) -> (impl Iterator<Item = u32> + 'a, &'a [u32]) {
        let held = move |request: &u32| requests[*request].phase == Phase::Held;
        (self.places.all().filter(held), &self.rest.parked)
    }
}

impl Engine {
    /// The replica has enough inside: it answers with 503 at once.
    pub(super) fn shed(&mut self, request: u32, probe: &mut impl Probe) {
        let id = self.requests[request].replica;
        self.replicas[id as usize].answered += 1;
        self.alarm(id, Resource::Requests, probe);
        self.refuse(request, Outcome::Shed, probe);
    }

    /// A worker waits for the rest of a request: that is news when all of them do.
    pub(in super::super) fn watch_senders(&mut self, request: u32, probe: &mut impl Probe) {
        let id = self.requests[request].replica;
        let replica = &self.replicas[id as usize];
        let receives = |&held: &u32| self.is_receiving(held);
        if !replica.has_free_worker()
            && replica.places.all().filter(receives).count() as u64 == replica.running.value()
        {
            self.alarm(id, Resource::Workers, probe);
        }
    }

    /// A connection waits: that is news when it is for want of a file descriptor.
    pub(super) fn watch_files(&mut self, id: u32, probe: &mut impl Probe) {
        let replica = &self.replicas[id as usize];
        if replica.has_free_worker() && !replica.has_file() {
            self.alarm(id, Resource::Files, probe);
        }
    }

    /// The request gets a place in service.
    #[inline]
    pub(super) fn take_worker(&mut self, request: u32) {
        let body = &mut self.requests[request];
        body.slot = self.replicas[body.replica as usize].take_place(request, self.now);
    }

    /// A free worker takes the oldest connection of the backlog; an event loop whoever has waited longest for it.
    #[inline]
    pub(in super::super) fn next_waiting(&mut self, id: u32, probe: &mut impl Probe) {
        loop {
            let replica = &mut self.replicas[id as usize];
            if !replica.has_free_worker() {
                return;
            }
            if replica.rest.ready.head().is_some() && self.resume_next(id, probe) {
                continue;
            }
            let replica = &mut self.replicas[id as usize];
            if !replica.has_file() {
                return;
            }
            let Some(next) = replica.backlog.pop(&mut self.requests) else { return };
            if let Origin::Job(message) = self.requests[next].origin {
                self.job_begins(message, id);
            }
            self.serve(next, id, probe);
        }
    }

    /// The request, which has a worker, begins some CPU work.
    pub(in super::super) fn run_on_cpu(&mut self, request: u32, work: SimDuration) {
        let now = self.now;
        let body = &mut self.requests[request];
        body.phase = Phase::Running;
        let (id, place) = (body.replica, body.slot);
        self.replicas[id as usize].cpu.enter(now, place, work);
    }

    /// The request waits for something else than the CPU: a thread stays with it, an event loop does not.
    pub(in super::super) fn let_worker_go(&mut self, request: u32) {
        let body = &mut self.requests[request];
        let (id, place) = (body.replica, body.slot);
        body.phase = Phase::Held;
        if !self.replicas[id as usize].model.event_loop {
            return;
        }
        let replica = &mut self.replicas[id as usize];
        replica.free_place(place, self.now);
        let body = &mut self.requests[request];
        (body.phase, body.slot) = (Phase::Parked, replica.rest.parked.len() as u32);
        replica.rest.parked.push(request);
    }

    /// What a request without a worker has waited for is there: it wants the loop again, after those who have
    /// waited for it longer.
    pub(in super::super) fn want_worker(&mut self, request: u32) {
        let id = self.requests[request].replica;
        let progress = self.requests[request].progress;
        self.progress[progress].ready = Some(self.now);
        self.replicas[id as usize].rest.ready.push(&mut self.requests, request);
    }

    /// Lets the request go on that has waited longest for the loop, unless a connection has waited longer; whether
    /// there was one. A worker is free.
    pub(super) fn resume_next(&mut self, id: u32, probe: &mut impl Probe) -> bool {
        let replica = &self.replicas[id as usize];
        let Some(first) = replica.rest.ready.head() else { return false };
        // A connection that no file descriptor is free for has to wait for those that have one.
        let oldest = replica.backlog.head().filter(|_| replica.has_file());
        let waited = oldest.map(|oldest| self.requests[oldest].arrived);
        if waited.is_some_and(|arrived| Some(arrived) < self.ready_since(first)) {
            return false;
        }
        self.take_off_parked(first);
        self.take_worker(first);
        self.begin_step(first, probe);
        true
    }

    fn ready_since(&self, request: u32) -> Option<SimTime> {
        self.progress[self.requests[request].progress].ready
    }

    /// Takes a request off the list of those without a worker.
    pub(super) fn take_off_parked(&mut self, request: u32) {
        let (id, at) = (self.requests[request].replica, self.requests[request].slot as usize);
        let progress = self.requests[request].progress;
        if self.progress[progress].ready.take().is_some() {
            self.replicas[id as usize].rest.ready.remove(&mut self.requests, request);
        }
        let replica = &mut self.replicas[id as usize];
        replica.rest.parked.swap_remove(at);
        if let Some(&moved) = replica.rest.parked.get(at) {
            self.requests[moved].slot = at as u32;
        }
    }
}
