//! What is shown, on which scales, and where: everything that the charts share.

use super::Row;
use super::data::{Column, Facts, Reading};
use super::event::EventLine;
use super::mark::{Anchor, At, Kind, Picture, Word};
use super::scale::{Decades, Sticky, linear_end, time_end};
use super::theme::Role;
use crate::lang::{Lang, texts};
use crate::observe::{ReplicaPoint, Series, find_replica};
use crate::units::order::sort_by;

texts! {
    mod say {
        fn theory { en: "theory", de: "Theorie", fr: "théorie" }
    }
}

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The windows of the run; those that end after `now_s` are not shown.
    pub series: &'a Series,
    /// What is known besides.
    pub facts: &'a Facts,
    /// Events that run through all rows.
    pub events: &'a [EventLine],
    /// The rows, from above.
    pub rows: &'a [Row],
    /// The instant that is shown, in seconds.
    pub now_s: f64,
    /// The instant that is read, if any: its values take the place of those of now.
    pub cursor_s: Option<f64>,
    /// Width in px.
    pub width: f64,
    /// Height in px.
    pub height: f64,
    /// Room above the rows in px: for the labels of events in a picture that has no scrubber.
    pub above: f64,
    /// Whether a line marks now: not in a picture of a whole run.
    pub mark_now: bool,
}

/// Below this width titles stand above the plots.
pub const NARROW: f64 = 620.0;
/// Queue and connections end at a limit: they may fill their axis, where others keep 5 % free.
const HARD: f64 = 0.95;
/// What the widest end label needs, in px.
const LABELS: f64 = 140.0;

impl View<'_> {
    /// Whether titles stand above the plots instead of left of them.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        self.width < NARROW
    }

    /// The left edge of the plots in px.
    #[must_use]
    pub fn left(&self) -> f64 {
        if self.is_narrow() { 58.0 } else { 150.0 }
    }

    /// The share of the time axis that stays free for end labels: at least 15 %.
    #[must_use]
    pub fn blank(&self) -> f64 {
        (LABELS / (self.width - self.left()).max(1.0)).clamp(0.15, 0.6)
    }
}

/// The ends of all axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scales {
    /// End of the time axis in seconds.
    pub time_end: f64,
    /// Decades of milliseconds.
    pub response: Decades,
    /// End of the outcomes' axis, per second.
    pub outcomes: f64,
    /// End of the axis of queue and connections.
    pub queue: f64,
}

/// The largest values that are shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Least and largest response time in milliseconds, the time-out included when it is near.
    pub response: (f64, f64),
    /// Highest stack of outcomes per second, the capacity included when it is near.
    pub outcomes: f64,
    /// Longest queue or most connections.
    pub queue: f64,
}

impl Extent {
    /// Of these columns.
    #[must_use]
    pub fn of(columns: &[Column], facts: &Facts) -> Self {
        let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
        let (mut outcomes, mut capacity, mut queue) = (0.0_f64, 0.0_f64, 0.0_f64);
        for column in columns {
            if let Some((p50, p99)) = column.response_ms {
                (least, most) = (least.min(p50), most.max(p99));
            }
            outcomes = outcomes.max(column.rates.iter().sum());
            capacity = capacity.max(column.capacity.unwrap_or(0.0));
            let connections = column.replicas.iter().map(|replica| f64::from(replica.connections));
            queue = connections.fold(queue.max(column.queue), f64::max);
        }
        if let Some(limit) = facts.client_timeout_s.map(|s| s * 1e3)
            && limit <= most * 1e4
        {
            most = most.max(limit);
        }
        // The limit is drawn with the value, unless the value would lie flat on the ground.
        if capacity <= outcomes * 200.0 {
            outcomes = outcomes.max(capacity);
        }
        Self { response: (least, most), outcomes, queue }
    }
}

impl Scales {
    /// The scales for a picture that stands still.
    #[must_use]
    pub fn fitting(extent: &Extent, now_s: f64, blank: f64, duration_s: Option<f64>) -> Self {
        Self {
            time_end: time_end(now_s, blank, duration_s),
            response: Decades::holding(extent.response.0, extent.response.1),
            outcomes: linear_end(extent.outcomes),
            queue: linear_end(extent.queue * HARD),
        }
    }
}

/// Scales for a picture that moves: their ends stay, grow at once and shrink with patience.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct StickyScales {
    outcomes: Sticky,
    queue: Sticky,
}

impl StickyScales {
    /// The scales after these extents have been shown for `elapsed` seconds.
    pub fn follow(&mut self, extent: &Extent, fitting: Scales, elapsed: f64) -> Scales {
        Scales {
            outcomes: self.outcomes.follow(extent.outcomes, elapsed),
            queue: self.queue.follow(extent.queue * HARD, elapsed),
            ..fitting
        }
    }
}

/// How time maps to the page: shared by the charts and the scrubber above them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plot {
    /// Left edge of the plots in px.
    pub left: f64,
    /// Width of the plots in px.
    pub width: f64,
    /// End of the time axis in seconds; its beginning is 0.
    pub end_s: f64,
}

impl Default for Plot {
    fn default() -> Self {
        Self { left: 150.0, width: 600.0, end_s: 10.0 }
    }
}

