//! `nginx.random_two`: two draws by weight, the less loaded of them.

use super::memo::{Memo, TRIES};
use super::ranges::Ranges;
use super::smooth::Smooth;
use crate::algorithm::words::{rule, score};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, PoolView, RequestView, Score, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Random two's definition.
pub static SPEC: Spec = Spec {
    name: "nginx.random_two",
    label: "nginx random two least_conn",
    rule: Text::new(
        "Two different replicas are drawn by weight; the one with fewer requests in flight for its \
         weight, the second of equals.",
        "Zwei verschiedene Repliken werden nach Gewicht gezogen; die mit weniger Anfragen unterwegs für \
         ihr Gewicht, bei Gleichstand die zweite.",
        "Deux répliques différentes sont tirées selon le poids ; celle qui a le moins de requêtes en \
         cours pour son poids, la seconde à égalité.",
    ),
    formula: "min n_i / w_i of two distinct draws with P(i) = w_i / Σ w; ties: the second; after 20 misses \
              nginx.round_robin",
    complexity: "O(log n)",
    knowledge: Knowledge::LocalCounts,
    weighted: true,
    even: false,
    keyed: false,
    random: true,
    params: &[],
    fails_when: "Few replicas: a full look at all of them costs no more and chooses better. Idle, heavy replicas get less \
                 than their weight.",
    source: "nginx 1.22.1 and 1.31, random two least_conn",
    evidence: Evidence::Recorded,
    build: |_| Box::new(RandomTwo::default()),
};

#[derive(Debug, Clone, Default)]
struct RandomTwo {
    ranges: Ranges,
    smooth: Smooth,
}

impl RandomTwo {
    fn pick(&mut self, request: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Option<u32> {
        let total = self.ranges.total(pool);
        if total == 0 || pool.members.len() < 2 {
            return None;
        }
        let mut memo = Memo::load(&request.memo, || 0);
        let mut first = None;
        while memo.tries <= TRIES {
            let member = self.ranges.member(rng.below_long(total), pool);
            match first {
                _ if !pool.is_eligible(member) => {}
                Some(first) if first == member => {}
                Some(first) => return Some(if pool.is_lighter(first, member) { first } else { member }),
                // The first draw, too, is taken from the 20.
                None => first = Some(member),
            }
            memo.gives_up();
            memo.store(&request.memo);
        }
        None
    }
}

impl Algorithm for RandomTwo {
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
            let (n, w) = (pool.load(member), pool.weight_of(member));
            if w == 0 {
                return Score::never(member);
            }
            let value = f64::from(n) / f64::from(w);
            Score { member, value, filled: score::chance(&format!("{n} / {w} = {value:.2}"), &w, &total) }
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because: rule::two_different() }
    }
}
