//! What several kinds of test need.

use doorbuster::engine::{Engine, Pace};
use doorbuster::observe::{Observation, Outcome, Probe};
use doorbuster::scenario::{Model, Scenario};
use doorbuster::units::SimTime;

/// A scenario from its text, checked.
pub fn model(text: &str) -> Model {
    match Scenario::from_toml_str(text).and_then(|scenario| scenario.validate()) {
        Ok(model) => model,
        Err(problems) => panic!("{problems}\n{text}"),
    }
}

/// Remembers how each request ended, in order: number, outcome, when it ended in microseconds, attempts.
#[derive(Debug, Clone, Default)]
pub struct Endings(pub Vec<(u64, Outcome, u64, u32)>);

impl Probe for Endings {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        if let Observation::Ended { request, outcome, attempts, .. } = *seen {
            self.0.push((request, outcome, now.0 / 1_000, attempts));
        }
    }
}

/// Remembers everything.
#[derive(Debug, Clone, Default)]
pub struct Everything(pub Vec<(SimTime, Observation)>);

impl Probe for Everything {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        self.0.push((now, *seen));
    }
}

/// Runs to the end of the scenario.
pub fn run<P: Probe>(model: &Model, seed: u64, mut probe: P) -> (Engine, P) {
    let mut engine = Engine::new(model, seed);
    let pace = engine.run_until(SimTime(model.duration().0), u64::MAX, &mut probe);
    assert_eq!(pace, Pace::Reached);
    (engine, probe)
}
