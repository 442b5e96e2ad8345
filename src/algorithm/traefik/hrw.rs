//! `traefik.hrw`: every server bids for the client, the highest bid wins.

use crate::algorithm::bids::{self, Bids};
use crate::algorithm::candidates::route;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "traefik.hrw",
    label: "Traefik hrw",
    rule: Text::new(
        "Each server and the client's address together give a random number; the largest for the weight \
         wins, so that only clients of a server that goes move.",
        "Jeder Server und die Adresse des Clients ergeben zusammen eine Zufallszahl; die größte für das \
         Gewicht gewinnt, also ziehen nur Clients eines Servers um, der geht.",
        "Chaque serveur et l’adresse du client donnent ensemble un nombre aléatoire ; le plus grand pour \
         le poids gagne : seuls les clients d’un serveur qui part changent.",
    ),
    formula: "max −w_i / ln u_i, u_i = hash(client address, i) in (0, 1)",
    complexity: "O(n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "Many clients share an address: all of them go to one server.",
    source: "Traefik 3.7.9, hrw (since 3.6); the hash function here is xxHash: same rule, other picks",
    evidence: Evidence::Source,
    build: |_| Box::new(Hrw::default()),
};

#[derive(Debug, Clone, Default)]
struct Hrw {
    bids: Bids,
}

impl Algorithm for Hrw {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        route(self.bids.choose(request.with_address(bids::key), pool))
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        self.bids.explain(request.with_address(bids::key), pool)
    }
}
