//! Connections and ports: tiny worlds worked out by hand, and the numbers of whole presets.

use doorbuster::engine::Engine;
use doorbuster::observe::{Outcome, Outcome::*, Snapshot};
use doorbuster::scenario::{Scenario, preset};
use doorbuster::units::SimTime;

use crate::support::{Endings, model, run};

/// Endings as (request, outcome, milliseconds).
fn endings(text: &str) -> Vec<(u64, Outcome, f64)> {
    let (_, seen) = run(&model(text), 1, Endings::default());
    seen.0.into_iter().map(|(request, outcome, us, _)| (request, outcome, us as f64 / 1e3)).collect()
}

/// A request every 100 ms from 100 ms on, 30 ms of work each, one replica.
fn world(network: &str, run: &str) -> String {
    format!(
        "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '30 ms'\n[[service]]\n\
         threads = 4\ncpus = 4\n{network}\n[run]\nduration = '{run}'"
    )
}

/// Two ports, TIME_WAIT of 1 s. Requests 0 and 1 (100, 200 ms) take them until 1,130 and 1,230: all from 300 to
/// 1,100 find none. 1,200 takes the first, 1,300 the second, 1,400 none.
#[test]
fn ports_rest_in_time_wait() {
    let two = "[network]\nports = 2\ntime_wait = '1 s'";
    let mut seen = endings(&world(two, "1450 ms"));
    let none = |n: u64| (n, NoFreePort, (n + 1) as f64 * 100.0);
    let ok = |n: u64| (n, Ok, (n + 1) as f64 * 100.0 + 30.0);
    seen.sort_by_key(|ending| ending.0);
    let expected: Vec<_> =
        (0..14).map(|n| if matches!(n, 0 | 1 | 11 | 12) { ok(n) } else { none(n) }).collect();
    assert_eq!(seen, expected);
    // With a second address, there are twice as many; when the replica closes first, the port is free at once.
    for more in ["addresses = 2", "first_close = 'replica'"] {
        let seen = endings(&world(&format!("{two}\n{more}"), "540 ms"));
        let failed = if more.starts_with('a') { 1 } else { 0 };
        assert_eq!(seen.iter().filter(|ending| ending.1 == NoFreePort).count(), failed, "{more}: {seen:?}");
    }
    // With kept connections, one port is enough: each request goes on the connection of the one before.
    let seen = endings(&world("[network]\nports = 1\n[network.keep_alive]", "1450 ms"));
    assert!(seen.iter().all(|ending| ending.1 == Ok) && seen.len() == 14, "{seen:?}");
}

/// A client 5 ms away, a replica 2 ms away: a new connection takes a round trip of 10 ms and one of 4 ms before the
/// request is sent. New to new: 100 + 10 + 5 + 4 + 2 + 30 + 2 + 5 = 158 ms. Each client is new; the balancer's
/// connection is idle from 153 ms on, so the second request saves 4 ms: 254 ms. With two requests for a
/// connection the third opens one again; with an idle time of 50 ms (over at 203 ms, before 215) the second.
#[test]
fn a_kept_connection_saves_a_round_trip() {
    let near = "[traffic]\ndelay = '5 ms'\n[balancer]\ndelay = '2 ms'\n";
    let of = |keep: &str| endings(&format!("{near}{}", world(&format!("[network]\n{keep}"), "370 ms")));
    let times = |keep: &str| of(keep).into_iter().map(|ending| ending.2).collect::<Vec<_>>();
    assert_eq!(times(""), [158.0, 258.0, 358.0]);
    assert_eq!(times("[network.keep_alive]"), [158.0, 254.0, 354.0]);
    assert_eq!(times("[network.keep_alive]\nrequests = 2"), [158.0, 254.0, 358.0]);
    assert_eq!(times("[network.keep_alive]\nidle = '50 ms'"), [158.0, 258.0, 358.0]);
    assert_eq!(times("[network.keep_alive]\nreplica_idle = '50 ms'"), [158.0, 258.0, 358.0]);
    assert_eq!(times("handshake = false"), [144.0, 244.0, 344.0]);
}

