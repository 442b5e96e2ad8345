//! Why a request went where it went: `run --explain`, and the engine's own account.

#[cfg(feature = "cli")]
use std::process::Command;

use doorbuster::engine::{Engine, Explain};
#[cfg(feature = "cli")]
use serde_json::Value;

use crate::support::model;

/// Requests of 5 s come at 1, 2, 3 and 4 s to two replicas: both are idle, then one is, then both have one, and so on.
const STORY: &str = "[[traffic.source]]\nkind = 'even'\nrate = '1/s'\n[[traffic.class]]\ndemand = '5 s'\n\
                     [balancer]\nalgorithm = 'least_connections'\n[[service]]\nname = 'app'\nreplicas = 2\n\
                     threads = 9\ncpus = 9\n[run]\nduration = '4.5 s'\nseed = 1";

#[test]
fn each_decision_is_told_with_its_numbers() {
    let mut engine = Engine::new(&model(STORY), 1);
    engine.explain(Explain::Next(3));
    while engine.step(&mut ()).is_some_and(|at| at.since(doorbuster::units::SimTime::ZERO).as_secs() < 4.4) {}
    let told = engine.explained();
    let filled: Vec<Vec<String>> = told
        .iter()
        .map(|one| one.why.scores.iter().map(|score| score.filled.to_string()).collect())
        .collect();
    // Both idle: the first takes the turn and pays for it, 1 − 2 = −1 against 1. Then the second alone has the least.
    // Then both have one: −1 + 1 = 0 against 1 + 1 = 2.
    assert_eq!(
        filled,
        [
            ["0 / 1 = 0.00", "0 / 1 = 0.00"],
            ["1 / 1 = 1.00", "0 / 1 = 0.00"],
            ["1 / 1 = 1.00", "1 / 1 = 1.00"]
        ]
    );
    let picks: Vec<String> = told.iter().map(|one| format!("{:?}", one.why.decision)).collect();
    assert_eq!(picks, ["Route(0)", "Route(1)", "Route(1)"]);
    assert_eq!(told.iter().map(|one| one.request).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn explaining_does_not_change_the_run() {
    for algorithm in
        ["power_of_d", "nginx.hash_consistent", "haproxy.leastconn", "prequal", "join_idle_queue"]
    {
        let text = STORY.replace("least_connections", algorithm).replace("'1/s'", "'50/s'");
        let run = |explains: bool| {
            let mut engine = Engine::new(&model(&text), 3);
            if explains {
                engine.explain(Explain::Next(u32::MAX));
            }
            for _ in 0..2_000 {
                engine.step(&mut ());
            }
            engine.digest()
        };
        assert_eq!(run(false), run(true), "{algorithm}");
    }
}

/// A retry has a decision of its own, in which the replica that failed is no candidate.
#[test]
fn a_request_is_told_with_all_its_tries() {
    let text = STORY.replace("least_connections", "round_robin")
        + "\n[[fault]]\nkind = 'crash'\nreplica = 'app-1'\nat = '0.5 s'\n";
    let text = text.replace("name = 'app'", "name = 'app'\nrestart = 'no'");
    let Ok(scenario) = doorbuster::scenario::Scenario::from_toml_str(&text) else { panic!("{text}") };
    let model = scenario.validate().unwrap();
    let (told, names) = doorbuster::experiment::explain(&model, 1, Explain::Request(0));
    assert_eq!(names, ["app-1", "app-2"]);
    let tries: Vec<(u32, usize, String)> = told
        .iter()
        .map(|one| (one.attempt, one.why.scores.len(), format!("{:?}", one.why.decision)))
        .collect();
    assert_eq!(tries, [(1, 2, "Route(0)".to_owned()), (2, 1, "Route(1)".to_owned())]);
}

#[cfg(feature = "cli")]
#[test]
fn the_command_line_tells_them() {
    let run = |args: &[&str]| {
        let base = ["run", "algorithms", "--duration", "12s", "-a", "power_of_d"];
        let output =
            Command::new(env!("CARGO_BIN_EXE_doorbuster")).args([&base, args].concat()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, out, _) = run(&["--explain", "5"]);
    assert_eq!(code, Some(0));
    assert_eq!(out.matches("· power_of_d\n").count(), 5, "{out}");
    assert!(
        out.contains("▸ ")
            && out.contains("in flight\n")
            && out.contains("drew ")
            && out.contains(" of 0 to "),
        "{out}"
    );
    let (_, out, _) = run(&["--explain", "request=7", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    let decisions = json["decisions"].as_array().unwrap();
    assert_eq!(
        (decisions.len(), &decisions[0]["request"], &decisions[0]["attempt"]),
        (1, &7.into(), &1.into())
    );
    assert!(
        decisions[0]["decision"]["route"].is_u64() && decisions[0]["draws"].as_array().unwrap().len() == 2
    );
    assert!(json["digest"].is_string());
    let (code, _, err) = run(&["--explain", "0"]);
    assert!(code == Some(2) && err.contains("request=17"), "{err}");
}
