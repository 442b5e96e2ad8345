//! The run in a few plain sentences, the most important first.

use super::number::{count, list, millis, moment, share, whole};
use super::{EventReport, Report};
use crate::lang::capital;

/// What happened, in one sentence.
#[must_use]
pub fn headline(report: &Report) -> String {
    let (requests, failed) = (&report.requests, report.requests.failed.total());
    if requests.offered == 0 {
        return "Nobody asked for anything.".into();
    }
    let outcome = match (failed, requests.succeeded) {
        (0, _) => "no request failed".to_owned(),
        (_, 0) => "no request succeeded".to_owned(),
        _ => format!("{} of the requests failed", share(report.failed_share())),
    };
    let causes: Vec<String> =
        [not_started(report), killed(report), crashed(report)].into_iter().flatten().collect();
    if !causes.is_empty() {
        return format!("{}: {outcome}.", causes.join("; "));
    }
    match requests.failed.occurred().first() {
        Some((top, n)) if *n == failed => {
            format!("{}, all with \"{}\".", capital(&outcome), top.label())
        }
        Some((top, n)) => {
            let part = share(*n as f64 / failed as f64);
            format!("{}, {part} of them with \"{}\".", capital(&outcome), top.label())
        }
        None => calm(report),
    }
}

fn calm(report: &Report) -> String {
    let p99 = report
        .response_time_ms
        .p99
        .map_or_else(String::new, |p99| format!(", 99 % of them within {}", millis(p99)));
    let waiting = report.requests.in_flight;
    let part = waiting as f64 / report.requests.offered as f64;
    match report.requests.succeeded {
        0 => "No request has ended.".into(),
        _ if part >= 0.02 && waiting >= 20 => format!(
            "No request failed, but the replicas could not keep up: {} ({}) had no answer at the end.",
            count(waiting, "request"),
            share(part)
        ),
        n => format!("All went well: {} answered{p99}.", count(n, "request")),
    }
}

/// The replicas of the events that `pick` chooses, each once, and the first of these events.
fn told(report: &Report, pick: impl Fn(&&EventReport) -> bool) -> Option<(Vec<String>, &EventReport, u64)> {
    let events: Vec<&EventReport> = report.events.iter().filter(pick).collect();
    let mut names: Vec<String> = events.iter().filter_map(|event| event.replica.clone()).collect();
    names.sort();
    names.dedup();
    events.first().map(|first| (names, *first, events.len() as u64))
}

fn not_started(report: &Report) -> Option<String> {
    let (names, _, _) = told(report, |event| event.kind == "bind_failed")?;
    let port = if names.len() == 1 { "its host port was" } else { "their host ports were" };
    let waiting = |r: &&super::ReplicaReport| r.state == "created" && !names.contains(&r.name);
    let others: Vec<String> = report.replicas.iter().filter(waiting).map(|r| r.name.clone()).collect();
    let stopped = match others.len() {
        0 => String::new(),
        1 => format!(", and {} was not started after that", others[0]),
        _ => format!(", and {} were not started after that", list(&others, 4)),
    };
    Some(format!("{} could not start because {port} taken{stopped}", list(&names, 4)))
}

fn killed(report: &Report) -> Option<String> {
    let (names, first, n) = told(report, |e| e.kind == "died" && e.text.contains("out of memory"))?;
    let was = if names.len() == 1 { "was" } else { "were" };
    let times = if n as usize == names.len() { String::new() } else { format!(" {} times", whole(n)) };
    let when = match first.replica.as_deref() {
        Some(name) if names.len() > 1 => format!(", first {name} at {}", moment(first.at_s)),
        _ => format!(", first at {}", moment(first.at_s)),
    };
    Some(format!("{} {was} killed{times} for want of memory{when}", list(&names, 4)))
}

fn crashed(report: &Report) -> Option<String> {
    let (names, first, _) = told(report, |e| e.kind == "died" && e.text.contains("crashed"))?;
    Some(format!("{} crashed at {}", list(&names, 4), moment(first.at_s)))
}

/// The run in a few sentences.
#[must_use]
pub fn summary(report: &Report) -> Vec<String> {
    let mut out = vec![headline(report)];
    let requests = &report.requests;
    if requests.offered == 0 {
        return out;
    }
    let part = |n: u64, none: &str| match n {
        0 => none.to_owned(),
        n => format!("{} ({})", whole(n), share(n as f64 / requests.offered as f64)),
    };
    out.push(format!(
        "Of {}, {} ended ok, {} failed and {} {} in flight at the end.",
        count(requests.offered, "request"),
        part(requests.succeeded, "none"),
        part(requests.failed.total(), "none"),
        if requests.in_flight == 0 { "none".into() } else { whole(requests.in_flight) },
        if requests.in_flight == 1 { "was" } else { "were" },
    ));
    let times = &report.response_time_ms;
    if let (Some(p50), Some(p99)) = (times.p50, times.p99) {
        out.push(format!(
            "Half of those that ended ok took at most {}, 99 % at most {}.",
            millis(p50),
            millis(p99)
        ));
    }
    out.extend(sessions(report));
    out.extend(busiest(report));
    out.extend(report.cost_parts.map(|cost| cost.text()));
    out
}

fn sessions(report: &Report) -> Option<String> {
    let s = report.sessions;
    (s.lost > 0).then(|| {
        format!("Of {}, {} were lost with their baskets.", count(s.started, "session"), whole(s.lost))
    })
}

fn busiest(report: &Report) -> Option<String> {
    let top = report.replicas.iter().max_by(|a, b| a.cpu.utilisation.total_cmp(&b.cpu.utilisation))?;
    let mean = report.replicas.iter().map(|r| r.cpu.utilisation).sum::<f64>() / report.replicas.len() as f64;
    let n = report.replicas.len() as u64;
    Some(if n == 1 {
        format!("{} used {} of its CPU.", top.name, share(top.cpu.utilisation))
    } else if top.cpu.utilisation - mean < 0.02 {
        format!("Each of {} used about {} of its CPU.", count(n, "replica"), share(mean))
    } else {
        let (n, top_share) = (count(n, "replica"), share(top.cpu.utilisation));
        format!("{n} used {} of their CPU on average, {} the most with {top_share}.", share(mean), top.name)
    })
}
