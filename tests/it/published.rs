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

/// The page is written by `cargo xtask validation`: it has a row for every claim, every case of theory and every
/// recording that there are now.
#[test]
fn the_page_is_up_to_date() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/validation.md")).unwrap();
    let claimed = |text: &str| page.contains(&format!("| {} |", text.replace('|', "\\|")));
    let missing: Vec<&str> = claims().map(|claim| claim.claim).filter(|claim| !claimed(claim)).collect();
    assert!(missing.is_empty(), "run cargo xtask validation: {missing:?}");
    let cases = std::fs::read_to_string(root.join("tests/oracles/theory/cases.json")).unwrap();
    for case in doorbuster::experiment::theory::cases(&cases).unwrap() {
        assert!(page.contains(&format!("\n| {} | ", case.name)), "run cargo xtask validation: {}", case.name);
    }
    for entry in std::fs::read_dir(root.join("tests/oracles")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "json") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            assert!(page.contains(&format!("\n| {name} | ")), "run cargo xtask validation: {name}");
        }
    }
}
