//! trunk with everything that it needs.

use crate::run::{self, Result, command};
use crate::tools;
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

/// Builds the site into `dist/`.
pub fn build_release() -> Result {
    run::run(trunk()?.args(["build", "--release"]))
}
