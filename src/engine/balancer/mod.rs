//! The fronts in the world: what their instances decide becomes events, and what happens becomes news for them.
//!
//! A front is what is before one service: an upstream of the edge's balancer, or a balancer of the service's own.
//! Requests of clients come to the front of the service that their class names, and requests between services to
//! that of the called one. Every rule is in [`super::pool`]; here requests are carried to it and back: `members`
//! (who is listed), `check` (who is well), `attempt` (hand-over, answer, further tries), `waiting` (the queue), `views`
//! (what is read at intervals).

mod attempt;
mod check;
mod cookies;
mod members;
mod rules;
mod subset;
mod views;
mod waiting;

pub(super) use cookies::Cookies;

use check::Checks;

use super::arena::{Arena, NONE};
use super::pool::Pool;
use super::queue::EventKey;
use super::request::{Request, Visit};
use super::{Engine, Probe};
use crate::algorithm::{ClientAddress, Decision, KeySource, RequestView};
use crate::dist::Distribution;
use crate::observe::{Level, Outcome, ReplicaState};
use crate::rng::{Purpose, Stream, split_mix};
use crate::scenario::{BalancerModel, DIRECT, Model, Way};
use crate::units::{SimDuration, SimTime};

/// What is before one service: one instance, or several that know nothing of each other.
#[derive(Debug, Clone)]
pub(super) struct Front {
    pub(super) service: u32,
    pub(super) instances: Vec<Instance>,
    /// Replica by member; all instances number their members alike.
    pub(super) members: Vec<u32>,
    /// Its health checks, by member.
    checks: Vec<Checks>,
    /// When its name is resolved next, and when its instances look around next.
    resolves: EventKey,
    looks: EventKey,
    /// Requests that wait in it.
    pub(super) queued: Level,
    /// Whether it was told that an instance panics.
    panics: bool,
    /// Answers by status, in the order in which the statuses were first sent.
    pub(super) statuses: Vec<(u16, u64)>,
    /// Which members each instance knows, where not all of them.
    subsets: Option<Box<subset::Subsets>>,
    /// Which instance a request comes to.
    spread: Stream,
    /// How long requests wait in its queue.
    patience: Stream,
    /// How long it takes to its replicas, and back.
    pub(super) delay: Distribution,
    /// How long it waits for an answer; for ever where its clients are gone by then.
    read_timeout: SimDuration,
    /// Which part of a request a hash looks at.
    pub(super) hash_key: KeySource,
}

/// One instance of a front.
#[derive(Debug, Clone)]
pub(super) struct Instance {
    pub(super) pool: Pool,
    /// Requests that came to it.
    pub(super) requests: u64,
    /// By member: when it is to be taken back, and the event for that; and how many there are that will be.
    wakes: Vec<(SimTime, EventKey)>,
    waking: u32,
}

impl Instance {
    /// Whether something about a member may change by itself, or was going to.
    #[inline]
    pub(super) const fn is_waking(&self) -> bool {
        self.waking > 0 || !self.pool.is_settled()
    }
}

impl Front {
    pub(super) fn all(model: &Model, seed: u64) -> Vec<Self> {
        let one = |(place, front): (usize, &BalancerModel)| {
            let replicas = model.services[front.service.index()].replicas;
            Self { read_timeout: patience(model, front), ..Self::new(front, replicas, place as u32, seed) }
        };
        model.fronts.iter().enumerate().map(one).collect()
    }

    fn new(model: &BalancerModel, replicas: u32, place: u32, seed: u64) -> Self {
        let rules = rules::of(model);
        let instance = |number| {
            let choice = &model.algorithm;
            let stream = Stream::new(seed, Purpose::Algorithm, (place << 16) | number);
            let pool = Pool::new(&choice.name, choice.fresh.clone(), rules.clone(), stream);
            Instance { pool, requests: 0, wakes: Vec::new(), waking: 0 }
        };
        Self {
            service: model.service.0,
            instances: (0..model.instances).map(instance).collect(),
            members: Vec::new(),
            checks: Vec::new(),
            resolves: EventKey::NONE,
            looks: EventKey::NONE,
            queued: Level::default(),
            panics: false,
            statuses: Vec::new(),
            subsets: subset::Subsets::new(model, replicas, (seed, place)),
            spread: Stream::new(seed, Purpose::Spread, place),
            patience: Stream::new(seed, Purpose::Patience, place),
            delay: model.delay,
            read_timeout: model.read_timeout,
            hash_key: model.hash_key,
        }
    }
}

