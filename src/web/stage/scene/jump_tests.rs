//! What is seen after time has jumped.

use super::tests::{at, replica, watched, world};
use super::*;
use crate::observe::Series;
use crate::units::SimDuration;

/// After a jump back in time the rates come from the recorded windows, at once.
#[test]
fn a_jump_back_shows_the_rates_of_then() {
    let mut live = Live::default();
    let mut watch = Watch::default();
    for window in 1..=20 {
        let seconds = f64::from(window) * 0.2;
        live.world = world(seconds, vec![replica(0, 0.8, seconds)]).world;
        live.recorder.close(&live.world);
        watch.see(&live.world, &live.recorder.series, 0.2);
    }
    let back = world(2.0, vec![replica(0, 0.8, 2.0)]).world;
    watch.see(&back, &live.recorder.series, 0.0);
    assert!((watch.offered_rate() - 1000.0).abs() < 5.0);
    assert!((watch.pace(0, 2.0).cpu - 0.8).abs() < 1e-3 && watch.pace(0, 2.0).busy);
}

/// Scrubbing forward in a pause shows the rates of then at once, not the mean over the jump.
#[test]
fn a_jump_out_of_a_pause_shows_the_rates_of_then() {
    let mut live = Live::default();
    let slow = |seconds: f64| world(seconds, vec![replica(0, 0.1, seconds)]).world;
    // Calm for 2 s, then all of a CPU.
    let fast = |seconds: f64| {
        let cpu_used = SimDuration::from_secs_f64(0.4 + 2.0 * (seconds - 2.0).max(0.0));
        Snapshot {
            now: at(seconds),
            ..world(seconds, vec![ReplicaView { cpu_used, ..replica(0, 0.0, seconds) }]).world
        }
    };
    for window in 1..=30 {
        let seconds = f64::from(window) * 0.2;
        live.recorder.close(&if window <= 10 { slow(seconds) } else { fast(seconds) });
    }
    let (mut watch, series) = (Watch::default(), &live.recorder.series);
    (0..3).for_each(|_| watch.see(&slow(1.0), series, 0.016));
    assert!(!watch.pace(0, 2.0).busy);
    // All of it for 4 s: 0.1 + 0.9 · (1 − e^(−4 / 2.5)) = 0.82 of it, smoothed.
    watch.see(&fast(6.0), series, 0.016);
    assert!(watch.pace(0, 2.0).busy && watch.pace(0, 2.0).cpu > 0.99);
    // For 1 s: 0.1 + 0.9 · (1 − e^(−1 / 2.5)) = 0.40, however far the jump was.
    watch.see(&fast(3.0), series, 0.016);
    assert!(!watch.pace(0, 2.0).busy && watch.pace(0, 2.0).cpu > 0.99);
}

/// A jump takes several frames, none of which is a run: then the picture is the one of then, not a mean of the way.
#[test]
fn frames_of_a_jump_are_no_run() {
    let mut watch = Watch::default();
    let full = |seconds: f64| world(seconds, vec![replica(0, 1.0, seconds)]).world;
    let idle = |seconds: f64| {
        let cpu_used = SimDuration::from_secs_f64(2.0 * 8.0);
        let view = ReplicaView { cpu_used, ..replica(0, 0.0, seconds) };
        Snapshot { now: at(seconds), ..world(seconds, vec![view]).world }
    };
    let mut live = Live::default();
    for window in 1..=100 {
        let seconds = f64::from(window) * 0.2;
        live.recorder.close(&if seconds <= 8.0 { full(seconds) } else { idle(seconds) });
    }
    let series = &live.recorder.series;
    for (frame, world) in [full(0.2), full(8.0), idle(16.0), idle(20.0)].iter().enumerate() {
        watch.jump(frame as u64);
        watch.see(world, series, 0.016);
    }
    assert!(watch.pace(0, 2.0).cpu < 0.01 && !watch.pace(0, 2.0).busy, "{:?}", watch.pace(0, 2.0));
}

/// A step back by one event leaves the rates as they are: 1,000 a second, although nothing was recorded.
#[test]
fn a_step_back_is_no_jump() {
    let (mut watch, _) = watched(2.0, |s| world(s, vec![replica(0, 0.8, s)]));
    watch.see(&world(1.95, vec![replica(0, 0.8, 1.95)]).world, &Series::default(), 0.016);
    assert!((watch.offered_rate() - 1000.0).abs() < 5.0, "{}", watch.offered_rate());
    assert!(watch.pace(0, 2.0).busy);
    watch.see(&world(0.5, vec![replica(0, 0.8, 0.5)]).world, &Series::default(), 0.016);
    // That far back nothing is known.
    assert!(watch.offered_rate() < 1.0);
}

/// 100 attempts a second are given, 60 are answered: after a jump the card says 100. In the last three windows that is
/// 36 answers, and 24 more that wait.
#[test]
fn what_stays_inside_was_given_too() {
    let at = |seconds: f64| {
        let n = |rate: f64| libm::round(rate * seconds) as u64;
        let view = ReplicaView {
            attempts: n(100.0),
            answered: n(60.0),
            waiting: n(40.0) as u32,
            ..replica(0, 0.5, seconds)
        };
        world(seconds, vec![view]).world
    };
    let mut live = Live::default();
    (1..=20).for_each(|window| live.recorder.close(&at(f64::from(window) * 0.2)));
    let mut watch = Watch::default();
    watch.see(&at(4.0), &live.recorder.series, 0.016);
    assert!((watch.pace(0, 2.0).given - 100.0).abs() < 2.0, "{}", watch.pace(0, 2.0).given);
}
