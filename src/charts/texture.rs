//! Textures that tell areas apart without colour, kept inside the area between two edges.

use super::mark::{At, Mark, Picture};
use super::theme::Role;

/// The heights of both edges at `x`: the lower one first. The edges share their places.
fn edges(below: &[At], above: &[At], x: f64) -> Option<(f64, f64)> {
    let next = below.partition_point(|at| at.0 < x);
    let before = next.saturating_sub(1);
    let (from, to) = (below.get(before)?, below.get(next)?);
    let share = if to.0 > from.0 { ((x - from.0) / (to.0 - from.0)).clamp(0.0, 1.0) } else { 0.0 };
    let mix = |edge: &[At]| edge[before].1 + (edge[next].1 - edge[before].1) * share;
    (above.len() == below.len()).then(|| (mix(below), mix(above)))
}

fn span(edge: &[At]) -> (f64, f64) {
    (edge.first().map_or(0.0, |at| at.0), edge.last().map_or(0.0, |at| at.0))
}

/// Page-coloured dots on a grid of 5 px.
pub(super) fn dots(below: &[At], above: &[At], picture: &mut Picture) {
    const STEP: f64 = 5.0;
    let (left, right) = span(below);
    let mut at = Vec::new();
    let mut column = (left / STEP).ceil();
    while column * STEP < right {
        let x = column * STEP;
        let shift = if column as i64 % 2 == 0 { 0.0 } else { STEP / 2.0 };
        if let Some((low, high)) = edges(below, above, x) {
            let mut y = ((high + 1.5) / STEP).ceil() * STEP + shift;
            while y < low - 1.5 {
                at.push((x, y));
                y += STEP;
            }
        }
        column += 1.0;
    }
    if !at.is_empty() {
        picture.marks.push(Mark::Dots { at, role: Role::Page, radius: 0.8 });
    }
}

/// Page-coloured diagonals 5 px apart.
pub(super) fn diagonals(below: &[At], above: &[At], picture: &mut Picture) {
    const STEP: f64 = 5.0;
    let (left, right) = span(below);
    let lows = || below.iter().chain(above).map(|at| at.1);
    let (top, bottom) = (lows().fold(f64::INFINITY, f64::min), lows().fold(0.0, f64::max));
    // Each diagonal has one value of x + y.
    let mut sum = ((left + top) / STEP).ceil() * STEP;
    while sum < right + bottom {
        let mut run: Option<(At, At)> = None;
        let mut x = left.max(sum - bottom);
        while x <= right.min(sum - top) {
            let at = (x, sum - x);
            let inside =
                edges(below, above, x).is_some_and(|(low, high)| at.1 < low - 0.5 && at.1 > high + 0.5);
            run = match (run, inside) {
                (Some((from, _)), true) => Some((from, at)),
                (None, true) => Some((at, at)),
                (Some((from, to)), false) => {
                    picture.line(vec![from, to], Role::Page, 0.8);
                    None
                }
                (None, false) => None,
            };
            x += 1.0;
        }
        if let Some((from, to)) = run {
            picture.line(vec![from, to], Role::Page, 0.8);
        }
        sum += STEP;
    }
}

/// A hatch over a rectangle: what is not there.
pub(super) fn hatch((left, top): At, (right, bottom): At, role: Role, picture: &mut Picture) {
    const STEP: f64 = 7.0;
    let mut sum = ((left + top) / STEP).ceil() * STEP;
    while sum < right + bottom {
        let (from, to) = (left.max(sum - bottom), right.min(sum - top));
        if to > from {
            picture.line(vec![(from, sum - from), (to, sum - to)], role, 1.0);
        }
        sum += STEP;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(picture: &Picture) -> Vec<At> {
        let of = |mark: &Mark| match mark {
            Mark::Line { path, .. } | Mark::Area { path, .. } => path.clone(),
            Mark::Dots { at, .. } => at.clone(),
        };
        picture.marks.iter().flat_map(of).collect()
    }

    #[test]
    fn textures_stay_inside() {
        let (below, above) = (vec![(0.0, 50.0), (60.0, 50.0)], vec![(0.0, 50.0), (60.0, 0.0)]);
        for texture in [dots, diagonals] {
            let mut picture = Picture::default();
            texture(&below, &above, &mut picture);
            assert!(places(&picture).len() > 10);
            for (x, y) in places(&picture) {
                assert!(y <= 50.0 && y >= 50.0 - x / 60.0 * 50.0 - 1e-9, "{x} {y}");
            }
        }
        let mut picture = Picture::default();
        hatch((10.0, 10.0), (40.0, 30.0), Role::Hatch, &mut picture);
        assert!(
            places(&picture).iter().all(|&(x, y)| (10.0..=40.0).contains(&x) && (10.0..=30.0).contains(&y))
        );
    }
}
