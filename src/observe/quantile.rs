//! Quantiles of durations from a histogram with a stated error.

use hdrhistogram::Histogram;

use crate::units::SimDuration;

/// Durations up to three hours, each kept within 0.1 % of its value (HdrHistogram, three significant digits).
/// The mean and the largest value are exact.
#[derive(Debug, Clone)]
pub struct Quantiles {
    histogram: Option<Histogram<u64>>,
    digits: u8,
    sum: u128,
    max: SimDuration,
}

const HIGHEST: u64 = 3 * 3_600_000_000_000;

impl Default for Quantiles {
    fn default() -> Self {
        Self::with_digits(3)
    }
}

impl Quantiles {
    /// With this many significant digits, from 1 to 5: 2 digits take 40 kB, 3 take 300 kB.
    #[must_use]
    pub fn with_digits(digits: u8) -> Self {
        Self {
            histogram: Histogram::new_with_max(HIGHEST, digits.clamp(1, 5)).ok(),
            digits,
            sum: 0,
            max: SimDuration::ZERO,
        }
    }

    /// Takes one duration. Longer than three hours counts as three hours, but for mean and maximum.
    #[inline]
    pub fn record(&mut self, value: SimDuration) {
        if let Some(histogram) = &mut self.histogram {
            histogram.saturating_record(value.0);
        }
        self.sum += u128::from(value.0);
        self.max = self.max.max(value);
    }

    /// How many durations.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.histogram.as_ref().map_or(0, Histogram::len)
    }

    /// The smallest duration that at least a share `q` in [0, 1] does not exceed; zero when there are none.
    #[must_use]
    pub fn quantile(&self, q: f64) -> SimDuration {
        let value = self.histogram.as_ref().map_or(0, |histogram| histogram.value_at_quantile(q));
        SimDuration(value.min(self.max.0))
    }

    /// The exact mean in seconds; 0 when there are none.
    #[must_use]
    pub fn mean(&self) -> f64 {
        if self.count() == 0 { 0.0 } else { self.sum as f64 / self.count() as f64 / 1e9 }
    }

    /// The exact maximum.
    #[must_use]
    pub const fn max(&self) -> SimDuration {
        self.max
    }

    /// Adds another's durations.
    pub fn merge(&mut self, other: &Self) {
        if let (Some(mine), Some(theirs)) = (&mut self.histogram, &other.histogram) {
            // Both have the same bounds, so that nothing can be out of range.
            let _ = mine.add(theirs);
        }
        self.sum += other.sum;
        self.max = self.max.max(other.max);
    }

    /// With what was left out by somebody who waits for each answer before asking again, once every `interval`: a
    /// duration of 3.5 intervals stands for further ones of 2.5, 1.5 and 0.5, which would have begun in the meantime
    /// (HdrHistogram's correction for coordinated omission). A mean within the error of the histogram.
    #[must_use]
    pub fn corrected(&self, interval: SimDuration) -> Self {
        let histogram = self.histogram.as_ref().map(|histogram| histogram.clone_correct(interval.0));
        let sum = histogram.as_ref().map_or(0.0, |histogram| histogram.mean() * histogram.len() as f64);
        Self { histogram, digits: self.digits, sum: sum as u128, max: self.max }
    }

    /// Forgets everything, keeping the memory.
    pub fn clear(&mut self) {
        if let Some(histogram) = &mut self.histogram {
            histogram.reset();
        }
        self.sum = 0;
        self.max = SimDuration::ZERO;
    }

    /// The exact sum of all durations, in nanoseconds.
    #[must_use]
    pub const fn sum(&self) -> u128 {
        self.sum
    }

    /// Value in nanoseconds and count of each class that is not empty; [`Self::of_counts`] makes the same of them.
    #[must_use]
    pub fn counts(&self) -> Vec<(u64, u64)> {
        let classes = self.histogram.iter().flat_map(|histogram| histogram.iter_recorded());
        classes.map(|class| (class.value_iterated_to(), class.count_at_value())).collect()
    }

    /// From the counts of classes, and the sum and the maximum of what was counted.
    #[must_use]
    pub fn of_counts(counts: &[(u64, u64)], sum: u128, max: SimDuration) -> Self {
        let mut made = Self { sum, max, ..Self::default() };
        if let Some(histogram) = &mut made.histogram {
            counts.iter().for_each(|&(value, count)| histogram.saturating_record_n(value, count));
        }
        made
    }

    /// Significant digits kept.
    #[must_use]
    pub const fn digits(&self) -> u8 {
        self.digits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 99 of 10 ms and one of 1 s, asked for every 100 ms: nine more of 900, 800 and so on to 100 ms. Of 109, the 100th
    /// and all after it are 100 ms or more.
    #[test]
    fn what_was_not_asked_counts() {
        let ms = SimDuration::from_millis;
        let mut quantiles = Quantiles::default();
        (0..99).for_each(|_| quantiles.record(ms(10)));
        quantiles.record(ms(1_000));
        let corrected = quantiles.corrected(ms(100));
        assert_eq!((quantiles.count(), corrected.count()), (100, 109));
        let near = |q: f64, expected: f64| (corrected.quantile(q).as_millis() / expected - 1.0).abs() < 0.01;
        assert!(near(98.5 / 109.0, 10.0) && near(99.5 / 109.0, 100.0) && near(107.5 / 109.0, 900.0));
        assert!(((corrected.mean() * 109.0) - (0.99 + 1.0 + 4.5)).abs() < 0.01, "{}", corrected.mean());
        assert_eq!(corrected.max(), ms(1_000));
    }

    #[test]
    fn within_a_tenth_of_a_percent() {
        let mut quantiles = Quantiles::default();
        (1..=100_000).for_each(|i| quantiles.record(SimDuration(i * 1_000)));
        for (q, exact) in [(0.5, 50e6), (0.99, 99e6), (0.999, 99.9e6)] {
            let seen = quantiles.quantile(q).0 as f64;
            assert!((seen / exact - 1.0).abs() < 0.001, "{q}: {seen}");
        }
        assert_eq!(quantiles.max(), SimDuration(100_000_000));
        assert!((quantiles.mean() - 0.0500005).abs() < 1e-12);
    }
}
