//! trunk with everything that it needs.

use crate::run::{self, Result, command};
use crate::{system, tools};
use std::process::Command;

/// Installs what a build of the site needs.
pub fn setup() -> Result {
    tools::wasm_target()?;
    tools::cargo_tools().map(drop)
}

/// A call of trunk, with what it needs installed.
pub fn trunk() -> Result<Command> {
    tools::wasm_target()?;
    let mut trunk = command("trunk");
    trunk.env("PATH", tools::path_with(&tools::cargo_tools()?));
    // trunk takes this variable for an option of its own and knows only "true" and "false".
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

/// Builds the site into `dist/`, as it is published.
pub fn build_release() -> Result {
    system::optional("wasm-opt", "binaryen", "makes the WebAssembly smaller");
    run::run(trunk()?.args(["build", "--release"]))
}
