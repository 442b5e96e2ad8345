//! Several runs over each other: one line for each, on one scale, with a mark every few seconds so that
//! colour is never alone.

use super::data::{Column, Facts, columns};
use super::mark::{Anchor, At, Kind, Picture, Word, crisp, separate};
use super::scale::{Decades, Sticky, linear_ticks, time_end, time_ticks};
use super::stack::Composed;
use super::theme::Role;
use super::view::{NARROW, Place, Plot, upright};
use super::{ROWS, Row};
use crate::lang::{Lang, Text, texts};
use crate::observe::Series;
use crate::units::order::sort_by;

texts! {
    mod say {
        fn no_value { en: "no value", de: "kein Wert", fr: "aucune valeur" }
        fn at(row: Text, at: Moment, values: Text) {
            en: "{row} at {at}: {values}.",
            de: "{row} bei {at}: {values}.",
            fr: "{row} à {at} : {values}.",
        }
    }
}

/// What a row of the overlay shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// p99 of the last second, in milliseconds; decades.
    P99,
    /// Requests answered well, per second.
    Goodput,
    /// Requests that failed, per second.
    Failed,
    /// Requests inside the fullest replica.
    Fullest,
}

/// Every row, from above.
pub const MEASURES: [Measure; 4] = [Measure::P99, Measure::Fullest, Measure::Goodput, Measure::Failed];

impl Measure {
    /// Name on screens, and what stands below it.
    #[must_use]
    pub const fn label(self) -> (Text, Text) {
        match self {
            Self::P99 => (
                Text::new("Response p99", "Antwort p99", "Réponse p99"),
                Text::new("last second, log", "letzte Sekunde, log", "dernière s, log"),
            ),
            Self::Goodput => (
                Text::new("Goodput", "Goodput", "Goodput"),
                Text::new("ok answers / s", "ok Antworten / s", "réponses ok / s"),
            ),
            Self::Failed => (
                Text::new("Failures", "Fehler", "Échecs"),
                Text::new("per second", "pro Sekunde", "par seconde"),
            ),
            Self::Fullest => (
                Text::new("Fullest replica", "Vollste Replik", "La plus pleine"),
                Text::new("requests inside", "Anfragen darin", "requêtes dedans"),
            ),
        }
    }

    /// Its value in a column; nothing where there is none.
    #[must_use]
    pub fn of(self, column: &Column) -> Option<f64> {
        let inside = |replica: &crate::observe::ReplicaPoint| replica.running + replica.waiting;
        match self {
            Self::P99 => column.response_ms.map(|(_, p99)| p99),
            Self::Goodput => Some(column.rates[0]),
            Self::Failed => Some(column.rates[1..].iter().sum()),
            Self::Fullest => column.replicas.iter().map(inside).max().map(f64::from),
        }
    }

    /// A value as people read it.
    #[must_use]
    pub fn show(self, lang: Lang, value: f64) -> String {
        match self {
            Self::P99 => lang.millis(value),
            Self::Goodput | Self::Failed => lang.rate(value),
            Self::Fullest => lang.three(value),
        }
    }

    /// Words are known by a row of the charts, which the overlay has none of: one of each kind.
    const fn key(self) -> Row {
        ROWS[self as usize]
    }
}

/// The shape of a lane's marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// ●
    Circle,
    /// ■
    Square,
    /// ◆
    Diamond,
    /// ▲
    Triangle,
}

/// One run of the overlay.
#[derive(Debug, Clone, Copy)]
pub struct Lane<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its colour.
    pub role: Role,
    /// The shape of its marks.
    pub shape: Shape,
    /// Its windows.
    pub series: &'a Series,
    /// What is known besides.
    pub facts: &'a Facts,
}

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct Overlay<'a> {
    /// The runs.
    pub lanes: &'a [Lane<'a>],
    /// The rows, from above.
    pub rows: &'a [Measure],
    /// The instant that is shown, in seconds.
    pub now_s: f64,
    /// The instant that is read, if any.
    pub cursor_s: Option<f64>,
    /// What the time axis must hold, and how long the scenario runs, in seconds.
    pub axis_s: (f64, f64),
    /// Width and height in px.
    pub size: (f64, f64),
}

/// Linear scales that stay where they are, one for each measure.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scales([Sticky; MEASURES.len()]);

