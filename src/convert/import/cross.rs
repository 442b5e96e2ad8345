//! What is wrong between nginx's configuration and the project.

use std::collections::BTreeMap;

use super::pool::{Pool, named};
use crate::convert::compose::{ComposeProject, Service};
use crate::convert::finding::shorten;
use crate::convert::nginx::{Action, NginxConfig};
use crate::convert::{Finding, Findings, Place};
use crate::scenario::nearest;

/// Names and ports that do not fit, and what a running nginx does not see.
pub fn check(
    project: &ComposeProject,
    config: &NginxConfig,
    pool: &Pool<'_>,
    running: &BTreeMap<String, u32>,
    findings: &mut Findings,
) {
    for upstream in &config.upstreams {
        for server in &upstream.servers {
            target(project, pool.proxy, &server.host, server.port, &server.place, findings);
        }
    }
    for (_, proxied) in config.proxies() {
        if config.upstream(&proxied.host).is_none() && !proxied.variable {
            target(project, pool.proxy, &proxied.host, proxied.port.unwrap_or(80), &proxied.place, findings);
        }
    }
    if let Some(proxy) = pool.proxy {
        mounted(config, proxy, findings);
        published(config, proxy, findings);
    }
    resolved_once(pool, running, findings);
    past_the_balancer(pool, findings);
    nothing_passed(config, findings);
}

