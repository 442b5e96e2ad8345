//! What one snapshot can't say: rates, smoothed loads, and states that last long enough to be seen.
//!
//! A rate is the difference of a counter over the last 0.6 s of simulated time. A state needs time to change,
//! in simulated time and, because the simulation may run fast, in real time too: nothing strobes.

use std::collections::VecDeque;

use super::dots;
use crate::lang::Lang;
use crate::observe::{
    BrokerView, DependencyView, OUTCOMES, Outcome, Point, ReplicaState, ReplicaView, Series, Snapshot,
    find_replica,
};
use crate::units::{SimDuration, SimTime};

/// Rates are taken over this much simulated time.
pub const WINDOW: SimDuration = SimDuration::from_millis(600);
/// More than this in one frame is not a run but a jump.
const JUMP: SimDuration = SimDuration::from_secs(10);
/// Samples are at least this far apart.
const STEP: SimDuration = SimDuration::from_millis(20);
/// Time constant of the smoothed CPU load, in simulated seconds; never less than [`REAL_TAU`] in real
/// seconds.
const TAU: f64 = 2.5;
/// Shortest time constant in real seconds.
const REAL_TAU: f64 = 1.0;
/// Busy from this share of the CPU quota; no longer busy below [`CALM`].
const BUSY: f64 = 0.70;
const CALM: f64 = 0.65;
/// Trouble within this time means overloaded.
const TROUBLE: SimDuration = SimDuration::from_secs(1);
/// Overloaded ends after this long without trouble.
const RELIEF: SimDuration = SimDuration::from_secs(2);
/// From this many requests a second no dots travel, until they are fewer than [`FEW`].
const MANY: f64 = 2000.0;
const FEW: f64 = 1600.0;

/// Counters at an instant.
#[derive(Debug, Clone, Default)]
struct Sample {
    at: SimTime,
    offered: u64,
    ended: Vec<u64>,
    replicas: Vec<Counters>,
    /// Calls of each dependency.
    calls: Vec<u64>,
    /// Of each broker: messages published, those that have left the queue for good, and those done.
    messages: Vec<[u64; 3]>,
}

/// How many messages a second go through a broker.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Messages {
    /// Published.
    pub taken: f64,
    /// Taken out of the queue, however they end.
    pub left: f64,
    /// Done.
    pub done: f64,
}

/// Messages published, no longer in the queue, and done; nothing of what is no broker.
fn messages(view: &DependencyView) -> [u64; 3] {
    let counts = |broker: &BrokerView| {
        [broker.published, broker.published.saturating_sub(broker.queue.value()), broker.done]
    };
    view.broker.as_ref().map_or([0; 3], counts)
}

/// Counters of one replica at an instant.
#[derive(Debug, Clone, Copy, Default)]
struct Counters {
    id: u32,
    cpu: f64,
    attempts: u64,
    refused: u64,
}

/// Something that is in trouble until it has been well for a while.
#[derive(Debug, Clone, Copy, Default)]
struct Trouble {
    on: bool,
    last: Option<SimTime>,
    well_for: f64,
}

impl Trouble {
    /// `seen`: when trouble was seen last; `elapsed`: real seconds since the last call.
    fn update(&mut self, now: SimTime, seen: Option<SimTime>, elapsed: f64) {
        self.well_for = if seen > self.last { 0.0 } else { self.well_for + elapsed };
        self.last = seen.max(self.last);
        let since = self.last.map_or(SimDuration::FOREVER, |last| now.since(last));
        self.on = since < TROUBLE || (self.on && (since < RELIEF || self.well_for < REAL_TAU));
    }
}

/// What is remembered of one replica.
#[derive(Debug, Clone, Copy, Default)]
struct Memory {
    load: f64,
    /// Share of the time in which all workers were taken and somebody waited for one, smoothed like the load.
    taken: f64,
    busy: bool,
    trouble: Trouble,
}

/// How fast things happened to one replica over the last 0.6 s, and how it is judged.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Pace {
    /// Attempts that it was given, per second.
    pub given: f64,
    /// Attempts that it refused or dropped, per second.
    pub refused: f64,
    /// Share of its CPU quota in use, 0 to 1.
    pub cpu: f64,
    /// At least 70 % of its CPU quota for a while, or all workers taken for so much of the time.
    pub busy: bool,
    /// Something was refused, or the backlog was full, a moment ago.
    pub overloaded: bool,
}

