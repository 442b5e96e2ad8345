//! Tiny worlds without chance. Every time is worked out by hand in the comment.

use doorbuster::observe::{Observation, Outcome, Outcome::*, ReplicaState, Snapshot};
use doorbuster::units::{SimDuration, SimTime};

use crate::support::{Endings, Everything, model, run};

/// Endings as (request, outcome, milliseconds).
fn endings(text: &str) -> Vec<(u64, Outcome, f64)> {
    let model = model(text);
    let (_, seen) = run(&model, 1, Endings::default());
    seen.0.into_iter().map(|(request, outcome, us, _)| (request, outcome, us as f64 / 1e3)).collect()
}

/// A request every 100 ms from 100 ms on, 30 ms of work each, one core: each ends 30 ms after it came.
#[test]
fn an_idle_replica_takes_as_long_as_the_work() {
    let seen = endings(
        "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '30 ms'\n[[service]]\n[run]\nduration = '350 ms'",
    );
    assert_eq!(seen, [(0, Ok, 130.0), (1, Ok, 230.0), (2, Ok, 330.0)]);
}

/// Every 100 ms, 150 ms of work, one worker: the n-th starts when the one before ends.
/// 0: 100 to 250. 1: comes 200, 250 to 400. 2: comes 300, 400 to 550.
#[test]
fn one_worker_serves_in_order() {
    let seen = endings(
        "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '150 ms'\n[[service]]\n[run]\nduration = '560 ms'",
    );
    assert_eq!(seen, [(0, Ok, 250.0), (1, Ok, 400.0), (2, Ok, 550.0)]);
}

/// The same with two threads on one core. 0 is alone from 100 to 200 (100 ms done, 50 left), shares with 1 until it
/// is done: 50 left at half speed, 300. 1 has then had 50 of 150. 2 comes at 300 and shares with 1: 1 has 100 left,
/// done at 500; 2 has then had 100, and 3 (came 400, waited for a thread) starts at 500. 2 has 50 left: 600.
#[test]
fn two_threads_share_the_core() {
    let seen = endings(
        "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '150 ms'\n[[service]]\nthreads = 2\n[run]\nduration = '610 ms'",
    );
    assert_eq!(seen, [(0, Ok, 300.0), (1, Ok, 500.0), (2, Ok, 600.0)]);
}

/// Half a core: 30 ms of work take 60 ms.
#[test]
fn a_quota_stretches_the_work() {
    let seen = endings(
        "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '30 ms'\n[[service]]\ncpus = 0.5\n[run]\nduration = '170 ms'",
    );
    assert_eq!(seen, [(0, Ok, 160.0)]);
}

/// Delays: 5 ms client to balancer, 2 ms balancer to replica, there and back: 100 + 5 + 2 + 30 + 2 + 5 = 144 ms.
#[test]
fn the_network_takes_its_time_both_ways() {
    let seen = endings(
        "[traffic]\ndelay = '5 ms'\n[balancer]\ndelay = '2 ms'\n[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '30 ms'\n[[service]]\n[run]\nduration = '150 ms'",
    );
    assert_eq!(seen, [(0, Ok, 144.0)]);
}

/// A client waits 200 ms; the work of 150 ms goes on for those who left.
/// 0: 100 to 250 ok. 1: comes 200, in service from 250, would end at 400; leaves at 400: equal times, and its
/// patience was scheduled first (at 200), so it gives up. 2: comes 300, leaves at 500, in service 400 to 550.
/// 3: comes 400, leaves at 600. Where the work stops with the client, 2 starts at 400 too, and nothing changes until
/// 500, when 2 goes and 3 (came 400) starts: it would end at 650 and leaves at 600.
#[test]
fn clients_give_up_and_the_work_goes_on() {
    let text = "[traffic]\ntimeout = '200 ms'\non_give_up = 'WORK'\n[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '150 ms'\n[[service]]\n[run]\nduration = '610 ms'";
    let gave_up = |n, at| (n, ClientGaveUp, at);
    for work in ["work_goes_on", "work_stops"] {
        let seen = endings(&text.replace("WORK", work));
        assert_eq!(seen, [(0, Ok, 250.0), gave_up(1, 400.0), gave_up(2, 500.0), gave_up(3, 600.0)], "{work}");
    }
}

