//! Programs on this machine, and the system's package manager.

use crate::run::{self, Result, command, output, say};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// The first program of that name in the folders of `PATH`.
pub fn find(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// True where `apt-get` may be called: it is there and this is root.
fn may_install() -> bool {
    find("apt-get").is_some() && output(command("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

/// Installs packages through the system's package manager where it may; else says how a person can.
///
/// # Errors
/// Where it may not, or the package manager fails.
pub fn install(packages: &str, why: &str) -> Result {
    static UPDATED: AtomicBool = AtomicBool::new(false);
    if !may_install() {
        return Err(format!("please install {why}; on Debian or Ubuntu: sudo apt-get install {packages}"));
    }
    say(&format!("installing {packages} by apt-get ({why})"));
    let apt = || {
        let mut apt = command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-o", "Dpkg::Use-Pty=0"]);
        apt
    };
    if !UPDATED.swap(true, Ordering::Relaxed) {
        run::run(apt().arg("update"))?;
    }
    run::run(apt().args(["install", "-y", "--no-install-recommends"]).args(packages.split_whitespace()))
}

/// The program, installed where that may be done, or `None` with a word about what is missing without it.
pub fn optional(program: &str, package: &str, use_of_it: &str) -> Option<PathBuf> {
    if let Some(path) = find(program) {
        return Some(path);
    }
    if let Err(problem) = install(package, &format!("{program}, which {use_of_it}")) {
        say(&format!("going on without {program}: {problem}"));
    }
    find(program)
}
