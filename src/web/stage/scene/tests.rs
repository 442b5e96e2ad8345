//! Scenes from made-up worlds.

use super::*;
use crate::observe::{
    BalancerView, BrokerView, DependencyView, DownCause, Ledger, MemoryParts, PortView, ReplicaState,
    ReplicaView, Series,
};
use crate::units::{SimDuration, SimTime};

pub(super) fn at(seconds: f64) -> SimTime {
    SimTime((seconds * 1e9) as u64)
}

pub(super) fn replica(id: u32, cpu_share: f64, seconds: f64) -> ReplicaView {
    ReplicaView {
        id,
        name: format!("app-{}", id + 1),
        state: ReplicaState::Ready,
        cores: 2.0,
        cpu_used: SimDuration::from_secs_f64(2.0 * cpu_share * seconds),
        memory_limit: Some(256 << 20),
        memory: MemoryParts { base: 128 << 20, ..MemoryParts::default() },
        connections: 192,
        connections_limit: Some(192),
        concurrency: 64,
        backlog: 128,
        eligible: true,
        attempts: (100.0 * seconds) as u64,
        ..ReplicaView::default()
    }
}

fn ledger(offered: u64, ends: &[(Outcome, u64)]) -> Ledger {
    let mut ledger = Ledger::default();
    (0..offered).for_each(|_| ledger.offer());
    ends.iter().for_each(|&(outcome, n)| (0..n).for_each(|_| ledger.end(outcome)));
    ledger
}

/// 1,000 requests a second, of which 600 find the queue full; replicas as given.
pub(super) fn world(seconds: f64, replicas: Vec<ReplicaView>) -> Live {
    let n = |rate: f64| (rate * seconds) as u64;
    let mut live = Live::default();
    live.world.now = at(seconds);
    live.world.ledger = ledger(n(1000.0), &[(Outcome::QueueFull, n(600.0)), (Outcome::Ok, n(390.0))]);
    live.world.balancer = Some(BalancerView { queue: 200, queue_limit: 200, ..BalancerView::default() });
    live.world.replicas = replicas;
    live
}

/// What is seen when `make` is watched from 0 to `until` in steps of 0.1 s at real speed.
pub(super) fn watched(until: f64, make: impl Fn(f64) -> Live) -> (Watch, Scene) {
    let (mut watch, mut live) = (Watch::default(), Live::default());
    for step in 0..=(until * 10.0).round() as u32 {
        live = make(f64::from(step) / 10.0);
        watch.see(&live.world, &live.recorder.series, 0.1);
    }
    let scene = Scene::new(&live, &watch);
    (watch, scene)
}

fn state_of(cpu_share: f64, change: impl Fn(f64, &mut ReplicaView)) -> Condition {
    let make = |seconds| {
        let mut view = replica(0, cpu_share, seconds);
        change(seconds, &mut view);
        world(seconds, vec![view])
    };
    watched(6.0, make).1.cards[0].condition
}

#[test]
fn an_empty_world_is_a_picture_too() {
    let scene = Scene::new(&Live::default(), &Watch::default());
    assert!(scene.cards.is_empty() && scene.edges.is_empty() && scene.ports.is_empty());
    assert_eq!((scene.unit, scene.clients.figures), (1, 0));
    assert_eq!(
        scene.summary,
        "0 requests a second reach the host's ports, with no replica behind. 0 clients wait for an answer."
    );
}

#[test]
fn the_summary_says_flow_states_refusals_and_who_waits() {
    let (_, scene) = watched(6.0, |s| world(s, vec![replica(0, 0.5, s), replica(1, 0.95, s)]));
    assert_eq!(
        scene.summary,
        "1,000 requests a second reach the balancer, with 2 replicas behind: 1 busy and 1 ok. \
         600 a second are turned away: queue full. 60 clients wait for an answer."
    );
}

/// Over the last 0.6 s: 1,000 × 0.6 offered, 100 × 0.6 attempts of each replica.
#[test]
fn rates_come_from_the_last_window() {
    let (watch, scene) = watched(5.0, |s| world(s, vec![replica(0, 0.5, s)]));
    assert!((watch.offered_rate() - 1000.0).abs() < 2.0);
    let pace = watch.pace(0, 2.0);
    assert!((pace.given - 100.0).abs() < 2.0 && (pace.cpu - 0.5).abs() < 1e-6);
    let refusal = scene.balancer.unwrap().refusing.unwrap();
    assert!((refusal.rate - 600.0).abs() < 2.0 && refusal.outcome == Outcome::QueueFull);
}

