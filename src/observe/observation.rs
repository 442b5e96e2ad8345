//! What the engine tells: small values, in the order in which things happen.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::{DependencyNews, MessageNews, Outcome};
use crate::lang::Text;
use crate::units::{ClassId, DependencyId, ReplicaId, ServiceId, SimDuration, SimTime};

/// Where a replica is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplicaState {
    /// Created, not started.
    #[default]
    Created,
    /// Started, not ready.
    Starting,
    /// Listens and answers.
    Ready,
    /// Finishes what it has, takes nothing new.
    Draining,
    /// Dead, waiting for its next start.
    BackingOff,
    /// Dead, and nobody starts it again.
    Down,
    /// Could not start.
    NotStarted,
    /// Stopped and removed.
    Removed,
}

impl ReplicaState {
    /// Wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Starting => "starting",
            Self::Ready => "ready",
            Self::Draining => "draining",
            Self::BackingOff => "backing_off",
            Self::Down => "down",
            Self::NotStarted => "not_started",
            Self::Removed => "removed",
        }
    }

    /// Name on screens.
    #[must_use]
    pub const fn text(self) -> Text {
        match self {
            Self::Created => Text::new("created", "angelegt", "créée"),
            Self::Starting => Text::new("starting", "startet", "démarre"),
            Self::Ready => Text::new("ready", "bereit", "prête"),
            Self::Draining => Text::new("draining", "läuft leer", "se vide"),
            Self::BackingOff => Text::new("backing off", "wartet auf Neustart", "attend sa relance"),
            Self::Down => Text::new("down", "ausgefallen", "en panne"),
            Self::NotStarted => Text::new("not started", "nicht gestartet", "non démarrée"),
            Self::Removed => Text::new("removed", "entfernt", "retirée"),
        }
    }

    /// Whether a process runs and listens.
    #[must_use]
    pub const fn is_alive(self) -> bool {
        matches!(self, Self::Ready | Self::Draining)
    }
}

/// What a container's own check says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// It has no check, or does not run.
    #[default]
    Unknown,
    /// No check has passed yet.
    Starting,
    /// The last check passed, or too few have failed since.
    Healthy,
    /// So many checks in a row have failed that it counts.
    Unhealthy,
}

impl Health {
    /// Wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Starting => "starting",
            Self::Healthy => "healthy",
            Self::Unhealthy => "unhealthy",
        }
    }

    /// Name on screens.
    #[must_use]
    pub const fn text(self) -> Text {
        match self {
            Self::Unknown => Text::new("unknown", "unbekannt", "inconnue"),
            Self::Starting => Text::new("starting", "startet", "démarre"),
            Self::Healthy => Text::new("healthy", "gesund", "saine"),
            Self::Unhealthy => Text::new("unhealthy", "ungesund", "malade"),
        }
    }
}

/// Why a replica went down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DownCause {
    /// Its memory reached its limit; exit code 137.
    OutOfMemory,
    /// Its process died.
    Crash,
    /// Its health check failed, and somebody acts on that.
    Unhealthy,
    /// Somebody stopped it.
    Stopped,
    /// The zone that it ran in is gone.
    ZoneLost,
}

impl DownCause {
    /// How requests end that were inside.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::OutOfMemory => Outcome::OutOfMemory,
            Self::Crash | Self::Unhealthy | Self::Stopped | Self::ZoneLost => Outcome::ReplicaCrashed,
        }
    }
}