/// One user who thinks 100 ms, 5 ms away: asks at 100, answer at 100 + 10 + 5 + 30 + 5 = 150. Again at 250: on the
/// same connection the answer is there at 290, and at 430 the next. Two requests for each: the third is new, 440.
#[test]
fn users_keep_their_connection() {
    let user = "[traffic]\ndelay = '5 ms'\n[[traffic.source]]\nkind = 'users'\nusers = 1\nthink = '100 ms'\n\
                [[traffic.class]]\ndemand = '30 ms'\n[[service]]\n[run]\nduration = '445 ms'\n[network]\n";
    let times = |keep: &str| endings(&format!("{user}{keep}")).into_iter().map(|e| e.2).collect::<Vec<_>>();
    assert_eq!(times(""), [150.0, 300.0]);
    assert_eq!(times("client_keep_alive = {}"), [150.0, 290.0, 430.0]);
    assert_eq!(times("client_keep_alive = { requests = 2 }"), [150.0, 290.0, 440.0]);
    assert_eq!(times("client_keep_alive = { idle = '90 ms' }"), [150.0, 300.0]);
}

/// An idle connection counts at its replica, in connections and memory, until its idle time is over: the last answer
/// is at 230 ms, so until 730 ms.
#[test]
fn idle_connections_count_at_the_replica() {
    let text = world("ram = { connection = '1 MiB' }\n[network.keep_alive]\nidle = '500 ms'", "240 ms");
    let model = model(&text);
    let mut engine = Engine::new(&model, 1);
    engine.run_until(SimTime(240_000_000), u64::MAX, &mut ());
    engine.apply(doorbuster::scenario::Change::Rate { times: 0.0 }, &mut ()).unwrap();
    let mut world = Snapshot::default();
    for (at, open) in [(240, 1), (729, 1), (731, 0)] {
        engine.run_until(SimTime(at * 1_000_000), u64::MAX, &mut ());
        engine.snapshot(&mut world);
        let view = &world.replicas[0];
        assert_eq!((view.connections, view.idle, view.running), (open, open, 0), "{at} ms");
        assert_eq!(view.memory.connections, u64::from(open) << 20);
        let network = world.network.unwrap();
        assert_eq!((network.idle, network.opened, network.reused), (open, 1, 1));
        // One port, in TIME_WAIT when the balancer has closed first.
        assert_eq!((network.ports_open, network.ports_waiting), (open, 1 - open));
    }
}

/// Nothing ever arrives: the client's kernel gives up 131 s after the first attempt, an older one after 127 s.
#[test]
fn a_dead_line() {
    for (kernel, end) in [("linear", 131_100.0), ("exponential", 127_100.0)] {
        let text = world(&format!("[network]\nloss = 1.0\nsyn_retries = '{kernel}'"), "131150 ms");
        assert_eq!(endings(&text).first(), Some(&(0, ConnectTimeout, end)), "{kernel}");
    }
}

/// With a loss of 1 in 4 on both legs and no other delay, a request comes after 0 s with probability 9/16, after 1 s
/// with 2 · 3/16 · 3/4 = 9/32, and the schedule shows: nothing ends between whole seconds but for its work of 30 ms.
#[test]
fn loss_delays_by_whole_seconds() {
    // So many workers that nobody waits for another.
    let text = world("[network]\nloss = 0.25", "3000 s").replace("= 4", "= 64");
    let (engine, seen) = run(&model(&text), 7, Endings::default());
    let late = |n: u64, us: u64| (us / 1_000 - (n + 1) * 100) / 1_000;
    let ended: Vec<(u64, u64)> =
        seen.0.iter().filter(|e| e.1 == Ok).map(|e| (late(e.0, e.2), (e.2 / 1_000) % 100)).collect();
    assert!(ended.iter().all(|(_, rest)| *rest < 100 && (30..40).contains(rest)), "times between");
    let share =
        |seconds| ended.iter().filter(|(late, _)| *late == seconds).count() as f64 / ended.len() as f64;
    assert!(
        (share(0) - 0.5625).abs() < 0.01 && (share(1) - 0.28125).abs() < 0.01,
        "{} {}",
        share(0),
        share(1)
    );
    assert!(engine.ledger().count(ConnectTimeout) < 10);
}

