//! What people and programs do to running services: new versions rolled out, numbers of replicas kept by rule.

mod autoscaler;
mod deploy;

use autoscaler::Scaler;
use deploy::Rollout;

use super::Engine;
use super::event::Event;
use crate::scenario::Model;

/// What is under way.
#[derive(Debug, Clone)]
pub(super) struct Operations {
    scalers: Vec<Scaler>,
    rollouts: Vec<Rollout>,
    /// The version that each service runs, or is brought to.
    versions: Vec<u32>,
}

impl Operations {
    pub(super) fn new(model: &Model) -> Self {
        let services = (0_u32..).zip(&model.services);
        let scalers = services.filter_map(|(place, service)| Scaler::new(place, service));
        Self { scalers: scalers.collect(), rollouts: Vec::new(), versions: vec![0; model.services.len()] }
    }

    /// The version that new replicas of a service have.
    pub(super) fn version(&self, service: u32) -> u32 {
        self.versions[service as usize]
    }

    /// Events that are always scheduled: each autoscaler measures and decides.
    pub(super) fn standing(&self) -> usize {
        2 * self.scalers.len()
    }
}

impl Engine {
    /// The autoscalers begin to look.
    pub(super) fn start_scalers(&mut self) {
        for scaler in 0..self.operations.scalers.len() as u32 {
            let rule = &self.operations.scalers[scaler as usize].rule;
            let (window, every) = (rule.window, rule.every);
            self.queue.schedule(self.now + window, Event::Measure { scaler });
            self.queue.schedule(self.now + every, Event::Decide { scaler });
        }
    }
}
