//! One integration binary, one file per kind of test.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used)] // tests may

#[cfg(feature = "cli")]
mod announce;
mod bits;
mod bodies;
mod broker;
mod classes;
#[cfg(feature = "cli")]
mod cli;
#[cfg(all(feature = "cli", unix))]
mod cluster;
mod contract;
mod dependency;
mod determinism;
mod edge;
#[cfg(feature = "cli")]
mod expect;
mod explain;
mod fields;
mod front_presets;
mod fronts;
mod golden;
mod graph;
mod guard;
mod hedges;
#[cfg(feature = "convert")]
mod import;
mod law;
mod lists;
mod network;
mod operations;
mod operations_hosts;
mod operations_presets;
mod oracle;
#[cfg(feature = "cli")]
mod parquet;
mod processes;
mod products;
mod published;
mod replica;
mod scaling_by_queue;
mod scenarios;
mod sentences;
mod services;
mod slow_clients;
mod steps;
mod story;
mod subsets;
mod support;
#[cfg(feature = "cli")]
mod sweep;
mod theory;
mod tidy;
mod timers;
mod tuning;
mod two_choices;
mod typography;
#[cfg(feature = "cli")]
mod validate;
#[cfg(feature = "cli")]
mod warnings;
mod watch;
mod watching;
mod words;
mod worlds;
