//! One replica, and one queue for many.

use super::super::params::Params;
use super::{Open, Work, World, below_one, nanos, relaxation};

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

/// Stages of one worker each, one after the other: a request calls one dependency after another, each of which works on
/// one call at a time.
pub(super) fn tandem(params: &Params<'_>) -> Result<World, String> {
    let services = params.list("service_means")?;
    let unit = services.iter().copied().fold(0.0, f64::max);
    let rate = params.positive("arrival_rate")? * unit;
    let (mut steps, mut stages, mut slowest) = (Vec::new(), String::new(), 1.0_f64);
    for (i, service) in services.iter().enumerate() {
        let mean = service / unit;
        slowest = slowest.max(relaxation(below_one(rate * mean)?, 1.0 / mean));
        steps.push(format!("{{ kind = 'call', to = 'stage-{i}' }}"));
        stages += &format!(
            "[[dependency]]\nname = 'stage-{i}'\nconcurrency = 1\ntime = 'exponential {}'\n",
            nanos(mean)
        );
    }
    let work = Work::steps(&steps.join(", "));
    let service = format!("threads = 1000000\n{stages}");
    Ok(Open { rate, work: &work, balancer: "", service: &service, relaxation: 2.0 * slowest }.world(unit))
}
