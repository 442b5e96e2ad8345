//! What must hold of a report: `p99 < 200 ms`, `failed_share = 0`, `events.bind_failed >= 2`.

use crate::lang::Lang;
use std::fmt;

use super::measure::{self, Kind};
use super::{Estimate, Report};
use crate::scenario::nearest;
use crate::units::{Rate, SimDuration, Unit};

/// A comparison of a number of the report with a bound.
#[derive(Debug, Clone, PartialEq)]
pub struct Assertion {
    text: String,
    name: String,
    relation: Relation,
    bound: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Different,
}

impl Relation {
    fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Self::Less => value < bound,
            Self::AtMost => value <= bound,
            Self::More => value > bound,
            Self::AtLeast => value >= bound,
            Self::Equal => value == bound,
            Self::Different => value != bound,
        }
    }
}

/// Longest signs first, so that `<=` is not read as `<`.
const SIGNS: [(&str, Relation); 7] = [
    ("<=", Relation::AtMost),
    (">=", Relation::AtLeast),
    ("==", Relation::Equal),
    ("!=", Relation::Different),
    ("<", Relation::Less),
    (">", Relation::More),
    ("=", Relation::Equal),
];

/// What became of an assertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it holds. What is not known does not hold.
    pub holds: bool,
    /// The assertion and what was found: `p99 < 200 ms: p99 is 312 ms`.
    pub text: String,
}

/// An assertion that makes no sense, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssertionError(String);

impl fmt::Display for AssertionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for AssertionError {}

impl AssertionError {
    /// In these words.
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }
}

impl Assertion {
    /// Reads `name relation bound`.
    ///
    /// # Errors
    /// When a part is missing, the name is none of a report's, or the bound does not fit it.
    pub fn parse(text: &str) -> Result<Self, AssertionError> {
        let at = text.find(['<', '>', '=', '!']);
        let (name, rest) = text.split_at(at.unwrap_or(text.len()));
        let found = SIGNS.iter().find_map(|(sign, relation)| Some((relation, rest.strip_prefix(sign)?)));
        let Some((relation, bound)) = found else {
            return Err(AssertionError(format!(
                "\"{text}\" has no < <= > >= = or !=; write for example \"p99 < 200 ms\""
            )));
        };
        let (name, bound) = (name.trim().to_owned(), bound.trim().to_owned());
        let assertion = Self { text: text.trim().to_owned(), name, relation: *relation, bound };
        let kind = measure::find(&assertion.name).map(|m| m.kind);
        let outcome = measure::names().any(|known| known == assertion.name);
        match kind.or(outcome.then_some(Kind::Count)) {
            Some(kind) => assertion.read(kind).map(|_| assertion),
            None if assertion.name.contains('.') => Ok(assertion),
            None => Err(unknown(&assertion.name)),
        }
    }

    /// The number that it is about.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it holds of the mean of a measure over replications: an inequality holds when it holds at both ends of
    /// the interval. Where it holds at one of them, it is not enough to tell, and does not hold.
    ///
    /// # Errors
    /// When it is about no measure, or the bound does not fit it.
    pub fn check_mean(&self, estimate: Option<&Estimate>) -> Result<Verdict, AssertionError> {
        let kind =
            measure::find(&self.name).map(|measure| measure.kind).ok_or_else(|| unknown(&self.name))?;
        let bound = self.read(kind)?;
        let Some(estimate) = estimate else {
            return Ok(Verdict {
                holds: false,
                text: format!("{} is unknown, nothing was measured", self.name),
            });
        };
        let (low, high) = estimate.interval();
        let shown = kind.show_with(estimate.mean, estimate.half_width.unwrap_or(0.0));
        let both = match self.relation {
            Relation::Equal | Relation::Different => [self.relation.holds(estimate.mean, bound); 2],
            _ => [low, high].map(|end| self.relation.holds(end, bound)),
        };
        let doubt = if both[0] == both[1] { "" } else { ": not enough to tell, more --replications may" };
        Ok(Verdict { holds: both == [true; 2], text: format!("{} is {shown}{doubt}", self.name) })
    }

