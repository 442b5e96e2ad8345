//! Recorded output. It tells that something has changed, and proves nothing: what is right is for the other kinds of
//! test to say. When a change is meant, record anew with `BLESS=1 cargo test golden` and name it in the changelog
//! under "Value changes".

use std::fs;
use std::path::PathBuf;

use doorbuster::scenario::{Scenario, preset::PRESETS};

use crate::support::run;

/// Holds a text against the recorded one.
pub fn golden(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let recorded = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, recorded, "{name} has changed");
}

/// The digest of every preset with its own seed.
#[test]
fn digests_of_presets() {
    let line = |name: &str, text: &str| {
        let model = Scenario::from_toml_str(text).unwrap().validate().unwrap();
        format!("{name}: {:016x}\n", run(&model, model.seed(), ()).0.digest())
    };
    let all: String = PRESETS.iter().map(|preset| line(preset.name, preset.text)).collect();
    golden("digests.txt", &all);
}

/// What the command line says of a run.
#[cfg(feature = "cli")]
#[test]
fn text_of_a_run() {
    let command = std::process::Command::new(env!("CARGO_BIN_EXE_doorbuster"))
        .args(["run", "port-conflict"])
        .env("COLUMNS", "80")
        .output()
        .unwrap();
    golden("port-conflict.txt", &String::from_utf8(command.stdout).unwrap());
}
