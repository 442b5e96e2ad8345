//! A grid of scenarios, each run in replications: split over threads and machines, joined without loss.
//!
//! Replication i has seed + i at every point of the grid, and so the same arrivals where the traffic is the same
//! (common random numbers). Each run leaves a [`RunRecord`]: its measures, and its response times as a histogram. What
//! shards have recorded is joined by [`Sweep::of`], which doesn't ask who ran what: quantiles of all replications
//! together come from the sum of their histograms, never from an average of quantiles, so that the whole is the same
//! for any number of shards and threads.

mod record;
mod table;

use serde::{Deserialize, Serialize};

use super::parallel;
use super::run_with;
use crate::observe::Quantiles;
use crate::report::measure::{self, MEASURES};
use crate::report::{CONFIDENCE, Estimate, Times, Warning, one_seed, wide_interval};
use crate::scenario::Model;

pub use record::{Histogram, RunRecord};
pub use table::{csv, in_order, json_lines};

/// The most runs of one sweep.
pub const RUN_LIMIT: u64 = 1_000_000;
/// The most points of one grid.
pub const POINT_LIMIT: usize = 10_000;

/// A field and the values that it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// The field's path.
    pub path: String,
    /// Its values, as they are written in a scenario.
    pub values: Vec<String>,
}

/// What is run: the same for all shards of a sweep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepPlan {
    /// Version of this program: other versions may draw otherwise.
    pub version: String,
    /// The scenario before anything varies.
    pub scenario: serde_json::Value,
    /// What varies; the last one fastest.
    pub axes: Vec<Axis>,
    /// Runs at each point.
    pub replications: u32,
    /// Seed of the first replication; the others follow it.
    pub seed: u64,
}

/// One run of a sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Which point of the grid.
    pub point: u32,
    /// Which replication.
    pub replication: u32,
}

impl SweepPlan {
    /// Every point of the grid: a value for each axis.
    #[must_use]
    pub fn points(&self) -> Vec<Vec<String>> {
        self.axes.iter().fold(vec![Vec::new()], |points, axis| {
            let with = |point: &Vec<String>| {
                axis.values
                    .iter()
                    .map(|value| [point.as_slice(), std::slice::from_ref(value)].concat())
                    .collect()
            };
            points.iter().flat_map(|point: &Vec<String>| -> Vec<Vec<String>> { with(point) }).collect()
        })
    }

    /// Every run, replication by replication, so that what is done first is already comparable.
    #[must_use]
    pub fn cells(&self) -> Vec<Cell> {
        let points = self.axes.iter().map(|axis| axis.values.len()).product::<usize>() as u32;
        let row = |replication| (0..points).map(move |point| Cell { point, replication });
        (0..self.replications).flat_map(row).collect()
    }

    /// Every `of`-th run from the `number`-th on, both from 1: the shards of a sweep are alike in length.
    #[must_use]
    pub fn shard(&self, number: u32, of: u32) -> Vec<Cell> {
        self.cells().into_iter().skip(number.saturating_sub(1) as usize).step_by(of.max(1) as usize).collect()
    }
}

/// Runs `cells`; `models` has the model of each point. `hear` is told each finished run, in the order in which they
/// end.
#[must_use]
pub fn sweep(
    models: &[Model],
    seed: u64,
    cells: &[Cell],
    jobs: usize,
    hear: &(dyn Fn(&RunRecord) + Sync),
) -> Vec<RunRecord> {
    let work = |place: usize| {
        let cell = cells[place];
        let seed = seed.wrapping_add(u64::from(cell.replication));
        let run = run_with(&models[cell.point as usize], seed, &mut (), &mut |_| ());
        let record = RunRecord::new(cell, &run);
        hear(&record);
        record
    };
    parallel::map(jobs, cells.len(), work)
}

/// What a sweep came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sweep {
    /// Version of this program.
    pub version: String,
    /// The scenario before anything varies.
    pub scenario: serde_json::Value,
    /// What varies.
    pub axes: Vec<Axis>,
    /// Runs at each point.
    pub replications: u32,
    /// Seed of the first replication.
    pub seed: u64,
    /// How often an interval holds the true value.
    pub confidence: f64,
    /// Runs that are missing: shards that have not run to their end.
    pub missing: u64,
    /// What it comes to, in one sentence.
    pub headline: String,
    /// Each point.
    pub points: Vec<PointReport>,
    /// What to know before trusting the numbers.
    pub warnings: Vec<Warning>,
}

/// One point of the grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PointReport {
    /// Its values, in the order of the axes.
    pub values: Vec<String>,
    /// Replications that have been run.
    pub replications: u32,
    /// Mean and interval of each measure over the replications.
    #[serde(serialize_with = "as_map")]
    pub estimates: Vec<(&'static str, Estimate)>,
    /// Response times of all replications together.
    pub response_time_ms: Times,
    /// Digest of each replication.
    pub digests: Vec<String>,
}

