//! The run as a series of windows: what a chart draws.

use std::collections::VecDeque;

use serde::Serialize;

use super::outcome::OUTCOME_COUNT;
use super::{Ledger, Observation, Outcome, Probe, Quantiles, ReplicaState, Snapshot};
use crate::units::{SimDuration, SimTime};

/// One window of the run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// Where the window ends, in seconds.
    pub at_s: f64,
    /// Requests offered in the window.
    pub offered: u32,
    /// Requests that ended in the window, by outcome.
    pub ended: [u32; OUTCOME_COUNT],
    /// Attempts begun in the window.
    pub attempts: u32,
    /// Response time of requests that ended ok within the second before the window's end: p50, p90, p99 in
    /// milliseconds; nothing when none did.
    pub response_ms: Option<[f32; 3]>,
    /// Requests in the balancer's queue at the window's end.
    pub queue: u32,
    /// Requests in flight at the window's end.
    pub in_flight: u32,
    /// Sessions alive at the window's end.
    pub sessions_alive: u32,
    /// Sessions lost so far.
    pub sessions_lost: u32,
    /// What clients ask at the window's end, requests a second.
    pub asked_rate: f32,
    /// Each replica at the window's end; by index in the engine.
    pub replicas: Vec<ReplicaPoint>,
}

/// A replica in a window.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ReplicaPoint {
    /// Its index in the engine.
    pub id: u32,
    /// Its state at the window's end.
    pub state: ReplicaState,
    /// Share of its CPU quota used over the window, 0 to 1.
    pub cpu: f32,
    /// Share of its memory limit in use at the window's end, 0 to 1; of nothing when there is no limit.
    pub memory: f32,
    /// Open connections at the window's end.
    pub connections: u32,
    /// Connections that wait for a worker.
    pub waiting: u32,
    /// Requests in service.
    pub running: u32,
    /// Attempts that it answered in the window.
    pub answered: u32,
}

/// A replica among those of a window, which are in order of their index: O(log n).
#[must_use]
pub fn find_replica(replicas: &[ReplicaPoint], id: u32) -> Option<&ReplicaPoint> {
    replicas.binary_search_by_key(&id, |replica| replica.id).ok().map(|place| &replicas[place])
}

/// The windows so far.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Series {
    /// Width of a window in seconds.
    pub window_s: f64,
    /// The windows.
    pub points: Vec<Point>,
    /// Names of replicas by index in the engine.
    pub names: Vec<String>,
}

/// Fills a [`Series`]: hears what happens, and is shown the world at the end of each window.
#[derive(Debug, Clone)]
pub struct Recorder {
    /// The windows so far.
    pub series: Series,
    window: SimDuration,
    recent: VecDeque<Quantiles>,
    pooled: Quantiles,
    before: Ledger,
    attempts: u64,
    replicas: Vec<(SimDuration, u64)>,
}

/// Quantiles pool the last second.
const POOL: SimDuration = SimDuration::from_secs(1);

impl Recorder {
    /// Records windows of this width.
    #[must_use]
    pub fn new(window: SimDuration) -> Self {
        let window = SimDuration(window.0.max(1));
        let series = Series { window_s: window.as_secs(), ..Series::default() };
        let recent = VecDeque::from([Quantiles::with_digits(2)]);
        let (pooled, before) = (Quantiles::with_digits(2), Ledger::default());
        Self { series, window, recent, pooled, before, attempts: 0, replicas: Vec::new() }
    }

    /// When the window that is open now ends.
    #[must_use]
    pub fn window_end(&self) -> SimTime {
        SimTime(self.window.0.saturating_mul(self.series.points.len() as u64 + 1))
    }

    /// Ends the window: `world` is the world at [`Self::window_end`].
    pub fn close(&mut self, world: &Snapshot) {
        let ledger = world.ledger.since(&self.before);
        let mut ended = [0; OUTCOME_COUNT];
        ended.iter_mut().zip(super::OUTCOMES).for_each(|(n, &outcome)| *n = ledger.count(outcome) as u32);
        self.learn_names(world);
        let replicas = world.replicas.iter().map(|r| self.replica(r)).collect();
        let point = Point {
            at_s: self.window_end().as_secs(),
            offered: ledger.offered() as u32,
            ended,
            attempts: (world.attempts - self.attempts) as u32,
            response_ms: self.quantiles(),
            queue: world.balancer.as_ref().map_or(0, |b| b.queue),
            in_flight: world.ledger.in_flight() as u32,
            sessions_alive: world.sessions_alive as u32,
            sessions_lost: world.sessions_lost as u32,
            asked_rate: world.asked_rate as f32,
            replicas,
        };
        self.series.points.push(point);
        (self.before, self.attempts) = (world.ledger, world.attempts);
        let windows = (POOL.0 / self.window.0).max(1) as usize;
        let mut next = if self.recent.len() >= windows { self.recent.pop_front() } else { None }
            .unwrap_or_else(|| Quantiles::with_digits(2));
        next.clear();
        self.recent.push_back(next);
    }

    /// Learns the names of replicas that came since the last window: what happens to them is told at once.
    pub fn learn_names(&mut self, world: &Snapshot) {
        let known = self.series.names.len();
        let new = world.replicas.iter().rev().take_while(|view| view.id as usize >= known);
        for view in new {
            let place = view.id as usize;
            self.series.names.resize(self.series.names.len().max(place + 1), String::new());
            self.series.names[place].clone_from(&view.name);
        }
    }

    fn quantiles(&mut self) -> Option<[f32; 3]> {
        self.pooled.clear();
        self.recent.iter().filter(|window| window.count() > 0).for_each(|window| self.pooled.merge(window));
        (self.pooled.count() > 0)
            .then(|| [0.5, 0.9, 0.99].map(|q| self.pooled.quantile(q).as_millis() as f32))
    }

    fn replica(&mut self, view: &super::ReplicaView) -> ReplicaPoint {
        let place = view.id as usize;
        if self.replicas.len() <= place {
            self.replicas.resize(place + 1, (SimDuration::ZERO, 0));
        }
        let (cpu, answered) = std::mem::replace(&mut self.replicas[place], (view.cpu_used, view.answered));
        let used = SimDuration(view.cpu_used.0.saturating_sub(cpu.0)).as_secs() / self.window.as_secs();
        ReplicaPoint {
            id: view.id,
            state: view.state,
            cpu: (used / view.cores).min(1.0) as f32,
            memory: view.memory_limit.map_or(0.0, |limit| view.memory.total() as f64 / limit as f64) as f32,
            connections: view.connections,
            waiting: view.waiting,
            running: view.running,
            answered: view.answered.saturating_sub(answered) as u32,
        }
    }
}

impl Probe for Recorder {
    #[inline]
    fn observe(&mut self, _: SimTime, seen: &Observation) {
        if let Observation::Ended { outcome: Outcome::Ok, response_time, .. } = *seen
            && let Some(open) = self.recent.back_mut()
        {
            open.record(response_time);
        }
    }
}
