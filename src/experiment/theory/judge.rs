//! Replications until the intervals are narrow, and the verdict.

use std::collections::BTreeMap;

use super::world::{World, world};
use super::{Measured, TheoryCase, TheoryPlan, TheoryResult, narrow, quantile};
use crate::experiment::parallel;
use crate::experiment::theory::watch::{Seen, replicate};
use crate::report::t_quantile;
use crate::rng::split_mix;
use crate::scenario::{Model, Scenario};

/// Replications before anything is judged: enough for Student's t far out in its tails.
const FIRST: usize = 32;
/// The intervals are brought to this part of what is allowed, so that the last few replications don't decide.
const AIM: f64 = 0.96;
/// Whole nanoseconds and means of millions of terms: what the arithmetic itself may be off by.
const ROUNDING: f64 = 1e-6;

/// Runs a case and judges it.
pub(super) fn judge(case: &TheoryCase, plan: &TheoryPlan, confidence: f64) -> TheoryResult {
    let mut result = TheoryResult {
        name: case.name.clone(),
        kind: case.kind.clone(),
        exact: case.exact.clone(),
        measured: BTreeMap::new(),
        passed: false,
        note: String::new(),
        confidence,
        replications: 0,
        requests: 0,
        system: case.system.clone(),
        source: case.source.clone(),
    };
    match run(case, plan, confidence, &mut result) {
        Ok(()) => verdict(&mut result),
        Err(note) => result.note = note,
    }
    result
}

fn run(
    case: &TheoryCase,
    plan: &TheoryPlan,
    confidence: f64,
    result: &mut TheoryResult,
) -> Result<(), String> {
    let world = world(case)?;
    let model = Scenario::from_toml_str(&world.text)
        .and_then(|scenario| scenario.validate())
        .map_err(|invalid| format!("makes no scenario: {invalid}"))?;
    result.note.clone_from(&world.note);
    let seed = case.name.bytes().fold(plan.seed, |seed, byte| split_mix(seed ^ u64::from(byte)));
    let mut values: Vec<Vec<f64>> = vec![Vec::new(); case.exact.len()];
    let mut wanted = world.first.unwrap_or(FIRST);
    loop {
        let done = result.replications as usize;
        for row in replications(case, &model, &world, seed, done..wanted, plan.jobs)? {
            result.requests += row.1;
            result.replications += 1;
            values.iter_mut().zip(row.0).for_each(|(values, value)| values.push(value));
        }
        let mut most: f64 = 0.0;
        for (name, values) in case.exact.keys().zip(&values) {
            let measured = estimate(values, confidence);
            let allowed = narrow(name) * measured.mean.abs() * AIM;
            most = most.max(if measured.half_width > 0.0 { measured.half_width / allowed } else { 0.0 });
            result.measured.insert(name.clone(), measured);
        }
        let n = result.replications as usize;
        let each = (result.requests / n as u64).max(1);
        let affordable = n + (plan.budget.saturating_sub(result.requests) / each) as usize;
        // The variance is itself an estimate: four times as many at once at most, and a few more than it says.
        let needed = (n as f64 * (most * most).min(4.0) * 1.03) as usize + 1;
        if most <= 1.0 || affordable <= n {
            return Ok(());
        }
        wanted = needed.max(n + 4).min(affordable);
    }
}

type Row = (Vec<f64>, u64);

/// Replications `range`: a value for each quantity, and the requests that it took.
fn replications(
    case: &TheoryCase,
    model: &Model,
    world: &World,
    seed: u64,
    range: std::ops::Range<usize>,
    jobs: usize,
) -> Result<Vec<Row>, String> {
    let wants = |what: &str| case.exact.keys().any(|name| quantile(name).is_some_and(|(of, _)| of == what));
    let quantiles = (wants("sojourn"), wants("wait"));
    let one = |i: usize| {
        let seed = split_mix(seed.wrapping_add((range.start + i) as u64));
        let seen: Seen =
            replicate(model, seed, world, quantiles).ok_or("more requests pile up than fit in memory")?;
        let value = |name: &String| {
            seen.quantity(name, world.unit)
                .ok_or_else(|| format!("exact.{name} is not known or was not measured"))
        };
        Ok((case.exact.keys().map(value).collect::<Result<Vec<f64>, String>>()?, seen.offered))
    };
    parallel::map(jobs, range.len(), one).into_iter().collect()
}

fn estimate(values: &[f64], confidence: f64) -> Measured {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    let error = libm::sqrt(squares / (n - 1.0) / n);
    Measured { mean, half_width: t_quantile(0.5 + confidence / 2.0, values.len() as u32 - 1) * error }
}

/// Whether each exact value is inside and each interval narrow; what is not is noted.
fn verdict(result: &mut TheoryResult) {
    let mut short = Vec::new();
    for (name, measured) in &result.measured {
        let exact = result.exact.get(name).copied().unwrap_or(f64::NAN);
        let off = (measured.mean - exact).abs();
        let inside = off <= measured.half_width + ROUNDING * exact.abs();
        if !inside {
            let half = measured.half_width;
            short.push(format!("{name} is {} ± {half}, exactly {exact}", measured.mean));
        }
        if measured.half_width > narrow(name) * measured.mean.abs() + ROUNDING * exact.abs() {
            let percent = measured.half_width / measured.mean.abs() * 100.0;
            short.push(format!("{name} is only known to {percent:.1} %"));
        }
    }
    result.passed = short.is_empty() && !result.measured.is_empty();
    if !short.is_empty() {
        result.note = short.join("; ");
    }
}
