//! From what was written to what the engine runs: names resolved, every problem found at once.

use super::model::{AlgorithmChoice, ClassModel, DIRECT, Model, ServiceModel, SourceModel, Way};
use super::problem::{Path, Problems, nearest};
use super::say::{self, given, whole};
use super::{
    Change, Class, FaultKind, Invalid, Operation, Owner, Scenario, Source, SynRetries, TimedChange, Tunable,
};
use crate::algorithm::{self, CATALOG};
use crate::lang::{Said, Text};
use crate::units::order::sort_by_key;
use crate::units::{ServiceId, SimTime};

/// The most replicas in all.
pub const REPLICA_LIMIT: u32 = 10_000;
/// The most requests that a run may ask for.
pub const REQUEST_LIMIT: f64 = 1e10;

impl Scenario {
    /// Checks everything and resolves names.
    ///
    /// # Errors
    /// Every problem, each with its path, what was given and what is allowed.
    pub fn validate(&self) -> Result<Model, Invalid> {
        let mut problems = Problems::default();
        let mut services = self.services(&mut problems);
        self.check_names(&mut problems);
        let mut classes = self.classes(&mut problems);
        self.employ(&mut services, &classes, &mut problems);
        let fronts = self.fronts(&mut services, &mut classes, &mut problems);
        let sources = self.sources(&mut problems);
        let plan = self.planned(&mut problems);
        self.check_times(&mut problems);
        let model = Model {
            name: self.name.clone(),
            bodies: classes.iter().any(|class| class.body > 0),
            slow: classes.iter().any(|class| class.sending.is_some()),
            sources,
            classes,
            services,
            fronts,
            dependencies: self.dependencies(&mut problems),
            way: self.traffic.port.map_or(Way::Balancer, Way::HostPort),
            client_delay: self.traffic.delay,
            client_timeout: self.traffic.timeout,
            on_give_up: self.traffic.on_give_up,
            retry: self.retry(&mut problems),
            hedge: self.traffic.hedge.clone(),
            clients: self.traffic.clients.clone(),
            network: self.network.clone().inspect(|network| network.check(&mut problems)),
            syn: self.network.as_ref().map_or(SynRetries::Linear, |network| network.syn_retries),
            ports_taken: self.host.ports_taken.clone(),
            host: self.host.clone(),
            price: self.price.clone(),
            plan,
            duration: self.run.duration,
            warmup: self.run.warmup,
            seed: self.run.seed,
            window: self.run.window,
            cold: self.run.cold,
        };
        if problems.0.is_empty() {
            check_size(&model, &mut problems);
        }
        if problems.0.is_empty() { Ok(model) } else { Err(Invalid(problems.0)) }
    }

    fn services(&self, problems: &mut Problems) -> Vec<ServiceModel> {
        if self.service.is_empty() {
            problems.advise("service", whole::no_service(), whole::add_service());
        }
        let total: u64 = self.service.iter().map(|s| u64::from(s.replicas)).sum();
        if total > u64::from(REPLICA_LIMIT) {
            problems.add("service", None, whole::replicas_in_all(&total, &REPLICA_LIMIT));
        }
        let mut seen: Vec<&str> = Vec::new();
        let list = Path::Root;
        let list = list.key("service");
        self.service
            .iter()
            .enumerate()
            .map(|(i, service)| {
                let at = list.index(i);
                if seen.contains(&service.name.as_str()) {
                    problems.add(at.key("name"), None, whole::two_services(&service.name));
                }
                seen.push(&service.name);
                service.model(&self.host, &at, problems)
            })
            .collect()
    }

    /// Two replicas of one name could not be told apart, by Docker neither.
    fn check_names(&self, problems: &mut Problems) {
        let mut seen: Vec<&str> = Vec::new();
        for (i, service) in self.service.iter().enumerate() {
            for (j, own) in service.replica.iter().enumerate() {
                let Some(name) = own.name.as_deref() else { continue };
                if seen.contains(&name) || self.service.iter().any(|other| other.gives_name(name)) {
                    let path = format!("service[{i}].replica[{j}].name");
                    problems.add(path, None, whole::two_replicas(&name));
                }
                seen.push(name);
            }
        }
    }

    pub(super) fn service_id(&self, name: Option<&str>, at: &Path<'_>, problems: &mut Problems) -> ServiceId {
        let Some(name) = name else { return ServiceId(0) };
        let place = self.service.iter().position(|service| service.name == name);
        if place.is_none() {
            let text = unknown(say::SERVICE, name, self.service.iter().map(|s| s.name.as_str()));
            problems.add(at, None, text);
        }
        ServiceId::at(place.unwrap_or(0))
    }

