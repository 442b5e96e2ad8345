//! Random worlds: whole scenarios through all their parts, and what is done to them while they run.
//!
//! Times come from short lists of round numbers, so that many things happen in the same nanosecond. Worlds are
//! small (a few thousand events), and their limits are tight: whatever can run out does.

mod bodies;
mod edge;
mod fronts;
mod jobs;
mod network;
mod operations;
mod slow;
mod subsets;
mod tuning;

use doorbuster::algorithm::CATALOG;
use doorbuster::dist::Distribution;
use doorbuster::scenario::field::NumberTable;
use doorbuster::scenario::{
    BackOff, Balancer, Burst, Change, Class, Clients, CpuModel, Fault, FaultKind, GiveUp, HashKey, Host,
    Jitter, Operation, OperationKind, Piece, PieceKind, PortBinding, Ram, Recording, ReplicaOverride,
    Restart, Retry, RetryOn, Run, Scenario, Service, Session, SessionEnd, SessionState, Source, SourceKind,
    Spread, Sticky, Traffic,
};
use doorbuster::units::{Bytes, Cores, Factor, Rate, SimDuration, SimTime};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

pub mod steps;

/// A scenario, a seed, changes made by hand, and the pieces into which the run is cut.
#[derive(Clone)]
pub struct World {
    pub scenario: Scenario,
    pub seed: u64,
    pub live: Vec<(SimTime, Change)>,
    pub pieces: Vec<u64>,
}

impl World {
    /// Whether the balancer's list changes by more than what replicas tell: it is reloaded, or a new version or an
    /// autoscaler takes replicas off it.
    pub fn reloads(&self) -> bool {
        let kinds = [OperationKind::Reload, OperationKind::Deploy];
        let planned = self.scenario.operation.iter().any(|o| kinds.contains(&o.kind));
        let live = |change: &Change| matches!(change, Change::Reload | Change::Deploy { .. });
        let scaled = self.scenario.service.iter().any(|service| service.autoscaler.is_some());
        planned || scaled || self.live.iter().any(|(_, change)| live(change))
    }
}

/// What it takes to see a failure again: the file, and the rest.
impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { scenario, seed, live, pieces } = self;
        write!(f, "seed {seed}, pieces {pieces:?}, live {live:?}\n{}", scenario.to_toml())
    }
}

const fn ms(n: u64) -> SimDuration {
    SimDuration::from_millis(n)
}

fn millis(choice: &'static [u64]) -> impl Strategy<Value = SimDuration> {
    select(choice).prop_map(ms)
}

/// One of these, or seldom for ever.
fn millis_or_never(choice: &'static [u64]) -> impl Strategy<Value = SimDuration> {
    prop_oneof![12 => millis(choice), 1 => Just(SimDuration::FOREVER)]
}

/// Times around `mean` milliseconds, or none at all.
fn times(mean: u64) -> impl Strategy<Value = Distribution> {
    prop_oneof![
        3 => Just(Distribution::Constant(SimDuration::ZERO)),
        2 => Just(Distribution::Constant(ms(mean))),
        1 => Just(Distribution::Exponential(ms(mean))),
        1 => Just(Distribution::Uniform(SimDuration::ZERO, ms(2 * mean))),
        1 => Just(Distribution::Lognormal(ms(mean), 4.0)),
    ]
}

/// Such times, without a draw.
fn times_of(mean: u64, kind: u64) -> Distribution {
    match kind {
        0 => Distribution::Constant(ms(mean)),
        1 => Distribution::Uniform(SimDuration::ZERO, ms(2 * mean)),
        _ => Distribution::Exponential(ms(mean)),
    }
}

fn piece() -> impl Strategy<Value = Piece> {
    let kind = select(PieceKind::ALL);
    let times = select(&[0.0, 0.5, 1.0, 2.0, 4.0][..]);
    (kind, millis(&[100, 500, 1_000]), times).prop_map(|(kind, length, times)| Piece {
        kind,
        r#for: length,
        period: SimDuration(length.0 / 2),
        times: Factor::constant(times),
        rise: length,
        hold: length,
        decay: length,
    })
}

fn session() -> impl Strategy<Value = Session> {
    let spread = select(&[Spread::Geometric, Spread::Constant][..]);
    (1_u32..6, spread, times(100), millis(&[50, 400, 60_000])).prop_map(
        |(requests, spread, think, expiry)| Session {
            requests,
            spread,
            think,
            expiry,
            end: if requests % 2 == 0 { SessionEnd::Expiry } else { SessionEnd::Logout },
            ..Session::default()
        },
    )
}

