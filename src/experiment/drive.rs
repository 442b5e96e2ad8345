//! One run: the engine driven window by window, its collectors fed, its report made.

use crate::engine::{Engine, Pace};
use crate::observe::{EventLog, Probe, Quantiles, Recorder, Snapshot};
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
    /// Response times of the requests that are measured and ended ok, to be added to those of other runs.
    pub response: Quantiles,
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
    let mut runner = Runner::new(model, seed);
    loop {
        let over = runner.advance(CHUNK, probe);
        watch(&runner.engine);
        if over {
            return runner.finish(model);
        }
    }
}

/// A run that is made piece by piece, for those who have other things to do meanwhile: a page that draws.
#[derive(Debug, Clone)]
pub struct Runner {
    engine: Engine,
    seed: u64,
    end: SimTime,
    warmup: SimTime,
    world: Snapshot,
    collector: Collector,
    recorder: Recorder,
    log: EventLog,
}

impl Runner {
    /// A run of this model at time zero.
    #[must_use]
    pub fn new(model: &Model, seed: u64) -> Self {
        let warmup = SimTime(model.warmup().0);
        Self {
            engine: Engine::new(model, seed),
            seed,
            end: SimTime(model.duration().0),
            warmup,
            world: Snapshot::default(),
            collector: Collector::new(warmup).by_class(model),
            recorder: Recorder::new(model.window()),
            log: EventLog::default(),
        }
    }

    /// Goes on to the end of the window, or by at most `budget` events; true when the run is over.
    pub fn advance(&mut self, budget: u64, probe: &mut impl Probe) -> bool {
        let close_at = self.recorder.window_end().min(self.end);
        let next = if self.engine.now() < self.warmup { close_at.min(self.warmup) } else { close_at };
        let mut all = ((&mut self.collector, &mut self.recorder), (&mut self.log, &mut *probe));
        // Whoever hears, it is the same engine: it is compiled once, which halves the program for the page.
        let mut all: &mut dyn Probe = &mut all;
        let pace = self.engine.run_until(next, budget, &mut all);
        if pace == Pace::OutOfBudget {
            return false;
        }
        self.engine.snapshot(&mut self.world);
        self.collector.look(&self.world);
        if pace != Pace::Reached {
            return true;
        }
        if next == close_at {
            close(&mut self.recorder, &self.world);
        }
        next == self.end
    }

    /// How far it is.
    pub(super) fn now(&self) -> SimTime {
        self.engine.now()
    }

    /// The report of what has been run; `model` is the one that it began with.
    #[must_use]
    pub fn finish(self, model: &Model) -> Run {
        let (names, changes) = (self.engine.replica_names(), self.engine.changes().to_vec());
        let response = self.collector.response().clone();
        let report = self.collector.report(&Ending {
            model,
            seed: self.seed,
            world: &self.world,
            series: &self.recorder.series,
            log: &self.log,
            names: &names,
            changes: &changes,
            digest: self.engine.digest(),
        });
        Run { report, log: self.log, names, changes, response }
    }
}

/// Closes a window. The last one may be cut short by the end of the run.
fn close(recorder: &mut Recorder, world: &Snapshot) {
    recorder.close(world);
    if let Some(point) = recorder.series.points.last_mut() {
        point.at_s = world.now.as_secs();
    }
}
