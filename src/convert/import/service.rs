//! The pool as one service of the scenario.

use super::pool::{Member, Pool};
use super::scenario_name;
use crate::convert::command::Kind;
use crate::convert::compose::{self, Protocol};
use crate::convert::finding::shorten;
use crate::convert::{Finding, Findings};
use crate::dist::Distribution;
use crate::scenario::{PortBinding, PortRange, Ram, ReplicaOverride, Restart, Service};
use crate::units::{Bytes, Cores};

/// Cores of a replica that has no limit.
const ASSUMED_CORES: Cores = Cores::constant(1.0);
/// Threads of a server that starts one for every request.
const UNLIMITED_THREADS: u32 = 10_000;

/// The service; several services of one upstream become replicas with their own names and limits.
pub fn pool(pool: &Pool<'_>, findings: &mut Findings) -> Service {
    let mut service = Service { name: scenario_name(&pool.name), replicas: 0, ..Service::default() };
    for member in &pool.members {
        no_limits(member, findings);
    }
    if let Some(first) = pool.members.first() {
        service.cpus = cores(first);
        service.memory = memory(first);
        service.files = first.service.files.as_ref().map(|at| at.value.max(1)).filter(|&n| n <= 10_000_000);
        service.restart = restart(first, findings);
        concurrency(first, &mut service, findings);
        if pool.members.len() == 1 {
            service.ports = ports(first, findings);
        }
    }
    service.weight = pool.members.first().and_then(|m| m.server).map_or(1, |server| server.weight);
    for member in &pool.members {
        for number in 1..=member.replicas {
            service.replicas = service.replicas.saturating_add(1);
            if pool.members.len() > 1 {
                service.replica.push(own(member, number, &service, findings));
            }
        }
        differs(member, pool, findings);
        left_out(member, findings);
    }
    service.ram = ram(&service);
    let text = format!(
        "memory use is not in the files: {} for the process, {} for each session are assumed",
        service.ram.base, service.ram.session
    );
    findings.push(Finding::note(&pool.place, text).remedy("set `ram` in the scenario"));
    for member in &pool.members {
        no_start_up(member, service.start_up, findings);
    }
    service
}

/// A service that nothing is balanced to: what its replicas are, without a server.
pub fn alone(member: &Member<'_>, findings: &mut Findings) -> Service {
    no_limits(member, findings);
    let mut service = Service {
        name: scenario_name(&member.service.name),
        replicas: member.replicas,
        cpus: cores(member),
        memory: memory(member),
        restart: restart(member, findings),
        ..Service::default()
    };
    service.ram = ram(&service);
    no_start_up(member, service.start_up, findings);
    service
}

/// No file says how long a process takes from its start until it serves.
fn no_start_up(member: &Member<'_>, assumed: Distribution, findings: &mut Findings) {
    let name = &member.service.name;
    let text = format!(
        "{}: how long it takes to start is not in the files: {assumed} is assumed, so a new or restarted \
         replica serves at once",
        shorten(name)
    );
    findings.push(Finding::note(&name.place, text).remedy("set `start_up` in the scenario"));
}

/// What one replica of a pool of several services has of its own.
fn own(member: &Member<'_>, number: u32, service: &Service, findings: &mut Findings) -> ReplicaOverride {
    let name = &member.service.name.value;
    let ports = ports(member, findings);
    ReplicaOverride {
        number: service.replicas,
        name: Some(if member.replicas == 1 { name.clone() } else { format!("{name}-{number}") }),
        cpus: Some(cores(member)).filter(|cpus| *cpus != service.cpus),
        memory: memory(member).filter(|memory| Some(*memory) != service.memory),
        weight: member.server.map(|server| server.weight).filter(|weight| *weight != service.weight),
        ports: (!ports.is_empty()).then_some(ports),
        ..ReplicaOverride::default()
    }
}

fn cores(member: &Member<'_>) -> Cores {
    member.service.cpus.as_ref().map_or(ASSUMED_CORES, |at| at.value)
}

fn memory(member: &Member<'_>) -> Option<Bytes> {
    member.service.memory.as_ref().map(|at| at.value)
}

fn no_limits(member: &Member<'_>, findings: &mut Findings) {
    let service = member.service;
    let (what, given) = match (&service.cpus, &service.memory) {
        (Some(_), Some(_)) => return,
        (None, None) => ("no CPU and no memory limit", "1 core and memory that never runs out"),
        (None, Some(_)) => ("no CPU limit", "1 core"),
        (Some(_), None) => ("no memory limit", "memory that never runs out"),
    };
    let text = format!(
        "{}: {what}: a replica may take the whole host; the model gives it {given}",
        shorten(&service.name)
    );
    findings.push(
        Finding::note(&service.name.place, text).remedy("add `deploy.resources.limits` with cpus and memory"),
    );
}

fn restart(member: &Member<'_>, findings: &mut Findings) -> Restart {
    let Some(at) = &member.service.restart else {
        let text =
            format!("{}: no restart policy: a replica that dies stays away", shorten(&member.service.name));
        findings
            .push(Finding::note(&member.service.name.place, text).remedy("write `restart: unless-stopped`"));
        return Restart::No;
    };
    match at.value {
        compose::Restart::No => Restart::No,
        compose::Restart::Always => Restart::Always,
        compose::Restart::UnlessStopped => Restart::UnlessStopped,
        compose::Restart::OnFailure(attempts) => {
            if let Some(attempts) = attempts {
                let text = format!(
                    "{}: the limit of {attempts} restarts is left out",
                    shorten(&member.service.name)
                );
                findings.push(Finding::note(&at.place, text));
            }
            Restart::OnFailure
        }
    }
}

