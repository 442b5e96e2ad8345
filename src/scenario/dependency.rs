//! What services depend on: databases, caches, stores of sessions.

use super::Scenario;
use super::broker::Broker;
use super::field::{choice, record};
use super::problem::{Path, Problems};
use super::say::{DEPENDENCY, given, parts};
use super::step_model::{BrokerModel, CacheModel, DependencyModel};
use super::validate::unknown;
use crate::dist::{Distribution, Zipf};
use crate::units::{Cores, DependencyId, Factor, Rate, SimDuration};

/// The most dependencies that a scenario may have.
pub const DEPENDENCY_LIMIT: usize = 100;

record! {
    /// Something that replicas call and wait for.
    pub struct Dependency {
        /// Its name, by which steps call it.
        pub name: String = "db".into();
        /// What it is.
        pub kind: DependencyKind = DependencyKind::Database;
        /// How long one call takes when it has a core to itself.
        pub time: Distribution = Distribution::Exponential(SimDuration::from_millis(5));
        /// Cores that the calls in progress share; without it, each is as fast as if it were alone.
        pub cores: Option<Cores> = None;
        /// Most calls in progress; others wait for their turn with their connection. Without it, no limit.
        pub concurrency: Option<u32> = None, in Some(1)..=Some(1_000_000);
        /// Most connections open at once, from all replicas; without it, no limit.
        pub connections: Option<u32> = None, in Some(1)..=Some(1_000_000);
        /// By how much each call in progress beyond the cores (beyond the first, without cores) slows all of them:
        /// 0.1 is by a tenth of the plain time.
        pub contention: f64 = 0.0, in 0.0..=100.0;
        /// Calls a second above which it is overloaded, counted over the last second; without it, never.
        pub calm: Option<Rate> = None;
        /// How many times as long everything takes while it is overloaded.
        pub overload: Factor = Factor::constant(10.0);
        /// Connections that each replica keeps; without it, every call opens one and closes it.
        pub pool: Option<Pool> = None;
        /// Rows that writes go to (database).
        pub rows: Keys = Keys::default();
        /// What it keeps (cache).
        pub cache: Cache = Cache::default();
        /// How workers get its messages (broker); a call of it takes a message.
        pub broker: Broker = Broker::default();
    }
}

choice! {
    /// What a dependency is.
    pub enum DependencyKind {
        Database = "database": "Answers calls and takes writes to rows.",
        Cache = "cache": "Answers what it has, and asks the dependency behind it for the rest.",
        Store = "store": "Keeps session state for all replicas.",
        Broker = "broker": "Keeps messages until workers have done what they ask for.",
    }
}

record! {
    /// The connections that one replica keeps to a dependency. They are opened when they are first needed.
    pub struct Pool {
        /// How many at most.
        pub size: u32 = 10, in 1..=1_000_000;
        /// Calls that may wait for one.
        pub queue: u32 = 1_000_000, in 0..=10_000_000;
        /// How long a call waits for one at most.
        pub timeout: SimDuration = SimDuration::from_secs(30);
    }
}

record! {
    /// Keys or rows, and how often each is asked for: number k of them in proportion to 1/k^skew (Zipf).
    pub struct Keys {
        /// How many.
        pub count: u32 = 1_000, in 1..=1_000_000;
        /// 0 is all alike; 1 is the popularity of pages and products.
        pub skew: f64 = 0.0, in 0.0..=10.0;
    }
}

record! {
    /// What a cache keeps.
    pub struct Cache {
        /// The dependency that is asked for what it does not have.
        pub behind: String = String::new();
        /// Share of the calls that find what they want; without it, keys are followed one by one.
        pub hit_ratio: Option<f64> = None, in Some(0.0)..=Some(1.0);
        /// The keys.
        pub keys: Keys = Keys::default();
        /// How long a key is kept after it was fetched.
        pub ttl: SimDuration = SimDuration::from_secs(60);
        /// Share of the ttl by which chance shortens it, so that keys do not expire together.
        pub jitter: f64 = 0.0, in 0.0..=1.0;
        /// Whether only one call at a time fetches a key, while the others wait for it.
        pub single_flight: bool = false;
        /// Whether it has every key at the start, all fetched just then.
        pub warm: bool = false;
    }
}

