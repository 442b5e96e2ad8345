//! What a hash method remembers of a request between its tries.

use std::cell::Cell;

/// After this many members that could not be taken, nginx goes on with round robin.
pub(super) const TRIES: u8 = 20;

/// A hash or a place on the ring, how often it was moved on, and how many members could not be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Memo {
    pub at: u32,
    pub steps: u16,
    pub tries: u8,
}

/// Set in every memo, so that 0 is a request that was never seen.
const SEEN: u64 = 1 << 63;

impl Memo {
    /// What was remembered, or `first` for a request that is new.
    pub(super) fn load(cell: &Cell<u64>, first: impl FnOnce() -> u32) -> Self {
        let word = cell.get();
        if word == 0 {
            return Self { at: first(), steps: 0, tries: 0 };
        }
        Self { at: word as u32, steps: (word >> 32) as u16, tries: (word >> 48) as u8 }
    }

    pub(super) fn store(self, cell: &Cell<u64>) {
        cell.set(SEEN | u64::from(self.tries) << 48 | u64::from(self.steps) << 32 | u64::from(self.at));
    }

    /// One more member that could not be taken; whether that was one too many.
    pub(super) const fn gives_up(&mut self) -> bool {
        self.tries += 1;
        self.tries > TRIES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_what_was_stored() {
        let cell = Cell::new(0);
        assert_eq!(Memo::load(&cell, || 89), Memo { at: 89, steps: 0, tries: 0 });
        let memo = Memo { at: u32::MAX, steps: 300, tries: 20 };
        memo.store(&cell);
        assert_eq!(Memo::load(&cell, || 0), memo);
    }
}
