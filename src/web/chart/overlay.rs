//! The charts of several lanes over each other.

use std::rc::Rc;

use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use super::axis::AxisRef;
use super::cursor::Cursor;
use super::lettering::Lettering;
use super::sheet::{UNIT, sheet};
use super::size::{Size, Watching};
use crate::charts::data::{Facts, columns};
use crate::charts::draw_marks;
use crate::charts::overlay::{self, MEASURES, Measure, Scales, Shape, compose, natural_height};
use crate::charts::theme::{Role, Theme};
use crate::charts::view::NARROW;
use crate::lang::{Lang, texts};
use crate::web::hooks::{use_height, use_lang};
use crate::web::live::{LiveRef, Painting};

texts! {
    mod say {
        fn charts {
            en: "Charts of all lanes",
            de: "Diagramme aller Bahnen",
            fr: "Graphiques de toutes les voies",
        }
        fn show { en: "Show data", de: "Daten", fr: "Données" }
        fn more(n: Whole) { en: "{n} more", de: "{n} weitere", fr: "{n} de plus" }
        fn fewer { en: "Fewer charts", de: "Weniger", fr: "Moins" }
        fn data { en: "Data of all lanes", de: "Daten aller Bahnen", fr: "Données de toutes les voies" }
        fn until { en: "until", de: "bis", fr: "jusqu’à" }
    }
}

/// How a lane looks in the charts.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneLook {
    /// What it is called.
    pub name: String,
    /// Its colour.
    pub role: Role,
    /// The shape of its marks.
    pub shape: Shape,
}

/// What is shown, and how.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The lanes; each is shown by its place.
    pub lives: Vec<LiveRef>,
    /// How they look.
    pub looks: Rc<Vec<LaneLook>>,
    /// Goes up about 4 times a second.
    pub tick: u64,
    /// Which palette.
    pub theme: Theme,
    /// The time axis that is shared with the scrubber.
    pub axis: AxisRef,
    /// Whether charts are drawn once a second.
    pub reduced_motion: bool,
    /// How many rows its own height is made for; with more room, or by a button, there are all of them.
    #[prop_or(MEASURES.len())]
    pub most: usize,
}

/// The charts of several lanes over each other, with their numbers below.
#[component]
pub fn Overlay(props: &Props) -> Html {
    let lang = use_lang();
    let (frame, canvas, layer) = (use_node_ref(), use_node_ref(), use_node_ref());
    let (height, all) = (use_height(&frame), use_state_eq(|| false));
    {
        let nodes = (frame.clone(), canvas.clone(), layer.clone());
        let of = (props.lives.clone(), Rc::clone(&props.looks), (lang, props.theme, props.reduced_motion));
        let (axis, most) = (props.axis.clone(), props.most);
        use_effect_with(of, move |(lives, looks, how)| {
            let painting = start(&nodes, lives, looks, *how, (axis, most));
            move || drop(painting)
        });
    }
    let said = {
        let of = (props.lives.clone(), Rc::clone(&props.looks), lang);
        use_callback(of, |at: f64, (lives, looks, lang)| {
            MEASURES.map(|row| sentence(*lang, lives, looks, row, at)).join(" ")
        })
    };
    let now = props.lives.first().map_or(0.0, |live| live.get().world.now.as_secs());
    let rows = MEASURES.map(|row| {
        let label = sentence(lang, &props.lives, &props.looks, row, now);
        html! { <div class="sr" role="img" aria-label={label}></div> }
    });
    let Some(first) = props.lives.first().cloned() else { return html! {} };
    let hidden = height.map_or(0, |height| {
        // Only the height matters: where titles stand above the plots there is room for all.
        MEASURES.len() - overlay::rows_within((NARROW, height), props.lives.len(), false).len()
    });
    let more = (props.most == MEASURES.len() && (hidden > 0 || *all)).then(|| {
        let word = if *all { say::fewer(lang).to_owned() } else { say::more(lang, hidden as u64) };
        let onclick = { let all = all.clone(); Callback::from(move |_: MouseEvent| all.set(!*all)) };
        html! { <button type="button" class="chart-more" aria-pressed={all.to_string()} {onclick}>{ word }</button> }
    });
    html! {
        <section class={classes!("charts", all.then_some("all"))} aria-label={say::charts(lang)}>
            <div class="chart-frame" ref={frame}>
                <canvas ref={canvas} aria-hidden="true"></canvas>
                { for rows }
                <div class="chart-words" ref={layer} aria-hidden="true"></div>
                <Cursor live={first} tick={props.tick} axis={props.axis.clone()} {said} />
            </div>
            <Numbers lives={props.lives.clone()} looks={Rc::clone(&props.looks)} tick={props.tick} />
            // Always there: what comes and goes beside the frame would make it anew.
            <div class="chart-more-box">{ more }</div>
        </section>
    }
}

