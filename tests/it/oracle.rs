//! Recordings of real load balancers, replayed on the balancer of the engine.

use std::fs;
use std::path::Path;

use doorbuster::experiment::vectors::{self, VectorResult};
use doorbuster::observe::Snapshot;
use serde_json::{Value, json};

use crate::support::{model, run};

/// The recordings whose text is wanted: path and text, in the order of their names.
fn files(wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let recordings = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let mut files: Vec<(String, String)> = recordings
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .filter(|(_, text)| wanted(text))
        .collect();
    files.sort();
    files
}

/// The results of every recording of a product.
fn results(product: &str) -> Vec<VectorResult> {
    vectors::validate(&files(|text| text.contains(&format!("\"system\": \"{product}\""))))
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
    // wt6 is HAProxy's own function, of which there is no description but its code, which is not ours to copy.
    all_but("haproxy", 68, &["haproxy_urlparam_map_wt6_3"]);
}

/// Whatever is wrong with a file, it is a miss that says why, never a crash.
#[test]
fn damaged_recordings_are_misses() {
    let damages =
        [json!(null), json!([]), json!({}), json!(-1), json!("x"), json!([[9_999, -1]]), json!([1e18])];
    for (name, text) in files(|_| true).into_iter().filter(|(_, text)| text.len() < 12_000) {
        let whole: Value = serde_json::from_str(&text).unwrap();
        for key in whole.as_object().unwrap().keys() {
            for damage in &damages {
                let mut broken = whole.clone();
                broken[key] = damage.clone();
                let results = vectors::validate(&[(name.clone(), broken.to_string())]);
                assert_eq!(results.len(), 1, "{name}: {key} = {damage}");
            }
        }
        let half = text.chars().take(text.chars().count() / 2).collect();
        let [result] = &vectors::validate(&[(name.clone(), half)])[..] else { panic!("{name}") };
        assert!(!result.passed && result.note.contains("is no recording"), "{result:?}");
    }
}

/// A recording that is not what it says must be missed: the test could not fail otherwise.
#[test]
fn other_behaviour_is_a_miss() {
    for (file, from, to) in [
        ("nginx_wrr_5_1_1", "\"round_robin\"", "\"least_time\""),
        ("nginx_hash_3", "\"hash\"", "\"hash_consistent\""),
        ("nginx_ip_hash_3", "\"ip_hash\"", "\"hash\""),
        ("nginx_wrr_effective_weight", "\"max_fails\":2", "\"max_fails\":3"),
        ("nginx_maxfails3_refuse_recover", "\"fail_timeout_s\":2", "\"fail_timeout_s\":3"),
        ("nginx_random_two_w4211_idle", "\"random_two_least_conn\"", "\"random\""),
        ("nginx_workers2_nozone", "\"weight\":3", "\"weight\":2"),
        ("queue_nginx_lc_r85_a", "\"least_conn\"", "\"least_time\""),
        ("queue_nginx_r2_r85_a", "\"random_two\"", "\"random\""),
        ("queue_nginx_rr_r70_a", "\"round_robin\"", "\"least_conn\""),
    ] {
        let [(name, text)] = &files(|text| text.contains(&format!("\"name\": \"{file}\"")))[..] else {
            panic!("{file} is not there")
        };
        assert!(text.contains(from), "{file} has no {from}");
        let results = vectors::validate(&[(name.clone(), text.replace(from, to))]);
        assert!(!results[0].passed, "{file} with {to}: {:?}", results[0]);
    }
}
