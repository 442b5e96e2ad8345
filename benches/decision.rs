//! What a decision costs with all that the balancer does around it, for every algorithm of the catalogue at 10, 100 and
//! 10,000 replicas: a request comes, is handed over, and the oldest one ends. `cargo bench --bench decision`
//!
//! `decision` has no limits; in `at_the_limit` each replica takes one request, and half of them but at most 1,000 are
//! busy, so that each request takes a replica out of those that may be asked, and each end puts one back.
//!
//! `explain ALGORITHM` says which are flat (O(1) or O(log n), as their products are) and which look at each replica,
//! because their products do.

use std::collections::VecDeque;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

use divan::Bencher;
use doorbuster::algorithm::{CATALOG, Decision, KeySource, MemberSettings, RequestView, Spec, product};
use doorbuster::engine::pool::{Attempt, End, Pool, Rules};
use doorbuster::rng::{Purpose, Stream};
use doorbuster::units::{SimDuration, SimTime};

fn main() {
    divan::main();
}

/// An algorithm and how many replicas it chooses from.
struct Case(&'static Spec, u32);

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.name, self.1)
    }
}

fn cases() -> impl Iterator<Item = Case> {
    CATALOG.iter().flat_map(|spec| [10, 100, 10_000].map(|n| Case(spec, n)))
}

/// A balancer with requests in flight.
struct World {
    pool: Pool,
    flights: VecDeque<u32>,
    round: u64,
    most: usize,
}

impl World {
    fn new(case: &Case, limit: u32, most: usize) -> Self {
        let Case(spec, n) = *case;
        let algorithm =
            spec.params(&[]).map(|params| (spec.build)(&params)).unwrap_or_else(|_| unknown(spec));
        let rules = Rules { queue: u32::MAX, ..Rules::of(product::of(spec.name)) };
        let mut pool = Pool::new(spec.name, algorithm, rules, Stream::new(1, Purpose::Algorithm, 0));
        for place in 0..n {
            let address = format!("app-{place}:80");
            let settings = MemberSettings { address, max_connections: limit, ..MemberSettings::DEFAULT };
            let member = pool.add(1, settings);
            pool.set_listed(SimTime::ZERO, member, true);
        }
        let mut world = Self { pool, flights: VecDeque::new(), round: 0, most };
        // What is built once is built here.
        (0..most + 200).for_each(|_| world.turn());
        world
    }

    fn turn(&mut self) {
        self.round += 1;
        let now = SimTime(self.round * 1_000);
        let number = self.round.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let address = IpAddr::V4(Ipv4Addr::from_bits((number >> 32) as u32));
        let hashed = KeySource::User;
        let request =
            RequestView { client: number, address: address.into(), hashed, ..RequestView::default() };
        let decision = self.pool.choose(now, &request);
        if let Decision::Route(member) = decision {
            while self.pool.wants_report().is_some() {}
            self.pool.taken(now, member);
            self.flights.push_back(member);
        }
        if self.flights.len() > self.most || !matches!(decision, Decision::Route(_)) {
            let Some(member) = self.flights.pop_front() else { return };
            let response_time = SimDuration(20_000_000 + number % 1_000_000);
            self.pool.finished(
                now,
                &Attempt { member, response_time, end: End::Ok, attempts: 1, named: false, repeatable: true },
            );
        }
    }
}

/// An algorithm without its own defaults can't be there: the contract suite has seen to that.
fn unknown(spec: &Spec) -> Box<dyn doorbuster::algorithm::Algorithm> {
    (spec.build)(&doorbuster::algorithm::Params::none())
}

#[divan::bench(args = cases(), sample_count = 20, max_time = 0.15)]
fn decision(bencher: Bencher<'_, '_>, case: &Case) {
    let mut world = World::new(case, u32::MAX, (2 * case.1 as usize).min(1_000));
    bencher.bench_local(|| world.turn());
}

#[divan::bench(args = cases(), sample_count = 20, max_time = 0.15)]
fn at_the_limit(bencher: Bencher<'_, '_>, case: &Case) {
    let mut world = World::new(case, 1, (case.1 as usize / 2).min(1_000));
    bencher.bench_local(|| world.turn());
}
