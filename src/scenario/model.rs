//! A checked scenario: names resolved to indices, nothing that could fail left. Only
//! [`Scenario::validate`](super::Scenario::validate) makes one, and the engine takes nothing else.

use std::sync::Arc;

use super::step_model::{DependencyModel, StepModel};
use super::{
    Autoscaler, Balancer, Binds, Burst, Clients, CpuModel, Deploy, GiveUp, HealthCheck, Hedge, Host, Method,
    Mode, Network, OnStop, OomKill, OwnKind, PortBinding, Price, Ram, Recorded, Restart, Retry, Session,
    SessionState, SourceKind, Sticky, SynRetries, TimedChange,
};
use crate::algorithm::product::Product;
use crate::algorithm::{Algorithm, KeySource};
use crate::dist::Distribution;
use crate::units::{ClassId, DependencyId, ServiceId, SimDuration, SimTime};

/// A checked scenario.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) name: String,
    pub(crate) sources: Vec<SourceModel>,
    pub(crate) classes: Vec<ClassModel>,
    pub(crate) services: Vec<ServiceModel>,
    /// What is in front of the services that have traffic; the edge's own first.
    pub(crate) fronts: Vec<BalancerModel>,
    pub(crate) dependencies: Vec<DependencyModel>,
    pub(crate) way: Way,
    pub(crate) client_delay: Distribution,
    pub(crate) client_timeout: Option<SimDuration>,
    pub(crate) on_give_up: GiveUp,
    pub(crate) retry: Option<Retry>,
    pub(crate) hedge: Option<Hedge>,
    pub(crate) clients: Option<Clients>,
    pub(crate) network: Option<Network>,
    /// When a connection attempt that got no answer is sent again.
    pub(crate) syn: SynRetries,
    pub(crate) ports_taken: Vec<u16>,
    pub(crate) host: Host,
    pub(crate) price: Price,
    pub(crate) plan: Vec<TimedChange>,
    pub(crate) duration: SimDuration,
    pub(crate) warmup: SimDuration,
    pub(crate) seed: u64,
    pub(crate) window: SimDuration,
    /// Whether replicas take their start-up time at the start of the run.
    pub(crate) cold: bool,
    /// Whether a class has a body.
    pub(crate) bodies: bool,
    /// Whether clients take time to send a class.
    pub(crate) slow: bool,
}

/// No front: straight to a port of the host.
pub const DIRECT: u16 = u16::MAX;

/// How clients reach the replicas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Through the balancer.
    Balancer,
    /// Straight to a port of the host, whoever holds it.
    HostPort(u16),
}

/// A source of traffic.
#[derive(Debug, Clone)]
pub struct SourceModel {
    /// Its name.
    pub name: String,
    /// How arrivals come about.
    pub kind: SourceKind,
    /// Base: arrivals per second, or users.
    pub base: f64,
    /// Time between an answer and a user's next request.
    pub think: Distribution,
    /// The profile as straight pieces; the last level stays.
    pub profile: Vec<PieceModel>,
    /// Bursts, of a bursty source.
    pub burst: Option<Burst>,
    /// Recorded arrivals, of a trace.
    pub recorded: Arc<[Recorded]>,
    /// What an arrival is, when it is a session.
    pub session: Option<Session>,
    /// Of which classes its login and its logout are.
    pub login: Option<ClassId>,
    /// See `login`.
    pub logout: Option<ClassId>,
}

/// A straight piece of a profile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PieceModel {
    /// When it begins.
    pub start: SimTime,
    /// When it ends.
    pub end: SimTime,
    /// Level at the start.
    pub from: f64,
    /// Level at the end.
    pub to: f64,
}

