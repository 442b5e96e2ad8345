//! What is behind the services that clients reach: dependencies, services that others call, and workers.

use super::around::DependencyBox;
use super::{Card, More, Node, Watch, leave_out, words};
use crate::lang::{Lang, texts};
use crate::web::graph::{Graph, Place};
use crate::web::live::Live;

texts! {
    mod say {
        fn called(name: Text, rate: Text) {
            en: "{name}, {rate} calls a second",
            de: "{name}, {rate} Aufrufe pro Sekunde",
            fr: "{name}, {rate} appels par seconde",
        }
        fn worked(name: Text, rate: Text) {
            en: "{name}, workers, {rate} jobs a second",
            de: "{name}, Worker, {rate} Aufträge pro Sekunde",
            fr: "{name}, workers, {rate} tâches par seconde",
        }
    }
}

/// The most replicas of such a service that have a card; more are cells.
const CARDS: usize = 2;
/// The most cells.
const CELLS: usize = 6;

/// Something behind the services that clients reach.
#[derive(Debug, Clone, PartialEq)]
pub enum Beyond {
    /// A dependency.
    Dependency(DependencyBox),
    /// A service.
    Service(ServiceBox),
}

/// A service that clients don't reach, with its replicas.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceBox {
    /// The language of its words.
    pub lang: Lang,
    /// Which of the scenario's.
    pub place: u32,
    /// Its name.
    pub name: String,
    /// Whether it takes its work from a broker instead of being called.
    pub works: bool,
    /// Whether several others call it, so that its rate stands beside no way.
    pub shared: bool,
    /// Calls or jobs that its replicas get, per second.
    pub rate: f64,
    /// Its replicas, or the worst of them.
    pub cards: Vec<Card>,
    /// The ones that are not shown.
    pub more: Option<More>,
    /// Whether there are too many for cards.
    pub cells: bool,
}

impl Beyond {
    /// Where it is.
    #[must_use]
    pub const fn node(&self) -> Node {
        match self {
            Self::Dependency(view) => Node::Dependency(view.place),
            Self::Service(view) => Node::Service(view.place),
        }
    }

    /// What it gets, per second.
    #[must_use]
    pub const fn rate(&self) -> f64 {
        match self {
            Self::Dependency(view) => view.rate,
            Self::Service(view) => view.rate,
        }
    }
}

impl ServiceBox {
    fn new(graph: &Graph, place: u32, lang: Lang, mut cards: Vec<Card>) -> Self {
        let rate = cards.iter().map(|card| card.given).sum();
        let cells = cards.len() > CARDS;
        let more = (cards.len() > CELLS).then(|| leave_out(&mut cards, CELLS - 1, |card| card.condition));
        let name = graph.name(place).to_owned();
        let callers = graph.ways.iter().filter(|(_, to)| *to == Place::Service(place)).count();
        let (works, shared) = (graph.is_worker(&name), callers > 1);
        Self { lang, place, name, works, shared, rate, cards, more, cells }
    }

    /// The service in words, for a screen reader.
    #[must_use]
    pub fn label(&self) -> String {
        let says = if self.works { say::worked } else { say::called };
        says(self.lang, &self.name, &words::rate(self.lang, self.rate))
    }

    /// Whether the name of its only replica says which service it is, and the way to it how much it gets.
    #[must_use]
    pub fn speaks_for_itself(&self) -> bool {
        !self.works
            && !self.shared
            && matches!(self.cards.as_slice(), [only] if only.name.starts_with(&self.name))
    }
}

/// The columns of the graph; without one, all dependencies in one column.
pub(super) fn columns(live: &Live, watch: &Watch, graph: &Graph, inner: &[Card]) -> Vec<Vec<Beyond>> {
    let views = &live.world.dependencies;
    let dependency = |place: u32| {
        let view = views.get(place as usize).filter(|view| view.kind != "service")?;
        Some(Beyond::Dependency(DependencyBox::new(view, place, watch)))
    };
    if graph.columns.is_empty() {
        let all: Vec<Beyond> = (0..views.len() as u32).filter_map(dependency).collect();
        return if all.is_empty() { Vec::new() } else { vec![all] };
    }
    let one = |place: &Place| match *place {
        Place::Front => None,
        Place::Dependency(place) => dependency(place),
        Place::Service(place) => {
            let mine = inner.iter().filter(|card| card.service == graph.name(place)).cloned().collect();
            Some(Beyond::Service(ServiceBox::new(graph, place, watch.lang(), mine)))
        }
    };
    graph.columns.iter().map(|column| column.iter().filter_map(one).collect()).collect()
}
