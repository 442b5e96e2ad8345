//! nginx's methods, as 1.22 was recorded and 1.31 was read.

pub(super) mod hash;
pub(super) mod hash_consistent;
pub(super) mod ip_hash;
pub(super) mod least_conn;
pub(super) mod least_time;
mod memo;
pub(super) mod random;
pub(super) mod random_two;
mod ranges;
pub(super) mod round_robin;
mod smooth;
