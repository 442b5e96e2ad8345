//! Digests that must have the same bits natively and in WebAssembly.
//!
//! `cargo xtask test-wasm` runs this program twice, natively and in WebAssembly under Node, and compares what
//! the two say. Nothing is recorded: both sides come from the same sources.

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
fn main() {
    print!("{}", text());
}

/// Without standard output, the text becomes a global of the script that loads the program.
#[cfg(target_arch = "wasm32")]
fn main() {
    let set = js_sys::Reflect::set(&js_sys::global(), &"doorbusterDigests".into(), &text().into());
    assert!(set.is_ok(), "the global could not be set");
}
