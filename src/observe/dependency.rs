//! What the services depend on: news of it, how calls fail, and how it looks at an instant.

use serde::{Deserialize, Serialize};

use super::{BrokerView, Level};

/// Requests between services have numbers from here on: they belong to no client.
pub const INNER: u64 = 1 << 63;

/// How a call of a dependency failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum CallFailure {
    /// Nobody was there.
    Gone,
    /// It had no connection left.
    ConnectionLimit,
    /// The pool's queue was full.
    PoolFull,
    /// No connection of the pool was free in time.
    PoolTimeout,
    /// No answer in time.
    Timeout,
    /// What is behind the cache failed.
    Behind,
    /// The service that was called did not answer well.
    ErrorAnswer,
    /// The queue of the broker was full.
    QueueFull,
}

/// Every failure, in the order of the enumeration.
pub const CALL_FAILURES: &[CallFailure] = &[
    CallFailure::Gone,
    CallFailure::ConnectionLimit,
    CallFailure::PoolFull,
    CallFailure::PoolTimeout,
    CallFailure::Timeout,
    CallFailure::Behind,
    CallFailure::ErrorAnswer,
    CallFailure::QueueFull,
];

impl CallFailure {
    /// Wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::ConnectionLimit => "connection_limit",
            Self::PoolFull => "pool_full",
            Self::PoolTimeout => "pool_timeout",
            Self::Timeout => "timeout",
            Self::Behind => "behind",
            Self::ErrorAnswer => "error_answer",
            Self::QueueFull => "queue_full",
        }
    }
}

/// Something about a dependency that a person would want to hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum DependencyNews {
    /// Calls wait since a replica uses all connections that it keeps.
    PoolUsedUp,
    /// It takes no further connection.
    ConnectionLimit,
    /// Many calls fetch the same key from behind a cache at once.
    Stampede,
    /// The queue of a broker is full.
    QueueFull,
}

impl DependencyNews {
    /// How many there are.
    pub const COUNT: usize = 4;
}

/// A dependency in a picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DependencyView {
    /// Its name.
    pub name: String,
    /// Wire name of its kind.
    pub kind: &'static str,
    /// Nobody is there.
    pub gone: bool,
    /// Everything takes so many times as long; 1 is as it should be.
    pub slow: f64,
    /// Calls in progress, over time.
    pub in_use: Level,
    /// Most calls in progress.
    pub concurrency: Option<u32>,
    /// Open connections, over time.
    pub connections: Level,
    /// Most connections.
    pub connections_limit: Option<u32>,
    /// Calls that wait for a connection, for a row or for their turn, over time.
    pub waiting: Level,
    /// Calls made; each is answered, has failed, was abandoned by its caller, or is open.
    pub requests: u64,
    /// Calls that somebody waits for.
    pub open: u64,
    /// Calls that were answered.
    pub answered: u64,
    /// Calls whose caller went away.
    pub abandoned: u64,
    /// Calls that failed, by how.
    pub failed: Vec<(CallFailure, u64)>,
    /// Writes that another took the place of.
    pub lost_updates: u64,
    /// Lookups of a cache that found their key, and those that did not.
    pub hits: u64,
    /// Lookups that did not.
    pub misses: u64,
    /// Calls that fetch a key from behind the cache, over time.
    pub fetching: Level,
    /// Messages and workers, of a broker.
    pub broker: Option<BrokerView>,
}