/// What a row takes, in px.
const ROW: f64 = 84.0;
const GAP: f64 = 26.0;
const NARROW_GAP: f64 = 38.0;
const AXIS: f64 = 26.0;
const LEAD: f64 = 9.0;
/// Room for the values at line ends, in px, beside the names.
const VALUES: f64 = 86.0;
/// Between two labels, in px.
const APART: f64 = 15.0;
/// Seconds of the axis between two marks of a lane, as a share of it.
const MARKS: f64 = 0.16;

/// The height in px at which these rows are as they are meant to be.
#[must_use]
pub fn natural_height(rows: usize, width: f64) -> f64 {
    let gap = if width < NARROW { NARROW_GAP } else { GAP };
    LEAD + AXIS + rows as f64 * (ROW + gap)
}

/// The rows that find a place in this size, from above: what fails comes before what is inside where something failed.
/// Each is as high as it is meant to be and holds a label for each lane; two at least.
#[must_use]
pub fn rows_within((width, height): (f64, f64), lanes: usize, failing: bool) -> Vec<Measure> {
    let narrow = width < NARROW;
    let (gap, lead) = if narrow { (NARROW_GAP, LEAD + 16.0) } else { (GAP, LEAD) };
    let each = ROW.max(APART * lanes as f64 + 10.0) + gap;
    let fit = libm::floor((height - lead - AXIS + gap) / each).max(2.0) as usize;
    let mut rows = MEASURES;
    if failing && fit < rows.len() {
        rows = [Measure::P99, Measure::Failed, Measure::Goodput, Measure::Fullest];
    }
    rows.into_iter().take(fit).collect()
}

impl Overlay<'_> {
    fn lang(&self) -> Lang {
        self.lanes.first().map_or_else(Lang::default, |lane| lane.facts.lang)
    }

    fn is_narrow(&self) -> bool {
        self.size.0 < NARROW
    }

    fn plot(&self) -> Plot {
        let left = if self.is_narrow() { 58.0 } else { 150.0 };
        let width = (self.size.0 - left - 6.0).max(1.0);
        let name =
            |lane: &Lane<'_>| Word::new((ROWS[0], Kind::End, 0), (0.0, 0.0), lane.name, Role::Ink).width();
        let labels = self.lanes.iter().map(name).fold(0.0, f64::max) + VALUES;
        let blank = (labels / width).clamp(0.15, 0.6);
        Plot { left, width, end_s: time_end(self.axis_s.0, blank, Some(self.axis_s.1)) }
    }

    fn places(&self) -> Vec<Place> {
        let gap = if self.is_narrow() { NARROW_GAP } else { GAP };
        let rows = self.rows.len().max(1) as f64;
        let lead = if self.is_narrow() { LEAD + 16.0 } else { LEAD };
        let each = ((self.size.1 - lead - AXIS + gap) / rows).max(gap + 10.0);
        let place = |(n, row): (usize, &Measure)| {
            let top = (lead + n as f64 * each).round();
            Place { row: row.key(), top, bottom: (top + each - gap).round() }
        };
        self.rows.iter().enumerate().map(place).collect()
    }
}

/// The columns of every lane, as wide as the plot.
#[must_use]
pub fn lane_columns(overlay: &Overlay<'_>) -> Vec<Vec<Column>> {
    let most = overlay.plot().width.max(1.0) as usize;
    overlay.lanes.iter().map(|lane| columns(lane.series, lane.facts, overlay.now_s, most)).collect()
}

/// Composes the overlay; `elapsed` real seconds since it was last composed.
#[must_use]
pub fn compose(overlay: &Overlay<'_>, scales: &mut Scales, elapsed: f64) -> Composed {
    let (plot, places, columns) = (overlay.plot(), overlay.places(), lane_columns(overlay));
    let mut picture = Picture::default();
    for (&row, place) in overlay.rows.iter().zip(&places) {
        let values = || columns.iter().flatten().filter_map(|column| row.of(column));
        let y: Box<dyn Fn(f64) -> f64> = if row == Measure::P99 {
            let (low, high) = values().fold((f64::INFINITY, 0.0), |(l, h), v| (v.min(l), v.max(h)));
            let decades = Decades::holding(low, high);
            let place = *place;
            let shown = move |ms: f64| place.y(decades.share(ms));
            ticks(
                overlay,
                &plot,
                &place,
                row,
                decades.ticks(3).into_iter().map(|v| (v, shown(v))),
                &mut picture,
            );
            Box::new(shown)
        } else {
            let end = scales.0[row as usize].follow(values().fold(0.0, f64::max), elapsed);
            let place = *place;
            let shown = move |value: f64| place.y(value / end);
            ticks(
                overlay,
                &plot,
                &place,
                row,
                linear_ticks(end).into_iter().map(|v| (v, shown(v))),
                &mut picture,
            );
            Box::new(shown)
        };
        title(overlay, place, row, &mut picture);
        for (lane, columns) in overlay.lanes.iter().zip(&columns) {
            line(overlay, &plot, lane, &path(&plot, columns, row, overlay.now_s, &y), &mut picture);
        }
        ends(overlay, &plot, place, (row, &columns), &y, &mut picture);
    }
    axis(overlay, &plot, &places, &mut picture);
    Composed { picture, plot, places }
}

