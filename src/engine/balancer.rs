//! The balancer in the world: what its instances decide becomes events, and what happens becomes news for them.
//!
//! Every rule is in [`super::pool`]; here requests are carried to it and back.

use std::net::{IpAddr, Ipv4Addr};

use super::arena::NONE;
use super::event::Event;
use super::pool::{Attempt, End, Pool, Retry, Rules, Verdict, Waiting};
use super::queue::EventKey;
use super::replica::Replica;
use super::request::{Phase, Request};
use super::{Engine, Probe};
use crate::algorithm::product::Trouble;
use crate::algorithm::{Algorithm, Decision, MemberSettings, RequestView};
use crate::dist::Distribution;
use crate::observe::{Observation, Outcome};
use crate::rng::{Purpose, Stream, split_mix};
use crate::scenario::{Model, Sticky, Way};
use crate::units::{ReplicaId, SimDuration, SimTime};

/// One instance of the balancer. A member's number is that of the replica.
#[derive(Debug, Clone)]
pub(super) struct Instance {
    pub(super) pool: Pool,
    /// By member: when it is to be taken back, and the event for that.
    wakes: Vec<(SimTime, EventKey)>,
}

impl Instance {
    pub(super) fn all(model: &Model, seed: u64) -> Vec<Self> {
        let balancer = &model.balancer;
        let rules = Rules {
            tries: balancer.tries,
            queue: balancer.queue,
            sticky: balancer.sticky == Sticky::Cookie,
            ..Rules::of(balancer.product)
        };
        let instance = |number| {
            let choice = &balancer.algorithm;
            let stream = Stream::new(seed, Purpose::Algorithm, number);
            let pool = Pool::new(&choice.name, choice.fresh.clone(), rules.clone(), stream);
            Self { pool, wakes: Vec::new() }
        };
        (0..balancer.instances).map(instance).collect()
    }
}

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
    fn pool(&mut self, request: u32) -> &mut Pool {
        &mut self.balancers[self.requests[request].balancer as usize].pool
    }

    /// Every instance makes room for a replica that is about to be added; it is not listed yet.
    pub(super) fn add_member(&mut self, replica: &Replica) {
        let balancer = &self.model.balancer;
        for instance in &mut self.balancers {
            let settings = MemberSettings {
                address: format!("{}:80", replica.name),
                max_connections: balancer.max_connections,
                max_fails: balancer.max_fails,
                fail_timeout: balancer.fail_timeout,
                ..MemberSettings::DEFAULT
            };
            instance.pool.add(replica.model.weight, settings);
            instance.wakes.push((SimTime::NEVER, EventKey::NONE));
        }
    }

    pub(super) fn replace_algorithm(&mut self, name: &str, fresh: &dyn Algorithm) {
        for instance in &mut self.balancers {
            instance.pool.set_algorithm(name, fresh.clone_box());
        }
    }

    /// The balancer lists a replica or takes it off its list.
    pub(super) fn list(&mut self, replica: u32, listed: bool, probe: &mut impl Probe) {
        for balancer in 0..self.balancers.len() as u32 {
            self.balancers[balancer as usize].pool.set_listed(self.now, replica, listed);
            for member in 0..self.replicas.len() as u32 {
                self.watch(balancer, member);
            }
        }
        self.serve_queue(probe);
    }

    /// Sees to it that a member that is left out is taken back in time.
    fn watch(&mut self, balancer: u32, member: u32) {
        let instance = &mut self.balancers[balancer as usize];
        let back = instance.pool.back_at(member);
        let (at, event) = instance.wakes[member as usize];
        if back == at {
            return;
        }
        self.queue.cancel(event);
        let event = if back == SimTime::NEVER {
            EventKey::NONE
        } else {
            self.queue.schedule(back, Event::Readmit { balancer, member })
        };
        self.balancers[balancer as usize].wakes[member as usize] = (back, event);
    }

    /// The time of a member that was left out is over.
    pub(super) fn readmit(&mut self, balancer: u32, member: u32, probe: &mut impl Probe) {
        let instance = &mut self.balancers[balancer as usize];
        instance.wakes[member as usize] = (SimTime::NEVER, EventKey::NONE);
        instance.pool.advance(self.now);
        self.watch(balancer, member);
        self.serve_queue(probe);
    }

    /// Which instance a request comes to: that of its user, or any.
    fn instance_for(&mut self, visit: u32) -> u32 {
        let count = self.balancers.len() as u32;
        match (count, visit) {
            (1, _) => 0,
            (_, NONE) => self.spread.below(count),
            _ => (split_mix(self.visits[visit].client) % u64::from(count)) as u32,
        }
    }

    /// A request reaches the balancer, or the host port that clients go to.
    pub(super) fn at_balancer(&mut self, request: u32, probe: &mut impl Probe) {
        let Request { unwanted, visit, .. } = self.requests[request];
        if unwanted {
            self.release(request);
            return;
        }
        self.requests[request].balancer = self.instance_for(visit);
        if let Way::HostPort(port) = self.model.way {
            match self.ports.holder(port) {
                Some(replica) => self.dispatch(request, replica, probe),
                None => self.answer_client(request, Outcome::ConnectionRefused, probe),
            }
            return;
        }
        let now = self.now;
        let decision = self.ask_pool(request, |pool, view| pool.arrive(now, view));
        self.carry_out(request, decision, Outcome::NoHealthyReplica, probe);
    }

    /// Does what the balancer has decided; `otherwise` is what the client gets when nobody can be asked.
    fn carry_out(&mut self, request: u32, decision: Decision, otherwise: Outcome, probe: &mut impl Probe) {
        match decision {
            Decision::Route(member) => self.dispatch(request, member, probe),
            Decision::Hold => self.enqueue(request, None, probe),
            Decision::Wait(member) => self.enqueue(request, Some(member), probe),
            Decision::Reject => self.answer_client(request, otherwise, probe),
        }
    }

    /// Shows a request to its instance.
    fn ask_pool(
        &mut self,
        request: u32,
        ask: impl FnOnce(&mut Pool, &RequestView<'_>) -> Decision,
    ) -> Decision {
        let body = &self.requests[request];
        let (client, home) = if body.visit == NONE {
            // Where many share an address, it does not tell clients apart.
            (if self.model.clients.is_some() { body.number } else { body.client }, None)
        } else {
            let visit = &self.visits[body.visit];
            (visit.client, visit.cookie)
        };
        let view = RequestView {
            client,
            address: address_of(body.client),
            uri: &self.model.classes[usize::from(body.class)].path,
            user: None,
            hashed: self.model.balancer.hash_key,
            attempt: body.attempts + 1,
            tried: &body.tried,
            home,
            memo: body.memo.into(),
        };
        let decision = ask(&mut self.balancers[body.balancer as usize].pool, &view);
        let memo = view.memo.get();
        self.requests[request].memo = memo;
        decision
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
        let delay = self.replica_delay();
        let event = Event::AtReplica { request };
        self.after_delay(delay, event, |engine, probe| engine.at_replica(request, probe), probe);
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
        let Request { visit, balancer, .. } = *body;
        if visit != NONE {
            self.visits[visit].cookie = Some(member);
        }
        self.balancers[balancer as usize].pool.taken(now, member);
        self.watch(balancer, member);
    }

    /// The balancer no longer counts the request as in flight: its attempt is over, or its client has gone.
    /// Whether there is to be another attempt.
    pub(super) fn let_go(&mut self, request: u32, probe: &mut impl Probe) -> Option<Retry> {
        let now = self.now;
        let body = &mut self.requests[request];
        if !std::mem::replace(&mut body.held, false) {
            return None;
        }
        let Request { replica: member, dispatched, outcome, unwanted, number, .. } = *body;
        let (attempts, balancer, phase, visit) = (body.attempts, body.balancer, body.phase, body.visit);
        let replica = ReplicaId(member);
        // When its answer is on the way already, the attempt has been told to have ended.
        if unwanted && phase != Phase::Answered {
            let (waiting, sojourn) = (SimDuration::ZERO, SimDuration::ZERO);
            let outcome = Outcome::ClientGaveUp;
            let ended = Observation::AttemptEnded { request: number, replica, outcome, waiting, sojourn };
            probe.observe(now, &ended);
        }
        let end = if unwanted { End::Gone } else { end_of(outcome) };
        let named = visit != NONE && self.visits[visit].cookie == Some(member);
        let attempt = Attempt { member, response_time: now.since(dispatched), end, attempts, named };
        let Verdict { retry, left_out } = self.balancers[balancer as usize].pool.finished(now, &attempt);
        self.watch(balancer, member);
        if left_out {
            probe.observe(now, &Observation::LeftOut { replica });
        }
        retry
    }

    fn enqueue(&mut self, request: u32, member: Option<u32>, probe: &mut impl Probe) {
        let now = self.now;
        match self.pool(request).wait(request, member) {
            Ok(ticket) => self.requests[request].slot = ticket,
            Err(refusal) => {
                if refusal.news {
                    probe.observe(now, &Observation::QueueFull);
                }
                self.answer_client(request, Outcome::QueueFull, probe);
                return;
            }
        }
        self.requests[request].phase = Phase::Queued;
        self.queued.up(now);
        let timeout = self.model.balancer.queue_timeout;
        if timeout < SimDuration::FOREVER {
            self.requests[request].timer =
                self.queue.schedule_after(now, timeout, Event::QueueTimeout { request });
        }
    }

    /// Takes a request out of the balancer's queue.
    pub(super) fn leave_queue(&mut self, request: u32) {
        let ticket = self.requests[request].slot;
        self.pool(request).leave(ticket);
        self.has_left_queue(request);
    }

    fn has_left_queue(&mut self, request: u32) {
        self.requests[request].slot = NONE;
        self.queued.down(self.now);
        self.stop_timer(request);
    }

    pub(super) fn queue_timeout(&mut self, request: u32, probe: &mut impl Probe) {
        self.requests[request].timer = EventKey::NONE;
        self.leave_queue(request);
        self.answer_client(request, Outcome::QueueTimeout, probe);
    }

    /// Hands waiting requests to members that can take one, the oldest first.
    pub(super) fn serve_queue(&mut self, probe: &mut impl Probe) {
        for balancer in 0..self.balancers.len() {
            while let Some(waiting) = self.balancers[balancer].pool.next_waiting(self.now) {
                match waiting {
                    Waiting::To { id, member } => {
                        self.has_left_queue(id);
                        self.dispatch(id, member, probe);
                    }
                    Waiting::Ask { id } => {
                        let now = self.now;
                        let decision = self.ask_pool(id, |pool, view| pool.choose(now, view));
                        let Decision::Route(member) = decision else { break };
                        self.leave_queue(id);
                        self.dispatch(id, member, probe);
                    }
                }
            }
        }
    }

    /// The answer, or the news of a failure, reaches the balancer.
    pub(super) fn answer(&mut self, request: u32, probe: &mut impl Probe) {
        self.stop_timer(request);
        let retry = self.let_go(request, probe);
        let Request { outcome, unwanted, .. } = self.requests[request];
        match retry {
            _ if unwanted => self.release(request),
            Some(retry) if self.model.way == Way::Balancer => self.try_again(request, retry, probe),
            _ => self.answer_client(request, outcome, probe),
        }
        self.serve_queue(probe);
    }

    /// Another attempt, at once or after a pause.
    fn try_again(&mut self, request: u32, retry: Retry, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        let pause = match retry {
            Retry::Chosen(pause) => {
                body.tried.push(body.replica);
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
    pub(super) fn try_now(&mut self, request: u32, probe: &mut impl Probe) {
        let now = self.now;
        let body = &mut self.requests[request];
        body.timer = EventKey::NONE;
        let (member, outcome) = (body.replica, body.outcome);
        let same = !body.tried.contains(&member);
        body.outcome = Outcome::Ok;
        let decision = if same && self.pool(request).is_eligible(member) {
            Decision::Route(member)
        } else {
            self.ask_pool(request, |pool, view| pool.choose(now, view))
        };
        // When there is nobody left, nginx says so (502) whatever the last attempt said; the last attempt says
        // more about why, as long as the status is the same.
        let nobody = Outcome::NoHealthyReplica;
        let otherwise = if outcome.status() == nobody.status() { outcome } else { nobody };
        self.carry_out(request, decision, otherwise, probe);
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

/// The address of a client, from its number: any but those that begin with 0, 127 or 224 and more.
fn address_of(client: u64) -> IpAddr {
    let [mut a, b, c, d, ..] = split_mix(client).to_le_bytes();
    a = 1 + a % 222;
    if a == 127 {
        a = 223;
    }
    IpAddr::V4(Ipv4Addr::new(a, b, c, d))
}
