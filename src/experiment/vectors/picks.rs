//! Recordings of picks one after the other: in sequence, with requests that overlap, and by key.

use serde_json::Value;

use super::bench::{Ask, Bench, Step};
use super::file::Vector;
use super::product::{Setup, setup};
use super::{Refusal, Score};
use crate::algorithm::product::Trouble;
use crate::engine::pool::End;
use crate::units::SimTime;

/// The n-th event of a recording without times: a millisecond after the one before.
const fn at(number: usize) -> SimTime {
    SimTime(number as u64 * 1_000_000)
}

/// Each request finished before the next.
pub(super) fn sequence(vector: &Vector) -> Result<Score, Refusal> {
    let mut bench = setup(vector)?.bench(vector, 1)?;
    let picks: Vec<u32> = vector.get("picks")?;
    let mut score = Score::default();
    for (number, pick) in picks.iter().enumerate() {
        let step = bench.arrive(at(number), number as u32, Ask::any());
        score.row(format!("request {number}"), &Step::Sent(*pick), &step);
        bench.end(at(number), number as u32, End::Ok);
    }
    Ok(score)
}

/// Arrivals and completions in a given order, and commands of an operator.
pub(super) fn scripted(vector: &Vector) -> Result<Score, Refusal> {
    let setup = setup(vector)?;
    let mut bench = setup.bench(vector, 1)?;
    let picks: Vec<i64> = vector.get("picks")?;
    let events: Vec<Value> = vector.get("events")?;
    let mut expected = picks.iter();
    let mut score = Score::default();
    for (number, event) in events.iter().enumerate() {
        let now = at(number);
        let id = event[1].as_u64().unwrap_or(0) as u32;
        match event[0].as_str() {
            Some("a") => {
                let ask = event[2].as_str().map_or_else(Ask::any, Ask::keyed);
                let step = bench.arrive(now, id, ask);
                let pick = expected.next().ok_or("has fewer picks than arrivals")?;
                score.row(format!("request {id}"), pick, &shown(&setup, step));
            }
            Some("c") => {
                bench.end(now, id, End::Ok);
            }
            Some("cmd") => command(&mut bench, now, &event[1])?,
            _ => return Err(format!("not supported yet: event {event}")),
        }
    }
    Ok(score)
}

fn command(bench: &mut Bench, now: SimTime, text: &Value) -> Result<(), Refusal> {
    let text = text.as_str().unwrap_or_default();
    if bench.command(now, text) { Ok(()) } else { Err(format!("not supported yet: command {text}")) }
}

/// What happens, to which request, and the hand-overs that it causes.
type QueueEvent = (String, u32, Vec<(u32, u32)>);

/// Requests that wait in the balancer: each event lists the hand-overs that it caused.
pub(super) fn scripted_queue(vector: &Vector) -> Result<Score, Refusal> {
    let mut bench = setup(vector)?.bench(vector, 1)?;
    let events: Vec<QueueEvent> = vector.get("events")?;
    let mut score = Score::default();
    for (number, (what, id, expected)) in events.iter().enumerate() {
        let now = at(number);
        let mut seen = Vec::new();
        match what.as_str() {
            "a" => {
                if let Step::Sent(member) = bench.arrive(now, *id, Ask::any()) {
                    seen.push((*id, member));
                }
            }
            "c" => {
                bench.end(now, *id, End::Ok);
            }
            _ => return Err(format!("not supported yet: event {what}")),
        }
        seen.extend(bench.hand_over(now));
        score.row(format!("event {number} ({what} {id})"), expected, &seen);
    }
    Ok(score)
}

/// Picks of several workers, each with its own state unless they share it.
pub(super) fn multiworker(vector: &Vector) -> Result<Score, Refusal> {
    let workers: u32 = vector.get("worker_processes")?;
    let shared: bool = vector.get("shared_zone")?;
    let mut score = Score::default();
    for run in ["sequence", "sequence_run1"] {
        let rows: Vec<(u32, u32)> = vector.get(run)?;
        let setup = setup(vector)?;
        let instances = if shared { 1 } else { workers };
        let mut benches =
            (0..instances).map(|_| setup.bench(vector, 1)).collect::<Result<Vec<Bench>, Refusal>>()?;
        for (number, (worker, pick)) in rows.iter().enumerate() {
            let bench = benches.get_mut(if shared { 0 } else { *worker as usize });
            let bench = bench.ok_or("a worker that there isn't")?;
            let step = bench.arrive(at(number), number as u32, Ask::any());
            score.row(format!("{run}, request {number}"), &Step::Sent(*pick), &step);
            bench.end(at(number), number as u32, End::Ok);
        }
    }
    Ok(score)
}

/// A pick as recordings show it: the member, or minus the status of a refusal.
fn shown(setup: &Setup, step: Step) -> i64 {
    match step {
        Step::Sent(member) => i64::from(member),
        Step::Over(End::Trouble(trouble)) => -i64::from(setup.status(trouble)),
        _ => i64::MIN,
    }
}

/// One request for each key; servers that refuse cost an attempt.
pub(super) fn keys(vector: &Vector) -> Result<Score, Refusal> {
    let mut bench = setup(vector)?.bench(vector, 1)?;
    let keys: Vec<String> = vector.get("keys")?;
    let picks: Vec<u32> = vector.get("picks")?;
    if keys.len() != picks.len() {
        return Err("has not as many picks as keys".into());
    }
    let refusing: Vec<u32> = vector.find("refusing")?.unwrap_or_default();
    let attempts: Option<Vec<Vec<u32>>> = vector.find("attempts")?;
    let mut score = Score::default();
    for (number, (key, pick)) in keys.iter().zip(&picks).enumerate() {
        let (now, id) = (at(number), number as u32);
        let mut step = bench.arrive(now, id, Ask::keyed(key));
        let mut tried = Vec::new();
        while let Step::Sent(member) = step {
            tried.push(member);
            let refused = refusing.contains(&member);
            step = bench.end(now, id, if refused { End::Trouble(Trouble::Refused) } else { End::Ok });
        }
        match &attempts {
            Some(attempts) => score.row(format!("key {key:?}"), &attempts.get(number), &Some(&tried)),
            None => score.row(format!("key {key:?}"), &Some(pick), &tried.last()),
        }
    }
    Ok(score)
}