/// A replica that was added half a second ago has a rate at once, and one that is gone has none.
#[test]
fn replicas_come_and_go() {
    let (watch, _) = watched(5.0, |s| {
        let mut all = vec![replica(0, 0.5, s)];
        if s >= 4.7 {
            all.push(replica(1, 0.5, s - 4.7));
        }
        world(s, if s >= 4.9 { all.split_off(1) } else { all })
    });
    assert!((watch.pace(1, 2.0).given - 50.0).abs() < 2.0, "30 in the last 0.6 s");
    assert_eq!(watch.pace(0, 2.0).given, 0.0);
}

/// Busy from 70 %, or while somebody waits and all workers are taken; a full backlog or a refusal is overloaded; a
/// dead one is what its state says.
#[test]
fn states() {
    assert_eq!(state_of(0.60, |_, _| {}), Condition::Ok);
    assert_eq!(state_of(0.75, |_, _| {}), Condition::Busy);
    assert_eq!(state_of(0.60, |_, view| view.waiting = 128), Condition::Overloaded);
    let held = |running| state_of(0.0, move |_, view| (view.waiting, view.running) = (3, running));
    assert_eq!([63, 64].map(held), [Condition::Ok, Condition::Busy], "an idle CPU, and 64 workers");
    assert_eq!(state_of(0.75, |s, view| view.refused_at = Some(at(s - 0.5))), Condition::Overloaded);
    for (state, condition) in [
        (ReplicaState::Created, Condition::Idle),
        (ReplicaState::Starting, Condition::Starting),
        (ReplicaState::Draining, Condition::Draining),
        (ReplicaState::BackingOff, Condition::BackingOff),
        (ReplicaState::Down, Condition::Down),
        (ReplicaState::NotStarted, Condition::NotStarted),
    ] {
        assert_eq!(state_of(0.9, |_, view| view.state = state), condition);
    }
}

/// The last refusal is at 2.0 s: overloaded at 2.9 s and at 3.9 s, busy at 4.1 s.
#[test]
fn overload_ends_two_seconds_after_the_last_refusal() {
    let condition = |until| {
        let make = |s: f64| {
            let refused_at = (s >= 1.0).then(|| at(s.min(2.0)));
            world(s, vec![ReplicaView { refused_at, ..replica(0, 0.9, s) }])
        };
        watched(until, make).1.cards[0].condition
    };
    assert_eq!(
        [0.9, 1.0, 2.9, 3.9].map(condition),
        [Condition::Busy, Condition::Overloaded, Condition::Overloaded, Condition::Overloaded]
    );
    assert_eq!(condition(4.1), Condition::Busy);
}

/// A refusal of an earlier life is not held against a replica that has started again.
#[test]
fn a_new_life_starts_well() {
    let condition = state_of(0.5, |s, view| (view.refused_at, view.since) = (Some(at(s - 0.3)), at(s - 0.1)));
    assert_eq!(condition, Condition::Ok);
}

/// At 100 times real speed a whole second of trouble lasts 10 ms; it is shown for a real second all the same.
#[test]
fn nothing_strobes_at_high_speed() {
    let mut watch = Watch::default();
    let mut shown = Vec::new();
    for step in 0..100_u32 {
        let s = f64::from(step) * 10.0;
        let refused_at = (step > 0).then(|| at((s / 50.0).floor() * 50.0));
        let live = world(s / 1000.0, vec![ReplicaView { refused_at, ..replica(0, 0.2, s) }]);
        let live = Live { world: Snapshot { now: at(s), ..live.world }, ..live };
        watch.see(&live.world, &Series::default(), 0.1);
        shown.push(watch.pace(0, 2.0).overloaded);
    }
    let changes = shown.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(changes <= 1, "{changes} changes in 10 real seconds");
}

#[test]
fn bands_go_from_3_to_17_px() {
    assert_eq!([band(0.0, 10.0), band(10.0, 10.0), band(2.5, 10.0)], [0.0, 17.0, 10.0]);
    assert!(band(1e-9, 1e9) >= 3.0 && band(5.0, 0.0) == 0.0);
}

