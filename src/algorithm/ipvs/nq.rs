//! `ipvs.nq`: never queue.

use super::sooner;
use crate::algorithm::candidates::{explained, first_least, open, per_weight, route};
use crate::algorithm::words::rule;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "ipvs.nq",
    label: "IPVS nq",
    rule: Text::new(
        "The first idle server of the list; without one, the one with the fewest connections for its \
         weight, the new one counted.",
        "Der erste untätige Server der Liste; ohne einen solchen der mit den wenigsten Verbindungen für \
         sein Gewicht, die neue mitgezählt.",
        "Le premier serveur inactif de la liste ; sinon celui qui a le moins de connexions pour son \
         poids, la nouvelle comprise.",
    ),
    formula: "the first with n = 0, else min (active + 1) / w; the first of equals",
    complexity: "O(n)",
    knowledge: Knowledge::LocalCounts,
    weighted: false,
    even: false,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "At low load everything goes to the first server of the list, which wins all ties. One decision \
          is a connection, not a request.",
    source: "Linux 6.18, net/netfilter/ipvs, nq",
    evidence: Evidence::Source,
    build: |_| Box::new(Nq),
};

#[derive(Debug, Clone)]
struct Nq;

impl Algorithm for Nq {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        route(
            open(pool)
                .find(|&member| pool.load(member) == 0)
                .or_else(|| first_least(pool, |a, b| sooner(pool, a, b))),
        )
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained(pool, rule::first_idle(), |member| {
            let (n, w) = (pool.load(member), pool.weight_of(member));
            let value = per_weight(n + 1, w);
            (value, format!("({n} + 1) / {w} = {value:.2}"))
        })
    }
}
