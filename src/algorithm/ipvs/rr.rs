//! `ipvs.rr`: turns.

use crate::algorithm::candidates::{explained, route};
use crate::algorithm::words::rule;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "ipvs.rr",
    label: "IPVS rr",
    rule: Text::new(
        "One after the other, in the order of the list.",
        "Einer nach dem anderen, in der Reihenfolge der Liste.",
        "L’un après l’autre, dans l’ordre de la liste.",
    ),
    formula: "next in the list",
    complexity: "O(1) while all can be asked, else O(n)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Requests or replicas differ: it hands out turns, not work. One decision is a connection, not a \
          request.",
    source: "Linux 6.18, net/netfilter/ipvs, rr",
    evidence: Evidence::Source,
    build: |_| Box::new(Rr::default()),
};

#[derive(Debug, Clone, Default)]
struct Rr {
    next: u32,
}

impl Algorithm for Rr {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        let turn = pool.members.iter().find_map(|_| {
            let member = pool.members[self.next as usize % pool.members.len()];
            self.next = (self.next + 1) % pool.members.len() as u32;
            (pool.is_eligible(member) && pool.weight_of(member) > 0).then_some(member)
        });
        route(turn)
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let n = pool.members.len().max(1);
        let next = self.next as usize % n;
        explained(pool, rule::fewest_steps(), |member| {
            let place = pool.members.binary_search(&member).unwrap_or(0);
            let steps = (place + n - next) % n;
            (steps as f64, format!("({place} − {next}) mod {n} = {steps}"))
        })
    }
}
