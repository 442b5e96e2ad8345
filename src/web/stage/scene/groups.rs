//! By what replicas stand in groups, each in an outline of its own: services, zones, hosts.

use super::Card;
use crate::lang::{Lang, texts};
use crate::web::graph::Graph;
use crate::web::live::Live;

texts! {
    mod say {
        fn zone(n: Whole) { en: "zone {n}", de: "Zone {n}", fr: "zone {n}" }
        fn host(n: Whole) { en: "host {n}", de: "Host {n}", fr: "hôte {n}" }
        fn both(host: Text, zone: Text) { en: "{host}, {zone}", de: "{host}, {zone}", fr: "{host}, {zone}" }
    }
}

/// By what replicas stand in groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Groups {
    /// All are one group.
    None,
    /// By their service.
    Services,
    /// By the machine that they are on: by its zone where there are several, and by the host in it.
    Machines {
        /// Whether there are several zones.
        zones: bool,
        /// Whether a zone has several hosts.
        hosts: bool,
    },
}

/// A group of replicas that stand one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Group<'a> {
    /// What it is called; nothing where all are one group.
    pub name: Option<String>,
    /// Whether its zone is lost.
    pub lost: bool,
    /// Its replicas.
    pub cards: &'a [Card],
}

impl Groups {
    pub(super) fn of(live: &Live, graph: &Graph) -> Self {
        let (zones, hosts) = live.model.as_ref().map_or((1, 1), |model| {
            let host = model.host();
            (host.zones, host.count)
        });
        let ports = live.world.balancer.is_none();
        let (zones, hosts, services) = (zones > 1, hosts > 1, graph.fronts() > 1);
        match (zones || hosts, services) {
            // Where hosts have their ports on show, they are named even if there is one in each zone.
            (true, _) if ports => Self::Machines { zones, hosts: true },
            (_, true) => Self::Services,
            (true, false) => Self::Machines { zones, hosts },
            (false, false) => Self::None,
        }
    }

    /// Where a card stands among the others.
    pub(super) fn order(self, card: &Card, graph: &Graph) -> (usize, u32) {
        match self {
            Self::None => (0, 0),
            Self::Services => (graph.order(&card.service), 0),
            Self::Machines { zones, .. } => (if zones { card.zone as usize } else { 0 }, card.host),
        }
    }

    fn name(self, lang: Lang, card: &Card) -> Option<String> {
        let (zone, host) = (say::zone(lang, card.zone.into()), say::host(lang, card.host.into()));
        match self {
            Self::None => None,
            Self::Services => Some(card.service.clone()),
            Self::Machines { zones: true, hosts: true } => Some(say::both(lang, &host, &zone)),
            Self::Machines { zones: true, .. } => Some(zone),
            Self::Machines { .. } => Some(host),
        }
    }

    /// The groups of cards that are in their order.
    #[must_use]
    pub fn split<'a>(self, lang: Lang, cards: &'a [Card], lost: &[u32]) -> Vec<Group<'a>> {
        let alike = |a: &Card, b: &Card| self.name(lang, a) == self.name(lang, b);
        let group = |cards: &'a [Card]| Group {
            name: cards.first().and_then(|card| self.name(lang, card)),
            lost: matches!(self, Self::Machines { zones: true, .. })
                && cards.first().is_some_and(|card| lost.contains(&card.zone)),
            cards,
        };
        let mut groups: Vec<Group<'a>> = cards.chunk_by(alike).map(group).collect();
        // Where every service is one replica, its name says enough.
        if self == Self::Services && groups.iter().all(|group| group.cards.len() == 1) {
            groups.iter_mut().for_each(|group| group.name = None);
        }
        groups
    }
}
