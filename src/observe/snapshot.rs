//! The world at an instant, for pictures and tables. The engine fills one and reuses its buffers.

use serde::{Deserialize, Serialize};

use super::{DependencyView, DownCause, Health, Ledger, Level, ReplicaState};
use crate::units::{SimDuration, SimTime};

/// The world at an instant.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// When.
    pub now: SimTime,
    /// Every request by where it is.
    pub ledger: Ledger,
    /// Attempts made so far; more than the requests when some were tried again.
    pub attempts: u64,
    /// Times that clients asked again so far.
    pub retries: u64,
    /// Second attempts that clients sent while they waited, and those whose answer came first.
    pub hedges: (u64, u64),
    /// Second attempts that their budget did not allow.
    pub hedges_held_back: u64,
    /// Requests in flight over time, as clients see it.
    pub in_flight: Level,
    /// What clients ask now: requests a second of open sources by their profile and the live factor.
    pub asked_rate: f64,
    /// Users of closed sources now.
    pub users: u64,
    /// Sessions that are alive.
    pub sessions_alive: u64,
    /// Sessions that were ever started.
    pub sessions_started: u64,
    /// Sessions that their users found gone.
    pub sessions_lost: u64,
    /// Requests between client and balancer, oldest first, at most [`DOTS`].
    pub arriving: Vec<Dot>,
    /// The balancer; nothing when clients go straight to a host port.
    pub balancer: Option<BalancerView>,
    /// What is in front of further services that have traffic.
    pub further: Vec<BalancerView>,
    /// The replicas, in order of creation; removed ones are left out.
    pub replicas: Vec<ReplicaView>,
    /// Host ports that somebody asked for.
    pub ports: Vec<PortView>,
    /// The balancer's connections; nothing when connections cost nothing.
    pub network: Option<NetworkView>,
    /// What the services depend on, in the order of the scenario.
    pub dependencies: Vec<DependencyView>,
}

impl Snapshot {
    /// What is in front of the services, the edge's own first; nothing where clients go straight to a host port.
    pub fn fronts(&self) -> impl Iterator<Item = &BalancerView> {
        self.balancer.iter().chain(&self.further)
    }
}

/// The most dots that one tray of a snapshot holds.
pub const DOTS: usize = 128;

/// A request in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    /// Number of the request.
    pub request: u64,
    /// When its client asked.
    pub born: SimTime,
    /// CPU work left on one reference core.
    pub work_left: SimDuration,
    /// Its client has left: nobody wants the answer.
    pub unwanted: bool,
}

/// The balancer in a picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BalancerView {
    /// The service behind it.
    pub service: String,
    /// Wire name of the algorithm.
    pub algorithm: String,
    /// Requests in its queue.
    pub queue: u32,
    /// Places in its queue.
    pub queue_limit: u32,
    /// The queue, oldest first, at most [`DOTS`].
    pub waiting: Vec<Dot>,
    /// The queue's length over time.
    pub queue_level: Level,
    /// Requests that found the queue full, so far.
    pub turned_away: u64,
    /// Whether sessions go back to their replica.
    pub sticky: bool,
    /// Wire name of the product whose rules hold.
    pub product: &'static str,
    /// Answers so far by the status that the client sees, in the order of the statuses.
    pub statuses: Vec<(u16, u64)>,
    /// Its instances.
    pub instances: Vec<InstanceView>,
    /// What it can hold and do itself; nothing when that has no limits, or another front shows it.
    pub door: Option<DoorView>,
}

/// What a balancer itself can hold and do, all instances together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DoorView {
    /// Connections of clients with a request in progress.
    pub clients: u32,
    /// Connections for attempts.
    pub attempts: u32,
    /// Connections of clients that are kept open without a request.
    pub idle: u32,
    /// Connection slots.
    pub connections_limit: Option<u32>,
    /// File descriptors.
    pub files_limit: Option<u32>,
    /// Requests that wait to be taken.
    pub waiting: u32,
    /// How many may.
    pub backlog: u32,
    /// Requests that it works on.
    pub busy: u32,
    /// How many it can work on.
    pub cores: u32,
    /// Connections taken so far.
    pub accepted: u64,
    /// Requests that came so far, but for those that wait.
    pub requests: u64,
    /// Connections that were closed at once for want of a slot.
    pub closed: u64,
    /// Requests for whose attempt there was none.
    pub refused: u64,
    /// Connection attempts that found the backlog full.
    pub dropped: u64,
    /// Connections of clients over time.
    pub clients_level: Level,
    /// Requests that wait over time.
    pub waiting_level: Level,
    /// Requests that it works on over time.
    pub busy_level: Level,
}

/// An instance of a balancer: a worker process, a node, a client that balances itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceView {
    /// Requests that came to it.
    pub requests: u64,
    /// Requests in flight as it counts.
    pub in_flight: u64,
    /// Requests in its queue.
    pub queue: u32,
    /// Times that it left a replica out or ejected one.
    pub left_out: u64,
    /// Clients in its table.
    pub remembered: u64,
}

