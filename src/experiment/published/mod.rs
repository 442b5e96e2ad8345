//! Results that others have published, run again: each with its source, what it says, what we get, and why the
//! tolerance is what it is.
//!
//! A published number that comes with a spread between seeds is met within that spread and our own interval. Where a
//! number was measured once, or depends on details that were not published, the order or the share of seeds is tested
//! instead of the value. Where the outcome is one of two (a service recovers or it does not), only shares of seeds mean
//! anything.

mod bench;
mod clients;
mod failures;
mod layers;
mod peers;
mod routing;
mod subsets;
mod tails;

use serde::Serialize;

pub use bench::Bench;

/// A published result.
pub struct Claim {
    /// A short name.
    pub name: &'static str,
    /// What it says, in words.
    pub claim: &'static str,
    /// Who published it.
    pub source: &'static str,
    /// The published numbers.
    pub published: &'static str,
    /// When ours count as the same, and why.
    pub tolerance: &'static str,
    /// Whether it takes seconds rather than minutes.
    pub quick: bool,
    /// Runs it.
    run: fn(&Bench) -> Result<Finding, String>,
}

/// What a run of a claim came to.
struct Finding {
    ours: String,
    seeds: u32,
    passed: bool,
}

/// What came of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimResult {
    /// Its short name.
    pub name: &'static str,
    /// What it says, in words.
    pub claim: &'static str,
    /// Who published it.
    pub source: &'static str,
    /// The published numbers.
    pub published: &'static str,
    /// Ours, with intervals where there are any.
    pub ours: String,
    /// When ours count as the same, and why.
    pub tolerance: &'static str,
    /// Seeds that ours rest on.
    pub seeds: u32,
    /// Whether ours count as the same.
    pub passed: bool,
}

/// Every claim, in the order in which pages show them.
pub fn claims() -> impl Iterator<Item = &'static Claim> + Clone {
    let all = [routing::CLAIMS, subsets::CLAIMS, clients::CLAIMS, tails::CLAIMS, layers::CLAIMS];
    all.into_iter().chain([failures::CLAIMS, peers::CLAIMS]).flatten()
}

/// Runs claims again. `progress` hears each that is done.
pub fn reproduce(
    claims: impl Iterator<Item = &'static Claim>,
    bench: &Bench,
    progress: &mut dyn FnMut(&ClaimResult),
) -> Vec<ClaimResult> {
    let one = |claim: &'static Claim| {
        let found = (claim.run)(bench);
        let found = found.unwrap_or_else(|ours| Finding { ours, seeds: 0, passed: false });
        let result = ClaimResult {
            name: claim.name,
            claim: claim.claim,
            source: claim.source,
            published: claim.published,
            ours: found.ours,
            tolerance: claim.tolerance,
            seeds: found.seeds,
            passed: found.passed,
        };
        progress(&result);
        result
    };
    claims.map(one).collect()
}