/// Sees one snapshot after another and remembers what pictures need.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    lang: Lang,
    samples: VecDeque<Sample>,
    /// By replica, in the order of their creation.
    memory: Vec<(u32, Memory)>,
    dependencies: Vec<Memory>,
    queue: Trouble,
    seen: Option<SimTime>,
    /// Frames of jumps that have been seen.
    frames: u64,
    known_for: f64,
    stood: bool,
    in_flight: f64,
    unit: u64,
    crowded: bool,
}

impl Watch {
    /// Which language the picture speaks.
    pub fn speak(&mut self, lang: Lang) {
        self.lang = lang;
    }

    /// The language that the picture speaks.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Hears how many frames of jumps there have been: after another, what was seen is forgotten.
    pub fn jump(&mut self, frames: u64) {
        if std::mem::replace(&mut self.frames, frames) != frames {
            self.seen = None;
        }
    }

    /// Sees the world. `series` fills in for the past when time has jumped; `elapsed` is real seconds since the
    /// last call.
    pub fn see(&mut self, world: &Snapshot, series: &Series, elapsed: f64) {
        self.step_back(world.now);
        let before = self.seen.filter(|&seen| seen <= world.now && !self.jumps(seen, world.now));
        let mut remembered = false;
        if before.is_none() {
            let in_flight = world.ledger.in_flight() as f64;
            *self = Self { unit: 1, in_flight, lang: self.lang, frames: self.frames, ..Self::default() };
            self.samples.extend(earlier(world, series));
            self.known_for = self.samples.front().map_or(0.0, |first| world.now.since(first.at).as_secs());
            remembered = self.remember(world, series);
        }
        self.seen = Some(world.now);
        self.take(world);
        let passed = before.map_or(SimDuration::ZERO, |before| world.now.since(before)).as_secs();
        self.stood = before.is_some() && passed == 0.0;
        self.known_for += passed;
        self.judge(world, if before.is_none() && !remembered { self.known_for } else { passed }, elapsed);
        let weight = 1.0 - libm::exp(-passed / WINDOW.as_secs());
        self.in_flight += (world.ledger.in_flight() as f64 - self.in_flight) * weight;
        self.unit = dots::unit(alive(world), self.unit);
        let fastest = self.offered_rate().max(self.given_rate());
        self.crowded = fastest >= if self.crowded { FEW } else { MANY };
    }

    /// A small step back, as by one event, is no jump: only what came after it is forgotten.
    fn step_back(&mut self, now: SimTime) {
        if self.seen.is_some_and(|seen| seen > now && seen.since(now) <= WINDOW) {
            while self.samples.back().is_some_and(|last| last.at > now) {
                self.samples.pop_back();
            }
            self.seen = self.samples.back().map(|_| now);
        }
    }

    /// After a jump: loads as they would be smoothed had the recorded run been seen; false when too little of it is
    /// known.
    fn remember(&mut self, world: &Snapshot, series: &Series) -> bool {
        let now = world.now.as_secs();
        let recent = |point: &&Point| point.at_s <= now + 1e-9 && point.at_s > now - 3.0 * TAU;
        let points: Vec<&Point> =
            series.points.iter().rev().skip_while(|p| p.at_s > now + 1e-9).take_while(recent).collect();
        if points.len() < 3 {
            return false;
        }
        let weight = 1.0 - libm::exp(-series.window_s / TAU);
        for replica in world.replicas.iter().filter(|replica| replica.state.is_alive()) {
            let of = |point: &&Point| find_replica(&point.replicas, replica.id).map(|r| f64::from(r.cpu));
            let mut loads = points.iter().rev().filter_map(of);
            let Some(first) = loads.next() else { continue };
            let load = loads.fold(first, |load, cpu| load + (cpu - load) * weight);
            let taken = f64::from(u8::from(waits(replica)));
            self.memory.push((replica.id, Memory { load, taken, ..Memory::default() }));
        }
        self.known_for = self.known_for.max(series.window_s * points.len() as f64);
        true
    }

    /// Whether time has jumped forward: far, or out of a pause.
    fn jumps(&self, seen: SimTime, now: SimTime) -> bool {
        let far = now.since(seen);
        far > JUMP || (self.stood && far > WINDOW)
    }

