//! Services: replicas with their limits, their application server, their memory and their restarts.

use super::field::{choice, record};
use super::{Autoscaler, Balancer, Deploy, HealthCheck, Mode, Overlay, PortBinding};
use crate::dist::Distribution;
use crate::units::{Bytes, Cores, Factor, SimDuration};

record! {
    /// A named set of replicas.
    pub struct Service {
        /// Its name; replicas are called name-1, name-2 …
        pub name: String = "app".into();
        /// How many replicas run at the start.
        pub replicas: u32 = 1, in 0..=10_000;
        /// CPU quota of one replica in cores.
        pub cpus: Cores = Cores::constant(1.0);
        /// How the quota is kept.
        pub cpu_model: CpuModel = CpuModel::Fluid;
        /// Memory limit of one replica; without it, memory never runs out.
        pub memory: Option<Bytes> = None;
        /// What the memory is used for.
        pub ram: Ram = Ram::default();
        /// How the server waits.
        pub server: Server = Server::Workers;
        /// Worker processes; workers × threads requests are in service at once.
        pub workers: u32 = 1, in 1..=1_000_000;
        /// Threads of a worker.
        pub threads: u32 = 1, in 1..=1_000_000;
        /// What the kernel kills when the memory limit is reached.
        pub oom: OomKill = OomKill::Container;
        /// Longest that a request may take with workers of one thread: then its worker is killed, as gunicorn does
        /// with sync workers. Workers with threads are spared.
        pub worker_timeout: Option<SimDuration> = None;
        /// Time until a killed worker is replaced.
        pub worker_boot: SimDuration = SimDuration::from_secs(1);
        /// Connections that wait in the kernel until a worker accepts them; one more than this fits.
        pub backlog: u32 = 2_048, in 0..=10_000_000;
        /// Most connections open at once, waiting or in service; without it, no limit.
        pub connections: Option<u32> = None, in Some(1)..=Some(10_000_000);
        /// File descriptors of one replica (ulimit -n): one for each connection that a worker has taken or that is kept
        /// open; without it, no limit. Further connections wait in the backlog (accept fails with EMFILE).
        pub files: Option<u32> = None, in Some(1)..=Some(10_000_000);
        /// Requests inside one replica, waiting or in service, above which it sheds load: it answers further ones with
        /// 503 at once (a fixed limit of requests in flight); without it, never.
        pub shed_above: Option<u32> = None, in Some(1)..=Some(10_000_000);
        /// Time from start to readiness.
        pub start_up: Distribution = Distribution::Constant(SimDuration::ZERO);
        /// How many times as long everything takes just after a start (cold caches); 1 is not at all.
        pub cold: Factor = Factor::constant(1.0);
        /// Time in which what is above 1 of that falls to 1/e of itself.
        pub cold_for: SimDuration = SimDuration::from_secs(10);
        /// The check that the container makes of itself (Docker's HEALTHCHECK); without it, none.
        pub healthcheck: Option<HealthCheck> = None;
        /// Whether replicas are known to be ready when they listen; otherwise they count, and balancers that learn of
        /// changes list them, as soon as the process runs.
        pub readiness: bool = true;
        /// How a new version takes the place of the old one.
        pub deploy: Deploy = Deploy::default();
        /// What adds and removes replicas by itself; without it, nobody does.
        pub autoscaler: Option<Autoscaler> = None;
        /// When a replica that died is started again.
        pub restart: Restart = Restart::Always;
        /// Pause before the first restart; it doubles with each further one and is forgotten after a run of 10 s.
        pub restart_delay: SimDuration = SimDuration::from_millis(100);
        /// Longest pause before a restart.
        pub restart_delay_max: SimDuration = SimDuration::from_secs(60);
        /// Most restarts in a row with on-failure; a run of 10 s begins a new row. Without it, no limit.
        pub restart_attempts: Option<u32> = None;
        /// How long a replica that is stopped may take to finish what it has.
        pub stop_grace: SimDuration = SimDuration::from_secs(10);
        /// What a replica makes of being stopped.
        pub on_stop: OnStop = OnStop::Drain;
        /// Ports published on the host: "8080:80", "8000-8002:80", "80".
        pub ports: Vec<PortBinding> = Vec::new();
        /// Who binds the published ports.
        pub binds: Binds = Binds::Docker;
        /// Where session state is kept.
        pub sessions: SessionState = SessionState::Memory;
        /// The dependency that keeps them (sessions = "store").
        pub store: Option<String> = None;
        /// Share of traffic against other replicas, for algorithms with weights.
        pub weight: u32 = 1, in 0..=65_535;
        /// A balancer of its own in front of it: what is not written is as in `[balancer]`. Without one, the service
        /// is one more upstream of the edge's balancer.
        pub balancer: Option<Overlay<Balancer>> = None;
        /// What single replicas have otherwise.
        pub replica: Vec<ReplicaOverride> = Vec::new();
    }
}

