//! What to know before trusting the numbers: the cause, and the next thing to try.

mod facts;
pub(super) mod words;

use serde::Serialize;

pub use facts::Facts;
pub(super) use facts::corrected;
use words::say;

use crate::lang::Said;
use crate::scenario::Model;
use crate::units::order::sort_by_key;

/// One caution.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Warning {
    /// Wire name of its kind.
    pub kind: &'static str,
    /// What is the matter, with numbers.
    pub text: Said,
    /// What to do about it, as a command line would say it.
    pub remedy: Said,
    /// The same in words alone, for a page.
    #[serde(skip)]
    pub advice: Said,
    /// The field of the scenario that would do it, and its value.
    #[serde(skip)]
    pub set: Option<(String, String)>,
}

impl Warning {
    /// A caution whose remedy is the same everywhere.
    pub(super) fn new(kind: &'static str, text: Said, advice: Said) -> Self {
        Self { kind, text, remedy: advice.clone(), advice, set: None }
    }

    /// What the command line says instead.
    #[must_use]
    pub fn flag(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Said::plain(remedy);
        self
    }

    /// The field that would do it.
    pub(super) fn set(mut self, path: impl Into<String>, value: impl Into<String>) -> Self {
        self.set = Some((path.into(), value.into()));
        self
    }
}

/// A quantile means little with fewer values than this beyond it.
const BEYOND: f64 = 10.0;
/// Before this time in seconds a run that goes on is not judged.
const EARLY: f64 = 5.0;

/// Everything to be wary of in a run: what is true at any time, and at its end what only then can be known.
#[must_use]
pub fn warnings(facts: &Facts<'_>, model: &Model) -> Vec<Warning> {
    if !facts.over && facts.at_s < EARLY {
        return Vec::new();
    }
    let (now, end) = (
        [overloaded(facts, model), survivors(facts), omission(facts), ports(facts), log_full(facts)],
        || [stopped(facts, model), nobody(facts), unfinished(facts), few_samples(facts)],
    );
    let late = facts.over.then(end).into_iter().flatten();
    let mut found: Vec<Warning> = late.chain(now).flatten().collect();
    // In the order of the table in the manual.
    sort_by_key(&mut found, |warning| KINDS.iter().position(|kind| *kind == warning.kind));
    found.extend(facts.over.then(|| super::trust::of_run(facts, model)).into_iter().flatten());
    found
}

/// Kinds in the order in which they are said.
const KINDS: [&str; 9] = [
    "stopped",
    "no_requests",
    "overloaded",
    "survivors",
    "unfinished",
    "too_few_samples",
    "coordinated_omission",
    "ports",
    "log_full",
];

/// The engine ends a run in which too many requests are in progress.
fn stopped(facts: &Facts<'_>, model: &Model) -> Option<Warning> {
    let asked = model.duration().as_secs();
    let text = || say::stopped(facts.at_s, asked, facts.in_flight);
    (facts.at_s < asked).then(|| Warning::new("stopped", text(), say::stopped_do()))
}

fn nobody(facts: &Facts<'_>) -> Option<Warning> {
    (facts.offered == 0).then(|| Warning::new("no_requests", say::nobody(), say::nobody_do()))
}

/// Work offered in cores, against the cores of the replicas that are there.
fn overloaded(facts: &Facts<'_>, model: &Model) -> Option<Warning> {
    let work = facts.offered as f64 * model.mean_demand() / facts.measured_s();
    let all: f64 = facts.cores.iter().sum();
    if facts.cores.is_empty() || all <= 0.0 || work <= all {
        return None;
    }
    let n = facts.cores.len() as u64;
    let enough = (work / (all / n as f64)).ceil() as u64 + 1;
    let flag = format!("--replicas {enough} would carry it, on average");
    let service = model.balancer().service.index();
    let warning = Warning::new("overloaded", say::overloaded(work, n, all), say::overloaded_do(enough));
    Some(warning.flag(flag).set(format!("service[{service}].replicas"), enough.to_string()))
}

/// Response times tell of those that succeeded; when many failed, that is not the users' experience.
fn survivors(facts: &Facts<'_>) -> Option<Warning> {
    let failed = facts.failed_share();
    let text = || say::survivors(1.0 - failed, facts.failed);
    (failed >= 0.05 && facts.succeeded > 0).then(|| Warning::new("survivors", text(), say::survivors_do()))
}

fn unfinished(facts: &Facts<'_>) -> Option<Warning> {
    let part = facts.in_flight as f64 / facts.offered.max(1) as f64;
    if part < 0.02 || facts.in_flight < 20 {
        return None;
    }
    let warning = Warning::new("unfinished", say::unfinished(facts.in_flight, part), say::unfinished_do());
    Some(warning.flag("Lengthen the run with --duration, or set traffic.timeout"))
}

fn few_samples(facts: &Facts<'_>) -> Option<Warning> {
    let n = facts.times.count;
    let (name, needed) = match n {
        0 => return None,
        n if (n as f64) * 0.01 < BEYOND => ("p99", BEYOND / 0.01),
        n if (n as f64) * 0.001 < BEYOND => ("p99.9", BEYOND / 0.001),
        _ => return None,
    };
    let longer = (facts.measured_s() * needed / n as f64).ceil();
    let seconds = (facts.warmup_s + longer).ceil() as u64;
    let text = say::few(&name, n, needed as u64);
    let warning = Warning::new("too_few_samples", text, say::few_do(seconds));
    let warning =
        warning.flag(format!("--duration {}s, or compare over several seeds", facts.warmup_s + longer));
    Some(warning.set("run.duration", format!("{seconds} s")))
}

/// Users who wait for each answer don't ask while it is slow: what they measure leaves the worst out.
fn omission(facts: &Facts<'_>) -> Option<Warning> {
    let (measured, scheduled) = (facts.times.p99?, facts.corrected_p99?);
    (scheduled >= 2.0 * measured).then(|| {
        Warning::new("coordinated_omission", say::scheduled(measured, scheduled), say::scheduled_do())
    })
}

/// Connections that are closed faster than their ports come free.
fn ports(facts: &Facts<'_>) -> Option<Warning> {
    let (refused, limit) = facts.ports.filter(|(refused, _)| *refused > 0)?;
    Some(Warning::new("ports", say::ports(refused, u64::from(limit)), say::ports_do()))
}

fn log_full(facts: &Facts<'_>) -> Option<Warning> {
    let warning = || Warning::new("log_full", say::log_full(facts.dropped), say::log_full_do());
    (facts.dropped > 0).then(|| warning().flag("Shorten the run with --duration"))
}
