//! What to know before trusting the numbers: the cause, and the next thing to try.

use serde::Serialize;

use super::Report;
use super::number::{count, millis, moment, share, three, whole};
use crate::scenario::Model;

/// One caution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Wire name of its kind.
    pub kind: &'static str,
    /// What is the matter, with numbers.
    pub text: String,
    /// What to do about it.
    pub remedy: String,
}

/// A quantile means little with fewer values than this beyond it.
const BEYOND: f64 = 10.0;

/// Everything to be wary of in a report.
#[must_use]
pub fn warnings(report: &Report, model: &Model, dropped: u64) -> Vec<Warning> {
    let found = [
        stopped(report, model),
        nobody(report),
        overloaded(report, model),
        survivors(report),
        unfinished(report),
        few_samples(report),
        omission(report),
        ports(report),
        log_full(dropped),
    ];
    found.into_iter().flatten().chain(super::trust::of_run(report, model)).collect()
}

fn warn(kind: &'static str, text: String, remedy: impl Into<String>) -> Option<Warning> {
    Some(Warning { kind, text, remedy: remedy.into() })
}

/// The engine ends a run in which too many requests are in progress.
fn stopped(report: &Report, model: &Model) -> Option<Warning> {
    let asked = model.duration().as_secs();
    if report.duration_s >= asked {
        return None;
    }
    let text = format!(
        "The run ended at {} of {}: {} were in progress, more than fit in memory.",
        moment(report.duration_s),
        moment(asked),
        count(report.requests.in_flight, "request"),
    );
    warn("stopped", text, "Set traffic.timeout, so that clients give up, or lower the rate")
}

fn nobody(report: &Report) -> Option<Warning> {
    let none = report.requests.offered == 0;
    let text = "No request was offered in the measured time.".to_owned();
    none.then(|| warn("no_requests", text, "Raise the rate, or lengthen the run")).flatten()
}

/// Work offered in cores, against the cores of the replicas that were there at the end.
fn overloaded(report: &Report, model: &Model) -> Option<Warning> {
    let work = report.requests.offered as f64 * model.mean_demand() / report.measured_s();
    let name = &model.services().get(model.balancer().service.index())?.name;
    let cores: Vec<f64> =
        report.replicas.iter().filter(|r| &r.service == name).map(|r| r.cpu.quota_cores).collect();
    let all: f64 = cores.iter().sum();
    if cores.is_empty() || all <= 0.0 || work <= all {
        return None;
    }
    let enough = (work / (all / cores.len() as f64)).ceil() as u64 + 1;
    let text = format!(
        "Clients ask for {} cores of work and {} {} {}: in overload all numbers depend on the run's length.",
        three(work),
        count(cores.len() as u64, "replica"),
        if cores.len() == 1 { "has" } else { "have" },
        three(all),
    );
    warn("overloaded", text, format!("--replicas {enough} would carry it, on average"))
}

/// Response times tell of those that succeeded; when many failed, that is not the users' experience.
fn survivors(report: &Report) -> Option<Warning> {
    let failed = report.failed_share();
    if failed < 0.05 || report.requests.succeeded == 0 {
        return None;
    }
    let text = format!(
        "Response times are of the {} that ended ok; {} ended otherwise.",
        share(1.0 - failed),
        count(report.requests.failed.total(), "request"),
    );
    warn("survivors", text, "Read them beside the failures, not instead of them")
}

fn unfinished(report: &Report) -> Option<Warning> {
    let requests = &report.requests;
    let part = requests.in_flight as f64 / requests.offered.max(1) as f64;
    if part < 0.02 || requests.in_flight < 20 {
        return None;
    }
    let text = format!(
        "{} ({}) had not ended when the run did; no response time is known of them.",
        count(requests.in_flight, "request"),
        share(part),
    );
    warn("unfinished", text, "Lengthen the run with --duration, or set traffic.timeout")
}

fn few_samples(report: &Report) -> Option<Warning> {
    let n = report.response_time_ms.count;
    let (name, needed) = match n {
        0 => return None,
        n if (n as f64) * 0.01 < BEYOND => ("p99", BEYOND / 0.01),
        n if (n as f64) * 0.001 < BEYOND => ("p99.9", BEYOND / 0.001),
        _ => return None,
    };
    let text = format!(
        "{name} rests on {}; fewer than {} make it a guess.",
        count(n, "request"),
        whole(needed as u64)
    );
    let longer = report.measured_s() * needed / n as f64;
    let seconds = report.warmup_s + longer.ceil();
    warn("too_few_samples", text, format!("--duration {}s, or compare over several seeds", seconds))
}

/// Users who wait for each answer don't ask while it is slow: what they measure leaves the worst out.
fn omission(report: &Report) -> Option<Warning> {
    let (measured, scheduled) = (report.response_time_ms.p99?, report.corrected_ms?.p99?);
    if scheduled < 2.0 * measured {
        return None;
    }
    let text = format!(
        "Users wait for each answer before they ask again: their p99 is {}; asked on schedule, it would be {}.",
        millis(measured),
        millis(scheduled),
    );
    let remedy = "Take an open source (rate instead of users) for what visitors would see";
    warn("coordinated_omission", text, remedy)
}

/// Connections that are closed faster than their ports come free.
fn ports(report: &Report) -> Option<Warning> {
    let network = report.network.filter(|network| network.ports_refused > 0)?;
    let text = format!(
        "The balancer found no outgoing port {}: all {} to a replica were taken.",
        count(network.ports_refused, "time"),
        whole(u64::from(network.ports_limit)),
    );
    warn("ports", text, "Keep connections ([network.keep_alive]), or add source addresses or replicas")
}

fn log_full(dropped: u64) -> Option<Warning> {
    let text = format!("The event log was full; {} found no place in it.", count(dropped, "later event"));
    (dropped > 0).then(|| warn("log_full", text, "Shorten the run with --duration")).flatten()
}
