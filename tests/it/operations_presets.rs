//! The presets about operations show what they say that they teach, under other seeds too.

use doorbuster::engine::Engine;
use doorbuster::observe::{Outcome, ReplicaState, Snapshot};
use doorbuster::scenario::{OnStop, PortBinding, Scenario, preset};
use doorbuster::units::SimTime;

use crate::support::run;

const SEEDS: [u64; 4] = [42, 1, 2, 3];

fn scenario(name: &str) -> Scenario {
    Scenario::from_toml_str(preset::find(name).expect(name).text).unwrap()
}

fn world(engine: &Engine) -> Snapshot {
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    world
}

const fn second(n: u64) -> SimTime {
    SimTime(n * 1_000_000_000)
}

/// 1, 3, 5, 2, 1 replicas 5 s after each step, and no request lost; some are when processes end at once.
#[test]
fn scale_exercise() {
    for seed in SEEDS {
        let scenario = scenario("scale-exercise");
        let mut engine = Engine::new(&scenario.validate().unwrap(), seed);
        for (at, replicas) in [(5, 1), (15, 3), (25, 5), (35, 2), (45, 1), (60, 1)] {
            engine.run_until(second(at), u64::MAX, &mut ());
            let world = world(&engine);
            let ready = world.replicas.iter().filter(|view| view.state == ReplicaState::Ready);
            assert_eq!((at, ready.count()), (at, replicas), "seed {seed}");
        }
        let ledger = *engine.ledger();
        assert!(ledger.failed() == 0 && ledger.count(Outcome::Ok) > 1_000, "seed {seed}: {ledger:?}");
        let mut hasty = scenario;
        hasty.service[0].on_stop = OnStop::AtOnce;
        let (engine, ()) = run(&hasty.validate().unwrap(), seed, ());
        let lost = engine.ledger().count(Outcome::ReplicaCrashed);
        assert!(lost > 0 && lost == engine.ledger().failed(), "seed {seed}: {lost} lost");
    }
}

/// The rush is over at 21 s. In the last 20 s of 60 less than half succeeds, and every replica has been killed at least
/// three times; with a limit on connections nobody is killed, and in the last 20 s all succeeds.
#[test]
fn memory() {
    for seed in SEEDS {
        let mut scenario = scenario("memory");
        for (limit, killed, share) in [(None, 3..100, 0.0..0.5), (Some(16), 0..1, 0.999..1.001)] {
            scenario.service[0].connections = limit;
            let mut engine = Engine::new(&scenario.validate().unwrap(), seed);
            engine.run_until(second(15), u64::MAX, &mut ());
            assert_eq!(engine.ledger().failed(), 0, "seed {seed}: calm before");
            engine.run_until(second(40), u64::MAX, &mut ());
            let before = *engine.ledger();
            engine.run_until(second(60), u64::MAX, &mut ());
            let late = engine.ledger().since(&before);
            let ended = late.count(Outcome::Ok) + late.failed();
            let ok = late.count(Outcome::Ok) as f64 / ended as f64;
            assert!(share.contains(&ok), "seed {seed}, {limit:?}: {ok}");
            let world = world(&engine);
            assert!(
                world.replicas.iter().all(|view| killed.contains(&view.oom_kills)),
                "seed {seed}, {limit:?}"
            );
        }
    }
}

/// A new version runs everywhere, and no request is lost; some are when old ones end at once, and many when new ones
/// count before they listen.
#[test]
fn deploy() {
    for seed in SEEDS {
        let scenario = scenario("deploy");
        let (engine, ()) = run(&scenario.validate().unwrap(), seed, ());
        assert_eq!(engine.replica_names().len(), 8, "seed {seed}");
        assert!(world(&engine).replicas.iter().all(|view| view.state == ReplicaState::Ready && view.id > 3));
        assert_eq!(engine.ledger().failed(), 0, "seed {seed}");
        let mut hasty = scenario.clone();
        hasty.service[0].on_stop = OnStop::AtOnce;
        let lost = run(&hasty.validate().unwrap(), seed, ()).0.ledger().count(Outcome::ReplicaCrashed);
        assert!((1..60).contains(&lost), "seed {seed}: {lost} lost");
        let mut blind = scenario;
        blind.service[0].readiness = false;
        let failed = run(&blind.validate().unwrap(), seed, ()).0.ledger().failed();
        assert!(failed > 100, "seed {seed}: {failed} failed");
    }
}

