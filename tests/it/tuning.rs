//! Limits and settings that change while the world runs, and restarts by hand. Every time is worked out by hand.

use doorbuster::engine::Engine;
use doorbuster::observe::{Observation, Outcome, Outcome::*, ReplicaState};
use doorbuster::scenario::{Change, Scenario, Tunable};
use doorbuster::units::{ReplicaId, SimTime};

use crate::support::{Endings, Everything, model, run};

/// Requests at 100, 200 and 300 ms.
fn three(rest: &str) -> String {
    format!(
        "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.source.profile]]\nfor = '350 ms'\n\
         [[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n{rest}\n[run]\nduration = '1 s'"
    )
}

fn tune(at: &str, of: &str, what: &str, amount: f64) -> String {
    format!("[[operation]]\nat = '{at}'\nkind = 'tune'\nof = '{of}'\nwhat = '{what}'\namount = {amount:?}\n")
}

/// Requests with how they ended, and when in milliseconds.
fn ended(text: &str) -> Vec<(u64, Outcome, f64)> {
    let seen = run(&model(text), 1, Endings::default()).1;
    seen.0.into_iter().map(|(request, outcome, us, _)| (request, outcome, us as f64 / 1e3)).collect()
}

fn everything(text: &str) -> Vec<(u64, Observation)> {
    let seen = run(&model(text), 1, Everything::default()).1;
    seen.0.into_iter().map(|(now, seen)| (now.0 / 1_000_000, seen)).collect()
}

/// 80 ms of work on one core: 100 to 180. From 210 ms on half a core: request 1 has 70 of its 80 ms left, which take
/// 140, to 350; request 2 then takes 160, to 510. The same with a quota in periods: request 1 worked from 200 to 210;
/// the new quota of 50 ms holds at once, so it works to 260, stands to 300, has 20 left, 320; request 2 (came at 300)
/// works the other 30 of that period to 350, stands to 400, and works 50 to 450.
#[test]
fn a_quota_changes_for_those_inside() {
    let fluid = three(&format!(
        "[[traffic.class]]\ndemand = '80 ms'\n[[service]]\n{}",
        tune("210 ms", "app-1", "cpus", 0.5)
    ));
    assert_eq!(ended(&fluid), [(0, Ok, 180.0), (1, Ok, 350.0), (2, Ok, 510.0)]);
    let periods = fluid.replace("[[service]]", "[[service]]\ncpu_model = 'cfs'");
    assert_eq!(ended(&periods), [(0, Ok, 180.0), (1, Ok, 320.0), (2, Ok, 450.0)]);
}

/// 150 ms of work, a core for each. With one worker, request 1 waits from 200; at 220 a second one takes it: 370.
/// Request 2 finds one free at 300: 450. The other way round, two at first and one from 260 on: request 1 stays
/// (200 to 350), and request 2 waits for it: 350 to 500.
#[test]
fn workers_come_and_go() {
    let text = |workers: u32, tune: String| {
        three(&format!(
            "[[traffic.class]]\ndemand = '150 ms'\n[[service]]\ncpus = 4\nworkers = {workers}\n{tune}"
        ))
    };
    let more = ended(&text(1, tune("220 ms", "app", "workers", 2.0)));
    assert_eq!(more, [(0, Ok, 250.0), (1, Ok, 370.0), (2, Ok, 450.0)]);
    let fewer = ended(&text(2, tune("260 ms", "app", "workers", 1.0)));
    assert_eq!(fewer, [(0, Ok, 250.0), (1, Ok, 350.0), (2, Ok, 500.0)]);
}

/// 50 MiB of base and 10 for each request in service, and then a limit of 55 MiB, at 210 ms: both requests inside are
/// lost with the container. Less than the process itself needs is refused.
#[test]
fn a_memory_limit_below_what_is_used_kills() {
    let text = three(&format!(
        "[[traffic.class]]\ndemand = '150 ms'\n[[service]]\nrestart = 'no'\n\
         ram = {{ base = '50 MiB', request = '10 MiB' }}\n{}",
        tune("210 ms", "app-1", "memory", 57_671_680.0)
    ));
    assert_eq!(ended(&text)[..2], [(0, OutOfMemory, 210.0), (1, OutOfMemory, 210.0)]);
    let mut engine = Engine::new(&model(&text), 1);
    let change = Change::Tune { of: "app".into(), what: Tunable::Memory, amount: 2e7 };
    assert!(engine.apply(change, &mut ()).unwrap_err().to_string().contains("the process alone"));
}

