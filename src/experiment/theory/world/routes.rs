//! Replicas of one worker each, and how requests come to them.

use super::super::params::Params;
use super::{Open, Work, World, below_one, duration, nanos, relaxation};

/// An algorithm without parameters over equal replicas. `pooled` is how many of them act as one queue.
pub(super) fn plain(params: &Params<'_>, algorithm: &str, pooled: f64) -> Result<World, String> {
    let unit = params.positive_or_one("service_mean")?;
    let rate = params.positive("arrival_rate")? * unit;
    let replicas = params.whole("replicas")?;
    let load = below_one(rate / f64::from(replicas))?;
    let work = Work::of(params)?;
    let relaxation = relaxation(load, pooled) * (1.0 + work.scv) / 2.0;
    let balancer = format!("algorithm = '{algorithm}'");
    let service = format!("replicas = {replicas}");
    Ok(Open { rate, work: &work, balancer: &balancer, service: &service, relaxation }.world(unit))
}

/// The shortest queue, ties at random: near saturation all replicas together are one fast server.
pub(super) fn least_connections(params: &Params<'_>) -> Result<World, String> {
    let pooled = f64::from(params.whole("replicas")?);
    plain(params, "least_connections", pooled)
}

/// Replicas of their own speeds and weights.
pub(super) fn weighted(params: &Params<'_>) -> Result<World, String> {
    let unit = params.positive_or_one("service_mean")?;
    let rate = params.positive("arrival_rate")? * unit;
    let (weights, speeds) = (params.list("weights")?, params.list("speeds")?);
    if weights.len() != speeds.len() {
        return Err("params.weights and params.speeds are not equally many".into());
    }
    let total: f64 = weights.iter().sum();
    let fastest = speeds.iter().copied().fold(0.0, f64::max);
    let mut service = format!("replicas = {}\n", weights.len());
    let mut slowest: f64 = 1.0;
    for (i, (weight, speed)) in weights.iter().zip(&speeds).enumerate() {
        if f64::from(*weight as u32) != *weight {
            return Err(format!("params.weights has {weight}; must be whole numbers"));
        }
        slowest = slowest.max(relaxation(below_one(rate * weight / total / speed)?, *speed));
        // A request is one thread and gets one core at most: the fastest replica has one, and the work is less.
        let cores = speed / fastest;
        service += &format!("[[service.replica]]\nnumber = {}\nweight = {weight}\ncpus = {cores}\n", i + 1);
    }
    let work = Work::exponential_of(1.0 / fastest);
    Ok(Open { rate, work: &work, balancer: "algorithm = 'random'", service: &service, relaxation: slowest }
        .world(unit))
}

/// Replicas that stand for infinitely many. What they are off by is of the order of 1 / N, and more near saturation:
/// less than 0.1 % with these up to a load of 0.95, some 0.4 % at 0.99.
fn many(load: f64) -> u32 {
    if load > 0.95 { 2_000 } else { 1_000 }
}

/// The shortest of d queues.
pub(super) fn power_of_d(params: &Params<'_>) -> Result<World, String> {
    let unit = params.positive_or_one("service_mean")?;
    let load = below_one(params.positive("arrival_rate_per_replica")? * unit)?;
    let choices = params.whole("choices")?;
    let replicas = many(load);
    let rate = load * f64::from(replicas);
    // The slowest mode of the limit's differential equations is near 1.5 / (1 − ρ) for two choices and faster for
    // more, with a small part in the mean; a single choice is M/M/1.
    let slow = if choices > 1 { 1.0 / (1.0 - load) } else { relaxation(load, 1.0) };
    let warmup = 4.0 * slow + 5.0;
    // With so many replicas a run is short, and what is in progress at its end would be missed: far beyond any p99.
    let drain = 25.0 + 0.1 * slow;
    let text = format!(
        "[[traffic.source]]\nrate = {rate}\n{}\n[balancer]\nread_timeout = 'never'\nalgorithm = 'power_of_d'\n\
         params = {{ d = {choices}, replacement = 1 }}\n[[service]]\nreplicas = {replicas}\nbacklog = 10000000\n\
         sessions = 'none'\n[run]\n{}",
        Work::exponential().classes(),
        duration(warmup + 5.0 * slow + 20.0 + drain)
    );
    let note = format!("{replicas} replicas stand for infinitely many");
    Ok(World { text, warmup, drain, unit, first: Some(12), note })
}

/// Users who think, and replicas drawn at random.
pub(super) fn closed(params: &Params<'_>) -> Result<World, String> {
    let unit = params.positive_or_one("service_mean")?;
    let (users, replicas) = (params.whole("users")?, params.whole("replicas")?);
    let think = params.number("think_time_mean")? / unit;
    let round = think + f64::from(users) / f64::from(replicas);
    let warmup = 20.0 * (round + 1.0);
    // Everybody goes round once in about `round`: so many rounds that the run has enough of them.
    let length = 20.0 * warmup + 5_000.0 * (round + 1.0) / f64::from(users);
    let think = if think > 0.0 { format!("exponential {}", nanos(think)) } else { "0 s".into() };
    let text = format!(
        "[[traffic.source]]\nkind = 'users'\nusers = {users}\nthink = '{think}'\n{}\n[balancer]\n\
         read_timeout = 'never'\nalgorithm = 'random'\n[[service]]\nreplicas = {replicas}\nbacklog = 10000000\n\
         sessions = 'none'\n[run]\n{}",
        Work::exponential().classes(),
        duration(length)
    );
    Ok(World { text, warmup, drain: 0.0, unit, first: None, note: String::new() })
}
