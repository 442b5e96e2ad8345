//! Background workers: Celery beside a broker.

use std::collections::BTreeMap;

use super::pool::{Member, Pool};
use super::{scenario_name, service};
use crate::convert::command::Kind;
use crate::convert::compose::{ComposeProject, Service};
use crate::convert::finding::shorten;
use crate::convert::{Finding, Findings};
use crate::dist::Distribution;
use crate::lang::phrases;
use crate::scenario::{Broker, Class, Dependency, DependencyKind, Scenario, Step, StepKind};
use crate::units::SimDuration;

phrases! {
    mod say {
        fn no_broker(a: Text, b: Text) {
            en: "{a}: no service runs a broker that is known here ({b})",
            de: "{a}: Kein Dienst ist ein Broker, der hier bekannt ist ({b})",
            fr: "{a} : aucun service n’est un broker connu ici ({b})",
        }
        fn keeps_messages(a: Text, b: Text, prefetch: Text) {
            en: "{a}: keeps the messages for {b}: {prefetch} in advance for each process, acknowledged \
                 when they begin, as Celery does unless told otherwise",
            de: "{a}: hält die Nachrichten für {b}: {prefetch} im Voraus für jeden Prozess, bestätigt \
                 zu Beginn der Arbeit, wie Celery es von sich aus tut",
            fr: "{a} : garde les messages pour {b} : {prefetch} d’avance par processus, confirmés quand \
                 le travail commence, comme Celery le fait sans autre réglage",
        }
        fn set_broker {
            en: "set `broker` of the dependency",
            de: "`broker` der Abhängigkeit setzen",
            fr: "régler `broker` de la dépendance",
        }
        fn no_jobs(a: Text) {
            en: "jobs are not in the files: every second request is assumed to hand its work, a mean of \
                 20 ms, to {a}",
            de: "die Aufträge stehen nicht in den Dateien: Angenommen wird, dass jede zweite Anfrage \
                 ihre Arbeit, im Mittel 20 ms, an {a} übergibt",
            fr: "les tâches ne sont pas dans les fichiers : on suppose qu’une requête sur deux confie \
                 son travail, 20 ms en moyenne, à {a}",
        }
        fn set_class {
            en: "set `traffic.class` in the scenario",
            de: "`traffic.class` im Szenario setzen",
            fr: "régler `traffic.class` dans le scénario",
        }
        fn no_concurrency(name: Text, cores: Text) {
            en: "{name}: without --concurrency a Celery worker has a process for each core of the host: \
                 {cores} assumed",
            de: "{name}: Ohne --concurrency hat ein Celery-Worker einen Prozess je Kern des Hosts: \
                 {cores} angenommen",
            fr: "{name} : sans --concurrency, un worker Celery a un processus par cœur de l’hôte : \
                 {cores} supposés",
        }
        fn write_concurrency {
            en: "write `--concurrency N`",
            de: "`--concurrency N` schreiben",
            fr: "écrire `--concurrency N`",
        }
        fn celery_works(name: Text, a: Count) {
            en: "{name}: Celery works on {a} {a:job|jobs} at a time",
            de: "{name}: Celery arbeitet an {a} {a:Auftrag|Aufträgen} zugleich",
            fr: "{name} : Celery traite {a} {a:tâche|tâches} à la fois",
        }
    }
}

/// Images of programs that Celery keeps its messages in.
const BROKERS: [&str; 4] = ["rabbitmq", "redis", "valkey", "keydb"];
/// Processes of a worker whose command names no number: Celery takes the cores of the host.
const CORES: u32 = 4;
/// CPU work of a request that hands its job over.
const HANDED: SimDuration = SimDuration::from_millis(2);
/// Time until the broker has a message.
const PUBLISH: SimDuration = SimDuration::from_millis(1);

