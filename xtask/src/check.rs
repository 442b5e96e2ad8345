//! The checks, one function each.

use crate::browser;
use crate::run::{Result, cargo, read, run, target};
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
    run(&mut cargo(&format!("clippy {WASM} --features web --lib --bin web --test wasm -- -D warnings")))
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

/// The digests of tests/wasm.rs, computed natively and then compared in WebAssembly.
pub fn tests_wasm() -> Result {
    tools::wasm_target()?;
    browser::node()?;
    let digests = target().join("digests.txt");
    // Left by an earlier run, it would be compared with itself.
    let _ = std::fs::remove_file(&digests);
    run(cargo("test --quiet --no-default-features --test wasm").env("DOORBUSTER_DIGESTS_OUT", &digests))?;
    let path = tools::path_with(&tools::test_runner()?);
    let native = read(&digests)?;
    run(cargo(&format!("test {WASM} --test wasm")).env("DOORBUSTER_DIGESTS", native).env("PATH", path))
}
