//! How far numbers can be trusted: has the run settled, how wide is an interval, who waits for whom.

use super::estimate::Estimate;
use super::number::{count, share};
use super::warning::words::say;
use super::warning::{Facts, Warning};
use crate::lang::Said;
use crate::observe::Point;
use crate::scenario::{Model, SourceKind};

/// What is known worse than this, as a part of itself, is worth a word.
const WIDE: f64 = 0.1;
/// What the start may move a mean by, as a part of it.
const MOVED: f64 = 0.05;

/// Where a series has settled: the number of values to leave out at the start, by MSER-5. Of batches of five values it
/// leaves out so many that the standard error of the mean of the rest is least. Nothing when that is more than half of
/// them: such a series has not settled.
///
/// White, An effective truncation heuristic for bias reduction in simulation output, 1997; Franklin and White, 2008.
#[must_use]
pub fn mser5(values: &[f64]) -> Option<usize> {
    const BATCH: usize = 5;
    let batches: Vec<f64> = values.chunks_exact(BATCH).map(|five| five.iter().sum::<f64>() / 5.0).collect();
    let n = batches.len();
    let (mut sum, mut squares, mut best, mut least) = (0.0, 0.0, 0, f64::INFINITY);
    // From the end: the sums of the rest grow by one batch at a time.
    for start in (0..n).rev() {
        let rest = (n - start) as f64;
        sum += batches[start];
        squares += batches[start] * batches[start];
        let error = (squares - sum * sum / rest).max(0.0) / (rest * rest);
        // The last few batches look calm by chance.
        if n - start >= 5 && error <= least {
            (best, least) = (start, error);
        }
    }
    (n >= 10 && best <= n / 2).then_some(best * BATCH)
}

/// Whether nothing in the scenario changes with time: then a run has a steady state to settle in.
fn steady(model: &Model) -> bool {
    let constant = |kind| matches!(kind, SourceKind::Poisson | SourceKind::Even | SourceKind::Users);
    model.plan().is_empty() && model.sources().iter().all(|s| constant(s.kind) && s.profile.is_empty())
}

/// What to mind about a single run, besides what [`super::warnings`] finds in its numbers.
pub(super) fn of_run(facts: &Facts<'_>, model: &Model) -> Vec<Warning> {
    let mut found: Vec<Warning> = omission(facts, model).into_iter().collect();
    if steady(model) && facts.offered > 0 {
        // What has not settled has no mean to be known.
        found.extend(warmup(facts).map_or_else(|| width(facts), Some));
    }
    found
}

/// Requests in flight at the ends of windows.
fn in_flight<'a>(points: impl IntoIterator<Item = &'a Point>) -> Vec<f64> {
    points.into_iter().map(|point| f64::from(point.in_flight)).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Whether the two halves differ by more than chance: by more than four standard errors, from means of five values.
/// Where little happens, batches of a settled series look calm by chance, and [`mser5`] finds nothing.
fn moved(values: &[f64]) -> bool {
    let batches: Vec<f64> = values.chunks_exact(5).map(mean).collect();
    let halves = batches.split_at(batches.len() / 2);
    let known = |half: &[f64]| {
        let (mean, n) = (mean(half), half.len() as f64);
        (mean, half.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0) / n)
    };
    let ((first, a), (second, b)) = (known(halves.0), known(halves.1));
    batches.len() >= 10 && (first - second).abs() > 4.0 * libm::sqrt(a + b)
}

/// The start shows in the measured time.
fn warmup(facts: &Facts<'_>) -> Option<Warning> {
    let points = facts.points;
    let Some(settled) = mser5(&in_flight(points)) else {
        let remedy = "Lengthen it with --duration; if they only grow, the replicas are too few";
        let warning = || Warning::new("not_settled", say::not_settled(), say::not_settled_do()).flag(remedy);
        return moved(&in_flight(points)).then(warning);
    };
    let at = points.get(settled).map_or(0.0, |point| point.at_s);
    let measured: Vec<f64> = in_flight(points.iter().filter(|point| point.at_s > facts.warmup_s));
    let (all, calm) = (mean(&measured), mean(&in_flight(&points[settled..])));
    if at <= facts.warmup_s || (all - calm).abs() <= MOVED * calm {
        return None;
    }
    let (text, needed) = (say::warmup(at, (all - calm).abs() / calm), format!("{} s", at.ceil()));
    let warning = Warning::new("warmup_too_short", text, say::warmup_do(at.ceil() as u64));
    Some(warning.flag(format!("--set run.warmup=\"{needed}\" leaves it out")).set("run.warmup", needed))
}

