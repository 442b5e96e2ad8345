//! `traefik.wrr`: deadlines in a shuffled order.

use crate::algorithm::candidates::route;
use crate::algorithm::edf::{Edf, shuffle};
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "traefik.wrr",
    label: "Traefik wrr",
    rule: Text::new(
        "The server with the earliest deadline, due again 1 / weight later; the first round is in any \
         order.",
        "Der Server mit der frühesten Frist, 1 / Gewicht später wieder fällig; die erste Runde ist in \
         beliebiger Reihenfolge.",
        "Le serveur dont l’échéance est la plus proche, de nouveau dû 1 / poids plus tard ; le premier \
         tour est dans un ordre quelconque.",
    ),
    formula: "min d_i, then d_i += 1 / w_i; servers are shuffled when the configuration is built",
    complexity: "O(log n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Requests or replicas differ: it hands out turns, not work.",
    source: "Traefik 3.7.9, wrr, the default",
    evidence: Evidence::Source,
    build: |_| Box::new(Wrr::default()),
};

#[derive(Debug, Clone, Default)]
struct Wrr {
    edf: Edf,
}

impl Algorithm for Wrr {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        self.edf.update(pool.layout, pool.members, pool, |members| shuffle(members, rng));
        route(self.edf.next(pool, |_| 1.0))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        self.edf.explain(pool)
    }
}
