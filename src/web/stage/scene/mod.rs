//! What the stage shows, as plain data: made from snapshots, independent of any drawing.

mod around;
mod beyond;
mod broker;
mod card;
mod dots;
mod edges;
mod gauge;
mod groups;
mod memory;
mod ports;
mod summary;
mod tags;
mod watch;
pub mod words;

#[cfg(test)]
mod jump_tests;
#[cfg(test)]
mod tests;

pub use around::DependencyBox;
pub use beyond::{Beyond, ServiceBox};
pub use card::{Body, Card, Condition};
pub use dots::{Look, Mark, Tray, age, radius, unit};
pub use edges::{Edge, EdgeKind, Node, band};
pub use gauge::{Gauge, Level};
pub use groups::{Group, Groups};
pub use ports::{Holder, PortBox};
pub use tags::Tag;
pub use watch::Watch;

use crate::algorithm::product;
use crate::lang::Lang;
use crate::observe::{Outcome, ReplicaView, Snapshot};
use crate::units::order::sort_by_key;
use crate::web::graph::Graph;
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
    /// What is behind the services that clients reach, in columns: what those call, and workers.
    pub columns: Vec<Vec<Beyond>>,
    /// Names of the services, by their place in the scenario.
    pub services: Vec<String>,
    /// Zones, autoscalers and cost, each in a sentence.
    pub notes: Vec<String>,
    /// By what the replicas stand in groups.
    pub groups: Groups,
    /// The zones that are lost, in order.
    pub lost_zones: Vec<u32>,
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
        let graph = live.model.as_deref().map(Graph::of).unwrap_or_default();
        let (views, more) = chosen(world, watch, &graph);
        let mut inner = all_cards(world, &views, watch, &look);
        let mut cards: Vec<Card> = inner.extract_if(.., |card| graph.is_front(&card.service)).collect();
        let (columns, form) = (beyond::columns(live, watch, &graph, &inner), form(&cards, &graph));
        let hosts = live.model.as_ref().map_or(1, |model| model.host().machines());
        let ports = if balancer.is_none() { ports::strip(&world.ports, hosts) } else { Vec::new() };
        let groups = Groups::of(live, &graph);
        sort_by_key(&mut cards, |card| groups.order(card, &graph));
        let shown = edges::Shown { cards: &cards, columns: &columns, graph: &graph, ports: &ports };
        let edges = edges::edges(world, watch, &shown, form);
        let mut scene = Self {
            lang: watch.lang(),
            clients,
            balancer,
            form,
            cards,
            more,
            columns,
            services: graph.names(),
            notes: around::notes(watch.lang(), live, groups),
            lost_zones: around::lost_zones(live),
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

/// Whole cards are for few replicas that have the room for themselves.
fn form(cards: &[Card], graph: &Graph) -> Form {
    match cards.len() {
        0..=FULL if graph.columns.len() < 2 && !graph.has_inner() => Form::Full,
        0..=COMPACT => Form::Compact,
        _ => Form::Dense,
    }
}

/// The replicas that get a card, and how many of the front ones do not: of many only the worst, so that thousands cost
/// no more words than are read.
fn chosen<'w>(world: &'w Snapshot, watch: &Watch, graph: &Graph) -> (Vec<&'w ReplicaView>, Option<More>) {
    let (mut fronts, inner): (Vec<&ReplicaView>, Vec<&ReplicaView>) =
        world.replicas.iter().partition(|view| graph.is_front(&view.service));
    let condition = |view: &ReplicaView| Condition::of(view.state, &watch.pace(view.id, view.cores));
    let more = (fronts.len() > CELLS).then(|| {
        let mut worst: Vec<(Condition, &ReplicaView)> =
            fronts.iter().map(|view| (condition(view), *view)).collect();
        let more = leave_out(&mut worst, WORST, |worst| worst.0);
        fronts = worst.into_iter().map(|(_, view)| view).collect();
        more
    });
    fronts.extend(inner);
    (fronts, more)
}

/// A card for each of these replicas; the one that tells the most is open on narrow screens.
fn all_cards(world: &Snapshot, views: &[&ReplicaView], watch: &Watch, look: &Look) -> Vec<Card> {
    let usual = Refusal { rate: 0.0, outcome: Outcome::BacklogOverflow, status: 504 };
    let refusal = refusal(world, watch, &BY_REPLICA).unwrap_or(usual);
    let (lang, ports, balanced) = (watch.lang(), &world.ports[..], world.balancer.is_some());
    let around = card::Around { lang, refusal, ports, balanced };
    let one = |view: &&ReplicaView| Card::new(view, &watch.pace(view.id, view.cores), &around, look);
    let mut cards: Vec<Card> = views.iter().map(one).collect();
    let open = (0..cards.len()).max_by_key(|&n| (cards[n].condition.interest(), std::cmp::Reverse(n)));
    if let Some(place) = open {
        cards[place].open = true;
    }
    cards
}

/// Keeps the worst that fit, the worst first, and counts the rest.
fn leave_out<T>(list: &mut Vec<T>, keep: usize, condition: impl Fn(&T) -> Condition) -> More {
    sort_by_key(list, |entry| std::cmp::Reverse(condition(entry)));
    let rest = list.split_off(keep);
    let mut states: Vec<(Condition, usize)> = Vec::new();
    for condition in rest.iter().map(condition) {
        match states.last_mut() {
            Some((state, n)) if *state == condition => *n += 1,
            _ => states.push((condition, 1)),
        }
    }
    More { replicas: rest.len(), states }
}
