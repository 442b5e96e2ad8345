//! The boxes of the stage: clients, balancer or host ports, and the replicas together.

use yew::prelude::*;

use super::scene::{
    BalancerBox, Beyond, Card, DependencyBox, FULL, Form, Group, Holder, Node, PortBox, Scene, ServiceBox,
    words,
};
use super::{Actions, FEW, card, cell, flow, gauge, tray};
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
        fn hosts { en: "Hosts", de: "Hosts", fr: "Hôtes" }
        fn ports_of(n: Whole) { en: "host {n}", de: "Host {n}", fr: "hôte {n}" }
        fn once_each {
            en: "each has each port once",
            de: "jeder hat jeden Port einmal",
            fr: "chacun n’a chaque port qu’une fois",
        }
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
        fn takes { en: "from the queue", de: "aus der Schlange", fr: "depuis la file" }
        fn wait_there { en: "wait", de: "warten", fr: "attendent" }
        fn zone_lost { en: "lost", de: "verloren", fr: "perdue" }
        fn replicas { en: "Replicas", de: "Repliken", fr: "Répliques" }
        fn none { en: "There is no replica.", de: "Es gibt keine Replik.", fr: "Il n’y a aucune réplique." }
    }
}

/// Figures in a row of the crowd; one less where columns behind the replicas need the room. A first row is always
/// there.
const ROW: usize = 8;

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
            { crowd(clients.figures, if scene.columns.is_empty() { ROW } else { ROW - 1 }) }
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
fn crowd(figures: usize, row: usize) -> Html {
    let shown = figures.max(row);
    let rows = shown.div_ceil(row);
    // More than six rows move closer together.
    let pitch = if rows > 6 { 162.0 / rows as f64 } else { 27.0 };
    let person = |place: usize| {
        let (line, column) = (place / row, place % row);
        // A small shift that looks like chance and stays the same.
        let shift = ((place * 7 + line * 5) % 4) as f64;
        let odd = if line % 2 == 1 { 5.0 } else { 0.0 };
        let (x, y) = (column as f64 * 17.0 + odd, line as f64 * pitch + shift);
        let class = if place < figures { "person" } else { "person pale" };
        html! {
            <path {class} transform={format!("translate({x:.1} {y:.1})")}
                d="M5.5 0a2.9 2.9 0 1 1 0 5.8 2.9 2.9 0 0 1 0-5.8zM0 12.5c0-3.5 2-5.6 5.5-5.6s5.5 2.1 5.5 5.6z"
            />
        }
    };
    let width = row * 17 + 4;
    html! {
        <svg class="crowd" data-node={flow::name(Node::Clients)} viewBox={format!("0 0 {width} 176")}
            width={width.to_string()} height="176" preserveAspectRatio="xMinYMin slice" aria-hidden="true">
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
                    <span class={classes!("swatch", family(&view.algorithm))}></span>
                    <span>{ for breakable(&view.algorithm) }</span>
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

/// A name that may go on in the next line after each `_`.
fn breakable(name: &str) -> impl Iterator<Item = Html> {
    name.split_inclusive('_').map(|part| html! { <>{ part }<wbr /></> })
}

fn host(lang: Lang, ports: &[PortBox]) -> Html {
    let hosts: Vec<&[PortBox]> = ports.chunk_by(|a, b| a.host == b.host).collect();
    let several = hosts.len() > 1;
    let (title, once) = match several {
        true => (say::hosts(lang), say::once_each(lang)),
        false => (say::host(lang), say::once(lang)),
    };
    let strip = |ports: &[PortBox]| {
        let ports_of = ports.first().filter(|_| several).map(|port| say::ports_of(lang, port.host.into()));
        html! {
            <>
                if let Some(name) = &ports_of { <p class="label of-host">{ name }</p> }
                <ul class="strip" aria-label={ports_of.clone()}>{ for ports.iter().map(|view| port(lang, view)) }</ul>
            </>
        }
    };
    html! {
        <div class={classes!("host", several.then_some("several"))}>
            <h2>{ title }<span class="sub">{ " " }{ once }</span></h2>
            <p class="sub">{ say::ports(lang) }</p>
            { for hosts.into_iter().map(strip) }
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
        <li {class} data-node={flow::name(Node::Port(view.host, view.port))}>
            <b>{ view.port }</b><span>{ word }</span><span class="sr">{ who }</span>
        </li>
    }
}

/// What is behind the services that clients reach, in columns.
pub fn beyond(scene: &Scene, bars: bool, actions: &Actions) -> Html {
    if scene.columns.is_empty() {
        return html! {};
    }
    let one = |each: &Beyond| match each {
        Beyond::Dependency(view) => dependency(view),
        Beyond::Service(view) => service(view, bars, actions),
    };
    html! {
        <div class="beyond" role="group" aria-label={say::dependencies(scene.lang)}>
            { for scene.columns.iter().map(|column| html! { <ul class="column">{ for column.iter().map(one) }</ul> }) }
        </div>
    }
}

/// A service that others call, or that takes its work from a broker.
fn service(view: &ServiceBox, bars: bool, actions: &Actions) -> Html {
    let alone = view.speaks_for_itself();
    let one =
        |each| if view.cells { cell::cell(each, None, actions) } else { card::card(each, bars, actions) };
    let class = classes!("service", (!alone).then_some("framed"));
    html! {
        <li key={format!("service-{}", view.place)} {class} data-node={flow::name(Node::Service(view.place))}
            aria-label={view.label()}>
            if !alone {
                <p class="group-head">
                    <b>{ &view.name }</b>
                    <span class="sub">{ words::rate(view.lang, view.rate) }{ "/s" }</span>
                    if view.works { <span class="sub">{ say::takes(view.lang) }</span> }
                </p>
            }
            if view.cards.is_empty() { <p class="sub">{ say::none(view.lang) }</p> }
            <ul class={classes!("cards", (!view.cells).then_some("compact"))}>
                { for view.cards.iter().map(one) }
                if let Some(more) = &view.more { { cell::more(view.lang, more) } }
            </ul>
        </li>
    }
}

/// What a dependency is, by the word of the scenario.
fn kind(word: &'static str) -> Text {
    match word {
        "database" => Text::new("database", "Datenbank", "base de données"),
        "cache" => Text::new("cache", "Cache", "cache"),
        "store" => Text::new("store", "Speicher", "stockage"),
        "broker" => Text::new("broker", "Broker", "broker"),
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
                if let Some(messages) = &view.messages {
                    <div class="tray-box messages">
                        { tray::alike(messages, (134, 28), 2) }
                        <span class="n"><b>{ &view.in_use.text }</b>{ " " }{ say::wait_there(view.lang) }</span>
                    </div>
                } else {
                    { gauge::gauge(&view.in_use) }
                }
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

/// All replicas that clients reach; where they stand in groups, each group in its outline.
pub fn pool(scene: &Scene, bars: bool, actions: &Actions) -> Html {
    let dots = (scene.cards.len() <= FEW).then_some(bars);
    let one = |each| {
        if scene.form == Form::Dense {
            cell::cell(each, dots, actions)
        } else {
            card::card(each, bars, actions)
        }
    };
    let groups = scene.groups.split(scene.lang, &scene.cards, &scene.lost_zones);
    let flat = groups.iter().all(|group| group.name.is_none());
    let lone = scene.cards.len() <= FULL;
    let class = classes!("pool", if flat { "cards" } else { "groups" }, lone.then_some("lone"));
    html! {
        <ul {class} aria-label={say::replicas(scene.lang)} data-node={flow::name(Node::Pool)}>
            if scene.cards.is_empty() { <li class="none sub">{ say::none(scene.lang) }</li> }
            if flat {
                { for scene.cards.iter().map(one) }
            } else {
                { for groups.iter().map(|each| group(scene.lang, each, one)) }
            }
            if let Some(more) = &scene.more { { cell::more(scene.lang, more) } }
        </ul>
    }
}

/// A zone, a host or a service, around its replicas.
fn group<'a>(lang: Lang, group: &Group<'a>, one: impl Fn(&'a Card) -> Html) -> Html {
    let name = group.name.clone().unwrap_or_default();
    let class = classes!("group", group.lost.then_some("lost"));
    html! {
        <li key={format!("group-{name}")} {class}>
            <p class="group-head">
                <b>{ &name }</b>
                if group.lost { <span class="chip down">{ icon(Icon::Down) }{ say::zone_lost(lang) }</span> }
            </p>
            <ul class="cards" aria-label={name}>{ for group.cards.iter().map(one) }</ul>
        </li>
    }
}
