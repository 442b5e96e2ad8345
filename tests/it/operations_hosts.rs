//! Stories of hosts, zones, rollouts, autoscalers and what it all costs. Every time is worked out by hand.

use doorbuster::engine::Engine;
use doorbuster::observe::{Observation, Outcome, Outcome::*, Probe, ReplicaState, Snapshot};
use doorbuster::scenario::Change;
use doorbuster::units::{ReplicaId, SimTime};

use crate::support::{Endings, model, run};

/// Endings as (request, outcome, milliseconds), and the world at the end.
fn story(text: &str) -> (Vec<(u64, Outcome, f64)>, Snapshot) {
    let (engine, seen) = run(&model(text), 1, Endings::default());
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    (seen.0.into_iter().map(|(request, outcome, us, _)| (request, outcome, us as f64 / 1e3)).collect(), world)
}

/// What became of replicas and of their number, in milliseconds.
#[derive(Default)]
struct Lives {
    states: Vec<(u32, ReplicaState, f64)>,
    scaled: Vec<(u32, u32, f64)>,
    rolled_out: Vec<f64>,
}

impl Probe for Lives {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        let at = now.0 as f64 / 1e6;
        match *seen {
            Observation::State { replica: ReplicaId(id), state } => self.states.push((id, state, at)),
            Observation::Scaled { from, to, .. } => self.scaled.push((from, to, at)),
            Observation::RolledOut { .. } => self.rolled_out.push(at),
            _ => {}
        }
    }
}

/// When which replica reached a state.
fn when(lives: &Lives, wanted: ReplicaState) -> Vec<(u32, f64)> {
    let of = |&&(_, state, _): &&(u32, ReplicaState, f64)| state == wanted;
    lives.states.iter().filter(of).map(|&(id, _, at)| (id, at)).collect()
}

/// Two services with two cores of quota each on a host with three. A (three requests of 30 ms at 100 ms) is alone: 2
/// cores, 45 ms, 145. At 200 ms both have three: each wants 2 and gets 1.5, so 60 ms, 260. With four cores: 245.
#[test]
fn neighbours_share_the_cores_of_a_host() {
    let source = |class: &str, rate: &str| {
        format!("[[traffic.source]]\nkind = 'trace'\ntrace = \"\"\"time,class\n{rate},{class}\n\"\"\"\n")
            .repeat(3)
    };
    let text = source("a", "0.1")
        + &source("a", "0.2")
        + &source("b", "0.2")
        + "[[traffic.class]]\nname = 'a'\nservice = 'a'\ndemand = '30 ms'\n[[traffic.class]]\nname = 'b'\nservice = 'b'\n\
           demand = '30 ms'\n[[service]]\nname = 'a'\ncpus = 2\nthreads = 4\n[[service]]\nname = 'b'\ncpus = 2\n\
           threads = 4\n[balancer]\nservice = 'a'\n[host]\ncores = CORES\n[run]\nduration = '1 s'\n";
    let ends = |cores: &str| {
        let seen = story(&text.replace("CORES", cores)).0;
        seen.iter().map(|&(_, outcome, at)| (outcome, at)).collect::<Vec<_>>()
    };
    assert_eq!(ends("3"), [&[(Ok, 145.0); 3][..], &[(Ok, 260.0); 6]].concat());
    assert_eq!(ends("4"), [&[(Ok, 145.0); 3][..], &[(Ok, 245.0); 6]].concat());
}

/// The limits of 100 MiB add up to more than the 150 of the host: 60 + 60 for the processes, and 20 for each request.
/// By turn: 0 (100 ms) on app-1: 140. 1 (200) on app-2: 160, and the kernel kills the largest, the first of equals.
#[test]
fn a_host_runs_out_of_memory() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '150 ms'\n[[service]]\n\
        replicas = 2\nmemory = '100 MiB'\nrestart = 'no'\nram = { request = '20 MiB' }\n[balancer]\n\
        algorithm = 'round_robin'\ntries = 1\n[host]\nmemory = '150 MiB'\n[run]\nduration = '260 ms'\n";
    let (seen, world) = story(text);
    assert_eq!(seen, [(0, OutOfMemory, 200.0)]);
    assert_eq!(world.replicas[0].state, ReplicaState::Down);
    assert_eq!((world.replicas[1].state, world.replicas[1].memory.total()), (ReplicaState::Ready, 80 << 20));
}

