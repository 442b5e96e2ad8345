//! Changes to a running world: planned in the scenario, or made by hand and recorded.

use serde::{Deserialize, Serialize};

use super::field::{NumberTable, choice, record};
use super::say::changes;
use super::{Mode, Tunable};
use crate::lang::Said;
use crate::units::{Bytes, Factor, SimDuration, SimTime};

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
    /// A new version of a service takes the place of the old one.
    Deploy {
        /// Its name.
        service: String,
    },
    /// All hosts of a zone are gone.
    LoseZone {
        /// Which, from 1.
        zone: u32,
    },
    /// The hosts of a zone are back.
    RestoreZone {
        /// Which, from 1.
        zone: u32,
    },
    /// The balancer reads its list of replicas anew (`nginx -s reload`).
    Reload,
    /// Gives a replica another weight.
    Weight {
        /// Its name.
        replica: String,
        /// Its weight from now on; 0 gets nothing new.
        weight: u32,
    },
    /// Tells the balancer what it sends to a replica.
    Mode {
        /// Its name.
        replica: String,
        /// What.
        mode: Mode,
    },
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
    /// Stops a replica, which finishes what it has, and starts it again at once (`docker restart`).
    Restart {
        /// Its name.
        replica: String,
    },
    /// A limit or a setting is another from now on.
    Tune {
        /// Whose: a replica, a service, a class of requests, or nothing for every balancer.
        of: String,
        /// What.
        what: Tunable,
        /// Its value, in the unit of [`Tunable`].
        amount: f64,
    },
    /// A replica gets a fault, or another amount of it.
    Break {
        /// Its name.
        replica: String,
        /// What breaks.
        fault: FaultKind,
        /// How much of it, in the unit of [`FaultKind`]: times as long, a share from 0 to 1, bytes.
        amount: f64,
    },
    /// A dependency gets a fault, or another amount of it.
    BreakDependency {
        /// Its name.
        dependency: String,
        /// What breaks: `slow`, `gone` or `flush`.
        fault: FaultKind,
        /// How much of it: times as long (slow), the hottest keys (flush; 0 is all).
        amount: f64,
    },
    /// A dependency's fault ends.
    HealDependency {
        /// Its name.
        dependency: String,
        /// Which fault; without one, all.
        fault: Option<FaultKind>,
    },
    /// A replica's fault ends.
    Heal {
        /// Its name.
        replica: String,
        /// Which fault; without one, all.
        fault: Option<FaultKind>,
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
        /// Which dependency, by name (slow, gone, flush).
        pub dependency: String = String::new();
        /// How many of the hottest keys (flush); 0 is all.
        pub keys: u32 = 0;
        /// Which zone (zone_lost), from 1.
        pub zone: u32 = 1, in 1..=100;
        /// For how long; without it, to the end (a crash is over with the restart).
        pub r#for: Option<SimDuration> = None;
        /// How many times as long everything takes (slow).
        pub times: Factor = Factor::constant(4.0);
        /// Share of the answers that are errors (errors), or of the CPU time that is taken (neighbour).
        pub share: f64 = 0.5, in 0.0..=1.0;
        /// Memory lost a second (leak) or with each request (leak_requests).
        pub bytes: Bytes = Bytes::mib(1);
    }
}

choice! {
    /// What breaks.
    pub enum FaultKind {
        Crash = "crash": "The replica's process dies; everything in it is lost.",
        Freeze = "freeze": "The replica accepts connections and never answers, until it is healed or dies.",
        Slow = "slow": "Everything takes so many times as long.",
        Errors = "errors": "This share of its answers are errors.",
        FailFast = "fail_fast": "It answers every request with an error at once.",
        Leak = "leak": "It loses so much memory a second.",
        LeakRequests = "leak_requests": "It loses so much memory with each request.",
        Neighbour = "neighbour": "Another program takes this share of its CPU time.",
        Partition = "partition": "Nothing gets through between the balancer and it: no connection, no answer.",
        Gone = "gone": "A dependency: nobody is there, its connections break, and a cache is empty.",
        Flush = "flush": "A cache loses its keys, or the hottest of them.",
        ZoneLost = "zone_lost": "All hosts of a zone are gone, with every replica on them.",
    }
}

