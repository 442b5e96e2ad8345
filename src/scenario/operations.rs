//! What keeps services running: health checks.

use super::field::{choice, record};
use super::problem::{Path, Problems};
use crate::units::SimDuration;

record! {
    /// The check that a container makes of itself (Docker's HEALTHCHECK): a request to its own server.
    pub struct HealthCheck {
        /// Pause before each check, from the end of the one before.
        pub interval: SimDuration = SimDuration::from_secs(30);
        /// Longest that a check may take.
        pub timeout: SimDuration = SimDuration::from_secs(30);
        /// Failures in a row after which it is unhealthy.
        pub retries: u32 = 3, in 1..=1_000;
        /// Time after the start in which failures do not count, until the first success.
        pub start_period: SimDuration = SimDuration::ZERO;
        /// Pause before each check within the start period.
        pub start_interval: SimDuration = SimDuration::from_secs(5);
        /// What is done about it.
        pub on_unhealthy: OnUnhealthy = OnUnhealthy::Nothing;
    }
}

choice! {
    /// What is done about a replica that is unhealthy.
    pub enum OnUnhealthy {
        Nothing = "nothing": "Nothing, as with Docker and Compose: neither is it restarted, nor does the balancer hear of it.",
        Restart = "restart": "It is killed, and its restart policy decides (Kubernetes' liveness probe).",
        Unlist = "unlist": "A balancer that learns of changes lists it only while it is healthy (Traefik; Kubernetes' readiness probe).",
    }
}

impl HealthCheck {
    /// Adds what is wrong with it.
    pub(super) fn check(&self, at: &Path<'_>, problems: &mut Problems) {
        let least = SimDuration::from_millis(10);
        for (name, time) in
            [("interval", self.interval), ("timeout", self.timeout), ("start_interval", self.start_interval)]
        {
            if time < least {
                problems.add(at.key(name), None, format!("is {time}; must be at least {least}"));
            }
        }
    }
}
