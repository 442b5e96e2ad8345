//! `caddy.round_robin`: a counter that is raised before it is used.

use crate::algorithm::candidates::{explained, route};
use crate::algorithm::words::rule;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Round robin's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.round_robin",
    label: "Caddy round_robin",
    rule: Text::new(
        "One after the other, the second of the configuration first; who can't be asked is stepped over.",
        "Eine nach der anderen, die zweite der Konfiguration zuerst; wer nicht gefragt werden kann, wird \
         übergangen.",
        "L’une après l’autre, la deuxième de la configuration d’abord ; celle qui ne peut être \
         sollicitée est sautée.",
    ),
    formula: "k += 1 until the replica at place k mod n can be asked; k starts at 0",
    complexity: "O(1) while all can be asked, else O(n)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Requests or replicas differ: it hands out turns, not work. The one after a replica that is out gets its \
                 turns as well.",
    source: "Caddy 2.6.2, round_robin",
    evidence: Evidence::Recorded,
    build: |_| Box::new(RoundRobin::default()),
};

#[derive(Debug, Clone, Default)]
struct RoundRobin {
    counter: u32,
}

impl Algorithm for RoundRobin {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        let turn = pool.members.iter().find_map(|_| {
            self.counter = self.counter.wrapping_add(1);
            let member = pool.members[self.counter as usize % pool.members.len()];
            (pool.is_eligible(member) && pool.weight_of(member) > 0).then_some(member)
        });
        route(turn)
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let n = pool.members.len().max(1);
        let next = (self.counter as usize + 1) % n;
        explained(pool, rule::fewest_steps(), |member| {
            let place = pool.members.binary_search(&member).unwrap_or(0);
            let steps = (place + n - next) % n;
            (steps as f64, format!("({place} − {next}) mod {n} = {steps}"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    #[test]
    fn starts_with_the_second_and_steps_over() {
        let mut algorithm = RoundRobin::default();
        let mut stream = Stream::new(1, Purpose::Algorithm, 0);
        let mut pick = |eligible: &[u32]| {
            let pool = PoolView { members: &[0, 1, 2], ..PoolView::plain(eligible, &[0; 3], &[1; 3]) };
            algorithm.decide(SimTime::ZERO, &RequestView::default(), &pool, &mut stream)
        };
        assert_eq!([pick(&[0, 1, 2]), pick(&[0, 1, 2])], [1, 2].map(Decision::Route));
        assert_eq!([pick(&[1, 2]), pick(&[1, 2]), pick(&[1, 2])], [1, 2, 1].map(Decision::Route));
        assert_eq!(pick(&[]), Decision::Reject);
    }
}
