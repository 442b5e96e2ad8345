//! Stories of one replica: CPU quota, faults, memory, workers, health. Every time is worked out by hand.

use doorbuster::observe::{Outcome, Outcome::*, Snapshot};

use crate::support::{Endings, model, run};

/// Endings as (request, outcome, milliseconds), and the world at the end.
fn story(text: &str) -> (Vec<(u64, Outcome, f64)>, Snapshot) {
    let (engine, seen) = run(&model(text), 1, Endings::default());
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    (seen.0.into_iter().map(|(request, outcome, us, _)| (request, outcome, us as f64 / 1e3)).collect(), world)
}

/// Half a core in periods of 100 ms; the request comes at 1 s, at the start of a period. 60 ms of work: 50, a pause
/// of 50, and 10 more, 110. On two threads (two requests of half the work) the 50 ms are used up in 25.
#[test]
fn a_quota_is_kept_in_periods() {
    let source = "[[traffic.source]]\nkind = 'even'\nrate = '1/s'\n";
    let rest = "[[service]]\ncpus = 0.5\ncpu_model = 'cfs'\nthreads = 2\n[run]\nduration = '1600 ms'\n";
    let took = |threads: u64, work: u64| {
        let class = format!("[[traffic.class]]\ndemand = '{} ms'\n", work / threads);
        let (seen, _) = story(&(source.repeat(threads as usize) + &class + rest));
        assert_eq!(seen.len() as u64, threads);
        seen.iter().map(|(_, _, at)| at - 1000.0).fold(0.0, f64::max)
    };
    let one = [(10, 10.0), (50, 50.0), (60, 110.0), (100, 150.0), (200, 350.0)];
    assert_eq!(one.map(|(work, _)| (work, took(1, work))), one);
    let two = [(10, 5.0), (50, 25.0), (60, 105.0), (100, 125.0), (200, 325.0)];
    assert_eq!(two.map(|(work, _)| (work, took(2, work))), two);
}

/// 60 ms of work every 100 ms from 100 ms on, 50 ms of quota in each period, one thread. 0: 50 to 150, throttled to
/// 200, 10 more: 210. 1 (came 200) from 210: 40 to 250, throttled to 300, 20 more: 320. 2 (came 300) from 320: 30 to
/// 350, throttled to 400, 30 more: 430. Throttled three times 50 ms by 430 ms, and 1 s later no more than that.
#[test]
fn throttled_time_is_measured() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.source.profile]]\nfor = '350 ms'\n\
        [[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n[[traffic.class]]\ndemand = '60 ms'\n\
        [[service]]\ncpus = 0.5\ncpu_model = 'cfs'\n[run]\nduration = '1430 ms'";
    let (seen, world) = story(text);
    assert_eq!(seen, [(0, Ok, 210.0), (1, Ok, 320.0), (2, Ok, 430.0)]);
    let view = &world.replicas[0];
    assert_eq!((view.throttled.unwrap().as_millis(), view.cpu_used.as_millis()), (150.0, 180.0));
    // A fluid is never throttled, and has worked off the same: 100 to 220, 340, 460.
    let (seen, world) = story(&text.replace("cfs", "fluid"));
    assert_eq!(seen, [(0, Ok, 220.0), (1, Ok, 340.0), (2, Ok, 460.0)]);
    assert_eq!(world.replicas[0].throttled, None);
}

/// Four threads, four cores of quota, but two on the host: four requests of 30 ms at 1 s share them, 60 ms.
#[test]
fn no_more_cores_than_the_host_has() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '1/s'\n".repeat(4)
        + "[[traffic.class]]\ndemand = '30 ms'\n[[service]]\ncpus = 2\nthreads = 4\ncpu_model = 'MODEL'\n\
        [host]\ncores = 2\n[run]\nduration = '1100 ms'";
    for model in ["fluid", "cfs"] {
        let (seen, _) = story(&text.replace("MODEL", model));
        assert!(
            seen.len() == 4 && seen.iter().all(|(_, outcome, at)| (*outcome, *at) == (Ok, 1060.0)),
            "{model}"
        );
    }
}

const TEN_A_SECOND: &str = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '30 ms'\n\
    [[service]]\n[run]\nduration = '420 ms'\n";

/// A request each 100 ms from 100 ms on, 30 ms of work, one worker, and a fault from 110 ms to 310 ms.
///
/// Frozen: 0 has had 10 ms and gets the other 20 from 310 on: 330. 1 (200) from there: 360. 2 (300): 390. 3 (400).
/// Twice as slow, or half its CPU time taken: 0's 20 ms take 40, 150; 1 is 60 long, 260; 2 has had 5 ms of work at
/// 310 and is done at 335.
/// Failing fast: 0 is inside and well, 1 and 2 fail at once. Errors: 0 and 1 (at 130 and 230) are errors, and 2 is
/// not: it ends at 330.
#[test]
fn a_fault_comes_and_goes() {
    let story = |fault: &str| {
        let text =
            format!("{TEN_A_SECOND}[[fault]]\nat = '110 ms'\nfor = '200 ms'\nreplica = 'app-1'\n{fault}");
        story(&text).0
    };
    assert_eq!(story("kind = 'freeze'"), [(0, Ok, 330.0), (1, Ok, 360.0), (2, Ok, 390.0)]);
    let slow = [(0, Ok, 150.0), (1, Ok, 260.0), (2, Ok, 335.0)];
    assert_eq!(story("kind = 'slow'\ntimes = 2"), slow);
    assert_eq!(story("kind = 'neighbour'\nshare = 0.5"), slow);
    let fast = [(0, Ok, 130.0), (1, ErrorResponse, 200.0), (2, ErrorResponse, 300.0)];
    assert_eq!(story("kind = 'fail_fast'"), fast);
    let errors = [(0, ErrorResponse, 130.0), (1, ErrorResponse, 230.0), (2, Ok, 330.0)];
    assert_eq!(story("kind = 'errors'\nshare = 1.0"), errors);
}