/// A resource of one replica that has a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// CPU quota.
    Cpu,
    /// Memory limit.
    Memory,
    /// Open connections.
    Connections,
    /// Listen backlog.
    Backlog,
    /// Outgoing ports of the balancer to it.
    Ports,
    /// File descriptors.
    Files,
    /// Requests that it lets in.
    Requests,
    /// Workers: each waits for the rest of a request.
    Workers,
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Observation {
    /// A client asked.
    Offered {
        /// Number of the request, from 0 in order of asking.
        request: u64,
        /// Its kind.
        class: ClassId,
    },
    /// The balancer handed a request to a replica.
    Dispatched {
        /// Number of the request.
        request: u64,
        /// Who got it.
        replica: ReplicaId,
        /// Which attempt since its client asked last, from 1.
        attempt: u32,
    },
    /// A client's try failed, and it will ask for the same request again.
    Retried {
        /// Number of the request.
        request: u64,
        /// Which try that will be, from 2.
        tries: u32,
        /// How long it pauses first.
        pause: SimDuration,
    },
    /// An attempt ended.
    AttemptEnded {
        /// Number of the request.
        request: u64,
        /// Who had it.
        replica: ReplicaId,
        /// How.
        outcome: Outcome,
        /// From its arrival at the replica to the start of its service.
        waiting: SimDuration,
        /// From its arrival at the replica to its departure.
        sojourn: SimDuration,
    },
    /// A request ended, as its client sees it.
    Ended {
        /// Number of the request.
        request: u64,
        /// Its kind.
        class: ClassId,
        /// How.
        outcome: Outcome,
        /// The status that its client got, as the product sends it; 0 when it got no answer.
        status: u16,
        /// From asking (first) to the answer.
        response_time: SimDuration,
        /// Attempts made, over all tries of the client.
        attempts: u32,
    },
    /// A user logged in; the replica keeps the session in memory.
    SessionStarted {
        /// Where, when a replica keeps it.
        replica: Option<ReplicaId>,
    },
    /// A session ended as it should.
    SessionEnded,
    /// A user found the session gone.
    SessionLost,
    /// A replica changed its state.
    State {
        /// Which.
        replica: ReplicaId,
        /// Its new state.
        state: ReplicaState,
    },
    /// A replica died, and what went with it.
    Died {
        /// Which.
        replica: ReplicaId,
        /// Why.
        cause: DownCause,
        /// Requests that were inside.
        requests: u32,
        /// Sessions that were in its memory.
        sessions: u32,
        /// When it starts again, if ever.
        back_at: Option<SimTime>,
    },
    /// A replica's health check has another result than before.
    Health {
        /// Which.
        replica: ReplicaId,
        /// Its health now.
        health: Health,
    },
    /// An autoscaler changes the number of replicas.
    Scaled {
        /// Of which service.
        service: ServiceId,
        /// How many there were.
        from: u32,
        /// How many there are to be.
        to: u32,
        /// What it saw, as a multiple of its target; 1 when it only keeps to its bounds.
        ratio: f64,
    },
    /// A new version runs everywhere.
    RolledOut {
        /// Of which service.
        service: ServiceId,
        /// Which version, from 1.
        version: u32,
    },
    /// The replicas on a host have more memory than it has; the kernel kills those that have most.
    HostOutOfMemory {
        /// Which host, from 0.
        host: u32,
    },
    /// A worker was killed since its request took too long, or for its memory.
    WorkerKilled {
        /// Where.
        replica: ReplicaId,
        /// Which of its workers, from 1.
        worker: u32,
        /// Whether for its memory.
        memory: bool,
    },
    /// A replica could not bind a host port.
    BindFailed {
        /// Which.
        replica: ReplicaId,
        /// The port.
        port: u16,
        /// Whether another container holds it; otherwise another program does.
        docker: bool,
        /// Whether every port of the asked range is taken.
        range: bool,
        /// On which address it is held.
        address: IpAddr,
        /// Whether nobody holds it, and only connections in TIME_WAIT are in the way.
        rests: bool,
    },
    /// A resource of a replica ran out.
    Exhausted {
        /// Which.
        replica: ReplicaId,
        /// What.
        resource: Resource,
        /// Sessions in its memory at that moment.
        sessions: u32,
    },
    /// The balancer's queue ran full.
    QueueFull {
        /// Before which service.
        service: ServiceId,
    },
    /// Something of a balancer itself ran out.
    BalancerFull {
        /// Before which service: the first of those that it leads to.
        service: ServiceId,
        /// What.
        resource: Resource,
    },
    /// So few replicas of a service are well that its balancer asks all of them, or enough are again.
    Panic {
        /// Which service.
        service: ServiceId,
        /// Whether it does so from now on.
        on: bool,
        /// Replicas that are well, of those that it knows.
        well: u32,
        /// How many it knows.
        known: u32,
    },
    /// The health checks of a balancer take a replica off, or bring it back.
    Checked {
        /// Which.
        replica: ReplicaId,
        /// Whether it is well now.
        up: bool,
        /// Checks in a row that said so.
        checks: u32,
    },
    /// The balancer leaves a replica out for a while.
    LeftOut {
        /// Which.
        replica: ReplicaId,
    },
    /// News of a dependency.
    Dependency {
        /// Which.
        dependency: DependencyId,
        /// What.
        news: DependencyNews,
    },
    /// Something happened to a message.
    Message {
        /// Of which broker.
        broker: DependencyId,
        /// What.
        news: MessageNews,
        /// At which worker, where one has it.
        replica: Option<ReplicaId>,
        /// Since it was published.
        age: SimDuration,
        /// Since that worker got it; nothing where none has it.
        inside: SimDuration,
    },
    /// A worker went that had messages; together with what became of them.
    MessagesBack {
        /// Of which broker.
        broker: DependencyId,
        /// Which worker.
        replica: ReplicaId,
        /// Messages that are delivered again.
        again: u32,
        /// Messages that are lost, since they were acknowledged before they were done.
        lost: u32,
        /// Messages that had been delivered again too often.
        dead: u32,
    },
    /// A change was applied; its place in the engine's list.
    Changed {
        /// Place in the list.
        index: u32,
    },
}

/// Hears what happens. A probe can't change the run.
pub trait Probe {
    /// Something happened at `now`.
    fn observe(&mut self, now: SimTime, seen: &Observation);
}

impl Probe for () {
    #[inline]
    fn observe(&mut self, _: SimTime, _: &Observation) {}
}

impl<A: Probe, B: Probe> Probe for (A, B) {
    #[inline]
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        self.0.observe(now, seen);
        self.1.observe(now, seen);
    }
}

impl<P: Probe + ?Sized> Probe for &mut P {
    #[inline]
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        (**self).observe(now, seen);
    }
}

/// A probe that hears nothing before a time.
#[derive(Debug, Clone)]
pub struct Warmup<P> {
    /// When it begins to hear.
    pub until: SimTime,
    /// Who hears.
    pub probe: P,
}

impl<P: Probe> Probe for Warmup<P> {
    #[inline]
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        if now >= self.until {
            self.probe.observe(now, seen);
        }
    }
}