    fn classes(&self, problems: &mut Problems) -> Vec<ClassModel> {
        let plain = [Class::default()];
        let classes = if self.traffic.class.is_empty() { &plain[..] } else { &self.traffic.class };
        let total: f64 = classes.iter().map(|class| class.share).sum();
        if total <= 0.0 {
            problems.add("traffic.class", None, whole::no_shares());
        }
        // Whatever rounding leaves is the last one's that has a share.
        let last = classes.iter().rposition(|class| class.share > 0.0).unwrap_or(0);
        let mut below = 0.0;
        let list = Path::Root;
        let list = list.key("traffic.class");
        let resolve = |(i, class): (usize, &Class)| {
            below += class.share / total.max(f64::MIN_POSITIVE);
            let path = format!("traffic.class[{i}].service");
            let named = class.service.as_deref().or(self.balancer.service.as_deref());
            let service = self.service_id(named, &Path::Root.key(&path), problems);
            ClassModel {
                name: class.name.clone(),
                path: class.path.clone(),
                method: class.method,
                idempotent: class.idempotent.unwrap_or(class.method.is_idempotent()),
                session: class.session,
                share_below: if i >= last { 1.0 } else { below },
                demand: class.demand,
                memory: class.memory.0,
                body: class.body.0,
                sending: class.sending(),
                service,
                front: DIRECT,
                own: None,
                steps: self.steps(&class.steps, &list.index(i).key("steps"), problems),
            }
        };
        let mut models: Vec<ClassModel> = classes.iter().enumerate().map(resolve).collect();
        self.ask_stores(&mut models, problems);
        models.iter_mut().for_each(ClassModel::receive_first);
        Self::check_graph(&models, problems);
        models
    }

    fn sources(&self, problems: &mut Problems) -> Vec<SourceModel> {
        let plain = [Class::default()];
        let classes = if self.traffic.class.is_empty() { &plain[..] } else { &self.traffic.class };
        let resolve = |(i, source): (usize, &Source)| {
            source.model(&format!("traffic.source[{i}]"), i, classes, problems)
        };
        self.traffic.source.iter().enumerate().map(resolve).collect()
    }

    fn planned(&self, problems: &mut Problems) -> Vec<TimedChange> {
        let faults = self.fault.iter().enumerate().flat_map(|(i, f)| {
            let (path, end) = (format!("fault[{i}]"), f.end());
            let end = end.map(|(at, change)| (path.clone(), at, change));
            std::iter::once((path, f.at, f.change())).chain(end)
        });
        let operations = self.operation.iter().enumerate().flat_map(|(i, o): (usize, &Operation)| {
            o.changes().into_iter().map(move |(at, change)| (format!("operation[{i}]"), at, change))
        });
        let mut plan: Vec<TimedChange> = Vec::new();
        for (path, at, change) in faults.chain(operations) {
            self.check_change(&path, &change, problems);
            plan.push(TimedChange { at: SimTime(at.0), change });
        }
        sort_by_key(&mut plan, |timed| timed.at);
        plan
    }

    fn check_change(&self, path: &str, change: &Change, problems: &mut Problems) {
        let at = Path::Root;
        let at = at.key(path);
        match change {
            Change::Rate { .. } | Change::Sticky { .. } | Change::Reload => {}
            Change::LoseZone { zone } | Change::RestoreZone { zone } => {
                if !(1..=self.host.zones).contains(zone) {
                    let text = whole::zone(zone, &self.host.zones);
                    problems.add(at.key("zone"), None, text);
                }
            }
            Change::Deploy { service } => {
                self.service_id(Some(service), &at.key("service"), problems);
            }
            Change::Scale { service, replicas } => {
                self.service_id(Some(service), &at.key("service"), problems);
                if *replicas > REPLICA_LIMIT {
                    let text = whole::replicas(replicas, &REPLICA_LIMIT);
                    problems.add(at.key("steps"), None, text);
                }
            }
            Change::Algorithm { name, params } => {
                choose(name, params, &at, problems);
            }
            Change::Break { fault, amount, .. } if fault.check(*amount).is_err() => {
                if let Err(allowed) = fault.check(*amount) {
                    problems.add(at, None, allowed);
                }
            }
            Change::BreakDependency { dependency, fault, amount } => {
                let id = self.dependency_id(dependency, &at.key("dependency"), problems);
                if let Err(text) = fault.check_dependency(*amount) {
                    problems.add(at, None, text);
                } else if *fault == FaultKind::Flush && !self.has_keys(id) {
                    problems.add(at.key("dependency"), None, whole::no_keys(dependency));
                }
            }
            Change::HealDependency { dependency, .. } => {
                self.dependency_id(dependency, &at.key("dependency"), problems);
            }
            Change::Tune { of, what, amount } => self.check_tune(of, *what, *amount, &at, problems),
            Change::Crash { replica }
            | Change::Restart { replica }
            | Change::Weight { replica, .. }
            | Change::Mode { replica, .. }
            | Change::Start { replica }
            | Change::Break { replica, .. }
            | Change::Heal { replica, .. } => {
                if !self.may_have_replica(replica) {
                    let known: Vec<String> = self.replica_names().take(12).collect();
                    let text = unknown(say::REPLICA, replica, known.iter().map(String::as_str));
                    problems.add(at.key("replica"), None, text);
                }
            }
        }
    }

