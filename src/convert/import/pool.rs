//! What is balanced: which services, by which proxy, through which upstream.

use super::ImportOptions;
use crate::convert::compose::{ComposeProject, Service};
use crate::convert::finding::shared;
use crate::convert::finding::shorten;
use crate::convert::nginx::{Location, NginxConfig, Upstream, UpstreamServer};
use crate::convert::{Finding, Findings, Place};
use crate::lang::phrases;
use crate::scenario::nearest;

phrases! {
    mod say {
        fn nothing_leads(a: Text) {
            en: "{a}: nothing passes requests to it, and it publishes no port",
            de: "{a}: Nichts reicht Anfragen dorthin weiter, und es veröffentlicht keinen Port",
            fr: "{a} : rien ne lui transmet de requêtes, et il ne publie aucun port",
        }
        fn balancer_in_front {
            en: "the scenario puts a balancer in front; publish a port or add it to an upstream",
            de: "das Szenario stellt einen Lastverteiler davor; einen Port veröffentlichen oder es in \
                 einen `upstream` aufnehmen",
            fr: "le scénario met un répartiteur devant ; publier un port ou l’ajouter à un `upstream`",
        }
        fn one_balancer(a: Text) {
            en: "nginx also passes requests to {a}: left out, this scenario has one balancer",
            de: "nginx reicht auch Anfragen an {a} weiter: weggelassen, dieses Szenario hat einen \
                 Lastverteiler",
            fr: "nginx transmet aussi des requêtes à {a} : laissé de côté, ce scénario n’a qu’un \
                 répartiteur",
        }
        fn name_another {
            en: "name another one as the service (--service)",
            de: "einen anderen als Dienst nennen (--service)",
            fr: "nommer un autre service (--service)",
        }
        fn no_configuration(a: Text, b: Text) {
            en: "{a} has no configuration here: taken to pass every request to {b}, round robin",
            de: "{a} hat hier keine Konfiguration: Angenommen wird, dass es jede Anfrage reihum an {b} \
                 weiterreicht",
            fr: "{a} n’a pas de configuration ici : on suppose qu’il transmet chaque requête à {b}, à \
                 tour de rôle",
        }
        fn give_configuration {
            en: "give its configuration as well (--nginx)",
            de: "auch seine Konfiguration geben (--nginx)",
            fr: "donner aussi sa configuration (--nginx)",
        }
        fn no_service_left {
            en: "no service is left to run behind a balancer",
            de: "kein Dienst bleibt übrig, der hinter einem Lastverteiler laufen kann",
            fr: "il ne reste aucun service à mettre derrière un répartiteur",
        }
        fn name_one {
            en: "name one as the service (--service)",
            de: "einen als Dienst nennen (--service)",
            fr: "en nommer un comme service (--service)",
        }
    }
}

/// How requests reach the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Through the balancer.
    Balancer,
    /// Straight to a port of the host.
    Port(u16),
    /// Nobody outside can reach it: it publishes nothing, and nothing passes requests on.
    None,
}

/// One service of the pool.
pub struct Member<'a> {
    /// The service.
    pub service: &'a Service,
    /// Its line in the upstream, if it is there.
    pub server: Option<&'a UpstreamServer>,
    /// How many replicas it has.
    pub replicas: u32,
}

/// What one balancer passes requests to.
pub struct Pool<'a> {
    /// Its name: the service's, or the upstream's when it holds several services.
    pub name: String,
    /// Its services in the order of the upstream.
    pub members: Vec<Member<'a>>,
    /// The service that runs nginx.
    pub proxy: Option<&'a Service>,
    /// The upstream, where one is written.
    pub upstream: Option<&'a Upstream>,
    /// The locations that pass requests to it.
    pub locations: Vec<&'a Location>,
    /// Locations that nginx answers itself or passes elsewhere.
    pub other_locations: Vec<&'a Location>,
    /// The whole configuration.
    pub config: Option<&'a NginxConfig>,
    /// Whether nginx resolves the name again while it runs.
    pub resolves_again: bool,
    /// Whether a balancer stands in front.
    pub balanced: bool,
    /// Where the pool begins, for findings about it as a whole.
    pub place: Place,
}

