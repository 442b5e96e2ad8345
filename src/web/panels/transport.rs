//! Run, pause, step, start again, the clock, the speed.

use yew::prelude::*;

use crate::report::export::{Column, columns};
use crate::report::number::{moment, share, three};
use crate::web::browser;
use crate::web::controls::{LogRange, LogScale, Typed};
use crate::web::driver::{Command, Speed};
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};
use crate::web::state::{Action, Inside, Locked};

/// Run or pause: the one filled button of its group.
#[component]
pub fn PlayButton(props: &Props) -> Html {
    let shell = &props.shell;
    let (which, word) = match (shell.state.playing, shell.state.finished) {
        (true, _) => (Icon::Pause, "Pause"),
        (false, true) => (Icon::StartAgain, "Again"),
        (false, false) => (Icon::Play, "Play"),
    };
    html! {
        <button class="btn main play" aria-label={word} onclick={shell.on(Action::TogglePlay)}>
            { icon(which) }<span class="play-word">{ word }</span>
        </button>
    }
}

/// The row under the scene.
#[component]
pub fn Transport(props: &Props) -> Html {
    let shell = &props.shell;
    let send = |command: Command| {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| {
            shell.act(Action::Play(false));
            shell.send(command.clone());
        })
    };
    let now = shell.now().as_secs();
    let inside = if shell.state.inside.is_none() { Some(Inside::Requests) } else { None };
    html! {
        <div class="transport" role="group" aria-label="Time">
            <PlayButton shell={shell.clone()} />
            <button class="btn only" aria-label="Back by one event" title="Back by one event (,)"
                onclick={send(Command::StepBack)}>{ icon(Icon::StepBack) }</button>
            <button class="btn only" aria-label="On by one event" title="On by one event (.)"
                onclick={send(Command::Step)}>{ icon(Icon::StepOn) }</button>
            <button class="btn only tenth" aria-label="+0.1 s: on by 100 ms" title="On by 100 ms (Shift + .)"
                onclick={by_tenth(shell)}>{ "+0.1" }</button>
            <button class="btn only" aria-label="Start again" title="Start again (R)"
                onclick={shell.on(Action::Again)}>{ icon(Icon::StartAgain) }</button>
            <output class="time clock">{ moment(now) }</output>
            { speed(shell) }
            { pace(shell) }
            <span class="head-space"></span>
            <button class="btn" aria-expanded={shell.state.events.to_string()}
                onclick={shell.on(Action::Events)}>
                { icon(Icon::List) }{ "Events" }
            </button>
            <button class="btn look" aria-expanded={shell.state.inside.is_some().to_string()}
                onclick={shell.on(Action::Inside(inside))}>
                { icon(Icon::Info) }{ "Inside" }
            </button>
            <button class="btn save" onclick={save(shell)} aria-label="Save data"
                title="Save the charts’ data as CSV">
                { icon(Icon::Save) }<span>{ "Save data" }</span>
            </button>
            { seed(shell) }
        </div>
    }
}

/// Goes on by a tenth of a second.
fn by_tenth(shell: &Shell) -> Callback<MouseEvent> {
    let shell = shell.clone();
    Callback::from(move |_: MouseEvent| shell.on_by_tenth())
}

fn speed(shell: &Shell) -> Html {
    let now = shell.state.speed;
    let value = match now {
        Speed::Times(times) => times,
        Speed::Max => Speed::FASTEST,
    };
    let state = shell.state.dispatcher();
    let on_value = Callback::from(move |(value, _): (f64, bool)| {
        // The slider holds at the stops, so that 1× is found without care.
        let stop = Speed::STOPS.into_iter().find(|stop| (value / stop - 1.0).abs() < 0.07);
        state.dispatch(Action::Speed(Speed::Times(stop.unwrap_or(value))));
    });
    let other = if now == Speed::Max { Speed::Times(1.0) } else { Speed::Max };
    let words = format!("{} of real time", now.label());
    // As fast as it can is no number: what is reached is.
    let shown = match now {
        Speed::Times(_) => now.label(),
        Speed::Max => format!("{}×", three(shell.control.live.get().speed_reached)),
    };
    let scale = LogScale { from: Speed::SLOWEST, to: Speed::FASTEST };
    let ticks = Speed::STOPS.into_iter().map(|stop| (stop, AttrValue::default())).collect::<Vec<_>>();
    html! {
        <div class="speed" role="group" aria-label="Speed">
            <span class="sub speed-word">{ "speed" }</span>
            <LogRange label="Speed" {scale} {value} {words} {on_value} {ticks} />
            <b class="speed-value">{ shown }</b>
            <button class="btn small" aria-pressed={(now == Speed::Max).to_string()}
                title="As fast as this machine can" onclick={shell.on(Action::Speed(other))}>
                { "max" }
            </button>
        </div>
    }
}

