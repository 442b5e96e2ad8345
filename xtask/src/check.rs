//! The checks, one function each.

use crate::run::{Result, cargo, run};
use crate::tools;

const WASM: &str = "--target wasm32-unknown-unknown --no-default-features";

/// Every file is formatted as rustfmt.toml says.
pub fn format() -> Result {
    run(&mut cargo("fmt --all --check"))
}

/// No warning anywhere, with every feature and in every target.
pub fn clippy() -> Result {
    run(&mut cargo("clippy --workspace --all-targets --all-features -- -D warnings"))
}

/// No warning in the library alone: no feature may be needed by accident.
pub fn clippy_engine() -> Result {
    run(&mut cargo("clippy --lib --no-default-features -- -D warnings"))
}

/// No warning in what is compiled for the browser only.
pub fn clippy_wasm() -> Result {
    tools::wasm_target()?;
    run(&mut cargo(&format!("clippy {WASM} --features web --lib --bin web --example digests -- -D warnings")))
}

/// The documentation builds without a warning, so every link in it leads somewhere.
pub fn documentation() -> Result {
    run(cargo("doc --no-deps --all-features").env("RUSTDOCFLAGS", "-D warnings"))
}

/// What `cargo test` runs.
pub fn tests() -> Result {
    run(&mut cargo("test --quiet --workspace"))
}

/// The engine alone, without a feature.
pub fn tests_engine() -> Result {
    run(&mut cargo("test --quiet --no-default-features"))
}

/// Every feature at once: features of dependencies add up, and may not change a value.
pub fn tests_all() -> Result {
    run(&mut cargo("test --quiet --all-features"))
}

/// As fast as a release and built in a fraction of its time.
const VALIDATE: &str = "run --quiet --profile fast --bin doorbuster -- validate";

/// Every case of theory and every published result; `cargo test` has the quick ones, and the recordings.
pub fn validate() -> Result {
    run(&mut cargo(&format!("{VALIDATE} --only theory --only published")))
}

/// Writes docs/validation.md, and the same as a page of the site, from runs. Fails after
/// that when something is not met.
pub fn validation() -> Result {
    run(&mut cargo(&format!(
        "{VALIDATE} --format markdown --out docs/validation.md \
         --report assets/validation.html"
    )))
}