/// How long a front waits for an answer: a client that leaves earlier than the balancer would makes the balancer's own
/// time-out idle.
fn patience(model: &Model, front: &BalancerModel) -> SimDuration {
    let idle = model.client_timeout.is_some_and(|patience| patience <= front.read_timeout);
    if idle { SimDuration::FOREVER } else { front.read_timeout }
}

impl Front {
    /// How long it waits for an answer.
    #[inline]
    pub(super) const fn patience(&self) -> SimDuration {
        self.read_timeout
    }

    /// The replica that a decision leads to, or none.
    #[inline(always)]
    fn replica_of(&self, decision: Decision) -> u32 {
        if let Decision::Route(member) = decision { self.members[member as usize] } else { NONE }
    }

    /// Which instance a request comes to: that of its user, or any.
    #[inline(always)]
    pub(super) fn instance_for(&mut self, visit: u32, visits: &Arena<Visit>) -> u16 {
        let count = self.instances.len() as u32;
        match (count, visit) {
            (1, _) => 0,
            (_, NONE) => self.spread.below(count) as u16,
            _ => (split_mix(visits[visit].client) % u64::from(count)) as u16,
        }
    }

    /// It answers, with the status that its product sends.
    #[inline(always)]
    pub(super) fn count_answer(&mut self, status: u16) {
        if let Some((first, count)) = self.statuses.first_mut()
            && *first == status
        {
            *count += 1;
            return;
        }
        match self.statuses.iter_mut().find(|(known, _)| *known == status) {
            Some((_, count)) => *count += 1,
            None => self.statuses.push((status, 1)),
        }
    }

    /// How many of its instances have a member in their subset; nothing where all know all.
    pub(super) fn known_by(&self, member: u32) -> Option<u32> {
        self.subsets.as_ref().map(|subsets| subsets.known_by(member))
    }
}

/// What a pool is asked.
#[derive(Debug, Clone, Copy)]
enum Ask {
    /// Where a request goes that has just come.
    Arrive,
    /// Where a request goes at a further try, or when it has waited.
    Choose,
    /// Nothing: it has waited for this member, which takes it.
    Hand(u32),
}

impl Ask {
    #[inline(always)]
    fn of(self, pool: &mut Pool, now: SimTime, view: &RequestView<'_>) -> Decision {
        match self {
            Self::Arrive => pool.arrive(now, view),
            Self::Choose => pool.choose(now, view),
            Self::Hand(member) => {
                pool.remember(now, view, member);
                Decision::Route(member)
            }
        }
    }
}

impl Engine {
    /// The front that a request is at; not for one that goes straight to a host port.
    #[inline(always)]
    fn front(&mut self, request: u32) -> &mut Front {
        &mut self.fronts[usize::from(self.requests[request].front)]
    }

    /// The instance that has a request.
    #[inline]
    fn pool(&mut self, request: u32) -> &mut Pool {
        let Request { front, instance, .. } = self.requests[request];
        &mut self.fronts[usize::from(front)].instances[usize::from(instance)].pool
    }

    /// A request reaches the front that `Request::front` names, or the host port that clients go to. Whoever asks
    /// (a client, or a replica that calls another service) sets that and schedules `AtBalancer`; the answer
    /// goes back through [`Engine::answer_client`].
    pub(super) fn at_balancer<const PLAIN: bool>(&mut self, request: u32, probe: &mut impl Probe) {
        if PLAIN {
            self.pass_through(request, probe);
            return;
        }
        if self.model.slow {
            self.begin_sending(request);
        }
        let body = &mut self.requests[request];
        if body.unwanted {
            self.release(request);
            return;
        }
        if body.front == DIRECT {
            self.at_host_port(request, probe);
            return;
        }
        let front = &mut self.fronts[usize::from(body.front)];
        body.instance = front.instance_for(body.visit, &self.visits);
        front.instances[usize::from(body.instance)].requests += 1;
        if self.doors.is_some() && self.stops_at_door(request, probe) {
            return;
        }
        self.route(request, probe);
    }