#[test]
fn up_to_three_replicas_have_an_edge_each_and_more_share_one() {
    let make = |n: u32| move |s: f64| world(s, (0..n).map(|id| replica(id, 0.1, s)).collect());
    let edges = |n| watched(1.0, make(n)).1.edges.iter().map(|e| (e.from, e.to)).collect::<Vec<_>>();
    assert_eq!(
        edges(2),
        [
            (Node::Clients, Node::Balancer),
            (Node::Balancer, Node::Replica(0)),
            (Node::Balancer, Node::Replica(1)),
        ]
    );
    assert_eq!(edges(4), [(Node::Clients, Node::Balancer), (Node::Balancer, Node::Pool)]);
    let form = |n| watched(0.2, make(n)).1.form;
    assert_eq!(
        [1, 3, 4, 8, 9].map(form),
        [Form::Full, Form::Full, Form::Compact, Form::Compact, Form::Dense]
    );
}

/// Of 1,000 replicas the 48 worst are shown; the others are counted by state, and none is lost.
#[test]
fn a_thousand_replicas_show_the_worst_first() {
    let (_, scene) = watched(0.3, |s| {
        let view = |id| match id {
            999 => ReplicaView { state: ReplicaState::Down, ..replica(id, 0.1, s) },
            500 => ReplicaView { waiting: 128, ..replica(id, 0.1, s) },
            _ => replica(id, 0.1, s),
        };
        world(s, (0..1000).map(view).collect())
    });
    assert_eq!(scene.cards.len(), WORST);
    assert_eq!(
        [&scene.cards[0].name, &scene.cards[1].name, &scene.cards[2].name],
        ["app-1000", "app-501", "app-1"]
    );
    let more = scene.more.unwrap();
    assert_eq!((more.replicas, more.states), (952, vec![(Condition::Ok, 952)]));
    assert_eq!(watched(0.3, |s| world(s, (0..52).map(|id| replica(id, 0.1, s)).collect())).1.more, None);
}

#[test]
fn gauges_show_the_limit_that_binds() {
    let (_, scene) = watched(1.0, |s| world(s, vec![replica(0, 0.9, s)]));
    let [cpu, ram, conn] = &scene.cards[0].gauges;
    assert_eq!((cpu.level, ram.level, conn.level), (Level::Near, Level::Fine, Level::Full));
    assert_eq!([&cpu.text, &ram.text, &conn.text], ["1.80 of 2 cores", "128 of 256 MiB", "192 of 192"]);
    assert_eq!([&cpu.short, &ram.short, &conn.short], ["90 %", "50 %", "192/192"]);
    let free = ReplicaView { memory_limit: None, connections_limit: None, ..replica(0, 0.1, 1.0) };
    let (_, scene) = watched(1.0, |s| world(s, vec![free.clone()]));
    assert_eq!(scene.cards[0].gauges[1].share, None);
    assert_eq!(scene.cards[0].gauges[2].text, "192");
}

/// Killed at 16.0 s; 10 s of back-off, of which 1.4 s are left.
#[test]
fn a_dead_replica_says_why_what_was_lost_and_when_it_comes_back() {
    let dead = ReplicaView {
        state: ReplicaState::BackingOff,
        died: Some((DownCause::OutOfMemory, at(16.0), 192, 1)),
        until: Some(at(26.0)),
        back_off: SimDuration::from_secs(10),
        ..replica(1, 0.0, 24.6)
    };
    let live = world(24.6, vec![dead.clone()]);
    let card = &Scene::new(&live, &Watch::default()).cards[0];
    let Body::Dead { what, lost, next, countdown } = &card.body else { panic!("{:?}", card.body) };
    assert_eq!(what.1, "Killed at 16.0 s: out of memory (137)");
    assert_eq!(lost.as_deref(), Some("192 requests and 1 basket went with it."));
    assert_eq!(next, "Restarts in 1.4 s (first back-off: 10 s).");
    let (share, left) = countdown.clone().unwrap();
    assert!((share - 0.14).abs() < 1e-6 && left == "1.4 s");
    assert_eq!(card.label(), "app-2, backing off. killed at 16.0 s: out of memory, back in 1.4 s");
    let gone =
        ReplicaView { state: ReplicaState::Down, died: Some((DownCause::Crash, at(3.0), 0, 0)), ..dead };
    let live = world(24.6, vec![gone]);
    let Body::Dead { what, lost, next, .. } = &Scene::new(&live, &Watch::default()).cards[0].body.clone()
    else {
        panic!("dead")
    };
    assert_eq!(
        (what.1.as_str(), lost, next.as_str()),
        ("Crashed at 3.0 s", &None, "Nothing starts it again.")
    );
}

