//! The list of algorithms. One line each; everything else is in the algorithm's file.

use super::haproxy;
use super::spec::Spec;
use super::weighted_least_connections;
use super::{aws, caddy, dns_rr, envoy, ipvs, kube, traefik};
use super::{
    bounded_load, feedback_weights, join_idle_queue, least_response_time, maglev, peak_ewma, prequal,
    rendezvous, ring_hash, shared_queue,
};
use super::{least_connections, nginx, power_of_d, random, round_robin};

/// Every algorithm, in the order in which lists show them.
#[rustfmt::skip] // one line each
pub static CATALOG: &[&Spec] = &[
    &round_robin::SPEC,
    &least_connections::SPEC,
    &power_of_d::SPEC,
    &random::SPEC,
    &weighted_least_connections::SPEC,
    &least_response_time::SPEC,
    &peak_ewma::SPEC,
    &rendezvous::SPEC,
    &ring_hash::SPEC,
    &bounded_load::SPEC,
    &maglev::SPEC,
    &join_idle_queue::SPEC,
    &prequal::SPEC,
    &feedback_weights::SPEC,
    &shared_queue::SPEC,

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
    &caddy::query::SPEC,
    &caddy::cookie::SPEC,

    &envoy::round_robin::SPEC,
    &envoy::least_request::SPEC,
    &envoy::random::SPEC,
    &envoy::ring_hash::SPEC,
    &envoy::maglev::SPEC,

    &traefik::wrr::SPEC,
    &traefik::p2c::SPEC,
    &traefik::leasttime::SPEC,
    &traefik::hrw::SPEC,

    &ipvs::rr::SPEC,
    &ipvs::wrr::SPEC,
    &ipvs::lc::SPEC,
    &ipvs::wlc::SPEC,
    &ipvs::sed::SPEC,
    &ipvs::nq::SPEC,

    &aws::round_robin::SPEC,
    &aws::least_outstanding_requests::SPEC,
    &aws::weighted_random::SPEC,
    &kube::proxy::SPEC,
    &dns_rr::docker::SPEC,
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

/// Other names under which an algorithm is found: those of a rule that it has anyway, or that a product gives to the
/// same rule.
#[rustfmt::skip] // one line each
pub static ALIASES: &[(&str, &str)] = &[
    ("weighted_random", "random"),
    ("smooth_weighted", "round_robin"),
    ("jiq", "join_idle_queue"),
    ("p2c.peak_ewma", "peak_ewma"),
    ("caddy.client_ip_hash", "caddy.ip_hash"),
    ("aws.lor", "aws.least_outstanding_requests"),
];

/// The algorithm of this wire name, or of another name that it has.
#[must_use]
pub fn find(name: &str) -> Option<&'static Spec> {
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| name);
    CATALOG.iter().copied().find(|spec| spec.name == name)
}
