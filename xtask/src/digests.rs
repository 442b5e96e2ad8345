//! The digests of `tests/wasm/digests.rs`, computed natively and in WebAssembly and compared.

use std::path::PathBuf;

use crate::run::{self, Result, cargo, command, say, target};
use crate::{browser, tools, web};

/// Loads the program, which runs at once, and prints what it left behind.
const SCRIPT: &str = "require(process.argv[1]); process.stdout.write(globalThis.doorbusterDigests)";
const TARGET: &str = "wasm32-unknown-unknown";
const NATIVE: &str = "run --quiet --no-default-features --example digests";

/// Fails when a digest isn't the same everywhere: with few optimisations and with nearly all, and in WebAssembly under
/// Node and in Chromium.
pub fn compare() -> Result {
    let native = run::capture(&mut cargo(NATIVE))?;
    let told = |count: usize, place: &str| say(&format!("{count} digests are the same natively and {place}"));
    told(
        equal(&native, &run::capture(&mut cargo(&format!("{NATIVE} --profile fast")))?)?,
        "as fast as a release",
    );
    build()?;
    told(equal(&native, &in_node()?)?, "in WebAssembly under Node");
    match web::available() {
        Ok(()) => told(equal(&native, &in_browser()?)?, "in WebAssembly in a browser"),
        Err(problem) if run::is_ci() => return Err(problem),
        Err(problem) => say(&format!("NOT compared in a browser: {problem}")),
    }
    Ok(())
}

/// The program as WebAssembly.
fn build() -> Result {
    tools::wasm_target()?;
    let example = format!("build --quiet --no-default-features --example digests --target {TARGET}");
    run::run(&mut cargo(&example))
}

/// What a host needs to load it, in a folder of its own.
fn bound(host: &str) -> Result<PathBuf> {
    let path = tools::path_with(&tools::wasm_bindgen_only()?);
    let module = target().join(TARGET).join("debug").join("examples").join("digests.wasm");
    let folder = target().join("digests").join(host);
    let mut tool = command("wasm-bindgen");
    let tool = tool.env("PATH", path).args(["--target", host, "--no-typescript", "--out-dir"]);
    run::run(tool.arg(&folder).arg(module))?;
    Ok(folder)
}

fn in_node() -> Result<String> {
    let script = bound("nodejs")?.join("digests.js");
    run::capture(command(browser::node()?).args(["-e", SCRIPT]).arg(script))
}

fn in_browser() -> Result<String> {
    let folder = bound("no-modules")?;
    run::capture(web::node()?.arg("digests.mjs").arg(folder))
}

/// How many lines the two texts have in common: all of them, and at least one.
fn equal(native: &str, web: &str) -> Result<usize> {
    let (mut left, mut right) = (native.lines(), web.lines());
    let mut count = 0;
    loop {
        match (left.next(), right.next()) {
            (None, None) if count == 0 => return Err("there was no digest to compare".into()),
            (None, None) => return Ok(count),
            (native, web) if native == web => count += 1,
            (native, web) => {
                let shown = |line: Option<&str>| line.unwrap_or("nothing").to_owned();
                return Err(format!("native says {}, WebAssembly says {}", shown(native), shown(web)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::equal;

    #[test]
    fn one_other_digest_is_found() {
        assert_eq!(equal("a: 1\nb: 2\n", "a: 1\nb: 2\n"), Ok(2));
        assert_eq!(
            equal("a: 1\nb: 2\n", "a: 1\nb: 3\n"),
            Err("native says b: 2, WebAssembly says b: 3".into())
        );
        assert!(equal("a: 1\nb: 2\n", "a: 1\n").is_err());
        assert!(equal("", "").is_err());
    }
}
