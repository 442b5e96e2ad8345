//! Differences in words: who beats whom, by how much, and how sure that is.

use super::{ArmReport, Difference, Ratio, Verdict};
use crate::report::measure::{self, Kind, Measure};
use crate::report::number::three;
use crate::units::order::sort_by;

/// Whether less of this measure is better.
#[must_use]
pub fn less_is_better(measure: &str) -> bool {
    !matches!(
        measure,
        "goodput" | "throughput" | "fairness" | "ok_share" | "succeeded" | "connections_reused"
    )
}

/// One difference in words.
pub(super) fn sentence(measure: &Measure, found: &Difference) -> String {
    let Difference { a, b, .. } = found;
    let label = measure.label;
    match found.verdict {
        Verdict::Unknown => {
            return format!(
                "{label}: one replication can't tell {a} from {b}; ask for more with --replications."
            );
        }
        Verdict::No if found.is_same() => return format!("{label}: the same under {a} and {b}."),
        Verdict::No => return format!("{label}: not enough to tell {a} from {b}{}.", doubt(measure, found)),
        Verdict::Yes | Verdict::Tiny => {}
    }
    let a_is_less = found.ratio.map_or(found.difference.mean < 0.0, |ratio| ratio.mean < 1.0);
    let a_wins = a_is_less == less_is_better(measure.name);
    let (winner, loser) = if a_wins { (a, b) } else { (b, a) };
    let word = if less_is_better(measure.name) { "lower" } else { "higher" };
    let amount = match found.ratio {
        Some(ratio) => by_ratio(if a_wins { ratio } else { ratio.inverse() }, word),
        None => by_difference(measure, found, word),
    };
    let tiny = if found.verdict == Verdict::Tiny { ": real, but tiny" } else { "" };
    format!("{winner} beats {loser}: {label} {amount}{tiny}.")
}

fn doubt(measure: &Measure, found: &Difference) -> String {
    match (found.ratio, found.difference.half_width) {
        (Some(Ratio { mean, low, high }), _) => {
            // So many that the interval is some units of the last one wide.
            let units = [1e2, 1e3, 1e4, 1e5];
            let places = 2 + units.iter().take_while(|&unit| (high - low) * unit < 5.0).count();
            format!(" (ratio {mean:.places$}, between {low:.places$} and {high:.places$})")
        }
        (None, Some(half)) => {
            format!(" (difference {}, ± {})", signed(measure, found.difference.mean), amount(measure, half))
        }
        (None, None) => String::new(),
    }
}

/// The winner's value over the loser's: `2.1 times lower, ± 0.2` from a factor of 1.2 on, else `8 % lower, ±
/// 2 %`.
fn by_ratio(ratio: Ratio, word: &str) -> String {
    let turned = |x: f64| if ratio.mean < 1.0 { 1.0 / x } else { x };
    let (times, half) = (turned(ratio.mean), (turned(ratio.high) - turned(ratio.low)).abs() / 2.0);
    if times >= 1.2 {
        let places = if half >= 0.95 { 0 } else { 1 + usize::from(half < 0.095) };
        return format!("{times:.places$} times {word}, ± {half:.places$}");
    }
    let half = (ratio.high - ratio.low) / 2.0;
    let text = Kind::Share.show_with((ratio.mean - 1.0).abs(), half);
    text.split_once(" ± ").map_or(text.clone(), |(mean, half)| format!("{mean} % {word}, ± {half}"))
}

fn by_difference(measure: &Measure, found: &Difference, word: &str) -> String {
    let half = found.difference.half_width.unwrap_or(0.0);
    let unit = if measure.kind == Kind::Share { " points" } else { "" };
    format!("{}{unit} {word}, ± {}", amount(measure, found.difference.mean.abs()), amount(measure, half))
}

fn amount(measure: &Measure, value: f64) -> String {
    if measure.kind == Kind::Share { two(value * 100.0) } else { measure.kind.show(value) }
}

fn signed(measure: &Measure, value: f64) -> String {
    let sign = if value < 0.0 { "-" } else { "+" };
    format!("{sign}{}", amount(measure, value.abs()))
}

/// Two significant digits or so, as doubt deserves no more.
fn two(x: f64) -> String {
    match x {
        x if x >= 9.95 => three(x.round()),
        x if x >= 0.095 => format!("{x:.1}"),
        x => format!("{x:.2}"),
    }
}

/// What it comes to: the best on failures, when there are any, else on p99.
pub(super) fn headline(arms: &[ArmReport], differences: &[Difference]) -> String {
    let value = |arm: &ArmReport, name: &str| {
        arm.estimates.iter().find(|(known, _)| *known == name).map(|(_, estimate)| estimate.mean)
    };
    let failing = arms.iter().any(|arm| value(arm, "failed_share").is_some_and(|share| share > 0.01));
    let name = if failing { "failed_share" } else { "p99" };
    let mut order: Vec<(&ArmReport, f64)> =
        arms.iter().filter_map(|arm| Some((arm, value(arm, name)?))).collect();
    sort_by(&mut order, |a, b| a.1.total_cmp(&b.1));
    let (Some((best, _)), Some((second, _))) = (order.first(), order.get(1)) else {
        return "There is nothing to compare.".into();
    };
    let find = |x: &str, y: &str| {
        differences.iter().find(|d| d.measure == name && ((d.a == x && d.b == y) || (d.a == y && d.b == x)))
    };
    let real = |d: &Difference| matches!(d.verdict, Verdict::Yes | Verdict::Tiny);
    let label = measure::find(name).map_or(name, |m| m.label);
    if differences.iter().filter(|d| d.measure == name).count() > 1
        && !differences.iter().any(|d| d.measure == name && real(d))
    {
        return format!("On {label}, not enough to tell any two of the algorithms apart.");
    }
    let text = |other: &ArmReport| find(&best.algorithm, &other.algorithm).map(|d| d.text.clone());
    let (first, last) = (text(second), order.last().and_then(|(worst, _)| text(worst)));
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first} {last}"),
        (Some(first), _) => first,
        _ => format!("{} has the lowest {}.", best.algorithm, label),
    }
}
