//! What the browser tests need from the machine: a Chromium and Node.

use crate::run::{Result, command, output};
use crate::system::{find, install};
use std::path::PathBuf;

/// Names of Chromium and its relatives on `PATH`; all are driven in the same way.
const NAMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge",
    "brave-browser",
];

/// Where they are when they aren't on `PATH`.
const PLACES: [&str; 6] = [
    "/usr/lib/chromium/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// The oldest Node whose own test runner has all that the tests use.
const NODE: u32 = 18;

/// A browser: `CHROMIUM`, or one found, or one installed.
///
/// # Errors
/// Where none can be had, with what a person can do.
pub fn chromium() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM").map(PathBuf::from) {
        let exists = path.is_file();
        return if exists { Ok(path) } else { Err(format!("CHROMIUM={}: no such file", path.display())) };
    }
    if let Some(path) = installed() {
        return Ok(path);
    }
    install("chromium fonts-dejavu-core", "a browser for the tests")?;
    installed().ok_or_else(|| "the package manager installed no browser that is found".into())
}

fn installed() -> Option<PathBuf> {
    let places = || PLACES.iter().map(PathBuf::from).find(|path| path.is_file());
    NAMES.iter().find_map(|name| find(name)).or_else(places)
}

/// Node, which drives the browser and runs the WebAssembly tests.
///
/// # Errors
/// Where none can be had, or it is too old.
pub fn node() -> Result<PathBuf> {
    if find("node").is_none() {
        install("nodejs", "Node, which runs WebAssembly and drives the browser in the tests")?;
    }
    let node = find("node").ok_or("the package manager installed no node that is found")?;
    let said = output(command(&node).arg("--version")).unwrap_or_default();
    let major =
        said.trim().trim_start_matches('v').split('.').next().and_then(|number| number.parse::<u32>().ok());
    if major.is_some_and(|major| major >= NODE) {
        Ok(node)
    } else {
        Err(format!("{} is {}, but the tests need Node {NODE} or newer", node.display(), said.trim()))
    }
}

/// npm, which installs the browser's driver.
///
/// # Errors
/// Where it can't be had.
pub fn npm() -> Result<PathBuf> {
    if find("npm").is_none() {
        install("npm", "npm, which installs the driver of the browser")?;
    }
    find("npm").ok_or_else(|| "the package manager installed no npm that is found".into())
}
