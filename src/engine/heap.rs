//! An indexed heap of small keys: earliest first, any entry removable, O(log n).
//!
//! A key is 128 bits: 64 of time (or work), 40 of sequence, 24 of slot. One comparison orders entries by time
//! and equal times by sequence, and the slot travels along. The heap is four-ary: half the levels of a binary
//! one, and four children share two cache lines. Entries are kept in fours, the last of which is filled up with
//! [`NOBODY`], so that the least of four children is found without a loop.

/// The most entries: 2²⁴ − 1.
pub(super) const SLOT_LIMIT: u32 = (1 << 24) - 1;

/// A key of `rank` (time or work), `sequence` (its last 40 bits) and `slot` (up to [`SLOT_LIMIT`]).
#[inline]
pub(super) const fn key(rank: u64, sequence: u64, slot: u32) -> u128 {
    ((rank as u128) << 64) | ((sequence << 24) | slot as u64) as u128
}

#[inline]
pub(super) const fn slot_of(key: u128) -> u32 {
    (key & SLOT_LIMIT as u128) as u32
}

#[inline]
pub(super) const fn rank_of(key: u128) -> u64 {
    (key >> 64) as u64
}

/// Later than every key.
pub(super) const NOBODY: u128 = u128::MAX;

/// Entry 0 is the first of all; those below entry i are the four of `below[i]`, entries 4 i + 1 to 4 i + 4. In this
/// order in memory: with one entry, there is nothing but what comes first.
#[derive(Debug, Clone)]
#[repr(C)]
pub(super) struct Heap {
    first: u128,
    len: usize,
    below: Vec<[u128; 4]>,
    /// Where each slot's entry is, if there is one and it is not the first: what is read here is looked up there.
    place: Vec<u32>,
}

/// The least of four, and which it is: two comparisons side by side and one between their winners.
#[inline(always)]
const fn least(&[a, b, c, d]: &[u128; 4]) -> (usize, u128) {
    let (left, one) = if b < a { (1, b) } else { (0, a) };
    let (right, other) = if d < c { (3, d) } else { (2, c) };
    if other < one { (right, other) } else { (left, one) }
}

/// Where entries are, looked up once for a walk through them.
struct Entries<'a> {
    first: &'a mut u128,
    below: &'a mut [[u128; 4]],
    place: &'a mut [u32],
}

impl Entries<'_> {
    #[inline(always)]
    fn at(&self, at: usize) -> u128 {
        if at == 0 { *self.first } else { self.below[(at - 1) / 4][(at - 1) % 4] }
    }

    #[inline(always)]
    fn put(&mut self, at: usize, key: u128) {
        if at == 0 {
            *self.first = key;
        } else {
            self.below[(at - 1) / 4][(at - 1) % 4] = key;
            self.place[slot_of(key) as usize] = at as u32;
        }
    }
}

impl Default for Heap {
    fn default() -> Self {
        Self::new()
    }
}

impl Heap {
    pub(super) const fn new() -> Self {
        Self { first: NOBODY, len: 0, below: Vec::new(), place: Vec::new() }
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The first of all, or [`NOBODY`].
    #[inline]
    pub(super) const fn first(&self) -> u128 {
        self.first
    }

    /// Every key, in no order that means anything.
    pub(super) fn keys(&self) -> impl Iterator<Item = u128> + '_ {
        let all = std::iter::once(&self.first).chain(self.below.as_flattened());
        all.copied().filter(|&key| key != NOBODY)
    }

    #[inline]
    fn at(&self, at: usize) -> u128 {
        if at == 0 { self.first } else { self.below[(at - 1) / 4][(at - 1) % 4] }
    }

    /// Makes room to look up a slot: that of every entry when there is more than one.
    #[inline]
    pub(super) fn know(&mut self, slot: u32) {
        if slot as usize >= self.place.len() {
            self.place.resize(slot as usize + 1, 0);
        }
    }

    /// Where the entry of a slot is.
    #[inline]
    fn find(&self, slot: u32) -> Option<usize> {
        if self.len > 0 && slot_of(self.first) == slot {
            return Some(0);
        }
        let at = *self.place.get(slot as usize)? as usize;
        (at > 0 && at < self.len && slot_of(self.at(at)) == slot).then_some(at)
    }

    #[inline]
    pub(super) fn push(&mut self, key: u128) {
        if self.len == 0 {
            (self.len, self.first) = (1, key);
        } else {
            self.push_further(key);
        }
    }

    fn push_further(&mut self, key: u128) {
        // The first may have to make room.
        self.know(slot_of(key).max(slot_of(self.first)));
        if self.len > 4 * self.below.len() {
            self.below.push([NOBODY; 4]);
        }
        self.len += 1;
        self.rise(self.len - 1, key);
    }

    /// Takes the first entry out and puts `key` in, which is cheaper than both. There is one, and the slot of `key` is
    /// known.
    #[inline(always)]
    pub(super) fn replace_first(&mut self, key: u128) {
        self.first = match self.below.first().map(least) {
            Some((child, least)) if least < key => {
                self.sink(1 + child, key);
                least
            }
            _ => key,
        };
    }

    /// Takes out the last entry, whatever it is.
    #[inline]
    fn pop_last(&mut self) -> u128 {
        self.len -= 1;
        let at = self.len;
        std::mem::replace(
            if at == 0 { &mut self.first } else { &mut self.below[(at - 1) / 4][(at - 1) % 4] },
            NOBODY,
        )
    }

    #[inline]
    pub(super) fn remove_first(&mut self) {
        if self.len > 1 {
            self.remove_first_of_many();
        } else {
            (self.len, self.first) = (0, NOBODY);
        }
    }

    fn remove_first_of_many(&mut self) {
        let last = self.pop_last();
        self.replace_first(last);
    }

    /// Takes out the entry of `slot`; whether there was one.
    pub(super) fn remove(&mut self, slot: u32) -> Option<u128> {
        let at = self.find(slot)?;
        let removed = self.at(at);
        let last = self.pop_last();
        if at < self.len {
            if last < removed { self.rise(at, last) } else { self.sink(at, last) }
        }
        Some(removed)
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new();
    }

    #[inline(always)]
    fn entries(&mut self) -> Entries<'_> {
        Entries { first: &mut self.first, below: &mut self.below, place: &mut self.place }
    }

    fn rise(&mut self, mut at: usize, key: u128) {
        let mut entries = self.entries();
        while at > 0 {
            let parent = (at - 1) / 4;
            let above = entries.at(parent);
            if above <= key {
                break;
            }
            entries.put(at, above);
            at = parent;
        }
        entries.put(at, key);
    }

    fn sink(&mut self, mut at: usize, key: u128) {
        let mut entries = self.entries();
        while let Some((child, least)) = entries.below.get(at).map(least) {
            if key <= least {
                break;
            }
            entries.put(at, least);
            at = 4 * at + 1 + child;
        }
        entries.put(at, key);
    }

    /// Gives the entry of a slot another key, with the same slot; whether there was one.
    pub(super) fn change(&mut self, key: u128) -> bool {
        let Some(at) = self.find(slot_of(key)) else { return false };
        if key < self.at(at) {
            self.rise(at, key);
        } else {
            self.sink(at, key);
        }
        true
    }
}
