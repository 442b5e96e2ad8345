//! Worlds with a broker, and with background workers who take its messages.

use doorbuster::dist::Distribution;
use doorbuster::scenario::{
    Acknowledge, Broker, Change, Class, Dependency, DependencyKind, Fault, FaultKind, FullQueue, OnStop,
    OomKill, Operation, OperationKind, Ram, Server, Service, Step, StepKind,
};
use doorbuster::units::{Bytes, Factor, SimTime};

use super::fronts::Bits;
use super::{World, ms};

/// Gives some worlds a broker, as `bits` say.
pub fn add(mut world: World, bits: u128) -> World {
    let bits = &mut Bits(bits);
    if bits.below(4) != 1 {
        return world;
    }
    let scenario = &mut world.scenario;
    if scenario.traffic.class.is_empty() {
        scenario.traffic.class.push(Class::default());
    }
    let time = |n: u64| Distribution::Exponential(ms(n));
    scenario.dependency.push(Dependency {
        name: "queue".into(),
        kind: DependencyKind::Broker,
        time: bits.one_of(&[Distribution::Constant(ms(0)), time(5)]),
        connections: bits.one_of(&[None, None, Some(2)]),
        broker: Broker {
            service: "worker".into(),
            prefetch: bits.one_of(&[0, 1, 1, 4]),
            acknowledge: bits.one_of(&[Acknowledge::Early, Acknowledge::Late]),
            redeliver_killed: bits.one_of(&[false, true]),
            redeliveries: bits.one_of(&[0, 1, 20]),
            limit: bits.one_of(&[1, 5, 1_000]),
            full: bits.one_of(&[FullQueue::Reject, FullQueue::DropHead]),
            durable: bits.one_of(&[true, true, false]),
        },
        ..Dependency::default()
    });
    let step = Step {
        kind: StepKind::Enqueue,
        to: "queue".into(),
        timeout: bits.one_of(&[None, Some(ms(5))]),
        tries: bits.one_of(&[1, 2]),
        optional: bits.one_of(&[false, true]),
        ..Step::default()
    };
    let steps = &mut scenario.traffic.class[0].steps;
    if steps.is_empty() {
        steps.push(Step::default());
    }
    steps.push(step);
    let wait = Step { kind: StepKind::Wait, time: Some(time(20)), ..Step::default() };
    let data = Step { kind: StepKind::Call, to: "data".into(), ..Step::default() };
    let mut job = Class {
        name: "job".into(),
        share: 0.0,
        service: Some("worker".into()),
        demand: bits.one_of(&[time(10), time(60), Distribution::Constant(ms(0))]),
        steps: bits.one_of(&[0, 1, 2]).eq(&1).then(|| vec![Step::default(), wait]).unwrap_or_default(),
        ..Class::default()
    };
    if bits.below(3) == 1 && scenario.dependency.len() > 1 {
        job.steps.extend([Step::default(), data]);
    }
    scenario.traffic.class.push(job);
    let event_loop = bits.below(4) == 1;
    scenario.service.push(Service {
        name: "worker".into(),
        replicas: bits.one_of(&[0, 1, 2, 3]),
        server: if event_loop { Server::EventLoop } else { Server::Workers },
        workers: bits.one_of(&[1, 2]),
        threads: if event_loop { 1 } else { bits.one_of(&[1, 2]) },
        worker_timeout: bits.one_of(&[None, None, Some(ms(40))]),
        memory: bits.one_of(&[None, Some(Bytes::mib(62))]),
        ram: Ram { request: Bytes::mib(bits.one_of(&[0, 1, 2])), ..Ram::default() },
        oom: bits.one_of(&[OomKill::Container, OomKill::Worker]),
        on_stop: bits.one_of(&[OnStop::Drain, OnStop::AtOnce, OnStop::Ignore]),
        start_up: bits.one_of(&[Distribution::Constant(ms(0)), time(100)]),
        ..Service::default()
    });
    let kinds =
        [FaultKind::Crash, FaultKind::Crash, FaultKind::FailFast, FaultKind::Partition, FaultKind::Errors];
    for _ in 0..bits.below(3) {
        scenario.fault.push(Fault {
            at: ms(100 * bits.below(30)),
            kind: bits.one_of(&kinds),
            replica: format!("worker-{}", bits.below(3) + 1),
            share: 0.5,
            r#for: bits.one_of(&[None, Some(ms(300))]),
            ..Fault::default()
        });
    }
    if bits.below(4) > 0 {
        let kind = bits.one_of(&[FaultKind::Gone, FaultKind::Gone, FaultKind::Slow]);
        let (dependency, times) = ("queue".to_owned(), Factor::constant(3.0));
        let at = ms(100 * bits.below(30));
        let length = bits.one_of(&[None, Some(ms(500))]);
        scenario.fault.push(Fault { at, kind, dependency, times, r#for: length, ..Fault::default() });
    }
    if bits.below(3) == 1 {
        let fault = bits.one_of(&[FaultKind::Gone, FaultKind::Slow]);
        let change = Change::BreakDependency { dependency: "queue".into(), fault, amount: 2.0 };
        world.live.push((SimTime(ms(100 * bits.below(30)).0), change));
        world.live.sort_by_key(|(at, _)| *at);
    }
    if bits.below(3) == 1 {
        let kind = bits.one_of(&[OperationKind::Scale, OperationKind::Deploy]);
        let (service, replicas) = ("worker".to_owned(), bits.one_of(&[0, 1, 2]));
        scenario.operation.push(Operation { at: ms(1_500), kind, service, replicas, ..Operation::default() });
    }
    world
}
