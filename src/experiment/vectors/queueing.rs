//! Recordings of queues in real time: an open trace of arrivals and works, servers that serve one after the other.
//!
//! Three things are compared, as far as they can be known.
//!
//! - *Picks*, where the rule looks at nothing but the order of arrivals: each must be equal.
//! - *One step ahead*, where it looks at requests in flight: given everything recorded before, each pick is
//!   predicted. Completions within 1 ms of an arrival may have come before or after it: the recording can't tell.
//! - *Mean response time* of a run of our own on the same trace, with the recorded median delays between client,
//!   balancer and server. Both recorded runs must be within 3 % of it, or, when they are further apart than
//!   that, their average. Random rules are run with 20 seeds.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::ahead::CLOSE;
use super::file::Vector;
use super::product::{Setup, setup};
use super::world::{BEFORE, BEHIND, Crash, Run, World};
use super::{Refusal, Score, ahead};

/// How far the mean may be off.
const MEAN: f64 = 0.03;
const SEEDS: u64 = 20;
/// What part of the picks must be predicted one step ahead.
const PREDICTED: [(&str, f64); 2] = [("nginx", 0.98), ("haproxy", 0.995)];
/// What part of the picks must be equal in a run that no chance enters, but for the time at which a crash meets
/// whole seconds.
const EQUAL: f64 = 0.99;

#[derive(Debug, Clone, Deserialize)]
struct Summary {
    mean_ms: f64,
}

/// What was recorded of the trace, in milliseconds.
#[derive(Debug, Clone)]
pub(super) struct Trace {
    pub send: Vec<f64>,
    pub demand: Vec<f64>,
    pub slow: Vec<f64>,
    pub pick: Vec<Option<u32>>,
    pub finish: Vec<Option<f64>>,
    /// Medians of the ways from client to server and back.
    pub to_server: f64,
    pub back: f64,
    /// Requests wait in the balancer for the server that is free first.
    pub waits: bool,
    pub crashes: Vec<Crash>,
    /// Requests that were put to more than one server.
    pub attempts: BTreeMap<u32, Vec<u32>>,
}

impl Trace {
    fn of(vector: &Vector) -> Result<Self, Refusal> {
        let overhead: BTreeMap<String, Value> = vector.get("proxy_overhead_ms")?;
        let median = |name: &str| overhead.get(name).and_then(Value::as_f64).unwrap_or(0.0);
        let back = median("back_p50");
        // Where the way includes the wait in the balancer, it is measured where a server takes one that waits.
        let waits = overhead.contains_key("note");
        let crashes: Vec<(f64, f64, u32)> = vector.find("crash")?.unwrap_or_default();
        let attempts: BTreeMap<String, Vec<u32>> = vector.find("attempts")?.unwrap_or_default();
        let trace = Self {
            send: vector.get("send_ms")?,
            demand: vector.get("demand_ms")?,
            slow: vector.get("server_slow_factor")?,
            pick: vector.get("pick")?,
            finish: vector.get("server_finish_ms")?,
            to_server: if waits { way_after_wait(vector, back)? } else { median("to_server_p50") },
            waits,
            back,
            crashes: crashes.into_iter().map(|(from, to, server)| Crash { from, to, server }).collect(),
            attempts: attempts
                .into_iter()
                .filter_map(|(id, tried)| Some((id.parse().ok()?, tried)))
                .collect(),
        };
        let n = trace.send.len();
        let fits =
            [trace.demand.len(), trace.pick.len(), trace.finish.len()].iter().all(|&length| length == n);
        let known = trace.pick.iter().flatten().all(|&pick| pick < vector.places());
        if !fits || n == 0 || trace.slow.len() < vector.places() as usize || !known {
            return Err("has columns of different lengths".into());
        }
        Ok(trace)
    }
}

pub(super) fn replay(vector: &Vector) -> Result<Score, Refusal> {
    let trace = Trace::of(vector)?;
    let setup = setup(vector)?;
    let blind = setup.looks_at_nothing();
    let (mut score, runs) = if setup.draws() {
        let runs = (0..SEEDS).map(|seed| World::run(vector, &setup, &trace, seed, 0.0));
        (Score::default(), runs.collect::<Result<Vec<Run>, Refusal>>()?)
    } else if trace.crashes.is_empty() {
        let run = World::run(vector, &setup, &trace, 1, 0.0)?;
        let score = match (blind, trace.waits) {
            (true, _) => equal(&trace, &run),
            // Whom to ask is not chosen: it is the one that is free. The mean tells whether they are so in time.
            (false, true) => Score::default(),
            (false, false) => predicted(vector, &setup, &trace)?,
        };
        (score, vec![run])
    } else {
        crashed(vector, &setup, &trace, blind)?
    };
    let means: Vec<f64> = ["summary", "summary_run1"]
        .iter()
        .filter_map(|name| vector.find::<Summary>(name).ok().flatten())
        .map(|summary| summary.mean_ms)
        .collect();
    let ours = runs.iter().map(Run::mean).sum::<f64>() / runs.len() as f64;
    let theirs = means.iter().sum::<f64>() / means.len().max(1) as f64;
    let off = ours / theirs - 1.0;
    let fits = off.abs() <= MEAN && score.passed.unwrap_or(true);
    score.rows += 1;
    score.matched += u64::from(off.abs() <= MEAN);
    score.note =
        format!("{}mean {ours:.1} ms, recorded {means:.1?}, {:+.1} %, at most 3 %", score.note, off * 100.0);
    score.passed = Some(fits);
    Ok(score)
}

