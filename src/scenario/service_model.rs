//! From a service as it was written to what its replicas have.

use super::model::{ReplicaModel, ServiceModel};
use super::problem::{Path, Problems};
use super::{Host, OomKill, ReplicaOverride, Restart, Server, Service};
use crate::units::{Cores, SimDuration};

impl Service {
    /// The name of replica `number`: its own, or as Compose names it.
    #[must_use]
    pub fn replica_name(&self, number: u32) -> String {
        let own = self.replica.iter().find(|own| own.number == number).and_then(|own| own.name.clone());
        own.unwrap_or_else(|| format!("{}-{number}", self.name))
    }

    /// Whether one of its replicas without a name of its own is, or would be, called so.
    pub(super) fn gives_name(&self, name: &str) -> bool {
        let number = name.strip_prefix(&self.name).and_then(|rest| rest.strip_prefix('-'));
        let number = number.and_then(|number| number.parse::<u32>().ok()).filter(|&number| number > 0);
        let own = |number| self.replica.iter().any(|own| own.number == number && own.name.is_some());
        number.is_some_and(|number| !own(number))
    }

    /// What the engine runs, every problem found.
    pub(super) fn model(&self, host: &Host, at: &Path<'_>, problems: &mut Problems) -> ServiceModel {
        let name_fits = |name: &str| {
            !name.is_empty()
                && name.len() <= 63
                && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        };
        if !name_fits(&self.name) {
            let text = format!("is \"{}\"; must be 1 to 63 letters, digits, - _ or .", self.name);
            problems.add(at.key("name"), None, text);
        }
        if u64::from(self.workers) * u64::from(self.threads) > 10_000_000 {
            problems.add(at.key("threads"), None, "and workers make more than 10,000,000 places");
        }
        if self.server == Server::EventLoop && self.threads > 1 {
            let text = format!("is {}; an event loop is one thread", self.threads);
            problems.advise(at.key("threads"), text, "Leave it out; workers is the number of loops");
        }
        if self.worker_timeout.is_some_and(|timeout| timeout.0 == 0) {
            problems.add(at.key("worker_timeout"), None, "is 0 s; must be longer, or left out for none");
        }
        if self.ram.pressure.get() < 1.0 {
            problems.add(at.key("ram").key("pressure"), None, "must be at least 1");
        }
        if self.cold.get() < 1.0 {
            problems.add(at.key("cold"), None, "must be at least 1; 1 is a service that is never cold");
        }
        if self.cold_for < SimDuration::from_millis(10) {
            problems.add(at.key("cold_for"), None, format!("is {}; must be at least 10 ms", self.cold_for));
        }
        if let Some(check) = &self.healthcheck {
            check.check(&at.key("healthcheck"), problems);
        }
        self.deploy.check(&at.key("deploy"), problems);
        if let Some(autoscaler) = &self.autoscaler {
            autoscaler.check(&at.key("autoscaler"), problems);
        }
        let plain = self.replica_model(&ReplicaOverride::default(), host, at, problems);
        let list = at.key("replica");
        let special = self
            .replica
            .iter()
            .enumerate()
            .map(|(i, own)| (own.number, self.replica_model(own, host, &list.index(i), problems)));
        let special = special.collect();
        ServiceModel {
            name: self.name.clone(),
            replicas: self.replicas,
            plain,
            special,
            sessions: self.sessions,
            deploy: self.deploy.clone(),
            autoscaler: self.autoscaler.clone(),
            front: None,
            broker: None,
        }
    }

    /// How long a request may take in a worker; those with threads are not watched.
    fn watched_for(&self) -> Option<SimDuration> {
        self.worker_timeout.filter(|_| self.threads == 1 && self.server == Server::Workers)
    }

    fn replica_model(
        &self,
        own: &ReplicaOverride,
        host: &Host,
        at: &Path<'_>,
        problems: &mut Problems,
    ) -> ReplicaModel {
        let cores = own.cpus.unwrap_or(self.cpus).get();
        if !(0.01..=4_096.0).contains(&cores) {
            problems.add(at.key("cpus"), None, format!("is {cores}; must be from 0.01 to 4096 cores"));
        }
        let host_cores = host.cores.map_or(f64::INFINITY, Cores::get);
        if cores > host_cores {
            let text = format!("is {cores}; the host has {host_cores} (host.cores)");
            problems.add(at.key("cpus"), None, text);
        }
        let memory = own.memory.or(self.memory);
        if let Some(limit) = memory.filter(|limit| *limit <= self.ram.base) {
            let text =
                format!("is {limit}, which is no more than the process itself takes, {}", self.ram.base);
            problems.advise(at.key("memory"), text, "Raise the limit or lower ram.base");
        }
        ReplicaModel {
            name: own.name.clone(),
            cores,
            cpu_model: self.cpu_model,
            host_cores,
            memory: memory.map(|limit| limit.0),
            ram: self.ram.clone(),
            concurrency: match self.server {
                Server::Workers => self.workers.saturating_mul(self.threads),
                Server::EventLoop => self.workers,
            },
            event_loop: self.server == Server::EventLoop,
            workers: self.workers,
            // Which of several loops a waiting request belongs to is not known: all go.
            oom: if self.server == Server::EventLoop { OomKill::Container } else { self.oom },
            cold: (self.cold.get(), self.cold_for),
            healthcheck: self.healthcheck.clone(),
            on_stop: self.on_stop,
            readiness: self.readiness,
            worker_timeout: self.watched_for(),
            worker_boot: self.worker_boot,
            backlog: self.backlog,
            connections: self.connections,
            files: self.files,
            shed_above: self.shed_above,
            start_up: self.start_up,
            restart: self.restart,
            restart_delay: (self.restart_delay, self.restart_delay_max),
            restart_attempts: self.restart_attempts.filter(|_| self.restart == Restart::OnFailure),
            stop_grace: self.stop_grace,
            binds: self.binds,
            ports: own.ports.clone().unwrap_or_else(|| self.ports.clone()),
            weight: own.weight.unwrap_or(self.weight),
            backup: own.backup,
            mode: own.mode,
        }
    }
}
