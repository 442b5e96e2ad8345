//! What a run came to: measures, events, warnings and words, as plain data.
//!
//! ```text
//! observations ──> Collector ──┐
//! snapshots ───────────────────┼──> Report ──> JSON, CSV, Markdown, tables, sentences
//! log, changes, series ────────┘
//! ```
//!
//! | measure | rule |
//! |---|---|
//! | goodput | requests that ended ok, per second of measured time |
//! | throughput | attempts that replicas answered, wanted or not, per second of measured time |
//! | response time | of requests that ended ok: from asking to the answer |
//! | sojourn | of attempts that a replica answered: from arrival there to departure |
//! | waiting | of the same: from arrival there to the start of service |
//! | in flight | requests that clients wait for, weighted by time |
//! | in system | those of them inside replicas |
//! | fairness (Jain 1984) | (Σx)² / (n Σx²) over the attempts x of n replicas that were ever ready |
//!
//! Requests offered before the end of the warm-up are left out of counts and times; levels (CPU, memory,
//! connections) are averaged from its end on. Sessions, restarts, peaks and events are of the whole run.
//! Quantiles are within 0.1 % of their value; means and maxima are exact.

mod assertion;
mod collector;
mod cost;
pub use crate::scenario::docker;
mod estimate;
pub mod export;
pub mod headers;
mod limits;
pub mod measure;
pub mod narrate;
pub mod number;
mod record;
mod summary;
mod trust;
mod warning;

pub use assertion::{Assertion, AssertionError, Verdict};
pub use collector::{Collector, Ending};
pub use cost::Cost;
pub use estimate::{CONFIDENCE, Estimate, t_quantile};
pub use limits::{LimitsReport, StatusPage};
pub use narrate::{Line, Narrator};
pub use record::{
    BalancerReport, BrokerReport, CallFailures, ClassReport, Connections, Cpu, DependencyReport, EventReport,
    Failures, Hedges, Memory, ReplicaReport, Report, Requests, Sessions, Times, Used,
};
pub use summary::{headline, summary};
pub use trust::{mser5, one_seed, wide_interval};
pub use warning::{Facts, Warning, warnings};
