//! Hyperexponential of two phases with balanced means: with probability p exponential of mean 1/(2p), else of
//! mean 1/(2(1−p)), where p = (1 + √((scv − 1)/(scv + 1))) / 2. For scv ≥ 1.

use super::exponential;
use crate::rng::Stream;

fn weight(scv: f64) -> f64 {
    0.5 * (1.0 + libm::sqrt((scv - 1.0) / (scv + 1.0)))
}

/// A draw with mean 1.
pub(super) fn standard(scv: f64, stream: &mut Stream) -> f64 {
    let p = weight(scv);
    let share = if stream.unit() < p { p } else { 1.0 - p };
    exponential::standard(stream) / (2.0 * share)
}

pub(super) fn cdf(x: f64, scv: f64) -> f64 {
    let p = weight(scv);
    p * exponential::cdf(x, 1.0 / (2.0 * p)) + (1.0 - p) * exponential::cdf(x, 1.0 / (2.0 * (1.0 - p)))
}
