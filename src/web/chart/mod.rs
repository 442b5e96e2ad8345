//! The charts on the page: marks on a canvas, words as text over it, a cursor to read them, their data as a
//! table.
//!
//! Drawn about 10 times a second outside the virtual DOM. Whoever stands above them (the scrubber) shares
//! their time axis through an [`AxisRef`].

mod axis;
mod cursor;
mod data_panel;
mod ease;
mod lettering;
mod overlay;
mod painter;
mod sheet;
mod size;

use std::rc::Rc;

use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

pub use axis::AxisRef;
pub use overlay::{LaneLook, Overlay};

use self::cursor::Cursor;
use self::data_panel::DataPanel;
use self::painter::{Elements, Painter, Settings};
use self::size::{Size, Watching};
use crate::charts::data::Facts;
use crate::charts::theme::Theme;
use crate::charts::view::NARROW;
use crate::charts::{ROWS, Row, natural_height, summary};
use crate::lang::{Lang, texts};
use crate::web::hooks::use_lang;
use crate::web::live::{LiveRef, Painting};

texts! {
    mod say {
        fn charts { en: "Charts", de: "Diagramme", fr: "Graphiques" }
    }
}

/// What the charts show, and how.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is shown now.
    pub live: LiveRef,
    /// Goes up about 4 times a second, when components are to render anew.
    pub tick: u64,
    /// Which palette marks are drawn in; words take theirs from the style sheet.
    pub theme: Theme,
    /// The time axis that is shared with the scrubber.
    pub axis: AxisRef,
    /// The rows, from above.
    #[prop_or_else(|| ROWS.to_vec())]
    pub rows: Vec<Row>,
    /// Height in px beside titles; above plots, and when nothing is given, rows have their natural height.
    #[prop_or_default]
    pub height: Option<f64>,
    /// Whether the reader wants little motion: charts are drawn once a second, scales jump.
    #[prop_or_default]
    pub reduced_motion: bool,
}

/// The charts.
#[component]
pub fn Charts(props: &Props) -> Html {
    let lang = use_lang();
    let (frame, canvas, layer) = (use_node_ref(), use_node_ref(), use_node_ref());
    let rows =
        use_memo(props.rows.len(), |count| (0..*count).map(|_| NodeRef::default()).collect::<Vec<_>>());
    {
        let settings = Settings {
            lang,
            rows: props.rows.clone(),
            theme: props.theme,
            reduced_motion: props.reduced_motion,
        };
        let (live, axis, height) = (props.live.clone(), props.axis.clone(), props.height);
        let nodes = (frame.clone(), canvas.clone(), layer.clone(), Rc::clone(&rows));
        use_effect_with(
            (settings, live, axis, height.map(f64::to_bits)),
            move |(settings, live, axis, _)| {
                let painting = start(&nodes, settings, live, axis, height);
                move || drop(painting)
            },
        );
    }
    let sentences = summaries(lang, props);
    let said =
        use_callback((props.live.clone(), lang), |at: f64, (live, lang)| cursor::said(*lang, live, at));
    let described = props.rows.iter().zip(rows.iter()).zip(&sentences).map(|((row, node), said)| {
        html! {
            <div key={row.name()} ref={node} class="chart-row" role="img" aria-label={said.clone()}></div>
        }
    });
    html! {
        <section class="charts" aria-label={say::charts(lang)}>
            <div class="chart-frame" ref={frame}>
                <canvas ref={canvas} aria-hidden="true"></canvas>
                { for described }
                <div class="chart-words" ref={layer} aria-hidden="true"></div>
                <Cursor live={props.live.clone()} tick={props.tick} axis={props.axis.clone()} {said} />
            </div>
            <DataPanel live={props.live.clone()} tick={props.tick} rows={props.rows.clone()}
                theme={props.theme} />
        </section>
    }
}

fn summaries(lang: Lang, props: &Props) -> Vec<AttrValue> {
    let live = props.live.get();
    let mut facts = Facts { lang, ..Facts::default() };
    facts.learn(&live.world);
    let now_s = live.world.now.as_secs();
    let say =
        |row: &Row| format!("{}. {}", row.label(lang), summary(*row, &live.recorder.series, &facts, now_s));
    props.rows.iter().map(|row| AttrValue::from(say(row))).collect()
}

type Nodes = (NodeRef, NodeRef, NodeRef, Rc<Vec<NodeRef>>);

/// Starts to paint; what is returned ends it when it is dropped.
fn start(
    (frame, canvas, layer, rows): &Nodes,
    settings: &Settings,
    live: &LiveRef,
    axis: &AxisRef,
    height: Option<f64>,
) -> Option<(Painting, Watching)> {
    let frame: HtmlElement = frame.cast()?;
    let elements = Elements {
        canvas: canvas.cast::<HtmlCanvasElement>()?,
        layer: layer.cast()?,
        rows: rows.iter().filter_map(NodeRef::cast).collect(),
    };
    let size = Size::default();
    let (shown, fitted) = (settings.rows.clone(), frame.clone());
    let watching = Watching::new(&frame, &size, move |(width, _)| {
        let narrow = width < NARROW;
        let natural = natural_height(&shown, narrow);
        let wanted = if narrow { natural } else { height.unwrap_or(natural) };
        // Only a change of height makes the page lay itself out again.
        let _ = fitted.style().set_property("height", &format!("{wanted}px"));
        let _ = fitted.set_attribute("data-narrow", if narrow { "true" } else { "false" });
    })?;
    let mut painter = Painter::new(elements, settings.clone(), axis.clone());
    let window = web_sys::window()?;
    let painting = live.paint(Box::new(move |live, elapsed| {
        painter.paint(live, elapsed, size.get(), window.device_pixel_ratio());
    }));
    Some((painting, watching))
}
