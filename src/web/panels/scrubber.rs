//! The time line: the top of the charts. Dragging it goes back in time; marks say what happened when.

use yew::prelude::*;

use super::outcome::by_name;
use crate::charts::event::{EventLine, place_events};
use crate::charts::view::Plot;
use crate::report::number::moment;
use crate::units::SimTime;
use crate::web::controls::text_of;
use crate::web::driver::Command;
use crate::web::icons::icon;
use crate::web::shell::Shell;
use crate::web::state::Action;

/// Properties of [`Scrubber`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What every panel needs.
    pub shell: Shell,
    /// How time maps to the page: that of the charts.
    pub plot: Plot,
    /// Whether it stands above the charts, with words at its marks; else it fills its place.
    #[prop_or(true)]
    pub aligned: bool,
}

/// Steps of the slider in a second: arrow keys move by 0.1 s.
const STEPS: f64 = 10.0;

/// The time line.
#[component]
pub fn Scrubber(props: &Props) -> Html {
    let shell = &props.shell;
    let dragged = use_state_eq(|| None::<f64>);
    let (lines, reached, duration) = {
        let live = shell.control.live.get();
        (live.event_lines(), live.reached.as_secs(), live.duration.as_secs())
    };
    let now = dragged.unwrap_or_else(|| shell.now().as_secs());
    let furthest = reached.max(now);
    let seek = {
        let shell = shell.clone();
        move |seconds: f64| {
            shell.act(Action::Play(false));
            shell.send(Command::Seek(SimTime((seconds.max(0.0) * 1e9 + 0.5) as u64)));
        }
    };
    let oninput = {
        let (seek, dragged) = (seek.clone(), dragged.setter());
        Callback::from(move |event: InputEvent| {
            let at = text_of(&event).parse::<f64>().unwrap_or(0.0) / STEPS;
            dragged.set(Some(at));
            seek(at);
        })
    };
    let onchange = {
        let dragged = dragged.setter();
        Callback::from(move |_: Event| dragged.set(None))
    };
    let onkeydown = {
        let at: Vec<f64> = lines.iter().map(|line| line.at_s).collect();
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "PageUp" => at.iter().copied().find(|at| *at > now + 1e-3),
                "PageDown" => at.iter().rev().copied().find(|at| *at < now - 1e-3).or(Some(0.0)),
                "Home" => Some(0.0),
                "End" => Some(furthest),
                _ => return,
            };
            event.prevent_default();
            if let Some(to) = to {
                seek(to);
            }
        })
    };
    let plot = props.plot;
    let place = |seconds: f64| (seconds / plot.end_s).clamp(0.0, 1.0);
    let ends = if props.aligned {
        format!("--left:{}px;--width:{}px;", plot.left, plot.width)
    } else {
        String::new()
    };
    let style = format!("{ends}--now:{:.4};--far:{:.4}", place(now), place(furthest));
    html! {
        <div class={classes!("scrubber", props.aligned.then_some("aligned"))} {style}>
            if props.aligned { <span class="sub scrubber-hint">{ "drag to go back" }</span> }
            <div class="scrubber-axis">
                <div class="scrubber-track" aria-hidden="true">
                    <i class="scrubber-far"></i><i class="scrubber-past"></i>
                </div>
                { marks(&lines, &plot, furthest, props.aligned) }
                <input class="scrubber-input" type="range" min="0" max={(plot.end_s * STEPS).round().to_string()}
                    step="1" value={(now * STEPS).round().to_string()} aria-label="Time"
                    aria-valuetext={format!("{} of {}", moment(now), moment(duration))}
                    {oninput} {onchange} {onkeydown} />
            </div>
        </div>
    }
}

/// Marks nearer than this to the one before are left out where they would cover each other, in px.
const COVERED: f64 = 9.0;

fn marks(lines: &[EventLine], plot: &Plot, until: f64, words: bool) -> Html {
    let mut last = f64::NEG_INFINITY;
    let placed = place_events(lines, plot, until).into_iter().filter_map(|placed| {
        let line = lines.get(placed.index)?;
        if placed.x - last < COVERED {
            return None;
        }
        last = placed.x;
        let at = (placed.x - plot.left) / plot.width;
        Some(html! {
            <span class="mark-at" style={format!("--at:{at:.4}")} key={format!("{} {}", line.at_s, line.label)}>
                <i></i>
                if words {
                    <span class="mark-label tick">
                        { icon(by_name(line.icon)) }
                        if placed.labelled { <span>{ &line.label }</span> }
                    </span>
                }
            </span>
        })
    });
    html! { <div class="scrubber-marks" aria-hidden="true">{ for placed }</div> }
}
