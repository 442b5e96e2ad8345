//! What holds in any world at every instant: conservation, limits, work conservation, Little's law.
//!
//! The worlds are random but the same in every run of the tests. `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for
//! more of them, and for others.

use doorbuster::algorithm;
use doorbuster::engine::{Engine, Pace};
use doorbuster::observe::{DependencyView, Outcome, ReplicaView};
use doorbuster::scenario::{Change, Fault, OperationKind};
use doorbuster::units::{SimDuration, SimTime};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::watch::Watch;
use crate::worlds::{World, world};

/// No world of these tests has more events than this.
const MOST_EVENTS: u64 = 3_000_000;
/// Long after everything is over.
const END: SimTime = SimTime(1_000_000_000_000_000);
/// Long after everything else is over, where some things come again and again.
const END_OF_OTHERS: u64 = 1_000_000_000_000;

/// `cases` worlds, the same ones each time, unless the environment asks for others.
pub fn config(cases: u32) -> Config {
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        config.rng_seed = RngSeed::Fixed(42);
    }
    config
}

/// Runs to `until` in pieces, and checks after each.
fn run_in_pieces(
    engine: &mut Engine,
    watch: &mut Watch,
    until: SimTime,
    pieces: &[u64],
) -> Result<(), String> {
    let mut events = 0;
    for piece in pieces.iter().cycle() {
        let pace = engine.run_until(until, *piece, watch);
        events += piece;
        watch.check(engine, pace == Pace::Reached)?;
        match pace {
            Pace::Reached => return Ok(()),
            Pace::OutOfBudget if events > MOST_EVENTS => {
                return Err(format!(
                    "the world does not go on: {:?} events and requests are left",
                    left(engine)
                ));
            }
            Pace::OutOfBudget => {}
            Pace::TooManyRequests => return Err("too many requests".into()),
        }
    }
    Ok(())
}

/// The whole run with its live changes, then no more traffic until everything is over.
fn live(world: &World) -> Result<(Engine, Watch), String> {
    let model = world.scenario.validate().map_err(|problems| format!("does not validate: {problems}"))?;
    let mut engine = Engine::new(&model, world.seed);
    let mut watch = Watch::new(&model, world.reloads());
    for (at, change) in &world.live {
        run_in_pieces(&mut engine, &mut watch, *at, &world.pieces)?;
        // What this world can't do is refused, and nothing changes.
        let before = (engine.digest(), engine.changes().len());
        let applied = engine.apply(change.clone(), &mut watch);
        let after = (engine.digest(), engine.changes().len());
        match applied {
            Ok(()) => law(after.1 == before.1 + 1, "a change is not recorded")?,
            Err(_) => law(after == before, "a refused change changes something")?,
        }
        watch.check(&engine, false)?;
    }
    run_in_pieces(&mut engine, &mut watch, SimTime(model.duration().0), &world.pieces)?;
    engine.apply(Change::Rate { times: 0.0 }, &mut watch).map_err(|error| error.to_string())?;
    for zone in 1..=world.scenario.host.zones {
        engine.apply(Change::RestoreZone { zone }, &mut watch).map_err(|error| error.to_string())?;
    }
    for view in watch.world().replicas.clone() {
        let heal = Change::Heal { replica: view.name.clone(), fault: None };
        if let Err(error) = engine.apply(heal, &mut watch) {
            // What is due at this instant comes before the change, and may have removed the replica.
            watch.check(&engine, false)?;
            law(watch.world().replicas.iter().all(|other| other.name != view.name), &error.to_string())?;
        }
    }
    for heal in crate::worlds::steps::heal_all(&world.scenario) {
        engine.apply(heal, &mut watch).map_err(|error| error.to_string())?;
    }
    // Where some things come again and again, there is no end of events: it is over when nothing else is left.
    let mut end = END_OF_OTHERS;
    run_in_pieces(&mut engine, &mut watch, SimTime(end), &[MOST_EVENTS / 2])?;
    let endless = |engine: &Engine, watch: &Watch| engine.standing() > 0 || watch.kills_the_unhealthy();
    while endless(&engine, &watch) && !quiet(&engine, &watch) && end < END_OF_OTHERS * 64 {
        end *= 4;
        run_in_pieces(&mut engine, &mut watch, SimTime(end), &[MOST_EVENTS / 2])?;
    }
    if !endless(&engine, &watch) {
        run_in_pieces(&mut engine, &mut watch, END, &[MOST_EVENTS / 2])?;
    }
    Ok((engine, watch))
}

