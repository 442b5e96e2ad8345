//! Functions from keys to 32 bits.

use std::net::IpAddr;

use crate::algorithm::crc32::crc32;

/// What is computed from a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    /// h ← 65599 h + byte: the one of the sdbm database library.
    Sdbm,
    /// h ← 33 h + byte, from 5381: Bernstein's.
    Djb2,
    /// The checksum of ISO 3309.
    Crc32,
}

impl Function {
    /// The one of this number in scenarios.
    pub(super) const fn of(number: u32) -> Self {
        match number {
            1 => Self::Djb2,
            2 => Self::Crc32,
            _ => Self::Sdbm,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sdbm => "sdbm",
            Self::Djb2 => "djb2",
            Self::Crc32 => "crc32",
        }
    }

    pub(super) fn of_bytes(self, bytes: &[u8]) -> u32 {
        let fold = |start: u32, factor: u32| {
            bytes.iter().fold(start, |h, &byte| h.wrapping_mul(factor).wrapping_add(u32::from(byte)))
        };
        match self {
            Self::Sdbm => fold(0, 65_599),
            Self::Djb2 => fold(5_381, 33),
            Self::Crc32 => crc32(bytes),
        }
    }
}

/// An address without any function: its 32-bit words, exclusive-ored.
pub(super) fn of_address(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(address) => address.to_bits(),
        IpAddr::V6(address) => {
            let bits = address.to_bits();
            (0..4).fold(0, |h, word| h ^ (bits >> (32 * word)) as u32)
        }
    }
}

/// The modifier that makes every bit depend on every bit: Bob Jenkins' integer hash with six shifts (public
/// domain), times the one odd number that the recordings of keys allow.
pub(super) const fn avalanche(word: u32) -> u32 {
    let a = word.wrapping_add(0x7ed5_5d16).wrapping_add(word << 12);
    let a = a ^ 0xc761_c23c ^ (a >> 19);
    let a = a.wrapping_add(0x1656_67b1).wrapping_add(a << 5);
    let a = a.wrapping_add(0xd3a2_646c) ^ (a << 9);
    let a = a.wrapping_add(0xfd70_46c5).wrapping_add(a << 3);
    let a = a ^ 0xb55a_4f09 ^ (a >> 16);
    a.wrapping_mul(3_221_225_473)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "ab" by hand: sdbm 97·65599 + 98 = 6363201, djb2 (5381·33 + 97)·33 + 98 = 5863208.
    #[test]
    fn by_hand() {
        assert_eq!(Function::Sdbm.of_bytes(b"ab"), 6_363_201);
        assert_eq!(Function::Djb2.of_bytes(b"ab"), 5_863_208);
        assert_eq!(Function::Crc32.of_bytes(b"123456789"), 0xcbf4_3926);
        assert_eq!(of_address("1.2.3.4".parse().unwrap()), 0x0102_0304);
        assert_eq!(
            of_address("1:2:3:4:5:6:7:8".parse().unwrap()),
            0x0001_0002 ^ 0x0003_0004 ^ 0x0005_0006 ^ 0x0007_0008
        );
    }
}
