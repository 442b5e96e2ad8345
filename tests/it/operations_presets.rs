//! The presets about operations show what they say that they teach, under other seeds too.

use doorbuster::engine::Engine;
use doorbuster::observe::{Outcome, ReplicaState, Snapshot};
use doorbuster::scenario::{OnStop, Scenario, preset};
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
