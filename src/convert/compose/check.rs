//! What is wrong between the services of a project, in Compose's words where they are known.

use std::collections::BTreeMap;

use super::project::{ComposeProject, Service};
use super::start::{PortConflict, in_order};
use crate::convert::finding::shared;
use crate::convert::finding::shorten;
use crate::convert::{Finding, Findings, Place};
use crate::lang::phrases;
use crate::scenario::nearest;

phrases! {
    mod say {
        fn held(service: Text, running: Count, wanted: Text, holder: Text, message: Text) {
            en: "{service}: {running} of {wanted} replicas {running:runs|run}, because {holder} holds \
                 the port. {message}",
            de: "{service}: {running} von {wanted} Repliken {running:läuft|laufen}, da {holder} den \
                 Port hält. {message}",
            fr: "{service} : {running} des {wanted} répliques {running:tourne|tournent}, car {holder} \
                 tient le port. {message}",
        }
        fn range_or_balancer(port: Text, range: Text) {
            en: "remove the host port of `{port}` and let a balancer pass requests on, or publish a \
                 range such as \"{range}\"",
            de: "den Port des Hosts von `{port}` wegnehmen und einen Lastverteiler weiterreichen \
                 lassen, oder einen Bereich wie \"{range}\" veröffentlichen",
            fr: "retirer le port de l’hôte de `{port}` et laisser un répartiteur transmettre, ou \
                 publier une plage comme \"{range}\"",
        }
        fn engines(service: Text) {
            en: "this is the answer of Docker Engine 28 and later; older ones leave out `failed to set \
                 up container networking: `. Compose stops there with exit code 1: the other replicas \
                 of {service} stay `Created`, and which one gets the port is not defined",
            de: "das ist die Antwort von Docker Engine 28 und später; ältere lassen `failed to set up \
                 container networking: ` weg. Compose hört dort mit Exit-Code 1 auf: Die anderen \
                 Repliken von {service} bleiben `Created`, und welche den Port bekommt, ist nicht \
                 festgelegt",
            fr: "c’est la réponse de Docker Engine 28 et suivants ; les plus anciens omettent `failed \
                 to set up container networking: `. Compose s’arrête là avec le code 1 : les autres \
                 répliques de {service} restent `Created`, et rien ne dit laquelle obtient le port",
        }
        fn add_image {
            en: "add `image:` or `build:`",
            de: "`image:` oder `build:` hinzufügen",
            fr: "ajouter `image:` ou `build:`",
        }
        fn no_container_name {
            en: "remove `container_name`",
            de: "`container_name` wegnehmen",
            fr: "retirer `container_name`",
        }
        fn define {
            en: "define that service",
            de: "diesen Dienst definieren",
            fr: "définir ce service",
        }
        fn add_network {
            en: "add it under the file's `networks:`",
            de: "unter `networks:` der Datei hinzufügen",
            fr: "l’ajouter sous `networks:` du fichier",
        }
        fn add_volume {
            en: "add it under the file's `volumes:`",
            de: "unter `volumes:` der Datei hinzufügen",
            fr: "l’ajouter sous `volumes:` du fichier",
        }
        fn listens_inside(a: Text, b: Text, port: Text) {
            en: "{a}: it listens on {b}:{port}, which only the container itself can reach: others are \
                 refused",
            de: "{a}: Es hört auf {b}:{port}, was nur der Container selbst erreicht: Andere werden \
                 abgewiesen",
            fr: "{a} : il écoute sur {b}:{port}, que seul le conteneur peut joindre : les autres sont \
                 refusés",
        }
        fn bind_all(port: Text) {
            en: "bind to 0.0.0.0:{port}",
            de: "an 0.0.0.0:{port} binden",
            fr: "se lier à 0.0.0.0:{port}",
        }
        fn one_depends {
            en: "remove one of the `depends_on`",
            de: "eines der `depends_on` wegnehmen",
            fr: "retirer un des `depends_on`",
        }
        fn scale_name {
            en: "remove `container_name` to scale the service",
            de: "`container_name` wegnehmen, um den Dienst zu skalieren",
            fr: "retirer `container_name` pour multiplier le service",
        }
        fn host_mode(name: Text) {
            en: "{name}: with `network_mode: host` every replica needs the same port of the host",
            de: "{name}: Mit `network_mode: host` braucht jede Replik denselben Port des Hosts",
            fr: "{name} : avec `network_mode: host`, chaque réplique veut le même port de l’hôte",
        }
        fn scale_mode {
            en: "remove `network_mode` to scale the service",
            de: "`network_mode` wegnehmen, um den Dienst zu skalieren",
            fr: "retirer `network_mode` pour multiplier le service",
        }
        fn one_volume(name: Text, replicas: Text, a: Text) {
            en: "{name}: all {replicas} replicas write to the volume {a}",
            de: "{name}: Alle {replicas} Repliken schreiben in das Volume {a}",
            fr: "{name} : les {replicas} répliques écrivent dans le volume {a}",
        }
        fn other_host_port(published: Text) {
            en: "publish another host port than {published}",
            de: "einen anderen Port des Hosts als {published} veröffentlichen",
            fr: "publier un autre port de l’hôte que {published}",
        }
        fn one_can_run(a: Text, port: Text) {
            en: "{a} publishes `{port}` on the host, so only one replica can run",
            de: "{a} veröffentlicht `{port}` auf dem Host, also kann nur eine Replik laufen",
            fr: "{a} publie `{port}` sur l’hôte : une seule réplique peut tourner",
        }
        fn balancer_to_scale {
            en: "to scale it, remove the host port and put a balancer in front",
            de: "zum Skalieren den Port des Hosts wegnehmen und einen Lastverteiler davorstellen",
            fr: "pour le multiplier, retirer le port de l’hôte et mettre un répartiteur devant",
        }
    }
}