/// One worker, a backlog of 0, which holds one: of five requests within 500 ms, the first is in service for 1 s from
/// 100 ms on, the second waits, the third (300 ms) is dropped and tries again 1 s later, at 1,300 ms: the second has
/// been in service since 1,100 and the place in the backlog is free. It ends at 2,100 + 1,000. The fourth (400 ms) and
/// fifth (500 ms) are dropped, come again at 1,400 and 1,500, are dropped again, and at 2,400: the fourth finds the
/// place free (the third has been in service since 2,100), and the fifth, at 2,500, does not: connect timeout 2.2 s
/// after its hand-over, 2,700.
#[test]
fn a_full_backlog_drops_without_a_word() {
    let seen = endings(
        "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.source.profile]]\nfor = '500 ms'\n[[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n\
         [balancer]\nconnect_timeout = '2200 ms'\n[[traffic.class]]\ndemand = '1 s'\n[[service]]\nbacklog = 0\n[run]\nduration = '5 s'",
    );
    let expected =
        [(0, Ok, 1100.0), (1, Ok, 2100.0), (4, BacklogOverflow, 2700.0), (2, Ok, 3100.0), (3, Ok, 4100.0)];
    assert_eq!(seen, expected);
}

/// One worker busy for an hour with the first of three requests, and a backlog that holds the second: the third, of
/// 300 ms, sends its last SYN at 67.3 s, and the kernel gives up at 131.3 s, whatever the connect timeout. It never was
/// inside the replica.
#[test]
fn the_kernel_gives_up_connecting() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.source.profile]]\nfor = '300 ms'\n\
        [[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n[balancer]\nconnect_timeout = 'never'\nread_timeout = 'never'\n\
        [[traffic.class]]\ndemand = '1h'\n[[service]]\nbacklog = 0\n[run]\nduration = '200 s'";
    let (_, seen) = run(&model(text), 1, Everything::default());
    let ended = seen.0.iter().filter_map(|(now, seen)| match seen {
        Observation::AttemptEnded { request, outcome, sojourn, .. } => {
            Some((*request, *outcome, now.0 / 1_000_000, *sojourn))
        }
        _ => None,
    });
    assert_eq!(ended.collect::<Vec<_>>(), [(2, BacklogOverflow, 131_300, SimDuration::ZERO)]);
}

/// Two replicas in turn, a limit of one request in flight each, a queue of one: 0 and 1 are in service until 1,100
/// and 1,200, 2 waits and goes to the first at 1,100, 3 finds the queue full at 400, 4 at 500.
#[test]
fn the_balancer_queues_at_its_limit() {
    let seen = endings(
        "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.source.profile]]\nfor = '500 ms'\n[[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n\
         [balancer]\nmax_connections = 1\nqueue = 1\n[[traffic.class]]\ndemand = '1 s'\n[[service]]\nreplicas = 2\n[run]\nduration = '3 s'",
    );
    assert_eq!(
        seen,
        [(3, QueueFull, 400.0), (4, QueueFull, 500.0), (0, Ok, 1100.0), (1, Ok, 1200.0), (2, Ok, 2100.0)]
    );
}

/// Round robin over app-1 and app-2. app-1 is killed at 150 ms with request 0 inside, which nginx then tries on app-2,
/// where it runs from 150 to 250; 1 (200 ms) is due on app-2 by turn, waits for 0, and ends at 350. app-1 is
/// left out (one failure): 2 (300 ms) goes to app-2 too, 350 to 450. app-1 starts again 100 ms after its death, but
/// the balancer does not ask it before 11 s.
#[test]
fn a_crash_is_tried_elsewhere_and_left_out() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '100 ms'\n[[service]]\nreplicas = 2\n[[fault]]\nat = '150 ms'\nreplica = 'app-1'\n[run]\nduration = '460 ms'";
    let model = model(text);
    let (engine, seen) = run(&model, 1, Everything::default());
    let ended = seen.0.iter().filter_map(|(now, seen)| match seen {
        Observation::Ended { request, outcome, attempts, .. } => {
            Some((*request, *outcome, now.0 / 1_000_000, *attempts))
        }
        _ => None,
    });
    let ended: Vec<_> = ended.collect();
    assert_eq!(ended, [(0, Ok, 250, 2), (1, Ok, 350, 1), (2, Ok, 450, 1)]);
    let states = seen.0.iter().filter_map(|(now, seen)| match seen {
        Observation::State { replica, state } if replica.0 == 0 => Some((now.0 / 1_000_000, *state)),
        _ => None,
    });
    use ReplicaState::{BackingOff, Created, Ready};
    assert_eq!(states.collect::<Vec<_>>(), [(0, Created), (0, Ready), (150, BackingOff), (250, Ready)]);
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    assert!(!world.replicas[0].eligible && world.replicas[1].eligible && world.replicas[0].restarts == 1);
}