/// Four replicas in two zones: 1 and 3 in the first, 2 and 4 in the second. The second is lost at 150 ms with request 1
/// (100 ms of work from 110): nobody hears of that before the zone is back at 1.15 s and answers what is sent again
/// after 0.2, 0.6 and 1.4 s, at 1.55. 3 (by turn to app-4) gets no answer to its connection, tries again after 1 s, and
/// is served from 1.31 on.
#[test]
fn a_zone_is_lost_and_comes_back() {
    let text = "[[traffic.source]]\nkind = 'trace'\ntrace = \"0.1\\n0.11\\n0.3\\n0.31\"\n[[traffic.class]]\n\
        demand = '100 ms'\n[[service]]\nreplicas = 4\n[balancer]\nalgorithm = 'round_robin'\ntries = 1\n\
        connect_timeout = '5 s'\nmax_fails = 0\n[host]\nzones = 2\n[run]\nduration = '2 s'\n\
        [[fault]]\nkind = 'zone_lost'\nzone = 2\nat = '150 ms'\nfor = '1 s'\n";
    let (seen, world) = story(text);
    let ends = [(0, Ok, 200.0), (2, Ok, 400.0), (3, Ok, 1410.0), (1, ReplicaCrashed, 1550.0)];
    assert_eq!(seen, ends);
    let places: Vec<_> = world.replicas.iter().map(|view| (view.host, view.zone)).collect();
    assert_eq!(places, [(1, 1), (2, 2), (1, 1), (2, 2)]);
    // Without an end it can't be started by hand either, and a new replica goes to the other zone.
    let text =
        text.replace("for = '1 s'\n", "").replace("connect_timeout = '5 s'", "connect_timeout = '500 ms'");
    let mut engine = Engine::new(&model(&text), 1);
    let mut seen = Endings::default();
    engine.run_until(SimTime(1_000_000_000), u64::MAX, &mut seen);
    assert_eq!(
        seen.0.last().map(|&(n, outcome, us, _)| (n, outcome, us)),
        Some((3, ConnectTimeout, 810_000))
    );
    let error = engine.apply(Change::Start { replica: "app-2".into() }, &mut ()).unwrap_err();
    assert_eq!(error.to_string(), "app-2 can't be started: its zone is lost");
    engine.apply(Change::Scale { service: "app".into(), replicas: 5 }, &mut ()).unwrap();
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    assert_eq!((world.replicas[4].zone, world.replicas[4].state), (1, ReplicaState::Ready));
}

const ROLLOUT: &str = "[[traffic.source]]\nkind = 'even'\nrate = '0.01/s'\n[[service]]\nreplicas = 2\nstart_up = '1 s'\n\
    [service.deploy]\nRULE\n[run]\nduration = '10 s'\n\
    [[operation]]\nat = '1 s'\nkind = 'deploy'\nservice = 'app'\n";

/// 0 and 1 are old, 2 and 3 new; a start takes 1 s. One above the number at a time: 2 starts at 1 s, is ready at 2 s,
/// and 0 goes; 3 starts, is ready at 3 s, and 1 goes: all new at 3 s. One missing at a time and none above: 0 goes at
/// 1 s, 2 starts then and is ready at 2 s, when 1 goes and 3 starts. Ready for half a second before it counts: 2.5, 4.
#[test]
fn a_new_version_rolls_out() {
    let lives = |rule: &str| run(&model(&ROLLOUT.replace("RULE", rule)), 1, Lives::default()).1;
    let surge = lives("");
    assert_eq!(when(&surge, ReplicaState::Starting), [(2, 1000.0), (3, 2000.0)]);
    assert_eq!(when(&surge, ReplicaState::Removed), [(0, 2000.0), (1, 3000.0)]);
    assert_eq!(surge.rolled_out, [3000.0]);
    let missing = lives("max_surge = 0\nmax_unavailable = 1");
    assert_eq!(when(&missing, ReplicaState::Removed), [(0, 1000.0), (1, 2000.0)]);
    assert_eq!(when(&missing, ReplicaState::Starting), [(2, 1000.0), (3, 2000.0)]);
    assert_eq!(missing.rolled_out, [3000.0]);
    let slow = lives("min_ready = '500 ms'");
    assert_eq!(when(&slow, ReplicaState::Removed), [(0, 2500.0), (1, 4000.0)]);
    assert_eq!(slow.rolled_out, [4000.0]);
    // Both at once, as Compose recreates: nobody serves from 1 to 2 s.
    let both = lives("max_surge = 0\nmax_unavailable = 2");
    assert_eq!(when(&both, ReplicaState::Removed), [(0, 1000.0), (1, 1000.0)]);
    assert_eq!(both.rolled_out, [2000.0]);
}

