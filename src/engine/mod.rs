//! The discrete-event engine: one loop, one thread, integer nanoseconds.
//!
//! ```text
//! source ─> client ─> [delay] ─> balancer ─> [delay] ─> listen backlog ─> worker ─> CPU share ─┐
//!              ^                     ^  │ queue                                                │
//!              └────── [delay] ──────┴──┴──────────────────── [delay] ─────────────────────────┘
//! ```
//!
//! [`Engine::step`] takes the next event and calls the one function for it, in the file of its subject:
//! `arrivals` (sources), `client` (requests, visits, patience), `session`, `balancer`, `replica` (connections,
//! service, memory), `steps` (what a request does there), `dependency` (what it calls), `life` (start, death,
//! restart), `ports` (the host's), `network` (connections), `change` (what is done to the world).
//! Events are small copies of ids; bodies live in arenas. Only what can still happen is scheduled: whatever is
//! over takes its timers with it.
//!
//! Same model, same seed, same changes: the same events in the same order, on every target, however the run is
//! cut into steps and whoever watches. [`Engine::digest`] is a hash of that order.

mod arena;
mod arrivals;
mod balancer;
mod change;
mod client;
mod dependency;
mod door;
mod event;
mod explain;
mod heap;
mod host;
mod life;
mod network;
mod operations;
mod plain;
pub mod pool;
mod ports;
mod probing;
mod queue;
mod replica;
mod request;
mod session;
mod snapshot;
mod steps;
mod tuning;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use change::ChangeError;
pub use explain::{Explain, Explained};

use arena::Arena;
use arrivals::Source;
use balancer::Front;
use client::{Hedges, Pairs, Retries};
use dependency::{Call, Dependency, Message};
use door::Doors;
use event::{Digest, Event};
use host::Hosts;
use network::{Sockets, Stuck};
use operations::Operations;
use ports::HostPorts;
use probing::Probing;
use queue::EventQueue;
use replica::Replica;
use request::{Phase, Request, Visit};
use steps::Progress;

use crate::observe::{Ledger, Level, Observation, Outcome, Probe};
use crate::rng::{Purpose, Stream};
use crate::scenario::{Model, TimedChange};
use crate::units::{SimDuration, SimTime};

/// The most requests that may be in progress at once: some 2 GB of them.
pub const LIVE_LIMIT: usize = 7_000_000;

/// A run in progress. Cloning forks it: both go on from the same state with the same draws to come.
#[derive(Debug, Clone)]
pub struct Engine {
    model: Arc<Model>,
    seed: u64,
    now: SimTime,
    queue: EventQueue<Event>,
    digest: Digest,
    sources: Vec<Source>,
    /// Multiple of every source's profile, set by hand.
    factor: f64,
    demands: Stream,
    network: Stream,
    orchestrator: Stream,
    faults: Stream,
    checks: Stream,
    requests: Arena<Request>,
    /// Requests on their way through steps.
    progress: Arena<Progress>,
    /// What they call, and their calls.
    dependencies: Vec<Dependency>,
    calls: Arena<Call>,
    /// Messages of brokers.
    messages: Arena<Message>,
    /// Requests between services and of jobs so far, and whether fronts are about to look for work.
    inner: u64,
    serve_soon: bool,
    visits: Arena<Visit>,
    visit_count: u64,
    /// What is before the services that have traffic; the edge's own first.
    fronts: Vec<Front>,
    /// What balancers themselves can hold and do, where that has limits.
    doors: Option<Box<Doors>>,
    /// Reports on their way, where an algorithm asks for any.
    probing: Option<Box<Probing>>,
    /// Decisions that are to be explained.
    explaining: Option<Box<explain::Explaining>>,
    /// Whether a deep health check meets an error.
    checks_drawn: Stream,
    replicas: Vec<Replica>,
    /// Of each host.
    ports: Vec<HostPorts>,
    /// Connections, where they cost something.
    sockets: Option<Box<Sockets>>,
    /// Whether any replica was ever cut off from the balancer, and whether any ever had errors for a fault.
    cuts: bool,
    errors: bool,
    /// Requests and answers that a partition holds up.
    stuck: BTreeMap<u32, Stuck>,
    /// Halves of pairs, by the place of their body.
    pairs: Pairs,
    hedges: Hedges,
    hosts: Hosts,
    operations: Operations,
    ledger: Ledger,
    attempts: u64,
    retries: Retries,
    in_flight: Level,
    sessions: Sessions,
    /// Whether none of the world's optional parts is in use; see [`plain`].
    plain: bool,
    changes: Vec<TimedChange>,
    /// Changes of the plan that have been made.
    planned: usize,
    /// Whether the replicas have been created.
    born: bool,
}

