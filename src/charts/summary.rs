//! Each chart in one sentence.

use super::Row;
use super::data::{Facts, Reading, columns, reading, until};
use super::group::{GROUPS, Group, by_group};
use super::number::{millis, moment, percent, three, whole};
use crate::observe::{Point, ReplicaState, Series};

/// What a row shows at an instant, in one or two sentences.
#[must_use]
pub fn summary(row: Row, series: &Series, facts: &Facts, now_s: f64) -> String {
    let Some(reading) = reading(series, now_s) else { return format!("{}: nothing yet.", row.label()) };
    match row {
        Row::Response => response(until(series, now_s), &reading),
        Row::Outcomes => outcomes(&reading),
        Row::Share => share(series, facts, &reading),
        Row::Queue => queue(series, facts, &reading),
        Row::Heat => percentiles(until(series, now_s)),
        Row::Flow | Row::Sessions | Row::Retries => {
            super::lines::sentence(row, columns(series, facts, now_s, usize::MAX).last())
        }
    }
}

/// A rise or fall by this factor is worth saying.
const NOTABLE: f64 = 2.0;

fn response(points: &[Point], reading: &Reading) -> String {
    let known: Vec<(f64, f64)> =
        points.iter().filter_map(|p| p.response_ms.map(|ms| (p.at_s, f64::from(ms[2])))).collect();
    let Some(first) = calm(&known) else { return "No request has been answered yet.".to_owned() };
    let now = match reading.response_ms {
        Some((p50, p99)) => format!("it is {} now, p50 {}.", millis(p99), millis(p50)),
        None => "nothing is answered now.".to_owned(),
    };
    let peak = known.iter().fold(first, |peak, &(_, ms)| peak.max(ms));
    if peak < first * NOTABLE {
        return format!("p99 stays near {}; {now}", millis(first));
    }
    // The rise is where the geometric middle of both values is passed first.
    let middle = libm::sqrt(first * peak);
    let at = known.iter().find(|(_, ms)| *ms > middle).map_or(0.0, |(at, _)| *at);
    format!("p99 rose from {} to {} at {}; {now}", millis(first), millis(peak), moment(at))
}

fn percentiles(points: &[Point]) -> String {
    let last = points.iter().rev().find_map(|point| point.response_ms);
    last.map_or_else(
        || "No request has been answered yet.".to_owned(),
        |ms| {
            let [p50, p90, p99] = ms.map(|ms| millis(f64::from(ms)));
            format!("Half are answered within {p50}, nine of ten within {p90}, 99 % within {p99}.")
        },
    )
}

/// The median of the first two seconds that have a value.
fn calm(known: &[(f64, f64)]) -> Option<f64> {
    let begin = known.first()?.0;
    let mut first: Vec<f64> =
        known.iter().take_while(|(at, _)| *at <= begin + 2.0).map(|(_, ms)| *ms).collect();
    first.sort_by(f64::total_cmp);
    first.get(first.len() / 2).copied()
}

fn outcomes(reading: &Reading) -> String {
    let totals = by_group(&reading.totals);
    let ended: u64 = totals.iter().sum();
    let mut failures: Vec<(Group, f64)> =
        GROUPS.into_iter().zip(reading.rates).skip(1).filter(|(_, rate)| *rate > 0.0).collect();
    failures.sort_by(|a, b| b.1.total_cmp(&a.1));
    let said: Vec<String> = failures
        .iter()
        .map(|(group, rate)| format!("{} {}", three(*rate), group.called(&reading.recent)))
        .collect();
    let failing: f64 = failures.iter().map(|(_, rate)| rate).sum();
    let now = match said.len() {
        0 => "no failures".to_owned(),
        1 => said[0].clone(),
        _ => format!("{} failures ({})", three(failing), said.join(", ")),
    };
    format!(
        "{} answers a second are ok now and {now}; so far {} of {} requests were ok.",
        three(reading.rates[0]),
        whole(totals[0] as f64),
        whole(ended as f64),
    )
}

/// The most replicas that a sentence names.
const NAMED: usize = 5;

fn name(series: &Series, id: u32) -> &str {
    series.names.get(id as usize).map_or("a replica", String::as_str)
}

fn share(series: &Series, facts: &Facts, reading: &Reading) -> String {
    let words = |replica: &crate::observe::ReplicaPoint| {
        let name = name(series, replica.id);
        match replica.state {
            ReplicaState::Ready | ReplicaState::Draining => {
                let cpu = percent(f64::from(replica.cpu));
                let memory = facts.replica(replica.id).memory_limited;
                let memory =
                    memory.then(|| format!(" and {} of its memory", percent(f64::from(replica.memory))));
                format!("{name} uses {cpu} of its CPU{}", memory.unwrap_or_default())
            }
            state => format!("{name} is {}", state.name().replace('_', " ")),
        }
    };
    let there = reading.replicas.iter().filter(|replica| replica.state != ReplicaState::Removed);
    let mut said: Vec<String> = there.map(words).collect();
    if said.is_empty() {
        return "There is no replica.".to_owned();
    }
    let more = said.len().saturating_sub(NAMED);
    said.truncate(NAMED);
    if more > 0 {
        said.push(format!("and {more} more"));
    }
    format!("{}.", said.join("; "))
}

fn queue(series: &Series, facts: &Facts, reading: &Reading) -> String {
    let mut said = Vec::new();
    if let Some(limit) = facts.queue_limit {
        let (queue, limit) = (whole(f64::from(reading.queue)), whole(f64::from(limit)));
        said.push(format!("{queue} of {limit} places in the balancer's queue are taken"));
    }
    let most = reading.replicas.iter().map(|replica| replica.connections).max();
    if most == Some(0) {
        said.push("no connection to a replica is open".to_owned());
    } else if let Some(fullest) = reading.replicas.iter().find(|replica| Some(replica.connections) == most) {
        let limit = facts.replica(fullest.id).connections_limit;
        let limit = limit.map(|limit| format!(" of {}", whole(f64::from(limit)))).unwrap_or_default();
        let open = whole(f64::from(fullest.connections));
        said.push(format!("{} has the most connections, {open}{limit}", name(series, fullest.id)));
    }
    if said.is_empty() { "Nothing queues.".to_owned() } else { format!("{}.", said.join("; ")) }
}
