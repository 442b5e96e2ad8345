//! Hash functions that products and papers use, and the names that members are hashed by.

use super::PoolView;
use super::view::Text;

/// Fowler, Noll and Vo's hash of 32 bits, variant 1a: one byte in, one multiplication.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fnv32(pub u32);

impl Fnv32 {
    pub(super) const fn new() -> Self {
        Self(2_166_136_261)
    }

    pub(super) fn with(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619)))
    }
}

const PRIMES: [u64; 5] = [
    0x9e37_79b1_85eb_ca87,
    0xc2b2_ae3d_27d4_eb4f,
    0x1656_67b1_9e37_79f9,
    0x85eb_ca77_c2b2_ae63,
    0x27d4_eb2f_1656_67c5,
];

const fn round(lane: u64, word: u64) -> u64 {
    lane.wrapping_add(word.wrapping_mul(PRIMES[1])).rotate_left(31).wrapping_mul(PRIMES[0])
}

fn word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte))
}

/// xxHash of 64 bits, after its published description.
pub(super) fn xx64(bytes: &[u8], seed: u64) -> u64 {
    let stripes = bytes.chunks_exact(32);
    let rest = stripes.remainder();
    let mut hash = if bytes.len() < 32 {
        seed.wrapping_add(PRIMES[4])
    } else {
        let start = seed.wrapping_add(PRIMES[0]);
        let mut lanes =
            [start.wrapping_add(PRIMES[1]), seed.wrapping_add(PRIMES[1]), seed, seed.wrapping_sub(PRIMES[0])];
        for stripe in stripes {
            for (lane, part) in lanes.iter_mut().zip(stripe.chunks_exact(8)) {
                *lane = round(*lane, word(part));
            }
        }
        let turned = lanes.iter().zip([1, 7, 12, 18]).map(|(lane, by)| lane.rotate_left(by));
        let sum = turned.fold(0, u64::wrapping_add);
        lanes
            .iter()
            .fold(sum, |hash, &lane| (hash ^ round(0, lane)).wrapping_mul(PRIMES[0]).wrapping_add(PRIMES[3]))
    };
    hash = hash.wrapping_add(bytes.len() as u64);
    finish(tail(hash, rest))
}

/// What is left after the stripes: words, then half a word, then bytes.
fn tail(mut hash: u64, rest: &[u8]) -> u64 {
    let words = rest.chunks_exact(8);
    let mut left = words.remainder();
    for part in words {
        hash = (hash ^ round(0, word(part))).rotate_left(27).wrapping_mul(PRIMES[0]).wrapping_add(PRIMES[3]);
    }
    if left.len() >= 4 {
        hash = (hash ^ word(&left[..4]).wrapping_mul(PRIMES[0])).rotate_left(23);
        hash = hash.wrapping_mul(PRIMES[1]).wrapping_add(PRIMES[2]);
        left = &left[4..];
    }
    left.iter().fold(hash, |hash, &byte| {
        (hash ^ u64::from(byte).wrapping_mul(PRIMES[4])).rotate_left(11).wrapping_mul(PRIMES[0])
    })
}

const fn finish(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(PRIMES[1]);
    hash = (hash ^ (hash >> 29)).wrapping_mul(PRIMES[2]);
    hash ^ (hash >> 32)
}

/// Calls `use_it` with a member's name: its address, or its number when it has none.
pub(super) fn with_name<T>(pool: &PoolView<'_>, member: u32, use_it: impl FnOnce(&[u8]) -> T) -> T {
    match pool.settings(member).address.as_bytes() {
        [] => use_it(Text::of(format_args!("{member}")).bytes()),
        address => use_it(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values that the authors of the functions publish.
    #[test]
    fn known_values() {
        assert_eq!(Fnv32::new().with(b"").0, 0x811c_9dc5);
        assert_eq!(Fnv32::new().with(b"a").0, 0xe40c_292c);
        assert_eq!(Fnv32::new().with(b"foobar").0, 0xbf9c_f968);
        assert_eq!(xx64(b"", 0), 0xef46_db37_51d8_e999);
        assert_eq!(xx64(b"a", 0), 0xd24e_c4f1_a98c_6e5b);
        assert_eq!(xx64(b"abc", 0), 0x44bc_2cf5_ad77_0999);
        assert_eq!(xx64(b"Nobody inspects the spammish repetition", 0), 0xfbce_a83c_8a37_8bf1);
    }
}
