//! Stories of requests that do several things at their replica. Every time is worked out by hand.

use doorbuster::observe::{Outcome, Outcome::*, Snapshot};
use doorbuster::scenario::Scenario;

use crate::support::{Endings, model, run};

/// Endings as (request, outcome, milliseconds), and the world at the end.
fn story(text: &str) -> (Vec<(u64, Outcome, f64)>, Snapshot) {
    let (engine, seen) = run(&model(text), 1, Endings::default());
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    (seen.0.into_iter().map(|(request, outcome, us, _)| (request, outcome, us as f64 / 1e3)).collect(), world)
}

/// `sources` requests at 100 ms, as many at 200 ms and so on until `until` ms.
fn every_100_ms(sources: usize, until: u32) -> String {
    let source = format!(
        "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.source.profile]]\nfor = '{until} ms'\n\
        [[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n"
    );
    source.repeat(sources)
}

const CPU_WAIT_CPU: &str =
    "[[traffic.class]]\nsteps = [{ time = 'A' }, { kind = 'wait', time = 'B' }, { time = 'C' }]\n";

fn cpu_wait_cpu(times: [&str; 3]) -> String {
    CPU_WAIT_CPU.replace('A', times[0]).replace('B', times[1]).replace('C', times[2])
}

/// 30 ms of CPU, 100 ms of nothing, 20 ms of CPU; one every 100 ms from 100 ms on. One thread is held all the time:
/// 100 to 250, 250 to 400, 400 to 550. Two threads on one core never need the core at the same time: each takes
/// 150 ms. The demand of the class is what a cpu step takes that has no time of its own.
#[test]
fn a_thread_is_held_while_it_waits() {
    let text = every_100_ms(1, 350)
        + &cpu_wait_cpu(["30 ms", "100 ms", "20 ms"])
        + "[[service]]\nthreads = N\n\
        [run]\nduration = '560 ms'";
    let (seen, world) = story(&text.replace("= N", "= 1"));
    assert_eq!(seen, [(0, Ok, 250.0), (1, Ok, 400.0), (2, Ok, 550.0)]);
    // 3 × 50 ms of CPU, but held for 450 ms.
    assert_eq!(world.replicas[0].cpu_used.as_millis(), 150.0);
    assert_eq!(world.replicas[0].running_level.area(world.now), 450_000_000);
    let (seen, _) = story(&text.replace("= N", "= 2"));
    assert_eq!(seen, [(0, Ok, 250.0), (1, Ok, 350.0), (2, Ok, 450.0)]);
    let own =
        text.replace("= N", "= 2").replace("steps = [{ time = '30 ms' }", "demand = '30 ms'\nsteps = [{}");
    assert_eq!(story(&own).0, seen);
}

/// Three requests at 100 ms, 10 ms of CPU, 100 ms of nothing, 10 ms of CPU. An event loop works on one at a time, to
/// 110, 120 and 130; they want it back at 210, 220 and 230 and get it at once. A thread takes them one by one.
#[test]
fn an_event_loop_is_left_while_one_waits() {
    let text = every_100_ms(3, 150)
        + &cpu_wait_cpu(["10 ms", "100 ms", "10 ms"])
        + "[[service]]\nserver = 'S'\n\
        [run]\nduration = '500 ms'";
    let (seen, _) = story(&text.replace("'S'", "'event_loop'"));
    assert_eq!(seen, [(0, Ok, 220.0), (1, Ok, 230.0), (2, Ok, 240.0)]);
    let (seen, _) = story(&text.replace("'S'", "'workers'"));
    assert_eq!(seen, [(0, Ok, 220.0), (1, Ok, 340.0), (2, Ok, 460.0)]);
    // At 150 ms all three wait, and nobody holds the loop.
    let (seen, world) = story(&text.replace("'S'", "'event_loop'").replace("500 ms", "150 ms"));
    let view = &world.replicas[0];
    assert_eq!((seen.len(), view.parked, view.running, view.waiting, view.connections), (0, 3, 0, 0, 3));
}

/// Two at 100 ms and two at 200 ms: 20 ms of CPU, 70 ms of nothing, 20 ms of CPU. The loop has 0 to 120 and 1 to 140.
/// 0 wants it back at 190 and has it to 210, while 2 and 3 come; 1 wants it back at 210, but they have waited since
/// 200: 2 to 230, 3 to 250, 1 to 270. 2 wants it back at 300, has it to 320, then 3 (since 320) to 340.
#[test]
fn who_waits_longest_gets_the_loop() {
    let text = every_100_ms(2, 250)
        + &cpu_wait_cpu(["20 ms", "70 ms", "20 ms"])
        + "[[service]]\n\
        server = 'event_loop'\n[run]\nduration = '500 ms'";
    let (seen, _) = story(&text);
    assert_eq!(seen, [(0, Ok, 210.0), (1, Ok, 270.0), (2, Ok, 320.0), (3, Ok, 340.0)]);
}

/// A request that only waits ends when its wait does; one that waits for too long loses its worker: killed 100 ms
/// after it began, at 200 ms; the next begins when the new worker has booted 50 ms later, and so on.
#[test]
fn a_worker_that_waits_is_killed_too() {
    let text = every_100_ms(1, 150)
        + "[[traffic.class]]\nsteps = [{ kind = 'wait', time = '150 ms' }]\n[[service]]\n\
        worker_timeout = 'T'\nworker_boot = '50 ms'\n[run]\nduration = '1 s'";
    assert_eq!(story(&text.replace("'T'", "'1 s'")).0, [(0, Ok, 250.0)]);
    let (seen, world) = story(&text.replace("'T'", "'100 ms'"));
    assert_eq!(seen, [(0, WorkerKilled, 200.0)]);
    assert_eq!((world.replicas[0].running, world.replicas[0].concurrency), (0, 1));
}

/// What a step lacks is said, with its place.
#[test]
fn steps_are_checked() {
    let text =
        "[[service]]\nserver = 'event_loop'\nthreads = 2\n[[traffic.class]]\nsteps = [{}, { kind = 'wait' }]";
    let problems = Scenario::from_toml_str(text).unwrap().validate().unwrap_err().to_string();
    assert!(problems.contains("traffic.class[0].steps[1].time"), "{problems}");
    assert!(problems.contains("service[0].threads"), "{problems}");
}