    fn check_tune(&self, of: &str, what: Tunable, amount: f64, at: &Path<'_>, problems: &mut Problems) {
        if let Err(allowed) = what.check(amount) {
            problems.add(at.key("amount"), None, whole::tuned(&amount, &what.word(), allowed));
        }
        let (kind, known): (_, Vec<String>) = match what.owner() {
            Owner::Replicas if self.may_have_replica(of) => return,
            Owner::Balancer if of.is_empty() => return,
            Owner::Class => {
                (say::CLASS_OF_REQUESTS, self.traffic.class.iter().map(|class| class.name.clone()).collect())
            }
            Owner::Balancer => {
                (say::SERVICE, self.service.iter().map(|service| service.name.clone()).collect())
            }
            Owner::Replicas => {
                let services = self.service.iter().map(|service| service.name.clone());
                (say::SERVICE_OR_REPLICA, services.chain(self.replica_names()).take(12).collect())
            }
        };
        if !known.iter().any(|name| name == of) {
            let text = unknown(kind, of, known.iter().map(String::as_str));
            problems.add(at.key("of"), None, text);
        }
    }

    /// The names of the replicas at the start.
    fn replica_names(&self) -> impl Iterator<Item = String> {
        self.service.iter().flat_map(|s| (1..=s.replicas).map(|n| s.replica_name(n)))
    }

    /// A replica may also come by scaling: then only the service's name can be checked.
    fn may_have_replica(&self, name: &str) -> bool {
        let numbered = name.rsplit_once('-').is_some_and(|(service, number)| {
            number.parse::<u32>().is_ok_and(|n| (1..=REPLICA_LIMIT).contains(&n))
                && self.service.iter().any(|s| s.name == service)
        });
        let own = |service: &super::Service| {
            service.replica.iter().any(|replica| replica.name.as_deref() == Some(name))
        };
        numbered || self.replica_names().any(|known| known == name) || self.service.iter().any(own)
    }

    fn check_times(&self, problems: &mut Problems) {
        let run = &self.run;
        if run.duration.0 == 0 {
            problems.add("run.duration", None, given::zero());
        }
        if run.warmup >= run.duration && run.duration.0 > 0 {
            let text = whole::warmup(&run.warmup, &run.duration);
            problems.add("run.warmup", None, text);
        }
        if run.window.0 < 1_000_000 || run.duration.0 / run.window.0.max(1) > 1_000_000 {
            let text = whole::window(&run.window);
            problems.add("run.window", None, text);
        }
        if self.traffic.timeout.is_some_and(|timeout| timeout.0 == 0) {
            problems.add("traffic.timeout", None, given::zero_or_forever());
        }
    }
}

fn check_size(model: &Model, problems: &mut Problems) {
    let requests = model.expected_requests();
    if requests > REQUEST_LIMIT {
        let text = whole::requests(&format!("{requests:.1e}"), &format!("{REQUEST_LIMIT:.0e}"));
        problems.advise("run.duration", text, whole::fewer_requests());
    }
}

pub(super) fn unknown<'n>(what: Text, name: &str, known: impl Iterator<Item = &'n str> + Clone) -> Said {
    nearest(name, known.clone()).map_or_else(
        || given::no_such(&name, what, &known.collect::<Vec<_>>().join(", ")),
        |near| given::no_such_near(&name, what, &near),
    )
}

pub(super) fn choose(
    name: &str,
    params: &[(String, f64)],
    at: &Path<'_>,
    problems: &mut Problems,
) -> AlgorithmChoice {
    let spec = algorithm::find(name).unwrap_or_else(|| {
        problems.add(
            at.key("algorithm"),
            None,
            unknown(say::ALGORITHM, name, CATALOG.iter().map(|spec| spec.name)),
        );
        CATALOG[0]
    });
    let known = algorithm::find(name).is_some();
    let params = spec.params(if known { params } else { &[] }).or_else(|errors| {
        for error in errors {
            problems.add(at.key("params"), None, error.said());
        }
        spec.params(&[])
    });
    let fresh = params.map_or_else(|_| (CATALOG[0].build)(&algorithm::Params::none()), |p| (spec.build)(&p));
    AlgorithmChoice { name: spec.name.to_owned(), fresh }
}
