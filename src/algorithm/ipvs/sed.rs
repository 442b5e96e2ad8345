//! `ipvs.sed`: the shortest expected delay.

use crate::algorithm::candidates::{explained, first_least, per_weight, route};
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "ipvs.sed",
    label: "IPVS sed",
    rule: "The server with the fewest connections for its weight, the new one counted; the first of the list \
          among equals.",
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
        explained(pool, "The smallest score wins, the first of equals.", |member| {
            let (n, w) = (pool.load(member), pool.weight_of(member));
            let value = per_weight(n + 1, w);
            (value, format!("({n} + 1) / {w} = {value:.2}"))
        })
    }
}

/// Whether a would be less loaded for its weight with one more: (n_a + 1) · w_b < (n_b + 1) · w_a.
fn sooner(pool: &PoolView<'_>, a: u32, b: u32) -> bool {
    let side = |n: u32, w: u32| (u64::from(pool.load(n)) + 1) * u64::from(pool.weight_of(w));
    side(a, b) < side(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    /// Worked out by hand; the first of equals.
    #[test]
    fn choices() {
        let mut stream = Stream::new(1, Purpose::Algorithm, 0);
        for (load, expected) in [([0, 0, 0], 2), ([0, 0, 1], 1), ([0, 1, 2], 0)] {
            let pool = PoolView::plain(&[0, 1, 2], &load, &[1, 2, 3]);
            let decision = (SPEC.build)(&SPEC.params(&[]).unwrap()).decide(
                SimTime::ZERO,
                &RequestView::default(),
                &pool,
                &mut stream,
            );
            assert_eq!(decision, Decision::Route(expected), "{load:?}");
        }
    }
}
