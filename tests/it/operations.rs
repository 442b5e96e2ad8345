//! Stories of what keeps replicas running and of what is done to them. Every time is worked out by hand.

use doorbuster::observe::{Health, Observation, Outcome, Outcome::*, Probe, Snapshot};
use doorbuster::units::{ReplicaId, SimTime};

use crate::support::{Endings, Everything, model, run};

/// Endings as (request, outcome, milliseconds), and the world at the end.
fn story(text: &str) -> (Vec<(u64, Outcome, f64)>, Snapshot) {
    let (engine, seen) = run(&model(text), 1, Endings::default());
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    (seen.0.into_iter().map(|(request, outcome, us, _)| (request, outcome, us as f64 / 1e3)).collect(), world)
}

/// When the health of which replica changed, in milliseconds.
#[derive(Default)]
struct Healths(Vec<(u32, Health, f64)>);

impl Probe for Healths {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        if let Observation::Health { replica: ReplicaId(replica), health } = *seen {
            self.0.push((replica, health, now.0 as f64 / 1e6));
        }
    }
}

const TEN_A_SECOND: &str = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '30 ms'\n\
    [[service]]\n[run]\nduration = '420 ms'\n";
const NOBODY: &str = "[[traffic.source]]\nkind = 'even'\nrate = '0.01/s'\n[[service]]\nstart_up = '3500 ms'\n\
    [service.healthcheck]\nRULE\n[run]\nduration = '7 s'\n";

/// A check each second, at most a second long; the process hangs from 1.5 to 5.2 s. 1: passes at once. 2: times out
/// at 3, the first failure; the next from 4 to 5 is the second, and it is unhealthy. 6: passes.
#[test]
fn a_check_times_out_twice() {
    let rule = "interval = '1 s'\ntimeout = '1 s'\nretries = 2";
    let fault = "[[fault]]\nat = '1500 ms'\nfor = '3700 ms'\nkind = 'freeze'\nreplica = 'app-1'\n";
    let (engine, seen) = run(&model(&(NOBODY.replace("RULE", rule) + fault)), 1, Healths::default());
    let healthy = |at| (0, Health::Healthy, at);
    assert_eq!(seen.0, [healthy(0.0), (0, Health::Unhealthy, 5000.0), healthy(6000.0)]);
    // Docker and Compose do nothing about it.
    assert_eq!(engine.ledger().failed(), 0);
}

/// It listens 3.5 s after its start. Within 2.5 s failures do not count: 1, 2. The one at 3 does, and one is enough;
/// after that the pause is 2 s, and at 5 it passes. With a start period of 4 s: 1, 2, 3, and at 4 it passes.
#[test]
fn failures_in_the_start_period_do_not_count() {
    let rule = "interval = '2 s'\nretries = 1\nstart_interval = '1 s'\nstart_period = 'PERIOD'";
    let text = NOBODY.replace("RULE", rule) + "cold = true\n";
    let seen = |period| run(&model(&text.replace("PERIOD", period)), 1, Healths::default()).1.0;
    let starting = (0, Health::Starting, 0.0);
    let unhealthy = (0, Health::Unhealthy, 3000.0);
    assert_eq!(seen("2500 ms"), [starting, unhealthy, (0, Health::Healthy, 5000.0)]);
    assert_eq!(seen("4 s"), [starting, (0, Health::Healthy, 4000.0)]);
}

/// 10 a second by turn to two replicas, a check each 200 ms with a timeout of 100. app-1 hangs from 110 ms on, with
/// request 0 done at 130 left inside for good. The check of 200 fails at 300: unhealthy. Told to restart, it dies
/// with 0 and 2 inside (300). Told to leave it out, 3 (400) and all others go to app-2.
#[test]
fn somebody_acts_on_it() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '30 ms'\n\
        [[service]]\nreplicas = 2\n[service.healthcheck]\ninterval = '200 ms'\ntimeout = '100 ms'\nretries = 1\n\
        on_unhealthy = 'ACT'\n[balancer]\nalgorithm = 'round_robin'\ntries = 1\n[run]\nduration = '1050 ms'\n\
        [[fault]]\nat = '110 ms'\nkind = 'freeze'\nreplica = 'app-1'\n";
    let (seen, world) = story(&text.replace("ACT", "nothing"));
    assert_eq!((seen.len(), world.replicas[0].connections), (5, 5));
    let (seen, world) = story(&text.replace("ACT", "unlist"));
    assert_eq!(seen.iter().filter(|(_, outcome, _)| *outcome == Ok).count(), 8);
    assert_eq!((world.replicas[0].connections, world.replicas[0].health), (2, Health::Unhealthy));
    let (seen, world) = story(&text.replace("ACT", "restart"));
    let dead: Vec<_> = seen.iter().filter(|(_, outcome, _)| *outcome != Ok).collect();
    assert_eq!(dead, [&(0, ReplicaCrashed, 300.0), &(2, ReplicaCrashed, 300.0)]);
    assert_eq!((world.replicas[0].restarts, world.replicas[0].faults.frozen), (1, false));
}