/// One host and port that nginx connects to.
fn target(
    project: &ComposeProject,
    proxy: Option<&Service>,
    host: &str,
    port: u16,
    place: &Place,
    findings: &mut Findings,
) {
    if findings.is_full() {
        return;
    }
    let shown = shorten(host);
    let is_address = host.starts_with('[') || host.starts_with("unix:");
    if is_address || host.parse::<std::net::Ipv4Addr>().is_ok() || host == "localhost" {
        return;
    }
    let Some(service) = named(project, host) else {
        if host.contains('.') {
            let text = format!("{shown} is no service of the project: left out");
            findings.push(Finding::note(place, text));
            return;
        }
        let names: Vec<&str> = project.services.iter().map(|service| service.name.value.as_str()).collect();
        let remedy = nearest(&shown, names.iter().copied()).map_or_else(
            || format!("services are {}", names.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        let text = format!(
            "no service {shown}: nginx ends at its start with: host not found in upstream \"{shown}:{port}\""
        );
        findings.push(Finding::error(place, text).remedy(remedy));
        return;
    };
    port_fits(service, port, place, findings);
    if let Some(proxy) = proxy {
        reachable(proxy, service, place, findings);
    }
}

fn port_fits(service: &Service, port: u16, place: &Place, findings: &mut Findings) {
    let name = shorten(&service.name);
    let listens = service.server.as_ref().and_then(|server| server.listens.as_ref()).and_then(|l| l.port);
    if let Some(known) = listens {
        if known != port {
            let text = format!(
                "nginx connects to {name}:{port}, but {name} listens on {known}: every request gets 502"
            );
            findings.push(Finding::error(place, text).remedy(format!("write `server {name}:{known};`")));
        }
        return;
    }
    let mut written: Vec<u16> = service.expose.iter().map(|at| at.value).collect();
    written.extend(service.ports.iter().map(|port| port.target));
    if let (Some(first), false) = (written.first(), written.contains(&port)) {
        let text = format!("nginx connects to {name}:{port}, but {name} names only port {first}");
        findings.push(Finding::warning(place, text).remedy(format!("check where {name} listens")));
    }
}

/// Both on one network, and started in order.
fn reachable(proxy: &Service, service: &Service, place: &Place, findings: &mut Findings) {
    let networks = |service: &Service| -> Vec<String> {
        let names: Vec<String> = service.networks.iter().map(|at| at.value.clone()).collect();
        if names.is_empty() { vec!["default".to_owned()] } else { names }
    };
    let (proxy_name, name) = (shorten(&proxy.name), shorten(&service.name));
    let theirs = networks(service);
    if !networks(proxy).iter().any(|network| theirs.contains(network)) && proxy.host_network.is_none() {
        let text = format!("{proxy_name} and {name} share no network: host not found in upstream \"{name}\"");
        findings
            .push(Finding::error(place, text).remedy(format!("add {proxy_name} to the network of {name}")));
        return;
    }
    if !proxy.depends_on.iter().any(|dependency| dependency.service.value == service.name.value) {
        let text = format!(
            "{proxy_name} does not wait for {name}: when it starts first, it ends with: host not found \
             in upstream \"{name}\""
        );
        findings.push(
            Finding::warning(&proxy.name.place, text)
                .remedy(format!("add {name} to `depends_on` of {proxy_name}")),
        );
    }
}

/// A whole file belongs at nginx.conf, a part into conf.d.
fn mounted(config: &NginxConfig, proxy: &Service, findings: &mut Findings) {
    let file = config.place.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let mount = proxy.volumes.iter().find(|mount| {
        mount.source.as_deref().and_then(|source| source.rsplit(['/', '\\']).next()) == Some(file)
    });
    let name = shorten(&proxy.name);
    let Some(mount) = mount else {
        let into = proxy.volumes.iter().any(|mount| mount.target.starts_with("/etc/nginx"));
        if !into && !proxy.builds {
            let text = format!(
                "{name} does not mount {}: it runs with the image's own configuration",
                shorten(file)
            );
            let remedy =
                format!("add `./{}:/etc/nginx/conf.d/default.conf:ro` to its volumes", shorten(file));
            findings.push(Finding::warning(&proxy.name.place, text).remedy(remedy));
        }
        return;
    };
    let as_main = mount.target == "/etc/nginx/nginx.conf";
    let as_part = mount.target.starts_with("/etc/nginx/conf.d/");
    let (wrong, directive, remedy) = if config.whole && as_part {
        (true, "events", "mount it at /etc/nginx/nginx.conf, or keep only what stands in `http`")
    } else if !config.whole && as_main {
        let first = if config.upstreams.is_empty() { "server" } else { "upstream" };
        (true, first, "mount it at /etc/nginx/conf.d/default.conf, or put it into `http { … }`")
    } else {
        (false, "", "")
    };
    if wrong {
        let text = format!(
            "{name}: nginx ends at its start with: \"{directive}\" directive is not allowed here in {}",
            shorten(&mount.target)
        );
        findings.push(Finding::error(&mount.place, text).remedy(remedy));
    }
}

/// The port that is published must be one that nginx listens on.
fn published(config: &NginxConfig, proxy: &Service, findings: &mut Findings) {
    let listens: Vec<u16> =
        config.servers.iter().flat_map(|server| &server.listens).map(|at| at.value).collect();
    for port in &proxy.ports {
        if !listens.contains(&port.target) && !listens.is_empty() {
            let known: Vec<String> = listens.iter().map(ToString::to_string).collect();
            let text = format!(
                "{}: `{port}` leads to port {}, but nginx listens on {}",
                shorten(&proxy.name),
                port.target,
                known.join(", ")
            );
            findings.push(Finding::warning(&port.place, text).remedy("publish a port that nginx listens on"));
        }
    }
}

/// The classic: scaled to five, and nginx still knows the replicas of its start.
fn resolved_once(pool: &Pool<'_>, running: &BTreeMap<String, u32>, findings: &mut Findings) {
    if pool.resolves_again || !pool.balanced {
        return;
    }
    let Some(member) = pool.members.first() else { return };
    let place = member.server.map_or(&pool.place, |server| &server.place);
    let name = shorten(&member.service.name);
    let counts = pool.members.iter().filter_map(|member| running.get(&member.service.name.value));
    let count: u32 = counts.sum();
    let text = format!(
        "nginx resolves {name} once, when it starts: it knows the {count} replica(s) of that moment, and \
         none that a later scaling adds"
    );
    let remedy =
        "run `nginx -s reload` after scaling, or use `resolve` with `zone` and `resolver 127.0.0.11`";
    findings.push(Finding::note(place, text).remedy(remedy));
}

/// A replica that clients reach without the balancer.
fn past_the_balancer(pool: &Pool<'_>, findings: &mut Findings) {
    if !pool.balanced {
        return;
    }
    for member in &pool.members {
        if let Some(port) = member.service.ports.iter().find(|port| port.published.is_some()) {
            let text = format!(
                "{} publishes `{port}`: clients of that port go past the balancer",
                shorten(&member.service.name)
            );
            findings.push(Finding::note(&port.place, text).remedy("remove the host port: nginx needs none"));
        }
    }
}

fn nothing_passed(config: &NginxConfig, findings: &mut Findings) {
    if config.proxies().next().is_none() {
        let text = "nothing is passed on: there is no `proxy_pass`";
        findings.push(
            Finding::warning(&config.place, text).remedy("add `proxy_pass http://NAME;` to a location"),
        );
    }
    for upstream in &config.upstreams {
        let used = config.servers.iter().flat_map(|server| &server.locations).any(|location| {
            let Action::Proxy(target) = &location.action else { return false };
            target.variable || target.host == upstream.name.value
        });
        if !used {
            let text = format!("upstream {} is used by no `proxy_pass`", shorten(&upstream.name));
            findings.push(Finding::note(&upstream.name.place, text));
        }
    }
}
