//! What the stage shows, as plain data: made from snapshots, independent of any drawing.

mod around;
mod card;
mod dots;
mod ports;
mod summary;
mod watch;
pub mod words;

#[cfg(test)]
mod tests;

pub use around::DependencyBox;
pub use card::{Body, Card, Condition, Gauge, Level};
pub use dots::{Look, Mark, Tray, age, radius, unit};
pub use ports::{Holder, PortBox};
pub use watch::Watch;

use crate::algorithm::product;
use crate::lang::Lang;
use crate::observe::{Outcome, Snapshot};
use crate::web::live::Live;

/// Replicas that get a whole card.
pub const FULL: usize = 3;
/// Replicas that get a compact card; more are cells of a strip.
pub const COMPACT: usize = 8;
/// Cells that a strip has room for.
pub const CELLS: usize = 52;
/// Cells beside a row that counts the rest.
pub const WORST: usize = 48;

/// How replicas are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Up to 3: whole cards.
    Full,
    /// 4 to 8: compact cards in a grid.
    Compact,
    /// More: a strip of cells.
    Dense,
}

/// The clients.
#[derive(Debug, Clone, PartialEq)]
pub struct Clients {
    /// Requests that they send, per second.
    pub rate: f64,
    /// Requests that wait for an answer.
    pub waiting: u64,
    /// Figures: one for as many requests as a dot stands for.
    pub figures: usize,
    /// Users of closed sources.
    pub users: u64,
    /// Sessions alive and lost; nothing when there never were any.
    pub baskets: Option<(u64, u64)>,
    /// Clients that leave before the answer comes, per second.
    pub giving_up: f64,
}

/// Requests that a node refuses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Refusal {
    /// How many, per second.
    pub rate: f64,
    /// How most of them end.
    pub outcome: Outcome,
    /// The status for that, as the balancer's product sends it.
    pub status: u16,
}

/// The balancer.
#[derive(Debug, Clone, PartialEq)]
pub struct BalancerBox {
    /// Wire name of its algorithm.
    pub algorithm: String,
    /// Its queue.
    pub queue: Tray,
    /// Whether the queue is full, or was a moment ago.
    pub full: bool,
    /// What it refuses.
    pub refusing: Option<Refusal>,
}

/// A place that requests come from or go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// The clients.
    Clients,
    /// The balancer.
    Balancer,
    /// A host port.
    Port(u16),
    /// A replica, by its index in the engine.
    Replica(u32),
    /// All replicas together, where they are many.
    Pool,
    /// A dependency, by its place in the scenario.
    Dependency(u32),
}

/// What an edge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// Requests flow, or could flow.
    Flow,
    /// A replica that wanted a port and was refused.
    Blocked,
    /// Replicas call, or could call, a dependency.
    Call,
}

/// A way between two places.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// From.
    pub from: Node,
    /// To.
    pub to: Node,
    /// Requests per second.
    pub rate: f64,
    /// Width of the band in px; 0 when nothing flows.
    pub width: f64,
    /// Requests so far, so that dots can be sent for each that is added.
    pub total: u64,
    /// What it is.
    pub kind: EdgeKind,
    /// Whether the rate is written beside it; another edge writes the same one when not.
    pub labelled: bool,
}

/// Replicas that a strip has no room for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct More {
    /// How many.
    pub replicas: usize,
    /// Their states, the worst first.
    pub states: Vec<(Condition, usize)>,
}

/// What the stage shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The language of its words.
    pub lang: Lang,
    /// The clients.
    pub clients: Clients,
    /// The balancer; nothing when clients go to a host port.
    pub balancer: Option<BalancerBox>,
    /// How replicas are shown.
    pub form: Form,
    /// The replicas that are shown.
    pub cards: Vec<Card>,
    /// The ones that are not.
    pub more: Option<More>,
    /// What the replicas depend on.
    pub dependencies: Vec<DependencyBox>,
    /// Zones, autoscalers and cost, each in a sentence.
    pub notes: Vec<String>,
    /// By what the replicas stand in groups.
    pub groups: Groups,
    /// The host's ports, where there is no balancer.
    pub ports: Vec<PortBox>,
    /// The ways between them.
    pub edges: Vec<Edge>,
    /// Requests that one dot stands for.
    pub unit: u64,
    /// Whether there are too many requests for single dots.
    pub crowded: bool,
    /// How long a client waits, in seconds.
    pub timeout: Option<f64>,
    /// The picture in one sentence or two, for screen readers.
    pub summary: String,
}

/// By what replicas stand in groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Groups {
    /// All are one group.
    None,
    /// By their service.
    Services,
    /// By their zone.
    Zones,
}

