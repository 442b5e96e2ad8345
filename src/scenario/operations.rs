//! What keeps services running: health checks.

use super::field::{choice, record};
use super::problem::{Path, Problems};
use super::say::{given, parts};
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
                problems.add(at.key(name), None, given::at_least(&time, &least));
            }
        }
    }
}

record! {
    /// How a new version takes the place of the old one, replica by replica.
    pub struct Deploy {
        /// How many replicas there may be above the number wanted; with 0, a new one comes when an old one has gone.
        pub max_surge: u32 = 1, in 0..=10_000;
        /// How many of the number wanted may be missing meanwhile.
        pub max_unavailable: u32 = 0, in 0..=10_000;
        /// How long a new replica must have been ready before it counts.
        pub min_ready: SimDuration = SimDuration::ZERO;
    }
}

record! {
    /// What adds and removes replicas by itself.
    pub struct Autoscaler {
        /// By which rule.
        pub kind: ScalerKind = ScalerKind::Hpa;
        /// What it looks at.
        pub signal: Signal = Signal::Cpu;
        /// What that should be for each replica: a share of its CPU quota, requests in flight, requests a second, or
        /// requests and messages that wait.
        pub target: f64 = 0.7, in 1e-6..=1e9;
        /// Fewest replicas.
        pub min: u32 = 1, in 1..=10_000;
        /// Most replicas.
        pub max: u32 = 10, in 1..=10_000;
        /// Time between decisions.
        pub every: SimDuration = SimDuration::from_secs(15);
        /// Span over which a value is a mean.
        pub window: SimDuration = SimDuration::from_secs(15);
        /// Age of the newest value that it knows.
        pub lag: SimDuration = SimDuration::from_secs(30);
        /// Time after its start from which on a replica's values count.
        pub readiness: SimDuration = SimDuration::from_secs(30);
        /// It does nothing while value / target differs from 1 by no more than this (hpa).
        pub tolerance: f64 = 0.1, in 0.0..=1.0;
        /// It goes down to the largest number that it wanted in this time (hpa).
        pub stabilisation: SimDuration = SimDuration::from_secs(300);
        /// It goes up to the smallest number that it wanted in this time (hpa).
        pub stabilisation_up: SimDuration = SimDuration::ZERO;
        /// It adds at most this share of the replicas in each up_period, or up_replicas if that is more (hpa).
        pub up_share: f64 = 1.0, in 0.0..=1_000.0;
        /// It adds at most so many replicas in each up_period, or up_share if that is more (hpa).
        pub up_replicas: u32 = 4, in 0..=10_000;
        /// See up_share (hpa).
        pub up_period: SimDuration = SimDuration::from_secs(15);
        /// It removes at most this share of the replicas in each down_period (hpa).
        pub down_share: f64 = 1.0, in 0.0..=1.0;
        /// See down_share (hpa).
        pub down_period: SimDuration = SimDuration::from_secs(15);
        /// Values in a row above the target after which it adds (target_tracking).
        pub out_after: u32 = 3, in 1..=1_000;
        /// Values in a row below in_below of the target after which it removes (target_tracking).
        pub in_after: u32 = 15, in 1..=1_000;
        /// See in_after (target_tracking).
        pub in_below: f64 = 0.9, in 0.0..=1.0;
        /// Time after each step in which it does nothing (target_tracking).
        pub cooldown: SimDuration = SimDuration::from_secs(300);
    }
}

choice! {
    /// The rule of an autoscaler.
    pub enum ScalerKind {
        Hpa = "hpa": "Kubernetes' horizontal pod autoscaler: ceil(replicas × value / target), with tolerance, stabilisation and limits to its speed.",
        TargetTracking = "target_tracking": "AWS target tracking: after some values in a row above or below, the same formula, then a cool-down.",
    }
}

choice! {
    /// What an autoscaler looks at: the mean over the replicas that have values.
    pub enum Signal {
        Cpu = "cpu": "CPU time used, as a share of the quota.",
        InFlight = "in_flight": "Requests inside the replica, mean over time.",
        Requests = "requests": "Requests that the replica was given, a second.",
        Queue = "queue": "Requests in queue and backlogs, and messages in its broker's queue, for each replica, when a window ends (KEDA).",
    }
}

record! {
    /// What things cost, in one currency of your choice.
    pub struct Price {
        /// A replica for an hour, from its start to its removal.
        pub replica_hour: f64 = 0.0, in 0.0..=1e9;
        /// A core of a replica's quota for an hour.
        pub core_hour: f64 = 0.0, in 0.0..=1e9;
        /// A GiB of a replica's memory limit for an hour; without a limit, of the most that it used.
        pub gib_hour: f64 = 0.0, in 0.0..=1e9;
        /// A request that fails.
        pub failed_request: f64 = 0.0, in 0.0..=1e9;
    }
}

impl Price {
    /// Whether anything costs anything.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.replica_hour + self.core_hour + self.gib_hour + self.failed_request > 0.0
    }
}

impl Deploy {
    /// Adds what is wrong with it.
    pub(super) fn check(&self, at: &Path<'_>, problems: &mut Problems) {
        if self.max_surge == 0 && self.max_unavailable == 0 {
            let remedy = parts::allow_deploy();
            problems.advise(at, parts::no_deploy(), remedy);
        }
    }
}

/// The most values that an autoscaler remembers.
const SAMPLES: u64 = 10_000;

impl Autoscaler {
    /// Adds what is wrong with it.
    pub(super) fn check(&self, at: &Path<'_>, problems: &mut Problems) {
        let least = SimDuration::from_millis(100);
        for (name, time) in [("every", self.every), ("window", self.window)] {
            if time < least {
                problems.add(at.key(name), None, given::at_least(&time, &least));
            }
        }
        if self.max < self.min {
            problems.add(at.key("max"), None, given::at_least_as(&self.max, &"min", &self.min));
        }
        for (name, span, step) in [
            ("lag", self.lag, self.window),
            ("stabilisation", self.stabilisation, self.every),
            ("stabilisation_up", self.stabilisation_up, self.every),
            ("up_period", self.up_period, self.every),
            ("down_period", self.down_period, self.every),
        ] {
            if span.0 / step.0.max(1) > SAMPLES {
                let text = parts::samples(&span, &SAMPLES, &step);
                problems.add(at.key(name), None, text);
            }
        }
    }
}
