//! A sweep as text, CSV, Markdown and part of a page.

use std::fmt::Write as _;

use crate::cli::Result;
use crate::cli::figures;
use crate::cli::table::Table;
use crate::cli::term::{BOLD, DIM, RESET, wrap};
use crate::cli::text::warnings;
use crate::experiment::sweep::{PointReport, Sweep, SweepPlan};
use crate::report::export::{escape, html_table};
use crate::report::measure::{self, Kind};
use crate::report::number::{count, millis};

/// Measures in tables for people.
const COLUMNS: [(&str, &str); 5] =
    [("mean", "mean"), ("p50", "p50"), ("p99", "p99"), ("failed_share", "failed"), ("goodput", "goodput")];

/// What was swept, in a line.
pub(super) fn heading(plan: &SweepPlan) -> String {
    let name = plan.scenario.get("name").and_then(serde_json::Value::as_str).unwrap_or("scenario");
    let paths: Vec<&str> = plan.axes.iter().map(|axis| axis.path.as_str()).collect();
    format!("{name} by {}", paths.join(" and "))
}

/// The means with their intervals, and p99 of all replications together.
fn cells(point: &PointReport) -> Vec<String> {
    let shown = |&(name, _): &(&str, &str)| {
        let kind = measure::find(name).map_or(Kind::Number, |measure| measure.kind);
        let estimate = point.estimates.iter().find(|(known, _)| *known == name);
        estimate.map_or_else(|| "—".into(), |(_, e)| kind.show_with(e.mean, e.half_width.unwrap_or(0.0)))
    };
    let together = point.response_time_ms.p99.map_or_else(|| "—".into(), millis);
    point.values.iter().cloned().chain(COLUMNS.iter().map(shown)).chain([together]).collect()
}

fn heads(sweep: &Sweep) -> Vec<String> {
    let axes = sweep.axes.iter().map(|axis| axis.path.clone());
    axes.chain(COLUMNS.iter().map(|(_, label)| (*label).to_owned())).chain(["p99 of all".into()]).collect()
}

/// How it was made.
fn footing(sweep: &Sweep) -> String {
    let last = sweep.seed + u64::from(sweep.replications) - 1;
    let missing =
        if sweep.missing > 0 { format!("; {} missing", count(sweep.missing, "run")) } else { String::new() };
    format!(
        "{} at each point, seeds {} to {last}, 95 % intervals; p99 of all: of all replications together{missing}",
        count(u64::from(sweep.replications), "run"),
        sweep.seed
    )
}

pub(super) fn text(sweep: &Sweep, width: usize) -> String {
    let mut out = format!("{BOLD}{}{RESET}\n\n", wrap(&sweep.headline, 0, width, 0));
    let mut table = Table::new(&[]);
    heads(sweep).into_iter().enumerate().for_each(|(i, head)| table.column(head, i < sweep.axes.len()));
    sweep.points.iter().for_each(|point| table.row(cells(point)));
    out += &table.show(width);
    if !sweep.warnings.is_empty() {
        out += &format!("\n{}", warnings(&sweep.warnings, width));
    }
    let _ = writeln!(out, "\n{DIM}{}{RESET}", wrap(&footing(sweep), 0, width, 0));
    out
}

/// A row for each point and measure.
pub(super) fn csv(sweep: &Sweep) -> String {
    let quoted = |text: &String| {
        if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    };
    let axes: Vec<String> = sweep.axes.iter().map(|axis| quoted(&axis.path)).collect();
    let mut out = axes.join(",") + ",measure,mean,half_width,confidence,replications\n";
    for point in &sweep.points {
        let values: Vec<String> = point.values.iter().map(quoted).collect();
        for (name, e) in &point.estimates {
            let half = e.half_width.map_or_else(String::new, |half| half.to_string());
            let _ = writeln!(
                out,
                "{},{name},{},{half},{},{}",
                values.join(","),
                e.mean,
                e.confidence,
                e.replications
            );
        }
    }
    out
}

pub(super) fn markdown(sweep: &Sweep) -> String {
    let heads = heads(sweep);
    let mut out =
        format!("{}\n\n| {} |\n|{}\n", sweep.headline, heads.join(" | "), "--:|".repeat(heads.len()));
    for point in &sweep.points {
        let _ = writeln!(out, "| {} |", cells(point).join(" | "));
    }
    out + "\n" + &footing(sweep) + ".\n"
}

/// The body of a page.
pub(super) fn html(sweep: &Sweep) -> Result<String> {
    let rows: Vec<Vec<String>> = sweep.points.iter().map(cells).collect();
    let mut out = format!("<p class=\"lead\">{}</p>\n", escape(&sweep.headline));
    for warning in &sweep.warnings {
        let text = escape(&format!("{} {}.", warning.text, warning.remedy));
        let _ = writeln!(out, "<p class=\"warn\"><strong>Mind:</strong> {text}</p>");
    }
    out += &figures::of_sweep(sweep)?;
    out += &html_table("Each point of the grid", &heads(sweep), &rows);
    let _ = writeln!(out, "\n<p class=\"note\">{}.</p>", escape(&footing(sweep)));
    Ok(out)
}