impl Groups {
    fn of(live: &Live) -> Self {
        let several = live.model.as_ref().is_some_and(|model| model.services().len() > 1);
        let zones = live.model.as_ref().map_or(1, |model| model.host().zones);
        match (several, zones) {
            (true, _) => Self::Services,
            (_, 2..) => Self::Zones,
            _ => Self::None,
        }
    }

    /// The group of a card, as its heading says it.
    #[must_use]
    pub fn name(self, card: &Card) -> Option<String> {
        match self {
            Self::None => None,
            Self::Services => Some(card.service.clone()),
            Self::Zones => Some(format!("zone {}", card.zone)),
        }
    }
}

/// Width of a band in px: 3 + 14·√(rate / largest rate); 0 when nothing flows.
#[must_use]
pub fn band(rate: f64, largest: f64) -> f64 {
    if rate > 0.0 && largest > 0.0 { 3.0 + 14.0 * libm::sqrt((rate / largest).min(1.0)) } else { 0.0 }
}

/// Ways to be refused by the balancer itself.
const BY_BALANCER: [Outcome; 6] = [
    Outcome::QueueFull,
    Outcome::QueueTimeout,
    Outcome::NoHealthyReplica,
    Outcome::NoFreePort,
    Outcome::NoFreeConnection,
    Outcome::Shed,
];
/// Ways to be refused by a replica.
const BY_REPLICA: [Outcome; 4] =
    [Outcome::BacklogOverflow, Outcome::ConnectionRefused, Outcome::ConnectTimeout, Outcome::ErrorResponse];

/// Requests that the balancer has refused so far.
#[must_use]
pub fn refused_by_balancer(world: &Snapshot) -> u64 {
    BY_BALANCER.iter().map(|&outcome| world.ledger.count(outcome)).sum()
}

impl Scene {
    /// What is shown now, given what was seen before.
    #[must_use]
    pub fn new(live: &Live, watch: &Watch) -> Self {
        let world = &live.world;
        let look = look(live, watch);
        let clients = clients(world, watch);
        let balancer = balancer(world, watch, &look);
        let (form, cards, more) = cards(world, watch, &look);
        let ports = if balancer.is_none() { ports::strip(&world.ports) } else { Vec::new() };
        let dependencies = around::dependencies(live, watch);
        let groups = Groups::of(live);
        let mut cards = cards;
        cards.sort_by_key(|card| groups.name(card));
        let edges = edges(world, watch, (&cards, &dependencies), form, &ports);
        let mut scene = Self {
            lang: watch.lang(),
            clients,
            balancer,
            form,
            cards,
            more,
            dependencies,
            notes: around::notes(watch.lang(), live),
            groups,
            ports,
            edges,
            unit: watch.unit(),
            crowded: watch.crowded(),
            timeout: live.client_timeout.map(crate::units::SimDuration::as_secs),
            summary: String::new(),
        };
        scene.summary = summary::sentence(&scene);
        scene
    }
}

/// How requests become dots now.
#[must_use]
pub fn look(live: &Live, watch: &Watch) -> Look {
    let (timeout, mean_work) = (live.client_timeout, live.mean_demand);
    Look { now: live.world.now, unit: watch.unit(), timeout, mean_work }
}

fn clients(world: &Snapshot, watch: &Watch) -> Clients {
    let figures = libm::round(watch.in_flight() / watch.unit() as f64) as usize;
    Clients {
        rate: watch.offered_rate(),
        waiting: world.ledger.in_flight(),
        figures: figures.min(dots::BUDGET as usize),
        users: world.users,
        baskets: (world.sessions_started > 0).then_some((world.sessions_alive, world.sessions_lost)),
        giving_up: watch.rate_of(Outcome::ClientGaveUp),
    }
}

fn balancer(world: &Snapshot, watch: &Watch, look: &Look) -> Option<BalancerBox> {
    let view = world.balancer.as_ref()?;
    Some(BalancerBox {
        algorithm: view.algorithm.clone(),
        queue: Tray::new(view.queue.into(), view.queue_limit.into(), &view.waiting, look),
        full: watch.queue_full(),
        refusing: refusal(world, watch, &BY_BALANCER),
    })
}

/// The rate of these outcomes together, and the most frequent of them; nothing when none occurs.
fn refusal(world: &Snapshot, watch: &Watch, outcomes: &[Outcome]) -> Option<Refusal> {
    let rates = || outcomes.iter().map(|&outcome| (watch.rate_of(outcome), outcome));
    let rate: f64 = rates().map(|(rate, _)| rate).sum();
    let most = rates().reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let product = product::named(world.balancer.as_ref().map_or("", |balancer| balancer.product));
    let (outcome, status) = (most.1, most.1.status_behind(product));
    (rate > 0.0).then_some(Refusal { rate, outcome, status })
}