/// 100 MiB, of which 60 are the process: each session takes 20. Logins end at 130, 230 and 330 ms; the third would
/// make 120 MiB, so the replica is killed with it and two sessions.
#[test]
fn sessions_fill_the_memory_until_the_kernel_kills() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\nsession = { requests = 2, spread = 'constant', think = '60 s' }\n\
        [[traffic.class]]\ndemand = '30 ms'\n[[service]]\nmemory = '100 MiB'\nram = { session = '20 MiB' }\n[run]\nduration = '340 ms'";
    let model = model(text);
    let (engine, seen) = run(&model, 1, Everything::default());
    let died = seen.0.iter().find_map(|(now, seen)| match seen {
        Observation::Died { requests, sessions, back_at, .. } => {
            Some((now.0 / 1_000_000, *requests, *sessions, *back_at))
        }
        _ => None,
    });
    assert_eq!(died, Some((330, 1, 3, Some(SimTime(430_000_000)))));
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    assert_eq!((world.sessions_started, world.sessions_alive, world.sessions_lost), (3, 0, 3));
    assert_eq!((world.ledger.count(OutOfMemory), world.replicas[0].oom_kills), (1, 1));
}

/// Two replicas in turn, no stickiness: the login is on app-1, the next request on app-2, which does not know the
/// user. With a cookie it goes back to app-1.
#[test]
fn a_session_is_lost_on_the_wrong_replica() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '1/s'\nsession = { requests = 2, spread = 'constant', think = '100 ms' }\n\
        [balancer]\nsticky = 'STICKY'\n[[traffic.class]]\ndemand = '30 ms'\n[[service]]\nreplicas = 2\n[run]\nduration = '1500 ms'";
    assert_eq!(endings(&text.replace("STICKY", "none")), [(0, Ok, 1030.0), (1, SessionLost, 1160.0)]);
    assert_eq!(endings(&text.replace("STICKY", "cookie")), [(0, Ok, 1030.0), (1, Ok, 1160.0)]);
}

/// A replica that keeps sessions forgets one that is idle for 200 ms, and its user, who thinks for 300 ms, is logged
/// out. Where nothing is kept, nothing is forgotten.
#[test]
fn only_what_is_kept_is_forgotten() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = '1/s'\n\
        session = { requests = 3, spread = 'constant', think = '300 ms', expiry = '200 ms' }\n\
        [[traffic.class]]\ndemand = '30 ms'\n[[service]]\nsessions = 'KEPT'\n[run]\nduration = '1900 ms'";
    let world = |kept: &str| {
        let (engine, seen) = run(&model(&text.replace("KEPT", kept)), 1, Endings::default());
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        let endings = seen.0.into_iter().map(|(_, outcome, us, _)| (outcome, us / 1_000));
        (endings.collect::<Vec<_>>(), world.sessions_lost)
    };
    assert_eq!(world("memory"), (vec![(Ok, 1_030), (SessionLost, 1_360)], 1));
    assert_eq!(world("none"), (vec![(Ok, 1_030), (Ok, 1_360), (Ok, 1_690)], 0));
}

