//! What a request costs: `cargo bench` (add `-- scale` and the like for a part). Numbers are requests a second.
//!
//! Five queueing jobs as in `examples/speed.rs`, the full path with every feature on, every family of distributions,
//! pools from 10 to 10,000 replicas, and up to a million requests in flight, with the memory that each takes.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)] // a program for one's own machine

use std::alloc::System;
use std::fmt;
use std::time::Instant;

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};
use doorbuster::algorithm::CATALOG;
use doorbuster::dist;
use doorbuster::engine::Engine;
use doorbuster::observe::{Observation, Outcome, Probe, Quantiles};
use doorbuster::rng::{Purpose, Stream};
use doorbuster::scenario::{Model, Scenario};
use doorbuster::units::SimTime;

#[global_allocator]
static ALLOCATOR: AllocProfiler<System> = AllocProfiler::new(System);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["once", what, requests, warm] => once(what, requests.parse().unwrap(), warm.parse().unwrap()),
        ["names"] => names().for_each(|name| println!("{name}")),
        _ => divan::main(),
    }
}

/// What [`once`] knows.
fn names() -> impl Iterator<Item = String> {
    let parts = ["everything", "plain"].into_iter().chain(PARTS.iter().map(|part| part.0)).map(String::from);
    parts.chain(flat().map(|flat| format!("{} {}", flat.0, flat.1)))
}

/// One run, for a program that counts instructions: `valgrind --tool=callgrind --toggle-collect=*counted* PROGRAM once
/// WHAT REQUESTS WARM` counts those of about so many requests after so many others. WHAT is one of `PROGRAM names`.
fn once(what: &str, requests: f64, warm: f64) {
    let all = requests + warm;
    let model = match (what, what.split_once(' ')) {
        ("everything", _) => everything_for(all),
        (_, Some((rule, replicas))) => flat_farm(rule, replicas.parse().unwrap(), all),
        _ => with_part(what, all),
    };
    let mut engine = Engine::new(&model, 42);
    let end = model.duration().0 as f64;
    engine.run_until(SimTime((end * warm / all) as u64), u64::MAX, &mut ());
    let before = engine.ledger().offered();
    let start = Instant::now();
    let seen = counted(&mut engine, SimTime(end as u64));
    let (offered, seconds) = (engine.ledger().offered() - before, start.elapsed().as_secs_f64());
    println!("{{\"requests\":{offered},\"seconds\":{seconds},\"ended\":{}}}", seen.0.count());
}

