//! The `doorbuster` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    doorbuster::cli::main()
}
