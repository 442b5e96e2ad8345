//! The same scenario, seed and changes give the same events, however the run is cut and whoever watches.

use std::collections::BTreeMap;

use doorbuster::algorithm::CATALOG;
use doorbuster::engine::{Engine, Pace};
use doorbuster::observe::{Ledger, Observation, Probe, ReplicaView, Snapshot};
use doorbuster::scenario::{Change, Model, Scenario, SourceKind, preset};
use doorbuster::units::SimTime;
use proptest::prelude::*;

use crate::law::config;
use crate::support::{Everything, model};
use crate::worlds::{World, world};

/// How a run is cut and watched.
#[derive(Clone, Copy, Debug)]
enum Cut {
    AtOnce,
    /// At odd times, with odd budgets.
    Pieces,
    /// Event by event, with everything written down, snapshots and explanations taken.
    Watched,
    /// A copy takes over in the middle.
    Forked,
}

/// What two equal runs agree on: the order of all events, who ended how, and how much there was of what.
#[derive(Debug, PartialEq)]
struct Seen {
    digest: u64,
    now: SimTime,
    ledger: Ledger,
    replicas: Vec<ReplicaView>,
    held: (usize, usize),
}

fn seen(engine: &Engine) -> Seen {
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    let (digest, now) = (engine.digest(), engine.now());
    Seen { digest, now, ledger: *engine.ledger(), replicas: world.replicas, held: engine.held() }
}

fn at_once(engine: &mut Engine, until: SimTime) {
    assert_eq!(engine.run_until(until, u64::MAX, &mut ()), Pace::Reached);
}

fn in_pieces(engine: &mut Engine, until: SimTime) {
    let from = engine.now();
    for part in 1..=7 {
        let at = SimTime(from.0 + until.since(from).0 / 7 * part);
        while engine.run_until(at, part * 13, &mut ()) == Pace::OutOfBudget {}
    }
    at_once(engine, until);
}

fn watched(engine: &mut Engine, until: SimTime) {
    let mut everything = Everything::default();
    let mut world = Snapshot::default();
    while engine.run_until(until, 1, &mut everything) == Pace::OutOfBudget {
        if everything.0.len() % 16 == 0 {
            engine.snapshot(&mut world);
            let _ = engine.why();
            engine.explain(doorbuster::engine::Explain::Next(3));
        }
    }
}

fn forked(engine: &mut Engine, until: SimTime) {
    at_once(engine, SimTime((engine.now().0 + until.0) / 2));
    let mut copy = engine.clone();
    at_once(engine, until);
    at_once(&mut copy, until);
    assert_eq!(seen(engine), seen(&copy), "a copy goes its own way");
    *engine = copy;
}

/// The run with these live changes, cut and watched this way.
fn run(model: &Model, seed: u64, live: &[(SimTime, Change)], cut: Cut) -> Engine {
    let advance = match cut {
        Cut::AtOnce => at_once,
        Cut::Pieces => in_pieces,
        Cut::Watched => watched,
        Cut::Forked => forked,
    };
    let mut engine = Engine::new(model, seed);
    for (at, change) in live {
        advance(&mut engine, *at);
        // One that this world can't make is refused in every run alike.
        let _ = engine.apply(change.clone(), &mut ());
    }
    advance(&mut engine, SimTime(model.duration().0));
    engine
}

fn same_however_cut(scenario: &Scenario, seed: u64, live: &[(SimTime, Change)]) {
    let model = scenario.validate().unwrap();
    let first = run(&model, seed, live, Cut::AtOnce);
    for cut in [Cut::AtOnce, Cut::Pieces, Cut::Watched, Cut::Forked] {
        assert_eq!(seen(&run(&model, seed, live, cut)), seen(&first), "{cut:?}");
    }
    // What was done by hand, made by the plan.
    let replay = scenario.replay(first.changes()).validate().unwrap();
    let again = run(&replay, seed, &[], Cut::AtOnce);
    assert_eq!(again.changes(), first.changes());
    assert_eq!(seen(&again), seen(&first), "replayed");
    let other = run(&model, seed ^ 1, live, Cut::AtOnce);
    let chance = first.ledger().offered() > 20 && model.sources()[0].kind == SourceKind::Poisson;
    assert!(!chance || other.digest() != first.digest(), "another seed gives the same run");
}