record! {
    /// Something that people or tools do.
    pub struct Operation {
        /// When.
        pub at: SimDuration = SimDuration::ZERO;
        /// What.
        pub kind: OperationKind = OperationKind::Scale;
        /// The service (scale, deploy).
        pub service: String = String::new();
        /// How many replicas (scale).
        pub replicas: u32 = 1, in 0..=10_000;
        /// Further numbers of replicas, one after the other (scale): `replicas` at `at`, these after `every` each.
        pub steps: Vec<u32> = Vec::new();
        /// Time between those.
        pub every: SimDuration = SimDuration::from_secs(20);
        /// Multiple of the profile (rate).
        pub times: Factor = Factor::constant(1.0);
        /// Wire name (algorithm).
        pub algorithm: String = String::new();
        /// Parameters (algorithm).
        pub params: NumberTable = NumberTable::default();
        /// Weight of a replica (weight).
        pub weight: u32 = 1, in 0..=65_535;
        /// What the balancer sends to a replica (mode).
        pub mode: Mode = Mode::Ready;
        /// Whether sessions go back to their replica (sticky).
        pub on: bool = true;
        /// Which replica, by name (weight, mode, start, crash, break, heal).
        pub replica: String = String::new();
        /// Which dependency, by name (break, heal).
        pub dependency: String = String::new();
        /// Which fault (break, heal; heal without one ends all).
        pub fault: Option<FaultKind> = None;
        /// Which zone (break and heal of zone_lost), from 1.
        pub zone: u32 = 1, in 1..=100;
        /// Whose value (tune): a replica, a service, a class of requests, or nothing for every balancer.
        pub of: String = String::new();
        /// Which value (tune).
        pub what: Tunable = Tunable::Cpus;
        /// How much of it (break): times as long, a share from 0 to 1, bytes. The value (tune).
        pub amount: f64 = 0.0;
    }
}

choice! {
    /// What is done.
    pub enum OperationKind {
        Scale = "scale": "A service is brought to a number of replicas.",
        Rate = "rate": "Every source is scaled to a multiple of its profile.",
        Algorithm = "algorithm": "The balancer gets another selection rule.",
        Sticky = "sticky": "Stickiness is switched on or off.",
        Deploy = "deploy": "A new version of a service takes the place of the old one, replica by replica.",
        Reload = "reload": "The balancer reads its list of replicas anew.",
        Weight = "weight": "A replica gets another weight.",
        Mode = "mode": "The balancer is told what it sends to a replica: what comes, nothing new, nothing.",
        Start = "start": "A replica that is down is started at once.",
        Restart = "restart": "A replica is stopped, finishes what it has, and is started again at once.",
        Tune = "tune": "A limit or a setting becomes another: a quota, a share of the mix, health checks.",
        Crash = "crash": "A replica is killed.",
        Break = "break": "A replica gets a fault.",
        Heal = "heal": "A replica's fault ends.",
    }
}

impl Fault {
    /// The change that it makes.
    #[must_use]
    pub fn change(&self) -> Change {
        let amount = match self.kind {
            FaultKind::Slow => self.times.get(),
            FaultKind::Errors | FaultKind::Neighbour => self.share,
            FaultKind::Leak | FaultKind::LeakRequests => self.bytes.0 as f64,
            FaultKind::Flush => f64::from(self.keys),
            FaultKind::Crash
            | FaultKind::Freeze
            | FaultKind::FailFast
            | FaultKind::Gone
            | FaultKind::Partition
            | FaultKind::ZoneLost => 0.0,
        };
        self.kind.on(&self.replica, &self.dependency, self.zone, amount)
    }

    /// When it ends and the change that ends it, where it is known.
    #[must_use]
    pub fn end(&self) -> Option<(SimDuration, Change)> {
        let heal = self.kind.healed(&self.replica, &self.dependency, self.zone);
        self.r#for
            .filter(|_| !matches!(self.kind, FaultKind::Crash | FaultKind::Flush))
            .map(|length| (self.at + length, heal))
    }
}

impl FaultKind {
    /// Whether dependencies can have it, and replicas.
    #[must_use]
    pub const fn fits(self) -> (bool, bool) {
        match self {
            Self::Slow => (true, true),
            Self::Gone | Self::Flush => (true, false),
            _ => (false, true),
        }
    }

    /// The change that ends this fault of a dependency, a replica or a zone.
    fn healed(self, replica: &str, dependency: &str, zone: u32) -> Change {
        if self == Self::ZoneLost {
            return Change::RestoreZone { zone };
        }
        if dependency.is_empty() && self.fits().1 {
            return Change::Heal { replica: replica.to_owned(), fault: Some(self) };
        }
        Change::HealDependency { dependency: dependency.to_owned(), fault: Some(self) }
    }

    /// The change that makes this fault, of a dependency, a replica or a zone.
    fn on(self, replica: &str, dependency: &str, zone: u32, amount: f64) -> Change {
        if self == Self::ZoneLost {
            return Change::LoseZone { zone };
        }
        if !(dependency.is_empty() && self.fits().1) {
            return Change::BreakDependency { dependency: dependency.to_owned(), fault: self, amount };
        }
        let replica = replica.to_owned();
        match self {
            Self::ZoneLost => Change::LoseZone { zone },
            Self::Crash => Change::Crash { replica },
            fault => Change::Break { replica, fault, amount },
        }
    }

