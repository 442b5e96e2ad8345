//! What a request costs: `cargo bench` (add `-- scale` and the like for a part). Numbers are requests a second.
//!
//! Five queueing jobs as in `examples/speed.rs`, the full path with many features on, every family of distributions,
//! pools from 10 to 10,000 replicas, and up to a million requests in flight, with the memory that each takes.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)] // a program for one's own machine

use std::alloc::System;

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};
use doorbuster::dist;
use doorbuster::engine::Engine;
use doorbuster::observe::{Observation, Outcome, Probe, Quantiles};
use doorbuster::rng::{Purpose, Stream};
use doorbuster::scenario::{Model, Scenario};
use doorbuster::units::SimTime;

#[global_allocator]
static ALLOCATOR: AllocProfiler<System> = AllocProfiler::new(System);

fn main() {
    divan::main();
}

/// Statistics as a report records them.
#[derive(Default)]
struct Statistics(Quantiles);

impl Probe for Statistics {
    fn observe(&mut self, _: SimTime, seen: &Observation) {
        if let Observation::Ended { outcome: Outcome::Ok, response_time, .. } = *seen {
            self.0.record(response_time);
        }
    }
}

fn model(text: &str) -> Model {
    Scenario::from_toml_str(text)
        .and_then(|scenario| scenario.validate())
        .unwrap_or_else(|e| panic!("{e}\n{text}"))
}

fn run(bencher: Bencher<'_, '_>, model: &Model) {
    let requests = model.expected_requests();
    bencher.counter(ItemsCount::new(requests as usize)).bench_local(|| {
        let mut engine = Engine::new(model, 42);
        let mut seen = Statistics::default();
        engine.run_until(SimTime(model.duration().0), u64::MAX, &mut seen);
        (engine.digest(), seen.0.count())
    });
}

/// Replicas of one worker with exponential work of mean 1 s.
fn farm(replicas: u32, load: f64, rest: &str, requests: f64) -> Model {
    let rate = f64::from(replicas) * load;
    model(&format!(
        "[[traffic.source]]\nrate = {rate}\n[[traffic.class]]\ndemand = 'exponential 1 s'\n[[service]]\n\
         replicas = {replicas}\nbacklog = 10000000\nsessions = 'none'\n{rest}\nread_timeout = 'never'\n\
         [run]\nduration = '{:.3} s'",
        requests / rate
    ))
}

#[divan::bench(args = ["W1", "W2", "W3", "W4", "W5"], sample_count = 10)]
fn job(bencher: Bencher<'_, '_>, job: &str) {
    let requests = 200_000.0;
    let least = "[balancer]\nalgorithm = 'least_connections'";
    let model = match job {
        "W1" => farm(1, 0.8, "[balancer]", requests),
        "W2" => farm(10, 0.9, least, requests),
        "W3" => farm(100, 0.9, "[balancer]\nalgorithm = 'power_of_d'", requests),
        "W4" => farm(4, 0.8, "threads = 1000000\n[balancer]\nalgorithm = 'random'", requests),
        _ => farm(
            10,
            0.9,
            &format!("[traffic]\ntimeout = '5 s'\non_give_up = 'work_stops'\n{least}"),
            requests,
        ),
    };
    run(bencher, &model);
}

/// Sessions, retries, patience, delays, memory, a queue, stickiness and failure accounting, all at once.
#[divan::bench(sample_count = 10)]
fn everything(bencher: Bencher<'_, '_>) {
    let text = "[traffic]\ntimeout = '2 s'\ndelay = 'exponential 5 ms'\nretry = { tries = 3, jitter = 'full', delay = '100 ms', budget = 0.2 }\n\
        [[traffic.source]]\nrate = 200\nsession = { requests = 10, think = 'exponential 500 ms' }\n\
        [[traffic.class]]\ndemand = 'lognormal 20 ms scv 4'\nmemory = '1 MiB'\n\
        [balancer]\nalgorithm = 'least_connections'\nmax_connections = 64\nqueue = 500\nqueue_timeout = '1 s'\n\
        sticky = 'cookie'\ndelay = 'exponential 500 us'\n\
        [[service]]\nname = 'app'\nreplicas = 12\ncpus = 4\nworkers = 4\nthreads = 4\nmemory = '1 GiB'\nstart_up = '3 s'\n\
        [[fault]]\nkind = 'errors'\nreplica = 'app-1'\nshare = 0.2\n[run]\nduration = '60 s'";
    run(bencher, &model(text));
}

#[divan::bench(args = ["20 ms", "exponential 20 ms", "uniform 10 ms to 30 ms", "lognormal 20 ms scv 4", "gamma 20 ms scv 0.5",
    "erlang 20 ms k 4", "hyperexponential 20 ms scv 4", "weibull 20 ms shape 0.5", "pareto 20 ms shape 2.5",
    "bounded_pareto 1 ms to 10 s shape 1.1"])]
fn distribution(bencher: Bencher<'_, '_>, text: &str) {
    let distribution = dist::parse(text).unwrap();
    let mut stream = Stream::new(1, Purpose::Demands, 0);
    bencher.counter(ItemsCount::new(10_000_usize)).bench_local(|| {
        (0..10_000).fold(0_u64, |sum, _| sum.wrapping_add(distribution.sample(&mut stream).0))
    });
}

/// The cost of a request must not grow with the pool.
#[divan::bench(args = [10, 100, 1_000, 10_000], consts = [0, 1, 2, 3], sample_count = 5)]
fn scale<const RULE: usize>(bencher: Bencher<'_, '_>, replicas: u32) {
    let rule = ["round_robin", "random", "power_of_d", "least_connections"][RULE];
    run(bencher, &farm(replicas, 0.8, &format!("[balancer]\nalgorithm = '{rule}'"), 200_000.0));
}

/// Requests that never end: the time and the memory of having them. Divan prints what was allocated at most; divide.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000], sample_count = 3)]
fn in_flight(bencher: Bencher<'_, '_>, requests: u32) {
    let text = format!(
        "[[traffic.source]]\nkind = 'even'\nrate = {requests}\n[[traffic.class]]\ndemand = '10 h'\n[balancer]\n\
         algorithm = 'least_connections'\nread_timeout = 'never'\n[[service]]\nreplicas = 100\nthreads = 100000\n\
         sessions = 'none'\n[run]\nduration = '1 s'"
    );
    let model = model(&text);
    bencher.counter(ItemsCount::new(requests)).bench_local(|| {
        let mut engine = Engine::new(&model, 42);
        engine.run_until(SimTime(model.duration().0), u64::MAX, &mut ());
        engine
    });
}
