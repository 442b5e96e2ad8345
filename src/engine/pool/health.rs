//! Checks that are counted as HAProxy counts them, and weights of servers that warm up.

use crate::units::SimDuration;

const SECOND: u64 = 1_000_000_000;

/// A counter from 0 to rise + fall − 1; up from `rise` on. A pass adds one, a failure takes one; where that makes
/// it cross, it goes all the way. So only checks in a row count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    rise: u32,
    fall: u32,
    counter: u32,
}

impl Health {
    /// Up, with all failures to go.
    #[must_use]
    pub const fn up(rise: u32, fall: u32) -> Self {
        Self { rise, fall, counter: rise + fall - 1 }
    }

    /// Up, with one failure to go, as HAProxy begins.
    #[must_use]
    pub const fn unsure(rise: u32, fall: u32) -> Self {
        Self { rise, fall, counter: rise }
    }

    /// Down, with one pass to go, as Envoy begins.
    #[must_use]
    pub const fn down(rise: u32, fall: u32) -> Self {
        Self { rise, fall, counter: rise - 1 }
    }

    /// Counts a check; whether the server has gone up or down with it.
    pub const fn check(&mut self, passed: bool) -> bool {
        let was = self.is_up();
        self.counter = if passed {
            let next = self.counter + 1;
            if next >= self.rise { self.rise + self.fall - 1 } else { next }
        } else {
            let next = self.counter.saturating_sub(1);
            if next < self.rise { 0 } else { next }
        };
        was != self.is_up()
    }

    /// Whether the server is up.
    #[must_use]
    pub const fn is_up(&self) -> bool {
        self.counter >= self.rise
    }

    /// As HAProxy shows it: `UP`, `UP 1/3` (failures to go), `DOWN`, `DOWN 1/2` (passes so far).
    #[must_use]
    pub fn shown(&self) -> String {
        match (self.counter.checked_sub(self.rise), self.counter) {
            (Some(over), _) if over + 1 == self.fall => "UP".into(),
            (Some(over), _) => format!("UP {}/{}", over + 1, self.fall),
            (None, 0) => "DOWN".into(),
            (None, passes) => format!("DOWN {passes}/{}", self.rise),
        }
    }
}

/// The weight of a server that came back `since` ago and takes `duration` to warm up: it grows every whole second,
/// from a sixteenth, in sixteenths; rounded up.
#[must_use]
pub fn warming(weight: u32, since: SimDuration, duration: SimDuration) -> u32 {
    let (second, whole) = (since.0 / SECOND, duration.0 / SECOND);
    if second >= whole {
        return weight;
    }
    let sixteenths = (16 * second + whole) / whole;
    (u64::from(weight) * sixteenths).div_ceil(16) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_checks_in_a_row_count() {
        let mut health = Health::up(2, 3);
        let shown: Vec<String> = [false, true, false, false, false, true, false, true, true]
            .map(|passed| {
                health.check(passed);
                health.shown()
            })
            .into();
        assert_eq!(shown, ["UP 2/3", "UP", "UP 2/3", "UP 1/3", "DOWN", "DOWN 1/2", "DOWN", "DOWN 1/2", "UP"]);
    }

    /// 8 s, weight 10: sixteenths 1, 3, 5, … 15, then all.
    #[test]
    fn warms_up_by_the_second() {
        let weights: Vec<u32> =
            (0..9).map(|s| warming(10, SimDuration::from_secs(s), SimDuration::from_secs(8))).collect();
        assert_eq!(weights, [1, 2, 4, 5, 6, 7, 9, 10, 10]);
    }
}