fn has_failed(live: &LiveRef) -> bool {
    live.get().world.ledger.failures().iter().any(|(_, n)| *n > 0)
}

/// Runs `with` on what the lanes show.
fn shown<T>(
    lang: Lang,
    lives: &[LiveRef],
    looks: &[LaneLook],
    with: impl FnOnce(&[overlay::Lane<'_>]) -> T,
) -> T {
    let lives: Vec<_> = lives.iter().map(LiveRef::get).collect();
    let facts: Vec<Facts> = lives
        .iter()
        .map(|live| {
            let mut facts = Facts { lang, ..Facts::default() };
            facts.learn(&live.world);
            facts
        })
        .collect();
    let lanes: Vec<_> = looks
        .iter()
        .zip(&lives)
        .zip(&facts)
        .map(|((look, live), facts)| overlay::Lane {
            name: &look.name,
            role: look.role,
            shape: look.shape,
            series: &live.recorder.series,
            facts,
        })
        .collect();
    with(&lanes)
}

fn sentence(lang: Lang, lives: &[LiveRef], looks: &[LaneLook], row: Measure, at_s: f64) -> String {
    shown(lang, lives, looks, |lanes| {
        let now_s = at_s;
        let view = overlay::Overlay {
            lanes,
            rows: &MEASURES,
            now_s,
            cursor_s: None,
            axis_s: (now_s, now_s),
            size: (1_000.0, 100.0),
        };
        let columns: Vec<_> =
            lanes.iter().map(|lane| columns(lane.series, lane.facts, at_s, usize::MAX)).collect();
        overlay::summary(row, &view, &columns, at_s)
    })
}

/// The most windows in the table.
const WINDOWS: usize = 50;

#[derive(Properties, PartialEq)]
struct NumbersProps {
    lives: Vec<LiveRef>,
    looks: Rc<Vec<LaneLook>>,
    tick: u64,
}

/// "Show data" of all lanes: a row for each window, a column for each lane and measure.
#[component]
fn Numbers(props: &NumbersProps) -> Html {
    let lang = use_lang();
    let open = use_state(|| false);
    let toggled = {
        let open = open.setter();
        Callback::from(move |event: Event| {
            let details: Option<HtmlElement> = event.target_dyn_into();
            open.set(details.is_some_and(|details| details.has_attribute("open")));
        })
    };
    html! {
        <details class="chart-data" ontoggle={toggled}>
            <summary>{ say::show(lang) }</summary>
            if *open {
                <div class="chart-data-table" tabindex="0" role="region" aria-label={say::data(lang)}>
                    { table(lang, &props.lives, &props.looks) }
                </div>
            }
        </details>
    }
}

fn table(lang: Lang, lives: &[LiveRef], looks: &[LaneLook]) -> Html {
    let now = lives.first().map_or(0.0, |live| live.get().world.now.as_secs());
    let columns: Vec<_> = shown(lang, lives, looks, |lanes| {
        lanes.iter().map(|lane| columns(lane.series, lane.facts, now, usize::MAX)).collect()
    });
    let times: Vec<f64> = columns.first().map_or_else(Vec::new, |lane| lane.iter().map(|c| c.at_s).collect());
    let heads = MEASURES.into_iter().flat_map(|row| {
        looks
            .iter()
            .map(move |look| html! { <th scope="col">{ row.label().0.say(lang) }{ " " }{ &look.name }</th> })
    });
    let line = |at: &f64| {
        let cells = MEASURES.into_iter().flat_map(|row| {
            columns.iter().map(move |lane| {
                overlay::value_at(row, lane, *at).map_or_else(String::new, |v| row.show(lang, v))
            })
        });
        let cells = cells.map(|cell| html! { <td>{ cell }</td> });
        html! { <tr><th scope="row">{ lang.moment(*at) }</th>{ for cells }</tr> }
    };
    html! {
        <table>
            <thead><tr><th scope="col">{ say::until(lang) }</th>{ for heads }</tr></thead>
            // The latest first: it is what a reader looks for.
            <tbody>{ for times.iter().rev().take(WINDOWS).map(line) }</tbody>
        </table>
    }
}

/// Charts are drawn this often, in seconds; under reduced motion once a second.
const DRAW: f64 = 0.1;

struct Painter {
    lang: Lang,
    canvas: HtmlCanvasElement,
    lettering: Lettering,
    lives: Vec<LiveRef>,
    looks: Rc<Vec<LaneLook>>,
    theme: Theme,
    axis: AxisRef,
    scales: Scales,
    since: f64,
    numbers: f64,
    drawn: (f64, f64, (f64, f64)),
}

type Nodes = (NodeRef, NodeRef, NodeRef);

fn start(
    (frame, canvas, layer): &Nodes,
    lives: &[LiveRef],
    looks: &Rc<Vec<LaneLook>>,
    (lang, theme, still): (Lang, Theme, bool),
    (axis, most): (AxisRef, usize),
) -> Option<(Painting, Watching)> {
    let frame: HtmlElement = frame.cast()?;
    let size = Size::default();
    let fitted = frame.clone();
    let watching = Watching::new(&frame, &size, move |(width, _)| {
        let height = natural_height(most, width);
        let _ = fitted.style().set_property("height", &format!("{height}px"));
        let _ = fitted.set_attribute("data-narrow", if width < NARROW { "true" } else { "false" });
    })?;
    let mut painter = Painter {
        lang,
        canvas: canvas.cast()?,
        lettering: Lettering::new(layer.cast()?),
        lives: lives.to_vec(),
        looks: Rc::clone(looks),
        theme,
        axis,
        scales: Scales::default(),
        since: f64::INFINITY,
        numbers: f64::INFINITY,
        drawn: (-1.0, -1.0, (0.0, 0.0)),
    };
    let window = web_sys::window()?;
    // Painted with the last lane: by then all of them show this frame.
    let painting = lives.last()?.paint(Box::new(move |_, elapsed| {
        painter.paint(elapsed, size.get(), window.device_pixel_ratio(), if still { 1.0 } else { DRAW });
    }));
    Some((painting, watching))
}

impl Painter {
    fn paint(&mut self, elapsed: f64, size: (f64, f64), ratio: f64, period: f64) {
        self.since += elapsed;
        self.numbers += elapsed;
        let now_s = self.lives.first().map_or(0.0, |live| live.get().world.now.as_secs());
        let cursor_s = self.axis.cursor();
        let drawing = (now_s, cursor_s.unwrap_or(-1.0), size);
        let seen = (self.drawn.1, self.drawn.2) == (drawing.1, drawing.2);
        let waits = seen && self.since < period;
        if size.0 < 1.0 || size.1 < 1.0 || drawing == self.drawn || waits {
            return;
        }
        let elapsed = if self.since.is_finite() { self.since } else { 0.0 };
        let (reached, duration) = self.lives.first().map_or((0.0, 60.0), |live| {
            let live = live.get();
            (live.reached.as_secs(), live.duration.as_secs())
        });
        if now_s < self.drawn.0 && now_s == 0.0 {
            self.scales = Scales::default();
        }
        let failing = self.lives.iter().any(has_failed);
        let scales = &mut self.scales;
        let composed = shown(self.lang, &self.lives, &self.looks, |lanes| {
            let axis_s = (now_s.max(reached), duration);
            let rows = overlay::rows_within(size, lanes.len(), failing);
            let view = overlay::Overlay { lanes, rows: &rows, now_s, cursor_s, axis_s, size };
            compose(&view, scales, elapsed)
        });
        self.axis.set_plot(composed.plot);
        if let Some(area) = sheet(&self.canvas, size, ratio) {
            let _ = draw_marks(&area, &composed.picture.marks, self.theme, UNIT);
        }
        let anew = !seen || self.numbers >= 0.25;
        let _ = self.lettering.set(composed.picture.words, anew, self.theme.larger_type());
        if anew {
            self.numbers = 0.0;
        }
        (self.since, self.drawn) = (0.0, drawing);
    }
}

impl Drop for Painter {
    fn drop(&mut self) {
        self.lettering.clear();
    }
}
