//! Traffic is in no file: a calm load is assumed, and said.

use std::collections::BTreeMap;

use super::pool::{Pool, Way};
use crate::convert::finding::shorten;
use crate::convert::nginx::{Action, Location};
use crate::convert::{Finding, Findings};
use crate::dist::Distribution;
use crate::lang::{Said, phrases};
use crate::scenario::{Class, Service, Source, Traffic};
use crate::units::{Rate, SimDuration};

phrases! {
    mod say {
        fn no_traffic(per_second: Text) {
            en: "traffic is not in the files: {per_second} requests per second with a mean of 20 ms CPU \
                 work are assumed",
            de: "der Verkehr steht nicht in den Dateien: Angenommen werden {per_second} Anfragen pro \
                 Sekunde mit im Mittel 20 ms CPU-Arbeit",
            fr: "le trafic n’est pas dans les fichiers : on suppose {per_second} requêtes par seconde, \
                 de 20 ms de travail CPU en moyenne",
        }
        fn set_traffic {
            en: "set `traffic` in the scenario",
            de: "`traffic` im Szenario setzen",
            fr: "régler `traffic` dans le scénario",
        }
        fn equal_shares(a: Text) {
            en: "{a} locations are passed on: equal shares of the requests are assumed",
            de: "{a} `location`-Blöcke werden weitergereicht: Gleiche Anteile der Anfragen werden \
                 angenommen",
            fr: "{a} blocs `location` sont transmis : on suppose des parts égales des requêtes",
        }
        fn set_share {
            en: "set `share` and `demand` of each class",
            de: "`share` und `demand` jeder Klasse setzen",
            fr: "régler `share` et `demand` de chaque classe",
        }
        fn own_files {
            en: "files that nginx serves itself (balancer.own)",
            de: "Dateien, die nginx selbst liefert (balancer.own)",
            fr: "des fichiers que nginx sert lui-même (balancer.own)",
        }
        fn own_status {
            en: "nginx's own status page (balancer.own)",
            de: "die Statusseite von nginx (balancer.own)",
            fr: "la page d’état de nginx (balancer.own)",
        }
        fn own_answer(code: Text) {
            en: "nginx answers {code} itself",
            de: "nginx antwortet selbst mit {code}",
            fr: "nginx répond {code} lui-même",
        }
        fn passed_to(a: Text) {
            en: "passed to {a}",
            de: "an {a} weitergereicht",
            fr: "transmis à {a}",
        }
        fn not_understood {
            en: "nothing that is understood here",
            de: "nichts, was hier verstanden wird",
            fr: "rien de compris ici",
        }
        fn no_part_of_traffic(a: Text, what: Said) {
            en: "{a}: {what}; not part of the traffic",
            de: "{a}: {what}; kein Teil des Verkehrs",
            fr: "{a} : {what} ; hors du trafic",
        }
    }
}

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
    let text = say::no_traffic(&per_second);
    findings.push(Finding::note(&pool.place, text).remedy(say::set_traffic()));
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
        let text = say::equal_shares(&list.len());
        findings.push(Finding::note(&location.place, text).remedy(say::set_share()));
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
            Action::Static(_) => said(location, say::own_files()),
            Action::Status => said(location, say::own_status()),
            Action::Return(code) => said(location, say::own_answer(&code)),
            Action::Proxy(target) => said(location, say::passed_to(&shorten(&target.host))),
            Action::Other => said(location, say::not_understood()),
        };
        findings.push(Finding::note(&location.place, text));
    }
}

fn said(location: &Location, what: Said) -> Said {
    say::no_part_of_traffic(&shorten(&location.path), what)
}
