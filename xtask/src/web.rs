//! The tests of the built site in a browser, and the pictures of it.

use crate::browser;
use crate::run::{Result, command, read, root, run, say, write};
use std::path::PathBuf;
use std::process::Command;

/// The folder of the browser tests.
fn folder() -> PathBuf {
    root().join("tests").join("web")
}

/// Installs what the browser tests need.
pub fn setup() -> Result {
    browser::chromium()?;
    browser::node()?;
    driver()
}

/// The driver of the browser, in the locked version.
fn driver() -> Result {
    let lock = read(&folder().join("package-lock.json"))?;
    let stamp = folder().join("node_modules").join("lock-of-this-folder");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say("installing the driver of the browser by npm (seconds, once)");
    run(command(browser::npm()?)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder()))?;
    write(&stamp, lock)
}

/// Node in the folder of the browser tests, told where the browser is.
pub fn node() -> Result<Command> {
    setup()?;
    let mut node = command(browser::node()?);
    node.current_dir(folder()).env("CHROMIUM", browser::chromium()?);
    Ok(node)
}

/// True where a browser and its driver are, or could be installed.
///
/// # Errors
/// What is missing, for a person.
pub fn available() -> Result {
    setup()
}

/// Runs every `tests/web/*.test.mjs` on the site in `dist/`.
pub fn test() -> Result {
    built()?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .map_err(|error| format!("{}: {error}", folder().display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    // One file at a time: two browsers at once on a small machine make slow tests, not faster ones.
    run(node()?.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]).args(files))
}

/// Ten minutes at full speed, with the memory bounded.
pub fn soak() -> Result {
    built()?;
    run(node()?.env("SOAK_SECONDS", "600").args(["--test", "--test-reporter=spec", "soak.test.mjs"]))
}

/// Prints frame times, blocking tasks, times of the start, input to picture, and sizes of the lab in `dist/`.
pub fn frames() -> Result {
    built()?;
    run(node()?.arg("frames.mjs"))
}

/// Takes the README's pictures of the lab in `dist/`.
pub fn pictures() -> Result {
    built()?;
    say("taking the README's pictures");
    run(node()?.arg("pictures.mjs"))
}

fn built() -> Result {
    let index = root().join("dist").join("index.html");
    if index.is_file() {
        Ok(())
    } else {
        Err("there is no site in dist/; please run `cargo xtask build` first".into())
    }
}