/// Three times as slow after the start at 0, τ = 1 s, in steps of 100 ms: 1 + 2·e^(−0.15) = 2.72142 in the second, so
/// 20 ms from 125 on take 54.428. In the third 1 + 2·e^(−0.25) = 2.55760: of the 20 ms from 250 on, 50 / 2.55760 =
/// 19.5496 are done at 300, and 0.4504 take 1 + 2·e^(−0.35) = 2.40938 times as long, 1.085. A replica that was up when
/// the run began is warm: 145, 270.
#[test]
fn caches_are_cold_at_first() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '8/s'\n[[traffic.class]]\ndemand = '20 ms'\n[[service]]\n\
        cold = 3\ncold_for = '1 s'\n[run]\nduration = '310 ms'\n";
    assert_eq!(story(text).0, [(0, Ok, 145.0), (1, Ok, 270.0)]);
    let (seen, world) = story(&(text.to_owned() + "cold = true\n"));
    assert_eq!(seen, [(0, Ok, 179.428), (1, Ok, 301.085)]);
    assert!((world.replicas[0].cold - 2.409_376).abs() < 1e-6);
    let (_, world) = story(&(text.replace("310 ms", "5001 ms") + "cold = true\n"));
    assert_eq!(world.replicas[0].cold, 1.0);
}

/// 100 MiB: 60 for the process, 30 for each request; two workers, 150 ms of work every 100 ms. At 200 two are too
/// many. Of equals the first worker goes, with request 0, and is back at 290. At 300 it takes 2, which is too many
/// again: worker 1, request 2. 1 is alone but for that instant: 350. 3 (400) takes the place that came back last, and
/// dies when 4 comes. The container has lived through all of it.
#[test]
fn one_worker_is_killed_for_its_memory() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '150 ms'\n[[service]]\n\
        memory = '100 MiB'\nworkers = 2\nworker_boot = '90 ms'\noom = 'worker'\nram = { request = '30 MiB' }\n\
        [run]\nduration = '510 ms'\n";
    let (seen, world) = story(text);
    let killed = |n, at| (n, OutOfMemory, at);
    assert_eq!(seen, [killed(0, 200.0), killed(2, 300.0), (1, Ok, 350.0), killed(3, 500.0)]);
    let view = &world.replicas[0];
    assert_eq!((view.oom_kills, view.restarts, view.memory.total()), (3, 0, 90 << 20));
    // What no worker owns can't be freed by killing one: 50 MiB for a connection are the container's.
    let (_, world) = story(&text.replace("request = '30 MiB'", "connection = '50 MiB'"));
    assert_eq!(world.replicas[0].restarts, 2);
}

/// Half of what has leaked is each worker's: with 20 MiB each 100 ms, 60 + 40 fill the 100 MiB at 200 ms, and at 300
/// the first worker is killed: half of 60 is free again. At 400 the other has all that is left, 30 + 20, and it goes
/// at 500 with 70.
#[test]
fn a_worker_takes_its_leak_along() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '0.01/s'\n[[service]]\nmemory = '100 MiB'\nworkers = 2\n\
        worker_boot = '1 s'\noom = 'worker'\n[run]\nduration = 'END'\n\
        [[fault]]\nkind = 'leak'\nbytes = '200 MiB'\nreplica = 'app-1'\n";
    let at = |end: &str| {
        let view = story(&text.replace("END", end)).1.replicas.remove(0);
        (view.oom_kills, view.memory.leaked >> 20, view.restarts)
    };
    assert_eq!([at("200 ms"), at("300 ms")], [(0, 40, 0), (1, 30, 0)]);
    assert_eq!([at("301 ms"), at("400 ms")], [(1, 30, 0), (2, 0, 0)]);
}

