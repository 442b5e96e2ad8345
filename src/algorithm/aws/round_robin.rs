//! `aws.round_robin`: turns.

use crate::algorithm::candidates::{explained, route};
use crate::algorithm::words::rule;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "aws.round_robin",
    label: "AWS ALB round robin",
    rule: Text::new(
        "One healthy target after the other; weights of targets are unknown to it.",
        "Ein gesundes Ziel nach dem anderen; Gewichte der Ziele kennt es nicht.",
        "Une cible saine après l’autre ; il ne connaît pas le poids des cibles.",
    ),
    formula: "k += 1; place k mod n of the healthy targets",
    complexity: "O(1)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Requests or replicas differ: it hands out turns, not work. Each node of the balancer takes its \
          own turns.",
    source: "AWS Application Load Balancer, documentation of 2026, round_robin, the default",
    evidence: Evidence::Documented,
    build: |_| Box::new(RoundRobin::default()),
};

#[derive(Debug, Clone, Default)]
struct RoundRobin {
    counter: u32,
}

impl Algorithm for RoundRobin {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        let turn = pool.usable.iter().find_map(|_| {
            let member = pool.usable[self.counter as usize % pool.usable.len()];
            self.counter = self.counter.wrapping_add(1);
            (pool.is_eligible(member) && pool.weight_of(member) > 0).then_some(member)
        });
        route(turn)
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let n = pool.usable.len().max(1);
        let next = self.counter as usize % n;
        explained(pool, rule::fewest_steps(), |member| {
            let place = pool.usable.binary_search(&member).unwrap_or(0);
            let steps = (place + n - next) % n;
            (steps as f64, format!("({place} − {next}) mod {n} = {steps}"))
        })
    }
}
