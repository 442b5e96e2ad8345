//! Worlds without connections, doors, dependencies and crowded hosts: only sources, balancers, replicas and delays.
//!
//! What a request meets on its way asks at some hundred places whether a part of the world is there that most worlds
//! do not have. Whether all of them are missing is worked out once, from the model, and again after each change. The
//! functions of the way know it as the constant `PLAIN`: they are compiled twice from one text, and in a plain world
//! ask nothing. Here are the longest stretches of the way in such a world, joined so that each thing is looked up once;
//! what they do not know they leave to the general way. What a replica may run out of is one number that is worked out
//! once, [`Replica::easy`]: with no more inside than that, it runs out of nothing but workers. `PLAIN` may only leave
//! out what is not there; so
//! [`Engine::step`], which never uses it, does the same as [`Engine::run_until`], event by event.

use super::arena::{Arena, NONE};
use super::balancer::{Front, view_of};
use super::event::Event;
use super::queue::{EventKey, EventQueue};
use super::replica::Replica;
use super::request::{Phase, Request};
use super::{Engine, Probe};
use crate::algorithm::Decision;
use crate::observe::{Observation, Outcome};
use crate::scenario::{Model, Way};
use crate::units::{ReplicaId, SimDuration, SimTime};

/// Whether a model has nothing but that.
fn is_plain(model: &Model) -> bool {
    let clients = model.way == Way::Balancer && !model.slow;
    let host = model.host.cores.is_none() && model.host.memory.is_none();
    let calls =
        model.services.iter().any(|service| service.broker.is_some()) || !model.dependencies.is_empty();
    clients && host && !calls && model.network().is_none()
}

impl Engine {
    /// To be called after whatever may bring a part into the world. A world that has once had one is not plain any
    /// more: something of it may still be under way.
    pub(super) fn check_plain(&mut self) {
        let parts = self.doors.is_some()
            || self.sockets.is_some()
            || self.probing.is_some()
            || self.explaining.is_some()
            || self.cuts
            || self.errors;
        self.plain = self.plain && !parts && is_plain(&self.model);
    }

    /// A request reaches its balancer, and sets out for the replica that it chooses: [`Self::at_balancer`].
    #[inline(always)]
    pub(super) fn pass_through(&mut self, request: u32, probe: &mut impl Probe) {
        let now = self.now;
        let Self { requests, visits, model, fronts, replicas, network, queue, .. } = self;
        let body = &mut requests[request];
        if body.unwanted {
            self.release(request);
            return;
        }
        let place = body.front;
        let front = &mut fronts[usize::from(place)];
        let instance_number = front.instance_for(body.visit, visits);
        body.instance = instance_number;
        let instance = &mut front.instances[usize::from(instance_number)];
        instance.requests += 1;
        let decision = if instance.pool.is_blind() && body.is_first() {
            instance.pool.arrive_blind(now)
        } else {
            let view = view_of(body, visits, model, front.hash_key);
            let decision = instance.pool.arrive(now, &view);
            body.memo = view.memo.get();
            decision
        };
        let Decision::Route(member) = decision else {
            self.carry_out(request, decision, Outcome::NoHealthyReplica, probe);
            return;
        };
        let id = front.members[member as usize];
        body.begin_attempt(id, now);
        if body.visit != NONE {
            visits[body.visit].cookies.set(place, member);
        }
        let replica = &mut replicas[id as usize];
        replica.attempts += 1;
        replica.in_flight += 1;
        self.attempts += 1;
        instance.pool.taken(now, member);
        let delay = front.delay.delay(network);
        let (request_number, attempt) = (body.number, body.attempts);
        let dispatched = Observation::Dispatched { request: request_number, replica: ReplicaId(id), attempt };
        if instance.is_waking() {
            self.wake(place, instance_number, member);
            probe.observe(now, &dispatched);
            if self.is_at_once(delay, Event::AtReplica { request }) {
                self.come_in(request, id, place, probe);
            }
            return;
        }
        probe.observe(now, &dispatched);
        if delay.0 > SimDuration::ZERO {
            self.is_at_once(delay, Event::AtReplica { request });
        } else if let Some(phase) = replica.let_in(request, requests, now) {
            await_answer(request, requests, front, queue, now);
            replica.begin_if(phase, id, queue, now, probe);
        } else {
            self.accept(request, id, place, probe);
        }
    }

    /// A request comes to a replica: [`Self::accept`].
    #[inline(always)]
    pub(super) fn come_in(&mut self, request: u32, id: u32, front: u16, probe: &mut impl Probe) {
        let now = self.now;
        let Self { requests, replicas, fronts, queue, .. } = self;
        let replica = &mut replicas[id as usize];
        if let Some(phase) = replica.let_in(request, requests, now) {
            await_answer(request, requests, &fronts[usize::from(front)], queue, now);
            replica.begin_if(phase, id, queue, now, probe);
        } else {
            self.accept(request, id, front, probe);
        }
    }

