//! An attempt: handed over to a replica, answered or not, tried again or not.

use super::super::arena::NONE;
use super::super::event::Event;
use super::super::pool::{Attempt, End, Retry, Verdict};
use super::super::queue::EventKey;
use super::super::request::{Phase, Request};
use super::super::{Engine, Probe};
use super::Ask;
use crate::algorithm::Decision;
use crate::algorithm::product::Trouble;
use crate::observe::{Observation, Outcome};
use crate::scenario::DIRECT;
use crate::units::{ReplicaId, SimDuration};

/// What the balancer makes of how an attempt ended.
const fn end_of(outcome: Outcome) -> End {
    use Outcome::{
        BacklogOverflow, ConnectTimeout, ConnectionRefused, DependencyFailed, ErrorResponse,
        NoFreeConnection, NoFreePort, OutOfMemory, ReadTimeout, ReplicaCrashed, Shed, WorkerKilled,
    };
    match outcome {
        ConnectionRefused | NoFreePort | NoFreeConnection => End::Trouble(Trouble::Refused),
        BacklogOverflow | ConnectTimeout => End::Trouble(Trouble::ConnectTimeout),
        ReadTimeout => End::Trouble(Trouble::ReadTimeout),
        OutOfMemory | ReplicaCrashed => End::Trouble(Trouble::Closed),
        ErrorResponse | WorkerKilled | DependencyFailed | Shed => End::Status(outcome.status()),
        _ => End::Ok,
    }
}

impl Engine {
    /// Hands the request to a replica.
    pub(super) fn dispatch(&mut self, request: u32, replica: u32, probe: &mut impl Probe) {
        self.hand_to(request, replica, probe);
    }

    /// The same, as part of choosing it.
    #[inline(always)]
    pub(super) fn hand_to(&mut self, request: u32, replica: u32, probe: &mut impl Probe) {
        if self.doors.is_some() && self.lacks_slot(request, probe) {
            return;
        }
        let now = self.now;
        let body = &mut self.requests[request];
        body.begin_attempt(replica, now);
        let Request { visit, front, instance, number, attempts: attempt, .. } = *body;
        self.attempts += 1;
        let to = &mut self.replicas[replica as usize];
        to.attempts += 1;
        to.in_flight += 1;
        let member = to.member;
        if front != DIRECT {
            if visit != NONE {
                self.visits[visit].cookies.set(front, member);
            }
            let of_front = &mut self.fronts[usize::from(front)].instances[usize::from(instance)];
            of_front.pool.taken(now, member);
            if of_front.is_waking() {
                self.wake(front, instance, member);
            }
        }
        probe
            .observe(now, &Observation::Dispatched { request: number, replica: ReplicaId(replica), attempt });
        let Some(delay) = self.reach(request, front, probe) else { return };
        let event = Event::AtReplica { request };
        if self.is_at_once(delay, event) {
            self.accept(request, replica, front, probe);
        }
    }

    #[inline(always)]
    pub(in crate::engine) fn replica_delay(&mut self, front: u16) -> (SimDuration, bool) {
        self.model.front(front).delay.delay(&mut self.network)
    }

    /// The balancer no longer counts the request as in flight: its attempt is over, or its client has gone.
    /// Whether there is to be another attempt.
    #[inline(always)]
    pub(in crate::engine) fn let_go(&mut self, request: u32, probe: &mut impl Probe) -> Option<Retry> {
        let now = self.now;
        let body = &mut self.requests[request];
        if !std::mem::replace(&mut body.held, false) {
            return None;
        }
        let Request { replica: id, dispatched, outcome, unwanted, number, .. } = *body;
        let Request { attempts, front, instance, phase, visit, class, door, .. } = *body;
        if door != 0 {
            self.attempt_leaves(request);
        }
        let replica = &mut self.replicas[id as usize];
        replica.in_flight -= 1;
        let member = replica.member;
        // When its answer is on the way already, the attempt has been told to have ended.
        if unwanted && !matches!(phase, Phase::Answered | Phase::Stuck) {
            self.tell_forsaken(number, id, probe);
        }
        if front == DIRECT {
            return None;
        }
        let end = if unwanted { End::Gone } else { end_of(outcome) };
        self.hang_up(request, end);
        let named = visit != NONE && self.visits[visit].cookies.get(front) == Some(member);
        // What a client is still sending is not there to be sent again.
        let repeatable = self.model.classes[usize::from(class)].idempotent && !self.is_sending(request);
        let response_time = now.since(dispatched);
        let attempt = Attempt { member, response_time, end, attempts, named, repeatable };
        let of_front = &mut self.fronts[usize::from(front)].instances[usize::from(instance)];
        let Verdict { retry, left_out } = of_front.pool.finished(now, &attempt);
        if of_front.is_waking() {
            self.wake(front, instance, member);
        }
        if left_out {
            probe.observe(now, &Observation::LeftOut { replica: ReplicaId(id) });
        }
        retry
    }

