//! Worlds that turn requests away, or lose them to impatience.

use super::super::params::Params;
use super::queues::ONE_QUEUE;
use super::{Open, Work, World, nanos};

/// A connection limit and no queue: whoever is let in is served at full speed.
pub(super) fn no_queue(params: &Params<'_>) -> Result<World, String> {
    let unit = params.positive_or_one("service_mean")?;
    let rate = params.positive("arrival_rate")? * unit;
    let limit = params.whole("connection_limit")?;
    let work = Work::of(params)?;
    let service = format!("threads = {limit}\ncpus = {limit}\nconnections = {limit}");
    Ok(Open { rate, work: &work, balancer: "", service: &service, relaxation: 1.0 + work.scv }.world(unit))
}

/// One worker and room for so many, the one in service among them.
pub(super) fn finite(params: &Params<'_>) -> Result<World, String> {
    let unit = params.positive_or_one("service_mean")?;
    let rate = params.positive("arrival_rate")? * unit;
    let room = params.whole("capacity")?;
    let work = Work::of(params)?;
    // The slowest mode of M/M/1/K: 1 + ρ − 2√ρ·cos(π / (K + 1)) (Morse 1958).
    let angle = std::f64::consts::PI / (f64::from(room) + 1.0);
    let gap = 1.0 + rate - 2.0 * libm::sqrt(rate) * libm::cos(angle);
    let service = format!("connections = {room}");
    let relaxation = (1.0 + work.scv) / 2.0 / gap;
    Ok(Open { rate, work: &work, balancer: "", service: &service, relaxation }.world(unit))
}

/// One worker; whoever has waited for so long leaves.
pub(super) fn timeout(params: &Params<'_>) -> Result<World, String> {
    let unit = params.positive_or_one("service_mean")?;
    let rate = params.positive("arrival_rate")? * unit;
    let patience = params.number("queue_timeout")? / unit;
    let work = Work::of(params)?;
    let balancer = ONE_QUEUE.replace("never", &nanos(patience));
    let relaxation = (1.0 + patience) * (1.0 + work.scv);
    Ok(Open { rate, work: &work, balancer: &balancer, service: "", relaxation }.world(unit))
}

/// Replicas of one slot and one queue, where everybody has an exponential patience of their own.
pub(super) fn patience(params: &Params<'_>) -> Result<World, String> {
    let unit = params.positive_or_one("service_mean")?;
    let rate = params.positive("arrival_rate")? * unit;
    let replicas = params.whole("replicas")?;
    let patience = params.positive("patience_mean")? / unit;
    let work = Work::of(params)?;
    let balancer = ONE_QUEUE.replace("never", &format!("exponential {}", nanos(patience)));
    let service = format!("replicas = {replicas}");
    let relaxation = 1.0 + patience;
    Ok(Open { rate, work: &work, balancer: &balancer, service: &service, relaxation }.world(unit))
}
