//! Scales that stay where they are: rounded ends, and growth in steps.

/// The share of an axis that data may fill before it grows.
const FULL: f64 = 0.95;
/// The share below which it may shrink.
const LOW: f64 = 0.4;
/// How long data must stay low before it shrinks, in seconds.
const PATIENCE: f64 = 10.0;

/// The least of 1, 2, 5 × 10ⁿ, n ≥ 0, of which `max` fills at most 95 %.
#[must_use]
pub fn linear_end(max: f64) -> f64 {
    let mut end = 1.0;
    // 1e300 is far beyond any count; the bound ends the loop for infinity and for no number at all.
    while max > FULL * end && end < 1e300 {
        end = next(end);
    }
    end
}

/// The step after `end` in 1, 2, 5, 10, …
fn next(end: f64) -> f64 {
    if leading(end) == 2 { end / 2.0 * 5.0 } else { end * 2.0 }
}

/// The step before `end`, not below 1.
fn previous(end: f64) -> f64 {
    if leading(end) == 5 { end / 5.0 * 2.0 } else { end / 2.0 }.max(1.0)
}

fn leading(end: f64) -> u8 {
    let mut rest = end;
    while rest >= 9.5 {
        rest /= 10.0;
    }
    (rest + 0.5) as u8
}

/// The end of a linear axis that grows at once and shrinks with patience.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sticky {
    end: f64,
    low_for: f64,
}

impl Default for Sticky {
    fn default() -> Self {
        Self { end: 1.0, low_for: 0.0 }
    }
}

impl Sticky {
    /// The end after data with this maximum have been shown for `elapsed` seconds: past 95 % it grows at
    /// once, after ten seconds below 40 % it goes back by one step.
    pub fn follow(&mut self, max: f64, elapsed: f64) -> f64 {
        let wanted = linear_end(max);
        if wanted > self.end {
            (self.end, self.low_for) = (wanted, 0.0);
        } else if max < LOW * self.end && wanted < self.end {
            self.low_for += elapsed;
            if self.low_for >= PATIENCE {
                (self.end, self.low_for) = (previous(self.end).max(wanted), 0.0);
            }
        } else {
            self.low_for = 0.0;
        }
        self.end
    }
}

/// Whole decades of a logarithmic axis: from 10^`low` to 10^`high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decades {
    /// Exponent of the lower end.
    pub low: f64,
    /// Exponent of the upper end.
    pub high: f64,
}

impl Decades {
    /// Whole decades that hold both values, at least two; from 10 to 1000 when there is nothing to hold.
    #[must_use]
    pub fn holding(min: f64, max: f64) -> Self {
        let sane = |v: f64| v.is_finite() && v > 0.0;
        if !sane(min) || !sane(max) || min > max {
            return Self { low: 1.0, high: 3.0 };
        }
        // A value on a decade's edge needs no further one.
        let low = (libm::log10(min) + 1e-6).floor();
        let high = (libm::log10(max) - 1e-6).ceil();
        Self { low, high: high.max(low + 2.0) }
    }

    /// Where a value lies, 0 at the lower end and 1 at the upper; held between.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        if value > 0.0 {
            ((libm::log10(value) - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
        } else {
            0.0
        }
    }

    /// At most `most` whole decades, evenly apart, from the lower end up; the upper end may go without a
    /// number.
    #[must_use]
    pub fn ticks(&self, most: usize) -> Vec<f64> {
        let (low, high) = (self.low.ceil() as i32, self.high.floor() as i32);
        let step = ((high - low).max(1) as usize).div_ceil(most.max(1));
        (low..=high).step_by(step).take(most).map(|n| libm::pow(10.0, f64::from(n))).collect()
    }
}

/// Where a linear axis has its numbers: at its ends and, when that is a whole number, in the middle. While the
/// axis is on its way to another end, the highest number is the largest 1, 2 or 5 × 10ⁿ that it has room for.
#[must_use]
pub fn linear_ticks(end: f64) -> Vec<f64> {
    let mut highest = 1.0;
    while next(highest) <= end * (1.0 + 1e-9) && highest < 1e300 {
        highest = next(highest);
    }
    let end = if highest <= end { highest } else { end };
    let middle = end / 2.0;
    if (middle - middle.round()).abs() < 1e-9 && middle >= 1.0 {
        vec![0.0, middle, end]
    } else {
        vec![0.0, end]
    }
}

const ENDS: [f64; 27] = [
    10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0, 180.0, 240.0, 300.0, 450.0, 600.0, 900.0, 1_200.0,
    1_800.0, 2_700.0, 3_600.0, 5_400.0, 7_200.0, 10_800.0, 14_400.0, 21_600.0, 28_800.0, 43_200.0, 64_800.0,
    86_400.0,
];

