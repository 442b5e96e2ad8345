use super::*;
use crate::observe::{Ledger, Point, Snapshot};
use crate::units::SimTime;
use crate::web::live::Live;

const ASKED: Asked = Asked { now: 8.0, base: 8.0, planned: 8.0, users: false };

fn live(replicas: &[(&str, ReplicaState)], ended: &[(Outcome, u64)], offered: u64) -> Live {
    let mut live = Live::default();
    let view = |(place, (name, state)): (usize, &(&str, ReplicaState))| ReplicaView {
        id: place as u32,
        name: (*name).into(),
        state: *state,
        cores: 1.0,
        until: Some(SimTime(2_400_000_000)),
        eligible: true,
        ..ReplicaView::default()
    };
    let mut ledger = Ledger::default();
    (0..offered).for_each(|_| ledger.offer());
    for (outcome, n) in ended {
        (0..*n).for_each(|_| ledger.end(*outcome));
    }
    live.world = Snapshot {
        now: SimTime(1_000_000_000),
        replicas: replicas.iter().enumerate().map(view).collect(),
        ..Snapshot::default()
    };
    let calm = live.world.clone();
    (0..4).for_each(|_| live.recorder.close(&calm));
    live.world.ledger = ledger;
    let busy = live.world.clone();
    live.recorder.close(&busy);
    assert_eq!(live.recorder.series.points.iter().map(|p: &Point| p.offered).sum::<u32>(), offered as u32);
    live
}

fn said(live: &Live) -> String {
    text(&headline(Lang::En, live, &ASKED))
}

#[test]
fn a_calm_world() {
    let live =
        live(&[("app-1", ReplicaState::Ready), ("app-2", ReplicaState::Ready)], &[(Outcome::Ok, 8)], 8);
    assert_eq!(said(&live), "All is well. 2 replicas answer 8 of 8 requests a second.");
}

#[test]
fn one_replica_is_left() {
    let replicas = [("app-1", ReplicaState::Ready), ("app-2", ReplicaState::BackingOff)];
    let live = live(&replicas, &[(Outcome::Ok, 220), (Outcome::QueueFull, 558)], 790);
    assert_eq!(
        said(&live),
        "One replica is left: app-1. app-1 answers 220 of 790 requests a second and 558 are turned away: \
         the balancer’s queue is full. app-2 restarts in 1.4 s."
    );
}

/// Two services on ports of their own: the one that runs does not take over.
#[test]
fn another_service_is_no_replica_that_is_left() {
    let replicas = [("metrics-1", ReplicaState::Ready), ("web-1", ReplicaState::BackingOff)];
    let mut live = live(&replicas, &[(Outcome::ConnectionRefused, 39)], 39);
    let preset = crate::scenario::preset::find("port-bind").unwrap();
    let scenario = crate::scenario::Scenario::from_toml_str(preset.text).unwrap();
    live.model = Some(std::rc::Rc::new(scenario.validate().unwrap()));
    for (replica, service) in live.world.replicas.iter_mut().zip(["metrics", "web"]) {
        replica.service = service.into();
    }
    assert!(said(&live).starts_with("web-1 is down. "), "{}", said(&live));
}

#[test]
fn a_replica_that_could_not_start_is_named() {
    let replicas = [("api-1", ReplicaState::Ready), ("api-2", ReplicaState::NotStarted)];
    assert_eq!(
        said(&live(&replicas, &[(Outcome::Ok, 10)], 10)),
        "api-2 could not start. api-1 answers 10 of 10 requests a second."
    );
}

#[test]
fn the_reason_is_said_once() {
    let live = live(&[("app-1", ReplicaState::Ready)], &[(Outcome::Ok, 90), (Outcome::QueueFull, 60)], 150);
    assert_eq!(
        said(&live),
        "The balancer’s queue is full. One replica answers 90 of 150 requests a second and 60 are turned \
         away."
    );
}

#[test]
fn every_replica_is_left_out() {
    let mut live = live(&[("app-1", ReplicaState::Ready)], &[(Outcome::NoHealthyReplica, 9)], 9);
    live.world.balancer = Some(crate::observe::BalancerView::default());
    live.world.replicas[0].left_out = true;
    assert!(said(&live).starts_with("The balancer leaves out every replica. One replica answers 0 of 9"));
    (live.world.replicas[0].left_out, live.world.replicas[0].eligible) = (false, false);
    assert!(!said(&live).contains("leaves out"), "a full one is not left out");
}

#[test]
fn nobody_is_left() {
    let replicas = [("app-1", ReplicaState::Down), ("app-2", ReplicaState::Starting)];
    let live = live(&replicas, &[(Outcome::NoHealthyReplica, 30)], 30);
    assert_eq!(
        said(&live),
        "No replica serves. 30 requests a second find no replica. app-2 is ready in 1.4 s."
    );
}

