use super::*;
use crate::scenario::{Change, Scenario};
use crate::units::{ReplicaId, ServiceId};

fn model() -> Model {
    let text = r#"
        name = "shop"
        [[traffic.source]]
        rate = "8/s"
        [[traffic.source.profile]]
        kind = "constant"
        for = "10 s"
        [[traffic.source.profile]]
        kind = "ramp"
        for = "1 s"
        times = "+10000 %"
        [[service]]
        name = "app"
        replicas = 3
        memory = "256 MiB"
        connections = 192
        backlog = 64
        ports = ["8080:80"]
        [[service.replica]]
        number = 3
        name = "own"
        [balancer]
        queue = 200
    "#;
    Scenario::from_toml_str(text).unwrap().validate().unwrap()
}

fn line(at_ms: u64, replica: Option<u32>, event: Event) -> LogEntry {
    LogEntry { at: SimTime(at_ms * 1_000_000), replica: replica.map(ReplicaId), event }
}

fn told(entry: &LogEntry, changes: &[TimedChange]) -> Line {
    let names = ["app-1", "app-2", "own"].map(String::from);
    Narrator { lang: Lang::En, names: &names, changes, model: &model() }.line(entry)
}

fn killed(at_ms: u64, replica: u32, requests: u32, sessions: u32) -> LogEntry {
    let back_at = Some(SimTime((at_ms + 100) * 1_000_000));
    line(at_ms, Some(replica), Event::Died { cause: DownCause::OutOfMemory, requests, sessions, back_at })
}

/// What went with its zone comes back with it, where what crashed without a restart policy does not.
#[test]
fn what_was_lost_with_its_zone_starts_with_it() {
    let died = |cause| Event::Died { cause, requests: 2, sessions: 0, back_at: None };
    let said = |cause| told(&line(1, Some(0), died(cause)), &[]).text;
    assert_eq!(
        said(DownCause::ZoneLost),
        "app-1 went with its zone, 2 requests lost. It starts again when its zone is back."
    );
    assert!(said(DownCause::Crash).ends_with("It is not started again."));
}

#[test]
fn sentences() {
    let exhausted = |resource, sessions| Event::Exhausted { resource, sessions };
    let failure = Event::FirstFailure { outcome: Outcome::QueueFull, status: 502 };
    for (entry, text, short) in [
        (
            killed(12_400, 1, 214, 97),
            "app-2 killed: out of memory (137), 214 requests lost, 97 sessions lost. Back in 0.1 s.",
            "app-2 killed",
        ),
        (
            line(
                1,
                Some(0),
                Event::Died { cause: DownCause::Crash, requests: 1, sessions: 0, back_at: None },
            ),
            "app-1 crashed, 1 request lost. It is not started again.",
            "app-1 crashed",
        ),
        (
            line(1, Some(0), exhausted(Resource::Cpu, 9)),
            "app-1: CPU exhausted, 1.00 of 1 core.",
            "app-1 CPU full",
        ),
        (
            line(1, Some(0), exhausted(Resource::Memory, 1_240)),
            "app-1: memory exhausted by 1,240 sessions, 256 MiB of 256 MiB.",
            "app-1 memory full",
        ),
        (
            line(1, Some(0), exhausted(Resource::Connections, 0)),
            "app-1: connections exhausted, 192 of 192.",
            "app-1 connections full",
        ),
        (
            line(1, Some(0), exhausted(Resource::Backlog, 0)),
            "app-1: listen backlog full, 65 of 65; further connects are dropped.",
            "app-1 backlog full",
        ),
        (
            line(1, None, Event::QueueFull { service: ServiceId(0) }),
            "The balancer's queue is full, 200 of 200.",
            "queue full",
        ),
        (
            line(1, None, failure),
            "First failure of its kind: queue full (502). Every replica was at its limit and the balancer's \
             queue was full.",
            "first: queue full",
        ),
    ] {
        let line = told(&entry, &[]);
        assert_eq!((line.text.as_str(), line.short.as_str()), (text, short));
    }
}