/// Gives the scenario the broker and the workers of the project; their names there. Nothing where there are none.
pub fn employ(
    project: &ComposeProject,
    pool: &Pool<'_>,
    running: &BTreeMap<String, u32>,
    scenario: &mut Scenario,
    findings: &mut Findings,
) -> Vec<String> {
    let is_member = |service: &&Service| {
        pool.members.iter().any(|member| member.service.name.value == service.name.value)
    };
    let others = || project.services.iter().filter(|service| !is_member(service));
    let works = |service: &&Service| service.server.as_ref().is_some_and(|s| s.kind == Kind::Celery);
    let keeps = |service: &&Service| service.image_name().is_some_and(|name| BROKERS.contains(&name));
    let Some(worker) = others().find(works) else { return Vec::new() };
    let Some(broker) = others().find(keeps) else {
        let text = say::no_broker(&shorten(&worker.name), &BROKERS.join(", "));
        findings.push(Finding::note(&worker.name.place, text));
        return Vec::new();
    };
    if scenario.service.iter().any(|s| [&worker.name.value, &broker.name.value].contains(&&s.name)) {
        return Vec::new();
    }
    let replicas = running.get(&worker.name.value).copied().unwrap_or(0);
    let member = Member { service: worker, server: None, replicas };
    let mut service = service::alone(&member, findings);
    (service.workers, service.threads) = places(worker, findings);
    let name = service.name.clone();
    let broker_name = scenario_name(&broker.name.value);
    let prefetch = Broker::default().prefetch;
    let text = say::keeps_messages(&shorten(&broker.name), &shorten(&worker.name), &prefetch);
    findings.push(Finding::note(&broker.name.place, text).remedy(say::set_broker()));
    scenario.service.push(service);
    scenario.dependency.push(Dependency {
        name: broker_name.clone(),
        kind: DependencyKind::Broker,
        time: Distribution::Constant(PUBLISH),
        broker: Broker { service: name.clone(), ..Broker::default() },
        ..Dependency::default()
    });
    hand_over(scenario, &broker_name, &name);
    let text = say::no_jobs(&shorten(&worker.name));
    findings.push(Finding::note(&worker.name.place, text).remedy(say::set_class()));
    vec![worker.name.value.clone(), broker.name.value.clone()]
}

/// Processes and threads of a worker.
fn places(worker: &Service, findings: &mut Findings) -> (u32, u32) {
    let server = worker.server.as_ref();
    let written = server.and_then(|server| server.workers.as_ref()).map(|at| at.value.max(1));
    let place = worker.command.as_ref().map_or(&worker.name.place, |at| &at.place);
    let name = shorten(&worker.name);
    let count = written.unwrap_or_else(|| {
        let text = say::no_concurrency(&name, &CORES);
        findings.push(Finding::note(place, text).remedy(say::write_concurrency()));
        CORES
    });
    let class = server.and_then(|server| server.class.as_ref()).map_or("prefork", |at| at.value.as_str());
    let (workers, threads) = match class {
        "solo" => (1, 1),
        "prefork" | "processes" => (count, 1),
        _ => (1, count),
    };
    let text = say::celery_works(&name, (workers * threads).into());
    findings.push(Finding::note(place, text));
    (workers, threads)
}

/// One more class, as frequent as the others together, that hands its work over; and the work.
fn hand_over(scenario: &mut Scenario, broker: &str, worker: &str) {
    let classes = &mut scenario.traffic.class;
    let share: f64 = classes.iter().map(|class| class.share).sum();
    let Some(first) = classes.first().cloned() else { return };
    let time = |time| Some(Distribution::Constant(time));
    let steps = vec![
        Step { time: time(HANDED), ..Step::default() },
        Step { kind: StepKind::Enqueue, to: broker.to_owned(), ..Step::default() },
    ];
    classes.push(Class { name: "background".to_owned(), share, steps, ..first.clone() });
    let (name, service) = ("job".to_owned(), Some(worker.to_owned()));
    classes.push(Class { name, share: 0.0, service, ..first });
}
