//! Clients that send slowly: who waits for them, the balancer or a worker.

use doorbuster::algorithm::product::PRODUCTS;
use doorbuster::observe::{Observation, Outcome, Resource, Snapshot};
use doorbuster::scenario::{Scenario, preset};
use doorbuster::units::SimTime;

use crate::support::{Endings, Everything, model, run};

use Outcome::{ClientGaveUp, NoFreeConnection, Ok, ReadTimeout, WorkerKilled};

/// One replica with one worker. At 0 a client begins to send an upload, for 1 s; it takes 10 ms of work. At 100 ms
/// another asks for a page of 10 ms.
fn text(upload: &str, service: &str, balancer: &str, traffic: &str) -> String {
    format!(
        "[traffic]\n{traffic}\n[[traffic.source]]\nkind = 'trace'\ntrace = '''0,,upload\n0.1,,page'''\n\
        [[traffic.class]]\nname = 'page'\ndemand = '10 ms'\n\
        [[traffic.class]]\nname = 'upload'\nshare = 0\ndemand = '10 ms'\nsend_time = '1 s'\n{upload}\n\
        [[service]]\nworkers = 1\n{service}\n[balancer]\n{balancer}\n[run]\nduration = '3 s'"
    )
}

/// How the upload and the page end: outcome and millisecond.
fn ends(text: &str) -> [(Outcome, u64); 2] {
    let (_, seen) = run(&model(text), 1, Endings::default());
    let mut ends = [(Outcome::Shed, 0); 2];
    for &(number, outcome, us, _) in &seen.0 {
        ends[number as usize] = (outcome, us / 1_000);
    }
    ends
}

const BODY: &str = "method = 'POST'\nbody = '10 KiB'";
const HAPROXY: &str = "algorithm = 'haproxy.roundrobin'";

/// nginx hands the upload over when all of it is there, at 1,000 ms: 1,010. The page is alone: 110. HAProxy hands it
/// over at once: the worker waits for it until 1,000, and the page until 1,010: 1,020. With `buffers` each does what
/// the other does. A head that comes slowly reaches nobody behind HAProxy, but the worker behind IPVS, which passes
/// connections.
#[test]
fn who_waits_for_the_rest() {
    let (buffered, held) = ([(Ok, 1_010), (Ok, 110)], [(Ok, 1_010), (Ok, 1_020)]);
    let with = |upload: &str, balancer: &str| ends(&text(upload, "", balancer, ""));
    assert_eq!(with(BODY, ""), buffered);
    assert_eq!(with(BODY, HAPROXY), held);
    assert_eq!(with(BODY, "buffers = false"), held);
    assert_eq!(with(BODY, &format!("{HAPROXY}\nbuffers = true")), buffered);
    assert_eq!(with("", HAPROXY), buffered);
    assert_eq!(with("", "algorithm = 'ipvs.rr'"), held);
    assert_eq!(with(&format!("{BODY}\nslow_share = 0"), HAPROXY), [(Ok, 10), (Ok, 110)]);
    // An event loop does not wait: the upload is parked, and the page served.
    let event_loop = ends(&text(BODY, "server = 'event_loop'", HAPROXY, ""));
    assert_eq!(event_loop, buffered);
    assert_eq!(PRODUCTS.len(), 9, "a further product: what does it read before it chooses?");
}

/// 5 ms to the balancer and 10 ms to the replica: the end of the upload is at the balancer at 1,005 and at the replica
/// at 1,015, wherever it waits; with 10 ms of work and 15 ms back that is 1,040.
#[test]
fn the_end_takes_the_same_way_as_the_beginning() {
    for balancer in ["", HAPROXY] {
        let balancer = format!("{balancer}\ndelay = '10 ms'");
        assert_eq!(ends(&text(BODY, "", &balancer, "delay = '5 ms'"))[0], (Ok, 1_040));
    }
}

