//! Independent pieces of work on several threads, with the same result for any number of them.

use std::num::NonZero;

/// Threads that this machine runs at once.
#[must_use]
pub fn jobs() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// `work(i)` for every i below `count`, in order of i; what it returns may depend on i alone. Without the feature
/// `threads`, and where threads can't be had, one after the other.
pub(super) fn map<T: Send>(threads: usize, count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    #[cfg(feature = "threads")]
    if let Some(pool) = pool(threads.min(count)) {
        return spread(&pool, count, work);
    }
    let _ = threads;
    (0..count).map(work).collect()
}

#[cfg(feature = "threads")]
fn pool(threads: usize) -> Option<rayon::ThreadPool> {
    let builder = || rayon::ThreadPoolBuilder::new().num_threads(threads);
    (threads > 1).then(|| builder().build().ok()).flatten()
}

/// The pieces are begun in order, unlike those of a range that is cut in halves: so what is done first of a sweep is
/// already comparable, and what is left of one that was broken off lies at its end.
#[cfg(feature = "threads")]
fn spread<T: Send>(pool: &rayon::ThreadPool, count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    use rayon::iter::{ParallelBridge, ParallelIterator};
    let mut done: Vec<(usize, T)> = pool.install(|| (0..count).par_bridge().map(|i| (i, work(i))).collect());
    done.sort_unstable_by_key(|&(i, _)| i);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_for_any_number_of_threads() {
        let squares: Vec<usize> = (0..100).map(|i| i * i).collect();
        for threads in [0, 1, 3, 200] {
            assert_eq!(map(threads, 100, |i| i * i), squares);
        }
        assert!(map(4, 0, |i| i).is_empty());
    }

    /// Two pieces that wait for each other end only when two threads are at work, and a third would find nothing.
    #[cfg(feature = "threads")]
    #[test]
    fn pieces_are_made_at_the_same_time() {
        let both = std::sync::Barrier::new(2);
        let leaders: Vec<bool> = map(2, 2, |_| both.wait().is_leader());
        assert_eq!(leaders.iter().filter(|&&leader| leader).count(), 1);
    }
}
