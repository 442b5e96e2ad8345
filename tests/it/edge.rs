//! The balancer's own affairs in tiny worlds without chance. Every time is worked out by hand.

use doorbuster::observe::{DoorView, Observation, Outcome::*, Snapshot};
use doorbuster::scenario::Scenario;

use crate::support::{Endings, Everything, model, run};

/// Which replica got a request when, in milliseconds.
fn handed(text: &str) -> Vec<(u64, u32)> {
    let handed = |(now, seen): &(doorbuster::units::SimTime, Observation)| match seen {
        Observation::Dispatched { replica, .. } => Some((now.0 / 1_000_000, replica.0)),
        _ => None,
    };
    run(&model(text), 1, Everything::default()).1.0.iter().filter_map(handed).collect()
}

/// Two replicas, each with one place. R0 comes at 100 ms, is given up at 250 and may only go where R1 is from 200 to
/// 350; R2 comes at 260 and waits behind it, although the first replica is free. At 300 R0 has waited for 50 ms and
/// leaves, and R2 goes at once. At 350 R1 is given up, and waits for the place of R2.
#[test]
fn who_waits_behind_one_that_leaves_is_next() {
    let text = "[[traffic.source]]\nkind = 'trace'\ntrace = \"\"\"\n0.1\n0.2\n0.26\"\"\"\n[[traffic.class]]\ndemand = '1 s'\n\
        [[service]]\nreplicas = 2\n[balancer]\nalgorithm = 'shared_queue'\nqueue = 5\nqueue_timeout = '50 ms'\n\
        read_timeout = '150 ms'\nmax_fails = 0\n[run]\nduration = '380 ms'";
    let handed = handed(text);
    let (first, second) = (handed[0].1, handed[1].1);
    assert_ne!(first, second);
    assert_eq!(handed, [(100, first), (200, second), (300, first)]);
}

/// A place each; app-2 is a backup, and app-3 has a weight of 0. nginx asks the backup when app-1 is full, whatever
/// else is free and never chosen: 0, then 1; the third request waits. HAProxy lets the second wait for app-1.
#[test]
fn a_weight_of_0_keeps_nobody_from_the_backup() {
    let text = |product: &str| {
        format!(
            "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '250 ms'\n\
             [[service]]\nreplicas = 3\n[[service.replica]]\nnumber = 2\nbackup = true\n[[service.replica]]\nnumber = 3\n\
             weight = 0\n[balancer]\nproduct = '{product}'\nmax_connections = 1\nqueue = 5\n[run]\nduration = '390 ms'"
        )
    };
    assert_eq!(handed(&text("nginx")), [(100, 0), (200, 1), (350, 0)]);
    assert_eq!(handed(&text("haproxy")), [(100, 0), (350, 0)]);
}

/// Arrivals at these seconds, all of this work, on one replica with many threads; `edge` is added.
fn world(at: &[f64], work: &str, edge: &str) -> String {
    let trace: Vec<String> = at.iter().map(f64::to_string).collect();
    format!(
        "[[traffic.source]]\nkind = 'trace'\ntrace = \"\"\"\n{}\"\"\"\n[[traffic.class]]\ndemand = '{work}'\n\
         [[service]]\nthreads = 50\ncpus = 50\n{edge}\n[run]\nduration = '5 s'",
        trace.join("\n")
    )
}

fn endings(text: &str) -> Vec<(u64, doorbuster::observe::Outcome, u64, u32)> {
    run(&model(text), 1, Endings::default()).1.0
}

/// Number, status and milliseconds of each request that ends.
fn statuses(text: &str) -> Vec<(u64, u16, u64)> {
    let ended = |(now, seen): &(doorbuster::units::SimTime, Observation)| match *seen {
        Observation::Ended { request, status, .. } => Some((request, status, now.0 / 1_000_000)),
        _ => None,
    };
    run(&model(text), 1, Everything::default()).1.0.iter().filter_map(ended).collect()
}

fn door(text: &str) -> DoorView {
    let (engine, ()) = run(&model(text), 1, ());
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    world.balancer.unwrap().door.unwrap()
}