impl Pool<'_> {
    /// How requests come in.
    pub fn way(&self) -> Way {
        if self.balanced {
            return Way::Balancer;
        }
        let ports = self.members.iter().flat_map(|member| &member.service.ports);
        ports
            .filter_map(|port| port.published)
            .map(|range| Way::Port(range.first))
            .next()
            .unwrap_or(Way::None)
    }
}

/// Finds the pool; an error among the findings when there is none.
pub fn choose<'a>(
    project: &'a ComposeProject,
    config: Option<&'a NginxConfig>,
    options: &ImportOptions,
    replicas: &dyn Fn(&Service) -> u32,
    findings: &mut Findings,
) -> Option<Pool<'a>> {
    let proxy = proxy(project, config);
    let mut pools: Vec<Pool<'a>> = Vec::new();
    if let Some(config) = config {
        for (location, _) in config.proxies() {
            add(&mut pools, project, config, proxy, location, replicas);
        }
    }
    let Some(name) = options.service.as_deref() else {
        return first(pools, project, proxy, config, replicas, findings);
    };
    let Some(service) = project.service(name) else {
        let known: Vec<&str> = project.services.iter().map(|service| service.name.value.as_str()).collect();
        let remedy = nearest(&shorten(name), known.iter().copied())
            .map_or_else(|| shared::known_are(&known.join(", ")), |near| shared::did_you_mean(&near));
        let text = shared::no_such_service(&shorten(name));
        findings.push(Finding::error(&project.place, text).remedy(remedy));
        return None;
    };
    let behind = pools.into_iter().find(|pool| pool.members.iter().any(|m| m.service.name.value == name));
    behind.or_else(|| {
        let alone = alone(service, proxy, config, replicas);
        if alone.way() == Way::None {
            let text = say::nothing_leads(&shorten(name));
            let remedy = say::balancer_in_front();
            findings.push(Finding::warning(&service.name.place, text).remedy(remedy));
        }
        Some(alone)
    })
}

/// Without a named service: what nginx balances first, else what is published, else what nginx waits for.
fn first<'a>(
    pools: Vec<Pool<'a>>,
    project: &'a ComposeProject,
    proxy: Option<&'a Service>,
    config: Option<&'a NginxConfig>,
    replicas: &dyn Fn(&Service) -> u32,
    findings: &mut Findings,
) -> Option<Pool<'a>> {
    let names: Vec<String> = pools.iter().skip(1).map(|pool| pool.name.clone()).collect();
    if let Some(pool) = pools.into_iter().next() {
        if !names.is_empty() {
            let text = say::one_balancer(&names.join(", "));
            findings.push(Finding::note(&pool.place, text).remedy(say::name_another()));
        }
        return Some(pool);
    }
    let is_proxy = |service: &Service| proxy.is_some_and(|proxy| proxy.name.value == service.name.value);
    let waited_for = |service: &&Service| {
        proxy.is_some_and(|proxy| proxy.depends_on.iter().any(|d| d.service.value == service.name.value))
    };
    let others = || project.services.iter().filter(|service| !is_proxy(service));
    if let (Some(service), Some(proxy)) = (others().find(waited_for), proxy) {
        let text = say::no_configuration(&shorten(&proxy.name), &shorten(&service.name));
        findings.push(Finding::warning(&proxy.name.place, text).remedy(say::give_configuration()));
        return Some(Pool { balanced: true, ..alone(service, Some(proxy), config, replicas) });
    }
    let published = others().find(|service| service.ports.iter().any(|port| port.published.is_some()));
    match published.or_else(|| others().next()) {
        Some(service) => Some(alone(service, proxy, config, replicas)),
        None => {
            let text = say::no_service_left();
            findings.push(Finding::error(&project.place, text).remedy(say::name_one()));
            None
        }
    }
}

