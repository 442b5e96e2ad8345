//! What a checked scenario says of steps and of what they call.

use super::{Broker, DependencyKind, Pool};
use crate::dist::{Distribution, Zipf};
use crate::units::{ClassId, DependencyId, ServiceId, SimDuration};

/// One step of a class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StepModel {
    /// CPU work; the request's own demand when no time is given.
    Cpu(Option<Distribution>),
    /// Nothing for a time.
    Wait(Distribution),
    /// A call of something else, for whose answer it waits.
    Call(CallModel),
    /// The rest of the request, which its client is still sending.
    Receive,
}

/// A call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CallModel {
    /// Who is called; a service has a place after all dependencies.
    pub to: DependencyId,
    /// The class that it is there, when a service is called.
    pub child: Option<ClassId>,
    /// The class of the job that is sent, when a broker is called.
    pub job: Option<ClassId>,
    /// How long it takes there; as the dependency says when not given.
    pub time: Option<Distribution>,
    /// Whether it is a write to a row, and if so whether it locks the row.
    pub write: Option<bool>,
    /// Begins together with the step before.
    pub together: bool,
    /// How long its answer is waited for.
    pub timeout: Option<SimDuration>,
    /// Most attempts.
    pub tries: u32,
    /// Whether the request can do without it.
    pub optional: bool,
}

/// A dependency.
#[derive(Debug, Clone)]
pub struct DependencyModel {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: DependencyKind,
    /// Whether it is a service that others call; nothing but its name counts then.
    pub is_service: bool,
    /// Time of a call that has a core to itself.
    pub time: Distribution,
    /// Cores that calls share, or infinity.
    pub cores: f64,
    /// Most calls in progress.
    pub concurrency: u32,
    /// Most connections.
    pub connections: Option<u32>,
    /// What each further call costs all of them.
    pub contention: f64,
    /// Calls a second above which it is overloaded.
    pub calm: Option<usize>,
    /// How many times as long everything takes then.
    pub overload: f64,
    /// Connections that each replica keeps.
    pub pool: Option<Pool>,
    /// Which row a write goes to.
    pub rows: Zipf,
    /// What it keeps, when it is a cache.
    pub cache: Option<CacheModel>,
    /// How its messages get to workers, when it is a broker.
    pub broker: Option<BrokerModel>,
}

/// A broker.
#[derive(Debug, Clone)]
pub struct BrokerModel {
    /// Whose replicas take the messages.
    pub service: ServiceId,
    /// As written.
    pub rules: Broker,
}

/// A cache.
#[derive(Debug, Clone)]
pub struct CacheModel {
    /// Who is asked for what it does not have.
    pub behind: DependencyId,
    /// Share of hits, when keys are not followed.
    pub hit_ratio: Option<f64>,
    /// How many keys.
    pub count: u32,
    /// Which key a call asks for.
    pub keys: Zipf,
    /// How long a key is kept.
    pub ttl: SimDuration,
    /// By which share of it chance shortens that.
    pub jitter: f64,
    /// Whether only one call at a time fetches a key.
    pub single_flight: bool,
    /// Whether it has every key at the start.
    pub warm: bool,
}

impl DependencyModel {
    /// Whether it is a cache that follows keys one by one.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        self.cache.as_ref().is_some_and(|cache| cache.hit_ratio.is_none())
    }
}
