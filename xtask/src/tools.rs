//! The two tools that cargo installs: trunk and wasm-bindgen.

use crate::run::{self, Result, command, output, read, root, say};
use crate::system::find;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A program from the crate registry, in exactly one version.
struct Tool {
    program: &'static str,
    package: &'static str,
    version: String,
    /// How long its installation takes on a machine with four cores.
    takes: &'static str,
}

/// The newest trunk that the toolchain of this project builds.
fn trunk() -> Tool {
    Tool { program: "trunk", package: "trunk", version: "0.21.14".into(), takes: "2 to 5 minutes" }
}

/// wasm-bindgen reads only what the library of its own version wrote: the version in `Cargo.lock`.
fn wasm_bindgen() -> Result<Tool> {
    let version = locked_version(&read(&root().join("Cargo.lock"))?, "wasm-bindgen")
        .ok_or("Cargo.lock names no wasm-bindgen")?
        .to_owned();
    Ok(Tool { program: "wasm-bindgen", package: "wasm-bindgen-cli", version, takes: "1 to 3 minutes" })
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// The folders to put before `PATH` so that trunk and wasm-bindgen of the right versions are found. Installs
/// what is missing; a tool of another version on `PATH` stays as it is.
pub fn cargo_tools() -> Result<Vec<PathBuf>> {
    Ok([ensure(&wasm_bindgen()?)?, ensure(&trunk())?].into_iter().flatten().collect())
}

/// As above, for wasm-bindgen only.
pub fn wasm_bindgen_only() -> Result<Vec<PathBuf>> {
    Ok(ensure(&wasm_bindgen()?)?.into_iter().collect())
}

/// `PATH` with these folders first.
pub fn path_with(folders: &[PathBuf]) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&path));
    std::env::join_paths(all).unwrap_or(path)
}

/// `None` when the right version is on `PATH`, else the folder where it is, after installing it there if
/// needed.
fn ensure(tool: &Tool) -> Result<Option<PathBuf>> {
    if find(tool.program).is_some_and(|path| is_version(&path, tool)) {
        return Ok(None);
    }
    let home = home()?.join(format!("{}-{}", tool.package, tool.version));
    let folder = home.join("bin");
    let program = folder.join(format!("{}{}", tool.program, std::env::consts::EXE_SUFFIX));
    if !is_version(&program, tool) {
        install(tool, &home)?;
    }
    if is_version(&program, tool) {
        Ok(Some(folder))
    } else {
        Err(format!("{} was installed but is not {} {}", program.display(), tool.program, tool.version))
    }
}

fn is_version(program: &Path, tool: &Tool) -> bool {
    let said = output(command(program).arg("--version")).unwrap_or_default();
    said.split_whitespace().nth(1) == Some(tool.version.as_str())
}

fn install(tool: &Tool, home: &Path) -> Result {
    say(&format!(
        "installing {} {} into {} ({}, once)",
        tool.package,
        tool.version,
        home.display(),
        tool.takes
    ));
    let started = Instant::now();
    let build = run::target().join("tools");
    // An unoptimised tool is built in half the time and is fast enough.
    run::run(
        run::cargo("install --locked --quiet")
            .args([tool.package, "--version", &format!("={}", tool.version), "--root"])
            .arg(home)
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    )?;
    say(&format!("installed {} in {}", tool.package, run::duration(started.elapsed())));
    // Only the program is kept; where this fails, `cargo clean` does it.
    let _ = std::fs::remove_dir_all(build);
    Ok(())
}

/// Where tools are installed: `DOORBUSTER_TOOLS`, or `doorbuster/tools` in the user's cache folder.
fn home() -> Result<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("DOORBUSTER_TOOLS")
        .or_else(|| {
            variable("XDG_CACHE_HOME")
                .or_else(|| variable("LOCALAPPDATA"))
                .or_else(|| variable("HOME").map(|home| home.join(".cache")))
                .map(|cache| cache.join("doorbuster").join("tools"))
        })
        .ok_or_else(|| "no place for tools: please set DOORBUSTER_TOOLS to a folder".into())
}

/// The compiler's target for the browser, added through rustup where it is missing.
pub fn wasm_target() -> Result {
    compiler_target("wasm32-unknown-unknown")
}

/// A target of the compiler, added through rustup where it is missing.
pub fn compiler_target(target: &str) -> Result {
    let libraries = output(command("rustc").args(["--print", "target-libdir", "--target", target]));
    if libraries.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    say(&format!("adding the compiler's target {target} (seconds, once)"));
    run::run(command("rustup").args(["target", "add", target])).map_err(|problem| {
        format!("{problem}; without rustup, please install Rust's {target} standard library")
    })
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_locked_version_is_that_of_the_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.3\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.3"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