    /// Whether so much of it is possible.
    ///
    /// # Errors
    /// What is allowed, in words.
    pub(crate) fn check(self, amount: f64) -> Result<(), Said> {
        let (range, allowed): (_, fn() -> Said) = match self {
            Self::Crash | Self::Freeze | Self::FailFast | Self::Partition => return Ok(()),
            Self::Gone | Self::Flush => return Err(changes::only_dependencies()),
            Self::ZoneLost => return Err(changes::only_zones()),
            Self::Slow => (1.0..=1e6, changes::times),
            Self::Errors => (0.0..=1.0, changes::share),
            Self::Neighbour => (0.0..=0.99, changes::share_taken),
            Self::Leak | Self::LeakRequests => (1.0..=1e12, changes::bytes),
        };
        if range.contains(&amount) { Ok(()) } else { Err(allowed()) }
    }

    /// Whether so much of it is possible for a dependency.
    ///
    /// # Errors
    /// What is allowed, in words.
    pub(crate) fn check_dependency(self, amount: f64) -> Result<(), Said> {
        match self {
            Self::Slow => self.check(amount),
            Self::Gone => Ok(()),
            Self::Flush if (0.0..=1e6).contains(&amount) => Ok(()),
            Self::Flush => Err(changes::keys()),
            _ => Err(changes::dependency_faults()),
        }
    }
}

impl Operation {
    /// Every change that it makes, with its time.
    #[must_use]
    pub fn changes(&self) -> Vec<(SimDuration, Change)> {
        let steps = self.steps.iter().filter(|_| self.kind == OperationKind::Scale).zip(1_u64..);
        let further = steps.map(|(&replicas, n)| {
            let at = self.at + SimDuration(self.every.0.saturating_mul(n));
            (at, Change::Scale { service: self.service.clone(), replicas })
        });
        std::iter::once((self.at, self.change())).chain(further).collect()
    }

    /// The change that it makes first.
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
            OperationKind::Weight => Change::Weight { replica: self.replica.clone(), weight: self.weight },
            OperationKind::Mode => Change::Mode { replica: self.replica.clone(), mode: self.mode },
            OperationKind::Start => Change::Start { replica: self.replica.clone() },
            OperationKind::Crash => Change::Crash { replica: self.replica.clone() },
            OperationKind::Restart => Change::Restart { replica: self.replica.clone() },
            OperationKind::Tune => Change::Tune { of: self.of.clone(), what: self.what, amount: self.amount },
            OperationKind::Deploy => Change::Deploy { service: self.service.clone() },
            OperationKind::Break => {
                self.fault.unwrap_or_default().on(&self.replica, &self.dependency, self.zone, self.amount)
            }
            OperationKind::Heal if self.fault == Some(FaultKind::ZoneLost) => {
                Change::RestoreZone { zone: self.zone }
            }
            OperationKind::Heal if !self.dependency.is_empty() => {
                Change::HealDependency { dependency: self.dependency.clone(), fault: self.fault }
            }
            OperationKind::Heal => Change::Heal { replica: self.replica.clone(), fault: self.fault },
        }
    }
}

impl Change {
    /// The operation that ends or begins the life of a replica.
    const fn life(&self) -> OperationKind {
        match self {
            Self::Crash { .. } => OperationKind::Crash,
            Self::Restart { .. } => OperationKind::Restart,
            _ => OperationKind::Start,
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
            Change::Crash { replica } | Change::Restart { replica } | Change::Start { replica } => {
                Operation { replica: replica.clone(), ..operation(timed.change.life()) }
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
            Change::Deploy { service } => {
                Operation { service: service.clone(), ..operation(OperationKind::Deploy) }
            }
            Change::LoseZone { zone } | Change::RestoreZone { zone } => {
                let lost = matches!(timed.change, Change::LoseZone { .. });
                let kind = if lost { OperationKind::Break } else { OperationKind::Heal };
                Operation { zone: *zone, fault: Some(FaultKind::ZoneLost), ..operation(kind) }
            }
            Change::Reload => operation(OperationKind::Reload),
            Change::Weight { replica, weight } => {
                Operation { replica: replica.clone(), weight: *weight, ..operation(OperationKind::Weight) }
            }
            Change::Mode { replica, mode } => {
                Operation { replica: replica.clone(), mode: *mode, ..operation(OperationKind::Mode) }
            }
            Change::Tune { of, what, amount } => {
                let (of, what, amount) = (of.clone(), *what, *amount);
                Operation { of, what, amount, ..operation(OperationKind::Tune) }
            }
            Change::Break { replica, fault, amount } => {
                let (replica, fault, amount) = (replica.clone(), Some(*fault), *amount);
                Operation { replica, fault, amount, ..operation(OperationKind::Break) }
            }
            Change::BreakDependency { dependency, fault, amount } => {
                let (dependency, fault, amount) = (dependency.clone(), Some(*fault), *amount);
                Operation { dependency, fault, amount, ..operation(OperationKind::Break) }
            }
            Change::HealDependency { dependency, fault } => {
                let (dependency, fault) = (dependency.clone(), *fault);
                Operation { dependency, fault, ..operation(OperationKind::Heal) }
            }
            Change::Heal { replica, fault } => {
                Operation { replica: replica.clone(), fault: *fault, ..operation(OperationKind::Heal) }
            }
        };
        self.operation.push(planned);
    }
}
