//! A plain world does the same by the way that asks nothing and by the general one.

use super::super::{Engine, Pace};
use crate::algorithm::CATALOG;
use crate::observe::Snapshot;
use crate::rng::{Purpose, Stream};
use crate::scenario::{Change, Scenario};
use crate::units::SimTime;

fn one<'a>(stream: &mut Stream, of: &[&'a str]) -> &'a str {
    of[stream.below(of.len() as u32) as usize]
}

/// A random world of sources, balancers and replicas that share their CPU, with tight limits, and what happens to it.
fn world(stream: &mut Stream) -> String {
    let mut of = |choice: &[&'static str]| one(stream, choice);
    let source = of(&[
        "rate = \"90/s\"",
        "rate = \"300/s\"",
        "rate = \"50/s\"\n[[traffic.source]]\nrate = \"70/s\"\n[[traffic.source]]\nkind = \"users\"\nusers = 9",
        "kind = \"users\"\nusers = 40\nthink = \"exponential 80 ms\"",
        "rate = \"40/s\"\n[traffic.source.session]\nrequests = 4\nthink = \"exponential 30 ms\"",
    ]);
    let demand = of(&["exponential 20 ms", "10 ms", "uniform 0 ms to 40 ms"]);
    let timeout = of(&["", "timeout = \"80 ms\"", "timeout = \"300 ms\""]);
    let gives_up = of(&["work_goes_on", "work_stops"]);
    let delay = of(&["", "delay = \"3 ms\"", "delay = \"exponential 2 ms\""]);
    let replicas = of(&["1", "2", "5"]);
    let (cpus, workers, threads) = (of(&["1", "0.5", "2"]), of(&["1", "3"]), of(&["1", "4", "50"]));
    let (backlog, start) = (of(&["0", "3", "1000"]), of(&["", "start_up = \"200 ms\"", "cold = \"x3\""]));
    let most = of(&[
        "",
        "max_connections = 2\nqueue = 3",
        "max_connections = 4\nqueue = 50\nqueue_timeout = \"50 ms\"",
    ]);
    let reads = of(&["", "read_timeout = \"40 ms\"", "delay = \"1 ms\"", "tries = 1\nmax_fails = 2"]);
    let more = of(&[
        "",
        "instances = 2",
        "sticky = \"cookie\"",
        "stale = \"100 ms\"",
        "instances = 3\nshared = true",
    ]);
    let fault =
        of(&["", "[[fault]]\nat = \"1 s\"\nkind = \"slow\"\nreplica = \"app-1\"\nfor = \"500 ms\"\n"]);
    let crash = of(&["", "[[fault]]\nat = \"2 s\"\nkind = \"crash\"\nreplica = \"app-1\"\n"]);
    let freeze =
        of(&["", "", "[[fault]]\nat = \"3 s\"\nkind = \"freeze\"\nreplica = \"app-1\"\nfor = \"300 ms\"\n"]);
    let scale =
        of(&["", "[[operation]]\nat = \"1500 ms\"\nkind = \"scale\"\nservice = \"app\"\nreplicas = 3\n"]);
    let limit = of(&["", "", "connections = 4", "files = 3", "shed_above = 3", "worker_timeout = \"90 ms\""]);
    let quota = of(&["", "cpu_model = \"cfs\""]);
    let memory = of(&["", "memory = \"90 MiB\"", "memory = \"90 MiB\"\nram = { request = \"8 MiB\" }"]);
    let steps = of(&["", "", "steps = [{ time = \"5 ms\" }, { kind = \"wait\", time = \"9 ms\" }]"]);
    let client = of(&[
        "",
        "retry = { tries = 3, budget = 0.3 }",
        "hedge = { after = \"40 ms\" }",
        "clients = { addresses = 9, nat_share = 0.5 }",
        "retry = { tries = 2 }\nhedge = { after = \"30 ms\", budget = 0.5 }",
    ]);
    let rate = of(&["", "[[operation]]\nat = \"2500 ms\"\nkind = \"rate\"\ntimes = \"x3\"\n"]);
    let algorithm = CATALOG[stream.below(CATALOG.len() as u32) as usize].name;
    format!(
        "schema = 1\nname = \"plain\"\n[traffic]\n{timeout}\n{client}\non_give_up = \"{gives_up}\"\n{delay}\n\
         [[traffic.source]]\n{source}\n[[traffic.class]]\ndemand = \"{demand}\"\n{steps}\n\
         [[service]]\nname = \"app\"\nreplicas = {replicas}\ncpus = {cpus}\nworkers = {workers}\nthreads = {threads}\n\
         backlog = {backlog}\n{start}\n{limit}\n{quota}\n{memory}\nsessions = \"none\"\n\
         [balancer]\nalgorithm = \"{algorithm}\"\n{most}\n{reads}\n{more}\n{fault}{crash}{freeze}{scale}{rate}\
         [run]\nduration = \"4 s\"\n"
    )
}

/// The run, by the general way from the start or not; and whether it still is plain in the end.
fn run(scenario: &Scenario, seed: u64, general: bool) -> (Engine, bool) {
    let model = scenario.validate().unwrap();
    let mut engine = Engine::new(&model, seed);
    engine.plain &= !general;
    for (at, change) in [
        (700, Change::Rate { times: 0.5 }),
        (1_200, Change::Crash { replica: "app-1".into() }),
        (2_200, Change::Algorithm { name: "random".into(), params: vec![] }),
        (2_800, Change::Sticky { on: true }),
    ] {
        assert_eq!(engine.run_until(SimTime(at * 1_000_000), u64::MAX, &mut ()), Pace::Reached);
        // What this world can't do is refused in both.
        let _ = engine.apply(change, &mut ());
    }
    let _ = engine.run_until(SimTime(4_000_000_000), u64::MAX, &mut ());
    let plain = engine.plain;
    (engine, plain)
}

#[test]
fn the_plain_way_and_the_general_one_are_the_same() {
    let mut stream = Stream::new(11, Purpose::Faults, 0);
    let (mut worlds, mut to_the_end, mut served) = (0, 0, 0);
    while worlds < 300 {
        let text = world(&mut stream);
        let scenario = Scenario::from_toml_str(&text).unwrap();
        // Some algorithms refuse a queue, or need one; some ask replicas, which is not plain.
        if !scenario.validate().is_ok_and(|model| Engine::new(&model, 0).plain) {
            continue;
        }
        worlds += 1;
        let seen = |general| {
            let (engine, plain) = run(&scenario, worlds, general);
            let mut world = Snapshot::default();
            engine.snapshot(&mut world);
            let told = (engine.digest(), engine.now(), *engine.ledger(), world.replicas, engine.held());
            (told, plain)
        };
        let ((general, _), (plain, stays)) = (seen(true), seen(false));
        assert_eq!(plain, general, "{text}");
        to_the_end += u64::from(stays);
        served += plain.2.offered();
    }
    // The comparison is of something: most stay plain, and there is traffic.
    assert!(to_the_end > 100 && served > 100_000, "{to_the_end} {served}");
}

/// Planned errors end the plain way in the middle of a budget; none of it is lost.
#[test]
fn a_budget_is_a_budget_where_the_way_changes() {
    let text = "schema = 1\nname = \"plain\"\n[[traffic.source]]\nrate = \"100/s\"\n[[service]]\nname = \"app\"\n\
                [[fault]]\nat = \"1 s\"\nkind = \"errors\"\nreplica = \"app-1\"\nfor = \"1 s\"\n";
    let model = Scenario::from_toml_str(text).unwrap().validate().unwrap();
    let (mut one, mut all) = (Engine::new(&model, 3), Engine::new(&model, 3));
    let last = (0..600).map_while(|_| one.step(&mut ())).last().unwrap();
    assert!(all.plain && last > SimTime(2_000_000_000), "{last:?}");
    let _ = all.run_until(last, 600, &mut ());
    assert_eq!((all.digest(), all.now(), all.plain), (one.digest(), one.now(), false));
}