/// 150 ms of work, two threads and cores. From 150 ms on the balancer has one in flight: request 1 waits in its queue
/// for request 0 (250), and request 2 for that (400): done at 400 and 550. A connection limit of 1 refuses instead.
#[test]
fn the_balancer_holds_back_more() {
    let text = three(
        "[[traffic.class]]\ndemand = '150 ms'\n[balancer]\nqueue = 5\n[[service]]\ncpus = 2\nthreads = 2",
    );
    let with = |what: &str| text.replace("[run]", &(tune("150 ms", "app", what, 1.0) + "[run]"));
    assert_eq!(ended(&with("max_connections")), [(0, Ok, 250.0), (1, Ok, 400.0), (2, Ok, 550.0)]);
    assert_eq!(ended(&with("connections"))[0], (1, NoFreeConnection, 200.0));
}

/// Class a takes 10 ms, b 50. Up to 250 ms all are a, then all are b; then a gets half of the requests. Who has all can
/// give nothing away by itself.
#[test]
fn the_mix_changes() {
    let text = three(&format!(
        "[[traffic.class]]\nname = 'a'\ndemand = '10 ms'\n[[traffic.class]]\nname = 'b'\nshare = 0\ndemand = '50 ms'\n\
         [[service]]\n{}",
        tune("250 ms", "b", "share", 1.0)
    ));
    assert_eq!(ended(&text), [(0, Ok, 110.0), (1, Ok, 210.0), (2, Ok, 350.0)]);
    let mut engine = run(&model(&text), 1, ()).0;
    let mut apply = |of: &str, amount: f64| {
        engine.apply(Change::Tune { of: of.into(), what: Tunable::Share, amount }, &mut ())
    };
    assert!(apply("b", 0.5).is_err() && apply("c", 0.5).is_err() && apply("a", 1.5).is_err());
    assert_eq!(apply("a", 0.5), Ok_(()));
}

use std::result::Result::Ok as Ok_;

/// app-1 hangs from the start and gets every second request. From 350 ms on it is checked every 100 ms: from 450 on,
/// three checks in a row take 1 s each and fail, with 100 ms between: ill at 3,650. From 4 s on nobody is checked, and
/// it gets requests again.
#[test]
fn checks_begin_and_end() {
    let text = format!(
        "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '1 ms'\n[[service]]\nreplicas = 2\n\
         [[fault]]\nkind = 'freeze'\nreplica = 'app-1'\n{}{}[run]\nduration = '5 s'",
        tune("350 ms", "", "check", 0.1),
        tune("4 s", "app", "check", 0.0)
    );
    let seen = everything(&text);
    let checked: Vec<(u64, bool)> = seen
        .iter()
        .filter_map(|(at, seen)| match seen {
            Observation::Checked { replica: ReplicaId(0), up, .. } => Some((*at, *up)),
            _ => None,
        })
        .collect();
    assert_eq!(checked, [(3_650, false)]);
    let given = |from: u64, to: u64| {
        let to_it = |seen: &&(u64, Observation)| {
            matches!(seen.1, Observation::Dispatched { replica: ReplicaId(0), .. })
        };
        seen.iter().filter(to_it).filter(|(at, _)| (from..to).contains(at)).count()
    };
    assert!(given(0, 3_650) > 10 && given(4_001, 5_000) > 3, "{} {}", given(0, 3_650), given(4_001, 5_000));
    assert_eq!(given(3_651, 4_000), 0);
}

