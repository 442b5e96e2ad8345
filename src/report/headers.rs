//! The headers that a balancer adds, filled in for one request.

use serde::Serialize;

use crate::rng::split_mix;
use crate::scenario::{BalancerModel, HeaderTo};

/// What the variables of a header stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Seed of the run.
    pub seed: u64,
    /// Number of the request.
    pub request: u64,
    /// The status that its client got.
    pub status: u16,
    /// The address of each attempt, in order.
    pub upstream: Vec<String>,
}

/// A header with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filled {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// Whether nginx adds headers to an answer of this status without being told `always`.
#[must_use]
pub const fn is_usual(status: u16) -> bool {
    matches!(status, 200 | 201 | 204 | 206 | 301..=304 | 307 | 308)
}

/// nginx's `$request_id`: 16 bytes in hexadecimal digits, here from the seed and the number of the request alone.
#[must_use]
pub fn request_id(seed: u64, request: u64) -> String {
    format!("{:016x}{:016x}", split_mix(seed ^ request), split_mix(request))
}

/// The headers that a front adds to the answer of a request, or to what its replica gets.
#[must_use]
pub fn added(front: &BalancerModel, to: HeaderTo, facts: &Facts) -> Vec<Filled> {
    let usual = to == HeaderTo::Replica || is_usual(facts.status);
    let mine = front.settings.header.iter().filter(|header| header.to == to && (usual || header.always));
    mine.map(|header| Filled { name: header.name.clone(), value: fill(&header.value, facts) }).collect()
}

fn fill(value: &str, facts: &Facts) -> String {
    let mut out = value.to_owned();
    let known = [
        ("hostname", "balancer".to_owned()),
        ("upstream_addr", facts.upstream.join(", ")),
        ("request_id", request_id(facts.seed, facts.request)),
        ("status", facts.status.to_string()),
    ];
    for (name, text) in known {
        out = out.replace(&format!("${{{name}}}"), &text).replace(&format!("${name}"), &text);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two attempts, as nginx lists them; an id of 32 digits that is the same each time.
    #[test]
    fn variables_are_filled() {
        let upstream = vec!["172.18.0.3:80".to_owned(), "172.18.0.4:80".to_owned()];
        let facts = Facts { seed: 1, request: 7, status: 200, upstream };
        assert_eq!(fill("${hostname}: $upstream_addr", &facts), "balancer: 172.18.0.3:80, 172.18.0.4:80");
        let id = fill("$request_id", &facts);
        assert!(id.len() == 32 && id == request_id(1, 7) && id != request_id(1, 8), "{id}");
        assert_eq!((is_usual(200), is_usual(502), is_usual(304)), (true, false, true));
    }
}
