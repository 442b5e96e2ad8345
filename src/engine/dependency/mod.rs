//! What replicas call: databases, caches, stores.
//!
//! ```text
//! request ─> pool of its replica ─> row lock ─> turn ─> cores ─┬─────────────────────> answer
//!                                                              └─ miss ─> behind it ──┘
//! ```
//!
//! A call needs a connection: out of the pool of its replica, or one of its own where there is no pool. Connections
//! count against the dependency's limit also while nobody uses them. With its connection it waits for its row (a write
//! that locks), then for its turn, then it shares the cores with the others. Who asked may be gone before: what waits
//! in a pool goes with it, and what the dependency has begun goes on for nobody.
//!
//! Failures at once (nobody there, no connection, pool full) are told by an event of the same nanosecond.

mod broker;
mod cache;
mod faults;
mod pool;
mod rows;
mod service;
mod view;

use std::collections::VecDeque;

use super::arena::{Fifo, Linked, Links};
use super::event::Event;
use super::queue::{EventKey, EventQueue, Recurring};
use super::replica::Sharing;
use super::{Engine, Probe};
use crate::observe::{CALL_FAILURES, CallFailure, DependencyNews, Level, Observation};
use crate::rng::{Purpose, Stream};
use crate::scenario::{CallModel, DependencyModel, Model};
use crate::units::{DependencyId, SimDuration, SimTime};

use broker::Broker;
pub(super) use broker::Message;
use cache::Kept;
use pool::Connections;
use rows::Rows;

/// Something is news again only when it has not happened for this long.
const CALM: SimDuration = SimDuration::from_secs(2);

/// A dependency.
#[derive(Debug, Clone)]
pub(super) struct Dependency {
    cpu: Sharing,
    next_done: Recurring,
    /// Calls that wait for their turn.
    queue: Fifo,
    /// By replica.
    pools: Vec<Connections>,
    rows: Rows,
    kept: Option<Kept>,
    broker: Option<Box<Broker>>,
    stream: Stream,
    /// Everything takes so many times as long.
    slow: f64,
    gone: bool,
    /// When the calls of the last second began, as far as they count.
    recent: VecDeque<SimTime>,
    in_progress: Level,
    connections: Level,
    waiting: Level,
    counts: Counts,
    last_news: [Option<SimTime>; DependencyNews::COUNT],
}

/// Calls by what became of them: made = answered + failed + abandoned + open.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    made: u64,
    open: u64,
    answered: u64,
    abandoned: u64,
    failed: [u64; CALL_FAILURES.len()],
    lost_updates: u64,
}

/// Who waits for a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caller {
    /// A request.
    Request(u32),
    /// A call of a cache, which has not found what it wanted.
    Cache(u32),
    /// Nobody any more.
    Nobody,
}

/// Where a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It waits for a connection.
    Pool,
    /// It waits for its row.
    Row,
    /// It waits for its turn.
    Queue,
    /// In progress.
    Running,
    /// Its key is being fetched from behind the cache, by this call.
    Behind(u32),
    /// It is a request at another service, this one.
    Service(u32),
    /// Its key is being fetched by another.
    Flight,
    /// It is over, and its caller is about to hear that.
    Over(Result<bool, CallFailure>),
    /// The slot is free.
    Free,
}

/// One call of a dependency.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) caller: Caller,
    pub(super) model: CallModel,
    /// What it has drawn.
    pub(super) drawn: Drawn,
    /// Whose connection it uses, and which life of it.
    pub(super) replica: u32,
    pub(super) life: u32,
    /// Which attempt, from 1.
    pub(super) tries: u32,
    place: Place,
    /// The version of its row that a write without a lock has read.
    version: u64,
    links: Links,
    /// When its caller stops waiting for it.
    deadline: EventKey,
    /// When it stops waiting for a connection; when its failure is told.
    timer: EventKey,
}

