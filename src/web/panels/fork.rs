//! Fork: change one thing at this moment, and play both futures beside each other.

use yew::prelude::*;

use crate::lang::texts;
use crate::scenario::{Change, link};
use crate::units::SimTime;
use crate::web::controls::text_of;
use crate::web::icons::{Icon, icon};
use crate::web::shell::{Props, Shell};

texts! {
    mod say {
        fn two {
            en: "Two futures from now",
            de: "Zwei Zukünfte ab jetzt",
            fr: "Deux avenirs à partir d’ici",
        }
        fn over {
            en: "The run is over: go back to a moment before, and choose there.",
            de: "Der Lauf ist zu Ende: Erst an einen Moment davor zurück, dann wählen.",
            fr: "L’essai est fini : revenir à un instant d’avant, et choisir là.",
        }
        fn as_it_is { en: "as it is, and with …", de: "wie es ist, und mit …", fr: "tel quel, et avec …" }
        fn replicas(n: Whole, service: Text) {
            en: "{n} {n:replica|replicas} of {service}",
            de: "{n} {n:Replik|Repliken} von {service}",
            fr: "{n} {n:réplique|répliques} de {service}",
        }
        fn twice { en: "twice the traffic", de: "doppeltem Verkehr", fr: "deux fois plus de trafic" }
        fn half { en: "half the traffic", de: "halbem Verkehr", fr: "deux fois moins de trafic" }
        fn sticky { en: "sticky sessions", de: "Sitzungen, die haften", fr: "affinité de session" }
        fn not_sticky {
            en: "no sticky sessions",
            de: "Sitzungen, die nicht haften",
            fr: "sessions sans affinité",
        }
        fn crashes(name: Text) { en: "{name} crashes", de: "Absturz von {name}", fr: "plantage de {name}" }
    }
}

/// A choice of what differs from now on.
#[component]
pub fn Fork(props: &Props) -> Html {
    let shell = &props.shell;
    let choices = choices(shell);
    let onchange = {
        let (shell, choices) = (shell.clone(), choices.clone());
        Callback::from(move |event: Event| {
            let chosen = text_of(&event).parse::<usize>().ok().and_then(|place| choices.get(place));
            if let Some((_, change)) = chosen {
                shell.fork(change.clone());
            }
        })
    };
    let option = |(n, (word, _)): (usize, &(String, Change))| {
        html! { <option value={n.to_string()}>{ word }</option> }
    };
    // From the end there is no future to compare.
    let over = {
        let live = shell.control.live.get();
        live.world.now.since(SimTime::ZERO) >= live.duration
    };
    html! {
        <div class="field">
            <label class="label" for="fork">{ say::two(shell.lang()) }</label>
            <span class="pick">
                <select class="select" id="fork" disabled={over} {onchange}>
                    <option value="" selected=true>{ say::as_it_is(shell.lang()) }</option>
                    { for choices.iter().enumerate().map(option) }
                </select>
                { icon(Icon::ChevronDown) }
            </span>
            if over { <p class="sub">{ say::over(shell.lang()) }</p> }
        </div>
    }
}

/// What may differ: who is there, what comes, who chooses.
fn choices(shell: &Shell) -> Vec<(String, Change)> {
    let lang = shell.lang();
    let live = shell.control.live.get();
    let scenario = &shell.state.started;
    let service = scenario.service.get(link::balanced(scenario)).map(|service| service.name.clone());
    let mine = live.world.replicas.iter().filter(|replica| Some(&replica.service) == service.as_ref());
    let count = mine.count() as u32;
    let mut choices = Vec::new();
    if let Some(service) = service {
        for replicas in [count + 1, 2 * count.max(1), count.saturating_sub(1)] {
            let word = say::replicas(lang, u64::from(replicas), &service);
            choices.push((word, Change::Scale { service: service.clone(), replicas }));
        }
    }
    let factor = live.changes.iter().rev().find_map(|timed| match timed.change {
        Change::Rate { times } => Some(times),
        _ => None,
    });
    for (word, times) in [(say::twice(lang), 2.0), (say::half(lang), 0.5)] {
        choices.push((word.to_owned(), Change::Rate { times: times * factor.unwrap_or(1.0) }));
    }
    if let Some(balancer) = &live.world.balancer {
        for name in ["round_robin", "least_connections", "power_of_d", "peak_ewma"] {
            if name != balancer.algorithm {
                choices.push((name.to_owned(), Change::Algorithm { name: name.into(), params: Vec::new() }));
            }
        }
        let on = !balancer.sticky;
        choices
            .push((if on { say::sticky(lang) } else { say::not_sticky(lang) }.into(), Change::Sticky { on }));
    }
    for replica in live.world.replicas.iter().take(MOST) {
        let change = Change::Crash { replica: replica.name.clone() };
        choices.push((say::crashes(lang, &replica.name), change));
    }
    choices
}

/// Replicas that can be made to crash here.
const MOST: usize = 3;