/// Events that are left beside those that come again and again, and requests.
fn left(engine: &Engine) -> (usize, usize) {
    (engine.held().0 - engine.standing(), engine.held().1)
}

/// Nothing is left that ends soon. A check that kills whoever takes too long to start does so for ever, and messages
/// that are too much for their workers kill them for days.
fn quiet(engine: &Engine, watch: &Watch) -> bool {
    let world = watch.world();
    let waits = |view: &DependencyView| view.broker.as_ref().is_some_and(|b| b.queue.value() > 0);
    let dying = watch.kills_the_unhealthy() || world.dependencies.iter().any(waits);
    // A start or a restart, a check, and caches that warm up; a rollout that waits for them looks twice after each
    // change of a state, and some follow each other within its pause.
    let starts = if dying { 8 * world.replicas.len() } else { 0 };
    let calls = |view: &DependencyView| view.open + view.in_use.value() + view.waiting.value();
    let (events, requests) = left(engine);
    events <= starts && requests == 0 && world.dependencies.iter().all(|view| calls(view) == 0)
}

fn law(holds: bool, text: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(text.to_owned()) }
}

/// What holds when nothing is left: nobody inside, no event, no timer, and Little's law to the nanosecond.
fn drained(engine: &Engine, watch: &Watch) -> Result<(), String> {
    let world = watch.world();
    law(quiet(engine, watch), &format!("{:?} events and requests are left", left(engine)))?;
    law(world.ledger.in_flight() == 0, "requests in flight")?;
    law(world.in_flight.area(engine.now()) == watch.response, "∫ in flight dt = Σ response times")?;
    law(world.sessions_alive == 0 && world.users == 0, "sessions or users are left")?;
    for view in &world.replicas {
        let left = (view.in_flight, view.connections, view.sessions);
        law(left == (0, 0, 0), &format!("{}: in flight, connections, sessions {left:?}", view.name))?;
    }
    for view in &world.dependencies {
        let left = (view.open, view.in_use.value(), view.waiting.value());
        law(left == (0, 0, 0), &format!("{}: open, in progress, waiting {left:?}", view.name))?;
        let broker = view.broker.as_ref();
        let idle = broker.is_none_or(|b| b.with_workers == 0 && (b.queue.value() == 0 || b.workers == 0));
        law(idle, &format!("{}: messages are left {broker:?}", view.name))?;
    }
    for door in world.fronts().filter_map(|front| front.door) {
        let left = (door.clients, door.attempts, door.waiting, door.busy);
        law(left == (0, 0, 0, 0), &format!("door: {left:?}"))?;
    }
    law(world.balancer.as_ref().is_none_or(|balancer| balancer.queue == 0), "queue")
}

/// What happens to replicas and messages.
const HAPPENS: [&str; 13] = [
    "scaled",
    "rolled out",
    "host full",
    "zone",
    "unhealthy",
    "worker",
    "done",
    "returned",
    "lost",
    "dead",
    "dropped",
    "job failed",
    "queue full",
];

