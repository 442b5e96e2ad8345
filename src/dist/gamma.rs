//! Gamma: density x^(k−1) e^(−x/θ) / (Γ(k) θ^k) with shape k = 1/scv. Erlang is gamma with a whole k.

use super::{exponential, normal};
use crate::rng::Stream;

/// A draw with mean 1 and shape k: Marsaglia and Tsang (2000), with their boost below 1.
pub(super) fn standard(shape: f64, stream: &mut Stream) -> f64 {
    if shape < 1.0 {
        let boost = libm::pow(1.0 - stream.unit(), 1.0 / shape);
        return unscaled(shape + 1.0, stream) * boost / shape;
    }
    unscaled(shape, stream) / shape
}

fn unscaled(shape: f64, stream: &mut Stream) -> f64 {
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / libm::sqrt(9.0 * d);
    loop {
        let x = normal::standard(stream);
        let v = 1.0 + c * x;
        if v <= 0.0 {
            continue;
        }
        let v = v * v * v;
        if exponential::standard(stream) > d * v - d - d * libm::log(v) - x * x / 2.0 {
            return d * v;
        }
    }
}

/// The regularized incomplete gamma function P(k, x·k) for mean 1, by its series, or below by its continued
/// fraction (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31).
pub(super) fn cdf(x: f64, shape: f64) -> f64 {
    let x = x * shape;
    if x <= 0.0 {
        return 0.0;
    }
    let front = libm::exp(shape * libm::log(x) - x - libm::lgamma(shape));
    if x < shape + 1.0 {
        let (mut term, mut sum, mut k) = (1.0 / shape, 1.0 / shape, shape);
        while term > sum * 1e-16 {
            k += 1.0;
            term *= x / k;
            sum += term;
        }
        return front * sum;
    }
    // Lentz's method.
    let mut b = x + 1.0 - shape;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..500 {
        let a = -f64::from(i) * (f64::from(i) - shape);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        h *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    1.0 - front * h
}
