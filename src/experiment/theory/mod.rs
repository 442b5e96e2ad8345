//! Worlds with a known answer, run through the public scenario format and held against it.
//!
//! A case is a JSON object: `name`, `kind`, `params`, `exact` (quantity and value) and `source`. [`validate`] writes
//! the scenario of each kind, runs independent replications until every interval is narrow enough or its budget is
//! used up, and passes a case only if each exact value lies in its interval **and** each interval is narrow: half of
//! it at most 2 % of the mean, 5 % for p99.
//!
//! **False alarms.** All intervals of a call together miss a true value with probability 1 % at most (Bonferroni): with
//! n quantities each has the confidence 1 − 0.01 / n, for 100 quantities 99.99 %. Intervals are Student's t over
//! replications with streams of their own, after a warm-up of many relaxation times.

mod file;
mod judge;
mod params;
mod watch;
mod world;

use std::collections::BTreeMap;

use serde::Serialize;

pub use file::{TheoryCase, cases};

/// The whole of a call's intervals holds every true value with this probability at least.
pub const TOGETHER: f64 = 0.99;

/// How cases are run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TheoryPlan {
    /// Where the seeds begin; another one is another experiment.
    pub seed: u64,
    /// Threads; the result does not depend on it.
    pub jobs: usize,
    /// The most requests that one case may take.
    pub budget: u64,
}

impl Default for TheoryPlan {
    fn default() -> Self {
        Self { seed: 1, jobs: super::jobs(), budget: 400_000_000 }
    }
}

/// A measured quantity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measured {
    /// Mean over the replications.
    pub mean: f64,
    /// Half the width of its interval.
    pub half_width: f64,
}

/// What came of one case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TheoryResult {
    /// The case's name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// What it must come to.
    pub exact: BTreeMap<String, f64>,
    /// What it came to; empty when it could not be run.
    pub measured: BTreeMap<String, Measured>,
    /// Whether every exact value lies in its interval and every interval is narrow.
    pub passed: bool,
    /// What fell short, or what to know.
    pub note: String,
    /// How often each of these intervals holds the true value.
    pub confidence: f64,
    /// Independent runs.
    pub replications: u32,
    /// Requests that they took in all.
    pub requests: u64,
    /// The system in words.
    pub system: String,
    /// Where the exact values come from.
    pub source: String,
}

impl TheoryResult {
    /// The largest |mean − exact| / exact.
    #[must_use]
    pub fn worst_deviation(&self) -> f64 {
        let off = |(name, m): (&String, &Measured)| {
            self.exact
                .get(name)
                .map_or(0.0, |exact| (m.mean - exact).abs() / exact.abs().max(f64::MIN_POSITIVE))
        };
        self.measured.iter().map(off).fold(0.0, f64::max)
    }
}

/// Runs every case. `progress` hears each finished one.
#[must_use]
pub fn validate(
    cases: &[TheoryCase],
    plan: &TheoryPlan,
    progress: &mut dyn FnMut(&TheoryResult),
) -> Vec<TheoryResult> {
    let quantities: usize = cases.iter().map(|case| case.exact.len()).sum();
    let confidence = 1.0 - (1.0 - TOGETHER) / quantities.max(1) as f64;
    let one = |case: &TheoryCase| {
        let result = judge::judge(case, plan, confidence);
        progress(&result);
        result
    };
    cases.iter().map(one).collect()
}

/// How wide half an interval may be, as a part of its mean: 2 %, 5 % for p99 and beyond.
fn narrow(quantity: &str) -> f64 {
    if quantile(quantity).is_some_and(|(_, share)| share >= 0.99) { 0.05 } else { 0.02 }
}

/// `sojourn_p99` is the sojourn's 0.99 quantile, `wait_p999` that of the wait at 0.999.
fn quantile(quantity: &str) -> Option<(&str, f64)> {
    let (of, digits) = quantity.rsplit_once("_p")?;
    let known = matches!(of, "sojourn" | "wait") && !digits.is_empty() && digits.len() <= 6;
    let digits = digits.parse::<u32>().ok().filter(|_| known).map(|_| digits)?;
    format!("0.{digits}").parse().ok().map(|share| (of, share))
}

#[cfg(test)]
mod tests;
