//! Whom the balancer lists, as far as the replicas tell.

use doorbuster::observe::{DownCause, Health, ReplicaState};
use doorbuster::scenario::OnUnhealthy;

use super::{Known, Watch};

impl Watch {
    pub(super) fn state(&mut self, replica: u32, state: ReplicaState) {
        self.known(replica).state = state;
        self.list(replica);
    }

    /// Lists what is ready, and well where that matters; takes off the list what goes, or is no longer well.
    pub(super) fn list(&mut self, replica: u32) {
        let service = self.service_of(replica);
        let Known { state, health, .. } = *self.known(replica);
        let rule = self.model.services()[service].plain.healthcheck.as_ref().map(|rule| rule.on_unhealthy);
        let well = rule != Some(OnUnhealthy::Unlist) || health == Health::Healthy;
        match state {
            _ if !well => self.listed[service].remove(&replica),
            // Without a readiness check, it is listed as soon as its process runs.
            ReplicaState::Starting if !self.model.services()[service].plain.readiness => {
                self.listed[service].insert(replica)
            }
            ReplicaState::Ready => self.listed[service].insert(replica),
            ReplicaState::Draining | ReplicaState::Removed => self.listed[service].remove(&replica),
            _ => false,
        };
        self.pardon_single(service);
    }

    pub(super) fn death(&mut self, replica: u32, cause: DownCause) {
        self.count("zone", cause == DownCause::ZoneLost);
        // Who is stopped without draining has been taken off the list before, also when it comes back.
        if cause == DownCause::Stopped {
            let service = self.service_of(replica);
            self.listed[service].remove(&replica);
            self.pardon_single(service);
        }
    }

    /// A single listed replica is never left out.
    fn pardon_single(&mut self, service: usize) {
        if self.listed[service].len() < 2 {
            let others = self.others.clone();
            let of_service = |id: u32| usize::from(others.contains(&id)) == service;
            let known = (0_u32..).zip(&mut self.replicas).filter(|(id, _)| of_service(*id));
            known.for_each(|(_, known)| known.left_out = None);
        }
    }
}
