//! Means over independent replications, each with its interval (Student's t).

use serde::Serialize;

/// A mean and how far off it may be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// Mean over the replications.
    pub mean: f64,
    /// Half the width of the interval; nothing with fewer than two replications.
    pub half_width: Option<f64>,
    /// How often such an interval holds the true mean: 0.95.
    pub confidence: f64,
    /// Replications that had a value.
    pub replications: u32,
}

/// How often an interval holds the true mean.
pub const CONFIDENCE: f64 = 0.95;

impl Estimate {
    /// From one value for each replication: x̄ ± t(0.975, n − 1) s / √n. Nothing without values.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        let n = values.len();
        if n == 0 {
            return None;
        }
        let mean = values.iter().sum::<f64>() / n as f64;
        let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        let half_width = (n > 1).then(|| {
            let variance = squares / (n - 1) as f64;
            t_quantile(0.5 + CONFIDENCE / 2.0, (n - 1) as u32) * libm::sqrt(variance / n as f64)
        });
        Some(Self { mean, half_width, confidence: CONFIDENCE, replications: n as u32 })
    }

    /// Lower and upper end of the interval; the mean itself where there is no interval.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        let half = self.half_width.unwrap_or(0.0);
        (self.mean - half, self.mean + half)
    }
}

/// The `p` quantile, 0.5 ≤ p < 1, of Student's t with `df` ≥ 1 degrees of freedom, by bisection of its
/// distribution function.
#[must_use]
pub fn t_quantile(p: f64, df: u32) -> f64 {
    let (mut low, mut high) = (0.0, 2.0);
    while t_cdf(high, df) < p && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if t_cdf(middle, df) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// P(T ≤ t) for t ≥ 0: with θ = atan(t / √df), a finite sum for every whole df (Abramowitz and Stegun
/// 26.7.3-4).
fn t_cdf(t: f64, df: u32) -> f64 {
    use std::f64::consts::FRAC_2_PI;
    let theta = libm::atan2(t, libm::sqrt(f64::from(df)));
    let (sine, cosine) = (libm::sin(theta), libm::cos(theta));
    let odd = df % 2 == 1;
    // Odd: cos θ + 2/3 cos³ θ + …; even: 1 + 1/2 cos² θ + 1·3/(2·4) cos⁴ θ + …
    let mut term = if odd { cosine } else { 1.0 };
    let mut sum = if df == 1 { 0.0 } else { term };
    let mut k = if odd { 3 } else { 2 };
    while k < df {
        term *= cosine * cosine * f64::from(k - 1) / f64::from(k);
        sum += term;
        k += 2;
    }
    let inside = if odd { FRAC_2_PI * (theta + sine * sum) } else { sine * sum };
    0.5 + inside / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against printed tables (three decimals).
    #[test]
    fn quantiles_of_t() {
        for (p, df, table) in [
            (0.975, 1, 12.706),
            (0.975, 2, 4.303),
            (0.975, 3, 3.182),
            (0.975, 4, 2.776),
            (0.975, 9, 2.262),
            (0.975, 10, 2.228),
            (0.975, 29, 2.045),
            (0.95, 5, 2.015),
            (0.995, 7, 3.499),
            (0.975, 1_000, 1.962),
        ] {
            assert!((t_quantile(p, df) - table).abs() < 5.1e-4, "{p} {df}: {}", t_quantile(p, df));
        }
    }

    /// 1, 2, 6: mean 3, s² = (4 + 1 + 9) / 2 = 7, half-width 4.303 · √(7/3) = 6.573.
    #[test]
    fn an_interval_by_hand() {
        let estimate = Estimate::of(&[1.0, 2.0, 6.0]).unwrap();
        assert_eq!((estimate.mean, estimate.replications), (3.0, 3));
        assert!((estimate.half_width.unwrap() - 6.5726).abs() < 1e-3);
        assert_eq!(Estimate::of(&[5.0]).unwrap().half_width, None);
        assert_eq!(Estimate::of(&[]), None);
    }
}