#[test]
fn a_starting_replica_shows_its_progress() {
    let view = ReplicaView {
        state: ReplicaState::Starting,
        since: at(20.0),
        until: Some(at(26.0)),
        ..replica(2, 0.0, 24.2)
    };
    let scene = Scene::new(&world(24.2, vec![view]), &Watch::default());
    let Body::Starting { share, progress } = &scene.cards[0].body else { panic!("not starting") };
    assert!((share - 0.7).abs() < 1e-6 && progress == "4.2 of 6.0 s");
}

/// Without a balancer: a way through the port to its holder, and a blocked one for the other.
#[test]
fn a_port_has_one_holder() {
    let (_, scene) = watched(2.0, |s| {
        let refused = ReplicaView {
            state: ReplicaState::NotStarted,
            host: 1,
            refused_port: Some(8080),
            attempts: 0,
            ..replica(1, 0.0, s)
        };
        let mut live = world(s, vec![replica(0, 0.2, s), refused]);
        live.world.balancer = None;
        let (holder, refused) = (Some("app-1".to_owned()), vec!["app-2".to_owned()]);
        live.world.ports = vec![PortView { host: 1, port: 8080, holder, taken: true, refused }];
        live
    });
    let ways: Vec<_> = scene.edges.iter().map(|e| (e.from, e.to, e.kind)).collect();
    assert_eq!(
        ways,
        [
            (Node::Clients, Node::Port(1, 8080), EdgeKind::Flow),
            (Node::Port(1, 8080), Node::Replica(0), EdgeKind::Flow),
            (Node::Port(1, 8080), Node::Replica(1), EdgeKind::Blocked),
        ]
    );
    assert_eq!(scene.cards[0].port.as_deref(), Some("holds 8080"));
    assert_eq!(scene.cards[1].port.as_deref(), Some("wants 8080"));
    assert!(matches!(scene.cards[1].body, Body::Refused { port: 8080, by_container: true, .. }));
}

/// From 2,000 a second dots no longer travel; at 1,700 they still don't, at 1,500 they do again.
#[test]
fn too_many_requests_are_a_band() {
    let mut watch = Watch::default();
    let mut total = 0.0;
    let mut seen = Vec::new();
    for (step, rate) in [1900.0, 2100.0, 1700.0, 1500.0].into_iter().enumerate() {
        for n in 0..10 {
            let mut world = Snapshot { now: at((step * 10 + n) as f64 / 10.0), ..Snapshot::default() };
            world.ledger = ledger(total as u64, &[(Outcome::Ok, total as u64)]);
            watch.see(&world, &Series::default(), 0.1);
            total += rate / 10.0;
        }
        seen.push(watch.crowded());
    }
    assert_eq!(seen, [false, true, true, false]);
}

/// Without a balancer nobody leaves a replica out.
#[test]
fn only_a_balancer_leaves_out() {
    let view = ReplicaView { left_out: true, ..replica(0, 0.1, 1.0) };
    let mut live = world(1.0, vec![view]);
    let tags = |live: &Live| Scene::new(live, &Watch::default()).cards[0].tags.len();
    assert_eq!(tags(&live), 1);
    live.world.balancer = None;
    assert_eq!(tags(&live), 0);
}

/// The checked preset of this name, as what a run shows.
fn of_preset(name: &str, live: Live) -> Live {
    let text = crate::scenario::preset::find(name).unwrap().text;
    let model = crate::scenario::Scenario::from_toml_str(text).unwrap().validate().unwrap();
    Live { model: Some(std::rc::Rc::new(model)), ..live }
}

