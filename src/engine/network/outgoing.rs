//! Outgoing ports of one source address to one destination.

use std::collections::VecDeque;

use crate::units::{SimDuration, SimTime};

/// Ports that are taken: by open connections, or by closed ones for the time of TIME_WAIT. Since that time is the
/// same for all, they come free in the order in which they were closed: a queue of times, and no event for any.
#[derive(Debug, Clone, Default)]
pub(super) struct Outgoing {
    held: u32,
    waiting: VecDeque<SimTime>,
}

impl Outgoing {
    /// Takes a port, of `most`; how many are taken then, or nothing when none is free.
    pub(super) fn take(&mut self, now: SimTime, most: u32) -> Option<u32> {
        while self.waiting.front().is_some_and(|&free| free <= now) {
            self.waiting.pop_front();
        }
        let taken = self.held + self.waiting.len() as u32;
        if taken >= most {
            return None;
        }
        self.held += 1;
        Some(taken + 1)
    }

    /// Gives a port back, at once or after a time.
    pub(super) fn give_back(&mut self, now: SimTime, after: Option<SimDuration>) {
        self.held -= 1;
        if let Some(after) = after.filter(|after| after.0 > 0) {
            self.waiting.push_back(now + after);
        }
    }

    /// Ports of open connections, and ports in TIME_WAIT.
    pub(super) fn taken(&self, now: SimTime) -> (u32, u32) {
        let over = self.waiting.partition_point(|&free| free <= now);
        (self.held, (self.waiting.len() - over) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two ports, 10 ns of TIME_WAIT. Closed at 3 and 5, they are free at 13 and 15.
    #[test]
    fn a_port_rests_before_it_is_taken_again() {
        let mut ports = Outgoing::default();
        let wait = Some(SimDuration(10));
        assert_eq!([0, 1, 2].map(|at| ports.take(SimTime(at), 2)), [Some(1), Some(2), None]);
        ports.give_back(SimTime(3), wait);
        ports.give_back(SimTime(5), wait);
        assert_eq!((ports.taken(SimTime(12)), ports.taken(SimTime(13))), ((0, 2), (0, 1)));
        assert_eq!([12, 13, 14, 15].map(|at| ports.take(SimTime(at), 2)), [None, Some(2), None, Some(2)]);
        // One that the other side closed first is free at once.
        ports.give_back(SimTime(15), None);
        assert_eq!(ports.take(SimTime(15), 2), Some(2));
    }
}
