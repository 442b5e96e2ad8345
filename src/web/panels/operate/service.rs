//! All replicas of a service: their limits, a new version, and what its balancer checks.

use yew::prelude::*;

use super::{Value, apply, now, say};
use crate::scenario::{Change, Model, OnStop, TimedChange, Tunable, link};
use crate::web::controls::text_of;
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};

/// Pauses between checks that can be chosen, in seconds; 0 is no checks.
const PAUSES: [f64; 7] = [0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0];

/// A service that is chosen where there are several, and everything about all of its replicas.
#[component]
pub fn WholeService(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let chosen = use_state_eq(|| None::<usize>);
    let Some(model) = &shell.model.0 else { return html! {} };
    let place = chosen.unwrap_or_else(|| link::balanced(&shell.state.started));
    let Some(service) = model.services().get(place) else { return html! {} };
    let live = shell.control.live.get();
    let view = live.world.replicas.iter().rev().find(|replica| replica.service == service.name);
    let of = |what| view.and_then(|view| now::of_replica(model, &live.changes, view, what));
    let values = Value::OF_REPLICAS.map(|value| Value { shown: of(value.what), ..value });
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| chosen.set(text_of(&event).parse().ok()))
    };
    let option = |(n, one): (usize, &crate::scenario::ServiceModel)| {
        html! { <option value={n.to_string()} selected={n == place}>{ &one.name }</option> }
    };
    html! {
        <section class="stack operate-part" aria-label={say::all_replicas(lang, &service.name)}>
            <h3 class="label">{ say::all_replicas(lang, &service.name) }</h3>
            if model.services().len() > 1 {
                <label class="pick">
                    <span class="sr">{ say::which_service(lang) }</span>
                    <select class="select" {onchange}>
                        { for model.services().iter().enumerate().map(option) }
                    </select>
                    { icon(Icon::ChevronDown) }
                </label>
            }
            { for values.iter().map(|value| value.field(shell, &service.name)) }
            { rollout(shell, &service.name, drains(model, &live.changes, place)) }
            if service.front.is_some() {
                { checks(shell, &service.name, now::check(model, &live.changes, &service.name)) }
            }
        </section>
    }
}

/// Whether its replicas finish what they have when they are stopped.
fn drains(model: &Model, changes: &[TimedChange], place: usize) -> bool {
    let Some(service) = model.services().get(place) else { return true };
    let tuned = now::tuned(changes, &[&service.name], Tunable::Drain);
    tuned.map_or(service.plain.on_stop == OnStop::Drain, |amount| amount > 0.0)
}

fn rollout(shell: &Shell, service: &str, drains: bool) -> Html {
    let of = service.to_owned();
    let other = Change::Tune { of, what: Tunable::Drain, amount: if drains { 0.0 } else { 1.0 } };
    let deploy = Change::Deploy { service: service.to_owned() };
    html! {
        <>
            <label class="row check">
                <input type="checkbox" checked={drains} onchange={apply(shell, other)} />
                <span>{ say::finishes(shell.lang()) }</span>
            </label>
            <button class="btn" onclick={apply(shell, deploy)}>
                { say::roll_out(shell.lang(), service) }
            </button>
        </>
    }
}

fn checks(shell: &Shell, service: &str, now: f64) -> Html {
    let lang = shell.lang();
    let onchange = {
        let (shell, of) = (shell.clone(), service.to_owned());
        Callback::from(move |event: Event| {
            if let Ok(amount) = text_of(&event).parse() {
                shell.apply(Change::Tune { of: of.clone(), what: Tunable::Check, amount });
            }
        })
    };
    let own = if PAUSES.contains(&now) { None } else { Some(now) };
    let option = |seconds: f64| {
        let word = if seconds == 0.0 { say::off(lang).to_owned() } else { say::every(lang, seconds) };
        html! { <option value={seconds.to_string()} selected={seconds == now}>{ word }</option> }
    };
    html! {
        <label class="row param">
            <span>{ say::checks(lang) }</span>
            <span class="pick push">
                <select class="select" aria-label={say::of(lang, say::checks(lang), service)} {onchange}>
                    { for own.into_iter().chain(PAUSES).map(option) }
                </select>
                { icon(Icon::ChevronDown) }
            </span>
        </label>
    }
}
