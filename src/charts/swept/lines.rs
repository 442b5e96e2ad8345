//! A measure over a field that varies: a line for each algorithm, with its interval.

use super::super::mark::{Anchor, Kind as Use, Picture, Word, separate};
use super::super::svg::{SvgError, still};
use super::super::theme::{Role, Theme};
use super::{LEFT, Scale, WIDTH, ink, key, places, title};
use crate::report::Estimate;
use crate::report::measure::Kind;
use crate::units::order::sort_by;

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its name; empty where there is only one.
    pub name: String,
    /// A mean with its interval at each value of the field; nothing where nothing was measured.
    pub values: Vec<Option<Estimate>>,
}

/// A measure over a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// What is measured.
    pub measure: String,
    /// What sort of number it is.
    pub kind: Kind,
    /// The field.
    pub over: String,
    /// Its values.
    pub values: Vec<String>,
    /// The lines.
    pub lines: Vec<Line>,
}

const TOP: f64 = 34.0;
const PLOT: f64 = 210.0;
/// Room for the names at the right, in px.
const NAMES: f64 = 190.0;
/// Half the width of a whisker's cap.
const CAP: f64 = 3.5;

/// Draws it as SVG; `said` is what it shows in words.
///
/// # Errors
/// When the backend fails.
pub fn lines(data: &Lines, theme: Theme, said: &str) -> Result<String, SvgError> {
    let name = format!("{} over {}", data.measure, data.over);
    still((WIDTH, TOP + PLOT + 44.0), theme, (&name, said), &picture(data))
}

/// Marks and words of it.
pub(super) fn picture(data: &Lines) -> Picture {
    let all: Vec<Estimate> =
        data.lines.iter().flat_map(|line| line.values.iter().flatten().copied()).collect();
    let scale = Scale::holding(data.kind, &all);
    let right = WIDTH - 24.0 - if data.lines.len() > 1 { NAMES } else { 30.0 };
    let xs: Vec<f64> =
        places(&data.values).iter().map(|share| LEFT + 12.0 + (right - LEFT - 24.0) * share).collect();
    let y = |value: f64| TOP + PLOT * (1.0 - scale.share(value));
    let mut picture = Picture::default();
    picture.words.push(title(&data.measure, &data.over));
    for (n, tick) in scale.ticks().into_iter().enumerate() {
        picture.hairline(LEFT, right, y(tick), Role::Line);
        let word = Word::new(key(Use::Tick, n), (LEFT - 8.0, y(tick)), data.kind.show(tick), Role::Ink3);
        picture.words.push(word.anchored(Anchor::End).sized(11.5));
    }
    across(data, &xs, &mut picture);
    let mut ends = Vec::new();
    for (n, line) in data.lines.iter().enumerate() {
        let known = || xs.iter().zip(&line.values).filter_map(|(&x, value)| Some((x, (*value)?)));
        let low = known().map(|(x, e)| (x, y(e.interval().0)));
        let high: Vec<(f64, f64)> = known().map(|(x, e)| (x, y(e.interval().1))).collect();
        picture.area(low.chain(high.iter().rev().copied()).collect(), Role::Shade);
        let (role, dash) = ink(n);
        let path: Vec<(f64, f64)> = known().map(|(x, e)| (x, y(e.mean))).collect();
        for (x, estimate) in known() {
            let (low, high) = estimate.interval();
            if estimate.half_width.is_some_and(|half| half > 0.0) {
                picture.line(vec![(x, y(low)), (x, y(high))], role, 1.2);
                for end in [low, high] {
                    picture.line(vec![(x - CAP, y(end)), (x + CAP, y(end))], role, 1.2);
                }
            }
        }
        picture.marks.push(super::super::mark::Mark::Dots { at: path.clone(), role, radius: 3.2 });
        if let Some(&(_, at)) = path.last().filter(|_| data.lines.len() > 1) {
            ends.push((at, n, line.name.as_str()));
        }
        picture.dashed(path, role, 2.2, dash);
    }
    names(ends, right, &mut picture);
    picture
}

/// The values of the field below; those that would touch another are left out.
fn across(data: &Lines, xs: &[f64], picture: &mut Picture) {
    let mut free = 0.0;
    for (n, (text, &x)) in data.values.iter().zip(xs).enumerate() {
        let word = Word::new(key(Use::Note, n), (x, TOP + PLOT + 16.0), text.as_str(), Role::Ink3);
        let word = word.anchored(Anchor::Middle).sized(11.5);
        let (from, to) = word.reach();
        if from >= free {
            picture.words.push(word);
            free = to + 6.0;
        }
    }
}

/// Names at the right of the lines' ends, moved apart.
fn names(mut ends: Vec<(f64, usize, &str)>, right: f64, picture: &mut Picture) {
    sort_by(&mut ends, |a, b| a.0.total_cmp(&b.0));
    let wanted: Vec<f64> = ends.iter().map(|end| end.0).collect();
    for ((_, n, name), y) in ends.into_iter().zip(separate(&wanted, 15.0, TOP, TOP + PLOT)) {
        picture.dashed(vec![(right + 8.0, y), (right + 24.0, y)], ink(n).0, 2.2, ink(n).1);
        picture.words.push(Word::new(key(Use::End, n), (right + 30.0, y), name, Role::Ink));
    }
}