/// Three users, no think time, one worker, 100 ms of work: a closed loop. All ask at once at 0; they end at 100, 200,
/// 300, and each asks again at once: one end every 100 ms from then on.
#[test]
fn closed_users_wait_for_their_answers() {
    let seen = endings(
        "[[traffic.source]]\nkind = 'users'\nusers = 3\n[[traffic.class]]\ndemand = '100 ms'\n[[service]]\n[run]\nduration = '510 ms'",
    );
    let times: Vec<f64> = seen.iter().map(|(_, _, at)| *at).collect();
    assert_eq!(times, [100.0, 200.0, 300.0, 400.0, 500.0]);
}

/// Handed over at 100 ms, at the replica at 120, done at 150, and its answer would be at the balancer at 170: the
/// client leaves at 160. The attempt has ended once, well; the request has not.
#[test]
fn a_client_leaves_while_its_answer_is_on_the_way() {
    let text = "[traffic]\ntimeout = '60 ms'\n[balancer]\ndelay = '20 ms'\n[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n\
        [[traffic.class]]\ndemand = '30 ms'\n[[service]]\n[run]\nduration = '190 ms'";
    let (_, seen) = run(&model(text), 1, Everything::default());
    let ended = seen.0.iter().filter_map(|(now, seen)| match seen {
        Observation::AttemptEnded { outcome, .. } => Some(("attempt", now.0 / 1_000_000, *outcome)),
        Observation::Ended { outcome, .. } => Some(("request", now.0 / 1_000_000, *outcome)),
        _ => None,
    });
    assert_eq!(ended.collect::<Vec<_>>(), [("attempt", 150, Ok), ("request", 160, ClientGaveUp)]);
}

/// As in the crash before, but for ever: app-1 dies at 1,050 ms with request 0 inside, which app-2 answers. It runs
/// again from 1,150 ms on and is never asked: each of the 30 requests ends well, 29 of them at the first attempt.
#[test]
fn a_replica_is_left_out_for_ever() {
    let text = "[balancer]\nfail_timeout = 'never'\n[[traffic.source]]\nkind = 'even'\nrate = '1/s'\n[[traffic.class]]\n\
        demand = '100 ms'\n[[service]]\nreplicas = 2\n[[fault]]\nat = '1050 ms'\nreplica = 'app-1'\n[run]\nduration = '30.5 s'";
    let (engine, seen) = run(&model(text), 1, Everything::default());
    assert_eq!(engine.ledger().count(Ok), 30);
    let on = |id| {
        seen.0.iter().filter(
            move |(_, seen)| matches!(seen, Observation::Dispatched { replica, .. } if replica.0 == id),
        )
    };
    assert_eq!((on(0).count(), on(1).count()), (1, 30));
}

/// Every 100 ms: 100. At 150 ms the rate doubles, with half of the gap to the next arrival over: the other half takes
/// 25 ms, so 175, and then every 50 ms.
#[test]
fn a_change_of_rate_keeps_what_is_left_of_the_gap() {
    let seen = endings(
        "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '0 s'\n[[service]]\n\
         [[operation]]\nat = '150 ms'\nkind = 'rate'\ntimes = 2\n[run]\nduration = '300 ms'",
    );
    let times: Vec<f64> = seen.iter().map(|(_, _, at)| *at).collect();
    assert_eq!(times, [100.0, 175.0, 225.0, 275.0]);
}

