//! HAProxy: what its configurations say, and kinds of recording that only it has.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::bench::{Ask, Bench, Step};
use super::file::Vector;
use super::product::{Setup, plain};
use super::{Refusal, Score};
use crate::algorithm::product::{Again, Trouble};
use crate::engine::pool::{End, Health, warming};
use crate::units::{SimDuration, SimTime};

pub(super) fn setup(vector: &Vector) -> Result<Setup, Refusal> {
    let config = vector.config_text();
    let mut setup = plain(format!("haproxy.{}", balance(&vector.policy, &config)));
    let mut params = BTreeMap::new();
    if let Some(draws) = vector.policy.strip_prefix("random(") {
        params.insert("d", draws.trim_end_matches(')').parse().map_err(|_| "draws")?);
    }
    for line in config.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match *words {
            ["hash-type", method, ref rest @ ..] => {
                let plain_ring = method == "consistent" && rest.is_empty();
                let has = |word: &str| f64::from(rest.contains(&word));
                params.insert("consistent", f64::from(method == "consistent"));
                params.insert("avalanche", if plain_ring { 1.0 } else { has("avalanche") });
                params.insert("function", has("djb2") + 2.0 * has("crc32"));
                if rest.contains(&"wt6") {
                    return Err(
                        "not supported: wt6, a function that is described nowhere but in HAProxy's own code"
                            .into(),
                    );
                }
            }
            ["hash-balance-factor", factor] => {
                params.insert("balance_factor", factor.parse().map_err(|_| "hash-balance-factor")?);
            }
            ["retries", retries] => {
                let retries = retries.parse().map_err(|_| "retries")?;
                setup.rules.again = Again::Same { retries, pause_ms: 1_000 };
            }
            ["option", "redispatch"] => setup.rules.redispatch = true,
            ["cookie", ..] => setup.rules.sticky = true,
            _ => {}
        }
    }
    // Recordings of refusals gave requests no time to wait.
    setup.rules.queue = if vector.kind == "scripted" { 0 } else { u32::MAX };
    setup.params = params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Ok(setup)
}

/// The method's name in the catalogue: from the configuration or, where there is none, from the policy.
fn balance<'a>(policy: &'a str, config: &'a str) -> &'a str {
    let line = config.lines().find_map(|line| line.trim().strip_prefix("balance "));
    let word = line.unwrap_or(policy).split([' ', '(']).next().unwrap_or(policy);
    match word {
        "least_conn" => "leastconn",
        "round_robin" => "roundrobin",
        "random_two" => "random",
        word => word,
    }
}

/// Kinds of recording that only HAProxy has, or that it alone repeats exactly.
pub(super) fn replay(vector: &Vector) -> Result<Score, Refusal> {
    match vector.kind.as_str() {
        "distribution" => draws(vector),
        "cookie" | "retries" => attempts(vector),
        "queue_timeline" => queue_timeline(vector),
        "health_script" => health_script(vector),
        "health_timeline" => health_timeline(vector),
        "slowstart" => slowstart(vector),
        kind => Err(format!("not supported yet: kind {kind}")),
    }
}

/// The n-th event of a recording without times.
const fn at(number: u32) -> SimTime {
    SimTime(number as u64 * 1_000_000)
}

fn milliseconds(ms: f64) -> SimTime {
    SimTime::ZERO + SimDuration::from_secs_f64(ms / 1000.0)
}

/// Draws at random, which are the same after each start: while some requests are held, how many go where.
fn draws(vector: &Vector) -> Result<Score, Refusal> {
    let n: u32 = vector.get("n_requests")?;
    let counts: Vec<Vec<u32>> = vector.get("counts")?;
    let first: Vec<u32> = vector.get("first_200_picks_run0")?;
    let mut left: Vec<u32> = vector.get("held_connections")?;
    let places = vector.places() as usize;
    left.resize(places, 0);
    if n > 1_000_000 || counts.iter().any(|counts| counts.len() != places) {
        return Err("has more than 1,000,000 requests, or not a count for each server".into());
    }
    let mut bench = setup(vector)?.bench(vector, 1)?;
    let mut id = n;
    // Requests were sent until as many as wanted were held by each server; those elsewhere ended at once.
    while left.iter().any(|&left| left > 0) {
        id += 1;
        if id - n > 1_000_000 {
            return Err("has more held connections than servers take".into());
        }
        match bench.arrive(SimTime::ZERO, id, Ask::any()) {
            Step::Sent(member) if left[member as usize] > 0 => left[member as usize] -= 1,
            _ => _ = bench.end(SimTime::ZERO, id, End::Ok),
        }
    }
    let mut seen = vec![0; places];
    let mut score = Score::default();
    for id in 0..n {
        let step = bench.arrive(at(id), id, Ask::any());
        if let Some(pick) = first.get(id as usize) {
            score.row(format!("request {id}"), &Step::Sent(*pick), &step);
        }
        if let Step::Sent(member) = step {
            seen[member as usize] += 1;
        }
        bench.end(at(id), id, End::Ok);
    }
    for (run, counts) in counts.iter().enumerate() {
        score.row(format!("counts of run {run}"), counts, &seen);
    }
    Ok(score)
}