/// nginx takes two slots for a request. Of five, the first two requests take four; the third has one for its client
/// and none for its replica: 500 at once, and so has the fourth. Of four, the third is closed without a word.
#[test]
fn nginx_has_two_slots_for_a_request() {
    let with = |slots: u32| {
        let edge = format!("[balancer.limits]\nconnections = {slots}");
        world(&[0.1, 0.2, 0.3, 0.4], "1 s", &edge)
    };
    assert_eq!(statuses(&with(5)), [(2, 500, 300), (3, 500, 400), (0, 200, 1_100), (1, 200, 1_200)]);
    assert_eq!(statuses(&with(4)), [(2, 0, 300), (3, 0, 400), (0, 200, 1_100), (1, 200, 1_200)]);
    assert_eq!(statuses(&with(8)).iter().filter(|(_, status, _)| *status == 200).count(), 4);
    let ended = endings(&with(4));
    assert_eq!(ended[0], (2, NoFreeConnection, 300_000, 0));
    let (five, four) = (door(&with(5)), door(&with(4)));
    assert_eq!((five.refused, five.closed, five.accepted, five.clients), (2, 0, 4, 0));
    assert_eq!((four.refused, four.closed, four.accepted), (0, 2, 4));
}

/// HAProxy takes one slot for a client, and lets others wait in its backlog: one after the other, 150 ms each.
#[test]
fn haproxy_lets_clients_wait() {
    let edge = "[balancer]\nproduct = 'haproxy'\n[balancer.limits]\nconnections = 1";
    let text = world(&[0.1, 0.2, 0.3], "150 ms", edge);
    assert_eq!(endings(&text), [(0, Ok, 250_000, 1), (1, Ok, 400_000, 1), (2, Ok, 550_000, 1)]);
    // From 200 to 250 ms one waits, from 300 to 400 ms one: 150 ms of request in all.
    assert_eq!(door(&text).waiting_level.area(doorbuster::units::SimTime(5_000_000_000)), 150_000_000);
}

/// A backlog of 0 holds one. R0 is at work until 450 ms, R1 waits; R2 is dropped at 300 ms without a word and knocks
/// again a second later, when nobody is there any more. Only what is connected already never is dropped.
#[test]
fn a_full_backlog_of_the_balancer_drops_silently() {
    let edge = "[balancer]\nproduct = 'haproxy'\n[balancer.limits]\nconnections = 1\nbacklog = 0";
    let text = world(&[0.1, 0.2, 0.3], "350 ms", edge);
    assert_eq!(endings(&text), [(0, Ok, 450_000, 1), (1, Ok, 800_000, 1), (2, Ok, 1_650_000, 1)]);
    assert_eq!(door(&text).dropped, 1);
    // Who has no patience is gone by then.
    let text = text.replacen("[[traffic.source]]", "[traffic]\ntimeout = '400 ms'\n[[traffic.source]]", 1);
    let ended = endings(&text);
    assert_eq!(ended[..2], [(0, Ok, 450_000, 1), (1, ClientGaveUp, 600_000, 1)]);
    assert_eq!(ended[2], (2, ClientGaveUp, 700_000, 0));
}

/// 100 ms of work in the balancer for each of three that come at once: one after the other on one core, two at once on
/// two; then 10 ms at the replica.
#[test]
fn a_balancer_has_work_of_its_own() {
    let with = |cores: u32| {
        let edge = format!("[balancer.limits]\nwork = '100 ms'\ncores = {cores}");
        let ended = endings(&world(&[0.1, 0.1, 0.1], "10 ms", &edge));
        ended.into_iter().map(|(request, _, at, _)| (request, at / 1_000)).collect::<Vec<_>>()
    };
    assert_eq!(with(1), [(0, 210), (1, 310), (2, 410)]);
    assert_eq!(with(2), [(0, 210), (1, 210), (2, 310)]);
}

