//! Percentiles as strips: the longer an answer takes against the client's patience, the darker and the higher
//! the strip, for p50, p90 and p99.

use super::data::Column;
use super::mark::{Anchor, Kind, Picture, Word};
use super::theme::Role;
use super::view::{Place, Scene};
use crate::lang::texts;

texts! {
    mod say {
        fn against { en: "against patience", de: "an Geduld gemessen", fr: "face à la patience" }
    }
}

const AGES: [Role; 5] = [Role::Age0, Role::Age1, Role::Age2, Role::Age3, Role::Age4];
const NAMES: [&str; 3] = ["p50", "p90", "p99"];

/// Patience where clients have no end of it, in milliseconds.
const PATIENCE: f64 = 10_000.0;

/// Which of five steps a time is, from a thousandth of the patience to all of it: each is about four times as
/// long as the one before.
fn step(ms: f64, patience: f64) -> usize {
    let share = (ms / patience).max(1e-6);
    // log4 of the share: 1 is 0, a quarter is −1.
    let power = libm::log2(share) / 2.0;
    (5.0 + power).clamp(0.0, 4.0) as usize
}

fn value(column: &Column, strip: usize) -> Option<f64> {
    let (p50, p99) = column.response_ms?;
    match strip {
        0 => Some(p50),
        1 => column.extra.p90,
        _ => Some(p99),
    }
}

pub(super) fn draw(scene: &Scene<'_>, place: &Place, picture: &mut Picture) {
    let lang = scene.lang();
    scene.title(place, place.row.label(lang), &[say::against(lang)], picture);
    let patience = scene.view.facts.client_timeout_s.map_or(PATIENCE, |seconds| seconds * 1e3);
    let height = (place.bottom - place.top) / NAMES.len() as f64;
    let passed = scene.columns.partition_point(|column| column.at_s <= scene.reading.at_s + 1e-9);
    for (strip, name) in NAMES.into_iter().enumerate() {
        let bottom = place.top + height * (strip as f64 + 1.0) - 1.0;
        cells(scene, strip, (bottom, height - 3.0), patience, picture);
        picture.hairline(scene.plot.left, scene.now_x(), bottom, Role::Line);
        let middle = bottom - height / 2.0 + 1.0;
        let word = Word::new(
            (place.row, Kind::Tick, strip as u32),
            (scene.plot.left - 7.0, middle),
            name,
            Role::Ink3,
        );
        picture.words.push(word.anchored(Anchor::End).sized(11.5));
        if let Some(ms) = scene.columns[..passed].last().and_then(|column| value(column, strip)) {
            let at = (scene.now_x() + 10.0, middle);
            let word = Word::new((place.row, Kind::End, strip as u32), at, name, Role::Ink2);
            picture.words.push(word.and(format!(" {}", lang.millis(ms)), Role::Ink, true));
        }
    }
}

/// Cells of one strip; neighbours of one step are one cell.
fn cells(
    scene: &Scene<'_>,
    strip: usize,
    (bottom, height): (f64, f64),
    patience: f64,
    picture: &mut Picture,
) {
    let mut from = scene.plot.left;
    let mut open: Option<(f64, usize)> = None;
    let mut close = |open: Option<(f64, usize)>, to: f64| {
        if let Some((x, step)) = open {
            let top = bottom - height * (step as f64 + 1.0) / 5.0;
            picture.area(vec![(x, top), (to, top), (to, bottom), (x, bottom)], AGES[step]);
        }
    };
    for column in scene.columns {
        let now = value(column, strip).map(|ms| step(ms, patience));
        if open.map(|(_, step)| step) != now {
            close(open, from);
            open = now.map(|step| (from, step));
        }
        from = scene.plot.x(column.at_s);
    }
    close(open, from);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2.4 s of patience: 600 ms is a quarter of it.
    #[test]
    fn steps_grow_fourfold() {
        let of = |ms| step(ms, 2_400.0);
        assert_eq!(
            [of(2_400.0), of(601.0), of(599.0), of(151.0), of(40.0), of(10.0), of(0.0)],
            [4, 4, 3, 3, 2, 1, 0]
        );
        assert_eq!(of(1e9), 4);
    }
}
