//! What happens to a process needs one that runs; what lies in the machine or its network does not.

use doorbuster::engine::Engine;
use doorbuster::observe::{ReplicaState, Snapshot};
use doorbuster::scenario::{Change, FaultKind, Scenario};
use doorbuster::units::SimTime;

/// Crashed at 20 s, backs off for 1 s, starts for 2 s: backing off until 21 s, starting until 23 s, ready then.
const ONE: &str = "[run]\nduration = '60 s'\n[[traffic.source]]\nrate = '5/s'\n[[traffic.class]]\ndemand = '10 ms'\n\
                   [[service]]\nstart_up = '2 s'\nrestart_delay = '1 s'";

fn state(engine: &Engine) -> (ReplicaState, bool) {
    let mut world = Snapshot::default();
    engine.snapshot(&mut world);
    (world.replicas[0].state, world.replicas[0].faults.frozen)
}

fn until(engine: &mut Engine, ms: u64) {
    engine.run_until(SimTime(ms * 1_000_000), u64::MAX, &mut ());
}

/// Whether it is done, or why not.
fn done(engine: &mut Engine, change: Change) -> Result<(), String> {
    engine.apply(change, &mut ()).map_err(|why| why.to_string())
}

fn crash() -> Change {
    Change::Crash { replica: "app-1".into() }
}

fn fault(fault: FaultKind) -> Change {
    let amount = if fault == FaultKind::Slow { 4.0 } else { 0.0 };
    Change::Break { replica: "app-1".into(), fault, amount }
}

#[test]
fn a_process_that_does_not_run_neither_dies_nor_hangs() {
    let model = Scenario::from_toml_str(ONE).unwrap().validate().unwrap();
    let mut engine = Engine::new(&model, 1);
    until(&mut engine, 20_000);
    assert_eq!(done(&mut engine, crash()), Ok(()));

    until(&mut engine, 20_500);
    let why = "app-1 does not run: it is backing off";
    for change in [crash(), fault(FaultKind::Freeze)] {
        assert_eq!(done(&mut engine, change), Err(why.to_owned()));
    }
    assert_eq!(state(&engine), (ReplicaState::BackingOff, false));
    for kind in [FaultKind::Slow, FaultKind::Partition] {
        assert_eq!(done(&mut engine, fault(kind)), Ok(()), "{kind:?} lies in the machine or its network");
    }
    assert_eq!(engine.changes().len(), 3, "what is refused is not recorded");

    until(&mut engine, 22_000);
    assert_eq!(done(&mut engine, fault(FaultKind::Freeze)), Ok(()));
    assert_eq!(state(&engine), (ReplicaState::Starting, true));
    until(&mut engine, 23_500);
    assert_eq!(state(&engine), (ReplicaState::Ready, true), "it hangs from its first moment");
    assert_eq!(done(&mut engine, crash()), Ok(()));
    assert!(!state(&engine).1, "a new process does not hang");
}

/// A plan passes over the hang of a process that is not there.
#[test]
fn a_plan_passes_it_over() {
    let plan = "\n[[fault]]\nat = '20 s'\nkind = 'crash'\nreplica = 'app-1'\n\
                [[fault]]\nat = '20.5 s'\nkind = 'freeze'\nreplica = 'app-1'";
    let model = Scenario::from_toml_str(&format!("{ONE}{plan}")).unwrap().validate().unwrap();
    let mut engine = Engine::new(&model, 1);
    until(&mut engine, 24_000);
    assert_eq!((state(&engine), engine.changes().len()), ((ReplicaState::Ready, false), 1));
}
