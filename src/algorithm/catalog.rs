//! The list of algorithms. One line each; everything else is in the algorithm's file.

use super::spec::Spec;
use super::caddy;
use super::{least_connections, nginx, power_of_d, random, round_robin};

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

    &caddy::random::SPEC,
    &caddy::round_robin::SPEC,
    &caddy::weighted_round_robin::SPEC,
    &caddy::least_conn::SPEC,
    &caddy::first::SPEC,
    &caddy::random_choose::SPEC,
    &caddy::ip_hash::SPEC,
    &caddy::uri_hash::SPEC,
    &caddy::header::SPEC,
    &caddy::cookie::SPEC,
];

/// The algorithm of this wire name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Spec> {
    CATALOG.iter().copied().find(|spec| spec.name == name)
}