/// Sessions by what became of them: started = alive + ended + lost.
#[derive(Debug, Clone, Copy, Default)]
struct Sessions {
    started: u64,
    ended: u64,
    lost: u64,
}

/// How far a call came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// The asked time.
    Reached,
    /// The budget of events was used up first; call again.
    OutOfBudget,
    /// More than [`LIVE_LIMIT`] requests are in progress: the run can't go on.
    TooManyRequests,
}

impl Engine {
    /// A world at time zero. Its replicas are created and started with the first step, so that a probe hears it.
    #[must_use]
    pub fn new(model: &Model, seed: u64) -> Self {
        let model = Arc::new(model.clone());
        let mut queue = EventQueue::new();
        let mut engine = Self {
            seed,
            now: SimTime::ZERO,
            digest: Digest(seed),
            sources: Vec::new(),
            factor: 1.0,
            demands: Stream::new(seed, Purpose::Demands, 0),
            network: Stream::new(seed, Purpose::Network, 0),
            orchestrator: Stream::new(seed, Purpose::Orchestrator, 0),
            faults: Stream::new(seed, Purpose::Faults, 0),
            checks: Stream::new(seed, Purpose::Checks, 0),
            requests: Arena::new(),
            progress: Arena::new(),
            dependencies: Dependency::all(&model, seed, &mut queue),
            queue,
            calls: Arena::new(),
            messages: Arena::new(),
            inner: 0,
            serve_soon: false,
            visits: Arena::new(),
            visit_count: 0,
            fronts: Front::all(&model, seed),
            doors: Doors::new(&model, seed),
            probing: Probing::new(
                model.fronts.iter().any(|front| front.algorithm.fresh.asks_for_reports()),
                seed,
            ),
            explaining: None,
            checks_drawn: Stream::new(seed, Purpose::BalancerChecks, 0),
            replicas: Vec::new(),
            ports: vec![HostPorts::new(&model.ports_taken); model.host.machines() as usize],
            sockets: Sockets::new(&model, seed),
            cuts: false,
            errors: false,
            stuck: BTreeMap::new(),
            pairs: Pairs::default(),
            hedges: Hedges::new(&model),
            hosts: Hosts::new(&model),
            operations: Operations::new(&model),
            ledger: Ledger::default(),
            attempts: 0,
            retries: Retries::new(&model),
            in_flight: Level::default(),
            sessions: Sessions::default(),
            plain: true,
            changes: Vec::new(),
            planned: 0,
            born: false,
            model,
        };
        engine.start_sources();
        engine.check_plain();
        engine
    }

    /// Simulated time.
    #[must_use]
    pub const fn now(&self) -> SimTime {
        self.now
    }

    /// The seed of the random streams.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// Every request by where it is now.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Events that are scheduled and requests in progress, for measuring memory.
    #[must_use]
    pub fn held(&self) -> (usize, usize) {
        (self.queue.len(), self.requests.len())
    }

    /// Events among those that come again and again and never end by themselves.
    #[must_use]
    pub fn standing(&self) -> usize {
        self.open_checks() + self.standing_of_fronts() + self.operations.standing()
    }

    /// A hash of the order of events so far: equal runs have equal digests, on every target.
    #[must_use]
    pub const fn digest(&self) -> u64 {
        self.digest.0
    }

    /// When the next planned change is due.
    fn next_planned(&self) -> SimTime {
        self.model.plan.get(self.planned).map_or(SimTime::NEVER, |timed| timed.at)
    }