fn source() -> impl Strategy<Value = Source> {
    let kind = select(SourceKind::ALL);
    let burst = (select(&[0.0, 1.0, 8.0][..]), millis(&[1, 50, 300]), millis(&[100, 500]))
        .prop_map(|(times, length, calm)| Burst { times: Factor::constant(times), length, calm });
    let traces = ["0.1\n0.1\n0.1\n0.5\n2.5", "time,client\n0,a\n0.2,b\n0.2,a\n1,c\n", "100 ms,,,x"];
    let extra = (option::of(burst), select(traces.to_vec()));
    let rate = select(&[1.0, 10.0, 40.0, 100.0][..]);
    let plain = (kind, rate, 1_u32..8, times(50), vec(piece(), 0..3), option::weighted(0.4, session()));
    (plain, extra).prop_map(|((kind, rate, users, think, profile, session), (burst, trace))| Source {
        burst: burst.filter(|_| kind == SourceKind::Bursty),
        trace: Recording(if kind == SourceKind::Trace { trace } else { "" }.into()),
        file: String::new(),
        name: String::new(),
        kind,
        rate: Rate::constant(rate),
        users,
        think,
        profile,
        session,
    })
}

fn class() -> impl Strategy<Value = Class> {
    (select(&[0.5, 1.0, 3.0][..]), times(20), 0_u64..4).prop_map(|(share, demand, memory)| Class {
        share,
        demand,
        memory: Bytes::mib(memory),
        ..Class::default()
    })
}

fn ram() -> impl Strategy<Value = Ram> {
    (0_u64..4, 0_u64..6, 0_u64..8, select(&[1.0, 0.7][..])).prop_map(
        |(connection, request, session, from)| Ram {
            pressure_from: from,
            pressure: Factor::constant(3.0),
            base: Bytes::mib(60),
            connection: Bytes::mib(connection),
            request: Bytes::mib(request),
            session: Bytes::mib(session),
        },
    )
}

fn ports() -> impl Strategy<Value = Vec<PortBinding>> {
    let texts: &[&[&str]] =
        &[&[], &[], &["8080:80"], &["8080-8082:80"], &["80"], &["8080:80", "9000-9001:90"]];
    select(texts).prop_map(|texts| texts.iter().filter_map(|text| PortBinding::parse(text)).collect())
}

fn special() -> impl Strategy<Value = ReplicaOverride> {
    let cpus = option::of(select(&[0.25, 2.0][..]).prop_map(Cores::constant));
    let memory = option::of((61_u64..90).prop_map(Bytes::mib));
    (1_u32..5, cpus, memory, option::of(0_u32..4), option::weighted(0.3, ports())).prop_map(
        |(number, cpus, memory, weight, ports)| ReplicaOverride {
            number,
            name: None,
            cpus,
            memory,
            weight,
            ports,
            ..ReplicaOverride::default()
        },
    )
}

/// What its replicas can do at once, and what they have for it.
fn capacity() -> impl Strategy<Value = Service> {
    let cpus = select(&[0.25, 0.5, 1.0, 2.0, 3.5][..]).prop_map(Cores::constant);
    let memory = option::of((61_u64..120).prop_map(Bytes::mib));
    let backlog = prop_oneof![0_u32..4, Just(2_048)];
    let cpu_model = select(&[CpuModel::Fluid, CpuModel::Cfs][..]);
    let cpu = (cpus, cpu_model, option::weighted(0.3, millis(&[30, 100])), millis(&[0, 50, 200]));
    (cpu, memory, ram(), 1_u32..4, 1_u32..4, backlog, option::of(1_u32..12)).prop_map(
        |(
            (cpus, cpu_model, worker_timeout, worker_boot),
            memory,
            ram,
            workers,
            threads,
            backlog,
            connections,
        )| Service {
            cpus,
            cpu_model,
            worker_timeout,
            worker_boot,
            memory,
            ram,
            workers,
            threads,
            backlog,
            connections,
            ..Service::default()
        },
    )
}

fn service() -> impl Strategy<Value = Service> {
    let replicas = prop_oneof![6 => 1_u32..5, 1 => 0_u32..13];
    let restart = select(&[Restart::Always, Restart::OnFailure, Restart::UnlessStopped, Restart::No][..]);
    let life = (replicas, times(200), restart, millis(&[0, 50, 100]), millis(&[100, 1_000]));
    let sessions = select(&[SessionState::Memory, SessionState::Memory, SessionState::None][..]);
    let rest = (ports(), sessions, select(&[1_u32, 1, 1, 0, 3][..]), vec(special(), 0..3));
    (capacity(), life, rest).prop_map(|(capacity, life, (ports, sessions, weight, replica))| Service {
        replicas: life.0,
        start_up: life.1,
        restart: life.2,
        restart_delay: life.3,
        restart_delay_max: life.4,
        ports,
        sessions,
        weight,
        replica,
        ..capacity
    })
}

