//! HAProxy: what its configurations say, and kinds of recording that only it has.

use super::file::Vector;
use super::product::{Setup, plain};
use super::{Refusal, Score};

pub(super) fn setup(vector: &Vector) -> Result<Setup, Refusal> {
    Ok(plain(format!("haproxy.{}", vector.policy)))
}

/// Kinds of recording that only HAProxy has.
pub(super) fn replay(vector: &Vector) -> Result<Score, Refusal> {
    Err(format!("not supported yet: kind {}", vector.kind))
}
