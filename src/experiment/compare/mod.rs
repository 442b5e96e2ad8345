//! The same arrivals under several algorithms: every difference with its interval, and in words.
//!
//! Replication i has seed + i under every algorithm (common random numbers), so that differences are taken
//! pair by pair: what all algorithms have in common cancels out. Times and rates are compared by their ratio,
//! as the geometric mean over the pairs; shares and counts, which may be 0, by their difference. Intervals
//! are Student's t at 95 %, each for itself.

use serde::Serialize;

use super::parallel;
use super::run;
use crate::algorithm::{self, Algorithm};
use crate::report::measure::{self, Kind, Measure};
use crate::report::{Estimate, Report, Warning, one_seed, wide_interval};
use crate::scenario::{Model, nearest};

mod words;

pub use words::less_is_better;

/// One side of a comparison: an algorithm and the model that uses it.
#[derive(Debug, Clone)]
pub struct Arm {
    /// How it is called: the algorithm's wire name, with its parameters where it has any.
    pub name: String,
    /// The scenario under this algorithm.
    pub model: Model,
}

impl Arm {
    /// The scenario under the algorithm of this wire name with these parameters.
    ///
    /// # Errors
    /// When there is no such algorithm, or a parameter is unknown or out of range.
    pub fn new(model: &Model, name: &str, params: &[(String, f64)]) -> Result<Self, String> {
        let spec = algorithm::find(name).ok_or_else(|| {
            let known = algorithm::CATALOG.iter().map(|spec| spec.name);
            let hint = nearest(name, known.clone()).map_or_else(
                || format!("known: {}", known.collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean \"{near}\"?"),
            );
            format!("\"{name}\" is no algorithm; {hint}")
        })?;
        let checked = spec.params(params).map_err(|errors| {
            errors.iter().map(|error| format!("{name}: {error}")).collect::<Vec<_>>().join("\n")
        })?;
        let list: Vec<String> = params.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let name =
            if list.is_empty() { spec.name.to_owned() } else { format!("{}:{}", spec.name, list.join(",")) };
        Ok(Self { model: model.clone().with_algorithm(spec.name, (spec.build)(&checked)), name })
    }
}

impl Arm {
    /// The scenario under an algorithm of the caller's own, which need not be in the catalogue.
    #[must_use]
    pub fn own(model: &Model, name: &str, algorithm: Box<dyn Algorithm>) -> Self {
        Self { name: name.to_owned(), model: model.clone().with_algorithm(name, algorithm) }
    }
}

/// How a comparison is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Seed of the first replication; the others follow it.
    pub seed: u64,
    /// Runs under each algorithm.
    pub replications: u32,
    /// Threads; the result does not depend on it.
    pub jobs: usize,
}

/// What is always compared; times and rates by ratio, the others by difference.
pub const COMPARED: [&str; 7] =
    ["mean", "p50", "p99", "goodput", "failed_share", "sessions_lost", "fairness"];

/// A comparison: estimates for each algorithm, and every difference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Version of this program.
    pub version: &'static str,
    /// The scenario, with the keys of a scenario file.
    pub scenario: serde_json::Value,
    /// Seed of the first replication.
    pub seed: u64,
    /// Runs under each algorithm.
    pub replications: u32,
    /// How often an interval holds the true value.
    pub confidence: f64,
    /// What it comes to, in one sentence.
    pub headline: String,
    /// Each algorithm's estimates.
    pub algorithms: Vec<ArmReport>,
    /// Every pair of algorithms on every measure.
    pub differences: Vec<Difference>,
    /// What to know before trusting the numbers.
    pub warnings: Vec<Warning>,
}

/// One algorithm in a comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArmReport {
    /// Its name.
    pub algorithm: String,
    /// Mean and interval of each measure that has a value.
    #[serde(serialize_with = "as_map")]
    pub estimates: Vec<(&'static str, Estimate)>,
    /// Digest of each replication.
    pub digests: Vec<String>,
}

fn as_map<S: serde::Serializer>(list: &[(&'static str, Estimate)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(list.iter().map(|(name, estimate)| (name, estimate)))
}

/// Whether a difference is real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The interval holds no equality, and the difference is at least 1 %.
    Yes,
    /// The interval holds no equality, but the difference is smaller than 1 %, of shares than 0.1 points.
    Tiny,
    /// The interval holds equality: not enough to tell.
    No,
    /// Too few replications for an interval.
    Unknown,
}

/// A ratio: geometric mean over the pairs, and its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ratio {
    /// Geometric mean of a / b.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Ratio {
    /// b / a.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { mean: 1.0 / self.mean, low: 1.0 / self.high, high: 1.0 / self.low }
    }
}

