//! Worlds with classes that have steps, with event loops, and with dependencies and their faults.

use doorbuster::dist::Distribution;
use doorbuster::scenario::{
    Cache, Change, Class, Dependency, DependencyKind, Fault, FaultKind, Keys, Pool, Scenario, Server,
    Service, SessionState, Step, StepKind,
};
use doorbuster::units::{Bytes, Cores, Factor, Rate, SimDuration};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{World, millis, moment, times};

/// Messages are for `jobs`.
const KINDS: [StepKind; 4] = [StepKind::Cpu, StepKind::Wait, StepKind::Call, StepKind::Write];

fn step() -> impl Strategy<Value = Step> {
    let waits = (option::weighted(0.2, millis(&[5, 50])), 1_u32..4, proptest::bool::weighted(0.3));
    let call = (select(&["data", "cache", "store"][..]), any::<bool>(), proptest::bool::weighted(0.2), waits);
    (select(&KINDS[..]), times(20), proptest::bool::weighted(0.8), call).prop_map(
        |(kind, time, given, (to, together, lock, (timeout, tries, optional)))| Step {
            kind,
            class: None,
            time: Some(time).filter(|_| given || kind != StepKind::Cpu),
            to: if kind == StepKind::Write { "data" } else { to }.into(),
            together,
            timeout,
            tries,
            optional,
            lock,
        },
    )
}

fn dependency(name: &'static str, kind: DependencyKind) -> impl Strategy<Value = Dependency> {
    let limits = (option::of(select(&[1.0, 2.0][..])), option::of(1_u32..5), option::of(1_u32..12));
    let pool = (1_u32..4, 0_u32..4, millis(&[10, 100])).prop_map(|(size, queue, timeout)| Pool {
        size,
        queue,
        timeout,
    });
    let slow = (select(&[0.0, 0.5][..]), option::weighted(0.3, Just(Rate::constant(5.0))));
    let keys = (1_u32..3, select(&[0.0, 1.0][..])).prop_map(|(count, skew)| Keys { count, skew });
    let ratio = option::weighted(0.3, Just(0.5));
    let cache =
        (ratio, keys.clone(), millis(&[1, 100, 500]), select(&[0.0, 0.5][..]), any::<bool>(), any::<bool>())
            .prop_map(|(hit_ratio, keys, ttl, jitter, single_flight, warm)| Cache {
                behind: "data".into(),
                hit_ratio,
                keys,
                ttl,
                jitter,
                single_flight,
                warm,
            });
    (times(20), limits, option::of(pool), slow, keys, cache).prop_map(
        move |(time, (cores, concurrency, connections), pool, (contention, calm), rows, cache)| Dependency {
            name: name.into(),
            kind,
            time,
            cores: cores.map(Cores::constant),
            concurrency,
            connections,
            contention,
            calm,
            pool,
            rows: if kind == DependencyKind::Database { rows } else { Keys::default() },
            cache: if kind == DependencyKind::Cache { cache } else { Cache::default() },
            ..Dependency::default()
        },
    )
}

fn dependencies() -> impl Strategy<Value = Vec<Dependency>> {
    use DependencyKind::{Cache, Database, Store};
    (dependency("data", Database), dependency("cache", Cache), dependency("store", Store))
        .prop_map(|(db, cache, store)| vec![db, cache, store])
}

fn fault() -> impl Strategy<Value = Fault> {
    let kinds = select(&[FaultKind::Slow, FaultKind::Gone, FaultKind::Gone, FaultKind::Flush][..]);
    let names = select(&["data", "cache", "store"][..]);
    (moment(), kinds, names, option::of(millis(&[100, 1_000])), 0_u32..3).prop_map(
        |(at, kind, name, length, keys)| Fault {
            at,
            kind,
            dependency: if kind == FaultKind::Flush { "cache" } else { name }.into(),
            keys,
            times: Factor::constant(3.0),
            r#for: length,
            ..Fault::default()
        },
    )
}

/// Gives some worlds steps for their first class, with what those call, and some of those event loops.
pub fn with_steps(world: impl Strategy<Value = World>) -> impl Strategy<Value = World> {
    let faults = (vec(fault(), 0..3), vec(fault(), 0..2), select(&[0_u32, 0, 1, 2, 3][..]));
    let steps = option::weighted(0.5, (vec(step(), 1..5), any::<bool>(), dependencies(), faults));
    (world, steps).prop_map(|(mut world, steps)| {
        let scenario = &mut world.scenario;
        let Some((mut steps, event_loop, dependencies, (planned, live, more))) = steps else { return world };
        let is_call = |step: &Step| matches!(step.kind, StepKind::Call | StepKind::Write);
        for place in 0..steps.len() {
            let both = place > 0 && is_call(&steps[place]) && is_call(&steps[place - 1]);
            steps[place].together &= both;
        }
        if scenario.traffic.class.is_empty() {
            scenario.traffic.class.push(Class::default());
        }
        scenario.traffic.class[0].steps = steps;
        scenario.dependency = dependencies;
        let flushes = scenario.dependency[1].cache.hit_ratio.is_none();
        scenario.fault.extend(planned.into_iter().filter(|fault| flushes || fault.kind != FaultKind::Flush));
        if more & 1 > 0 {
            call_another(scenario);
        }
        if more & 2 > 0 {
            (scenario.service[0].sessions, scenario.service[0].store) =
                (SessionState::Store, Some("store".into()));
        } else {
            let sessions = scenario.traffic.source.iter_mut().filter_map(|source| source.session.as_mut());
            sessions.for_each(|session| session.basket = Bytes::mib(1));
        }
        if event_loop {
            (scenario.service[0].server, scenario.service[0].threads) = (Server::EventLoop, 1);
        }
        let change = |fault: &Fault| (doorbuster::units::SimTime(fault.at.0), fault.change());
        world.live.extend(live.iter().map(change));
        world.live.sort_by_key(|(at, _)| *at);
        world
    })
}

/// The first class calls another service in its last step, where there is a balancer that finds one.
fn call_another(scenario: &mut Scenario) {
    if scenario.traffic.port.is_some() {
        return;
    }
    if scenario.service.len() < 2 {
        scenario.service.push(Service {
            name: "inner".into(),
            replicas: 2,
            threads: 2,
            ..Service::default()
        });
    }
    let name = scenario.service[1].name.clone();
    let demand = Distribution::Exponential(SimDuration::from_millis(10));
    let class =
        Class { name: "inner".into(), share: 0.0, service: Some(name.clone()), demand, ..Class::default() };
    scenario.traffic.class.push(class);
    let call = Step {
        kind: StepKind::Call,
        to: name,
        class: Some("inner".into()),
        timeout: Some(SimDuration::from_millis(50)),
        ..Step::default()
    };
    scenario.traffic.class[0].steps.push(call);
}

/// Everything that may be wrong with a dependency of these worlds is over.
pub fn heal_all(scenario: &Scenario) -> Vec<Change> {
    let heal =
        |dependency: &Dependency| Change::HealDependency { dependency: dependency.name.clone(), fault: None };
    scenario.dependency.iter().map(heal).collect()
}
