//! How many requests a second the engine handles, through the public scenario path, with statistics recorded:
//! five queueing jobs that other engines have published numbers for.
//!
//! `cargo run --release --no-default-features --example speed [requests]`; with `JOB REQUESTS SEED`, JOB from 1 to 5,
//! one of them as a line of JSON, which `cargo xtask speed --against PROGRAM` compares by turns. A further number is of
//! requests before those, which do not count: what runs WebAssembly compiles well only what has run for a while.

use std::time::Instant;

use doorbuster::engine::Engine;
use doorbuster::observe::{Observation, Outcome, Probe, Quantiles};
use doorbuster::scenario::{Invalid, Model, Scenario};
use doorbuster::units::SimTime;

/// Name, what it is, arrivals a second, the rest of the scenario. Times are in units of the mean work, 1 s.
const JOBS: &[(&str, &str, f64, &str)] = &[
    ("W1", "one replica, first come first served, load 0.8", 0.8, "[[service]]"),
    (
        "W2",
        "10 replicas, least connections, load 0.9",
        9.0,
        "[[service]]\nreplicas = 10\n[balancer]\nalgorithm = 'least_connections'",
    ),
    (
        "W3",
        "100 replicas, two choices, load 0.9",
        90.0,
        "[[service]]\nreplicas = 100\n[balancer]\nalgorithm = 'power_of_d'",
    ),
    (
        "W4",
        "4 replicas, random, processor sharing, load 0.8",
        3.2,
        "[[service]]\nreplicas = 4\nthreads = 1000000\n[balancer]\nalgorithm = 'random'",
    ),
    (
        "W5",
        "as W2, clients give up after 5 and the work stops",
        9.0,
        "[[service]]\nreplicas = 10\n[balancer]\nalgorithm = 'least_connections'",
    ),
];

#[derive(Default)]
struct Statistics {
    sojourns: Quantiles,
    gave_up: u64,
}

impl Probe for Statistics {
    // As part of the engine, like the statistics of the programs that it is compared with.
    #[inline(always)]
    fn observe(&mut self, _: SimTime, seen: &Observation) {
        match *seen {
            Observation::Ended { outcome: Outcome::Ok, response_time, .. } => {
                self.sojourns.record(response_time);
            }
            Observation::Ended { .. } => self.gave_up += 1,
            _ => {}
        }
    }
}

/// The scenario of a job with about so many requests.
fn model((name, _, rate, rest): &(&str, &str, f64, &str), requests: f64) -> Result<Model, Invalid> {
    let client = if *name == "W5" { "timeout = '5 s'\non_give_up = 'work_stops'" } else { "" };
    let rest = if rest.contains("[balancer]") { rest.to_string() } else { format!("{rest}\n[balancer]") };
    let text = format!(
        "[traffic]\n{client}\n[[traffic.source]]\nrate = {rate}\n[[traffic.class]]\ndemand = 'exponential 1 s'\n\
         {rest}\nread_timeout = 'never'\n[run]\nduration = '{} s'\nwindow = '1000 s'",
        requests / rate
    )
    .replace("[[service]]", "[[service]]\nbacklog = 10000000");
    Scenario::from_toml_str(&text)?.validate()
}

/// Runs a model; its statistics and the seconds that it took.
fn timed(model: &Model, seed: u64) -> (Engine, Statistics, f64) {
    let mut engine = Engine::new(model, seed);
    let mut seen = Statistics::default();
    let start = Instant::now();
    engine.run_until(SimTime(model.duration().0), u64::MAX, &mut seen);
    (engine, seen, start.elapsed().as_secs_f64())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // For comparisons by turns: one job, its requests and a seed, and a line of JSON.
    if let [job, requests, seed, before @ ..] = &arguments[..] {
        let job = JOBS.get(job.parse::<usize>()?.wrapping_sub(1)).ok_or("jobs are 1 to 5")?;
        for requests in before {
            timed(&model(job, requests.parse()?)?, seed.parse()?);
        }
        let (engine, seen, seconds) = timed(&model(job, requests.parse()?)?, seed.parse()?);
        let (mean, offered) = (seen.sojourns.mean(), engine.ledger().offered());
        println!("{{\"w\":\"{}\",\"sim_s\":{seconds},\"mean\":{mean},\"requests\":{offered}}}", job.0);
        return Ok(());
    }
    let requests: f64 = arguments.first().map_or(Ok(1e6), |n| n.parse())?;
    println!("job   requests/s  ns/request  mean   p50    p99     gave up  events held  what");
    for job in JOBS {
        let (engine, seen, seconds) = timed(&model(job, requests)?, 42);
        let ended = engine.ledger().offered() as f64;
        println!(
            "{}  {:>12.0}  {:>10.1}  {:.4}  {:.3}  {:.3}  {:>7.5}  {:>11}  {}",
            job.0,
            ended / seconds,
            seconds * 1e9 / ended,
            seen.sojourns.mean(),
            seen.sojourns.quantile(0.5).as_secs(),
            seen.sojourns.quantile(0.99).as_secs(),
            seen.gave_up as f64 / ended,
            engine.held().0,
            job.1,
        );
    }
    Ok(())
}
