//! Doorbuster: the load-balancer lab.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod algorithm;
#[cfg(feature = "convert")]
pub mod convert;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "charts")]
pub mod charts;
pub mod dist;
pub mod engine;
pub mod experiment;
pub mod observe;
pub mod report;
pub mod rng;
pub mod scenario;
pub mod units;
#[cfg(feature = "web")]
pub mod web;
