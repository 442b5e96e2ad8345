//! `weighted_least_connections`: the fewest in flight for the weight, by lot or the first of equals.

use crate::algorithm::candidates::{explained, first_least, open, per_weight, route};
use crate::algorithm::words::rule;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, ParamSpec, PoolView, RequestView, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "weighted_least_connections",
    label: "Weighted least connections",
    rule: Text::new(
        "The replica with the fewest requests in flight for its weight; among equals a lot by weight, or \
         the first.",
        "Die Replik mit den wenigsten Anfragen unterwegs für ihr Gewicht; bei Gleichstand ein Los nach \
         Gewicht, oder die erste.",
        "La réplique qui a le moins de requêtes en cours pour son poids ; à égalité, un tirage selon le \
         poids, ou la première.",
    ),
    formula: "min n_i / w_i; ties: P(i) = w_i / Σ w of the tied, or the first",
    complexity: "O(n)",
    knowledge: Knowledge::LocalCounts,
    weighted: true,
    even: true,
    keyed: false,
    random: true,
    params: &[ParamSpec {
        name: "first_of_equals",
        doc: Text::new(
            "1: the first of equals wins; 0: a lot by weight.",
            "1: Bei Gleichstand gewinnt die erste; 0: das Los nach Gewicht.",
            "1 : à égalité, la première gagne ; 0 : le sort selon les poids.",
        ),
        unit: "",
        min: 0.0,
        max: 1.0,
        default: 0.0,
        whole: true,
    }],
    fails_when: "A replica that fails fast always has the fewest in flight and draws all traffic; each balancer \
          counts only its own.",
    source: "Mitzenmacher, The Power of Two Choices, 2001 (d = n)",
    evidence: Evidence::Definition,
    build: |params| Box::new(WeightedLeastConnections { first: params.get("first_of_equals") > 0.0 }),
};

#[derive(Debug, Clone)]
struct WeightedLeastConnections {
    first: bool,
}

impl Algorithm for WeightedLeastConnections {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        if self.first {
            return route(first_least(pool, |a, b| pool.is_lighter(a, b)));
        }
        let mut best: Option<(u32, u64)> = None;
        for member in open(pool) {
            let weight = u64::from(pool.weight_of(member));
            best = match best {
                Some((least, _)) if pool.is_lighter(member, least) => Some((member, weight)),
                Some((least, tied)) if pool.is_lighter(least, member) => Some((least, tied)),
                // Of all tied so far, this one wins with its share of their weights.
                Some((least, tied)) if rng.below_long(tied + weight) < tied => Some((least, tied + weight)),
                Some((_, tied)) => Some((member, tied + weight)),
                None => Some((member, weight)),
            };
        }
        route(best.map(|(member, _)| member))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let because = if self.first { rule::smallest_first() } else { rule::smallest_lots_by_weight() };
        explained(pool, because, |member| {
            let (n, w) = (pool.load(member), pool.weight_of(member));
            let value = per_weight(n, w);
            (value, format!("{n} / {w} = {value:.2}"))
        })
    }
}
