//! Every measure of the lanes, and how sure each difference is: a forest plot on a log axis.

use std::rc::Rc;

use yew::prelude::*;

use super::look::Look;
use crate::experiment::{Comparison, Difference, Ratio, Verdict, less_is_better};
use crate::lang::{Lang, texts};
use crate::report::measure;
use crate::web::hooks::use_lang;
use crate::web::icons::{Icon, family_mark, icon};

texts! {
    mod say {
        fn wait {
            en: "The first runs are on their way.",
            de: "Die ersten Läufe sind unterwegs.",
            fr: "Les premiers essais sont en route.",
        }
        fn which {
            en: "Which lane is held against the first",
            de: "Welche Bahn gegen die erste gehalten wird",
            fr: "Quelle voie est comparée à la première",
        }
        fn against(rival: Text, first: Text) {
            en: "{rival} held against {first}",
            de: "{rival} gegen {first}",
            fr: "{rival} face à {first}",
        }
        fn mean { en: "mean of runs", de: "Mittel der Läufe", fr: "moyenne" }
        fn times_better(sure: Share) {
            en: "times better, {sure}",
            de: "mal besser, {sure}",
            fr: "fois mieux, {sure}",
        }
        fn real { en: "real?", de: "echt?", fr: "réel ?" }
        fn same(names: Text) {
            en: "The same in both: {names}.",
            de: "Gleich in beiden: {names}.",
            fr: "Pareil dans les deux : {names}.",
        }
        fn yes { en: "yes", de: "ja", fr: "oui" }
        fn tiny { en: "tiny", de: "winzig", fr: "infime" }
        fn no { en: "no", de: "nein", fr: "non" }
        fn one_run { en: "one run", de: "ein Lauf", fr: "un essai" }
        fn about_tiny(limit: Share) {
            en: "Tiny: there is a difference, but of less than {limit}.",
            de: "Winzig: Es gibt einen Unterschied, aber von weniger als {limit}.",
            fr: "Infime : il y a un écart, mais de moins de {limit}.",
        }
        fn equal { en: "equal", de: "gleich", fr: "pareil" }
        fn nearly(limit: Share) {
            en: "equal to within {limit}",
            de: "auf {limit} genau gleich",
            fr: "pareil à {limit} près",
        }
    }
}

/// Properties of [`Forest`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is known.
    pub comparison: Option<Rc<Comparison>>,
    /// How the lanes look.
    pub looks: Rc<Vec<Look>>,
    /// Which lane is held against the first.
    pub rival: usize,
    /// Takes another one.
    pub on_rival: Callback<usize>,
}

/// Ends that either side of the axis may have.
const ENDS: [f64; 9] = [1.05, 1.1, 1.25, 1.5, 2.0, 5.0, 10.0, 100.0, 1e4];

/// The axis: log, from 1 / `worse` to `better`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Axis {
    worse: f64,
    better: f64,
}

impl Axis {
    fn holding(ratios: &[Ratio]) -> Self {
        let ends =
            || ratios.iter().flat_map(|r| [r.low, r.mean, r.high]).filter(|x| x.is_finite() && *x > 0.0);
        let end = |most: f64| ENDS.into_iter().find(|end| most <= *end).unwrap_or(ENDS[8]);
        let better = end(ends().fold(1.0, f64::max));
        let worse = end(1.0 / ends().fold(1.0, f64::min));
        // Neither side is so short that its number has no room.
        let least = ENDS.into_iter().find(|end| libm::pow(*end, 3.0) >= worse.max(better)).unwrap_or(1.1);
        Self { worse: worse.max(least), better: better.max(least) }
    }

    /// Where a ratio lies, in hundredths of the width, held within.
    fn at(self, ratio: f64) -> f64 {
        let (low, high) = (-libm::log(self.worse), libm::log(self.better));
        let place = if ratio > 0.0 { libm::log(ratio).clamp(low, high) } else { low };
        4.0 + 92.0 * (place - low) / (high - low)
    }
}

/// How many times better the rival is than the first lane; above 1 it is better.
fn better(found: &Difference) -> Option<Ratio> {
    found.ratio.map(|ratio| if less_is_better(found.measure) { ratio } else { ratio.inverse() })
}

