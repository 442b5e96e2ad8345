//! Least connections: the fewest requests in flight for the weight; among equals, in turn.

use super::candidates::{Equal, lightest, route};
use super::pick::Turns;
use super::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Score, Spec};
use crate::algorithm::words::rule;
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Least connections' definition.
pub static SPEC: Spec = Spec {
    name: "least_connections",
    label: "Least connections",
    rule: Text::new(
        "The replica with the fewest requests in flight for its weight; among equals, in turn.",
        "Die Replik mit den wenigsten Anfragen unterwegs für ihr Gewicht; bei Gleichstand der Reihe nach.",
        "La réplique qui a le moins de requêtes en cours pour son poids ; à égalité, à tour de rôle.",
    ),
    formula: "min n_i / w_i; ties by smooth weighted round robin among the tied",
    complexity: "O(n)",
    knowledge: Knowledge::LocalCounts,
    weighted: true,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "A replica that fails fast always has the fewest in flight and draws all traffic; each balancer \
                 counts only its own.",
    source: "nginx 1.31, least_conn",
    evidence: Evidence::Definition,
    build: |_| Box::new(LeastConnections::default()),
};

#[derive(Debug, Clone, Default)]
struct LeastConnections {
    turns: Turns,
    equal: Equal,
    tied: Vec<u32>,
}

impl Algorithm for LeastConnections {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        let everybody = pool.eligible.len() == pool.in_flight.len();
        if let Some(weight) = self.equal.weight(pool).filter(|_| everybody) {
            return route(self.among_equals(pool.in_flight, weight, rng));
        }
        lightest(pool, false, &mut self.tied);
        match *self.tied {
            [] => Decision::Reject,
            [only] => Decision::Route(only),
            _ => self.turns.next(self.tied[..].into(), pool.weight).map_or(Decision::Reject, Decision::Route),
        }
    }

    fn is_blind(&self) -> bool {
        true
    }

    fn among_equals(&mut self, loads: &[u32], weight: u32, _: &mut Stream) -> Option<u32> {
        self.turns.next_of_least(loads, weight)
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let score = |&member: &u32| {
            let (n, w) = (pool.in_flight[member as usize], pool.weight[member as usize]);
            if w == 0 {
                return Score::never(member);
            }
            let value = f64::from(n) / f64::from(w);
            Score { member, value, filled: format!("{n} / {w} = {value:.2}").into() }
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because: rule::smallest_turns() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    fn decide(algorithm: &mut LeastConnections, in_flight: &[u32], weight: &[u32]) -> Decision {
        let eligible: Vec<u32> = (0..weight.len() as u32).collect();
        let pool = PoolView::plain(&eligible, in_flight, weight);
        algorithm.decide(
            SimTime::ZERO,
            &RequestView::default(),
            &pool,
            &mut Stream::new(1, Purpose::Algorithm, 0),
        )
    }

    #[test]
    fn the_fewest_for_the_weight_and_turns_among_equals() {
        let mut algorithm = LeastConnections::default();
        // 3 / 2 = 1.5 is less than 2 / 1 = 2.
        assert_eq!(decide(&mut algorithm, &[2, 3], &[1, 2]), Decision::Route(1));
        // Idle: smooth weighted round robin, as nginx 1.22.1 was seen to do with weights 3, 2, 1.
        let picks: Vec<_> = (0..6).map(|_| decide(&mut algorithm, &[0, 0, 0], &[3, 2, 1])).collect();
        assert_eq!(picks, [0, 1, 0, 2, 1, 0].map(Decision::Route));
        assert_eq!(decide(&mut algorithm, &[0], &[0]), Decision::Reject);
    }
}
