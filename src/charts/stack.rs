//! The rows above one time axis, with what runs through all of them.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;

use super::data::{Column, lanes, reading};
use super::event::place_events;
use super::mark::{Anchor, Kind, Picture, Word, crisp};
use super::number::whole;
use super::pen::{DrawError, draw_marks};
use super::scale::time_ticks;
use super::theme::{Role, Theme};
use super::view::{Place, Plot, Scales, Scene, View, upright};
use super::{Row, heat, lines, outcomes, queue, response_time, share};

/// Charts that are ready to be drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Composed {
    /// Marks and words.
    pub picture: Picture,
    /// How time maps to the page.
    pub plot: Plot,
    /// Where the rows are.
    pub places: Vec<Place>,
}

/// Room for the numbers of the time axis, in px.
const AXIS: f64 = 24.0;
/// Room above the first row, for half a line of text.
const LEAD: f64 = 7.0;

/// What a row takes when there is room: height of the plot and gap before it, in px.
const fn natural(row: Row, narrow: bool) -> (f64, f64) {
    let gap = if narrow { 34.0 } else { 16.0 };
    match row {
        Row::Response | Row::Linear => (72.0, gap),
        Row::Outcomes => (94.0, gap),
        Row::Share => (94.0, gap),
        Row::Queue => (48.0, gap),
        Row::Heat => (60.0, gap),
        Row::Flow | Row::Sessions | Row::Retries => (56.0, gap),
    }
}

/// The height in px at which these rows are as they are meant to be.
#[must_use]
pub fn natural_height(rows: &[Row], narrow: bool) -> f64 {
    let rows: f64 = rows.iter().map(|&row| natural(row, narrow)).map(|(height, gap)| height + gap).sum();
    rows + AXIS + LEAD
}

/// Where the rows are: stretched or pressed to the height that there is.
fn places(view: &View<'_>) -> Vec<Place> {
    let narrow = view.is_narrow();
    let sizes: Vec<(Row, f64, f64)> =
        view.rows.iter().map(|&row| (row, natural(row, narrow).0, natural(row, narrow).1)).collect();
    // Beside their plots titles need no gap before the first row.
    let first = if narrow { 0.0 } else { sizes.first().map_or(0.0, |size| size.2) };
    let gaps = sizes.iter().map(|size| size.2).sum::<f64>() - first;
    let plots = sizes.iter().map(|size| size.1).sum::<f64>().max(1.0);
    let room = (view.height - view.above - AXIS - LEAD - gaps).max(0.0);
    let mut y = view.above + LEAD - first;
    let place = |(row, height, gap): (Row, f64, f64)| {
        let top = y + gap;
        y = top + height * room / plots;
        Place { row, top: top.round(), bottom: y.round() }
    };
    sizes.into_iter().map(place).collect()
}

/// Composes the rows of a view from columns that [`super::data::columns`] made of its windows.
#[must_use]
pub fn compose(view: &View<'_>, columns: &[Column], scales: Scales) -> Composed {
    let left = view.left();
    let plot = Plot { left, width: (view.width - left - 6.0).max(1.0), end_s: scales.time_end };
    let at = view.cursor_s.unwrap_or(view.now_s).min(view.now_s);
    let scene = Scene {
        view: *view,
        scales,
        plot,
        columns,
        reading: reading(view.series, at).unwrap_or_default(),
        lanes: lanes(view.series, columns),
    };
    let (mut picture, places) = (Picture::default(), places(view));
    for place in &places {
        match place.row {
            Row::Response | Row::Linear => response_time::draw(&scene, place, &mut picture),
            Row::Outcomes => outcomes::draw(&scene, place, &mut picture),
            Row::Share => share::draw(&scene, place, &mut picture),
            Row::Queue => queue::draw(&scene, place, &mut picture),
            Row::Heat => heat::draw(&scene, place, &mut picture),
            Row::Flow | Row::Sessions | Row::Retries => lines::draw(&scene, place, &mut picture),
        }
    }
    let bottom = places.last().map_or(0.0, |place| place.bottom);
    axis(&scene, bottom, &mut picture);
    uprights(&scene, &places, &mut picture);
    Composed { picture, plot, places }
}

