//! What is around the replicas: the mix of requests, zones, dependencies.

use yew::prelude::*;

use super::{apply, now, say, typed_number};
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
    let lang = shell.lang();
    let Some(model) = &shell.model.0 else { return html! {} };
    let shares = now::shares(model, &shell.control.live.get().changes);
    // Classes that only other services ask for had no share of the traffic to begin with.
    if model.shares().iter().filter(|share| **share > 0.0).count() < 2 {
        return html! {};
    }
    html! {
        <section class="stack operate-part" aria-label={say::mix(lang)}>
            <h3 class="label">{ say::mix(lang) }</h3>
            { for shares.iter().map(|(class, share)| one(shell, class, *share)) }
        </section>
    }
}

fn one(shell: &Shell, class: &str, share: f64) -> Html {
    let lang = shell.lang();
    let value = lang.point(&now::number(share * 100.0));
    let on_text = {
        let (shell, of, before) = (shell.clone(), class.to_owned(), value.clone());
        Callback::from(move |text: String| match typed_number(lang, &text) {
            _ if text.trim() == before => {}
            Some(percent) => {
                let amount = percent / 100.0;
                shell.apply(Change::Tune { of: of.clone(), what: Tunable::Share, amount });
            }
            None => {
                shell.act(Action::Notice(format!("{of} {text}"), say::percent_needed(lang).into()));
            }
        })
    };
    html! {
        <label class="row param">
            <span>{ class }</span>
            <Typed class="input push" label={say::share_of(lang, class)} number=true {value}
                {on_text} />
            <span class="sub unit">{ "%" }</span>
        </label>
    }
}

/// Zones and dependencies, where there are any.
#[component]
pub fn Around(props: &Props) -> Html {
    let shell = &props.shell;
    let lang = shell.lang();
    let zones = shell.state.started.host.zones;
    let live = shell.control.live.get();
    // Services are among the replicas.
    let own = || live.world.dependencies.iter().filter(|view| view.kind != "service");
    let zone = |zone: u32| {
        let (word, change) = match now::is_lost(&live.changes, zone) {
            false => (say::lose_zone(lang, zone.into()), Change::LoseZone { zone }),
            true => (say::restore_zone(lang, zone.into()), Change::RestoreZone { zone }),
        };
        html! { <button class="btn" onclick={apply(shell, change)}>{ word }</button> }
    };
    html! {
        <>
            if zones > 1 {
                <section class="stack operate-part" aria-label={say::zones(lang)}>
                    <h3 class="label">{ say::zones(lang) }</h3>
                    <div class="row fault-buttons">{ for (1..=zones).map(zone) }</div>
                </section>
            }
            if own().next().is_some() {
                <section class="stack operate-part" aria-label={say::dependencies(lang)}>
                    <h3 class="label">{ say::dependencies(lang) }</h3>
                    { for own().map(|view| dependency(shell, view)) }
                </section>
            }
        </>
    }
}

fn dependency(shell: &Shell, view: &DependencyView) -> Html {
    let lang = shell.lang();
    let name = || view.name.clone();
    let broken = |fault, amount| Change::BreakDependency { dependency: name(), fault, amount };
    let healed = |fault| Change::HealDependency { dependency: name(), fault: Some(fault) };
    let slow = if view.slow > 1.0 {
        (say::as_before(lang), healed(FaultKind::Slow))
    } else {
        (say::slower(lang), broken(FaultKind::Slow, SLOW))
    };
    let gone = if view.gone {
        (say::bring_back(lang), healed(FaultKind::Gone))
    } else {
        (say::take_away(lang), broken(FaultKind::Gone, 0.0))
    };
    let has_keys = shell.model.0.as_ref().is_some_and(|model| {
        model.dependencies().iter().any(|known| known.name == view.name && known.has_keys())
    });
    let flush = has_keys.then(|| (say::flush(lang), broken(FaultKind::Flush, 0.0)));
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
