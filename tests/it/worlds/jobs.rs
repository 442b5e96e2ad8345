//! Worlds with a broker, and with background workers who take its messages.

use doorbuster::dist::Distribution;
use doorbuster::scenario::{
    Acknowledge, Broker, Change, Class, Dependency, DependencyKind, Fault, FaultKind, FullQueue, OnStop,
    OomKill, Operation, OperationKind, Ram, Server, Service, Step, StepKind,
};
use doorbuster::units::{Bytes, Factor, SimTime};

use super::fronts::Bits;
use super::{World, ms};

fn time(n: u64) -> Distribution {
    Distribution::Exponential(ms(n))
}

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
    let database = !scenario.dependency.is_empty();
    scenario.dependency.push(broker(bits));
    let steps = &mut scenario.traffic.class[0].steps;
    if steps.is_empty() {
        steps.push(Step::default());
    }
    steps.push(enqueue(bits));
    scenario.traffic.class.push(job(bits, database));
    scenario.service.push(worker(bits));
    let planned: Vec<Fault> = (0..bits.below(3)).map(|_| fault(bits)).collect();
    scenario.fault.extend(planned);
    if bits.below(4) > 0 {
        scenario.fault.push(outage(bits));
    }
    if bits.below(3) == 1 {
        let kind = bits.one_of(&[OperationKind::Scale, OperationKind::Deploy]);
        let (service, replicas) = ("worker".to_owned(), bits.one_of(&[0, 1, 2]));
        let at = ms(1_500);
        scenario.operation.push(Operation { at, kind, service, replicas, ..Operation::default() });
    }
    if bits.below(3) == 1 {
        let fault = bits.one_of(&[FaultKind::Gone, FaultKind::Slow]);
        let change = Change::BreakDependency { dependency: "queue".into(), fault, amount: 2.0 };
        world.live.push((SimTime(ms(100 * bits.below(30)).0), change));
        world.live.sort_by_key(|(at, _)| *at);
    }
    world
}

fn broker(bits: &mut Bits) -> Dependency {
    Dependency {
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
    }
}

fn enqueue(bits: &mut Bits) -> Step {
    Step {
        kind: StepKind::Enqueue,
        to: "queue".into(),
        timeout: bits.one_of(&[None, Some(ms(5))]),
        tries: bits.one_of(&[1, 2]),
        optional: bits.one_of(&[false, true]),
        ..Step::default()
    }
}

/// What workers do: some CPU work, or steps, which may call the database where there is one.
fn job(bits: &mut Bits, database: bool) -> Class {
    let mut steps = Vec::new();
    if bits.below(3) == 1 {
        steps.push(Step::default());
        steps.push(Step { kind: StepKind::Wait, time: Some(time(20)), ..Step::default() });
    }
    if bits.below(3) == 1 && database {
        steps.push(Step::default());
        steps.push(Step { kind: StepKind::Call, to: "data".into(), ..Step::default() });
    }
    Class {
        name: "job".into(),
        share: 0.0,
        service: Some("worker".into()),
        demand: bits.one_of(&[time(10), time(60), Distribution::Constant(ms(0))]),
        steps,
        ..Class::default()
    }
}

fn worker(bits: &mut Bits) -> Service {
    let event_loop = bits.below(4) == 1;
    Service {
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
    }
}

/// A fault of a worker.
fn fault(bits: &mut Bits) -> Fault {
    use FaultKind::{Crash, Errors, FailFast, Partition};
    Fault {
        at: ms(100 * bits.below(30)),
        kind: bits.one_of(&[Crash, Crash, FailFast, Partition, Errors]),
        replica: format!("worker-{}", bits.below(3) + 1),
        share: 0.5,
        r#for: bits.one_of(&[None, Some(ms(300))]),
        ..Fault::default()
    }
}

/// A fault of the broker.
fn outage(bits: &mut Bits) -> Fault {
    Fault {
        at: ms(100 * bits.below(30)),
        kind: bits.one_of(&[FaultKind::Gone, FaultKind::Gone, FaultKind::Slow]),
        dependency: "queue".into(),
        times: Factor::constant(3.0),
        r#for: bits.one_of(&[None, Some(ms(500))]),
        ..Fault::default()
    }
}
