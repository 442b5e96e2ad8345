//! The numbers behind a chart, as a table.

use super::Row;
use super::data::{find, until};
use super::group::Group;
use crate::observe::{OUTCOMES, Point, ReplicaPoint, Series};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What it holds.
    pub name: String,
    /// In which unit; empty for words and plain counts.
    pub unit: &'static str,
}

/// The numbers behind a chart: a row per window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What stands in the columns.
    pub headings: Vec<Heading>,
    /// A row per window, the first first.
    pub rows: Vec<Vec<String>>,
    /// Over which time the numbers are taken.
    pub note: String,
}

fn heading(name: impl Into<String>, unit: &'static str) -> Heading {
    Heading { name: name.into(), unit }
}

/// The last `most` windows up to `now`, as they were recorded: nothing smoothed, nothing left out.
#[must_use]
pub fn table(row: Row, series: &Series, now_s: f64, most: usize) -> Table {
    let points = until(series, now_s);
    let points = &points[points.len().saturating_sub(most)..];
    let mut table = match row {
        Row::Response | Row::Heat => response(points),
        Row::Outcomes => outcomes(points),
        Row::Share => share(series, points),
        Row::Queue => queue(series, points),
        Row::Flow | Row::Retries => flow(points),
        Row::Sessions => sessions(points),
    };
    table.headings.insert(0, heading("time", "s"));
    for (row, point) in table.rows.iter_mut().zip(points) {
        row.insert(0, format!("{:.3}", point.at_s));
    }
    let window = super::number::millis(series.window_s * 1e3);
    table.note = format!(
        "Each row is a window of {window} and says when it ends. {} In the chart, rates are taken over the \
         last 0.6 s and the numbers at the right over the last second.",
        match row {
            Row::Response | Row::Heat => "Quantiles pool the second before.",
            Row::Outcomes | Row::Flow | Row::Retries => "Counts are those of the window alone.",
            Row::Share => "CPU is the mean of the window, memory the value at its end.",
            Row::Queue | Row::Sessions => "Values are those at its end.",
        }
    );
    table
}

fn response(points: &[Point]) -> Table {
    let row = |point: &Point| match point.response_ms {
        Some(ms) => ms.iter().map(|ms| format!("{ms:.3}")).collect(),
        None => vec![String::new(); 3],
    };
    let headings = ["p50", "p90", "p99"].map(|name| heading(name, "ms")).to_vec();
    Table { headings, rows: points.iter().map(row).collect(), note: String::new() }
}

fn flow(points: &[Point]) -> Table {
    let row = |point: &Point| {
        let answered: u32 = point.replicas.iter().map(|replica| replica.answered).sum();
        [point.offered, point.attempts, answered, point.ended[0]].map(|n| n.to_string()).to_vec()
    };
    let headings = ["requests", "attempts", "answered", "ok"].map(|name| heading(name, "")).to_vec();
    Table { headings, rows: points.iter().map(row).collect(), note: String::new() }
}

fn sessions(points: &[Point]) -> Table {
    let row = |point: &Point| vec![point.sessions_alive.to_string(), point.sessions_lost.to_string()];
    let headings = ["alive", "lost so far"].map(|name| heading(name, "")).to_vec();
    Table { headings, rows: points.iter().map(row).collect(), note: String::new() }
}

/// Every outcome that occurs in these windows has a column, in the order in which areas are stacked.
fn outcomes(points: &[Point]) -> Table {
    let occurs = |place: usize| place == 0 || points.iter().any(|point| point.ended[place] > 0);
    let mut places: Vec<usize> = (0..OUTCOMES.len()).filter(|&place| occurs(place)).collect();
    places.sort_by_key(|&place| Group::of(OUTCOMES[place]));
    let mut headings = vec![heading("offered", "")];
    headings.extend(places.iter().map(|&place| heading(OUTCOMES[place].label(), "")));
    let row = |point: &Point| {
        let ended = places.iter().map(|&place| point.ended[place].to_string());
        std::iter::once(point.offered.to_string()).chain(ended).collect()
    };
    Table { headings, rows: points.iter().map(row).collect(), note: String::new() }
}

/// The replicas of these windows, by index.
fn replicas(points: &[Point]) -> Vec<u32> {
    let mut ids: Vec<u32> = points.iter().flat_map(|p| p.replicas.iter().map(|replica| replica.id)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn name(series: &Series, id: u32) -> String {
    series.names.get(id as usize).cloned().unwrap_or_else(|| format!("replica {}", id + 1))
}

fn share(series: &Series, points: &[Point]) -> Table {
    let ids = replicas(points);
    let columns = |&id: &u32| {
        let name = name(series, id);
        let state = heading(format!("{name} state"), "");
        [state, heading(format!("{name} CPU"), "%"), heading(format!("{name} memory"), "%")]
    };
    let cells = |replica: Option<&ReplicaPoint>| match replica {
        Some(r) => [
            r.state.name().replace('_', " "),
            format!("{:.1}", f64::from(r.cpu) * 100.0),
            format!("{:.1}", f64::from(r.memory) * 100.0),
        ],
        None => Default::default(),
    };
    let row = |point: &Point| ids.iter().flat_map(|&id| cells(find(&point.replicas, id))).collect();
    Table {
        headings: ids.iter().flat_map(columns).collect(),
        rows: points.iter().map(row).collect(),
        note: String::new(),
    }
}

fn queue(series: &Series, points: &[Point]) -> Table {
    let ids = replicas(points);
    let mut headings = vec![heading("queue", "requests")];
    headings.extend(ids.iter().map(|&id| heading(name(series, id), "connections")));
    let cell = |point: &Point, id| {
        find(&point.replicas, id).map_or_else(String::new, |replica| replica.connections.to_string())
    };
    let row = |point: &Point| {
        let replicas = ids.iter().map(|&id| cell(point, id));
        std::iter::once(point.queue.to_string()).chain(replicas).collect()
    };
    Table { headings, rows: points.iter().map(row).collect(), note: String::new() }
}

impl Table {
    /// As CSV (RFC 4180): units stand in the names of the columns.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let name = |heading: &Heading| match heading.unit {
            "" => heading.name.clone(),
            unit => format!("{} ({unit})", heading.name),
        };
        let quoted = |cell: &String| match cell.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.clone(),
        };
        let headings: Vec<String> = self.headings.iter().map(name).collect();
        let line = |cells: &Vec<String>| cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
        std::iter::once(&headings).chain(&self.rows).map(line).collect()
    }
}
