//! Bodies, methods and pages that need no session, in tiny worlds without chance. Every time is worked out by hand.

use doorbuster::observe::{DOTS, Outcome, Outcome::*, ReplicaView, Snapshot};
use doorbuster::scenario::{Method, Scenario};

use crate::dependency::law;
use crate::support::{Endings, model, run};

/// The law: the bodies in a replica's memory are those of the requests that are inside.
pub fn held(view: &ReplicaView, body: impl Fn(u64) -> u64) -> Result<(), String> {
    let inside = || view.running_dots.iter().chain(&view.parked_dots).chain(&view.waiting_dots);
    let all_shown =
        [&view.running_dots, &view.parked_dots, &view.waiting_dots].iter().all(|d| d.len() < DOTS);
    let sum: u64 = inside().map(|dot| body(dot.request)).sum();
    law(!all_shown || view.memory.bodies == sum, "memory of bodies")
}

/// How each request ended: number, outcome, milliseconds, attempts; and the world at the end.
fn story(text: &str) -> (Vec<(u64, Outcome, u64, u32)>, Snapshot) {
    let (engine, seen) = run(&model(text), 1, Endings::default());
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    (seen.0.into_iter().map(|(request, how, us, tries)| (request, how, us / 1_000, tries)).collect(), world)
}

/// Uploads of 10 MiB and 100 ms at 100, 120 and 140 ms on one worker; the process has 60 MiB.
fn uploads(until_ms: u64, rest: &str) -> String {
    format!(
        "[[traffic.source]]\nkind = 'trace'\ntrace = \"\"\"\n0.1\n0.12\n0.14\"\"\"\n[[traffic.class]]\n\
         method = 'POST'\nbody = '10 MiB'\ndemand = '100 ms'\n[[service]]\n{rest}\n[run]\nduration = '{until_ms} ms'"
    )
}

/// They are served from 100 to 200, 200 to 300 and 300 to 400 ms: at 130 ms two are inside, at 150 three, one of
/// them in service, at 250 two, at 350 one, and at 450 none. Kept connections change nothing.
#[test]
fn a_body_is_held_while_its_request_waits_and_is_served() {
    for rest in ["", "[network]\nkeep_alive = {}"] {
        for (until, bodies) in [(90, 0), (110, 1), (130, 2), (150, 3), (250, 2), (350, 1), (450, 0)] {
            let memory = story(&uploads(until, rest)).1.replicas[0].memory;
            assert_eq!((memory.bodies, memory.total()), (bodies * (10 << 20), (60 + bodies * 10) << 20));
        }
    }
}

/// With 85 MiB there is room for two. The third needs 90 at 140 ms: the kernel kills the container, and all three
/// are lost. With 90 MiB there is room for all.
#[test]
fn bodies_that_wait_can_be_too_much() {
    let tight = story(&uploads(450, "memory = '85 MiB'\nrestart = 'no'"));
    let lost = |request| (request, OutOfMemory, 140, 1);
    let mut ends = tight.0;
    ends.sort_by_key(|end| end.0);
    assert_eq!(ends, [lost(0), lost(1), lost(2)]);
    assert_eq!((tight.1.replicas[0].oom_kills, tight.1.replicas[0].memory.total()), (1, 0));
    let ok = |request, at| (request, Ok, at, 1);
    assert_eq!(story(&uploads(450, "memory = '90 MiB'")).0, [ok(0, 200), ok(1, 300), ok(2, 400)]);
}