/// The interval that this run alone gives: 20 batch means of the requests in flight, which by Little's law are the mean
/// response time times the rate (Schmeiser, Batch size effects in the analysis of simulation output, 1982).
fn width(facts: &Facts<'_>) -> Option<Warning> {
    let values = in_flight(facts.points.iter().filter(|point| point.at_s > facts.warmup_s));
    let batch = values.len() / 20;
    let means: Vec<f64> = values.chunks_exact(batch.max(1)).take(20).map(mean).collect();
    // With fewer requests it is the quantiles' caution that matters.
    let estimate = Estimate::of(&means).filter(|_| batch >= 5 && facts.times.count >= 1_000)?;
    let (half, mean) = (estimate.half_width?, estimate.mean);
    if mean < 0.1 || half <= WIDE * mean {
        return None;
    }
    let ratio = half / mean / WIDE;
    let longer = (facts.warmup_s + facts.measured_s() * ratio * ratio).ceil();
    let warning = Warning::new("wide_interval", say::width(half / mean), say::width_do(longer as u64));
    let flag =
        format!("--duration {longer}s would bring ± 10 %, or several seeds: doorbuster sweep, compare");
    Some(warning.flag(flag).set("run.duration", format!("{longer} s")))
}

/// Closed clients measure a stall once.
fn omission(facts: &Facts<'_>, model: &Model) -> Option<Warning> {
    let closed = model.sources().iter().all(|source| source.kind == SourceKind::Users);
    let (p50, longest) = (facts.times.p50?, facts.times.max?);
    if !closed || longest < 10.0 * p50 {
        return None;
    }
    let rate = facts.throughput_per_s.ceil() as u64;
    Some(Warning::new("coordinated_omission", say::stall(longest), say::stall_do(rate)))
}

/// The caution that one seed is one draw of chance.
#[must_use]
pub fn one_seed() -> Warning {
    let warning = Warning::new("one_seed", say::one_seed(), say::one_seed_do());
    warning.flag("Ask for several with --replications 10")
}

/// A caution when an estimate is known worse than to ± 10 %, with the replications that would do.
#[must_use]
pub fn wide_interval(what: &str, estimate: &Estimate) -> Option<Warning> {
    let (half, mean) = (estimate.half_width?, estimate.mean.abs());
    if mean <= 0.0 || half <= WIDE * mean {
        return None;
    }
    let ratio = half / mean / WIDE;
    let needed = (f64::from(estimate.replications) * ratio * ratio).ceil().max(3.0);
    let text = format!(
        "{what} is only known to ± {} from {}.",
        share(half / mean),
        count(u64::from(estimate.replications), "replication")
    );
    let remedy = format!("--replications {needed} would bring about ± 10 %");
    Some(Warning::new("wide_interval", Said::plain(text), Said::plain(remedy)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100 values that fall from 20 to 0 in 20 steps and then alternate 0, 1: the fall is left out, to the batch.
    #[test]
    fn a_start_is_found() {
        let calm = |i: usize| (i % 2) as f64;
        let falling: Vec<f64> = (0..100).map(|i| if i < 20 { 20.0 - i as f64 } else { calm(i) }).collect();
        assert_eq!(mser5(&falling), Some(20));
        assert_eq!(mser5(&(0..100).map(calm).collect::<Vec<_>>()), Some(0));
        let growing: Vec<f64> = (0..100).map(|i| f64::from(i * i)).collect();
        assert_eq!(mser5(&growing), None);
        assert_eq!(mser5(&[1.0; 20]), None);
    }

    /// Batches of 1, 0, 1, 0 …, six in each half: their means are equal. What repeats over and over has not moved
    /// either, until a slope is added that moves the second half by fifty.
    #[test]
    fn calm_by_chance_is_no_change() {
        let turns: Vec<f64> = (0..60).map(|i| f64::from(u8::from(i % 10 < 5))).collect();
        assert!(!moved(&turns) && !moved(&turns[..45]), "alike halves, and too few values");
        let level = |i: u32| f64::from((i * 7919) % 13);
        assert!(!moved(&(0..100).map(level).collect::<Vec<_>>()));
        assert!(moved(&(0..100).map(|i| level(i) + f64::from(i)).collect::<Vec<_>>()));
    }

    /// ± 3 of 10 with 5 replications is three times too wide: nine times as many.
    #[test]
    fn how_many_replications_would_do() {
        let estimate = Estimate { mean: 10.0, half_width: Some(3.0), confidence: 0.95, replications: 5 };
        let warning = wide_interval("p99", &estimate).unwrap();
        assert!(
            warning.remedy.to_string().starts_with("--replications 45 ")
                && warning.text.to_string().contains("± 30 %"),
            "{warning:?}"
        );
        assert_eq!(wide_interval("p99", &Estimate { half_width: Some(1.0), ..estimate }), None);
        assert_eq!(wide_interval("p99", &Estimate { half_width: None, ..estimate }), None);
    }
}
