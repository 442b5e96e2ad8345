//! Independent pieces of work on several threads, with the same result for any number of them.

use crate::units::order::sort_by_key;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Threads that this machine runs at once.
#[must_use]
pub fn jobs() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// `work(state, i)` for every i below `count`, in order of i. Each thread gets a state of its own from
/// `state`; what `work` returns may depend on i alone.
pub(super) fn map<S: Send, T: Send>(
    threads: usize,
    count: usize,
    state: impl Fn() -> S,
    work: impl Fn(&mut S, usize) -> T + Sync,
) -> Vec<T> {
    let threads = threads.clamp(1, count.max(1));
    if threads == 1 {
        let mut state = state();
        return (0..count).map(|i| work(&mut state, i)).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(count));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let mut state = state();
            let (next, done, work) = (&next, &done, &work);
            scope.spawn(move || {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    if i >= count {
                        return;
                    }
                    let result = work(&mut state, i);
                    if let Ok(mut done) = done.lock() {
                        done.push((i, result));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    sort_by_key(&mut done, |&(i, _)| i);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_for_any_number_of_threads() {
        let squares: Vec<usize> = (0..100).map(|i| i * i).collect();
        for threads in [0, 1, 3, 200] {
            assert_eq!(map(threads, 100, || (), |(), i| i * i), squares);
        }
        assert!(map(4, 0, || (), |(), i| i).is_empty());
    }
}
