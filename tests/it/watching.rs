//! How fronts watch their replicas, in tiny worlds without chance. Every time is worked out by hand.

use doorbuster::observe::{Observation, Outcome::*};
use doorbuster::scenario::Scenario;

use crate::support::{Endings, Everything, model, run};

/// Work of 30 ms every 100 ms from 100 ms on.
const TRAFFIC: &str =
    "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '30 ms'\n";

fn everything(text: &str) -> Everything {
    run(&model(text), 1, Everything::default()).1
}

/// Which replica got a request when, in milliseconds.
fn handed(text: &str) -> Vec<(u64, u32)> {
    let handed = |(now, seen): &(doorbuster::units::SimTime, Observation)| match seen {
        Observation::Dispatched { replica, .. } => Some((now.0 / 1_000_000, replica.0)),
        _ => None,
    };
    everything(text).0.iter().filter_map(handed).collect()
}

fn count(handed: &[(u64, u32)], replica: u32, from: u64, to: u64) -> usize {
    handed.iter().filter(|&&(at, to_whom)| to_whom == replica && (from..to).contains(&at)).count()
}

/// app-2 is down and app-3 a backup: all goes to app-1, until it dies at 250 ms. The request of 300 ms is refused there
/// and goes to app-3, and so do those after it: app-1 is left out for 10 s.
#[test]
fn a_backup_is_asked_when_nobody_else_is_there() {
    let text = format!(
        "{TRAFFIC}[[service]]\nreplicas = 3\nstart_up = '500 ms'\n[[service.replica]]\nnumber = 2\nmode = 'down'\n\
         [[service.replica]]\nnumber = 3\nbackup = true\n[[fault]]\nat = '250 ms'\nreplica = 'app-1'\n[run]\nduration = '1050 ms'"
    );
    let to: Vec<u32> = handed(&text).iter().map(|&(_, replica)| replica).collect();
    assert_eq!(to, [0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2]);
}

/// In turn 0 1 0 1; from 450 ms on app-1 drains and gets nothing new; from 850 ms on it takes part again. A weight of 0
/// has the same effect on the algorithm.
#[test]
fn a_draining_replica_gets_nothing_new() {
    for (off, on) in [("mode = 'drain'", "mode = 'ready'"), ("weight = 0", "weight = 1")] {
        let kind = off.split(' ').next().unwrap();
        let text = format!(
            "{TRAFFIC}[[service]]\nreplicas = 2\n\
             [[operation]]\nat = '450 ms'\nkind = '{kind}'\nreplica = 'app-1'\n{off}\n\
             [[operation]]\nat = '850 ms'\nkind = '{kind}'\nreplica = 'app-1'\n{on}\n[run]\nduration = '1050 ms'"
        );
        let to: Vec<u32> = handed(&text).iter().map(|&(_, replica)| replica).collect();
        assert_eq!(to[..8], [0, 1, 0, 1, 1, 1, 1, 1], "{off}");
        assert!(to[8..] == [0, 1] || to[8..] == [1, 0], "{off}: {to:?}");
    }
}

/// One session asks every 100 ms or so. While its replica drains, it stays there; a new session does not come there.
#[test]
fn sessions_stay_on_a_draining_replica() {
    let text = "[[traffic.source]]\nkind = 'users'\nusers = 1\nthink = '100 ms'\n[traffic.source.session]\nrequests = 1000\n\
        spread = 'constant'\nthink = '100 ms'\n[[traffic.class]]\ndemand = '10 ms'\n[[service]]\nreplicas = 2\n\
        [balancer]\nsticky = 'cookie'\n[[operation]]\nat = '1 s'\nkind = 'mode'\nreplica = 'app-1'\nmode = 'MODE'\n\
        [run]\nduration = '3 s'";
    let handed_with = |mode| handed(&text.replace("MODE", mode));
    assert!(handed_with("drain").iter().all(|&(_, replica)| replica == 0));
    let down = handed_with("down");
    assert!(count(&down, 0, 1_000, 3_000) == 0 && count(&down, 1, 1_000, 3_000) > 10);
}

/// A second replica comes at 1 s and grows to its weight in 1.6 s: k sixteenths in the k-th 100 ms, in which it gets
/// k/(16 + k) of the 10 requests. In 1.5 s those are Σ 10 k/(16 + k) = 46.6 of 150; without a slow start, 75.
#[test]
fn a_new_replica_grows_to_its_weight() {
    let text = |slow: &str| {
        format!(
            "[[traffic.source]]\nkind = 'even'\nrate = '100/s'\n[[traffic.class]]\ndemand = '1 ms'\n[[service]]\n\
             [balancer]\n{slow}\n[[operation]]\nat = '1 s'\nservice = 'app'\nreplicas = 2\n[run]\nduration = '4 s'"
        )
    };
    let seen = handed(&text("slow_start = '1600 ms'"));
    let first = count(&seen, 1, 1_000, 2_500);
    assert!((45..=48).contains(&first), "{first}");
    let after = count(&seen, 1, 2_500, 3_500);
    assert!((49..=51).contains(&after), "{after}");
    assert_eq!(count(&handed(&text("")), 1, 1_001, 2_501), 75);
}

