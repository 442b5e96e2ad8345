//! Weibull: P(X > x) = e^(−(x/s)^k), with scale s = mean / Γ(1 + 1/k). By inversion of an exponential draw.

use super::exponential;
use crate::rng::Stream;

fn mean_of_unit_scale(shape: f64) -> f64 {
    libm::exp(libm::lgamma(1.0 + 1.0 / shape))
}

/// A draw with mean 1.
pub(super) fn standard(shape: f64, stream: &mut Stream) -> f64 {
    libm::pow(exponential::standard(stream), 1.0 / shape) / mean_of_unit_scale(shape)
}

pub(super) fn cdf(x: f64, shape: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { -libm::expm1(-libm::pow(x * mean_of_unit_scale(shape), shape)) }
}

/// Γ(1 + 2/k) / Γ(1 + 1/k)² − 1.
pub(super) fn scv(shape: f64) -> f64 {
    libm::exp(libm::lgamma(1.0 + 2.0 / shape) - 2.0 * libm::lgamma(1.0 + 1.0 / shape)) - 1.0
}
