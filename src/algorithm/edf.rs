//! Earliest deadline first: each member is due again 1 / weight after it was chosen.

use crate::algorithm::words::{rule, score};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::candidates::{Watch, common_divisor, explained};
use super::{Explanation, PoolView};
use crate::rng::Stream;

/// A member's deadline: not negative, so that its bits are in the order of the numbers; among equals, who came
/// first.
type Entry = Reverse<(u64, u64, u32)>;

/// Members by deadline.
#[derive(Debug, Clone, Default)]
pub(super) struct Edf {
    watch: Watch,
    heap: BinaryHeap<Entry>,
    entered: u64,
    now: f64,
    divisor: u32,
    /// Members that can't be asked now, while one that can is looked for.
    skipped: Vec<(u32, f64)>,
}

impl Edf {
    fn weight(&self, member: u32, pool: &PoolView<'_>) -> f64 {
        f64::from(pool.weight_of(member)) / f64::from(self.divisor.max(1))
    }

    fn enter(&mut self, member: u32, deadline: f64) {
        self.heap.push(Reverse((deadline.to_bits(), self.entered, member)));
        self.entered += 1;
    }

    /// Starts anew when the members or their weights have changed; whether they have. `order` may shuffle them.
    pub(super) fn update(
        &mut self,
        stamp: u64,
        list: &[u32],
        pool: &PoolView<'_>,
        order: impl FnOnce(&mut [u32]),
    ) -> bool {
        if !self.watch.is_new(stamp, list, pool) {
            return false;
        }
        self.divisor = common_divisor(list.iter().map(|&member| pool.weight_of(member)));
        self.heap.clear();
        (self.entered, self.now) = (0, 0.0);
        let mut members: Vec<u32> = list.iter().copied().filter(|&m| pool.weight_of(m) > 0).collect();
        order(&mut members);
        for member in members {
            self.enter(member, 1.0 / self.weight(member, pool));
        }
        true
    }

    /// The member with the earliest deadline that can be asked. Those before it that can't have their turns, too, so
    /// that none of them has anything to make up for. `load` divides a member's weight until its next turn.
    pub(super) fn next(&mut self, pool: &PoolView<'_>, load: impl Fn(u32) -> f64) -> Option<u32> {
        let mut found = None;
        while let Some(Reverse((deadline, _, member))) = self.heap.pop() {
            let deadline = f64::from_bits(deadline);
            if pool.is_eligible(member) && pool.weight_of(member) > 0 {
                found = Some((member, deadline));
                break;
            }
            self.skipped.push((member, deadline));
        }
        if let Some((_, deadline)) = found {
            self.now = deadline;
        }
        while let Some((member, deadline)) = self.skipped.pop() {
            let period = 1.0 / self.weight(member, pool).max(f64::MIN_POSITIVE);
            let turns = libm::floor((self.now - deadline).max(0.0) / period);
            let missed = if found.is_some() { turns + 1.0 } else { 0.0 };
            self.enter(member, deadline + missed * period);
        }
        let (member, deadline) = found?;
        self.enter(member, deadline + load(member) / self.weight(member, pool));
        Some(member)
    }

    /// How far away each member's deadline is.
    pub(super) fn explain(&self, pool: &PoolView<'_>) -> Explanation {
        explained(pool, rule::deadline(), |member| {
            let weight = pool.weight_of(member);
            let entry = self.heap.iter().find(|entry| entry.0.2 == member);
            match entry.map(|entry| f64::from_bits(entry.0.0) - self.now) {
                Some(left) => (left, score::due(&format!("{left:.3}"), &weight)),
                None => (f64::INFINITY, score::not_there(&weight)),
            }
        })
    }
}

/// Puts a list in any order, each as likely (Fisher and Yates).
pub(super) fn shuffle(list: &mut [u32], rng: &mut Stream) {
    for last in (1..list.len()).rev() {
        list.swap(last, rng.below(last as u32 + 1) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(weight: &[u32], n: usize) -> String {
        let members: Vec<u32> = (0..weight.len() as u32).collect();
        let load = vec![0; weight.len()];
        let pool = PoolView::plain(&members, &load, weight);
        let mut edf = Edf::default();
        edf.update(0, &members, &pool, |_| {});
        (0..n)
            .filter_map(|_| edf.next(&pool, |_| 1.0))
            .map(|member| char::from(b'a' + member as u8))
            .collect()
    }

    /// Worked out by hand: a is due at 1/3, 2/3, 1, b at 1/2, 1, c at 1; at 1 c came first, then b, then a.
    #[test]
    fn the_earliest_deadline() {
        assert_eq!(order(&[3, 2, 1], 6), "abacba");
        assert_eq!(order(&[6, 4, 2], 6), "abacba");
        assert_eq!(order(&[1, 1, 1], 6), "abcabc");
    }

    /// Who is skipped has its turns all the same: none of them comes twice in a row when it is back.
    #[test]
    fn nothing_to_make_up_for() {
        let (members, load, weight) = ([0, 1, 2], [0; 3], [1; 3]);
        let whole = PoolView::plain(&members, &load, &weight);
        let part = PoolView { eligible: [0, 2][..].into(), ..whole };
        let mut edf = Edf::default();
        edf.update(0, &members, &whole, |_| {});
        for _ in 0..30 {
            edf.next(&part, |_| 1.0);
        }
        let back: Vec<u32> = (0..6).filter_map(|_| edf.next(&whole, |_| 1.0)).collect();
        assert_eq!(back.iter().filter(|&&member| member == 1).count(), 2, "{back:?}");
    }
}
