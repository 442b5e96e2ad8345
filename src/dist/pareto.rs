//! Pareto, P(X > x) = (m/x)^a from a smallest value m on, and its bounded form between two values. By inversion.

use crate::rng::Stream;

/// The smallest value for mean 1: (a − 1)/a, for shapes a > 1.
fn least(shape: f64) -> f64 {
    (shape - 1.0) / shape
}

/// A draw with mean 1.
pub(super) fn standard(shape: f64, stream: &mut Stream) -> f64 {
    least(shape) * libm::pow(1.0 - stream.unit(), -1.0 / shape)
}

pub(super) fn cdf(x: f64, shape: f64) -> f64 {
    if x <= least(shape) { 0.0 } else { 1.0 - libm::pow(least(shape) / x, shape) }
}

/// a / ((a − 1)² (a − 2)) · (a−1)²/a … = 1 / (a (a − 2)); infinite for a ≤ 2.
pub(super) fn scv(shape: f64) -> f64 {
    if shape > 2.0 { 1.0 / (shape * (shape - 2.0)) } else { f64::INFINITY }
}

/// A draw between `low` and `high`: x = low · (1 − u (1 − (low/high)^a))^(−1/a).
pub(super) fn bounded(low: f64, high: f64, shape: f64, stream: &mut Stream) -> f64 {
    let cut = 1.0 - libm::pow(low / high, shape);
    (low * libm::pow(1.0 - stream.unit() * cut, -1.0 / shape)).min(high)
}

pub(super) fn bounded_cdf(x: f64, low: f64, high: f64, shape: f64) -> f64 {
    if x <= low {
        return 0.0;
    }
    ((1.0 - libm::pow(low / x, shape)) / (1.0 - libm::pow(low / high, shape))).min(1.0)
}

/// The k-th moment, k = 1 or 2: ∫ x^k a low^a x^(−a−1) dx / (1 − (low/high)^a).
pub(super) fn bounded_moment(low: f64, high: f64, shape: f64, k: f64) -> f64 {
    let norm = shape * libm::pow(low, shape) / (1.0 - libm::pow(low / high, shape));
    let power = k - shape;
    if power.abs() < 1e-12 {
        norm * libm::log(high / low)
    } else {
        norm * (libm::pow(high, power) - libm::pow(low, power)) / power
    }
}
