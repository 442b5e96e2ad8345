//! Parts that many algorithms share: who may get a request at all, uniform draws, the least of all, explanations.

use super::{Decision, Explanation, PoolView, Score};
use crate::algorithm::words::score;
use crate::lang::Said;
use crate::rng::Stream;

/// So many draws may fall on members of weight 0 before they are counted.
const DRAWS: u32 = 16;

/// The eligible members whose weight is not 0, ascending.
pub(super) fn open<'a>(pool: &PoolView<'a>) -> impl Iterator<Item = u32> + use<'a> {
    let weight = pool.weight;
    pool.eligible.iter().copied().filter(move |&member| weight[member as usize] > 0)
}

/// Any of them, each as likely. O(1) unless most have weight 0.
pub(super) fn any(pool: &PoolView<'_>, rng: &mut Stream) -> Option<u32> {
    let n = pool.eligible.len() as u32;
    for _ in 0..DRAWS.min(n.saturating_mul(DRAWS)) {
        let member = pool.eligible[rng.below(n) as usize];
        if pool.weight_of(member) > 0 {
            return Some(member);
        }
    }
    let count = open(pool).count() as u32;
    if count == 0 { None } else { open(pool).nth(rng.below(count) as usize) }
}

/// One of those than which none is less, each of them as likely. O(n).
pub(super) fn least(
    pool: &PoolView<'_>,
    rng: &mut Stream,
    is_less: impl Fn(u32, u32) -> bool,
) -> Option<u32> {
    let mut best: Option<(u32, u32)> = None;
    for member in open(pool) {
        best = match best {
            Some((least, _)) if is_less(member, least) => Some((member, 1)),
            Some((least, tied)) if is_less(least, member) => Some((least, tied)),
            // The k-th of equals takes the place with probability 1/k.
            Some((least, tied)) if rng.below(tied + 1) > 0 => Some((least, tied + 1)),
            Some((_, tied)) => Some((member, tied + 1)),
            None => Some((member, 1)),
        };
    }
    best.map(|(member, _)| member)
}

/// The first of those than which none is less. O(n).
pub(super) fn first_least(pool: &PoolView<'_>, is_less: impl Fn(u32, u32) -> bool) -> Option<u32> {
    open(pool).reduce(|least, member| if is_less(member, least) { member } else { least })
}

/// All those that have the least load for their weight, ascending; who has no weight is none of them. O(n). `equal`
/// says whether all members have the same weight, more than 0.
pub(super) fn lightest(pool: &PoolView<'_>, equal: bool, tied: &mut Vec<u32>) {
    tied.clear();
    if equal && pool.eligible.len() == pool.in_flight.len() {
        // Everybody, in order, and only loads to compare.
        let least = pool.in_flight.iter().copied().min().unwrap_or(0);
        tied.extend((0..).zip(pool.in_flight).filter(|(_, load)| **load == least).map(|(member, _)| member));
        return;
    }
    // Load and weight of the lightest so far: n / w is less than N / W when n · W < N · w.
    let (mut load, mut weight) = (1, 0);
    for &member in pool.eligible.iter() {
        let (n, w) = (u64::from(pool.load(member)), u64::from(pool.weight_of(member)));
        let (mine, least) = (n * weight, load * w);
        if mine > least || w == 0 {
            continue;
        }
        if mine < least {
            tied.clear();
            (load, weight) = (n, w);
        }
        tied.push(member);
    }
}

/// To this member, or away.
pub(super) fn route(member: Option<u32>) -> Decision {
    member.map_or(Decision::Reject, Decision::Route)
}

/// A number for a weight; without a weight it is infinite.
pub(super) fn per_weight(number: u32, weight: u32) -> f64 {
    if weight == 0 { f64::INFINITY } else { f64::from(number) / f64::from(weight) }
}

/// The greatest number that divides all weights; 1 when all are 0.
pub(super) fn common_divisor(weights: impl Iterator<Item = u32>) -> u32 {
    let divide = |mut a: u32, mut b: u32| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    weights.fold(0, divide).max(1)
}

/// Every eligible member's score and its formula filled in, and the rule that picks.
pub(super) fn explained<T: Into<Said>>(
    pool: &PoolView<'_>,
    because: Said,
    score: impl Fn(u32) -> (f64, T),
) -> Explanation {
    let scores = pool.eligible.iter().map(|&member| {
        if pool.weight_of(member) == 0 {
            return Score::never(member);
        }
        let (value, filled) = score(member);
        Score { member, value, filled: filled.into() }
    });
    Explanation { scores: scores.collect(), because }
}

/// The same where the score is the number of requests in flight.
pub(super) fn explained_by_load(pool: &PoolView<'_>, because: Said) -> Explanation {
    explained(pool, because, |member| (f64::from(pool.load(member)), score::in_flight(&pool.load(member))))
}