    fn take(&mut self, world: &Snapshot) {
        if self.samples.len() > 1 && self.samples.back().is_some_and(|last| world.now.since(last.at) < STEP) {
            self.samples.pop_back();
        }
        let start = SimTime(world.now.0.saturating_sub(WINDOW.0));
        let mut spare = Sample::default();
        while self.samples.get(1).is_some_and(|second| second.at <= start) {
            spare = self.samples.pop_front().unwrap_or_default();
        }
        let Sample { at, offered, ended, replicas, calls, messages: passed } = &mut spare;
        passed.clear();
        passed.extend(world.dependencies.iter().map(messages));
        calls.clear();
        calls.extend(world.dependencies.iter().map(|dependency| dependency.requests));
        (*at, *offered) = (world.now, world.ledger.offered());
        ended.clear();
        ended.extend(OUTCOMES.iter().map(|&outcome| world.ledger.count(outcome)));
        replicas.clear();
        replicas.extend(world.replicas.iter().map(|replica| Counters {
            id: replica.id,
            cpu: replica.cpu_used.as_secs(),
            attempts: replica.attempts,
            refused: replica.refused,
        }));
        self.samples.push_back(spare);
    }

    /// A dependency is busy by the calls in progress, and strained when calls wait for it.
    fn judge_dependencies(&mut self, world: &Snapshot, weight: f64, elapsed: f64) {
        self.dependencies.resize(world.dependencies.len(), Memory::default());
        for (memory, view) in self.dependencies.iter_mut().zip(&world.dependencies) {
            let used = view.in_use.value() as f64;
            let load = view.concurrency.map_or(0.0, |most| used / f64::from(most.max(1)));
            memory.load += (load - memory.load) * weight;
            memory.busy = memory.load >= if memory.busy { CALM } else { BUSY };
            let waits = (view.waiting.value() > 0).then_some(world.now);
            memory.trouble.update(world.now, waits, elapsed);
        }
    }

    fn judge(&mut self, world: &Snapshot, passed: f64, elapsed: f64) {
        let full = world.balancer.as_ref().is_some_and(|b| b.queue_limit > 0 && b.queue >= b.queue_limit);
        let turned_away = self.rate_of(Outcome::QueueFull) > 0.0;
        self.queue.update(world.now, (full || turned_away).then_some(world.now), elapsed);
        // As long as little is known, the plain mean of it.
        let mean = if self.known_for > 0.0 { passed / self.known_for } else { 0.0 };
        let weight = mean.max(1.0 - libm::exp(-(passed / TAU).min(elapsed / REAL_TAU)));
        let enough = self.known_for >= WINDOW.as_secs() - 1e-9;
        self.judge_dependencies(world, weight, elapsed);
        let mut memories = self.remembered(world);
        // One walk through all: there may be ten thousand, and this is done at every frame.
        let ends = self.ends();
        let (mut then, mut now) =
            ends.map_or((Walk(&[]), Walk(&[])), |(a, b)| (Walk(&a.replicas), Walk(&b.replicas)));
        let span = ends.map_or(1.0, |(first, last)| last.at.since(first.at).as_secs());
        for (replica, (_, memory)) in world.replicas.iter().zip(&mut memories) {
            let used = now.to(replica.id).cpu - then.to(replica.id).cpu;
            let cpu = share(used.max(0.0) / span, replica.cores);
            if replica.state.is_alive() {
                memory.load += (cpu - memory.load) * weight;
                memory.taken += (f64::from(u8::from(waits(replica))) - memory.taken) * weight;
                let load = memory.load.max(memory.taken);
                memory.busy = enough && load >= if memory.busy { CALM } else { BUSY };
                // Workers fetch as many messages as they have places for: that is no overload.
                let full = replica.backlog > 0
                    && replica.waiting >= replica.backlog
                    && !takes_messages(world, &replica.service);
                let seen =
                    if full { Some(world.now) } else { replica.refused_at.filter(|&at| at >= replica.since) };
                memory.trouble.update(world.now, seen, elapsed);
            } else {
                *memory = Memory::default();
            }
        }
        self.memory = memories;
    }