fn balancer() -> impl Strategy<Value = Balancer> {
    let names: Vec<String> = CATALOG.iter().map(|spec| spec.name.to_owned()).collect();
    // Some have a patience of their own.
    let patience = |time: SimDuration| match time.as_millis() {
        100.0 => Distribution::Exponential(time),
        _ => Distribution::Constant(time),
    };
    let limits = (option::of(1_u32..6), 0_u32..12, millis(&[50, 100, 2_000]).prop_map(patience));
    let timeouts = (millis_or_never(&[10, 1_500, 5_000]), millis_or_never(&[20, 50, 300, 5_000]));
    let failures = (0_u32..4, 0_u32..3, millis_or_never(&[0, 500, 1_000, 2_000]));
    let sticky = select(&[Sticky::None, Sticky::Cookie][..]);
    let products = vec![None, None, Some("haproxy"), Some("caddy")];
    let product = select(products).prop_map(|name| name.map(str::to_owned));
    let instances = (select(&[1_u32, 1, 2, 3][..]), proptest::bool::weighted(0.2));
    let hash_key = select(HashKey::ALL);
    let rest = (sticky, proptest::bool::weighted(0.8), times(5), product, instances, hash_key);
    (select(names), limits, timeouts, failures, rest).prop_map(
        |(algorithm, limits, timeouts, failures, rest)| Balancer {
            algorithm,
            product: rest.3,
            instances: rest.4.0,
            shared: rest.4.1,
            hash_key: rest.5,
            params: NumberTable::default(),
            service: None,
            max_connections: limits.0,
            queue: limits.1,
            queue_timeout: limits.2,
            delay: rest.2,
            connect_timeout: timeouts.0,
            read_timeout: timeouts.1,
            tries: failures.0,
            max_fails: failures.1,
            fail_timeout: failures.2,
            sticky: rest.0,
            discovery: rest.1,
            ..Balancer::default()
        },
    )
}

fn retry() -> impl Strategy<Value = Retry> {
    let on = proptest::sample::subsequence(RetryOn::ALL.to_vec(), 0..=RetryOn::ALL.len());
    let budget = option::of(select(&[0.0, 0.1, 0.5, 1.0][..]));
    let pauses = (select(BackOff::ALL), millis(&[10, 50, 100]), millis(&[100, 400]));
    let at_once = proptest::bool::weighted(0.2);
    (1_u32..5, on, pauses, select(Jitter::ALL), budget, 1_u32..12, at_once).prop_map(
        |(tries, on, (back_off, delay, max_delay), jitter, budget, reserve, at_once)| {
            let grown = Retry { tries, on, back_off, delay, max_delay, jitter, budget, reserve };
            let plain =
                Retry { delay: ms(0), back_off: BackOff::Constant, jitter: Jitter::None, ..grown.clone() };
            if at_once { plain } else { grown }
        },
    )
}

fn traffic() -> impl Strategy<Value = Traffic> {
    let give_up = select(&[GiveUp::WorkGoesOn, GiveUp::WorkStops][..]);
    let patience = option::of(millis_or_never(&[50, 100, 1_000]));
    let port = option::weighted(0.15, Just(8_080_u16));
    let retry = option::weighted(0.4, retry());
    let clients =
        option::weighted(0.3, (1_u32..9, select(&[0.0, 0.6, 1.0][..]), 1_u32..3)).prop_map(|clients| {
            clients.map(|(addresses, nat_share, nats)| Clients { addresses, nat_share, nats })
        });
    (vec(source(), 1..4), vec(class(), 0..3), times(5), patience, give_up, port, retry, clients).prop_map(
        |(source, class, delay, timeout, on_give_up, port, retry, clients)| Traffic {
            source,
            class,
            delay,
            timeout,
            on_give_up,
            retry,
            hedge: None,
            clients,
            port,
        },
    )
}

