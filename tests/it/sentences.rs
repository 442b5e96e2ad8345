//! Stories of what no other story tells: further attempts elsewhere, several instances, tables of clients, sheds.

use doorbuster::observe::{Observation, Outcome, Snapshot};

use crate::support::{Endings, Everything, model, run};

/// HAProxy at 100 ms chooses app-1, which is gone since 50 ms. Without `redispatch` it asks there again after 1, 2 and
/// 3 s, in vain. With it, the next attempt is at once at app-2: 10 ms later all is well.
#[test]
fn a_further_attempt_may_go_elsewhere() {
    let ends = |redispatch: bool| {
        let text = format!(
            "[[traffic.source]]\nkind = 'trace'\ntrace = '0.1,10 ms'\n[[service]]\nreplicas = 2\nrestart = 'no'\n\
            [balancer]\nalgorithm = 'haproxy.roundrobin'\ndiscovery = false\nredispatch = {redispatch}\n\
            [[fault]]\nat = '50 ms'\nreplica = 'app-1'\n[run]\nduration = '5 s'"
        );
        run(&model(&text), 1, Endings::default()).1.0
    };
    assert_eq!(ends(false), [(0, Outcome::ConnectionRefused, 3_100_000, 4)]);
    assert_eq!(ends(true), [(0, Outcome::Ok, 110_000, 2)]);
}

/// Two instances take turns among two replicas, and eight requests come to one or the other by chance: a and b. Each
/// has its own turn and begins with app-1: ⌈a/2⌉ + ⌈b/2⌉ go there, 5 when both are odd. With a turn that they share
/// it is 4.
#[test]
fn instances_have_turns_of_their_own_or_share_one() {
    let mut uneven = 0;
    for seed in 1..=20 {
        let counts = |shared: bool| {
            let text = format!(
                "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '1 ms'\n\
                [[service]]\nreplicas = 2\n[balancer]\ninstances = 2\nshared = {shared}\n[run]\nduration = '850 ms'"
            );
            let (engine, _) = run(&model(&text), seed, ());
            let mut world = Snapshot::default();
            engine.snapshot(&mut world);
            let balancer = world.balancer.unwrap();
            let own: Vec<u64> = balancer.instances.iter().map(|instance| instance.requests).collect();
            (own, world.replicas[0].attempts)
        };
        let (own, first) = counts(false);
        assert_eq!(own.iter().sum::<u64>(), 8);
        assert_eq!(first, own.iter().map(|n| n.div_ceil(2)).sum::<u64>(), "seed {seed}");
        uneven += u32::from(first != 4);
        assert_eq!(counts(true).1, 4, "seed {seed}");
    }
    assert!(uneven > 3);
}

/// Turns among two replicas, clients x and y: x y x x. With a table of addresses x stays where it was first.
#[test]
fn a_table_knows_where_an_address_was() {
    let chosen = |sticky: &str| {
        let text = format!(
            "[[traffic.source]]\nkind = 'trace'\ntrace = '''0,1 ms,,x\n0.05,1 ms,,y\n0.1,1 ms,,x\n0.2,1 ms,,x'''\n\
            [[service]]\nreplicas = 2\n[balancer]\nalgorithm = 'haproxy.roundrobin'\nsticky = '{sticky}'\n\
            [run]\nduration = '1 s'"
        );
        let (_, seen) = run(&model(&text), 1, Everything::default());
        let replicas = seen.0.iter().filter_map(|(_, seen)| match seen {
            Observation::Dispatched { replica, .. } => Some(replica.0 + 1),
            _ => None,
        });
        replicas.collect::<Vec<_>>()
    };
    assert_eq!(chosen("none"), [1, 2, 1, 2]);
    assert_eq!(chosen("address"), [1, 2, 1, 1]);
    assert_eq!(chosen("learned"), [1, 2, 1, 1]);
}

/// Three requests at once for a replica that lets one in: two are turned away, and its row says so.
#[test]
fn sheds_are_counted_by_replica() {
    let text = "[[traffic.source]]\nkind = 'trace'\ntrace = '''0.1,100 ms\n0.1,100 ms\n0.1,100 ms'''\n\
        [[service]]\nshed_above = 1\n[run]\nduration = '1 s'";
    let report = doorbuster::experiment::run(&model(text), 1);
    let row = &report.replicas[0];
    assert_eq!((row.requests, row.sheds, report.requests.succeeded), (3, 2, 1));
}

/// Six requests in turns by weights 3, 2 and 1. Jain's fairness (3 + 2 + 1)² / (3 · (9 + 4 + 1)) = 6/7, most over mean
/// 3 / 2.
#[test]
fn fairness_by_hand() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '1 ms'\n\
        [[service]]\nreplicas = 3\n[[service.replica]]\nweight = 3\n[[service.replica]]\nnumber = 2\nweight = 2\n\
        [run]\nduration = '650 ms'";
    let report = doorbuster::experiment::run(&model(text), 1);
    let row: Vec<u64> = report.replicas.iter().map(|replica| replica.requests).collect();
    assert_eq!(row, [3, 2, 1]);
    assert!((report.fairness_jain.unwrap() - 6.0 / 7.0).abs() < 1e-12);
    assert_eq!(report.max_over_mean, Some(1.5));
}