    /// What is remembered of the replicas that there are, in their order; of a new one nothing.
    fn remembered(&mut self, world: &Snapshot) -> Vec<(u32, Memory)> {
        let known = std::mem::take(&mut self.memory);
        if known.iter().map(|(id, _)| *id).eq(world.replicas.iter().map(|replica| replica.id)) {
            return known;
        }
        let of = |id: u32| {
            known.binary_search_by_key(&id, |(id, _)| *id).map_or_else(|_| Memory::default(), |n| known[n].1)
        };
        world.replicas.iter().map(|replica| (replica.id, of(replica.id))).collect()
    }

    /// Requests offered per second.
    #[must_use]
    pub fn offered_rate(&self) -> f64 {
        self.between(|sample| sample.offered as f64)
    }

    /// Attempts given to all replicas per second.
    #[must_use]
    pub fn given_rate(&self) -> f64 {
        self.between(|sample| sample.replicas.iter().map(|r| r.attempts).sum::<u64>() as f64)
    }

    /// Requests that end this way, per second.
    #[must_use]
    pub fn rate_of(&self, outcome: Outcome) -> f64 {
        self.between(|sample| sample.ended.get(outcome as usize).copied().unwrap_or(0) as f64)
    }

    /// How fast one replica goes, and how it is judged.
    #[must_use]
    pub fn pace(&self, id: u32, cores: f64) -> Pace {
        let of = |counter: fn(&Counters) -> f64| self.replica(id, counter);
        let memory = self.memory.binary_search_by_key(&id, |(id, _)| *id);
        let memory = memory.map_or_else(|_| Memory::default(), |place| self.memory[place].1);
        Pace {
            given: of(|c| c.attempts as f64),
            refused: of(|c| c.refused as f64),
            cpu: share(of(|c| c.cpu), cores),
            busy: memory.busy,
            overloaded: memory.trouble.on,
        }
    }

    /// Calls of a dependency per second.
    #[must_use]
    pub fn calls(&self, place: u32) -> f64 {
        self.between(|sample| sample.calls.get(place as usize).map_or(0.0, |&calls| calls as f64))
    }

    /// How many messages a second go through the broker at this place.
    #[must_use]
    pub fn messages(&self, place: u32) -> Messages {
        let rate = |which: usize| {
            self.between(|sample| sample.messages.get(place as usize).map_or(0.0, |n| n[which] as f64))
        };
        Messages { taken: rate(0), left: rate(1), done: rate(2) }
    }

    /// Whether a dependency is busy, and whether calls have waited for it a moment ago.
    #[must_use]
    pub fn dependency(&self, place: u32) -> (bool, bool) {
        let memory = self.dependencies.get(place as usize).copied().unwrap_or_default();
        (memory.busy, memory.trouble.on)
    }

    /// Whether the balancer's queue is full, or was a moment ago.
    #[must_use]
    pub const fn queue_full(&self) -> bool {
        self.queue.on
    }

    /// Requests that one dot stands for.
    #[must_use]
    pub fn unit(&self) -> u64 {
        self.unit.max(1)
    }

    /// Whether there are too many requests for dots on edges.
    #[must_use]
    pub const fn crowded(&self) -> bool {
        self.crowded
    }

    /// Requests in flight, smoothed over 0.6 s: for a crowd that does not flicker.
    #[must_use]
    pub const fn in_flight(&self) -> f64 {
        self.in_flight
    }

    fn replica(&self, id: u32, counter: fn(&Counters) -> f64) -> f64 {
        // Replicas are in order of creation, so their ids go up.
        let find = |sample: &Sample| {
            sample.replicas.binary_search_by_key(&id, |r| r.id).ok().map(|place| sample.replicas[place])
        };
        let Some((first, last)) = self.ends() else { return 0.0 };
        let now = find(last).unwrap_or_default();
        // A replica that was added since then began at 0.
        let then = find(first).unwrap_or_default();
        (counter(&now) - counter(&then)).max(0.0) / last.at.since(first.at).as_secs()
    }

    fn between(&self, counter: impl Fn(&Sample) -> f64) -> f64 {
        let Some((first, last)) = self.ends() else { return 0.0 };
        (counter(last) - counter(first)).max(0.0) / last.at.since(first.at).as_secs()
    }

