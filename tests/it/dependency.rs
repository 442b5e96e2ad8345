//! Stories of what replicas call: pools, limits, rows, caches, faults. Every time is worked out by hand.

use doorbuster::observe::{CallFailure, DependencyView, Outcome, Outcome::*, ReplicaView, Snapshot};
use doorbuster::scenario::{Model, Scenario, SourceModel};

use crate::support::{Endings, model, run};

/// Every call is somewhere, and no limit is passed.
pub fn keeps_the_laws(view: &DependencyView) -> Result<(), String> {
    let at = |text: &str| format!("{}: {text}", view.name);
    let failed: u64 = view.failed.iter().map(|(_, n)| n).sum();
    let known = view.answered + failed + view.abandoned + view.open;
    law(view.requests == known, &at("calls = answered + failed + abandoned + open"))?;
    law(
        view.in_use.value() <= u64::from(view.concurrency.unwrap_or(u32::MAX)),
        &at("more calls than its limit"),
    )?;
    let (open, most) = (view.connections.value(), u64::from(view.connections_limit.unwrap_or(u32::MAX)));
    law(open <= most, &at("more connections than its limit"))?;
    law(view.in_use.value() <= open, &at("a call without a connection"))?;
    law(!view.gone || open == 0, &at("a connection to nobody"))?;
    crate::broker::keeps_the_laws(view)
}

/// For nginx any answer is a success, also that of an error.
pub const fn is_answer(outcome: Outcome) -> bool {
    use Outcome::{DependencyFailed, ErrorResponse, LostUpdate, Ok, SessionLost, Shed, WorkerKilled};
    matches!(outcome, Ok | SessionLost | ErrorResponse | WorkerKilled | DependencyFailed | LostUpdate | Shed)
}

/// What sessions take in a replica's memory: each its part, and more where baskets grow.
pub fn baskets(model: &Model, view: &ReplicaView, each: u64) -> Result<(), String> {
    let (sessions, least) = (view.memory.sessions, u64::from(view.sessions) * each);
    let grow = |s: &SourceModel| s.session.as_ref().is_some_and(|session| session.basket.0 > 0);
    let grow = model.sources().iter().any(grow) && view.sessions > 0;
    law(sessions == least || grow && sessions > least, "memory of sessions")
}

/// Fails with the text unless `holds`.
pub fn law(holds: bool, text: &str) -> Result<(), String> {
    if holds { Result::Ok(()) } else { Err(text.to_owned()) }
}

/// The most events that a dependency and its calls can have.
pub fn events(view: &DependencyView) -> usize {
    2 + 2 * (view.open + view.in_use.value() + view.waiting.value()) as usize
}

/// Endings as (request, outcome, milliseconds), and the world at the end.
fn story(text: &str) -> (Vec<(u64, Outcome, f64)>, Snapshot) {
    let (engine, seen) = run(&model(text), 1, Endings::default());
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    (seen.0.into_iter().map(|(request, outcome, us, _)| (request, outcome, us as f64 / 1e3)).collect(), world)
}

/// `n` requests at 100 ms; one replica with ten threads unless `rest` says otherwise.
fn at_once(n: usize, steps: &str, rest: &str) -> String {
    let source = "[[traffic.source]]\nkind = 'even'\nrate = '10/s'\n[[traffic.source.profile]]\nfor = '150 ms'\n\
        [[traffic.source.profile]]\nfor = '1 s'\ntimes = 0\n";
    let service = if rest.contains("[[service]]") { "" } else { "[[service]]\nthreads = 10\n" };
    format!(
        "{}[[traffic.class]]\nsteps = [{steps}]\n{service}{rest}\n[run]\nduration = '5 s'\n",
        source.repeat(n)
    )
}

const CALL: &str = "{ kind = 'call', to = 'db' }";

fn failed(world: &Snapshot, place: usize, failure: CallFailure) -> u64 {
    let failed = &world.dependencies[place].failed;
    failed.iter().find(|(way, _)| *way == failure).map_or(0, |(_, n)| *n)
}

