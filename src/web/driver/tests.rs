use super::*;
use crate::scenario::link::{open, read_preset};
use crate::scenario::preset;
use crate::web::live::LiveRef;

fn driver() -> (Driver, LiveRef) {
    let live = LiveRef::default();
    let scenario = read_preset(&preset::PRESETS[0]);
    (Driver::new(&scenario, live.clone()).unwrap(), live)
}

/// Runs a jump to its end; the clock stands still, so no frame runs out of time.
fn seek(driver: &mut Driver, seconds: f64) {
    driver.command(Command::Seek(SimTime((seconds * 1e9) as u64))).unwrap();
    while driver.computing().is_some() {
        driver.frame(PAUSED, 0.016, || 0.0);
    }
}

const PAUSED: Intent = Intent { playing: false, speed: Speed::Times(1.0) };
const PLAYING: Intent = Intent { playing: true, speed: Speed::Times(2.0) };

#[test]
fn paused_time_stands_still_and_played_time_goes_at_the_speed() {
    let (mut driver, live) = driver();
    assert_eq!(live.get().world.replicas.len(), 3, "the replicas are there before anything runs");
    driver.frame(PAUSED, 0.05, || 0.0);
    assert_eq!(live.get().world.now, SimTime::ZERO);
    driver.frame(PLAYING, 0.05, || 0.0);
    assert_eq!(live.get().world.now, SimTime(100_000_000));
    driver.frame(PLAYING, 3_600.0, || 0.0);
    assert_eq!(live.get().world.now, SimTime(300_000_000), "a hidden tab does not jump");
    assert_eq!(live.get().recorder.series.points.len(), 1, "a window of 200 ms is closed");
}

#[test]
fn going_back_and_on_again_is_the_same_run() {
    let (mut driver, live) = driver();
    seek(&mut driver, 12.0);
    driver.command(Command::Apply(Change::Crash { replica: "app-2".into() })).unwrap();
    seek(&mut driver, 15.0);
    let (digest, points) = (live.get().digest, live.get().recorder.series.points.clone());
    let log = live.get().log.entries().to_vec();
    seek(&mut driver, 3.3);
    assert_eq!(live.get().recorder.series.points.len(), 16);
    assert_eq!(driver.made().len(), 0, "at 3.3 s nothing was changed yet");
    seek(&mut driver, 15.0);
    assert_eq!(driver.made().len(), 1, "the crash at 12 s happens again");
    assert_eq!((live.get().digest, &live.get().recorder.series.points), (digest, &points));
    assert_eq!(live.get().log.entries(), log);
}

#[test]
fn a_change_in_the_past_discards_the_future() {
    let (mut driver, _live) = driver();
    seek(&mut driver, 12.0);
    driver.command(Command::Apply(Change::Crash { replica: "app-2".into() })).unwrap();
    seek(&mut driver, 14.0);
    seek(&mut driver, 11.0);
    assert_eq!(driver.furthest(), SimTime(14_000_000_000));
    driver.command(Command::Apply(Change::Rate { times: 3.0 })).unwrap();
    assert_eq!(driver.furthest(), SimTime(11_000_000_000));
    seek(&mut driver, 14.0);
    let made: Vec<_> = driver.made().into_iter().map(|timed| timed.change).collect();
    assert_eq!(made, [Change::Rate { times: 3.0 }]);
}

#[test]
fn steps_go_on_and_back_by_one_event() {
    let (mut driver, live) = driver();
    seek(&mut driver, 5.0);
    let mut seen = Vec::new();
    for _ in 0..5 {
        driver.command(Command::Step).unwrap();
        seen.push((live.get().world.now, live.get().digest));
    }
    assert!(seen.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 != pair[1].1));
    driver.command(Command::StepBack).unwrap();
    let last = seen.iter().rev().find(|(at, _)| *at < seen[4].0).unwrap();
    assert_eq!(live.get().world.now, last.0);
}

#[test]
fn a_step_back_at_the_start_stays_there() {
    let (mut driver, live) = driver();
    driver.command(Command::StepBack).unwrap();
    assert_eq!(live.get().world.now, SimTime::ZERO);
}

#[test]
fn a_machine_too_slow_falls_behind_honestly() {
    let (mut driver, live) = driver();
    seek(&mut driver, 12.0);
    let ticks = std::cell::Cell::new(0.0);
    let slow = || {
        ticks.set(ticks.get() + 0.01);
        ticks.get()
    };
    for _ in 0..60 {
        driver.frame(Intent { playing: true, speed: Speed::Max }, 0.016, slow);
    }
    let live = live.get();
    assert!(live.world.now < SimTime(60_000_000_000), "one window a frame");
    assert!(live.speed_reached.is_finite() && live.speed_reached > 0.0);
}

/// What the page links to runs headless to the same digest: changes made by hand become planned ones.
#[test]
fn a_recorded_session_replays_from_its_scenario() {
    let (mut driver, live) = driver();
    seek(&mut driver, 4.0);
    driver.command(Command::Apply(Change::Rate { times: 30.0 })).unwrap();
    seek(&mut driver, 6.5);
    driver.command(Command::Apply(Change::Crash { replica: "app-1".into() })).unwrap();
    seek(&mut driver, 9.0);
    let mut scenario = read_preset(&preset::PRESETS[0]);
    driver.made().iter().for_each(|timed| scenario.plan(timed));
    let (query, fragment) = crate::scenario::link::address(&scenario, Some("black-friday")).unwrap();
    let model = open(&query, &fragment).scenario.validate().unwrap();
    let mut engine = crate::engine::Engine::new(&model, model.seed());
    while engine.run_until(SimTime(9_000_000_000), 10_000, &mut ()) != crate::engine::Pace::Reached {}
    assert_eq!(engine.digest(), live.get().digest);
    assert_ne!(engine.digest(), 0);
}
