//! A table of servers in which each is as often as its weight says, spread out.

use super::{Basis, open};
use crate::algorithm::PoolView;

/// The table, and whom it was made for.
#[derive(Debug, Clone, Default)]
pub(super) struct Map {
    basis: Basis,
    usable: Vec<u32>,
    pub slots: Vec<u32>,
}

const fn divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { divisor(b, a % b) }
}

impl Map {
    /// Makes the table anew when servers came, went, or changed their state. New weights alone change nothing.
    pub(super) fn update(&mut self, pool: &PoolView<'_>) {
        if !self.basis.is_stale(pool) || self.usable == pool.usable {
            return;
        }
        self.usable.clear();
        self.usable.extend_from_slice(pool.usable);
        self.fill(pool);
    }

    /// Each slot: every score grows by the weight; the largest ⌊(score + total) / total⌋ takes it, the first among
    /// equals, and pays the total.
    fn fill(&mut self, pool: &PoolView<'_>) {
        self.slots.clear();
        let common = open(pool).fold(0, |common, member| divisor(common, pool.weight_of(member)));
        if common == 0 {
            return;
        }
        let weight = |member: u32| i64::from(pool.weight_of(member) / common);
        let total: i64 = open(pool).map(weight).sum();
        let mut scores: Vec<(u32, i64)> = open(pool).map(|member| (member, 0)).collect();
        for _ in 0..total {
            let mut best = (0, i64::MIN);
            for (place, (member, score)) in scores.iter_mut().enumerate() {
                *score += weight(*member);
                let value = (*score + total).div_euclid(total);
                if value > best.1 {
                    best = (place, value);
                }
            }
            scores[best.0].1 -= total;
            self.slots.push(scores[best.0].0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(weight: &[u32]) -> Vec<u32> {
        let members: Vec<u32> = (0..weight.len() as u32).collect();
        let mut map = Map::default();
        map.update(&PoolView::plain(&members, &vec![0; weight.len()], weight));
        map.slots
    }

    #[test]
    fn as_recorded() {
        assert_eq!(filled(&[3, 2, 1]), [0, 0, 1, 0, 1, 2]);
        assert_eq!(filled(&[10, 2, 2]), [0, 0, 0, 1, 0, 0, 2]);
        assert_eq!(filled(&[0, 4]), [1]);
        assert!(filled(&[0, 0]).is_empty());
    }
}
