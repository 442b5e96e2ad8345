//! The charts with the time line above them.

use yew::prelude::*;

use super::scrubber::Scrubber;
use crate::charts::Row;
use crate::charts::theme::Theme as Palette;
use crate::charts::{ROWS, natural_height};
use crate::lang::texts;
use crate::web::chart::{AxisRef, Charts};
use crate::web::hooks::{use_height, use_media};
use crate::web::shell::Shell;
use crate::web::state::{Action, ChartKind, Motion, Theme};

texts! {
    mod say {
        fn charts { en: "Charts", de: "Diagramme", fr: "Graphiques" }
    }
}

/// Where the window is high enough, the charts take what is left of it; see `styles/layout.css`.
const FITS: &str = "(min-width: 1200px) and (min-height: 860px)";

/// Properties of [`Graphs`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What every panel needs.
    pub shell: Shell,
    /// The time axis.
    pub axis: AxisRef,
    /// Whether the time line is here.
    pub scrubber: bool,
}

/// The charts that the address names, or all.
#[must_use]
pub fn rows(shell: &Shell) -> Vec<Row> {
    let kinds = &shell.state.view.charts;
    let row = |kind: &ChartKind| match kind {
        ChartKind::Response => Row::Response,
        ChartKind::Linear => Row::Linear,
        ChartKind::Outcomes => Row::Outcomes,
        ChartKind::Share => Row::Share,
        ChartKind::Queue => Row::Queue,
        ChartKind::Heat => Row::Heat,
        ChartKind::Flow => Row::Flow,
        ChartKind::Sessions => Row::Sessions,
        ChartKind::Retries => Row::Retries,
    };
    if kinds.is_empty() { ROWS.to_vec() } else { kinds.iter().map(row).collect() }
}

/// The charts that are shown when none is chosen.
const USUAL: [ChartKind; 4] = [ChartKind::Response, ChartKind::Outcomes, ChartKind::Share, ChartKind::Queue];

/// Which charts are shown.
fn picker(shell: &Shell) -> Html {
    let chosen = shell.state.view.charts.clone();
    let now = if chosen.is_empty() { USUAL.to_vec() } else { chosen };
    let one = |kind: &ChartKind| {
        let on = now.contains(kind);
        // In the order in which they are listed; the last one stays.
        let next: Vec<ChartKind> =
            ChartKind::ALL.iter().copied().filter(|other| now.contains(other) != (other == kind)).collect();
        let next = if next.is_empty() { vec![*kind] } else { next };
        html! {
            <label class="row check">
                <input type="checkbox" checked={on} onchange={shell.on(Action::Charts(next))} />
                <span>{ kind.title(shell.lang()) }</span>
            </label>
        }
    };
    html! {
        <details class="chart-picker">
            <summary>{ say::charts(shell.lang()) }</summary>
            <div class="chart-choices">{ for ChartKind::ALL.iter().map(one) }</div>
        </details>
    }
}

/// The palette that is on screen.
#[hook]
pub fn use_palette(shell: &Shell) -> Palette {
    let dark = use_media("(prefers-color-scheme: dark)");
    match shell.state.view.theme {
        Theme::Projector => Palette::Projector,
        Theme::Dark => Palette::Dark,
        Theme::Auto if dark => Palette::Dark,
        Theme::Auto | Theme::Light => Palette::Light,
    }
}

/// Whether the reader wants little motion.
#[hook]
pub fn use_stillness(shell: &Shell) -> bool {
    let reduced = use_media("(prefers-reduced-motion: reduce)");
    match shell.state.view.motion {
        Motion::Auto => reduced,
        Motion::Full => false,
        Motion::Reduced => true,
    }
}

/// The charts with the time line above them.
#[component]
pub fn Graphs(props: &Props) -> Html {
    let shell = &props.shell;
    let node = use_node_ref();
    let box_height = use_height(&node);
    let fits = use_media(FITS);
    let theme = use_palette(shell);
    let reduced_motion = use_stillness(shell);
    let rows = rows(shell);
    let room = box_height.filter(|_| fits);
    let natural = natural_height(&rows, false);
    let height = room.map(|room| room.clamp(0.78 * natural, f64::max(900.0, 1.6 * natural)));
    html! {
        <>
            if props.scrubber {
                <Scrubber shell={shell.clone()} axis={props.axis.clone()} />
            }
            <div class="charts-box" ref={node}>
                // As high as the charts are, which may be higher than the room that is left for them.
                <div class="charts-whole">
                    <Charts live={shell.control.live.clone()} tick={shell.control.tick} {theme}
                        axis={props.axis.clone()} {rows} {height} {reduced_motion} />
                    { picker(shell) }
                </div>
            </div>
        </>
    }
}