/// The way from client to server of one that did not wait, in milliseconds, from the medians of the time between
/// a server's last answer and its next request, and of the way back, of which parts lie between them.
fn way_after_wait(vector: &Vector, back: f64) -> Result<f64, Refusal> {
    let column = |name: &str| vector.get::<Vec<Option<f64>>>(name);
    let (send, enter, finish) =
        (column("send_ms")?, column("server_arrival_ms")?, column("server_finish_ms")?);
    let pick: Vec<Option<u32>> = vector.get("pick")?;
    let mut gaps = Vec::new();
    for server in 0..vector.places() {
        let mut rows: Vec<(f64, f64, f64)> = (0..pick.len())
            .filter(|&id| pick[id] == Some(server))
            .filter_map(|id| Some((enter[id]?, *finish.get(id)?.as_ref()?, *send.get(id)?.as_ref()?)))
            .collect();
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Who was sent well before the last answer has waited for it.
        let waited = rows.windows(2).filter(|pair| pair[1].2 + 2.0 < pair[0].1);
        gaps.extend(waited.map(|pair| pair[1].0 - pair[0].1));
    }
    gaps.sort_by(f64::total_cmp);
    let gap = gaps.get(gaps.len() / 2).copied().unwrap_or(2.0 * back);
    Ok(((gap - (1.0 - BEHIND) * back) / (1.0 - BEFORE)).max(0.0))
}

/// Every pick of a run of our own against the recorded one. Which of two requests that were sent within a
/// millisecond came first the recording can't tell: they may have changed places.
fn equal(trace: &Trace, run: &Run) -> Score {
    let mut score = Score::default();
    for (id, (recorded, ours)) in trace.pick.iter().zip(&run.picks).enumerate() {
        let swapped = recorded != ours
            && (0..run.picks.len()).any(|other| {
                (trace.send[other] - trace.send[id]).abs() <= CLOSE
                    && trace.pick[other] == *ours
                    && run.picks[other] == *recorded
            });
        score.row(format!("request {id}"), recorded, if swapped { recorded } else { ours });
    }
    score.passed = Some(score.matched == score.rows);
    if !score.note.is_empty() {
        score.note.push_str("; ");
    }
    score
}

/// One step ahead.
fn predicted(vector: &Vector, setup: &Setup, trace: &Trace) -> Result<Score, Refusal> {
    let matched = ahead::predict(vector, setup, trace)?;
    let rows = trace.pick.len() as u64;
    let share = matched as f64 / rows as f64;
    let needed =
        PREDICTED.iter().find(|(product, _)| *product == vector.system).map_or(0.98, |(_, share)| *share);
    let note = format!("{:.2} % predicted one step ahead, at least {:.1} %; ", share * 100.0, needed * 100.0);
    Ok(Score { rows, matched, note, passed: Some(share >= needed) })
}

/// With a crash, it matters when whole seconds begin, which was not recorded: it is tried in steps of 10 ms. In
/// some of these, as many requests as recorded must have been put to more than one server, and where chance does
/// not matter, nearly all picks must be the recorded ones. Those that explain most count.
fn crashed(vector: &Vector, setup: &Setup, trace: &Trace, blind: bool) -> Result<(Score, Vec<Run>), Refusal> {
    let mut best: Option<(Score, Vec<Run>)> = None;
    for phase in 0..100 {
        let run = World::run(vector, setup, trace, 1, f64::from(phase) * 10.0)?;
        let mut score = if blind { equal(trace, &run) } else { Score::default() };
        let near = score.matched as f64 >= score.rows as f64 * EQUAL;
        score.row("tries", &trace.attempts.len(), &run.retried.len());
        score.passed = Some(near && run.retried.len() == trace.attempts.len());
        score.note = format!("put to several: {:?}, recorded {:?}; ", run.retried, trace.attempts);
        let worth = |score: &Score| (score.passed, score.matched);
        match &mut best {
            Some((other, runs)) if worth(other) == worth(&score) => runs.push(run),
            Some((other, _)) if worth(other) > worth(&score) => {}
            _ => best = Some((score, vec![run])),
        }
    }
    best.ok_or_else(|| "has no phases".into())
}