#[test]
fn presets_are_the_same_however_they_are_cut() {
    for preset in preset::PRESETS {
        let mut scenario = Scenario::from_toml_str(preset.text).unwrap();
        // Enough for all of it to happen, and quick.
        scenario.run.duration.0 = scenario.run.duration.0.min(14_000_000_000);
        let app = scenario.service[0].name.clone();
        let crash = Change::Crash { replica: scenario.service[0].replica_name(1) };
        let live = [
            (SimTime(1_500_000_000), crash.clone()),
            (SimTime(2_000_000_000), Change::Scale { service: app, replicas: 4 }),
            (SimTime(2_000_000_000), Change::Rate { times: 1.5 }),
            (SimTime(2_000_000_000), Change::Sticky { on: true }),
            (SimTime(4_000_000_000), crash),
            (SimTime(4_000_000_000), Change::Algorithm { name: "power_of_d".into(), params: vec![] }),
        ];
        same_however_cut(&scenario, 42, &live);
    }
}

/// So many steps are so many events of the budget.
fn steps_are_budget(world: &World) {
    let model = world.scenario.validate().unwrap();
    let (mut one, mut all) = (Engine::new(&model, world.seed), Engine::new(&model, world.seed));
    for events in [1, 10, 100, 1_000] {
        let last = (0..events).map_while(|_| one.step(&mut ())).last();
        let _ = all.run_until(last.unwrap_or(one.now()), events, &mut ());
        assert_eq!(seen(&one), seen(&all));
    }
}

/// When requests came, of which class, and how long the only worker of a 1-core replica took for each.
#[derive(Default, PartialEq, Debug)]
struct Arrivals(BTreeMap<u64, (SimTime, u32)>, BTreeMap<u64, u64>);

impl Probe for Arrivals {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        match *seen {
            Observation::Offered { request, class } => {
                self.0.insert(request, (now, class.0));
            }
            Observation::AttemptEnded { request, waiting, sojourn, .. } => {
                self.1.insert(request, sojourn.0 - waiting.0);
            }
            _ => {}
        }
    }
}

fn arrivals(model: &Model, seed: u64, until: SimTime) -> Arrivals {
    let mut arrivals = Arrivals::default();
    let mut engine = Engine::new(model, seed);
    assert_eq!(engine.run_until(until, u64::MAX, &mut arrivals), Pace::Reached);
    arrivals
}

/// Common random numbers: another algorithm moves no arrival, no class and no demand.
#[test]
fn algorithms_meet_the_same_requests() {
    let text = |algorithm: &str| {
        format!(
            "[balancer]\nalgorithm = '{algorithm}'\nqueue = 100000\n[[traffic.source]]\nrate = '100/s'\n\
             [[traffic.source.profile]]\nfor = '8 s'\n[[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n\
             [[traffic.source]]\nkind = 'even'\nrate = '7/s'\n\
             [[traffic.source.profile]]\nfor = '8 s'\n[[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n\
             [[traffic.class]]\ndemand = 'exponential 20 ms'\n[[traffic.class]]\ndemand = 'lognormal 20 ms scv 4'\n\
             [[service]]\nreplicas = 3\n"
        )
    };
    let first = arrivals(&model(&text(CATALOG[0].name)), 42, SimTime(60_000_000_000));
    assert!(first.0.len() > 700 && first.1.len() == first.0.len(), "{} came", first.0.len());
    for spec in CATALOG {
        let again = arrivals(&model(&text(spec.name)), 42, SimTime(60_000_000_000));
        assert!(again == first, "{}", spec.name);
    }
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn any_world_is_the_same_however_it_is_cut(world in world()) {
        same_however_cut(&world.scenario, world.seed, &world.live);
        steps_are_budget(&world);
    }

    /// Whatever fails, waits or is tried again: clients who don't wait for answers come when they come.
    #[test]
    fn open_sources_don_t_care_about_the_algorithm(mut world in world()) {
        for source in &mut world.scenario.traffic.source {
            source.session = None;
            if source.kind == SourceKind::Users {
                source.kind = SourceKind::Poisson;
            }
        }
        // Not every algorithm takes backups.
        world.scenario.service[0].replica.iter_mut().for_each(|own| own.backup = false);
        let until = SimTime(world.scenario.run.duration.0);
        let mut came = CATALOG.iter().map(|spec| {
            world.scenario.balancer.algorithm = spec.name.into();
            arrivals(&world.scenario.validate().unwrap(), world.seed, until).0
        });
        let first = came.next();
        prop_assert!(came.all(|other| Some(other) == first));
    }
}