fn concurrency(member: &Member<'_>, service: &mut Service, findings: &mut Findings) {
    let name = shorten(&member.service.name);
    let server = member.service.server.as_ref();
    let Some((server, found)) = server.and_then(|server| server.concurrency().map(|found| (server, found)))
    else {
        let place = member.service.command.as_ref().map_or(&member.service.name.place, |at| &at.place);
        let text = format!(
            "{name}: {}: taken as {} worker with {} thread and {} places in the listen backlog",
            if member.service.command.is_some() {
                "its command names no server that is known here"
            } else {
                "no command in the file"
            },
            service.workers,
            service.threads,
            service.backlog
        );
        findings.push(Finding::note(place, text).remedy("set workers, threads and backlog in the scenario"));
        return;
    };
    service.workers = found.workers.max(1);
    service.threads = found.threads.unwrap_or(UNLIMITED_THREADS);
    service.backlog = server.backlog_places().unwrap_or(service.backlog);
    let Some(command) = &member.service.command else { return };
    let what = match (found.threads, found.event_loop) {
        (None, _) => "a thread for every request, without limit".to_owned(),
        (_, true) => format!("{} event loop(s), each computing one request at a time", found.workers),
        (Some(threads), _) => format!("{} worker(s) with {threads} thread(s)", found.workers),
    };
    let text =
        format!("{name}: {} serves with {what}, listen backlog {}", server.kind.name(), service.backlog);
    findings.push(Finding::note(&command.place, text));
    let python = matches!(
        server.kind,
        Kind::Gunicorn | Kind::Uvicorn | Kind::Hypercorn | Kind::Waitress | Kind::FlaskDev | Kind::DjangoDev
    );
    if let Some(cpus) = &member.service.cpus
        && (python || server.kind == Kind::Node)
        && cpus.get() > f64::from(found.workers)
    {
        let text = format!(
            "{name}: {} CPUs, but each of its {} worker(s) computes on one core at a time: the rest \
             stays idle",
            cpus.get(),
            found.workers
        );
        findings
            .push(Finding::note(&cpus.place, text).remedy("start as many workers as CPUs, or lower `cpus`"));
    }
    if server.kind == Kind::Celery {
        let text = format!("{name}: a Celery worker takes jobs from a broker and serves no requests");
        findings
            .push(Finding::warning(&command.place, text).remedy("name a service that serves (--service)"));
    }
}

/// What the files say about a service and the model does not have yet.
fn left_out(member: &Member<'_>, findings: &mut Findings) {
    let service = member.service;
    let name = shorten(&service.name);
    if let Some(check) = &service.healthcheck {
        let text = format!(
            "{name}: the health check is left out: nginx never asks for it, and Docker restarts nothing \
             for it"
        );
        findings.push(Finding::note(&check.place, text));
    }
    if let Some(grace) = &service.stop_grace {
        let text = format!("{name}: the stop grace period of {} is left out", grace.value);
        findings.push(Finding::note(&grace.place, text));
    }
    let (Some(server), Some(command)) = (&service.server, &service.command) else { return };
    let flags = [
        ("worker timeout", server.timeout.is_some()),
        ("graceful timeout", server.graceful_timeout.is_some()),
        ("keep-alive", server.keep_alive.is_some()),
        ("connections per worker", server.connections.is_some()),
        ("requests per worker", server.max_requests.is_some()),
    ];
    let named: Vec<&str> = flags.iter().filter(|(_, written)| *written).map(|(flag, _)| *flag).collect();
    if !named.is_empty() {
        let text = format!("{name}: left out of its command: {}", named.join(", "));
        findings.push(Finding::note(&command.place, text));
    }
}

/// A pool has one kind of worker; what differs between its services is left out.
fn differs(member: &Member<'_>, pool: &Pool<'_>, findings: &mut Findings) {
    let Some(first) = pool.members.first() else { return };
    let of = |member: &Member<'_>| member.service.server.as_ref().and_then(|server| server.concurrency());
    if of(member) != of(first) {
        let (name, first) = (shorten(&member.service.name), shorten(&first.service.name));
        let text = format!(
            "{name} has other workers or threads than {first}: the scenario gives it those of {first}"
        );
        findings.push(
            Finding::warning(&member.service.name.place, text).remedy("give all servers the same command"),
        );
    }
}

fn ports(member: &Member<'_>, findings: &mut Findings) -> Vec<PortBinding> {
    let mut list = Vec::new();
    for port in &member.service.ports {
        if port.protocol == Protocol::Sctp {
            let text =
                format!("{}: `{port}` is left out: the model has TCP and UDP", shorten(&member.service.name));
            findings.push(Finding::note(&port.place, text));
            continue;
        }
        list.push(PortBinding {
            address: port.host_ip.clone().unwrap_or_default(),
            host: port.published,
            container: PortRange::one(port.target),
            udp: port.protocol == Protocol::Udp,
        });
    }
    list
}

/// A process that takes more than its limit could not even start: then half of the limit is assumed.
fn ram(service: &Service) -> Ram {
    let mut ram = Ram::default();
    let own = service.replica.iter().filter_map(|replica| replica.memory);
    let least = own.chain(service.memory).min();
    if let Some(limit) = least.filter(|limit| limit.0 / 2 < ram.base.0) {
        ram.base = Bytes(limit.0 / 2);
    }
    ram
}
