//! What trunk runs after a build: the files of the site that it doesn't make itself.
//!
//! - in a release build: the WebAssembly made smaller, where `wasm-opt` is installed;
//! - `*_bg.wasm.js`: the WebAssembly as base64 in a script, for pages that may not fetch
//!   (see `assets/start.js`);
//! - `embed.html`: the page for one figure;
//! - in a release build: the content security policy in `index.html`.

use crate::base64;
use crate::run::{Result, command, read, run, say, write};
use crate::system::find;
use std::path::{Path, PathBuf};

/// What a page may do. `file:` is for a copy opened from disk, which has no 'self'; no page from a server may
/// read it.
///
/// `embed.html` goes without: in a sandboxed frame some browsers match 'self' with nothing. A server that
/// sends this policy as a header adds its own address to each 'self' for them.
const POLICY: &str = "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval'; \
                      style-src 'self' file: 'unsafe-inline'; img-src 'self' file: data: blob:; \
                      connect-src 'self' file:; base-uri 'none'; form-action 'none'";

/// What rustc's WebAssembly uses; wasm-opt refuses what it isn't told of.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// The hook: trunk names the folder and the profile.
pub fn post_build() -> Result {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder = folder.ok_or("post-build is called by trunk, which sets TRUNK_STAGING_DIR")?;
    let release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    finish(&folder, release)
}

fn finish(folder: &Path, release: bool) -> Result {
    let modules = wasm_files(folder)?;
    if modules.is_empty() {
        return Err(format!("no WebAssembly in {}", folder.display()));
    }
    for module in &modules {
        if release {
            shrink(module)?;
        }
        let bytes = std::fs::read(module).map_err(|error| format!("{}: {error}", module.display()))?;
        let script = format!("self.doorbusterWasm=\"{}\";\n", base64::encode(&bytes));
        write(&module.with_extension("wasm.js"), script)?;
    }
    let index = read(&folder.join("index.html"))?;
    write(&folder.join("embed.html"), embed_page(&index)?)?;
    if release {
        write(&folder.join("index.html"), with_policy(&index)?)?;
    }
    Ok(())
}

/// Every WebAssembly file of a built site.
pub fn wasm_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "wasm"));
    files.sort();
    Ok(files)
}

/// Runs wasm-opt over a file. A version that refuses the file leaves it as it is: it runs as well, only
/// larger.
pub fn shrink(module: &Path) -> Result {
    let Some(tool) = find("wasm-opt") else {
        say("no wasm-opt here (Debian: binaryen): the WebAssembly stays a few per cent larger");
        return Ok(());
    };
    let smaller = module.with_extension("smaller");
    if let Err(problem) = run(command(tool).arg("-O3").args(FEATURES).arg(module).arg("-o").arg(&smaller)) {
        say(&format!("going on without wasm-opt: {problem}"));
        return Ok(());
    }
    std::fs::rename(&smaller, module).map_err(|error| format!("{}: {error}", module.display()))
}

/// The page for one figure, from the page of the lab.
fn embed_page(index: &str) -> Result<String> {
    replace_once(index, "data-page=\"lab\"", "data-page=\"embed\"")
}

/// The page with its policy, before anything that the policy is about.
fn with_policy(index: &str) -> Result<String> {
    let charset = "<meta charset=\"utf-8\" />";
    let policy =
        format!("{charset}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\" />");
    replace_once(index, charset, &policy)
}

fn replace_once(text: &str, from: &str, to: &str) -> Result<String> {
    match text.matches(from).count() {
        1 => Ok(text.replacen(from, to, 1)),
        count => Err(format!("index.html has {from} {count} times instead of once")),
    }
}

#[cfg(test)]
mod tests {
    use super::{embed_page, with_policy};

    const INDEX: &str = include_str!("../../index.html");

    #[test]
    fn the_page_of_the_lab_becomes_the_page_of_a_figure() {
        let embed = embed_page(INDEX).unwrap();
        assert!(embed.contains("data-page=\"embed\"") && !embed.contains("data-page=\"lab\""));
    }

    #[test]
    fn the_policy_comes_before_everything_that_is_loaded() {
        let page = with_policy(INDEX).unwrap();
        let policy = page.find("Content-Security-Policy").unwrap();
        assert!(["<script", "<link"].iter().all(|tag| page.find(tag).unwrap() > policy));
    }

    #[test]
    fn a_page_without_the_place_is_refused() {
        assert!(embed_page("<html>").is_err());
        assert!(with_policy("<meta charset=\"utf-8\" /><meta charset=\"utf-8\" />").is_err());
    }
}
