//! Second copies that clients send, where they meet a queue.

use doorbuster::observe::Outcome;

use crate::support::{Endings, model, run};

/// One replica that takes one request at a time (100 ms each), and answers with an error until 150 ms. Clients ask at
/// 0, 10 and 120 ms, and a second time 30 ms later. The first is at the replica; its copy comes to the queue at 30 ms,
/// behind the second request (10 ms), and may not go where the first is. At 100 ms the first has its error, the second
/// is handed over, and the copy, for which nobody is left, is sent away: 502 at 100 ms. It would have kept the third
/// (120 ms) waiting although the replica is free at 200 ms. So the second ends at 200 ms, the third at 300 ms.
#[test]
fn a_copy_that_nobody_may_take_keeps_nobody_waiting() {
    let text = "[traffic]\nhedge = { after = '30 ms' }\n[[traffic.source]]\nkind = 'trace'\n\
        trace = '''0,100 ms\n0.01,100 ms\n0.12,100 ms'''\n[[service]]\nworkers = 1\n\
        [balancer]\nmax_connections = 1\nqueue = 5\nqueue_timeout = '10 s'\n\
        [[fault]]\nkind = 'errors'\nreplica = 'app-1'\nshare = 1\nfor = '150 ms'\n[run]\nduration = '2 s'";
    let (_, seen) = run(&model(text), 1, Endings::default());
    let ends: Vec<_> = seen.0.iter().map(|&(number, outcome, us, _)| (number, outcome, us / 1_000)).collect();
    let ok = Outcome::Ok;
    assert_eq!(ends, [(0, Outcome::NoHealthyReplica, 100), (1, ok, 200), (2, ok, 300)]);
}