fn operation() -> impl Strategy<Value = Operation> {
    use OperationKind::{Algorithm, Break, Crash, Heal, Rate, Reload, Scale, Start, Sticky};
    let kinds = [Scale, Scale, Rate, Algorithm, Sticky, Reload, Start, Crash, Crash, Crash, Break, Heal];
    let kind = (select(kinds.to_vec()), option::of(fault_kind()));
    let names: Vec<String> = CATALOG.iter().map(|spec| spec.name.to_owned()).collect();
    let times = select(&[0.0, 0.5, 2.0][..]).prop_map(Factor::constant);
    (moment(), kind, 0_u32..7, times, select(names), any::<bool>(), 1_u32..6).prop_map(
        |(at, (kind, fault), replicas, times, algorithm, on, number)| Operation {
            at,
            kind,
            amount: match fault {
                Some(FaultKind::Slow) => 2.5,
                Some(FaultKind::Leak | FaultKind::LeakRequests) => 3e6,
                _ => 0.4,
            },
            fault,
            service: "app".into(),
            replicas,
            times,
            algorithm,
            params: NumberTable::default(),
            on,
            replica: format!("app-{number}"),
            ..Operation::default()
        },
    )
}

fn moment() -> impl Strategy<Value = SimDuration> {
    prop_oneof![(0_u64..31).prop_map(|n| ms(n * 100)), (0_u64..3_000_000_000).prop_map(SimDuration)]
}

fn fault_kind() -> impl Strategy<Value = FaultKind> {
    use FaultKind::{Crash, Errors, FailFast, Freeze, Leak, LeakRequests, Neighbour, Partition, Slow};
    let kinds = [Freeze, Slow, Errors, FailFast, Leak, LeakRequests, Neighbour, Partition];
    prop_oneof![Just(Crash), select(kinds.to_vec())]
}

fn fault() -> impl Strategy<Value = Fault> {
    let share = select(&[0.0, 0.25, 0.9][..]);
    let times = select(&[1.0, 3.0][..]).prop_map(Factor::constant);
    let bytes = (1_u64..20).prop_map(Bytes::mib);
    let amounts = (option::of(millis(&[100, 1_000])), times, share, bytes);
    (moment(), fault_kind(), 1_u32..6, amounts).prop_map(
        |(at, kind, number, (length, times, share, bytes))| Fault {
            at,
            kind,
            replica: format!("app-{number}"),
            r#for: length,
            zone: 1,
            times,
            share,
            bytes,
            ..Fault::default()
        },
    )
}

/// A second service. It holds ports, and may have traffic.
fn neighbour() -> impl Strategy<Value = Service> {
    (0_u32..3, ports()).prop_map(|(replicas, ports)| Service {
        name: "db".into(),
        replicas,
        ports,
        ..Service::default()
    })
}

/// A scenario that validates.
pub fn scenario() -> impl Strategy<Value = Scenario> {
    let services = (service(), option::weighted(0.2, neighbour()));
    let plan = (vec(fault(), 0..3), vec(operation(), 0..4));
    let taken = select(vec![vec![], vec![], vec![8_080], vec![8_081, 9_000]]);
    let base = (traffic(), services, balancer(), plan, taken).prop_map(
        |(traffic, (service, neighbour), balancer, (fault, operation), taken)| Scenario {
            traffic,
            service: std::iter::once(service).chain(neighbour).collect(),
            balancer,
            host: Host { ports_taken: taken, ..Host::default() },
            fault,
            operation,
            run: Run { duration: ms(3_000), ..Run::default() },
            ..Scenario::default()
        },
    );
    (base, operations::extras(), network::features())
        .prop_map(|(base, extras, network)| network.add(extras.add_to(base)))
}

/// A scenario with everything around its run.
pub fn world() -> impl Strategy<Value = World> {
    let live = vec(operation().prop_map(|o| (SimTime(o.at.0), o.change())), 0..5);
    let pieces = vec(prop_oneof![Just(1_u64), 1_u64..40, 1_u64..1_000], 1..5);
    let features = (any::<u128>(), operations::live());
    let plain = (scenario(), 0_u64..1 << 53, live, pieces, features);
    let plain = plain.prop_map(|(mut scenario, seed, mut live, pieces, (bits, more))| {
        fronts::add(&mut scenario, bits);
        subsets::add(&mut scenario, bits);
        // No draw of its own: worlds that are known for something stay what they are.
        tuning::add(&mut scenario, seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        edge::add(&mut scenario, bits.rotate_right(64) ^ u128::from(seed));
        bodies::add(&mut scenario, bits.rotate_right(96) ^ u128::from(seed));
        slow::add(&mut scenario, bits.rotate_right(32) ^ u128::from(seed.rotate_left(17)));
        live.extend(more);
        live.sort_by_key(|(at, _)| *at);
        World { scenario, seed, live, pieces }
    });
    (steps::with_steps(plain), any::<u128>()).prop_map(|(world, bits)| jobs::add(world, bits))
}
