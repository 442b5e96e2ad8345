//! Decisions of a run, explained.

use crate::engine::{Engine, Explain, Explained};
use crate::scenario::Model;
use crate::units::SimTime;

/// Runs the model until the decisions asked for are made, and explains them; with the names of the replicas by their
/// number. What is told is what the run of this seed does.
#[must_use]
pub fn explain(model: &Model, seed: u64, what: Explain) -> (Vec<Explained>, Vec<String>) {
    let mut engine = Engine::new(model, seed);
    engine.explain(what);
    let end = SimTime(model.duration().0);
    while engine.now() <= end {
        let enough = match what {
            Explain::Next(count) => engine.explained().len() >= count as usize,
            // A request is decided on for as long as it lives.
            Explain::Request(_) | Explain::Client(_) => false,
        };
        if enough || engine.step(&mut ()).is_none() {
            break;
        }
    }
    (engine.explained().to_vec(), engine.replica_names())
}