    /// A replica is done with a request: [`Self::done`].
    #[inline(always)]
    pub(super) fn done_plain(&mut self, id: u32, probe: &mut impl Probe) {
        let now = self.now;
        let Self { requests, replicas, .. } = self;
        let replica = &mut replicas[id as usize];
        let Some(place) = replica.cpu.done(now) else { return };
        let request = replica.at_place(place);
        let body = &requests[request];
        let plain = !body.unwanted && body.outcome == Outcome::Ok && replica.is_easy();
        if !plain || replica.is_leaving() {
            self.done_after_all(request, probe);
            return;
        }
        if body.visit == NONE {
            self.leave_plain(id, request, place, probe);
        } else {
            self.done_in_visit(id, request, place, probe);
        }
    }

    /// The same for a request of a visit, whose session is there or not.
    #[inline(never)]
    fn done_in_visit(&mut self, id: u32, request: u32, place: u32, probe: &mut impl Probe) {
        if !self.finds_outcome(request, probe) {
            return;
        }
        if self.requests[request].outcome == Outcome::Ok {
            self.leave_plain(id, request, place, probe);
        } else {
            self.served_so(request, probe);
        }
    }

    /// A request that a replica has served well leaves it, and all that follows before time passes.
    #[inline(always)]
    fn leave_plain(&mut self, id: u32, request: u32, place: u32, probe: &mut impl Probe) {
        let now = self.now;
        let Self { requests, replicas, queue, fronts, network, model, .. } = self;
        let replica = &mut replicas[id as usize];
        let ended = requests[request].ended(Outcome::Ok, now);
        replica.turn_over(place, requests, now);
        replica.watch_cpu(id, now, probe);
        replica.schedule_next_done(queue);
        probe.observe(now, &ended);
        let body = &mut requests[request];
        body.phase = Phase::Answered;
        queue.cancel(std::mem::replace(&mut body.timer, EventKey::NONE));
        let front = &mut fronts[usize::from(body.front)];
        let delay = front.delay.delay(network);
        if delay.0 > SimDuration::ZERO {
            self.is_at_once(delay, Event::Answer { request });
            return;
        }
        if !is_passed_on(body, front, replica, now) {
            self.attempt_over(request, probe);
            return;
        }
        let delay = model.client_delay.delay(network);
        if delay.0 > SimDuration::ZERO {
            self.is_at_once(delay, Event::AtClient { request });
            return;
        }
        if model.hedge.is_some() || body.visit != NONE {
            self.at_client::<true>(request, probe);
            return;
        }
        queue.cancel(body.patience);
        body.phase = Phase::Free;
        let (number, closed) = (body.number, body.closed(Outcome::Ok, Outcome::Ok.status(), now));
        self.tell_closed(number, Outcome::Ok, &closed, probe);
        self.requests.release(request);
    }

    /// An answer is with its balancer, which passes it on: [`Self::attempt_over`].
    #[inline(always)]
    pub(super) fn answer_plain(&mut self, request: u32, probe: &mut impl Probe) {
        let Self { requests, fronts, replicas, now, .. } = self;
        let body = &mut requests[request];
        let front = &mut fronts[usize::from(body.front)];
        let replica = &mut replicas[body.replica as usize];
        let good = body.outcome == Outcome::Ok && !body.unwanted;
        if !good || !is_passed_on(body, front, replica, *now) {
            self.attempt_over(request, probe);
            return;
        }
        let delay = self.client_delay();
        if self.is_at_once(delay, Event::AtClient { request }) {
            self.at_client::<true>(request, probe);
        }
    }
}

impl Replica {
    /// Follows up on a request that has come in: what is in service has changed, if it has begun.
    #[inline(always)]
    fn begin_if(
        &mut self,
        phase: Phase,
        id: u32,
        queue: &mut EventQueue<Event>,
        now: SimTime,
        probe: &mut impl Probe,
    ) {
        if phase == Phase::Running {
            self.watch_cpu(id, now, probe);
            self.schedule_done(queue);
        }
    }
}

/// The balancer waits for the answer to a request for as long as it does.
#[inline(always)]
fn await_answer(
    request: u32,
    requests: &mut Arena<Request>,
    front: &Front,
    queue: &mut EventQueue<Event>,
    now: SimTime,
) {
    let patience = front.patience();
    if patience < SimDuration::FOREVER {
        requests[request].timer = queue.schedule_after(now, patience, Event::ReadTimeout { request });
    }
}

/// Whether a balancer passes an answer on that is no error and is waited for, and nothing else follows from it; then it
/// has. If not, nothing has changed.
#[inline(always)]
fn is_passed_on(body: &mut Request, front: &mut Front, replica: &mut Replica, now: SimTime) -> bool {
    let instance = &mut front.instances[usize::from(body.instance)];
    if !body.held || instance.is_waking() || !instance.pool.finished_well(now, replica.member) {
        return false;
    }
    replica.in_flight -= 1;
    body.held = false;
    body.phase = Phase::ToClient;
    front.count_answer(Outcome::Ok.status());
    true
}

#[cfg(test)]
mod tests;
