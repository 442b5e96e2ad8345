//! The reading cursor: a thin line through all rows, led by pointer or arrow keys; values take the place of
//! those at the line ends.

use web_sys::{KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::axis::AxisRef;
use crate::charts::data::{Facts, reading};
use crate::charts::{ROWS, Row, summary};
use crate::lang::{Lang, texts};
use crate::web::hooks::use_lang;
use crate::web::live::LiveRef;

texts! {
    mod say {
        fn cursor { en: "Reading cursor", de: "Lesezeiger", fr: "Curseur de lecture" }
        fn now { en: "now", de: "jetzt", fr: "maintenant" }
        fn at(at: Moment, text: Text) { en: "{at}: {text}", de: "{at}: {text}", fr: "{at} : {text}" }
    }
}

/// What the cursor reads.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub live: LiveRef,
    pub tick: u64,
    pub axis: AxisRef,
    /// What is read out at an instant, in seconds.
    pub said: Callback<f64, String>,
}

#[component]
pub(super) fn Cursor(props: &Props) -> Html {
    let lang = use_lang();
    let update = use_force_update();
    let led = {
        let (axis, live) = (props.axis.clone(), props.live.clone());
        Callback::from(move |event: PointerEvent| {
            let (plot, x) = (axis.plot(), f64::from(event.offset_x()));
            let now = live.get().world.now.as_secs();
            let inside = x >= plot.left - 4.0 && x <= plot.x(now) + 4.0;
            axis.set_cursor(inside.then(|| plot.time(x).min(now)));
        })
    };
    let left = {
        let axis = props.axis.clone();
        Callback::from(move |_: PointerEvent| axis.set_cursor(None))
    };
    let blurred = {
        let axis = props.axis.clone();
        Callback::from(move |_: FocusEvent| axis.set_cursor(None))
    };
    let pressed = {
        let (axis, live) = (props.axis.clone(), props.live.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = moved(lang, &event.key(), axis.cursor(), &live) {
                event.prevent_default();
                event.stop_propagation();
                axis.set_cursor(next);
                update.force_update();
            }
        })
    };
    let now = props.live.get().world.now.as_secs();
    // Only when it has been set, so that nothing is said four times a second.
    let text = props.axis.cursor().map_or_else(|| say::now(lang).to_owned(), |at| props.said.emit(at));
    let at = props.axis.cursor().unwrap_or(now);
    html! {
        <div class="chart-cursor" role="slider" tabindex="0" aria-label={say::cursor(lang)}
            aria-orientation="horizontal" aria-valuemin="0" aria-valuemax={format!("{now:.1}")}
            aria-valuenow={format!("{at:.1}")} aria-valuetext={text}
            onpointermove={led.clone()} onpointerdown={led} onpointerleave={left}
            onkeydown={pressed} onblur={blurred}></div>
    }
}

/// What the charts of one run say at an instant.
pub(super) fn said(lang: Lang, live: &LiveRef, at: f64) -> String {
    let live = live.get();
    let mut facts = Facts { lang, ..Facts::default() };
    facts.learn(&live.world);
    let series = &live.recorder.series;
    let response = reading(series, at).and_then(|reading| reading.response_ms);
    let response = response.map_or_else(String::new, |(p50, p99)| {
        format!("p99 {}, p50 {}. ", lang.millis(p99), lang.millis(p50))
    });
    let rest = ROWS.into_iter().filter(|row| *row != Row::Response);
    let rest: Vec<String> = rest.map(|row| summary(row, series, &facts, at)).collect();
    say::at(lang, at, &format!("{response}{}", rest.join(" ")))
}

/// Where a key leads the cursor: nothing for other keys, no place for Escape. Arrows go by a window, Page Up to
/// the next event and Page Down to the one before, as on the time line, Home and End to the start and to now.
fn moved(lang: Lang, key: &str, cursor: Option<f64>, live: &LiveRef) -> Option<Option<f64>> {
    let live = live.get();
    let (now, series) = (live.world.now.as_secs(), &live.recorder.series);
    let at = cursor.unwrap_or(now);
    let lines = live.event_lines(lang);
    let events = || lines.iter().map(|line| line.at_s);
    let next = match key {
        "ArrowLeft" | "ArrowDown" => at - series.window_s,
        "ArrowRight" | "ArrowUp" => at + series.window_s,
        "PageDown" => events().rfind(|event| *event < at - 1e-9).unwrap_or(0.0),
        "PageUp" => events().find(|event| *event > at + 1e-9).unwrap_or(now),
        "Home" => 0.0,
        "End" => now,
        "Escape" => return cursor.map(|_| None),
        _ => return None,
    };
    Some(Some(next.clamp(0.0, now)))
}
