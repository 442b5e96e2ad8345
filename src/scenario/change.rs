//! Changes to a running world: planned in the scenario, or made by hand and recorded.

use serde::{Deserialize, Serialize};

use super::field::{NumberTable, choice, record};
use crate::units::{Factor, SimDuration, SimTime};

/// Something done to the world at a moment. Every view acts through these alone, so that a session in the
/// browser can be replayed from its scenario, seed and changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Scales every source to this multiple of its profile.
    Rate {
        /// 1 is the profile itself, 101 is +10,000 %.
        times: f64,
    },
    /// Brings a service to this many replicas.
    Scale {
        /// Its name.
        service: String,
        /// How many.
        replicas: u32,
    },
    /// Changes the selection rule; its state starts anew.
    Algorithm {
        /// Wire name.
        name: String,
        /// Parameters by name.
        #[serde(default)]
        params: Vec<(String, f64)>,
    },
    /// Changes whether sessions go back to their replica.
    Sticky {
        /// On or off.
        on: bool,
    },
    /// The balancer reads its list of replicas anew (`nginx -s reload`).
    Reload,
    /// Kills a replica. Its restart policy decides what comes after.
    Crash {
        /// Its name.
        replica: String,
    },
    /// Starts a replica that is down, without waiting for its back-off.
    Start {
        /// Its name.
        replica: String,
    },
}

/// A change and when it happens: after everything else of that nanosecond.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimedChange {
    /// When, in nanoseconds of simulated time.
    pub at: SimTime,
    /// What.
    pub change: Change,
}

record! {
    /// Something that breaks.
    pub struct Fault {
        /// When.
        pub at: SimDuration = SimDuration::ZERO;
        /// What.
        pub kind: FaultKind = FaultKind::Crash;
        /// Which replica, by name.
        pub replica: String = String::new();
    }
}

choice! {
    /// What breaks.
    pub enum FaultKind {
        Crash = "crash": "The replica's process dies; everything in it is lost.",
    }
}

record! {
    /// Something that people or tools do.
    pub struct Operation {
        /// When.
        pub at: SimDuration = SimDuration::ZERO;
        /// What.
        pub kind: OperationKind = OperationKind::Scale;
        /// The service (scale).
        pub service: String = String::new();
        /// How many replicas (scale).
        pub replicas: u32 = 1, in 0..=10_000;
        /// Multiple of the profile (rate).
        pub times: Factor = Factor::constant(1.0);
        /// Wire name (algorithm).
        pub algorithm: String = String::new();
        /// Parameters (algorithm).
        pub params: NumberTable = NumberTable::default();
        /// Whether sessions go back to their replica (sticky).
        pub on: bool = true;
        /// Which replica, by name (start, crash).
        pub replica: String = String::new();
    }
}

choice! {
    /// What is done.
    pub enum OperationKind {
        Scale = "scale": "A service is brought to a number of replicas.",
        Rate = "rate": "Every source is scaled to a multiple of its profile.",
        Algorithm = "algorithm": "The balancer gets another selection rule.",
        Sticky = "sticky": "Stickiness is switched on or off.",
        Reload = "reload": "The balancer reads its list of replicas anew.",
        Start = "start": "A replica that is down is started at once.",
        Crash = "crash": "A replica is killed.",
    }
}

impl Fault {
    /// The change that it makes.
    #[must_use]
    pub fn change(&self) -> Change {
        match self.kind {
            FaultKind::Crash => Change::Crash { replica: self.replica.clone() },
        }
    }
}

impl Operation {
    /// The change that it makes.
    #[must_use]
    pub fn change(&self) -> Change {
        match self.kind {
            OperationKind::Scale => Change::Scale { service: self.service.clone(), replicas: self.replicas },
            OperationKind::Rate => Change::Rate { times: self.times.get() },
            OperationKind::Algorithm => {
                Change::Algorithm { name: self.algorithm.clone(), params: self.params.0.clone() }
            }
            OperationKind::Sticky => Change::Sticky { on: self.on },
            OperationKind::Reload => Change::Reload,
            OperationKind::Start => Change::Start { replica: self.replica.clone() },
            OperationKind::Crash => Change::Crash { replica: self.replica.clone() },
        }
    }
}

impl super::Scenario {
    /// The scenario that makes exactly these changes, those of a run that was steered by hand:
    /// with the same seed it is that run again, digest and all.
    #[must_use]
    pub fn replay(&self, changes: &[TimedChange]) -> Self {
        let mut scenario = self.clone();
        scenario.fault.clear();
        scenario.operation.clear();
        changes.iter().for_each(|timed| scenario.plan(timed));
        scenario
    }

    /// Writes a recorded change into the scenario, so that a run of it makes the same change at the same time.
    /// All go into one list, which keeps the order of changes made at one moment.
    pub fn plan(&mut self, timed: &TimedChange) {
        let at = SimDuration(timed.at.0);
        let operation = |kind| Operation { at, kind, ..Operation::default() };
        let planned = match &timed.change {
            Change::Crash { replica } => {
                Operation { replica: replica.clone(), ..operation(OperationKind::Crash) }
            }
            Change::Rate { times } => {
                Operation { times: Factor::new(*times).unwrap_or_default(), ..operation(OperationKind::Rate) }
            }
            Change::Scale { service, replicas } => {
                Operation { service: service.clone(), replicas: *replicas, ..operation(OperationKind::Scale) }
            }
            Change::Algorithm { name, params } => Operation {
                algorithm: name.clone(),
                params: NumberTable(params.clone()),
                ..operation(OperationKind::Algorithm)
            },
            Change::Sticky { on } => Operation { on: *on, ..operation(OperationKind::Sticky) },
            Change::Reload => operation(OperationKind::Reload),
            Change::Start { replica } => {
                Operation { replica: replica.clone(), ..operation(OperationKind::Start) }
            }
        };
        self.operation.push(planned);
    }
}