/// Checks that do not depend on the scale.
pub fn project(project: &ComposeProject, findings: &mut Findings) {
    let mut containers: BTreeMap<&str, &Service> = BTreeMap::new();
    for service in &project.services {
        let name = shorten(&service.name);
        if service.image.is_none() && !service.builds {
            let text = format!("service \"{name}\" has neither an image nor a build context specified");
            findings.push(Finding::error(&service.name.place, text).remedy(say::add_image()));
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
            findings.push(Finding::error(&container.place, text).remedy(say::no_container_name()));
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
            let remedy =
                nearest(&missing, names).map_or_else(say::define, |near| shared::did_you_mean(&near));
            findings.push(Finding::error(&dependency.service.place, text).remedy(remedy));
        }
    }
    for network in &service.networks {
        if network.value != "default" && !project.networks.contains(&network.value) {
            let text = format!("service \"{name}\" refers to undefined network {}", shorten(network));
            findings.push(Finding::error(&network.place, text).remedy(say::add_network()));
        }
    }
    for mount in &service.volumes {
        let Some(source) = mount.source.as_deref() else { continue };
        let is_path = source.starts_with(['.', '/', '~', '\\', '$']) || source.contains(['/', '\\', ':']);
        if !is_path && !source.is_empty() && !project.volumes.iter().any(|volume| volume == source) {
            let text = format!("service \"{name}\" refers to undefined volume {}", shorten(source));
            findings.push(Finding::error(&mount.place, text).remedy(say::add_volume()));
        }
    }
}

/// A server that only its own container can reach.
fn loopback(service: &Service, findings: &mut Findings) {
    let Some(listen) = service.server.as_ref().and_then(|server| server.listens.as_ref()) else { return };
    if listen.is_loopback()
        && let Some(port) = listen.port
    {
        let text = say::listens_inside(&shorten(&service.name), &shorten(&listen.host), &port);
        let remedy = say::bind_all(&port);
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
                findings.push(Finding::error(&dependency.service.place, text).remedy(say::one_depends()));
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
        findings.push(Finding::error(&container.place, text).remedy(say::scale_name()));
    }
    if let Some(place) = &service.host_network {
        let text = say::host_mode(&name);
        findings.push(Finding::error(place, text).remedy(say::scale_mode()));
    }
    let data = project.services.iter().flat_map(|other| &other.volumes);
    let shared = service.volumes.iter().find(|mount| {
        let named = mount.source.as_deref().is_some_and(|source| project.volumes.iter().any(|v| v == source));
        named && data.clone().any(|other| other.source == mount.source)
    });
    if let Some(mount) = shared {
        let text = say::one_volume(&name, &replicas, &shorten(mount.source.as_deref().unwrap_or("")));
        findings.push(Finding::note(&mount.place, text));
    }
}

/// A conflict as an error with Docker's text.
#[must_use]
pub fn conflict(conflict: &PortConflict) -> Finding {
    let PortConflict { service, holder, running, wanted, message, port, .. } = conflict;
    let (name, first) = (shorten(service), shorten(holder));
    let text = say::held(&name, u64::from(*running), wanted, &first, message);
    let published = port.published.map_or(String::new(), |range| range.to_string());
    let remedy = if holder.contains(&format!("-{service}-")) {
        say::range_or_balancer(port, &widened(port, *wanted))
    } else {
        say::other_host_port(&published)
    };
    Finding::error(&port.place, text).remedy(remedy)
}

/// Which Docker says what when a port is taken, and what becomes of the other replicas.
#[must_use]
pub fn engine_versions(conflict: &PortConflict) -> Finding {
    let text = say::engines(&shorten(&conflict.service));
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
        let text = say::one_can_run(&shorten(&service.name), &port);
        let place: &Place = &port.place;
        findings.push(Finding::note(place, text).remedy(say::balancer_to_scale()));
    }
}
