//! Bits that were recorded: the draws of every sampler and random worlds, which `cargo xtask test-wasm` runs in
//! WebAssembly too; and the same bits for any number of threads.

use doorbuster::engine::Engine;
use doorbuster::experiment::sweep::{Cell, sweep};
use doorbuster::scenario::{Model, Scenario, preset::PRESETS};
use doorbuster::units::SimTime;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::golden::golden;
use crate::worlds::world;

#[path = "../wasm/samplers.rs"]
mod samplers;

#[test]
fn draws_of_samplers() {
    let lines = samplers::digests().into_iter().map(|(name, digest)| format!("{name}: {digest:016x}\n"));
    golden("samplers.txt", &lines.collect::<String>());
}

/// Random worlds that are recorded, so that they stay the same while the generator learns new things.
const WORLDS: &str = include_str!("../golden/worlds.jsonl");
/// How many.
const COUNT: usize = 40;

/// With BLESS they are drawn anew.
#[test]
fn recorded_worlds() {
    let mut worlds = WORLDS.to_owned();
    if std::env::var_os("BLESS").is_some() {
        let mut runner = TestRunner::deterministic();
        worlds = (0..COUNT)
            .map(|_| {
                let drawn = world().new_tree(&mut runner).unwrap().current();
                let scenario = drawn.scenario.to_toml();
                serde_json::json!({ "seed": drawn.seed, "scenario": scenario }).to_string() + "\n"
            })
            .collect();
        golden("worlds.jsonl", &worlds);
    }
    assert_eq!(worlds.lines().count(), COUNT);
    let digest = |(number, line): (usize, &str)| {
        let world: Value = serde_json::from_str(line).unwrap();
        let scenario = Scenario::from_toml_str(world["scenario"].as_str().unwrap()).unwrap();
        let model = scenario.validate().unwrap();
        let mut engine = Engine::new(&model, world["seed"].as_u64().unwrap());
        engine.run_until(SimTime(model.duration().0), u64::MAX, &mut ());
        format!("world {number}: {:016x}\n", engine.digest())
    };
    golden("worlds.txt", &worlds.lines().enumerate().map(digest).collect::<String>());
}

/// Every preset, two seeds each, on one thread and on four: the order in which runs end changes nothing.
#[test]
fn threads_change_nothing() {
    let model = |text: &str| -> Model {
        let mut scenario = Scenario::from_toml_str(text).unwrap();
        scenario.run.duration.0 = scenario.run.duration.0.min(5_000_000_000);
        scenario.run.warmup.0 = 0;
        scenario.validate().unwrap()
    };
    let models: Vec<Model> = PRESETS.iter().map(|preset| model(preset.text)).collect();
    let cells: Vec<Cell> = (0..2)
        .flat_map(|replication| (0..models.len() as u32).map(move |point| Cell { point, replication }))
        .collect();
    let one = sweep(&models, 1, &cells, 1, &|_| ());
    let four = sweep(&models, 1, &cells, 4, &|_| ());
    assert_eq!(one, four);
    assert!(one.iter().any(|a| one.iter().any(|b| a.point == b.point && a.digest != b.digest)));
}
