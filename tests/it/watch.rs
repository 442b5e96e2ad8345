//! A probe that keeps its own books of a run, and what must hold between them and the engine at every instant.
//!
//! It knows nothing of the engine but what the engine tells, so that a mistake in the engine's own sums shows.

mod broker;
mod cpu;
mod fronts;
mod lists;
mod network;

use std::collections::{BTreeMap, BTreeSet};

use doorbuster::algorithm;
use doorbuster::algorithm::product::{Again, Passive};
use doorbuster::engine::Engine;
use doorbuster::observe::{Health, INNER, Observation, Outcome, Probe, ReplicaState, ReplicaView, Snapshot};
use doorbuster::scenario::{
    BalancerModel, Change, Model, OnUnhealthy, OomKill, SessionState, SourceKind, Way,
};
use doorbuster::units::SimTime;

use crate::dependency::{self, law};

const SECOND: u64 = 1_000_000_000;

/// A request whose client still waits.
#[derive(Default)]
struct Open {
    born: SimTime,
    attempts: u32,
    /// Attempts since its client asked last.
    of_try: u32,
    tries: u32,
    tried: Vec<u32>,
}

/// What it knows of one replica.
#[derive(Default, Clone)]
struct Known {
    state: ReplicaState,
    health: Health,
    dispatched: u64,
    open: u32,
    /// Second of the last failure that left it out, or of the last try after one.
    left_out: Option<u64>,
    /// CPU time used, when that was read, and how often it had been started again then.
    used: (u64, SimTime, u32),
}

/// The books.
pub struct Watch {
    model: Model,
    /// Whether services call each other: who is gone leaves its place at the end of the nanosecond.
    inner: bool,
    settled: bool,
    now: SimTime,
    open: BTreeMap<u64, Open>,
    within: BTreeMap<u64, Open>,
    /// Replicas of the attempts of a request that are open: one, or two of a client that hedges.
    attempts: BTreeMap<u64, Vec<u32>>,
    ended: BTreeMap<Outcome, u64>,
    offered: u64,
    dispatched: u64,
    attempts_ended: u64,
    retries: u64,
    /// How often what happened that no law is about.
    pub seen: BTreeMap<&'static str, u32>,
    /// Σ response times and Σ sojourn times, in nanoseconds.
    pub response: u128,
    pub sojourn: u128,
    replicas: Vec<Known>,
    /// By service.
    listed: [BTreeSet<u32>; 2],
    /// Replicas of the second service. Nobody scales that.
    others: std::ops::Range<u32>,
    sessions: (u64, u64),
    memory_of: BTreeMap<u64, (u64, u64)>,
    messages: broker::Messages,
    world: Snapshot,
    /// When the last change was made.
    changed: Option<SimTime>,
    /// Whether requests may wait for the replica that their cookie names, while another is free.
    homes: bool,
    /// Whether somebody changes weights.
    weighed: bool,
    /// Whether the algorithm makes requests wait for the replica that their key names, or has done so.
    bound: bool,
    /// Whether somebody reloads the balancer, which makes it forget replicas that are down; or takes replicas off its
    /// list that have not told yet that they go.
    reloads: bool,
    wrong: Option<String>,
}

impl Probe for Watch {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        if let Err(text) = self.hear(now, seen) {
            self.wrong.get_or_insert(format!("at {} ns: {text} ({seen:?})", now.0));
        }
    }
}

impl Watch {
    pub fn new(model: &Model, reloads: bool) -> Self {
        let behind = model.services()[0].replicas;
        let all: u32 = model.services().iter().map(|service| service.replicas).sum();
        Self {
            model: model.clone(),
            inner: model.dependencies().iter().any(|dependency| dependency.is_service),
            settled: false,
            others: behind..all,
            now: SimTime::ZERO,
            open: BTreeMap::new(),
            within: BTreeMap::new(),
            attempts: BTreeMap::new(),
            ended: BTreeMap::new(),
            offered: 0,
            dispatched: 0,
            attempts_ended: 0,
            retries: 0,
            seen: BTreeMap::new(),
            response: 0,
            sojourn: 0,
            replicas: Vec::new(),
            listed: [BTreeSet::new(), BTreeSet::new()],
            sessions: (0, 0),
            memory_of: BTreeMap::new(),
            messages: broker::Messages::new(model),
            world: Snapshot::default(),
            changed: None,
            weighed: model.plan().iter().any(|timed| matches!(timed.change, Change::Weight { .. })),
            homes: model.plan().iter().any(|timed| timed.change == Change::Sticky { on: true }),
            bound: false,
            reloads,
            wrong: None,
        }
    }