/// Requests that found no port, and when the first did, in `seconds` at `rate` a second.
fn exhaustion(rate: u32, seconds: u64) -> (f64, Option<f64>) {
    let mut scenario = Scenario::from_toml_str(preset::find("port-exhaustion").unwrap().text).unwrap();
    scenario.traffic.source[0].rate = doorbuster::units::Rate::constant(f64::from(rate));
    scenario.run.duration = doorbuster::units::SimDuration::from_secs(seconds);
    let (engine, seen) = run(&scenario.validate().unwrap(), 1, First::default());
    (engine.ledger().count(NoFreePort) as f64 / engine.ledger().offered() as f64, seen.0)
}

#[derive(Default)]
struct First(Option<f64>);

impl doorbuster::observe::Probe for First {
    fn observe(&mut self, now: SimTime, seen: &doorbuster::observe::Observation) {
        if let doorbuster::observe::Observation::Ended { outcome: NoFreePort, .. } = seen {
            self.0.get_or_insert(now.as_secs());
        }
    }
}

/// 28,232 ports at 600 a second are taken after 47.05 s; each comes free 60 s after its close, 0.5 ms after it was
/// taken, so in the long run 28,232 / 60.0005 s = 470.5 a second are served: 21.6 % fail. At 480 a second the first
/// fails at 58.8 s and 2.0 % in the long run; at 470 none ever does.
#[test]
fn port_exhaustion() {
    for (rate, first, share, seconds) in [(600, 47.055, 0.216, 1_200), (480, 58.819, 0.020, 1_800)] {
        let (failed, at) = exhaustion(rate, seconds);
        assert!((at.unwrap() - first).abs() < 0.005, "{rate}/s: first {at:?}");
        assert!((failed - share).abs() < 0.001, "{rate}/s: {failed}");
    }
    assert_eq!(exhaustion(470, 300), (0.0, None));
    // The waves: no failure from 60 to 107 s, when the ports of the first minute come free one by one.
    let (fails, _) = exhaustion(600, 61);
    let (more, _) = exhaustion(600, 107);
    assert!((fails * 61.0 - more * 107.0).abs() < 1e-3 && fails > 0.2, "{fails} {more}");
}

/// The three ways out of the preset.
#[test]
fn ways_out_of_port_exhaustion() {
    let text = preset::find("port-exhaustion").unwrap().text;
    let more = [
        ("[network]", "[network.keep_alive]"),
        ("[network]", "[network]\naddresses = 2"),
        ("threads = 4", "threads = 4\nreplicas = 2"),
    ];
    for (from, to) in more {
        let (engine, _) = run(&model(&text.replace(from, to)), 42, ());
        assert_eq!(engine.ledger().failed(), 0, "{to}");
    }
}

/// Two replicas by turns, a request every 100 ms, 30 ms of work; app-1 is cut off from 150 to 1,250 ms, the balancer
/// connects for at most 400 ms. 0 (100) went to app-1 and was back at 130. 2 (300) goes to app-1: nothing comes back;
/// at 700 the balancer tries app-2: 730. nginx leaves app-1 out then, for more than 10 s of whole seconds:
/// those on the way do the same (4 at 500, and 6, which comes at 700 before the news), and app-1 gets nothing more.
#[test]
fn a_partition_swallows_connection_attempts() {
    let text = world(
        "replicas = 2\n[balancer]\nconnect_timeout = '400 ms'\n[[fault]]\nkind = 'partition'\nat = '150 ms'\nfor = '1100 ms'\nreplica = 'app-1'",
        "1250 ms",
    );
    let mut seen = endings(&text);
    seen.sort_by_key(|ending| ending.0);
    let late = |n: u64| if n == 2 || n == 4 || n == 6 { 430.0 } else { 30.0 };
    let expected: Vec<_> = (0..12).map(|n| (n, Ok, (n + 1) as f64 * 100.0 + late(n))).collect();
    assert_eq!(seen[..12], expected[..seen.len().min(12)]);
}

/// One replica, 300 ms of work. Request 0 (100 ms) is done at 400, when the line is cut (350 to 650): its answer is
/// sent again at 400 + 200 = 600, in vain, and at 400 + 600 = 1,000. A balancer that waits for at most 500 ms has given
/// up at 600.
#[test]
fn a_partition_holds_answers_up() {
    let cut = "[[fault]]\nkind = 'partition'\nat = '350 ms'\nfor = '300 ms'\nreplica = 'app-1'";
    let text = world(cut, "1050 ms").replace("30 ms", "300 ms").replace(
        "rate = '10/s'",
        "rate = '10/s'\nprofile = [{ for = '150 ms' }, { for = '10 s', times = 0 }]",
    );
    assert_eq!(endings(&text), [(0, Ok, 1_000.0)]);
    let impatient = text.replace("[[fault]]", "[balancer]\nread_timeout = '500 ms'\n[[fault]]");
    assert_eq!(endings(&impatient), [(0, ReadTimeout, 600.0)]);
}

