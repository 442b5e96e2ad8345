//! The boxes of the stage: clients, balancer or host ports, and the replicas together.

use yew::prelude::*;

use super::scene::{BalancerBox, DependencyBox, Form, Holder, Node, PortBox, Scene, words};
use super::{Actions, card, cell, flow, gauge, tray};
use crate::lang::{Lang, Text, texts};
use crate::web::icons::{Icon, family, icon};

texts! {
    mod say {
        fn clients { en: "Clients", de: "Clients", fr: "Clients" }
        fn wait(n: Whole) {
            en: "{n} {n:waits|wait} for an answer",
            de: "{n} {n:wartet|warten} auf Antwort",
            fr: "{n} en attente",
        }
        fn in_all(n: Whole) {
            en: "{n} {n:user|users} in all",
            de: "{n} Nutzer in allem",
            fr: "{n} {n:utilisateur|utilisateurs} en tout",
        }
        fn alive(n: Whole) {
            en: "{n:basket|baskets} alive",
            de: "{n:Korb lebt|Körbe leben}",
            fr: "{n:panier|paniers} en vie",
        }
        fn lost(n: Whole) {
            en: "{n:basket|baskets} lost",
            de: "{n:Korb|Körbe} verloren",
            fr: "{n:panier perdu|paniers perdus}",
        }
        fn give_up { en: "give up", de: "geben auf", fr: "renoncent" }
        fn arrive { en: "arrive", de: "kommen", fr: "arrivent" }
        fn balancer { en: "Balancer", de: "Lastverteiler", fr: "Répartiteur" }
        fn queue { en: "queue", de: "Schlange", fr: "file" }
        fn queue_full { en: "queue full", de: "Schlange voll", fr: "file pleine" }
        fn turned_away { en: "turned away", de: "abgewiesen", fr: "refusées" }
        fn host { en: "Host", de: "Host", fr: "Hôte" }
        fn once { en: "has each port once", de: "hat jeden Port einmal", fr: "n’a chaque port qu’une fois" }
        fn ports { en: "host ports", de: "Ports des Hosts", fr: "ports de l’hôte" }
        fn free { en: "free", de: "frei", fr: "libre" }
        fn taken { en: "taken", de: "belegt", fr: "pris" }
        fn by(name: Text) { en: "by {name}", de: "von {name}", fr: "par {name}" }
        fn by_other {
            en: "by another program",
            de: "von einem anderen Programm",
            fr: "par un autre programme",
        }
        fn dependencies { en: "Dependencies", de: "Abhängigkeiten", fr: "Dépendances" }
        fn replicas { en: "Replicas", de: "Repliken", fr: "Répliques" }
        fn none { en: "There is no replica.", de: "Es gibt keine Replik.", fr: "Il n’y a aucune réplique." }
    }
}

/// Figures in a row of the crowd, and rows.
const ROW: usize = 8;
/// Figures of a crowd that nobody in waits.
const LEAST: usize = 8;

/// The clients: how many wait, the crowd, and what became of baskets.
pub fn clients(scene: &Scene) -> Html {
    let (lang, clients) = (scene.lang, &scene.clients);
    html! {
        <div class="clients">
            <h2>{ say::clients(lang) }</h2>
            <p class="sub waits">
                { say::wait(lang, clients.waiting) }
                if clients.users > 0 {
                    <span class="in-all"><br />{ say::in_all(lang, clients.users) }</span>
                }
            </p>
            { crowd(clients.figures) }
            <ul class="facts">
                if let Some((alive, lost)) = clients.baskets {
                    <li>{ icon(Icon::Basket) }<b>{ lang.whole(alive) }</b>{ " " }{ say::alive(lang, alive) }</li>
                    if lost > 0 {
                        <li class="lost">
                            { icon(Icon::BasketLost) }<b>{ lang.whole(lost) }</b>{ " " }{ say::lost(lang, lost) }
                        </li>
                    }
                }
                if clients.giving_up > 0.0 {
                    <li class="gone">
                        { icon(Icon::Hourglass) }
                        <b>{ words::rate(lang, clients.giving_up) }{ "/s" }</b>{ " " }{ say::give_up(lang) }
                    </li>
                }
            </ul>
            <p class="arrive sub"><b>{ words::rate(lang, clients.rate) }{ "/s" }</b>{ " " }{ say::arrive(lang) }</p>
        </div>
    }
}

/// One dark figure for each dot of waiting clients; the rest of a first row is pale.
fn crowd(figures: usize) -> Html {
    let shown = figures.max(LEAST);
    let rows = shown.div_ceil(ROW);
    // More than six rows move closer together.
    let pitch = if rows > 6 { 162.0 / rows as f64 } else { 27.0 };
    let person = |place: usize| {
        let (row, column) = (place / ROW, place % ROW);
        // A small shift that looks like chance and stays the same.
        let shift = ((place * 7 + row * 5) % 4) as f64;
        let odd = if row % 2 == 1 { 5.0 } else { 0.0 };
        let (x, y) = (column as f64 * 17.0 + odd, row as f64 * pitch + shift);
        let class = if place < figures { "person" } else { "person pale" };
        html! {
            <path {class} transform={format!("translate({x:.1} {y:.1})")}
                d="M5.5 0a2.9 2.9 0 1 1 0 5.8 2.9 2.9 0 0 1 0-5.8zM0 12.5c0-3.5 2-5.6 5.5-5.6s5.5 2.1 5.5 5.6z"
            />
        }
    };
    html! {
        <svg class="crowd" data-node={flow::name(Node::Clients)} viewBox="0 0 140 176" width="140"
            height="176" preserveAspectRatio="xMinYMin slice" aria-hidden="true">
            { for (0..shown).map(person) }
        </svg>
    }
}

