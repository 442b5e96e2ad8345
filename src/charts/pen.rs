//! Draws marks on any plotters backend.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, PathElement, Polygon};
use plotters::prelude::DrawingBackend;
use plotters::style::{RGBAColor, ShapeStyle};

use super::mark::{At, Mark};
use super::theme::{Role, Theme};

/// What a backend may fail with.
pub type DrawError<DB> = DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;

/// Draws marks, the lowest first. Backends count in whole units: one CSS px is `unit` of the area's, so that
/// places and widths between two px are kept.
///
/// # Errors
/// When the backend fails.
pub fn draw_marks<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    marks: &[Mark],
    theme: Theme,
    unit: f64,
) -> Result<(), DrawError<DB>> {
    let pen = Pen { area, theme, unit };
    for mark in marks {
        match mark {
            Mark::Line { path, role, width, dash: None } => pen.line(path, *role, *width)?,
            Mark::Line { path, role, width, dash: Some((on, off)) } => {
                for dash in dashes(path, *on, *off) {
                    pen.line(&dash, *role, *width)?;
                }
            }
            Mark::Area { path, role } => {
                area.draw(&Polygon::new(pen.units(path), pen.style(*role, 1).filled()))?;
            }
            Mark::Dots { at, role, radius } => {
                let (style, radius) = (pen.style(*role, 1).filled(), whole(radius * unit).max(1));
                for place in pen.units(at) {
                    area.draw(&Circle::new(place, radius, style))?;
                }
            }
        }
    }
    Ok(())
}

struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    theme: Theme,
    unit: f64,
}

impl<DB: DrawingBackend> Pen<'_, DB> {
    fn line(&self, path: &[At], role: Role, width: f64) -> Result<(), DrawError<DB>> {
        let width = (width + self.theme.thicker_lines()) * self.unit;
        let style = self.style(role, whole(width).max(1).unsigned_abs());
        self.area.draw(&PathElement::new(self.units(path), style))
    }

    fn style(&self, role: Role, width: u32) -> ShapeStyle {
        let colour = self.theme.colour(role);
        let (r, g, b) = colour.rgb;
        ShapeStyle { color: RGBAColor(r, g, b, colour.alpha), filled: false, stroke_width: width }
    }

    fn units(&self, path: &[At]) -> Vec<(i32, i32)> {
        path.iter().map(|&(x, y)| (whole(x * self.unit), whole(y * self.unit))).collect()
    }
}

fn whole(v: f64) -> i32 {
    v.round() as i32
}

/// A path as dashes of length `on` with gaps of length `off`, measured along it.
#[must_use]
pub fn dashes(path: &[At], on: f64, off: f64) -> Vec<Vec<At>> {
    let (on, off) = (on.max(0.1), off.max(0.1));
    let mut dashes = Vec::new();
    let mut dash: Vec<At> = path.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, on);
    for ends in path.windows(2) {
        let (from, to) = (ends[0], ends[1]);
        let length = libm::hypot(to.0 - from.0, to.1 - from.1);
        let mut gone = 0.0;
        while length - gone > left {
            gone += left;
            let share = gone / length;
            let at = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            dash.push(at);
            if drawing {
                dashes.push(std::mem::take(&mut dash));
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
        left -= length - gone;
        if drawing {
            dash.push(to);
        }
    }
    if dash.len() > 1 {
        dashes.push(dash);
    }
    dashes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0–5, gap to 8, 8–10 and round the corner 3 on, gap.
    #[test]
    fn dashes_go_round_corners() {
        let cut = dashes(&[(0.0, 0.0), (10.0, 0.0), (10.0, 4.0)], 5.0, 3.0);
        assert_eq!(cut, [vec![(0.0, 0.0), (5.0, 0.0)], vec![(8.0, 0.0), (10.0, 0.0), (10.0, 3.0)]]);
        assert!(dashes(&[], 5.0, 3.0).is_empty());
        assert!(dashes(&[(1.0, 1.0)], 5.0, 3.0).is_empty());
    }
}