/// Numbers of the time axis, in seconds; in minutes or hours where they grow long.
fn axis(scene: &Scene<'_>, bottom: f64, picture: &mut Picture) {
    let (plot, row) = (scene.plot, scene.view.rows.last().copied().unwrap_or(Row::Queue));
    let (unit, name) = match plot.end_s {
        end if end > 14_400.0 => (3_600.0, "h"),
        end if end > 600.0 => (60.0, "min"),
        _ => (1.0, "s"),
    };
    let lang = scene.lang();
    let apart = if scene.view.is_narrow() { 60.0 } else { 100.0 };
    let ticks = time_ticks(plot.end_s, (plot.width / apart).max(1.0) as usize);
    // A run that is over has no time after its end.
    let last = if scene.view.mark_now { plot.end_s } else { scene.view.now_s };
    for (n, seconds) in (100_u32..).zip(ticks).filter(|(_, seconds)| *seconds <= last + 1e-9) {
        let x = plot.x(seconds);
        picture.line(vec![(crisp(x), bottom + 1.0), (crisp(x), bottom + 5.0)], Role::Edge, 1.0);
        let value = seconds / unit;
        let text =
            if value.fract().abs() > 1e-9 { lang.point(&format!("{value:.1}")) } else { whole(lang, value) };
        let text = if n == 100 { format!("{text} {name}") } else { text };
        let word = Word::new((row, Kind::Tick, n), (x, bottom + 15.0), text, Role::Ink3).sized(11.5);
        let word = word.anchored(Anchor::Middle);
        let over = word.reach().1 - scene.view.width;
        let word = Word { x: word.x - over.max(0.0), ..word };
        picture.words.push(word);
    }
}

/// Lines through all rows: events, now, and the instant that is read.
fn uprights(scene: &Scene<'_>, places: &[Place], picture: &mut Picture) {
    let (view, plot) = (&scene.view, &scene.plot);
    let bottom = places.last().map_or(0.0, |place| place.bottom);
    let stretches = upright(places, view.is_narrow(), view.above);
    for event in place_events(view.events, plot, view.now_s) {
        let x = crisp(event.x);
        for &(top, bottom) in &stretches {
            picture.dashed(vec![(x, top.max(1.0)), (x, bottom)], Role::Ink2, 1.3, Some((1.3, 3.0)));
        }
    }
    if view.mark_now {
        let x = scene.now_x();
        stretches
            .iter()
            .for_each(|&(top, bottom)| picture.line(vec![(x, top), (x, bottom)], Role::Accent, 1.5));
    }
    if let Some(seconds) = view.cursor_s {
        let x = crisp(plot.x(seconds.min(view.now_s)));
        stretches.iter().for_each(|&(top, bottom)| picture.line(vec![(x, top), (x, bottom)], Role::Ink, 1.0));
        let row = view.rows.last().copied().unwrap_or(Row::Queue);
        let word =
            Word::new((row, Kind::Note, 99), (x, bottom + 15.0), scene.lang().moment(seconds), Role::Ink)
                .strong();
        let word = word.anchored(Anchor::Middle).haloed();
        // Numbers of the axis make room for it.
        let (from, to) = word.reach();
        picture.words.retain(|tick| {
            tick.key.1 != Kind::Tick
                || tick.key.2 < 100
                || tick.reach().1 < from - 4.0
                || tick.reach().0 > to + 4.0
        });
        picture.words.push(word);
    }
}

/// Draws the marks of a view and hands back its words, which the caller sets. One CSS px is `unit` of the
/// area's.
///
/// # Errors
/// When the backend fails.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    view: &View<'_>,
    columns: &[Column],
    scales: Scales,
    (theme, unit): (Theme, f64),
) -> Result<Composed, DrawError<DB>> {
    let composed = compose(view, columns, scales);
    draw_marks(area, &composed.picture.marks, theme, unit)?;
    Ok(composed)
}
