//! What is wrong between nginx's configuration and the project.

use std::collections::BTreeMap;

use super::pool::{Pool, named};
use crate::convert::compose::{ComposeProject, Service};
use crate::convert::finding::shared;
use crate::convert::finding::shorten;
use crate::convert::nginx::{Action, NginxConfig};
use crate::convert::{Finding, Findings, Place};
use crate::lang::phrases;
use crate::scenario::nearest;

phrases! {
    mod say {
        fn no_service_of_project(shown: Text) {
            en: "{shown} is no service of the project: left out",
            de: "{shown} ist kein Dienst des Projekts: weggelassen",
            fr: "{shown} n’est pas un service du projet : laissé de côté",
        }
        fn services_are(a: Text) {
            en: "services are {a}",
            de: "Dienste sind {a}",
            fr: "les services sont {a}",
        }
        fn host_not_found(shown: Text, port: Text) {
            en: "no service {shown}: nginx ends at its start with: host not found in upstream \
                 \"{shown}:{port}\"",
            de: "kein Dienst {shown}: nginx endet beim Start mit: host not found in upstream \
                 \"{shown}:{port}\"",
            fr: "pas de service {shown} : nginx s’arrête au démarrage avec : host not found in upstream \
                 \"{shown}:{port}\"",
        }
        fn other_port(name: Text, port: Text, known: Text) {
            en: "nginx connects to {name}:{port}, but {name} listens on {known}: every request gets 502",
            de: "nginx verbindet sich mit {name}:{port}, aber {name} hört auf {known}: jede Anfrage \
                 bekommt 502",
            fr: "nginx se connecte à {name}:{port}, mais {name} écoute sur {known} : chaque requête \
                 reçoit 502",
        }
        fn write_server(name: Text, known: Text) {
            en: "write `server {name}:{known};`",
            de: "`server {name}:{known};` schreiben",
            fr: "écrire `server {name}:{known};`",
        }
        fn unnamed_port(name: Text, port: Text, first: Text) {
            en: "nginx connects to {name}:{port}, but {name} names only port {first}",
            de: "nginx verbindet sich mit {name}:{port}, aber {name} nennt nur Port {first}",
            fr: "nginx se connecte à {name}:{port}, mais {name} ne nomme que le port {first}",
        }
        fn check_listen(name: Text) {
            en: "check where {name} listens",
            de: "nachsehen, wo {name} hört",
            fr: "vérifier où {name} écoute",
        }
        fn no_network(proxy_name: Text, name: Text) {
            en: "{proxy_name} and {name} share no network: host not found in upstream \"{name}\"",
            de: "{proxy_name} und {name} haben kein gemeinsames Netz: host not found in upstream \
                 \"{name}\"",
            fr: "{proxy_name} et {name} n’ont pas de réseau commun : host not found in upstream \"{name}\"",
        }
        fn add_network(proxy_name: Text, name: Text) {
            en: "add {proxy_name} to the network of {name}",
            de: "{proxy_name} in das Netz von {name} aufnehmen",
            fr: "ajouter {proxy_name} au réseau de {name}",
        }
        fn no_wait(proxy_name: Text, name: Text) {
            en: "{proxy_name} does not wait for {name}: when it starts first, it ends with: host not \
                 found in upstream \"{name}\"",
            de: "{proxy_name} wartet nicht auf {name}: Startet es zuerst, endet es mit: host not found \
                 in upstream \"{name}\"",
            fr: "{proxy_name} n’attend pas {name} : s’il démarre en premier, il s’arrête avec : host \
                 not found in upstream \"{name}\"",
        }
        fn add_depends(name: Text, proxy_name: Text) {
            en: "add {name} to `depends_on` of {proxy_name}",
            de: "{name} in `depends_on` von {proxy_name} aufnehmen",
            fr: "ajouter {name} à `depends_on` de {proxy_name}",
        }
        fn not_mounted(name: Text, a: Text) {
            en: "{name} does not mount {a}: it runs with the image's own configuration",
            de: "{name} bindet {a} nicht ein: Es läuft mit der Konfiguration des Images",
            fr: "{name} ne monte pas {a} : il tourne avec la configuration de l’image",
        }
        fn add_mount(a: Text) {
            en: "add `./{a}:/etc/nginx/conf.d/default.conf:ro` to its volumes",
            de: "`./{a}:/etc/nginx/conf.d/default.conf:ro` in seine `volumes` aufnehmen",
            fr: "ajouter `./{a}:/etc/nginx/conf.d/default.conf:ro` à ses `volumes`",
        }
        fn mount_main {
            en: "mount it at /etc/nginx/nginx.conf, or keep only what stands in `http`",
            de: "als /etc/nginx/nginx.conf einbinden, oder nur behalten, was in `http` steht",
            fr: "le monter en /etc/nginx/nginx.conf, ou ne garder que le contenu de `http`",
        }
        fn mount_part {
            en: "mount it at /etc/nginx/conf.d/default.conf, or put it into `http`",
            de: "als /etc/nginx/conf.d/default.conf einbinden, oder in `http` setzen",
            fr: "le monter en /etc/nginx/conf.d/default.conf, ou le mettre dans `http`",
        }
        fn wrong_mount(name: Text, directive: Text, a: Text) {
            en: "{name}: nginx ends at its start with: \"{directive}\" directive is not allowed here in \
                 {a}",
            de: "{name}: nginx endet beim Start mit: \"{directive}\" directive is not allowed here in {a}",
            fr: "{name} : nginx s’arrête au démarrage avec : \"{directive}\" directive is not allowed \
                 here in {a}",
        }
        fn leads_elsewhere(a: Text, port: Text, b: Text, c: Text) {
            en: "{a}: `{port}` leads to port {b}, but nginx listens on {c}",
            de: "{a}: `{port}` führt zu Port {b}, aber nginx hört auf {c}",
            fr: "{a} : `{port}` mène au port {b}, mais nginx écoute sur {c}",
        }
        fn publish_listen {
            en: "publish a port that nginx listens on",
            de: "einen Port veröffentlichen, auf dem nginx hört",
            fr: "publier un port sur lequel nginx écoute",
        }
        fn resolved_once(name: Text, count: Count) {
            en: "nginx resolves {name} once, when it starts: it knows the {count} {count:replica|replicas} of that \
                 moment, and none that a later scaling adds",
            de: "nginx löst {name} einmal auf, beim Start: Es kennt {count} {count:Replik|Repliken} dieses \
                 Augenblicks, und keine, die ein späteres Skalieren hinzufügt",
            fr: "nginx résout {name} une fois, à son démarrage : il connaît {count} {count:réplique|répliques} \
                 de cet instant, et aucune de celles qu’on ajoute ensuite",
        }
        fn reload_after {
            en: "run `nginx -s reload` after scaling, or use `resolve` with `zone` and `resolver \
                 127.0.0.11`",
            de: "nach dem Skalieren `nginx -s reload` ausführen, oder `resolve` mit `zone` und \
                 `resolver 127.0.0.11` benutzen",
            fr: "lancer `nginx -s reload` après la mise à l’échelle, ou employer `resolve` avec `zone` \
                 et `resolver 127.0.0.11`",
        }
        fn past_balancer(a: Text, port: Text) {
            en: "{a} publishes `{port}`: clients of that port go past the balancer",
            de: "{a} veröffentlicht `{port}`: Clients dieses Ports gehen am Lastverteiler vorbei",
            fr: "{a} publie `{port}` : les clients de ce port contournent le répartiteur",
        }
        fn no_host_port {
            en: "remove the host port: nginx needs none",
            de: "den Port des Hosts wegnehmen: nginx braucht keinen",
            fr: "retirer le port de l’hôte : nginx n’en a pas besoin",
        }
        fn nothing_passed {
            en: "nothing is passed on: there is no `proxy_pass`",
            de: "nichts wird weitergereicht: Es gibt kein `proxy_pass`",
            fr: "rien n’est transmis : il n’y a pas de `proxy_pass`",
        }
        fn add_pass {
            en: "add `proxy_pass http://NAME;` to a location",
            de: "`proxy_pass http://NAME;` in eine `location` schreiben",
            fr: "ajouter `proxy_pass http://NAME;` à une `location`",
        }
        fn unused_upstream(a: Text) {
            en: "upstream {a} is used by no `proxy_pass`",
            de: "upstream {a} wird von keinem `proxy_pass` benutzt",
            fr: "upstream {a} n’est employé par aucun `proxy_pass`",
        }
    }
}

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
            let text = say::no_service_of_project(&shown);
            findings.push(Finding::note(place, text));
            return;
        }
        let names: Vec<&str> = project.services.iter().map(|service| service.name.value.as_str()).collect();
        let remedy = nearest(&shown, names.iter().copied())
            .map_or_else(|| say::services_are(&names.join(", ")), |near| shared::did_you_mean(&near));
        let text = say::host_not_found(&shown, &port);
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
            let text = say::other_port(&name, &port, &known);
            findings.push(Finding::error(place, text).remedy(say::write_server(&name, &known)));
        }
        return;
    }
    let mut written: Vec<u16> = service.expose.iter().map(|at| at.value).collect();
    written.extend(service.ports.iter().map(|port| port.target));
    if let (Some(first), false) = (written.first(), written.contains(&port)) {
        let text = say::unnamed_port(&name, &port, &first);
        findings.push(Finding::warning(place, text).remedy(say::check_listen(&name)));
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
        let text = say::no_network(&proxy_name, &name);
        findings.push(Finding::error(place, text).remedy(say::add_network(&proxy_name, &name)));
        return;
    }
    if !proxy.depends_on.iter().any(|dependency| dependency.service.value == service.name.value) {
        let text = say::no_wait(&proxy_name, &name);
        findings.push(Finding::warning(&proxy.name.place, text).remedy(say::add_depends(&name, &proxy_name)));
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
            let text = say::not_mounted(&name, &shorten(file));
            let remedy = say::add_mount(&shorten(file));
            findings.push(Finding::warning(&proxy.name.place, text).remedy(remedy));
        }
        return;
    };
    let as_main = mount.target == "/etc/nginx/nginx.conf";
    let as_part = mount.target.starts_with("/etc/nginx/conf.d/");
    let (directive, remedy) = if config.whole && as_part {
        ("events", say::mount_main())
    } else if !config.whole && as_main {
        let first = if config.upstreams.is_empty() { "server" } else { "upstream" };
        (first, say::mount_part())
    } else {
        return;
    };
    let text = say::wrong_mount(&name, &directive, &shorten(&mount.target));
    findings.push(Finding::error(&mount.place, text).remedy(remedy));
}