#[inline(never)]
fn counted(engine: &mut Engine, end: SimTime) -> Statistics {
    let mut seen = Statistics::default();
    engine.run_until(end, u64::MAX, &mut seen);
    seen
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

/// Parts that a world may have, one by one: a name, the section of the scenario, and what is written there.
const PARTS: &[(&str, &str, &str)] = &[
    ("memory", "[[service]]", "memory = '1 GiB'"),
    ("quota", "[[service]]", "cpu_model = 'cfs'"),
    ("connections", "[[service]]", "connections = 500"),
    ("ejection", "[balancer]", "ejection = { errors = 5 }"),
    ("hedging", "[traffic]", "hedge = { after = '10 s' }"),
    ("retry", "[traffic]", "retry = { tries = 3 }"),
    ("step", "[[traffic.class]]", "steps = [{ time = 'exponential 1 s' }]"),
    ("keep_alive", "[network]", "keep_alive = { connections = 64 }"),
    ("sessions", "[[traffic.source]]", "session = { requests = 10, think = 'exponential 500 ms' }"),
    ("limits", "[balancer]", "limits = { connections = 100000, files = 100000 }"),
    ("delay", "[balancer]", "delay = 'exponential 500 us'"),
    ("addresses", "[traffic]", "clients = { addresses = 5000, nat_share = 0.2 }"),
    (
        "call",
        "[[traffic.class]]",
        "steps = [{ time = 'exponential 1 s' }, { kind = 'call', to = 'store' }]\n[[dependency]]\nname = 'store'\n\
         time = 'exponential 1 ms'\ncores = 100",
    ),
];

/// The third job of [`job`] with one of them.
fn with_part(part: &str, requests: f64) -> Model {
    let rate = 90.0;
    let mut text = format!(
        "[run]\nduration = '{:.3} s'\n[traffic]\n[[traffic.source]]\nrate = {rate}\n[balancer]\n\
         algorithm = 'power_of_d'\nread_timeout = 'never'\n[[service]]\nreplicas = 100\nbacklog = 10000000\n\
         [[traffic.class]]\ndemand = 'exponential 1 s'\n",
        requests / rate
    );
    if let Some((_, section, lines)) = PARTS.iter().find(|known| known.0 == part) {
        if !text.contains(section) {
            text += &format!("{section}\n");
        }
        text = text.replacen(&format!("{section}\n"), &format!("{section}\n{lines}\n"), 1);
    }
    if text.contains("session =") {
        text = text.replace("rate = 90", "rate = 9");
    } else {
        text = text.replace("[[service]]\n", "[[service]]\nsessions = 'none'\n");
    }
    if text.contains("steps =") {
        text = text.replace("demand = 'exponential 1 s'\n", "");
    }
    model(&text)
}

/// What each part costs where nothing else is used: those that can stay on the plain way do.
#[divan::bench(args = PARTS.iter().map(|part| part.0), sample_count = 10)]
fn part(bencher: Bencher<'_, '_>, part: &str) {
    run(bencher, &with_part(part, 100_000.0));
}

/// `everything.toml` for about so many requests.
fn everything_for(requests: f64) -> Model {
    let text = include_str!("everything.toml");
    let whole = model(text);
    let seconds = whole.duration().0 as f64 * 1e-9 * requests / whole.expected_requests();
    model(&text.replace("duration = \"60 s\"", &format!("duration = \"{seconds:.3} s\"")))
}

/// Every part of docs/model.md at once, in `everything.toml`: sessions, users who come back, NAT, patience, retries
/// with a budget, hedging; connections with ports, hand-shakes, loss and keep-alive; two balancer instances with
/// limits, stale views, subsets, a queue, stickiness, checks, ejection, slow start, paths and headers of their own;
/// twelve replicas on hosts with shared cores and memory, in zones, with cold caches, limits of descriptors and
/// connections, Docker's checks, an autoscaler and a rolling update; steps that call a cache, a database with a
/// pool and rows, another service and a broker with background workers; faults.
///
/// One client request of it is 2.8 pieces of work: itself, 0.6 look-ups in the cache, 0.6 requests to another
/// service, 0.2 writes, 0.2 messages and 0.2 jobs. Sessions do not hedge: of the staff's requests that may, 4 % do.
/// Counted by callgrind it takes some 13,600 instructions, 9.4 times a plain one of `job`, and 3.3 times for each
/// piece. Of these a quarter is the event queue (each request has a time-out, a patience and idle connections, which
/// are all taken back, and eleven events, most of them in a heap of a thousand), 19 % looking up requests, replicas
/// and calls by their numbers, 7 % the loop itself, 6 % random numbers; nothing else has more than 4 %.
#[divan::bench(sample_count = 10)]
fn everything(bencher: Bencher<'_, '_>) {
    run(bencher, &model(include_str!("everything.toml")));
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

/// A rule whose product does not look at each replica for a choice, and how many replicas it chooses from.
struct Flat(&'static str, u32);

impl fmt::Display for Flat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}

/// All but those of O(n): nginx's round robin and least_conn, IPVS's lc, wlc, sed and nq, Caddy's least_conn and
/// hashes, AWS's least outstanding requests and the like look at each replica, as their products do.
fn flat() -> impl Iterator<Item = Flat> {
    let rules = CATALOG.iter().filter(|spec| spec.complexity != "O(n)");
    rules.flat_map(|spec| [10, 1_000, 10_000].map(|n| Flat(spec.name, n)))
}

/// A pool with such a rule.
fn flat_farm(rule: &str, replicas: u32, requests: f64) -> Model {
    let rest = format!("[balancer]\nalgorithm = '{rule}'\nhash_key = 'address'");
    farm(replicas, 0.8, &rest, requests)
}

/// The cost of a request must not grow with the pool where the product's does not. What is told is a pool at work,
/// without its start, which takes 15 ms for 10,000 replicas.
///
/// In instructions it hardly does: of the 41 rules, 35 take at most 1.2 times as many at 10,000 replicas as at 10
/// (random 1,298 and 1,498, of which the event queue has the most), two weighted ones, prequal and feedback weights
/// 1.3, HAProxy's roundrobin 1.4 and its leastconn, a tree, 1.9. In time it is memory, 3.0 times in the median and 1.0
/// to 5.5 times by rule (4.5, at most 9.2, when each replica was in one piece of 1 kB): a replica has six lines of 64
/// bytes of its own, and a request touches some 30 lines that were not looked at for long, of replicas, of those who
/// wait there, and of the event queue (callgrind, random: 0.9 misses of the first cache at 10 replicas, 31 at 10,000;
/// of one of 1 MB 15, which were 22). That is 10 MB, most of it the requests that wait. A program that does nothing but
/// touch 20 such lines in 10 MB takes 70 ns for it here, 330 ns in 32 MB.
#[divan::bench(args = flat(), sample_count = 5, sample_size = 1)]
fn scale(bencher: Bencher<'_, '_>, Flat(rule, replicas): &Flat) {
    let (warm, timed) = (2_000.0 + 10.0 * f64::from(*replicas), 100_000.0);
    let model = flat_farm(rule, *replicas, warm + timed);
    let end = SimTime(model.duration().0);
    let begun = || {
        let mut engine = Engine::new(&model, 42);
        engine.run_until(SimTime((end.0 as f64 * warm / (warm + timed)) as u64), u64::MAX, &mut ());
        engine
    };
    bencher.counter(ItemsCount::new(timed as usize)).with_inputs(begun).bench_local_values(|mut engine| {
        let mut seen = Statistics::default();
        engine.run_until(end, u64::MAX, &mut seen);
        engine
    });
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
