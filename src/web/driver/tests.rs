use super::*;
use crate::scenario::link::{open, read_preset};
use crate::scenario::preset;
use crate::web::live::LiveRef;

fn driver() -> (Driver, LiveRef) {
    let live = LiveRef::default();
    let scenario = Rc::new(read_preset(&preset::PRESETS[0]));
    (Driver::new(&[scenario], std::slice::from_ref(&live)).unwrap(), live)
}

fn seek(driver: &mut Driver, seconds: f64) {
    driver.command(Command::Seek(SimTime((seconds * 1e9) as u64))).unwrap();
    arrive(driver);
}

/// Runs a jump to its end; the clock stands still, so no frame runs out of time.
fn arrive(driver: &mut Driver) {
    while driver.computing().is_some() {
        driver.frame(PAUSED, 0.016, || 0.0);
    }
}

const PAUSED: Intent = Intent { playing: false, speed: Speed::Times(1.0), auto_slow: false };
const PLAYING: Intent = Intent { playing: true, speed: Speed::Times(2.0), auto_slow: false };

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
        driver.frame(Intent { playing: true, speed: Speed::Max, auto_slow: false }, 0.016, slow);
    }
    let live = live.get();
    assert!(live.world.now < SimTime(60_000_000_000), "one window a frame");
    assert!(live.speed_reached.is_finite() && live.speed_reached > 0.0);
}

