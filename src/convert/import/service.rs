//! The pool as one service of the scenario.

use super::pool::{Member, Pool};
use super::scenario_name;
use crate::convert::command::Kind;
use crate::convert::compose::{self, Protocol};
use crate::convert::finding::shorten;
use crate::convert::{Finding, Findings};
use crate::dist::Distribution;
use crate::lang::phrases;
use crate::scenario::{PortBinding, PortRange, Ram, ReplicaOverride, Restart, Service};
use crate::units::{Bytes, Cores};

phrases! {
    mod say {
        fn no_memory_use(a: Text, b: Text) {
            en: "memory use is not in the files: {a} for the process, {b} for each session are assumed",
            de: "der Speicherbedarf steht nicht in den Dateien: Angenommen werden {a} für den Prozess \
                 und {b} für jede Sitzung",
            fr: "l’usage de mémoire n’est pas dans les fichiers : on suppose {a} pour le processus et \
                 {b} par session",
        }
        fn set_ram {
            en: "set `ram` in the scenario",
            de: "`ram` im Szenario setzen",
            fr: "régler `ram` dans le scénario",
        }
        fn no_start_up(a: Text, assumed: Text) {
            en: "{a}: how long it takes to start is not in the files: {assumed} is assumed, so a new or \
                 restarted replica serves at once",
            de: "{a}: Wie lange der Start dauert, steht nicht in den Dateien: Angenommen wird \
                 {assumed}, eine neue oder neu gestartete Replik arbeitet also sofort",
            fr: "{a} : la durée du démarrage n’est pas dans les fichiers : on suppose {assumed}, donc \
                 une réplique nouvelle ou relancée sert aussitôt",
        }
        fn set_start_up {
            en: "set `start_up` in the scenario",
            de: "`start_up` im Szenario setzen",
            fr: "régler `start_up` dans le scénario",
        }
        fn no_limits {
            en: "no CPU and no memory limit",
            de: "keine Grenze für CPU und Speicher",
            fr: "pas de limite de CPU ni de mémoire",
        }
        fn core_and_memory {
            en: "1 core and memory that never runs out",
            de: "1 Kern und Speicher ohne Ende",
            fr: "1 cœur et une mémoire sans fin",
        }
        fn no_cpu_limit {
            en: "no CPU limit",
            de: "keine CPU-Grenze",
            fr: "pas de limite de CPU",
        }
        fn one_core {
            en: "1 core",
            de: "1 Kern",
            fr: "1 cœur",
        }
        fn no_memory_limit {
            en: "no memory limit",
            de: "keine Speichergrenze",
            fr: "pas de limite de mémoire",
        }
        fn endless_memory {
            en: "memory that never runs out",
            de: "Speicher ohne Ende",
            fr: "une mémoire sans fin",
        }
        fn whole_host(a: Text, what: Said, given: Said) {
            en: "{a}: {what}: a replica may take the whole host; the model gives it {given}",
            de: "{a}: {what}: Eine Replik kann den ganzen Host nehmen; das Modell gibt ihr {given}",
            fr: "{a} : {what} : une réplique peut prendre tout l’hôte ; le modèle lui donne {given}",
        }
        fn add_limits {
            en: "add `deploy.resources.limits` with cpus and memory",
            de: "`deploy.resources.limits` mit `cpus` und `memory` hinzufügen",
            fr: "ajouter `deploy.resources.limits` avec `cpus` et `memory`",
        }
        fn no_restart(a: Text) {
            en: "{a}: no restart policy: a replica that dies stays away",
            de: "{a}: keine Regel für Neustarts: Eine Replik, die stirbt, bleibt weg",
            fr: "{a} : pas de règle de relance : une réplique qui meurt ne revient pas",
        }
        fn write_restart {
            en: "write `restart: unless-stopped`",
            de: "`restart: unless-stopped` schreiben",
            fr: "écrire `restart: unless-stopped`",
        }
        fn restart_limit(a: Text, attempts: Text) {
            en: "{a}: the limit of {attempts} restarts is left out",
            de: "{a}: Die Grenze von {attempts} Neustarts ist weggelassen",
            fr: "{a} : la limite de {attempts} relances est laissée de côté",
        }
        fn no_known_server {
            en: "its command names no server that is known here",
            de: "sein Befehl nennt keinen Server, der hier bekannt ist",
            fr: "sa commande ne nomme aucun serveur connu ici",
        }
        fn no_command {
            en: "no command in the file",
            de: "kein Befehl in der Datei",
            fr: "pas de commande dans le fichier",
        }
        fn taken_as(name: Text, a: Said, b: Count, c: Count, d: Count) {
            en: "{name}: {a}: taken as {b} {b:worker|workers} with {c} {c:thread|threads} \
                 and {d} {d:place|places} in the listen backlog",
            de: "{name}: {a}: Angenommen werden {b} Worker mit {c} {c:Thread|Threads} \
                 und {d} {d:Platz|Plätze} im Backlog",
            fr: "{name} : {a} : on suppose {b} {b:worker|workers} à {c} {c:thread|threads} \
                 et {d} {d:place|places} dans le backlog",
        }
        fn set_workers {
            en: "set workers, threads and backlog in the scenario",
            de: "`workers`, `threads` und `backlog` im Szenario setzen",
            fr: "régler `workers`, `threads` et `backlog` dans le scénario",
        }
        fn thread_each {
            en: "a thread for every request, without limit",
            de: "einem Thread für jede Anfrage, ohne Grenze",
            fr: "un thread par requête, sans limite",
        }
        fn event_loops(a: Count) {
            en: "{a} {a:event loop|event loops}, each computing one request at a time",
            de: "{a} {a:Ereignisschleife, die|Ereignisschleifen, die je} eine Anfrage auf einmal {a:rechnet|rechnen}",
            fr: "{a} {a:boucle|boucles} d’événements, {a:qui calcule|qui calculent chacune} \
                 une requête à la fois",
        }
        fn workers_with(a: Count, threads: Count) {
            en: "{a} {a:worker|workers} with {threads} {threads:thread|threads}",
            de: "{a} {a:Worker|Workern} mit {threads} {threads:Thread|Threads}",
            fr: "{a} {a:worker|workers} à {threads} {threads:thread|threads}",
        }
        fn serves_with(name: Text, a: Text, what: Said, b: Text) {
            en: "{name}: {a} serves with {what}, listen backlog {b}",
            de: "{name}: {a} arbeitet mit {what}, Backlog {b}",
            fr: "{name} : {a} sert avec {what}, backlog {b}",
        }
        fn idle_cpus(name: Text, a: Text, b: Count) {
            en: "{name}: {a} CPUs, but each of its {b} {b:worker|workers} computes on one core at a time: the \
                 rest stays idle",
            de: "{name}: {a} CPUs, aber jeder seiner {b} Worker rechnet auf einem Kern zugleich: Der \
                 Rest bleibt ungenutzt",
            fr: "{name} : {a} CPU, mais chacun de ses {b} {b:worker|workers} calcule sur un cœur à la fois : le \
                 reste ne sert pas",
        }
        fn workers_as_cpus {
            en: "start as many workers as CPUs, or lower `cpus`",
            de: "so viele Worker starten wie CPUs, oder `cpus` senken",
            fr: "démarrer autant de workers que de CPU, ou baisser `cpus`",
        }
        fn celery_serves_none(name: Text) {
            en: "{name}: a Celery worker takes jobs from a broker and serves no requests",
            de: "{name}: Ein Celery-Worker nimmt Aufträge von einem Broker und beantwortet keine Anfragen",
            fr: "{name} : un worker Celery prend des tâches à un broker et ne sert aucune requête",
        }
        fn name_server {
            en: "name a service that serves (--service)",
            de: "einen Dienst nennen, der Anfragen beantwortet (--service)",
            fr: "nommer un service qui répond à des requêtes (--service)",
        }
        fn no_health(name: Text) {
            en: "{name}: the health check is left out: nginx never asks for it, and Docker restarts \
                 nothing for it",
            de: "{name}: Der Health-Check ist weggelassen: nginx fragt ihn nie ab, und Docker startet seinetwegen nichts neu",
            fr: "{name} : le contrôle de santé est laissé de côté : nginx ne le consulte jamais, et Docker \
                 ne relance rien pour lui",
        }
        fn no_grace(name: Text, a: Text) {
            en: "{name}: the stop grace period of {a} is left out",
            de: "{name}: Die Frist zum Beenden von {a} ist weggelassen",
            fr: "{name} : le délai d’arrêt de {a} est laissé de côté",
        }
        fn flags_left_out(name: Text, a: Text) {
            en: "{name}: left out of its command: {a}",
            de: "{name}: aus seinem Befehl weggelassen: {a}",
            fr: "{name} : laissé de côté dans sa commande : {a}",
        }
        fn differs(name: Text, first: Text) {
            en: "{name} has other workers or threads than {first}: the scenario gives it those of {first}",
            de: "{name} hat andere Worker oder Threads als {first}: Das Szenario gibt ihm die von {first}",
            fr: "{name} a d’autres workers ou threads que {first} : le scénario lui donne ceux de {first}",
        }
        fn same_command {
            en: "give all servers the same command",
            de: "allen Servern denselben Befehl geben",
            fr: "donner à tous les serveurs la même commande",
        }
        fn no_sctp(a: Text, port: Text) {
            en: "{a}: `{port}` is left out: the model has TCP and UDP",
            de: "{a}: `{port}` ist weggelassen: Das Modell hat TCP und UDP",
            fr: "{a} : `{port}` est laissé de côté : le modèle a TCP et UDP",
        }
    }
}

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
    let text = say::no_memory_use(&service.ram.base, &service.ram.session);
    findings.push(Finding::note(&pool.place, text).remedy(say::set_ram()));
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
    let text = say::no_start_up(&shorten(name), &assumed);
    findings.push(Finding::note(&name.place, text).remedy(say::set_start_up()));
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
        (None, None) => (say::no_limits(), say::core_and_memory()),
        (None, Some(_)) => (say::no_cpu_limit(), say::one_core()),
        (Some(_), None) => (say::no_memory_limit(), say::endless_memory()),
    };
    let text = say::whole_host(&shorten(&service.name), what, given);
    findings.push(Finding::note(&service.name.place, text).remedy(say::add_limits()));
}

