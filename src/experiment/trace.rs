//! A row for each request, as CSV.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

use crate::observe::{Observation, Outcome, Probe};
use crate::scenario::Model;
use crate::units::{ClassId, ReplicaId, SimTime};

/// A probe that writes a row when a request ends, in the order in which they end; [`Trace::finish`] adds
/// those that have not. Rows wait until [`Trace::write`] hears the replicas' names.
#[derive(Debug)]
pub struct Trace<W: Write> {
    out: W,
    classes: Vec<String>,
    open: BTreeMap<u64, Open>,
    ended: Vec<Ended>,
    rows: u64,
}

/// A request that has not ended.
#[derive(Debug, Clone, Copy)]
struct Open {
    request: u64,
    asked: SimTime,
    class: ClassId,
    replica: Option<ReplicaId>,
    attempts: u32,
}

/// A request that has: when, how long it took in milliseconds, and how.
#[derive(Debug, Clone, Copy)]
struct Ended {
    of: Open,
    at: SimTime,
    ms: f64,
    outcome: Outcome,
    status: u16,
}

const HEADER: &str = "request,class,asked_at_s,ended_at_s,response_time_ms,outcome,status,attempts,replica\n";

impl<W: Write> Trace<W> {
    /// Writes to `out`, the header first.
    ///
    /// # Errors
    /// When the header can't be written.
    pub fn new(model: &Model, mut out: W) -> io::Result<Self> {
        out.write_all(HEADER.as_bytes())?;
        let clean = |name: &String| name.replace([',', '"', '\n', '\r'], " ");
        let classes = model.classes().iter().map(|class| clean(&class.name)).collect();
        Ok(Self { out, classes, open: BTreeMap::new(), ended: Vec::new(), rows: 0 })
    }

    /// Writes the rows of requests that have ended; `names` are the replicas' by index in the engine.
    ///
    /// # Errors
    /// When a row can't be written.
    pub fn write(&mut self, names: &[String]) -> io::Result<()> {
        for Ended { of, at, ms, outcome, status } in std::mem::take(&mut self.ended) {
            let (end, outcome) = (at.as_secs(), outcome.name());
            self.row(&of, format_args!("{end},{ms},{outcome},{status}"), names)?;
        }
        Ok(())
    }

    /// Writes all that is left and returns how many rows there are.
    ///
    /// # Errors
    /// When a row can't be written.
    pub fn finish(mut self, names: &[String]) -> io::Result<u64> {
        self.write(names)?;
        for open in std::mem::take(&mut self.open).into_values() {
            self.row(&open, format_args!(",,in_flight,"), names)?;
        }
        self.out.flush().map(|()| self.rows)
    }

    fn row(&mut self, of: &Open, end: fmt::Arguments<'_>, names: &[String]) -> io::Result<()> {
        let class = self.classes.get(of.class.index()).map_or("", |name| name);
        let replica = of.replica.and_then(|id| names.get(id.index())).map_or("", |name| name);
        self.rows += 1;
        writeln!(self.out, "{},{class},{},{end},{},{replica}", of.request, of.asked.as_secs(), of.attempts)
    }
}

impl<W: Write> Probe for Trace<W> {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        match *seen {
            Observation::Offered { request, class } => {
                let open = Open { request, asked: now, class, replica: None, attempts: 0 };
                self.open.insert(request, open);
            }
            Observation::Dispatched { request, replica, attempt } => {
                if let Some(open) = self.open.get_mut(&request) {
                    (open.replica, open.attempts) = (Some(replica), attempt);
                }
            }
            Observation::Ended { request, outcome, status, response_time, attempts, .. } => {
                if let Some(open) = self.open.remove(&request) {
                    let of = Open { attempts, ..open };
                    self.ended.push(Ended { of, at: now, ms: response_time.as_millis(), outcome, status });
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::units::SimDuration;

    #[test]
    fn rows() {
        let text = "[[traffic.source]]\nrate = \"1/s\"\n[[service]]\n";
        let model = Scenario::from_toml_str(text).unwrap().validate().unwrap();
        let mut out = Vec::new();
        let mut trace = Trace::new(&model, &mut out).unwrap();
        let mut hear = |ms: u64, seen| trace.observe(SimTime(ms * 1_000_000), &seen);
        for request in 0..2 {
            hear(500, Observation::Offered { request, class: ClassId(0) });
        }
        hear(500, Observation::Dispatched { request: 0, replica: ReplicaId(0), attempt: 1 });
        let response_time = SimDuration::from_millis(250);
        let (class, outcome, status) = (ClassId(0), Outcome::Ok, 200);
        hear(750, Observation::Ended { request: 0, class, outcome, status, response_time, attempts: 1 });
        assert_eq!(trace.finish(&["app-1".to_owned()]).unwrap(), 2);
        let rows = "0,page,0.5,0.75,250,ok,200,1,app-1\n1,page,0.5,,,in_flight,,0,\n";
        assert_eq!(String::from_utf8(out).unwrap(), format!("{HEADER}{rows}"));
    }
}
