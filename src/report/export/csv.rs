//! The series as CSV (RFC 4180): a header, then a row for each window.

use std::fmt::Write as _;

use super::columns;
use crate::report::Report;

/// The run as CSV; an empty cell where there is no value.
#[must_use]
pub fn csv(report: &Report) -> String {
    let columns = columns(&report.series);
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    let mut out = names.join(",") + "\n";
    for row in 0..report.series.points.len() {
        for (i, column) in columns.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            let _ = match column.values[row] {
                Some(value) => write!(out, "{comma}{value}"),
                None => write!(out, "{comma}"),
            };
        }
        out.push('\n');
    }
    out
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
