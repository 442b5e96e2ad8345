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
    let rows: Vec<&Difference> = comparison
        .differences
        .iter()
        .filter(|d| d.a == first.name && d.b == rival.name && !d.is_same())
        .collect();
    let axis = Axis::holding(&rows.iter().filter_map(|d| better(d)).collect::<Vec<_>>());
    let same: Vec<String> = comparison
        .differences
        .iter()
        .filter(|d| d.a == first.name && d.b == rival.name && d.is_same())
        .filter_map(|d| measure::find(d.measure).map(|m| m.text.say(lang).to_owned()))
        .collect();
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
            <table class="forest">
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
            </table>
            if !same.is_empty() {
                <p class="sub">{ say::same(lang, &same.join(", ")) }</p>
            }
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
    let value = |lane: &Look| {
        let arm = comparison.algorithms.iter().find(|arm| arm.algorithm == lane.name);
        let estimate = arm.and_then(|arm| arm.estimates.iter().find(|(name, _)| *name == found.measure));
        let shown =
            estimate.zip(measure).map(|((_, estimate), measure)| measure.kind.show_in(lang, estimate.mean));
        html! { <td class="n">{ shown.unwrap_or_default() }</td> }
    };
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
            <td class="forest-plot">{ plot(lang, found, axis) }</td>
            <td class={classes!("forest-real", class)}>
                if found.verdict == Verdict::Yes { { icon(Icon::Tick) } }{ word }
            </td>
        </tr>
    }
}

/// Interval and mean; filled when it is real, hollow when it is not.
fn plot(lang: Lang, found: &Difference, axis: Axis) -> Html {
    let Some(ratio) = better(found) else {
        let half = found.difference.half_width.unwrap_or(0.0);
        let kind = measure::find(found.measure).map_or(measure::Kind::Number, |m| m.kind);
        let sign = if found.difference.mean > 0.0 { "−" } else { "+" };
        let text = format!("{sign}{}", kind.show_with_in(lang, found.difference.mean.abs(), half));
        return html! { <span class="forest-words">{ text }</span> };
    };
    let at = |x: f64| format!("{:.2}", axis.at(x));
    let real = matches!(found.verdict, Verdict::Yes | Verdict::Tiny);
    let places = if (ratio.mean - 1.0).abs() < 0.1 { 3 } else { 2 };
    let text =
        lang.point(&format!("{:.places$} ({:.places$}–{:.places$})", ratio.mean, ratio.low, ratio.high));
    html! {
        <>
            <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
                <path class="forest-one" d={format!("M{} 0V14", at(1.0))} />
                <path class="forest-range" d={format!("M{} 7H{}", at(ratio.low), at(ratio.high))} />
            </svg>
            <i class={classes!("forest-dot", (!real).then_some("hollow"))}
                style={format!("left:{}%", at(ratio.mean))}></i>
            <span class="forest-words">{ text }</span>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
