//! Highest random weight: the hash of key and address decides, the largest wins.

use crate::algorithm::candidates::{explained, open};
use crate::algorithm::hashing::{Fnv32, with_name};
use crate::algorithm::words::rule;
use crate::algorithm::{Explanation, KeySource, PoolView, RequestView};

fn hash(key: Fnv32, member: u32, pool: &PoolView<'_>) -> u32 {
    with_name(pool, member, |name| key.with(name).0)
}

/// The member with the largest hash of the key followed by its address; the first of equals.
pub(super) fn choose(key: &[u8], pool: &PoolView<'_>) -> Option<u32> {
    let key = Fnv32::new().with(key);
    let hashes = open(pool).map(|member| (hash(key, member, pool), member));
    hashes.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, member)| member)
}

/// The hashes.
pub(super) fn explain(key: &[u8], pool: &PoolView<'_>) -> Explanation {
    let text = String::from_utf8_lossy(key);
    explained(pool, rule::largest_hash(&format!("{text:?}")), |member| {
        let value = hash(Fnv32::new().with(key), member, pool);
        (f64::from(value), format!("{value:#010x}"))
    })
}

/// The request with the header or parameter that tells users apart as its key.
pub(super) fn by_user<'a>(request: &RequestView<'a>) -> RequestView<'a> {
    RequestView { hashed: KeySource::User, ..request.clone() }
}
