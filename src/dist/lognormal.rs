//! Lognormal: e^N with N normal of variance σ² = ln(1 + scv) and mean ln m − σ²/2.

use super::normal;
use crate::rng::Stream;

/// A draw with mean 1.
#[inline]
pub(super) fn standard(scv: f64, stream: &mut Stream) -> f64 {
    let variance = libm::log1p(scv);
    libm::exp(libm::sqrt(variance) * normal::standard(stream) - variance / 2.0)
}

pub(super) fn cdf(x: f64, mean: f64, scv: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let variance = libm::log1p(scv);
    normal::cdf((libm::log(x / mean) + variance / 2.0) / libm::sqrt(variance))
}
