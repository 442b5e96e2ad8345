//! What a run costs: replicas by the hour, and requests that fail.
//!
//! A replica is paid for from its start (also while it starts, drains, or waits for its restart) until it is removed,
//! down for good, or lost; only measured time counts, not the warm-up. Each of them costs `replica_hour` + its cores ×
//! `core_hour` + its GiB × `gib_hour` an hour, of its quota and its limit; without a limit, of the most that it used.

use serde::Serialize;

use super::Report;
use super::number::three;
use crate::observe::ReplicaState;
use crate::scenario::Price;
use crate::units::{SimDuration, SimTime};

/// What a run costs, by part, in the currency of the prices.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Cost {
    /// All parts together.
    pub total: f64,
    /// Replicas by the hour.
    pub replicas: f64,
    /// Cores by the hour.
    pub cores: f64,
    /// Memory by the hour.
    pub memory: f64,
    /// Requests that failed.
    pub failed: f64,
}

impl Cost {
    /// Nothing when nothing has a price.
    #[must_use]
    pub fn of(report: &Report, price: &Price) -> Option<Self> {
        if !price.is_any() {
            return None;
        }
        let mut cost = Self::default();
        for replica in &report.replicas {
            let bytes = replica.memory.limit_bytes.unwrap_or(replica.memory.peak_bytes);
            let gib = bytes as f64 / f64::from(1 << 30);
            cost.replicas += replica.hours * price.replica_hour;
            cost.cores += replica.hours * replica.cpu.quota_cores * price.core_hour;
            cost.memory += replica.hours * gib * price.gib_hour;
        }
        cost.failed = report.requests.failed.total() as f64 * price.failed_request;
        cost.total = cost.replicas + cost.cores + cost.memory + cost.failed;
        Some(cost)
    }

    /// In words.
    #[must_use]
    pub fn text(&self) -> String {
        let machines = self.replicas + self.cores + self.memory;
        match (machines > 0.0, self.failed > 0.0) {
            (true, true) => format!(
                "It cost {}: {} for the replicas and {} for the requests that failed.",
                three(self.total),
                three(machines),
                three(self.failed)
            ),
            (false, true) => format!("The requests that failed cost {}.", three(self.failed)),
            _ => format!("The replicas cost {}; no failure had to be paid for.", three(machines)),
        }
    }
}

/// For how long a replica has been paid for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Paid {
    since: Option<SimTime>,
    sum: SimDuration,
}

impl Paid {
    /// The replica is in this state from now on; time before `warmup` is free.
    pub(super) fn hear(&mut self, now: SimTime, state: ReplicaState, warmup: SimTime) {
        use ReplicaState::{BackingOff, Draining, Ready, Starting};
        let pays = matches!(state, Starting | Ready | Draining | BackingOff);
        match (pays, self.since) {
            (true, None) => self.since = Some(now),
            (false, Some(since)) => {
                self.sum = SimDuration(self.sum.0 + now.since(since.max(warmup)).0);
                self.since = None;
            }
            _ => {}
        }
    }

    /// Hours paid for by `now`.
    pub(super) fn hours(&self, now: SimTime, warmup: SimTime) -> f64 {
        let running = self.since.map_or(0, |since| now.since(since.max(warmup)).0);
        (self.sum.0 + running) as f64 / HOUR
    }
}

/// An hour in nanoseconds.
const HOUR: f64 = 3.6e12;
