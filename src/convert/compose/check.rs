//! What is wrong between the services of a project, in Compose's words where they are known.

use std::collections::BTreeMap;

use super::project::{ComposeProject, Service};
use super::start::{PortConflict, in_order};
use crate::convert::finding::shorten;
use crate::convert::{Finding, Findings, Place};
use crate::scenario::nearest;

/// Checks that do not depend on the scale.
pub fn project(project: &ComposeProject, findings: &mut Findings) {
    let mut containers: BTreeMap<&str, &Service> = BTreeMap::new();
    for service in &project.services {
        let name = shorten(&service.name);
        if service.image.is_none() && !service.builds {
            let text = format!("service \"{name}\" has neither an image nor a build context specified");
            findings.push(Finding::error(&service.name.place, text).remedy("add `image:` or `build:`"));
        }
        references(project, service, findings);
        if let Some(container) = &service.container_name
            && let Some(first) = containers.insert(&container.value, service)
        {
            let text = format!(
                "service \"{name}\": the container name \"{}\" is already in use by service \"{}\"",
                shorten(container),
                shorten(&first.name)
            );
            findings.push(Finding::error(&container.place, text).remedy("remove `container_name`"));
        }
        loopback(service, findings);
    }
    circle(project, findings);
}

/// Names of services, networks and volumes that the project does not have.
fn references(project: &ComposeProject, service: &Service, findings: &mut Findings) {
    let name = shorten(&service.name);
    for dependency in &service.depends_on {
        if !findings.is_full() && dependency.required && project.service(&dependency.service).is_none() {
            let missing = shorten(&dependency.service);
            let text = format!("service \"{name}\" depends on undefined service \"{missing}\"");
            let names = project.services.iter().map(|service| service.name.value.as_str());
            let remedy = nearest(&missing, names)
                .map_or("define that service".to_owned(), |near| format!("did you mean `{near}`?"));
            findings.push(Finding::error(&dependency.service.place, text).remedy(remedy));
        }
    }
    for network in &service.networks {
        if network.value != "default" && !project.networks.contains(&network.value) {
            let text = format!("service \"{name}\" refers to undefined network {}", shorten(network));
            findings.push(Finding::error(&network.place, text).remedy("add it under the file's `networks:`"));
        }
    }
    for mount in &service.volumes {
        let Some(source) = mount.source.as_deref() else { continue };
        let is_path = source.starts_with(['.', '/', '~', '\\', '$']) || source.contains(['/', '\\', ':']);
        if !is_path && !source.is_empty() && !project.volumes.iter().any(|volume| volume == source) {
            let text = format!("service \"{name}\" refers to undefined volume {}", shorten(source));
            findings.push(Finding::error(&mount.place, text).remedy("add it under the file's `volumes:`"));
        }
    }
}

/// A server that only its own container can reach.
fn loopback(service: &Service, findings: &mut Findings) {
    let Some(listen) = service.server.as_ref().and_then(|server| server.listens.as_ref()) else { return };
    if listen.is_loopback()
        && let Some(port) = listen.port
    {
        let text = format!(
            "{}: it listens on {}:{port}, which only the container itself can reach: others are refused",
            shorten(&service.name),
            shorten(&listen.host)
        );
        let remedy = format!("bind to 0.0.0.0:{port}");
        findings.push(Finding::warning(&listen.place, text).remedy(remedy));
    }
}

/// A circle in `depends_on`.
fn circle(project: &ComposeProject, findings: &mut Findings) {
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, service) in in_order(project).into_iter().enumerate() {
        done.insert(&service.name.value, i);
    }
    // In the order of starting, a dependency that comes later closes a circle.
    for service in &project.services {
        let own = done.get(service.name.value.as_str());
        for dependency in &service.depends_on {
            if done.get(dependency.service.value.as_str()) >= own
                && project.service(&dependency.service).is_some()
            {
                let text = format!(
                    "dependency cycle detected: {} waits for {}, which waits for it",
                    shorten(&service.name),
                    shorten(&dependency.service)
                );
                findings.push(
                    Finding::error(&dependency.service.place, text).remedy("remove one of the `depends_on`"),
                );
            }
        }
    }
}

/// What scaling one service to `replicas` meets.
pub fn scale(project: &ComposeProject, service: &Service, replicas: u32, findings: &mut Findings) {
    let name = shorten(&service.name);
    if replicas < 2 {
        return;
    }
    if let Some(container) = &service.container_name {
        let text = format!(
            "The \"{name}\" service is using the custom container name \"{}\". Docker requires each \
             container to \
             have a unique name",
            shorten(container)
        );
        findings.push(
            Finding::error(&container.place, text).remedy("remove `container_name` to scale the service"),
        );
    }
    if let Some(place) = &service.host_network {
        let text = format!("{name}: with `network_mode: host` every replica needs the same port of the host");
        findings.push(Finding::error(place, text).remedy("remove `network_mode` to scale the service"));
    }
    let data = project.services.iter().flat_map(|other| &other.volumes);
    let shared = service.volumes.iter().find(|mount| {
        let named = mount.source.as_deref().is_some_and(|source| project.volumes.iter().any(|v| v == source));
        named && data.clone().any(|other| other.source == mount.source)
    });
    if let Some(mount) = shared {
        let text = format!(
            "{name}: all {replicas} replicas write to the volume {}",
            shorten(mount.source.as_deref().unwrap_or(""))
        );
        findings.push(Finding::note(&mount.place, text));
    }
}

/// A conflict as an error with Docker's text.
#[must_use]
pub fn conflict(conflict: &PortConflict) -> Finding {
    let PortConflict { service, holder, running, wanted, message, port, .. } = conflict;
    let text = format!(
        "{}: {running} of {wanted} replicas {}, because {} holds the port. {message}",
        shorten(service),
        if *running == 1 { "runs" } else { "run" },
        shorten(holder),
    );
    let published = port.published.map_or(String::new(), |range| range.to_string());
    let remedy = if holder.contains(&format!("-{service}-")) {
        format!(
            "remove the host port of `{port}` and let a balancer pass requests on, or publish a range \
             such as \
             \"{}\"",
            widened(port, *wanted)
        )
    } else {
        format!("publish another host port than {published}")
    };
    Finding::error(&port.place, text).remedy(remedy)
}

/// Which Docker says what when a port is taken, and what becomes of the other replicas.
#[must_use]
pub fn engine_versions(conflict: &PortConflict) -> Finding {
    let text = format!(
        "this is the answer of Docker Engine 28 and later; older ones leave out `failed to set up container \
         networking: `. Compose stops there with exit code 1: the other replicas of {} stay `Created`, \
         and which \
         one gets the port is not defined",
        shorten(&conflict.service)
    );
    Finding::note(&conflict.port.place, text)
}

/// The same binding with a range of host ports that is wide enough.
fn widened(port: &super::Port, wanted: u32) -> String {
    let first = port.published.map_or(8000, |range| u32::from(range.first));
    format!("{first}-{}:{}", (first + wanted.saturating_sub(1)).min(65_535), port.target)
}

/// A service that publishes one fixed port and runs once: it works, and can't be scaled.
pub fn can_not_scale(service: &Service, findings: &mut Findings) {
    let fixed =
        service.ports.iter().find(|port| port.published.is_some_and(|range| range.first == range.last));
    if let Some(port) = fixed {
        let text =
            format!("{} publishes `{port}` on the host, so only one replica can run", shorten(&service.name));
        let place: &Place = &port.place;
        findings.push(
            Finding::note(place, text)
                .remedy("to scale it, remove the host port and put a balancer in front"),
        );
    }
}