/// Checks of app-1, every 200 ms, first after half of that: 100, 300 … At 1,000 ms it hangs: the check of 1,100
/// fails at 1,200, the next, of 1,400, at 1,500: off. It is well again at 3,000: the check of 2,900 has failed then;
/// those of 3,200 and 3,400 pass: back. The kernel accepts its connections all the while.
#[test]
fn checks_find_a_process_that_hangs() {
    let text = |kind: &str| {
        format!(
            "{TRAFFIC}[[service]]\nreplicas = 2\nthreads = 50\n[balancer]\nread_timeout = '50 ms'\nmax_fails = 0\n\
             [balancer.check]\nkind = '{kind}'\ninterval = '200 ms'\ntimeout = '100 ms'\nfall = 2\nrise = 2\n\
             [[fault]]\nat = '1 s'\nfor = '2 s'\nkind = 'freeze'\nreplica = 'app-1'\n[run]\nduration = '4 s'"
        )
    };
    let turned = |kind| {
        let of = |(now, seen): &(doorbuster::units::SimTime, Observation)| match seen {
            Observation::Checked { replica, up, .. } => Some((now.0 / 1_000_000, replica.0, *up)),
            _ => None,
        };
        everything(&text(kind)).0.iter().filter_map(of).collect::<Vec<_>>()
    };
    assert_eq!(turned("http"), [(1_500, 0, false), (3_400, 0, true)]);
    assert_eq!(turned("connect"), []);
    let to = handed(&text("http"));
    assert_eq!((count(&to, 0, 1_501, 3_400), count(&to, 0, 3_401, 4_001) > 1), (0, true));
}

/// app-1 answers everything with an error: a check on a path of its own passes, one that does what requests do fails.
#[test]
fn a_check_can_pass_while_requests_fail() {
    let text = |kind: &str| {
        format!(
            "{TRAFFIC}[[service]]\nreplicas = 2\n[balancer.check]\nkind = '{kind}'\ninterval = '200 ms'\nfall = 1\n\
             [[fault]]\nkind = 'errors'\nshare = 1.0\nreplica = 'app-1'\n[run]\nduration = '3 s'"
        )
    };
    let errors = |kind| {
        let (_, seen) = run(&model(&text(kind)), 1, Endings::default());
        seen.0.iter().filter(|(_, outcome, ..)| *outcome == ErrorResponse).count()
    };
    // Of 30 requests in turn 15; and before the first check, at 100 ms, the one that came at that moment.
    assert_eq!((errors("http"), errors("deep")), (15, 1));
}

/// The only worker of app-1 is busy for 1 s with each of its requests: a check of 100 ms fails under load alone.
#[test]
fn a_check_times_out_under_load() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '4/s'\n[[traffic.class]]\ndemand = '1 s'\n[[service]]\nreplicas = 2\n\
        [balancer.check]\ninterval = '200 ms'\ntimeout = '100 ms'\nfall = 1\n[run]\nduration = '3 s'";
    let failed = everything(text)
        .0
        .iter()
        .filter(|(_, seen)| matches!(seen, Observation::Checked { up: false, .. }))
        .count();
    assert!(failed > 1, "{failed}");
}

/// Requests in turn to three; app-1 fails those of 100, 400, 700, 1,000 and 1,300 ms, and has answered the fifth 30 ms
/// later. It is ejected for 1 s, until the next full second after 2,330 ms. With Envoy's 10 % of three nobody is.
#[test]
fn five_errors_in_a_row_eject() {
    let text = |percent: u32| {
        format!(
            "{TRAFFIC}[[service]]\nreplicas = 3\n[balancer]\nproduct = 'envoy'\n[balancer.ejection]\nbase = '1 s'\ninterval = '1 s'\n\
             most_percent = {percent}\n[[fault]]\nkind = 'errors'\nshare = 1.0\nreplica = 'app-1'\n[run]\nduration = '3900 ms'"
        )
    };
    let to = handed(&text(34));
    assert_eq!(
        to.iter().filter(|(_, r)| *r == 0).map(|(at, _)| *at).take(5).collect::<Vec<_>>(),
        [100, 400, 700, 1_000, 1_300]
    );
    assert_eq!(count(&to, 0, 1_301, 3_000), 0);
    assert_eq!(count(&to, 0, 3_000, 3_900), 3);
    assert_eq!(count(&handed(&text(10)), 0, 0, 3_900), 13);
}

