//! The recordings that are replayed: those that ship, or those in a folder.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::{Failure, Result};

/// The recordings that ship, in the program itself.
static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/oracles");

/// The recordings that ship: name and text, in the order of their names.
pub(super) fn shipped() -> Vec<(String, String)> {
    let named = SHIPPED.files().map(|file| (file.path(), file.contents()));
    sorted(
        named.map(|(path, bytes)| (path.display().to_string(), String::from_utf8_lossy(bytes).into_owned())),
    )
}

fn sorted(files: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = files.filter(|(name, _)| is_recording(name)).collect();
    found.sort();
    found
}

fn is_recording(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("json"))
}

/// The recordings in a folder.
pub(super) fn recordings(folder: &Path) -> Result<Vec<(String, String)>> {
    let shown = folder.display();
    let unreadable = |path: &Path, error: &std::io::Error| {
        Failure::hint(
            format!("{}: can't be read: {error}", path.display()),
            "--vectors takes a folder with a recording in each .json file",
        )
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !is_recording(&name) || path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
        files.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    if files.is_empty() {
        let hint =
            "a recording is a file that ends in .json; without --vectors, those that ship are replayed";
        return Err(Failure::hint(format!("--vectors {shown}: no recordings there"), hint));
    }
    Ok(sorted(files.into_iter()))
}
