//! What the balancer of a deployment holds and answers itself, as its files say.

use super::{Imported, Severity, small, sound};
use doorbuster::convert::ImportOptions;
use doorbuster::observe::Outcome;
use doorbuster::scenario::{OwnKind, Scenario};

use crate::support::{Endings, run};

fn with(app: &str, proxy: &str, locations: &str, events: &str) -> Imported {
    let nginx = format!(
        "{events} http {{ upstream u {{ server app:80; }} server {{ listen 80;\n{locations}\n\
        location / {{ proxy_pass http://u; }} }} }}"
    );
    let imported = small(app, proxy, &nginx, &ImportOptions::default()).unwrap();
    sound(&imported.scenario);
    imported
}

/// `worker_connections` are the slots. Descriptors are what nginx asks for, else those of its container; those of the
/// application's container are its replicas' (the soft limit). Where nobody says anything, nothing is limited.
#[test]
fn slots_and_descriptors() {
    let limits = |imported: &Imported| {
        let limits = imported.scenario.balancer.limits.clone();
        limits.map(|limits| (limits.connections, limits.files))
    };
    let ulimits = "    ulimits: {nofile: {soft: 2048, hard: 4096}}\n";
    let events = "worker_rlimit_nofile 8192; events { worker_connections 768; }";
    assert_eq!(limits(&with("", ulimits, "", events)), Some((Some(768), Some(8_192))));
    assert_eq!(limits(&with("", ulimits, "", "events {}")), Some((None, Some(2_048))));
    assert_eq!(limits(&with("", "", "", "events { worker_connections 64; }")), Some((Some(64), None)));
    assert_eq!(limits(&with("", "", "", "events {}")), None);
    let app = with("    ulimits: {nofile: 512}\n", "", "", "events {}");
    let service = |scenario: &Scenario| scenario.service.iter().find(|s| s.name == "app").map(|s| s.files);
    assert_eq!((limits(&app), service(&app.scenario)), (None, Some(Some(512))));
}

/// Files, a fixed answer and the counters are nginx's own; `/` is not, a pattern is no path, and another status is
/// no answer of this model. No replica hears of the first three.
#[test]
fn paths_of_its_own() {
    let locations = "location /static/ { root /srv; }\nlocation /health { return 200; }\n\
        location = /nginx_status { stub_status; }\nlocation ~ \\.php$ { root /srv; }\nlocation /gone { return 410; }";
    let imported = with("", "", locations, "events {}");
    let own: Vec<_> =
        imported.scenario.balancer.own.iter().map(|own| (own.path.as_str(), own.kind)).collect();
    let expected =
        [("/static/", OwnKind::Files), ("/health", OwnKind::Text), ("/nginx_status", OwnKind::Status)];
    assert_eq!(own, expected);
    for said in [
        "/static/: files that nginx serves itself (balancer.own)",
        "/health: nginx answers 200 itself",
        "/nginx_status: nginx's own status page (balancer.own)",
        "/gone: nginx answers 410 itself",
    ] {
        assert!(imported.findings.iter().any(|finding| finding.text.to_string().starts_with(said)), "{said}");
    }
    let mut scenario = imported.scenario;
    scenario.service[0].replicas = 0;
    scenario.traffic.class.truncate(1);
    scenario.traffic.class[0].path = "/health".into();
    let (engine, seen) = run(&scenario.validate().unwrap(), 1, Endings::default());
    assert!(!seen.0.is_empty() && engine.ledger().failed() == 0);
    scenario.traffic.class[0].path = "/gone".into();
    let (_, seen) = run(&scenario.validate().unwrap(), 1, Endings::default());
    assert!(seen.0.iter().all(|&(_, outcome, ..)| outcome == Outcome::NoHealthyReplica));
}

/// Request bodies are read to their end, unless the file says that they are not.
#[test]
fn request_bodies() {
    let buffers = |line: &str| {
        let text = format!("location /a {{ {line} proxy_pass http://u; }}");
        with("", "", &text, "events {}").scenario.balancer.buffers
    };
    let off = "proxy_request_buffering off;";
    assert_eq!(
        [buffers(""), buffers("proxy_request_buffering on;"), buffers(off)],
        [None, None, Some(false)]
    );
    let nginx = "upstream u { server app:80; } server { listen 80; location / { \
        proxy_request_buffering no; proxy_pass http://u; } }";
    let wrong = small("", "", nginx, &ImportOptions::default());
    let findings = wrong.map_or_else(|findings| findings, |imported| imported.findings);
    let told = |finding: &doorbuster::convert::Finding| {
        finding.severity == Severity::Error
            && finding.text.to_string().contains("it must be \"on\" or \"off\"")
    };
    assert!(findings.iter().any(told), "{findings:?}");
}