    /// Whether a failed health check is the end of a replica.
    pub fn kills_the_unhealthy(&self) -> bool {
        let rule = self.model.services()[0].plain.healthcheck.as_ref();
        rule.is_some_and(|rule| rule.on_unhealthy == OnUnhealthy::Restart)
    }

    /// The world as it was at the last check.
    pub fn world(&self) -> &Snapshot {
        &self.world
    }

    /// How many requests ended how.
    pub fn ended(&self) -> &BTreeMap<Outcome, u64> {
        &self.ended
    }

    fn known(&mut self, replica: u32) -> &mut Known {
        let wanted = replica as usize + 1;
        if self.replicas.len() < wanted {
            self.replicas.resize(wanted, Known::default());
        }
        &mut self.replicas[replica as usize]
    }

    fn service_of(&self, replica: u32) -> usize {
        usize::from(self.others.contains(&replica))
    }

    /// What is in front of a replica's service; the edge's where nothing is.
    fn front_of(&self, replica: u32) -> BalancerModel {
        let service = self.service_of(replica);
        let front = self.model.fronts().iter().find(|front| front.service.index() == service);
        front.unwrap_or(self.model.balancer()).clone()
    }

    fn hear(&mut self, now: SimTime, seen: &Observation) -> Result<(), String> {
        law(now >= self.now, "time goes back")?;
        self.now = now;
        match *seen {
            Observation::Offered { request, class } => {
                law(request == self.offered, "requests are not numbered in the order of asking")?;
                self.offered += 1;
                self.open.insert(request, Open { born: now, tries: 1, ..Open::default() });
                let class = &self.model.classes()[class.index()];
                self.memory_of.insert(request, (class.memory, class.body));
            }
            Observation::Dispatched { request, replica, attempt } => {
                self.dispatch(request, replica.0, attempt)?;
            }
            Observation::AttemptEnded { request, replica, outcome, waiting, sojourn } => {
                self.end_attempt(request, replica.0)?;
                law(waiting <= sojourn, "waiting is more than sojourn")?;
                self.attempts_ended += 1;
                self.sojourn += u128::from(sojourn.0);
                let known = self.known(replica.0);
                known.open -= 1;
                if dependency::is_answer(outcome) {
                    known.left_out = None;
                }
            }
            Observation::Retried { request, tries, .. } => self.retry(request, tries)?,
            Observation::Ended { request, outcome, response_time, attempts, .. } => {
                let open = self.open.remove(&request).ok_or("a request ends that is not open")?;
                law(response_time == now.since(open.born), "the response time is not that of its client")?;
                law(attempts == open.attempts, "the number of attempts is wrong")?;
                let gone = outcome == Outcome::ClientGaveUp || !self.attempts.contains_key(&request);
                law(gone, "an answer while an attempt is open")?;
                *self.ended.entry(outcome).or_default() += 1;
                self.response += u128::from(response_time.0);
            }
            Observation::State { replica, state } => self.state(replica.0, state),
            Observation::Health { replica, health } => {
                self.count("unhealthy", health == Health::Unhealthy);
                self.known(replica.0).health = health;
                self.list(replica.0);
            }
            Observation::Scaled { .. } => self.count("scaled", true),
            Observation::RolledOut { .. } => self.count("rolled out", true),
            Observation::HostOutOfMemory { .. } => self.count("host full", true),
            Observation::Died { replica, cause, .. } => self.death(replica.0, cause),
            Observation::WorkerKilled { memory, .. } => self.count("worker", memory),
            Observation::SessionStarted { .. } => self.sessions.0 += 1,
            Observation::SessionEnded => self.sessions.1 += 1,
            Observation::Message { .. } => self.hear_message(seen)?,
            Observation::Changed { .. } => self.changed = Some(now),
            Observation::LeftOut { replica } if self.listed[self.service_of(replica.0)].len() > 1 => {
                self.known(replica.0).left_out = Some(now.0 / SECOND);
            }
            _ => {}
        }
        Ok(())
    }

    fn count(&mut self, what: &'static str, happens: bool) {
        *self.seen.entry(what).or_default() += u32::from(happens);
    }

