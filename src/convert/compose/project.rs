//! What a Compose project says, typed. Every value knows its file and line.

use crate::convert::command::AppServer;
use crate::convert::{At, Place};
use crate::units::{Bytes, Cores, SimDuration};

use super::ports::Port;

/// An environment variable of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value; nothing when Compose takes it from the caller's environment.
    pub value: Option<String>,
    /// Where it was written.
    pub place: Place,
}

/// What happens when a container ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restart {
    /// Nothing.
    No,
    /// It starts again, after a back-off.
    Always,
    /// It starts again unless someone stopped it.
    UnlessStopped,
    /// It starts again when it failed; at most so many times.
    OnFailure(Option<u32>),
}

/// How Docker tells whether a container is healthy. Defaults are Docker's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Healthcheck {
    /// The command; nothing when the image's own is used.
    pub test: Option<String>,
    /// Time between checks: 30 s.
    pub interval: SimDuration,
    /// A check that takes longer has failed: 30 s.
    pub timeout: SimDuration,
    /// Failures in a row that make it unhealthy: 3.
    pub retries: u32,
    /// Failures in this time after the start do not count: 0.
    pub start_period: SimDuration,
}

/// When a dependency is ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Its container runs.
    Started,
    /// Its health check passes.
    Healthy,
    /// It has ended with code 0.
    Completed,
}

/// A service that starts before this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// The other service's name and where it was written.
    pub service: At<String>,
    /// When it is ready.
    pub condition: Condition,
    /// Whether this service can't start without it.
    pub required: bool,
}

/// A file or volume that the container sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// The host path or volume name, if any.
    pub source: Option<String>,
    /// The path inside the container.
    pub target: String,
    /// Where it was written.
    pub place: Place,
}

/// One service.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Its name and where it begins.
    pub name: At<String>,
    /// The image, as written.
    pub image: Option<At<String>>,
    /// Whether the image is built from source.
    pub builds: bool,
    /// The words that the container starts with: `entrypoint`, then `command`.
    pub command: Option<At<Vec<String>>>,
    /// The program that these words start, with its workers, threads and address.
    pub server: Option<AppServer>,
    /// Environment variables, each name once.
    pub environment: Vec<Variable>,
    /// Published ports, each binding once.
    pub ports: Vec<Port>,
    /// Ports that are only named.
    pub expose: Vec<At<u16>>,
    /// `scale` or `deploy.replicas`.
    pub replicas: Option<At<u32>>,
    /// File descriptors of a container.
    pub files: Option<At<u32>>,
    /// The CPU limit; nothing means no limit.
    pub cpus: Option<At<Cores>>,
    /// The memory limit; nothing means no limit.
    pub memory: Option<At<Bytes>>,
    /// The memory reservation, a soft limit.
    pub reserved_memory: Option<At<Bytes>>,
    /// The restart policy; nothing means `no`.
    pub restart: Option<At<Restart>>,
    /// The health check of the file, if there is one.
    pub healthcheck: Option<At<Healthcheck>>,
    /// What starts before it.
    pub depends_on: Vec<Dependency>,
    /// A fixed container name, which allows one replica only.
    pub container_name: Option<At<String>>,
    /// Time between SIGTERM and SIGKILL; nothing means 10 s.
    pub stop_grace: Option<At<SimDuration>>,
    /// Files and volumes, each target once.
    pub volumes: Vec<Mount>,
    /// Networks by name; none means `default`.
    pub networks: Vec<At<String>>,
    /// `network_mode: host`: ports of the container are ports of the host.
    pub host_network: Option<Place>,
    /// Profiles; a service with profiles starts only when one of them is asked for.
    pub profiles: Vec<String>,
}

/// All files together, after merging.
#[derive(Debug, Clone, PartialEq)]
pub struct ComposeProject {
    /// The project's name, which containers and networks begin with.
    pub name: String,
    /// Where the project begins: its first file.
    pub place: Place,
    /// Its services in the order of the files.
    pub services: Vec<Service>,
    /// Names of its networks.
    pub networks: Vec<String>,
    /// Names of its volumes.
    pub volumes: Vec<String>,
}

impl ComposeProject {
    /// A service by its name.
    #[must_use]
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.name.value == name)
    }

    /// What Compose calls the container of a service's n-th replica.
    #[must_use]
    pub fn container(&self, service: &Service, number: u32) -> String {
        match &service.container_name {
            Some(name) => name.value.clone(),
            None => format!("{}-{}-{number}", self.name, service.name.value),
        }
    }
}

impl Service {
    /// The value of an environment variable.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.environment.iter().find(|variable| variable.name == name)?.value.as_deref()
    }

    /// The image's name without registry, path, tag and digest: `nginx`.
    #[must_use]
    pub fn image_name(&self) -> Option<&str> {
        let image = self.image.as_ref()?.value.split('@').next()?;
        image.rsplit('/').next()?.split(':').next()
    }

    /// The image's tag: `1.25-alpine`.
    #[must_use]
    pub fn image_tag(&self) -> Option<&str> {
        let image = self.image.as_ref()?.value.split('@').next()?;
        image.rsplit('/').next()?.split_once(':').map(|(_, tag)| tag)
    }
}