/// The same where all are equal.
pub(super) fn explained_as_equal(pool: &PoolView<'_>, because: Said) -> Explanation {
    let n = open(pool).count().max(1);
    explained(pool, because, |_| (1.0 / n as f64, format!("1 / {n}")))
}

/// Notices that a list of members, or their weights, is another one than at the last call.
#[derive(Debug, Clone, Default)]
pub(super) struct Watch {
    stamp: u64,
    known: Vec<(u32, u32)>,
}

impl Watch {
    pub(super) const fn new() -> Self {
        Self { stamp: 0, known: Vec::new() }
    }

    /// Whether the list has changed. `stamp` is the pool's own mark of that, 0 when it has none.
    #[inline]
    pub(super) fn is_new(&mut self, stamp: u64, list: &[u32], pool: &PoolView<'_>) -> bool {
        if stamp != 0 && stamp == self.stamp {
            return false;
        }
        let now = || list.iter().map(|&member| (member, pool.weight_of(member)));
        let same = stamp == self.stamp && self.known.iter().copied().eq(now());
        if !same {
            self.known.clear();
            self.known.extend(now());
            self.stamp = stamp;
        }
        !same
    }
}

/// Whether all members have the same weight, looked at when that may have changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Equal {
    watch: Watch,
    weight: Option<u32>,
}

impl Equal {
    /// The weight that all members have, when that is the same and not 0. O(1) while nothing changes.
    #[inline]
    pub(super) fn weight(&mut self, pool: &PoolView<'_>) -> Option<u32> {
        if pool.layout == 0 || pool.layout != self.watch.stamp {
            self.look(pool);
        }
        self.weight
    }

    #[cold]
    fn look(&mut self, pool: &PoolView<'_>) {
        if pool.layout == 0 || self.watch.is_new(pool.layout, pool.members, pool) {
            let mut weights = pool.members.iter().map(|&member| pool.weight_of(member));
            let first = weights.next().filter(|&first| first > 0);
            self.weight = first.filter(|&first| weights.all(|weight| weight == first));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    #[test]
    fn draws_leave_out_those_without_weight() {
        let pool = PoolView::plain(&[0, 1, 2], &[3, 1, 1], &[1, 0, 1]);
        let mut stream = Stream::new(1, Purpose::Algorithm, 0);
        let drawn: Vec<u32> = (0..1_000).filter_map(|_| any(&pool, &mut stream)).collect();
        let zeros = drawn.iter().filter(|&&member| member == 0).count();
        // 6 standard deviations of 1,000 tosses are 95.
        assert!(drawn.len() == 1_000 && !drawn.contains(&1) && zeros.abs_diff(500) < 95, "{zeros}");
        let nobody = PoolView::plain(&[0], &[0], &[0]);
        assert_eq!(any(&nobody, &mut stream), None);
        assert_eq!(any(&PoolView::plain(&[], &[], &[]), &mut stream), None);
        assert_eq!(least(&pool, &mut stream, |a, b| pool.load(a) < pool.load(b)), Some(2));
        assert_eq!(first_least(&pool, |_, _| false), Some(0));
        assert_eq!(common_divisor([6, 0, 4].into_iter()), 2);
    }

    /// 2 of weight 1 is as much as 4 of weight 2 and less than 3 of weight 1; with equal weights loads decide.
    #[test]
    fn the_lightest_are_those_with_the_least_for_their_weight() {
        let tied = |loads: &[u32], weights: &[u32], equal| {
            let mut tied = vec![9];
            lightest(&PoolView::plain(&[0, 1, 2, 3], loads, weights), equal, &mut tied);
            tied
        };
        assert_eq!(tied(&[2, 4, 3, 0], &[1, 2, 1, 0], false), [0, 1]);
        assert_eq!(tied(&[2, 1, 3, 1], &[5, 5, 5, 5], false), [1, 3]);
        assert_eq!(tied(&[2, 1, 3, 1], &[5, 5, 5, 5], true), [1, 3]);
        assert_eq!(tied(&[0, 0, 0, 0], &[0, 0, 0, 0], false), [0_u32; 0]);
    }

    #[test]
    fn a_watch_sees_each_change_once() {
        let mut watch = Watch::default();
        let pool = PoolView::plain(&[0, 1], &[0, 0], &[1, 2]);
        let seen = [watch.is_new(0, pool.members, &pool), watch.is_new(0, pool.members, &pool)];
        assert_eq!(seen, [true, false]);
        let other = PoolView::plain(&[0, 1], &[0, 0], &[1, 3]);
        assert!(watch.is_new(0, other.members, &other) && watch.is_new(7, other.members, &other));
        assert!(!watch.is_new(7, other.members, &other));
    }
}
