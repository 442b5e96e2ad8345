//! Uniform between a and b.

use crate::rng::Stream;
use crate::units::SimDuration;

#[inline]
pub(super) fn sample(low: SimDuration, high: SimDuration, stream: &mut Stream) -> SimDuration {
    SimDuration(low.0 + ((high.0 - low.0) as f64 * stream.unit() + 0.5) as u64)
}

pub(super) fn scv(low: f64, high: f64) -> f64 {
    let sum = low + high;
    if sum == 0.0 { 0.0 } else { (high - low) * (high - low) / (3.0 * sum * sum) }
}

pub(super) fn cdf(x: f64, low: f64, high: f64) -> f64 {
    if x >= high { 1.0 } else { ((x - low) / (high - low)).max(0.0) }
}
