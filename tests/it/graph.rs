//! Stories of services that call services, and of sessions in a shared store. Every time is worked out by hand.

use doorbuster::observe::{CallFailure, Outcome, Outcome::*, Snapshot};
use doorbuster::scenario::Scenario;

use crate::support::{Endings, model, run};

/// Endings as (request, outcome, milliseconds), and the world at the end.
fn story(text: &str) -> (Vec<(u64, Outcome, f64)>, Snapshot) {
    let (engine, seen) = run(&model(text), 1, Endings::default());
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    (seen.0.into_iter().map(|(request, outcome, us, _)| (request, outcome, us as f64 / 1e3)).collect(), world)
}

/// `n` requests at 100 ms for the edge's service: 10 ms of work, then `calls`. Orders take 30 ms, payments 50 ms, on
/// one worker each.
fn shop(n: usize, calls: &str, rest: &str) -> String {
    let source = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.source.profile]]\nfor = '150 ms'\n\
        [[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n";
    let inside = |name: &str, ms: u32| {
        format!("[[traffic.class]]\nname = '{name}'\nservice = '{name}'\nshare = 0\ndemand = '{ms} ms'\n")
    };
    format!(
        "{}[[traffic.class]]\nsteps = [{{ time = '10 ms' }}, {calls}]\n{}{}[balancer]\nservice = 'app'\n\
        [[service]]\nname = 'app'\nthreads = 10\ncpus = 4\n[[service]]\nname = 'orders'\nREST\n\
        [[service]]\nname = 'payments'\n[run]\nduration = '2 s'\n",
        source.repeat(n),
        inside("orders", 30),
        inside("payments", 50)
    )
    .replace("REST", rest)
}

const ORDERS: &str = "{ kind = 'call', to = 'orders' }";
const PAYMENTS: &str = "{ kind = 'call', to = 'payments' }";

/// 10 ms of the edge's own work, to 110; then orders to 140 and payments to 190. Together both are over at 160.
#[test]
fn a_request_fans_out() {
    let (seen, world) = story(&shop(1, &format!("{ORDERS}, {PAYMENTS}"), ""));
    assert_eq!(seen, [(0, Ok, 190.0)]);
    let together = PAYMENTS.replace(" }", ", together = true }");
    let (seen, _) = story(&shop(1, &format!("{ORDERS}, {together}"), ""));
    assert_eq!(seen, [(0, Ok, 160.0)]);
    // Clients have asked once; the services have asked each other twice.
    assert_eq!((world.ledger.offered(), world.attempts), (1, 3));
    let calls =
        world.dependencies.iter().map(|view| (view.name.as_str(), view.kind, view.requests, view.answered));
    assert_eq!(calls.collect::<Vec<_>>(), [("orders", "service", 1, 1), ("payments", "service", 1, 1)]);
    assert_eq!(world.replicas[1].answered, 1);
}

/// Three requests wait at 110 for one worker of orders: 140, 170, 200. With two replicas of orders alone, two are done
/// at 140 and the third at 170.
#[test]
fn one_service_is_scaled_without_the_others() {
    let (seen, _) = story(&shop(3, ORDERS, ""));
    assert_eq!(seen.iter().map(|(_, _, at)| *at).collect::<Vec<_>>(), [140.0, 170.0, 200.0]);
    let (seen, world) = story(&shop(3, ORDERS, "replicas = 2"));
    assert_eq!(seen.iter().map(|(_, _, at)| *at).collect::<Vec<_>>(), [140.0, 140.0, 170.0]);
    assert_eq!(world.replicas.len(), 4);
}

/// The orders' replica dies at 120 ms and does not come back: the call fails then, and so does the request, unless it
/// can do without. A second attempt finds nobody, at once.
#[test]
fn a_failed_call_fails_the_request() {
    let dead = "restart = 'no'\n[[fault]]\nat = '120 ms'\nreplica = 'orders-1'";
    assert_eq!(story(&shop(1, ORDERS, dead)).0, [(0, DependencyFailed, 120.0)]);
    let optional = ORDERS.replace(" }", ", optional = true }");
    assert_eq!(story(&shop(1, &optional, dead)).0, [(0, Ok, 120.0)]);
    let twice = ORDERS.replace(" }", ", tries = 2 }");
    let (seen, world) = story(&shop(1, &twice, dead));
    assert_eq!(seen, [(0, DependencyFailed, 120.0)]);
    let failed = world.dependencies[0].failed[CallFailure::ErrorAnswer as usize].1;
    assert_eq!((world.dependencies[0].requests, failed), (2, 2));
}

/// The edge waits for orders for 20 ms only: it fails at 130, and orders finish their 30 ms for nobody, at 140.
#[test]
fn who_does_not_wait_does_not_stop_the_work() {
    let call = ORDERS.replace(" }", ", timeout = '20 ms' }");
    let (seen, world) = story(&shop(1, &call, ""));
    assert_eq!(seen, [(0, DependencyFailed, 130.0)]);
    let orders = &world.replicas[1];
    assert_eq!((orders.answered, orders.cpu_used.as_millis(), orders.in_flight), (1, 30.0, 0));
}

/// Services that call each other in a circle would never end.
#[test]
fn circles_are_refused() {
    let text = shop(1, ORDERS, "").replace("demand = '30 ms'", &format!("steps = [{PAYMENTS}]"));
    assert!(Scenario::from_toml_str(&text).unwrap().validate().is_ok());
    let circle = text.replace("demand = '50 ms'", &format!("steps = [{ORDERS}]"));
    let problems = Scenario::from_toml_str(&circle).unwrap().validate().unwrap_err().to_string();
    assert!(problems.contains("circle"), "{problems}");
    let nobody = shop(1, "{ kind = 'call', to = 'orders', class = 'refund' }", "");
    let problems = Scenario::from_toml_str(&nobody).unwrap().validate().unwrap_err().to_string();
    assert!(problems.contains("no class \"refund\""), "{problems}");
}

/// A session of three requests, 100 ms apart, 5 ms in the store and 30 ms of work each, on two replicas in turn: 1,000,
/// 1,135, 1,270 ms, and each takes 35. In memory, the second finds nothing; in the store all do, also after the replica
/// of the login has died. While the store is gone (from 1,100 to 1,200 ms), the second fails.
#[test]
fn a_store_keeps_sessions_for_all() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '1/s'\n[[traffic.source.profile]]\nfor = '1500 ms'\n\
        [[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n[traffic.source.session]\nrequests = 3\n\
        spread = 'constant'\nthink = '100 ms'\n[[traffic.class]]\ndemand = '30 ms'\n[[service]]\nreplicas = 2\n\
        sessions = 'STATE'\n[[dependency]]\nname = 'redis'\nkind = 'store'\ntime = '5 ms'\nFAULT\n\
        [run]\nduration = '2 s'";
    let memory = story(&text.replace("STATE", "memory").replace("FAULT", "")).0;
    assert_eq!(memory, [(0, Ok, 1030.0), (1, SessionLost, 1160.0)]);
    let kept = text.replace("STATE'", "store'\nstore = 'redis'");
    for fault in ["", "[[fault]]\nat = '1050 ms'\nreplica = 'app-1'"] {
        let (seen, world) = story(&kept.replace("FAULT", fault));
        assert_eq!(seen, [(0, Ok, 1035.0), (1, Ok, 1170.0), (2, Ok, 1305.0)], "{fault}");
        assert_eq!((world.sessions_lost, world.dependencies[0].requests), (0, 3));
    }
    let gone = "[[fault]]\nat = '1100 ms'\nkind = 'gone'\ndependency = 'redis'\nfor = '100 ms'";
    let (seen, world) = story(&kept.replace("FAULT", gone));
    assert_eq!(seen, [(0, Ok, 1035.0), (1, DependencyFailed, 1135.0), (2, Ok, 1270.0)]);
    assert_eq!(world.sessions_lost, 0);
}

/// A session takes 1 MiB and 2 MiB more with each further request; three requests, then it is over. At 1,030 ms 1 MiB,
/// at 1,160 3 MiB, at 1,290 nothing. With a limit of 62 MiB over the 60 MiB of the process the second request kills it.
#[test]
fn a_basket_grows() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '1/s'\n[[traffic.source.profile]]\nfor = '1500 ms'\n\
        [[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n[traffic.source.session]\nrequests = 3\n\
        spread = 'constant'\nthink = '100 ms'\nbasket = '2 MiB'\n[[traffic.class]]\ndemand = '30 ms'\n[[service]]\n\
        ram.session = '1 MiB'\nLIMIT\n[run]\nduration = 'END ms'";
    let mib = |end: u32| {
        let (_, world) = story(&text.replace("LIMIT", "").replace("END", &end.to_string()));
        world.replicas[0].memory.sessions >> 20
    };
    assert_eq!([1029, 1030, 1160, 1289, 1290].map(mib), [0, 1, 3, 3, 0]);
    let (seen, world) = story(&text.replace("LIMIT", "memory = '62 MiB'").replace("END", "1200"));
    assert_eq!(seen, [(0, Ok, 1030.0), (1, OutOfMemory, 1160.0)]);
    assert_eq!(world.replicas[0].oom_kills, 1);
}