/// A kind of request.
#[derive(Debug, Clone)]
pub struct ClassModel {
    /// Its name.
    pub name: String,
    /// Its path.
    pub path: String,
    /// Its method.
    pub method: Method,
    /// Whether it may be done twice without harm.
    pub idempotent: bool,
    /// Whether it needs the user's session.
    pub session: bool,
    /// The sum of the shares up to and with this one, of a total of 1.
    pub share_below: f64,
    /// CPU work.
    pub demand: Distribution,
    /// Memory while in service.
    pub memory: u64,
    /// Size of its body.
    pub body: u64,
    /// How long clients take to send it, and the share of them who do; nothing when all send at once.
    pub sending: Option<(Distribution, f64)>,
    /// Who answers.
    pub service: ServiceId,
    /// Which of the fronts leads there, or [`DIRECT`].
    pub front: u16,
    /// What the balancer itself answers it with; nothing when a replica does.
    pub own: Option<OwnKind>,
    /// What is done, step by step; nothing when its demand is all there is.
    pub steps: Vec<StepModel>,
}

impl ClassModel {
    /// Mean CPU work of one request in seconds on one reference core.
    #[must_use]
    pub fn mean_work(&self) -> f64 {
        let work = |step: &StepModel| match step {
            StepModel::Cpu(time) => time.unwrap_or(self.demand).mean(),
            StepModel::Wait(_) | StepModel::Call(_) | StepModel::Receive => 0.0,
        };
        if self.own.is_some() {
            return 0.0;
        }
        if self.steps.is_empty() { self.demand.mean() } else { self.steps.iter().map(work).sum() }
    }
}

/// A service.
#[derive(Debug, Clone)]
pub struct ServiceModel {
    /// Its name.
    pub name: String,
    /// Replicas at the start.
    pub replicas: u32,
    /// What a replica has unless it has something of its own.
    pub plain: Arc<ReplicaModel>,
    /// Replicas with something of their own, by number from 1.
    pub special: Vec<(u32, Arc<ReplicaModel>)>,
    /// Where session state is kept.
    pub sessions: SessionState,
    /// How a new version takes the place of the old one.
    pub deploy: Deploy,
    /// What adds and removes replicas by itself.
    pub autoscaler: Option<Autoscaler>,
    /// Which of the fronts is before it, if it has traffic.
    pub front: Option<u16>,
    /// The broker that its replicas take their work from.
    pub broker: Option<DependencyId>,
}

/// What one replica has.
#[derive(Debug, Clone)]
pub struct ReplicaModel {
    /// Its own name, else service-number.
    pub name: Option<String>,
    /// CPU quota in cores, more than 0.
    pub cores: f64,
    /// How the quota is kept.
    pub cpu_model: CpuModel,
    /// Cores of the host.
    pub host_cores: f64,
    /// Memory limit in bytes.
    pub memory: Option<u64>,
    /// What memory is used for.
    pub ram: Ram,
    /// Requests in service at once: workers × threads, or one for each event loop.
    pub concurrency: u32,
    /// Whether its workers are event loops, which waits do not hold.
    pub event_loop: bool,
    /// Worker processes.
    pub workers: u32,
    /// What the kernel kills at the memory limit.
    pub oom: OomKill,
    /// How many times as long everything takes after a start, and the time in which the excess falls to 1/e.
    pub cold: (f64, SimDuration),
    /// The container's own check.
    pub healthcheck: Option<HealthCheck>,
    /// What it makes of being stopped.
    pub on_stop: OnStop,
    /// Whether it is known to be ready when it listens, not before.
    pub readiness: bool,
    /// Longest that a request may take; only with workers of one thread.
    pub worker_timeout: Option<SimDuration>,
    /// Until a killed worker is replaced.
    pub worker_boot: SimDuration,
    /// Connections that wait for a worker, at most this plus one.
    pub backlog: u32,
    /// Most open connections.
    pub connections: Option<u32>,
    /// Requests inside above which further ones are answered with 503 at once.
    pub shed_above: Option<u32>,
    /// Most file descriptors.
    pub files: Option<u32>,
    /// From start to readiness.
    pub start_up: Distribution,
    /// Restart policy.
    pub restart: Restart,
    /// First and longest back-off.
    pub restart_delay: (SimDuration, SimDuration),
    /// Most restarts in a row.
    pub restart_attempts: Option<u32>,
    /// How long it may take to finish when it is stopped.
    pub stop_grace: SimDuration,
    /// Who binds the published ports.
    pub binds: Binds,
    /// Published ports.
    pub ports: Vec<PortBinding>,
    /// Weight.
    pub weight: u32,
    /// Asked only when nobody else can be.
    pub backup: bool,
    /// What the balancer sends to it.
    pub mode: Mode,
}

