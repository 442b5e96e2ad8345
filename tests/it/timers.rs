//! Timers that are taken back are gone: what is scheduled is bounded by what is alive.

use doorbuster::engine::Engine;
use doorbuster::scenario::Scenario;
use doorbuster::units::SimTime;

/// Every request has a client's time-out, a hedge, a balancer's time-out and a worker's, all of an hour, and leaves a
/// connection that is idle for up to an hour. 500 a second for 60 s are 30,000 requests: some 150,000 timers that never
/// fire. With 500 / s x 10 ms = 5 requests on their way, at most 5 events for each, 64 idle connections, four replicas,
/// a source and a handful of standing events, 1,000 are plenty.
#[test]
fn dead_timers_never_pile_up() {
    let text = "schema = 1\nname = \"timers\"\n[traffic]\ntimeout = \"1 h\"\nhedge = { after = \"1 h\" }\n\
                [[traffic.source]]\nrate = \"500/s\"\n[[traffic.class]]\ndemand = \"exponential 10 ms\"\n\
                [balancer]\nread_timeout = \"1 h\"\n[network]\nkeep_alive = { connections = 64, idle = \"1 h\" }\n\
                [[service]]\nname = \"app\"\nreplicas = 4\ncpus = 4\nworkers = 16\nworker_timeout = \"1 h\"\n\
                [run]\nduration = \"60 s\"\n";
    let model = Scenario::from_toml_str(text).unwrap().validate().unwrap();
    let mut engine = Engine::new(&model, 7);
    for second in 1..=60 {
        engine.run_until(SimTime(second * 1_000_000_000), u64::MAX, &mut ());
        let (events, requests) = engine.held();
        assert!(requests < 150 && events < 1_000, "{second} s: {events} events, {requests} requests");
    }
    assert!(engine.ledger().offered() > 29_000);
}
