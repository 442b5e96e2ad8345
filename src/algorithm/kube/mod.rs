//! What Kubernetes does without a balancer.

pub(super) mod proxy;