fn as_map<S: serde::Serializer>(list: &[(&'static str, Estimate)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(list.iter().map(|(name, estimate)| (name, estimate)))
}

impl Sweep {
    /// From records in any order, of any number of shards; a run that is recorded twice counts once.
    #[must_use]
    pub fn of(plan: &SweepPlan, records: &[RunRecord]) -> Self {
        let mut sorted: Vec<&RunRecord> = records.iter().collect();
        sorted.sort_by_key(|record| record.cell());
        sorted.dedup_by_key(|record| record.cell());
        let all = plan.cells().len() as u64;
        let values = plan.points();
        let of_point = |point: usize| -> Vec<&RunRecord> {
            sorted.iter().copied().filter(|record| record.point as usize == point).collect()
        };
        let groups: Vec<Vec<&RunRecord>> = (0..values.len()).map(of_point).collect();
        let points: Vec<PointReport> =
            values.iter().zip(&groups).map(|(values, records)| point(values.clone(), records)).collect();
        Self {
            version: plan.version.clone(),
            scenario: plan.scenario.clone(),
            axes: plan.axes.clone(),
            replications: plan.replications,
            seed: plan.seed,
            confidence: CONFIDENCE,
            missing: all - sorted.len() as u64,
            headline: headline(&values, &groups),
            warnings: cautions(&points, plan.replications),
            points,
        }
    }
}

fn point(values: Vec<String>, records: &[&RunRecord]) -> PointReport {
    let estimate = |name: &'static str| {
        let values: Vec<f64> = records.iter().filter_map(|record| record.value(name)).collect();
        Some((name, Estimate::of(&values)?))
    };
    let mut together = Quantiles::default();
    records.iter().for_each(|record| together.merge(&record.response.quantiles()));
    PointReport {
        values,
        replications: records.len() as u32,
        estimates: MEASURES.iter().filter_map(|measure| estimate(measure.name)).collect(),
        response_time_ms: Times::from(&together),
        digests: records.iter().map(|record| record.digest.clone()).collect(),
    }
}

/// One seed only, and the widest interval of a p99.
fn cautions(points: &[PointReport], replications: u32) -> Vec<Warning> {
    let p99 = |point: &PointReport| {
        let estimate =
            point.estimates.iter().find(|(name, _)| *name == "p99").map(|(_, estimate)| *estimate)?;
        let width = estimate.half_width? / estimate.mean;
        Some((width, wide_interval(&format!("p99 at {}", point.values.join(", ")), &estimate)?))
    };
    let widest = points.iter().filter_map(p99).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, warning)| warning);
    (replications == 1).then(one_seed).into_iter().chain(widest).collect()
}

/// Where the fewest fail, or where p99 is lowest, and what can't be told from it.
fn headline(values: &[Vec<String>], groups: &[Vec<&RunRecord>]) -> String {
    let mean = |records: &[&RunRecord], name: &str| -> Option<f64> {
        let values: Vec<f64> = records.iter().filter_map(|record| record.value(name)).collect();
        Estimate::of(&values).map(|estimate| estimate.mean)
    };
    let failing = groups.iter().any(|group| mean(group, "failed_share").is_some_and(|share| share > 0.01));
    let name = if failing { "failed_share" } else { "p99" };
    let means: Vec<(usize, f64)> =
        groups.iter().enumerate().filter_map(|(i, group)| Some((i, mean(group, name)?))).collect();
    let Some(&(best, lowest)) = means.iter().min_by(|a, b| a.1.total_cmp(&b.1)) else {
        return "Nothing was measured.".into();
    };
    let shown = |i: usize| values[i].join(", ");
    let Some(measure) = measure::find(name).filter(|_| means.len() > 1) else {
        return format!("One point, {}.", shown(best));
    };
    // Pair by pair, since replication i has the same seed everywhere.
    let open = |&&(i, _): &&(usize, f64)| {
        let value = |record: &RunRecord| record.value(name);
        let pairs = groups[best].iter().filter_map(|a| {
            let b = groups[i].iter().find(|b| b.replication == a.replication)?;
            Some(value(b)? - value(a)?)
        });
        let differences: Vec<f64> = pairs.collect();
        i != best && Estimate::of(&differences).is_none_or(|e| e.half_width.is_none_or(|half| e.mean <= half))
    };
    let open: Vec<String> = means.iter().filter(open).map(|&(i, _)| shown(i)).collect();
    let first = format!("{} is lowest with {}: {}", measure.label, shown(best), measure.kind.show(lowest));
    match open.len() {
        0 => format!("{first}."),
        n if n < means.len() - 1 || n == 1 => {
            format!("{first}; not enough to tell it from {}.", crate::report::number::list(&open, 4))
        }
        _ => format!("On {}, not enough to tell the lowest, {}, from any other.", measure.label, shown(best)),
    }
}

#[cfg(test)]
mod tests;