    /// Handles the next event or planned change; its time, or nothing when nothing will ever happen again.
    pub fn step(&mut self, probe: &mut impl Probe) -> Option<SimTime> {
        self.tell_birth(probe);
        let event_at = self.queue.next_time().unwrap_or(SimTime::NEVER);
        let planned_at = self.next_planned();
        if planned_at == SimTime::NEVER && event_at == SimTime::NEVER {
            return None;
        }
        // A change comes after everything else of its nanosecond, by hand or by plan.
        if planned_at < event_at {
            self.now = planned_at;
            self.make_planned(probe);
        } else if let Some((at, event)) = self.queue.pop_until(SimTime::NEVER) {
            self.now = at;
            self.digest.mix(at.0);
            self.digest.mix(event.code());
            self.handle_here(event, probe);
        }
        Some(self.now)
    }

    /// Handles everything up to and including `until`, at most `budget` events. When it reaches that time, it is
    /// the time of the world.
    ///
    /// The loop returns after a few thousand events and is entered again, since browsers only compile a running
    /// WebAssembly function well when it is called anew.
    pub fn run_until(&mut self, until: SimTime, budget: u64, probe: &mut impl Probe) -> Pace {
        self.tell_birth(probe);
        let mut left = budget;
        loop {
            let pace = if self.plain {
                self.run_chunk::<true>(until, &mut left, probe)
            } else {
                self.run_chunk::<false>(until, &mut left, probe)
            };
            match pace {
                Some(Pace::OutOfBudget) | None => {}
                Some(pace) => return pace,
            }
            if left == 0 {
                return Pace::OutOfBudget;
            }
        }
    }

    /// At most so many events of those that are `left`. What a `PLAIN` world does not have is neither looked for nor
    /// compiled.
    #[inline(never)]
    fn run_chunk<const PLAIN: bool>(
        &mut self,
        until: SimTime,
        left: &mut u64,
        probe: &mut impl Probe,
    ) -> Option<Pace> {
        if self.requests.len().max(self.calls.len()).max(self.messages.len()) > LIVE_LIMIT
            || self.queue.len() > queue::PENDING_LIMIT
        {
            return Some(Pace::TooManyRequests);
        }
        let mut planned_at = self.next_planned();
        let mut limit = planned_at.min(until);
        let events = (*left).min(4_096);
        let mut done = 0;
        while done < events {
            done += 1;
            let Some((at, event)) = self.queue.pop_until(limit) else {
                if planned_at > until || planned_at == SimTime::NEVER {
                    self.now = if until == SimTime::NEVER { self.now } else { self.now.max(until) };
                    return Some(Pace::Reached);
                }
                // A change comes after everything else of its nanosecond, by hand or by plan.
                self.now = planned_at;
                self.make_planned(probe);
                if self.plain != PLAIN {
                    *left -= done;
                    return None;
                }
                planned_at = self.next_planned();
                limit = planned_at.min(until);
                continue;
            };
            self.now = at;
            self.digest.mix(at.0);
            self.digest.mix(event.code());
            self.handle::<PLAIN>(event, probe);
        }
        *left -= events;
        None
    }

    /// What happens: in a plain world, most of it the plain way.
    #[inline(always)]
    fn handle<const PLAIN: bool>(&mut self, event: Event, probe: &mut impl Probe) {
        if !PLAIN {
            self.handle_any(event, probe);
            return;
        }
        match event {
            Event::Arrival { source } => self.arrival::<true>(source, probe),
            Event::Ask { visit } => self.ask::<true>(visit, probe),
            Event::AtBalancer { request } => self.at_balancer::<true>(request, probe),
            Event::AtReplica { request } => self.at_replica::<true>(request, probe),
            Event::Done { replica } => self.done_plain(replica, probe),
            Event::Answer { request } => self.answer::<true>(request, probe),
            Event::AtClient { request } => self.at_client::<true>(request, probe),
            other => self.handle_here(other, probe),
        }
    }

    /// [`Self::handle_any`] once for all who do not need it within a loop.
    #[inline(never)]
    fn handle_here(&mut self, event: Event, probe: &mut impl Probe) {
        self.handle_any(event, probe);
    }