/// Restarted at 220 ms, it finishes both requests that it has (250, 400), ends, and is ready again 100 ms later.
/// With `drain` off it drops them and is back at 320.
#[test]
fn a_replica_is_restarted_by_hand() {
    let text = three(
        "[[traffic.class]]\ndemand = '150 ms'\n[[service]]\nstart_up = '100 ms'\n\
         [[operation]]\nat = '220 ms'\nkind = 'restart'\nreplica = 'app-1'",
    );
    let states = |text: &str| -> Vec<(u64, ReplicaState)> {
        let states = everything(text).into_iter().filter_map(|(at, seen)| match seen {
            Observation::State { state, .. } if at > 0 => Some((at, state)),
            _ => None,
        });
        states.collect()
    };
    use ReplicaState::{BackingOff, Draining, Ready, Starting};
    assert_eq!(states(&text), [(220, Draining), (400, BackingOff), (400, Starting), (500, Ready)]);
    let seen = ended(&text);
    assert!(seen.contains(&(0, Ok, 250.0)) && seen.contains(&(1, Ok, 400.0)), "{seen:?}");
    let hard = text.replace("[run]", &(tune("210 ms", "app", "drain", 0.0) + "[run]"));
    assert_eq!(states(&hard), [(220, BackingOff), (220, Starting), (320, Ready)]);
    assert_eq!(ended(&hard)[..2], [(0, ReplicaCrashed, 220.0), (1, ReplicaCrashed, 220.0)]);
}

/// Every kind of tuning by hand, and the same again from the scenario that was written from it.
#[test]
fn what_was_tuned_by_hand_replays() {
    let scenario = Scenario::from_toml_str(include_str!("../../scenarios/shop.toml")).unwrap();
    let mut engine = Engine::new(&scenario.validate().unwrap(), 7);
    let service = scenario.service[0].name.clone();
    let class = scenario.traffic.class[0].name.clone();
    let amounts = [(Tunable::Cpus, 0.7), (Tunable::Memory, 3e9), (Tunable::Connections, 500.0)];
    let more = [(Tunable::Workers, 3.0), (Tunable::MaxConnections, 9.0), (Tunable::Drain, 0.0)];
    for (n, (what, amount)) in amounts.into_iter().chain(more).enumerate() {
        engine.run_until(SimTime(n as u64 * 700_000_000), u64::MAX, &mut ());
        engine.apply(Change::Tune { of: service.clone(), what, amount }, &mut ()).unwrap();
    }
    engine.apply(Change::Tune { of: class, what: Tunable::Share, amount: 1.0 }, &mut ()).unwrap();
    engine.apply(Change::Tune { of: String::new(), what: Tunable::Check, amount: 0.5 }, &mut ()).unwrap();
    engine.apply(Change::Restart { replica: format!("{service}-1") }, &mut ()).unwrap();
    let end = SimTime(10_000_000_000);
    engine.run_until(end, u64::MAX, &mut ());
    let replayed = scenario.replay(engine.changes());
    let mut again = Engine::new(&replayed.validate().unwrap(), 7);
    again.run_until(end, u64::MAX, &mut ());
    assert_eq!(again.digest(), engine.digest());
    assert_eq!(Scenario::from_toml_str(&replayed.to_toml()).unwrap(), replayed);
}

/// Whom it names and how much is checked before the run, with the place and what is allowed.
#[test]
fn what_can_not_be_tuned_is_said() {
    let check = |of: &str, what: &str, amount: f64| {
        let text =
            three(&format!("[[traffic.class]]\nname = 'a'\n[[service]]\n{}", tune("1 ms", of, what, amount)));
        Scenario::from_toml_str(&text)
            .unwrap()
            .validate()
            .map(|_| ())
            .map_err(|problems| problems.to_string())
    };
    for (of, what, amount, said) in [
        ("ap", "cpus", 1.0, "did you mean \"app\"?"),
        ("b", "share", 0.5, "no class of requests"),
        ("app-1", "check", 1.0, "no service"),
        ("app", "cpus", 0.0, "from 0.01 to 4096 cores"),
        ("app", "workers", 0.0, "from 1 to 10,000"),
    ] {
        let wrong = check(of, what, amount).unwrap_err();
        assert!(wrong.contains("operation[0]") && wrong.contains(said), "{wrong}");
    }
    assert_eq!(check("", "check", 1.0), Ok_(()));
    assert_eq!(check("a", "share", 1.0), Ok_(()));
}
