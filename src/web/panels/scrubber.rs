//! The time line: the top of the charts. Dragging it goes back in time; marks say what happened when.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::outcome::by_name;
use crate::charts::event::{EventLine, place_events};
use crate::charts::view::Plot;
use crate::lang::texts;
use crate::units::SimTime;
use crate::web::chart::AxisRef;
use crate::web::controls::text_of;
use crate::web::driver::Command;
use crate::web::icons::icon;
use crate::web::live::LiveRef;
use crate::web::shell::Shell;
use crate::web::state::Action;

texts! {
    mod say {
        fn hint { en: "drag to go back", de: "ziehen für früher", fr: "glisser pour revenir" }
        fn time { en: "Time", de: "Zeit", fr: "Temps" }
        fn of(now: Moment, end: Moment) {
            en: "{now} of {end}",
            de: "{now} von {end}",
            fr: "{now} sur {end}",
        }
    }
}

/// Properties of [`Scrubber`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What every panel needs.
    pub shell: Shell,
    /// How time maps to the page: that of the charts.
    pub axis: AxisRef,
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
    let lang = shell.lang();
    let node = use_node_ref();
    let dragged = use_state_eq(|| None::<f64>);
    use_places(&node, &shell.control.live, &props.axis, *dragged);
    let (lines, reached, duration) = {
        let live = shell.control.live.get();
        (live.event_lines(lang), live.reached.as_secs(), live.duration.as_secs())
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
    let let_go = dragged.setter();
    let onchange = Callback::from(move |_: Event| let_go.set(None));
    let onkeydown = {
        let at: Vec<f64> = lines.iter().map(|line| line.at_s).collect();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(to) = jump(&event.key(), now, furthest, &at) {
                event.prevent_default();
                seek(to);
            }
        })
    };
    let plot = props.axis.plot();
    let most = (plot.end_s * STEPS).round().to_string();
    html! {
        <div class={classes!("scrubber", props.aligned.then_some("aligned"))} ref={node}>
            if props.aligned { <span class="sub scrubber-hint">{ say::hint(lang) }</span> }
            <div class="scrubber-axis">
                <div class="scrubber-track" aria-hidden="true">
                    <i class="scrubber-far"></i><i class="scrubber-past"></i>
                </div>
                { marks(&lines, &plot, furthest, props.aligned) }
                <i class="scrubber-knob" aria-hidden="true"></i>
                <input class="scrubber-input" type="range" min="0" max={most} step="1"
                    value={(now * STEPS).round().to_string()} aria-label={say::time(lang)}
                    aria-valuetext={say::of(lang, now, duration)}
                    {oninput} {onchange} {onkeydown} />
            </div>
        </div>
    }
}

/// Keeps the time line where the charts are: at every frame, as custom properties. `--left` and `--width` are
/// px of the axis, `--end`, `--now` and `--far` seconds on it.
#[hook]
fn use_places(node: &NodeRef, live: &LiveRef, axis: &AxisRef, dragged: Option<f64>) {
    let drag = use_mut_ref(|| None::<f64>);
    drag.replace(dragged);
    let (node, live) = (node.clone(), live.clone());
    use_effect_with((node, live, axis.clone()), move |(node, live, axis)| {
        let (axis, style) = (axis.clone(), node.cast::<HtmlElement>().map(|element| element.style()));
        let mut shown = [f64::NAN; 5];
        let painting = live.paint(Box::new(move |live, _| {
            let plot = axis.plot();
            let now = (*drag.borrow()).unwrap_or_else(|| live.world.now.as_secs());
            let far = live.reached.as_secs().max(now);
            let wanted = [plot.left, plot.width, plot.end_s, now.min(plot.end_s), far.min(plot.end_s)];
            if let Some(style) = style.as_ref().filter(|_| wanted != shown) {
                let names =
                    [("--left", "px"), ("--width", "px"), ("--end", ""), ("--now", ""), ("--far", "")];
                for ((name, unit), value) in names.into_iter().zip(wanted) {
                    let _ = style.set_property(name, &format!("{value:.4}{unit}"));
                }
                shown = wanted;
            }
        }));
        move || drop(painting)
    });
}

/// Where a key leads: Page keys to the next or last event, Home and End to the ends; nothing for other keys.
fn jump(key: &str, now: f64, furthest: f64, events: &[f64]) -> Option<f64> {
    match key {
        "PageUp" => Some(events.iter().copied().find(|at| *at > now + 1e-3).unwrap_or(furthest)),
        "PageDown" => Some(events.iter().rev().copied().find(|at| *at < now - 1e-3).unwrap_or(0.0)),
        "Home" => Some(0.0),
        "End" => Some(furthest),
        _ => None,
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
        let key = format!("{} {}", line.at_s, line.label);
        Some(html! {
            <span class="mark-at" style={format!("--at:{:.4}", line.at_s)} {key}>
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

#[cfg(test)]
mod tests {
    use super::jump;

    #[test]
    fn page_keys_go_from_event_to_event() {
        let events = [10.0, 16.0];
        assert_eq!(jump("PageUp", 12.0, 24.0, &events), Some(16.0));
        assert_eq!(jump("PageUp", 16.0, 24.0, &events), Some(24.0));
        assert_eq!(jump("PageDown", 12.0, 24.0, &events), Some(10.0));
        assert_eq!(jump("PageDown", 10.0, 24.0, &events), Some(0.0));
        assert_eq!(jump("Home", 12.0, 24.0, &events), Some(0.0));
        assert_eq!(jump("a", 12.0, 24.0, &events), None);
    }
}
