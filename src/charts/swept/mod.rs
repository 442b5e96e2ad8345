//! What a sweep or a comparison came to, as pictures that stand still: a measure over a field that varies, a line for
//! each algorithm; over two fields as a table of bars; or a row for each algorithm.
//!
//! Intervals are drawn wherever there are any: as whiskers at each point, and as a band between them.

mod grid;
mod lines;
mod rows;

pub use grid::{Grid, grid};
pub use lines::{Line, Lines, lines};
pub use rows::{Bar, Rows, rows};

use super::Row;
use super::mark::{Kind as Use, Word};
use super::theme::Role;
use crate::report::Estimate;
use crate::report::measure::Kind;

/// Width of every picture in px.
const WIDTH: f64 = 760.0;
/// Room for the labels of the value axis, in px.
const LEFT: f64 = 74.0;

/// Colours of lines and marks, in turn; what comes after the last has dashes too.
const INKS: [Role; 6] =
    [Role::PowerOfD, Role::PeakEwma, Role::LeastConnections, Role::Hashing, Role::RoundRobin, Role::Weighted];

/// The colour of the n-th line, and its dashes.
fn ink(n: usize) -> (Role, Option<(f64, f64)>) {
    let dashes = [None, Some((6.0, 3.0)), Some((2.0, 3.0))];
    (INKS[n % INKS.len()], dashes[n / INKS.len() % dashes.len()])
}

/// The key of words: these pictures stand still, so that only its order matters.
fn key(kind: Use, n: usize) -> (Row, Use, u32) {
    (Row::Response, kind, n as u32)
}

/// A title with what it is over.
fn title(text: &str, over: &str) -> Word {
    let word = Word::new(key(Use::Title, 0), (0.0, 10.0), text, Role::Ink).sized(13.0).strong();
    if over.is_empty() { word } else { word.and(format!("  over {over}"), Role::Ink3, false) }
}

/// The scale of values: from 0 to a round number, or whole decades where times differ by more than fifty times.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Scale {
    Linear(f64),
    Decades(super::scale::Decades),
}

/// Times that differ by more than this are drawn on decades.
const FAR: f64 = 50.0;

impl Scale {
    fn holding(kind: Kind, estimates: &[Estimate]) -> Self {
        let means = estimates.iter().map(|e| e.mean);
        let (least, most) = means.fold((f64::INFINITY, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
        if kind == Kind::Millis && least > 0.0 && most > FAR * least {
            return Self::Decades(super::scale::Decades::holding(least, most));
        }
        Self::Linear(round_end(estimates.iter().map(|e| e.interval().1).fold(0.0, f64::max)))
    }

    /// 0 at the lower end, 1 at the upper.
    fn share(&self, value: f64) -> f64 {
        match self {
            Self::Linear(end) => (value / end).clamp(0.0, 1.0),
            Self::Decades(decades) => decades.share(value),
        }
    }

    fn ticks(&self) -> Vec<f64> {
        match self {
            Self::Linear(end) => (0..=4).map(|n| end * f64::from(n) / 4.0).collect(),
            Self::Decades(decades) => decades.ticks(6),
        }
    }
}

/// The least of 1, 1.2, 1.6, 2, 3, 4, 6, 8 × 10ⁿ that holds `max`, n of any sign: its quarters are short numbers.
fn round_end(max: f64) -> f64 {
    if !(max > 0.0 && max.is_finite()) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(max)));
    [1.0, 1.2, 1.6, 2.0, 3.0, 4.0, 6.0, 8.0]
        .into_iter()
        .map(|step| step * power)
        .find(|end| max <= end * (1.0 + 1e-9))
        .unwrap_or(10.0 * power)
}

/// Where the values of a field lie, from 0 to 1: in proportion where they are ascending numbers of one unit, else
/// evenly.
fn places(values: &[String]) -> Vec<f64> {
    let last = values.len().saturating_sub(1).max(1) as f64;
    let even = || (0..values.len()).map(|i| i as f64 / last).collect();
    let split = |text: &String| {
        let at =
            text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))).unwrap_or(text.len());
        let (number, unit) = text.split_at(at);
        Some((number.replace('_', "").parse::<f64>().ok()?, unit.trim().to_owned()))
    };
    let numbers: Option<Vec<(f64, String)>> = values.iter().map(split).collect();
    let Some(numbers) = numbers.filter(|list| list.len() > 1) else { return even() };
    let (first, end) = (numbers[0].0, numbers[numbers.len() - 1].0);
    let fits = numbers.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 == pair[1].1);
    // What grows by multiples is read by its order.
    let steep =
        first > 0.0 && end > 20.0 * first || numbers.len() > 2 && numbers[1].0 - first < (end - first) / 20.0;
    if fits && !steep { numbers.iter().map(|(x, _)| (x - first) / (end - first)).collect() } else { even() }
}

#[cfg(test)]
mod tests;
