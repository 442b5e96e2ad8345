//! Digests that must have the same bits natively and in WebAssembly: of every sampler, and of whole runs.
//!
//! `cargo xtask test-wasm` runs this program natively, as fast as a release, and in WebAssembly under Node and in a
//! browser, and compares what they say. tests/it/bits.rs holds the samplers and the random worlds against what was
//! recorded.

#[path = "samplers.rs"]
mod samplers;

use doorbuster::algorithm::CATALOG;
use doorbuster::engine::Engine;
use doorbuster::scenario::{Scenario, preset::PRESETS};
use doorbuster::units::SimTime;

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

/// The random worlds that were recorded, one a line: a seed and a scenario.
const WORLDS: &str = include_str!("../golden/worlds.jsonl");

fn worlds() -> Vec<(String, u64)> {
    let digest = |(number, line): (usize, &str)| {
        let world: serde_json::Value = serde_json::from_str(line).ok()?;
        let model = Scenario::from_toml_str(world["scenario"].as_str()?).ok()?.validate().ok()?;
        let mut engine = Engine::new(&model, world["seed"].as_u64()?);
        engine.run_until(SimTime(model.duration().0), u64::MAX, &mut ());
        Some((format!("world {number}"), engine.digest()))
    };
    // One that can't be read gives a line less, and that is seen.
    WORLDS.lines().enumerate().filter_map(digest).collect()
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
    let all = samplers::digests().into_iter().chain(runs()).chain(worlds());
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
