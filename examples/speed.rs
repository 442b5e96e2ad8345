//! How many requests a second the engine handles, through the public scenario path, with statistics recorded:
//! five queueing jobs that other engines have published numbers for.
//!
//! `cargo run --release --no-default-features --example speed [requests]`

use std::time::Instant;

use doorbuster::engine::Engine;
use doorbuster::observe::{Observation, Outcome, Probe, Quantiles};
use doorbuster::scenario::Scenario;
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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let requests: f64 = std::env::args().nth(1).map_or(Ok(1e6), |n| n.parse())?;
    println!("job   requests/s  ns/request  mean   p50    p99     gave up  events held  what");
    for (name, what, rate, rest) in JOBS {
        let client = if *name == "W5" { "timeout = '5 s'\non_give_up = 'work_stops'" } else { "" };
        let rest = if rest.contains("[balancer]") { rest.to_string() } else { format!("{rest}\n[balancer]") };
        let text = format!(
            "[traffic]\n{client}\n[[traffic.source]]\nrate = {rate}\n[[traffic.class]]\ndemand = 'exponential 1 s'\n\
             {rest}\nread_timeout = 'never'\n[run]\nduration = '{} s'\nwindow = '1000 s'",
            requests / rate
        )
        .replace("[[service]]", "[[service]]\nbacklog = 10000000");
        let model = Scenario::from_toml_str(&text)?.validate()?;
        let mut engine = Engine::new(&model, 42);
        let mut seen = Statistics::default();
        let start = Instant::now();
        engine.run_until(SimTime(model.duration().0), u64::MAX, &mut seen);
        let seconds = start.elapsed().as_secs_f64();
        let ended = engine.ledger().offered() as f64;
        println!(
            "{name}  {:>12.0}  {:>10.1}  {:.4}  {:.3}  {:.3}  {:>7.5}  {:>11}  {what}",
            ended / seconds,
            seconds * 1e9 / ended,
            seen.sojourns.mean(),
            seen.sojourns.quantile(0.5).as_secs(),
            seen.sojourns.quantile(0.99).as_secs(),
            seen.gave_up as f64 / ended,
            engine.held().0,
        );
    }
    Ok(())
}