    fn end_attempt(&mut self, request: u64, replica: u32) -> Result<(), String> {
        let open = self.attempts.entry(request).or_default();
        let place = open.iter().position(|&other| other == replica);
        open.remove(place.ok_or("an attempt ends that is not open")?);
        if open.is_empty() {
            self.attempts.remove(&request);
        }
        Ok(())
    }

    /// A client asks again only for what is open, when none of its attempts is, and not more often than it may.
    fn retry(&mut self, request: u64, tries: u32) -> Result<(), String> {
        self.retries += 1;
        law(!self.attempts.contains_key(&request), "a client asks again while an attempt is open")?;
        let open = self.open.get_mut(&request).ok_or("a client asks again for what is over")?;
        open.tries += 1;
        (open.of_try, open.tried) = (0, Vec::new());
        let most = self.model.retry().map_or(1, |retry| retry.tries);
        law(open.tries == tries && tries <= most, "more tries of the client than allowed")
    }

    /// What is asked for. A request between services is known by its attempts alone.
    fn asked(&mut self, request: u64, attempt: u32) -> Option<&mut Open> {
        match request {
            0..INNER => self.open.get_mut(&request),
            _ if attempt == 1 => Some(self.within.entry(request).or_default()),
            _ => self.within.get_mut(&request),
        }
    }

    /// Only one attempt at a time, each on another replica, never more than `tries`, and only on a replica that
    /// the balancer may choose.
    fn dispatch(&mut self, request: u64, replica: u32, attempt: u32) -> Result<(), String> {
        self.dispatched += 1;
        let hedges = self.model.hedge().is_some();
        let open = self.asked(request, attempt).ok_or("an attempt for a request that is over")?;
        open.attempts += 1;
        open.of_try += 1;
        law(hedges || open.of_try == attempt, "attempts are not counted up")?;
        let balancer = self.front_of(replica);
        let service = self.service_of(replica);
        let open = self.asked(request, attempt).ok_or("an attempt for a request that is over")?;
        let twice = !hedges && open.tried.contains(&replica) && balancer.product.skips_tried;
        law(!twice, "the same replica is tried twice")?;
        open.tried.push(replica);
        let at_once = self.attempts.entry(request).or_default();
        at_once.push(replica);
        law(at_once.len() <= 1 + usize::from(hedges), "too many attempts at once")?;
        // Within a change, replicas are taken off the list before they tell that they go.
        let unsure = self.reloads || self.changed == Some(self.now);
        let (second, alone) = (self.now.0 / SECOND, unsure || self.listed[service].len() < 2);
        let known = self.known(replica);
        known.dispatched += 1;
        known.open += 1;
        let (state, in_progress) = (known.state, known.open);
        let out_until = known.left_out.map(|since| since + balancer.fail_timeout.0.div_ceil(SECOND));
        if let (Some(_), Some(until)) = (known.left_out, out_until)
            && second > until
        {
            known.left_out = Some(second);
        }
        if self.model.way() != Way::Balancer {
            return law(attempt == 1, "nobody tries again without a balancer");
        }
        let (retries, time) = (balancer.settings.retries, balancer.settings.retry_for);
        let most = match balancer.product.again {
            Again::Never if let Some(time) = time => (time.0 / 250_000_000) as u32 + 1,
            Again::Never => retries.unwrap_or(0) + 1,
            Again::Next if balancer.tries == 0 => u32::MAX,
            Again::Next => balancer.tries,
            Again::Same { retries: usual, .. } => retries.unwrap_or(usual) + 1,
            Again::Within { duration_ms, pause_ms } => duration_ms / pause_ms.max(1) + 1,
        };
        law(attempt <= most, "more tries than allowed")?;
        let limit = balancer.max_connections.saturating_mul(balancer.instances);
        law(self.tuned() || in_progress <= limit, "a replica gets more than its limit")?;
        if balancer.discovery {
            law(self.listed[service].contains(&replica), "a replica gets a request that is not listed")?;
            // How nginx counts failures, and one instance of it: others may not have seen them.
            let nginx = balancer.product.passive == Passive::LastFailure && balancer.instances == 1;
            let may = alone
                || balancer.panic > 0.0
                || balancer.settings.ejection.is_some()
                || !nginx
                || out_until.is_none_or(|until| second > until);
            law(may, "a replica gets a request while it is left out")?;
        } else {
            law(state != ReplicaState::Created, "a replica gets a request that was never started")?;
        }
        Ok(())
    }

