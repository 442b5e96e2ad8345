//! A deployment as a [`Scenario`].
//!
//! ```text
//! compose files ──> ComposeProject ─┐
//!                                   ├─> pool ──> Scenario, findings, what starts
//! nginx file ─────> NginxConfig ────┘
//! ```
//!
//! The *pool* is what one balancer passes requests to: the servers of an upstream, each a service of the
//! project in so many replicas; or one service that publishes a port of the host and is its own way in.
//! What files do not say is assumed, and every assumption is a note.

mod balancer;
mod cross;
mod edge;
mod pool;
mod service;
mod traffic;
mod worker;

use std::collections::BTreeMap;

use super::compose::{self, ComposeProject, LoadOptions, PortConflict, Service};
use super::finding::shorten;
use super::nginx;
use super::{Finding, Findings, SourceFile, limits};
use crate::scenario::{Scenario, nearest};

use crate::convert::finding::shared;
use crate::lang::phrases;
pub use pool::Way;

phrases! {
    mod say {
        fn does_not_hold(a: Text, b: Said) {
            en: "the scenario does not hold: {a}: {b}",
            de: "das Szenario geht nicht auf: {a}: {b}",
            fr: "le scénario ne tient pas : {a} : {b}",
        }
        fn change_value {
            en: "change the value",
            de: "den Wert ändern",
            fr: "changer la valeur",
        }
        fn too_many_replicas(shown: Text, count: Text, a: Text) {
            en: "{shown}: {count} replicas; at most {a} are allowed",
            de: "{shown}: {count} Repliken; höchstens {a} sind erlaubt",
            fr: "{shown} : {count} répliques ; {a} au plus sont permises",
        }
        fn scale_to_fewer {
            en: "scale to fewer",
            de: "auf weniger skalieren",
            fr: "en demander moins",
        }
        fn not_behind(a: Text) {
            en: "service {a} is left out: it is not behind the balancer",
            de: "Dienst {a} ist weggelassen: Er steht nicht hinter dem Lastverteiler",
            fr: "le service {a} est laissé de côté : il n’est pas derrière le répartiteur",
        }
    }
}

/// What the command line adds to the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// `--scale SERVICE=N`; it beats `scale` and `deploy.replicas`.
    pub scale: Vec<(String, u32)>,
    /// `--service NAME`: the service to look at; without it, the one that nginx balances.
    pub service: Option<String>,
    /// The project's name and variables.
    pub load: LoadOptions,
}

/// A deployment, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// It validates, unless an error among the findings says why it can't.
    pub scenario: Scenario,
    /// Everything worth saying, in the order of reading.
    pub findings: Vec<Finding>,
    /// How requests reach the service.
    pub way: Way,
    /// Running replicas of every service when Compose has started what it can.
    pub running: BTreeMap<String, u32>,
    /// Replicas that do not start because their port is taken, the first of each service.
    pub conflicts: Vec<PortConflict>,
}

/// Reads a deployment: Compose files, merged in order, and nginx's configuration if there is one.
///
/// # Errors
/// When a file can't be read at all, or no service is left to run; the findings tell why.
pub fn import(
    files: &[SourceFile],
    nginx: Option<&SourceFile>,
    options: &ImportOptions,
) -> Result<Imported, Vec<Finding>> {
    let mut findings = Findings::default();
    let project = compose::load(files, &options.load, &mut findings);
    let config = nginx.map(|file| nginx::load(file, &mut findings));
    let (Some(project), Some(config)) = (project, transpose(config)) else { return Err(findings.into_vec()) };
    let scale = scale(&project, options, &mut findings);
    // A fixed container name allows one replica.
    let replicas = |service: &Service| {
        let asked = asked(service, &scale);
        if service.container_name.is_some() { asked.min(1) } else { asked }
    };
    let place = project.place.clone();
    let Some(pool) = pool::choose(&project, config.as_ref(), options, &replicas, &mut findings) else {
        return Err(findings.into_vec());
    };
    let started = compose::start(&project, replicas);
    if let Some(config) = &config {
        cross::check(&project, config, &pool, &started.running, &mut findings);
    }
    for service in &project.services {
        let asked = asked(service, &scale);
        compose::scale(&project, service, asked, &mut findings);
        if asked == 1 && pool.proxy.is_none_or(|proxy| proxy.name.value != service.name.value) {
            compose::can_not_scale(service, &mut findings);
        }
    }
    for conflict in &started.conflicts {
        findings.push(compose::conflict(conflict));
        findings.push(compose::engine_versions(conflict));
    }
    let mut scenario = Scenario { name: project.name.clone(), title: title(&pool), ..Scenario::default() };
    scenario.teaches = format!("Load on {}, imported from {}.", scenario.title, project.place.file);
    scenario.service = vec![service::pool(&pool, &mut findings)];
    scenario.balancer = balancer::balancer(&pool, &scenario.service, &mut findings);
    scenario.host.ports_taken = ports_taken(&started.conflicts, &pool);
    scenario.traffic = traffic::assumed(&pool, &scenario.service, &started.running, &mut findings);
    let employed = worker::employ(&project, &pool, &started.running, &mut scenario, &mut findings);
    left_out(&project, &pool, &employed, &mut findings);
    if let Err(invalid) = scenario.validate() {
        for problem in invalid.0 {
            let text = say::does_not_hold(&problem.path, problem.text);
            findings.push(
                Finding::error(&pool.place, text).remedy(problem.remedy.unwrap_or_else(say::change_value)),
            );
        }
    }
    findings.tell_left_out(&place);
    Ok(Imported {
        scenario,
        findings: findings.into_vec(),
        way: pool.way(),
        running: started.running,
        conflicts: started.conflicts,
    })
}

