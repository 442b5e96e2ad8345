//! Zipf: number k of n with probability k^−s / Σ j^−s. Which key is asked for, or which row is written.

use std::sync::Arc;

use crate::rng::Stream;

/// So many numbers, or half as many, are in a part on average.
const NUMBERS_A_PART: u32 = 4;

/// Numbers from 0 to n − 1, the first the most popular.
#[derive(Debug, Clone, PartialEq)]
pub struct Zipf {
    count: u32,
    /// The probability of this number or a smaller one; empty when all are alike.
    below: Arc<[f64]>,
    /// [0, 1) in equal parts, a power of two of them: how many numbers are wholly below the beginning of each, and of
    /// what comes after the last. A draw is then looked for among the few numbers of its part.
    parts: Arc<[u32]>,
}

impl Zipf {
    /// `count` numbers, at least 1, with exponent `skew`, at least 0.
    #[must_use]
    pub fn new(count: u32, skew: f64) -> Self {
        if skew == 0.0 {
            return Self { count, below: Arc::new([]), parts: Arc::new([]) };
        }
        let mut below: Vec<f64> = (1..=count).map(|k| libm::pow(f64::from(k), -skew)).collect();
        let all: f64 = below.iter().sum();
        let mut sum = 0.0;
        for weight in &mut below {
            sum += *weight;
            *weight = sum / all;
        }
        let parts = (count / NUMBERS_A_PART).next_power_of_two();
        let wholly =
            |part| below.partition_point(|&below| below <= f64::from(part) / f64::from(parts)) as u32;
        Self { count, parts: (0..=parts).map(wholly).collect(), below: below.into() }
    }

    /// One draw.
    #[must_use]
    pub fn sample(&self, stream: &mut Stream) -> u32 {
        if self.below.is_empty() {
            return stream.below(self.count);
        }
        let draw = stream.unit();
        let part = (draw * (self.parts.len() - 1) as f64) as usize;
        let (first, next) = (self.parts[part], self.parts[part + 1]);
        let few = &self.below[first as usize..next as usize];
        (first + few.partition_point(|&below| below <= draw) as u32).min(self.count - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    /// A draw finds the same number in its part as among all of them.
    #[test]
    fn parts_leave_nobody_out() {
        for (count, skew) in [(1, 1.0), (2, 3.0), (7, 0.5), (1_000, 1.2), (5_000, 8.0), (4_097, 0.1)] {
            let (zipf, mut stream) = (Zipf::new(count, skew), Stream::new(7, Purpose::Steps, 0));
            for _ in 0..5_000 {
                let draw = stream.clone().unit();
                let all = zipf.below.iter().filter(|&&below| below <= draw).count() as u32;
                assert_eq!(zipf.sample(&mut stream), all.min(count - 1), "{count} {skew} {draw}");
            }
        }
    }

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
