//! Scales that move to their new ends instead of jumping.

use crate::charts::scale::Decades;
use crate::charts::view::Scales;

/// How long a step of a scale takes, in seconds of real time.
const STEP: f64 = 0.25;

/// Scales on their way.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Easing {
    from: Option<Scales>,
    to: Option<Scales>,
    gone: f64,
}

impl Easing {
    /// The scales that are shown when these are wanted and `elapsed` seconds have gone by since the last
    /// call. The first are shown at once, and so are all when `still`.
    pub fn toward(&mut self, wanted: Scales, elapsed: f64, still: bool) -> Scales {
        match self.to {
            Some(to) if to == wanted => self.gone += elapsed,
            Some(_) => (self.from, self.to, self.gone) = (self.shown(), Some(wanted), 0.0),
            None => (self.from, self.to, self.gone) = (Some(wanted), Some(wanted), STEP),
        }
        if still {
            self.gone = STEP;
        }
        self.shown().unwrap_or(wanted)
    }

    /// Whether the scales move.
    pub fn is_moving(&self) -> bool {
        self.to.is_some() && self.gone < STEP
    }

    fn shown(&self) -> Option<Scales> {
        let (from, to) = (self.from?, self.to?);
        let share = (self.gone / STEP).clamp(0.0, 1.0);
        // Ease out: fast at first.
        let share = 1.0 - (1.0 - share) * (1.0 - share);
        if share >= 1.0 {
            return Some(to);
        }
        let mix = |a: f64, b: f64| a + (b - a) * share;
        Some(Scales {
            time_end: mix(from.time_end, to.time_end),
            response: Decades {
                low: mix(from.response.low, to.response.low),
                high: mix(from.response.high, to.response.high),
            },
            outcomes: mix(from.outcomes, to.outcomes),
            queue: mix(from.queue, to.queue),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scales(time_end: f64) -> Scales {
        Scales { time_end, response: Decades { low: 1.0, high: 3.0 }, outcomes: 10.0, queue: 10.0 }
    }

    #[test]
    fn moves_in_a_quarter_of_a_second() {
        let mut easing = Easing::default();
        assert_eq!(easing.toward(scales(10.0), 0.1, false).time_end, 10.0);
        assert!(!easing.is_moving());
        assert_eq!(easing.toward(scales(20.0), 0.1, false).time_end, 10.0);
        assert!(easing.is_moving());
        // Half of the time: 1 − (1 − 0.5)² = 0.75 of the way.
        assert_eq!(easing.toward(scales(20.0), 0.125, false).time_end, 17.5);
        assert_eq!(easing.toward(scales(20.0), 0.125, false).time_end, 20.0);
        assert!(!easing.is_moving());
        assert_eq!(easing.toward(scales(30.0), 0.0, true).time_end, 30.0);
    }
}