    /// Every law that can be seen between two events. `settled`: nothing is left to happen in this nanosecond.
    pub fn check(&mut self, engine: &Engine, settled: bool) -> Result<(), String> {
        if let Some(wrong) = self.wrong.take() {
            return Err(wrong);
        }
        law(engine.now() >= self.now, "the engine is behind what it told")?;
        (self.now, self.settled) = (engine.now(), settled);
        let mut world = std::mem::take(&mut self.world);
        engine.snapshot(&mut world);
        self.bound |= world.balancer.as_ref().is_some_and(|balancer| {
            let keyed = algorithm::find(&balancer.algorithm).is_some_and(|spec| spec.keyed);
            keyed && balancer.algorithm.starts_with("haproxy.")
        });
        let names = engine.replica_names();
        let result = self
            .books(engine, &world)
            .and_then(|()| self.balancers(&world))
            .and_then(|()| world.dependencies.iter().try_for_each(dependency::keeps_the_laws))
            .and_then(|()| self.brokers(&world))
            .and_then(|()| self.ports(&world))
            .and_then(|()| world.replicas.iter().try_for_each(|view| self.replica(view, &names, settled)));
        self.world = world;
        let _ = engine.why();
        result.map_err(|text| format!("at {} ns: {text}", engine.now().0))
    }

    fn books(&self, engine: &Engine, world: &Snapshot) -> Result<(), String> {
        let ended: u64 = self.ended.values().sum();
        law(world.ledger == *engine.ledger(), "the snapshot has another ledger")?;
        law(world.ledger.offered() == self.offered, "offered")?;
        law(world.ledger.in_flight() == self.open.len() as u64, "offered = ended + in flight")?;
        law(self.offered == ended + self.open.len() as u64, "offered = ended + in flight, by observation")?;
        law(self.ended.iter().all(|(outcome, n)| world.ledger.count(*outcome) == *n), "outcomes")?;
        law(world.in_flight.value() == self.open.len() as u64, "the level of requests in flight")?;
        law(world.attempts == self.dispatched, "attempts")?;
        law(world.retries == self.retries, "retries")?;
        let open = self.attempts.values().map(Vec::len).sum::<usize>() as u64;
        law(self.dispatched == self.attempts_ended + open, "dispatched = ended + in progress")?;
        let known = |request: &u64| *request >= INNER || self.open.contains_key(request);
        law(self.attempts.keys().all(known), "an attempt for nobody")?;
        let (started, ended) = self.sessions;
        law(world.sessions_started == started, "sessions started")?;
        let stateless = self.model.services().iter().all(|s| s.sessions != SessionState::Memory);
        law(!stateless || world.sessions_lost == 0, "a session is lost that nobody keeps")?;
        let sum = world.sessions_alive + ended + world.sessions_lost;
        law(started == sum, "sessions: started = alive + ended + lost")?;
        law(world.asked_rate.is_finite() && world.asked_rate >= 0.0, "the asked rate is no number")?;
        let (_, requests) = engine.held();
        law(requests as u64 >= world.ledger.in_flight(), "requests held are fewer than in flight")?;
        self.network(world)?;
        self.timers(engine, world)
    }

    /// Without sessions and users, an event belongs to a source, a replica, a request, a call or an idle connection.
    fn timers(&self, engine: &Engine, world: &Snapshot) -> Result<(), String> {
        let sources = self.model.sources();
        let visits = sources.iter().any(|s| s.session.is_some() || s.kind == SourceKind::Users);
        let (events, requests) = engine.held();
        let instances = self.model.fronts().iter().map(|front| front.instances as usize).max().unwrap_or(1);
        let most = 2 * (sources.len() + self.model.fronts().len())
            + (14 + instances) * self.replicas.len()
            + 4 * requests
            + engine.standing();
        let most = most + world.network.map_or(0, |network| network.idle as usize);
        let most = most + world.dependencies.iter().map(dependency::events).sum::<usize>();
        law(visits || events <= most, "more events are scheduled than can happen")
    }