/// Two algorithms on one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The measure.
    pub measure: &'static str,
    /// One algorithm.
    pub a: String,
    /// The other.
    pub b: String,
    /// a / b, for times and rates.
    pub ratio: Option<Ratio>,
    /// a − b.
    pub difference: Estimate,
    /// Whether it is real.
    pub verdict: Verdict,
    /// In words.
    pub text: String,
}

impl Difference {
    /// Whether every pair had the same value.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.difference.mean == 0.0 && self.difference.half_width == Some(0.0)
    }
}

/// What one run is compared by.
#[derive(Debug, Clone)]
struct Sample {
    /// In the order of the measures compared.
    values: Vec<Option<f64>>,
    digest: String,
}

impl Sample {
    fn of(report: &Report, measures: &[&Measure]) -> Self {
        let values = measures.iter().map(|measure| (measure.value)(report)).collect();
        Self { values, digest: report.digest.clone() }
    }
}

/// Runs every arm `plan.replications` times. `progress` hears each finished run.
#[must_use]
pub fn compare(arms: &[Arm], plan: &Plan, progress: &(dyn Fn() + Sync)) -> Comparison {
    compare_also(arms, plan, &[], progress)
}

/// As [`compare`], on these measures besides [`COMPARED`].
#[must_use]
pub fn compare_also(
    arms: &[Arm],
    plan: &Plan,
    also: &[&'static Measure],
    progress: &(dyn Fn() + Sync),
) -> Comparison {
    let mut samples = Samples::new(arms, plan.seed).also(also);
    let (count, each) = (arms.len(), plan.replications.max(1) as usize);
    let work = |job: usize| {
        // Replication by replication, so that what is done first is already comparable.
        let (replication, arm) = (job / count, job % count);
        let report = run(&arms[arm].model, plan.seed.wrapping_add(replication as u64));
        progress();
        Sample::of(&report, &samples.measures)
    };
    samples.done = parallel::map(plan.jobs, count * each, work);
    samples.comparison()
}

/// What is known so far of a comparison that is made run by run: each replication under every arm in turn.
#[derive(Debug, Clone)]
pub struct Samples {
    scenario: String,
    names: Vec<String>,
    seed: u64,
    measures: Vec<&'static Measure>,
    done: Vec<Sample>,
}

impl Samples {
    /// Nothing yet; `seed` is that of the first replication.
    #[must_use]
    pub fn new(arms: &[Arm], seed: u64) -> Self {
        let names = arms.iter().map(|arm| arm.name.clone()).collect();
        let scenario = arms.first().map_or("", |arm| arm.model.name()).to_owned();
        let measures = COMPARED.iter().filter_map(|name| measure::find(name)).collect();
        Self { scenario, names, seed, measures, done: Vec::new() }
    }

    /// Compares on these measures too.
    fn also(mut self, measures: &[&'static Measure]) -> Self {
        for measure in measures {
            if !self.measures.iter().any(|known| known.name == measure.name) {
                self.measures.push(measure);
            }
        }
        self
    }

    /// The next run to make: the place of its arm, and its seed.
    #[must_use]
    pub fn next(&self) -> (usize, u64) {
        let count = self.names.len().max(1);
        (self.done.len() % count, self.seed.wrapping_add((self.done.len() / count) as u64))
    }

    /// Takes over the run that [`Self::next`] asked for.
    pub fn add(&mut self, report: &Report) {
        self.done.push(Sample::of(report, &self.measures));
    }

    /// Replications that every arm has made.
    #[must_use]
    pub fn replications(&self) -> usize {
        self.done.len() / self.names.len().max(1)
    }

    /// What the whole replications so far come to.
    #[must_use]
    pub fn comparison(&self) -> Comparison {
        let (count, each) = (self.names.len(), self.replications());
        let of_arm = |arm: usize| {
            self.done.iter().skip(arm).step_by(count.max(1)).take(each).cloned().collect::<Vec<_>>()
        };
        let by_arm: Vec<Vec<Sample>> = (0..count).map(of_arm).collect();
        let mut differences = Vec::new();
        for (i, measure) in self.measures.iter().enumerate() {
            for a in 0..count {
                for b in a + 1..count {
                    let pairs = pairs(&by_arm[a], &by_arm[b], i);
                    differences.extend(difference(measure, &self.names[a], &self.names[b], &pairs));
                }
            }
        }
        let reports: Vec<ArmReport> =
            self.names.iter().zip(&by_arm).map(|(name, of)| arm_report(name, of, &self.measures)).collect();
        Comparison {
            version: env!("CARGO_PKG_VERSION"),
            scenario: serde_json::json!({ "name": self.scenario }),
            seed: self.seed,
            replications: each as u32,
            confidence: crate::report::CONFIDENCE,
            headline: words::headline(&reports, &differences),
            warnings: cautions(&reports, each),
            algorithms: reports,
            differences,
        }
    }
}

/// One seed only, and the widest interval of a p99.
fn cautions(arms: &[ArmReport], each: usize) -> Vec<Warning> {
    let p99 = |arm: &ArmReport| {
        let estimate =
            arm.estimates.iter().find(|(name, _)| *name == "p99").map(|(_, estimate)| *estimate)?;
        let width = estimate.half_width? / estimate.mean;
        Some((width, wide_interval(&format!("p99 of {}", arm.algorithm), &estimate)?))
    };
    let widest = arms.iter().filter_map(p99).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, warning)| warning);
    (each == 1).then(one_seed).into_iter().chain(widest).collect()
}

