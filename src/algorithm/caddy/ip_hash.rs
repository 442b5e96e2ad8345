//! `caddy.ip_hash`: the client's address decides.

use super::rendezvous;
use crate::algorithm::candidates::route;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// The hash's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.ip_hash",
    label: "Caddy ip_hash",
    rule: Text::new(
        "The client's address chooses the replica; when replicas come or go, only their own clients move.",
        "Die Adresse des Clients wählt die Replik; kommen oder gehen Repliken, ziehen nur ihre eigenen \
         Clients um.",
        "L’adresse du client choisit la réplique ; quand des répliques arrivent ou partent, seuls leurs \
         clients changent.",
    ),
    formula: "max FNV-1a(address of the client, address of i); the first of equals",
    complexity: "O(n)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: false,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "Clients share an address, as behind one NAT or another proxy: all of them go to one replica.",
    source: "Caddy 2.6.2, ip_hash (later versions hash with xxHash: same rule, other picks)",
    evidence: Evidence::Recorded,
    build: |_| Box::new(IpHash),
};

#[derive(Debug, Clone)]
struct IpHash;

impl Algorithm for IpHash {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        route(request.with_address(|key| rendezvous::choose(key, pool)))
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        request.with_address(|key| rendezvous::explain(key, pool))
    }
}