fn restart(member: &Member<'_>, findings: &mut Findings) -> Restart {
    let Some(at) = &member.service.restart else {
        let text = say::no_restart(&shorten(&member.service.name));
        findings.push(Finding::note(&member.service.name.place, text).remedy(say::write_restart()));
        return Restart::No;
    };
    match at.value {
        compose::Restart::No => Restart::No,
        compose::Restart::Always => Restart::Always,
        compose::Restart::UnlessStopped => Restart::UnlessStopped,
        compose::Restart::OnFailure(attempts) => {
            if let Some(attempts) = attempts {
                let text = say::restart_limit(&shorten(&member.service.name), &attempts);
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
        let text = say::taken_as(
            &name,
            if member.service.command.is_some() { say::no_known_server() } else { say::no_command() },
            service.workers.into(),
            service.threads.into(),
            service.backlog.into(),
        );
        findings.push(Finding::note(place, text).remedy(say::set_workers()));
        return;
    };
    service.workers = found.workers.max(1);
    service.threads = found.threads.unwrap_or(UNLIMITED_THREADS);
    service.backlog = server.backlog_places().unwrap_or(service.backlog);
    let Some(command) = &member.service.command else { return };
    let what = match (found.threads, found.event_loop) {
        (None, _) => say::thread_each(),
        (_, true) => say::event_loops(found.workers.into()),
        (Some(threads), _) => say::workers_with(found.workers.into(), threads.into()),
    };
    let text = say::serves_with(&name, &server.kind.name(), what, &service.backlog);
    findings.push(Finding::note(&command.place, text));
    let python = matches!(
        server.kind,
        Kind::Gunicorn | Kind::Uvicorn | Kind::Hypercorn | Kind::Waitress | Kind::FlaskDev | Kind::DjangoDev
    );
    if let Some(cpus) = &member.service.cpus
        && (python || server.kind == Kind::Node)
        && cpus.get() > f64::from(found.workers)
    {
        let text = say::idle_cpus(&name, &cpus.get(), found.workers.into());
        findings.push(Finding::note(&cpus.place, text).remedy(say::workers_as_cpus()));
    }
    if server.kind == Kind::Celery {
        let text = say::celery_serves_none(&name);
        findings.push(Finding::warning(&command.place, text).remedy(say::name_server()));
    }
}

/// What the files say about a service and the model does not have yet.
fn left_out(member: &Member<'_>, findings: &mut Findings) {
    let service = member.service;
    let name = shorten(&service.name);
    if let Some(check) = &service.healthcheck {
        let text = say::no_health(&name);
        findings.push(Finding::note(&check.place, text));
    }
    if let Some(grace) = &service.stop_grace {
        let text = say::no_grace(&name, &grace.value);
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
        let text = say::flags_left_out(&name, &named.join(", "));
        findings.push(Finding::note(&command.place, text));
    }
}

/// A pool has one kind of worker; what differs between its services is left out.
fn differs(member: &Member<'_>, pool: &Pool<'_>, findings: &mut Findings) {
    let Some(first) = pool.members.first() else { return };
    let of = |member: &Member<'_>| member.service.server.as_ref().and_then(|server| server.concurrency());
    if of(member) != of(first) {
        let (name, first) = (shorten(&member.service.name), shorten(&first.service.name));
        let text = say::differs(&name, &first);
        findings.push(Finding::warning(&member.service.name.place, text).remedy(say::same_command()));
    }
}

fn ports(member: &Member<'_>, findings: &mut Findings) -> Vec<PortBinding> {
    let mut list = Vec::new();
    for port in &member.service.ports {
        if port.protocol == Protocol::Sctp {
            let text = say::no_sctp(&shorten(&member.service.name), &port);
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
