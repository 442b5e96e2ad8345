//! Parts that several algorithms share: weighted draws, and nginx's smooth weighted round robin.

use super::{Members, PoolView};
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
pub(super) struct Turns {
    current: Vec<i64>,
}

impl Turns {
    /// Who is next among the candidates, which are members, ascending; nobody when all weights are 0.
    pub(super) fn next(&mut self, candidates: Members<'_>, weight: &[u32]) -> Option<u32> {
        self.reserve(weight.len());
        let mut turn = Turn::new();
        if candidates.len() == weight.len() {
            // Everybody, in order: no need to look up who is meant.
            for (member, (current, &weight)) in self.current.iter_mut().zip(weight).enumerate() {
                turn.offer(member as u32, current, weight, weight > 0);
            }
        } else {
            for &member in candidates.iter() {
                let weight = weight[member as usize];
                turn.offer(member, &mut self.current[member as usize], weight, weight > 0);
            }
        }
        self.pay(turn)
    }

    /// The same, but a candidate grows by what `gain` says; 0 does not keep it from winning, weight 0 does.
    pub(super) fn next_by(
        &mut self,
        candidates: Members<'_>,
        weight: &[u32],
        mut gain: impl FnMut(u32) -> u32,
    ) -> Option<u32> {
        self.reserve(weight.len());
        let mut turn = Turn::new();
        for &member in candidates.iter() {
            let place = member as usize;
            turn.offer(member, &mut self.current[place], gain(member), weight[place] > 0);
        }
        self.pay(turn)
    }

    fn reserve(&mut self, members: usize) {
        if self.current.len() < members {
            self.current.resize(members, 0);
        }
    }

    fn pay(&mut self, turn: Turn) -> Option<u32> {
        *self.current.get_mut(turn.best as usize)? -= turn.total;
        Some(turn.best)
    }

    /// The score of a member now.
    pub(super) fn current(&self, member: u32) -> i64 {
        self.current.get(member as usize).copied().unwrap_or(0)
    }

    /// The score that `member` would reach at the next turn.
    pub(super) fn peek(&self, member: u32, weight: &[u32]) -> i64 {
        self.current(member) + i64::from(weight[member as usize])
    }
}

/// One turn in progress.
#[derive(Debug, Clone, Copy)]
struct Turn {
    total: i64,
    largest: i64,
    best: u32,
}

impl Turn {
    const fn new() -> Self {
        Self { total: 0, largest: i64::MIN, best: u32::MAX }
    }

    #[inline]
    fn offer(&mut self, member: u32, current: &mut i64, gain: u32, may_win: bool) {
        let gain = i64::from(gain);
        *current += gain;
        self.total += gain;
        if *current > self.largest && may_win {
            (self.largest, self.best) = (*current, member);
        }
    }
}
