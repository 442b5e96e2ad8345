//! Unweighted observations: count, mean, variance, extremes.

/// A tally by Welford's method (1962), which loses no precision on long runs; mergeable (Chan et al. 1979).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tally {
    count: u64,
    mean: f64,
    squares: f64,
    max: f64,
}

impl Tally {
    /// Takes one observation.
    #[inline]
    pub fn record(&mut self, value: f64) {
        self.count += 1;
        let delta = value - self.mean;
        self.mean += delta / self.count as f64;
        self.squares += delta * (value - self.mean);
        self.max = if self.count == 1 { value } else { self.max.max(value) };
    }

    /// Adds another tally's observations.
    pub fn merge(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        let (n, m) = (self.count as f64, other.count as f64);
        let delta = other.mean - self.mean;
        self.max = if self.count == 0 { other.max } else { self.max.max(other.max) };
        self.mean += delta * m / (n + m);
        self.squares += other.squares + delta * delta * n * m / (n + m);
        self.count += other.count;
    }

    /// How many observations.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; 0 when there are none.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Their sample variance; 0 for fewer than two.
    #[must_use]
    pub fn variance(&self) -> f64 {
        if self.count < 2 { 0.0 } else { self.squares / (self.count - 1) as f64 }
    }

    /// The largest; 0 when there are none.
    #[must_use]
    pub const fn max(&self) -> f64 {
        self.max
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2, 4, 9: mean 5, squares 9 + 1 + 16 = 26, variance 26 / 2 = 13.
    #[test]
    fn merging_is_the_same_as_recording() {
        let (mut all, mut left, mut right) = (Tally::default(), Tally::default(), Tally::default());
        [2.0, 4.0, 9.0].iter().for_each(|&x| all.record(x));
        left.record(2.0);
        [4.0, 9.0].iter().for_each(|&x| right.record(x));
        left.merge(&right);
        assert_eq!((all.mean(), all.variance(), all.max()), (5.0, 13.0, 9.0));
        assert!((left.mean() - 5.0).abs() < 1e-12 && (left.variance() - 13.0).abs() < 1e-12);
    }
}