/// Scaled to 0 at 110 ms with 20 ms of work left. Draining takes nothing new: 1 is refused. A process that ends at once
/// takes 0 with it. One that does not notice serves on to the end of its grace at 360 ms.
#[test]
fn three_ways_to_be_stopped() {
    let text = TEN_A_SECOND.replace(
        "[[service]]\n",
        "[[service]]\nstop_grace = '250 ms'\non_stop = 'WAY'\n[balancer]\ndiscovery = false\n",
    ) + "[[operation]]\nat = '110 ms'\nservice = 'app'\nreplicas = 0\n";
    let seen = |way| story(&text.replace("WAY", way)).0;
    let refused = |n: u64, at| (n, ConnectionRefused, at);
    let rest = [refused(1, 200.0), refused(2, 300.0), refused(3, 400.0)];
    assert_eq!(seen("drain"), [&[(0, Ok, 130.0)], &rest[..]].concat());
    assert_eq!(seen("at_once"), [&[(0, ReplicaCrashed, 110.0)], &rest[..]].concat());
    assert_eq!(seen("ignore"), [(0, Ok, 130.0), (1, Ok, 230.0), (2, Ok, 330.0), refused(3, 400.0)]);
}

/// 1, 3, 2 and 0 replicas, 100 ms after each other from 100 ms on. New ones are 2 and 3; those with the highest
/// numbers go first. Nothing starts twice.
#[test]
fn a_schedule_in_one_line() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '0.01/s'\n[[service]]\n[run]\nduration = 'END ms'\n\
        [[operation]]\nat = '100 ms'\nevery = '100 ms'\nservice = 'app'\nreplicas = 1\nsteps = [3, 2, 0]\n";
    let there = |end: u32| {
        let world = story(&text.replace("END", &end.to_string())).1;
        world.replicas.iter().map(|view| view.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(there(150), ["app-1"]);
    assert_eq!(there(250), ["app-1", "app-2", "app-3"]);
    assert_eq!(there(350), ["app-1", "app-2"]);
    assert_eq!(there(450), [""; 0]);
    let (engine, seen) = run(&model(&text.replace("END", "500")), 1, Everything::default());
    let made = seen.0.iter().filter(|(_, seen)| matches!(seen, Observation::Changed { .. })).count();
    assert_eq!((made, engine.changes().len()), (4, 4));
}

/// app-1 has one place, taken until the end. At 200 ms the second request is too much for app-2: it dies and is back
/// after 100 ms. Its check passes at 1.3 s and it is listed; who waits since 500 ms goes there at once and is the end
/// of it. It is back 200 ms later, at 1.5 s, and the next check is due at 2.5 s: none is left from the life before.
#[test]
fn a_replica_that_dies_when_it_is_listed_has_no_check_left() {
    let text = "[[traffic.source]]\nkind = 'trace'\ntrace = \"\"\"\n0.1\n0.2\n0.5\"\"\"\n[[traffic.class]]\n\
        demand = '10 s'\n[[service]]\nreplicas = 2\nrestart = 'always'\nrestart_delay = '100 ms'\n[service.ram]\n\
        request = '8 MiB'\n[service.healthcheck]\ninterval = '1 s'\nretries = 9\non_unhealthy = 'unlist'\n\
        [[service.replica]]\nnumber = 2\nmemory = '64 MiB'\n[balancer]\nmax_connections = 1\nqueue = 5\ntries = 1\n\
        max_fails = 0\n[run]\nduration = '3 s'";
    let healthy = |(now, seen): &(SimTime, Observation)| match seen {
        Observation::Health { replica, health: Health::Healthy } if replica.0 == 1 => Some(now.0 / 1_000_000),
        _ => None,
    };
    let seen = run(&model(text), 1, Everything::default()).1.0;
    assert_eq!(seen.iter().filter_map(healthy).collect::<Vec<_>>(), [0, 1300, 2500]);
}