/// The port that is published must be one that nginx listens on.
fn published(config: &NginxConfig, proxy: &Service, findings: &mut Findings) {
    let listens: Vec<u16> =
        config.servers.iter().flat_map(|server| &server.listens).map(|at| at.value).collect();
    for port in &proxy.ports {
        if !listens.contains(&port.target) && !listens.is_empty() {
            let known: Vec<String> = listens.iter().map(ToString::to_string).collect();
            let text = say::leads_elsewhere(&shorten(&proxy.name), &port, &port.target, &known.join(", "));
            findings.push(Finding::warning(&port.place, text).remedy(say::publish_listen()));
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
    let text = say::resolved_once(&name, count.into());
    let remedy = say::reload_after();
    findings.push(Finding::note(place, text).remedy(remedy));
}

/// A replica that clients reach without the balancer.
fn past_the_balancer(pool: &Pool<'_>, findings: &mut Findings) {
    if !pool.balanced {
        return;
    }
    for member in &pool.members {
        if let Some(port) = member.service.ports.iter().find(|port| port.published.is_some()) {
            let text = say::past_balancer(&shorten(&member.service.name), &port);
            findings.push(Finding::note(&port.place, text).remedy(say::no_host_port()));
        }
    }
}

fn nothing_passed(config: &NginxConfig, findings: &mut Findings) {
    if config.proxies().next().is_none() {
        let text = say::nothing_passed();
        findings.push(Finding::warning(&config.place, text).remedy(say::add_pass()));
    }
    for upstream in &config.upstreams {
        let used = config.servers.iter().flat_map(|server| &server.locations).any(|location| {
            let Action::Proxy(target) = &location.action else { return false };
            target.variable || target.host == upstream.name.value
        });
        if !used {
            let text = say::unused_upstream(&shorten(&upstream.name));
            findings.push(Finding::note(&upstream.name.place, text));
        }
    }
}
