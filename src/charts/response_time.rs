//! Response time: p50 thin, p99 thick, the band between, and how long a client waits.

use super::Row;
use super::mark::{At, Kind, Picture, Word, runs_through};
use super::scale::{Decades, linear_end, linear_ticks};
use super::theme::Role;
use super::view::{Place, Scene};
use crate::lang::{Lang, texts};

texts! {
    mod say {
        fn scale { en: "log scale", de: "log. Skala", fr: "échelle log." }
        fn linear { en: "linear scale", de: "lineare Skala", fr: "échelle linéaire" }
        fn mean(ms: Millis) { en: "mean {ms}", de: "Mittel {ms}", fr: "moyenne {ms}" }
        fn none { en: "no answers", de: "keine Antworten", fr: "pas de réponse" }
        fn gives_up(limit: Millis) {
            en: "client gives up at {limit}",
            de: "Client gibt nach {limit} auf",
            fr: "le client renonce à {limit}",
        }
    }
}

/// How milliseconds become heights.
#[derive(Clone, Copy)]
enum Axis {
    Log(Decades),
    /// Up to this many milliseconds.
    Linear(f64),
}

impl Axis {
    /// The axis of a row. A linear one ends at what has been needed so far, so that it only grows while time goes on;
    /// the patience of clients belongs to it when it is near.
    fn of(scene: &Scene<'_>, row: Row) -> Self {
        if row != Row::Linear {
            return Self::Log(scene.scales.response);
        }
        let slowest = scene.columns.iter().filter_map(|column| column.response_ms.map(|(_, p99)| p99));
        let most = slowest.fold(0.0, f64::max);
        let limit = scene.view.facts.client_timeout_s.map(|seconds| seconds * 1e3);
        Self::Linear(linear_end(
            limit.filter(|limit| *limit <= 2.0 * most).map_or(most, |limit| limit.max(most)),
        ))
    }

    fn share(self, ms: f64) -> f64 {
        match self {
            Self::Log(decades) => decades.share(ms),
            Self::Linear(end) => (ms / end).clamp(0.0, 1.0),
        }
    }

    fn ticks(self) -> Vec<f64> {
        match self {
            Self::Log(decades) => decades.ticks(3),
            Self::Linear(end) => linear_ticks(end),
        }
    }

    /// The longest time that finds its place.
    fn end(self) -> f64 {
        match self {
            Self::Log(decades) => libm::pow(10.0, decades.high),
            Self::Linear(end) => end,
        }
    }

    const fn said(self, lang: Lang) -> &'static str {
        match self {
            Self::Log(_) => say::scale(lang),
            Self::Linear(_) => say::linear(lang),
        }
    }
}

pub(super) fn draw(scene: &Scene<'_>, place: &Place, picture: &mut Picture) {
    let scale = Axis::of(scene, place.row);
    let y = |ms: f64| place.y(scale.share(ms));
    let lang = scene.lang();
    // The scale is said below: the title is the same.
    scene.title(place, Row::Response.label(lang), &[scale.said(lang)], picture);
    for (n, ms) in (0_u32..).zip(scale.ticks()) {
        scene.tick(place, n, y(ms), lang.millis(ms), picture);
    }
    let p50 = scene.paths(|column| column.response_ms.map(|(p50, _)| y(p50)));
    let p99 = scene.paths(|column| column.response_ms.map(|(_, p99)| y(p99)));
    for (low, high) in p50.iter().zip(&p99) {
        let band: Vec<At> = high.iter().chain(low.iter().rev()).copied().collect();
        picture.area(band, Role::Shade);
    }
    time_out(scene, place, scale, &[&p50[..], &p99[..]].concat(), picture);
    p50.into_iter().for_each(|path| picture.line(path, Role::Ink2, 1.5));
    p99.into_iter().for_each(|path| picture.line(path, Role::Ink, 2.2));
    let theory = theory(scene, place, scale, picture);
    if let Some((p50, p99)) = scene.reading.response_ms {
        let word = |n, name: &str, ms, role| {
            let word = Word::new((place.row, Kind::End, n), (0.0, 0.0), name, role);
            (y(ms), word.and(format!(" {}", lang.millis(ms)), role, true))
        };
        let (name, value) = word(0, "p99", p99, Role::Ink);
        // The two may be equal: p99 stays above.
        let labels = [(name - 0.01, value.strong()), word(1, "p50", p50, Role::Ink2)];
        scene.ends(place, labels.into_iter().chain(theory).collect(), picture);
    } else if !scene.columns.is_empty() {
        let word = Word::new((place.row, Kind::End, 2), (0.0, 0.0), say::none(lang), Role::Ink3);
        scene.ends(place, vec![(place.y(0.5), word)], picture);
    }
}

/// The dotted line at the mean that theory expects.
fn theory(scene: &Scene<'_>, place: &Place, scale: Axis, picture: &mut Picture) -> Option<(f64, Word)> {
    let ms = scene.view.facts.theory.as_ref()?.response_s * 1e3;
    let share = scale.share(ms);
    (ms <= scale.end()).then(|| scene.theory(place, place.y(share), &say::mean(scene.lang(), ms), picture))
}

/// The dotted line at which clients give up, and its words where no line runs through them.
fn time_out(scene: &Scene<'_>, place: &Place, scale: Axis, lines: &[Vec<At>], picture: &mut Picture) {
    let Some(limit) = scene.view.facts.client_timeout_s.map(|seconds| seconds * 1e3) else { return };
    if limit > scale.end() * 1.000_001 {
        return;
    }
    let y = super::mark::crisp(place.y(scale.share(limit)));
    picture.dashed(vec![(scene.plot.left, y), (scene.now_x(), y)], Role::Ink2, 1.3, Some((1.3, 3.0)));
    let text = say::gives_up(scene.lang(), limit);
    let word = Word::new((place.row, Kind::Note, 0), (0.0, 0.0), text, Role::Ink2).sized(11.5).haloed();
    let last = scene.now_x() - 4.0 - word.width();
    let above = (y - 9.0 >= place.top - 6.0).then_some(y - 9.0);
    let heights: Vec<f64> = [Some(y + 11.0), above].into_iter().flatten().collect();
    let steps = ((last - scene.plot.left - 8.0) / STEP).max(-1.0) + 1.0;
    let spots = (0..steps as u32).map(|n| scene.plot.left + 8.0 + STEP * f64::from(n));
    let mut spots = spots.flat_map(|x| heights.iter().map(move |y| (x, *y)));
    let free = |&(x, y): &At| {
        let around = ((x - 3.0, y - 8.0), (x + word.width() + 3.0, y + 8.0));
        !lines.iter().any(|line| runs_through(line, around))
    };
    if let Some((x, y)) = spots.find(free) {
        picture.words.push(Word { x, y, ..word });
    }
}

/// From one place for words to the next that is tried, in px.
const STEP: f64 = 24.0;
