//! `nginx.round_robin`: smooth weighted round robin whose weights suffer from failures.

use super::smooth::Smooth;
use crate::algorithm::words::rule;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, PoolView, RequestView, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Round robin's definition.
pub static SPEC: Spec = Spec {
    name: "nginx.round_robin",
    label: "nginx round robin",
    rule: Text::new(
        "One after the other, heavier replicas more often and spread out; a failure lowers a weight for \
         a while.",
        "Eine nach der anderen, schwerere Repliken öfter und verteilt; ein Fehler senkt ein Gewicht für \
         eine Weile.",
        "L’une après l’autre, les répliques plus lourdes plus souvent et réparties ; un échec baisse un \
         poids pour un temps.",
    ),
    formula: "c_i += e_i for all; the largest c wins (first among equals); c_win −= Σ e; failure: e −= ⌊w / max_fails⌋, \
              then +1 per turn up to w",
    complexity: "O(n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Requests or replicas differ: it hands out turns, not work.",
    source: "nginx 1.22.1 and 1.31, default method of an upstream",
    evidence: Evidence::Recorded,
    build: |_| Box::new(RoundRobin::default()),
};

#[derive(Debug, Clone, Default)]
struct RoundRobin {
    smooth: Smooth,
}

impl Algorithm for RoundRobin {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        self.smooth.next(pool.eligible, pool).map_or(Decision::Reject, Decision::Route)
    }

    fn learn(&mut self, _: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        self.smooth.learn(feedback, pool);
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        Explanation {
            scores: pool.eligible.iter().map(|&member| self.smooth.score(member, pool)).collect(),
            because: rule::largest_first(),
        }
    }
}