/// What a call draws, from the stream of its request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Drawn {
    pub(super) work: SimDuration,
    /// Row or key.
    pub(super) key: u32,
    /// Uniform in [0, 1): for a hit ratio, or for what the service called or the job draws.
    pub(super) unit: f64,
    /// Work of fetching it from behind the cache, or of the job that is sent.
    pub(super) behind: SimDuration,
}

impl Linked for Call {
    fn links(&mut self) -> &mut Links {
        &mut self.links
    }

    fn after(&self) -> u32 {
        self.links.after()
    }
}

impl Call {
    pub(super) fn new(caller: Caller, model: CallModel, drawn: Drawn, replica: u32, life: u32) -> Self {
        Self {
            caller,
            model,
            drawn,
            replica,
            life,
            tries: 1,
            place: Place::Free,
            version: 0,
            links: Links::NONE,
            deadline: EventKey::NONE,
            timer: EventKey::NONE,
        }
    }

    fn at(&self) -> usize {
        self.model.to.index()
    }
}

impl Dependency {
    fn new(model: &DependencyModel, seed: u64, number: u32, next_done: Recurring) -> Self {
        let mut stream = Stream::new(seed, Purpose::Dependencies, number);
        Self {
            cpu: Sharing::new(model.cores, f64::INFINITY, false),
            next_done,
            queue: Fifo::new(),
            pools: Vec::new(),
            rows: Rows::default(),
            kept: model.cache.as_ref().map(|cache| Kept::new(cache, &mut stream)),
            broker: model.broker.as_ref().map(|_| Box::default()),
            stream,
            slow: 1.0,
            gone: false,
            recent: VecDeque::new(),
            in_progress: Level::default(),
            connections: Level::default(),
            waiting: Level::default(),
            counts: Counts::default(),
            last_news: [None; DependencyNews::COUNT],
        }
    }

    pub(super) fn all(model: &Model, seed: u64, queue: &mut EventQueue<Event>) -> Vec<Self> {
        let one = |(dependency, model)| {
            let next_done = queue.own(Event::CallDone { dependency });
            Self::new(model, seed, dependency, next_done)
        };
        (0..).zip(&model.dependencies).map(one).collect()
    }

    /// A call has begun or is over: the others get on faster or slower where calls cost each other something.
    #[inline]
    fn crowd_changed(&mut self, now: SimTime, model: &DependencyModel) {
        if model.contention > 0.0 {
            self.set_pace(now, model);
        }
    }

    /// How fast each call goes on: slower by a fault, and by what the calls cost each other.
    fn set_pace(&mut self, now: SimTime, model: &DependencyModel) {
        let cores = if model.cores.is_finite() { model.cores } else { 1.0 };
        let beyond = (f64::from(self.cpu.len()) - cores).max(0.0);
        self.cpu.set_pace(now, 1.0 / (self.slow * (1.0 + model.contention * beyond)), 1.0);
    }

    /// Whether more calls than it can bear have begun in the last second, this one among them.
    fn is_overloaded(&mut self, now: SimTime, calm: usize) -> bool {
        self.recent.push_back(now);
        while self.recent.front().is_some_and(|&first| now.since(first) >= SimDuration::from_secs(1)) {
            self.recent.pop_front();
        }
        if self.recent.len() > calm + 1 {
            self.recent.pop_front();
        }
        self.recent.len() > calm
    }
}

impl Engine {
    fn dependency(&mut self, call: u32) -> &mut Dependency {
        &mut self.dependencies[self.calls[call].at()]
    }

    /// A call is made.
    pub(super) fn make_call(&mut self, body: Call, probe: &mut impl Probe) -> u32 {
        let (d, timeout, child) = (body.at(), body.model.timeout, body.model.child);
        let call = self.calls.insert(body);
        if let Some(timeout) = timeout {
            self.calls[call].deadline =
                self.queue.schedule_after(self.now, timeout, Event::CallTimeout { call });
        }
        let dependency = &mut self.dependencies[d];
        dependency.counts.made += 1;
        dependency.counts.open += 1;
        if let Some(class) = child {
            self.call_service(call, class);
        } else if !dependency.gone {
            self.connect_call(call, probe);
        } else if dependency.kept.is_some() {
            self.fetch(call, probe);
        } else {
            self.fail_soon(call, CallFailure::Gone);
        }
        call
    }

