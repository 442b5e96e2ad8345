//! What other rules would have decided in place of the one that did.

use crate::algorithm::Decision;
use crate::engine::{Engine, Explain, Pace};
use crate::scenario::Change;
use crate::units::SimTime;

/// Those that are asked, one of each family.
const RULES: [&str; 5] = ["round_robin", "least_connections", "power_of_d", "peak_ewma", "ring_hash"];

/// What each of [`RULES`] but `used` decides for `request` at `at`, when it takes over in the world of `engine`, just
/// before: its turns begin anew, and it has measured nothing yet. Nothing where no balancer chooses.
pub(super) fn picks(
    engine: &Engine,
    used: Option<&str>,
    request: u64,
    at: SimTime,
) -> Vec<(&'static str, Decision)> {
    let Some(used) = used else { return Vec::new() };
    let others = RULES.into_iter().filter(|rule| *rule != used);
    others.filter_map(|rule| Some((rule, pick(engine.clone(), rule, request, at)?))).collect()
}

/// What one decides; nothing where it can't be put in place, or is not asked by then.
fn pick(mut engine: Engine, rule: &'static str, request: u64, at: SimTime) -> Option<Decision> {
    engine.explain(Explain::Request(request));
    engine.apply(Change::Algorithm { name: rule.into(), params: Vec::new() }, &mut ()).ok()?;
    // Where there are too many requests it never gets there.
    while engine.run_until(at, u64::MAX, &mut ()) == Pace::OutOfBudget {}
    let asked = engine.explained().iter().rfind(|one| one.algorithm == rule)?;
    Some(asked.why.decision)
}
