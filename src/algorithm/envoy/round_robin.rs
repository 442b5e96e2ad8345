//! `envoy.round_robin`: turns from a random start; deadlines where weights differ.

use crate::algorithm::candidates::{explained, route};
use crate::algorithm::edf::Edf;
use crate::algorithm::words::rule;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "envoy.round_robin",
    label: "Envoy round robin",
    rule: Text::new(
        "One after the other from a random start; where weights differ, the host with the earliest \
         deadline, due again 1 / weight later.",
        "Einer nach dem anderen ab einem zufälligen Anfang; bei verschiedenen Gewichten der Host mit der \
         frühesten Frist, 1 / Gewicht später wieder fällig.",
        "L’un après l’autre depuis un début au hasard ; si les poids diffèrent, l’hôte dont l’échéance \
         est la plus proche, de nouveau dû 1 / poids plus tard.",
    ),
    formula: "equal weights: place (s + k) mod n, s random; else min d_i, then d_i += 1 / w_i, of equals who has \
          waited longest",
    complexity: "O(1) with equal weights, else O(log n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Requests or replicas differ: it hands out turns, not work. Each worker thread takes its own turns.",
    source: "Envoy, files of 2024 to 2026, ROUND_ROBIN, the default",
    evidence: Evidence::Source,
    build: |_| Box::new(RoundRobin::default()),
};

#[derive(Debug, Clone, Default)]
struct RoundRobin {
    edf: Edf,
    equal: bool,
    started: bool,
    counter: u32,
}

impl Algorithm for RoundRobin {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        let fresh = self.edf.update(pool.version, pool.usable, pool, |_| {});
        if fresh {
            self.starts_anew(pool, rng);
        }
        if !self.equal {
            return route(self.edf.next(pool, |_| 1.0));
        }
        let turn = pool.usable.iter().find_map(|_| {
            let member = pool.usable[self.counter as usize % pool.usable.len()];
            self.counter = self.counter.wrapping_add(1);
            (pool.is_eligible(member) && pool.weight_of(member) > 0).then_some(member)
        });
        route(turn)
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        if !self.equal {
            return self.edf.explain(pool);
        }
        let n = pool.usable.len().max(1);
        let next = self.counter as usize % n;
        explained(pool, rule::fewest_steps(), |member| {
            let place = pool.usable.binary_search(&member).unwrap_or(0);
            let steps = (place + n - next) % n;
            (steps as f64, format!("({place} − {next}) mod {n} = {steps}"))
        })
    }
}

impl RoundRobin {
    /// The turns go on where they are when hosts come and go; the deadlines start somewhere else.
    fn starts_anew(&mut self, pool: &PoolView<'_>, rng: &mut Stream) {
        let weight = |member: &u32| pool.weight_of(*member);
        self.equal = pool.usable.windows(2).all(|pair| weight(&pair[0]) == weight(&pair[1]));
        if !self.started {
            self.started = true;
            self.counter = rng.below(pool.usable.len() as u32);
        }
        if !self.equal {
            for _ in 0..rng.below(pool.usable.len() as u32) {
                self.edf.next(pool, |_| 1.0);
            }
        }
    }
}
