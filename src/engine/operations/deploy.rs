//! A new version takes the place of the old one, replica by replica.
//!
//! As Kubernetes' rolling update: new replicas are created while there are no more than `max_surge` above the number
//! wanted, and old ones are stopped while no more than `max_unavailable` of it are missing, those that are not ready
//! first and then by number. A new one counts when it is ready, for `min_ready`, and healthy if it has a check.

use super::super::event::Event;
use super::super::{Engine, Probe};
use crate::observe::{Health, Observation, ReplicaState};
use crate::scenario::ReplicaModel;
use crate::units::{ServiceId, SimTime};

/// A new version on its way.
#[derive(Debug, Clone)]
pub(super) struct Rollout {
    service: u32,
    /// How many replicas there are to be in the end.
    wanted: u32,
}

impl Engine {
    /// A new version of a service is to run.
    pub(in super::super) fn deploy(&mut self, service: u32, probe: &mut impl Probe) {
        self.operations.versions[service as usize] += 1;
        let wanted = self.of_service(service).len() as u32;
        match self.operations.rollouts.iter_mut().find(|rollout| rollout.service == service) {
            // The one before had not come to its end: its new replicas are old now.
            Some(_) => {}
            None => self.operations.rollouts.push(Rollout { service, wanted }),
        }
        self.roll_out(service, probe);
    }

    /// Whether a version is on its way that then goes to this number of replicas.
    pub(in super::super) fn redirect_rollout(
        &mut self,
        service: u32,
        replicas: u32,
        probe: &mut impl Probe,
    ) -> bool {
        let Some(rollout) = self.operations.rollouts.iter_mut().find(|r| r.service == service) else {
            return false;
        };
        rollout.wanted = replicas;
        self.roll_out(service, probe);
        true
    }

    /// Something has happened to a replica: a rollout may go on.
    pub(in super::super) fn poke_rollout(&mut self, id: u32) {
        let service = self.replicas[id as usize].rest.service;
        if !self.operations.rollouts.iter().any(|rollout| rollout.service == service) {
            return;
        }
        let pause = self.model.services[service as usize].deploy.min_ready;
        self.queue.schedule(self.now, Event::RollOut { service });
        if pause.0 > 0 {
            self.queue.schedule(self.now + pause, Event::RollOut { service });
        }
    }

    /// The next steps that the rule allows.
    pub(in super::super) fn roll_out(&mut self, service: u32, probe: &mut impl Probe) {
        let Some(rollout) = self.operations.rollouts.iter().find(|r| r.service == service).cloned() else {
            return;
        };
        while self.roll_step(&rollout, probe) {}
        let version = self.operations.version(service);
        let all = self.of_service(service);
        let is_done = all.len() as u32 == rollout.wanted
            && all.iter().all(|&id| {
                let replica = &self.replicas[id as usize];
                replica.rest.version == version && self.counts(id)
            });
        if is_done {
            self.operations.rollouts.retain(|rollout| rollout.service != service);
            probe.observe(self.now, &Observation::RolledOut { service: ServiceId(service), version });
        }
        self.serve_queues(probe);
    }

    /// One step, if there is one to be made.
    fn roll_step(&mut self, rollout: &Rollout, probe: &mut impl Probe) -> bool {
        let &Rollout { service, wanted } = rollout;
        let rule = self.model.services[service as usize].deploy.clone();
        let version = self.operations.version(service);
        let all = self.of_service(service);
        let is_old = |id: &u32| self.replicas[*id as usize].rest.version < version;
        let (old, new): (Vec<u32>, Vec<u32>) = all.iter().partition(|id| is_old(id));
        let draining = self
            .replicas
            .iter()
            .filter(|r| r.rest.service == service && r.state == ReplicaState::Draining && !r.rest.comes_back);
        let there = all.len() as u32 + if rule.max_surge == 0 { draining.count() as u32 } else { 0 };
        if (new.len() as u32) < wanted && there < wanted.saturating_add(rule.max_surge) {
            self.scale_up(service, 1, probe);
            return true;
        }
        let counting = all.iter().filter(|&&id| self.counts(id)).count() as u32;
        let idle = old.iter().copied().find(|&id| !self.counts(id));
        let least = wanted.saturating_sub(rule.max_unavailable);
        let surplus = counting > least || wanted == 0;
        let next = idle.or_else(|| old.first().copied().filter(|_| surplus));
        if let Some(id) = next {
            self.stop(id, probe);
            return true;
        }
        if new.len() as u32 > wanted {
            self.scale_down(service, new.len() as u32 - wanted, probe);
            return true;
        }
        false
    }

    /// Whether a replica counts as one that serves.
    fn counts(&self, id: u32) -> bool {
        let replica = &self.replicas[id as usize];
        let ReplicaModel { healthcheck, readiness, .. } = &*replica.model;
        let pause = self.model.services[replica.rest.service as usize].deploy.min_ready;
        let (old, warm) =
            (self.operations.version(replica.rest.service) > replica.rest.version, SimTime::ZERO);
        let long = old || replica.rest.since == warm || self.now >= replica.rest.since + pause;
        let well = healthcheck.is_none() || replica.rest.upkeep.health == Health::Healthy || old;
        match replica.state {
            ReplicaState::Ready => long && well,
            ReplicaState::Starting => !readiness && long,
            _ => false,
        }
    }
}
