//! What must hold of a comparison or a sweep: `p99 < 200 ms` everywhere, `least_connections: p99 < 200 ms` under one
//! algorithm, `replicas=4, balancer.queue=50: failed_share = 0` at some points, `least_connections beats random: p99`.
//!
//! What is compared is the mean over the replications, with its 95 % interval: `<`, `<=`, `>` and `>=` hold when all
//! of the interval is on that side of the bound. When the bound lies inside, it is not enough to tell, and that is no
//! pass.

use super::sweep::{Axis, PointReport, Sweep};
use super::{Comparison, Verdict as Told, less_is_better};
use crate::report::measure::{self, MEASURES, Measure};
use crate::report::{Assertion, AssertionError, Estimate, Verdict};
use crate::scenario::nearest;

/// What must hold, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    text: String,
    /// What stands before the colon: nothing means everywhere.
    place: Option<String>,
    what: What,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Bound(Assertion),
    /// One algorithm beats another on a measure.
    Beats {
        winner: String,
        loser: String,
        measure: String,
    },
}

/// Places that are named where many don't hold.
const NAMED: usize = 10;

impl Condition {
    /// Reads `[PLACE:] NUMBER RELATION BOUND` or `A beats B: NUMBER`.
    ///
    /// # Errors
    /// When a part is missing, the number is no measure, or the bound does not fit it.
    pub fn parse(text: &str) -> Result<Self, AssertionError> {
        // Neither numbers nor bounds have a colon; algorithms with parameters do.
        let (place, rest) =
            text.rsplit_once(':').map_or((None, text), |(place, rest)| (Some(place.trim()), rest));
        let whole = text.trim().to_owned();
        if let Some((winner, loser)) = place.and_then(|place| place.split_once(" beats ")) {
            let measure = rest.trim().to_owned();
            known(&measure)?;
            let what = What::Beats { winner: winner.trim().into(), loser: loser.trim().into(), measure };
            return Ok(Self { text: whole, place: None, what });
        }
        let assertion = Assertion::parse(rest)?;
        known(assertion.name())?;
        Ok(Self { text: whole, place: place.map(str::to_owned), what: What::Bound(assertion) })
    }

