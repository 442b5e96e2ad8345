//! `rendezvous`: every replica bids for the key, the highest bid wins.

use crate::algorithm::candidates::{Watch, explained, open, route};
use crate::algorithm::hashing::{with_name, xx64};
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::rng::Stream;
use crate::rng::split_mix;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "rendezvous",
    label: "Rendezvous hashing",
    rule: "Each replica and the key together give a random number; the largest for the weight wins, so that only \
          keys of a replica that goes move.",
    formula: "max −w_i / ln u_i, u_i = hash(key, i) in (0, 1)",
    complexity: "O(n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "A key is much in demand: all who have it go to one replica.",
    source: "Thaler and Ravishankar, Using Name-Based Mappings to Increase Hit Rates, 1998; weights: \
          Schindelhauer and Schomaker, 2005",
    evidence: Evidence::Definition,
    build: |_| Box::new(Rendezvous::default()),
};

#[derive(Debug, Clone, Default)]
struct Rendezvous {
    watch: Watch,
    /// Hashes of the names by member.
    names: Vec<u64>,
}

impl Algorithm for Rendezvous {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        self.update(pool);
        let key = request.with_key(|key| xx64(key, 0));
        let bids = open(pool).map(|member| (self.bid(key, member, pool), member));
        route(bids.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, member)| member))
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let key = request.with_key(|key| xx64(key, 0));
        let mut names = self.clone();
        names.update(pool);
        explained(pool, "The largest score wins.", |member| {
            let (bid, weight) = (names.bid(key, member, pool), pool.weight_of(member));
            (bid, format!("−{weight} / ln {:.6} = {bid:.3}", unit(key, names.names[member as usize])))
        })
    }
}

/// A number between 0 and 1, neither of them, from key and name.
fn unit(key: u64, name: u64) -> f64 {
    let bits = split_mix(key ^ name.rotate_left(17)) >> 12;
    (bits as f64 + 0.5) / 4_503_599_627_370_496.0
}

impl Rendezvous {
    fn update(&mut self, pool: &PoolView<'_>) {
        if self.watch.is_new(pool.layout, pool.members, pool) {
            self.names.clear();
            self.names
                .extend((0..pool.weight.len() as u32).map(|m| with_name(pool, m, |name| xx64(name, 1))));
        }
    }

    fn bid(&self, key: u64, member: u32, pool: &PoolView<'_>) -> f64 {
        -f64::from(pool.weight_of(member)) / libm::log(unit(key, self.names[member as usize]))
    }
}