/// HAProxy with one connection to each server: app-1 is busy with request 0 from 100 to 400 ms, 1 and 2 wait, and
/// app-2, which joins at 250 ms, has weight 0: it takes none of them.
#[test]
fn weight_0_takes_nobody_from_the_queue() {
    let text = "[balancer]\nproduct = 'haproxy'\nmax_connections = 1\nqueue = 9\n[[traffic.source]]\nkind = 'even'\n\
        rate = '10/s'\n[[traffic.class]]\ndemand = '300 ms'\n[[service]]\n[[service.replica]]\nnumber = 2\nweight = 0\n\
        [[operation]]\nat = '250 ms'\nkind = 'scale'\nservice = 'app'\nreplicas = 2\n[run]\nduration = '900 ms'";
    let (engine, _) = run(&model(text), 1, ());
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    assert_eq!(world.replicas.iter().map(|view| view.attempts).collect::<Vec<_>>(), [3, 0]);
}

/// One queue holds what the only replica could take: request 0 is there from 100 ms on, 1 waits from 200 ms on. At 250
/// the rule changes, and 1 goes there at once, also where who waits is only handed to who becomes free.
#[test]
fn another_algorithm_asks_who_waits() {
    let text = "[balancer]\nproduct = 'PRODUCT'\nalgorithm = 'shared_queue'\nqueue = 9\n[[traffic.source]]\nkind = 'even'\n\
        rate = '10/s'\n[[traffic.class]]\ndemand = '1 s'\n[[service]]\nthreads = 9\n\
        [[operation]]\nat = '250 ms'\nkind = 'algorithm'\nalgorithm = 'round_robin'\n[run]\nduration = '260 ms'";
    for product in ["nginx", "haproxy"] {
        let (engine, _) = run(&model(&text.replace("PRODUCT", product)), 1, ());
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        assert_eq!(world.replicas[0].attempts, 2, "{product}");
    }
}

/// Two users who do not think, and nobody to ask: each is turned away at once and asks again 1 ms later. Requests at
/// 0, 1, 2 and 3 ms.
#[test]
fn time_goes_on_where_nobody_answers() {
    let seen = endings(
        "[[traffic.source]]\nkind = 'users'\nusers = 2\n[[service]]\nreplicas = 0\n[run]\nduration = '3 ms'",
    );
    let times: Vec<f64> = seen.iter().map(|(_, _, at)| *at).collect();
    assert_eq!(times, [0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0]);
    assert!(seen.iter().all(|(_, outcome, _)| *outcome == NoHealthyReplica));
}

/// Three replicas publish 8080: one of them runs, one is refused, and there Compose stops, so that one is never
/// started. All 10 requests go to the one that holds the port.
#[test]
fn three_replicas_want_one_host_port() {
    let text = "[traffic]\nport = 8080\n[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.class]]\ndemand = '30 ms'\n\
        [[service]]\nname = 'api'\nreplicas = 3\nports = ['8080:80']\n[run]\nduration = '1050 ms'";
    let model = model(text);
    let (engine, seen) = run(&model, 1, Everything::default());
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    let mut states: Vec<_> = world.replicas.iter().map(|replica| replica.state.name()).collect();
    states.sort_unstable();
    assert_eq!(states, ["created", "not_started", "ready"]);
    assert_eq!(world.ledger.count(Ok), 10);
    let refused = seen
        .0
        .iter()
        .filter(|(_, seen)| matches!(seen, Observation::BindFailed { port: 8080, docker: true, .. }));
    assert_eq!(refused.count(), 1);
    assert_eq!((world.ports[0].port, world.ports[0].refused.len()), (8080, 1));
}

/// One worker, one request, 150 ms of work; its client waits 100 ms and asks three times, 50 and then 100 ms after it
/// has lost its patience: at 1,000, 1,150 and 1,350 ms. What it has left runs on until 1,150 and then 1,300 ms, so each
/// try begins at once, and none is done in time. One request, given up at 1,450 ms, after three attempts.
#[test]
fn a_client_asks_again_and_the_old_work_goes_on() {
    let text = "[traffic]\ntimeout = '100 ms'\nretry = { tries = 3, back_off = 'exponential', delay = '50 ms' }\n\
        [[traffic.source]]\nkind = 'even'\nrate = '1/s'\n[[traffic.class]]\ndemand = '150 ms'\n[[service]]\n[run]\nduration = '1900 ms'";
    let (engine, seen) = run(&model(text), 1, Endings::default());
    assert_eq!(seen.0, [(0, ClientGaveUp, 1_450_000, 3)]);
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    // Nobody wanted the three answers, but the replica has worked for 450 ms.
    assert_eq!((world.ledger.offered(), world.retries, world.attempts), (1, 2, 3));
    assert_eq!(world.replicas[0].cpu_used.0, 450_000_000);
}