/// Each of these happens to somebody in a few hundred worlds: the laws are not kept by worlds in which nothing happens.
#[test]
fn everything_happens_in_some_world() {
    use Outcome::*;
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(42), ..config(0) });
    let mut ended = std::collections::BTreeMap::new();
    let mut seen = std::collections::BTreeMap::new();
    let (mut killed, mut refused, mut queued, mut attempts, mut changes) = (0, 0, 0, 0, 0);
    for _ in 0..450 {
        let world = world().new_tree(&mut runner).unwrap().current();
        let (engine, watch) = live(&world).unwrap_or_else(|text| panic!("{text}\n{world:?}"));
        watch.ended().iter().for_each(|(outcome, n)| *ended.entry(*outcome).or_insert(0) += n);
        watch.seen.iter().for_each(|(what, n)| *seen.entry(*what).or_insert(0) += n);
        let end = watch.world();
        killed += end.replicas.iter().map(|view| view.oom_kills).sum::<u32>();
        refused += end.ports.iter().map(|port| port.refused.len()).sum::<usize>();
        queued += end.balancer.as_ref().map_or(0, |balancer| balancer.queue_level.peak());
        attempts += end.attempts;
        changes += engine.changes().len();
        watch.count_messages(&mut seen);
    }
    for what in HAPPENS {
        assert!(seen.get(what).is_some_and(|&n| n > 5), "{what}: {seen:?}");
    }
    assert!(seen["doubled"] > 0, "no job is done twice");
    let happens = [
        Ok,
        ConnectionRefused,
        BacklogOverflow,
        NoFreeConnection,
        QueueFull,
        QueueTimeout,
        NoHealthyReplica,
        ReadTimeout,
        ClientGaveUp,
        OutOfMemory,
        ReplicaCrashed,
        SessionLost,
        ErrorResponse,
        WorkerKilled,
        NoFreePort,
        ConnectTimeout,
        DependencyFailed,
        LostUpdate,
        Shed,
    ];
    for outcome in happens {
        assert!(ended.get(&outcome).is_some_and(|&n| n > 20), "{outcome:?}: {ended:?}");
    }
    assert!(killed > 20 && refused > 20 && queued > 100 && attempts > 20_000 && changes > 300);
}

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn any_world_keeps_the_laws(world in world()) {
        let (engine, watch) = live(&world).map_err(TestCaseError::fail)?;
        drained(&engine, &watch).map_err(TestCaseError::fail)?;
    }

    /// Where nobody leaves early, Little's law holds for the replicas too: ∫ inside dt = Σ sojourn times, to the
    /// nanosecond, whatever dies; and nothing works longer than it was asked to.
    #[test]
    fn little_s_law_holds_inside(mut world in world()) {
        world.scenario.traffic.timeout = None;
        world.scenario.balancer.read_timeout = SimDuration::FOREVER;
        // Who asks from another service may die before the answer.
        let classes = world.scenario.traffic.class.iter_mut();
        classes.for_each(|class| class.steps.retain(|step| step.class.is_none()));
        world.scenario.traffic.hedge = None;
        // Jobs whose broker went are done for nobody.
        let of_queue = |fault: &mut Fault| fault.dependency != "queue";
        world.scenario.fault.retain_mut(of_queue);
        let gone = |change: &Change| matches!(change, Change::BreakDependency { dependency, .. } if dependency == "queue");
        world.live.retain(|(_, change)| !gone(change));
        // A replica that is removed is no longer shown.
        world.scenario.operation.retain(|operation| operation.kind != OperationKind::Scale);
        world.scenario.operation.retain(|operation| operation.kind != OperationKind::Deploy);
        world.scenario.service.iter_mut().for_each(|service| service.autoscaler = None);
        world.live.retain(|(_, change)| !matches!(change, Change::Scale { .. } | Change::Deploy { .. }));
        let (engine, watch) = live(&world).map_err(TestCaseError::fail)?;
        drained(&engine, &watch).map_err(TestCaseError::fail)?;
        let area = |view: &ReplicaView| view.in_system_level.area(engine.now());
        let inside: u128 = watch.world().replicas.iter().map(area).sum();
        prop_assert_eq!(inside, watch.sojourn);
        let busy = |view: &ReplicaView| view.running_level.area(engine.now());
        for view in &watch.world().replicas {
            // Each in service uses at most a core, at most its share; a nanosecond is lost or won with each rounding.
            let (used, slack) = (u128::from(view.cpu_used.0), 4 * (u128::from(view.attempts) + 1));
            prop_assert!(used <= busy(view) + slack, "{}: {used} ns of CPU in {} ns of service", view.name, busy(view));
        }
    }

    /// Weights are shares: twice all of them is the same run, event by event. Not so in products, which count turns
    /// or let a lowered weight grow back by 1, nor with remainders by the sum of the weights.
    #[test]
    fn weights_have_no_scale(mut world in world()) {
        let scaled = |name: &str| name.contains('.') || algorithm::find(name).is_some_and(|spec| spec.keyed);
        let operations = world.scenario.operation.iter_mut().map(|operation| &mut operation.algorithm);
        for name in operations.chain([&mut world.scenario.balancer.algorithm]).filter(|name| scaled(name)) {
            *name = "least_connections".into();
        }
        world.scenario.operation.retain(|operation| operation.kind != OperationKind::Weight);
        world.scenario.balancer.params = Default::default();
        let digest = |world: &World| {
            let mut engine = Engine::new(&world.scenario.validate().unwrap(), world.seed);
            let end = SimTime(world.scenario.run.duration.0);
            (engine.run_until(end, MOST_EVENTS, &mut ()), engine.digest())
        };
        let plain = digest(&world);
        let app = &mut world.scenario.service[0];
        app.weight *= 2;
        app.replica.iter_mut().filter_map(|own| own.weight.as_mut()).for_each(|weight| *weight *= 2);
        prop_assert_eq!(digest(&world), plain);
    }
}
