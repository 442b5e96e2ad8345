//! Round robin as nginx does it: smooth weighted.

use super::candidates::{Equal, route};
use super::pick::Turns;
use super::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Score, Spec};
use crate::algorithm::words::rule;
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Round robin's definition.
pub static SPEC: Spec = Spec {
    name: "round_robin",
    label: "Round robin",
    rule: Text::new(
        "One after the other, heavier replicas more often and spread out.",
        "Eine nach der anderen, schwerere Repliken öfter und verteilt.",
        "L’une après l’autre, les répliques plus lourdes plus souvent et réparties.",
    ),
    formula: "c_i += w_i for all; the largest c wins (first among equals); c_win −= Σ w",
    complexity: "O(n); O(1) with equal weights",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Requests or replicas differ: it hands out turns, not work.",
    source: "nginx 1.31, smooth weighted round robin",
    evidence: Evidence::Definition,
    build: |_| Box::new(RoundRobin::default()),
};

#[derive(Debug, Clone, Default)]
struct RoundRobin {
    turns: Turns,
    equal: Equal,
}

impl Algorithm for RoundRobin {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        let everybody = pool.eligible.len() == pool.weight.len();
        route(match self.equal.weight(pool).filter(|_| everybody) {
            Some(weight) => self.among_equals(pool.in_flight, weight, rng),
            None => self.turns.next(pool.eligible, pool.weight),
        })
    }

    fn is_blind(&self) -> bool {
        true
    }

    fn among_equals(&mut self, loads: &[u32], weight: u32, _: &mut Stream) -> Option<u32> {
        self.turns.next_of_equals(loads.len() as u32, weight)
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let score = |&member: &u32| {
            let (value, weight) = (self.turns.peek(member, pool.weight), pool.weight[member as usize]);
            Score {
                member,
                value: value as f64,
                filled: format!("{} + {weight} = {value}", value - i64::from(weight)).into(),
            }
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because: rule::largest_first() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    fn picks(weight: &[u32], n: usize) -> String {
        let (eligible, in_flight): (Vec<u32>, Vec<u32>) = (0..weight.len() as u32).map(|m| (m, 0)).unzip();
        let pool = PoolView::plain(&eligible, &in_flight, weight);
        let mut stream = Stream::new(1, Purpose::Algorithm, 0);
        let mut algorithm = RoundRobin::default();
        let mut letter = || match algorithm.decide(SimTime::ZERO, &RequestView::default(), &pool, &mut stream)
        {
            Decision::Route(m) => char::from(b'a' + m as u8),
            _ => '-',
        };
        (0..n).map(|_| letter()).collect()
    }

    /// Orders seen on nginx 1.22.1.
    #[test]
    fn order_of_nginx() {
        assert_eq!(picks(&[5, 1, 1], 14), "aabacaaaabacaa");
        assert_eq!(picks(&[3, 2, 1], 6), "abacba");
        assert_eq!(picks(&[1, 1, 1], 4), "abca");
        assert_eq!(picks(&[0, 1], 3), "bbb");
        assert_eq!(picks(&[0], 1), "-");
    }
}
