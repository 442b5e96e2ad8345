//! One replica: stopped and started, drained, cut off, and its own limits.

use yew::prelude::*;

use super::super::faults::who;
use super::{Value, apply, now, say};
use crate::observe::{ReplicaState, ReplicaView};
use crate::scenario::{Change, FaultKind, Mode};
use crate::web::controls::Typed;
use crate::web::shell::{Props, Shell};
use crate::web::state::Action;

/// Which replica, what is done to it, and its limits.
#[component]
pub fn OneReplica(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let chosen = use_state_eq(|| None::<String>);
    let live = shell.control.live.get();
    let gone = |replica: &&ReplicaView| replica.state != ReplicaState::Removed;
    let names: Vec<String> = live.world.replicas.iter().filter(gone).map(|r| r.name.clone()).collect();
    let name = chosen.as_ref().filter(|name| names.contains(name)).or(names.first()).cloned();
    let view = live.world.replicas.iter().find(|replica| Some(&replica.name) == name.as_ref());
    let (Some(view), Some(model)) = (view, &shell.model.0) else { return html! {} };
    let values = Value::OF_REPLICAS
        .map(|value| Value { shown: now::of_replica(model, &live.changes, view, value.what), ..value });
    html! {
        <section class="stack operate-part" aria-label={say::one_replica(lang)}>
            <h3 class="label">{ say::one_replica(lang) }</h3>
            { who(lang, &names, &view.name, &chosen) }
            <div class="row fault-buttons">{ buttons(shell, view, now::mode(model, &live.changes, view)) }</div>
            { weight(shell, &view.name, now::weight(model, &live.changes, view)) }
            { for values.iter().map(|value| value.field(shell, &view.name)) }
        </section>
    }
}

fn buttons(shell: &Shell, view: &ReplicaView, mode: Mode) -> Html {
    use ReplicaState::{Draining, Ready, Starting};
    let lang = shell.lang();
    let replica = view.name.clone();
    let runs = matches!(view.state, Ready | Starting | Draining);
    let life = match runs {
        true => (say::crash(lang), Change::Crash { replica: replica.clone() }),
        false => (say::start(lang), Change::Start { replica: replica.clone() }),
    };
    let drained = match mode {
        Mode::Ready => (say::drain(lang), Change::Mode { replica: replica.clone(), mode: Mode::Drain }),
        _ => (say::take_back(lang), Change::Mode { replica: replica.clone(), mode: Mode::Ready }),
    };
    let fault = FaultKind::Partition;
    let line = match view.faults.partition {
        false => (say::cut_off(lang), Change::Break { replica: replica.clone(), fault, amount: 0.0 }),
        true => (say::connect(lang), Change::Heal { replica: replica.clone(), fault: Some(fault) }),
    };
    let restart = (say::restart(lang), Change::Restart { replica });
    let button = |(word, change): (&'static str, Change)| {
        let label = format!("{word} {}", view.name);
        html! { <button class="btn" aria-label={label} onclick={apply(shell, change)}>{ word }</button> }
    };
    html! { <>{ for [life, restart, drained, line].map(button) }</> }
}

fn weight(shell: &Shell, replica: &str, weight: u32) -> Html {
    let lang = shell.lang();
    let on_text = {
        let (shell, replica) = (shell.clone(), replica.to_owned());
        Callback::from(move |text: String| match text.trim().parse::<u32>() {
            Ok(same) if same == weight => {}
            Ok(weight @ 0..=65_535) => shell.apply(Change::Weight { replica: replica.clone(), weight }),
            _ => shell
                .act(Action::Notice(format!("{} {text}", say::weight(lang)), say::weight_range(lang).into())),
        })
    };
    html! {
        <label class="row param">
            <span>{ say::weight(lang) }</span>
            <Typed class="input push" label={say::of(lang, say::weight(lang), replica)} number=true
                value={weight.to_string()} {on_text} />
            <span class="sub unit">{ say::share(lang) }</span>
        </label>
    }
}
