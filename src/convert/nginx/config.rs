//! What an nginx configuration says about balancing, typed.

use crate::convert::{At, Place};
use crate::units::SimDuration;

/// How an upstream chooses a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// Smooth weighted round robin, the default.
    RoundRobin,
    /// `least_conn`
    LeastConn,
    /// `least_time header` or `last_byte`
    LeastTime,
    /// `ip_hash`
    IpHash,
    /// `hash KEY`, with or without `consistent`
    Hash {
        /// The key.
        key: String,
        /// A ring, so that few keys move when servers change.
        consistent: bool,
    },
    /// `random`, or `random two` with the second choice by connections
    Random {
        /// Draw two and take the better.
        two: bool,
    },
}

impl Method {
    /// The directive's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RoundRobin => "round_robin",
            Self::LeastConn => "least_conn",
            Self::LeastTime => "least_time",
            Self::IpHash => "ip_hash",
            Self::Hash { .. } => "hash",
            Self::Random { .. } => "random",
        }
    }
}

/// A `server` of an upstream. Defaults are nginx's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamServer {
    /// Host name or address; `unix:…` for a socket.
    pub host: String,
    /// Port; 80 when not written.
    pub port: u16,
    /// Share against the others: 1.
    pub weight: u32,
    /// Most connections at a time; 0 is no limit.
    pub max_conns: u32,
    /// Failures that exclude it; 1, and 0 never does.
    pub max_fails: u32,
    /// Time in which failures count, and for which it is excluded: 10 s.
    pub fail_timeout: SimDuration,
    /// Only used when the others are not available.
    pub backup: bool,
    /// Never used.
    pub down: bool,
    /// Its name is resolved again while nginx runs.
    pub resolve: bool,
    /// Where it was written.
    pub place: Place,
}

/// An `upstream`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// Its name and place.
    pub name: At<String>,
    /// How it chooses; at the upstream's own place when not written.
    pub method: At<Method>,
    /// Its servers in order.
    pub servers: Vec<UpstreamServer>,
    /// A shared memory zone: without one every worker process counts for itself.
    pub zone: Option<At<String>>,
    /// Idle connections that each worker keeps.
    pub keepalive: Option<At<u32>>,
    /// The name of a cookie by which a session returns to its server.
    pub sticky_cookie: Option<At<String>>,
}

/// Settings of `proxy_…` directives, inherited from outer blocks. Defaults are nginx's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProxySettings {
    /// `proxy_connect_timeout`: 60 s.
    pub connect_timeout: Option<At<SimDuration>>,
    /// `proxy_read_timeout`, between two reads: 60 s.
    pub read_timeout: Option<At<SimDuration>>,
    /// `proxy_request_buffering`: on.
    pub buffering: Option<At<bool>>,
    /// `proxy_send_timeout`: 60 s.
    pub send_timeout: Option<At<SimDuration>>,
    /// `proxy_next_upstream`: `error timeout`.
    pub next_upstream: Option<At<Vec<String>>>,
    /// `proxy_next_upstream_tries`: 0, as many as there are servers.
    pub tries: Option<At<u32>>,
    /// `proxy_next_upstream_timeout`: none.
    pub next_timeout: Option<At<SimDuration>>,
    /// `add_header` and `proxy_set_header`; a block with one of its own has none of those around it.
    pub add: Vec<HeaderLine>,
    /// See `add`.
    pub set: Vec<HeaderLine>,
}

/// A header that is added to answers, or to what servers get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderLine {
    /// Its name.
    pub name: String,
    /// Its value, with nginx's variables.
    pub value: String,
    /// Also to answers that are errors.
    pub always: bool,
    /// Where it was written.
    pub place: Place,
}

/// What a location does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `proxy_pass`: to an upstream's name or a host and port.
    Proxy(ProxyTarget),
    /// `root` or `alias`: files.
    Static(String),
    /// `stub_status`: nginx's own counters.
    Status,
    /// `return CODE`
    Return(u16),
    /// Something that is not understood here.
    Other,
}

/// Where `proxy_pass` goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyTarget {
    /// An upstream's name, a host name or an address.
    pub host: String,
    /// The port, if it was written.
    pub port: Option<u16>,
    /// The name holds a variable, so that nginx resolves it for every request.
    pub variable: bool,
    /// Where it was written.
    pub place: Place,
}

/// A `location`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The path or pattern.
    pub path: String,
    /// `=`, `~`, `~*`, `^~` or empty.
    pub modifier: String,
    /// What it does.
    pub action: Action,
    /// Timeouts and retries.
    pub proxy: ProxySettings,
    /// Where it was written.
    pub place: Place,
}

/// A `server` of `http`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VirtualServer {
    /// The ports that it listens on; 80 when not written.
    pub listens: Vec<At<u16>>,
    /// Its locations in order.
    pub locations: Vec<Location>,
    /// Where it was written.
    pub place: Place,
}

/// Worker processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workers {
    /// One for every core.
    Auto,
    /// So many.
    Count(u32),
}

/// A whole configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NginxConfig {
    /// Its file.
    pub place: Place,
    /// `worker_processes`; nginx's own default is 1, the stock file says `auto`.
    pub workers: Option<At<Workers>>,
    /// `worker_connections`; nginx's own default is 512, the stock file says 1024.
    pub connections: Option<At<u32>>,
    /// `worker_rlimit_nofile`: file descriptors of one worker; those of the container when not written.
    pub files: Option<At<u32>>,
    /// Whether it is a whole file (`events`, `http`) or a part that the stock file includes in `http`.
    pub whole: bool,
    /// Its upstreams.
    pub upstreams: Vec<Upstream>,
    /// Its servers.
    pub servers: Vec<VirtualServer>,
}

impl NginxConfig {
    /// The upstream of a name.
    #[must_use]
    pub fn upstream(&self, name: &str) -> Option<&Upstream> {
        self.upstreams.iter().find(|upstream| upstream.name.value == name)
    }

    /// Every location that passes requests on, with its target.
    pub fn proxies(&self) -> impl Iterator<Item = (&Location, &ProxyTarget)> {
        self.servers.iter().flat_map(|server| &server.locations).filter_map(|location| {
            match &location.action {
                Action::Proxy(target) => Some((location, target)),
                _ => None,
            }
        })
    }
}
