//! How a balancer selects a replica.
//!
//! An algorithm sees only what one balancer instance knows, a [`PoolView`]: which members there are and which
//! of them are eligible, their weights, and how many requests it has in flight on each. Which members are
//! eligible (health, limits, replicas already tried) is the balancer's business, not the algorithm's; so is
//! what a [`product::Product`] does around its algorithms.
//!
//! Adding one is a file with the type and its [`Spec`], and a line in [`catalog`]. The file of `nginx.hash` is
//! `nginx/hash.rs`.

mod aws;
mod bids;
mod bounded_load;
mod caddy;
mod candidates;
pub mod catalog;
mod circle;
mod crc32;
mod dns_rr;
mod edf;
mod envoy;
mod feedback_weights;
mod haproxy;
mod hashing;
mod ipvs;
mod join_idle_queue;
mod kube;
mod least_connections;
mod least_response_time;
mod maglev;
mod members;
mod nginx;
mod peak_ewma;
mod pick;
mod places;
mod power_of_d;
mod prequal;
pub mod product;
mod random;
mod rendezvous;
mod ring_hash;
mod round_robin;
mod shared_queue;
pub mod spec;
mod table;
mod traefik;
mod uniform;
mod view;
mod weighted_least_connections;
mod words;

use crate::algorithm::words::score;
use crate::lang::Said;
use std::fmt;

pub use catalog::{CATALOG, find};
pub use members::{MemberSet, Members, MembersIter};
pub use spec::{Evidence, Knowledge, ParamError, ParamSpec, Params, Spec};
pub use view::{ClientAddress, KeySource, MemberSettings, PoolView, RequestView};

use crate::rng::Stream;
use crate::units::{SimDuration, SimTime};

/// What to do with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Hand it to this member, one of the eligible.
    Route(u32),
    /// Keep it in the balancer's queue until a member is free.
    Hold,
    /// Keep it in the balancer until this member, one of the usable, is free.
    Wait(u32),
    /// Turn it away.
    Reject,
}

/// What a balancer instance learns after its decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feedback {
    /// A request was handed to `member`; `in_flight` already counts it.
    Dispatched {
        /// Who got it.
        member: u32,
    },
    /// An attempt on `member` ended; `in_flight` no longer counts it.
    Completed {
        /// Who had it.
        member: u32,
        /// From the hand-over to the end.
        response_time: SimDuration,
        /// Whether it succeeded, as far as the balancer can tell.
        ok: bool,
        /// Whether the balancer counts it as a failure; neither is true when the client has left.
        failed: bool,
        /// Whether the server was to blame: no answer came, or one with a status of 500 or more.
        error: bool,
    },
    /// A report that was asked for has come.
    Reported {
        /// Whose.
        member: u32,
        /// What it says.
        report: Report,
    },
    /// Members came, went, or changed weight or eligibility.
    PoolChanged,
}

/// What a replica says of itself when it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// Requests inside, in service or waiting, from whomever they came.
    pub inside: u32,
    /// How long a request would be inside that came now: the median of what the last 16 took for each request that was
    /// inside when they left, times those that are inside now and one; nothing before the first.
    pub latency: Option<SimDuration>,
    /// CPU time that it has used so far.
    pub cpu_time: SimDuration,
    /// CPU time that it could have used so far with all of its quota.
    pub cpu_capacity: SimDuration,
}

/// One candidate's score in an [`Explanation`].
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Score {
    /// The member.
    pub member: u32,
    /// What the rule compares, lower or higher as the formula says.
    pub value: f64,
    /// The formula with its numbers filled in.
    pub filled: Said,
}

impl Score {
    /// A candidate that can't win, whatever its load.
    #[must_use]
    pub fn never(member: u32) -> Self {
        Self { member, value: f64::INFINITY, filled: score::never() }
    }
}

/// Why a decision would fall as it would now.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Explanation {
    /// Every eligible member's score, in member order.
    pub scores: Vec<Score>,
    /// The rule that picks among them, in one sentence.
    pub because: Said,
}

/// A selection rule.
pub trait Algorithm: fmt::Debug + Send + Sync + CloneAlgorithm {
    /// Chooses among `pool.eligible`. Time is an argument; chance comes from `rng` alone.
    fn decide(
        &mut self,
        now: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        rng: &mut Stream,
    ) -> Decision;

    /// Whether it is also asked while no member is eligible but some are well: to say for which of them a
    /// request waits. Else such a request waits for whoever is free first, if there is a queue.
    fn decides_when_full(&self) -> bool {
        false
    }

    /// Whether what it chooses for a request is meant for that request alone, as a cookie's choice is: HAProxy then
    /// tries the same member again before it goes elsewhere.
    fn binds(&self) -> bool {
        false
    }

    /// Whether it chooses without looking at the request. It may then be shown any, which saves the making, and may
    /// have [`Self::among_equals`].
    fn is_blind(&self) -> bool {
        false
    }

    /// [`Self::decide`] of one that [`Self::is_blind`] where every member may be chosen and all have this weight, more
    /// than 0: nobody has to make it a view of the pool. `loads` are the requests in flight by member, at least one.
    /// Nothing, and nothing done, for one that has no shorter way than [`Self::decide`].
    fn among_equals(&mut self, _loads: &[u32], _weight: u32, _rng: &mut Stream) -> Option<u32> {
        None
    }

    /// Whether it asks replicas for reports.
    fn asks_for_reports(&self) -> bool {
        false
    }

    /// A member whose report is wanted now; asked after each decision until there is none. The report comes as
    /// [`Feedback::Reported`] when it has gone to the member and back, or never, when nobody is there to give it.
    fn wants_report(&mut self) -> Option<u32> {
        None
    }

    /// Hears what became of decisions, and says whether it listens. One that does not is told once and never again,
    /// which saves the telling; whoever learns anything has to say so here, or does not compile.
    fn learn(&mut self, _now: SimTime, _feedback: &Feedback, _pool: &PoolView<'_>) -> bool {
        false
    }

    /// Every candidate's score, and the rule that decides.
    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation;
}

/// Cloning behind a pointer, so that a run can be forked. Implemented for every `Clone` algorithm.
pub trait CloneAlgorithm {
    /// A copy with the same state.
    fn clone_box(&self) -> Box<dyn Algorithm>;
}

impl<A: Algorithm + Clone + 'static> CloneAlgorithm for A {
    fn clone_box(&self) -> Box<dyn Algorithm> {
        Box::new(self.clone())
    }
}

impl Clone for Box<dyn Algorithm> {
    fn clone(&self) -> Self {
        self.as_ref().clone_box()
    }
}