/// Calls of 40 ms. Four at 100 ms: without a limit all end at 140; one core is shared, 4 × 40 = 160 later; one at a
/// time they end at 140, 180, 220, 260; and with a pool of two, two by two at 140 and 180.
#[test]
fn calls_share_wait_and_queue() {
    let ends = |more: &str| {
        let (seen, world) = story(&at_once(4, CALL, &format!("[[dependency]]\ntime = '40 ms'\n{more}")));
        assert!(seen.iter().all(|(_, outcome, _)| *outcome == Ok), "{seen:?}");
        let db = &world.dependencies[0];
        assert_eq!((db.requests, db.answered, db.open, db.in_use.value()), (4, 4, 0, 0));
        seen.iter().map(|(_, _, at)| *at).collect::<Vec<_>>()
    };
    assert_eq!(ends(""), [140.0; 4]);
    assert_eq!(ends("cores = 1"), [260.0; 4]);
    assert_eq!(ends("concurrency = 1"), [140.0, 180.0, 220.0, 260.0]);
    assert_eq!(ends("[dependency.pool]\nsize = 2"), [140.0, 140.0, 180.0, 180.0]);
    // Each of four costs the others: three beyond the first, so 1 + 3 × 0.5 = 2.5 times 40 ms.
    assert_eq!(ends("contention = 0.5"), [200.0; 4]);
}

/// A pool of one, one more may wait, for 30 ms at most: of three at 100 ms the first is served to 140, the second gives
/// up waiting at 130, the third finds the queue full at once. Both answer with an error.
#[test]
fn a_pool_is_full_or_too_slow() {
    let pool = "[[dependency]]\ntime = '40 ms'\n[dependency.pool]\nsize = 1\nqueue = 1\ntimeout = '30 ms'";
    let (seen, world) = story(&at_once(3, CALL, pool));
    assert_eq!(seen, [(2, DependencyFailed, 100.0), (1, DependencyFailed, 130.0), (0, Ok, 140.0)]);
    assert_eq!(failed(&world, 0, CallFailure::PoolFull), 1);
    assert_eq!(failed(&world, 0, CallFailure::PoolTimeout), 1);
}

/// Three replicas in turn that keep a connection each to a database that takes two: the third gets none, ever, while
/// the others keep theirs idle. Nine requests: every third fails. With two replicas, or room for three connections,
/// none does.
#[test]
fn more_replicas_than_connections() {
    let text = |replicas: u32, connections: u32| {
        let service = format!("[[service]]\nreplicas = {replicas}\n");
        let db = format!(
            "[[dependency]]\ntime = '10 ms'\nconnections = {connections}\n[dependency.pool]\nsize = 1"
        );
        at_once(1, CALL, &(service + &db)).replace("for = '150 ms'", "for = '950 ms'")
    };
    let ok = |text: &str| {
        let (seen, world) = story(text);
        assert_eq!(seen.len(), 9);
        let ok = seen.iter().filter(|(_, outcome, _)| *outcome == Ok).count();
        (ok, failed(&world, 0, CallFailure::ConnectionLimit), world.dependencies[0].connections.value())
    };
    assert_eq!(ok(&text(3, 2)), (6, 3, 2));
    assert_eq!(ok(&text(2, 2)), (9, 0, 2));
    assert_eq!(ok(&text(3, 3)), (9, 0, 3));
}

/// A step of 20 ms at most on a call of 50 ms: it fails at 120; tried three times, at 160, and the database still works
/// on the first two then. When the request can do without it, it ends ok.
#[test]
fn calls_time_out_and_are_tried_again() {
    let db = "[[dependency]]\ntime = '50 ms'";
    let call = |more: &str| format!("{{ kind = 'call', to = 'db', timeout = '20 ms'{more} }}");
    assert_eq!(story(&at_once(1, &call(""), db)).0, [(0, DependencyFailed, 120.0)]);
    assert_eq!(story(&at_once(1, &call(", optional = true"), db)).0, [(0, Ok, 120.0)]);
    let (seen, world) = story(&at_once(1, &call(", tries = 3"), db));
    assert_eq!(seen, [(0, DependencyFailed, 160.0)]);
    let db = &world.dependencies[0];
    assert_eq!((db.requests, failed(&world, 0, CallFailure::Timeout), db.in_use.peak()), (3, 3, 3));
}

/// Calls of 30 and 50 ms: one after the other 80 ms, together 50 ms; a last step of 10 ms comes after both.
#[test]
fn calls_one_after_the_other_or_together() {
    let steps = "{ kind = 'call', to = 'db', time = '30 ms' }, { kind = 'call', to = 'db', time = '50 ms'X }, \
        { time = '10 ms' }";
    let at = |together: &str| story(&at_once(1, &steps.replace('X', together), "[[dependency]]")).0;
    assert_eq!(at(""), [(0, Ok, 190.0)]);
    assert_eq!(at(", together = true"), [(0, Ok, 160.0)]);
}

