//! Something that has a value at every instant: its mean is weighted by time.

use crate::units::SimTime;

/// A level: value now, peak, and the area under it in value × nanoseconds, exactly.
///
/// A rise by d at time t adds d · (T − t) to the area up to T. So with the sum of all d · t, `risen`, the area up to T
/// is value · T − `risen`, and a change costs an addition. The sum may pass through what is less than 0: it is kept
/// modulo 2¹²⁸, as the area is, which fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Level {
    value: u64,
    peak: u64,
    risen: u128,
}

impl Level {
    /// The value from `now` on.
    #[inline(always)]
    pub fn set(&mut self, now: SimTime, value: u64) {
        let up = u128::from(value).wrapping_sub(u128::from(self.value));
        self.risen = self.risen.wrapping_add(up.wrapping_mul(u128::from(now.0)));
        self.value = value;
        self.peak = self.peak.max(value);
    }

    /// One more from `now` on.
    #[inline(always)]
    pub fn up(&mut self, now: SimTime) {
        self.risen = self.risen.wrapping_add(u128::from(now.0));
        self.value += 1;
        // Rarely so: a branch that is foreseen costs less than a maximum that is written each time.
        if self.value > self.peak {
            self.peak = self.value;
        }
    }

    /// One less from `now` on.
    #[inline(always)]
    pub fn down(&mut self, now: SimTime) {
        if self.value > 0 {
            self.risen = self.risen.wrapping_sub(u128::from(now.0));
            self.value -= 1;
        }
    }

    /// The value now.
    #[inline]
    #[must_use]
    pub const fn value(&self) -> u64 {
        self.value
    }

    /// The largest value so far.
    #[must_use]
    pub const fn peak(&self) -> u64 {
        self.peak
    }

    /// The area under the level from the start to `now`, which is not before its last change, in value × nanoseconds.
    #[must_use]
    pub fn area(&self, now: SimTime) -> u128 {
        (u128::from(self.value) * u128::from(now.0)).wrapping_sub(self.risen)
    }

    /// The mean from `begin`, when the level was `earlier`, to `end`; 0 over no time.
    #[must_use]
    pub fn mean(&self, earlier: &Self, begin: SimTime, end: SimTime) -> f64 {
        let span = end.since(begin).0;
        let area = self.area(end).saturating_sub(earlier.area(begin));
        if span == 0 { 0.0 } else { area as f64 / span as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0 for 2 ns, 3 for 4 ns, 1 for 5 ns: area 0 + 12 + 5 = 17.
    #[test]
    fn area_is_exact() {
        let mut level = Level::default();
        level.set(SimTime(2), 3);
        level.set(SimTime(6), 1);
        assert_eq!((level.area(SimTime(11)), level.peak(), level.value()), (17, 3, 1));
        let early = Level::default();
        // From 1 ns: 0 for 1 ns, 3 for 4 ns, 1 for 5 ns: 17 / 10.
        assert!((level.mean(&early, SimTime(1), SimTime(11)) - 1.7).abs() < 1e-12);
    }
}