#[test]
fn changes_are_told_against_what_was_before() {
    let rate = |times| TimedChange { at: SimTime(1), change: Change::Rate { times } };
    let changes = [rate(101.0), rate(0.0), rate(2.0), rate(2.5), rate(1.0)];
    let text = |index| told(&line(1, None, Event::Changed { index }), &changes).text;
    assert_eq!(
        [0, 1, 2, 3, 4].map(text),
        [
            "Traffic grew 101-fold.",
            "Traffic stopped.",
            "Traffic began again.",
            "Traffic grew by 25 %.",
            "Traffic fell to 40 % of what it was.",
        ]
    );
}

#[test]
fn bind_errors_are_dockers_own() {
    let bind = |replica, docker, range| {
        let address = IpAddr::from([0, 0, 0, 0]);
        let event = Event::BindFailed { port: 8080, docker, range, address, rests: false };
        told(&line(1, Some(replica), event), &[]).quote.unwrap()
    };
    let taken = bind(1, true, false);
    assert!(
        taken.contains("endpoint shop-app-2 (")
            && taken.ends_with("Bind for 0.0.0.0:8080 failed: port is already allocated")
    );
    assert!(bind(2, true, false).contains("endpoint own ("));
    assert!(bind(1, true, true).ends_with("): all ports are allocated"));
    assert!(
        bind(1, false, false).ends_with("failed to bind host port 0.0.0.0:8080/tcp: address already in use")
    );
}

#[test]
fn the_profile_is_in_the_log() {
    let names = ["app-1".to_owned()];
    let model = model();
    let lines = Narrator { lang: Lang::En, names: &names, changes: &[], model: &model }.lines(&[]);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].text, "Traffic grew 101-fold by 11.0 s: from 8 to 808 requests a second.");
}

/// Two replicas die 10 and 20 times, each losing 3 requests and 2 sessions: nothing may get lost in the
/// telling.
#[test]
fn thinning_keeps_every_count() {
    let mut entries: Vec<LogEntry> = (0..10).map(|i| killed(1_000 + 100 * i, 0, 3, 2)).collect();
    entries.extend((0..20).map(|i| killed(1_050 + 100 * i, 1, 3, 2)));
    let names = ["app-1", "app-2", "own"].map(String::from);
    let model = model();
    let lines = Narrator { lang: Lang::En, names: &names, changes: &[], model: &model }.lines(&entries);
    for most in [4, 12] {
        let thinned = thin(Lang::En, &lines, most);
        assert!(thinned.len() <= 5, "{thinned:?}");
        let lost = thinned.iter().fold((0, 0), |sum, line| (sum.0 + line.lost.0, sum.1 + line.lost.1));
        assert_eq!(lost, (90, 60));
    }
    let text: Vec<String> = thin(Lang::En, &lines, 12).into_iter().map(|line| line.text).collect();
    assert!(
        text.iter()
            .any(|t| t == "app-2 killed 19 times more, until 3.0 s: 57 requests lost, 38 sessions lost."),
        "{text:?}"
    );
}

/// The three exhaustions of one replica stay told when a list is made short, and first failures go before
/// them.
#[test]
fn thinning_keeps_what_runs_out_first() {
    let exhausted =
        |at, replica, resource| line(at, Some(replica), Event::Exhausted { resource, sessions: 1 });
    let mut entries = Vec::new();
    for round in 0..20 {
        for replica in 0..3 {
            for (i, resource) in
                [Resource::Cpu, Resource::Memory, Resource::Connections].into_iter().enumerate()
            {
                entries.push(exhausted(
                    1_000 * round + 100 * i as u64 + u64::from(replica),
                    replica,
                    resource,
                ));
            }
        }
        entries.push(line(
            1_000 * round + 500,
            None,
            Event::FirstFailure { outcome: Outcome::ReadTimeout, status: 504 },
        ));
    }
    let names = ["app-1", "app-2", "own"].map(String::from);
    let model = model();
    let thinned = thin(
        Lang::En,
        &Narrator { lang: Lang::En, names: &names, changes: &[], model: &model }.lines(&entries),
        14,
    );
    let told = |part: &str| thinned.iter().filter(|line| line.text.contains(part)).count();
    assert_eq!([told("CPU exhausted"), told("memory exhausted"), told("connections exhausted")], [3, 3, 3]);
    assert_eq!([told("First failure"), told("CPU full 57 times more")], [0, 1]);
    assert_eq!(thinned.len(), 13);
}
