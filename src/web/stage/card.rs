//! A replica as a card.

use yew::prelude::*;

use super::scene::{Body, Card, Condition, Refusal, Tag, words};
use super::{Actions, flow, gauge, tray};
use crate::lang::{Lang, texts};
use crate::web::icons::icon;

texts! {
    mod say {
        fn crash { en: "Crash", de: "Absturz", fr: "Planter" }
        fn start { en: "Start now", de: "Starten", fr: "Relancer" }
        fn act(word: Text, name: Text) { en: "{word}: {name}", de: "{word}: {name}", fr: "{word} : {name}" }
        fn run { en: "run", de: "laufen", fr: "en cours" }
        fn wait { en: "wait", de: "warten", fr: "attendent" }
        fn start_up { en: "start-up", de: "Start", fr: "démarrage" }
        fn no_traffic { en: "Gets no traffic yet.", de: "Noch ohne Verkehr.", fr: "Sans trafic encore." }
        fn waits { en: "Waits to be started.", de: "Wartet auf den Start.", fr: "Attend d’être démarrée." }
        fn port_taken(port: Text) {
            en: "Port {port} on the host is already taken.",
            de: "Port {port} des Hosts ist schon belegt.",
            fr: "Le port {port} de l’hôte est déjà pris.",
        }
        fn whole { en: "whole message", de: "ganze Meldung", fr: "message entier" }
        fn refused(at: Text) {
            en: "{at}: refused, so it never started.",
            de: "{at}: abgewiesen, also nie gestartet.",
            fr: "{at} : refusée, donc jamais démarrée.",
        }
    }
}

/// The card of a replica; `bars`: trays are filled bars.
pub fn card(card: &Card, bars: bool, actions: &Actions) -> Html {
    let chosen = actions.selected.as_ref() == Some(&card.name);
    let class = classes!(
        "replica",
        card.condition.class(),
        (!card.condition.runs()).then_some("dead"),
        card.open.then_some("open"),
        chosen.then_some("chosen"),
    );
    html! {
        <li key={card.id} {class} data-node={flow::name(super::scene::Node::Replica(card.id))}>
            <article tabindex="0" aria-label={card.label()} onclick={select(card, actions)}>
                <header>
                    <h3>{ &card.name }</h3>
                    <span class="address">{ card.port.as_ref().unwrap_or(&card.address) }</span>
                    { given(card) }
                    { tags(card) }
                    { button(card, actions) }
                    { chip(card.lang, card.condition) }
                </header>
                { body(card, bars) }
                if let Some(memory) = card.memory.as_ref().filter(|_| serves(card)) {
                    <p class="memory sub">{ memory }</p>
                }
                <p class="line">{ &card.line }</p>
            </article>
        </li>
    }
}

/// The chip of a state: icon and word.
pub fn chip(lang: Lang, condition: Condition) -> Html {
    html! {
        <span class={classes!("chip", condition.class())}>
            { icon(condition.icon()) }{ condition.word().say(lang) }
        </span>
    }
}

/// Crash, or start now.
pub fn button(card: &Card, actions: &Actions) -> Html {
    let (act, word) = if card.condition.runs() {
        (&actions.crash, say::crash(card.lang))
    } else {
        (&actions.start, say::start(card.lang))
    };
    let Some(act) = act else { return html! {} };
    let onclick = {
        let (act, name) = (act.clone(), card.name.clone());
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            act.emit(name.clone());
        })
    };
    let label = say::act(card.lang, word, &card.name);
    html! { <button type="button" class="btn small act" {onclick} aria-label={label}>{ word }</button> }
}

/// What a click on the card does.
pub fn select(card: &Card, actions: &Actions) -> Option<Callback<MouseEvent>> {
    let (select, name) = (actions.select.clone()?, card.name.clone());
    Some(Callback::from(move |_: MouseEvent| select.emit(name.clone())))
}

/// The rate, for forms in which no edge of its own leads to the card.
fn given(card: &Card) -> Html {
    if card.given > 0.0 {
        html! { <span class="given">{ words::rate(card.lang, card.given) }{ "/s" }</span> }
    } else {
        html! {}
    }
}

/// What it refuses, and what else is true of it; as many as there is room for, the first ones.
fn tags(card: &Card) -> Html {
    if card.tags.is_empty() && card.refusing.is_none() {
        return html! {};
    }
    let tag = |tag: &Tag| {
        let class = classes!("tag", tag.wrong.then_some("wrong"));
        html! { <span {class}>{ icon(tag.icon) }<span>{ &tag.text }</span></span> }
    };
    html! { <span class="tags">{ refusing(card) }{ for card.tags.iter().map(tag) }</span> }
}

