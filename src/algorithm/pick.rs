//! Parts that several algorithms share: weighted draws, and nginx's smooth weighted round robin.

use std::hint::select_unpredictable;

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
    /// While all have the same weight and take turns: what each has follows from who has had its turn.
    round: Option<Round>,
}

/// A round of members that all have the same weight, in which the first `had` have had their turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Round {
    members: u32,
    weight: u32,
    had: u32,
}

impl Round {
    /// The score of a member: it has grown by its weight each time, and who has had a turn has paid the total.
    const fn current(self, member: u32) -> i64 {
        if member >= self.members {
            return 0;
        }
        let (grown, total) = (self.weight as i64 * self.had as i64, self.weight as i64 * self.members as i64);
        if member < self.had { grown - total } else { grown }
    }
}

impl Turns {
    /// Who is next among so many members, all of which are candidates of this weight, more than 0: what
    /// [`Self::next`] says, in O(1) as long as nothing else happens.
    pub(super) fn next_of_equals(&mut self, members: u32, weight: u32) -> Option<u32> {
        let same = self.round.is_some_and(|round| (round.members, round.weight) == (members, weight));
        if !same {
            self.settle();
            if self.current.iter().any(|&score| score != 0) {
                return self.next_among(members, weight);
            }
            self.round = Some(Round { members, weight, had: 0 });
        }
        let round = self.round.as_mut()?;
        let next = round.had;
        round.had = if next + 1 == members { 0 } else { next + 1 };
        Some(next)
    }

    /// The same, from scores that are not those of a round.
    #[inline(never)]
    fn next_among(&mut self, members: u32, weight: u32) -> Option<u32> {
        self.reserve(members as usize);
        let mut turn = Turn::new();
        let all = self.current.iter_mut().take(members as usize);
        (0..).zip(all).for_each(|(member, current)| turn.offer(member, current, weight, true));
        self.pay(turn)
    }

    /// Writes down what each has.
    #[inline]
    fn settle(&mut self) {
        if let Some(round) = self.round.take() {
            self.write_down(round);
        }
    }

    #[cold]
    fn write_down(&mut self, round: Round) {
        self.reserve(round.members as usize);
        (0..).zip(&mut self.current).for_each(|(member, current)| *current = round.current(member));
    }

    /// Who is next among the candidates, which are members, ascending; nobody when all weights are 0.
    #[inline(never)]
    pub(super) fn next(&mut self, candidates: Members<'_>, weight: &[u32]) -> Option<u32> {
        self.settle();
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

    /// The same, where the candidates are those with the least load, all of this weight, more than 0. Nobody can
    /// foresee who is tied, a processor no more than others: so there is no branch for it.
    #[inline(always)]
    pub(super) fn next_of_least(&mut self, loads: &[u32], weight: u32) -> Option<u32> {
        self.settle();
        self.reserve(loads.len());
        let least = loads.iter().copied().fold(u32::MAX, u32::min);
        let mut turn = Turn::new();
        for (member, (current, &own)) in (0..).zip(self.current.iter_mut().zip(loads)) {
            let tied = own == least;
            let gain = select_unpredictable(tied, i64::from(weight), 0);
            *current += gain;
            turn.total += gain;
            let leads = tied & (*current > turn.largest);
            turn.best = select_unpredictable(leads, member, turn.best);
            turn.largest = select_unpredictable(leads, *current, turn.largest);
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
        self.settle();
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
        if let Some(round) = self.round {
            return round.current(member);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the plain way: with everybody at equal weights, without one of them now and then, with other weights,
    /// and with one more member.
    #[test]
    fn equals_take_turns_in_the_same_order() {
        let (mut short, mut plain) = (Turns::default(), Turns::default());
        for step in 0..2_000_u32 {
            let members = if step < 1_200 { 7 } else { 8 };
            let weight = if step % 500 < 300 { 2 } else { 3 };
            let (all, weights): (Vec<u32>, Vec<u32>) = (0..members).map(|member| (member, weight)).unzip();
            let but_one: Vec<u32> = all.iter().copied().filter(|&member| member != step % 5).collect();
            let (mine, theirs) = if step % 97 == 0 {
                let some = Members::List(&but_one);
                (short.next(some, &weights), plain.next(some, &weights))
            } else {
                (short.next_of_equals(members, weight), plain.next(Members::List(&all), &weights))
            };
            assert_eq!(mine, theirs, "{step}");
            assert!(all.iter().all(|&m| short.peek(m, &weights) == plain.peek(m, &weights)), "{step}");
        }
        // Those tied at the least load are candidates like any others.
        for step in 0..300_u32 {
            let loads: Vec<u32> = (0..8).map(|member| (step * 7 + member * member) % 3).collect();
            let least = loads.iter().copied().min().unwrap();
            let tied: Vec<u32> = (0..8).filter(|&member| loads[member as usize] == least).collect();
            let mine = short.next_of_least(&loads, 3);
            assert_eq!(mine, plain.next(Members::List(&tied), &[3; 8]), "{step}");
        }
        let mut fresh = Turns::default();
        let first: Vec<_> = (0..5).filter_map(|_| fresh.next_of_equals(3, 1)).collect();
        assert_eq!(
            (first, fresh.round),
            (vec![0, 1, 2, 0, 1], Some(Round { members: 3, weight: 1, had: 2 }))
        );
    }
}
