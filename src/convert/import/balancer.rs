//! nginx as the scenario's balancer.

use super::edge;
use super::pool::Pool;
use crate::algorithm;
use crate::convert::nginx::{Method, ProxySettings, UpstreamServer, Workers};
use crate::convert::{Finding, Findings};
use crate::lang::phrases;
use crate::scenario::{Balancer, NumberTable, Service, Sticky};

phrases! {
    mod say {
        fn differ_locations(a: Text) {
            en: "locations have different timeouts or retries: those of {a} are taken",
            de: "`location`-Blöcke haben verschiedene Zeitgrenzen oder Wiederholungen: Die von {a} gelten",
            fr: "des blocs `location` ont des délais ou relances différents : ceux de {a} valent",
        }
        fn no_algorithm(a: Text) {
            en: "`{a}` is not among the algorithms here: round_robin is taken",
            de: "`{a}` gehört nicht zu den Algorithmen hier: round_robin gilt",
            fr: "`{a}` n’est pas parmi les algorithmes d’ici : round_robin vaut",
        }
        fn choose_algorithm {
            en: "choose an algorithm with --algorithm",
            de: "mit --algorithm einen Algorithmus wählen",
            fr: "choisir un algorithme avec --algorithm",
        }
        fn differ_limits(a: Text) {
            en: "max_fails, fail_timeout or max_conns differ from those of {a}, which are taken",
            de: "max_fails, fail_timeout oder max_conns weichen von denen von {a} ab, die gelten",
            fr: "max_fails, fail_timeout ou max_conns diffèrent de ceux de {a}, qui valent",
        }
        fn no_next_upstream(a: Text) {
            en: "`proxy_next_upstream {a}` is left out: errors and timeouts are tried again",
            de: "`proxy_next_upstream {a}` ist weggelassen: Fehler und Zeitüberschreitungen werden neu \
                 versucht",
            fr: "`proxy_next_upstream {a}` est laissé de côté : erreurs et délais dépassés sont retentés",
        }
        fn name_left_out(name: Text) {
            en: "`{name}` is left out",
            de: "`{name}` ist weggelassen",
            fr: "`{name}` est laissé de côté",
        }
        fn no_keepalive {
            en: "`keepalive` is left out: every attempt opens a connection",
            de: "`keepalive` ist weggelassen: Jeder Versuch öffnet eine Verbindung",
            fr: "`keepalive` est laissé de côté : chaque tentative ouvre une connexion",
        }
        fn no_zone {
            en: "without `zone`, every nginx worker balances and counts failures for itself; here one \
                 does for all",
            de: "ohne `zone` verteilt und zählt jeder nginx-Worker für sich; hier tut es einer für alle",
            fr: "sans `zone`, chaque worker nginx répartit et compte pour lui-même ; ici un seul le \
                 fait pour tous",
        }
        fn write_zone(a: Text) {
            en: "write `zone {a} 64k;` into the upstream",
            de: "`zone {a} 64k;` in den `upstream` schreiben",
            fr: "écrire `zone {a} 64k;` dans l’`upstream`",
        }
    }
}

/// The balancer: nginx's defaults for what is not written.
pub fn balancer(pool: &Pool<'_>, services: &[Service], findings: &mut Findings) -> Balancer {
    let mut balancer =
        Balancer { service: services.first().map(|service| service.name.clone()), ..Balancer::default() };
    if !pool.balanced {
        return balancer;
    }
    // Names in the configuration are resolved once, when nginx starts.
    balancer.discovery = pool.config.is_none() || pool.resolves_again;
    if let Some(upstream) = pool.upstream {
        algorithm(&upstream.method.value, &mut balancer, pool, findings);
        if upstream.sticky_cookie.is_some() {
            balancer.sticky = Sticky::Cookie;
        }
        workers(pool, findings);
    }
    edge::read(pool, &mut balancer, findings);
    if let Some(server) = pool.members.iter().find_map(|member| member.server) {
        balancer.max_fails = server.max_fails.min(1_000_000);
        balancer.fail_timeout = server.fail_timeout;
        balancer.max_connections = Some(server.max_conns.min(10_000_000)).filter(|&n| n > 0);
        same_limits(server, pool, findings);
    }
    if let Some(location) = pool.locations.first() {
        timeouts(&location.proxy, &mut balancer);
        left_out(&location.proxy, pool, findings);
        let effect = |settings: &ProxySettings| {
            let mut balancer = Balancer::default();
            timeouts(settings, &mut balancer);
            balancer
        };
        if pool.locations.iter().any(|other| effect(&other.proxy) != effect(&location.proxy)) {
            let text = say::differ_locations(&location.path);
            findings.push(Finding::note(&location.place, text));
        }
    }
    balancer
}