    /// The call fails; who made it hears that after what goes on now.
    fn fail_soon(&mut self, call: u32, failure: CallFailure) {
        self.tell_soon(call, Err(failure));
    }

    /// The call is over; who made it hears that after what goes on now.
    fn tell_soon(&mut self, call: u32, result: Result<bool, CallFailure>) {
        self.calls[call].place = Place::Over(result);
        self.calls[call].timer = self.queue.schedule(self.now, Event::CallOver { call });
    }

    /// The call has a connection: it waits for its row, where it locks that.
    fn start_call(&mut self, call: u32) {
        let Call { model, drawn, .. } = self.calls[call];
        if model.write == Some(true) && !self.dependency(call).rows.lock(drawn.key, call) {
            let now = self.now;
            self.calls[call].place = Place::Row;
            self.dependency(call).waiting.up(now);
        } else {
            self.take_turn(call);
        }
    }

    /// The call goes on, or waits for its turn.
    fn take_turn(&mut self, call: u32) {
        let (now, d) = (self.now, self.calls[call].at());
        let dependency = &mut self.dependencies[d];
        if dependency.cpu.len() >= self.model.dependencies[d].concurrency {
            dependency.queue.push(&mut self.calls, call);
            dependency.waiting.up(now);
            self.calls[call].place = Place::Queue;
        } else {
            self.run_call(call);
        }
    }

    fn run_call(&mut self, call: u32) {
        let (now, d) = (self.now, self.calls[call].at());
        let model = &self.model.dependencies[d];
        let dependency = &mut self.dependencies[d];
        let body = &mut self.calls[call];
        body.place = Place::Running;
        if body.model.write == Some(false) {
            body.version = dependency.rows.read(body.drawn.key);
        }
        let overloaded = model.calm.is_some_and(|calm| dependency.is_overloaded(now, calm));
        let times = if overloaded { model.overload } else { 1.0 };
        let work = SimDuration((body.drawn.work.0 as f64 * times + 0.5) as u64);
        dependency.cpu.enter(now, call, work);
        dependency.in_progress.up(now);
        dependency.crowd_changed(now, model);
        self.schedule_call_done(d);
    }

    fn schedule_call_done(&mut self, d: usize) {
        let dependency = &self.dependencies[d];
        match dependency.cpu.next_done() {
            Some(at) => self.queue.set(dependency.next_done, at),
            None => self.queue.unset(dependency.next_done),
        }
    }

    /// The next call of a dependency is done.
    pub(super) fn call_done(&mut self, dependency: u32, probe: &mut impl Probe) {
        let (now, d) = (self.now, dependency as usize);
        let Some(call) = self.dependencies[d].cpu.done(now) else { return };
        self.dependencies[d].in_progress.down(now);
        let lost = self.write_back(call);
        self.disconnect_call(call);
        let model = &self.model.dependencies[d];
        self.dependencies[d].crowd_changed(now, model);
        if self.dependencies[d].cpu.len() < model.concurrency
            && let Some(next) = self.dependencies[d].queue.pop(&mut self.calls)
        {
            self.dependencies[d].waiting.down(now);
            self.run_call(next);
        }
        self.schedule_call_done(d);
        if self.dependencies[d].kept.is_some() {
            self.look_up(call, probe);
        } else if let Some(class) = self.calls[call].model.job {
            let result = self.publish(call, class, probe);
            self.settle(call, result, probe);
        } else {
            self.settle(call, Ok(lost), probe);
        }
    }

    /// Who made the call hears how it ended.
    pub(super) fn call_is_over(&mut self, call: u32, probe: &mut impl Probe) {
        self.calls[call].timer = EventKey::NONE;
        if let Place::Over(result) = self.calls[call].place {
            self.settle(call, result, probe);
        }
    }

