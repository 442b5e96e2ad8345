//! What happens when Compose starts the containers: names and host ports.
//!
//! Compose creates all containers of a service and then starts them one after the other. The first start
//! that fails ends it: the replicas behind it stay `Created`. Which replica comes first is not defined; here
//! it is the lowest number.

use std::collections::BTreeMap;

use super::ports::{Port, Protocol};
use super::project::{ComposeProject, Service};
use crate::convert::limits;
use crate::scenario::PortRange;
use crate::scenario::docker::{self, Taken};

/// A replica whose port another container holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortConflict {
    /// The service.
    pub service: String,
    /// The container that does not start: `shop-app-2`.
    pub container: String,
    /// The container that holds the port.
    pub holder: String,
    /// The binding that fails, with its place.
    pub port: Port,
    /// Replicas of the service that run.
    pub running: u32,
    /// Replicas that were asked for.
    pub wanted: u32,
    /// Docker's answer, word for word (Engine 28 and later).
    pub message: String,
}

/// Which replicas start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Start {
    /// Running replicas of each service.
    pub running: BTreeMap<String, u32>,
    /// The first failure of each service that has one.
    pub conflicts: Vec<PortConflict>,
}

/// The ports of the host: who holds what, and from where Docker looks on in a range.
#[derive(Default)]
struct Host {
    held: BTreeMap<(u16, Protocol), Vec<(String, String)>>,
    next: BTreeMap<(String, Protocol, u16, u16), u16>,
    looked_at: usize,
}

/// Starts every service of the project: `replicas` says how many of each.
#[must_use]
pub fn start(project: &ComposeProject, replicas: impl Fn(&Service) -> u32) -> Start {
    let mut host = Host::default();
    let mut start = Start::default();
    for service in in_order(project) {
        let wanted = replicas(service);
        let mut running = 0;
        // A service without fixed ports can't conflict: no need to walk through its replicas.
        if service.ports.iter().all(|port| port.published.is_none())
            || host.looked_at > limits::PORTS_LOOKED_AT
        {
            running = wanted;
        }
        while running < wanted && host.looked_at <= limits::PORTS_LOOKED_AT {
            let container = project.container(service, running + 1);
            if let Err((port, message, holder)) = host.bind_all(service, &container) {
                let service = service.name.value.clone();
                start.conflicts.push(PortConflict {
                    service,
                    container,
                    holder,
                    port,
                    running,
                    wanted,
                    message,
                });
                break;
            }
            running += 1;
        }
        start.running.insert(service.name.value.clone(), running);
    }
    start
}

impl Host {
    /// Takes every port of one container, or none.
    fn bind_all(&mut self, service: &Service, container: &str) -> Result<(), (Port, String, String)> {
        let mut taken: Vec<(u16, Protocol)> = Vec::new();
        for port in &service.ports {
            let Some(range) = port.published else { continue };
            let ip = port.host_ip.clone().unwrap_or_else(|| "0.0.0.0".to_owned());
            match self.free(&ip, range, port.protocol) {
                Some(number) => {
                    let entry = (ip, container.to_owned());
                    self.held.entry((number, port.protocol)).or_default().push(entry);
                    taken.push((number, port.protocol));
                }
                None => {
                    let other = self.holder(&ip, range.first, port.protocol).unwrap_or_default().to_owned();
                    for key in taken {
                        self.held.get_mut(&key).and_then(Vec::pop);
                    }
                    return Err((port.clone(), refusal(container, port, range), other));
                }
            }
        }
        Ok(())
    }

    /// A free port of the range: Docker goes round it, from behind the last one that it gave.
    fn free(&mut self, ip: &str, range: PortRange, protocol: Protocol) -> Option<u16> {
        let key = (ip.to_owned(), protocol, range.first, range.last);
        let from = self.next.get(&key).copied().unwrap_or(range.first);
        let mut looked_at = 0;
        let free = (from..=range.last).chain(range.first..from).find(|&number| {
            looked_at += 1;
            self.holder(ip, number, protocol).is_none()
        });
        self.looked_at += looked_at;
        let free = free?;
        self.next.insert(key, if free == range.last { range.first } else { free + 1 });
        Some(free)
    }

    fn holder(&self, ip: &str, port: u16, protocol: Protocol) -> Option<&str> {
        let any = |ip: &str| matches!(ip, "0.0.0.0" | "::");
        let held = self.held.get(&(port, protocol))?;
        held.iter()
            .find(|(other, _)| other == ip || any(other) || any(ip))
            .map(|(_, container)| container.as_str())
    }
}

fn refusal(container: &str, port: &Port, range: PortRange) -> String {
    let taken = if range.first == range.last { Taken::Container } else { Taken::Range };
    let address = port.host_ip.as_deref().unwrap_or_default();
    docker::bind_error(container, address, range.first, port.protocol == Protocol::Udp, taken)
}

/// Services with their dependencies before them; a circle is cut where it closes.
#[must_use]
pub fn in_order(project: &ComposeProject) -> Vec<&Service> {
    let index: BTreeMap<&str, usize> =
        project.services.iter().enumerate().map(|(i, service)| (service.name.value.as_str(), i)).collect();
    let mut order = Vec::new();
    let mut seen = vec![false; project.services.len()];
    for root in 0..project.services.len() {
        // A stack of (service, next dependency to look at) instead of recursion.
        let mut stack = vec![(root, 0)];
        while let Some((at, next)) = stack.pop() {
            let service = &project.services[at];
            if next == 0 && std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match service.depends_on.get(next) {
                Some(dependency) => {
                    stack.push((at, next + 1));
                    stack.extend(index.get(dependency.service.value.as_str()).map(|&i| (i, 0)));
                }
                None => order.push(service),
            }
        }
    }
    order
}