fn arm_report(name: &str, samples: &[Sample], measures: &[&'static Measure]) -> ArmReport {
    let estimate = |(i, measure): (usize, &&'static Measure)| {
        let values: Vec<f64> = samples.iter().filter_map(|sample| sample.values[i]).collect();
        Some((measure.name, Estimate::of(&values)?))
    };
    ArmReport {
        algorithm: name.to_owned(),
        estimates: measures.iter().enumerate().filter_map(estimate).collect(),
        digests: samples.iter().map(|sample| sample.digest.clone()).collect(),
    }
}

/// Replications in which both have a value.
fn pairs(a: &[Sample], b: &[Sample], measure: usize) -> Vec<(f64, f64)> {
    a.iter().zip(b).filter_map(|(a, b)| Some((a.values[measure]?, b.values[measure]?))).collect()
}

fn difference(measure: &Measure, a: &str, b: &str, pairs: &[(f64, f64)]) -> Option<Difference> {
    let differences: Vec<f64> = pairs.iter().map(|(a, b)| a - b).collect();
    let estimate = Estimate::of(&differences)?;
    let by_ratio = matches!(measure.kind, Kind::Millis | Kind::PerSecond)
        && pairs.iter().all(|&(a, b)| a > 0.0 && b > 0.0);
    let ratio = by_ratio.then(|| ratio(pairs)).flatten();
    let verdict = match (estimate.half_width, ratio) {
        (None, _) => Verdict::Unknown,
        (_, Some(r)) if r.low <= 1.0 && r.high >= 1.0 => Verdict::No,
        (_, Some(r)) if (r.mean - 1.0).abs() < 0.01 => Verdict::Tiny,
        (_, Some(_)) => Verdict::Yes,
        (Some(half), None) if estimate.mean.abs() <= half => Verdict::No,
        (_, None) if is_tiny(measure.kind, estimate.mean, pairs) => Verdict::Tiny,
        _ => Verdict::Yes,
    };
    let mut found = Difference {
        measure: measure.name,
        a: a.to_owned(),
        b: b.to_owned(),
        ratio,
        difference: estimate,
        verdict,
        text: String::new(),
    };
    found.text = words::sentence(measure, &found);
    Some(found)
}

/// A difference below 1 % of the values, or below a tenth of a point where they are shares.
fn is_tiny(kind: Kind, difference: f64, pairs: &[(f64, f64)]) -> bool {
    let size = pairs.iter().map(|(a, b)| a.abs() + b.abs()).sum::<f64>() / (2 * pairs.len()) as f64;
    difference.abs() < if kind == Kind::Share { 0.001 } else { 0.01 * size }
}

fn ratio(pairs: &[(f64, f64)]) -> Option<Ratio> {
    let logs: Vec<f64> = pairs.iter().map(|(a, b)| libm::log(a / b)).collect();
    let estimate = Estimate::of(&logs)?;
    let (low, high) = estimate.interval();
    Some(Ratio { mean: libm::exp(estimate.mean), low: libm::exp(low), high: libm::exp(high) })
}

#[cfg(test)]
mod tests;