/// A replica in a picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReplicaView {
    /// Its index in the engine.
    pub id: u32,
    /// Its name, as Compose gives it.
    pub name: String,
    /// Its service.
    pub service: String,
    /// Its address.
    pub address: String,
    /// Where it is in its life.
    pub state: ReplicaState,
    /// Instances of its balancer that know it, where each knows some replicas only.
    pub known_by: Option<u32>,
    /// The host that it is on, and the zone that stands in, both from 1.
    pub host: u32,
    /// See `host`.
    pub zone: u32,
    /// What its own check says.
    pub health: Health,
    /// How many times as long everything takes for want of warm caches; 1 when they are warm.
    pub cold: f64,
    /// Since when it is in this state.
    pub since: SimTime,
    /// When start-up or back-off ends.
    pub until: Option<SimTime>,
    /// Why it went down last, with the requests and sessions that went with it.
    pub died: Option<(DownCause, SimTime, u32, u32)>,
    /// Back-off before the start it is waiting for.
    pub back_off: SimDuration,
    /// Host port it could not bind.
    pub refused_port: Option<u16>,
    /// CPU quota in cores.
    pub cores: f64,
    /// CPU time used since the start of the run.
    pub cpu_used: SimDuration,
    /// Time in which requests in service stood still since the quota of the period was used up; nothing for a
    /// fluid, which never throttles.
    pub throttled: Option<SimDuration>,
    /// Whether they do now.
    pub throttled_now: bool,
    /// Memory limit in bytes.
    pub memory_limit: Option<u64>,
    /// Memory by part.
    pub memory: MemoryParts,
    /// Open connections.
    pub connections: u32,
    /// Connections among them that are kept open without a request.
    pub idle: u32,
    /// Most open connections.
    pub connections_limit: Option<u32>,
    /// Requests in service.
    pub running: u32,
    /// Places in service: workers × threads, without those whose worker was killed and boots anew.
    pub concurrency: u32,
    /// Requests in service that hold no worker: what they wait for leaves an event loop to others.
    pub parked: u32,
    /// Connections that wait for a worker.
    pub waiting: u32,
    /// How many may wait.
    pub backlog: u32,
    /// Requests in flight as the balancer counts.
    pub in_flight: u32,
    /// Its answers that do not get through a partition.
    pub stuck: u32,
    /// Whether the balancer may choose it.
    pub eligible: bool,
    /// Whether every instance of the balancer leaves it out for another reason than that it is full.
    pub left_out: bool,
    /// What is wrong with it.
    pub faults: Faults,
    /// Sessions in its memory.
    pub sessions: u32,
    /// Starts after the first.
    pub restarts: u32,
    /// Times that it was killed for its memory.
    pub oom_kills: u32,
    /// Attempts that it was given.
    pub attempts: u64,
    /// Attempts that it answered.
    pub answered: u64,
    /// Attempts that it refused or dropped, and when it did last.
    pub refused: u64,
    /// When it last refused or dropped one.
    pub refused_at: Option<SimTime>,
    /// Requests inside, waiting or in service, over time.
    pub in_system_level: Level,
    /// Requests in service over time.
    pub running_level: Level,
    /// Open connections over time.
    pub connections_level: Level,
    /// Memory in use over time, in bytes.
    pub memory_level: Level,
    /// In service, oldest first, at most [`DOTS`].
    pub running_dots: Vec<Dot>,
    /// In service without a worker, oldest first, at most [`DOTS`].
    pub parked_dots: Vec<Dot>,
    /// Waiting, oldest first, at most [`DOTS`].
    pub waiting_dots: Vec<Dot>,
}

/// What is wrong with a replica.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Faults {
    /// Accepts connections and never answers.
    pub frozen: bool,
    /// Everything takes so many times as long; 1 is as it should be.
    pub slow: f64,
    /// Share of the answers that are errors.
    pub errors: f64,
    /// Answers every request with an error at once.
    pub fail_fast: bool,
    /// Memory lost a second, in bytes.
    pub leak: u64,
    /// Memory lost with each request, in bytes.
    pub leak_requests: u64,
    /// Share of the CPU time that a neighbour takes.
    pub taken: f64,
    /// Nothing gets through between the balancer and it.
    pub partition: bool,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            frozen: false,
            slow: 1.0,
            errors: 0.0,
            fail_fast: false,
            leak: 0,
            leak_requests: 0,
            taken: 0.0,
            partition: false,
        }
    }
}

/// Memory by what it is used for, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryParts {
    /// The process.
    pub base: u64,
    /// Open connections.
    pub connections: u64,
    /// Requests in service.
    pub requests: u64,
    /// Bodies of requests that wait or are in service.
    #[serde(default)]
    pub bodies: u64,
    /// Sessions.
    pub sessions: u64,
    /// Lost: leaked and never given back.
    pub leaked: u64,
}

impl MemoryParts {
    /// All parts together.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.base + self.connections + self.requests + self.bodies + self.sessions + self.leaked
    }
}

/// A host port that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortView {
    /// The host, from 1.
    pub host: u32,
    /// The port.
    pub port: u16,
    /// Name of the replica that holds it; nothing when another program does, or nobody.
    pub holder: Option<String>,
    /// Whether somebody holds it.
    pub taken: bool,
    /// Names of the replicas that were refused.
    pub refused: Vec<String>,
}

/// The balancer's connections to replicas.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkView {
    /// Ports of open connections, of the address and replica with the most ports taken now.
    pub ports_open: u32,
    /// Ports of closed connections that are still taken (TIME_WAIT), of the same.
    pub ports_waiting: u32,
    /// Most ports ever taken of one address to one replica.
    pub ports_peak: u32,
    /// Ports of one address to one replica.
    pub ports_limit: u32,
    /// Attempts that found no port.
    pub ports_refused: u64,
    /// Connections opened.
    pub opened: u64,
    /// Requests that went on a connection that was idle.
    pub reused: u64,
    /// Connection attempts that got lost on the way.
    pub lost: u64,
    /// Idle connections now.
    pub idle: u32,
}
