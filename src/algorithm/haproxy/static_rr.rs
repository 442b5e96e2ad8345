//! `haproxy.static-rr`: turns from a table made beforehand.

use super::map::Map;
use crate::algorithm::words::{rule, score};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Score, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Static round robin's definition.
pub static SPEC: Spec = Spec {
    name: "haproxy.static-rr",
    label: "HAProxy static round robin",
    rule: Text::new(
        "Walks round a table in which each replica is as often as its weight says; full ones are passed \
         over.",
        "Geht rund um eine Tabelle, in der jede Replik so oft steht, wie ihr Gewicht sagt; volle werden \
         übergangen.",
        "Tourne dans une table où chaque réplique figure autant que le dit son poids ; les pleines sont \
         sautées.",
    ),
    formula: "table of Σ w / gcd slots: c_i += w_i for all, the largest ⌊(c + Σ w) / Σ w⌋ gets the slot, c_win −= Σ w",
    complexity: "O(1), O(Σ w · n) when a replica comes or goes",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Weights are to change while it runs: it does not see that. Requests or replicas differ.",
    source: "HAProxy 2.6.12, balance static-rr",
    evidence: Evidence::Recorded,
    build: |_| Box::new(StaticRr::default()),
};

#[derive(Debug, Clone, Default)]
struct StaticRr {
    map: Map,
    next: usize,
}

impl Algorithm for StaticRr {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        self.map.update(pool);
        let slots = &self.map.slots;
        for step in 0..slots.len() {
            let place = (self.next + step) % slots.len();
            if pool.is_eligible(slots[place]) {
                self.next = (place + 1) % slots.len();
                return Decision::Route(slots[place]);
            }
        }
        Decision::Reject
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let slots = &self.map.slots;
        let n = slots.len();
        let score = |&member: &u32| {
            let steps = (0..n).find(|step| slots[(self.next + step) % n] == member);
            let steps = steps.unwrap_or(n);
            Score { member, value: steps as f64, filled: score::slots_ahead(&steps, &n) }
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because: rule::next_slot() }
    }
}
