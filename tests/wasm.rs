//! The same bits natively and in WebAssembly.
//!
//! `cargo xtask test-wasm` runs this file twice: natively, where it writes its digests to a file, and in
//! WebAssembly, where it computes them again and compares. Nothing is recorded: both sides come from the
//! sources of the same run.
#![allow(missing_docs)]

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// FNV-1a over 64-bit words: enough to tell two streams of bits apart.
fn digest(words: impl Iterator<Item = u64>) -> u64 {
    words
        .flat_map(u64::to_le_bytes)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// 100,000 numbers from a function of a uniform number in (0, 1], by the generator that the engine uses.
fn stream(seed: u64, function: impl Fn(f64) -> f64) -> u64 {
    let mut generator = Xoshiro256PlusPlus::seed_from_u64(seed);
    digest((0..100_000).map(|_| {
        let uniform = ((generator.next_u64() >> 11) + 1) as f64 / (1u64 << 53) as f64;
        function(uniform).to_bits()
    }))
}

/// Every digest by name. A run of the engine belongs here: one line per preset.
fn digests() -> Vec<(String, u64)> {
    let normal = |u: f64| libm::sqrt(-2.0 * libm::log(u)) * libm::cos(core::f64::consts::TAU * u);
    [
        ("uniform", stream(7, |u| u)),
        ("exponential", stream(7, |u| -libm::log(u))),
        ("normal", stream(7, normal)),
        ("pareto", stream(7, |u| libm::pow(u, -1.0 / 1.5))),
    ]
    .map(|(name, digest)| (format!("stream {name}"), digest))
    .to_vec()
}

/// One digest a line: the name, a colon, sixteen hexadecimal digits.
fn text() -> String {
    digests().into_iter().map(|(name, digest)| format!("{name}: {digest:016x}\n")).collect()
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn digests_repeat_and_differ_from_each_other() {
    let first = text();
    assert_eq!(first, text(), "the same run gave other bits");
    let mut values: Vec<u64> = digests().into_iter().map(|(_, digest)| digest).collect();
    values.sort_unstable();
    values.dedup();
    assert_eq!(values.len(), first.lines().count(), "two digests are equal:\n{first}");
    if let Some(path) = std::env::var_os("DOORBUSTER_DIGESTS_OUT") {
        std::fs::write(path, first).unwrap();
    }
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test::wasm_bindgen_test]
fn digests_are_those_of_the_native_build() {
    let native = option_env!("DOORBUSTER_DIGESTS").unwrap_or("nothing: please run `cargo xtask test-wasm`");
    assert_eq!(native, text(), "native on the left, WebAssembly on the right");
}
