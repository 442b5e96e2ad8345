//! The balancer: who may be chosen, who is, what it waits for, and when it tries again.
//!
//! A member may be chosen when it is listed (known to the balancer), has not failed too often, and is below its
//! limit of requests in flight. Failures count as nginx counts them, in whole seconds: after `max_fails`
//! failures, each at most `fail_timeout` after the one before, a member is left out until more than
//! `fail_timeout` has passed; then one request tries it, and only its success brings the member back.

use super::arena::{Fifo, NONE};
use super::event::Event;
use super::queue::EventKey;
use super::request::{Phase, Request};
use super::{Engine, Probe};
use crate::algorithm::{Algorithm, Decision, Feedback, PoolView, RequestView};
use crate::dist::Distribution;
use crate::observe::{Level, Observation, Outcome};
use crate::rng::{Purpose, Stream};
use crate::scenario::{BalancerModel, Model, Sticky, Way};
use crate::units::{ReplicaId, SimDuration, SimTime};

/// What the balancer knows of one replica. A member's number is that of the replica.
#[derive(Debug, Clone)]
struct Member {
    listed: bool,
    fails: u32,
    /// Whole seconds of the last failure, and of the last failure or try after it (nginx: accessed, checked).
    failed_at: u64,
    checked_at: u64,
    readmit: EventKey,
}

#[derive(Debug, Clone)]
pub(super) struct Pool {
    pub(super) name: String,
    algorithm: Box<dyn Algorithm>,
    stream: Stream,
    pub(super) settings: BalancerModel,
    members: Vec<Member>,
    /// Members that may be chosen, ascending.
    eligible: Vec<u32>,
    pub(super) in_flight: Vec<u32>,
    pub(super) weight: Vec<u32>,
    pub(super) queue: Fifo,
    pub(super) queue_level: Level,
    pub(super) turned_away: u64,
    was_full: bool,
    /// Candidates of a further attempt, kept for its memory.
    untried: Vec<u32>,
}

impl Pool {
    pub(super) fn new(model: &Model, seed: u64) -> Self {
        let choice = &model.balancer.algorithm;
        Self {
            name: choice.name.clone(),
            algorithm: choice.fresh.clone(),
            stream: Stream::new(seed, Purpose::Algorithm, 0),
            settings: model.balancer.clone(),
            members: Vec::new(),
            eligible: Vec::new(),
            in_flight: Vec::new(),
            weight: Vec::new(),
            queue: Fifo::new(),
            queue_level: Level::default(),
            turned_away: 0,
            was_full: false,
            untried: Vec::new(),
        }
    }

    pub(super) fn replace_algorithm(&mut self, name: &str, algorithm: Box<dyn Algorithm>) {
        name.clone_into(&mut self.name);
        self.algorithm = algorithm;
    }

    /// Makes room for a replica; it is not listed yet.
    pub(super) fn add(&mut self, weight: u32) {
        let readmit = EventKey::NONE;
        self.members.push(Member { listed: false, fails: 0, failed_at: 0, checked_at: 0, readmit });
        self.in_flight.push(0);
        self.weight.push(weight);
    }

    fn view(&self) -> PoolView<'_> {
        PoolView { eligible: &self.eligible, in_flight: &self.in_flight, weight: &self.weight }
    }

    /// Whether failures count: with a single listed member nginx never leaves it out.
    fn counts_fails(&self) -> bool {
        self.settings.max_fails > 0 && self.members.iter().filter(|m| m.listed).nth(1).is_some()
    }

    fn left_out(&self, member: &Member, now: SimTime) -> bool {
        member.fails >= self.settings.max_fails
            && second(now) <= member.checked_at + self.settings.fail_timeout.0.div_ceil(SECOND)
            && self.counts_fails()
    }

    pub(super) fn is_eligible(&self, member: u32) -> bool {
        self.eligible.binary_search(&member).is_ok()
    }

    /// Brings the list of eligible members up to date for one of them; whether it changed.
    fn refresh(&mut self, member: u32, now: SimTime) -> bool {
        let m = &self.members[member as usize];
        let below_limit = self.in_flight[member as usize] < self.settings.max_connections;
        let may = m.listed && below_limit && (m.fails == 0 || !self.left_out(m, now));
        match (self.eligible.binary_search(&member), may) {
            (Err(place), true) => self.eligible.insert(place, member),
            (Ok(place), false) => {
                self.eligible.remove(place);
            }
            _ => return false,
        }
        true
    }

    fn tell(&mut self, now: SimTime, feedback: &Feedback) {
        let Self { algorithm, eligible, in_flight, weight, .. } = self;
        algorithm.learn(now, feedback, &PoolView { eligible, in_flight, weight });
    }

    fn decide(&mut self, now: SimTime, request: &RequestView, untried: bool) -> Decision {
        let Self { algorithm, eligible, in_flight, weight, untried: left, stream, .. } = self;
        let eligible = if untried { left } else { eligible };
        if eligible.is_empty() {
            return Decision::Reject;
        }
        algorithm.decide(now, request, &PoolView { eligible, in_flight, weight }, stream)
    }

    pub(super) fn explain(&self, request: &RequestView) -> crate::algorithm::Explanation {
        self.algorithm.explain(request, &self.view())
    }
}

