//! The presets about fronts show what they say that they teach, under other seeds too.

use std::collections::BTreeSet;

use doorbuster::engine::Engine;
use doorbuster::observe::{Observation, Outcome, Probe, Snapshot};
use doorbuster::scenario::{CheckKind, Scenario, Sticky, preset};
use doorbuster::units::{SimDuration, SimTime};

use crate::support::{Everything, run};

const SEEDS: [u64; 3] = [42, 1, 2];

fn scenario(name: &str) -> Scenario {
    Scenario::from_toml_str(preset::find(name).expect(name).text).unwrap()
}

const fn second(n: u64) -> SimTime {
    SimTime(n * 1_000_000_000)
}

fn attempts(engine: &Engine) -> Vec<u64> {
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    world.replicas.iter().map(|view| view.attempts).collect()
}

/// Until the reload all goes to the first of five, and a third fails; in the last 15 s each has a fifth, and nothing
/// fails.
#[test]
fn stale_names() {
    for seed in SEEDS {
        let mut engine = Engine::new(&scenario("stale-names").validate().unwrap(), seed);
        engine.run_until(second(40), u64::MAX, &mut ());
        let shares = attempts(&engine);
        assert!(shares.len() == 5 && shares[1..] == [0; 4], "seed {seed}: {shares:?}");
        assert!(engine.ledger().failed() * 5 > engine.ledger().offered(), "seed {seed}");
        engine.run_until(second(45), u64::MAX, &mut ());
        let (before, failed) = (attempts(&engine), engine.ledger().failed());
        engine.run_until(second(60), u64::MAX, &mut ());
        let late: Vec<u64> = attempts(&engine).iter().zip(before).map(|(now, before)| now - before).collect();
        assert!(late.iter().all(|&n| n.abs_diff(late[0]) <= 1), "seed {seed}: {late:?}");
        assert_eq!(engine.ledger().failed(), failed, "seed {seed}");
    }
}

/// With the slow start fewer than one request in a thousand fails; without, more than one in fifty.
#[test]
fn slow_start() {
    for seed in SEEDS {
        let mut scenario = scenario("slow-start");
        let share = |scenario: &Scenario| {
            let ledger = *run(&scenario.validate().unwrap(), seed, ()).0.ledger();
            ledger.failed() as f64 / ledger.offered() as f64
        };
        let gentle = share(&scenario);
        scenario.balancer.slow_start = None;
        let hard = share(&scenario);
        assert!(gentle < 0.001 && hard > 0.02, "seed {seed}: {gentle} {hard}");
    }
}

/// Mean response time in seconds, of those that ended.
#[derive(Default)]
struct Mean(f64, f64);

impl Probe for Mean {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        if let Observation::Ended { response_time, outcome: Outcome::Ok, .. } = *seen
            && now > second(10)
        {
            (self.0, self.1) = (self.0 + response_time.as_secs(), self.1 + 1.0);
        }
    }
}

/// With fresh news least connections is best and chance worst; with news of a second least connections is worst, and
/// two choices are better than it by far.
#[test]
fn herd() {
    for seed in SEEDS {
        let mean = |algorithm: &str, stale: Option<u64>| {
            let mut scenario = scenario("herd");
            scenario.balancer.algorithm = algorithm.into();
            scenario.balancer.stale = stale.map(SimDuration::from_millis);
            scenario.balancer.shared = stale.is_none();
            let (_, mean) = run(&scenario.validate().unwrap(), seed, Mean::default());
            mean.0 / mean.1
        };
        let all = |stale| ["least_connections", "power_of_d", "random"].map(|name| mean(name, stale));
        let (fresh, old) = (all(None), all(Some(1_000)));
        assert!(fresh[0] < fresh[1] && fresh[1] < fresh[2], "seed {seed}: {fresh:?}");
        assert!(old[0] > 2.0 * old[1] && old[0] > 2.0 * old[2], "seed {seed}: {old:?}");
    }
}

/// Replicas that the balancer's checks take off at some time.
fn taken_off(scenario: &Scenario, seed: u64) -> BTreeSet<u32> {
    let (_, seen) = run(&scenario.validate().unwrap(), seed, Everything::default());
    let off = |(_, seen): &(SimTime, Observation)| match seen {
        Observation::Checked { replica, up: false, .. } => Some(replica.0),
        _ => None,
    };
    seen.0.iter().filter_map(off).collect()
}

