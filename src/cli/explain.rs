//! `doorbuster explain`: one thing from the catalogues, in full.

use std::fmt::Write as _;

use serde_json::Value;

use super::args::{ExplainArgs, Format, Topic};
use super::list::entries;
use super::output::{deliver, formats};
use super::term::{BOLD, DIM, RESET, width, wrap};
use super::{Done, Failure, Result};
use crate::algorithm;
use crate::lang::Text;
use crate::scenario::{Field, FieldSchema, Scenario, Schema, nearest};

const TOPICS: [(Topic, &str); 5] = [
    (Topic::Algorithms, "algorithm"),
    (Topic::Outcomes, "outcome"),
    (Topic::Scenarios, "scenario"),
    (Topic::Distributions, "distribution"),
    (Topic::Measures, "measure"),
];

/// Explains a name.
pub(super) fn explain(args: &ExplainArgs) -> Result<Done> {
    formats(&args.output, &[Format::Text, Format::Json])?;
    let found = TOPICS.iter().find_map(|&(topic, kind)| {
        entries(topic)
            .into_iter()
            .find(|entry| entry["name"] == canonical(&args.name))
            .map(|entry| (kind, entry))
    });
    let (kind, entry) = match found.or_else(|| field(&args.name)) {
        Some(found) => found,
        None => return Err(unknown(&args.name)),
    };
    let text = if args.output.format == Format::Json {
        serde_json::to_string_pretty(&entry).unwrap_or_default() + "\n"
    } else {
        show(kind, &entry, width())
    };
    deliver(&args.output, &text).map(|()| Done::Well)
}

/// The name in the catalogue of an algorithm that is called by another name; other names as they are.
fn canonical(name: &str) -> &str {
    algorithm::find(name).map_or(name, |spec| spec.name)
}

fn unknown(name: &str) -> Failure {
    let all: Vec<String> = TOPICS
        .iter()
        .flat_map(|&(topic, _)| entries(topic))
        .filter_map(|entry| entry["name"].as_str().map(str::to_owned))
        .collect();
    let hint = nearest(name, all.iter().map(String::as_str)).map_or_else(
        || {
            "names are in: doorbuster list algorithms, outcomes, scenarios, distributions, measures"
                .to_owned()
        },
        |near| format!("did you mean \"{near}\"?"),
    );
    Failure::hint(format!("nothing is called \"{name}\""), hint)
}

fn show(kind: &str, entry: &Value, width: usize) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => "—".into(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.into(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    let mut out = format!("{BOLD}{}{RESET} {DIM}· {kind}{RESET}\n", text(&entry["name"]));
    let _ = writeln!(out, "{}\n", wrap(&text(&entry["summary"]), 0, width, 0));
    let Some(table) = entry.as_object() else { return out };
    let told = |key: &str| {
        matches!(
            key,
            "name"
                | "summary"
                | "rule"
                | "knowledge"
                | "evidence"
                | "params"
                | "services"
                | "fields"
                | "options"
        )
    };
    let nothing = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    for (key, value) in table.iter().filter(|(key, value)| !told(key) && !nothing(value)) {
        let key = key.replace('_', " ");
        let _ = writeln!(out, "{key:<12} {}", wrap(&text(value), 13, width, 13));
    }
    for (heading, key) in
        [("parameters", "params"), ("services", "services"), ("fields", "fields"), ("options", "options")]
    {
        let Some(list) = entry[key].as_array().filter(|list| !list.is_empty()) else { continue };
        let _ = writeln!(out, "{heading}:");
        for item in list {
            let _ = writeln!(out, "  {}", wrap(&item_text(item), 2, width, 6));
        }
    }
    out
}

/// A parameter, service, field or option on one line.
fn item_text(item: &Value) -> String {
    let name = item["name"].as_str().unwrap_or_default();
    if let Some(replicas) = item["replicas"].as_u64() {
        return format!("{name}, {}", crate::report::number::count(replicas, "replica"));
    }
    let doc = item["doc"].as_str().unwrap_or_default();
    let range = match (item["min"].as_f64(), item["max"].as_f64()) {
        (Some(min), Some(max)) => {
            format!(" From {min} to {max} {}", item["unit"].as_str().unwrap_or_default())
        }
        _ => String::new(),
    };
    let default = match &item["default"] {
        Value::Null => String::new(),
        Value::String(text) => format!(" (default {text})"),
        other => format!(" (default {other})"),
    };
    format!("{BOLD}{name}{RESET}: {doc}{}{default}", range.trim_end())
}

/// A field of a scenario by its path: `balancer.queue`, `service.memory`.
fn field(path: &str) -> Option<(&'static str, Value)> {
    let mut schema = Scenario::schema();
    let mut found: Option<FieldSchema> = None;
    for part in path.split('.') {
        let part = part.split('[').next().unwrap_or(part);
        let fields = match schema {
            Schema::Table { fields } => fields,
            Schema::List { entry } => match *entry {
                Schema::Table { fields } => fields,
                _ => return None,
            },
            _ => return None,
        };
        let field = fields.into_iter().find(|field| field.name == part)?;
        schema = field.schema.clone();
        found = Some(field);
    }
    let field = found?;
    let mut entry = serde_json::json!({ "name": path, "summary": field.doc, "default": field.default });
    let described = describe(&field.schema);
    if let (Some(entry), Value::Object(more)) = (entry.as_object_mut(), described) {
        entry.extend(more);
    }
    Some(("scenario field", entry))
}

fn describe(schema: &Schema) -> Value {
    match schema {
        Schema::Scalar { allowed, .. } => serde_json::json!({ "allowed": allowed }),
        Schema::Choice { options } => {
            let option = |(word, doc): &(&str, Text)| serde_json::json!({ "name": word, "doc": doc });
            serde_json::json!({ "options": options.iter().map(option).collect::<Vec<_>>() })
        }
        Schema::Table { fields } => {
            let field =
                |f: &FieldSchema| serde_json::json!({ "name": f.name, "doc": f.doc, "default": f.default });
            serde_json::json!({ "fields": fields.iter().map(field).collect::<Vec<_>>() })
        }
        Schema::List { entry } => {
            let mut described = describe(entry);
            if let Some(table) = described.as_object_mut() {
                table.insert("written".into(), "a list".into());
            }
            described
        }
        Schema::Numbers => serde_json::json!({ "allowed": "names, each with a number" }),
    }
}
