//! Draws the charts from what is shown now, outside the virtual DOM.

use web_sys::{HtmlCanvasElement, HtmlElement};

use super::axis::AxisRef;
use super::ease::Easing;
use super::lettering::Lettering;
use super::sheet::{UNIT, sheet};
use crate::charts::data::{Facts, columns};
use crate::charts::event::EventLine;
use crate::charts::mark::Word;
use crate::charts::theme::Theme;
use crate::charts::view::{Extent, Place, Scales, StickyScales, View};
use crate::charts::{Row, draw};
use crate::lang::Lang;
use crate::web::live::Live;

/// Charts are drawn this often, in seconds.
const DRAW: f64 = 0.1;
/// Under reduced motion.
const DRAW_CALM: f64 = 1.0;
/// Numbers change this often, in seconds.
const NUMBERS: f64 = 0.25;

/// How charts are to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Settings {
    pub lang: Lang,
    pub rows: Vec<Row>,
    pub theme: Theme,
    pub reduced_motion: bool,
}

/// What was drawn last: when none of it has changed there is nothing to draw.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Drawn {
    now_s: f64,
    windows: usize,
    cursor_s: Option<f64>,
    size: (f64, f64),
    ratio: f64,
}

/// The elements that are drawn on.
pub(super) struct Elements {
    pub canvas: HtmlCanvasElement,
    pub layer: HtmlElement,
    /// One per row, in their order: they carry the summaries.
    pub rows: Vec<HtmlElement>,
}

/// Draws the charts.
pub(super) struct Painter {
    canvas: HtmlCanvasElement,
    lettering: Lettering,
    rows: Vec<HtmlElement>,
    settings: Settings,
    axis: AxisRef,
    facts: Facts,
    events: Vec<EventLine>,
    known: (usize, usize, usize),
    sticky: StickyScales,
    easing: Easing,
    places: Vec<Place>,
    drawn: Option<Drawn>,
    /// Whether numbers stand that are older than the picture.
    held_back: bool,
    since_drawn: f64,
    since_numbers: f64,
}

impl Painter {
    /// A painter that has drawn nothing yet.
    pub fn new(elements: Elements, settings: Settings, axis: AxisRef) -> Self {
        Self {
            canvas: elements.canvas,
            lettering: Lettering::new(elements.layer),
            rows: elements.rows,
            settings,
            axis,
            facts: Facts::default(),
            events: Vec::new(),
            known: (0, 0, 0),
            sticky: StickyScales::default(),
            easing: Easing::default(),
            places: Vec::new(),
            drawn: None,
            held_back: false,
            since_drawn: f64::INFINITY,
            since_numbers: f64::INFINITY,
        }
    }

    /// Draws, if it is time and something has changed. `size` is the room in CSS px, `elapsed` real seconds
    /// since the last call.
    pub fn paint(&mut self, live: &Live, elapsed: f64, size: (f64, f64), ratio: f64) {
        self.since_drawn += elapsed;
        self.since_numbers += elapsed;
        let drawing = Drawn {
            now_s: live.world.now.as_secs(),
            windows: live.recorder.series.points.len(),
            cursor_s: self.axis.cursor(),
            size,
            ratio,
        };
        let before = self.drawn.unwrap_or(Drawn { size: (0.0, 0.0), ..drawing });
        let seen = (before.size, before.ratio, before.cursor_s) == (size, ratio, drawing.cursor_s);
        let hurried = !seen || drawing.now_s < before.now_s || self.easing.is_moving();
        let idle = before == drawing && !self.easing.is_moving() && !self.held_back;
        let period = if self.settings.reduced_motion { DRAW_CALM } else { DRAW };
        if idle || size.0 < 1.0 || size.1 < 1.0 || !(hurried || self.since_drawn >= period) {
            return;
        }
        let anew = before.cursor_s != drawing.cursor_s || !seen || self.since_numbers >= NUMBERS;
        self.learn(live, before.windows);
        if let Some(words) = self.draw(live, drawing) {
            self.lettering.set(words, anew, self.settings.theme.larger_type());
        }
        (self.since_drawn, self.held_back, self.drawn) = (0.0, !anew, Some(drawing));
        if anew {
            self.since_numbers = 0.0;
        }
    }

    /// Takes over what is known besides the windows; a run that begins anew starts from nothing.
    fn learn(&mut self, live: &Live, windows_before: usize) {
        let series = &live.recorder.series;
        if series.points.is_empty() && windows_before > 0 {
            self.facts = Facts::default();
            self.sticky = StickyScales::default();
        }
        self.facts.lang = self.settings.lang;
        if let Some(model) = &live.model {
            self.facts.know(model, &series.names);
        }
        self.facts.learn(&live.world);
        self.facts.client_timeout_s = live.client_timeout.map(|timeout| timeout.as_secs());
        self.facts.duration_s = Some(live.duration.as_secs());
        if self.since_numbers >= NUMBERS {
            self.facts.theory = live.theory().and_then(Result::ok);
        }
        let known = (live.log.entries().len(), live.changes.len(), series.names.len());
        if known != self.known {
            self.known = known;
            self.events = live.event_lines(self.settings.lang);
        }
    }

    fn draw(&mut self, live: &Live, drawing: Drawn) -> Option<Vec<Word>> {
        let (series, now_s) = (&live.recorder.series, drawing.now_s);
        let view = View {
            series,
            facts: &self.facts,
            events: &self.events,
            rows: &self.settings.rows,
            now_s,
            cursor_s: drawing.cursor_s,
            width: drawing.size.0,
            height: drawing.size.1,
            above: 0.0,
            mark_now: true,
        };
        let columns = columns(series, &self.facts, now_s, view.width.max(1.0) as usize);
        let extent = Extent::of(&columns, &self.facts);
        // Going back keeps the axis: there is still what was computed ahead.
        let axis_s = now_s.max(live.reached.as_secs());
        let fitting = Scales::fitting(&extent, axis_s, view.blank(), self.facts.duration_s);
        let elapsed = if self.since_drawn.is_finite() { self.since_drawn } else { 0.0 };
        let wanted = self.sticky.follow(&extent, fitting, elapsed);
        let scales = self.easing.toward(wanted, elapsed, self.settings.reduced_motion);
        let area = sheet(&self.canvas, drawing.size, drawing.ratio)?;
        let composed = draw(&area, &view, &columns, scales, (self.settings.theme, UNIT)).ok()?;
        self.axis.set_plot(composed.plot);
        if composed.places != self.places {
            for (element, place) in self.rows.iter().zip(&composed.places) {
                let style = element.style();
                style.set_property("top", &format!("{}px", place.top)).ok()?;
                style.set_property("height", &format!("{}px", place.bottom - place.top)).ok()?;
            }
            self.places = composed.places;
        }
        Some(composed.picture.words)
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        self.lettering.clear();
    }
}