fn title(overlay: &Overlay<'_>, place: &Place, row: Measure, picture: &mut Picture) {
    let (name, unit) = row.label();
    let (name, unit) = (name.say(overlay.lang()), unit.say(overlay.lang()));
    let key = |n| (place.row, Kind::Title, n);
    if overlay.is_narrow() {
        let word = Word::new(key(0), (2.0, place.top - 18.0), name, Role::Ink).sized(13.0).strong();
        picture.words.push(word.and("  ", Role::Ink3, false).and(unit, Role::Ink3, false).haloed());
        return;
    }
    picture.words.push(Word::new(key(0), (4.0, place.top), name, Role::Ink).sized(13.0).strong());
    picture.words.push(Word::new(key(1), (4.0, place.top + 18.0), unit, Role::Ink3));
}

fn ticks(
    overlay: &Overlay<'_>,
    plot: &Plot,
    place: &Place,
    row: Measure,
    values: impl Iterator<Item = (f64, f64)>,
    picture: &mut Picture,
) {
    let lang = overlay.lang();
    for (n, (value, y)) in (0_u32..).zip(values) {
        picture.hairline(plot.left, plot.x(overlay.now_s), y, Role::Line);
        let text = if row == Measure::P99 { lang.millis(value) } else { lang.three(value) };
        let word = Word::new((place.row, Kind::Tick, n), (plot.left - 7.0, y), text, Role::Ink3);
        picture.words.push(word.anchored(Anchor::End).sized(11.5));
    }
}

/// A lane's path through its columns, in stretches without a gap; the last value holds until now.
fn path(plot: &Plot, columns: &[Column], row: Measure, now_s: f64, y: &dyn Fn(f64) -> f64) -> Vec<Vec<At>> {
    let mut paths = vec![Vec::new()];
    for column in columns {
        match (row.of(column), paths.last_mut()) {
            (Some(value), Some(path)) => path.push((plot.x(column.at_s), y(value))),
            (None, Some(path)) if !path.is_empty() => paths.push(Vec::new()),
            _ => {}
        }
    }
    if let Some(path) = paths.last_mut()
        && let Some(&(x, y)) = path.last()
        && plot.x(now_s) > x
    {
        path.push((plot.x(now_s), y));
    }
    paths.retain(|path| path.len() > 1);
    paths
}

/// A lane's line with its marks, and one at its end.
fn line(overlay: &Overlay<'_>, plot: &Plot, lane: &Lane<'_>, paths: &[Vec<At>], picture: &mut Picture) {
    let step = plot.width * MARKS;
    // Marks of the lanes are set off against each other, so that equal lines show all of them.
    let place = overlay.lanes.iter().position(|other| std::ptr::eq(other, lane)).unwrap_or(0);
    let mut next = plot.left + step * (0.5 + place as f64 / overlay.lanes.len().max(1) as f64);
    for path in paths {
        picture.line(path.clone(), lane.role, 2.0);
        for at in path {
            if at.0 >= next {
                mark(lane, *at, picture);
                next = at.0 + step;
            }
        }
    }
    if let Some(at) = paths.last().and_then(|path| path.last()) {
        mark(lane, *at, picture);
    }
}

