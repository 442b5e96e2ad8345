//! What one run of a sweep leaves behind.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Cell;
use crate::experiment::Run;
use crate::observe::Quantiles;
use crate::report::measure::MEASURES;
use crate::units::SimDuration;

/// One run: a line in a shard's file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Which point of the grid.
    pub point: u32,
    /// Which replication.
    pub replication: u32,
    /// Its seed.
    pub seed: u64,
    /// Its measures; nothing for what it has no value for.
    pub measures: BTreeMap<String, Option<f64>>,
    /// Response times of requests that ended ok.
    pub response: Histogram,
    /// Hash of the order of its events.
    pub digest: String,
}

/// A histogram of durations as pairs of value and count, in nanoseconds: adding two loses nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Histogram {
    /// The sum of all values, exact; text, since JSON's numbers are not.
    pub sum_ns: String,
    /// The largest value, exact.
    pub max_ns: u64,
    /// Value and count of each class that is not empty, within 0.1 %.
    pub counts: Vec<(u64, u64)>,
}

impl From<&Quantiles> for Histogram {
    fn from(quantiles: &Quantiles) -> Self {
        let (sum, max) = (quantiles.sum().to_string(), quantiles.max().0);
        Self { sum_ns: sum, max_ns: max, counts: quantiles.counts() }
    }
}

impl Histogram {
    /// As quantiles, to be merged and read.
    #[must_use]
    pub fn quantiles(&self) -> Quantiles {
        Quantiles::of_counts(&self.counts, self.sum_ns.parse().unwrap_or(0), SimDuration(self.max_ns))
    }
}

impl RunRecord {
    /// What a run came to.
    #[must_use]
    pub fn new(cell: Cell, run: &Run) -> Self {
        Self {
            point: cell.point,
            replication: cell.replication,
            seed: run.report.seed,
            measures: MEASURES.iter().map(|m| (m.name.to_owned(), (m.value)(&run.report))).collect(),
            response: Histogram::from(&run.response),
            digest: run.report.digest.clone(),
        }
    }

    /// Which run it is.
    #[must_use]
    pub const fn cell(&self) -> Cell {
        Cell { point: self.point, replication: self.replication }
    }

    /// A measure of it.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<f64> {
        self.measures.get(name).copied().flatten()
    }
}