    /// Who made the call stops waiting for it.
    pub(super) fn call_timeout(&mut self, call: u32, probe: &mut impl Probe) {
        self.calls[call].deadline = EventKey::NONE;
        let body = self.calls[call].clone();
        self.detach_call(call, probe);
        self.tell_caller(call, (body.caller, body.at()), Err((CallFailure::Timeout, &body)), probe);
    }

    /// Who made the call is gone.
    pub(super) fn abandon_call(&mut self, call: u32, probe: &mut impl Probe) {
        self.dependency(call).counts.abandoned += 1;
        self.dependency(call).counts.open -= 1;
        self.detach_call(call, probe);
    }

    /// Nobody waits for the call any more: it goes on for nobody where it has begun.
    fn detach_call(&mut self, call: u32, probe: &mut impl Probe) {
        let now = self.now;
        self.calls[call].caller = Caller::Nobody;
        let deadline = std::mem::replace(&mut self.calls[call].deadline, EventKey::NONE);
        self.queue.cancel(deadline);
        match self.calls[call].place {
            Place::Pool => {
                self.leave_pool(call);
                self.dependency(call).waiting.down(now);
                self.free_call(call);
            }
            Place::Service(request) => {
                self.free_call(call);
                self.disown(request, probe);
            }
            Place::Over(_) => self.free_call(call),
            Place::Flight => {
                self.leave_flight(call);
                self.free_call(call);
            }
            Place::Behind(fetch) if matches!(self.calls[fetch].place, Place::Pool | Place::Over(_)) => {
                self.abandon_call(fetch, probe);
                self.pass_flight_on(call, probe);
                self.free_call(call);
            }
            _ => {}
        }
    }

    fn free_call(&mut self, call: u32) {
        let body = &mut self.calls[call];
        body.place = Place::Free;
        let timers = [body.timer, body.deadline];
        (body.timer, body.deadline) = (EventKey::NONE, EventKey::NONE);
        timers.into_iter().for_each(|timer| {
            self.queue.cancel(timer);
        });
        self.calls.release(call);
    }

    /// The call is over; an `Ok` tells whether it was a write that is lost.
    fn settle(&mut self, call: u32, result: Result<bool, CallFailure>, probe: &mut impl Probe) {
        let body = &self.calls[call];
        let (caller, d) = (body.caller, body.at());
        let failed = result.map_err(|failure| (failure, body.clone()));
        self.free_call(call);
        if caller != Caller::Nobody {
            let result = failed.as_ref().map_err(|(failure, body)| (*failure, body)).copied();
            self.tell_caller(call, (caller, d), result, probe);
        }
    }

    /// Who made a call of a dependency hears how it ended; one that failed comes with it, to be made again.
    fn tell_caller(
        &mut self,
        call: u32,
        (caller, d): (Caller, usize),
        result: Result<bool, (CallFailure, &Call)>,
        probe: &mut impl Probe,
    ) {
        let counts = &mut self.dependencies[d].counts;
        counts.open -= 1;
        match result {
            Ok(lost) => {
                counts.answered += 1;
                counts.lost_updates += u64::from(lost);
            }
            Err((failure, _)) => counts.failed[failure as usize] += 1,
        }
        match caller {
            Caller::Request(request) => self.call_over(request, call, result, probe),
            Caller::Cache(lookup) => self.fetched(lookup, result.map_err(|(failure, _)| failure), probe),
            Caller::Nobody => {}
        }
    }

    fn tell_dependency(&mut self, d: usize, news: DependencyNews, probe: &mut impl Probe) {
        let last = self.dependencies[d].last_news[news as usize].replace(self.now);
        if last.is_none_or(|last| self.now.since(last) > CALM) {
            let dependency = DependencyId::at(d);
            probe.observe(self.now, &Observation::Dependency { dependency, news });
        }
    }
}