/// A request of a recording of retries or cookies, or a server that begins or ceases to refuse.
#[derive(Debug, Clone, Deserialize)]
struct AttemptRow {
    control: Option<String>,
    server: Option<u32>,
    sent: Option<String>,
    set: Option<String>,
    status: Option<u16>,
    pick: Option<u32>,
    retries: Option<String>,
    ms: Option<f64>,
}

/// What a request met: status, server, retries (with a plus when another server was taken), seconds.
type Met = (u16, Option<u32>, String, u64);

fn attempts(vector: &Vector) -> Result<Score, Refusal> {
    let mut refusing: Vec<u32> = vector.find("refusing")?.unwrap_or_default();
    let rows: Vec<AttemptRow> = vector.get("sequence")?;
    let setup = setup(vector)?;
    let mut bench = setup.bench(vector, 1)?;
    let mut score = Score::default();
    let cookie = |member: u32| vector.servers.get(member as usize).and_then(|server| server.cookie.clone());
    for (number, row) in rows.iter().enumerate() {
        if let (Some(control), Some(server)) = (&row.control, row.server) {
            refusing.retain(|&other| other != server);
            refusing.extend((control == "refuse").then_some(server));
            continue;
        }
        let named =
            |sent: &String| vector.servers.iter().position(|server| server.cookie.as_ref() == Some(sent));
        let home = row.sent.as_ref().and_then(named).map(|place| place as u32);
        let now = at(number as u32 * 10_000);
        let met = follow(&mut bench, &setup, now, number as u32, Ask { home, ..Ask::any() }, &refusing);
        let set = met.1.filter(|&member| setup.rules.sticky && home != Some(member)).and_then(cookie);
        let seconds = libm::round(row.ms.unwrap_or(0.0) / 1000.0) as u64;
        let recorded: Met =
            (row.status.unwrap_or(0), row.pick, row.retries.clone().unwrap_or_default(), seconds);
        score.row(format!("request {number}"), &(recorded, row.set.clone()), &(met, set));
    }
    Ok(score)
}

/// Sees a request through all its attempts.
fn follow(bench: &mut Bench, setup: &Setup, start: SimTime, id: u32, ask: Ask, refusing: &[u32]) -> Met {
    let mut step = bench.arrive(start, id, ask);
    let mut now = start;
    let mut tried = Vec::new();
    let status = loop {
        step = match step {
            Step::Sent(member) => {
                tried.push(member);
                let refused = refusing.contains(&member);
                bench.end(now, id, if refused { End::Trouble(Trouble::Refused) } else { End::Ok })
            }
            Step::Pause(pause) => {
                now += pause;
                bench.again(now, id)
            }
            Step::Over(End::Ok) => break 200,
            Step::Over(End::Trouble(trouble)) => break setup.status(trouble),
            _ => break 0,
        };
    };
    let sign = if tried.first() == tried.last() { "" } else { "+" };
    let retries = format!("{sign}{}", tried.len().saturating_sub(1));
    let pick = tried.last().copied().filter(|_| status == 200);
    (status, pick, retries, (now.since(start).0 + 500_000_000) / 1_000_000_000)
}

#[derive(Debug, Clone, Deserialize)]
struct QueuedRow {
    arrive_ms: f64,
    status: u16,
    pick: Option<u32>,
}

/// Arrivals at a fixed pace to servers with one slot each, and a limit for waiting.
fn queue_timeline(vector: &Vector) -> Result<Score, Refusal> {
    let rows: Vec<QueuedRow> = vector.get("requests")?;
    let statuses: Vec<u16> = vector.get("statuses_run1")?;
    let picks: Vec<Option<u32>> = vector.get("picks_run1")?;
    let pace: f64 = vector.get("interarrival_ms")?;
    let mut score = Score::default();
    let recorded: Vec<f64> = rows.iter().map(|row| row.arrive_ms).collect();
    let nominal: Vec<f64> = (0..statuses.len()).map(|number| pace * number as f64).collect();
    for (number, (row, seen)) in rows.iter().zip(queued(vector, &recorded)?).enumerate() {
        score.row(format!("request {number}"), &(row.status, row.pick), &seen);
    }
    for (number, (row, seen)) in statuses.into_iter().zip(picks).zip(queued(vector, &nominal)?).enumerate() {
        score.row(format!("second run, request {number}"), &row, &seen);
    }
    Ok(score)
}

