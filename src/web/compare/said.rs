//! What a comparison comes to, in a sentence, with its interval.

use std::rc::Rc;

use yew::prelude::*;

use crate::experiment::{Comparison, Difference, Ratio, Verdict, less_is_better};
use crate::report::number::three;
use crate::web::state::Racer;

/// A stretch of a sentence, and whether it is a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part(pub String, pub bool);

impl Part {
    /// As text of the page.
    pub fn html(&self) -> Html {
        if self.1 {
            html! { <b>{ &self.0 }</b> }
        } else {
            html! { { &self.0 } }
        }
    }
}

/// A sentence and its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who is better, and by how much.
    pub title: String,
    /// The number with its interval, and whether it is real.
    pub proof: Vec<Part>,
}

/// What is compared first: failures where there are any, else the slowest answers.
fn leading(found: &Comparison) -> &'static str {
    let failing = found.algorithms.iter().any(|arm| {
        let share = arm.estimates.iter().find(|(name, _)| *name == "failed_share");
        share.is_some_and(|(_, estimate)| estimate.mean > 0.01)
    });
    if failing { "failed_share" } else { "p99" }
}

/// The largest real difference on the leading measure; without one, the first.
fn widest<'a>(found: &'a Comparison, measure: &str) -> Option<&'a Difference> {
    let of = || found.differences.iter().filter(move |d| d.measure == measure);
    let size = |d: &&Difference| match d.ratio {
        Some(ratio) => libm::fabs(libm::log(ratio.mean)),
        None => d.difference.mean.abs(),
    };
    let real = of().filter(|d| d.verdict == Verdict::Yes);
    real.max_by(|a, b| size(a).total_cmp(&size(b))).or_else(|| of().next())
}

/// The sentence.
#[must_use]
pub fn said(comparison: &Option<Rc<Comparison>>, racers: &[Racer]) -> Said {
    let waiting = || {
        let names: Vec<String> = racers.iter().map(|racer| racer.name.clone()).collect();
        Said {
            title: format!("{}: the same arrivals in each lane.", crate::report::number::list(&names, 4)),
            proof: vec![Part("Whether a difference is real is known after a few runs.".into(), false)],
        }
    };
    let Some(found) = comparison else { return waiting() };
    let measure = leading(found);
    let Some(widest) = widest(found, measure).filter(|d| d.verdict != Verdict::Unknown) else {
        return waiting();
    };
    let runs = found.replications;
    match widest.ratio {
        Some(ratio) => by_ratio(widest, ratio, runs),
        None => by_difference(widest, runs),
    }
}

fn real(verdict: Verdict) -> [Part; 3] {
    let (word, why) = match verdict {
        Verdict::Yes => ("yes", ", the interval stays clear of no difference."),
        Verdict::Tiny => ("tiny", ": clear of no difference, but under 1 %."),
        _ => ("no", ", the interval holds no difference at all."),
    };
    [Part("Real: ".into(), false), Part(word.into(), true), Part(why.into(), false)]
}

fn by_ratio(found: &Difference, ratio: Ratio, runs: u32) -> Said {
    let less = less_is_better(found.measure);
    let a_wins = (ratio.mean < 1.0) == less;
    let (winner, loser) = if a_wins { (&found.a, &found.b) } else { (&found.b, &found.a) };
    // How many times lower the winner's time is: at least 1.
    let times = if ratio.mean < 1.0 { ratio.inverse() } else { ratio };
    let title = match found.verdict {
        Verdict::Yes if times.mean >= 1.95 => {
            format!("{winner} answers the slowest 1 % {} times as fast as {loser}.", two(times.mean))
        }
        Verdict::Yes | Verdict::Tiny => {
            format!(
                "{winner} answers the slowest 1 % {} % faster than {loser}.",
                two(100.0 * (times.mean - 1.0))
            )
        }
        _ => format!("{winner} and {loser} can’t be told apart."),
    };
    let mut proof = vec![
        Part("p99 ".into(), false),
        Part(format!("{:.2} times lower", times.mean), true),
        Part(
            format!(", 95 % interval {:.2} to {:.2}, from {runs} paired runs. ", times.low, times.high),
            false,
        ),
    ];
    proof.extend(real(found.verdict));
    Said { title, proof }
}

fn by_difference(found: &Difference, runs: u32) -> Said {
    let a_wins = found.difference.mean <= 0.0;
    let (winner, loser) = if a_wins { (&found.a, &found.b) } else { (&found.b, &found.a) };
    let points = 100.0 * found.difference.mean.abs();
    let half = 100.0 * found.difference.half_width.unwrap_or(0.0);
    let title = match found.verdict {
        Verdict::Yes | Verdict::Tiny => {
            format!("{winner} fails {} points fewer of its requests than {loser}.", two(points))
        }
        _ => format!("{winner} and {loser} can’t be told apart."),
    };
    let mut proof = vec![
        Part("Failed share ".into(), false),
        Part(format!("{} points lower", two(points)), true),
        Part(
            format!(
                ", 95 % interval {} to {}, from {runs} paired runs. ",
                two(points - half),
                two(points + half)
            ),
            false,
        ),
    ];
    proof.extend(real(found.verdict));
    Said { title, proof }
}

/// Two digits behind the point at most.
fn two(x: f64) -> String {
    let places = if x.abs() >= 9.95 {
        0
    } else if x.abs() >= 0.95 {
        1
    } else {
        2
    };
    let rounded = format!("{x:.places$}");
    rounded.parse().map_or(rounded.clone(), three)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Arm, Plan, compare};
    use crate::scenario::{Scenario, preset};
    use crate::units::SimDuration;

    fn found(names: [&str; 2], runs: u32) -> Comparison {
        let mut scenario = Scenario::from_toml_str(preset::find("algorithms").unwrap().text).unwrap();
        scenario.run.duration = SimDuration::from_secs(30);
        let model = scenario.validate().unwrap();
        let arms = names.map(|name| Arm::new(&model, name, &[]).unwrap());
        compare(&arms, &Plan { seed: 1, replications: runs, jobs: 1 }, &|| ())
    }

    #[test]
    fn a_real_difference_names_the_winner_first() {
        let comparison = Some(Rc::new(found(["random", "least_connections"], 4)));
        let Said { title, proof } = said(&comparison, &[]);
        assert!(title.starts_with("least_connections answers the slowest 1 % "), "{title}");
        assert!(title.ends_with("as fast as random."), "{title}");
        let proof: String = proof.into_iter().map(|part| part.0).collect();
        assert!(proof.contains("from 4 paired runs. Real: yes"), "{proof}");
    }

    #[test]
    fn no_difference_is_none() {
        let mut comparison = found(["random", "least_connections"], 2);
        for difference in &mut comparison.differences {
            difference.verdict = Verdict::No;
        }
        let Said { title, proof } = said(&Some(Rc::new(comparison)), &[]);
        assert!(title.ends_with("can’t be told apart."), "{title}");
        assert!(proof.iter().any(|part| part.0 == "no" && part.1));
        assert!(said(&None, &[]).proof[0].0.contains("after a few runs"));
    }
}
