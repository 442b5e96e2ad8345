//! How an attempt or a request ended: a closed set, and the ledger in which they add up.

use serde::{Deserialize, Serialize};

use crate::algorithm::product::{Product, Trouble};

macro_rules! outcomes {
    ($($variant:ident, $name:literal, $label:literal, $status:literal, $doc:literal;)*) => {
        /// How an attempt or a request ended.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum Outcome {
            $(#[doc = $doc] $variant,)*
        }

        /// Every outcome, in the order of the enumeration.
        pub const OUTCOMES: &[Outcome] = &[$(Outcome::$variant),*];

        impl Outcome {
            /// Wire name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Name on screens.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// The usual status for it; 0 when the client gets no answer at all. What a product sends, says
            /// [`Outcome::status_behind`].
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)* }
            }

            /// What it means, in one sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }
        }
    };
}

outcomes! {
    Ok, "ok", "ok", 200, "Answered in time, and the user's basket is there.";
    ErrorResponse, "error_response", "error answer", 500, "The replica answered with an error.";
    ConnectionRefused, "connection_refused", "refused", 502, "Nothing listens there.";
    BacklogOverflow, "backlog_overflow", "backlog full", 504, "The listen backlog was full for as long as the balancer tried to connect.";
    ConnectTimeout, "connect_timeout", "connect timed out", 504, "No connection within the connect timeout.";
    NoFreePort, "no_free_port", "no free port", 502, "No outgoing port was free.";
    NoFreeConnection, "no_free_connection", "no free connection", 502, "The replica had no connection left.";
    QueueFull, "queue_full", "queue full", 503, "Every replica was at its limit and the balancer's queue was full.";
    QueueTimeout, "queue_timeout", "waited too long", 503, "Waited in the balancer's queue for too long.";
    NoHealthyReplica, "no_healthy_replica", "no healthy replica", 502, "The balancer knew no replica that it could ask.";
    ReadTimeout, "read_timeout", "answer timed out", 504, "The replica did not answer within the read timeout.";
    ClientGaveUp, "client_gave_up", "client gave up", 499, "The client left before the answer came.";
    OutOfMemory, "out_of_memory", "out of memory", 502, "The replica was killed for its memory while it had the request.";
    ReplicaCrashed, "replica_crashed", "replica crashed", 502, "The replica died while it had the request.";
    WorkerKilled, "worker_killed", "worker killed", 500, "The worker was killed while it had the request.";
    Shed, "shed", "shed", 503, "Turned away on purpose, to protect the rest.";
    DependencyFailed, "dependency_failed", "dependency failed", 500, "Something that the replica needs failed.";
    SessionLost, "session_lost", "session lost", 200, "Answered, but by a replica that does not know the user: logged out, basket gone.";
    LostUpdate, "lost_update", "update lost", 200, "Answered, but another write took the place of this one.";
}

impl Outcome {
    /// What is wrong when it is the balancer that answers; nothing when the answer is a replica's, or there is none.
    #[must_use]
    pub const fn trouble(self) -> Option<Trouble> {
        Some(match self {
            Self::ConnectionRefused | Self::NoFreePort | Self::NoFreeConnection => Trouble::Refused,
            Self::BacklogOverflow | Self::ConnectTimeout => Trouble::ConnectTimeout,
            Self::ReadTimeout => Trouble::ReadTimeout,
            Self::OutOfMemory | Self::ReplicaCrashed => Trouble::Closed,
            Self::NoHealthyReplica => Trouble::Nobody,
            Self::QueueFull => Trouble::Full,
            Self::QueueTimeout => Trouble::Waited,
            _ => return None,
        })
    }

    /// The status that the client sees behind this product; 0 when it gets no answer at all.
    #[must_use]
    pub const fn status_behind(self, product: &Product) -> u16 {
        match self.trouble() {
            Some(trouble) => product.status(trouble),
            None => self.status(),
        }
    }
}

/// How many outcomes there are.
pub const OUTCOME_COUNT: usize = OUTCOMES.len();

/// Everything that was offered, by where it is now: offered = Σ ended by outcome + in flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ledger {
    offered: u64,
    ended: [u64; OUTCOME_COUNT],
}

impl Ledger {
    /// A request was offered.
    #[inline]
    pub fn offer(&mut self) {
        self.offered += 1;
    }

    /// A request ended.
    #[inline]
    pub fn end(&mut self, outcome: Outcome) {
        self.ended[outcome as usize] += 1;
    }

    /// Requests offered.
    #[must_use]
    pub const fn offered(&self) -> u64 {
        self.offered
    }

    /// Requests that ended this way.
    #[inline]
    #[must_use]
    pub const fn count(&self, outcome: Outcome) -> u64 {
        self.ended[outcome as usize]
    }

    /// Requests that ended in any way but [`Outcome::Ok`].
    #[must_use]
    pub fn failed(&self) -> u64 {
        self.ended.iter().sum::<u64>() - self.count(Outcome::Ok)
    }

    /// Requests that have not ended.
    #[must_use]
    pub fn in_flight(&self) -> u64 {
        self.offered - self.ended.iter().sum::<u64>()
    }

    /// The failures that occurred, by outcome, most frequent first.
    #[must_use]
    pub fn failures(&self) -> Vec<(Outcome, u64)> {
        let failures = OUTCOMES[1..].iter().map(|&outcome| (outcome, self.count(outcome)));
        let mut failures: Vec<_> = failures.filter(|&(_, n)| n > 0).collect();
        failures.sort_by_key(|&(outcome, n)| (std::cmp::Reverse(n), outcome));
        failures
    }

    /// What has been added since `earlier`, outcome by outcome.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        let mut ended = self.ended;
        ended.iter_mut().zip(earlier.ended).for_each(|(now, before)| *now -= before);
        Self { offered: self.offered - earlier.offered, ended }
    }
}
