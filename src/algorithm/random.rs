//! Random: each eligible replica with probability in proportion to its weight.

use super::candidates::{Equal, route};
use super::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Score, Spec, pick,
};
use crate::algorithm::words::rule;
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Random's definition.
pub static SPEC: Spec = Spec {
    name: "random",
    label: "Random",
    rule: Text::new(
        "Any eligible replica, in proportion to its weight.",
        "Irgendeine wählbare Replik, im Verhältnis ihres Gewichts.",
        "N’importe quelle réplique éligible, en proportion de son poids.",
    ),
    formula: "P(i) = w_i / Σ w",
    complexity: "O(n); O(1) with equal weights",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: true,
    keyed: false,
    random: true,
    params: &[],
    fails_when: "Chance alone puts long queues on some replicas while others idle.",
    source: "Mitzenmacher, The Power of Two Choices, 2001 (d = 1)",
    evidence: Evidence::Definition,
    build: |_| Box::new(Random::default()),
};

#[derive(Debug, Clone, Default)]
struct Random {
    equal: Equal,
}

impl Algorithm for Random {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        if self.equal.weight(pool).is_some() && !pool.eligible.is_empty() {
            return Decision::Route(pool.eligible[rng.below(pool.eligible.len() as u32) as usize]);
        }
        route(pick::weighted(pool, rng))
    }

    fn is_blind(&self) -> bool {
        true
    }

    fn among_equals(&mut self, loads: &[u32], _: u32, rng: &mut Stream) -> Option<u32> {
        Some(rng.below(loads.len() as u32))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let total: u32 = pool.eligible.iter().map(|&m| pool.weight[m as usize]).sum();
        let score = |&member: &u32| {
            let weight = pool.weight[member as usize];
            let value = f64::from(weight) / f64::from(total.max(1));
            Score { member, value, filled: format!("{weight} / {total} = {value:.3}").into() }
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because: rule::drawn() }
    }
}