/// Three writes of 40 ms to one row at 100 ms. With a lock one after the other: 140, 180, 220. Without, all end at 140;
/// each had read the same, so the first to end counts and two are lost.
#[test]
fn writes_to_a_row_wait_or_are_lost() {
    let rows = "[[dependency]]\ntime = '40 ms'\nrows.count = 1";
    let write = "{ kind = 'write', to = 'db', lock = LOCK }";
    let (seen, _) = story(&at_once(3, &write.replace("LOCK", "true"), rows));
    assert_eq!(seen, [(0, Ok, 140.0), (1, Ok, 180.0), (2, Ok, 220.0)]);
    let (seen, world) = story(&at_once(3, &write.replace("LOCK", "false"), rows));
    assert_eq!(seen, [(0, Ok, 140.0), (1, LostUpdate, 140.0), (2, LostUpdate, 140.0)]);
    assert_eq!(world.dependencies[0].lost_updates, 2);
}

/// Poisson writes to one row, λ = 20/s, each w = 50 ms: λw/(1 + λw) = 1/2 are lost. 2,000 s, 40,000 writes, in cycles
/// of 100 ms: 20,000 of them, so the share is known to about 0.5/√20,000 = 0.0035; three times that.
#[test]
fn the_share_of_lost_updates() {
    let text = "[[traffic.source]]\nrate = '20/s'\n[[traffic.class]]\n\
        steps = [{ kind = 'write', to = 'db', lock = false }]\n\
        [[service]]\nthreads = 1000\n[[dependency]]\ntime = '50 ms'\nrows.count = 1\n[run]\nduration = '2000 s'";
    let (_, world) = story(text);
    let db = &world.dependencies[0];
    let share = db.lost_updates as f64 / db.answered as f64;
    assert!((share - 0.5).abs() < 0.0105, "{share}");
    assert_eq!(world.ledger.count(LostUpdate), db.lost_updates);
}

const CACHED: &str = "{ kind = 'call', to = 'cache' }";

/// A cache of one key in front of a database: 1 ms to look up, 40 ms to fetch. Three at 100 ms miss together and all
/// fetch: 141; or one does and the others wait for it, in as much time with a third of the queries.
#[test]
fn a_missing_key_is_fetched_by_all_or_by_one() {
    let cache = "[[dependency]]\nname = 'cache'\nkind = 'cache'\ntime = '1 ms'\n[dependency.cache]\nbehind = 'db'\n\
        ttl = '1 s'\nsingle_flight = SINGLE\n[dependency.cache.keys]\ncount = 1\n[[dependency]]\ntime = '40 ms'";
    for (single, queries) in [("false", 3), ("true", 1)] {
        let (seen, world) = story(&at_once(3, CACHED, &cache.replace("SINGLE", single)));
        assert_eq!(seen.iter().map(|(_, _, at)| *at).collect::<Vec<_>>(), [141.0; 3]);
        assert_eq!((world.dependencies[0].hits, world.dependencies[0].misses), (0, 3));
        assert_eq!(world.dependencies[1].requests, queries);
    }
    // One every 100 ms: fetched at 141 ms and kept to 1,141. So 200 … 1,100 hit, 1,200 misses again: 1,241.
    let more =
        at_once(1, CACHED, &cache.replace("SINGLE", "false")).replace("for = '150 ms'", "for = '1250 ms'");
    let (seen, world) = story(&more);
    assert_eq!((seen[0].2, seen[1].2, seen[10].2, seen[11].2), (141.0, 201.0, 1101.0, 1241.0));
    assert_eq!((world.dependencies[0].hits, world.dependencies[0].misses), (10, 2));
    // Flushed at 450 ms: 500 misses too, and its key is kept to 1,541.
    let flush = "[[fault]]\nat = '450 ms'\nkind = 'flush'\ndependency = 'cache'\n";
    let (seen, _) = story(&(more.clone() + flush));
    assert_eq!((seen[4].2, seen[5].2, seen[11].2), (541.0, 601.0, 1201.0));
    // Gone from 450 ms to 650 ms: 500 and 600 go to the database at once, 540 and 640; 700 finds the cache empty.
    let gone = "[[fault]]\nat = '450 ms'\nkind = 'gone'\ndependency = 'cache'\nfor = '200 ms'\n";
    let (seen, _) = story(&(more + gone));
    assert_eq!((seen[4].2, seen[5].2, seen[6].2, seen[7].2), (540.0, 640.0, 741.0, 801.0));
}

