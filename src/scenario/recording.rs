//! Recorded traffic: the text of a CSV file as a field, and its rows.
//!
//! ```text
//! time,demand,class,client      a first line of names; without one, the columns stand in this order
//! 0.25,30 ms,page,10.0.0.7      only the time is needed; a plain number is in seconds
//! ```

use super::say::{self, given, traffic};
use crate::lang::Said;
use std::sync::Arc;

use super::field::{Field, Schema};
use super::node::{Node, Value};
use super::problem::{Path, Problems};
use crate::rng::split_mix;
use crate::units::{SimDuration, SimTime, Unit as _};

/// The longest recording, in bytes of text.
pub const RECORDING_LIMIT: usize = 64_000_000;
/// The most arrivals that a recording may have.
pub const RECORDED_LIMIT: usize = 2_000_000;

/// The text of a recording, as it is written in a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recording(pub Arc<str>);

/// One recorded arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// When, since the recording began.
    pub at: SimTime,
    /// How much work, if that was recorded.
    pub demand: Option<SimDuration>,
    /// Which class, if that was recorded: its place among the classes.
    pub class: Option<u16>,
    /// Which client, if that was recorded.
    pub client: Option<u64>,
}

impl Field for Recording {
    fn read(node: &Node, at: &Path<'_>, problems: &mut Problems) -> Option<Self> {
        match &node.value {
            Value::Text(text) if text.len() <= RECORDING_LIMIT => Some(Self(text.as_str().into())),
            Value::Text(_) => {
                problems.add(at, node.line, given::too_long(&RECORDING_LIMIT));
                None
            }
            _ => {
                problems.add(at, node.line, traffic::trace_text());
                None
            }
        }
    }

    fn write(&self) -> Node {
        Value::Text(self.0.as_ref().to_owned()).into()
    }

    fn schema() -> Schema {
        Schema::Scalar { r#type: "text", allowed: say::LINES }
    }
}

const COLUMNS: [&str; 4] = ["time", "demand", "class", "client"];

impl Recording {
    /// Its rows, in order of time.
    ///
    /// # Errors
    /// The first line that can't be read, and why.
    pub fn rows(&self, classes: &[&str]) -> Result<Vec<Recorded>, Said> {
        let mut order = [Some(0), Some(1), Some(2), Some(3)];
        let mut rows: Vec<Recorded> = Vec::new();
        let lines = self.0.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
        for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            if rows.is_empty() && COLUMNS.contains(&line.split(',').next().unwrap_or("").trim()) {
                order = named(line).map_err(|why| traffic::line(&number, why))?;
                continue;
            }
            let row = read_row(line, order, classes).map_err(|why| traffic::line(&number, why))?;
            if rows.last().is_some_and(|last| last.at > row.at) {
                return Err(traffic::line(&number, traffic::earlier()));
            }
            if rows.len() == RECORDED_LIMIT {
                return Err(traffic::arrivals(&RECORDED_LIMIT));
            }
            rows.push(row);
        }
        if rows.is_empty() { Err(traffic::no_arrivals()) } else { Ok(rows) }
    }
}

/// The place of each column in a line of names.
fn named(line: &str) -> Result<[Option<usize>; 4], Said> {
    let names: Vec<&str> = line.split(',').map(str::trim).collect();
    if let Some(name) = names.iter().find(|name| !COLUMNS.contains(name)) {
        return Err(traffic::no_column(name, &COLUMNS.join(", ")));
    }
    let order = COLUMNS.map(|column| names.iter().position(|name| *name == column));
    if order[0].is_none() { Err(traffic::no_time_column()) } else { Ok(order) }
}

fn read_row(line: &str, order: [Option<usize>; 4], classes: &[&str]) -> Result<Recorded, Said> {
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let [time, demand, class, client] =
        order.map(|place| place.and_then(|place| cells.get(place).copied()).filter(|cell| !cell.is_empty()));
    let at = duration(time.unwrap_or(""))?;
    let class = match class {
        None => None,
        Some(name) => {
            let place = classes.iter().position(|class| *class == name);
            Some(place.ok_or_else(|| traffic::no_class(&name, &classes.join(", ")))? as u16)
        }
    };
    let demand = demand.map(duration).transpose()?;
    Ok(Recorded { at: SimTime(at.0), demand, class, client: client.map(hash) })
}

/// A time with its unit, or a plain number of seconds.
fn duration(text: &str) -> Result<SimDuration, Said> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.0..=1e9).contains(seconds));
    let read = seconds.map(SimDuration::from_secs_f64).or_else(|| SimDuration::parse(text).ok());
    read.ok_or_else(|| traffic::no_time(&text, SimDuration::ALLOWED))
}

/// A number for a client's name, the same in every run.
fn hash(name: &str) -> u64 {
    name.bytes().fold(name.len() as u64, |hash, byte| split_mix(hash ^ u64::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Result<Vec<Recorded>, String> {
        Recording(text.into()).rows(&["page", "api"]).map_err(String::from)
    }

    #[test]
    fn columns_in_order_or_by_name() {
        let plain = rows("0.5\n1.5, 30 ms, api, alice\n").unwrap();
        assert_eq!(plain[0], Recorded { at: SimTime(500_000_000), demand: None, class: None, client: None });
        assert_eq!((plain[1].demand, plain[1].class), (Some(SimDuration::from_millis(30)), Some(1)));
        let named = rows("client,time\nalice,0.5\nbob,2 s\nalice,2 s\n").unwrap();
        assert_eq!(named[0].client, plain[1].client);
        assert!(named[1].client != named[0].client && named[1].at == named[2].at);
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        for (text, wrong) in [
            ("", "has no arrivals"),
            ("1\n0.5", "line 2: is earlier"),
            ("1\nx", "line 2: \"x\" is no time"),
            ("1,30 ms,pages", "line 1: \"pages\" is no class"),
            ("time,user\n1,2", "line 1: \"user\" is no column"),
            ("class,demand\npage,1", "line 1: has no column"),
            ("-1", "line 1: \"-1\" is no time"),
        ] {
            let error = rows(text).unwrap_err();
            assert!(error.starts_with(wrong), "{text}: {error}");
        }
    }
}
