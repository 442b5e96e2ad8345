//! The digests of `tests/wasm/digests.rs`, computed natively and in WebAssembly and compared.

use crate::browser;
use crate::run::{self, Result, cargo, command, say, target};
use crate::tools;

/// Loads the program, which runs at once, and prints what it left behind.
const SCRIPT: &str = "require(process.argv[1]); process.stdout.write(globalThis.doorbusterDigests)";

/// Fails when a digest isn't the same on both sides.
pub fn compare() -> Result {
    let native = run::capture(&mut cargo("run --quiet --no-default-features --example digests"))?;
    let web = in_node()?;
    let count = equal(&native, &web)?;
    say(&format!("{count} digests are the same natively and in WebAssembly"));
    Ok(())
}

fn in_node() -> Result<String> {
    const TARGET: &str = "wasm32-unknown-unknown";
    tools::wasm_target()?;
    let node = browser::node()?;
    let path = tools::path_with(&tools::wasm_bindgen_only()?);
    run::run(&mut cargo(&format!(
        "build --quiet --no-default-features --example digests --target {TARGET}"
    )))?;
    let module = target().join(TARGET).join("debug").join("examples").join("digests.wasm");
    let folder = target().join("digests");
    run::run(
        command("wasm-bindgen")
            .env("PATH", path)
            .args(["--target", "nodejs", "--no-typescript", "--out-dir"])
            .arg(&folder)
            .arg(module),
    )?;
    let script = folder.join("digests.js");
    run::capture(command(node).args(["-e", SCRIPT]).arg(script))
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
