//! `ipvs.wlc`: the fewest connections for the weight; the default.

use crate::algorithm::candidates::{explained, first_least, per_weight, route};
use crate::algorithm::words::rule;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "ipvs.wlc",
    label: "IPVS wlc",
    rule: Text::new(
        "The server with the fewest connections for its weight, the first of the list among equals.",
        "Der Server mit den wenigsten Verbindungen für sein Gewicht, bei Gleichstand der erste der Liste.",
        "Le serveur qui a le moins de connexions pour son poids, le premier de la liste à égalité.",
    ),
    formula: "min (256 · active + inactive) / w; the first of equals (no inactive connections here)",
    complexity: "O(n)",
    knowledge: Knowledge::LocalCounts,
    weighted: false,
    even: false,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "At low load everything goes to the first server of the list, which wins all ties. One decision \
          is a connection, not a request.",
    source: "Linux 6.18, net/netfilter/ipvs, wlc",
    evidence: Evidence::Source,
    build: |_| Box::new(Wlc),
};

#[derive(Debug, Clone)]
struct Wlc;

impl Algorithm for Wlc {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        route(first_least(pool, |a, b| pool.is_lighter(a, b)))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained(pool, rule::smallest_first(), |member| {
            let (n, w) = (pool.load(member), pool.weight_of(member));
            let value = 256.0 * per_weight(n, w);
            (value, format!("256 · {n} / {w} = {value:.1}"))
        })
    }
}
