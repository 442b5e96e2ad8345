//! Doorbuster: the load-balancer lab.
#![cfg_attr(test, allow(clippy::unwrap_used))]
