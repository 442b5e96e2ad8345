//! `caddy.random`: Caddy's default.

use crate::algorithm::candidates::{any, explained_as_equal, route};
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::rng::Stream;
use crate::units::SimTime;

/// Random's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.random",
    label: "Caddy random",
    rule: "Any replica that can be asked, all alike.",
    formula: "P(i) = 1 / n",
    complexity: "O(1)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[],
    fails_when: "Chance alone puts long queues on some replicas while others idle.",
    source: "Caddy 2.6.2, random, the default",
    evidence: Evidence::Recorded,
    build: |_| Box::new(Random),
};

#[derive(Debug, Clone)]
struct Random;

impl Algorithm for Random {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        route(any(pool, rng))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained_as_equal(pool, "One is drawn, each as likely.")
    }
}
