//! Traffic is in no file: a calm load is assumed, and said.

use std::collections::BTreeMap;

use super::pool::{Pool, Way};
use crate::convert::finding::shorten;
use crate::convert::nginx::{Action, Location};
use crate::convert::{Finding, Findings};
use crate::dist::Distribution;
use crate::scenario::{Class, Service, Source, Traffic};
use crate::units::{Rate, SimDuration};

/// Mean CPU work of a request.
const DEMAND: SimDuration = SimDuration::from_millis(20);
/// Share of the running replicas' CPU that the assumed load takes.
const LOAD: f64 = 0.4;

/// Poisson arrivals that keep the running replicas at 40 % of their CPU, 20 ms of work each; a class for
/// every location that is passed on.
pub fn assumed(
    pool: &Pool<'_>,
    services: &[Service],
    running: &BTreeMap<String, u32>,
    findings: &mut Findings,
) -> Traffic {
    let cores: f64 = pool
        .members
        .iter()
        .map(|member| {
            let cpus = member.service.cpus.as_ref().map_or(1.0, |at| at.get());
            cpus * f64::from(running.get(&member.service.name.value).copied().unwrap_or(0))
        })
        .sum();
    // A whole number of requests per second, at least one.
    let per_second = ((cores * LOAD / DEMAND.as_secs()) as u32).max(1);
    let text = format!(
        "traffic is not in the files: {per_second} requests per second with a mean of 20 ms CPU work are \
         assumed"
    );
    findings.push(Finding::note(&pool.place, text).remedy("set `traffic` in the scenario"));
    own_answers(pool, findings);
    let rate = Rate::new(f64::from(per_second)).unwrap_or_default();
    let service = services.first().map(|service| service.name.clone());
    Traffic {
        source: vec![Source { name: "visitors".to_owned(), rate, ..Source::default() }],
        class: classes(pool, service.as_deref(), findings),
        port: match pool.way() {
            Way::Port(port) => Some(port),
            Way::Balancer | Way::None => None,
        },
        ..Traffic::default()
    }
}

/// A class for every path that is passed to the pool, with equal shares.
fn classes(pool: &Pool<'_>, service: Option<&str>, findings: &mut Findings) -> Vec<Class> {
    let class = |path: &str| Class {
        name: name_of(path),
        path: path.to_owned(),
        demand: Distribution::Exponential(DEMAND),
        service: service.map(str::to_owned),
        ..Class::default()
    };
    let mut list: Vec<Class> = Vec::new();
    for location in &pool.locations {
        if !list.iter().any(|class| class.path == location.path) && list.len() < 100 {
            list.push(class(&location.path));
        }
    }
    if let ([_, _, ..], Some(location)) = (list.as_slice(), pool.locations.first()) {
        let text =
            format!("{} locations are passed on: equal shares of the requests are assumed", list.len());
        findings.push(Finding::note(&location.place, text).remedy("set `share` and `demand` of each class"));
    }
    if list.is_empty() {
        list.push(class("/"));
    }
    list
}

/// `/api/v1/` is "api-v1"; the root is "page".
fn name_of(path: &str) -> String {
    let parts = path.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|part| !part.is_empty());
    let name: String = parts.collect::<Vec<_>>().join("-").chars().take(60).collect();
    if name.is_empty() { "page".to_owned() } else { name }
}

fn own_answers(pool: &Pool<'_>, findings: &mut Findings) {
    for location in pool.other_locations.iter().copied() {
        let text = match &location.action {
            Action::Static(_) => said(location, "files that nginx serves itself (balancer.own)"),
            Action::Status => said(location, "nginx's own status page (balancer.own)"),
            Action::Return(code) => said(location, &format!("nginx answers {code} itself")),
            Action::Proxy(target) => said(location, &format!("passed to {}", shorten(&target.host))),
            Action::Other => said(location, "nothing that is understood here"),
        };
        findings.push(Finding::note(&location.place, text));
    }
}

fn said(location: &Location, what: &str) -> String {
    format!("{}: {what}; not part of the traffic", shorten(&location.path))
}