const SECOND: u64 = 1_000_000_000;

const fn second(at: SimTime) -> u64 {
    at.0 / SECOND
}

impl Engine {
    /// The balancer lists a replica or takes it off its list.
    pub(super) fn list(&mut self, replica: u32, listed: bool, probe: &mut impl Probe) {
        let now = self.now;
        self.pool.members[replica as usize].listed = listed;
        // Whether failures count depends on how many are listed.
        for member in 0..self.pool.members.len() as u32 {
            self.pool.refresh(member, now);
        }
        self.pool.tell(now, &Feedback::PoolChanged);
        self.serve_queue(probe);
    }

    /// A request reaches the balancer, or the host port that clients go to.
    pub(super) fn at_balancer(&mut self, request: u32, probe: &mut impl Probe) {
        if self.requests[request].unwanted {
            self.release(request);
            return;
        }
        if let Way::HostPort(port) = self.model.way {
            match self.ports.holder(port) {
                Some(replica) => self.dispatch(request, replica, probe),
                None => self.answer_client(request, Outcome::ConnectionRefused, probe),
            }
            return;
        }
        // Nobody overtakes those who wait.
        if self.pool.queue.len() > 0 {
            self.enqueue(request, probe);
            return;
        }
        match self.choose(request) {
            Decision::Route(member) => self.dispatch(request, member, probe),
            Decision::Hold => self.enqueue(request, probe),
            Decision::Reject if self.at_limit() => self.enqueue(request, probe),
            Decision::Reject => self.answer_client(request, Outcome::NoHealthyReplica, probe),
        }
    }

    /// Whether some member could be chosen if it had less in flight.
    fn at_limit(&self) -> bool {
        let pool = &self.pool;
        let full = |(place, m): (usize, &Member)| {
            let free_of_fails = m.fails == 0 || !pool.left_out(m, self.now);
            m.listed && free_of_fails && pool.in_flight[place] >= pool.settings.max_connections
        };
        pool.members.iter().enumerate().any(full)
    }

    fn request_view(&self, request: u32) -> RequestView {
        let body = &self.requests[request];
        let client = if body.visit == NONE { body.number } else { self.visits[body.visit].client };
        RequestView { client, attempt: body.attempts + 1 }
    }

    fn choose(&mut self, request: u32) -> Decision {
        let body = &self.requests[request];
        if self.pool.settings.sticky == Sticky::Cookie
            && body.visit != NONE
            && let Some(member) = self.visits[body.visit].cookie
            && self.pool.is_eligible(member)
            && !body.tried.contains(&member)
        {
            return Decision::Route(member);
        }
        let again = !body.tried.is_empty();
        if again {
            let (pool, tried) = (&mut self.pool, &self.requests[request].tried);
            pool.untried.clear();
            pool.untried.extend(pool.eligible.iter().filter(|member| !tried.contains(member)));
        }
        let view = self.request_view(request);
        self.pool.decide(self.now, &view, again)
    }

    /// Hands the request to a replica.
    fn dispatch(&mut self, request: u32, replica: u32, probe: &mut impl Probe) {
        let now = self.now;
        let body = &mut self.requests[request];
        body.attempts += 1;
        body.replica = replica;
        (body.dispatched, body.arrived, body.started) = (now, now, now);
        body.drops = 0;
        body.phase = Phase::ToReplica;
        let (number, attempt) = (body.number, body.attempts);
        self.attempts += 1;
        self.replicas[replica as usize].attempts += 1;
        self.hold(request, replica);
        probe
            .observe(now, &Observation::Dispatched { request: number, replica: ReplicaId(replica), attempt });
        let (delay, constant) = self.replica_delay();
        self.after_delay(delay, constant, Event::AtReplica { request }, probe);
    }