    /// The measure that it is about, which a comparison must then be made on.
    #[must_use]
    pub fn measure(&self) -> Option<&'static Measure> {
        measure::find(match &self.what {
            What::Bound(assertion) => assertion.name(),
            What::Beats { measure, .. } => measure,
        })
    }

    /// Whether it can be asked of a comparison of these algorithms: before anything is run.
    ///
    /// # Errors
    /// When it names an algorithm that is not compared.
    pub fn fits_comparison(&self, arms: &[&str]) -> Result<(), AssertionError> {
        let named: Vec<&String> = match &self.what {
            What::Bound(_) => self.place.iter().collect(),
            What::Beats { winner, loser, .. } => vec![winner, loser],
        };
        for name in named {
            one_of(name, arms, "no algorithm of this comparison").map_err(|e| self.wrong(&e))?;
        }
        Ok(())
    }

    /// Whether it can be asked of a sweep over these fields: before anything is run.
    ///
    /// # Errors
    /// When it names a field or a value that does not vary, or is for comparisons.
    pub fn fits_sweep(&self, axes: &[Axis]) -> Result<(), AssertionError> {
        if matches!(self.what, What::Beats { .. }) {
            return Err(self
                .wrong("one algorithm beats another in compare; a sweep has points: path=value: p99 < 1 s"));
        }
        let paths: Vec<&str> = axes.iter().map(|axis| axis.path.as_str()).collect();
        for (path, value) in self.parts()? {
            one_of(&path, &paths, "no field that varies").map_err(|error| self.wrong(&error))?;
            let values = axes.iter().filter(|axis| axis.path == path).flat_map(|axis| &axis.values);
            let values: Vec<&str> = values.map(String::as_str).collect();
            one_of(&value, &values, "no value of it")
                .map_err(|error| self.wrong(&format!("{path}: {error}")))?;
        }
        Ok(())
    }

    /// Whether it holds of a comparison.
    ///
    /// # Errors
    /// When it does not fit it.
    pub fn check_comparison(&self, comparison: &Comparison) -> Result<Vec<Verdict>, AssertionError> {
        if let What::Beats { winner, loser, measure } = &self.what {
            return Ok(vec![self.beats(comparison, (winner, loser), measure)]);
        }
        let arms = comparison
            .algorithms
            .iter()
            .filter(|arm| self.place.as_ref().is_none_or(|p| p == &arm.algorithm));
        self.everywhere(arms.map(|arm| (arm.algorithm.clone(), arm.estimates.as_slice())).collect())
    }

    /// Whether it holds of a sweep.
    ///
    /// # Errors
    /// When it does not fit it.
    pub fn check_sweep(&self, sweep: &Sweep) -> Result<Vec<Verdict>, AssertionError> {
        let parts = self.parts()?;
        let here = |point: &&PointReport| {
            let has = |(path, value): &(String, String)| {
                sweep.axes.iter().zip(&point.values).any(|(axis, v)| &axis.path == path && v == value)
            };
            parts.iter().all(has)
        };
        let named = |point: &PointReport| {
            let parts =
                sweep.axes.iter().zip(&point.values).map(|(axis, value)| format!("{}={value}", axis.path));
            parts.collect::<Vec<_>>().join(", ")
        };
        let points = sweep.points.iter().filter(here);
        self.everywhere(points.map(|point| (named(point), point.estimates.as_slice())).collect())
    }

    /// `path=value` pairs before the colon.
    fn parts(&self) -> Result<Vec<(String, String)>, AssertionError> {
        let Some(place) = &self.place else { return Ok(Vec::new()) };
        let pair = |part: &str| {
            let (path, value) = part.split_once('=')?;
            Some((path.trim().to_owned(), value.trim().to_owned()))
        };
        let parts: Option<Vec<_>> = place.split(',').map(pair).collect();
        parts.ok_or_else(|| {
            self.wrong("write path=value, path=value: p99 < 200 ms for some points of the grid")
        })
    }

    fn wrong(&self, error: &str) -> AssertionError {
        AssertionError::new(format!("\"{}\": {error}", self.text))
    }

    /// One verdict when it holds at every place; else one for each place where it doesn't, up to some.
    fn everywhere(
        &self,
        places: Vec<(String, &[(&'static str, Estimate)])>,
    ) -> Result<Vec<Verdict>, AssertionError> {
        let What::Bound(assertion) = &self.what else { return Ok(Vec::new()) };
        let count = places.len();
        let mut failed = Vec::new();
        let mut only = String::new();
        for (place, estimates) in places {
            let estimate = estimates.iter().find(|(name, _)| *name == assertion.name()).map(|(_, e)| e);
            let verdict = assertion.check_mean(estimate)?;
            let text = format!("{}: under {place}, {}", self.text, verdict.text);
            if verdict.holds {
                only = text;
            } else {
                failed.push(Verdict { holds: false, text });
            }
        }
        if failed.is_empty() {
            let text = if count == 1 { only } else { format!("{}: in all {count} places", self.text) };
            return Ok(vec![Verdict { holds: true, text }]);
        }
        let more = failed.len().saturating_sub(NAMED);
        failed.truncate(NAMED);
        if more > 0 {
            failed.push(Verdict { holds: false, text: format!("{}: and in {more} more places", self.text) });
        }
        Ok(failed)
    }

    fn beats(&self, comparison: &Comparison, (winner, loser): (&str, &str), measure: &str) -> Verdict {
        let pair = |d: &&super::Difference| {
            d.measure == measure && ((d.a == winner && d.b == loser) || (d.a == loser && d.b == winner))
        };
        let Some(found) = comparison.differences.iter().find(pair) else {
            return Verdict { holds: false, text: format!("{}: nothing was measured", self.text) };
        };
        let a_is_less = found.ratio.map_or(found.difference.mean < 0.0, |ratio| ratio.mean < 1.0);
        let first = if a_is_less == less_is_better(measure) { &found.a } else { &found.b };
        let holds = matches!(found.verdict, Told::Yes | Told::Tiny) && first == winner;
        Verdict { holds, text: format!("{}: {}", self.text, found.text.trim_end_matches('.')) }
    }
}

/// Only measures have means and intervals.
fn known(name: &str) -> Result<(), AssertionError> {
    if measure::find(name).is_some() {
        return Ok(());
    }
    let names: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
    one_of(name, &names, "no measure with a mean over replications").map_err(AssertionError::new)
}

fn one_of(name: &str, allowed: &[&str], problem: &str) -> Result<(), String> {
    if allowed.contains(&name) {
        return Ok(());
    }
    let hint = nearest(name, allowed.iter().copied())
        .map_or_else(|| format!("known: {}", allowed.join(", ")), |near| format!("did you mean \"{near}\"?"));
    Err(format!("\"{name}\" is {problem}; {hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_said() {
        for (text, part) in [
            ("p99", "has no < <="),
            ("random: p98 < 1 s", "did you mean \"p9"),
            ("a beats b: p89", "did you mean"),
            ("queue_full = 0", "no measure with a mean"),
            ("replicas.app-1.restarts = 0", "no measure with a mean"),
            ("random: p99 < 200", "must be a time with its unit"),
        ] {
            let error = Condition::parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
        let axes = [Axis { path: "replicas".into(), values: vec!["3".into(), "4".into()] }];
        for (text, part) in [
            ("replicas=5: p99 < 1 s", "\"5\" is no value of it; known: 3, 4"),
            ("queue=5: p99 < 1 s", "no field that varies"),
            ("random: p99 < 1 s", "write path=value"),
            ("a beats b: p99", "in compare"),
        ] {
            let error = Condition::parse(text).unwrap().fits_sweep(&axes).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
        let arms = ["random", "power_of_d:d=3"];
        let fits = |text: &str| Condition::parse(text).unwrap().fits_comparison(&arms);
        assert!(
            fits("power_of_d:d=3: p99 < 1 s").is_ok() && fits("random beats power_of_d:d=3: p99").is_ok()
        );
        assert!(fits("randon: p99 < 1 s").unwrap_err().to_string().contains("did you mean \"random\""));
        assert_eq!(Condition::parse("max < 1 s").unwrap().measure().map(|m| m.name), Some("max"));
    }
}
