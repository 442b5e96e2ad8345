//! `doorbuster validate`: whether the balancer does what real ones were seen to do.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use include_dir::{Dir, include_dir};
use serde::Serialize;

use super::args::{Format, ValidateArgs};
use super::output::{deliver, formats};
use super::table::Table;
use super::term::{BOLD, DIM, GREEN, RED, RESET, width, wrap};
use super::{Done, Failure, Result, progress};
use crate::experiment::jobs;
use crate::experiment::vectors::{self, VectorResult};

/// The recordings that ship, in the program itself.
static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/oracles");

/// What was checked.
#[derive(Debug, Serialize)]
struct Validation {
    /// Whether all of it holds.
    passed: bool,
    /// Recordings of real load balancers.
    vectors: Vec<VectorResult>,
    /// Cases of queueing theory.
    theory: Vec<serde_json::Value>,
}

/// Replays recordings and says which are met.
pub(super) fn validate(args: &ValidateArgs) -> Result<Done> {
    formats(&args.output, &[Format::Text, Format::Json])?;
    let files = match &args.vectors {
        Some(folder) => recordings(folder)?,
        None => shipped(),
    };
    let bar = progress::bar(files.len() as u64);
    let finished = AtomicU64::new(0);
    let hear = || progress::advance(&bar, finished.fetch_add(1, Ordering::Relaxed) + 1);
    let vectors = vectors::validate_with(&files, jobs(), &hear);
    bar.finish_and_clear();
    let passed = vectors.iter().all(|result| result.passed);
    let validation = Validation { passed, vectors, theory: Vec::new() };
    let text = match args.output.format {
        Format::Json => serde_json::to_string_pretty(&validation).unwrap_or_default() + "\n",
        _ => show(&validation, width()),
    };
    deliver(&args.output, &text)?;
    Ok(if passed { Done::Well } else { Done::Failed })
}

/// The recordings that ship: name and text, in the order of their names.
fn shipped() -> Vec<(String, String)> {
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
fn recordings(folder: &Path) -> Result<Vec<(String, String)>> {
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

fn show(validation: &Validation, width: usize) -> String {
    let mut table = Table::new(&["Recording", "", "Equal", "Product", "Kind"]).left(1).left(3).left(4);
    for result in &validation.vectors {
        let mark = if result.passed { format!("{GREEN}met{RESET}") } else { format!("{RED}MISSED{RESET}") };
        let equal = format!("{}/{}", result.matched, result.rows);
        table.row(vec![result.name.clone(), mark, equal, result.product.clone(), result.kind.clone()]);
    }
    let mut out = table.show(width);
    for result in validation.vectors.iter().filter(|result| !result.passed) {
        let note = wrap(&result.note, result.name.chars().count() + 2, width, 2);
        let _ = write!(out, "\n{RED}{}{RESET}: {note}", result.name);
    }
    let (met, all) = met(validation.vectors.iter());
    let _ = write!(out, "\n{BOLD}{met} of {all} recordings met{RESET}");
    let mut products: Vec<&str> = validation.vectors.iter().map(product).collect();
    products.sort_unstable();
    products.dedup();
    for name in products {
        let (met, all) = met_of(validation, name);
        let _ = write!(out, "{DIM} · {name} {met}/{all}{RESET}");
    }
    out + "\n"
}

/// The product without its version; a file that is no recording has none.
fn product(result: &VectorResult) -> &str {
    result.product.split(' ').next().filter(|name| !name.is_empty()).unwrap_or("unknown")
}

fn met_of(validation: &Validation, name: &str) -> (usize, usize) {
    met(validation.vectors.iter().filter(|result| product(result) == name))
}

fn met<'a>(results: impl Iterator<Item = &'a VectorResult>) -> (usize, usize) {
    results.fold((0, 0), |(met, all), result| (met + usize::from(result.passed), all + 1))
}