/// Without the crash the run is at 9 s what it would be had there been none; then without the rate too. A change that
/// takes its place is the next one that goes.
#[test]
fn the_last_change_is_taken_back() {
    let at_nine = |rate: bool, undone: bool| {
        let (mut driver, live) = driver();
        seek(&mut driver, 4.0);
        if rate {
            driver.command(Command::Apply(Change::Rate { times: 30.0 })).unwrap();
        }
        seek(&mut driver, 6.5);
        if undone {
            driver.command(Command::Apply(Change::Crash { replica: "app-1".into() })).unwrap();
        }
        seek(&mut driver, 9.0);
        if undone {
            let crashed = live.get().digest;
            driver.command(Command::Undo).unwrap();
            arrive(&mut driver);
            assert_ne!(live.get().digest, crashed);
        }
        let digest = live.get().digest;
        (driver, live, digest)
    };
    let (mut driver, live, undone) = at_nine(true, true);
    assert_eq!((undone, live.get().world.now), (at_nine(true, false).2, SimTime(9_000_000_000)));
    assert_eq!((driver.made().len(), live.get().changes.len()), (1, 1));
    driver.command(Command::Apply(Change::Reload)).unwrap();
    for _ in 0..2 {
        driver.command(Command::Undo).unwrap();
        arrive(&mut driver);
    }
    assert_eq!((live.get().digest, driver.made().len()), (at_nine(false, false).2, 0));
    driver.command(Command::Undo).unwrap();
    assert_eq!(live.get().world.now, SimTime(9_000_000_000), "there is nothing to take back");
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

/// Two algorithms beside each other: the same arrivals at every moment, never further apart than a slice.
#[test]
fn lanes_get_the_same_arrivals_and_the_same_changes() {
    let base = read_preset(preset::find("algorithms").unwrap());
    let lanes = ["round_robin", "least_connections"].map(|name| {
        let mut scenario = base.clone();
        name.clone_into(&mut scenario.balancer.algorithm);
        Rc::new(scenario)
    });
    let lives = [LiveRef::default(), LiveRef::default()];
    let mut driver = Driver::new(&lanes, &lives).unwrap();
    driver.frame(PLAYING, 0.1, || 0.0);
    driver.frame(PLAYING, 0.1, || 0.0);
    assert_eq!(lives[1].get().world.now, SimTime(400_000_000));
    seek(&mut driver, 6.0);
    driver.command(Command::Apply(Change::Crash { replica: "app-1".into() })).unwrap();
    seek(&mut driver, 12.0);
    {
        let (one, other) = (lives[0].get(), lives[1].get());
        assert_eq!((one.world.now, other.world.now), (SimTime(12_000_000_000), SimTime(12_000_000_000)));
        let offered = |live: &Live| live.recorder.series.points.iter().map(|p| p.offered).collect::<Vec<_>>();
        assert_eq!(offered(&one), offered(&other));
        assert_ne!(one.digest, other.digest);
        assert_eq!(one.changes, other.changes);
    }
    driver.command(Command::Step).unwrap();
    assert_eq!(lives[0].get().world.now, lives[1].get().world.now);
    // A machine that is too slow: the lanes still go together.
    let ticks = std::cell::Cell::new(0.0);
    driver.frame(Intent { playing: true, speed: Speed::Max, auto_slow: false }, 0.016, || {
        ticks.set(ticks.get() + 0.003);
        ticks.get()
    });
    let (one, other) = (lives[0].get().world.now, lives[1].get().world.now);
    assert!(one.max(other).since(one.min(other)) <= SLICE, "{one:?} {other:?}");
}

/// A lane that has no such replica goes on without the change; one that all refuse is refused.
#[test]
fn a_change_is_made_where_it_can_be() {
    let mut few = read_preset(&preset::PRESETS[0]);
    few.service[0].replicas = 2;
    let lanes = [Rc::new(few), Rc::new(read_preset(&preset::PRESETS[0]))];
    let lives = [LiveRef::default(), LiveRef::default()];
    let mut driver = Driver::new(&lanes, &lives).unwrap();
    seek(&mut driver, 2.0);
    driver.command(Command::Apply(Change::Crash { replica: "app-3".into() })).unwrap();
    assert_eq!(driver.made().len(), 1);
    assert!(driver.command(Command::Apply(Change::Crash { replica: "app-9".into() })).is_err());
}

/// A crash at 1× goes on at a quarter for a moment, if that is wanted.
#[test]
fn time_slows_down_when_something_breaks() {
    for (auto_slow, gone) in [(true, 25_000_000), (false, 100_000_000)] {
        let (mut driver, live) = driver();
        seek(&mut driver, 2.0);
        let intent = Intent { playing: true, speed: Speed::Times(1.0), auto_slow };
        driver.frame(intent, 0.1, || 0.0);
        driver.command(Command::Apply(Change::Crash { replica: "app-1".into() })).unwrap();
        let before = live.get().world.now;
        driver.frame(intent, 0.1, || 0.0);
        assert_eq!(live.get().world.now.since(before).0, gone);
        assert_eq!(live.get().slowed, auto_slow);
    }
}

/// The page looks into the balancer while it jumps to the time of its address: it still gets there.
#[test]
fn looking_does_not_stop_a_jump() {
    let (mut driver, live) = driver();
    driver.command(Command::Seek(SimTime(5_000_000_000))).unwrap();
    driver.command(Command::Look(true)).unwrap();
    while driver.computing().is_some() {
        driver.frame(PAUSED, 0.016, || 0.0);
    }
    assert_eq!(live.get().world.now, SimTime(5_000_000_000));
    assert_eq!(live.get().why.as_ref().map(|why| why.scores.len()), Some(3));
}

/// What is said on screen at the end of a run is what a report of it says, with numbers where these are exact; while it
/// goes on, only what is true at any time, and at its start nothing.
#[test]
fn warnings_on_screen_are_those_of_the_report() {
    let mut kinds = std::collections::BTreeSet::new();
    for name in
        ["black-friday", "first-server", "open-or-closed", "goodput", "port-exhaustion", "two-choices"]
    {
        let scenario = Rc::new(read_preset(preset::find(name).unwrap()));
        let model = scenario.validate().unwrap();
        let live = LiveRef::default();
        let mut driver = Driver::new(&[Rc::clone(&scenario)], std::slice::from_ref(&live)).unwrap();
        seek(&mut driver, 2.0);
        assert_eq!(live.get().warnings(false), [], "{name}");
        seek(&mut driver, model.duration().as_secs());
        let report = crate::experiment::run(&model, model.seed());
        let mut screen = live.get().warnings(true);
        assert_eq!(screen.pop().map(|last| last.kind), Some("one_seed"), "{name}");
        let kind = |warnings: &[crate::report::Warning]| warnings.iter().map(|w| w.kind).collect::<Vec<_>>();
        assert_eq!(kind(&screen), kind(&report.warnings), "{name}");
        for (mine, theirs) in screen.iter().zip(&report.warnings) {
            let exact = model.warmup() == SimDuration::ZERO && mine.kind != "coordinated_omission";
            assert!(!exact || mine == theirs, "{name}: {mine:?} {theirs:?}");
        }
        let late =
            ["stopped", "no_requests", "unfinished", "too_few_samples", "warmup_too_short", "not_settled"];
        assert!(
            live.get().warnings(false).iter().all(|w| !late.contains(&w.kind) && w.kind != "wide_interval")
        );
        kinds.extend(kind(&screen));
    }
    assert!(kinds.len() >= 4, "hardly any kind was seen: {kinds:?}");
}

/// At 50 ms no window has been closed: a replica that is added then is known by its name at once.
#[test]
fn what_is_added_has_a_name_at_once() {
    let (mut driver, live) = driver();
    seek(&mut driver, 0.05);
    driver.command(Command::Apply(Change::Scale { service: "app".into(), replicas: 5 })).unwrap();
    let (live, wanted) = (live.get(), ["app-1", "app-2", "app-3", "app-4", "app-5"]);
    assert!(live.recorder.series.points.is_empty());
    assert_eq!(live.recorder.series.names, wanted);
}
