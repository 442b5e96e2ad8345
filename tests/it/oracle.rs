//! Recordings of real load balancers, replayed on the balancer of the engine.

use std::fs;
use std::path::Path;

use doorbuster::experiment::vectors::{self, VectorResult};
use doorbuster::observe::Snapshot;

use crate::support::{model, run};

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
    all_but(product, count, &[]);
}

/// All recordings of a product are met but these, which are not, and none is missing.
fn all_but(product: &str, count: usize, not_met: &[&str]) {
    let results = results(product);
    let missed: Vec<String> = results
        .iter()
        .filter(|result| result.passed == not_met.contains(&result.name.as_str()))
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

/// nginx with 4 workers, 24 clients at once, 3 equal replicas: without a zone each worker begins with the first, and
/// it was seen to give 10, 8, 6; with a zone, 8 each.
#[test]
fn workers_that_share_nothing_are_uneven() {
    let text = "[[traffic.source]]\nkind = 'users'\nusers = 24\n[[traffic.class]]\ndemand = '60 s'\n\
                [balancer]\nalgorithm = 'nginx.round_robin'\ninstances = 4\nshared = SHARED\n\
                [[service]]\nreplicas = 3\nthreads = 100\n[run]\nduration = '1 s'";
    let in_flight = |shared: &str, seed: u64| -> Vec<u32> {
        let (engine, ()) = run(&model(&text.replace("SHARED", shared)), seed, ());
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        world.replicas.iter().map(|replica| replica.in_flight).collect()
    };
    let runs: Vec<Vec<u32>> = (0..20).map(|seed| in_flight("false", seed)).collect();
    for run in &runs {
        assert_eq!(run.iter().sum::<u32>(), 24);
        assert!(run[0] >= run[1] && run[1] >= run[2], "each worker begins with the first: {run:?}");
    }
    // They are even only when every worker gets a multiple of 3.
    assert!(runs.iter().filter(|run| run[0] > run[2]).count() >= 15, "{runs:?}");
    assert!((0..20).all(|seed| in_flight("true", seed) == [8, 8, 8]));
}

#[test]
fn caddy() {
    all_pass("caddy", 20);
}

#[test]
fn haproxy() {
    // wt6 is HAProxy's own function, of which there is no description; and after a weight of 0 is taken back, the
    // turns differ from the recorded ones.
    all_but("haproxy", 68, &["haproxy_runtime_rr_weight", "haproxy_urlparam_map_wt6_3"]);
}
