//! What a comparison comes to, in a sentence, with its interval.

use std::rc::Rc;

use yew::prelude::*;

use crate::experiment::{Comparison, Difference, Ratio, Verdict, less_is_better};
use crate::lang::{Lang, stretches, texts};
use crate::report::measure;
use crate::web::state::Racer;

texts! {
    mod say {
        fn same(names: Text) {
            en: "{names}: the same arrivals in each lane.",
            de: "{names}: dieselben Ankünfte in jeder Bahn.",
            fr: "{names} : les mêmes arrivées dans chaque voie.",
        }
        fn few_runs {
            en: "Whether a difference is real is known after a few runs.",
            de: "Ob ein Unterschied echt ist, zeigt sich nach ein paar Läufen.",
            fr: "Quelques essais diront si une différence est réelle.",
        }
        fn yes {
            en: "Real: *yes*, the interval does not hold equality.",
            de: "Echt: *ja*, das Intervall enthält die Gleichheit nicht.",
            fr: "Réel : *oui*, l’intervalle exclut l’égalité.",
        }
        fn tiny(limit: Share) {
            en: "Real: *tiny*: not equal, but by less than {limit}.",
            de: "Echt: *winzig*: nicht gleich, aber um weniger als {limit}.",
            fr: "Réel : *infime* : pas égal, mais sous {limit}.",
        }
        fn no {
            en: "Real: *no*, the interval holds equality too.",
            de: "Echt: *nein*, das Intervall enthält auch die Gleichheit.",
            fr: "Réel : *non*, l’intervalle contient l’égalité.",
        }
        fn times_as_fast(winner: Text, slowest: Share, times: Text, loser: Text) {
            en: "{winner} answers the slowest {slowest} of requests {times} times as fast as {loser}.",
            de: "{winner} beantwortet die langsamsten {slowest} der Anfragen {times}-mal so schnell wie {loser}.",
            fr: "{winner} répond au {slowest} des requêtes les plus lentes {times} fois plus vite que {loser}.",
        }
        fn faster(winner: Text, slowest: Share, more: Text, loser: Text) {
            en: "{winner} answers the slowest {slowest} of requests {more} % faster than {loser}.",
            de: "{winner} beantwortet die langsamsten {slowest} der Anfragen {more} % schneller als {loser}.",
            fr: "{winner} répond au {slowest} des requêtes les plus lentes {more} % plus vite que {loser}.",
        }
        fn alike(winner: Text, loser: Text) {
            en: "{winner} and {loser} can’t be told apart.",
            de: "{winner} und {loser} sind nicht zu unterscheiden.",
            fr: "{winner} et {loser} ne se distinguent pas.",
        }
        fn p99(times: Text, sure: Share, low: Text, high: Text, runs: Whole) {
            en: "p99 *{times} times lower*, {sure} interval {low} to {high}, from {runs} paired runs.",
            de: "p99 *{times}-mal niedriger*, {sure}-Intervall {low} bis {high}, aus {runs} gepaarten Läufen.",
            fr: "p99 *{times} fois plus bas*, intervalle à {sure} de {low} à {high}, sur {runs} essais \
                 appariés.",
        }
        fn equal(what: Text, runs: Whole) {
            en: "{what} is *the same* in each of {runs} paired {runs:run|runs}.",
            de: "{what}: *dasselbe* in jedem von {runs} gepaarten {runs:Lauf|Läufen}.",
            fr: "{what} : *la même valeur* dans chacun des {runs} essais appariés.",
        }
        fn fails_fewer(winner: Text, points: Text, loser: Text) {
            en: "With {winner}, {points} points fewer requests fail than with {loser}.",
            de: "Bei {winner} scheitern {points} Prozentpunkte weniger Anfragen als bei {loser}.",
            fr: "Avec {winner}, la part d’échecs est de {points} points plus basse qu’avec {loser}.",
        }
        fn share(points: Text, sure: Share, low: Text, high: Text, runs: Whole) {
            en: "Failed share *{points} points lower*, {sure} interval {low} to {high}, from {runs} paired \
                 runs.",
            de: "Fehleranteil *{points} Punkte niedriger*, {sure}-Intervall {low} bis {high}, aus {runs} \
                 gepaarten Läufen.",
            fr: "Part d’échecs *{points} points plus basse*, intervalle à {sure} de {low} à {high}, sur \
                 {runs} essais appariés.",
        }
    }
}

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
pub fn said(lang: Lang, comparison: &Option<Rc<Comparison>>, racers: &[Racer]) -> Said {
    let waiting = || {
        let names: Vec<String> = racers.iter().map(|racer| racer.name.clone()).collect();
        Said {
            title: say::same(lang, &lang.list(&names, 4)),
            proof: vec![Part(say::few_runs(lang).into(), false)],
        }
    };
    let Some(found) = comparison else { return waiting() };
    let measure = leading(found);
    let Some(widest) = widest(found, measure).filter(|d| d.verdict != Verdict::Unknown) else {
        return waiting();
    };
    let runs = found.replications;
    if widest.is_same() {
        let what = measure::find(widest.measure).map_or(widest.measure, |m| m.text.say(lang));
        let Said { title, .. } = by_difference(lang, widest, runs);
        return Said { title, proof: proof(lang, &say::equal(lang, what, u64::from(runs)), Verdict::No) };
    }
    match widest.ratio {
        Some(ratio) => by_ratio(lang, widest, ratio, runs),
        None => by_difference(lang, widest, runs),
    }
}