record! {
    /// What a replica's memory is used for.
    pub struct Ram {
        /// The process itself.
        pub base: Bytes = Bytes::mib(60);
        /// Each open connection.
        pub connection: Bytes = Bytes(0);
        /// Each request in service.
        pub request: Bytes = Bytes(0);
        /// Each session kept in memory.
        pub session: Bytes = Bytes::kib(64);
        /// Share of the limit from which on memory slows the replica (garbage collection, swapping); 1 is never.
        pub pressure_from: f64 = 1.0, in 0.0..=1.0;
        /// How many times as long everything takes when memory is at its limit.
        pub pressure: Factor = Factor::constant(4.0);
    }
}

record! {
    /// What one replica has otherwise than its service.
    pub struct ReplicaOverride {
        /// Which replica, from 1.
        pub number: u32 = 1, in 1..=10_000;
        /// Its own name.
        pub name: Option<String> = None;
        /// Its own CPU quota.
        pub cpus: Option<Cores> = None;
        /// Its own memory limit.
        pub memory: Option<Bytes> = None;
        /// Its own weight.
        pub weight: Option<u32> = None, in Some(0)..=Some(65_535);
        /// Asked only when no replica that is no backup can be asked.
        pub backup: bool = false;
        /// What the balancer sends to it.
        pub mode: Mode = Mode::Ready;
        /// Its own published ports.
        pub ports: Option<Vec<PortBinding>> = None;
    }
}

choice! {
    /// How an application server waits.
    pub enum Server {
        Workers = "workers": "A thread has one request from its start to its end, also while that waits.",
        EventLoop = "event_loop": "Each worker is a loop that works on one request at a time; what waits does not hold it.",
    }
}

choice! {
    /// How a CPU quota is kept.
    pub enum CpuModel {
        Fluid = "fluid": "At every instant: the requests in service share the quota.",
        Cfs = "cfs": "In periods of 100 ms, as the kernel does: at full speed until the quota is used up, then nothing to the end of the period.",
    }
}

choice! {
    /// What the kernel kills when a container's memory limit is reached.
    pub enum OomKill {
        Container = "container": "The first process of the container, and with it everything (exit code 137).",
        Worker = "worker": "The largest worker process, which its master replaces; the container only when no worker has anything to give.",
    }
}

choice! {
    /// What a process makes of SIGTERM.
    pub enum OnStop {
        Drain = "drain": "It takes nothing new, finishes what it has, and goes; after the grace it is killed.",
        AtOnce = "at_once": "It ends at once, with everything in it.",
        Ignore = "ignore": "It goes on as if nothing had happened, until it is killed after the grace (a shell as first process).",
    }
}

choice! {
    /// When a container that ended is started again (Docker's restart policies).
    pub enum Restart {
        Always = "always": "Whenever it ends.",
        UnlessStopped = "unless-stopped": "Whenever it ends, unless somebody stopped it.",
        OnFailure = "on-failure": "When it ended with an error.",
        No = "no": "Never.",
    }
}

choice! {
    /// Who binds published ports.
    pub enum Binds {
        Docker = "docker": "Docker, before it starts the container; connections in TIME_WAIT are no obstacle (SO_REUSEADDR).",
        Program = "program": "The program itself, without SO_REUSEADDR: it can't while old connections are in TIME_WAIT, and ends with an error.",
    }
}

choice! {
    /// Where session state is kept.
    pub enum SessionState {
        Memory = "memory": "In the memory of the replica where the user logged in: lost with it, unknown to the others.",
        Store = "store": "In a store that all replicas ask: each request asks it first, and nothing is lost with a replica.",
        None = "none": "Nowhere in the replica: the service is stateless.",
    }
}
