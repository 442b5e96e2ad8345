//! Recordings of real load balancers, replayed on the balancer of the engine.

use std::fs;
use std::path::Path;

use doorbuster::experiment::vectors::{self, VectorResult};

/// The results of every recording of a product.
fn results(product: &str) -> Vec<VectorResult> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles");
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .filter(|(_, text)| {
            text.contains(&format!("\"system\":\"{product}\""))
                || text.contains(&format!("\"system\": \"{product}\""))
        })
        .collect();
    files.sort();
    vectors::validate(&files)
}

/// All recordings of a product are met, and none is missing.
fn all_pass(product: &str, count: usize) {
    let results = results(product);
    let missed: Vec<String> = results
        .iter()
        .filter(|result| !result.passed)
        .map(|result| {
            format!("{} ({}): {}/{} {}", result.name, result.kind, result.matched, result.rows, result.note)
        })
        .collect();
    assert!(missed.is_empty(), "{} of {} missed:\n{}", missed.len(), results.len(), missed.join("\n"));
    assert_eq!(results.len(), count);
}

#[test]
fn nginx() {
    all_pass("nginx", 66);
}
