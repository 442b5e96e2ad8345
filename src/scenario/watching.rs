//! How a balancer watches its replicas: checks of its own, and their record with the traffic.

use super::field::{choice, record};
use super::problem::{Path, Problems};
use super::say::given;
use crate::units::SimDuration;

record! {
    /// Health checks that the balancer makes itself.
    pub struct Check {
        /// What it does.
        pub kind: CheckKind = CheckKind::Http;
        /// What it asks for.
        pub path: String = "/health".into();
        /// Pause before each check, from the end of the one before.
        pub interval: SimDuration = SimDuration::from_secs(2);
        /// Longest that a check may take.
        pub timeout: SimDuration = SimDuration::from_secs(1);
        /// Passes in a row that bring a replica back.
        pub rise: u32 = 2, in 1..=1_000;
        /// Failures in a row that take it off.
        pub fall: u32 = 3, in 1..=1_000;
    }
}

choice! {
    /// What a health check does.
    pub enum CheckKind {
        Http = "http": "A request that waits for a worker like any other, on a path of its own: it passes also where requests end with errors.",
        Connect = "connect": "A connection, which the kernel accepts: it passes while the replica listens and has room, even when the process hangs.",
        Deep = "deep": "A request that does what other requests do, and fails as they do.",
    }
}

record! {
    /// Ejection of replicas that fail several times in a row (Envoy's outlier detection, and its defaults).
    pub struct Ejection {
        /// Errors in a row: attempts without an answer, and answers from 500 on.
        pub errors: u32 = 5, in 1..=1_000_000;
        /// Replicas come back only at multiples of this.
        pub interval: SimDuration = SimDuration::from_secs(10);
        /// Length of the first ejection; the n-th in a row takes n times as long.
        pub base: SimDuration = SimDuration::from_secs(30);
        /// Longest ejection.
        pub longest: SimDuration = SimDuration::from_secs(300);
        /// Most replicas that may be ejected, in percent; with fewer than ten replicas, 10 % is none.
        pub most_percent: u32 = 10, in 0..=100;
        /// Whether one may be ejected whatever that says, as in older releases.
        pub always_one: bool = false;
    }
}

choice! {
    /// What a balancer sends to a replica.
    pub enum Mode {
        Ready = "ready": "What comes.",
        Drain = "drain": "Nothing new: only sessions that are on it go on there.",
        Down = "down": "Nothing.",
    }
}

choice! {
    /// After which failures a request is tried again.
    pub enum NextOn {
        Connect = "connect": "No connection was made: refused, or no answer to it in time (HAProxy conn-failure).",
        Error = "error": "Refused, or cut off before the answer was there (nginx error).",
        Timeout = "timeout": "No connection or no answer in time (nginx timeout).",
        Http5xx = "http_5xx": "An answer of 500, 502, 503 or 504.",
        NonIdempotent = "non_idempotent": "With the others: also requests that must not be done twice, after they have been sent.",
    }
}

/// The shortest pause between checks, looks and resolutions.
pub(super) const SHORTEST: SimDuration = SimDuration::from_millis(10);

pub(super) fn at_least(
    time: SimDuration,
    least: SimDuration,
    name: &str,
    at: &Path<'_>,
    problems: &mut Problems,
) {
    if time < least {
        problems.add(at.key(name), None, given::at_least(&time, &least));
    }
}

impl Check {
    /// Adds what is wrong with it.
    pub(super) fn check(&self, at: &Path<'_>, problems: &mut Problems) {
        at_least(self.interval, SHORTEST, "interval", at, problems);
        at_least(self.timeout, SHORTEST, "timeout", at, problems);
    }
}

impl Ejection {
    /// Adds what is wrong with it.
    pub(super) fn check(&self, at: &Path<'_>, problems: &mut Problems) {
        at_least(self.interval, SHORTEST, "interval", at, problems);
    }
}
