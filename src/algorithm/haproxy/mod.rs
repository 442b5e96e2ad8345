//! HAProxy's methods, as 2.6 was recorded: written from descriptions of their behaviour and from the recordings.

pub(super) mod first;
mod function;
pub(super) mod hdr;
mod keyed;
pub(super) mod leastconn;
mod map;
pub(super) mod random;
mod ring;
pub(super) mod roundrobin;
pub(super) mod source;
pub(super) mod static_rr;
pub(super) mod uri;
pub(super) mod url_param;

use super::PoolView;

/// HAProxy counts weights in sixteenths, so that they can grow in steps while a server warms up.
const SCALE: u32 = 16;

/// Which members tables were made from, so that they are made anew only when something has changed.
#[derive(Debug, Clone, Default)]
struct Basis {
    version: u64,
    first: Option<u32>,
}

impl Basis {
    /// Whether tables that depend on who is usable are stale now; they are taken to be made anew then.
    fn is_stale(&mut self, pool: &PoolView<'_>) -> bool {
        let first = pool.members.first().copied();
        let stale = pool.version == 0 || self.version != pool.version || self.first != first;
        (self.version, self.first) = (pool.version, first);
        stale
    }
}

/// Members that are well and have a weight.
fn open<'a>(pool: &PoolView<'a>) -> impl Iterator<Item = u32> + use<'a> {
    let (usable, weight) = (pool.usable, pool.weight);
    usable.iter().copied().filter(|&member| weight[member as usize] > 0)
}
