//! Published results, run again; `experiment::published` has the claims with their sources and tolerances.
//!
//! Here are those that take seconds; `cargo xtask test` runs all of them with `doorbuster validate`.

use doorbuster::experiment::jobs;
use doorbuster::experiment::published::{Bench, claims, reproduce};

#[test]
fn quick_ones_are_met() {
    let bench = Bench { seed: 1, jobs: jobs() };
    let results = reproduce(claims().filter(|claim| claim.quick), &bench, &mut |_| ());
    assert!(results.len() >= 7);
    let missed: Vec<String> = results
        .iter()
        .filter(|result| !result.passed)
        .map(|result| format!("{}: published {}; ours {}", result.name, result.published, result.ours))
        .collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Each has a name of its own, says where it comes from, and argues its tolerance.
#[test]
fn every_claim_is_whole() {
    let mut names: Vec<&str> = claims().map(|claim| claim.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), claims().count());
    for claim in claims() {
        let whole =
            [claim.claim, claim.source, claim.published, claim.tolerance].iter().all(|t| t.len() > 10);
        assert!(whole, "{}", claim.name);
    }
}
