//! Runs and comparisons: the place where engine, collectors and report meet.
//!
//! [`run`] makes one run and its report. [`compare`] runs the same scenario under several algorithms with
//! common random numbers: replication i has the same seed, and so the same arrivals, for all of them.

mod answer;
mod compare;
mod condition;
mod drive;
mod explain;
mod pace;
mod parallel;
pub mod published;
pub mod sweep;
pub mod theory;
mod trace;
pub mod vectors;

pub use answer::{Answer, answer};
pub use compare::{
    Arm, ArmReport, COMPARED, Comparison, Difference, Plan, Ratio, Samples, Verdict, compare, compare_also,
    less_is_better,
};
pub use condition::Condition;
pub use drive::{Run, Runner, run, run_with};
pub use explain::explain;
pub use pace::{FEW, Slice, estimate_all};
pub use parallel::jobs;
pub use trace::Trace;