/// What the machine reaches, when that is not what was asked; and how far a jump is.
fn pace(shell: &Shell) -> Html {
    if let Some(done) = shell.control.computing() {
        return html! { <span class="sub">{ format!("computing {}", share(done)) }</span> };
    }
    let reached = shell.control.live.get().speed_reached;
    let asked = match shell.state.speed {
        Speed::Times(times) => times,
        Speed::Max => return html! {},
    };
    if shell.state.playing && shell.control.live.get().slowed {
        return html! { <span class="sub pace" role="status">{ "slowed: something broke" }</span> };
    }
    if shell.state.playing && reached < 0.9 * asked {
        let says = format!("this machine reaches {}×", three(reached));
        return html! { <span class="sub pace" role="status">{ says }</span> };
    }
    html! {}
}

/// Offers the windows so far as a file.
fn save(shell: &Shell) -> Callback<MouseEvent> {
    let shell = shell.clone();
    Callback::from(move |_| {
        let columns = columns(&shell.control.live.get().recorder.series);
        let name = format!("{}-seed-{}.csv", shell.state.started.name, shell.state.started.run.seed);
        if browser::save(&name, "text/csv", &table(&columns)).is_none() {
            shell.act(Action::Notice(
                "Save data".into(),
                "this browser does not let the page save a file".into(),
            ));
        }
    })
}

/// Columns as CSV: a line of names, then a line for each window; nothing where there is no value.
fn table(columns: &[Column]) -> String {
    let line = |cells: Vec<String>| cells.join(",") + "\n";
    let rows = columns.iter().map(|column| column.values.len()).max().unwrap_or(0);
    let mut out = line(columns.iter().map(|column| column.name.clone()).collect());
    for row in 0..rows {
        let cell = |column: &Column| {
            column.values.get(row).copied().flatten().map_or_else(String::new, |v| v.to_string())
        };
        out += &line(columns.iter().map(cell).collect());
    }
    out
}

fn seed(shell: &Shell) -> Html {
    if shell.state.view.locked.contains(&Locked::Seed) {
        let says = format!(" seed {}", shell.state.started.run.seed);
        return html! { <span class="sub" title="Locked by the address.">{ icon(Icon::Lock) }{ says }</span> };
    }
    let state = shell.state.dispatcher();
    let before = shell.state.started.run.seed;
    let on_text = Callback::from(move |text: String| match text.trim().parse::<u64>() {
        Ok(seed) if seed == before => {}
        Ok(seed) if seed < 1 << 53 => state.dispatch(Action::Seed(seed)),
        _ => {
            let used = format!("a whole number below 2⁵³ is needed; {before} is used");
            state.dispatch(Action::Notice(format!("seed {text}"), used));
        }
    });
    html! {
        <label class="seed btn" title="Another seed starts a new run with other chances.">
            { icon(Icon::Die) }<span>{ "seed" }</span>
            <Typed label="Seed of the random numbers; another one starts a new run" number=true
                value={shell.state.started.run.seed.to_string()} {on_text} />
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_as_csv() {
        let column =
            |name: &str, values: &[Option<f64>]| Column { name: name.into(), values: values.to_vec() };
        let columns = [column("at_s", &[Some(0.2), Some(0.4)]), column("p50_ms", &[None, Some(1.5)])];
        assert_eq!(table(&columns), "at_s,p50_ms\n0.2,\n0.4,1.5\n");
    }
}
