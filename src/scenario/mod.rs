//! What a person writes: traffic, services, balancer, host, faults, operations and the run itself.
//!
//! ```text
//! text ── read ──> Scenario ── validate ──> Model ──> engine
//!          │                      │
//!          └──── every problem ───┘   with path, line, what was given, what is allowed
//! ```
//!
//! ```
//! use doorbuster::scenario::Scenario;
//!
//! let text = r#"
//!     name = "one"
//!     [[traffic.source]]
//!     rate = "40/s"
//!     [[service]]
//!     name = "app"
//! "#;
//! let model = Scenario::from_toml_str(text)?.validate()?;
//! # let _ = model;
//! # Ok::<(), doorbuster::scenario::Invalid>(())
//! ```

mod balancer;
mod broker;
mod change;
mod dependency;
pub mod docker;
mod expected;
pub mod field;
mod front;
mod graph;
mod help;
mod host;
mod limits;
#[cfg(feature = "link")]
pub mod link;
mod model;
mod network;
pub mod node;
mod operations;
mod overlay;
mod port;
pub mod preset;
mod preset_words;
mod problem;
mod recording;
mod say;
mod sending;
mod service;
mod service_model;
mod source;
mod step;
mod step_model;
mod subset;
mod traffic;
mod tune;
mod validate;
mod watching;
mod work;

pub use balancer::{Balancer, HashKey, Sticky};
pub use broker::{Acknowledge, Broker, FullQueue};
pub use change::{Change, Fault, FaultKind, Operation, OperationKind, TimedChange};
pub use dependency::{Cache, DEPENDENCY_LIMIT, Dependency, DependencyKind, Keys, Pool};
pub use field::{Field, FieldSchema, NumberTable, Schema};
pub use host::{Host, Run};
pub use limits::{Header, HeaderTo, Limits, OwnKind, OwnPath};
pub use model::{
    AlgorithmChoice, BalancerModel, ClassModel, DIRECT, Model, PieceModel, ReplicaModel, ServiceModel,
    SourceModel, Way,
};
pub use network::{ClientKeepAlive, FirstClose, KeepAlive, Network, SynRetries};
pub use node::Node;
pub use operations::{Autoscaler, Deploy, HealthCheck, OnUnhealthy, Price, ScalerKind, Signal};
pub use overlay::Overlay;
pub use port::{PortBinding, PortRange};
pub use problem::{Path, Problem, Problems, nearest};
pub use recording::{RECORDED_LIMIT, RECORDING_LIMIT, Recorded, Recording};
pub use service::{
    Binds, CpuModel, OnStop, OomKill, Ram, ReplicaOverride, Restart, Server, Service, SessionState,
};
pub use step::{STEP_LIMIT, Step, StepKind};
pub use step_model::{BrokerModel, CacheModel, CallModel, DependencyModel, StepModel};
pub use subset::{Subset, SubsetKind};
pub use traffic::{
    BackOff, Burst, Class, Clients, GiveUp, Hedge, Jitter, Method, Piece, PieceKind, Retry, RetryOn, Session,
    SessionEnd, Source, SourceKind, Spread, Traffic,
};
pub(crate) use tune::limit as tunable_limit;
pub use tune::{Owner, Tunable, reshare};
pub use validate::{REPLICA_LIMIT, REQUEST_LIMIT};
pub use watching::{Check, CheckKind, Ejection, Mode, NextOn};

use std::fmt;

use crate::lang::Said;

/// The version of the scenario format that this crate reads.
pub const SCHEMA_VERSION: u32 = 1;

field::record! {
    /// A scenario: everything that a run depends on, but for the seed given on the command line.
    pub struct Scenario {
        /// Version of the format; 1.
        pub schema: u32 = SCHEMA_VERSION, in SCHEMA_VERSION..=SCHEMA_VERSION;
        /// Short name; with Compose's naming it is also the project: `name-app-1`.
        pub name: String = "scenario".into();
        /// Name on screens.
        pub title: String = String::new();
        /// What a learner can see in it.
        pub teaches: String = String::new();
        /// Who asks, how often, for what.
        pub traffic: Traffic = Traffic::default();
        /// What runs, in how many replicas, with which limits.
        pub service: Vec<Service> = Vec::new();
        /// What picks a replica for each attempt.
        pub balancer: Balancer = Balancer::default();
        /// Connections as TCP makes them; without it, they cost nothing.
        pub network: Option<Network> = None;
        /// What the services call: databases, caches, stores of sessions.
        pub dependency: Vec<Dependency> = Vec::new();
        /// The machine that the replicas share.
        pub host: Host = Host::default();
        /// What things cost.
        pub price: Price = Price::default();
        /// What breaks, and when.
        pub fault: Vec<Fault> = Vec::new();
        /// What people or tools do, and when.
        pub operation: Vec<Operation> = Vec::new();
        /// How long, with which seed.
        pub run: Run = Run::default();
    }
}

/// A scenario with problems: all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Invalid(pub Vec<Problem>);

impl Invalid {
    /// All of them, each in a line.
    #[must_use]
    pub fn said(&self) -> Said {
        Said::list(self.0.iter().map(Problem::said), "\n")
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

impl Scenario {
    /// Reads TOML.
    ///
    /// # Errors
    /// Every problem of the text at once; [`Scenario::validate`] finds those between fields.
    pub fn from_toml_str(text: &str) -> Result<Self, Invalid> {
        Self::strict(Node::from_toml(text))
    }

    /// Reads JSON with the same keys.
    ///
    /// # Errors
    /// As [`Scenario::from_toml_str`].
    pub fn from_json_str(text: &str) -> Result<Self, Invalid> {
        Self::strict(Node::from_json(text))
    }

    fn strict(node: Result<Node, Said>) -> Result<Self, Invalid> {
        let (scenario, problems) = Self::from_node(&node.map_err(unreadable)?);
        if problems.is_empty() { Ok(scenario) } else { Err(Invalid(problems)) }
    }

    /// Reads a tree as far as it goes: what can't be read is at its default, and named in the problems.
    #[must_use]
    pub fn from_node(node: &Node) -> (Self, Vec<Problem>) {
        let mut problems = Problems::default();
        let scenario = Self::read(node, &Path::Root, &mut problems).unwrap_or_default();
        (scenario, problems.0)
    }

    /// Reads a tree and validates it, all problems of both at once.
    ///
    /// # Errors
    /// Every problem.
    pub fn check(node: &Node) -> Result<(Self, Model), Invalid> {
        let (scenario, mut problems) = Self::from_node(node);
        match scenario.validate() {
            Ok(model) if problems.is_empty() => Ok((scenario, model)),
            Ok(_) => Err(Invalid(problems)),
            Err(Invalid(more)) => {
                // A field that could not be read is at its default: what follows from that is no news.
                let unread: Vec<String> = problems.iter().map(|p| p.path.clone()).collect();
                problems.extend(more.into_iter().filter(|p| !unread.contains(&p.path)));
                Err(Invalid(problems))
            }
        }
    }

    /// The scenario as TOML, without what is at its default.
    #[must_use]
    pub fn to_toml(&self) -> String {
        self.write().to_toml()
    }

    /// The title, or the name where there is none.
    #[must_use]
    pub fn heading(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }
}

fn unreadable(message: Said) -> Invalid {
    Invalid(vec![Problem { path: "scenario".into(), line: None, text: message, remedy: None }])
}
