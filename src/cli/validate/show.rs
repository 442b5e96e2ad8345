//! What was checked, as text for people.

use std::fmt::Write as _;

use super::Validation;
use crate::cli::table::Table;
use crate::cli::term::{BOLD, DIM, GREEN, RED, RESET, wrap};
use crate::experiment::published::ClaimResult;
use crate::experiment::theory::TheoryResult;
use crate::experiment::vectors::VectorResult;
use crate::report::number::three;

/// Everything that was checked, a part for each kind.
pub(super) fn show(validation: &Validation, width: usize) -> String {
    let mut parts = Vec::new();
    if !validation.vectors.is_empty() {
        parts.push(recordings(validation, width));
    }
    if !validation.theory.is_empty() {
        parts.push(theory(&validation.theory, width));
    }
    if !validation.published.is_empty() {
        parts.push(published(&validation.published, width));
    }
    parts.join("\n")
}

fn mark(passed: bool, good: &str, bad: &str) -> String {
    if passed { format!("{GREEN}{good}{RESET}") } else { format!("{RED}{bad}{RESET}") }
}

/// Five digits: what intervals of 2 % need, and a little more.
pub(super) fn five(x: f64) -> String {
    let size = x.abs();
    let places = match size {
        s if s >= 10_000.0 || s == 0.0 => 0,
        s if s >= 1_000.0 => 1,
        s if s >= 100.0 => 2,
        s if s >= 10.0 => 3,
        s if s >= 0.1 => 4,
        _ => 5,
    };
    format!("{x:.places$}")
}

fn theory(results: &[TheoryResult], width: usize) -> String {
    let mut table = Table::new(&["Case", "", "Quantity", "Exact", "Measured", "Interval"]).left(1).left(2);
    for result in results {
        for (i, (quantity, exact)) in result.exact.iter().enumerate() {
            let (measured, half) = result.measured.get(quantity).map_or(("—".into(), "—".into()), |m| {
                (five(m.mean), format!("± {}", five(m.half_width)))
            });
            let (name, verdict) = match i {
                0 => (result.name.clone(), mark(result.passed, "met", "SHORT")),
                _ => (String::new(), String::new()),
            };
            table.row(vec![name, verdict, quantity.clone(), five(*exact), measured, half]);
        }
    }
    let mut out = table.show(width);
    for result in results.iter().filter(|result| !result.passed) {
        let note = wrap(&result.note, result.name.chars().count() + 2, width, 2);
        let _ = writeln!(out, "{RED}{}{RESET}: {note}", result.name);
    }
    let passed = results.iter().filter(|result| result.passed).count();
    let worst = results.iter().map(TheoryResult::worst_deviation).fold(0.0, f64::max);
    let _ = write!(
        out,
        "\n{BOLD}{passed} of {} theory cases met{RESET}{DIM} · largest deviation {} %{RESET}\n",
        results.len(),
        three(worst * 100.0)
    );
    out
}

fn published(results: &[ClaimResult], width: usize) -> String {
    let mut out = String::new();
    for result in results {
        let verdict = mark(result.passed, "met", "MISSED");
        let _ = writeln!(out, "{verdict}  {BOLD}{}{RESET}", wrap(result.claim, 5, width, 5));
        for (label, text) in [("published", result.published), ("ours", &result.ours)] {
            let _ = writeln!(out, "     {DIM}{label:>9}{RESET}  {}", wrap(text, 16, width, 16));
        }
    }
    let passed = results.iter().filter(|result| result.passed).count();
    let _ = write!(out, "\n{BOLD}{passed} of {} published results met{RESET}\n", results.len());
    out
}

fn recordings(validation: &Validation, width: usize) -> String {
    let mut table = Table::new(&["Recording", "", "Equal", "Product", "Kind"]).left(1).left(3).left(4);
    for result in &validation.vectors {
        let mark = match (result.passed, result.known_miss) {
            (false, Some(_)) => format!("{DIM}known miss{RESET}"),
            (true, Some(_)) => format!("{RED}met, though known as a miss{RESET}"),
            (passed, None) => mark(passed, "met", "MISSED"),
        };
        let equal = format!("{}/{}", result.matched, result.rows);
        table.row(vec![result.name.clone(), mark, equal, result.product.clone(), result.kind.clone()]);
    }
    let mut out = table.show(width);
    for result in validation.vectors.iter().filter(|result| !result.passed) {
        let (colour, note) = match result.known_miss {
            Some(why) => (DIM, format!("known miss: {why}")),
            None => (RED, result.note.clone()),
        };
        let note = wrap(&note, result.name.chars().count() + 2, width, 2);
        let _ = write!(out, "\n{colour}{}{RESET}: {note}", result.name);
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