/// A restart cures a process that hangs: frozen at 110 ms, killed at 250, back at 350. 0 and 1 die with it (a single
/// replica: nowhere else to try), 2 is refused at 300, 3 (400) is served to 430.
#[test]
fn a_restart_cures_a_hang() {
    let text = TEN_A_SECOND.replace("420 ms", "440 ms")
        + "[[fault]]\nat = '110 ms'\nkind = 'freeze'\nreplica = 'app-1'\n\
        [[fault]]\nat = '250 ms'\nreplica = 'app-1'\n";
    let ends = [
        (0, ReplicaCrashed, 250.0),
        (1, ReplicaCrashed, 250.0),
        (2, ConnectionRefused, 300.0),
        (3, Ok, 430.0),
    ];
    assert_eq!(story(&text).0, ends);
}

/// 100 MiB, of which 60 are the process, and 4 MiB are lost every 100 ms: 100 at 1 s, and at 1.1 s the kernel kills.
/// 8 MiB with each request: 100 with the fifth (500 ms), and the sixth is one too many (600 ms).
#[test]
fn a_leak_fills_the_memory() {
    for (fault, at, killed) in
        [("kind = 'leak'\nbytes = '40 MiB'", 1100, 1), ("kind = 'leak_requests'\nbytes = '8 MiB'", 600, 1)]
    {
        let text = TEN_A_SECOND.replace("[[service]]", "[[service]]\nmemory = '100 MiB'\nrestart = 'no'")
            + &format!("[[fault]]\nreplica = 'app-1'\n{fault}");
        let (_, before) = story(&text.replace("420 ms", &format!("{} ms", at - 1)));
        assert_eq!(
            (before.replicas[0].oom_kills, before.replicas[0].memory.total()),
            (0, 100 << 20),
            "{fault}"
        );
        let (_, after) = story(&text.replace("420 ms", &format!("{at} ms")));
        assert_eq!((after.replicas[0].oom_kills, after.replicas[0].memory.total()), (killed, 0), "{fault}");
    }
}

/// A request of 500 ms every 100 ms from 100 ms on, two workers of one thread, killed after 250 ms and replaced 100 ms
/// later. The core is shared by two: 0 (100) and 1 (200) are killed at 350 and 450; their places are there again at
/// 450 and 550, where 2 (300) and 3 (400) begin, which are killed at 700 and 800. With two threads nobody is killed.
#[test]
fn a_worker_is_killed_when_a_request_takes_too_long() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '500 ms'\n[[service]]\n\
        worker_timeout = '250 ms'\nworker_boot = '100 ms'\nworkers = 2\nthreads = 1\n[run]\nduration = '810 ms'";
    let killed = |n, at| (n, WorkerKilled, at);
    assert_eq!(story(text).0, [killed(0, 350.0), killed(1, 450.0), killed(2, 700.0), killed(3, 800.0)]);
    assert_eq!(story(&text.replace("threads = 1", "threads = 2")).0, []);
}

/// 100 MiB, of which the process takes 60 and each request 30; from 80 % on it gets slower, 3 times at the limit. With
/// one request inside, 90 %, it is half way: 2 times, and 30 ms of work take 60.
#[test]
fn memory_slows_before_it_kills() {
    let text = TEN_A_SECOND.replace(
        "[[service]]\n",
        "[[service]]\nmemory = '100 MiB'\nram = { request = '30 MiB', pressure_from = 0.8, pressure = 3 }\n",
    );
    assert_eq!(story(&text).0, [(0, Ok, 160.0), (1, Ok, 260.0), (2, Ok, 360.0)]);
}

/// on-failure with one attempt: killed at 110 ms, back at 210, killed at 250, and that was it.
#[test]
fn restarts_are_counted() {
    let text = TEN_A_SECOND
        .replace("[[service]]\n", "[[service]]\nrestart = 'on-failure'\nrestart_attempts = 1\n")
        + "[[fault]]\nat = '110 ms'\nreplica = 'app-1'\n[[fault]]\nat = '250 ms'\nreplica = 'app-1'\n";
    let (_, world) = story(&text);
    assert_eq!((world.replicas[0].state.name(), world.replicas[0].restarts), ("down", 1));
}

/// Scaled down at 110 ms with 20 ms of work left and a grace of 10: it is cut off at 120.
#[test]
fn the_grace_is_over() {
    let text = TEN_A_SECOND.replace("[[service]]\n", "[[service]]\nstop_grace = 'GRACE'\n")
        + "[[operation]]\nat = '110 ms'\nservice = 'app'\nreplicas = 0\n";
    assert_eq!(story(&text.replace("GRACE", "10 ms")).0[0], (0, ReplicaCrashed, 120.0));
    assert_eq!(story(&text.replace("GRACE", "1 s")).0[0], (0, Ok, 130.0));
}
