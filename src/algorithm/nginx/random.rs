//! `nginx.random`: a draw by weight.

use super::memo::{Memo, TRIES};
use super::ranges::Ranges;
use super::smooth::Smooth;
use crate::algorithm::words::rule;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, PoolView, RequestView, Score, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Random's definition.
pub static SPEC: Spec = Spec {
    name: "nginx.random",
    label: "nginx random",
    rule: Text::new(
        "A draw by weight among all replicas; one that can't be asked is drawn again, and after 20 of \
         these it is round robin.",
        "Ein Los nach Gewicht unter allen Repliken; eine, die nicht gefragt werden kann, wird neu \
         gezogen, und nach 20 davon geht es reihum.",
        "Un tirage selon le poids parmi toutes les répliques ; si elle ne peut être sollicitée, on tire \
         de nouveau, et après 20 fois c’est à tour de rôle.",
    ),
    formula: "P(i) = w_i / Σ w, again while i can't be asked; after 20 misses nginx.round_robin",
    complexity: "O(log n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: true,
    keyed: false,
    random: true,
    params: &[],
    fails_when: "Chance alone puts long queues on some replicas while others idle.",
    source: "nginx 1.22.1 and 1.31, random",
    evidence: Evidence::Recorded,
    build: |_| Box::new(Random::default()),
};

#[derive(Debug, Clone, Default)]
struct Random {
    ranges: Ranges,
    smooth: Smooth,
}

impl Random {
    fn pick(&mut self, request: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Option<u32> {
        let total = self.ranges.total(pool);
        if total == 0 || pool.members.len() < 2 {
            return None;
        }
        let mut memo = Memo::load(&request.memo, || 0);
        while memo.tries <= TRIES {
            let member = self.ranges.member(rng.below_long(total), pool);
            if pool.is_eligible(member) {
                return Some(member);
            }
            memo.gives_up();
            memo.store(&request.memo);
        }
        None
    }
}

impl Algorithm for Random {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        rng: &mut Stream,
    ) -> Decision {
        let drawn = self.pick(request, pool, rng);
        drawn.or_else(|| self.smooth.next(pool.eligible, pool)).map_or(Decision::Reject, Decision::Route)
    }

    fn learn(&mut self, _: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        self.smooth.learn(feedback, pool);
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let total: u64 = pool.members.iter().map(|&member| u64::from(pool.weight_of(member))).sum();
        let score = |&member: &u32| {
            let weight = pool.weight_of(member);
            let value = f64::from(weight) / total.max(1) as f64;
            Score { member, value, filled: format!("{weight} / {total} = {value:.3}").into() }
        };
        Explanation { scores: pool.members.iter().map(score).collect(), because: rule::drawn_again() }
    }
}
