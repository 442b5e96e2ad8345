//! Digests that must have the same bits natively and in WebAssembly: of every sampler, and of whole runs.
//!
//! `cargo xtask test-wasm` runs this program twice, natively and in WebAssembly under Node, and compares what
//! the two say. Nothing is recorded: both sides come from the same sources.

use doorbuster::algorithm::CATALOG;
use doorbuster::dist;
use doorbuster::engine::Engine;
use doorbuster::rng::{Purpose, Stream};
use doorbuster::scenario::{Scenario, preset::PRESETS};
use doorbuster::units::SimTime;

/// FNV-1a over 64-bit words: enough to tell two streams of bits apart.
fn digest(words: impl Iterator<Item = u64>) -> u64 {
    words
        .flat_map(u64::to_le_bytes)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// 100,000 draws of each family of distributions.
fn samplers() -> Vec<(String, u64)> {
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
    texts.into_iter().map(draws).collect()
}

/// Every preset as it is, and the one that compares algorithms under each of them.
fn runs() -> Vec<(String, u64)> {
    let mut runs = Vec::new();
    for preset in PRESETS {
        let Ok(mut scenario) = Scenario::from_toml_str(preset.text) else { continue };
        runs.push((format!("preset {}", preset.name), run(&scenario)));
        if preset.name == "algorithms" {
            for spec in CATALOG {
                scenario.balancer.algorithm = spec.name.to_owned();
                runs.push((format!("algorithm {}", spec.name), run(&scenario)));
            }
        }
    }
    runs
}

fn run(scenario: &Scenario) -> u64 {
    scenario.validate().map_or(0, |model| {
        let mut engine = Engine::new(&model, model.seed());
        engine.run_until(SimTime(model.duration().0), u64::MAX, &mut ());
        engine.digest()
    })
}

/// One digest a line: the name, a colon, sixteen hexadecimal digits.
fn text() -> String {
    let all = samplers().into_iter().chain(runs());
    all.map(|(name, digest)| format!("{name}: {digest:016x}\n")).collect()
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
