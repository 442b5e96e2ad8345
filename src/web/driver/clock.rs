//! How much simulated time a frame is to cover.

use crate::lang::Lang;

/// Simulated seconds per real second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Speed {
    /// A multiple of real time, from [`Speed::SLOWEST`] to [`Speed::FASTEST`].
    Times(f64),
    /// As fast as the machine can.
    Max,
}

impl Default for Speed {
    fn default() -> Self {
        Self::Times(1.0)
    }
}

impl Speed {
    /// The slowest multiple.
    pub const SLOWEST: f64 = 0.1;
    /// The fastest multiple before [`Speed::Max`].
    pub const FASTEST: f64 = 10.0;
    /// Where keys and marks stop.
    pub const STOPS: [f64; 7] = [0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0];

    /// The next faster stop.
    #[must_use]
    pub fn faster(self) -> Self {
        match self {
            Self::Times(now) => {
                Self::STOPS.into_iter().find(|stop| *stop > now * 1.001).map_or(Self::Max, Self::Times)
            }
            Self::Max => Self::Max,
        }
    }

    /// The next slower stop.
    #[must_use]
    pub fn slower(self) -> Self {
        let now = match self {
            Self::Times(now) => now,
            Self::Max => f64::INFINITY,
        };
        let stop = Self::STOPS.into_iter().rev().find(|stop| *stop < now * 0.999);
        Self::Times(stop.unwrap_or(Self::SLOWEST))
    }

    /// As people write it: `0.25×`, `max`.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Times(times) if times < 1.0 => format!("{}×", (times * 100.0).round() / 100.0),
            Self::Times(times) => format!("{}×", (times * 10.0).round() / 10.0),
            Self::Max => "max".into(),
        }
    }

    /// The same with the language's decimal sign.
    #[must_use]
    pub fn label_in(self, lang: Lang) -> String {
        lang.point(&self.label())
    }
}

/// The longest real time that one frame may stand for, in seconds: a tab that was hidden does not jump.
const LONGEST: f64 = 0.1;
/// Time constant of the measured speed, in seconds.
const SMOOTH: f64 = 0.5;

/// The real seconds that the engine may take of one frame; more when somebody waits for a jump.
pub(super) const fn real_limit(jumping: bool) -> f64 {
    if jumping { 0.012 } else { 0.008 }
}

/// Turns real time into simulated time, and measures what is reached.
#[derive(Debug, Default)]
pub(super) struct Pacer {
    reached: Option<f64>,
}

impl Pacer {
    /// Simulated seconds that the frame is to cover; nothing when it is as many as it can.
    pub(super) fn span(&self, speed: Speed, elapsed: f64) -> Option<f64> {
        match speed {
            Speed::Times(times) => Some(times * elapsed.clamp(0.0, LONGEST)),
            Speed::Max => None,
        }
    }

    /// The speed that is reached, smoothed; exactly the asked one while nothing falls behind.
    pub(super) fn reached(&mut self, asked: Speed, gone: f64, elapsed: f64) -> f64 {
        let elapsed = elapsed.clamp(1e-4, LONGEST);
        let now = gone / elapsed;
        let share = (elapsed / SMOOTH).min(1.0);
        // At first nothing has fallen behind: one slow frame says little about a machine.
        let first = match asked {
            Speed::Times(times) => times,
            Speed::Max => now,
        };
        let before = self.reached.unwrap_or(first);
        let reached = before + share * (now - before);
        self.reached = Some(reached);
        match asked {
            Speed::Times(times) if reached > 0.95 * times => times,
            _ => reached,
        }
    }

    /// Forgets what was measured.
    pub(super) fn reset(&mut self) {
        self.reached = None;
    }
}

/// How long time is slow after something broke, and for how long it is not slowed again, in real seconds.
const SLOW_FOR: f64 = 2.5;
const REST: f64 = 10.0;

/// Slows time down when something breaks, but not again and again.
#[derive(Debug, Default)]
pub(super) struct Calm {
    known: usize,
    left: f64,
    rest: f64,
}

impl Calm {
    /// Whether time is slow in a frame of `elapsed` real seconds, when so many things have broken by now.
    pub(super) fn after(&mut self, broken: usize, elapsed: f64) -> bool {
        (self.left, self.rest) = ((self.left - elapsed).max(0.0), (self.rest - elapsed).max(0.0));
        if broken > self.known && self.rest <= 0.0 {
            (self.left, self.rest) = (SLOW_FOR, SLOW_FOR + REST);
        }
        self.known = broken;
        self.is_slow()
    }

    /// Whether it is slow now.
    pub(super) fn is_slow(&self) -> bool {
        self.left > 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_slows_down_once_and_then_rests() {
        let mut calm = Calm::default();
        assert!(!calm.after(0, 0.1));
        assert!(calm.after(1, 0.1) && calm.after(2, 2.0));
        assert!(!calm.after(3, 0.6), "2.5 s are over");
        assert!(!calm.after(4, 1.0), "it rests");
        assert!(!calm.after(4, 10.0) && calm.after(5, 0.1));
        assert!(!calm.after(2, 3.0), "going back is no death");
    }

    #[test]
    fn keys_go_through_the_stops_and_stay_at_the_ends() {
        let mut speed = Speed::Times(0.1);
        let mut labels = vec![speed.label()];
        while speed != Speed::Max {
            speed = speed.faster();
            labels.push(speed.label());
        }
        assert_eq!(labels.join(" "), "0.1× 0.25× 0.5× 1× 2× 5× 10× max");
        assert_eq!(Speed::Max.faster(), Speed::Max);
        assert_eq!(Speed::Max.slower(), Speed::Times(10.0));
        assert_eq!(Speed::Times(0.1).slower(), Speed::Times(0.1));
        assert_eq!(Speed::Times(1.7).slower(), Speed::Times(1.0));
    }

    /// A tab hidden for an hour goes on where it was.
    #[test]
    fn a_long_frame_is_capped() {
        assert_eq!(Pacer::default().span(Speed::Times(2.0), 3_600.0), Some(0.2));
        assert_eq!(Pacer::default().span(Speed::Times(2.0), -1.0), Some(0.0));
        assert_eq!(Pacer::default().span(Speed::Max, 0.016), None);
    }

    /// The first frame covers nothing, the second 20 ms of 20 ms: the page has not fallen behind.
    #[test]
    fn a_slow_first_frame_is_no_slow_machine() {
        let mut pacer = Pacer::default();
        assert_eq!(pacer.reached(Speed::Times(1.0), 0.0, 0.02), 1.0);
        assert_eq!(pacer.reached(Speed::Times(1.0), 0.02, 0.02), 1.0);
        assert_eq!(Pacer::default().reached(Speed::Max, 0.2, 0.02), 10.0);
    }

    #[test]
    fn falling_behind_is_measured() {
        let mut pacer = Pacer::default();
        for _ in 0..200 {
            pacer.reached(Speed::Times(10.0), 0.06, 0.02);
        }
        assert!((pacer.reached(Speed::Times(10.0), 0.06, 0.02) - 3.0).abs() < 0.01);
        pacer.reset();
        assert_eq!(pacer.reached(Speed::Times(10.0), 0.2, 0.02), 10.0);
    }
}
