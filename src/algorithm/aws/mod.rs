//! AWS Application Load Balancer, as documented.

pub(super) mod least_outstanding_requests;
pub(super) mod round_robin;
pub(super) mod weighted_random;
