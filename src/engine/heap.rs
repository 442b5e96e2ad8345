//! An indexed heap of small keys: earliest first, any entry removable, O(log n).
//!
//! A key is 128 bits: 64 of time (or work), 40 of sequence, 24 of slot. One comparison orders entries by time
//! and equal times by sequence, and the slot travels along. The heap is four-ary: half the levels of a binary
//! one, and four children share two cache lines.

/// The most entries: 2²⁴ − 1.
pub(super) const SLOT_LIMIT: u32 = (1 << 24) - 1;
const NOWHERE: u32 = u32::MAX;

/// A key of `rank` (time or work), `sequence` (up to 2⁴⁰) and `slot` (up to [`SLOT_LIMIT`]).
#[inline]
pub(super) const fn key(rank: u64, sequence: u64, slot: u32) -> u128 {
    ((rank as u128) << 64) | ((sequence as u128) << 24) | slot as u128
}

#[inline]
pub(super) const fn slot_of(key: u128) -> u32 {
    (key & SLOT_LIMIT as u128) as u32
}

#[inline]
pub(super) const fn rank_of(key: u128) -> u64 {
    (key >> 64) as u64
}

#[derive(Debug, Clone, Default)]
pub(super) struct Heap {
    entries: Vec<u128>,
    /// Where each slot's entry is.
    place: Vec<u32>,
}

impl Heap {
    pub(super) const fn new() -> Self {
        Self { entries: Vec::new(), place: Vec::new() }
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    #[inline]
    pub(super) fn first(&self) -> Option<u128> {
        self.entries.first().copied()
    }

    /// Every key, in no order that means anything.
    pub(super) fn keys(&self) -> &[u128] {
        &self.entries
    }

    #[inline]
    pub(super) fn push(&mut self, key: u128) {
        let slot = slot_of(key) as usize;
        if slot >= self.place.len() {
            self.place.resize(slot + 1, NOWHERE);
        }
        self.entries.push(key);
        self.rise(self.entries.len() - 1, key);
    }

    /// Takes the first entry out and puts `key` in, which is cheaper than both.
    #[inline]
    pub(super) fn replace_first(&mut self, key: u128) {
        let slot = slot_of(key) as usize;
        if slot >= self.place.len() {
            self.place.resize(slot + 1, NOWHERE);
        }
        if let Some(&old) = self.entries.first() {
            self.place[slot_of(old) as usize] = NOWHERE;
            self.sink(0, key);
        }
    }

    #[inline]
    pub(super) fn remove_first(&mut self) {
        let Some(last) = self.entries.pop() else { return };
        match self.entries.first() {
            Some(&first) => {
                self.place[slot_of(first) as usize] = NOWHERE;
                self.sink(0, last);
            }
            None => self.place[slot_of(last) as usize] = NOWHERE,
        }
    }

    /// Takes out the entry of `slot`; whether there was one.
    #[inline]
    pub(super) fn remove(&mut self, slot: u32) -> Option<u128> {
        let at = self.place.get(slot as usize).copied().filter(|&at| at != NOWHERE)? as usize;
        self.place[slot as usize] = NOWHERE;
        let removed = self.entries[at];
        if let Some(last) = self.entries.pop()
            && at < self.entries.len()
        {
            self.entries[at] = last;
            if last < removed { self.rise(at, last) } else { self.sink(at, last) }
        }
        Some(removed)
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.place.clear();
    }

    #[inline]
    fn put(&mut self, at: usize, key: u128) {
        self.entries[at] = key;
        self.place[slot_of(key) as usize] = at as u32;
    }

    fn rise(&mut self, mut at: usize, key: u128) {
        while at > 0 {
            let parent = (at - 1) / 4;
            let above = self.entries[parent];
            if above <= key {
                break;
            }
            self.put(at, above);
            at = parent;
        }
        self.put(at, key);
    }

    fn sink(&mut self, mut at: usize, key: u128) {
        loop {
            let child = 4 * at + 1;
            let least = match self.entries.get(child..child + 4) {
                // Two comparisons side by side and one between their winners: the usual case, without a loop.
                Some(&[a, b, c, d]) => {
                    let (left, first) = if b < a { (1, b) } else { (0, a) };
                    let (right, second) = if d < c { (3, d) } else { (2, c) };
                    if second < first { (right, second) } else { (left, first) }
                }
                _ => match self.entries.get(child..).map(|rest| rest.iter().enumerate().min_by_key(|e| *e.1))
                {
                    Some(Some((offset, &least))) => (offset, least),
                    _ => break,
                },
            };
            if key <= least.1 {
                break;
            }
            self.put(at, least.1);
            at = child + least.0;
        }
        self.put(at, key);
    }

    /// Gives the entry of a slot another key, with the same slot; whether there was one.
    #[inline]
    pub(super) fn change(&mut self, key: u128) -> bool {
        let Some(at) = self.place.get(slot_of(key) as usize).copied().filter(|&at| at != NOWHERE) else {
            return false;
        };
        let at = at as usize;
        if key < self.entries[at] {
            self.rise(at, key);
        } else {
            self.sink(at, key);
        }
        true
    }
}
