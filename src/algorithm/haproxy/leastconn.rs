//! `haproxy.leastconn`: the lowest load for its weight, idle ones first.

use crate::algorithm::words::{rule, score};
use crate::lang::Text;
use std::collections::BTreeSet;

use super::{Basis, SCALE};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, PoolView, RequestView, Score, Spec,
};
use crate::rng::Stream;
use crate::units::SimTime;

/// Leastconn's definition.
pub static SPEC: Spec = Spec {
    name: "haproxy.leastconn",
    label: "HAProxy leastconn",
    rule: Text::new(
        "The fewest requests in flight for its weight; idle replicas take turns, whatever their weights.",
        "Die wenigsten Anfragen unterwegs für ihr Gewicht; untätige Repliken wechseln sich ab, gleich \
         welches Gewicht sie haben.",
        "Le moins de requêtes en cours pour son poids ; les répliques inactives passent à tour de rôle, \
         quel que soit leur poids.",
    ),
    formula: "min k_i = 0 if n_i = 0, else ⌊(n_i + 1) · 4096 / (16 w_i)⌋; among equals the one whose k changed longest ago",
    complexity: "O(log n)",
    knowledge: Knowledge::LocalCounts,
    weighted: true,
    even: false,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "A replica fails fast: it looks idle and draws the traffic. Weights do nothing at low load.",
    source: "HAProxy 2.6.12, balance leastconn",
    evidence: Evidence::Recorded,
    build: |_| Box::new(LeastConn::default()),
};

/// Key and when it came to be so, of a server that is asked.
type Entry = Option<(u32, u64)>;

#[derive(Debug, Clone, Default)]
struct LeastConn {
    basis: Basis,
    entries: Vec<Entry>,
    order: BTreeSet<(u32, u64, u32)>,
    changes: u64,
}

fn key(load: u32, weight: u32) -> u32 {
    if load == 0 { 0 } else { ((u64::from(load) + 1) * 4096 / u64::from(SCALE * weight)) as u32 }
}

impl LeastConn {
    fn update(&mut self, pool: &PoolView<'_>) {
        if !self.basis.is_stale(pool) {
            return;
        }
        let known = self.entries.len().max(pool.weight.len());
        self.entries.resize(known, None);
        for member in 0..known as u32 {
            let usable = pool.usable.binary_search(&member).is_ok();
            self.set(member, if usable { Self::wanted(member, pool) } else { None });
        }
    }

    fn wanted(member: u32, pool: &PoolView<'_>) -> Option<u32> {
        let weight = pool.weight_of(member);
        (weight > 0).then(|| key(pool.load(member), weight))
    }

    fn set(&mut self, member: u32, key: Option<u32>) {
        let entry = &mut self.entries[member as usize];
        if entry.map(|(key, _)| key) == key {
            return;
        }
        if let Some((key, since)) = *entry {
            self.order.remove(&(key, since, member));
        }
        self.changes += 1;
        *entry = key.map(|key| (key, self.changes));
        if let Some((key, since)) = *entry {
            self.order.insert((key, since, member));
        }
    }
}

impl Algorithm for LeastConn {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        self.update(pool);
        let least = self.order.iter().map(|entry| entry.2).find(|&member| pool.is_eligible(member));
        let Some(member) = least else { return Decision::Reject };
        // It has had its turn among its equals.
        let same = self.entries[member as usize].map(|(key, _)| key);
        self.set(member, None);
        self.set(member, same);
        Decision::Route(member)
    }

    fn learn(&mut self, _: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        let (Feedback::Dispatched { member } | Feedback::Completed { member, .. }) = *feedback else {
            return true;
        };
        // Who is not asked has no place; it gets one with its load of then.
        if self.entries.get(member as usize).is_some_and(Option::is_some) {
            let key = Self::wanted(member, pool);
            self.set(member, key);
        }
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let score = |&member: &u32| {
            let (load, weight) = (pool.load(member), pool.weight_of(member));
            let value = if weight == 0 { u32::MAX } else { key(load, weight) };
            let filled = match (load, weight) {
                (_, 0) => score::no_weight(),
                (0, _) => score::idle(),
                _ => format!("⌊({load} + 1) · 4096 / (16 · {weight})⌋ = {value}").into(),
            };
            Score { member, value: f64::from(value), filled }
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because: rule::smallest_longest() }
    }
}
