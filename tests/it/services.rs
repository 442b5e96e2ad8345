//! Presets of what services depend on show what they say that they teach, under other seeds too.

use doorbuster::engine::Engine;
use doorbuster::observe::{CallFailure, DependencyNews, Event, EventLog, Ledger, Outcome, Snapshot};
use doorbuster::scenario::{Scenario, preset};
use doorbuster::units::SimTime;

use crate::support::run;

const SEEDS: [u64; 3] = [42, 1, 2];

fn scenario(name: &str) -> Scenario {
    Scenario::from_toml_str(preset::find(name).expect(name).text).unwrap()
}

fn world(engine: &Engine) -> Snapshot {
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    world
}

/// The world at each of these seconds.
fn at(scenario: &Scenario, seed: u64, seconds: &[u64]) -> Vec<Snapshot> {
    let mut engine = Engine::new(&scenario.validate().unwrap(), seed);
    let look = |second: &u64| {
        engine.run_until(SimTime(second * 1_000_000_000), u64::MAX, &mut ());
        world(&engine)
    };
    seconds.iter().map(look).collect()
}

/// What ended between two looks.
fn between(looks: &[Snapshot]) -> Vec<Ledger> {
    looks.windows(2).map(|pair| pair[1].ledger.since(&pair[0].ledger)).collect()
}

/// While the database is slow, most requests fail and the CPU is idle; before and after nothing fails.
#[test]
fn pool() {
    for seed in SEEDS {
        let looks = at(&scenario("pool"), seed, &[0, 8, 9, 13, 15, 20]);
        let seen = between(&looks);
        assert_eq!((seen[0].failed(), seen[4].failed()), (0, 0), "seed {seed}");
        let slow = &seen[2];
        assert!(slow.failed() > 2 * slow.count(Outcome::Ok), "seed {seed}: {slow:?}");
        let used = looks[3].replicas[0].cpu_used.as_secs() - looks[2].replicas[0].cpu_used.as_secs();
        assert!(used / 4.0 < 0.35, "seed {seed}: {used} s of CPU in 4 s");
        assert_eq!(looks[3].dependencies[0].in_use.value(), 20, "seed {seed}");
    }
}

/// Two replicas do more than one, four no more than two, eight less, and sixteen are refused connections.
#[test]
fn database_bound() {
    for seed in SEEDS {
        let looks = at(&scenario("database-bound"), seed, &[0, 20, 40, 60, 80, 100]);
        let done: Vec<f64> = between(&looks).iter().map(|seen| seen.count(Outcome::Ok) as f64).collect();
        assert!(done[1] > 1.3 * done[0], "seed {seed}: {done:?}");
        assert!(done[2] < 1.05 * done[1], "seed {seed}: {done:?}");
        assert!(done[3] < 0.85 * done[2], "seed {seed}: {done:?}");
        assert!(done[4] < done[3], "seed {seed}: {done:?}");
        let refused = |look: &Snapshot| look.dependencies[0].failed[CallFailure::ConnectionLimit as usize].1;
        assert_eq!(refused(&looks[4]), 0, "seed {seed}");
        assert!(refused(&looks[5]) > 0, "seed {seed}");
    }
}

/// Keys that expire together bring a stampede every 5 s; those that don't, or that one fetches, don't.
#[test]
fn stampede() {
    for seed in SEEDS {
        let together = scenario("stampede");
        let peak = |scenario: &Scenario| {
            let (engine, log) = run(&scenario.validate().unwrap(), seed, EventLog::default());
            let news =
                |event: &Event| matches!(event, Event::Dependency { news: DependencyNews::Stampede, .. });
            let stampedes = log.entries().iter().filter(|entry| news(&entry.event)).count();
            (world(&engine).dependencies[1].in_use.peak(), stampedes)
        };
        let (high, stampedes) = peak(&together);
        assert!(stampedes >= 1, "seed {seed}: {stampedes} stampedes");
        let mut jittered = together.clone();
        jittered.dependency[0].cache.jitter = 0.8;
        jittered.dependency[0].cache.warm = true;
        let (low, _) = peak(&jittered);
        assert!(low * 2 < high, "seed {seed}: {low} and {high} queries at once");
        let mut single = together.clone();
        single.dependency[0].cache.single_flight = true;
        let (one, stampedes) = peak(&single);
        assert!(one * 2 < high && stampedes == 0, "seed {seed}: {one} and {high} queries at once");
        // The saw: more calls of the database in the half second after 5 s than in the three before.
        let looks = at(&together, seed, &[2, 5, 6]);
        let calls: Vec<u64> = looks.iter().map(|look| look.dependencies[1].requests).collect();
        assert!(calls[2] - calls[1] > 50 && calls[1] - calls[0] < 10, "seed {seed}: {calls:?}");
    }
}

/// A third of the updates is lost: 3,000 in cycles of 150 ms, so the share is known to about 0.01.
#[test]
fn lost_update() {
    for seed in SEEDS {
        let mut scenario = scenario("lost-update");
        let share = |scenario: &Scenario| {
            let world = at(scenario, seed, &[300]).remove(0);
            let lost = world.ledger.count(Outcome::LostUpdate);
            assert_eq!(world.ledger.failed(), lost, "seed {seed}");
            lost as f64 / world.dependencies[0].answered as f64
        };
        let lost = share(&scenario);
        assert!((lost - 1.0 / 3.0).abs() < 0.04, "seed {seed}: {lost}");
        scenario.traffic.class[0].steps[1].lock = true;
        assert_eq!(share(&scenario), 0.0, "seed {seed}");
    }
}

/// Payments are the only service that is short of CPU; with three more replicas of it alone, orders are quick again.
#[test]
fn shop() {
    for seed in SEEDS {
        let looks = at(&scenario("shop"), seed, &[0, 20, 30, 40, 50, 60]);
        let used = |name: &str, from: usize, to: usize| {
            let of = |look: &Snapshot| {
                let views = look.replicas.iter().filter(|view| view.service == name);
                views.map(|view| view.cpu_used.as_secs()).sum::<f64>()
            };
            (of(&looks[to]) - of(&looks[from])) / (looks[to].now.as_secs() - looks[from].now.as_secs())
        };
        assert!(used("payments", 1, 3) > 0.98, "seed {seed}: {}", used("payments", 1, 3));
        for other in ["edge", "sso", "orders", "notifications"] {
            assert!(used(other, 1, 5) < 0.75, "seed {seed}: {other} {}", used(other, 1, 5));
        }
        let open = |look: &Snapshot| look.ledger.in_flight();
        assert!(open(&looks[1]) < 30 && open(&looks[3]) > 300 && open(&looks[5]) < 60, "seed {seed}");
    }
}

/// No basket is lost, whoever dies; while the store is gone every request fails.
#[test]
fn shared_cart() {
    for seed in SEEDS {
        let looks = at(&scenario("shared-cart"), seed, &[0, 40, 41, 44, 46, 60]);
        let seen = between(&looks);
        assert_eq!(looks[5].sessions_lost, 0, "seed {seed}");
        assert!(seen[0].count(Outcome::ReplicaCrashed) < 10, "seed {seed}");
        assert!(
            seen[2].count(Outcome::Ok) == 0 && seen[2].count(Outcome::DependencyFailed) > 100,
            "seed {seed}"
        );
        assert_eq!(seen[4].failed(), 0, "seed {seed}");
    }
}
