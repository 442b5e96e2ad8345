//! A ring of points: each member has some, a key belongs to the first point at or after its hash.

use super::PoolView;
use super::candidates::{Watch, common_divisor};
use super::hashing::{with_name, xx64};
use super::places::Places;

/// The points of all members that are well, ascending.
#[derive(Debug, Clone, Default)]
pub(super) struct Circle {
    watch: Watch,
    points: Vec<(u64, u32)>,
    places: Places,
}

impl Circle {
    /// Makes the points anew if need be: `hash(member, k)` is the k-th of `count(member)` points.
    pub(super) fn update(
        &mut self,
        pool: &PoolView<'_>,
        count: impl Fn(u32) -> u32,
        hash: impl Fn(u32, u32) -> u64,
    ) {
        if !self.watch.is_new(pool.version, pool.usable, pool) {
            return;
        }
        self.points.clear();
        for &member in pool.usable.iter().filter(|&&member| pool.weight_of(member) > 0) {
            self.points.extend((0..count(member)).map(|k| (hash(member, k), member)));
        }
        self.points.sort_unstable();
        self.places.learn(64, self.points.iter().map(|point| point.0));
    }

    /// The same with so many points for each unit of weight, the weights divided by what they have in common.
    pub(super) fn update_by_weight(&mut self, pool: &PoolView<'_>, points: u32) {
        let divisor = || common_divisor(pool.usable.iter().map(|&member| pool.weight_of(member)));
        let unit = std::cell::OnceCell::new();
        let count = |member: u32| pool.weight_of(member) / unit.get_or_init(divisor) * points;
        self.update(pool, count, |member, k| with_name(pool, member, |name| xx64(name, u64::from(k))));
    }

    /// The members clockwise from a hash, once around, each as often as it has points.
    pub(super) fn from(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let start = self.places.first_from(hash, self.points.len(), |place| self.points[place].0);
        let (before, after) = self.points.split_at(start);
        after.iter().chain(before).map(|&(_, member)| member)
    }

    /// What part of the ring a member's nearest point lies ahead of a hash.
    pub(super) fn ahead(&self, hash: u64, member: u32) -> f64 {
        let start = self.points.partition_point(|&(point, _)| point < hash);
        let (before, after) = self.points.split_at(start);
        let point = after.iter().chain(before).find(|&&(_, owner)| owner == member);
        point.map_or(f64::INFINITY, |&(point, _)| {
            point.wrapping_sub(hash) as f64 / 18_446_744_073_709_551_616.0
        })
    }
}
