//! From a service as it was written to what its replicas have.

use std::sync::Arc;

use super::model::{ReplicaModel, ServiceModel};
use super::problem::{Path, Problems};
use super::say::{given, parts};
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
            let text = parts::name(&self.name);
            problems.add(at.key("name"), None, text);
        }
        if u64::from(self.workers) * u64::from(self.threads) > 10_000_000 {
            problems.add(at.key("threads"), None, parts::places());
        }
        if self.server == Server::EventLoop && self.threads > 1 {
            let text = parts::event_loop(&self.threads);
            problems.advise(at.key("threads"), text, parts::leave_threads());
        }
        if self.worker_timeout.is_some_and(|timeout| timeout.0 == 0) {
            problems.add(at.key("worker_timeout"), None, given::zero_or_none());
        }
        if self.ram.pressure.get() < 1.0 {
            problems.add(at.key("ram").key("pressure"), None, given::one_or_more());
        }
        if self.cold.get() < 1.0 {
            problems.add(at.key("cold"), None, parts::never_cold());
        }
        if self.cold_for < SimDuration::from_millis(10) {
            problems.add(at.key("cold_for"), None, given::at_least(&self.cold_for, &"10 ms"));
        }
        if let Some(check) = &self.healthcheck {
            check.check(&at.key("healthcheck"), problems);
        }
        self.deploy.check(&at.key("deploy"), problems);
        if let Some(autoscaler) = &self.autoscaler {
            autoscaler.check(&at.key("autoscaler"), problems);
        }
        let plain = Arc::new(self.replica_model(&ReplicaOverride::default(), host, at, problems));
        let list = at.key("replica");
        let special =
            self.replica.iter().enumerate().map(|(i, own)| {
                (own.number, Arc::new(self.replica_model(own, host, &list.index(i), problems)))
            });
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
            problems.add(at.key("cpus"), None, given::cores(&cores));
        }
        let host_cores = host.cores.map_or(f64::INFINITY, Cores::get);
        if cores > host_cores {
            let text = parts::host_cores(&cores, &host_cores);
            problems.add(at.key("cpus"), None, text);
        }
        let memory = own.memory.or(self.memory);
        if let Some(limit) = memory.filter(|limit| *limit <= self.ram.base) {
            let text = parts::memory(&limit, &self.ram.base);
            problems.advise(at.key("memory"), text, parts::more_memory());
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