impl ServiceModel {
    /// What replica `number` (from 1) has.
    #[must_use]
    pub fn replica(&self, number: u32) -> &ReplicaModel {
        self.shared(number)
    }

    /// The same, to be shared: most replicas of a service have the same.
    #[must_use]
    pub fn shared(&self, number: u32) -> &Arc<ReplicaModel> {
        self.special.iter().find(|(n, _)| *n == number).map_or(&self.plain, |(_, model)| model)
    }

    /// The name of replica `number` (from 1): its own, or as Compose names it.
    #[must_use]
    pub fn replica_name(&self, number: u32) -> String {
        self.replica(number).name.clone().unwrap_or_else(|| format!("{}-{number}", self.name))
    }
}

/// A front: what is before one service.
#[derive(Debug, Clone)]
pub struct BalancerModel {
    /// Whether it is a balancer of the service's own and not one more upstream of the edge's.
    pub own: bool,
    /// The selection rule.
    pub algorithm: AlgorithmChoice,
    /// Whose rules hold around the algorithm.
    pub product: &'static Product,
    /// What a hash looks at.
    pub hash_key: KeySource,
    /// Instances that know nothing of each other; 1 when they share what they know.
    pub instances: u32,
    /// The service behind it.
    pub service: ServiceId,
    /// Most requests in flight on one replica.
    pub max_connections: u32,
    /// Places in its queue.
    pub queue: u32,
    /// Longest wait in its queue.
    pub queue_timeout: Distribution,
    /// One-way delay to a replica.
    pub delay: Distribution,
    /// Longest time for a connection.
    pub connect_timeout: SimDuration,
    /// Longest time for an answer.
    pub read_timeout: SimDuration,
    /// Most attempts for a request; 0 is one on every replica.
    pub tries: u32,
    /// Failures after which a replica is left out; 0 is never.
    pub max_fails: u32,
    /// Window and length of leaving out.
    pub fail_timeout: SimDuration,
    /// Whether and how sessions go back to their replica.
    pub sticky: Sticky,
    /// All other rules of its instances.
    pub settings: Balancer,
    /// Share of well replicas below which all are asked; 0 is never.
    pub panic: f64,
    /// Whether it learns of new replicas at once.
    pub discovery: bool,
}

/// A chosen algorithm: its name and a fresh one to clone for each balancer instance.
#[derive(Debug, Clone)]
pub struct AlgorithmChoice {
    /// Wire name.
    pub name: String,
    /// State at the start.
    pub fresh: Box<dyn Algorithm>,
}

impl Model {
    /// The scenario's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Simulated time of a run.
    #[must_use]
    pub const fn duration(&self) -> SimDuration {
        self.duration
    }

    /// Time at the start that measures leave out.
    #[must_use]
    pub const fn warmup(&self) -> SimDuration {
        self.warmup
    }

    /// The scenario's seed.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// Width of a window in the series.
    #[must_use]
    pub const fn window(&self) -> SimDuration {
        self.window
    }

    /// The algorithm's wire name.
    #[must_use]
    pub fn algorithm(&self) -> &str {
        &self.balancer().algorithm.name
    }

    /// Changes planned in the scenario, in the order in which they happen.
    #[must_use]
    pub fn plan(&self) -> &[TimedChange] {
        &self.plan
    }

    /// How long a client waits before it gives up.
    #[must_use]
    pub const fn client_timeout(&self) -> Option<SimDuration> {
        self.client_timeout
    }

