//! `nginx.least_conn`: the fewest in flight for the weight; among equals, their turn.

use super::smooth::Smooth;
use crate::algorithm::candidates::{Equal, lightest};
use crate::algorithm::words::{rule, score};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, PoolView, RequestView, Score, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Least connections' definition.
pub static SPEC: Spec = Spec {
    name: "nginx.least_conn",
    label: "nginx least_conn",
    rule: Text::new(
        "The replica with the fewest requests in flight for its weight; among equals, nginx's round robin.",
        "Die Replik mit den wenigsten Anfragen unterwegs für ihr Gewicht; bei Gleichstand das Round \
         Robin von nginx.",
        "La réplique qui a le moins de requêtes en cours pour son poids ; à égalité, le round robin de \
         nginx.",
    ),
    formula: "min n_i / w_i; ties: nginx.round_robin among the tied only",
    complexity: "O(n)",
    knowledge: Knowledge::LocalCounts,
    weighted: true,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "A replica that fails fast always has the fewest in flight and draws all traffic; each worker without \
                 `zone` counts only its own.",
    source: "nginx 1.22.1 and 1.31, least_conn",
    evidence: Evidence::Recorded,
    build: |_| Box::new(LeastConn::default()),
};

#[derive(Debug, Clone, Default)]
struct LeastConn {
    smooth: Smooth,
    equal: Equal,
    tied: Vec<u32>,
}

impl Algorithm for LeastConn {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        let equal = self.equal.weight(pool).is_some();
        lightest(pool, equal, &mut self.tied);
        match *self.tied {
            // Without a tie there is no turn, and no effective weight recovers.
            [only] => Decision::Route(only),
            _ => self.smooth.next(self.tied[..].into(), pool).map_or(Decision::Reject, Decision::Route),
        }
    }

    fn learn(&mut self, _: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        self.smooth.learn(feedback, pool);
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let score = |&member: &u32| {
            let (n, w) = (pool.load(member), pool.weight_of(member));
            if w == 0 {
                return Score::never(member);
            }
            let value = f64::from(n) / f64::from(w);
            let turn = self.smooth.score(member, pool).filled;
            Score { member, value, filled: score::turn(&format!("{n} / {w} = {value:.2}"), turn) }
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because: rule::smallest_turn() }
    }
}
