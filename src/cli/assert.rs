//! `--assert`: what must hold, for scripts and for continuous integration.

use super::output::say;
use super::{Complaint, Done, Failure, Result, term};
use crate::experiment::{Condition, Run};
use crate::report::{Assertion, AssertionError, Verdict};

/// What must hold of a run.
pub(super) fn assertions(texts: &[String]) -> Result<Vec<Assertion>> {
    each(texts.iter().map(|text| Assertion::parse(text)))
}

/// What must hold of a comparison or a sweep.
pub(super) fn read(texts: &[String]) -> Result<Vec<Condition>> {
    each(texts.iter().map(|text| Condition::parse(text)))
}

/// Whether all of them can be asked, before the work and not after it.
pub(super) fn fit(
    conditions: &[Condition],
    fits: impl Fn(&Condition) -> std::result::Result<(), AssertionError>,
) -> Result<()> {
    each(conditions.iter().map(fits)).map(|_: Vec<()>| ())
}

/// All of them, or what is wrong with any.
fn each<T>(found: impl Iterator<Item = std::result::Result<T, AssertionError>>) -> Result<Vec<T>> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for one in found {
        match one {
            Ok(one) => good.push(one),
            Err(error) => bad.push(Complaint { text: format!("--assert {error}"), hint: None }),
        }
    }
    if bad.is_empty() { Ok(good) } else { Err(Failure::Bad(bad)) }
}

/// Says of each assertion whether it holds of a run.
pub(super) fn of_run(assertions: &[Assertion], done: &Run) -> Result<Done> {
    let one = |assertion: &Assertion| assertion.check(&done.report).map(|verdict| vec![verdict]);
    told(assertions, one)
}

/// Says of each condition whether it holds, and where not.
pub(super) fn hold(
    conditions: &[Condition],
    check: impl Fn(&Condition) -> std::result::Result<Vec<Verdict>, AssertionError>,
) -> Result<Done> {
    told(conditions, check)
}

fn told<T>(
    all: &[T],
    check: impl Fn(&T) -> std::result::Result<Vec<Verdict>, AssertionError>,
) -> Result<Done> {
    use term::{GREEN, RED, RESET};
    let mut done = Done::Well;
    for one in all {
        for verdict in check(one).map_err(|error| Failure::new(format!("--assert {error}")))? {
            if verdict.holds {
                say(&format!("{GREEN}holds:{RESET} {}", verdict.text));
            } else {
                say(&format!("{RED}does not hold:{RESET} {}", verdict.text));
                done = Done::Failed;
            }
        }
    }
    Ok(done)
}
