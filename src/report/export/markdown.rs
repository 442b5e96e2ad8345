//! The report as Markdown: words, then tables, for a page or a pull request.

use std::fmt::Write as _;

use crate::report::number::{bytes, millis, share, three, whole};
use crate::report::{ReplicaReport, Report, Times, summary};

/// Nine columns, the first to the left.
const RULE: &str = "|---|--:|--:|--:|--:|--:|--:|--:|--:|\n";

/// The report as Markdown.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut out = format!("# {}\n\n", report.scenario_name());
    for sentence in summary(report) {
        let _ = writeln!(out, "{sentence}");
    }
    out += "\n## Requests\n\n| | requests | share |\n|---|--:|--:|\n";
    let of = |n: u64| share(n as f64 / report.requests.offered.max(1) as f64);
    let mut row = |name: &str, n: u64| {
        let _ = writeln!(out, "| {name} | {} | {} |", whole(n), of(n));
    };
    row("ok", report.requests.succeeded);
    for (outcome, n) in report.requests.failed.occurred() {
        row(outcome.label(), n);
    }
    row("in flight at the end", report.requests.in_flight);
    row("**offered**", report.requests.offered);
    out += "\n## Times\n\n| | count | mean | p50 | p90 | p95 | p99 | p99.9 | max |\n";
    out += RULE;
    for (name, times) in [
        ("response time", &report.response_time_ms),
        ("sojourn at the replica", &report.sojourn_ms),
        ("waiting for a worker", &report.waiting_ms),
    ] {
        let _ = writeln!(out, "| {name} | {} | {} |", whole(times.count), cells(times));
    }
    if !report.classes.is_empty() {
        out += "\n## Classes\n\n";
        let _ = writeln!(out, "| {} |", super::CLASS_HEADS.join(" | "));
        out += "|---|---|--:|--:|--:|--:|--:|---|\n";
        for row in super::class_rows(&report.classes) {
            let _ = writeln!(out, "| {} |", row.join(" | "));
        }
    }
    out += "\n## Replicas\n\n| replica | state | requests | share | CPU | memory peak | connections peak |";
    out += " restarts | killed for memory |\n";
    out += RULE;
    for replica in &report.replicas {
        out += &replica_row(replica);
    }
    if !report.events.is_empty() {
        out += "\n## Events\n\n";
    }
    for event in report.events.iter().take(50) {
        let _ = writeln!(out, "- {:.1} s: {}", event.at_s, event.text);
    }
    if report.events.len() > 50 {
        let _ = writeln!(out, "- and {} more", whole(report.events.len() as u64 - 50));
    }
    let _ = writeln!(out, "\nSeed {}, digest `{}`.", report.seed, report.digest);
    out
}

fn cells(times: &Times) -> String {
    [times.mean, times.p50, times.p90, times.p95, times.p99, times.p999, times.max]
        .map(|value| value.map_or_else(|| "—".into(), millis))
        .join(" | ")
}

fn replica_row(r: &ReplicaReport) -> String {
    let limit = |limit: Option<String>| limit.map_or_else(String::new, |limit| format!(" of {limit}"));
    format!(
        "| {} | {} | {} | {} | {} | {}{} | {}{} | {} | {} |\n",
        r.name,
        r.state.replace('_', " "),
        whole(r.requests),
        share(r.share),
        share(r.cpu.utilisation),
        bytes(r.memory.peak_bytes as f64),
        limit(r.memory.limit_bytes.map(|n| bytes(n as f64))),
        three(r.connections.peak as f64),
        limit(r.connections.limit.map(|n| whole(u64::from(n)))),
        r.restarts,
        r.oom_kills,
    )
}
