//! `ipvs.lc`: the fewest connections.

use crate::algorithm::candidates::{explained, first_least, route};
use crate::algorithm::words::rule;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "ipvs.lc",
    label: "IPVS lc",
    rule: Text::new(
        "The server with the fewest connections, the first of the list among equals.",
        "Der Server mit den wenigsten Verbindungen, bei Gleichstand der erste der Liste.",
        "Le serveur qui a le moins de connexions, le premier de la liste à égalité.",
    ),
    formula: "min 256 · active + inactive; the first of equals (no inactive connections here)",
    complexity: "O(n)",
    knowledge: Knowledge::LocalCounts,
    weighted: false,
    even: false,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "At low load everything goes to the first server of the list, which wins all ties. One decision \
          is a connection, not a request.",
    source: "Linux 6.18, net/netfilter/ipvs, lc",
    evidence: Evidence::Source,
    build: |_| Box::new(Lc),
};

#[derive(Debug, Clone)]
struct Lc;

impl Algorithm for Lc {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        route(first_least(pool, |a, b| pool.load(a) < pool.load(b)))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained(pool, rule::smallest_first(), |member| {
            let n = pool.load(member);
            (256.0 * f64::from(n), format!("256 · {n}"))
        })
    }
}
