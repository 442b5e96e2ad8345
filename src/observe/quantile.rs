//! Quantiles of durations from a histogram with a stated error.
//!
//! The classes are those of HdrHistogram (Gil Tene): in whole nanoseconds up to 2^(m + 1), and then 2^m of them between
//! one power of two and the next, so that the leading bits of a value are the number of its class. Taking a value is a
//! shift and an addition.

use crate::units::SimDuration;

/// Durations up to almost five hours, each kept within 0.1 % of its value (three significant digits). The mean and the
/// largest value are exact.
#[derive(Debug, Clone)]
pub struct Quantiles {
    /// By class, up to the largest that was needed.
    counts: Counts,
    count: u64,
    digits: u8,
    /// Bits of a value after the first that tell its class.
    bits: u32,
    sum: u128,
    max: SimDuration,
}

/// How many there are of each class. Nearly all counts fit into 32 bits, and so twice as many of them into the
/// processor's first cache.
#[derive(Debug, Clone, Default)]
struct Counts {
    low: Vec<u32>,
    /// What is beyond 2³², as far as there is anything.
    high: Vec<u32>,
}

impl Counts {
    #[inline]
    fn len(&self) -> usize {
        self.low.len()
    }

    /// Makes room for so many classes.
    fn reach(&mut self, classes: usize) {
        self.low.resize(classes.max(self.low.len()), 0);
    }

    #[inline(always)]
    fn add(&mut self, class: usize, count: u64) {
        let (sum, over) = self.low[class].overflowing_add(count as u32);
        self.low[class] = sum;
        let high = (count >> 32) as u32 + u32::from(over);
        if high > 0 {
            self.carry(class, high);
        }
    }

    #[cold]
    fn carry(&mut self, class: usize, high: u32) {
        self.high.resize(self.low.len(), 0);
        self.high[class] += high;
    }

    /// By class.
    fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        let high = self.high.iter().copied().chain(std::iter::repeat(0));
        self.low.iter().zip(high).map(|(&low, high)| (u64::from(high) << 32) | u64::from(low))
    }

    fn clear(&mut self) {
        self.low.fill(0);
        self.high.clear();
    }
}

/// The longest duration that has a class of its own.
const LONGEST: u64 = (1 << 44) - 1;

impl Default for Quantiles {
    fn default() -> Self {
        Self::with_digits(3)
    }
}

/// The class of a value, of 2^`bits` in each power of two.
#[inline]
const fn class_of(value: u64, bits: u32) -> usize {
    let value = if value < LONGEST { value } else { LONGEST };
    // How many of the lowest bits do not count.
    let shift = (value | (1 << bits)).ilog2() - bits;
    ((shift as u64) << bits) as usize + (value >> shift) as usize
}

/// The least value of a class, and how many values it has.
const fn values_of(class: usize, bits: u32) -> (u64, u64) {
    let shift = ((class >> bits) as u32).saturating_sub(1);
    (((class as u64) - ((shift as u64) << bits)) << shift, 1 << shift)
}

impl Quantiles {
    /// With this many significant digits, from 1 to 5: 2 digits take at most 40 kB, 3 take 300 kB.
    #[must_use]
    pub fn with_digits(digits: u8) -> Self {
        // One in 2^bits is at most one in 10^digits.
        let bits = [0, 4, 7, 10, 14, 17][usize::from(digits.clamp(1, 5))];
        Self { counts: Counts::default(), count: 0, digits, bits, sum: 0, max: SimDuration::ZERO }
    }

    /// Takes one duration. One of more than 4.8 hours counts as 4.8 hours, but for mean and maximum.
    #[inline(always)]
    pub fn record(&mut self, value: SimDuration) {
        self.add(value.0, 1);
        self.sum += u128::from(value.0);
        self.max = self.max.max(value);
    }

    #[inline(always)]
    fn add(&mut self, value: u64, count: u64) {
        let class = class_of(value, self.bits);
        if class >= self.counts.len() {
            self.make_room(class);
        }
        self.counts.add(class, count);
        self.count += count;
    }

    /// Makes room up to the end of the power of two that a class is in.
    #[cold]
    fn make_room(&mut self, class: usize) {
        self.counts.reach((class | ((1 << self.bits) - 1)) + 1);
    }

    /// How many durations.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The smallest duration that at least a share `q` in [0, 1] does not exceed; zero when there are none.
    #[must_use]
    pub fn quantile(&self, q: f64) -> SimDuration {
        let rank = (libm::ceil(q * self.count as f64) as u64).clamp(1, self.count.max(1));
        let mut below = 0;
        let class = self.counts.iter().position(|count| {
            below += count;
            below >= rank
        });
        class.map_or(SimDuration::ZERO, |class| {
            let (least, values) = values_of(class, self.bits);
            let value = if q > 0.0 { least + values - 1 } else { least };
            SimDuration(value.min(self.max.0))
        })
    }