    pub(super) fn replica_delay(&mut self) -> (SimDuration, bool) {
        let delay = self.model.balancer.delay;
        (delay.sample(&mut self.network), matches!(delay, Distribution::Constant(_)))
    }

    /// The balancer counts the request as in flight on the member.
    fn hold(&mut self, request: u32, member: u32) {
        let now = self.now;
        let body = &mut self.requests[request];
        body.held = true;
        if body.visit != NONE {
            self.visits[body.visit].cookie = Some(member);
        }
        let pool = &mut self.pool;
        pool.in_flight[member as usize] += 1;
        let m = &mut pool.members[member as usize];
        if m.fails > 0 && second(now) > m.checked_at + pool.settings.fail_timeout.0.div_ceil(SECOND) {
            // nginx: this request is the one that tries; nobody else does until it is back.
            m.checked_at = second(now);
            if m.fails >= pool.settings.max_fails {
                self.leave_out(member);
            }
        }
        let pool = &mut self.pool;
        if pool.in_flight[member as usize] >= pool.settings.max_connections {
            pool.refresh(member, now);
        }
        self.pool.tell(now, &Feedback::Dispatched { member });
    }

    /// The balancer no longer counts the request as in flight: its attempt is over, or its client has gone.
    pub(super) fn let_go(&mut self, request: u32, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        if !std::mem::replace(&mut body.held, false) {
            return;
        }
        let Request { replica: member, dispatched, outcome, unwanted, number, phase, .. } = *body;
        let ok = outcome == Outcome::Ok || outcome == Outcome::SessionLost;
        let pool = &mut self.pool;
        pool.in_flight[member as usize] -= 1;
        if unwanted {
            // When its answer is on the way already, the attempt has been told to have ended.
            if phase != Phase::Answered {
                let (waiting, sojourn) = (SimDuration::ZERO, SimDuration::ZERO);
                let (replica, outcome) = (ReplicaId(member), Outcome::ClientGaveUp);
                let ended = Observation::AttemptEnded { request: number, replica, outcome, waiting, sojourn };
                probe.observe(self.now, &ended);
            }
        } else if ok {
            let m = &mut pool.members[member as usize];
            if m.fails > 0 && m.failed_at < m.checked_at {
                m.fails = 0;
                let readmit = std::mem::replace(&mut m.readmit, EventKey::NONE);
                self.queue.cancel(readmit);
            }
        } else {
            self.count_failure(member, probe);
        }
        let now = self.now;
        self.pool.refresh(member, now);
        let response_time = now.since(dispatched);
        self.pool.tell(now, &Feedback::Completed { member, response_time, ok: ok && !unwanted });
    }

    fn count_failure(&mut self, member: u32, probe: &mut impl Probe) {
        let now = second(self.now);
        if !self.pool.counts_fails() {
            return;
        }
        let m = &mut self.pool.members[member as usize];
        m.fails += 1;
        (m.failed_at, m.checked_at) = (now, now);
        let newly = m.fails == self.pool.settings.max_fails;
        if m.fails >= self.pool.settings.max_fails {
            self.leave_out(member);
        }
        if newly {
            probe.observe(self.now, &Observation::LeftOut { replica: ReplicaId(member) });
        }
    }

    /// Leaves a member out until its time is over.
    fn leave_out(&mut self, member: u32) {
        let back = self.pool.members[member as usize].checked_at
            + self.pool.settings.fail_timeout.0.div_ceil(SECOND)
            + 1;
        let old = self.pool.members[member as usize].readmit;
        self.queue.cancel(old);
        let at = SimTime(back.saturating_mul(SECOND));
        // Without end, nothing brings it back but a list of one.
        self.pool.members[member as usize].readmit = match at {
            SimTime::NEVER => EventKey::NONE,
            at => self.queue.schedule(at, Event::Readmit { member }),
        };
        self.pool.refresh(member, self.now);
    }

    pub(super) fn readmit(&mut self, member: u32, probe: &mut impl Probe) {
        self.pool.members[member as usize].readmit = EventKey::NONE;
        if self.pool.refresh(member, self.now) {
            self.pool.tell(self.now, &Feedback::PoolChanged);
        }
        self.serve_queue(probe);
    }

