//! A report as one HTML page that needs nothing else: readable without script, on paper, in light and in dark.

use std::fmt::Write as _;

use crate::report::number::{bytes, millis, moment, share, whole};
use crate::report::{Report, Times, summary};

/// A picture in both palettes, and what it shows in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// SVG, dark on light.
    pub light: String,
    /// SVG, light on dark.
    pub dark: String,
    /// What it shows, for whom the picture is nothing.
    pub words: String,
}

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1d21;--soft:#5b606a;--rule:#d9d9d2;--page:#fafaf7;--warn:#8a5a00}\
@media(prefers-color-scheme:dark){:root{--ink:#e9eaec;--soft:#a3a8b3;--rule:#30343c;--page:#0f1115;--warn:#e6b45c}}\
body{margin:0 auto;max-width:72rem;padding:1.5rem;background:var(--page);color:var(--ink);\
font:16px/1.5 system-ui,sans-serif}\
h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.15rem;margin-top:2rem}.lead{font-size:1.15rem;font-weight:600}\
.note{color:var(--soft)}.warn{border-left:3px solid var(--warn);padding-left:.75rem}\
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}\
caption{text-align:left;color:var(--soft);padding-bottom:.25rem}\
th,td{padding:.25rem .75rem;border-bottom:1px solid var(--rule);text-align:right;white-space:nowrap}\
th:first-child,td:first-child{text-align:left;padding-left:0}\
.prose table{font-size:.9rem}.prose th,.prose td{text-align:left;vertical-align:top;white-space:normal}\
.prose tbody th{font-weight:400}a{color:inherit}\
figure{margin:1.5rem 0}figure svg{width:100%;height:auto}.dark{display:none}\
@media(prefers-color-scheme:dark){.light{display:none}.dark{display:block}}\
@media print{:root{--ink:#000;--soft:#444;--rule:#bbb;--page:#fff;--warn:#444}body{max-width:none;padding:0}\
.light{display:block}.dark{display:none}h2{break-after:avoid}figure,tr{break-inside:avoid}}";

/// Text in HTML.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A page around a body.
#[must_use]
pub fn page(title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// A table with a caption; the first column names the row.
#[must_use]
pub fn html_table(caption: &str, heads: &[String], rows: &[Vec<String>]) -> String {
    table(caption, heads, rows, "wide")
}

/// As [`html_table`], for cells of words: they are broken into lines and stand to the left.
#[must_use]
pub fn html_prose_table(caption: &str, heads: &[String], rows: &[Vec<String>]) -> String {
    table(caption, heads, rows, "wide prose")
}

fn table(caption: &str, heads: &[String], rows: &[Vec<String>], class: &str) -> String {
    let caption = escape(caption);
    // What may be scrolled can be reached by keys, and has a name.
    let mut out = format!("<div class=\"{class}\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\">");
    let _ = write!(out, "<table>\n<caption>{caption}</caption>\n<thead><tr>");
    for head in heads {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(head));
    }
    out += "</tr></thead>\n<tbody>\n";
    for row in rows {
        out += "<tr>";
        for (i, cell) in row.iter().enumerate() {
            let cell = escape(cell);
            out +=
                &if i == 0 { format!("<th scope=\"row\">{cell}</th>") } else { format!("<td>{cell}</td>") };
        }
        out += "</tr>\n";
    }
    out + "</tbody>\n</table></div>\n"
}

/// A picture in both palettes, with what it shows in words below.
#[must_use]
pub fn html_figure(figure: &Figure) -> String {
    let words = escape(&figure.words);
    format!(
        "<figure role=\"img\" aria-label=\"{words}\">\n<div class=\"light\" aria-hidden=\"true\">{}</div>\n\
         <div class=\"dark\" aria-hidden=\"true\">{}</div>\n<figcaption class=\"note\">{words}</figcaption>\n</figure>\n",
        figure.light, figure.dark
    )
}

/// A run as a page.
#[must_use]
pub fn html(report: &Report, title: &str, figure: &Figure) -> String {
    let mut body = String::new();
    for (i, sentence) in summary(report).iter().enumerate() {
        let class = if i == 0 { " class=\"lead\"" } else { "" };
        let _ = writeln!(body, "<p{class}>{}</p>", escape(sentence));
    }
    for warning in &report.warnings {
        let text = escape(&format!("{} {}.", warning.text, warning.remedy));
        let _ = writeln!(body, "<p class=\"warn\"><strong>Mind:</strong> {text}</p>");
    }
    body += &html_figure(figure);
    body += "<h2>Requests</h2>\n";
    body += &html_table("How requests ended", &heads(&["", "requests", "share"]), &requests(report));
    body += "<h2>Times</h2>\n";
    let columns = heads(&["", "count", "mean", "p50", "p90", "p95", "p99", "p99.9", "max"]);
    body += &html_table("Times of what ended ok", &columns, &times(report));
    if !report.classes.is_empty() {
        body += "<h2>Classes</h2>\n";
        let rows = super::class_rows(&report.classes);
        body += &html_table("Each class of request", &heads(&super::CLASS_HEADS), &rows);
    }
    body += "<h2>Replicas</h2>\n";
    let columns = heads(&[
        "replica",
        "state",
        "attempts",
        "share",
        "CPU",
        "memory peak",
        "connections peak",
        "restarts",
    ]);
    body += &html_table("Each replica that ever was", &columns, &replicas(report));
    if !report.events.is_empty() {
        body += "<h2>Events</h2>\n<ol class=\"events\">\n";
        for event in report.events.iter().take(200) {
            let _ = writeln!(body, "<li>{}: {}</li>", moment(event.at_s), escape(&event.text));
        }
        body += "</ol>\n";
    }
    let (seed, digest, version) = (report.seed, &report.digest, report.version);
    let _ = writeln!(body, "<p class=\"note\">doorbuster {version}, seed {seed}, digest {digest}.</p>");
    page(title, &body)
}

fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn requests(report: &Report) -> Vec<Vec<String>> {
    let of = |n: u64| share(n as f64 / report.requests.offered.max(1) as f64);
    let row = |name: &str, n: u64| vec![name.to_owned(), whole(n), of(n)];
    let mut rows = vec![row("ok", report.requests.succeeded)];
    rows.extend(report.requests.failed.occurred().into_iter().map(|(outcome, n)| row(outcome.label(), n)));
    rows.push(row("in flight at the end", report.requests.in_flight));
    rows.push(row("offered", report.requests.offered));
    rows
}

fn times(report: &Report) -> Vec<Vec<String>> {
    let row = |(name, times): (&str, &Times)| {
        let cells = [times.mean, times.p50, times.p90, times.p95, times.p99, times.p999, times.max];
        let cells = cells.map(|value| value.map_or_else(|| "—".into(), millis));
        [name.to_owned(), whole(times.count)].into_iter().chain(cells).collect()
    };
    [
        ("response time", &report.response_time_ms),
        ("at the replica", &report.sojourn_ms),
        ("waiting there", &report.waiting_ms),
    ]
    .map(row)
    .to_vec()
}

fn replicas(report: &Report) -> Vec<Vec<String>> {
    let row = |r: &crate::report::ReplicaReport| {
        vec![
            r.name.clone(),
            r.state.replace('_', " "),
            whole(r.requests),
            share(r.share),
            share(r.cpu.utilisation),
            bytes(r.memory.peak_bytes as f64),
            whole(r.connections.peak),
            whole(u64::from(r.restarts)),
        ]
    };
    report.replicas.iter().take(200).map(row).collect()
}
