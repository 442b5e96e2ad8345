//! What is around the replicas: the mix of requests, zones, dependencies.

use yew::prelude::*;

use super::{apply, now};
use crate::observe::DependencyView;
use crate::scenario::{Change, FaultKind, Tunable};
use crate::web::controls::Typed;
use crate::web::shell::{Props, Shell};
use crate::web::state::Action;

/// How many times as long a slow dependency takes.
const SLOW: f64 = 5.0;

/// The share of every class, where there are several.
#[component]
pub fn Mix(props: &Props) -> Html {
    let shell = &props.shell;
    let Some(model) = &shell.model.0 else { return html! {} };
    let shares = now::shares(model, &shell.control.live.get().changes);
    // Classes that only other services ask for have no share of the traffic.
    let outer = shares.iter().filter(|(_, share)| *share > 0.0).count();
    if shares.len() < 2 || outer == 0 {
        return html! {};
    }
    html! {
        <section class="stack operate-part" aria-label="The mix of requests">
            <h3 class="label">{ "The mix of requests" }</h3>
            { for shares.iter().map(|(class, share)| one(shell, class, *share)) }
        </section>
    }
}

fn one(shell: &Shell, class: &str, share: f64) -> Html {
    let value = now::number(share * 100.0);
    let on_text = {
        let (shell, of, before) = (shell.clone(), class.to_owned(), value.clone());
        Callback::from(move |text: String| match text.trim().parse::<f64>() {
            _ if text.trim() == before => {}
            Ok(percent) => {
                let amount = percent / 100.0;
                shell.apply(Change::Tune { of: of.clone(), what: Tunable::Share, amount });
            }
            Err(_) => {
                shell.act(Action::Notice(format!("{of} {text}"), "a number from 0 to 100 is needed".into()));
            }
        })
    };
    html! {
        <label class="row param">
            <span>{ class }</span>
            <Typed class="input push" label={format!("Share of {class}, in percent")} number=true {value}
                {on_text} />
            <span class="sub unit">{ "%" }</span>
        </label>
    }
}

/// Zones and dependencies, where there are any.
#[component]
pub fn Around(props: &Props) -> Html {
    let shell = &props.shell;
    let zones = shell.state.started.host.zones;
    let live = shell.control.live.get();
    let zone = |zone: u32| {
        let (word, change) = match now::is_lost(&live.changes, zone) {
            false => ("Lose", Change::LoseZone { zone }),
            true => ("Bring back", Change::RestoreZone { zone }),
        };
        html! { <button class="btn" onclick={apply(shell, change)}>{ format!("{word} zone {zone}") }</button> }
    };
    html! {
        <>
            if zones > 1 {
                <section class="stack operate-part" aria-label="Zones">
                    <h3 class="label">{ "Zones" }</h3>
                    <div class="row fault-buttons">{ for (1..=zones).map(zone) }</div>
                </section>
            }
            if !live.world.dependencies.is_empty() {
                <section class="stack operate-part" aria-label="Dependencies">
                    <h3 class="label">{ "Dependencies" }</h3>
                    { for live.world.dependencies.iter().map(|view| dependency(shell, view)) }
                </section>
            }
        </>
    }
}

fn dependency(shell: &Shell, view: &DependencyView) -> Html {
    let name = || view.name.clone();
    let broken = |fault, amount| Change::BreakDependency { dependency: name(), fault, amount };
    let healed = |fault| Change::HealDependency { dependency: name(), fault: Some(fault) };
    let slow = if view.slow > 1.0 {
        ("As fast as before", healed(FaultKind::Slow))
    } else {
        ("Five times slower", broken(FaultKind::Slow, SLOW))
    };
    let gone = if view.gone {
        ("Bring back", healed(FaultKind::Gone))
    } else {
        ("Take away", broken(FaultKind::Gone, 0.0))
    };
    let has_keys = shell.model.0.as_ref().is_some_and(|model| {
        model.dependencies().iter().any(|known| known.name == view.name && known.has_keys())
    });
    let flush = has_keys.then(|| ("Flush", broken(FaultKind::Flush, 0.0)));
    let button = |(word, change): (&'static str, Change)| {
        let label = format!("{word}: {}", view.name);
        html! { <button class="btn" aria-label={label} onclick={apply(shell, change)}>{ word }</button> }
    };
    html! {
        <div class="stack">
            <span class="knob-label">{ &view.name }</span>
            <div class="row fault-buttons">{ for [slow, gone].into_iter().chain(flush).map(button) }</div>
        </div>
    }
}
