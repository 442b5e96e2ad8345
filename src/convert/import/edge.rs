//! What nginx itself holds, answers and adds.

use super::pool::Pool;
use crate::convert::finding::shorten;
use crate::convert::nginx::{Action, HeaderLine, Location};
use crate::convert::{Finding, Findings};
use crate::lang::phrases;
use crate::scenario::{Balancer, Header, HeaderTo, Limits, OwnKind, OwnPath};

phrases! {
    mod say {
        fn unknown_headers(a: Text) {
            en: "headers with values that the model does not know are left out: {a}",
            de: "Kopfzeilen mit Werten, die das Modell nicht kennt, sind weggelassen: {a}",
            fr: "les en-têtes aux valeurs inconnues du modèle sont laissés de côté : {a}",
        }
    }
}

/// The most own paths and headers that are taken.
const MOST: usize = 100;
/// Variables that the model knows.
const KNOWN: [&str; 4] = ["hostname", "upstream_addr", "request_id", "status"];

/// Connection slots, file descriptors, paths that nginx answers itself, headers that it adds.
pub fn read(pool: &Pool<'_>, balancer: &mut Balancer, findings: &mut Findings) {
    limits(pool, balancer);
    let own = pool.other_locations.iter().filter_map(|location| own(location)).take(MOST);
    balancer.own = own.collect();
    let Some(location) = pool.locations.first() else { return };
    let mut unknown = Vec::new();
    for (lines, to) in [(&location.proxy.add, HeaderTo::Answer), (&location.proxy.set, HeaderTo::Replica)] {
        for line in lines {
            match header(line, to) {
                Some(header) if balancer.header.len() < MOST => balancer.header.push(header),
                _ => unknown.push(line),
            }
        }
    }
    if let Some(first) = unknown.first() {
        let names: Vec<String> = unknown.iter().map(|line| shorten(&line.name)).collect();
        let text = say::unknown_headers(&names.join(", "));
        findings.push(Finding::note(&first.place, text));
    }
}

fn limits(pool: &Pool<'_>, balancer: &mut Balancer) {
    let written = pool.config.and_then(|config| config.connections.as_ref());
    let connections = written.map(|at| at.value.clamp(1, 10_000_000));
    let files = pool.config.and_then(|config| config.files.as_ref()).map(|at| at.value);
    let files = files.or_else(|| pool.proxy.and_then(|proxy| proxy.files.as_ref()).map(|at| at.value));
    if connections.is_some() || files.is_some() {
        let files = files.map(|files| files.clamp(2, 10_000_000));
        balancer.limits = Some(Limits { connections, files, ..Limits::default() });
    }
}

/// A path that nginx answers itself; patterns are not paths.
fn own(location: &Location) -> Option<OwnPath> {
    let kind = match location.action {
        Action::Static(_) => OwnKind::Files,
        Action::Status => OwnKind::Status,
        Action::Return(200) => OwnKind::Text,
        _ => return None,
    };
    let plain = !location.modifier.contains('~') && location.path.starts_with('/') && location.path != "/";
    plain.then(|| OwnPath { path: location.path.clone(), kind })
}

fn header(line: &HeaderLine, to: HeaderTo) -> Option<Header> {
    let name_fits = line.name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    let mut rest = line.value.as_str();
    while let Some(place) = rest.find('$') {
        rest = rest[place + 1..].trim_start_matches('{');
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        if !KNOWN.contains(&&rest[..end]) {
            return None;
        }
    }
    let fits = name_fits && !line.name.is_empty() && !line.value.contains(['\n', '\r']);
    fits.then(|| Header { name: line.name.clone(), value: line.value.clone(), to, always: line.always })
}
