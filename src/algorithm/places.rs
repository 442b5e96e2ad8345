//! Where a hash lies among many.

/// With more than 2²⁰ hashes, a part has up to eight: a list of as many parts would be as far from the processor as
/// the hashes are, and it would have to wait for both.
const MANY: u32 = 20;

/// Where hashes lie in an ascending list of them, looked up by their leading bits: O(1) where they are spread evenly,
/// as hashes are.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// How far a hash is shifted to the number of its part.
    shift: u32,
    /// Where each part begins, up to the last that has any.
    starts: Vec<u32>,
}

impl Places {
    /// Nothing yet.
    pub(super) const EMPTY: Self = Self { shift: 0, starts: Vec::new() };

    /// Learns an ascending list of hashes of so many bits, up to 64.
    pub(super) fn learn(&mut self, bits: u32, hashes: impl ExactSizeIterator<Item = u64>) {
        let parts = hashes.len().next_power_of_two().trailing_zeros();
        let parts = if parts > MANY { parts.saturating_sub(3).max(MANY) } else { parts };
        self.shift = bits - parts.clamp(1, bits - 1);
        self.starts.clear();
        for (place, hash) in (0..).zip(hashes) {
            let part = (hash >> self.shift) as usize;
            if self.starts.len() <= part {
                self.starts.resize(part + 1, place);
            }
        }
    }

    /// The place of the first that is not below a hash, of `len`; `hash_at` says what is where.
    #[inline]
    pub(super) fn first_from(&self, hash: u64, len: usize, hash_at: impl Fn(usize) -> u64) -> usize {
        let part = (hash >> self.shift) as usize;
        let mut place = self.starts.get(part).map_or(len, |&start| start as usize);
        while place < len && hash_at(place) < hash {
            place += 1;
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::split_mix;

    /// Against a binary search, for lists of 0 to 1,200,000 hashes of 32 and 64 bits, some of them equal.
    #[test]
    fn finds_what_a_search_finds() {
        for (bits, count) in
            [0, 1, 2, 3, 17, 256, 3_000, 600_000].into_iter().flat_map(|n| [(32, n), (64, n)])
        {
            let hash = |n: u64| split_mix(n) >> (64 - bits);
            let mut list: Vec<u64> = (0..count).flat_map(|n| [hash(n), hash(n / 2)]).collect();
            list.sort_unstable();
            let mut places = Places::EMPTY;
            places.learn(bits, list.iter().copied());
            let keys = (5_000..6_000)
                .map(hash)
                .chain(list.iter().copied().step_by(1 + list.len() / 9_000))
                .chain([0, u64::MAX >> (64 - bits)]);
            for key in keys {
                let found = places.first_from(key, list.len(), |place| list[place]);
                assert_eq!(found, list.partition_point(|&other| other < key), "{key:x} of {count}");
            }
        }
    }
}
