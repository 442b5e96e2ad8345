//! Caddy: what its configurations say, and kinds of recording that only it has.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use serde::Deserialize;

use super::bench::{Ask, Bench, Step};
use super::file::Vector;
use super::product::{Setup, plain};
use super::sha256::hmac_hex;
use super::{Refusal, Score};
use crate::algorithm::MemberSettings;
use crate::algorithm::product::{Again, Trouble};
use crate::engine::pool::End;
use crate::units::{SimDuration, SimTime, Unit};

pub(super) fn setup(vector: &Vector) -> Result<Setup, Refusal> {
    let draws = vector.policy.strip_prefix("random_choose").map(str::parse::<u32>);
    let mut setup = match draws {
        Some(Ok(draws)) => {
            let mut setup = plain("caddy.random_choose".into());
            setup.params.push(("choose".into(), f64::from(draws)));
            setup
        }
        _ => plain(format!("caddy.{}", vector.policy)),
    };
    let tries: Retries = vector.find("lb")?.unwrap_or_default();
    if let Some(duration) = tries.try_duration {
        let pause = tries.try_interval.as_deref().unwrap_or("250ms");
        let milliseconds = |text: &str| Ok::<u32, Refusal>((time(text)?.0 / 1_000_000) as u32);
        setup.rules.again =
            Again::Within { duration_ms: milliseconds(&duration)?, pause_ms: milliseconds(pause)? };
    }
    Ok(setup)
}