/// `Some(None)` is a file that could not be read.
fn transpose<T>(file: Option<Option<T>>) -> Option<Option<T>> {
    match file {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

/// Checked `--scale` values.
fn scale(
    project: &ComposeProject,
    options: &ImportOptions,
    findings: &mut Findings,
) -> BTreeMap<String, u32> {
    let mut scale = BTreeMap::new();
    for (name, count) in &options.scale {
        let shown = shorten(name);
        if project.service(name).is_none() {
            let names: Vec<&str> =
                project.services.iter().map(|service| service.name.value.as_str()).collect();
            let remedy = nearest(&shown, names.iter().copied())
                .map_or_else(|| shared::known_are(&names.join(", ")), |near| shared::did_you_mean(&near));
            findings.push(Finding::error(&project.place, shared::no_such_service(&shown)).remedy(remedy));
        } else if *count > limits::REPLICAS {
            let text = say::too_many_replicas(&shown, &count, &limits::REPLICAS);
            findings.push(Finding::error(&project.place, text).remedy(say::scale_to_fewer()));
        } else {
            scale.insert(name.clone(), *count);
        }
    }
    scale
}

/// `--scale`, else `scale` or `deploy.replicas`, else 1.
fn asked(service: &Service, scale: &BTreeMap<String, u32>) -> u32 {
    let written = || service.replicas.as_ref().map_or(1, |at| at.value);
    scale.get(&service.name.value).copied().unwrap_or_else(written)
}

/// A name as scenarios allow it: at most 63 letters, digits, dots, dashes and underscores.
fn scenario_name(name: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let kept: String = name.chars().map(|c| if fits(c) { c } else { '-' }).take(63).collect();
    if kept.is_empty() { "app".to_owned() } else { kept }
}

fn title(pool: &pool::Pool<'_>) -> String {
    let count: u32 = pool.members.iter().map(|member| member.replicas).sum();
    let copies = if count == 1 { "one replica".to_owned() } else { format!("{count} replicas") };
    match (&pool.proxy, pool.way()) {
        (Some(proxy), Way::Balancer) => format!("{copies} of {} behind {}", pool.name, proxy.name.value),
        (None, Way::Balancer) => format!("{copies} of {} behind a balancer", pool.name),
        (_, Way::Port(port)) => format!("{copies} of {}, published on port {port}", pool.name),
        (_, Way::None) => format!("{copies} of {}", pool.name),
    }
}

/// Ports that a container of another service holds when this one wants them.
fn ports_taken(conflicts: &[PortConflict], pool: &pool::Pool<'_>) -> Vec<u16> {
    let mut ports: Vec<u16> = conflicts
        .iter()
        .filter(|c| c.running == 0 && pool.members.iter().any(|m| m.service.name.value == c.service))
        .filter_map(|c| c.port.published.map(|range| range.first))
        .collect();
    ports.sort_unstable();
    ports.dedup();
    ports
}

/// Services that have no place in the scenario.
fn left_out(project: &ComposeProject, pool: &pool::Pool<'_>, employed: &[String], findings: &mut Findings) {
    for service in &project.services {
        let is_member = pool.members.iter().any(|member| member.service.name.value == service.name.value);
        let is_proxy = pool.proxy.is_some_and(|proxy| proxy.name.value == service.name.value);
        if !is_member && !is_proxy && !employed.contains(&service.name.value) {
            let text = say::not_behind(&shorten(&service.name));
            findings.push(Finding::note(&service.name.place, text));
        }
    }
}