/// web is up at 0; admin's 127.0.0.1:8080 is refused for web's wildcard, and not started again. At 10 s web dies with
/// requests inside: its port rests until 70 s. Restarts after 0.1, 0.2, 0.4, 0.8, 1.6, 3.2 and then 5 s each are at
/// 10.1, 10.3, 10.7, 11.5, 13.1, 16.3, 21.3 and so on to 66.3: fifteen in vain and one at 71.3.
#[test]
fn port_bind() {
    use doorbuster::observe::{Event, EventLog, ReplicaState};
    let text = preset::find("port-bind").unwrap().text;
    let (engine, log) = run(&model(text), 42, EventLog::default());
    let failed = |replica: u32| {
        let of = move |e: &&doorbuster::observe::LogEntry| e.replica.is_some_and(|id| id.0 == replica);
        let entries = log.entries().iter().filter(of);
        entries.filter_map(|e| match e.event {
            Event::BindFailed { address, rests, .. } => {
                Some((e.at.0 / 1_000_000, address.to_string(), rests))
            }
            _ => None,
        })
    };
    assert_eq!(failed(1).collect::<Vec<_>>(), [(0, "0.0.0.0".to_owned(), false)]);
    let mut times = vec![10_100, 10_300, 10_700, 11_500, 13_100];
    times.extend((0..11).map(|n| 16_300 + 5_000 * n));
    assert_eq!(failed(0).map(|(at, ..)| at).collect::<Vec<_>>(), times);
    assert!(failed(0).all(|(_, _, rests)| rests));
    let back = log.entries().iter().find(|e| e.event == Event::Ready { again: true }).unwrap();
    assert_eq!(back.at, SimTime(71_300_000_000));
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    let states: Vec<_> = world.replicas.iter().map(|view| view.state).collect();
    assert_eq!(states, [ReplicaState::Ready, ReplicaState::NotStarted, ReplicaState::Ready]);
    // About 40 a second for 61.3 s find nobody.
    let refused = engine.ledger().count(ConnectionRefused) as f64;
    assert!((refused / (40.0 * 61.3) - 1.0).abs() < 0.1, "{refused}");
    // With SO_REUSEADDR web is back after 0.1 s.
    let cured = text.replacen("binds = \"program\"", "", 1);
    let (_, log) = run(&model(&cured), 42, EventLog::default());
    let back = log.entries().iter().find(|e| e.event == Event::Ready { again: true }).unwrap();
    assert_eq!(back.at, SimTime(10_100_000_000));
}

/// 60 % behind one NAT and a third of the others: 0.6 + 0.4/3 = 73 % of the requests go to one replica, 66/s of 20 ms,
/// more than its core; by turns each has 30/s.
#[test]
fn nat_hotspot() {
    let text = preset::find("nat-hotspot").unwrap().text;
    for seed in [42, 1, 2] {
        let (engine, _) = run(&model(text), seed, ());
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        let mut attempts: Vec<u64> = world.replicas.iter().map(|view| view.attempts).collect();
        attempts.sort_unstable();
        let share = attempts[2] as f64 / attempts.iter().sum::<u64>() as f64;
        assert!((0.70..0.77).contains(&share), "seed {seed}: {share}");
        assert!(engine.ledger().count(ClientGaveUp) > 300, "seed {seed}");
        let (engine, _) = run(&model(&text.replace("nginx.ip_hash", "round_robin")), seed, ());
        assert_eq!(engine.ledger().failed(), 0, "seed {seed}");
    }
}

/// 100 connections on each of two; the third gets none in two minutes, and then all 40 new ones.
#[test]
fn websockets() {
    let model = model(preset::find("websockets").unwrap().text);
    let mut engine = Engine::new(&model, 42);
    let mut world = Snapshot::default();
    for (at, connections) in [(59, vec![100, 100]), (179, vec![100, 100, 0]), (300, vec![100, 100, 40])] {
        engine.run_until(SimTime(at * 1_000_000_000), u64::MAX, &mut ());
        engine.snapshot(&mut world);
        let seen: Vec<u32> = world.replicas.iter().map(|view| view.connections).collect();
        assert_eq!(seen, connections, "{at} s");
    }
}

