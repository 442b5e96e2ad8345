//! Envoy's pickers, after files of 2024 to 2026.

pub(super) mod least_request;
pub(super) mod maglev;
pub(super) mod random;
pub(super) mod ring_hash;
pub(super) mod round_robin;
