//! Response time: p50 thin, p99 thick, the band between, and how long a client waits.

use super::Row;
use super::mark::{At, Kind, Picture, Word};
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
    p50.into_iter().for_each(|path| picture.line(path, Role::Ink2, 1.5));
    p99.into_iter().for_each(|path| picture.line(path, Role::Ink, 2.2));
    time_out(scene, place, scale, picture);
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

/// The dotted line at which clients give up.
fn time_out(scene: &Scene<'_>, place: &Place, scale: Axis, picture: &mut Picture) {
    let Some(limit) = scene.view.facts.client_timeout_s.map(|seconds| seconds * 1e3) else { return };
    if limit > scale.end() * 1.000_001 {
        return;
    }
    let y = super::mark::crisp(place.y(scale.share(limit)));
    picture.dashed(vec![(scene.plot.left, y), (scene.now_x(), y)], Role::Ink2, 1.3, Some((1.3, 3.0)));
    let text = say::gives_up(scene.lang(), limit);
    let word = Word::new((place.row, Kind::Note, 0), (scene.plot.left + 8.0, y + 11.0), text, Role::Ink2);
    if word.reach().1 < scene.now_x() {
        picture.words.push(word.sized(11.5).haloed());
    }
}