/// The master of a worker that waits for 500 ms kills it: the upload ends, and after a boot of 200 ms the page is
/// served, at 710. Behind nginx nobody waits. A time-out of 300 ms for the answer begins when all is sent: 400 ms of
/// work is too much for it at 1,300, 200 ms is not.
#[test]
fn what_timeouts_make_of_it() {
    let service = "worker_timeout = '500 ms'\nworker_boot = '200 ms'";
    assert_eq!(ends(&text(BODY, service, HAPROXY, "")), [(WorkerKilled, 500), (Ok, 710)]);
    assert_eq!(ends(&text(BODY, service, "", "")), [(Ok, 1_010), (Ok, 110)]);
    let balancer = format!("{HAPROXY}\nread_timeout = '300 ms'");
    let work = |ms: u32| {
        text(BODY, "", &balancer, "")
            .replace("share = 0\ndemand = '10 ms'", &format!("share = 0\ndemand = '{ms} ms'"))
    };
    assert_eq!(ends(&work(200))[0], (Ok, 1_200));
    assert_eq!(ends(&work(400))[0], (ReadTimeout, 1_300));
}

/// A client that leaves after 400 ms leaves its worker too: the page begins then. At the balancer it has held nobody.
#[test]
fn who_leaves_holds_nobody() {
    let timeout = "timeout = '400 ms'";
    assert_eq!(ends(&text(BODY, "", HAPROXY, timeout)), [(ClientGaveUp, 400), (Ok, 410)]);
    assert_eq!(ends(&text(BODY, "", "", timeout)), [(ClientGaveUp, 400), (Ok, 110)]);
}

/// Two connection slots in nginx: the slow client has one, the page the other, and its attempt none: 500. With three
/// all is well.
#[test]
fn a_slow_client_holds_a_slot() {
    let with = |slots: u32| ends(&text(BODY, "", &format!("limits = {{ connections = {slots} }}"), ""));
    assert_eq!(with(2), [(Ok, 1_010), (NoFreeConnection, 100)]);
    assert_eq!(with(3), [(Ok, 1_010), (Ok, 110)]);
}

/// A check of the balancer comes to a worker like everybody else: while the only one waits for an upload, it fails.
#[test]
fn checks_wait_for_a_worker_too() {
    let check = "check = { interval = '200 ms', timeout = '100 ms', fall = 1, rise = 1 }";
    let (_, seen) =
        run(&model(&text(BODY, "", &format!("{HAPROXY}\n{check}"), "")), 1, Everything::default());
    let checked = seen.0.iter().find_map(|(at, seen)| match seen {
        Observation::Checked { up, .. } => Some((at.0 / 1_000_000, *up)),
        _ => None,
    });
    assert_eq!(checked, Some((300, false)));
}

/// Four clients with an upload of a minute: from 10 s on all four workers wait for them, with hardly any CPU in
/// use, until they are killed at 40 s. With a balancer that reads requests to their end, nothing happens.
#[test]
fn slow_clients_take_the_service_down() {
    let scenario = Scenario::from_toml_str(preset::find("slow-clients").unwrap().text).unwrap();
    for seed in [1, 7, 42] {
        let (engine, seen) = run(&scenario.validate().unwrap(), seed, Everything::default());
        let second = |s: u64| SimTime(s * 1_000_000_000);
        let count = |from: u64, to: u64, what: Outcome| {
            let is = |(at, seen): &&(SimTime, Observation)| {
                let within = *at > second(from) && *at <= second(to);
                within && matches!(seen, Observation::Ended { outcome, .. } if *outcome == what)
            };
            seen.0.iter().filter(is).count()
        };
        assert!(count(0, 10, Ok) > 150 && count(0, 10, ReadTimeout) == 0, "seed {seed}");
        assert_eq!(count(11, 40, Ok), 0, "seed {seed}");
        assert!(count(11, 40, ReadTimeout) > 350, "seed {seed}");
        assert!(count(45, 60, Ok) > 250 && count(46, 60, ReadTimeout) == 0, "seed {seed}");
        let full =
            |seen: &Observation| matches!(seen, Observation::Exhausted { resource: Resource::Workers, .. });
        assert!(seen.0.iter().filter(|(_, seen)| full(seen)).count() >= 2, "seed {seed}");
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        let killed =
            seen.0.iter().filter(|(_, seen)| matches!(seen, Observation::WorkerKilled { .. })).count();
        assert_eq!(killed, 4, "seed {seed}");
        let mut buffered = scenario.clone();
        buffered.balancer.buffers = Some(true);
        let (engine, _) = run(&buffered.validate().unwrap(), seed, ());
        assert_eq!(engine.ledger().failed(), 0, "seed {seed}");
    }
}
