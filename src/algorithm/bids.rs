//! Rendezvous hashing: every member bids for a key, the highest bid for its weight wins.

use super::candidates::{Watch, explained, open};
use super::hashing::{with_name, xx64};
use super::{Explanation, PoolView};
use crate::algorithm::words::rule;
use crate::rng::split_mix;

/// Hashes of the members' names, made anew when the configuration has changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Bids {
    watch: Watch,
    names: Vec<u64>,
}

/// The hash of a key.
pub(super) fn key(bytes: &[u8]) -> u64 {
    xx64(bytes, 0)
}

/// A number between 0 and 1, neither of them, from key and name.
fn unit(key: u64, name: u64) -> f64 {
    let bits = split_mix(key ^ name.rotate_left(17)) >> 12;
    (bits as f64 + 0.5) / 4_503_599_627_370_496.0
}

impl Bids {
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

    /// The member with the highest bid for a key; the first of equals. O(n).
    pub(super) fn choose(&mut self, key: u64, pool: &PoolView<'_>) -> Option<u32> {
        self.update(pool);
        let bids = open(pool).map(|member| (self.bid(key, member, pool), member));
        bids.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, member)| member)
    }

    /// Every bid.
    pub(super) fn explain(&self, key: u64, pool: &PoolView<'_>) -> Explanation {
        let mut bids = self.clone();
        bids.update(pool);
        explained(pool, rule::largest(), |member| {
            let (bid, weight) = (bids.bid(key, member, pool), pool.weight_of(member));
            (bid, format!("−{weight} / ln {:.6} = {bid:.3}", unit(key, bids.names[member as usize])))
        })
    }
}
