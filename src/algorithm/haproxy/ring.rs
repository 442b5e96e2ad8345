//! A ring of points: the nearest one decides.

use super::function::avalanche;
use super::{Basis, SCALE, open};
use crate::algorithm::PoolView;
use crate::algorithm::places::Places;

/// The points of those that are usable.
#[derive(Debug, Clone, Default)]
pub(super) struct Ring {
    basis: Basis,
    /// Point and member, ascending.
    points: Vec<(u32, u32)>,
    places: Places,
}

impl Ring {
    /// No points yet.
    pub(super) const EMPTY: Self =
        Self { basis: Basis { version: 0, first: None }, points: Vec::new(), places: Places::EMPTY };

    /// Makes the points anew when something has changed: 16 for each unit of weight, made from the server's number.
    pub(super) fn update(&mut self, pool: &PoolView<'_>) {
        if !self.basis.is_stale(pool) {
            return;
        }
        self.points.clear();
        for member in open(pool) {
            let id = match pool.settings(member).id {
                0 => member + 1,
                id => id,
            };
            let point = |k: u32| (avalanche(id.wrapping_mul(4096).wrapping_add(k)), member);
            self.points.extend((0..pool.weight_of(member).saturating_mul(SCALE)).map(point));
        }
        self.points.sort_unstable();
        self.places.learn(32, self.points.iter().map(|point| u64::from(point.0)));
    }

    /// The place of the point next to a hash in either direction, around; the one below wins a tie.
    pub(super) fn nearest(&self, hash: u32) -> Option<usize> {
        let last = self.points.len().checked_sub(1)?;
        let point = |place: usize| u64::from(self.points[place].0);
        let above = self.places.first_from(hash.into(), self.points.len(), point);
        let above = if above > last { 0 } else { above };
        let below = above.checked_sub(1).unwrap_or(last);
        let up = self.points[above].0.wrapping_sub(hash);
        let down = hash.wrapping_sub(self.points[below].0);
        Some(if up < down { above } else { below })
    }

    /// Whose point that is.
    pub(super) fn member(&self, place: usize) -> u32 {
        self.points[place].1
    }

    /// The point and those after it, around, each once.
    pub(super) fn members_from(&self, place: usize) -> impl Iterator<Item = u32> + '_ {
        let (before, after) = self.points.split_at(place);
        after.iter().chain(before).map(|point| point.1)
    }

    /// How far a member's nearest point is from a hash.
    pub(super) fn distance(&self, member: u32, hash: u32) -> u32 {
        let own = self.points.iter().filter(|point| point.1 == member);
        own.map(|point| point.0.wrapping_sub(hash).min(hash.wrapping_sub(point.0))).min().unwrap_or(u32::MAX)
    }
}