#[test]
fn nothing_has_happened_yet() {
    let mut live = Live::default();
    live.world.replicas = vec![ReplicaView::default(); 3];
    assert_eq!(said(&live), "Nothing has happened yet. 3 replicas wait for 8 requests a second.");
}

#[test]
fn more_comes_than_is_answered() {
    let live = live(&[("app-1", ReplicaState::Ready)], &[(Outcome::Ok, 40)], 100);
    assert_eq!(said(&live), "More comes than is answered. One replica answers 40 of 100 requests a second.");
}

/// A worker answers no client: it is told apart, with what waits for it.
#[test]
fn workers_are_told_apart() {
    let replicas = [("app-1", ReplicaState::Ready), ("worker-1", ReplicaState::Ready)];
    let mut live = live(&replicas, &[(Outcome::Ok, 12)], 12);
    for (replica, service) in live.world.replicas.iter_mut().zip(["app", "worker"]) {
        replica.service = service.into();
    }
    let scenario = crate::scenario::preset::find("celery").unwrap().text;
    let model = crate::scenario::Scenario::from_toml_str(scenario).unwrap().validate().unwrap();
    live.model = Some(std::rc::Rc::new(model));
    let mut queue = crate::observe::Level::default();
    queue.set(live.world.now, 83);
    let broker = crate::observe::BrokerView { queue, workers: 1, ..Default::default() };
    live.world.dependencies = vec![crate::observe::DependencyView {
        name: "rabbitmq".into(),
        broker: Some(broker),
        ..Default::default()
    }];
    assert_eq!(
        said(&live),
        "All is well. app-1 answers 12 of 12 requests a second. 1 worker; 83 messages wait at rabbitmq."
    );
}

/// Two workers each, all taken, three requests wait: the CPU idles because the workers wait for somebody else. When one
/// replica has a free worker, nothing is held.
#[test]
fn workers_that_wait_for_others_are_told() {
    let ready = [("app-1", ReplicaState::Ready), ("app-2", ReplicaState::Ready)];
    let mut live = live(&ready, &[(Outcome::Ok, 8)], 8);
    for replica in &mut live.world.replicas {
        (replica.concurrency, replica.running, replica.waiting) = (2, 2, 3);
    }
    assert!(said(&live).ends_with("Every worker is taken, at 0 % of the CPU: they wait for others."));
    live.world.replicas[1].running = 1;
    assert!(!said(&live).contains("Every worker"), "{}", said(&live));
}

/// Nothing is down and nothing fails: what was done to a replica or a dependency is told all the same, the worst first,
/// and who is cut off or frozen does not count among those that answer.
#[test]
fn all_is_not_well_while_one_is_not_as_it_should_be() {
    let ready =
        [("app-1", ReplicaState::Ready), ("app-2", ReplicaState::Ready), ("app-3", ReplicaState::Ready)];
    let mut live = live(&ready, &[(Outcome::Ok, 30)], 30);
    let answers = |n| format!("{n} replicas answer 30 of 30 requests a second.");
    live.world.dependencies =
        vec![crate::observe::DependencyView { name: "db".into(), slow: 1.0, ..Default::default() }];
    assert_eq!(said(&live), format!("All is well. {}", answers(3)));
    live.world.dependencies[0].slow = 5.0;
    assert_eq!(said(&live), format!("db is slow. {}", answers(3)));
    live.world.replicas[1].faults.slow = 4.0;
    assert_eq!(said(&live), format!("app-2 is slow. {}", answers(3)));
    live.world.replicas[1].faults.frozen = true;
    assert_eq!(said(&live), format!("app-2 is frozen. {}", answers(2)));
    live.world.replicas[2].faults.partition = true;
    assert_eq!(said(&live), "app-3 is cut off. app-1 answers 30 of 30 requests a second.");
    live.world.replicas[0].faults.partition = true;
    live.world.replicas[1].faults.partition = true;
    assert!(said(&live).starts_with("app-1, app-2 and app-3 are cut off. 30 requests"), "{}", said(&live));
    for replica in &mut live.world.replicas {
        replica.faults = crate::observe::Faults::default();
    }
    live.world.dependencies.clear();
    live.world.balancer = Some(crate::observe::BalancerView::default());
    live.world.replicas[2].left_out = true;
    assert_eq!(said(&live), format!("app-3 is left out by the balancer. {}", answers(3)));
    live.world.replicas[2].state = ReplicaState::Draining;
    assert_eq!(said(&live), format!("app-3 drains. {}", answers(2)));
}
