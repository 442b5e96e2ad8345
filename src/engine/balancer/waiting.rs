//! The queue of a front: requests for which no replica is free.

use super::super::arena::NONE;
use super::super::event::Event;
use super::super::pool::Waiting;
use super::super::queue::EventKey;
use super::super::request::{Phase, Request};
use super::super::{Engine, Probe};
use super::Ask;
use crate::algorithm::Decision;
use crate::observe::{Observation, Outcome};
use crate::units::SimDuration;

impl Engine {
    pub(super) fn enqueue(&mut self, request: u32, member: Option<u32>, probe: &mut impl Probe) {
        let now = self.now;
        match self.pool(request).wait(request, member) {
            Ok(ticket) => self.requests[request].slot = ticket,
            Err(refusal) => {
                if refusal.news {
                    let service = self.model.front(self.requests[request].front).service;
                    probe.observe(now, &Observation::QueueFull { service });
                }
                self.answer_client(request, Outcome::QueueFull, probe);
                return;
            }
        }
        self.requests[request].phase = Phase::Queued;
        let patience = self.model.front(self.requests[request].front).queue_timeout;
        let front = self.front(request);
        front.queued.up(now);
        let timeout = patience.sample(&mut front.patience);
        if timeout < SimDuration::FOREVER {
            self.requests[request].timer =
                self.queue.schedule_after(now, timeout, Event::QueueTimeout { request });
        }
    }

    /// Takes a request out of the balancer's queue.
    pub(in crate::engine) fn leave_queue(&mut self, request: u32) {
        let ticket = self.requests[request].slot;
        self.pool(request).leave(ticket);
        self.has_left_queue(request);
    }

    fn has_left_queue(&mut self, request: u32) {
        self.requests[request].slot = NONE;
        let now = self.now;
        self.front(request).queued.down(now);
        self.stop_timer(request);
    }

    pub(in crate::engine) fn queue_timeout(&mut self, request: u32, probe: &mut impl Probe) {
        let Request { front, instance, .. } = self.requests[request];
        self.requests[request].timer = EventKey::NONE;
        self.leave_queue(request);
        self.answer_client(request, Outcome::QueueTimeout, probe);
        // Somebody may be free whom it has tried already, and nobody overtakes the oldest.
        self.serve_instance(front, instance, probe);
    }

    /// Hands waiting requests of all fronts to members that can take one.
    pub(in crate::engine) fn serve_queues(&mut self, probe: &mut impl Probe) {
        (0..self.fronts.len() as u16).for_each(|front| self.serve_front(front, probe));
    }

    /// The same for one front.
    pub(super) fn serve_front(&mut self, front: u16, probe: &mut impl Probe) {
        let instances = self.fronts[usize::from(front)].instances.len() as u16;
        (0..instances).for_each(|instance| self.serve_instance(front, instance, probe));
    }

    /// The same for the instance that a request is at, if it is at one.
    #[inline(always)]
    pub(in crate::engine) fn serve_queue_of(&mut self, front: u16, instance: u16, probe: &mut impl Probe) {
        if usize::from(front) < self.fronts.len() {
            self.serve_instance(front, instance, probe);
        }
    }

    /// The first instance of a front panics, or none does any more.
    fn tell_panic(&mut self, front: u16, instance: u16, probe: &mut impl Probe) {
        let body = &self.fronts[usize::from(front)];
        let panicking = body.instances.iter().filter(|one| one.pool.panics()).count();
        let pool = &body.instances[usize::from(instance)].pool;
        let (on, (well, known)) = (pool.panics(), pool.well());
        // Nobody is there at the start.
        if panicking == usize::from(on)
            && (known > 0 || !on)
            && std::mem::replace(&mut self.fronts[usize::from(front)].panics, on) != on
        {
            let service = self.model.front(front).service;
            probe.observe(self.now, &Observation::Panic { service, on, well, known });
        }
    }

    /// Hands waiting requests of one instance to members that can take one, the oldest first.
    #[inline(always)]
    pub(super) fn serve_instance(&mut self, front: u16, instance: u16, probe: &mut impl Probe) {
        let now = self.now;
        let pool = &mut self.fronts[usize::from(front)].instances[usize::from(instance)].pool;
        if pool.panic_changed() {
            self.tell_panic(front, instance, probe);
        } else if pool.is_quiet(now) {
            return;
        }
        loop {
            let body = &mut self.fronts[usize::from(front)].instances[usize::from(instance)];
            let Some(next) = body.pool.next_waiting(now) else { return };
            if !self.pass_on(front, next, probe) {
                return;
            }
        }
    }

    /// The oldest can't be handed over. A second copy of a hedging client comes with the replica of the first as tried:
    /// when that is all there is, waiting is in vain, and it makes place for those behind it. Whether it did.
    fn sends_away(&mut self, request: u32, probe: &mut impl Probe) -> bool {
        let body = &self.requests[request];
        let front = &self.fronts[usize::from(body.front)];
        let view = super::view_of(body, &self.visits, &self.model, front.hash_key);
        let instance = &front.instances[usize::from(body.instance)];
        if !instance.pool.has_tried_all(&view) {
            return false;
        }
        self.leave_queue(request);
        self.answer_client(request, Outcome::NoHealthyReplica, probe);
        true
    }

    /// Hands over a request that has waited; whether there was somebody to take it.
    fn pass_on(&mut self, front: u16, next: Waiting, probe: &mut impl Probe) -> bool {
        let (id, member) = match next {
            Waiting::To { id, member } => {
                self.ask_pool(id, Ask::Hand(member));
                self.has_left_queue(id);
                (id, member)
            }
            Waiting::Ask { id } => {
                let (Decision::Route(member), _) = self.ask_pool(id, Ask::Choose) else {
                    return self.sends_away(id, probe);
                };
                self.leave_queue(id);
                (id, member)
            }
        };
        let replica = self.fronts[usize::from(front)].members[member as usize];
        self.dispatch(id, replica, probe);
        true
    }
}
