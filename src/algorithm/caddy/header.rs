//! `caddy.header`: a header decides.

use super::rendezvous::{self, by_user};
use crate::algorithm::candidates::route;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// The hash's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.header",
    label: "Caddy header",
    rule: Text::new(
        "A header of the request chooses the replica; here the number of the client stands in for a \
         missing one.",
        "Ein Header der Anfrage wählt die Replik; fehlt er, steht hier die Nummer des Clients für ihn.",
        "Un en-tête de la requête choisit la réplique ; ici le numéro du client en tient lieu s’il manque.",
    ),
    formula: "max FNV-1a(header, address of i); the first of equals",
    complexity: "O(n)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: false,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "Most requests lack the header, or share its value.",
    source: "Caddy 2.6.2, header (later versions hash with xxHash: same rule, other picks)",
    evidence: Evidence::Recorded,
    build: |_| Box::new(Header),
};

#[derive(Debug, Clone)]
struct Header;

impl Algorithm for Header {
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
