//! Parts that several algorithms share: weighted draws, and nginx's smooth weighted round robin.

use super::PoolView;
use crate::rng::Stream;

/// Draws an eligible member with probability weight / total weight. Nothing when all weights are 0.
pub(super) fn weighted(pool: &PoolView<'_>, rng: &mut Stream) -> Option<u32> {
    let weight = |member: u32| pool.weight[member as usize];
    let first = weight(*pool.eligible.first()?);
    if first > 0 && pool.eligible.iter().all(|&m| weight(m) == first) {
        return Some(pool.eligible[rng.below(pool.eligible.len() as u32) as usize]);
    }
    let total: u32 = pool.eligible.iter().map(|&m| weight(m)).sum();
    if total == 0 {
        return None;
    }
    let mut draw = rng.below(total);
    pool.eligible.iter().copied().find(|&m| {
        let hit = draw < weight(m);
        draw = draw.wrapping_sub(weight(m));
        hit
    })
}

/// Smooth weighted round robin: every candidate's score grows by its weight, the largest wins (the first
/// among equals) and pays the total. With weights 5, 1, 1 the order is a a b a c a a.
#[derive(Debug, Clone, Default)]
pub(super) struct Smooth {
    current: Vec<i64>,
}

impl Smooth {
    pub(super) fn next(&mut self, candidates: impl Iterator<Item = u32>, weight: &[u32]) -> Option<u32> {
        self.current.resize(weight.len().max(self.current.len()), 0);
        let mut total = 0;
        let mut best: Option<u32> = None;
        for member in candidates {
            let gain = i64::from(weight[member as usize]);
            if gain == 0 {
                continue;
            }
            self.current[member as usize] += gain;
            total += gain;
            if best.is_none_or(|b| self.current[member as usize] > self.current[b as usize]) {
                best = Some(member);
            }
        }
        if let Some(best) = best {
            self.current[best as usize] -= total;
        }
        best
    }

    /// The score that `member` would reach at the next call.
    pub(super) fn peek(&self, member: u32, weight: &[u32]) -> i64 {
        self.current.get(member as usize).copied().unwrap_or(0) + i64::from(weight[member as usize])
    }
}