/// 60 % of four cores are 120 % of two: calm before; the survivors use all of their CPU while the zone is gone, and in
/// the end of that time most requests are lost; from 85 s on nothing is.
#[test]
fn zones() {
    for seed in SEEDS {
        let scenario = scenario("zones");
        let model = scenario.validate().unwrap();
        let cores = f64::from(scenario.service[0].replicas);
        let load = 120.0 * model.mean_demand() / cores;
        assert!((load - 0.6).abs() < 1e-9 && (load * 2.0 - 1.2).abs() < 1e-9);
        let mut engine = Engine::new(&model, seed);
        let mut until = |at| {
            engine.run_until(second(at), u64::MAX, &mut ());
            (*engine.ledger(), world(&engine))
        };
        assert_eq!(until(20).0.failed(), 0, "seed {seed}");
        let (_, begin) = until(25);
        let (late, _) = until(40);
        let (lost, end) = until(60);
        for (before, after) in begin.replicas.iter().zip(&end.replicas).filter(|(view, _)| view.zone == 1) {
            let used = after.cpu_used.as_secs() - before.cpu_used.as_secs();
            assert!(used > 0.98 * 35.0, "seed {seed}: {} used {used} s of 35", after.name);
        }
        let during = lost.since(&late);
        assert!(during.failed() > during.count(Outcome::Ok), "seed {seed}: {during:?}");
        let (healed, _) = until(85);
        let (all, _) = until(100);
        assert_eq!(all.since(&healed).failed(), 0, "seed {seed}");
    }
}

/// Of two hosts each has the port once, so admin is refused where web-1 is. Until 20 s web-1 answers everybody, while
/// its host is lost web-2 does, and from 44 s on web-1 again; only what was on its way when the host went is lost.
#[test]
fn hosts() {
    for seed in SEEDS {
        let mut engine = Engine::new(&scenario("hosts").validate().unwrap(), seed);
        let mut at = |seconds| {
            engine.run_until(second(seconds), u64::MAX, &mut ());
            let world = world(&engine);
            let held = world
                .ports
                .iter()
                .map(|view| (view.host, view.port, view.holder.clone(), view.refused.len()));
            let answered: Vec<u64> = world.replicas.iter().map(|view| view.answered).collect();
            let states: Vec<_> = world.replicas.iter().map(|view| (view.host, view.state)).collect();
            (held.collect::<Vec<_>>(), answered, states, world.ledger)
        };
        let port = |host, holder: Option<&str>, refused| (host, 8080, holder.map(str::to_owned), refused);
        let (held, one, states, ledger) = at(19);
        assert_eq!(held, [port(1, Some("web-1"), 1), port(2, Some("web-2"), 0)], "seed {seed}");
        assert_eq!(
            states,
            [(1, ReplicaState::Ready), (2, ReplicaState::Ready), (1, ReplicaState::NotStarted)]
        );
        assert!(one[0] > 500 && one[1..] == [0, 0] && ledger.failed() == 0, "seed {seed}: {one:?}");
        let (held, two, states, ledger) = at(39);
        assert_eq!(held[1], port(2, Some("web-2"), 0));
        assert!(held[0].2.is_none() && states[0].1 == ReplicaState::Down, "seed {seed}: {held:?} {states:?}");
        assert!(
            two[0] < one[0] + 60 && two[1] > 500 && ledger.failed() < 10,
            "seed {seed}: {two:?} {ledger:?}"
        );
        let (_, before, ..) = at(44);
        let (held, after, _, all) = at(60);
        assert_eq!(held[0].2.as_deref(), Some("web-1"), "seed {seed}");
        let answered = |place: usize| after[place] - before[place];
        assert!(answered(0) > 400 && answered(1) < 10, "seed {seed}: {before:?} {after:?}");
        assert_eq!(all.failed(), ledger.failed(), "seed {seed}");
    }
}

