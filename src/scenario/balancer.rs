//! The balancer: its algorithm, limits, timeouts, retries and stickiness.

use super::field::{NumberTable, choice, record};
use super::{Check, Ejection, Header, Limits, NextOn, OwnPath, Subset};
use crate::dist::Distribution;
use crate::units::SimDuration;

record! {
    /// What picks a replica for each attempt. The defaults are nginx's.
    pub struct Balancer {
        /// The selection rule.
        pub algorithm: String = "round_robin".into();
        /// Whose rules hold around the algorithm: nginx, haproxy or caddy; without it, those that the name of the
        /// algorithm begins with, and nginx's for algorithms of no product.
        pub product: Option<String> = None;
        /// Parameters of the algorithm.
        pub params: NumberTable = NumberTable::default();
        /// The service that requests go to whose class names none; the first one when not named.
        pub service: Option<String> = None;
        /// Most requests in flight on one replica; without it, no limit (nginx max_conns, HAProxy maxconn).
        pub max_connections: Option<u32> = None, in Some(1)..=Some(10_000_000);
        /// Requests that may wait in the balancer while every replica is at its limit.
        pub queue: u32 = 0, in 0..=10_000_000;
        /// How long a request may wait there; by a distribution, each has a patience of its own.
        pub queue_timeout: Distribution = Distribution::Constant(SimDuration::from_secs(60));
        /// One-way delay between balancer and replica.
        pub delay: Distribution = Distribution::Constant(SimDuration::ZERO);
        /// How long a connection to a replica may take.
        pub connect_timeout: SimDuration = SimDuration::from_secs(60);
        /// Whether it reads a request to its end before it chooses a replica (nginx proxy_request_buffering, HAProxy
        /// option http-buffer-request); without it, as the product does: nginx reads all of it, the others pass a body
        /// on as it comes. A client that sends slowly then holds a worker of the replica, and not only the balancer.
        pub buffers: Option<bool> = None;
        /// How long a replica may take to answer once connected.
        pub read_timeout: SimDuration = SimDuration::from_secs(60);
        /// Most attempts for one request, each on another replica; 0 tries all.
        pub tries: u32 = 0, in 0..=10_000;
        /// Failed attempts after which a replica is left out for a while; 0 never leaves one out. By the rules of
        /// Caddy, whose passive checks are off by default, nobody is left out while this and fail_timeout are at
        /// their defaults.
        pub max_fails: u32 = 1, in 0..=1_000_000;
        /// Both the time within which failures count and the time a replica is left out.
        pub fail_timeout: SimDuration = SimDuration::from_secs(10);
        /// Whether a session goes back to the replica that it was on.
        pub sticky: Sticky = Sticky::None;
        /// What a hash looks at, when the algorithm leaves that open.
        pub hash_key: HashKey = HashKey::Uri;
        /// How many workers or nodes it has; requests come to them at random, those of a user to one of them.
        pub instances: u32 = 1, in 1..=1_000;
        /// Whether they share what they know, as nginx workers do with `zone`; else each knows only its own.
        pub shared: bool = false;
        /// How many and which replicas each instance knows; without it, all.
        pub subset: Option<Subset> = None;
        /// Time for which what an instance sees of the load stays as it was: all requests in flight on each replica,
        /// looked at anew each time it is over. Without it, each instance counts its own, at once.
        pub stale: Option<SimDuration> = None;
        /// What one instance can hold and do itself; without it, that has no limit.
        pub limits: Option<Limits> = None;
        /// Paths that it answers itself, for classes whose path begins with one.
        pub own: Vec<OwnPath> = Vec::new();
        /// Headers that it adds (nginx add_header and proxy_set_header).
        pub header: Vec<Header> = Vec::new();
        /// Whether it learns of new and removed replicas at once; otherwise it keeps those of its start.
        pub discovery: bool = true;
        /// Without discovery: after how long a name is resolved anew; without it, at the start and on a reload alone.
        pub resolve_every: Option<SimDuration> = None;
        /// Time in which a replica that came back, or was added, grows to its weight; without it, at once.
        pub slow_start: Option<SimDuration> = None;
        /// Health checks that it makes itself.
        pub check: Option<Check> = None;
        /// Whether and when it ejects replicas that fail several times in a row.
        pub ejection: Option<Ejection> = None;
        /// Share of well replicas below which all are asked, well or not; without it, as the product has it (Envoy 0.5;
        /// AWS when none is left; others never).
        pub panic: Option<f64> = None, in Some(0.0)..=Some(1.0);
        /// After which failures a request is tried again; without it, as the product does.
        pub next_on: Option<Vec<NextOn>> = None;
        /// Further attempts where the product has a number of them: HAProxy's retries (3), Envoy's and Traefik's (0).
        pub retries: Option<u32> = None, in Some(0)..=Some(1_000);
        /// How long further attempts go on (Caddy lb_try_duration); without it, none.
        pub retry_for: Option<SimDuration> = None;
        /// Whether a further attempt of HAProxy may go to another replica (option redispatch).
        pub redispatch: bool = false;
        /// Most clients that a learned table remembers.
        pub sticky_size: u32 = 8_000, in 1..=10_000_000;
        /// Time without a request after which it forgets one.
        pub sticky_expiry: SimDuration = SimDuration::from_secs(600);
    }
}

choice! {
    /// Whether a session goes back to the replica that it was on.
    pub enum Sticky {
        None = "none": "Each request goes where the algorithm says.",
        Cookie = "cookie": "A cookie names the replica; while that is eligible, the session goes back to it.",
        Address = "address": "A table of the clients' addresses (HAProxy stick on src, kube-proxy ClientIP).",
        Learned = "learned": "A table of clients (nginx sticky learn).",
        Hash = "hash": "The hash of what hash_key says, modulo the number of listed replicas.",
    }
}

choice! {
    /// What a hash looks at, when the algorithm leaves that open.
    pub enum HashKey {
        Uri = "uri": "Path and query.",
        Address = "address": "The client's address.",
        User = "user": "A cookie or header that tells users apart.",
    }
}