/// A mark of about 9 px.
fn mark(lane: &Lane<'_>, (x, y): At, picture: &mut Picture) {
    const R: f64 = 4.5;
    let corners = match lane.shape {
        Shape::Circle => {
            let disc = |role, radius| super::mark::Mark::Dots { at: vec![(x, y)], role, radius };
            picture.marks.extend([disc(Role::Page, R + 1.0), disc(lane.role, R)]);
            return;
        }
        Shape::Square => vec![(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        Shape::Diamond => vec![(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)],
        Shape::Triangle => vec![(0.0, -1.15), (1.1, 0.85), (-1.1, 0.85)],
    };
    let grown = |r: f64| corners.iter().map(|(a, b)| (x + a * r, y + b * r)).collect::<Vec<_>>();
    picture.area(grown(R + 1.0), Role::Page);
    picture.area(grown(R), lane.role);
}

/// Names and values at the line ends: of now, or of the instant that is read.
fn ends(
    overlay: &Overlay<'_>,
    plot: &Plot,
    place: &Place,
    (row, columns): (Measure, &[Vec<Column>]),
    y: &dyn Fn(f64) -> f64,
    picture: &mut Picture,
) {
    let at = overlay.cursor_s.unwrap_or(overlay.now_s);
    let mut labels: Vec<(f64, Word)> = Vec::new();
    for ((n, lane), columns) in (0_u32..).zip(overlay.lanes).zip(columns) {
        let Some(value) = value_at(row, columns, at) else { continue };
        let role = lane.role.of_words();
        let word = Word::new((place.row, Kind::End, n), (0.0, 0.0), lane.name, role);
        labels.push((y(value), word.and(format!(" {}", row.show(overlay.lang(), value)), role, true)));
    }
    sort_by(&mut labels, |a, b| a.0.total_cmp(&b.0));
    let wanted: Vec<f64> = labels.iter().map(|(y, _)| *y).collect();
    let ys = separate(&wanted, APART, place.top - 4.0, place.bottom + 2.0);
    for ((_, mut word), y) in labels.into_iter().zip(ys) {
        (word.x, word.y) = (plot.x(overlay.now_s) + 13.0, y);
        picture.words.push(word);
    }
}

/// The value of the last column that has ended by an instant.
#[must_use]
pub fn value_at(row: Measure, columns: &[Column], at_s: f64) -> Option<f64> {
    let ended = columns.partition_point(|column| column.at_s <= at_s + 1e-9);
    columns[..ended].last().and_then(|column| row.of(column))
}

fn axis(overlay: &Overlay<'_>, plot: &Plot, places: &[Place], picture: &mut Picture) {
    let bottom = places.last().map_or(0.0, |place| place.bottom);
    let stretches = upright(places, overlay.is_narrow(), 0.0);
    let apart = if overlay.is_narrow() { 60.0 } else { 100.0 };
    let row = overlay.rows.last().map_or(ROWS[0], |row| row.key());
    let ticks = time_ticks(plot.end_s, (plot.width / apart).max(1.0) as usize);
    for (n, seconds) in (100_u32..).zip(ticks) {
        let x = plot.x(seconds);
        picture.line(vec![(crisp(x), bottom + 1.0), (crisp(x), bottom + 5.0)], Role::Edge, 1.0);
        let text = if n == 100 { "0 s".to_owned() } else { overlay.lang().three(seconds) };
        let word = Word::new((row, Kind::Tick, n), (x, bottom + 15.0), text, Role::Ink3).sized(11.5);
        let word = word.anchored(Anchor::Middle);
        let over = (word.reach().1 - overlay.size.0).max(0.0);
        picture.words.push(Word { x: word.x - over, ..word });
    }
    let now = plot.x(overlay.now_s);
    stretches.iter().for_each(|&(from, to)| picture.line(vec![(now, from), (now, to)], Role::Accent, 1.5));
    if let Some(seconds) = overlay.cursor_s {
        let x = crisp(plot.x(seconds.min(overlay.now_s)));
        stretches.iter().for_each(|&(from, to)| picture.line(vec![(x, from), (x, to)], Role::Ink, 1.0));
        let word =
            Word::new((row, Kind::Note, 99), (x, bottom + 15.0), overlay.lang().moment(seconds), Role::Ink);
        let word = word.strong().anchored(Anchor::Middle).haloed();
        let (from, to) = word.reach();
        let covers = |tick: &Word| tick.reach().1 >= from - 4.0 && tick.reach().0 <= to + 4.0;
        picture.words.retain(|tick| tick.key.1 != Kind::Tick || tick.key.2 < 100 || !covers(tick));
        picture.words.push(word);
    }
}

/// One sentence: every lane's value at an instant.
#[must_use]
pub fn summary(row: Measure, overlay: &Overlay<'_>, columns: &[Vec<Column>], at_s: f64) -> String {
    let lang = overlay.lang();
    let of = |(lane, columns): (&Lane<'_>, &Vec<Column>)| {
        let value = value_at(row, columns, at_s)
            .map_or_else(|| say::no_value(lang).into(), |value| row.show(lang, value));
        format!("{} {value}", lane.name)
    };
    let values: Vec<String> = overlay.lanes.iter().zip(columns).map(of).collect();
    say::at(lang, row.label().0.say(lang), at_s, &values.join(", "))
}

#[cfg(test)]
mod tests;
