//! SHA-256 (FIPS 180-4) and HMAC (RFC 2104) with it: what Caddy's cookies are made of.

/// The n-th bits after the point of the roots of the first primes: `root(p, 3)` is of the cube root.
const fn root(prime: u128, power: u32) -> u32 {
    // The largest r with r^power ≤ prime · 2^(32 power); its low 32 bits are those after the point.
    let (mut low, mut high) = (0_u128, 1 << 38);
    while high - low > 1 {
        let middle = (low + high) / 2;
        let raised = if power == 2 { middle * middle } else { middle * middle * middle };
        if raised <= prime << (32 * power) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low as u32
}

const fn roots<const N: usize>(power: u32) -> [u32; N] {
    let (mut found, mut roots, mut number) = (0, [0; N], 2_u128);
    while found < N {
        let mut divisor = 2;
        while number % divisor != 0 {
            divisor += 1;
        }
        if divisor == number {
            roots[found] = root(number, power);
            found += 1;
        }
        number += 1;
    }
    roots
}

const START: [u32; 8] = roots(2);
const CONSTANTS: [u32; 64] = roots(3);

fn compress(state: &mut [u32; 8], block: &[u8]) {
    let mut words = [0_u32; 64];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, &byte| word << 8 | u32::from(byte));
    }
    for t in 16..64 {
        let (a, b) = (words[t - 15], words[t - 2]);
        let small = a.rotate_right(7) ^ a.rotate_right(18) ^ (a >> 3);
        let large = b.rotate_right(17) ^ b.rotate_right(19) ^ (b >> 10);
        words[t] = words[t - 16].wrapping_add(small).wrapping_add(words[t - 7]).wrapping_add(large);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for t in 0..64 {
        let turned = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let one = h.wrapping_add(turned).wrapping_add((e & f) ^ (!e & g));
        let one = one.wrapping_add(CONSTANTS[t]).wrapping_add(words[t]);
        let turned = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let two = turned.wrapping_add((a & b) ^ (a & c) ^ (b & c));
        (h, g, f, e) = (g, f, e, d.wrapping_add(one));
        (d, c, b, a) = (c, b, a, one.wrapping_add(two));
    }
    for (word, add) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(add);
    }
}

fn sha256(message: &[u8]) -> [u8; 32] {
    let mut padded = message.to_vec();
    padded.push(0x80);
    padded.resize(padded.len().next_multiple_of(64), 0);
    if padded.len() < message.len() + 9 {
        padded.resize(padded.len() + 64, 0);
    }
    let end = padded.len() - 8;
    padded[end..].copy_from_slice(&(message.len() as u64 * 8).to_be_bytes());
    let mut state = START;
    padded.chunks_exact(64).for_each(|block| compress(&mut state, block));
    let mut digest = [0; 32];
    for (bytes, word) in digest.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

/// The code of a message under a key of at most 64 bytes, in hexadecimal digits.
pub(super) fn hmac_hex(key: &[u8], message: &[u8]) -> String {
    let padded = |filler: u8| -> Vec<u8> {
        (0..64).map(|place| key.get(place).copied().unwrap_or(0) ^ filler).collect()
    };
    let inner = sha256(&[padded(0x36).as_slice(), message].concat());
    let outer = sha256(&[padded(0x5c).as_slice(), &inner].concat());
    outer.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the standard, and test case 2 of RFC 4231.
    #[test]
    fn known_values() {
        assert_eq!(START[0], 0x6a09_e667);
        assert_eq!(sha256(b"abc")[..4], [0xba, 0x78, 0x16, 0xbf]);
        assert_eq!(
            hmac_hex(b"Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
