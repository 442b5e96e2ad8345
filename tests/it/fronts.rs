//! What is in front of the services, in tiny worlds without chance. Every time is worked out by hand.

use doorbuster::observe::{Outcome, Outcome::*, Snapshot};
use doorbuster::scenario::Scenario;

use crate::support::{Endings, model, run};

/// Endings as (request, outcome, milliseconds).
fn endings(text: &str) -> Vec<(u64, Outcome, f64)> {
    let (_, seen) = run(&model(text), 1, Endings::default());
    seen.0.into_iter().map(|(request, outcome, us, _)| (request, outcome, us as f64 / 1e3)).collect()
}

/// Recorded requests at 100, 200, 300 and 400 ms, in turn for `shop` and for `pay`, one replica each, 150 ms of work.
/// 0 (shop): 100 to 250. 1 (pay): 200 to 350, though shop is busy. 2 (shop): 300 to 450. 3 (pay): comes 400, to 550.
/// Behind a balancer of its own with room for one and no queue, a request to `pay` at 300 ms finds 1 in flight: full.
#[test]
fn every_service_has_a_front_of_its_own() {
    let text = |third: &str, own: &str| {
        format!(
            "[[traffic.source]]\nkind = 'trace'\ntrace = '''\ntime,class\n0.1,shop\n0.2,pay\n0.3,{third}\n0.4,pay\n'''\n\
             [[traffic.class]]\nname = 'shop'\ndemand = '150 ms'\n\
             [[traffic.class]]\nname = 'pay'\ndemand = '150 ms'\nservice = 'pay'\n\
             [[service]]\nname = 'shop'\n[[service]]\nname = 'pay'\n{own}\n[run]\nduration = '600 ms'"
        )
    };
    let seen = endings(&text("shop", ""));
    assert_eq!(seen, [(0, Ok, 250.0), (1, Ok, 350.0), (2, Ok, 450.0), (3, Ok, 550.0)]);
    let own = text("pay", "[service.balancer]\nmax_connections = 1");
    assert_eq!(endings(&own), [(0, Ok, 250.0), (2, QueueFull, 300.0), (1, Ok, 350.0), (3, Ok, 550.0)]);
    let (engine, ()) = run(&model(&own), 1, ());
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    let fronts: Vec<_> = world.fronts().map(|front| (front.service.as_str(), front.turned_away)).collect();
    assert_eq!(fronts, [("shop", 0), ("pay", 1)]);
}

/// What is not written in a balancer of a service's own is as in `[balancer]`, and its problems are told at its place.
#[test]
fn a_balancer_of_its_own_is_checked_where_it_stands() {
    let text = "[[traffic.source]]\nrate = '1/s'\n[[traffic.class]]\nservice = 'pay'\n[balancer]\nqueue = 7\n\
        [[service]]\nname = 'shop'\n[[service]]\nname = 'pay'\n[service.balancer]\nalgorithm = 'random'";
    let fronts = model(text).fronts().to_vec();
    assert_eq!(
        fronts.iter().map(|f| (f.algorithm.name.as_str(), f.queue)).collect::<Vec<_>>(),
        [("round_robin", 7), ("random", 7)]
    );
    let wrong = Scenario::from_toml_str(&text.replace("'random'", "'randon'\nservice = 'shop'")).unwrap();
    let problems = wrong.validate().unwrap_err().to_string();
    assert!(problems.contains("service[1].balancer.algorithm: \"randon\" is no algorithm"), "{problems}");
    assert!(problems.contains("service[1].balancer.service"), "{problems}");
    let unknown = Scenario::from_toml_str(&text.replace("'random'", "'random'\nquue = 1")).unwrap_err();
    assert!(unknown.to_string().contains("did you mean \"queue\""), "{unknown}");
}
