//! Runs as rows: what varied, the replication, its seed, every measure, the digest.

use serde_json::{Map, Value, json};

use super::{RunRecord, SweepPlan};
use crate::report::measure::MEASURES;

/// Records in the order of the grid, each run once.
#[must_use]
pub fn in_order(records: &[RunRecord]) -> Vec<&RunRecord> {
    let mut sorted: Vec<&RunRecord> = records.iter().collect();
    sorted.sort_by_key(|record| record.cell());
    sorted.dedup_by_key(|record| record.cell());
    sorted
}

/// A header, then a row for each run (RFC 4180); an empty cell where there is no value.
#[must_use]
pub fn csv(plan: &SweepPlan, records: &[RunRecord]) -> String {
    let points = plan.points();
    let names = plan.axes.iter().map(|axis| axis.path.as_str()).chain(["replication", "seed"]);
    let names = names.chain(MEASURES.iter().map(|measure| measure.name)).chain(["digest"]);
    let mut out = names.map(quoted).collect::<Vec<_>>().join(",") + "\n";
    for record in in_order(records) {
        let mut cells: Vec<String> =
            points[record.point as usize].iter().map(|value| quoted(value)).collect();
        cells.extend([record.replication.to_string(), record.seed.to_string()]);
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        cells.extend(MEASURES.iter().map(|measure| number(record.value(measure.name))));
        cells.push(record.digest.clone());
        out += &(cells.join(",") + "\n");
    }
    out
}

/// A JSON object a line.
#[must_use]
pub fn json_lines(plan: &SweepPlan, records: &[RunRecord]) -> String {
    let points = plan.points();
    let line = |record: &&RunRecord| {
        let values = plan.axes.iter().zip(&points[record.point as usize]);
        let mut row: Map<String, Value> =
            values.map(|(axis, value)| (axis.path.clone(), Value::from(value.clone()))).collect();
        row.insert("replication".into(), json!(record.replication));
        row.insert("seed".into(), json!(record.seed));
        row.extend(MEASURES.iter().map(|m| (m.name.to_owned(), json!(record.value(m.name)))));
        row.insert("digest".into(), json!(record.digest));
        Value::Object(row).to_string() + "\n"
    };
    in_order(records).iter().map(line).collect()
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