impl Scenario {
    /// What the engine runs, every problem found.
    pub(super) fn dependencies(&self, problems: &mut Problems) -> Vec<DependencyModel> {
        let list = Path::Root;
        let list = list.key("dependency");
        if self.dependency.len() > DEPENDENCY_LIMIT {
            let text = given::entries(&self.dependency.len(), &DEPENDENCY_LIMIT);
            problems.add(list, None, text);
            return Vec::new();
        }
        let named = |place: usize, name: &str| {
            self.dependency[..place].iter().any(|other| other.name == name)
                || self.service.iter().any(|service| service.name == name)
        };
        let model = |(place, dependency): (usize, &Dependency)| {
            let at = list.index(place);
            if dependency.name.is_empty() || named(place, &dependency.name) {
                let text = parts::own_name(&dependency.name);
                problems.add(at.key("name"), None, text);
            }
            dependency.check(&at, problems);
            let cache = (dependency.kind == DependencyKind::Cache)
                .then(|| self.cache(&dependency.cache, place, &at.key("cache"), problems));
            let broker = (dependency.kind == DependencyKind::Broker)
                .then(|| self.broker(&dependency.broker, place, &at.key("broker"), problems));
            dependency.model(cache, broker)
        };
        self.dependency.iter().enumerate().map(model).chain(self.called_services()).collect()
    }

    fn cache(&self, cache: &Cache, place: usize, at: &Path<'_>, problems: &mut Problems) -> CacheModel {
        let behind = self.dependency_id(&cache.behind, &at.key("behind"), problems);
        let of_kind = |id: DependencyId| self.dependency.get(id.index()).map(|dependency| dependency.kind);
        if behind.index() == place || of_kind(behind) == Some(DependencyKind::Cache) {
            problems.add(at.key("behind"), None, parts::behind_itself(&cache.behind));
        } else if of_kind(behind) == Some(DependencyKind::Broker) {
            problems.add(at.key("behind"), None, parts::behind_broker(&cache.behind));
        }
        if cache.ttl.0 == 0 {
            problems.add(at.key("ttl"), None, given::zero());
        }
        CacheModel {
            behind,
            hit_ratio: cache.hit_ratio,
            count: cache.keys.count,
            keys: cache.keys.zipf(),
            ttl: cache.ttl,
            jitter: cache.jitter,
            single_flight: cache.single_flight,
            warm: cache.warm,
        }
    }

    /// Whether it is a cache that follows keys.
    pub(super) fn has_keys(&self, id: DependencyId) -> bool {
        let has = |d: &Dependency| d.kind == DependencyKind::Cache && d.cache.hit_ratio.is_none();
        self.dependency.get(id.index()).is_some_and(has)
    }

    /// The dependency of this name.
    pub(super) fn dependency_id(&self, name: &str, at: &Path<'_>, problems: &mut Problems) -> DependencyId {
        let names = self.dependency.iter().map(|dependency| dependency.name.as_str());
        let place = names.clone().position(|known| known == name);
        if place.is_none() && self.dependency.is_empty() {
            let text = parts::no_dependencies(&name);
            problems.advise(at, text, parts::add_dependency());
        } else if place.is_none() {
            problems.add(at, None, unknown(DEPENDENCY, name, names));
        }
        DependencyId::at(place.unwrap_or(0))
    }
}

impl Keys {
    fn zipf(&self) -> Zipf {
        Zipf::new(self.count, self.skew)
    }
}

impl Dependency {
    fn check(&self, at: &Path<'_>, problems: &mut Problems) {
        if self.kind != DependencyKind::Cache && self.cache != Cache::default() {
            problems.advise(at.key("cache"), parts::for_cache(), parts::leave_out(&"cache"));
        }
        if self.kind != DependencyKind::Broker && self.broker != Broker::default() {
            problems.advise(at.key("broker"), parts::for_broker(), parts::leave_out(&"broker"));
        }
        if self.kind != DependencyKind::Database && self.rows != Keys::default() {
            problems.advise(at.key("rows"), parts::for_database(), parts::leave_out(&"database"));
        }
        if let Some(cores) = self.cores.map(Cores::get).filter(|cores| !(0.01..=4_096.0).contains(cores)) {
            problems.add(at.key("cores"), None, given::cores(&cores));
        }
        if self.calm.is_some_and(|calm| !(1.0..=1e6).contains(&calm.get())) {
            problems.add(at.key("calm"), None, parts::calm());
        }
        if self.overload.get() < 1.0 {
            problems.add(at.key("overload"), None, given::one_or_more());
        }
        if self.pool.as_ref().is_some_and(|pool| pool.timeout.0 == 0) {
            problems.add(at.key("pool").key("timeout"), None, given::zero());
        }
    }

    fn model(&self, cache: Option<CacheModel>, broker: Option<BrokerModel>) -> DependencyModel {
        DependencyModel {
            name: self.name.clone(),
            kind: self.kind,
            is_service: false,
            time: self.time,
            cores: self.cores.map_or(f64::INFINITY, Cores::get),
            concurrency: self.concurrency.unwrap_or(u32::MAX),
            connections: self.connections,
            contention: self.contention,
            calm: self.calm.map(|calm| calm.get() as usize),
            overload: self.overload.get(),
            pool: self.pool.clone(),
            rows: self.rows.zipf(),
            cache,
            broker,
        }
    }
}