/// Whether it is real, and the proof before it; facts stand between `*`.
fn proof(lang: Lang, proof: &str, verdict: Verdict) -> Vec<Part> {
    let real = match verdict {
        Verdict::Yes => say::yes(lang).to_owned(),
        Verdict::Tiny => say::tiny(lang, 0.01),
        _ => say::no(lang).to_owned(),
    };
    stretches(&format!("{proof} {real}")).into_iter().map(|(text, fact)| Part(text, fact)).collect()
}

fn by_ratio(lang: Lang, found: &Difference, ratio: Ratio, runs: u32) -> Said {
    let less = less_is_better(found.measure);
    let a_wins = (ratio.mean < 1.0) == less;
    let (winner, loser) = if a_wins { (&found.a, &found.b) } else { (&found.b, &found.a) };
    // How many times lower the winner's time is: at least 1.
    let times = if ratio.mean < 1.0 { ratio.inverse() } else { ratio };
    let title = match found.verdict {
        Verdict::Yes if times.mean >= 1.95 => {
            say::times_as_fast(lang, winner, 0.01, &two(lang, times.mean), loser)
        }
        Verdict::Yes | Verdict::Tiny => {
            say::faster(lang, winner, 0.01, &two(lang, 100.0 * (times.mean - 1.0)), loser)
        }
        _ => say::alike(lang, winner, loser),
    };
    let [mean, low, high] = [times.mean, times.low, times.high].map(|x| lang.point(&format!("{x:.2}")));
    let said = say::p99(lang, &mean, 0.95, &low, &high, u64::from(runs));
    Said { title, proof: proof(lang, &said, found.verdict) }
}

fn by_difference(lang: Lang, found: &Difference, runs: u32) -> Said {
    let a_wins = found.difference.mean <= 0.0;
    let (winner, loser) = if a_wins { (&found.a, &found.b) } else { (&found.b, &found.a) };
    let points = 100.0 * found.difference.mean.abs();
    let half = 100.0 * found.difference.half_width.unwrap_or(0.0);
    let title = match found.verdict {
        Verdict::Yes | Verdict::Tiny => say::fails_fewer(lang, winner, &two(lang, points), loser),
        _ => say::alike(lang, winner, loser),
    };
    let [mean, low, high] = [points, points - half, points + half].map(|x| two(lang, x));
    let said = say::share(lang, &mean, 0.95, &low, &high, u64::from(runs));
    Said { title, proof: proof(lang, &said, found.verdict) }
}

/// Two significant digits.
fn two(lang: Lang, x: f64) -> String {
    let places = if x.abs() >= 9.95 {
        0
    } else if x.abs() >= 0.95 {
        1
    } else {
        2
    };
    let rounded = format!("{x:.places$}");
    rounded.parse().map_or(rounded.clone(), |x| lang.three(x))
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
        let Said { title, proof } = said(Lang::En, &comparison, &[]);
        assert!(title.starts_with("least_connections answers the slowest 1 % of requests "), "{title}");
        assert!(title.ends_with("as fast as random."), "{title}");
        let proof: String = proof.into_iter().map(|part| part.0).collect();
        assert!(proof.contains("from 4 paired runs. Real: yes"), "{proof}");
    }

    /// One replica leaves nothing to choose: both lanes are the same run.
    #[test]
    fn equal_runs_are_called_equal() {
        let mut scenario = Scenario::from_toml_str(preset::find("first-server").unwrap().text).unwrap();
        scenario.run.duration = SimDuration::from_secs(10);
        let model = scenario.validate().unwrap();
        let arms = ["random", "least_connections"].map(|name| Arm::new(&model, name, &[]).unwrap());
        let comparison = compare(&arms, &Plan { seed: 1, replications: 3, jobs: 1 }, &|| ());
        let Said { title, proof } = said(Lang::En, &Some(Rc::new(comparison)), &[]);
        assert!(title.ends_with("can’t be told apart."), "{title}");
        let proof: String = proof.into_iter().map(|part| part.0).collect();
        assert!(proof.starts_with("p99 is the same in each of 3 paired runs. Real: no"), "{proof}");
    }

    #[test]
    fn no_difference_is_none() {
        let mut comparison = found(["random", "least_connections"], 2);
        for difference in &mut comparison.differences {
            difference.verdict = Verdict::No;
        }
        let Said { title, proof } = said(Lang::En, &Some(Rc::new(comparison)), &[]);
        assert!(title.ends_with("can’t be told apart."), "{title}");
        assert!(proof.iter().any(|part| part.0 == "no" && part.1));
        assert!(said(Lang::En, &None, &[]).proof[0].0.contains("after a few runs"));
    }
}
