//! `rendezvous`: every replica bids for the key, the highest bid wins.

use crate::algorithm::bids::{self, Bids};
use crate::algorithm::candidates::route;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "rendezvous",
    label: "Rendezvous hashing",
    rule: Text::new(
        "Each replica and the key together give a random number; the largest for the weight wins, so \
         that only keys of a replica that goes move.",
        "Jede Replik und der Schlüssel ergeben zusammen eine Zufallszahl; die größte für das Gewicht \
         gewinnt, also ziehen nur Schlüssel einer Replik um, die geht.",
        "Chaque réplique et la clé donnent ensemble un nombre aléatoire ; le plus grand pour le poids \
         gagne : seules les clés d’une réplique qui part changent.",
    ),
    formula: "max −w_i / ln u_i, u_i = hash(key, i) in (0, 1)",
    complexity: "O(n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "A key is much in demand: all who have it go to one replica.",
    source: "Thaler and Ravishankar, Using Name-Based Mappings to Increase Hit Rates, 1998; weights: \
          Schindelhauer and Schomaker, 2005",
    evidence: Evidence::Definition,
    build: |_| Box::new(Rendezvous::default()),
};

#[derive(Debug, Clone, Default)]
struct Rendezvous {
    bids: Bids,
}

impl Algorithm for Rendezvous {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        route(self.bids.choose(request.with_key(bids::key), pool))
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        self.bids.explain(request.with_key(bids::key), pool)
    }
}
