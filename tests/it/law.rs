//! What holds in any world at every instant: conservation, limits, work conservation, Little's law.
//!
//! The worlds are random but the same in every run of the tests. `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for
//! more of them, and for others.

use doorbuster::engine::{Engine, Pace};
use doorbuster::scenario::Change;
use doorbuster::units::SimTime;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use crate::watch::Watch;
use crate::worlds::{World, world};

/// No world of these tests has more events than this.
const MOST_EVENTS: u64 = 3_000_000;
/// Long after everything is over.
const END: SimTime = SimTime(1_000_000_000_000_000);

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
            Pace::OutOfBudget if events > MOST_EVENTS => return Err("the world does not go on".into()),
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
    engine.apply(Change::Rate { times: 0.0 }, &mut watch).map_err(|error| error.0)?;
    run_in_pieces(&mut engine, &mut watch, END, &world.pieces)?;
    Ok((engine, watch))
}

fn law(holds: bool, text: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(text.to_owned()) }
}

/// What holds when nothing is left: nobody inside, no event, no timer, and Little's law to the nanosecond.
fn drained(engine: &Engine, watch: &Watch) -> Result<(), String> {
    let world = watch.world();
    law(engine.held() == (0, 0), &format!("{:?} events and requests are left", engine.held()))?;
    law(world.ledger.in_flight() == 0, "requests in flight")?;
    law(world.in_flight.area(engine.now()) == watch.response, "∫ in flight dt = Σ response times")?;
    law(world.sessions_alive == 0 && world.users == 0, "sessions or users are left")?;
    for view in &world.replicas {
        let left = (view.in_flight, view.connections, view.sessions);
        law(left == (0, 0, 0), &format!("{}: in flight, connections, sessions {left:?}", view.name))?;
    }
    law(world.balancer.as_ref().is_none_or(|balancer| balancer.queue == 0), "queue")
}

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn any_world_keeps_the_laws(world in world()) {
        let (engine, watch) = live(&world).map_err(TestCaseError::fail)?;
        drained(&engine, &watch).map_err(TestCaseError::fail)?;
    }
}