/// A request takes two files. Of two, the second client waits until both are free, at 250 ms; of three it is taken and
/// there is none for the replica. Two upstreams of one edge share them.
#[test]
fn files_run_out() {
    let with = |files: u32| world(&[0.1, 0.2], "150 ms", &format!("[balancer.limits]\nfiles = {files}"));
    assert_eq!(statuses(&with(2)), [(0, 200, 250), (1, 200, 400)]);
    assert_eq!(statuses(&with(3)), [(1, 500, 200), (0, 200, 250)]);
    let two = with(2).replace(
        "[[service]]\n",
        "share = 0.0\n[[traffic.class]]\nname = 'b'\nservice = 'b'\ndemand = '150 ms'\n[[service]]\nname = 'b'\n\
         cpus = 50\nthreads = 50\n[[service]]\n",
    );
    assert_eq!(statuses(&two), [(0, 200, 250), (1, 200, 400)]);
}

/// A replica with one file takes one connection at a time, whatever its threads: 100 ms each, the second waits for 50.
#[test]
fn a_replica_has_files() {
    let text = world(&[0.1, 0.15], "100 ms", "files = 1");
    assert_eq!(endings(&text), [(0, Ok, 200_000, 1), (1, Ok, 300_000, 1)]);
    let told = run(&model(&text), 1, Everything::default()).1.0;
    assert!(told.iter().any(|(_, seen)| format!("{seen:?}").contains("resource: Files")));
}

/// Files from its disk and its status page cost no replica anything, only the balancer's own work. The page counts: 4
/// connections, 4 requests.
#[test]
fn some_paths_the_balancer_answers_itself() {
    let text = world(
        &[0.1, 0.2, 0.3, 0.4],
        "30 ms",
        "[[balancer.own]]\npath = '/static/'\n[balancer.limits]\nwork = '1 ms'",
    );
    let text = text.replacen("demand", "path = '/static/app.css'\ndemand", 1);
    assert_eq!(
        endings(&text),
        [(0, Ok, 101_000, 0), (1, Ok, 201_000, 0), (2, Ok, 301_000, 0), (3, Ok, 401_000, 0)]
    );
    let page = doorbuster::report::StatusPage::from(&door(&text));
    assert_eq!((page.accepts, page.handled, page.requests, page.active), (4, 4, 4, 0));
    let other = text.replacen("/static/app.css", "/app", 1);
    assert_eq!(endings(&other)[0], (0, Ok, 131_000, 1));
}

/// Both replicas hang; Envoy's checks of 200 and 300 ms find them. With the second, none of two is well, fewer than
/// half: it asks all again, and says so. app-1 is well from 1 s on, and 1 of 2 is enough.
#[test]
fn panic_is_told() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '30 ms'\n[[service]]\n\
        replicas = 2\nthreads = 50\n[balancer]\nproduct = 'envoy'\n[balancer.check]\ninterval = '200 ms'\n\
        timeout = '100 ms'\nfall = 1\nrise = 1\n[[fault]]\nat = '410 ms'\nfor = '600 ms'\nkind = 'freeze'\nreplica = 'app-1'\n\
        [[fault]]\nat = '410 ms'\nkind = 'freeze'\nreplica = 'app-2'\n[run]\nduration = '3 s'";
    let seen = run(&model(text), 1, Everything::default()).1.0;
    let of = |(_, seen): &(doorbuster::units::SimTime, Observation)| match *seen {
        Observation::Panic { on, well, known, .. } => Some((on, well, known)),
        _ => None,
    };
    // Envoy takes a replica for ill until its first check passes: at the start both are, and then one is enough.
    let told: Vec<_> = seen.iter().filter_map(of).collect();
    assert_eq!(told[told.len() - 2..], [(true, 0, 2), (false, 1, 2)]);
}

#[test]
fn limits_that_can_t_be_are_told() {
    let problems = |text: &str| {
        let scenario = Scenario::from_toml_str(&format!("[[service]]\n{text}"));
        scenario.and_then(|scenario| scenario.validate()).map(|_| ()).unwrap_err().to_string()
    };
    for (text, words) in [
        ("[balancer.limits]\nfiles = 1", "balancer.limits.files: is 1: a request takes one"),
        ("[balancer.limits]\nconnections = 0", "balancer.limits.connections"),
        ("[[balancer.own]]\npath = 'static'", "balancer.own[0].path: is \"static\"; must begin with /"),
        ("[[balancer.header]]\nname = 'a b'", "balancer.header[0].name"),
    ] {
        let problems = problems(text);
        assert!(problems.contains(words), "{problems}");
    }
}