/// Half of the lookups hit: of 10,000, 5,000 with a standard deviation of 50.
#[test]
fn a_hit_ratio_is_kept() {
    let text = "[[traffic.source]]\nrate = '100/s'\n[[traffic.class]]\nsteps = [{ kind = 'call', to = 'cache' }]\n\
        [[service]]\nthreads = 1000\n[[dependency]]\nname = 'cache'\nkind = 'cache'\ncache.behind = 'db'\n\
        cache.hit_ratio = 0.5\n[[dependency]]\n[run]\nduration = '100 s'";
    let (_, world) = story(text);
    assert!(world.dependencies[0].hits.abs_diff(5_000) < 250, "{}", world.dependencies[0].hits);
    assert_eq!(world.dependencies[1].requests, world.dependencies[0].misses);
}

/// Calls of 100 ms, one every 100 ms from 100 ms on. Twice as slow from 150 to 250 ms: the call of 100 ms has 50 ms
/// left, and is done at 250; that of 200 ms has done 25 ms by 250 and is done at 325. Gone from 450 to 550: the call of
/// 400 breaks at 450, that of 500 fails at once, that of 600 is served.
#[test]
fn a_dependency_is_slow_and_gone() {
    let faults = "[[dependency]]\ntime = '100 ms'\n[[fault]]\nat = '150 ms'\nkind = 'slow'\ntimes = 2\n\
        dependency = 'db'\nfor = '100 ms'\n[[fault]]\nat = '450 ms'\nkind = 'gone'\ndependency = 'db'\nfor = '100 ms'";
    let text = at_once(1, CALL, faults).replace("for = '150 ms'", "for = '650 ms'");
    let (seen, world) = story(&text);
    let broken = |request, at| (request, DependencyFailed, at);
    let before = [(0, Ok, 250.0), (1, Ok, 325.0), (2, Ok, 400.0)];
    let after = [broken(3, 450.0), broken(4, 500.0), (5, Ok, 700.0)];
    assert_eq!(seen, [before, after].concat());
    assert_eq!(failed(&world, 0, CallFailure::Gone), 2);
}

/// A replica dies with a call in progress and one that waits for its only connection: the first goes on for nobody, to
/// 200 ms, and closes its connection then; the second goes with the replica.
#[test]
fn a_call_outlives_who_made_it() {
    let rest = "[[service]]\nthreads = 2\nrestart = 'no'\n[[dependency]]\ntime = '100 ms'\n[dependency.pool]\nsize = 1\n\
        [[fault]]\nat = '150 ms'\nreplica = 'app-1'";
    let at = |ms: u32| story(&at_once(2, CALL, rest).replace("'5 s'", &format!("'{ms} ms'"))).1;
    for (ms, in_use) in [(149, (1, 1, 1)), (199, (1, 1, 0)), (201, (0, 0, 0))] {
        let db = at(ms).dependencies.remove(0);
        assert_eq!((db.in_use.value(), db.connections.value(), db.waiting.value()), in_use, "{ms}");
    }
    let world = at(300);
    assert_eq!((world.ledger.count(ReplicaCrashed), world.dependencies[0].abandoned), (2, 2));
}

/// Calm up to ten calls a second, ten times as slow above. The tenth call is the last of the first kind.
#[test]
fn too_many_calls_a_second_slow_it_down() {
    let db = "[[dependency]]\ntime = '10 ms'\ncalm = '10/s'";
    let (seen, _) = story(&at_once(12, CALL, db).replace("threads = 10", "threads = 20"));
    let fast = seen.iter().filter(|(_, _, at)| *at == 110.0).count();
    assert_eq!((fast, seen[10].2, seen[11].2), (10, 200.0, 200.0));
}

/// What does not fit is said, with its place.
#[test]
fn dependencies_are_checked() {
    let text = "[[service]]\n[[traffic.class]]\nsteps = [{ kind = 'call', to = 'dp' }, { kind = 'write', to = 'cache' }, \
        { together = true }]\n[[dependency]]\n[[dependency]]\nname = 'cache'\nkind = 'cache'\ncache.behind = 'cache'\n\
        [[dependency]]\nname = 'app'\n[[fault]]\nkind = 'freeze'\ndependency = 'db'\n[[fault]]\nkind = 'gone'\n";
    let problems = Scenario::from_toml_str(text).unwrap().validate().unwrap_err().to_string();
    for part in [
        "steps[0].to: \"dp\" is no dependency; known: db, cache, app",
        "steps[1].to",
        "steps[2].together",
        "dependency[1].cache.behind",
        "dependency[2].name",
        "fault[0]",
        "fault[1].dependency",
    ] {
        assert!(problems.contains(part), "{part}\n{problems}");
    }
}
