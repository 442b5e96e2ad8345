//! What a pool is told about its product and its requests.

use super::{Outlier, Stick};
use crate::algorithm::product::{self, Again, Product, Trouble};
use crate::units::SimDuration;

/// A product's rules with what the configuration says.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Whose rules.
    pub product: &'static Product,
    /// What happens after a failed attempt.
    pub again: Again,
    /// Most attempts for a request; 0 is one for every member.
    pub tries: u32,
    /// Failures without an answer that are tried again (nginx `proxy_next_upstream error timeout`).
    pub next_troubles: Vec<Trouble>,
    /// Statuses that are tried again (nginx `proxy_next_upstream http_500`); all but 403 and 404 then count as
    /// failures.
    pub next_statuses: Vec<u16>,
    /// Places for requests that wait for anybody or for one member.
    pub queue: u32,
    /// Whether what has been sent is sent again also for methods that change something (nginx `non_idempotent`).
    pub non_idempotent: bool,
    /// Whether clients go back to their member, by what they are known again, and how many a table holds for how long.
    pub sticky: bool,
    /// By what.
    pub stick: Stick,
    /// Most entries of a table.
    pub stick_size: u32,
    /// Time without use after which an entry is forgotten.
    pub stick_expiry: SimDuration,
    /// Time in which the weight of a member that came back grows; weights are then counted in sixteenths.
    pub slow_start: Option<SimDuration>,
    /// Ejection of members that fail several times in a row.
    pub outlier: Option<Outlier>,
    /// Share of the listed members; when fewer are well, all are asked. 0 never asks one that is not well.
    pub panic: f64,
    /// Whether a further attempt may go elsewhere than the first (HAProxy `option redispatch`): at once, or, when
    /// a cookie or a hash has named the member, at the last attempt.
    pub redispatch: bool,
}

impl Rules {
    /// What a product does when nothing is configured.
    #[must_use]
    pub fn of(product: &'static Product) -> Self {
        use Trouble::{Closed, ConnectTimeout, ReadTimeout, Refused};
        let next_troubles = match product.again {
            // What has been sent is not sent again.
            Again::Same { .. } => vec![Refused, ConnectTimeout],
            Again::Never | Again::Next | Again::Within { .. } => {
                vec![Refused, ConnectTimeout, ReadTimeout, Closed]
            }
        };
        Self {
            product,
            again: product.again,
            tries: 0,
            next_troubles,
            next_statuses: Vec::new(),
            queue: 0,
            non_idempotent: false,
            sticky: false,
            stick: Stick::Cookie,
            stick_size: u32::MAX,
            stick_expiry: SimDuration::FOREVER,
            slow_start: None,
            outlier: None,
            panic: 0.0,
            redispatch: false,
        }
    }

    /// What the product of this algorithm does when nothing is configured.
    #[must_use]
    pub fn for_algorithm(name: &str) -> Self {
        Self::of(product::of(name))
    }
}

/// How an attempt ended, as the balancer sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With an answer that is no error.
    Ok,
    /// With an answer of this status, which may be an error.
    Status(u16),
    /// Without an answer.
    Trouble(Trouble),
    /// The client has gone: neither success nor failure.
    Gone,
}

/// An attempt that is over.
#[derive(Debug, Clone, Copy)]
pub struct Attempt {
    /// Who had it.
    pub member: u32,
    /// From the hand-over to the end.
    pub response_time: SimDuration,
    /// How it ended.
    pub end: End,
    /// How many attempts the request has had, with this one.
    pub attempts: u32,
    /// Whether the client's cookie named the member.
    pub named: bool,
    /// Whether its method may be repeated without doing anything twice (not POST, LOCK or PATCH).
    pub repeatable: bool,
}

/// Another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Where [`Pool::choose`](super::Pool::choose) says, after a pause.
    Chosen(SimDuration),
    /// On the same member, after a pause.
    Same(SimDuration),
}

/// What follows from the end of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whether there is another attempt; when not, the client gets what there is.
    pub retry: Option<Retry>,
    /// The member is left out from now on.
    pub left_out: bool,
}

impl Verdict {
    /// Nothing follows: the client gets the answer.
    pub const OVER: Self = Self { retry: None, left_out: false };
}
