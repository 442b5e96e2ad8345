//! Connections as TCP makes them: set-up, ports, keep-alive, loss.

use super::field::{choice, record};
use super::problem::Problems;
use super::say::parts;
use crate::units::SimDuration;

record! {
    /// Connections as TCP makes them. Without this table a connection costs nothing: no round trip, no port.
    pub struct Network {
        /// Whether a new connection takes a round trip before the request is sent.
        pub handshake: bool = true;
        /// Outgoing ports of one source address to one replica (Linux: 32768 to 60999).
        pub ports: u32 = 28_232, in 1..=64_512;
        /// How long a port stays taken after a connection that the balancer closed first (TIME_WAIT).
        pub time_wait: SimDuration = SimDuration::from_secs(60);
        /// Source addresses of the balancer, all instances together; each has ports of its own.
        pub addresses: u32 = 1, in 1..=1_000;
        /// Who closes a connection that is not kept, after the answer.
        pub first_close: FirstClose = FirstClose::Balancer;
        /// Connections between balancer and replicas that wait for further requests; without it, one for each.
        pub keep_alive: Option<KeepAlive> = None;
        /// Connections of users and sessions to the balancer that wait for further requests; without it, one for each.
        pub client_keep_alive: Option<ClientKeepAlive> = None;
        /// Share of connection attempts that get lost on the way; the sender tries again on Linux's schedule.
        pub loss: f64 = 0.0, in 0.0..=1.0;
        /// When a lost or dropped connection attempt is sent again.
        pub syn_retries: SynRetries = SynRetries::Linear;
    }
}

record! {
    /// Idle connections to replicas, kept by each instance of the balancer. The defaults are nginx's.
    pub struct KeepAlive {
        /// Most idle connections of one instance, to all replicas together; the longest idle is closed for a new one.
        pub connections: u32 = 32, in 0..=1_000_000;
        /// Longest time without a request.
        pub idle: SimDuration = SimDuration::from_secs(60);
        /// Most requests of one connection.
        pub requests: u32 = 1_000, in 1..=1_000_000_000;
        /// Longest time without a request for the replica, which then closes first (gunicorn: 2 s).
        pub replica_idle: Option<SimDuration> = None;
    }
}

record! {
    /// Idle connections of clients. The defaults are nginx's.
    pub struct ClientKeepAlive {
        /// Longest time without a request.
        pub idle: SimDuration = SimDuration::from_secs(75);
        /// Most requests of one connection.
        pub requests: u32 = 1_000, in 1..=1_000_000_000;
    }
}

choice! {
    /// Who closes a connection first: its port stays in TIME_WAIT on that side.
    pub enum FirstClose {
        Balancer = "balancer": "The balancer; its port stays taken.",
        Replica = "replica": "The replica (gunicorn sync, or HTTP/1.0); the balancer's port is free at once.",
    }
}

choice! {
    /// When a connection attempt that got no answer is sent again, after the first.
    pub enum SynRetries {
        Linear = "linear": "After 1, 2, 3, 4, 5, 7, 11, 19, 35 and 67 s, for 131 s (Linux from 6.5 on).",
        Exponential = "exponential": "After 1, 3, 7, 15, 31 and 63 s, for 127 s (Linux before 6.5).",
    }
}

impl SynRetries {
    /// Seconds after the first attempt.
    #[must_use]
    pub const fn seconds(self) -> &'static [u64] {
        match self {
            Self::Linear => &[1, 2, 3, 4, 5, 7, 11, 19, 35, 67],
            Self::Exponential => &[1, 3, 7, 15, 31, 63],
        }
    }

    /// When the sender gives up: after the last attempt it waits for twice as long as before it.
    #[must_use]
    pub const fn end(self) -> SimDuration {
        match self {
            Self::Linear => SimDuration::from_secs(131),
            Self::Exponential => SimDuration::from_secs(127),
        }
    }
}

impl Network {
    /// What no field alone can know.
    pub(super) fn check(&self, problems: &mut Problems) {
        let none = |keep: &KeepAlive| keep.idle.0 == 0 || keep.replica_idle.is_some_and(|idle| idle.0 == 0);
        if self.keep_alive.as_ref().is_some_and(none) {
            problems.add("network.keep_alive", None, parts::idle());
        }
        if u64::from(self.addresses) * u64::from(self.ports) > 10_000_000 {
            let text = parts::addresses(&self.addresses, &self.ports);
            problems.add("network.addresses", None, text);
        }
    }
}