    /// Nobody waits any more for the end of an attempt.
    #[cold]
    fn tell_forsaken(&self, request: u64, replica: u32, probe: &mut impl Probe) {
        let (waiting, sojourn) = (SimDuration::ZERO, SimDuration::ZERO);
        let (replica, outcome) = (ReplicaId(replica), Outcome::ClientGaveUp);
        let ended = Observation::AttemptEnded { request, replica, outcome, waiting, sojourn };
        probe.observe(self.now, &ended);
    }

    /// The answer, or the news of a failure, reaches the balancer.
    pub(in crate::engine) fn answer<const PLAIN: bool>(&mut self, request: u32, probe: &mut impl Probe) {
        self.stop_timer(request);
        if PLAIN {
            self.answer_plain(request, probe);
        } else {
            self.attempt_over(request, probe);
        }
    }

    /// The same where no time-out runs any more.
    pub(in crate::engine) fn attempt_over(&mut self, request: u32, probe: &mut impl Probe) {
        let retry = self.let_go(request, probe);
        let Request { outcome, unwanted, front, instance, .. } = self.requests[request];
        match retry {
            _ if unwanted => self.release(request),
            Some(retry) => self.try_again(request, retry, probe),
            _ => self.pass_answer(request, outcome, probe),
        }
        self.serve_queue_of(front, instance, probe);
    }

    /// Another attempt, at once or after a pause.
    fn try_again(&mut self, request: u32, retry: Retry, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        let pause = match retry {
            Retry::Chosen(pause) => {
                let member = self.replicas[body.replica as usize].member;
                body.past_mut().tried.push(member);
                pause
            }
            Retry::Same(pause) => pause,
        };
        if pause == SimDuration::ZERO {
            self.try_now(request, probe);
            return;
        }
        body.phase = Phase::Paused;
        body.timer = self.queue.schedule_after(self.now, pause, Event::TryAgain { request });
    }

    /// Another attempt on the member of the last, when that is not among the tried, or on one that is chosen.
    pub(in crate::engine) fn try_now(&mut self, request: u32, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        body.timer = EventKey::NONE;
        let (member, outcome) = (self.replicas[body.replica as usize].member, body.outcome);
        let same = !body.past().tried.contains(&member);
        body.outcome = Outcome::Ok;
        let decision = if same && self.pool(request).is_eligible(member) {
            Decision::Route(member)
        } else {
            self.ask_pool(request, Ask::Choose).0
        };
        // When there is nobody left, nginx says so (502) whatever the last attempt said; the last attempt says
        // more about why, as long as the status is the same.
        let nobody = Outcome::NoHealthyReplica;
        let product = self.model.front(self.requests[request].front).product;
        let same = outcome.status_behind(product) == nobody.status_behind(product);
        let otherwise = if same { outcome } else { nobody };
        self.carry_out(request, decision, otherwise, probe);
    }

    pub(in crate::engine) fn read_timeout(&mut self, request: u32, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        body.timer = EventKey::NONE;
        if matches!(body.phase, Phase::Stuck | Phase::StuckThere) {
            self.miss_answer(request, probe);
            return;
        }
        // The replica goes on with the work, for nobody; the balancer goes on with a request of its own.
        let again = self.detach(request, probe);
        self.requests[again].outcome = Outcome::ReadTimeout;
        self.answer::<false>(again, probe);
    }

    /// Splits a request that the balancer gives up waiting for: the work stays where it is, unwanted, and the
    /// request goes on in a new body, which is returned.
    fn detach(&mut self, request: u32, probe: &mut impl Probe) -> u32 {
        let mut body = self.requests[request].clone();
        (body.phase, body.progress) = (Phase::Answered, NONE);
        let (number, replica) = (body.number, ReplicaId(body.replica));
        let (waiting, sojourn) = (body.started.since(body.arrived), self.now.since(body.arrived));
        let outcome = Outcome::ReadTimeout;
        probe.observe(
            self.now,
            &Observation::AttemptEnded { request: number, replica, outcome, waiting, sojourn },
        );
        let (born, patience) = (body.born(), body.patience);
        let again = self.requests.insert(body);
        self.follow_call(request, again);
        self.pair_moves(request, again);
        let old = &mut self.requests[request];
        (old.unwanted, old.held, old.visit, old.patience) = (true, false, NONE, EventKey::NONE);
        old.door = 0;
        old.connection = NONE;
        // The client's time-out moves along, at the time at which it was due.
        if self.queue.cancel(patience)
            && let Some(timeout) = self.model.client_timeout
        {
            self.requests[again].patience =
                self.queue.schedule(born + timeout, Event::GiveUp { request: again });
        }
        again
    }
}