    /// The same in any world.
    #[inline(always)]
    fn handle_any(&mut self, event: Event, probe: &mut impl Probe) {
        match event {
            Event::Arrival { source } => self.arrival::<false>(source, probe),
            Event::Users { source } => self.users_change(source, probe),
            Event::Turn { source } => self.turn(source),
            Event::Ask { visit } => self.ask::<false>(visit, probe),
            Event::Forget { visit } => self.forget(visit),
            Event::AtBalancer { request } => self.at_balancer::<false>(request, probe),
            Event::AtReplica { request } => self.at_replica::<false>(request, probe),
            Event::Done { replica } => self.done(replica, probe),
            Event::Answer { request } => self.answer::<false>(request, probe),
            Event::AtClient { request } => self.at_client::<false>(request, probe),
            Event::AskAgain { request } => self.ask_again(request, probe),
            Event::GiveUp { request } => self.give_up(request, probe),
            Event::QueueTimeout { request } => self.queue_timeout(request, probe),
            Event::Reconnect { request } => self.reconnect(request, probe),
            Event::ReadTimeout { request } => self.read_timeout(request, probe),
            Event::Readmit { member, front, instance } => self.readmit(front, instance, member, probe),
            Event::Probe { member, front } => self.probe_member(front, member, probe),
            Event::Resolve { front } => self.resolve(front as u16, probe),
            Event::Look { front } => self.look_around(front as u16, probe),
            Event::TryAgain { request } => self.try_now(request, probe),
            Event::StartedUp { replica } => self.started_up(replica, probe),
            Event::Restart { replica } => self.restart(replica, probe),
            Event::GraceOver { replica } => self.grace_over(replica, probe),
            Event::WorkerTimeout { request } => self.worker_timeout(request, probe),
            Event::WorkerBooted { replica } => self.worker_booted(replica, probe),
            Event::Leak { replica } => self.leak(replica, probe),
            Event::Check { replica } => self.check_health(replica, probe),
            Event::Warmer { replica } => self.warm_step(replica),
            Event::ShortOfMemory { replica } => self.short_of_memory(replica, probe),
            Event::Hedge { request } => self.hedge(request, probe),
            Event::SentAgain { request } => self.sent_again(request, probe),
            Event::IdleOver { connection } => self.idle_over(connection),
            Event::AskedForReport { asked } => self.asked_for_report(asked),
            Event::Reported { asked } => self.reported(asked),
            Event::StepOver { request } => self.step_over(request, probe),
            Event::CallDone { dependency } => self.call_done(dependency, probe),
            Event::CallOver { call } => self.call_is_over(call, probe),
            Event::CallTimeout { call } => self.call_timeout(call, probe),
            Event::PoolTimeout { call } => self.pool_timeout(call, probe),
            Event::ServeQueues { .. } => self.serve_after(probe),
            Event::Deliver { dependency } => self.deliver(dependency, probe),
            Event::Measure { scaler } => self.measure(scaler),
            Event::Decide { scaler } => self.decide(scaler, probe),
            Event::RollOut { service } => self.roll_out(service, probe),
            Event::Handled { request } => self.handled(request, probe),
            Event::Admit { desk } => self.admit(desk, probe),
            Event::Knock { request } => self.knock(request, probe),
            Event::Sent { request } => self.sent(request, probe),
            Event::HostShortOfMemory { host } => self.host_short_of_memory(host, probe),
        }
    }

    /// Schedules `event` after a delay; or says that there is no delay, and the caller does at once what the event
    /// would: the way from client to replica and back then costs no events.
    #[inline(always)]
    fn is_at_once(&mut self, (delay, constant): (SimDuration, bool), event: Event) -> bool {
        if delay.0 == 0 {
            return true;
        }
        if constant {
            self.queue.schedule_after(self.now, delay, event);
        } else {
            self.queue.schedule(self.now + delay, event);
        }
        false
    }

    /// A request ended, for its client and in the ledger; nobody holds it any more if it is `OVER`.
    #[inline(always)]
    fn close<const OVER: bool>(&mut self, request: u32, outcome: Outcome, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        if OVER {
            body.phase = Phase::Free;
        }
        let status = Self::status_of(&self.model, body, outcome);
        let (number, closed) = (body.number, body.closed(outcome, status, self.now));
        self.tell_closed(number, outcome, &closed, probe);
        if OVER {
            self.requests.release(request);
        }
    }

    /// Counts the end of a request, and tells of it.
    #[inline(always)]
    fn tell_closed(&mut self, number: u64, outcome: Outcome, closed: &Observation, probe: &mut impl Probe) {
        self.ledger.end(outcome);
        self.in_flight.down(self.now);
        self.digest.mix((number << 8) | outcome as u64);
        probe.observe(self.now, closed);
    }
}
