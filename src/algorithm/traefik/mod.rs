//! Traefik's balancers, after 3.7.9.

pub(super) mod hrw;
pub(super) mod leasttime;
pub(super) mod p2c;
pub(super) mod wrr;
