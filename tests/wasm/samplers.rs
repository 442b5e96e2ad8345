//! A hash of each sampler's draws.

use doorbuster::dist;
use doorbuster::rng::{Purpose, Stream};

/// FNV-1a over 64-bit words: enough to tell two streams of bits apart.
fn digest(words: impl Iterator<Item = u64>) -> u64 {
    words
        .flat_map(u64::to_le_bytes)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// 100,000 draws of each family of distributions.
pub fn digests() -> Vec<(String, u64)> {
    let texts = [
        "exponential 20 ms",
        "uniform 10 ms to 30 ms",
        "lognormal 20 ms scv 4",
        "gamma 20 ms scv 0.5",
        "gamma 20 ms scv 3",
        "hyperexponential 20 ms scv 4",
        "weibull 20 ms shape 0.5",
        "pareto 20 ms shape 2.5",
        "bounded_pareto 1 ms to 10 s shape 1.1",
    ];
    let draws = |text: &str| {
        let mut stream = Stream::new(7, Purpose::Demands, 0);
        let words =
            dist::parse(text).ok().map(|dist| digest((0..100_000).map(|_| dist.sample(&mut stream).0)));
        (format!("sampler {text}"), words.unwrap_or(0))
    };
    let popularity = |skew: f64| {
        let (mut stream, zipf) = (Stream::new(7, Purpose::Demands, 0), dist::Zipf::new(1_000, skew));
        let words = (0..100_000).map(|_| u64::from(zipf.sample(&mut stream)));
        (format!("sampler zipf of 1000 skew {skew}"), digest(words))
    };
    texts.into_iter().map(draws).chain([0.0, 0.8, 1.0].map(popularity)).collect()
}
