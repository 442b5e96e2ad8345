//! `ipvs.sed`: the shortest expected delay.

use super::sooner;
use crate::algorithm::candidates::{explained, first_least, per_weight, route};
use crate::algorithm::words::rule;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "ipvs.sed",
    label: "IPVS sed",
    rule: Text::new(
        "The server with the fewest connections for its weight, the new one counted; the first of the \
         list among equals.",
        "Der Server mit den wenigsten Verbindungen für sein Gewicht, die neue mitgezählt; bei \
         Gleichstand der erste der Liste.",
        "Le serveur qui a le moins de connexions pour son poids, la nouvelle comprise ; le premier de la \
         liste à égalité.",
    ),
    formula: "min (active + 1) / w; the first of equals",
    complexity: "O(n)",
    knowledge: Knowledge::LocalCounts,
    weighted: false,
    even: false,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Light servers stay idle until heavy ones have several connections. One decision is a \
          connection, not a request.",
    source: "Linux 6.18, net/netfilter/ipvs, sed",
    evidence: Evidence::Source,
    build: |_| Box::new(Sed),
};

#[derive(Debug, Clone)]
struct Sed;

impl Algorithm for Sed {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        route(first_least(pool, |a, b| sooner(pool, a, b)))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained(pool, rule::smallest_first(), |member| {
            let (n, w) = (pool.load(member), pool.weight_of(member));
            let value = per_weight(n + 1, w);
            (value, format!("({n} + 1) / {w} = {value:.2}"))
        })
    }
}