/// One server of 1 ms, frozen from 30 to 35 s of 60. Somebody who asks every 10 ms on average and waits for each answer
/// measures one slow answer in thousands: a p99 of 1 ms. On schedule, 5 s of 60 s are waits of up to 5 s: 8 % of the
/// requests, as an open source at the same rate measures them. The worst 1 % of those wait for more than 5 · 7/8 s.
#[test]
fn coordinated_omission() {
    use doorbuster::experiment;
    let text = |source: &str| {
        format!(
            "[[traffic.source]]\n{source}\n[[traffic.class]]\ndemand = '1 ms'\n[[service]]\nsessions = 'none'\n\
             [[fault]]\nkind = 'freeze'\nat = '30 s'\nfor = '5 s'\nreplica = 'app-1'\n[run]\nduration = '60 s'"
        )
    };
    let report = |source| experiment::run(&model(&text(source)), 42);
    let closed = report("kind = 'users'\nusers = 1\nthink = '9 ms'");
    let open = report("kind = 'even'\nrate = '100/s'");
    let p99 = |times: doorbuster::report::Times| times.p99.unwrap();
    let (measured, scheduled) = (p99(closed.response_time_ms), p99(closed.corrected_ms.unwrap()));
    assert!(measured < 1.1, "{measured}");
    assert!((4_000.0..5_000.0).contains(&scheduled), "{scheduled}");
    let of_open = p99(open.response_time_ms);
    assert!((scheduled / of_open - 1.0).abs() < 0.15, "{scheduled} on schedule, {of_open} open");
    assert!(open.corrected_ms.is_none());
    assert!(closed.warnings.iter().any(|warning| warning.kind == "coordinated_omission"));
}

/// Two replicas, 30 ms of work, app-1 ten times as slow. 0 (100 ms) goes to app-1 and would be done at 400; at 150 its
/// client asks again, and app-1 has been tried: app-2, 180. That did not change whose turn it is (smooth weighted round
/// robin): 1 goes to app-2, 230, and 2 (300) to app-1; its second attempt at 350 to app-2, 380. Where the other
/// attempt is stopped, app-1 is free each time.
#[test]
fn a_second_attempt_after_50_ms() {
    let text = world(
        "replicas = 2\n[traffic]\nhedge = { after = '50 ms' }\n[[fault]]\nkind = 'slow'\ntimes = 10\nreplica = 'app-1'",
        "390 ms",
    );
    assert_eq!(endings(&text), [(0, Ok, 180.0), (1, Ok, 230.0), (2, Ok, 380.0)]);
    let working = |text: &str| {
        let (engine, _) = run(&model(text), 1, ());
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        (world.replicas[0].running, world.attempts, world.hedges)
    };
    assert_eq!(working(&text), (0, 5, (2, 2)));
    // Else the work of 0 and 2 goes on: on four cores neither is done before 400 ms.
    assert_eq!(working(&text.replace("'50 ms' }", "'50 ms', cancel = false }")), (2, 5, (2, 2)));
    // What is not idempotent is asked only once: 1 goes to app-2, 2 to app-1.
    let post = text.replace("demand = '30 ms'", "demand = '30 ms'\nidempotent = false");
    assert_eq!(endings(&post), [(1, Ok, 230.0)]);
}

/// 4 % of the requests meet the slow replica (200 ms on average): without hedging they are the p99; with it,
/// nobody waits for more than 40 ms and another attempt. At most 5.5 % more attempts.
#[test]
fn hedging() {
    let text = preset::find("hedging").unwrap().text;
    let hedged = doorbuster::experiment::run(&model(text), 42);
    let plain =
        doorbuster::experiment::run(&model(&text.replace("[traffic.hedge]\nafter = \"40 ms\"", "")), 42);
    let p99 = |report: &doorbuster::report::Report| report.response_time_ms.p99.unwrap();
    assert!(p99(&plain) > 200.0 && p99(&hedged) < 70.0, "{} {}", p99(&plain), p99(&hedged));
    let extra = hedged.attempts as f64 / hedged.requests.offered as f64 - 1.0;
    assert!((0.03..0.055).contains(&extra), "{extra}");
}