/// A request of 1 s at 100 ms, and replicas that are given up after 150 ms. A GET goes on to the second replica at
/// 250 ms and fails there at 400; a POST has been sent, and fails at 250. What `idempotent` says comes before the
/// method.
#[test]
fn what_a_method_does_twice() {
    let end = |class: &str| {
        let text = format!(
            "[[traffic.source]]\nkind = 'trace'\ntrace = '0.1'\n[[traffic.class]]\ndemand = '1 s'\n{class}\n\
             [[service]]\nreplicas = 2\n[balancer]\nproduct = 'nginx'\nread_timeout = '150 ms'\n\
             [run]\nduration = '600 ms'"
        );
        story(&text).0
    };
    for method in Method::ALL {
        let (repeats, word) = (!matches!(method, Method::Post | Method::Patch), method.word());
        let (twice, once) = ([(0, ReadTimeout, 400, 2)], [(0, ReadTimeout, 250, 1)]);
        assert_eq!(end(&format!("method = '{word}'")), if repeats { twice } else { once }, "{word}");
        assert_eq!(end(&format!("method = '{word}'\nidempotent = true")), twice, "{word}");
        assert_eq!(end(&format!("method = '{word}'\nidempotent = false")), once, "{word}");
    }
}

/// One session: the login at 1,000 ms takes 10 ms, the user thinks for 100 ms before each further request, of 10
/// ms too: pictures at 1,110, and the logout at 1,220. `page` is added to the class of pictures.
fn visit(page: &str, rest: &str) -> String {
    format!(
        "[[traffic.source]]\nkind = 'even'\nrate = '1/s'\n[traffic.source.session]\nrequests = 3\nspread = 'constant'\n\
         think = '100 ms'\nbasket = '1 MiB'\nlogin = 'login'\nlogout = 'logout'\n\
         [[traffic.class]]\nname = 'login'\nshare = 0\ndemand = '10 ms'\n\
         [[traffic.class]]\nname = 'logout'\nshare = 0\ndemand = '10 ms'\n\
         [[traffic.class]]\nname = 'picture'\ndemand = '10 ms'\n{page}\n\
         [[service]]\nrestart_delay = '10 ms'\n{rest}"
    )
}

/// The replica crashes at 1,050 ms and is back at 1,060, without the session. Pictures that need none come all the
/// same at 1,120 ms, and the logout at 1,230 finds the session gone; pictures that need it find that themselves.
#[test]
fn a_page_that_needs_no_session_is_there_when_the_session_is_gone() {
    let crash = "[[fault]]\nkind = 'crash'\nat = '1.05 s'\nreplica = 'app-1'\n[run]\nduration = '1.9 s'";
    let login = (0, Ok, 1_010, 1);
    let free = story(&visit("session = false", crash));
    assert_eq!(free.0, [login, (1, Ok, 1_120, 1), (2, SessionLost, 1_230, 1)]);
    assert_eq!(story(&visit("", crash)).0, [login, (1, SessionLost, 1_120, 1)]);
    assert_eq!((free.1.sessions_started, free.1.sessions_lost), (1, 1));
}

/// At 1,150 ms the session of 64 KiB has grown by 1 MiB, unless the pictures have nothing to do with it.
#[test]
fn a_page_that_needs_no_session_leaves_the_basket_alone() {
    let sessions = |page| story(&visit(page, "[run]\nduration = '1.15 s'")).1.replicas[0].memory.sessions;
    assert_eq!((sessions("session = false"), sessions("")), (64 << 10, (64 << 10) + (1 << 20)));
}

/// The session is in a store that takes 30 ms: it is asked at the login, which ends at 1,040 ms, and at the
/// logout, which is asked at 1,250 ms (1,140 and 10 ms for pictures, and 100 of thinking) and ends at 1,290.
#[test]
fn a_page_that_needs_no_session_asks_no_store() {
    let store = "sessions = 'store'\nstore = 'redis'\n[[dependency]]\nname = 'redis'\nkind = 'store'\ntime = '30 ms'\n\
                 [run]\nduration = '1.9 s'";
    let ends = story(&visit("session = false", store)).0;
    assert_eq!(ends, [(0, Ok, 1_040, 1), (1, Ok, 1_150, 1), (2, Ok, 1_290, 1)]);
}

#[test]
fn a_login_needs_the_session() {
    let text = visit("", "").replace("name = 'login'", "name = 'login'\nsession = false");
    let scenario = Scenario::from_toml_str(&text).expect("it can be read");
    let problems = scenario.validate().expect_err("it is refused").to_string();
    let said = "traffic.source[0].session.login: is \"login\", a class that needs no session";
    assert!(problems.contains(said), "{problems}");
}
