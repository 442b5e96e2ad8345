//! The standard normal distribution, for the families built on it. Sampled by Marsaglia's polar method
//! (1964) without keeping the second value, so that a sampler has no state of its own.

use crate::rng::Stream;

/// A draw with mean 0 and variance 1.
pub(super) fn standard(stream: &mut Stream) -> f64 {
    loop {
        let (u, v) = (2.0 * stream.unit() - 1.0, 2.0 * stream.unit() - 1.0);
        let s = u * u + v * v;
        if s < 1.0 && s > 0.0 {
            return u * libm::sqrt(-2.0 * libm::log(s) / s);
        }
    }
}

/// Φ(x), by the complementary error function.
pub(super) fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}