    fn replica(&mut self, view: &ReplicaView, names: &[String], settled: bool) -> Result<(), String> {
        let at = |text: &str| format!("{} ({}): {text}", view.name, view.state.name());
        law(names[view.id as usize] == view.name, &at("its name"))?;
        self.inside(view).map_err(|text| at(&text))?;
        self.memory(view, settled).map_err(|text| at(&text))?;
        self.cpu(view).map_err(|text| at(&text))?;
        self.counted(view, settled).map_err(|text| at(&text))
    }

    fn inside(&self, view: &ReplicaView) -> Result<(), String> {
        let inside = view.running + view.parked + view.waiting;
        let connected = if self.messages.takes(&view.service) { 0 } else { inside };
        law(view.connections == connected + view.idle, "connections = running + parked + waiting + idle")?;
        let most = view.connections_limit.unwrap_or(u32::MAX);
        law(self.tuned() || view.connections <= most, "more connections than its limit")?;
        law(self.tuned() || view.running <= view.concurrency, "more in service than workers")?;
        let kept = self.model.network().is_some_and(|network| network.keep_alive.is_some());
        law(kept || view.waiting <= view.backlog + 1, "more wait than the backlog holds")?;
        let files = self.own(view).and_then(|model| model.files);
        let full = view.running >= view.concurrency || files.is_some_and(|n| view.running + view.parked >= n);
        law(view.waiting == 0 || full, "one waits while a worker is free")?;
        law(view.running_level.value() == u64::from(view.running), "the level of those in service")?;
        law(view.connections_level.value() == u64::from(view.connections), "the level of connections")?;
        law(view.in_system_level.value() == u64::from(inside), "the level of those inside")?;
        law(view.state.is_alive() || inside == 0, "somebody is inside a replica that is dead")?;
        let dots = (view.running_dots.len() as u32, view.waiting_dots.len() as u32);
        let shown = |n: u32| n.min(doorbuster::observe::DOTS as u32);
        law(dots == (shown(view.running), shown(view.waiting)), "dots")?;
        law(view.parked_dots.len() as u32 == shown(view.parked), "dots of those without a worker")
    }

    fn memory(&self, view: &ReplicaView, settled: bool) -> Result<(), String> {
        let service = self.model.services().iter().find(|service| service.name == view.service);
        let ram = &service.ok_or("its service is unknown")?.plain.ram;
        let total = view.memory.total();
        law(view.memory_level.value() == total, "the level of memory")?;
        if !view.state.is_alive() {
            return law(total == 0 && view.sessions == 0, "memory of a replica that is dead");
        }
        // Where a worker is killed, that is the next thing that happens.
        let about_to = !settled && service.is_some_and(|service| service.plain.oom == OomKill::Worker);
        law(about_to || view.memory_limit.is_none_or(|limit| total <= limit), "more memory than its limit")?;
        law(view.memory.base == ram.base.0, "memory of the process")?;
        let connections = u64::from(view.connections) * ram.connection.0;
        law(view.memory.connections == connections, "memory of connections")?;
        dependency::baskets(&self.model, view, ram.session.0)?;
        let known = |request: u64| self.memory_of.get(&request).copied().unwrap_or_default();
        let of = |request: u64| ram.request.0 + known(request).0;
        let served = || view.running_dots.iter().chain(&view.parked_dots);
        let requests: u64 = served().map(|dot| of(dot.request)).sum();
        let all_shown = served().count() < doorbuster::observe::DOTS;
        law(!all_shown || view.memory.requests == requests, "memory of requests")?;
        crate::bodies::held(view, |request| known(request).1)?;
        let stateless = service.is_some_and(|service| service.sessions != SessionState::Memory);
        law(!stateless || view.sessions == 0, "a stateless replica keeps sessions")
    }

    fn counted(&mut self, view: &ReplicaView, settled: bool) -> Result<(), String> {
        let at_once = self.front_of(view.id).delay.mean() == 0.0;
        let known = self.known(view.id).clone();
        law(known.state == view.state, "its state is not the one it told")?;
        law(view.attempts == known.dispatched, "its attempts")?;
        law(view.in_flight >= known.open, "in flight is less than its attempts in progress")?;
        let held = view.in_flight - view.stuck;
        law(!(settled && at_once) || held == known.open, "in flight are its attempts in progress")?;
        law(
            self.weighed
                || self.weight(view) > 0
                || known.dispatched == 0
                || self.model.way() != Way::Balancer,
            "weight 0",
        )
    }
}
