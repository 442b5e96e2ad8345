//! `caddy.uri_hash`: path and query decide.

use super::rendezvous;
use crate::algorithm::candidates::route;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// The hash's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.uri_hash",
    label: "Caddy uri_hash",
    rule: Text::new(
        "Path and query choose the replica; when replicas come or go, only their own addresses move.",
        "Pfad und Parameter wählen die Replik; kommen oder gehen Repliken, ziehen nur ihre eigenen \
         Adressen um.",
        "Le chemin et les paramètres choisissent la réplique ; quand des répliques arrivent ou partent, \
         seules leurs adresses changent.",
    ),
    formula: "max FNV-1a(path and query, address of i); the first of equals",
    complexity: "O(n)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: false,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "One page is much in demand: all its visitors go to one replica.",
    source: "Caddy 2.6.2, uri_hash (later versions hash with xxHash: same rule, other picks)",
    evidence: Evidence::Recorded,
    build: |_| Box::new(UriHash),
};

#[derive(Debug, Clone)]
struct UriHash;

impl Algorithm for UriHash {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        route(rendezvous::choose(request.uri.as_bytes(), pool))
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        rendezvous::explain(request.uri.as_bytes(), pool)
    }
}
