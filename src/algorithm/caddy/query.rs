//! `caddy.query`: a parameter of the query decides.

use super::rendezvous::{self, by_user};
use crate::algorithm::candidates::route;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// The hash's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.query",
    label: "Caddy query",
    rule: Text::new(
        "A parameter of the query chooses the replica; here the number of the client stands in for a \
         missing one.",
        "Ein Parameter der Anfrage wählt die Replik; fehlt er, steht hier die Nummer des Clients für ihn.",
        "Un paramètre de la requête choisit la réplique ; ici le numéro du client en tient lieu s’il \
         manque.",
    ),
    formula: "max FNV-1a(parameter, address of i); the first of equals",
    complexity: "O(n)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: false,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "Most requests lack the parameter, or share its value.",
    source: "Caddy 2.7, query, with the hash of 2.6 (later versions hash with xxHash: same rule, other picks)",
    evidence: Evidence::Source,
    build: |_| Box::new(Query),
};

#[derive(Debug, Clone)]
struct Query;

impl Algorithm for Query {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        route(by_user(request).with_key(|key| rendezvous::choose(key, pool)))
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        by_user(request).with_key(|key| rendezvous::explain(key, pool))
    }
}
