//! Weights: as configured, as set while it runs, and on the way up again after a member came back.

use super::Pool;
use crate::units::{SimDuration, SimTime};

/// Parts of a weight while members warm up.
pub(super) const PARTS: u32 = 16;

impl Pool {
    /// Changes a member's weight; 0 gets nothing new.
    pub fn set_weight(&mut self, now: SimTime, member: u32, weight: u32) {
        self.members[member as usize].weight = weight;
        self.weigh(member, now);
    }

    /// A member has come back: its weight begins to grow from a sixteenth, in sixteenths.
    pub(super) fn warm(&mut self, member: u32, now: SimTime) {
        if self.rules.slow_start.is_some() && now > SimTime::ZERO {
            self.members[member as usize].warming = Some(now);
            self.weigh(member, now);
        }
    }

    /// Brings the weight up to date: k sixteenths of it from (k − 1)/16 of the time on.
    pub(super) fn weigh(&mut self, member: u32, now: SimTime) {
        let state = &mut self.members[member as usize];
        let weight = match self.rules.slow_start {
            None => state.weight,
            Some(time) => {
                state.parts = state.warming.map_or(PARTS, |since| parts(now.since(since), time));
                if state.parts >= PARTS {
                    state.warming = None;
                }
                state.weight * state.parts
            }
        };
        self.due = self.due.min(self.wake_at(member));
        if std::mem::replace(&mut self.weight[member as usize], weight) != weight {
            self.changed(now);
            self.offer_backups();
        }
    }

    /// When the weight grows next.
    pub(super) fn warms_at(&self, member: u32) -> SimTime {
        let state = &self.members[member as usize];
        match (state.warming, self.rules.slow_start) {
            // The first moment at which one more sixteenth has passed.
            (Some(since), Some(time)) => {
                since + SimDuration((u128::from(time.0) * u128::from(state.parts)).div_ceil(16) as u64)
            }
            _ => SimTime::NEVER,
        }
    }
}

/// Sixteenths of the weight that count so long after a member came back; 16 is all.
fn parts(passed: SimDuration, time: SimDuration) -> u32 {
    let whole = u128::from(time.0.max(1));
    ((u128::from(passed.0) * 16 / whole) as u32).saturating_add(1).min(PARTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1.6 s: one sixteenth more every 100 ms, and all of it at 1.5 s.
    #[test]
    fn a_weight_grows_in_sixteenths() {
        let of = |ms| parts(SimDuration::from_millis(ms), SimDuration::from_millis(1_600));
        assert_eq!([0, 99, 100, 799, 800, 1_499, 1_500, 9_999].map(of), [1, 1, 2, 8, 9, 15, 16, 16]);
    }
}