/// What `hosts` says of port 8081 is so: had admin asked for it, it would run on host 1, beside web-1 and its 8080.
#[test]
fn on_hosts_another_port_is_free() {
    let mut other = scenario("hosts");
    other.service[1].ports = vec![PortBinding::parse("8081:80").unwrap()];
    let mut engine = Engine::new(&other.validate().unwrap(), SEEDS[0]);
    engine.run_until(second(19), u64::MAX, &mut ());
    let world = world(&engine);
    let admin = &world.replicas[2];
    assert_eq!((admin.name.as_str(), admin.host, admin.state), ("admin-1", 1, ReplicaState::Ready));
    let held: Vec<_> =
        world.ports.iter().map(|view| (view.host, view.port, view.holder.as_deref())).collect();
    assert_eq!(held, [(1, 8080, Some("web-1")), (1, 8081, Some("admin-1")), (2, 8080, Some("web-2"))]);
}

/// Requests are lost before a new replica is ready; when the rush has been over for 2 min, more replicas run than ever
/// did in it. With twelve from the start hardly any is lost, at a higher price for replicas and a lower one in all.
#[test]
fn black_friday_autoscaled() {
    for seed in SEEDS {
        let mut scenario = scenario("black-friday-autoscaled");
        let mut engine = Engine::new(&scenario.validate().unwrap(), seed);
        let mut until = |at| {
            engine.run_until(second(at), u64::MAX, &mut ());
            let ready = |view: &&doorbuster::observe::ReplicaView| view.state == ReplicaState::Ready;
            (engine.ledger().failed(), world(&engine).replicas.iter().filter(ready).count())
        };
        assert_eq!(until(120), (0, 3), "seed {seed}");
        let (failed, ready) = until(200);
        assert!(failed > 1_000 && ready == 3, "seed {seed}: {failed} failed with {ready} ready");
        let (_, in_rush) = until(320);
        let (_, after) = until(440);
        assert!(after > in_rush && after >= 6, "seed {seed}: {in_rush} in the rush, {after} after it");
        assert_eq!(until(900).1, 3, "seed {seed}");
        let report = |scenario: &Scenario| doorbuster::experiment::run(&scenario.validate().unwrap(), seed);
        let late = report(&scenario);
        scenario.service[0].replicas = 12;
        scenario.service[0].autoscaler.as_mut().unwrap().min = 12;
        let early = report(&scenario);
        assert!(early.failed_share() < 0.001 && late.failed_share() > 0.2, "seed {seed}");
        let (early, late) = (early.cost_parts.unwrap(), late.cost_parts.unwrap());
        assert!(early.replicas > 1.5 * late.replicas && early.total < late.total, "seed {seed}");
    }
}

/// For the same money: one of four cores answers sooner until it dies, and then loses what four small ones do not.
#[test]
fn vertical_or_horizontal() {
    for seed in SEEDS {
        let small = scenario("vertical-or-horizontal");
        let mut large = small.clone();
        let app = &mut large.service[0];
        app.cpus = doorbuster::units::Cores::constant(4.0 * app.cpus.get());
        app.memory = app.memory.map(|memory| doorbuster::units::Bytes(4 * memory.0));
        app.replicas = 1;
        let report = |scenario: &Scenario| doorbuster::experiment::run(&scenario.validate().unwrap(), seed);
        let [small, large] = [&small, &large].map(report);
        let machines = |report: &doorbuster::report::Report| {
            let cost = report.cost_parts.unwrap();
            cost.cores + cost.memory
        };
        assert!((machines(&small) / machines(&large) - 1.0).abs() < 1e-9, "seed {seed}");
        let [a, b] = [&small, &large].map(|report| report.response_time_ms.p99.unwrap());
        assert!(b < 0.6 * a, "seed {seed}: p99 {a} against {b} ms");
        assert!(small.failed_share() < 0.005 && large.failed_share() > 0.05, "seed {seed}");
    }
}