/// The only replica dies at 1,010 ms with the request inside: 502. Its client asks again 50 ms later and is refused
/// (502), and another 50 ms later, at 1,110, when the replica has just started again: 30 ms of work, 1,140 ms. Where
/// clients ask again only after a timeout, the first 502 is the end.
#[test]
fn a_client_asks_again_after_an_error() {
    let text = "[traffic]\nretry = { tries = 3, delay = '50 ms', on = ['WHEN'] }\n\
        [[traffic.source]]\nkind = 'even'\nrate = '1/s'\n[[traffic.class]]\ndemand = '30 ms'\n[[service]]\n\
        [[fault]]\nat = '1010 ms'\nreplica = 'app-1'\n[run]\nduration = '1900 ms'";
    let seen = |when| run(&model(&text.replace("WHEN", when)), 1, Endings::default()).1.0;
    assert_eq!(seen("server_error"), [(0, Ok, 1_140_000, 3)]);
    assert_eq!(seen("timeout"), [(0, ReplicaCrashed, 1_010_000, 1)]);
}

/// Nobody there: each try fails at once. The budget begins with one try and gets half of one for each request: the
/// requests 0, 2 and 4 are asked again, 1 and 3 are not.
#[test]
fn a_budget_limits_further_tries() {
    let text = "[traffic]\nretry = { tries = 2, budget = 0.5, reserve = 1 }\n[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n\
        [[service]]\nreplicas = 0\n[run]\nduration = '550 ms'";
    let (_, seen) = run(&model(text), 1, Everything::default());
    let again = seen.0.iter().filter_map(|(_, seen)| match seen {
        Observation::Retried { request, .. } => Some(*request),
        _ => None,
    });
    assert_eq!(again.collect::<Vec<_>>(), [0, 2, 4]);
}

/// A recording: its times, its work where it says so, else 10 ms. At twice the speed everything comes in half the time.
#[test]
fn a_recording_is_played_as_it_was() {
    let text = "[[traffic.source]]\nkind = 'trace'\ntrace = \"\"\"\ntime,demand\n0.1,30 ms\n0.1,20 ms\n0.4\n\"\"\"\nPROFILE\n\
        [[traffic.class]]\ndemand = '10 ms'\n[[service]]\n[run]\nduration = '1 s'";
    assert_eq!(endings(&text.replace("PROFILE", "")), [(0, Ok, 130.0), (1, Ok, 150.0), (2, Ok, 410.0)]);
    let fast = text.replace("PROFILE", "profile = [{ for = '1 s', times = 2 }]");
    assert_eq!(endings(&fast), [(0, Ok, 80.0), (1, Ok, 100.0), (2, Ok, 210.0)]);
}

/// Ten requests by three replicas, chosen by nginx from the address. All clients behind one NAT: one replica gets
/// everything; each with an address of its own: more than one does.
#[test]
fn a_nat_is_a_hot_spot_for_an_address_hash() {
    let text = "[traffic]\nCLIENTS\n[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[balancer]\nalgorithm = 'nginx.ip_hash'\n\
        [[traffic.class]]\ndemand = '10 ms'\n[[service]]\nreplicas = 3\n[run]\nduration = '1050 ms'";
    let used = |clients| {
        let (engine, _) = run(&model(&text.replace("CLIENTS", clients)), 1, ());
        let mut world = Snapshot::default();
        engine.snapshot(&mut world);
        assert_eq!(world.ledger.count(Ok), 10);
        world.replicas.iter().filter(|replica| replica.answered > 0).count()
    };
    assert_eq!(used("clients = { nat_share = 1 }"), 1);
    assert!(used("") > 1);
}