/// What stands between clients and replicas: the balancer, or the ports of the host.
pub fn middle(scene: &Scene, bars: bool) -> Html {
    match &scene.balancer {
        Some(view) => balancer(scene.lang, view, bars),
        None => host(scene.lang, &scene.ports),
    }
}

fn balancer(lang: Lang, view: &BalancerBox, bars: bool) -> Html {
    let queue = &view.queue;
    let unlimited = queue.room == 0;
    let class = classes!("balancer", view.full.then_some("full"));
    html! {
        <div class="middle">
            <div {class} data-node={flow::name(Node::Balancer)}>
                <h2>{ say::balancer(lang) }</h2>
                <p class="algorithm">
                    <span class={classes!("swatch", family(&view.algorithm))}></span>{ &view.algorithm }
                </p>
                <div class="tray-box queue">{ tray::tray(queue, (124, 60), 3, bars) }</div>
                <p class="length">
                    { say::queue(lang) }{ " " }
                    <b>
                        { lang.whole(queue.held) }
                        if !unlimited { { " / " }{ lang.whole(queue.room) } }
                    </b>
                </p>
                <p class="when-full">
                    if view.full && !unlimited {
                        <span class="chip overloaded">{ icon(Icon::QueueFull) }{ say::queue_full(lang) }</span>
                    }
                </p>
            </div>
            <p class="refusing">
                if let Some(refusal) = view.refusing {
                    <b>{ words::rate(lang, refusal.rate) }{ "/s" }</b>
                    <span>{ say::turned_away(lang) }</span>
                    <span>{ format!("{}, {}", refusal.status, refusal.outcome.text().say(lang)) }</span>
                }
            </p>
        </div>
    }
}

fn host(lang: Lang, ports: &[PortBox]) -> Html {
    html! {
        <div class="host">
            <h2>{ say::host(lang) }<span class="sub">{ " " }{ say::once(lang) }</span></h2>
            <p class="sub">{ say::ports(lang) }</p>
            <ul class="strip">{ for ports.iter().map(|view| port(lang, view)) }</ul>
        </div>
    }
}

fn port(lang: Lang, view: &PortBox) -> Html {
    let (class, word, who) = match &view.holder {
        Holder::Free => ("port", say::free(lang), String::new()),
        Holder::Replica(name) => ("port taken", say::taken(lang), say::by(lang, name)),
        Holder::Other => ("port taken other", say::taken(lang), say::by_other(lang).to_owned()),
    };
    html! {
        <li {class} data-node={flow::name(Node::Port(view.port))}>
            <b>{ view.port }</b><span>{ word }</span><span class="sr">{ who }</span>
        </li>
    }
}

/// What the replicas depend on, each with its state and what binds first.
pub fn dependencies(scene: &Scene) -> Html {
    if scene.dependencies.is_empty() {
        return html! {};
    }
    html! {
        <ul class="dependencies" aria-label={say::dependencies(scene.lang)}>
            { for scene.dependencies.iter().map(dependency) }
        </ul>
    }
}

/// What a dependency is, by the word of the scenario.
fn kind(word: &'static str) -> Text {
    match word {
        "database" => Text::new("database", "Datenbank", "base de données"),
        "cache" => Text::new("cache", "Cache", "cache"),
        "store" => Text::new("store", "Speicher", "stockage"),
        "broker" => Text::new("broker", "Broker", "courtier"),
        _ => Text::new(word, word, word),
    }
}

fn dependency(view: &DependencyBox) -> Html {
    let node = flow::name(Node::Dependency(view.place));
    html! {
        <li key={view.place} class={classes!("dependency", view.condition.class())} data-node={node}>
            <article tabindex="0" aria-label={view.label()}>
                <header><h3>{ &view.name }</h3>{ card::chip(view.lang, view.condition) }</header>
                <p class="sub">{ kind(view.kind).say(view.lang) }</p>
                { gauge::gauge(&view.in_use) }
                if let Some(trouble) = &view.trouble { <p class="trouble">{ trouble }</p> }
                if !view.lines.is_empty() { <p class="sub">{ view.lines.join(", ") }</p> }
            </article>
        </li>
    }
}

/// Zones, autoscalers and cost in words.
pub fn notes(scene: &Scene) -> Html {
    if scene.notes.is_empty() {
        return html! {};
    }
    html! { <p class="notes sub">{ scene.notes.join(" ") }</p> }
}

/// The heading of a group, before its first card.
fn heading(scene: &Scene, place: usize) -> Option<Html> {
    let of = |place: usize| scene.cards.get(place).and_then(|card| scene.groups.name(card));
    // Where every group is one replica, its name says enough.
    if (1..scene.cards.len()).all(|place| of(place) != of(place - 1)) {
        return None;
    }
    let name = of(place)?;
    let first = place == 0 || of(place - 1).as_ref() != Some(&name);
    first.then(|| html! { <li class="group" key={format!("group-{name}")}>{ name }</li> })
}

/// All replicas.
pub fn pool(scene: &Scene, bars: bool, actions: &Actions) -> Html {
    let one = |each| {
        if scene.form == Form::Dense { cell::cell(each, actions) } else { card::card(each, bars, actions) }
    };
    let with_heading = |(n, each)| heading(scene, n).into_iter().chain([one(each)]);
    html! {
        <ul class="pool" aria-label={say::replicas(scene.lang)} data-node={flow::name(Node::Pool)}>
            if scene.cards.is_empty() { <li class="none sub">{ say::none(scene.lang) }</li> }
            { for scene.cards.iter().enumerate().flat_map(with_heading) }
            if let Some(more) = &scene.more { { cell::more(scene.lang, more) } }
        </ul>
    }
}