    /// The balancer has read a request: it answers that itself, or chooses who does.
    #[inline(always)]
    pub(super) fn route(&mut self, request: u32, probe: &mut impl Probe) {
        if self.model.slow && self.waits_for_end(request) {
            return;
        }
        if self.doors.is_some() && self.model.classes[usize::from(self.requests[request].class)].own.is_some()
        {
            self.answer_client(request, Outcome::Ok, probe);
            return;
        }
        match self.ask_pool(request, Ask::Arrive) {
            (Decision::Route(_), replica) => self.hand_to(request, replica, probe),
            (decision, _) => self.carry_out(request, decision, Outcome::NoHealthyReplica, probe),
        }
    }

    /// The same for one that has waited before its balancer; once, since few do.
    #[inline(never)]
    pub(in crate::engine) fn go_on(&mut self, request: u32, probe: &mut impl Probe) {
        self.route(request, probe);
    }

    /// A request reaches the host port that clients go to: on the first host on which somebody is ready at it, or else
    /// on the first on which somebody holds it.
    fn at_host_port(&mut self, request: u32, probe: &mut impl Probe) {
        let Way::HostPort(port) = self.model.way else { return };
        let mut holders = self.ports.iter().filter_map(|host| host.holder(port));
        let is_ready = |id: &u32| self.replicas[*id as usize].state == ReplicaState::Ready;
        let found = holders.clone().find(is_ready).or_else(|| holders.next());
        match found {
            Some(replica) => self.dispatch(request, replica, probe),
            None => self.answer_client(request, Outcome::ConnectionRefused, probe),
        }
    }

    /// Does what the balancer has decided; `otherwise` is what the client gets when nobody can be asked.
    pub(super) fn carry_out(
        &mut self,
        request: u32,
        decision: Decision,
        otherwise: Outcome,
        probe: &mut impl Probe,
    ) {
        match decision {
            Decision::Route(member) => {
                let replica = self.front(request).members[member as usize];
                self.dispatch(request, replica, probe);
            }
            Decision::Hold => self.enqueue(request, None, probe),
            Decision::Wait(member) => self.enqueue(request, Some(member), probe),
            Decision::Reject => self.answer_client(request, otherwise, probe),
        }
    }

    /// Shows a request to its instance: what that decides, and the replica that it goes to, if to any.
    #[inline(always)]
    fn ask_pool(&mut self, request: u32, ask: Ask) -> (Decision, u32) {
        let now = self.now;
        if self.explaining.is_some() || self.probing.is_some() {
            return self.ask_watched_pool(request, ask);
        }
        let Self { requests, visits, model, fronts, .. } = self;
        let body = &mut requests[request];
        let front = &mut fronts[usize::from(body.front)];
        let view = view_of(body, visits, model, front.hash_key);
        let decision = ask.of(&mut front.instances[usize::from(body.instance)].pool, now, &view);
        body.memo = view.memo.get();
        (decision, front.replica_of(decision))
    }

    /// The same where somebody wants to know why, or the algorithm asks for reports.
    #[cold]
    fn ask_watched_pool(&mut self, request: u32, ask: Ask) -> (Decision, u32) {
        let now = self.now;
        let body = &self.requests[request];
        let hash_key = self.fronts[usize::from(body.front)].hash_key;
        let view = view_of(body, &self.visits, &self.model, hash_key);
        let Request { number, front, instance, .. } = *body;
        let told =
            self.explanation_of(number, (front, instance), &view, |pool, view| ask.of(pool, now, view));
        let pool = &mut self.fronts[usize::from(front)].instances[usize::from(instance)].pool;
        let decision = ask.of(pool, now, &view);
        let memo = view.memo.get();
        self.requests[request].memo = memo;
        if let Some(told) = told {
            self.keep_explanation(*told);
        }
        if self.probing.is_some() {
            self.ask_for_reports(front, instance);
        }
        (decision, self.fronts[usize::from(front)].replica_of(decision))
    }
}

/// What a front sees of a request.
#[inline(always)]
pub(super) fn view_of<'a>(
    body: &'a Request,
    visits: &Arena<Visit>,
    model: &'a Model,
    hashed: KeySource,
) -> RequestView<'a> {
    let (client, home) = if body.visit == NONE {
        // Where many share an address, it does not tell clients apart.
        (if model.clients.is_some() { body.number } else { body.client }, None)
    } else {
        let visit = &visits[body.visit];
        (visit.client, visit.cookies.get(body.front))
    };
    RequestView {
        client,
        address: ClientAddress::Of(body.client),
        uri: &model.classes[usize::from(body.class)].path,
        user: None,
        hashed,
        attempt: body.attempts + 1,
        tried: &body.past().tried,
        home,
        memo: body.memo.into(),
    }
}
