//! What happened: outcomes, observations, and the collectors that count and measure them.
//!
//! The engine tells a [`Probe`] what happens; a probe can't change the run. Three words for three kinds of
//! statistic: a *counter* counts, a *tally* takes unweighted observations, a *level* is weighted by time.

mod broker;
mod dependency;
mod event_log;
mod level;
mod observation;
mod outcome;
mod quantile;
mod series;
mod snapshot;
mod tally;

pub use broker::{BrokerView, MessageNews};
pub use dependency::{CALL_FAILURES, CallFailure, DependencyNews, DependencyView, INNER};
pub use event_log::{Event, EventLog, LogEntry};
pub use level::Level;
pub use observation::{DownCause, Health, Observation, Probe, ReplicaState, Resource, Warmup};
pub use outcome::{Ledger, OUTCOMES, Outcome};
pub use quantile::Quantiles;
pub use series::{Point, Recorder, ReplicaPoint, Series, find_replica};
pub use snapshot::{
    BalancerView, DOTS, DoorView, Dot, Faults, InstanceView, MemoryParts, NetworkView, PortView, ReplicaView,
    Snapshot,
};
pub use tally::Tally;