/// At least three of the four replicas fall, one after the other; none with a check that needs no worker, and none
/// where nobody is sent back.
#[test]
fn sticky_cascade() {
    for seed in SEEDS {
        let mut scenario = scenario("sticky-cascade");
        let fallen = taken_off(&scenario, seed);
        assert!(fallen.len() >= 3, "seed {seed}: {fallen:?}");
        let mut other = scenario.clone();
        other.balancer.check.as_mut().unwrap().kind = CheckKind::Connect;
        assert_eq!(taken_off(&other, seed), BTreeSet::new(), "seed {seed}");
        scenario.balancer.sticky = Sticky::None;
        assert_eq!(taken_off(&scenario, seed), BTreeSet::new(), "seed {seed}");
    }
}

/// Of 10,000 clients, so many get another replica when there are five instead of four: by remainders 4 of 5 (those
/// whose hash has another remainder by 5 than by 4), on a ring about 1 of 5.
#[test]
fn remapped_clients() {
    use doorbuster::algorithm::{self, Decision, KeySource, MemberSettings, RequestView};
    use doorbuster::engine::pool::{Pool, Rules, Stick};
    use doorbuster::rng::{Purpose, Stream};
    let moved = |name: &str, stick: Option<Stick>| {
        let spec = algorithm::find(name).unwrap();
        let rules =
            Rules { sticky: stick.is_some(), stick: stick.unwrap_or_default(), ..Rules::for_algorithm(name) };
        let build = (spec.build)(&spec.params(&[]).unwrap());
        let mut pool = Pool::new(name, build, rules, Stream::new(1, Purpose::Algorithm, 0));
        let add = |pool: &mut Pool, n: u32| {
            let address = format!("app-{n}:80");
            let member = pool.add(1, MemberSettings { address, ..MemberSettings::DEFAULT });
            pool.set_listed(SimTime::ZERO, member, true);
        };
        (1..=4).for_each(|n| add(&mut pool, n));
        let view = |client| RequestView { client, hashed: KeySource::User, ..RequestView::default() };
        let all = |pool: &mut Pool| -> Vec<Decision> {
            (0..10_000).map(|client| pool.choose(SimTime::ZERO, &view(client))).collect()
        };
        let before = all(&mut pool);
        add(&mut pool, 5);
        let changed = all(&mut pool).iter().zip(before).filter(|(now, before)| *now != before).count();
        changed as f64 / 10_000.0
    };
    let by_remainder = [moved("nginx.hash", None), moved("round_robin", Some(Stick::Hash))];
    assert!(by_remainder.iter().all(|share| (0.78..0.82).contains(share)), "{by_remainder:?}");
    let on_a_ring = moved("nginx.hash_consistent", None);
    assert!((0.12..0.28).contains(&on_a_ring), "{on_a_ring}");
}

/// What the client sees when nobody can be asked, and when a replica refuses, by product.
#[test]
fn statuses_are_the_product_s() {
    let text = |product: &str, balancer: &str, operation: &str| {
        format!(
            "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '1 s'\n[[service]]\nrestart = 'no'\n\
             [balancer]\nproduct = '{product}'\ndiscovery = false\n{balancer}\n{operation}\n[run]\nduration = '4 s'"
        )
    };
    let last = |text: &str| {
        let (engine, ()) = run(&crate::support::model(text), 1, ());
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        world.balancer.unwrap().statuses.iter().map(|&(status, _)| status).max().unwrap()
    };
    for (product, full, refused, nobody) in [
        ("nginx", 502, 502, 502),
        ("haproxy", 503, 503, 503),
        ("caddy", 503, 502, 503),
        ("envoy", 503, 503, 503),
    ] {
        assert_eq!(last(&text(product, "max_connections = 1", "")), full, "{product} full");
        let dead = "[[fault]]\nat = '10 ms'\nreplica = 'app-1'";
        assert_eq!(last(&text(product, "retries = 0", dead)), refused, "{product} refused");
        let down = "[[operation]]\nkind = 'mode'\nreplica = 'app-1'\nmode = 'down'";
        assert_eq!(last(&text(product, "", down)), nobody, "{product} nobody");
    }
}