/// Both replicas hang, and their checks know it from 200 and 300 ms on: nobody can be asked. Envoy then asks all.
#[test]
fn when_too_few_are_well_all_are_asked() {
    let text = |product: &str| {
        format!(
            "{TRAFFIC}[[service]]\nreplicas = 2\nthreads = 50\n[balancer]\nproduct = '{product}'\nread_timeout = '50 ms'\n\
             [balancer.check]\ninterval = '200 ms'\ntimeout = '100 ms'\nfall = 1\nrise = 1\n\
             [[fault]]\nat = '110 ms'\nkind = 'freeze'\nreplica = 'app-1'\n[[fault]]\nat = '110 ms'\nkind = 'freeze'\nreplica = 'app-2'\n\
             [run]\nduration = '1950 ms'"
        )
    };
    let last = |product| run(&model(&text(product)), 1, Endings::default()).1.0.last().unwrap().1;
    assert_eq!((last("haproxy"), last("envoy")), (NoHealthyReplica, ReadTimeout));
}

/// Scaled from 1 to 5 at 1 s: a name that was resolved at the start still means app-1, until the reload of 3 s. A name
/// that is resolved every 2 s means all five from 2 s on; discovery knows them at once.
#[test]
fn names_are_resolved_when_they_are() {
    let text = |how: &str| {
        format!(
            "{TRAFFIC}[[service]]\n[balancer]\n{how}\n[[operation]]\nat = '1 s'\nservice = 'app'\nreplicas = 5\n\
             [[operation]]\nat = '3050 ms'\nkind = 'reload'\n[run]\nduration = '5 s'"
        )
    };
    for (how, from) in
        [("discovery = false", 3_050), ("discovery = false\nresolve_every = '2050 ms'", 2_050), ("", 1_001)]
    {
        let to = handed(&text(how));
        assert!(to.iter().all(|&(at, replica)| replica == 0 || at >= from), "{how}");
        // From then on in turn: within 500 ms, each gets one.
        let each: Vec<usize> = (0..5).map(|replica| count(&to, replica, from, from + 500)).collect();
        assert_eq!(each, [1; 5], "{how}");
    }
}

/// Both replicas hang. A GET is tried on both, 50 ms each; what must not be done twice, once.
#[test]
fn what_must_not_be_done_twice_is_not() {
    let text = |class: &str, balancer: &str| {
        format!(
            "{TRAFFIC}{class}\n[[service]]\nreplicas = 2\nthreads = 50\n[balancer]\nread_timeout = '50 ms'\nmax_fails = 0\n{balancer}\n\
             [[fault]]\nkind = 'freeze'\nreplica = 'app-1'\n[[fault]]\nkind = 'freeze'\nreplica = 'app-2'\n[run]\nduration = '199 ms'"
        )
    };
    let first =
        |class, balancer| run(&model(&text(class, balancer)), 1, Endings::default()).1.0.first().copied();
    assert_eq!(first("", ""), None);
    assert_eq!(first("idempotent = false", ""), Some((0, ReadTimeout, 150_000, 1)));
    assert_eq!(first("", "next_on = ['error']"), Some((0, ReadTimeout, 150_000, 1)));
    let both = "next_on = ['timeout', 'non_idempotent']";
    assert_eq!(first("idempotent = false", both), None);
}

/// HAProxy tries a server that refuses once more after 1 s, as often as `retries` says.
#[test]
fn haproxy_tries_again_as_often_as_it_is_told() {
    let text = |retries: u32| {
        format!(
            "{TRAFFIC}[[service]]\nrestart = 'no'\n[balancer]\nproduct = 'haproxy'\ndiscovery = false\nretries = {retries}\n\
             [[fault]]\nat = '50 ms'\nreplica = 'app-1'\n[run]\nduration = '5 s'"
        )
    };
    for retries in [0, 1, 3] {
        let (_, seen) = run(&model(&text(retries)), 1, Endings::default());
        let end = 100_000 + u64::from(retries) * 1_000_000;
        assert_eq!(seen.0[0], (0, ConnectionRefused, end, retries + 1));
    }
}

#[test]
fn what_can_t_be_is_told() {
    let problems = |text: &str| {
        let text = format!("{TRAFFIC}[[service]]\nname = 'app'\n{text}");
        Scenario::from_toml_str(&text).unwrap().validate().map(|_| ()).unwrap_err().to_string()
    };
    for (text, words) in [
        ("[balancer]\nresolve_every = '1 s'", "balancer.resolve_every: needs discovery = false"),
        ("weight = 1000\n[balancer]\nslow_start = '1 s'", "balancer.slow_start: goes with weights up to 256"),
        ("[balancer.check]\ninterval = '1 ms'", "balancer.check.interval: is 1 ms; must be at least 10 ms"),
        ("[[service.replica]]\nbackup = true\n[balancer]\nalgorithm = 'nginx.ip_hash'", "takes no backups"),
        ("[[service.replica]]\nname = 'app-2'", "\"app-2\" is the name of two replicas"),
    ] {
        let problems = problems(text);
        assert!(problems.contains(words), "{problems}");
    }
}
