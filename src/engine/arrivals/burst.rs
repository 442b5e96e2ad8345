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

#[cfg(test)]
mod tests {
    use super::super::super::Engine;
    use crate::scenario::Scenario;
    use crate::units::SimTime;

    /// 10 a second for 3 s on average, then 90 for 1 s: 10 × (3 + 9 × 1) / 4 = 30 a second. Independent arrivals would
    /// have a variance of 30 in a second; here it is many times that. At a rate of 0 nothing is left to happen.
    #[test]
    fn mean_and_burstiness() {
        let text = "[[traffic.source]]\nkind = 'bursty'\nrate = '10/s'\nburst = { times = 9, length = '1 s', calm = '3 s' }\n\
            [[service]]\nreplicas = 0\n[run]\nduration = '4000 s'";
        let model = Scenario::from_toml_str(text).unwrap().validate().unwrap();
        let mut engine = Engine::new(&model, 42);
        let mut counts = Vec::new();
        for second in 1..=4_000_u64 {
            let before = engine.ledger().offered();
            engine.run_until(SimTime(second * 1_000_000_000), u64::MAX, &mut ());
            counts.push((engine.ledger().offered() - before) as f64);
        }
        let mean = counts.iter().sum::<f64>() / 4_000.0;
        let variance = counts.iter().map(|n| (n - mean) * (n - mean)).sum::<f64>() / 4_000.0;
        assert!((mean / 30.0 - 1.0).abs() < 0.1, "{mean}");
        assert!(variance > 10.0 * mean, "{variance}");
        assert!((model.expected_requests() - 120_000.0).abs() < 1e-6);
        engine.apply(crate::scenario::Change::Rate { times: 0.0 }, &mut ()).unwrap();
        assert_eq!(engine.held(), (0, 0));
    }
}