    fn enqueue(&mut self, request: u32, probe: &mut impl Probe) {
        let now = self.now;
        let pool = &mut self.pool;
        if pool.queue.len() >= pool.settings.queue {
            pool.turned_away += 1;
            if !std::mem::replace(&mut pool.was_full, true) && pool.settings.queue > 0 {
                probe.observe(now, &Observation::QueueFull);
            }
            self.answer_client(request, Outcome::QueueFull, probe);
            return;
        }
        self.requests[request].phase = Phase::Queued;
        pool.queue.push(&mut self.requests, request);
        pool.queue_level.up(now);
        let timeout = pool.settings.queue_timeout;
        if timeout < SimDuration::FOREVER {
            self.requests[request].timer =
                self.queue.schedule_after(now, timeout, Event::QueueTimeout { request });
        }
    }

    /// Takes a request out of the balancer's queue.
    pub(super) fn leave_queue(&mut self, request: u32) {
        self.pool.queue.remove(&mut self.requests, request);
        self.pool.queue_level.down(self.now);
        // Half empty before "full" is news again.
        if self.pool.queue.len() * 2 <= self.pool.settings.queue {
            self.pool.was_full = false;
        }
        self.stop_timer(request);
    }

    pub(super) fn queue_timeout(&mut self, request: u32, probe: &mut impl Probe) {
        self.requests[request].timer = EventKey::NONE;
        self.leave_queue(request);
        self.answer_client(request, Outcome::QueueTimeout, probe);
    }

    /// Hands waiting requests to members that can take one, the oldest first.
    pub(super) fn serve_queue(&mut self, probe: &mut impl Probe) {
        while let Some(request) = self.pool.queue.head() {
            let Decision::Route(member) = self.choose(request) else { return };
            self.leave_queue(request);
            self.dispatch(request, member, probe);
        }
    }

    /// The answer, or the news of a failure, reaches the balancer.
    pub(super) fn answer(&mut self, request: u32, probe: &mut impl Probe) {
        self.stop_timer(request);
        self.let_go(request, probe);
        let outcome = self.requests[request].outcome;
        if self.requests[request].unwanted {
            self.release(request);
        } else if may_try_again(outcome) && self.model.way == Way::Balancer {
            self.try_again(request, outcome, probe);
        } else {
            self.answer_client(request, outcome, probe);
        }
        self.serve_queue(probe);
    }

    /// Another attempt on a member that was not tried yet, or the last attempt's outcome for the client.
    fn try_again(&mut self, request: u32, outcome: Outcome, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        body.tried.push(body.replica);
        body.outcome = Outcome::Ok;
        let tries = self.pool.settings.tries;
        let left = tries == 0 || body.attempts < tries;
        match if left { self.choose(request) } else { Decision::Reject } {
            Decision::Route(member) => self.dispatch(request, member, probe),
            _ => self.answer_client(request, outcome, probe),
        }
    }

    pub(super) fn read_timeout(&mut self, request: u32, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        body.timer = EventKey::NONE;
        // The replica goes on with the work, for nobody; the balancer goes on with a request of its own.
        let again = self.detach(request, probe);
        self.requests[again].outcome = Outcome::ReadTimeout;
        self.answer(again, probe);
    }

    /// Splits a request that the balancer gives up waiting for: the work stays where it is, unwanted, and the
    /// request goes on in a new body, which is returned.
    fn detach(&mut self, request: u32, probe: &mut impl Probe) -> u32 {
        let mut body = self.requests[request].clone();
        body.phase = Phase::Answered;
        let (number, replica) = (body.number, ReplicaId(body.replica));
        let (waiting, sojourn) = (body.started.since(body.arrived), self.now.since(body.arrived));
        let outcome = Outcome::ReadTimeout;
        probe.observe(
            self.now,
            &Observation::AttemptEnded { request: number, replica, outcome, waiting, sojourn },
        );
        let (born, patience) = (body.born, body.patience);
        let again = self.requests.insert(body);
        let old = &mut self.requests[request];
        (old.unwanted, old.held, old.visit, old.patience) = (true, false, NONE, EventKey::NONE);
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

/// What nginx tries again by default: `proxy_next_upstream error timeout`.
const fn may_try_again(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::ConnectionRefused
            | Outcome::BacklogOverflow
            | Outcome::ConnectTimeout
            | Outcome::NoFreePort
            | Outcome::NoFreeConnection
            | Outcome::ReadTimeout
            | Outcome::OutOfMemory
            | Outcome::ReplicaCrashed
    )
}
