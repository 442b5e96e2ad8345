//! A measure of each algorithm: a mark at its mean, a bar for its interval, the number besides.

use super::super::mark::{Anchor, Kind as Use, Mark, Picture, Word};
use super::super::svg::{SvgError, still};
use super::super::theme::{Role, Theme};
use super::{Scale, WIDTH, key, title};
use crate::report::Estimate;
use crate::report::measure::Kind;

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// A mean with its interval; nothing where nothing was measured.
    pub value: Option<Estimate>,
}

/// A measure of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// What is measured.
    pub measure: String,
    /// What sort of number it is.
    pub kind: Kind,
    /// The rows, from above.
    pub bars: Vec<Bar>,
}

const TOP: f64 = 44.0;
const EACH: f64 = 22.0;
/// Room for names at the left and numbers at the right, in px.
const SIDES: (f64, f64) = (210.0, 150.0);

/// Draws it as SVG; `said` is what it shows in words.
///
/// # Errors
/// When the backend fails.
pub fn rows(data: &Rows, theme: Theme, said: &str) -> Result<String, SvgError> {
    let size = (WIDTH, TOP + EACH * data.bars.len() as f64 + 34.0);
    still(size, theme, (&data.measure, said), &picture(data))
}

/// Marks and words of it.
pub(super) fn picture(data: &Rows) -> Picture {
    let all: Vec<Estimate> = data.bars.iter().filter_map(|bar| bar.value).collect();
    let scale = Scale::holding(data.kind, &all);
    let (left, right) = (SIDES.0, WIDTH - 24.0 - SIDES.1);
    let x = |value: f64| left + (right - left) * scale.share(value);
    let bottom = TOP + EACH * data.bars.len() as f64;
    let mut picture = Picture::default();
    picture.words.push(title(&data.measure, ""));
    for (n, tick) in scale.ticks().into_iter().enumerate() {
        picture.line(vec![(x(tick), TOP - 4.0), (x(tick), bottom)], Role::Line, 1.0);
        let word = Word::new(key(Use::Tick, n), (x(tick), TOP - 13.0), data.kind.show(tick), Role::Ink3);
        picture.words.push(word.anchored(Anchor::Middle).sized(11.5));
    }
    for (n, bar) in data.bars.iter().enumerate() {
        let y = TOP + EACH * (n as f64 + 0.5);
        let name = Word::new(key(Use::Title, n + 1), (left - 12.0, y), bar.name.as_str(), Role::Ink);
        picture.words.push(name.anchored(Anchor::End));
        let Some(estimate) = bar.value else { continue };
        let (low, high) = estimate.interval();
        picture.line(vec![(x(low), y), (x(high), y)], Role::Ink2, 4.0);
        picture.marks.push(Mark::Dots { at: vec![(x(estimate.mean), y)], role: Role::Accent, radius: 4.2 });
        let text = data.kind.show_with(estimate.mean, estimate.half_width.unwrap_or(0.0));
        picture.words.push(Word::new(key(Use::End, n), (right + 14.0, y), text, Role::Ink2));
    }
    picture
}
