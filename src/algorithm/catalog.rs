//! The list of algorithms. One line each; everything else is in the algorithm's file.

use super::spec::Spec;
use super::{haproxy, least_connections, nginx, power_of_d, random, round_robin};

/// Every algorithm, in the order in which lists show them.
#[rustfmt::skip] // one line each
pub static CATALOG: &[&Spec] = &[
    &round_robin::SPEC,
    &least_connections::SPEC,
    &power_of_d::SPEC,
    &random::SPEC,

    &nginx::round_robin::SPEC,
    &nginx::least_conn::SPEC,
    &nginx::least_time::SPEC,
    &nginx::random::SPEC,
    &nginx::random_two::SPEC,
    &nginx::ip_hash::SPEC,
    &nginx::hash::SPEC,
    &nginx::hash_consistent::SPEC,

    &haproxy::roundrobin::SPEC,
    &haproxy::static_rr::SPEC,
    &haproxy::leastconn::SPEC,
    &haproxy::first::SPEC,
    &haproxy::random::SPEC,
    &haproxy::source::SPEC,
    &haproxy::uri::SPEC,
    &haproxy::hdr::SPEC,
    &haproxy::url_param::SPEC,
];

/// The algorithm of this wire name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Spec> {
    CATALOG.iter().copied().find(|spec| spec.name == name)
}
