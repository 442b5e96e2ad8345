//! Zipf: number k of n with probability k^−s / Σ j^−s. Which key is asked for, or which row is written.

use std::sync::Arc;

use crate::rng::Stream;

/// Numbers from 0 to n − 1, the first the most popular.
#[derive(Debug, Clone, PartialEq)]
pub struct Zipf {
    count: u32,
    /// The probability of this number or a smaller one; empty when all are alike.
    below: Arc<[f64]>,
}

impl Zipf {
    /// `count` numbers, at least 1, with exponent `skew`, at least 0.
    #[must_use]
    pub fn new(count: u32, skew: f64) -> Self {
        if skew == 0.0 {
            return Self { count, below: Arc::new([]) };
        }
        let mut below: Vec<f64> = (1..=count).map(|k| libm::pow(f64::from(k), -skew)).collect();
        let all: f64 = below.iter().sum();
        let mut sum = 0.0;
        for weight in &mut below {
            sum += *weight;
            *weight = sum / all;
        }
        Self { count, below: below.into() }
    }

    /// One draw.
    #[must_use]
    pub fn sample(&self, stream: &mut Stream) -> u32 {
        if self.below.is_empty() {
            return stream.below(self.count);
        }
        let draw = stream.unit();
        (self.below.partition_point(|&below| below <= draw) as u32).min(self.count - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    /// Exponent 1, four numbers: 1 + 1/2 + 1/3 + 1/4 = 25/12, so 12/25, 6/25, 4/25, 3/25. 100,000 draws: the standard
    /// error is at most 0.0016.
    #[test]
    fn shares_follow_the_rank() {
        let (zipf, mut stream) = (Zipf::new(4, 1.0), Stream::new(7, Purpose::Steps, 0));
        let mut seen = [0_u32; 4];
        (0..100_000).for_each(|_| seen[zipf.sample(&mut stream) as usize] += 1);
        for (n, share) in seen.iter().zip([0.48, 0.24, 0.16, 0.12]) {
            assert!((f64::from(*n) / 1e5 - share).abs() < 0.008, "{seen:?}");
        }
        let even = Zipf::new(4, 0.0);
        let mut seen = [0_u32; 4];
        (0..100_000).for_each(|_| seen[even.sample(&mut stream) as usize] += 1);
        assert!(seen.iter().all(|n| n.abs_diff(25_000) < 800), "{seen:?}");
    }
}
