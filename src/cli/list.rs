//! `doorbuster list`: what there is, from the catalogues.

use serde_json::{Value, json};

use super::args::{Format, ListArgs, Topic};
use super::output::{deliver, formats};
use super::term::{BOLD, RESET, width, wrap};
use super::{Done, Result};
use crate::algorithm::catalog::ALIASES;
use crate::algorithm::{CATALOG, Spec, product};
use crate::dist;
use crate::observe::OUTCOMES;
use crate::report::measure::MEASURES;
use crate::scenario::Scenario;
use crate::scenario::preset::PRESETS;

/// Lists a topic.
pub(super) fn list(args: &ListArgs) -> Result<Done> {
    formats(&args.output, &[Format::Text, Format::Json, Format::Markdown])?;
    let entries = entries(args.topic);
    let text = match args.output.format {
        Format::Json => serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n",
        Format::Markdown => markdown(args.topic, &entries),
        _ => table(&entries, width()),
    };
    deliver(&args.output, &text).map(|()| Done::Well)
}

/// Columns of a topic: the heading and the key.
const fn columns(topic: Topic) -> &'static [(&'static str, &'static str)] {
    match topic {
        Topic::Algorithms => &[
            ("algorithm", "name"),
            ("rule", "summary"),
            ("knows", "knows"),
            ("cost of a decision", "complexity"),
            ("how well it is known", "known"),
        ],
        _ => &[("name", "name"), ("what it is", "summary")],
    }
}

fn markdown(topic: Topic, entries: &[Value]) -> String {
    let columns = columns(topic);
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = row(columns.iter().map(|(heading, _)| (*heading).to_owned()).collect());
    out += &format!("|{}\n", "---|".repeat(columns.len()));
    for entry in entries {
        let cell = |key: &str| entry[key].as_str().unwrap_or_default().replace('\n', " ").replace('|', "\\|");
        let named =
            |(_, key): &(&str, &str)| if *key == "name" { format!("`{}`", cell(key)) } else { cell(key) };
        out += &row(columns.iter().map(named).collect());
    }
    out
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
        Topic::Algorithms => CATALOG.iter().map(|spec| algorithm(spec)).collect(),
        Topic::Distributions => DISTRIBUTIONS.iter().map(distribution).collect(),
        Topic::Outcomes => OUTCOMES
            .iter()
            .map(|o| {
                let behind = |product: &&product::Product| {
                    (product.name.to_owned(), json!(status(o.status_behind(product))))
                };
                let products: serde_json::Map<_, _> = product::PRODUCTS.iter().map(behind).collect();
                let status = status(o.status_behind(&product::NGINX));
                json!({"name": o.name(), "summary": o.meaning(), "label": o.label(), "status": status,
                    "statuses": products})
            })
            .collect(),
        Topic::Measures => {
            MEASURES.iter().map(|m| json!({"name": m.name, "summary": m.doc, "label": m.label})).collect()
        }
    }
}

fn status(status: u16) -> Option<u16> {
    (status > 0).then_some(status)
}

fn algorithm(spec: &Spec) -> Value {
    let mut value = json!(spec);
    value["summary"] = spec.rule.to_string().into();
    value["knows"] = spec.knowledge.label().into();
    value["known"] = spec.evidence.label().into();
    value["product"] = product::of(spec.name).label.into();
    value["also_called"] =
        ALIASES.iter().filter(|(_, name)| *name == spec.name).map(|(alias, _)| *alias).collect();
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

/// A way to write a distribution: its name, what it is, and an example.
struct Form(&'static str, &'static str, &'static str);

const DISTRIBUTIONS: [Form; 11] = [
    Form("constant", "Always the same time", "20 ms"),
    Form("exponential", "Memoryless: many short, few long", "exponential 20 ms"),
    Form("uniform", "Every time between two is as likely", "uniform 10 ms to 30 ms"),
    Form("lognormal", "A long tail, as response times often have", "lognormal 20 ms scv 4"),
    Form("gamma", "Any variability around a mean", "gamma 20 ms scv 0.5"),
    Form("erlang", "Several exponential steps in a row: steadier than one", "erlang 20 ms k 4"),
    Form("hyperexponential", "Two kinds mixed, quick and slow", "hyperexponential 20 ms scv 4"),
    Form("weibull", "Shape below 1: a long tail; above 1: around its mean", "weibull 20 ms shape 0.5"),
    Form("pareto", "A power law: few are very much longer than all others", "pareto 20 ms shape 2.5"),
    Form("bounded_pareto", "A power law between two times", "bounded_pareto 1 ms to 10 s shape 1.1"),
    Form("quantiles", "As measured: min, p50, p90, p99, max", "quantiles 5 ms, 20 ms, 80 ms, 200 ms, 1 s"),
];

/// Mean and variability are those of the example.
fn distribution(form: &Form) -> Value {
    let Form(name, summary, example) = form;
    let parsed = dist::parse(example).ok();
    let scv = parsed.map(|d| d.scv()).filter(|scv| scv.is_finite());
    json!({
        "name": name,
        "summary": format!("{summary}; written \"{example}\""),
        "example": example,
        "example_mean_ms": parsed.map(|d| d.mean() * 1e3),
        "example_scv": scv,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_a_distribution_of_its_name() {
        for Form(name, _, example) in &DISTRIBUTIONS {
            let read = dist::parse(example).unwrap().to_string();
            assert!(read.starts_with(name) || *name == "constant", "{read}");
        }
    }
}