/// What the client of a request got, with the headers that nginx adds: an error has none but those that are always
/// added.
#[test]
fn headers_are_filled_in() {
    let edge = "[[balancer.header]]\n[[balancer.header]]\nname = 'X-Upstream-Server'\nvalue = '$upstream_addr'\nalways = true\n\
        [[balancer.header]]\nname = 'X-Request-ID'\nvalue = '$request_id'\nto = 'replica'\n";
    let text = world(&[0.1, 0.2], "100 ms", &format!("{edge}[[fault]]\nat = '250 ms'\nreplica = 'app-1'"));
    let model = model(&text);
    let told = |request| doorbuster::experiment::answer(&model, 1, request).unwrap();
    let names = |list: &[doorbuster::report::headers::Filled]| {
        list.iter().map(|header| format!("{}: {}", header.name, header.value)).collect::<Vec<_>>()
    };
    let (first, second) = (told(0), told(1));
    assert_eq!((first.status, first.outcome, &first.replicas[..]), (200, "ok", &["app-1".to_owned()][..]));
    assert_eq!(names(&first.headers), ["X-Served-By: balancer", "X-Upstream-Server: 172.18.0.3:80"]);
    assert_eq!(first.to_replica[0].value, doorbuster::report::headers::request_id(1, 0));
    assert_eq!((second.status, second.outcome), (502, "replica_crashed"));
    assert_eq!(names(&second.headers), ["X-Upstream-Server: 172.18.0.3:80"]);
}

/// With two inside, of which one waits, a third is answered with 503 at once; at 300 ms R0 is done, and R3 of 310 ms
/// finds one inside.
#[test]
fn a_replica_sheds_what_is_too_much() {
    let text =
        world(&[0.1, 0.15, 0.2, 0.31], "200 ms", "shed_above = 2").replacen("threads = 50", "threads = 1", 1);
    assert_eq!(statuses(&text), [(2, 503, 200), (0, 200, 300), (1, 200, 500), (3, 200, 700)]);
    assert_eq!(endings(&text)[0], (2, Shed, 200_000, 1));
}

/// Goodput collapse as in Stability Sim: 10 slots of 100 ms, 90 requests a second, three times as slow
/// from 8 to 16 s. A queue without end then answers at full speed and too late for half a minute; with a limit of 90
/// most of what comes is answered in time, and all soon after.
#[test]
fn goodput() {
    let text = doorbuster::scenario::preset::find("goodput").unwrap().text;
    for seed in [42, 1, 2] {
        let seen = run(&model(text), seed, Everything::default()).1.0;
        let mut class = std::collections::BTreeMap::new();
        let mut good = std::collections::BTreeMap::new();
        let mut answered = [0_u32; 2];
        for (now, seen) in &seen {
            let second = now.0 / 1_000_000_000;
            match *seen {
                Observation::Offered { request, class: of } => drop(class.insert(request, of.index())),
                Observation::Ended { request, outcome: Ok, .. } => {
                    *good.entry((class[&request], second)).or_insert(0) += 1;
                }
                Observation::AttemptEnded { replica, outcome: Ok | ClientGaveUp, .. }
                    if (16..25).contains(&second) =>
                {
                    answered[replica.index()] += 1;
                }
                _ => {}
            }
        }
        let per_second = |of: usize, from: u64, to: u64| {
            let sum: u32 = (from..to).filter_map(|second| good.get(&(of, second))).sum();
            f64::from(sum) / (to - from) as f64
        };
        let (plain, guarded) = (per_second(0, 17, 25), per_second(1, 17, 25));
        assert!(plain < 5.0 && guarded > 65.0, "seed {seed}: {plain} {guarded}");
        assert!(per_second(0, 30, 40) < 20.0 && per_second(1, 30, 40) > 80.0, "seed {seed}");
        assert!(answered[0] > 9 * 60, "seed {seed}: {answered:?}");
    }
}