    /// Whether it holds of `report`.
    ///
    /// # Errors
    /// When the report has no such number, or the bound does not fit it.
    pub fn check(&self, report: &Report) -> Result<Verdict, AssertionError> {
        let (kind, value) = measure::look_up(report, &self.name).ok_or_else(|| unknown(&self.name))?;
        let bound = self.read(kind)?;
        let Some(value) = value else {
            let text = format!("{}: {} is unknown, nothing was measured", self.text, self.name);
            return Ok(Verdict { holds: false, text });
        };
        let holds = self.relation.holds(value, bound);
        Ok(Verdict { holds, text: format!("{}: {} is {}", self.text, self.name, kind.show(value)) })
    }

    /// The bound as a number of this kind.
    fn read(&self, kind: Kind) -> Result<f64, AssertionError> {
        let bare = |text: &str| text.replace(['_', ','], "").parse::<f64>().ok().filter(|x| x.is_finite());
        let percent = |text: &str| Some(bare(text.strip_suffix('%')?.trim_end())? / 100.0);
        let (value, allowed) = match kind {
            Kind::Millis => (
                SimDuration::parse(&self.bound).ok().map(SimDuration::as_millis),
                SimDuration::ALLOWED.say(Lang::En),
            ),
            Kind::Share => {
                (percent(&self.bound).or_else(|| bare(&self.bound)), "a share such as \"5 %\" or 0.05")
            }
            Kind::PerSecond => (Rate::parse(&self.bound).ok().map(Rate::get), Rate::ALLOWED.say(Lang::En)),
            Kind::Count => (bare(&self.bound), "a count such as 1200"),
            Kind::Number => (bare(&self.bound), "a number"),
        };
        value.ok_or_else(|| {
            let Self { text, name, bound, .. } = self;
            let share = format!("{name}_share");
            let meant = bound.ends_with('%') && measure::find(&share).is_some();
            let hint = if meant { format!(", or compare {share}") } else { String::new() };
            AssertionError(format!("\"{text}\": the bound of {name} is \"{bound}\"; must be {allowed}{hint}"))
        })
    }
}

fn unknown(name: &str) -> AssertionError {
    let hint = nearest(name, measure::names()).map_or_else(
        || format!("known: {}", measure::names().collect::<Vec<_>>().join(", ")),
        |near| format!("did you mean \"{near}\"?"),
    );
    AssertionError(format!("\"{name}\" is no number of a report; {hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 190 ± 20 ms: below 250 for sure, not above 250, and on both sides of 200.
    #[test]
    fn a_mean_holds_with_its_whole_interval() {
        let estimate = Estimate { mean: 190.0, half_width: Some(20.0), confidence: 0.95, replications: 5 };
        let check = |text: &str, e| Assertion::parse(text).unwrap().check_mean(e).unwrap();
        assert!(
            check("p99 < 250 ms", Some(&estimate)).holds && !check("p99 > 250 ms", Some(&estimate)).holds
        );
        let open = check("p99 < 200 ms", Some(&estimate));
        assert!(
            !open.holds && open.text.starts_with("p99 is 190 ± 20 ms: not enough to tell"),
            "{}",
            open.text
        );
        assert!(!check("p99 < 1 h", None).holds);
        // One run alone has no interval: its value decides.
        let one = Estimate { half_width: None, ..estimate };
        assert!(check("p99 < 200 ms", Some(&one)).holds && check("p99 = 190 ms", Some(&one)).holds);
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        for (text, part) in [
            ("p99", "has no < <="),
            ("p98 < 1 s", "did you mean \"p9"),
            ("p99 < 200", "must be a time with its unit"),
            ("goodput > fast", "must be a rate"),
            ("queue_ful = 0", "did you mean \"queue_full\""),
            ("failed_share < 5 apples", "must be a share"),
            ("failed < 5 %", "a count such as 1200, or compare failed_share"),
            ("", "has no < <="),
        ] {
            let error = Assertion::parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
        for text in
            ["p99<200ms", "p99 <= 1.5 s", "failed_share < 5 %", "queue_full = 1,200", "replicas.a.share > 1"]
        {
            assert!(Assertion::parse(text).is_ok(), "{text}");
        }
    }
}