fn alone<'a>(
    service: &'a Service,
    proxy: Option<&'a Service>,
    config: Option<&'a NginxConfig>,
    replicas: &dyn Fn(&Service) -> u32,
) -> Pool<'a> {
    Pool {
        name: service.name.value.clone(),
        members: vec![Member { service, server: None, replicas: replicas(service) }],
        proxy,
        upstream: None,
        locations: Vec::new(),
        other_locations: Vec::new(),
        config,
        resolves_again: false,
        balanced: false,
        place: service.name.place.clone(),
    }
}

/// Adds the pool of one location, or the location to the pool that is there already.
fn add<'a>(
    pools: &mut Vec<Pool<'a>>,
    project: &'a ComposeProject,
    config: &'a NginxConfig,
    proxy: Option<&'a Service>,
    location: &'a Location,
    replicas: &dyn Fn(&Service) -> u32,
) {
    let crate::convert::nginx::Action::Proxy(target) = &location.action else { return };
    let upstream = config.upstream(&target.host);
    let mut members: Vec<Member<'a>> = Vec::new();
    match upstream {
        Some(upstream) => {
            for server in upstream.servers.iter().filter(|server| !server.down && !server.backup) {
                members.extend(member(project, &server.host, Some(server), replicas));
            }
        }
        None => members.extend(member(project, &target.host, None, replicas)),
    }
    members = distinct(members);
    let Some(only) = members.first() else { return };
    let name = match upstream {
        Some(upstream) if members.len() > 1 => upstream.name.value.clone(),
        _ => only.service.name.value.clone(),
    };
    let place = upstream.map_or(&target.place, |upstream| &upstream.name.place).clone();
    if let Some(pool) = pools.iter_mut().find(|pool| pool.name == name) {
        pool.locations.push(location);
        return;
    }
    let all = config.servers.iter().flat_map(|server| &server.locations);
    let other_locations = all.filter(|other| match &other.action {
        crate::convert::nginx::Action::Proxy(other) => other.host != target.host,
        _ => true,
    });
    pools.push(Pool {
        name,
        resolves_again: target.variable || members.iter().any(|m| m.server.is_some_and(|s| s.resolve)),
        members,
        proxy,
        upstream,
        locations: vec![location],
        other_locations: other_locations.collect(),
        config: Some(config),
        balanced: true,
        place,
    });
}

fn member<'a>(
    project: &'a ComposeProject,
    host: &str,
    server: Option<&'a UpstreamServer>,
    replicas: &dyn Fn(&Service) -> u32,
) -> Option<Member<'a>> {
    let service = named(project, host)?;
    Some(Member { service, server, replicas: replicas(service) })
}

/// One service may stand in an upstream twice; its replicas are there once.
fn distinct(members: Vec<Member<'_>>) -> Vec<Member<'_>> {
    let mut list: Vec<Member<'_>> = Vec::new();
    for member in members {
        if !list.iter().any(|other| other.service.name.value == member.service.name.value) {
            list.push(member);
        }
    }
    list
}

/// The service that Docker's name server knows by this name.
pub fn named<'a>(project: &'a ComposeProject, host: &str) -> Option<&'a Service> {
    let by_container =
        || project.services.iter().find(|s| s.container_name.as_ref().is_some_and(|name| name.value == host));
    project.service(host).or_else(by_container)
}

/// The service that runs nginx: one that mounts the given file, else one with an nginx image or that name.
fn proxy<'a>(project: &'a ComposeProject, config: Option<&NginxConfig>) -> Option<&'a Service> {
    let file =
        config.map(|config| config.place.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
    let mounts = |service: &&Service| {
        service.volumes.iter().any(|mount| {
            mount.target.starts_with("/etc/nginx")
                && mount.source.as_deref().and_then(|s| s.rsplit('/').next()) == file.as_deref()
        })
    };
    let image = |service: &&Service| service.image_name().is_some_and(|name| name.starts_with("nginx"));
    let services = || project.services.iter();
    services().find(mounts).or_else(|| services().find(image)).or_else(|| project.service("nginx"))
}
