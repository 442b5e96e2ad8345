//! Simulated time: unsigned nanoseconds, 584 years of them.

use std::fmt;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

/// A point in simulated time: nanoseconds since the run began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SimTime(pub u64);

/// A span of simulated time in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SimDuration(pub u64);

impl SimTime {
    /// The start of the run.
    pub const ZERO: Self = Self(0);
    /// Later than anything that happens.
    pub const NEVER: Self = Self(u64::MAX);

    /// Seconds since the start, for reports and pictures.
    #[must_use]
    pub fn as_secs(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// The span since `earlier`; zero when `earlier` is later.
    #[inline]
    #[must_use]
    pub const fn since(self, earlier: Self) -> SimDuration {
        SimDuration(self.0.saturating_sub(earlier.0))
    }
}

impl SimDuration {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// Longer than any run.
    pub const FOREVER: Self = Self(u64::MAX);

    /// Whole seconds.
    #[must_use]
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1_000_000_000))
    }

    /// Whole milliseconds.
    #[must_use]
    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(milliseconds.saturating_mul(1_000_000))
    }

    /// The nearest nanosecond to `seconds`; zero when negative or not a number, [`Self::FOREVER`] when too long.
    #[inline]
    #[must_use]
    pub fn from_secs_f64(seconds: f64) -> Self {
        Self::from_nanos(seconds * 1e9 + 0.5)
    }

    /// The whole nanoseconds in `nanos`; zero when negative or not a number, [`Self::FOREVER`] when too long.
    ///
    /// Processors that convert only signed numbers take a third of the instructions for what fits into one.
    #[inline(always)]
    #[must_use]
    pub fn from_nanos(nanos: f64) -> Self {
        let near = nanos as i64 as u64;
        if near < i64::MAX as u64 { Self(near) } else { Self::from_many(nanos) }
    }

    #[cold]
    #[inline(never)]
    const fn from_many(nanos: f64) -> Self {
        Self(nanos as u64)
    }

    /// Nanoseconds, to the nearest that a float can tell. Below 2⁶³, and so for whatever happens in a run, that is one
    /// instruction on processors that convert only signed numbers.
    #[inline(always)]
    #[must_use]
    pub const fn nanos(self) -> f64 {
        if self.0 >> 63 == 0 { self.0 as i64 as f64 } else { self.many_nanos() }
    }

    #[cold]
    #[inline(never)]
    const fn many_nanos(self) -> f64 {
        self.0 as f64
    }

    /// Seconds, for reports and pictures.
    #[inline]
    #[must_use]
    pub fn as_secs(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// Milliseconds, for reports and pictures.
    #[inline]
    #[must_use]
    pub fn as_millis(self) -> f64 {
        self.0 as f64 / 1e6
    }
}

impl Add<SimDuration> for SimTime {
    type Output = Self;
    /// Saturates at [`SimTime::NEVER`].
    #[inline]
    fn add(self, span: SimDuration) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl AddAssign<SimDuration> for SimTime {
    #[inline]
    fn add_assign(&mut self, span: SimDuration) {
        *self = *self + span;
    }
}

impl Add for SimDuration {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for SimTime {
    type Output = SimDuration;
    #[inline]
    fn sub(self, earlier: Self) -> SimDuration {
        self.since(earlier)
    }
}

impl fmt::Display for SimTime {
    /// Seconds with three digits: `24.600 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3} s", self.as_secs())
    }
}

impl fmt::Display for SimDuration {
    /// Exactly, in the largest unit that gives a short number: `2.4 s`, `150 ms`, `3 us`, `7 ns`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, size) = match self.0 {
            0 => return f.write_str("0 s"),
            u64::MAX => return f.write_str("never"),
            n if n >= 1_000_000_000 || n.is_multiple_of(100_000_000) => ("s", 1_000_000_000),
            n if n >= 1_000_000 => ("ms", 1_000_000),
            n if n >= 1_000 => ("us", 1_000),
            _ => ("ns", 1),
        };
        let (whole, rest) = (self.0 / size, self.0 % size);
        if rest == 0 {
            return write!(f, "{whole} {unit}");
        }
        let digits = size.ilog10() as usize;
        let fraction = format!("{rest:0digits$}");
        write!(f, "{whole}.{} {unit}", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_print_exactly() {
        for (nanos, text) in [
            (0, "0 s"),
            (7, "7 ns"),
            (1_500, "1.5 us"),
            (150_000_000, "150 ms"),
            (2_400_000_000, "2.4 s"),
            (500_000_000, "0.5 s"),
            (60_000_000_000, "60 s"),
            (1_000_000_001, "1.000000001 s"),
            (u64::MAX, "never"),
        ] {
            assert_eq!(SimDuration(nanos).to_string(), text);
        }
    }

    #[test]
    fn time_never_wraps() {
        assert_eq!(SimTime::NEVER + SimDuration(1), SimTime::NEVER);
        assert_eq!(SimTime(3).since(SimTime(5)), SimDuration::ZERO);
        assert_eq!(SimDuration::from_secs_f64(f64::NAN), SimDuration::ZERO);
        assert_eq!(SimDuration::from_secs_f64(1e30), SimDuration::FOREVER);
    }
}