/// Status and server of each request.
fn queued(vector: &Vector, arrivals: &[f64]) -> Result<Vec<(u16, Option<u32>)>, Refusal> {
    let (service, patience): (f64, f64) = (vector.get("service_ms")?, vector.get("timeout_queue_ms")?);
    let setup = setup(vector)?;
    let mut bench = setup.bench(vector, 1)?;
    let mut seen = vec![(0, None); arrivals.len()];
    // What happens at a time: an end before the limit of those who wait, and that before an arrival.
    let mut next: BTreeMap<(SimTime, u8, u32), ()> = BTreeMap::new();
    for (id, &arrival) in arrivals.iter().enumerate() {
        next.insert((milliseconds(arrival), 2, id as u32), ());
        next.insert((milliseconds(arrival + patience), 1, id as u32), ());
    }
    while let Some(((now, what, id), ())) = next.pop_first() {
        let mut started = Vec::new();
        match what {
            0 => _ = bench.end(now, id, End::Ok),
            1 if seen[id as usize].0 == 0 => {
                bench.leave_line(id);
                seen[id as usize] = (setup.status(Trouble::Waited), None);
            }
            2 => {
                if let Step::Sent(member) = bench.arrive(now, id, Ask::any()) {
                    started.push((id, member));
                }
            }
            _ => {}
        }
        started.extend(bench.hand_over(now));
        for (id, member) in started {
            seen[id as usize] = (200, Some(member));
            next.insert((now + SimDuration::from_secs_f64(service / 1000.0), 0, id), ());
        }
    }
    Ok(seen)
}

fn health(vector: &Vector) -> Result<Health, Refusal> {
    Ok(Health::up(vector.get("rise")?, vector.get("fall")?))
}

/// Answers to checks, and what was shown after each.
fn health_script(vector: &Vector) -> Result<Score, Refusal> {
    let rows: Vec<(u16, String)> = vector.get("sequence")?;
    let mut health = health(vector)?;
    let mut score = Score::default();
    for (number, (status, shown)) in rows.iter().enumerate() {
        health.check((200..400).contains(status));
        score.row(format!("check {number}"), shown, &health.shown());
    }
    Ok(score)
}

/// Checks against the clock: each change of what is shown, at most 60 ms after the check (the state was asked for
/// every 15 ms), and that nobody is sent to a server that was shown to be down.
fn health_timeline(vector: &Vector) -> Result<Score, Refusal> {
    let checks: Vec<(f64, u32, u16)> = vector.get("checks")?;
    let states: Vec<(f64, u32, String, Value)> = vector.get("states")?;
    let second: Vec<(f64, u32, String, Value)> = vector.get("states_run1")?;
    let requests: Vec<(f64, u16, u32)> = vector.get("requests")?;
    let mut servers = vec![health(vector)?; vector.places() as usize];
    let mut changes: Vec<(f64, u32, String)> = Vec::new();
    for (t, server, status) in checks {
        let health = servers.get_mut(server as usize).ok_or("has a check of no server")?;
        let before = health.shown();
        health.check((200..400).contains(&status));
        if health.shown() != before {
            changes.push((t, server, health.shown()));
        }
    }
    let mut score = Score::default();
    let shown = |states: &[(f64, u32, String, Value)]| -> Vec<(f64, u32, String)> {
        states.iter().filter(|state| state.0 > 0.0).map(|state| (state.0, state.1, state.2.clone())).collect()
    };
    for (number, (t, server, state)) in shown(&states).iter().enumerate() {
        let ours =
            changes.get(number).map(|(at, server, state)| ((t - at).abs() < 0.06, *server, state.clone()));
        score.row(format!("change {number}"), &Some((true, *server, state.clone())), &ours);
    }
    let names = |list: &[(f64, u32, String)]| -> Vec<(u32, String)> {
        list.iter().map(|(_, server, state)| (*server, state.clone())).collect()
    };
    score.row("changes of the second run", &names(&shown(&second)), &names(&changes));
    for (t, status, server) in requests {
        let down = |at: f64| {
            let last = changes.iter().rfind(|change| change.0 <= at && change.1 == server);
            last.is_some_and(|change| change.2.starts_with("DOWN"))
        };
        // A check's result takes a moment to be known.
        score.row(format!("request at {t} s"), &(200, false), &(status, down(t) && down(t - 0.02)));
    }
    Ok(score)
}

/// Steps of the weight of a server that came back, by whole seconds.
fn slowstart(vector: &Vector) -> Result<Score, Refusal> {
    let seconds: u64 = vector.get("slowstart_s")?;
    let weight = vector.servers.first().map_or(1, |server| server.weight);
    let mut score = Score::default();
    for run in ["weights_seen", "weights_seen_run1"] {
        let seen: Vec<(f64, String, u32)> = vector.get(run)?;
        let Some(up) = seen.iter().position(|row| row.1 == "UP") else { return Err("never up".into()) };
        let mut steps: Vec<(u64, u32)> = Vec::new();
        for second in 0..=seconds {
            let now = warming(weight, SimDuration::from_secs(second), SimDuration::from_secs(seconds));
            if steps.last().is_none_or(|step| step.1 != now) {
                steps.push((second, now));
            }
        }
        for (number, row) in seen[up..].iter().enumerate() {
            let recorded = Some((libm::round(row.0 - seen[up].0) as u64, row.2));
            score.row(format!("{run}, step {number}"), &recorded, &steps.get(number).copied());
        }
    }
    Ok(score)
}
