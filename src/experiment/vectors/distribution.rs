//! Recordings of random picks: shares, and how often a pick repeats the one before.
//!
//! Two samples are compared: the recorded one, and one of ours that is ten times as large. Chi-square over the
//! members, and the difference of the two shares of repeats in standard errors; each is passed by equal programs
//! in all but 0.1 % of recorded runs.

use super::bench::{Ask, Step};
use super::file::Vector;
use super::product::setup;
use super::{Refusal, Score};
use crate::engine::pool::End;
use crate::units::SimTime;

/// How many times as many draws as recorded.
const LARGER: u32 = 10;

/// Quantiles of chi-square at 99.9 % for 1, 2, … degrees of freedom.
const CHI_SQUARE: [f64; 9] = [10.83, 13.82, 16.27, 18.47, 20.52, 22.46, 24.32, 26.12, 27.88];
/// The same for the absolute value of a standard normal variable.
const NORMAL: f64 = 3.29;

/// A sample: picks by member, and how many picks were those of the request before.
#[derive(Debug, Clone)]
struct Sample {
    counts: Vec<u64>,
    repeats: f64,
}

pub(super) fn replay(vector: &Vector) -> Result<Score, Refusal> {
    let recorded: Vec<Vec<u64>> = vector.get("counts")?;
    let repeats: Vec<f64> = vector.find("repeat_probability")?.unwrap_or_default();
    let ours = draw(vector)?;
    let mut score = Score::default();
    let mut notes = Vec::new();
    for (run, counts) in recorded.into_iter().enumerate() {
        let (chi, freedom) = chi_square(&counts, &ours.counts);
        let limit = CHI_SQUARE.get(freedom.max(1) - 1).copied().unwrap_or(f64::INFINITY);
        score.rows += counts.len() as u64;
        score.matched += if chi < limit { counts.len() as u64 } else { 0 };
        notes.push(format!("run {run}: chi-square {chi:.1}, at most {limit:.1}"));
        if let Some(&share) = repeats.get(run) {
            let z = difference(share, counts.iter().sum(), ours.repeats, ours.counts.iter().sum());
            score.rows += 1;
            score.matched += u64::from(z < NORMAL);
            notes.push(format!("repeats {z:.1} standard errors apart, at most {NORMAL}"));
        }
    }
    score.note = format!("{} (each 0.1 % false alarms)", notes.join("; "));
    Ok(score)
}

fn draw(vector: &Vector) -> Result<Sample, Refusal> {
    let n: u32 = vector.get("n_requests")?;
    if !(2..=10_000_000).contains(&n) {
        return Err(format!("has {n} requests; must be from 2 to 10,000,000"));
    }
    let held: Vec<u32> = vector.find("held_connections")?.unwrap_or_default();
    let mut bench = setup(vector)?.bench(vector, 1)?;
    for (member, &held) in held.iter().enumerate().take(vector.places() as usize) {
        (0..held.min(1_000_000)).for_each(|_| bench.pool.taken(SimTime::ZERO, member as u32));
    }
    let mut counts = vec![0; vector.places() as usize];
    let (mut same, mut last) = (0_u64, None);
    for id in 0..n * LARGER {
        let now = SimTime(u64::from(id) * 1_000_000);
        let Step::Sent(member) = bench.arrive(now, id, Ask::any()) else {
            return Err(format!("request {id} was not sent anywhere"));
        };
        bench.end(now, id, End::Ok);
        counts[member as usize] += 1;
        same += u64::from(last == Some(member));
        last = Some(member);
    }
    Ok(Sample { counts, repeats: same as f64 / f64::from(n * LARGER - 1) })
}

/// Chi-square of two samples, and its degrees of freedom: Σ (√(B/A)·a − √(A/B)·b)² / (a + b).
fn chi_square(a: &[u64], b: &[u64]) -> (f64, usize) {
    let sum = |counts: &[u64]| counts.iter().sum::<u64>() as f64;
    let ratio = libm::sqrt(sum(b) / sum(a));
    let cells = a.iter().zip(b).filter(|(a, b)| *a + *b > 0);
    let terms = cells.clone().map(|(&a, &b)| {
        let off = ratio * a as f64 - b as f64 / ratio;
        off * off / (a + b) as f64
    });
    (terms.sum(), cells.count().saturating_sub(1))
}

/// How many standard errors lie between two shares.
fn difference(p: f64, n: u64, q: f64, m: u64) -> f64 {
    let pooled = (p * n as f64 + q * m as f64) / (n + m) as f64;
    let error = libm::sqrt(pooled * (1.0 - pooled) * (1.0 / n as f64 + 1.0 / m as f64));
    if error == 0.0 { if p == q { 0.0 } else { f64::INFINITY } } else { ((p - q) / error).abs() }
}