    /// When and how clients ask again.
    #[must_use]
    pub const fn retry(&self) -> Option<&Retry> {
        self.retry.as_ref()
    }

    /// When clients ask a second time.
    #[must_use]
    pub const fn hedge(&self) -> Option<&Hedge> {
        self.hedge.as_ref()
    }

    /// The sources of traffic.
    #[must_use]
    pub fn sources(&self) -> &[SourceModel] {
        &self.sources
    }

    /// The kinds of request.
    #[must_use]
    pub fn classes(&self) -> &[ClassModel] {
        &self.classes
    }

    /// The services.
    #[must_use]
    pub fn services(&self) -> &[ServiceModel] {
        &self.services
    }

    /// What the services depend on.
    #[must_use]
    pub fn dependencies(&self) -> &[DependencyModel] {
        &self.dependencies
    }

    /// The edge's balancer, as it treats the service that it leads to when a class names none.
    #[must_use]
    pub fn balancer(&self) -> &BalancerModel {
        &self.fronts[0]
    }

    /// The fronts: one for each service that has traffic, the edge's own first.
    #[must_use]
    pub fn fronts(&self) -> &[BalancerModel] {
        &self.fronts
    }

    /// The front of this number; the edge's for [`DIRECT`], whose timeouts then are the client's own.
    #[inline]
    #[must_use]
    pub(crate) fn front(&self, front: u16) -> &BalancerModel {
        self.fronts.get(usize::from(front)).unwrap_or(&self.fronts[0])
    }

    /// The machines.
    #[must_use]
    pub const fn host(&self) -> &Host {
        &self.host
    }

    /// What things cost.
    #[must_use]
    pub const fn price(&self) -> &Price {
        &self.price
    }

    /// How clients reach the replicas.
    #[must_use]
    pub const fn way(&self) -> Way {
        self.way
    }

    /// Connections as TCP makes them; nothing when they cost nothing.
    #[must_use]
    pub const fn network(&self) -> Option<&Network> {
        self.network.as_ref()
    }

    /// Uses an algorithm of the caller's own instead of one from the catalogue.
    #[must_use]
    pub fn with_algorithm(mut self, name: &str, fresh: Box<dyn Algorithm>) -> Self {
        for front in self.fronts[1..].iter_mut().filter(|front| !front.own) {
            front.algorithm = AlgorithmChoice { name: name.to_owned(), fresh: fresh.clone_box() };
        }
        self.fronts[0].algorithm = AlgorithmChoice { name: name.to_owned(), fresh };
        self
    }

    /// The share of every class in the requests, of a total of 1.
    #[must_use]
    pub fn shares(&self) -> Vec<f64> {
        let below = std::iter::once(0.0).chain(self.classes.iter().map(|class| class.share_below));
        self.classes.iter().zip(below).map(|(class, below)| class.share_below - below).collect()
    }

    /// Mean CPU work of a request in seconds on one reference core.
    #[must_use]
    pub fn mean_demand(&self) -> f64 {
        let shares = self.shares();
        self.classes.iter().zip(shares).fold(0.0, |sum, (class, share)| sum + share * class.mean_work())
    }
}

impl SourceModel {
    /// The level of the profile at `at`, a multiple of the base.
    #[must_use]
    pub fn level(&self, at: SimTime) -> f64 {
        let piece = self.profile.get(self.profile.partition_point(|piece| piece.end <= at));
        match piece {
            Some(p) if p.start <= at => {
                p.from + (p.to - p.from) * (at.since(p.start).as_secs() / p.end.since(p.start).as_secs())
            }
            _ => self.profile.last().map_or(1.0, |p| p.to),
        }
    }

    /// Mean rate of a recording while it lasts; 0 for other sources.
    #[must_use]
    pub fn recorded_rate(&self) -> f64 {
        let length = self.recorded.last().map_or(0.0, |last| last.at.as_secs());
        self.recorded.len() as f64 / length.max(1e-3)
    }
}
