//! Instances of a balancer that know only some of the replicas.

use doorbuster::engine::Engine;
use doorbuster::observe::Snapshot;
use doorbuster::scenario::{Change, Scenario};
use doorbuster::units::SimTime;

use crate::support::{model, run};

fn known_by(engine: &Engine) -> Vec<u32> {
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    world.replicas.iter().map(|replica| replica.known_by.unwrap()).collect()
}

/// 4 instances, 4 replicas, one each: whole subsets are 4 in a list, so that one round deals out every replica. Of 40
/// users, who each stay with an instance, every one meets one replica only, in all of its requests; with the whole list
/// turns go round and each meets all.
#[test]
fn a_user_meets_the_subset_of_its_instance() {
    let text = "[[traffic.source]]\nkind = 'users'\nusers = 40\nthink = '100 ms'\n\
                session = { requests = 100, think = '10 ms' }\n[[traffic.class]]\ndemand = '1 ms'\n\
                [balancer]\ninstances = 4\nsubset = { size = 1 }\n[[service]]\nreplicas = 4\n[run]\nduration = '500 ms'";
    let (engine, ()) = run(&model(text), 3, ());
    assert_eq!(known_by(&engine), [1, 1, 1, 1]);
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    let of_replicas: Vec<u64> = world.replicas.iter().map(|replica| replica.attempts).collect();
    let mut of_instances: Vec<u64> =
        world.balancer.as_ref().unwrap().instances.iter().map(|instance| instance.requests).collect();
    // What came to an instance went to its only replica, in some order of the four.
    let mut sorted = of_replicas.clone();
    sorted.sort_unstable();
    of_instances.sort_unstable();
    assert_eq!(sorted, of_instances);
    assert!(of_replicas.iter().all(|&n| n > 0), "{of_replicas:?}");
}

/// 6 instances with 2 of 4 each: two instances a round, three rounds, each replica known by 3. With two replicas more,
/// three instances a round, two rounds: drawn anew, each known by 2. One that goes leaves its places empty.
#[test]
fn subsets_are_drawn_anew_when_replicas_come() {
    let text = "[[traffic.source]]\nrate = 100\n[balancer]\ninstances = 6\nsubset = { size = 2 }\n\
                [[service]]\nname = 'app'\nreplicas = 4\nstart_up = '10 ms'\n[run]\nduration = '5 s'";
    let mut engine = Engine::new(&model(text), 1);
    engine.run_until(SimTime(1_000_000_000), u64::MAX, &mut ());
    assert_eq!(known_by(&engine), [3, 3, 3, 3]);
    engine.apply(Change::Scale { service: "app".into(), replicas: 6 }, &mut ()).unwrap();
    engine.run_until(SimTime(2_000_000_000), u64::MAX, &mut ());
    assert_eq!(known_by(&engine), [2; 6]);
    engine.apply(Change::Scale { service: "app".into(), replicas: 5 }, &mut ()).unwrap();
    engine.run_until(SimTime(3_000_000_000), u64::MAX, &mut ());
    assert_eq!(known_by(&engine), [2; 5]);
    let before = engine.ledger().offered();
    engine.run_until(SimTime(4_000_000_000), u64::MAX, &mut ());
    assert!(engine.ledger().offered() > before + 50);
}

#[test]
fn subsets_need_several_instances() {
    for front in ["subset = { size = 2 }", "instances = 3\nshared = true\nsubset = { size = 2 }"] {
        let text = format!("[[traffic.source]]\nrate = 1\n[balancer]\n{front}\n[[service]]\nreplicas = 4\n");
        let invalid = Scenario::from_toml_str(&text).unwrap().validate().unwrap_err().to_string();
        assert!(invalid.contains("balancer.subset") && invalid.contains("instances"), "{invalid}");
    }
}