    /// The exact mean in seconds; 0 when there are none.
    #[must_use]
    pub fn mean(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum as f64 / self.count as f64 / 1e9 }
    }

    /// The exact maximum.
    #[must_use]
    pub const fn max(&self) -> SimDuration {
        self.max
    }

    /// Adds another's durations.
    pub fn merge(&mut self, other: &Self) {
        if self.bits == other.bits {
            self.counts.reach(other.counts.len());
            other.counts.iter().enumerate().for_each(|(class, count)| self.counts.add(class, count));
            self.count += other.count;
        } else {
            other.classes().for_each(|(value, count)| self.add(value, count));
        }
        self.sum += other.sum;
        self.max = self.max.max(other.max);
    }

    /// With what was left out by somebody who waits for each answer before asking again, once every `interval`: a
    /// duration of 3.5 intervals stands for further ones of 2.5, 1.5 and 0.5, which would have begun in the meantime
    /// (HdrHistogram's correction for coordinated omission). A mean within the error of the histogram.
    #[must_use]
    pub fn corrected(&self, interval: SimDuration) -> Self {
        let mut all = Self { max: self.max, ..Self::with_digits(self.digits) };
        for (value, count) in self.classes() {
            all.add(value, count);
            let mut left_out = value.checked_sub(interval.0).filter(|_| interval.0 > 0);
            while let Some(value) = left_out.filter(|&value| value >= interval.0) {
                all.add(value, count);
                left_out = Some(value - interval.0);
            }
        }
        // The middle of each class stands for what is in it.
        let middles = all.counts.iter().enumerate().map(|(class, count)| {
            let (least, values) = values_of(class, all.bits);
            u128::from(least + values / 2) * u128::from(count)
        });
        all.sum = middles.sum();
        all
    }

    /// Forgets everything, keeping the memory.
    pub fn clear(&mut self) {
        self.counts.clear();
        (self.count, self.sum, self.max) = (0, 0, SimDuration::ZERO);
    }

    /// The exact sum of all durations, in nanoseconds.
    #[must_use]
    pub const fn sum(&self) -> u128 {
        self.sum
    }

    /// Largest value in nanoseconds and count of each class that is not empty.
    fn classes(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let value = |class| {
            let (least, values) = values_of(class, self.bits);
            least + values - 1
        };
        let known = self.counts.iter().enumerate().filter(|&(_, count)| count > 0);
        known.map(move |(class, count)| (value(class), count))
    }

    /// Value in nanoseconds and count of each class that is not empty; [`Self::of_counts`] makes the same of them.
    #[must_use]
    pub fn counts(&self) -> Vec<(u64, u64)> {
        self.classes().collect()
    }

    /// From the counts of classes, and the sum and the maximum of what was counted.
    #[must_use]
    pub fn of_counts(counts: &[(u64, u64)], sum: u128, max: SimDuration) -> Self {
        let mut made = Self { sum, max, ..Self::default() };
        counts.iter().for_each(|&(value, count)| made.add(value, count));
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

    /// 1,024 classes in each power of two: 2,047 is the last value with a class of its own, 2,048 and 2,049 share one,
    /// 4,096 to 4,099 the next but 1,023.
    #[test]
    fn classes_follow_each_other() {
        let class = |value| class_of(value, 10);
        assert_eq!([0, 1, 2_047, 2_048, 2_049, 2_050].map(class), [0, 1, 2_047, 2_048, 2_048, 2_049]);
        assert_eq!([4_095, 4_096, 4_099, 4_100].map(class), [3_071, 3_072, 3_072, 3_073]);
        assert_eq!([3_071, 3_072].map(|class| values_of(class, 10)), [(4_094, 2), (4_096, 4)]);
        for bits in [4, 7, 10, 14, 17] {
            for value in (0..40).flat_map(|power| [1 << power, (1 << power) + 12_345, (3 << power) - 1]) {
                let (least, values) = values_of(class_of(value, bits), bits);
                assert!((least..least + values).contains(&value), "{value} with {bits} bits");
                assert!(values == 1 || least >> bits >= values, "{value}: {values} from {least} on");
            }
        }
        let mut long = Quantiles::default();
        long.record(SimDuration::from_secs(100_000));
        assert_eq!(long.quantile(0.5).0, LONGEST);
    }

    /// 2³² − 1 of 5 ns, and three more, and 2³⁴ at once: 2³² + 2 and 2³⁴ + 1, which merge to twice as many.
    #[test]
    fn counts_may_be_large() {
        let many = (1 << 32) - 1;
        let mut quantiles = Quantiles::of_counts(&[(5, many), (9, 1 << 34)], 0, SimDuration(9));
        (0..3).for_each(|_| quantiles.record(SimDuration(5)));
        quantiles.record(SimDuration(9));
        assert_eq!(quantiles.counts(), [(5, many + 3), (9, (1 << 34) + 1)]);
        let mut twice = quantiles.clone();
        twice.merge(&quantiles);
        assert_eq!(twice.counts(), [(5, 2 * (many + 3)), (9, (2 << 34) + 2)]);
        assert_eq!((twice.quantile(0.2), twice.quantile(0.21)), (SimDuration(5), SimDuration(9)));
        twice.clear();
        twice.record(SimDuration(5));
        assert_eq!(twice.counts(), [(5, 1)]);
    }

    /// Two digits added to three, and three to three: the same counts, whichever is larger.
    #[test]
    fn parts_add_up() {
        let of = |range: std::ops::Range<u64>, digits| {
            let mut part = Quantiles::with_digits(digits);
            range.for_each(|i| part.record(SimDuration(i * 777)));
            part
        };
        for digits in [2, 3] {
            let (mut small, mut large) = (of(0..10, 3), of(10..5_000, 3));
            small.merge(&of(10..5_000, digits));
            large.merge(&of(0..10, digits));
            assert_eq!((small.count(), large.count(), small.sum()), (5_000, 5_000, large.sum()));
        }
        let (mut small, all) = (of(0..10, 3), of(0..5_000, 3));
        small.merge(&of(10..5_000, 3));
        assert_eq!((small.counts(), small.max()), (all.counts(), all.max()));
        assert_eq!(Quantiles::of_counts(&all.counts(), all.sum(), all.max()).counts(), all.counts());
    }
}
