//! Sorting by one routine for all types.
//!
//! The standard library's sort is compiled anew for each type and each comparison, some 6 kB each in the page; forty
//! of them were a twentieth of its program. Lists that are short, or sorted now and then, are sorted here: places are
//! sorted and the entries moved to them. What is sorted again and again in a run takes the standard library's.

use std::cmp::Ordering;

/// Sorts by a comparison; equal entries keep their order.
pub fn sort_by<T>(list: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = places(list.len(), &mut |a, b| compare(&list[a], &list[b]));
    bring(order, &mut |a, b| list.swap(a, b));
}

/// Sorts by a key, which is asked for at each comparison; equal entries keep their order.
pub fn sort_by_key<T, K: Ord>(list: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// Which entry comes to each place.
#[inline(never)]
fn places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| compare(a, b));
    order
}

/// Brings entries to their places, round by round.
#[inline(never)]
fn bring(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut place = start;
        while order[place] != start {
            let from = order[place];
            swap(place, from);
            order[place] = place;
            place = from;
        }
        order[place] = place;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the standard library, on lists with many equal entries: the same order, and equal ones as they came.
    #[test]
    fn as_the_standard_library_sorts() {
        for count in 0..60_u64 {
            let entry = |i: u64| ((i * 7_919 + count) % 11, i);
            let mut mine: Vec<(u64, u64)> = (0..count).map(entry).collect();
            let mut theirs = mine.clone();
            sort_by_key(&mut mine, |entry| entry.0);
            theirs.sort_by_key(|entry| entry.0);
            assert_eq!(mine, theirs);
            sort_by(&mut mine, |a, b| b.1.cmp(&a.1));
            theirs.sort_by_key(|entry| std::cmp::Reverse(entry.1));
            assert_eq!(mine, theirs);
        }
    }
}