/// The end of the time axis in seconds: the next of 10, 15, 20, 30, 45, 60, 90, 120, 180 … that leaves at
/// least the share `blank` to the right of now; never more than a run of `duration` needs.
#[must_use]
pub fn time_end(now: f64, blank: f64, duration: Option<f64>) -> f64 {
    let room = 1.0 - blank.clamp(0.0, 0.9);
    let mut last = ENDS[ENDS.len() - 1];
    while now > last * room && last < 1e12 {
        last *= 2.0;
    }
    let end = ENDS.into_iter().find(|end| now <= end * room).unwrap_or(last);
    match duration {
        Some(duration) if duration > 0.0 && now <= duration + 1e-9 => end.min(duration / room),
        _ => end,
    }
}

/// Numbers along the time axis: from 0, at most `most` steps of a round length; if possible the last is the
/// end.
#[must_use]
pub fn time_ticks(end: f64, most: usize) -> Vec<f64> {
    const STEPS: [f64; 20] = [
        1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0,
        10_800.0, 21_600.0, 43_200.0, 86_400.0, 172_800.0,
    ];
    let most = most.max(1) as f64;
    let mut fitting = STEPS.into_iter().filter(|step| end / step <= most);
    let shortest = fitting.next().unwrap_or(172_800.0);
    let divides = |step: &f64| (end / step).fract() < 1e-9 && *step <= 4.0 * shortest;
    let mut step = std::iter::once(shortest).chain(fitting).find(divides).unwrap_or(shortest);
    while end / step > most && step < 1e15 {
        step *= 2.0;
    }
    (0..=(end / step + 1e-6) as usize).map(|n| n as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linear_ends_are_one_two_or_five() {
        for (max, end) in [(0.0, 1.0), (0.95, 1.0), (0.96, 2.0), (4.8, 10.0), (190.0, 200.0), (191.0, 500.0)]
        {
            assert_eq!(linear_end(max), end, "{max}");
        }
        assert_eq!(linear_end(9.5e9), 1e10);
        assert_eq!(linear_end(f64::NAN), 1.0);
        assert!(linear_end(f64::INFINITY).is_finite());
    }

    /// 200 → grows to 1000 at 960 → 390 is low: ten seconds later 500, where 390 is no longer low.
    #[test]
    fn grows_at_once_and_shrinks_with_patience() {
        let mut sticky = Sticky::default();
        assert_eq!(sticky.follow(150.0, 0.1), 200.0);
        assert_eq!(sticky.follow(940.0, 0.1), 1_000.0);
        assert_eq!(sticky.follow(390.0, 9.9), 1_000.0);
        assert_eq!(sticky.follow(410.0, 0.1), 1_000.0, "41 % is not low: the waiting begins anew");
        assert_eq!(sticky.follow(390.0, 9.9), 1_000.0);
        assert_eq!(sticky.follow(390.0, 0.2), 500.0);
        assert_eq!(sticky.follow(390.0, 100.0), 500.0);
        assert_eq!(sticky.follow(1.0, 10.0), 200.0, "one step only");
    }

    #[test]
    fn decades_are_whole_and_at_least_two() {
        let decades = |min, max| (Decades::holding(min, max).low, Decades::holding(min, max).high);
        assert_eq!(decades(12.0, 2_400.0), (1.0, 4.0));
        assert_eq!(decades(10.0, 20.0), (1.0, 3.0));
        assert_eq!(decades(10.0, 1_000.0), (1.0, 3.0));
        assert_eq!(decades(0.3, 0.4), (-1.0, 1.0));
        assert_eq!(decades(f64::NAN, 1.0), (1.0, 3.0));
        assert_eq!(Decades::holding(12.0, 2_400.0).ticks(3), [10.0, 100.0, 1_000.0]);
        assert_eq!(Decades::holding(12.0, 240.0).ticks(3), [10.0, 100.0, 1_000.0]);
    }

    #[test]
    fn time_leaves_room_for_labels() {
        for (now, end) in
            [(0.0, 10.0), (8.5, 10.0), (8.6, 15.0), (24.6, 30.0), (25.6, 45.0), (86_400.0, 172_800.0)]
        {
            assert_eq!(time_end(now, 0.15, None), end, "{now}");
        }
        assert!((time_end(59.0, 0.15, Some(60.0)) - 60.0 / 0.85).abs() < 1e-9);
        assert_eq!(time_end(61.0, 0.15, Some(60.0)), 90.0);
        assert_eq!(time_ticks(30.0, 6), [0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0]);
        assert_eq!(time_ticks(15.0, 8), [0.0, 5.0, 10.0, 15.0]);
        assert_eq!(time_ticks(60.0 / 0.85, 8).last(), Some(&70.0));
    }
}