/// The table.
#[component]
pub fn Forest(props: &Props) -> Html {
    let lang = use_lang();
    let (Some(first), Some(rival)) = (props.looks.first(), props.looks.get(props.rival)) else {
        return html! {};
    };
    let choices = (1..props.looks.len()).filter(|_| props.looks.len() > 2).map(|n| {
        let on_rival = props.on_rival.clone();
        let onclick = Callback::from(move |_: MouseEvent| on_rival.emit(n));
        html! {
            <button type="button" aria-pressed={(n == props.rival).to_string()} {onclick}>
                { &props.looks[n].name }
            </button>
        }
    });
    let Some(comparison) = &props.comparison else {
        return html! { <p class="sub forest-wait">{ say::wait(lang) }</p> };
    };
    let theirs = comparison.differences.iter().filter(|d| d.a == first.name && d.b == rival.name);
    let (equal, rows): (Vec<&Difference>, Vec<&Difference>) = theirs.partition(|d| d.is_same());
    let axis = Axis::holding(&rows.iter().filter_map(|d| better(d)).collect::<Vec<_>>());
    let same: Vec<String> =
        equal.iter().filter_map(|d| measure::find(d.measure).map(|m| m.text.say(lang).to_owned())).collect();
    let one = |found: &&Difference| row(lang, found, comparison, (first, rival), axis);
    let head = |look: &Look| {
        let name = html! { <>{ family_mark(look.family) }{ " " }{ &look.name }</> };
        html! { <th scope="col"><span class="forest-lane">{ name }</span></th> }
    };
    html! {
        <>
            if props.looks.len() > 2 {
                <div class="seg forest-rival" role="group" aria-label={say::which(lang)}>
                    { for choices }
                </div>
            }
            if !rows.is_empty() { <table class="forest">
                <caption class="sr">{ say::against(lang, &rival.name, &first.name) }</caption>
                <thead><tr>
                    <th scope="col">{ say::mean(lang) }</th>
                    { head(first) }{ head(rival) }
                    <th scope="col" class="forest-axis">
                        <span>{ say::times_better(lang, 0.95) }</span>
                        <span class="forest-ends" aria-hidden="true">{ for ends(lang, axis) }</span>
                    </th>
                    <th scope="col">{ say::real(lang) }</th>
                </tr></thead>
                <tbody>{ for rows.iter().map(one) }</tbody>
            </table> }
            <p class="sub">
                if !same.is_empty() { { say::same(lang, &same.join(", ")) }{ " " } }
                if rows.iter().any(|found| found.verdict == Verdict::Tiny) { { say::about_tiny(lang, 0.01) } }
            </p>
        </>
    }
}

/// The numbers of the axis: its ends, and no difference.
fn ends(lang: Lang, axis: Axis) -> impl Iterator<Item = Html> {
    let (worse, better) =
        (lang.point(&format!("1/{}", axis.worse)), lang.point(&format!("{}×", axis.better)));
    let at = [(1.0 / axis.worse, worse), (1.0, "1×".to_owned()), (axis.better, better)];
    at.into_iter().map(move |(x, text)| {
        html! { <i style={format!("left:{:.1}%", axis.at(x))}>{ text }</i> }
    })
}

fn row(lang: Lang, found: &Difference, comparison: &Comparison, lanes: (&Look, &Look), axis: Axis) -> Html {
    let measure = measure::find(found.measure);
    let mean = |lane: &Look| {
        let arm = comparison.algorithms.iter().find(|arm| arm.algorithm == lane.name)?;
        let estimate = arm.estimates.iter().find(|(name, _)| *name == found.measure)?;
        Some(estimate.1.mean)
    };
    let value = |lane: &Look| {
        let shown = mean(lane).zip(measure).map(|(mean, measure)| measure.kind.show_in(lang, mean));
        html! { <td class="n">{ shown.unwrap_or_default() }</td> }
    };
    let largest = [lanes.0, lanes.1].into_iter().filter_map(mean).fold(0.0, |most, x| x.abs().max(most));
    let (word, class) = match found.verdict {
        Verdict::Yes => (say::yes(lang), "ok"),
        Verdict::Tiny => (say::tiny(lang), ""),
        Verdict::No => (say::no(lang), ""),
        Verdict::Unknown => (say::one_run(lang), ""),
    };
    html! {
        <tr key={found.measure}>
            <th scope="row">{ measure.map_or(found.measure, |m| m.text.say(lang)) }</th>
            { value(lanes.0) }{ value(lanes.1) }
            <td class="forest-plot">{ plot(lang, found, largest, axis) }</td>
            <td class={classes!("forest-real", class)}>
                if found.verdict == Verdict::Yes { { icon(Icon::Tick) } }{ word }
            </td>
        </tr>
    }
}

/// Nearer than this share of the larger value, a difference is said in words: three digits would not show it.
const NEAR: f64 = 0.0005;

/// The interval as numbers; in words where its numbers would all be the same.
fn ratio_words(lang: Lang, ratio: Ratio) -> String {
    if [ratio.low, ratio.mean, ratio.high].iter().all(|x| (x - 1.0).abs() < NEAR) {
        return say::nearly(lang, 2.0 * NEAR);
    }
    let places = if (ratio.mean - 1.0).abs() < 0.1 { 3 } else { 2 };
    lang.point(&format!("{:.places$} ({:.places$}–{:.places$})", ratio.mean, ratio.low, ratio.high))
}