/// Kinds of recording that only Caddy has.
pub(super) fn replay(vector: &Vector) -> Result<Score, Refusal> {
    match vector.kind.as_str() {
        "cookie" => cookie(vector),
        "timeline_simple" => timeline(vector),
        kind => Err(format!("not supported yet: kind {kind}")),
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Retries {
    try_duration: Option<String>,
    try_interval: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Health {
    passive: Passive,
}

#[derive(Debug, Clone, Deserialize)]
struct Passive {
    fail_duration: String,
    max_fails: u32,
}

fn time(text: &str) -> Result<SimDuration, Refusal> {
    Unit::parse(text).map_err(|error| format!("{text}: {error}"))
}

fn at(seconds: f64) -> SimTime {
    SimTime::ZERO + SimDuration::from_secs_f64(seconds)
}

/// Whether picks of a script differ from run to run.
pub(super) fn draws_lots(vector: &Vector) -> bool {
    vector.system == "caddy" && matches!(vector.find("deterministic"), Ok(Some(false)))
}

/// So often a choice is repeated to find out whom it may fall on: one of 10 is missed once in 10²⁹ times.
const REPEATS: u32 = 640;

/// Arrivals and completions where equals draw lots: given the picks before, each must be one that can be drawn.
pub(super) fn scripted(vector: &Vector) -> Result<Score, Refusal> {
    let mut score = Score::default();
    let events: Vec<(String, u32)> = vector.get("events")?;
    for run in ["picks", "picks_run1"] {
        let mut bench = setup(vector)?.bench(vector, 1)?;
        let mut picks = vector.get::<Vec<u32>>(run)?.into_iter();
        for (number, (what, id)) in events.iter().enumerate() {
            let now = SimTime(number as u64 * 1_000_000);
            if what == "c" {
                bench.end(now, *id, End::Ok);
                continue;
            }
            let pick = picks.next().ok_or("has fewer picks than arrivals")?;
            let mut possible: Vec<u32> = Vec::new();
            for _ in 0..REPEATS {
                let Step::Sent(member) = bench.arrive(now, *id, Ask::any()) else { break };
                bench.end(now, *id, End::Gone);
                if !possible.contains(&member) {
                    possible.push(member);
                }
            }
            score.row(
                format!("{run}, request {id}: {pick} of {possible:?}"),
                &true,
                &possible.contains(&pick),
            );
            if pick >= vector.places() {
                return Err(format!("has a pick of server {pick}, which there isn't"));
            }
            bench.correct(now, *id, Step::Waits, pick);
        }
    }
    Ok(score)
}

#[derive(Debug, Clone, Deserialize)]
struct Visit {
    sent: Option<String>,
    pick: u32,
    set: Option<String>,
}

/// Cookies: a client with one goes where it says and gets none; one without goes anywhere and gets one.
fn cookie(vector: &Vector) -> Result<Score, Refusal> {
    let secret: String = vector.get("secret")?;
    let name = |member: u32| {
        let server = vector.servers.iter().find(|server| server.index == member);
        server.map(|server| hmac_hex(secret.as_bytes(), server.address.as_bytes()))
    };
    let mut score = Score::default();
    for run in ["sequence", "sequence_run1"] {
        let mut bench = setup(vector)?.bench(vector, 1)?;
        for (number, visit) in vector.get::<Vec<Visit>>(run)?.into_iter().enumerate() {
            let (now, id) = (SimTime(number as u64 * 1_000_000), number as u32);
            let home =
                (0..vector.places()).find(|&member| visit.sent.is_some() && name(member) == visit.sent);
            let step = bench.arrive(now, id, Ask { home, ..Ask::any() });
            bench.end(now, id, End::Ok);
            let Step::Sent(member) = step else { return Err(format!("request {number} was not sent")) };
            // Who draws is only known to be somebody; a cookie has to name who was drawn.
            let pick = if home.is_some() { member } else { visit.pick };
            let set = if home == Some(member) { None } else { name(pick) };
            score.row(format!("{run}, request {number}"), &(visit.pick, visit.set), &(pick, set));
        }
    }
    Ok(score)
}

/// `[t, what, server]`.
type Control = (f64, String, u32);
/// `[t, status, server, milliseconds]`.
type Request = (f64, u16, Option<u32>, f64);

/// Recordings against the clock: servers refuse for a while, and each request shows who answered it and how.
fn timeline(vector: &Vector) -> Result<Score, Refusal> {
    let mut score = Score::default();
    for (suffix, prefix) in [("", ""), ("_run1", "second run, ")] {
        let controls: Vec<Control> = vector.get(&format!("controls{suffix}"))?;
        let requests: Vec<Request> = vector.get(&format!("requests{suffix}"))?;
        let seen = run(vector, &controls, &requests)?;
        for ((t, status, server, _), seen) in requests.iter().zip(seen) {
            score.row(format!("{prefix}request at {t:.3} s"), &(*status, *server), &seen);
        }
    }
    Ok(score)
}

/// A balancer whose servers notice failures as the configuration says: not at all unless it does.
fn watchful(vector: &Vector, setup: &Setup) -> Result<Bench, Refusal> {
    let mut bench = setup.bench(vector, 1)?;
    let health: Option<Health> = vector.find("health")?;
    let (max_fails, fail_timeout) = match health {
        Some(health) => (health.passive.max_fails, time(&health.passive.fail_duration)?),
        None => (0, SimDuration::ZERO),
    };
    for server in &vector.servers {
        let (address, id) = (server.address.clone(), server.index + 1);
        let settings = MemberSettings { id, address, max_fails, fail_timeout, ..MemberSettings::DEFAULT };
        bench.pool.set_settings(SimTime::ZERO, server.index, settings);
    }
    Ok(bench)
}

/// What happens next, in the order of times and then of this list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    Control(u32, String),
    Again(u32),
    Comes(u32),
}

/// Status and server of each request.
fn run(
    vector: &Vector,
    controls: &[Control],
    requests: &[Request],
) -> Result<Vec<(u16, Option<u32>)>, Refusal> {
    let setup = setup(vector)?;
    let mut bench = watchful(vector, &setup)?;
    let mut refuses = vec![false; vector.places() as usize];
    let mut seen = vec![(0, None); requests.len()];
    let mut next = BinaryHeap::new();
    for (t, what, server) in controls {
        next.push(Reverse((at(*t), Happens::Control(*server, what.clone()))));
    }
    for (id, (t, ..)) in requests.iter().enumerate() {
        next.push(Reverse((at(*t), Happens::Comes(id as u32))));
    }
    while let Some(Reverse((now, happens))) = next.pop() {
        let (id, mut step) = match happens {
            Happens::Control(server, what) => {
                let known = matches!(what.as_str(), "refuse" | "accept");
                let refuse = refuses.get_mut(server as usize).filter(|_| known);
                *refuse.ok_or(format!("not supported yet: control {what} {server}"))? = what == "refuse";
                continue;
            }
            Happens::Comes(id) => (id, bench.arrive(now, id, Ask::any())),
            Happens::Again(id) => (id, bench.again(now, id)),
        };
        while let Step::Sent(member) = step {
            let refused = refuses[member as usize];
            seen[id as usize].1 = (!refused).then_some(member);
            step = bench.end(now, id, if refused { End::Trouble(Trouble::Refused) } else { End::Ok });
        }
        match step {
            Step::Pause(pause) => next.push(Reverse((now + pause, Happens::Again(id)))),
            Step::Over(End::Trouble(trouble)) => seen[id as usize].0 = setup.status(trouble),
            _ => seen[id as usize].0 = 200,
        }
    }
    Ok(seen)
}