fn cards(world: &Snapshot, watch: &Watch, look: &Look) -> (Form, Vec<Card>, Option<More>) {
    let usual = Refusal { rate: 0.0, outcome: Outcome::BacklogOverflow, status: 504 };
    let refusal = refusal(world, watch, &BY_REPLICA).unwrap_or(usual);
    let (lang, ports, balanced) = (watch.lang(), &world.ports[..], world.balancer.is_some());
    let around = card::Around { lang, refusal, ports, balanced };
    let form = match world.replicas.len() {
        0..=FULL => Form::Full,
        n if n <= COMPACT => Form::Compact,
        _ => Form::Dense,
    };
    let mut cards: Vec<Card> = world
        .replicas
        .iter()
        .map(|view| {
            let pace = watch.pace(view.id, view.cores);
            Card::new(view, &pace, &around, look)
        })
        .collect();
    let more = (cards.len() > CELLS).then(|| leave_out(&mut cards));
    let open = cards
        .iter()
        .enumerate()
        .max_by_key(|(place, card)| (card.condition.interest(), std::cmp::Reverse(*place)));
    if let Some(place) = open.map(|(place, _)| place) {
        cards[place].open = true;
    }
    (form, cards, more)
}

/// Keeps the worst that fit, the worst first, and counts the rest.
fn leave_out(cards: &mut Vec<Card>) -> More {
    cards.sort_by_key(|card| std::cmp::Reverse(card.condition));
    let rest = cards.split_off(WORST);
    let mut states: Vec<(Condition, usize)> = Vec::new();
    for card in &rest {
        match states.last_mut() {
            Some((state, n)) if *state == card.condition => *n += 1,
            _ => states.push((card.condition, 1)),
        }
    }
    More { replicas: rest.len(), states }
}

fn edges(
    world: &Snapshot,
    watch: &Watch,
    (cards, dependencies): (&[Card], &[DependencyBox]),
    form: Form,
    ports: &[PortBox],
) -> Vec<Edge> {
    let flow = |from, to, rate, total| Edge {
        from,
        to,
        rate,
        width: 0.0,
        total,
        kind: EdgeKind::Flow,
        labelled: true,
    };
    let total = |id: u32| world.replicas.iter().find(|r| r.id == id).map_or(0, |r| r.attempts);
    let mut edges = Vec::new();
    let from = if world.balancer.is_some() {
        edges.push(flow(Node::Clients, Node::Balancer, watch.offered_rate(), world.ledger.offered()));
        Some(Node::Balancer)
    } else {
        ports.iter().for_each(|port| port_edges(port, cards, &total, &mut edges));
        None
    };
    match (from, form) {
        (None, _) => {}
        (Some(from), Form::Full) => {
            let each =
                cards.iter().map(|card| flow(from, Node::Replica(card.id), card.given, total(card.id)));
            edges.extend(each);
        }
        (Some(from), _) => edges.push(flow(from, Node::Pool, watch.given_rate(), world.attempts)),
    }
    edges.extend(dependencies.iter().map(|dependency| Edge {
        kind: EdgeKind::Call,
        ..flow(Node::Pool, Node::Dependency(dependency.place), dependency.rate, 0)
    }));
    let largest = edges.iter().fold(0.0, |largest: f64, edge| largest.max(edge.rate));
    edges.iter_mut().for_each(|edge| edge.width = band(edge.rate, largest));
    edges
}

/// From the clients through a port to its holder, and the ways of those who were refused.
fn port_edges(port: &PortBox, cards: &[Card], total: &dyn Fn(u32) -> u64, edges: &mut Vec<Edge>) {
    let here = Node::Port(port.port);
    let edge = |from, to, card: &Card, kind, labelled| {
        let (rate, total) = if kind == EdgeKind::Flow { (card.given, total(card.id)) } else { (0.0, 0) };
        Edge { from, to, rate, width: 0.0, total, kind, labelled }
    };
    if let Holder::Replica(name) = &port.holder
        && let Some(card) = cards.iter().find(|card| card.name == *name)
    {
        edges.push(edge(Node::Clients, here, card, EdgeKind::Flow, true));
        edges.push(edge(here, Node::Replica(card.id), card, EdgeKind::Flow, false));
    }
    let refused = cards.iter().filter(|card| port.refused.contains(&card.name));
    edges.extend(refused.map(|card| edge(here, Node::Replica(card.id), card, EdgeKind::Blocked, false)));
}