/// A difference that is no ratio, of values up to `largest`: by how much the second is larger.
fn difference_words(lang: Lang, found: &Difference, largest: f64) -> String {
    let (mean, half) = (found.difference.mean, found.difference.half_width.unwrap_or(0.0));
    if mean.abs() + half <= NEAR * largest.abs() {
        return if found.is_same() { say::equal(lang).to_owned() } else { say::nearly(lang, 2.0 * NEAR) };
    }
    let kind = measure::find(found.measure).map_or(measure::Kind::Number, |m| m.kind);
    let text = kind.show_with_in(lang, mean.abs(), half);
    // What rounds to nothing has no sign.
    let size = text.split('±').next().unwrap_or_default();
    let sign = match size.contains(|c: char| ('1'..='9').contains(&c)) {
        false => "",
        true if mean > 0.0 => "−",
        true => "+",
    };
    format!("{sign}{text}")
}

/// Interval and mean; filled when it is real, hollow when it is not.
fn plot(lang: Lang, found: &Difference, largest: f64, axis: Axis) -> Html {
    let Some(ratio) = better(found) else {
        return html! { <span class="forest-words">{ difference_words(lang, found, largest) }</span> };
    };
    let at = |x: f64| format!("{:.2}", axis.at(x));
    let real = matches!(found.verdict, Verdict::Yes | Verdict::Tiny);
    let grid = [1.0 / axis.worse, 1.0, axis.better].map(|x| {
        html! { <i class={classes!("forest-grid", (x == 1.0).then_some("one"))} style={format!("left:{}%", at(x))}></i> }
    });
    // The numbers stand below the dot, as far as they fit there.
    let below = (axis.at(ratio.mean) - 50.0).clamp(-18.0, 18.0);
    html! {
        <>
            { for grid }
            <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
                <path class="forest-range" d={format!("M{} 7H{}", at(ratio.low), at(ratio.high))} />
            </svg>
            <i class={classes!("forest-dot", (!real).then_some("hollow"))}
                style={format!("left:{}%", at(ratio.mean))}></i>
            <span class="forest-words" style={format!("left:{below:.1}%")}>{ ratio_words(lang, ratio) }</span>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Estimate;

    #[test]
    fn the_axis_holds_all_and_both_sides_have_room() {
        let ratio = |low, mean, high| Ratio { mean, low, high };
        let axis = Axis::holding(&[ratio(1.23, 1.25, 1.26), ratio(1.8, 2.0, 2.2)]);
        assert_eq!(axis, Axis { worse: 2.0, better: 5.0 });
        assert!((axis.at(5.0) - 96.0).abs() < 1e-9 && (axis.at(0.5) - 4.0).abs() < 1e-9);
        // ln 2 of ln 10 from the left: 0.30103 of it.
        assert!((axis.at(1.0) - (4.0 + 92.0 * std::f64::consts::LOG10_2)).abs() < 1e-3);
        let worse = Axis::holding(&[ratio(0.3, 0.4, 0.5)]);
        assert_eq!((worse.worse, worse.better), (5.0, 2.0), "worse takes as much room as better");
        assert_eq!(Axis::holding(&[]), Axis { worse: 1.05, better: 1.05 });
        assert!((axis.at(f64::INFINITY) - 96.0).abs() < 1e-9 && (axis.at(0.0) - 4.0).abs() < 1e-9);
    }

    #[test]
    fn what_can_not_be_told_apart_is_said_in_words() {
        let ratio = |low, mean, high| ratio_words(Lang::En, Ratio { mean, low, high });
        assert_eq!(ratio(0.9997, 1.0001, 1.0004), "equal to within 0.1 %");
        assert_eq!(ratio(0.9997, 1.0001, 1.0006), "1.000 (1.000–1.001)");
        assert_eq!(ratio(1.9, 2.0, 2.1), "2.00 (1.90–2.10)");
        let found = |measure, mean, half| Difference {
            measure,
            a: "a".into(),
            b: "b".into(),
            difference: Estimate { mean, half_width: Some(half), confidence: 0.95, replications: 20 },
            ratio: None,
            verdict: Verdict::Tiny,
            text: String::new(),
        };
        let said = |mean, half, largest| difference_words(Lang::En, &found("fairness", mean, half), largest);
        // 0.000117 + 0.000028 is less than a two-thousandth of 1; 0.000500 + 0.000001 is more.
        assert_eq!(said(0.000_117, 0.000_028, 1.0), "equal to within 0.1 %");
        assert_eq!(said(0.0005, 0.000_001, 1.0), "−0.000500 ± 0.000001");
        assert_eq!(said(0.0, 0.0, 0.0), "equal");
        assert_eq!(said(-0.25, 0.01, 1.0), "+0.250 ± 0.010");
        // The sign of nothing: 0.04 rounds to 0.0 where the doubt is 2.
        assert_eq!(said(0.04, 2.0, 9.0), "0.0 ± 2.0");
        assert_eq!(difference_words(Lang::De, &found("failed_share", 0.0, 0.0), 0.0), "gleich");
    }
}
