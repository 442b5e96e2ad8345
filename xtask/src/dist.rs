//! `cargo xtask dist`: the site for any static host.

use crate::post_build::wasm_files;
use crate::run::{Result, command, root, say};
use crate::{system, trunk, web};
use std::path::Path;
use std::process::Stdio;

/// The largest the WebAssembly may be, in bytes as stored. It is what a learner on a slow line waits for;
/// raise it only with a reason in docs/notes.md.
const WASM_LIMIT: u64 = 4_200_000;

/// Builds the site, shows its sizes and takes the README's pictures.
pub fn dist(pictures: bool) -> Result {
    say("building the site into dist/");
    trunk::build_release()?;
    sizes()?;
    within_limit()?;
    if pictures {
        web::pictures()?;
    }
    say("dist/ is ready: copy it to any folder of any static host");
    Ok(())
}

/// Fails when the WebAssembly is larger than the limit.
pub fn within_limit() -> Result {
    for file in wasm_files(&root().join("dist"))? {
        let size = size(&file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!("    {name}: {size} bytes of at most {WASM_LIMIT}");
        if size > WASM_LIMIT {
            return Err(format!("{name} has {size} bytes, {} more than the limit", size - WASM_LIMIT));
        }
    }
    Ok(())
}

/// Every file of the site with its size as stored and as a server would send it.
fn sizes() -> Result {
    system::optional("brotli", "brotli", "shows the size of the download");
    let folder = root().join("dist");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.is_file());
    files.sort();
    println!("    {:<34} {:>10} {:>10} {:>10}", "file", "bytes", "gzip -9", "brotli");
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let packed = |size: Option<usize>| size.map_or_else(|| "-".into(), |size| size.to_string());
        let (gzip, brotli) = (compressed(file, "gzip", "-9"), compressed(file, "brotli", "--best"));
        println!("    {name:<34} {:>10} {:>10} {:>10}", size(file)?, packed(gzip), packed(brotli));
    }
    Ok(())
}

fn size(file: &Path) -> Result<u64> {
    std::fs::metadata(file).map(|data| data.len()).map_err(|error| format!("{}: {error}", file.display()))
}

/// The size after a compressor, where it is installed.
fn compressed(file: &Path, program: &str, level: &str) -> Option<usize> {
    let output = command(program).args([level, "--stdout"]).arg(file).stderr(Stdio::null()).output().ok()?;
    output.status.success().then_some(output.stdout.len())
}
