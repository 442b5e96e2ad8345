//! Recordings against the clock: servers refuse, hang or fail at given times, and each request shows whom it was
//! put to and with what result.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use serde::Deserialize;
use serde_json::{Value, json};

use super::bench::{Ask, Bench, Step};
use super::file::Vector;
use super::product::{Setup, setup};
use super::{Refusal, Score};
use crate::algorithm::product::Trouble;
use crate::engine::pool::End;
use crate::units::{SimDuration, SimTime};

/// `[t, what, server]`.
type Control = (f64, String, u32);

#[derive(Debug, Clone, Deserialize)]
struct Request {
    t: f64,
    status: u16,
    attempts: Vec<(Value, u16)>,
}

/// Time, status and attempts.
type Short = (f64, u16, Vec<(Value, u16)>);

/// The second run, in a shorter form.
#[derive(Debug, Clone, Deserialize)]
struct Second {
    controls: Vec<Control>,
    requests: Vec<Short>,
}

/// What happens next, in the order of times and then of this list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    Control(u32, String),
    Ends(u32, u16),
    Comes(u32),
}

fn time(seconds: f64) -> SimTime {
    SimTime::ZERO + SimDuration::from_secs_f64(seconds)
}

/// What a request met: servers with statuses, and the status that the client got.
type Row = (Vec<(Value, u16)>, u16);

struct World {
    setup: Setup,
    bench: Bench,
    modes: Vec<String>,
    next: BinaryHeap<Reverse<(SimTime, Happens)>>,
    seen: BTreeMap<u32, Row>,
}

pub(super) fn replay(vector: &Vector) -> Result<Score, Refusal> {
    let controls: Vec<Control> = vector.get("controls")?;
    let requests: Vec<Request> = vector.get("requests")?;
    let mut score = Score::default();
    run(vector, &controls, &requests, "", &mut score)?;
    if let Some(second) = vector.find::<Second>("run1")? {
        let request = |(t, status, attempts)| Request { t, status, attempts };
        let requests: Vec<Request> = second.requests.into_iter().map(request).collect();
        run(vector, &second.controls, &requests, "second run, ", &mut score)?;
    }
    Ok(score)
}

fn run(
    vector: &Vector,
    controls: &[Control],
    requests: &[Request],
    prefix: &str,
    score: &mut Score,
) -> Result<(), Refusal> {
    let setup = setup(vector)?;
    let bench = setup.bench(vector, 1)?;
    let modes = vec!["accept".to_owned(); vector.places() as usize];
    let mut world = World { setup, bench, modes, next: BinaryHeap::new(), seen: BTreeMap::new() };
    for (t, what, server) in controls {
        world.next.push(Reverse((time(*t), Happens::Control(*server, what.clone()))));
    }
    for (id, request) in requests.iter().enumerate() {
        world.next.push(Reverse((time(request.t), Happens::Comes(id as u32))));
    }
    world.run()?;
    for (id, request) in requests.iter().enumerate() {
        let expected = (request.attempts.clone(), request.status);
        let got = world.seen.remove(&(id as u32)).unwrap_or_default();
        score.row(format!("{prefix}request {id} at {:.3} s", request.t), &expected, &got);
    }
    Ok(())
}

impl World {
    fn run(&mut self) -> Result<(), Refusal> {
        while let Some(Reverse((now, happens))) = self.next.pop() {
            let (id, step) = match happens {
                Happens::Control(server, what) => {
                    let mode = self.modes.get_mut(server as usize).ok_or("has a control of no server")?;
                    *mode = what;
                    continue;
                }
                Happens::Comes(id) => (id, self.bench.arrive(now, id, Ask::any())),
                Happens::Ends(id, status) => {
                    let end = match status {
                        200 => End::Ok,
                        502 => End::Trouble(Trouble::Refused),
                        504 => End::Trouble(Trouble::ReadTimeout),
                        status => End::Status(status),
                    };
                    (id, self.bench.end(now, id, end))
                }
            };
            self.follow(now, id, step)?;
        }
        Ok(())
    }

    fn follow(&mut self, now: SimTime, id: u32, step: Step) -> Result<(), Refusal> {
        let seen = self.seen.entry(id).or_default();
        match step {
            Step::Sent(member) => {
                let (status, takes) = match self.modes[member as usize].as_str() {
                    "accept" | "ok" => (200, SimDuration::ZERO),
                    "e500" => (500, SimDuration::ZERO),
                    "refuse" | "reset" => (502, SimDuration::ZERO),
                    "hang" => (504, self.setup.read_timeout),
                    mode => return Err(format!("not supported yet: control {mode}")),
                };
                seen.0.push((json!(member), status));
                self.next.push(Reverse((now + takes, Happens::Ends(id, status))));
            }
            Step::Over(End::Ok) => seen.1 = 200,
            Step::Over(End::Status(status)) => seen.1 = status,
            Step::Over(End::Trouble(trouble)) => {
                seen.1 = self.setup.status(trouble);
                // nginx writes this when there was nobody to ask.
                if trouble == Trouble::Nobody {
                    seen.0.push((json!("u"), seen.1));
                }
            }
            _ => return Err("not supported yet: waiting on a timeline".into()),
        }
        Ok(())
    }
}