impl Plot {
    /// The place of a time in px, held within the plot.
    #[must_use]
    pub fn x(&self, seconds: f64) -> f64 {
        let share = if self.end_s > 0.0 { seconds / self.end_s } else { 0.0 };
        self.left + self.width * if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The time at a place, held within the axis.
    #[must_use]
    pub fn time(&self, x: f64) -> f64 {
        if self.width > 0.0 { ((x - self.left) / self.width).clamp(0.0, 1.0) * self.end_s } else { 0.0 }
    }

    /// The right edge in px.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.left + self.width
    }
}

/// What a chart is drawn from.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub view: View<'a>,
    pub scales: Scales,
    pub plot: Plot,
    pub columns: &'a [Column],
    /// The values of now, or those under the cursor.
    pub reading: Reading,
    /// The replicas by index, with their names.
    pub lanes: Vec<(u32, &'a str)>,
}

/// Where a row is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Which row.
    pub row: Row,
    /// Upper edge of the plot in px.
    pub top: f64,
    /// Lower edge of the plot in px.
    pub bottom: f64,
}

/// From where to where a line through all rows runs: through where titles stand beside the plots, else only within the
/// plots, so that it crosses no title.
#[must_use]
pub(super) fn upright(places: &[Place], narrow: bool, top: f64) -> Vec<(f64, f64)> {
    if narrow {
        return places.iter().map(|place| (place.top, place.bottom)).collect();
    }
    vec![(top, places.last().map_or(top, |place| place.bottom))]
}

impl Place {
    /// The height of a share of the plot, 0 at the lower edge and 1 at the upper; held between.
    #[must_use]
    pub fn y(&self, share: f64) -> f64 {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        self.bottom - (self.bottom - self.top) * share
    }
}

impl Scene<'_> {
    /// Where now is.
    pub fn now_x(&self) -> f64 {
        self.plot.x(self.view.now_s)
    }

    /// A value's path through all columns, in stretches without a gap; the last value holds until now.
    pub fn paths(&self, y: impl Fn(&Column) -> Option<f64>) -> Vec<Vec<At>> {
        let mut paths = vec![Vec::new()];
        for column in self.columns {
            match (y(column), paths.last_mut()) {
                (Some(y), Some(path)) => path.push((self.plot.x(column.at_s), y)),
                (None, Some(path)) if !path.is_empty() => paths.push(Vec::new()),
                _ => {}
            }
        }
        if let Some(path) = paths.last_mut()
            && let Some(&(x, y)) = path.last()
            && self.now_x() > x
        {
            path.push((self.now_x(), y));
        }
        paths.retain(|path| !path.is_empty());
        paths
    }

    /// A replica's path, as [`Self::paths`].
    pub fn replica_paths(&self, id: u32, y: impl Fn(&ReplicaPoint) -> Option<f64>) -> Vec<Vec<At>> {
        self.paths(|column| find_replica(&column.replicas, id).and_then(&y))
    }

    /// Title and unit of a row, left of its plot or above it.
    pub fn title(&self, place: &Place, title: &str, unit: &[&str], picture: &mut Picture) {
        let key = |n| (place.row, Kind::Title, n);
        if self.view.is_narrow() {
            let title = Word::new(key(0), (2.0, place.top - 16.0), title, Role::Ink).sized(13.0).strong();
            let whole = title.clone().and("  ", Role::Ink3, false).and(unit.join(", "), Role::Ink3, false);
            let fits = !unit.is_empty() && whole.reach().1 <= self.view.width;
            picture.words.push(if fits { whole } else { title }.haloed());
            return;
        }
        picture.words.push(Word::new(key(0), (4.0, place.top), title, Role::Ink).sized(13.0).strong());
        for (n, line) in (1_u32..).zip(unit) {
            let at = (4.0, place.top + 2.0 + 16.0 * f64::from(n));
            picture.words.push(Word::new(key(n), at, *line, Role::Ink3));
        }
    }

    /// The language of words and numbers.
    pub fn lang(&self) -> Lang {
        self.view.facts.lang
    }

    /// A hairline with its number at the left.
    pub fn tick(&self, place: &Place, n: u32, y: f64, text: String, picture: &mut Picture) {
        picture.hairline(self.plot.left, self.now_x(), y, Role::Line);
        let at = (self.plot.left - 7.0, y);
        let word = Word::new((place.row, Kind::Tick, n), at, text, Role::Ink3);
        picture.words.push(word.anchored(Anchor::End).sized(11.5));
    }

    /// A dotted line up to now at what theory expects; its end label, with the height that it wants.
    pub fn theory(&self, place: &Place, y: f64, value: &str, picture: &mut Picture) -> (f64, Word) {
        let level = super::mark::crisp(y);
        let line = vec![(self.plot.left, level), (self.now_x(), level)];
        picture.dashed(line, Role::Ink3, 1.5, Some((1.5, 3.5)));
        let word = Word::new((place.row, Kind::End, 90), (0.0, 0.0), say::theory(self.lang()), Role::Ink3);
        (y + 0.02, word.and(format!(" {value}"), Role::Ink3, true))
    }

    /// End labels right of now, moved apart; each with the height it wants.
    pub fn ends(&self, place: &Place, mut labels: Vec<(f64, Word)>, picture: &mut Picture) {
        sort_by(&mut labels, |a, b| a.0.total_cmp(&b.0));
        let wanted: Vec<f64> = labels.iter().map(|(y, _)| *y).collect();
        let ys = super::mark::separate(&wanted, 15.0, place.top - 2.0, place.bottom - 3.0);
        for ((_, mut word), y) in labels.into_iter().zip(ys) {
            (word.x, word.y) = (self.now_x() + 10.0, y);
            picture.words.push(word);
        }
    }
}
