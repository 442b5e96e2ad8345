//! `caddy.weighted_round_robin`: turns in blocks.

use crate::algorithm::candidates::{Watch, explained, route};
use crate::algorithm::words::{rule, score};
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Weighted round robin's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.weighted_round_robin",
    label: "Caddy weighted_round_robin",
    rule: Text::new(
        "As many turns as the weight says, all of a replica's in a row; who can't be asked loses its \
         block.",
        "So oft dran, wie das Gewicht sagt, alle Züge einer Replik hintereinander; wer nicht gefragt \
         werden kann, verliert seinen Block.",
        "Autant de tours que le dit le poids, tous ceux d’une réplique à la suite ; celle qui ne peut \
         être sollicitée perd son bloc.",
    ),
    formula: "k += 1; the replica in whose stretch k mod Σ w falls; k starts at 0",
    complexity: "O(log n) while all can be asked, else O(n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Weights are large: a heavy replica gets a burst of them in a row.",
    source: "Caddy 2.11, weighted_round_robin (since 2.7)",
    evidence: Evidence::Source,
    build: |_| Box::new(WeightedRoundRobin::default()),
};

#[derive(Debug, Clone, Default)]
struct WeightedRoundRobin {
    counter: u64,
    watch: Watch,
    /// Ends of the members' stretches.
    ends: Vec<u64>,
}

impl WeightedRoundRobin {
    fn update(&mut self, pool: &PoolView<'_>) {
        if self.watch.is_new(pool.layout, pool.members, pool) {
            self.ends.clear();
            self.ends.extend(pool.members.iter().scan(0, |end, &member| {
                *end += u64::from(pool.weight_of(member));
                Some(*end)
            }));
        }
    }

    fn next(&mut self, pool: &PoolView<'_>) -> Option<u32> {
        self.update(pool);
        let total = self.ends.last().copied().filter(|&total| total > 0)?;
        self.counter = (self.counter + 1) % total;
        for _ in 0..=pool.members.len() {
            let place = self.ends.partition_point(|&end| end <= self.counter);
            if pool.is_eligible(pool.members[place]) {
                return Some(pool.members[place]);
            }
            // On to the next one's block.
            self.counter = self.ends[place] % total;
        }
        None
    }
}

impl Algorithm for WeightedRoundRobin {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        route(self.next(pool))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let total: u64 = pool.members.iter().map(|&member| u64::from(pool.weight_of(member))).sum();
        let next = (self.counter + 1) % total.max(1);
        explained(pool, rule::stretch(&next, &total), |m| {
            let before = pool.members.iter().take_while(|&&member| member < m);
            let start: u64 = before.map(|&member| u64::from(pool.weight_of(member))).sum();
            (start as f64, score::span(&start, &(start + u64::from(pool.weight_of(m)))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    /// The order that the source gives for weights 5, 1, 1: it begins in the middle of the first block.
    #[test]
    fn blocks() {
        let mut algorithm = WeightedRoundRobin::default();
        let mut stream = Stream::new(1, Purpose::Algorithm, 0);
        let mut pick = |eligible: &[u32]| {
            let pool = PoolView { members: &[0, 1, 2], ..PoolView::plain(eligible, &[0; 3], &[5, 1, 1]) };
            match algorithm.decide(SimTime::ZERO, &RequestView::default(), &pool, &mut stream) {
                Decision::Route(member) => char::from(b'a' + member as u8),
                _ => '-',
            }
        };
        let picks: String = (0..14).map(|_| pick(&[0, 1, 2])).collect();
        assert_eq!(picks, "aaaabcaaaaabca");
        assert_eq!((0..4).map(|_| pick(&[1, 2])).collect::<String>(), "bcbc");
    }
}
