//! `upstream` blocks.

use super::amount;
use super::arguments;
use super::config::{Method, Upstream, UpstreamServer};
use super::names::{self, Context, Verdict};
use super::tree::Directive;
use crate::convert::finding::{shared, shorten};
use crate::convert::{At, Finding, Findings};
use crate::lang::{Said, phrases};
use crate::units::SimDuration;

phrases! {
    mod say {
        fn allowed(words: Text) {
            en: "allowed: {words}",
            de: "erlaubt: {words}",
            fr: "permis : {words}",
        }
        fn add_server {
            en: "add `server NAME:PORT;`",
            de: "`server NAME:PORT;` hinzufügen",
            fr: "ajouter `server NAME:PORT;`",
        }
        fn one_method {
            en: "write one method, before `keepalive`",
            de: "ein Verfahren schreiben, vor `keepalive`",
            fr: "écrire une seule méthode, avant `keepalive`",
        }
        fn write_target {
            en: "write `NAME:PORT`, such as `app:8080`",
            de: "`NAME:PORT` schreiben, etwa `app:8080`",
            fr: "écrire `NAME:PORT`, par exemple `app:8080`",
        }
        fn no_backup(a: Text) {
            en: "remove `backup`, or another method than {a}",
            de: "`backup` wegnehmen, oder ein anderes Verfahren als {a}",
            fr: "retirer `backup`, ou une autre méthode que {a}",
        }
    }
}

/// Reads one.
pub fn read(directive: &Directive, findings: &mut Findings) -> Option<Upstream> {
    arguments::count(directive, 1..=1, findings)?;
    let block = arguments::block(directive, findings)?;
    let name = At::new(directive.arguments.first()?.clone(), &directive.place);
    let mut upstream = Upstream {
        method: At::new(Method::RoundRobin, &directive.place),
        servers: Vec::new(),
        zone: None,
        keepalive: None,
        sticky_cookie: None,
        name,
    };
    let mut chosen = false;
    for inner in block {
        if names::check(inner, Context::Upstream, findings) != Verdict::Read {
            continue;
        }
        match inner.name.as_str() {
            "server" => upstream.servers.extend(server(inner, &upstream.method, findings)),
            "zone" => {
                arguments::count(inner, 1..=2, findings);
                upstream.zone = inner.argument(0).map(|name| At::new(name.to_owned(), &inner.place));
            }
            "keepalive" => upstream.keepalive = arguments::number(inner, 0, findings),
            "sticky" if inner.argument(0) == Some("cookie") => {
                upstream.sticky_cookie = inner.argument(1).map(|name| At::new(name.to_owned(), &inner.place));
            }
            _ => {
                if let Some(method) = method(inner, findings) {
                    redefined(inner, chosen || upstream.keepalive.is_some(), findings);
                    chosen = true;
                    upstream.method = At::new(method, &inner.place);
                }
            }
        }
    }
    if upstream.servers.is_empty() {
        let text = "no servers are inside upstream";
        findings.push(Finding::error(&directive.place, text).remedy(say::add_server()));
    }
    Some(upstream)
}

fn redefined(directive: &Directive, again: bool, findings: &mut Findings) {
    if again {
        let remedy = say::one_method();
        findings.push(Finding::warning(&directive.place, "load balancing method redefined").remedy(remedy));
    }
}

fn method(directive: &Directive, findings: &mut Findings) -> Option<Method> {
    match directive.name.as_str() {
        "least_conn" => {
            arguments::count(directive, 0..=0, findings)?;
            Some(Method::LeastConn)
        }
        "ip_hash" => {
            arguments::count(directive, 0..=0, findings)?;
            Some(Method::IpHash)
        }
        "least_time" => {
            arguments::count(directive, 1..=2, findings)?;
            Some(Method::LeastTime)
        }
        "hash" => {
            arguments::count(directive, 1..=2, findings)?;
            let consistent = directive.argument(1) == Some("consistent");
            Some(Method::Hash { key: directive.argument(0)?.to_owned(), consistent })
        }
        "random" => {
            arguments::count(directive, 0..=2, findings)?;
            Some(Method::Random { two: directive.argument(0) == Some("two") })
        }
        _ => None,
    }
}

fn server(directive: &Directive, method: &Method, findings: &mut Findings) -> Option<UpstreamServer> {
    arguments::count(directive, 1..=32, findings)?;
    let written = directive.argument(0)?;
    let (host, port) = match amount::address(written) {
        Ok(address) => address,
        Err(problem) => {
            let text = format!("{problem} in upstream \"{}\"", shorten(written));
            findings.push(Finding::error(&directive.place, text).remedy(say::write_target()));
            return None;
        }
    };
    let mut server = UpstreamServer {
        host,
        port: port.unwrap_or(80),
        weight: 1,
        max_conns: 0,
        max_fails: 1,
        fail_timeout: SimDuration::from_secs(10),
        backup: false,
        down: false,
        resolve: false,
        place: directive.place.clone(),
    };
    for parameter in &directive.arguments[1..] {
        if !set(&mut server, parameter) {
            let text = format!("invalid parameter \"{}\"", shorten(parameter));
            findings.push(Finding::error(&directive.place, text).remedy(missing_end(parameter)));
        }
    }
    let no_backup = matches!(method, Method::Hash { .. } | Method::IpHash | Method::Random { .. });
    if server.backup && no_backup {
        let text = "balancing method does not support parameter \"backup\"";
        let remedy = say::no_backup(&method.name());
        findings.push(Finding::error(&directive.place, text).remedy(remedy));
    }
    Some(server)
}

/// What to do about a word that is no parameter: often the line before lacks its `;`.
fn missing_end(word: &str) -> Said {
    if names::is_known(word) {
        shared::missing_end(&word)
    } else {
        say::allowed(&"weight=N max_conns=N max_fails=N fail_timeout=TIME backup down resolve")
    }
}

/// Sets one parameter; false when it is none or its value can't be read.
fn set(server: &mut UpstreamServer, parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let number = value.parse::<u32>().ok();
    match (name, number) {
        ("weight", Some(n)) if (1..=65_535).contains(&n) => server.weight = n,
        ("max_conns", Some(n)) => server.max_conns = n,
        ("max_fails", Some(n)) => server.max_fails = n,
        ("fail_timeout", _) => match amount::time(value) {
            Some(time) => server.fail_timeout = SimDuration::from_secs(time.0 / 1_000_000_000),
            None => return false,
        },
        ("slow_start", _) => return amount::time(value).is_some(),
        ("route" | "service", _) => return !value.is_empty(),
        ("backup", _) if value.is_empty() => server.backup = true,
        ("down", _) if value.is_empty() => server.down = true,
        ("resolve", _) if value.is_empty() => server.resolve = true,
        ("drain", _) => return value.is_empty(),
        _ => return false,
    }
    true
}
