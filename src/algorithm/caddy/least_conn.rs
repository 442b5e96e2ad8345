//! `caddy.least_conn`: the fewest requests, by lot among equals.

use crate::algorithm::candidates::{explained_by_load, least, route};
use crate::algorithm::words::rule;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Least connections' definition.
pub static SPEC: Spec = Spec {
    name: "caddy.least_conn",
    label: "Caddy least_conn",
    rule: Text::new(
        "The replica with the fewest requests in flight; among equals, any, all alike.",
        "Die Replik mit den wenigsten Anfragen unterwegs; bei Gleichstand irgendeine, alle gleich.",
        "La réplique qui a le moins de requêtes en cours ; à égalité, n’importe laquelle.",
    ),
    formula: "min n_i; ties uniformly at random",
    complexity: "O(n)",
    knowledge: Knowledge::LocalCounts,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[],
    fails_when: "A replica that fails fast always has the fewest in flight and draws all traffic; each balancer counts \
                 only its own.",
    source: "Caddy 2.6.2, least_conn",
    evidence: Evidence::Recorded,
    build: |_| Box::new(LeastConn),
};

#[derive(Debug, Clone)]
struct LeastConn;

impl Algorithm for LeastConn {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        route(least(pool, rng, |a, b| pool.load(a) < pool.load(b)))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained_by_load(pool, rule::smallest_lots())
    }
}
