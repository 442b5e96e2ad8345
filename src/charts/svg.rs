//! All rows as one SVG, for files and reports.

use std::fmt::Write as _;

use plotters::drawing::IntoDrawingArea;
use plotters::prelude::SVGBackend;

use super::data::{Facts, columns};
use super::event::{EventLine, place_events};
use super::mark::{Anchor, Kind, Picture, Word};
use super::pen::draw_marks;
use super::stack::draw;
use super::theme::{Role, Theme};
use super::view::{Extent, Plot, Scales, View};
use super::{ROWS, Row, summary};
use crate::observe::Series;

/// Why a picture could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SvgError(String);

impl std::fmt::Display for SvgError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the chart could not be drawn: {}", self.0)
    }
}

impl std::error::Error for SvgError {}

/// Backends count in whole units: this many make one px.
const UNIT: f64 = 10.0;
/// Room for the labels of events, in px.
const ABOVE: f64 = 20.0;
/// The room around the charts, in px.
const MARGIN: f64 = 12.0;
const FONT: &str = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/// All four rows over one time axis, from the start to the last window, as an SVG of this size in px.
///
/// ```
/// use doorbuster::charts::{data::Facts, event::event_lines, theme::Theme, whole};
/// use doorbuster::experiment::run_with;
/// use doorbuster::lang::Lang;
/// use doorbuster::report::Narrator;
/// use doorbuster::scenario::{Scenario, preset};
///
/// let text = preset::find("black-friday").map_or("", |preset| preset.text);
/// let model = Scenario::from_toml_str(text)?.validate()?;
/// let run = run_with(&model, 42, &mut (), &mut |_| ());
/// let facts = Facts::of(&model, &run.names);
/// let narrator = Narrator { lang: Lang::En, names: &run.names, changes: &run.changes, model: &model };
/// let events = event_lines(&narrator, &run.log);
/// let svg = whole(&run.report.series, &facts, &events, Theme::Light, (1_110.0, 440.0))?;
/// assert!(svg.contains("traffic ×101") && svg.contains("capacity 375/s") && svg.contains("of 128"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the backend fails.
pub fn whole(
    series: &Series,
    facts: &Facts,
    events: &[EventLine],
    theme: Theme,
    size: (f64, f64),
) -> Result<String, SvgError> {
    some(&ROWS, series, facts, events, theme, size)
}

/// These rows over one time axis, as [`whole`].
///
/// # Errors
/// When the backend fails.
pub fn some(
    rows: &[Row],
    series: &Series,
    facts: &Facts,
    events: &[EventLine],
    theme: Theme,
    (width, height): (f64, f64),
) -> Result<String, SvgError> {
    let (inner, now_s) = (width - 2.0 * MARGIN, series.points.last().map_or(0.0, |point| point.at_s));
    let view = View {
        series,
        facts,
        events,
        rows,
        now_s,
        cursor_s: None,
        width: inner,
        height: height - 2.0 * MARGIN,
        above: ABOVE,
        mark_now: false,
    };
    let columns = columns(series, facts, now_s, (inner - view.left()).max(1.0) as usize);
    let blank = view.blank();
    let mut scales = Scales::fitting(&Extent::of(&columns, facts), now_s, blank, Some(now_s));
    // The run is over: the axis ends where the labels need it to.
    scales.time_end = if now_s > 0.0 { now_s / (1.0 - blank) } else { 10.0 };
    let mut marks = String::new();
    let size = ((inner * UNIT).max(1.0) as u32, (view.height * UNIT).max(1.0) as u32);
    let composed = {
        let area = SVGBackend::with_string(&mut marks, size).into_drawing_area();
        let composed = draw(&area, &view, &columns, scales, (theme, UNIT));
        let composed = composed.map_err(|error| SvgError(error.to_string()))?;
        area.present().map_err(|error| SvgError(error.to_string()))?;
        composed
    };
    let mut words = composed.picture.words;
    words.extend(event_words(events, &composed.plot, now_s));
    let said: Vec<String> = rows.iter().map(|row| summary(*row, series, facts, now_s)).collect();
    Ok(document((width, height), theme, &marks, &words, ("The run over time", &said.join(" "))))
}

/// A picture that stands still, inside a margin, with its title and what it shows in words.
pub(super) fn still(
    (width, height): (f64, f64),
    theme: Theme,
    said: (&str, &str),
    picture: &Picture,
) -> Result<String, SvgError> {
    let inner = |length: f64| ((length - 2.0 * MARGIN) * UNIT).max(1.0) as u32;
    let mut marks = String::new();
    {
        let area = SVGBackend::with_string(&mut marks, (inner(width), inner(height))).into_drawing_area();
        draw_marks(&area, &picture.marks, theme, UNIT).map_err(|error| SvgError(error.to_string()))?;
        area.present().map_err(|error| SvgError(error.to_string()))?;
    }
    Ok(document((width, height), theme, &marks, &picture.words, said))
}

/// Labels of events above their lines, where they have room.
fn event_words(events: &[EventLine], plot: &Plot, now_s: f64) -> Vec<Word> {
    let placed = place_events(events, plot, now_s).into_iter().filter(|event| event.labelled);
    let word = |event: super::event::PlacedEvent| {
        let key = (ROWS[0], Kind::Event, event.index as u32);
        Word::new(key, (event.x + 1.0, ABOVE - 12.0), events[event.index].label.clone(), Role::Ink)
    };
    placed.map(word).collect()
}

fn document(
    (width, height): (f64, f64),
    theme: Theme,
    marks: &str,
    words: &[Word],
    (title, said): (&str, &str),
) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n<desc>{}</desc>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN})\">\n",
        escaped(title),
        escaped(said),
        theme.colour(Role::Page).hex(),
    );
    let _ = writeln!(svg, "<g stroke-linejoin=\"round\" transform=\"scale({})\">", 1.0 / UNIT);
    // The backend wraps what it draws in an element of its own, with its size in units.
    svg.push_str(marks);
    let _ = writeln!(
        svg,
        "</g>\n<g font-family=\"{FONT}\" style=\"font-variant-numeric:tabular-nums\" \
         dominant-baseline=\"central\">"
    );
    words.iter().for_each(|word| write_word(&mut svg, word, theme));
    svg.push_str("</g>\n</g>\n</svg>\n");
    svg
}

fn write_word(svg: &mut String, word: &Word, theme: Theme) {
    let anchor = match word.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let size = word.size + theme.larger_type();
    let (x, y) = (word.x, word.y);
    let _ = write!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\"");
    if word.halo {
        let page = theme.colour(Role::Page).hex();
        let _ = write!(
            svg,
            " stroke=\"{page}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\""
        );
    }
    svg.push('>');
    for span in &word.spans {
        let weight = if span.strong { " font-weight=\"600\"" } else { "" };
        let fill = theme.colour(span.role).hex();
        let _ = write!(
            svg,
            "<tspan xml:space=\"preserve\" fill=\"{fill}\"{weight}>{}</tspan>",
            escaped(&span.text)
        );
    }
    svg.push_str("</text>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
