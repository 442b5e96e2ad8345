//! One replica, and one queue for many.

use super::super::params::Params;
use super::{Open, Work, World, below_one, relaxation};

/// One worker, first come first served.
pub(super) fn single(params: &Params<'_>) -> Result<World, String> {
    let unit = params.positive_or_one("service_mean")?;
    let rate = params.positive("arrival_rate")? * unit;
    let workers = params.maybe("workers")?.unwrap_or(1.0);
    if workers != 1.0 {
        return Err(format!("params.workers is {workers}; this kind has one"));
    }
    let work = Work::of(params)?;
    let relaxation = relaxation(below_one(rate)?, 1.0) * (1.0 + work.scv) / 2.0;
    Ok(Open { rate, work: &work, balancer: "", service: "", relaxation }.world(unit))
}

/// Replicas of one slot, and one queue for all of them in the balancer.
pub(super) fn shared(params: &Params<'_>) -> Result<World, String> {
    let unit = params.positive_or_one("service_mean")?;
    let rate = params.positive("arrival_rate")? * unit;
    let replicas = params.whole("replicas")?;
    let load = below_one(rate / f64::from(replicas))?;
    let work = Work::of(params)?;
    let relaxation = relaxation(load, f64::from(replicas)) * (1.0 + work.scv) / 2.0;
    let service = format!("replicas = {replicas}");
    Ok(Open { rate, work: &work, balancer: ONE_QUEUE, service: &service, relaxation }.world(unit))
}

/// Whoever finds every replica busy waits in the balancer.
pub(super) const ONE_QUEUE: &str =
    "algorithm = 'least_connections'\nmax_connections = 1\nqueue = 10000000\nqueue_timeout = 'never'";

/// Cores that all requests in the replica share.
pub(super) fn sharing(params: &Params<'_>) -> Result<World, String> {
    let unit = params.positive_or_one("service_mean")?;
    let rate = params.positive("arrival_rate")? * unit;
    let cores = params.positive_or_one("cpus")?;
    let load = below_one(rate / cores)?;
    let work = Work::of(params)?;
    let relaxation = relaxation(load, cores) * (1.0 + work.scv) / 2.0;
    let service = format!("threads = 1000000\ncpus = {cores}");
    Ok(Open { rate, work: &work, balancer: "", service: &service, relaxation }.world(unit))
}

/// Less than a core, shared by all requests.
pub(super) fn quota(params: &Params<'_>) -> Result<World, String> {
    let unit = params.positive("cpu_work_mean")?;
    let rate = params.positive("arrival_rate")? * unit;
    let quota = params.positive("cpu_quota")?;
    let work = Work::of(params)?;
    let relaxation = relaxation(below_one(rate / quota)?, quota) * (1.0 + work.scv) / 2.0;
    let service = format!("threads = 1000000\ncpus = {quota}");
    Ok(Open { rate, work: &work, balancer: "", service: &service, relaxation }.world(unit))
}
