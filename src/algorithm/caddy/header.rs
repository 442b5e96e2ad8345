//! `caddy.header`: a header decides.

use super::rendezvous;
use crate::algorithm::candidates::{any, explained_as_equal, route};
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::rng::Stream;
use crate::units::SimTime;

/// The hash's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.header",
    label: "Caddy header",
    rule: "A header of the request chooses the replica; without it, any.",
    formula: "max FNV-1a(header, address of i); the first of equals",
    complexity: "O(n)",
    knowledge: Knowledge::Blind,
    weighted: false,
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
        rng: &mut Stream,
    ) -> Decision {
        route(match request.user {
            Some(key) if !key.is_empty() => rendezvous::choose(key.as_bytes(), pool),
            _ => any(pool, rng),
        })
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        match request.user {
            Some(key) if !key.is_empty() => rendezvous::explain(key.as_bytes(), pool),
            _ => explained_as_equal(pool, "Without the header one is drawn, each as likely."),
        }
    }
}
