//! The scenario of each kind of case.
//!
//! Times are brought into units of the mean service time, 1 s in the scenario, so that the clock's nanoseconds are
//! fine enough for any case. A run begins empty; what comes before `warmup` is left out. Each world says how long its
//! warm-up is, in relaxation times: of M/M/1 that is s / (1 − √ρ)² (Morse 1955), and what variability adds.

mod growth;
mod limits;
mod queues;
mod routes;
mod service;

use super::TheoryCase;
use super::params::Params;
use service::Work;

/// A case as a scenario.
pub(super) struct World {
    /// Scenario file.
    pub text: String,
    /// Seconds at the start that are not measured.
    pub warmup: f64,
    /// Seconds at the end in which requests that are offered don't count, so that those that do have ended.
    pub drain: f64,
    /// What a second of the scenario is in the case's own time.
    pub unit: f64,
    /// Replications to begin with, where the usual number is too many.
    pub first: Option<usize>,
    /// What to know about it.
    pub note: String,
}

/// Every kind.
const KINDS: [&str; 18] = [
    "single_fifo",
    "shared_queue",
    "connection_limit_loss",
    "finite_buffer",
    "processor_sharing",
    "cpu_quota",
    "route_random",
    "route_round_robin",
    "route_weighted_random",
    "route_least_connections",
    "route_power_of_d",
    "queue_timeout",
    "patience",
    "closed_loop",
    "tandem",
    "session_memory",
    "overload",
    "retries",
];

/// The scenario of a case.
pub(super) fn world(case: &TheoryCase) -> Result<World, String> {
    let params = Params::new(&case.params);
    let made = match case.kind.as_str() {
        "single_fifo" => queues::single(&params),
        "shared_queue" => queues::shared(&params),
        "processor_sharing" => queues::sharing(&params),
        "tandem" => queues::tandem(&params),
        "cpu_quota" => queues::quota(&params),
        "connection_limit_loss" => limits::no_queue(&params),
        "finite_buffer" => limits::finite(&params),
        "queue_timeout" => limits::timeout(&params),
        "patience" => limits::patience(&params),
        "route_random" => routes::plain(&params, "random", 1.0),
        "route_round_robin" => routes::plain(&params, "round_robin", 1.0),
        "route_least_connections" => routes::least_connections(&params),
        "route_weighted_random" => routes::weighted(&params),
        "route_power_of_d" => routes::power_of_d(&params),
        "closed_loop" => routes::closed(&params),
        "session_memory" => growth::sessions(&params),
        "overload" => growth::overload(&params),
        "retries" => growth::retries(&params),
        other => Err(format!("kind \"{other}\" is not known; known: {}", KINDS.join(", "))),
    }?;
    params.all_used()?;
    Ok(made)
}

/// A world of open, Poisson arrivals in units of the mean service time.
struct Open<'a> {
    /// Arrivals for each mean service time.
    rate: f64,
    work: &'a Work,
    /// How the balancer differs from one that only hands on.
    balancer: &'a str,
    /// How the service differs from one replica with one worker.
    service: &'a str,
    /// Seconds in which the world forgets its start.
    relaxation: f64,
}

/// Relaxation times before anything is measured.
const FORGOTTEN: f64 = 12.0;
/// Measured time as a multiple of the warm-up, so that little is thrown away.
const MEASURED: f64 = 19.0;
/// Requests in a replication, at least.
const LEAST: f64 = 5_000.0;

impl Open<'_> {
    fn world(&self, unit: f64) -> World {
        let warmup = FORGOTTEN * self.relaxation.max(1.0);
        let length = warmup + (MEASURED * warmup).max(LEAST / self.rate);
        World {
            text: format!(
                "[[traffic.source]]\nrate = {}\n{}\n[balancer]\nread_timeout = 'never'\ntries = 1\n\
                 max_fails = 0\n{}\n[[service]]\nbacklog = 10000000\nsessions = 'none'\n{}\n[run]\n{}",
                self.rate,
                self.work.classes(),
                self.balancer,
                self.service,
                duration(length)
            ),
            warmup,
            drain: 0.0,
            unit,
            first: None,
            note: String::new(),
        }
    }
}

/// `[run]`'s duration.
fn duration(seconds: f64) -> String {
    format!("duration = '{}'", nanos(seconds))
}

/// A time as a scenario writes it, exact to the nanosecond.
fn nanos(seconds: f64) -> String {
    format!("{:.0} ns", seconds * 1e9)
}

/// The relaxation time of M/M/1 at this load with workers of speed `speed` together.
fn relaxation(load: f64, speed: f64) -> f64 {
    let gap = 1.0 - libm::sqrt(load);
    1.0 / (gap * gap * speed)
}

/// A load that has a steady state.
fn below_one(load: f64) -> Result<f64, String> {
    if load < 1.0 { Ok(load) } else { Err(format!("a load of {load} has no steady state")) }
}