/// Scaled to 3 while a new version rolls out: 2 (1 s) and, from 1.5 s on, 3 start, and 4 as soon as there may be more;
/// in the end three new ones run.
#[test]
fn a_rollout_is_scaled() {
    let scale = "[[operation]]\nat = '1500 ms'\nservice = 'app'\nreplicas = 3\n";
    let (engine, lives) = run(&model(&(ROLLOUT.replace("RULE", "") + scale)), 1, Lives::default());
    assert_eq!(when(&lives, ReplicaState::Starting), [(2, 1000.0), (3, 1500.0), (4, 2500.0)]);
    assert_eq!(when(&lives, ReplicaState::Removed), [(0, 2500.0), (1, 3500.0)]);
    assert_eq!(lives.rolled_out, [3500.0]);
    assert_eq!(engine.replica_names(), ["app-1", "app-2", "app-3", "app-4", "app-5"]);
}

/// 10 requests a second of 120 ms ask for 1.2 cores. One replica with one core is full: 1.0 / 0.5, so 2 are wanted. The
/// values of the first second are known 0.5 s later; it decides each second: at 2 s. The new one is ready at 2.5 s, and
/// counts from 3.5 s on. Values: second 3 (2 to 3 s) has only the first replica, full with what has gathered: 2 · 1 =
/// 2 wanted of those that count, but the other is not ready long enough: (1 + 0) / 2 = 0.5, which is no more to add.
#[test]
fn an_autoscaler_adds() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '120 ms'\n[[service]]\n\
        threads = 64\nstart_up = '500 ms'\n[service.autoscaler]\ntarget = 0.5\nevery = '1 s'\nwindow = '1 s'\nlag = '500 ms'\n\
        readiness = '1 s'\nmax = 4\n[run]\nduration = '3400 ms'\n";
    let (engine, lives) = run(&model(text), 1, Lives::default());
    assert_eq!(lives.scaled, [(1, 2, 2000.0)]);
    assert_eq!(when(&lives, ReplicaState::Ready), [(0, 0.0), (1, 2500.0)]);
    assert_eq!(engine.standing(), 2);
    // It goes no further than it may, and keeps to its bounds when there is nothing to measure.
    let (_, lives) = run(&model(&text.replace("max = 4", "min = 3\nmax = 3")), 1, Lives::default());
    assert_eq!(lives.scaled, [(1, 3, 2000.0)]);
}

/// Two replicas from 0 to 1 h, a third from 15 min to 45 min: 2.5 hours at 2, with 1.5 cores at 4 each 15; half a GiB
/// each at 8: 10. With nobody to ask there is nothing that fails. The first half hour as warm-up: 1.25 hours.
#[test]
fn what_it_costs() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '0.0001/s'\n[[service]]\nreplicas = 2\ncpus = 1.5\n\
        memory = '512 MiB'\n[price]\nreplica_hour = 2\ncore_hour = 4\ngib_hour = 8\nfailed_request = 3\n\
        [[operation]]\nat = '15 min'\nservice = 'app'\nreplicas = 3\nsteps = [2]\nevery = '30 min'\n\
        [run]\nduration = '1 h'\nwindow = '60 s'\n";
    let report = doorbuster::experiment::run(&model(text), 1);
    let cost = report.cost_parts.unwrap();
    assert_eq!(
        (cost.replicas, cost.cores, cost.memory, cost.failed, cost.total),
        (5.0, 15.0, 10.0, 0.0, 30.0)
    );
    assert_eq!(report.replicas.iter().map(|r| r.hours).collect::<Vec<_>>(), [1.0, 1.0, 0.5]);
    let report = doorbuster::experiment::run(&model(&(text.to_owned() + "warmup = '30 min'\n")), 1);
    assert_eq!(report.cost, Some(15.0));
    // Nobody is there from the start: each request is refused, and costs 3.
    let text = text.replace("0.0001/s", "0.01/s").replace("replicas = 2\n", "replicas = 0\n");
    let text = text.replace("replicas = 3\nsteps = [2]", "replicas = 0");
    let report = doorbuster::experiment::run(&model(&text), 1);
    assert_eq!((report.requests.failed.total(), report.cost), (36, Some(108.0)));
}