fn algorithm(method: &Method, balancer: &mut Balancer, pool: &Pool<'_>, findings: &mut Findings) {
    let wanted = match method {
        Method::RoundRobin => "round_robin",
        Method::LeastConn => "least_connections",
        Method::Random { two: false } => "random",
        Method::Random { two: true } => "power_of_d",
        Method::IpHash => "ip_hash",
        Method::Hash { consistent: true, .. } => "consistent_hash",
        Method::Hash { .. } => "hash",
        Method::LeastTime => "least_time",
    };
    if *method == (Method::Random { two: true }) {
        balancer.params = NumberTable([("d".to_owned(), 2.0)].into_iter().collect());
    }
    if algorithm::find(wanted).is_some() {
        wanted.clone_into(&mut balancer.algorithm);
        return;
    }
    let place = pool.upstream.map_or(&pool.place, |upstream| &upstream.method.place);
    let text = say::no_algorithm(&method.name());
    findings.push(Finding::warning(place, text).remedy(say::choose_algorithm()));
}

/// One set of limits serves the whole pool.
fn same_limits(first: &UpstreamServer, pool: &Pool<'_>, findings: &mut Findings) {
    let limits = |server: &UpstreamServer| (server.max_fails, server.fail_timeout, server.max_conns);
    for server in pool.members.iter().filter_map(|member| member.server) {
        if limits(server) != limits(first) {
            let text = say::differ_limits(&first.host);
            findings.push(Finding::note(&server.place, text));
        }
    }
    let unused = pool.upstream.into_iter().flat_map(|upstream| &upstream.servers);
    for server in unused.filter(|server| server.backup || server.down) {
        let kind = if server.down { "down" } else { "a backup" };
        let text = format!("{} is {kind}: left out of the pool", server.host);
        findings.push(Finding::note(&server.place, text));
    }
}

fn timeouts(settings: &ProxySettings, balancer: &mut Balancer) {
    if let Some(at) = settings.connect_timeout.as_ref().filter(|at| at.0 > 0) {
        balancer.connect_timeout = at.value;
    }
    if let Some(at) = settings.read_timeout.as_ref().filter(|at| at.0 > 0) {
        balancer.read_timeout = at.value;
    }
    if settings.buffering.as_ref().is_some_and(|at| !at.value) {
        balancer.buffers = Some(false);
    }
    if let Some(at) = &settings.tries {
        balancer.tries = at.value.min(10_000);
    }
    if settings.next_upstream.as_ref().is_some_and(|at| at.iter().any(|word| word == "off")) {
        balancer.tries = 1;
    }
}

/// Settings that the model does not have yet.
fn left_out(settings: &ProxySettings, pool: &Pool<'_>, findings: &mut Findings) {
    let words = settings.next_upstream.as_ref();
    if let Some(at) = words.filter(|at| !matches!(at.join(" ").as_str(), "error timeout" | "off")) {
        let text = say::no_next_upstream(&at.join(" "));
        findings.push(Finding::note(&at.place, text));
    }
    for (name, at) in [
        ("proxy_send_timeout", &settings.send_timeout),
        ("proxy_next_upstream_timeout", &settings.next_timeout),
    ] {
        if let Some(at) = at {
            findings.push(Finding::note(&at.place, say::name_left_out(&name)));
        }
    }
    if let Some(at) = pool.upstream.and_then(|upstream| upstream.keepalive.as_ref()) {
        findings.push(Finding::note(&at.place, say::no_keepalive()));
    }
}

/// Without a `zone`, worker processes do not share what they know.
fn workers(pool: &Pool<'_>, findings: &mut Findings) {
    let (Some(config), Some(upstream)) = (pool.config, pool.upstream) else { return };
    // A part is included by the stock file, which says `auto`.
    let several = config.workers.as_ref().map_or(!config.whole, |at| at.value != Workers::Count(1));
    if several && upstream.zone.is_none() {
        let text = say::no_zone();
        let remedy = say::write_zone(&upstream.name.value);
        findings.push(Finding::note(&upstream.name.place, text).remedy(remedy));
    }
}
