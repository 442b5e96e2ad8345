//! What single classes do: rows of their own in the report, logins and logouts; and what clients may do beyond them.

use doorbuster::observe::{Outcome, Snapshot};
use doorbuster::report::Report;
use doorbuster::scenario::{Scenario, preset};

use crate::support::{Endings, model, run};

fn report(text: &str) -> Report {
    doorbuster::experiment::run(&model(text), 1)
}

/// Two requests of a (10 and 30 ms of work, apart) and one of b, whose service has no replica: two rows, whose sums are
/// those of the report. With one class there is none.
#[test]
fn rows_for_classes() {
    let text = "[[traffic.source]]\nkind = 'trace'\ntrace = '''0.1,10 ms,a\n0.2,30 ms,a\n0.3,10 ms,b'''\n\
        [[traffic.class]]\nname = 'a'\n[[traffic.class]]\nname = 'b'\npath = '/b'\nservice = 'none'\n\
        [[traffic.class]]\nname = 'inside'\nshare = 0\n[[service]]\n[[service]]\nname = 'none'\nreplicas = 0\n\
        [run]\nduration = '1 s'";
    let seen = report(text);
    let [a, b] = &seen.classes[..] else { panic!("{:?}", seen.classes) };
    assert_eq!((a.name.as_str(), b.name.as_str(), b.path.as_str()), ("a", "b", "/b"));
    assert_eq!((a.requests.offered, a.requests.succeeded, a.goodput_per_s), (2, 2, 2.0));
    let near = |value: Option<f64>, ms: f64| value.is_some_and(|value| (value / ms - 1.0).abs() < 0.011);
    assert!(near(a.response_time_ms.p50, 10.0) && near(a.response_time_ms.p99, 30.0));
    assert_eq!((b.requests.offered, b.requests.failed.occurred()), (1, vec![(Outcome::NoHealthyReplica, 1)]));
    assert_eq!(seen.requests.offered, a.requests.offered + b.requests.offered);
    let one = report("[[traffic.source]]\nrate = '10/s'\n[[service]]\n[run]\nduration = '1 s'");
    assert!(one.classes.is_empty());
}

/// One session at 100 ms: login (50 ms of work), 100 ms of thought, a page (10 ms), thought, logout (20 ms): answers at
/// 150, 260 and 380 ms. Its replica forgets it with the logout; or, when the user leaves without a word, one second
/// after it was used last: at 1,380 ms.
#[test]
fn a_session_from_login_to_logout() {
    let text = |end: &str, ms: u32| {
        format!(
            "[[traffic.source]]\nkind = 'trace'\ntrace = '0.1'\nsession = {{ requests = 3, spread = 'constant', \
            think = '100 ms', expiry = '1 s', end = '{end}', login = 'login', logout = 'logout' }}\n\
            [[traffic.class]]\nname = 'page'\ndemand = '10 ms'\n[[traffic.class]]\nname = 'login'\nshare = 0\n\
            demand = '50 ms'\n[[traffic.class]]\nname = 'logout'\nshare = 0\ndemand = '20 ms'\n[[service]]\n\
            [run]\nduration = '{ms} ms'"
        )
    };
    let kept = |end: &str, ms: u32| {
        let (engine, seen) = run(&model(&text(end, ms)), 1, Endings::default());
        let times: Vec<u64> = seen.0.iter().map(|(_, _, us, _)| us / 1_000).collect();
        assert_eq!(times, [150, 260, 380]);
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        assert_eq!((world.sessions_started, world.sessions_alive, world.sessions_lost), (1, 0, 0));
        world.replicas[0].sessions
    };
    assert_eq!(["logout", "expiry"].map(|end| kept(end, 390)), [0, 1]);
    assert_eq!([1_370, 1_390].map(|ms| kept("expiry", ms)), [1, 0]);
    let wrong = text("logout", 500).replace("login = 'login'", "login = 'logon'");
    let problems = Scenario::from_toml_str(&wrong).unwrap().validate().unwrap_err().to_string();
    assert!(
        problems.contains("traffic.source[0].session.login: \"logon\" is no class; did you"),
        "{problems}"
    );
}

/// Two replicas by turns, 30 ms of work, app-1 ten times as slow; requests every 100 ms, a second attempt after 50 ms.
/// Those of 100 and 300 ms meet app-1. With one attempt in reserve and none to come, the first has its answer at 180
/// and the other has not at 390. With half an attempt for each request, two requests later there is one again: 380.
#[test]
fn a_budget_for_second_attempts() {
    let seen = |budget: &str| {
        let text = format!(
            "[traffic]\nhedge = {{ after = '50 ms', budget = {budget}, reserve = 1 }}\n[[traffic.source]]\n\
            kind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '30 ms'\n[[service]]\nreplicas = 2\nthreads = 4\n\
            cpus = 4\n[[fault]]\nkind = 'slow'\ntimes = 10\nreplica = 'app-1'\n[run]\nduration = '390 ms'"
        );
        let (engine, seen) = run(&model(&text), 1, Endings::default());
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        let times: Vec<u64> = seen.0.iter().map(|(_, _, us, _)| us / 1_000).collect();
        (times, world.hedges, world.hedges_held_back)
    };
    assert_eq!(seen("0.0"), (vec![180, 230], (1, 1), 1));
    assert_eq!(seen("0.5"), (vec![180, 230, 380], (2, 2), 0));
}

/// Before the trouble all is well; half a minute after it, nearly nothing is, and nothing changes any more. With a
/// budget for asking again, or with half the load for ten seconds, all is well at the end.
#[test]
fn metastable() {
    let text = preset::find("metastable").unwrap().text;
    let goodput = |text: &str, from: f64, to: f64| {
        let report = doorbuster::experiment::run(&model(text), 42);
        let points = report.series.points.iter().filter(|point| point.at_s > from && point.at_s <= to);
        let ok: u32 = points.map(|point| point.ended[Outcome::Ok as usize]).sum();
        f64::from(ok) / (to - from)
    };
    assert!(goodput(text, 5.0, 19.5) > 0.99 * 280.0);
    assert!(goodput(text, 60.0, 90.0) < 0.01 * 280.0);
    let budget = text.replace("tries = 2", "tries = 2\nbudget = 0.05");
    assert!(goodput(&budget, 60.0, 90.0) > 0.99 * 280.0);
    let less = "[[operation]]\nkind = 'rate'\nat = '40 s'\ntimes = 0.5\n\
        [[operation]]\nkind = 'rate'\nat = '50 s'\ntimes = 1\n";
    assert!(goodput(&format!("{text}{less}"), 60.0, 90.0) > 0.99 * 280.0);
}
