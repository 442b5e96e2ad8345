//! Autoscalers that look at what waits. Every time is worked out by hand.

use doorbuster::observe::{Observation, Snapshot};

use crate::support::{Everything, model, run};

const SCALER: &str = "signal = 'queue'\nevery = '700 ms'\nwindow = '700 ms'\nlag = '0 s'\nup_replicas = 10\n";

/// What the autoscaler did: millisecond, from, to.
fn scaled(seen: &Everything) -> Vec<(u64, u32, u32)> {
    let scaled = seen.0.iter().filter_map(|(at, seen)| match seen {
        Observation::Scaled { from, to, .. } => Some((at.0 / 1_000_000, *from, *to)),
        _ => None,
    });
    scaled.collect()
}

/// Twelve jobs of 1 s at 100 ms, for one worker of one place that reserves one: it has the first, 11 wait. At 700 ms
/// three are the target for each: ⌈11 / 3⌉ = 4 workers. So jobs end at 1.1 (one), 1.7 (three), 2.1, 2.7 (three), 3.1
/// and 3.7 s (three). Fewer are wanted at 1.4 s, when 7 wait: ⌈7 / 3⌉ = 3, which counts only where nothing stabilises.
#[test]
fn workers_by_the_length_of_their_queue() {
    let text = |stabilisation: &str, duration: u32| {
        format!(
            "{}[[traffic.class]]\nsteps = [{{ kind = 'enqueue', to = 'queue', class = 'job' }}]\n\
            [[traffic.class]]\nname = 'job'\nshare = 0\nservice = 'worker'\ndemand = '1 s'\n\
            [[service]]\nthreads = 20\n[[service]]\nname = 'worker'\n\
            [service.autoscaler]\n{SCALER}target = 3\nstabilisation = '{stabilisation}'\n\
            [[dependency]]\nname = 'queue'\nkind = 'broker'\ntime = '0 s'\n\
            [dependency.broker]\nservice = 'worker'\nprefetch = 1\n[run]\nduration = '{duration} ms'",
            "[[traffic.source]]\nkind = 'trace'\ntrace = '0.1'\n".repeat(12)
        )
    };
    let done = |duration: u32| {
        let (engine, seen) = run(&model(&text("10 s", duration)), 1, Everything::default());
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        (scaled(&seen), world.dependencies[0].broker.as_ref().map_or(0, |broker| broker.done))
    };
    let once = vec![(700, 1, 4)];
    assert_eq!([1_050, 1_150, 1_750, 2_150, 2_750, 3_150].map(|ms| done(ms).1), [0, 1, 4, 5, 8, 9]);
    assert_eq!(done(3_750), (once, 12));
    let (_, seen) = run(&model(&text("0 s", 1_500)), 1, Everything::default());
    assert_eq!(scaled(&seen), [(700, 1, 4), (1_400, 4, 3)]);
}

/// Seven requests of 1 s at 100 ms for a replica that does one at a time: six wait, in its backlog or, with a limit, in
/// the balancer. Two are the target: three replicas. What waits in a backlog stays there; what waits in the balancer
/// goes to the two new ones at once, and four wait.
#[test]
fn replicas_by_what_waits() {
    for (balancer, waiting) in [("", (6, 0)), ("max_connections = 1\nqueue = 10", (0, 4))] {
        let text = format!(
            "{}[[traffic.class]]\ndemand = '1 s'\n[[service]]\n[service.autoscaler]\n{SCALER}target = 2\n\
            [balancer]\n{balancer}\n[run]\nduration = '800 ms'",
            "[[traffic.source]]\nkind = 'trace'\ntrace = '0.1'\n".repeat(7)
        );
        let (engine, seen) = run(&model(&text), 1, Everything::default());
        assert_eq!(scaled(&seen), [(700, 1, 3)]);
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        let inside = world.replicas.iter().map(|replica| replica.waiting).sum::<u32>();
        assert_eq!((inside, world.balancer.map_or(0, |balancer| balancer.queue)), waiting);
    }
}