/// 30 messages a second are published and 20 are done: the queue grows by 10 a second, 50 wait after 5 s. The worker
/// has fetched all that it has places for, which is no overload.
#[test]
fn workers_take_from_the_broker_and_not_from_the_balancer() {
    let (_, scene) = watched(5.0, |s| {
        let of = |id, service: &str| ReplicaView { service: service.to_owned(), ..replica(id, 0.1, s) };
        let worker = ReplicaView { waiting: 128, attempts: (20.0 * s) as u64, ..of(2, "worker") };
        let mut live = world(s, vec![of(0, "app"), of(1, "app"), worker]);
        let mut queue = crate::observe::Level::default();
        queue.set(live.world.now, (10.0 * s).round() as u64);
        let broker = BrokerView {
            service: "worker".to_owned(),
            queue,
            limit: 1_000_000,
            with_workers: 5,
            workers: 1,
            published: (30.0 * s).round() as u64,
            done: (20.0 * s).round() as u64,
            ..BrokerView::default()
        };
        live.world.dependencies = vec![DependencyView {
            name: "rabbitmq".to_owned(),
            kind: "broker",
            slow: 1.0,
            requests: (30.0 * s) as u64,
            broker: Some(broker),
            ..DependencyView::default()
        }];
        of_preset("celery", live)
    });
    let ways: Vec<_> = scene.edges.iter().map(|e| (e.from, e.to)).collect();
    assert_eq!(
        ways,
        [
            (Node::Clients, Node::Balancer),
            (Node::Balancer, Node::Replica(0)),
            (Node::Balancer, Node::Replica(1)),
            (Node::Pool, Node::Dependency(0)),
            (Node::Dependency(0), Node::Service(1)),
        ]
    );
    assert_eq!(scene.cards.iter().map(|card| card.id).collect::<Vec<_>>(), [0, 1]);
    let [broker, worker] = [&scene.columns[0][0], &scene.columns[1][0]];
    let (Beyond::Dependency(broker), Beyond::Service(worker)) = (broker, worker) else { panic!("{scene:?}") };
    assert_eq!((broker.in_use.name, broker.in_use.text.as_str()), ("queue", "50"));
    assert_eq!(broker.trouble.as_deref(), Some("the queue grows by 10/s"));
    assert_eq!(broker.lines, ["5 in work", "20/s done"]);
    assert_eq!((broker.condition, worker.cards[0].condition), (Condition::Busy, Condition::Ok));
    assert!((worker.rate - 20.0).abs() < 2.0 && worker.works);
}

/// edge calls orders, which calls payments: what edge never calls is not behind the balancer.
#[test]
fn services_stand_behind_those_who_call_them() {
    let (_, scene) = watched(2.0, |s| {
        let services = ["edge", "sso", "orders", "payments", "notifications"];
        let of = |(id, service): (u32, &str)| ReplicaView {
            service: service.to_owned(),
            name: format!("{service}-1"),
            ..replica(id, 0.1, s)
        };
        of_preset("shop", world(s, (0..).zip(services).map(of).collect()))
    });
    assert_eq!(scene.cards.iter().map(|card| card.name.as_str()).collect::<Vec<_>>(), ["edge-1"]);
    assert_eq!(scene.columns.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1]);
    let way = |from, to| scene.edges.iter().find(|e| (e.from, e.to) == (from, to));
    let [sso, payments] = [way(Node::Pool, Node::Service(1)), way(Node::Service(2), Node::Service(3))];
    assert!(sso.is_some_and(|e| (e.rate - 100.0).abs() < 2.0 && e.labelled), "{:?}", scene.edges);
    assert!(payments.is_some_and(|e| e.kind == EdgeKind::Call && e.width > 3.0));
    assert_eq!(way(Node::Balancer, Node::Replica(1)), None);
}

/// Four replicas in two zones, of which the second is lost: two outlines, one of them marked.
#[test]
fn a_lost_zone_is_marked() {
    let make = |s: f64| {
        let of = |id: u32| ReplicaView { zone: 1 + id % 2, host: 1 + id % 2, ..replica(id, 0.1, s) };
        let mut live = of_preset("zones", world(s, (0..4).map(of).collect()));
        let change = crate::scenario::Change::LoseZone { zone: 2 };
        live.changes = vec![crate::scenario::TimedChange { at: at(0.1), change }];
        live
    };
    let (_, scene) = watched(0.5, make);
    let groups = scene.groups.split(Lang::En, &scene.cards, &scene.lost_zones);
    let told: Vec<_> =
        groups.iter().map(|group| (group.name.clone().unwrap(), group.lost, group.cards.len())).collect();
    assert_eq!(told, [("zone 1".to_owned(), false, 2), ("zone 2".to_owned(), true, 2)]);
    assert!(scene.notes.is_empty(), "the outline says it: {:?}", scene.notes);
}
