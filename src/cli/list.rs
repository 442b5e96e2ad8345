//! `doorbuster list`: what there is, from the catalogues.

use serde_json::{Value, json};

use super::args::{Format, ListArgs, Topic};
use super::output::{deliver, formats};
use super::term::{BOLD, RESET, width, wrap};
use super::{Done, Result};
use crate::algorithm::CATALOG;
use crate::observe::OUTCOMES;
use crate::report::measure::MEASURES;
use crate::scenario::Scenario;
use crate::scenario::preset::PRESETS;

/// Lists a topic.
pub(super) fn list(args: &ListArgs) -> Result<Done> {
    formats(&args.output, &[Format::Text, Format::Json])?;
    let entries = entries(args.topic);
    let text = match args.output.format {
        Format::Json => serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n",
        _ => table(&entries, width()),
    };
    deliver(&args.output, &text).map(|()| Done::Well)
}

fn table(entries: &[Value], width: usize) -> String {
    let field = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    let longest = entries.iter().map(|entry| field(entry, "name").chars().count()).max().unwrap_or(0);
    let indent = longest + 2;
    let line = |entry: &Value| {
        let name = field(entry, "name");
        let summary = wrap(&field(entry, "summary"), indent, width.max(indent + 20), indent);
        format!("{BOLD}{name}{RESET}{}{summary}\n", " ".repeat(indent - name.chars().count()))
    };
    entries.iter().map(line).collect()
}

/// Every entry of a topic: `name`, `summary`, and what the catalogue knows.
pub(super) fn entries(topic: Topic) -> Vec<Value> {
    match topic {
        Topic::Scenarios => PRESETS.iter().map(|preset| scenario(preset.name, preset.text)).collect(),
        Topic::Algorithms => CATALOG.iter().map(|spec| with(json!(spec), spec.name, spec.rule)).collect(),
        Topic::Distributions => DISTRIBUTIONS.iter().map(distribution).collect(),
        Topic::Outcomes => OUTCOMES
            .iter()
            .map(|o| json!({"name": o.name(), "summary": o.meaning(), "label": o.label(), "status": status(o.status())}))
            .collect(),
        Topic::Measures => {
            MEASURES.iter().map(|m| json!({"name": m.name, "summary": m.doc, "label": m.label})).collect()
        }
    }
}

fn status(status: u16) -> Option<u16> {
    (status > 0).then_some(status)
}

fn with(mut value: Value, name: &str, summary: &str) -> Value {
    if let Some(table) = value.as_object_mut() {
        table.insert("name".into(), name.into());
        table.insert("summary".into(), summary.into());
    }
    value
}

fn scenario(name: &str, text: &str) -> Value {
    let read = Scenario::from_toml_str(text).unwrap_or_default();
    let services: Vec<Value> =
        read.service.iter().map(|s| json!({"name": s.name, "replicas": s.replicas})).collect();
    json!({
        "name": name,
        "summary": read.teaches,
        "title": read.heading(),
        "algorithm": read.balancer.algorithm,
        "duration_s": read.run.duration.as_secs(),
        "services": services,
    })
}

/// A way to write a distribution: name, as written, meaning, mean and scv.
struct Form(&'static str, &'static str, &'static str, &'static str, &'static str);

const DISTRIBUTIONS: [Form; 4] = [
    Form("constant", "\"20 ms\" or \"constant 20 ms\"", "Always the same time", "the time", "0"),
    Form("exponential", "\"exponential 20 ms\"", "Memoryless: many short, few long", "the time", "1"),
    Form(
        "uniform",
        "\"uniform 10 ms to 30 ms\"",
        "Every time between two is as likely",
        "(a + b) / 2",
        "(b - a)² / (3 (a + b)²)",
    ),
    Form(
        "lognormal",
        "\"lognormal 20 ms scv 4\"",
        "A long tail, as response times often have",
        "the time",
        "as given",
    ),
];

fn distribution(form: &Form) -> Value {
    let Form(name, written, meaning, mean, scv) = form;
    json!({
        "name": name,
        "summary": format!("{meaning}; written {written}"),
        "written": written,
        "mean": mean,
        "scv": scv,
    })
}
