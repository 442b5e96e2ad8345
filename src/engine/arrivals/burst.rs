//! Bursts: a source that is calm or bursting, each for an exponential time (a Markov-modulated Poisson process with
//! two states, MMPP-2).
//!
//! When it changes its state belongs to a stream of its own, so a change of the rate moves arrivals, not bursts.

use super::super::Engine;
use super::super::event::Event;
use super::super::queue::EventKey;
use crate::dist::standard_exponential;
use crate::units::SimDuration;

impl Engine {
    /// Schedules the next change between calm and burst. While nobody asks there is nothing to change.
    pub(super) fn schedule_turn(&mut self, index: u32) {
        let source = &mut self.sources[index as usize];
        self.queue.cancel(source.turn);
        source.turn = EventKey::NONE;
        let Some(burst) = self.model.sources[index as usize].burst.as_ref().filter(|_| self.factor > 0.0)
        else {
            return;
        };
        let mean = if source.bursting { burst.length } else { burst.calm };
        let stay = SimDuration::from_secs_f64(mean.as_secs() * standard_exponential(&mut source.turns));
        source.turn = self.queue.schedule(self.now + stay, Event::Turn { source: index });
    }

    /// A burst begins or ends.
    pub(in crate::engine) fn turn(&mut self, index: u32) {
        let before = self.pace(index, self.factor);
        let source = &mut self.sources[index as usize];
        source.bursting = !source.bursting;
        source.turn = EventKey::NONE;
        self.move_arrival(index, before);
        self.schedule_turn(index);
    }
}
