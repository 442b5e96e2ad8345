//! A measure over two fields: a table whose cells have a bar, the higher and the warmer the larger.

use super::super::mark::{Anchor, Kind as Use, Picture, Word};
use super::super::svg::{SvgError, still};
use super::super::theme::{Role, Theme};
use super::{Scale, WIDTH, key, title};
use crate::report::Estimate;
use crate::report::measure::Kind;

/// A measure over two fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// What is measured.
    pub measure: String,
    /// What sort of number it is.
    pub kind: Kind,
    /// The field that varies from row to row, and its values.
    pub down: (String, Vec<String>),
    /// The field that varies from column to column, and its values.
    pub across: (String, Vec<String>),
    /// Rows of cells: a mean with its interval; nothing where nothing was measured.
    pub cells: Vec<Vec<Option<Estimate>>>,
}

const TOP: f64 = 62.0;
const EACH: f64 = 34.0;
const LEFT: f64 = 150.0;
/// Width of a cell's bar in px.
const BAR: f64 = 12.0;
const STEPS: [Role; 5] = [Role::Age0, Role::Age1, Role::Age2, Role::Age3, Role::Age4];

/// Draws it as SVG; `said` is what it shows in words.
///
/// # Errors
/// When the backend fails.
pub fn grid(data: &Grid, theme: Theme, said: &str) -> Result<String, SvgError> {
    let size = (WIDTH.max(width(data) + 24.0), TOP + EACH * data.cells.len() as f64 + 30.0);
    let name = format!("{} over {} and {}", data.measure, data.down.0, data.across.0);
    still(size, theme, (&name, said), &picture(data))
}

fn column(data: &Grid) -> f64 {
    ((WIDTH - 24.0 - LEFT) / data.across.1.len().max(1) as f64).clamp(92.0, 180.0)
}

fn width(data: &Grid) -> f64 {
    LEFT + column(data) * data.across.1.len() as f64
}

/// Marks and words of it.
pub(super) fn picture(data: &Grid) -> Picture {
    let all: Vec<Estimate> = data.cells.iter().flatten().flatten().copied().collect();
    let scale = Scale::holding(data.kind, &all);
    let (each, right) = (column(data), width(data));
    let mut picture = Picture::default();
    let over = format!("{} (down) and {} (across)", data.down.0, data.across.0);
    picture.words.push(title(&data.measure, &over));
    for (n, value) in data.across.1.iter().enumerate() {
        let at = (LEFT + each * n as f64 + 6.0, TOP - 14.0);
        picture.words.push(Word::new(key(Use::Tick, n), at, value.as_str(), Role::Ink2).strong());
    }
    for (i, (value, row)) in data.down.1.iter().zip(&data.cells).enumerate() {
        let bottom = TOP + EACH * (i as f64 + 1.0);
        picture.hairline(0.0, right, bottom, Role::Line);
        let middle = bottom - EACH / 2.0;
        let name = Word::new(key(Use::Title, i + 1), (LEFT - 12.0, middle), value.as_str(), Role::Ink2);
        picture.words.push(name.anchored(Anchor::End).strong());
        for (j, estimate) in row.iter().enumerate() {
            let x = LEFT + each * j as f64 + 6.0;
            let text = estimate.map_or_else(|| "—".to_owned(), |e| data.kind.show(e.mean));
            picture.words.push(Word::new(
                key(Use::End, i * row.len() + j),
                (x + BAR + 7.0, middle),
                text,
                Role::Ink,
            ));
            let Some(estimate) = estimate else { continue };
            let share = scale.share(estimate.mean);
            // A hair for the least: an empty cell means that nothing was measured.
            let top = bottom - 3.0 - (EACH - 8.0) * share.max(0.04);
            let step = STEPS[((share * 5.0) as usize).min(4)];
            picture.area(vec![(x, top), (x + BAR, top), (x + BAR, bottom - 3.0), (x, bottom - 3.0)], step);
        }
    }
    picture
}
