//! Caddy's selection policies, as 2.6.2 was recorded. None of them knows weights but `weighted_round_robin`, which
//! later versions have; here a replica of weight 0 is one that gets nothing.

pub(super) mod cookie;
pub(super) mod first;
pub(super) mod header;
pub(super) mod ip_hash;
pub(super) mod least_conn;
pub(super) mod query;
pub(super) mod random;
pub(super) mod random_choose;
mod rendezvous;
pub(super) mod round_robin;
pub(super) mod uri_hash;
pub(super) mod weighted_round_robin;
