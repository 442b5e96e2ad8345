//! One run: the engine driven window by window, its collectors fed, its report made.

use crate::engine::{Engine, Pace};
use crate::observe::{EventLog, Probe, Recorder, Snapshot};
use crate::report::{Collector, Ending, Report};
use crate::scenario::{Model, TimedChange};
use crate::units::SimTime;

/// A finished run: its report, and what charts and logs are made from.
#[derive(Debug, Clone)]
pub struct Run {
    /// The report; its series is the run as windows.
    pub report: Report,
    /// Notable events.
    pub log: EventLog,
    /// Names of replicas by index in the engine.
    pub names: Vec<String>,
    /// Changes made, in order.
    pub changes: Vec<TimedChange>,
}

/// Events between two calls of the progress function.
const CHUNK: u64 = 4_096 * 32;

/// Runs the model to its end and reports.
///
/// ```
/// use doorbuster::experiment::run;
/// use doorbuster::scenario::Scenario;
///
/// let text = "[[traffic.source]]\nrate = \"40/s\"\n[[service]]\n[run]\nduration = \"5 s\"\n";
/// let model = Scenario::from_toml_str(text)?.validate()?;
/// let report = run(&model, 42);
/// assert_eq!(report.duration_s, 5.0);
/// assert_eq!(report.digest, run(&model, 42).digest);
/// # Ok::<(), doorbuster::scenario::Invalid>(())
/// ```
#[must_use]
pub fn run(model: &Model, seed: u64) -> Report {
    run_with(model, seed, &mut (), &mut |_| ()).report
}

/// As [`run`], with a probe of the caller's own and a function that is shown the engine every so many events.
/// Neither can change the run.
#[must_use]
pub fn run_with(model: &Model, seed: u64, probe: &mut impl Probe, watch: &mut dyn FnMut(&Engine)) -> Run {
    let mut engine = Engine::new(model, seed);
    let (end, warmup) = (SimTime(model.duration().0), SimTime(model.warmup().0));
    let mut world = Snapshot::default();
    let mut collector = Collector::new(warmup);
    let mut recorder = Recorder::new(model.window());
    let mut log = EventLog::default();
    loop {
        let close_at = recorder.window_end().min(end);
        let next = if engine.now() < warmup { close_at.min(warmup) } else { close_at };
        let mut all = ((&mut collector, &mut recorder), (&mut log, &mut *probe));
        let pace = engine.run_until(next, CHUNK, &mut all);
        watch(&engine);
        if pace == Pace::OutOfBudget {
            continue;
        }
        engine.snapshot(&mut world);
        collector.look(&world);
        if pace != Pace::Reached {
            break;
        }
        if next == close_at {
            close(&mut recorder, &world);
        }
        if next == end {
            break;
        }
    }
    let (names, changes) = (engine.replica_names(), engine.changes().to_vec());
    let report = collector.report(&Ending {
        model,
        seed,
        world: &world,
        series: &recorder.series,
        log: &log,
        names: &names,
        changes: &changes,
        digest: engine.digest(),
    });
    Run { report, log, names, changes }
}

/// Closes a window. The last one may be cut short by the end of the run.
fn close(recorder: &mut Recorder, world: &Snapshot) {
    recorder.close(world);
    if let Some(point) = recorder.series.points.last_mut() {
        point.at_s = world.now.as_secs();
    }
}
