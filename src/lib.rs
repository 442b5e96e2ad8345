//! Doorbuster: the load-balancer lab.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod algorithm;
#[cfg(feature = "charts")]
pub mod charts;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "convert")]
pub mod convert;
pub mod dist;
pub mod engine;
pub mod experiment;
pub mod lang;
pub mod observe;
pub mod report;
pub mod rng;
pub mod scenario;
pub mod theory;
pub mod units;
#[cfg(feature = "web")]
pub mod web;
