//! A report in formats other than its own JSON: columns, CSV, Markdown.

mod classes;
mod csv;
mod html;
mod markdown;

pub use classes::{CLASS_HEADS, class_rows};
pub use csv::csv;
pub use html::{Figure, escape, html, html_figure, html_prose_table, html_table, page};
pub use markdown::markdown;

use crate::observe::{OUTCOMES, Point, ReplicaPoint, Series, find_replica};

/// A column of the series: a number, or nothing, for each window.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name, with the unit at the end.
    pub name: String,
    /// One value for each window.
    pub values: Vec<Option<f64>>,
}

/// The series as columns: time, counts, failures that occurred, times, levels, then each replica's.
#[must_use]
pub fn columns(series: &Series) -> Vec<Column> {
    let column = |name: &str, value: &dyn Fn(&Point) -> Option<f64>| Column {
        name: name.to_owned(),
        values: series.points.iter().map(value).collect(),
    };
    let mut out = vec![
        column("at_s", &|p| Some(p.at_s)),
        column("offered", &|p| Some(p.offered.into())),
        column("ok", &|p| Some(p.ended[0].into())),
        column("failed", &|p| Some(p.ended[1..].iter().sum::<u32>().into())),
    ];
    for (i, outcome) in OUTCOMES.iter().enumerate().skip(1) {
        if series.points.iter().any(|p| p.ended[i] > 0) {
            out.push(column(outcome.name(), &|p| Some(p.ended[i].into())));
        }
    }
    let quantile = |i: usize| move |p: &Point| p.response_ms.map(|ms| f64::from(ms[i]));
    out.extend([
        column("attempts", &|p| Some(p.attempts.into())),
        column("p50_ms", &quantile(0)),
        column("p90_ms", &quantile(1)),
        column("p99_ms", &quantile(2)),
        column("queue", &|p| Some(p.queue.into())),
        column("in_flight", &|p| Some(p.in_flight.into())),
        column("sessions_alive", &|p| Some(p.sessions_alive.into())),
        column("sessions_lost", &|p| Some(p.sessions_lost.into())),
        column("asked_per_s", &|p| Some(p.asked_rate.into())),
    ]);
    for (id, name) in series.names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        out.extend(replica(series, id as u32, name));
    }
    out
}

/// A replica's columns; nothing where it does not exist.
fn replica(series: &Series, id: u32, name: &str) -> [Column; 6] {
    type Value = fn(&ReplicaPoint) -> f64;
    let parts: [(&str, Value); 6] = [
        ("cpu", |r| r.cpu.into()),
        ("memory", |r| r.memory.into()),
        ("connections", |r| r.connections.into()),
        ("waiting", |r| r.waiting.into()),
        ("running", |r| r.running.into()),
        ("answered", |r| r.answered.into()),
    ];
    parts.map(|(part, value)| {
        let find = |p: &Point| find_replica(&p.replicas, id).map(value);
        Column { name: format!("{name}.{part}"), values: series.points.iter().map(find).collect() }
    })
}