fn refusing(card: &Card) -> Html {
    let Some(Refusal { rate, outcome, status }) = card.refusing else { return html! {} };
    html! {
        <span class="refuses">
            <b>{ words::rate(card.lang, rate) }{ "/s" }</b>
            { format!(" {}", outcome.text().say(card.lang)) }<span class="why">{ format!(", {status}") }</span>
        </span>
    }
}

const fn serves(card: &Card) -> bool {
    matches!(card.body, Body::Serving { .. })
}

fn body(card: &Card, bars: bool) -> Html {
    let lang = card.lang;
    match &card.body {
        Body::Serving { running, waiting } => {
            let room =
                |n: u64, word: &str| html! { <span class="n"><b>{ lang.whole(n) }</b>{ " " }{ word }</span> };
            html! {
                <div class="body">
                    <div class="trays">
                        <div class="tray-box running">
                            { tray::tray(running, (102, 20), 1, bars) }{ room(running.held, say::run(lang)) }
                        </div>
                        <div class="tray-box waiting">
                            { tray::tray(waiting, (102, 20), 1, bars) }{ room(waiting.held, say::wait(lang)) }
                        </div>
                    </div>
                    { gauges(card) }
                </div>
            }
        }
        Body::Starting { share, progress } => html! {
            <div class="body">
                <div class="start-up">
                    <span class="sub">{ say::start_up(lang) }</span>
                    <svg class="g-bar" height="6" aria-hidden="true">
                        <rect class="track" width="100%" height="6" rx="3" />
                        <rect class="progress" width={format!("{:.1}%", share * 100.0)} height="6" rx="3" />
                    </svg>
                    <b>{ progress }</b>
                    <span class="sub">{ say::no_traffic(lang) }</span>
                </div>
                { gauges(card) }
            </div>
        },
        Body::Dead { what, lost, next, countdown } => html! {
            <div class="body">
                if let Some((share, left)) = countdown { { ring(*share, left) } }
                <div class="told">
                    <p class="what">{ icon(what.0) }<b>{ &what.1 }</b></p>
                    if let Some(lost) = lost { <p>{ lost }</p> }
                    <p>{ next }</p>
                </div>
            </div>
        },
        Body::Refused { port, at, by_container } => refused(lang, *port, at, *by_container, &card.name),
        Body::Created => html! {
            <div class="body"><div class="told"><p>{ say::waits(lang) }</p></div></div>
        },
    }
}

fn gauges(card: &Card) -> Html {
    html! {
        <div class="gauges">
            { for card.gauges.iter().map(gauge::gauge) }
        </div>
    }
}

/// A ring that counts back, with what is left in its middle.
fn ring(share: f64, left: &str) -> Html {
    const AROUND: f64 = 2.0 * std::f64::consts::PI * 22.0;
    let dash = format!("{:.1} {AROUND:.1}", share * AROUND);
    html! {
        <svg class="countdown" viewBox="0 0 52 52" width="52" height="52" aria-hidden="true">
            <circle class="track" cx="26" cy="26" r="22" />
            <circle class="left" cx="26" cy="26" r="22" stroke-dasharray={dash}
                transform="rotate(-90 26 26)" />
            <text x="26" y="30.5" text-anchor="middle">{ left }</text>
        </svg>
    }
}

/// Docker's own words, in short; all of them one click away.
fn refused(lang: Lang, port: u16, at: &str, by_container: bool, name: &str) -> Html {
    let (short, key) = if by_container {
        (format!("Bind for 0.0.0.0:{port} failed: "), "port is already allocated")
    } else {
        (format!("failed to bind host port 0.0.0.0:{port}/tcp: "), "address already in use")
    };
    let whole = format!(
        "Error response from daemon: failed to set up container networking: driver failed programming \
         external connectivity on endpoint {name}: {short}{key}"
    );
    html! {
        <div class="body refused">
            <p class="what"><b>{ say::port_taken(lang, &port.to_string()) }</b></p>
            <details class="said">
                <summary>
                    <code>{ short }<b>{ key }</b></code><span class="link">{ say::whole(lang) }</span>
                </summary>
                <code>{ whole }</code>
            </details>
            <p class="sub">{ say::refused(lang, at) }</p>
        </div>
    }
}
