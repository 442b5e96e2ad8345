//! The ways between the places of the stage, with what goes along them.

use super::{Beyond, Card, Form, Holder, PortBox, Watch};
use crate::observe::Snapshot;
use crate::web::graph::{Graph, Place};

/// A place that requests come from or go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// The clients.
    Clients,
    /// The balancer.
    Balancer,
    /// A port of a host: the host, from 1, and the port.
    Port(u32, u16),
    /// A replica, by its index in the engine.
    Replica(u32),
    /// All replicas that clients reach together.
    Pool,
    /// A service that clients don't reach, by its place in the scenario.
    Service(u32),
    /// A dependency, by its place in the scenario.
    Dependency(u32),
}

impl Node {
    const fn of(place: Place) -> Self {
        match place {
            Place::Front => Self::Pool,
            Place::Service(n) => Self::Service(n),
            Place::Dependency(n) => Self::Dependency(n),
        }
    }
}

/// What an edge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// Requests flow, or could flow.
    Flow,
    /// A replica that wanted a port and was refused.
    Blocked,
    /// Somebody calls, or could call, what is behind.
    Call,
    /// One of several that call the same: how many calls are whose is not known.
    SharedCall,
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
    /// What it is.
    pub kind: EdgeKind,
    /// Whether the rate is written beside it; another edge or a card writes the same one when not.
    pub labelled: bool,
}

/// Width of a band in px: 3 + 14·√(rate / largest rate); 0 when nothing flows.
#[must_use]
pub fn band(rate: f64, largest: f64) -> f64 {
    if rate > 0.0 && largest > 0.0 { 3.0 + 14.0 * libm::sqrt((rate / largest).min(1.0)) } else { 0.0 }
}

/// What stands on the stage.
pub(super) struct Shown<'a> {
    pub(super) cards: &'a [Card],
    pub(super) columns: &'a [Vec<Beyond>],
    pub(super) graph: &'a Graph,
    pub(super) ports: &'a [PortBox],
}

/// Every way, the widest 17 px.
pub(super) fn edges(world: &Snapshot, watch: &Watch, shown: &Shown<'_>, form: Form) -> Vec<Edge> {
    let flow = |from, to, rate| Edge { from, to, rate, width: 0.0, kind: EdgeKind::Flow, labelled: true };
    let mut edges = Vec::new();
    let few = shown.cards.len() <= super::FULL && form != Form::Dense;
    if world.balancer.is_none() {
        shown.ports.iter().for_each(|port| port_edges(port, shown.cards, &mut edges));
    } else {
        edges.push(flow(Node::Clients, Node::Balancer, watch.offered_rate()));
        if few {
            let each = |card: &Card| flow(Node::Balancer, Node::Replica(card.id), card.given);
            edges.extend(shown.cards.iter().map(each));
        } else {
            let given = shown.cards.iter().map(|card| card.given).sum::<f64>();
            let given = if shown.graph.has_inner() { given } else { watch.given_rate() };
            edges.push(flow(Node::Balancer, Node::Pool, given));
        }
    }
    edges.extend(calls(shown));
    let largest = edges.iter().fold(0.0, |largest: f64, edge| largest.max(edge.rate));
    edges.iter_mut().for_each(|edge| edge.width = band(edge.rate, largest));
    edges
}

/// From those who call to what they call. Where several call the same, each band has its equal part.
fn calls(shown: &Shown<'_>) -> Vec<Edge> {
    let boxes: Vec<&Beyond> = shown.columns.iter().flatten().collect();
    let pairs = if shown.graph.ways.is_empty() {
        boxes.iter().map(|each| (Node::Pool, each.node())).collect()
    } else {
        shown.graph.ways.iter().map(|&(from, to)| (Node::of(from), Node::of(to))).collect::<Vec<_>>()
    };
    let way = |&(from, to): &(Node, Node)| {
        let end = boxes.iter().find(|each| each.node() == to)?;
        let callers = pairs.iter().filter(|(_, other)| *other == to).count();
        let kind = if callers == 1 { EdgeKind::Call } else { EdgeKind::SharedCall };
        let labelled = callers == 1;
        Some(Edge { from, to, rate: end.rate() / callers as f64, width: 0.0, kind, labelled })
    };
    pairs.iter().filter_map(way).collect()
}

/// From the clients through a port to its holder, and the ways of those who were refused.
fn port_edges(port: &PortBox, cards: &[Card], edges: &mut Vec<Edge>) {
    let here = Node::Port(port.host, port.port);
    let edge = |from, to, card: &Card, kind, labelled| {
        let rate = if kind == EdgeKind::Flow { card.given } else { 0.0 };
        Edge { from, to, rate, width: 0.0, kind, labelled }
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