    fn ends(&self) -> Option<(&Sample, &Sample)> {
        let (first, last) = (self.samples.front()?, self.samples.back()?);
        (last.at > first.at).then_some((first, last))
    }
}

/// A walk through counters that are in the order of their replicas.
struct Walk<'a>(&'a [Counters]);

impl Walk<'_> {
    /// Goes on to a replica; one that was added later began at 0.
    fn to(&mut self, id: u32) -> Counters {
        while let [first, rest @ ..] = self.0
            && first.id < id
        {
            self.0 = rest;
        }
        self.0.first().filter(|first| first.id == id).copied().unwrap_or_default()
    }
}

/// The share of so many cores that CPU seconds a second are.
fn share(used: f64, cores: f64) -> f64 {
    if cores > 0.0 { (used / cores).clamp(0.0, 1.0) } else { 0.0 }
}

/// Whether somebody waits for a worker where all are taken.
fn waits(replica: &ReplicaView) -> bool {
    replica.waiting > 0 && replica.running >= replica.concurrency
}

/// Whether the replicas of a service take their work from a broker.
fn takes_messages(world: &Snapshot, service: &str) -> bool {
    world.dependencies.iter().filter_map(|view| view.broker.as_ref()).any(|broker| broker.service == service)
}

/// Requests that are somewhere in the picture.
fn alive(world: &Snapshot) -> u64 {
    let inside = world.replicas.iter().map(|r| u64::from(r.running) + u64::from(r.waiting)).sum::<u64>();
    let queued = world.balancer.as_ref().map_or(0, |b| u64::from(b.queue));
    world.ledger.in_flight().max(inside + queued)
}

/// Counters 0.6 s before `world`, from the windows of the recorded run; nothing when it has none.
fn earlier(world: &Snapshot, series: &Series) -> Option<Sample> {
    let past = series.points.iter().rposition(|point| point.at_s <= world.now.as_secs() + 1e-9)?;
    let windows = libm::round(WINDOW.as_secs() / series.window_s).max(1.0) as usize;
    let recent: &[Point] = &series.points[(past + 1).saturating_sub(windows)..=past];
    let length = SimDuration::from_secs_f64(series.window_s * recent.len() as f64);
    let sum = |of: &dyn Fn(&Point) -> f64| recent.iter().map(of).sum::<f64>();
    let minus = |now: u64, before: f64| now.saturating_sub(before as u64);
    let ended = OUTCOMES.iter().map(|&outcome| {
        minus(world.ledger.count(outcome), sum(&|point| f64::from(point.ended[outcome as usize])))
    });
    // The windows count neither calls nor messages: of all so far as large a part as of the requests stands in.
    let offered = sum(&|point| f64::from(point.offered));
    let past_share = (offered / (world.ledger.offered() as f64).max(1.0)).min(1.0);
    let before = (past + 1).checked_sub(windows + 1).and_then(|place| series.points.get(place));
    let replicas = world.replicas.iter().filter(|r| r.state != ReplicaState::Created).map(|replica| {
        let of = |value: fn(&crate::observe::ReplicaPoint) -> f64| {
            sum(&|point| find_replica(&point.replicas, replica.id).map_or(0.0, value))
        };
        // Given is what was answered, and what is inside now and was not then.
        let inside = f64::from(replica.running) + f64::from(replica.waiting);
        let then = before.and_then(|point| find_replica(&point.replicas, replica.id));
        let more = inside - then.map_or(0.0, |r| f64::from(r.running) + f64::from(r.waiting));
        Counters {
            id: replica.id,
            cpu: replica.cpu_used.as_secs() - of(|r| f64::from(r.cpu)) * series.window_s * replica.cores,
            attempts: minus(replica.attempts, of(|r| f64::from(r.answered)) + more.max(0.0)),
            refused: replica.refused,
        }
    });
    Some(Sample {
        at: SimTime(world.now.0.saturating_sub(length.0)),
        offered: minus(world.ledger.offered(), offered),
        ended: ended.collect(),
        replicas: replicas.collect(),
        calls: world
            .dependencies
            .iter()
            .map(|view| minus(view.requests, view.requests as f64 * past_share))
            .collect(),
        messages: (world.dependencies.iter())
            .map(|view| messages(view).map(|n| minus(n, n as f64 * past_share)))
            .collect(),
    })
}
