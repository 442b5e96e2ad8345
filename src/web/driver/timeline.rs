//! A run that can go back: the engine, the changes made by hand, and clones of the past.
//!
//! Going back takes the nearest clone at or before the asked time and runs on from it. Changes made by hand
//! are made again at their times, so the same past comes back, event for event. A new change discards what
//! came after it.

use std::rc::Rc;

use super::latest::Latest;
use crate::algorithm::Explanation;
use crate::engine::pool::Why;
use crate::engine::{ChangeError, Engine, Pace};
use crate::observe::{EventLog, Probe, Recorder};
use crate::scenario::{Change, Model, TimedChange};
use crate::units::{SimDuration, SimTime};
use crate::web::live::Live;

/// The most clones kept. When they are all taken, every second one goes and the distance doubles.
const FORKS: usize = 40;
/// Distance between clones at first, in simulated time.
const FORK_EVERY: SimDuration = SimDuration::from_secs(2);
/// Events that are handled before the time is looked at again, where they cost little.
const CHUNK: u64 = 2_000;

/// Events that are handled before the time is looked at again, with so many replicas: many rules look at each of
/// them for each request.
const fn chunk(replicas: usize) -> u64 {
    let replicas = if replicas > 100 { replicas as u64 } else { 100 };
    100 * CHUNK / replicas
}

/// The world at a moment of the past.
pub(super) struct Fork {
    pub(super) engine: Engine,
    recorder: Recorder,
    log: EventLog,
    latest: Latest,
    pub(super) applied: usize,
}

/// The scores of a decision, and the rule.
pub(super) fn explanation(why: Why) -> Explanation {
    Explanation { scores: why.scores, because: why.because }
}

/// Everybody who listens for the page.
fn heard(live: &mut Live) -> ((&mut Recorder, &mut EventLog), &mut Latest) {
    ((&mut live.recorder, &mut live.log), &mut live.latest)
}

/// One type for all that hear: the engine is compiled once for the page, not once for each.
fn any(probe: &mut dyn Probe) -> &mut dyn Probe {
    probe
}

/// A run that can go back.
pub struct Timeline {
    pub(super) engine: Engine,
    end: SimTime,
    pub(super) made: Vec<TimedChange>,
    pub(super) applied: usize,
    forks: Vec<Fork>,
    every: SimDuration,
    furthest: SimTime,
}

impl Timeline {
    /// A run at time zero; `live` shows it.
    pub fn new(model: &Model, live: &mut Live) -> Self {
        let engine = Engine::new(model, model.seed());
        *live = Live {
            recorder: Recorder::new(model.window()),
            duration: model.duration(),
            client_timeout: model.client_timeout(),
            mean_demand: model.mean_demand(),
            latest: Latest::measured_from(SimTime::ZERO + model.warmup()),
            model: Some(Rc::new(model.clone())),
            looked_into: live.looked_into,
            ..Live::default()
        };
        let mut timeline = Self {
            engine,
            end: SimTime::ZERO + model.duration(),
            made: Vec::new(),
            applied: 0,
            forks: Vec::new(),
            every: FORK_EVERY,
            furthest: SimTime::ZERO,
        };
        // What happens at time zero has happened: the replicas are there.
        timeline.drain(live);
        timeline.show(live);
        timeline
    }

    /// Simulated time.
    pub const fn now(&self) -> SimTime {
        self.engine.now()
    }

    /// When the run ends.
    pub const fn end(&self) -> SimTime {
        self.end
    }

    /// The latest time that this run has been at since its last change by hand.
    pub const fn furthest(&self) -> SimTime {
        self.furthest
    }

    /// Changes made by hand up to now, in order.
    pub fn made(&self) -> &[TimedChange] {
        &self.made[..self.applied]
    }

    /// Fills `live` with the world as it is.
    pub fn show(&self, live: &mut Live) {
        self.engine.snapshot(&mut live.world);
        live.recorder.learn_names(&live.world);
        live.reached = self.furthest;
        live.digest = self.engine.digest();
        if live.looked_into {
            live.why = self.engine.why().map(explanation);
        }
        if live.changes.len() != self.engine.changes().len() {
            live.changes = self.engine.changes().to_vec();
        }
    }

    /// Runs to `until`, or as far as `more` allows; `more` is asked after every window and every few
    /// thousand events.
    pub fn run_until(&mut self, live: &mut Live, until: SimTime, mut more: impl FnMut() -> bool) -> Pace {
        let until = until.min(self.end);
        let chunk = chunk(live.world.replicas.len());
        while self.engine.now() < until {
            self.leg(live, until, chunk);
            if !more() {
                break;
            }
        }
        self.furthest = self.furthest.max(self.engine.now());
        if self.engine.now() < until { Pace::OutOfBudget } else { Pace::Reached }
    }

    /// One stretch: to the end of the window, to the next change to make again, or to `until`.
    fn leg(&mut self, live: &mut Live, until: SimTime, budget: u64) -> Pace {
        self.keep_first(live);
        let again = self.made.get(self.applied).map(|timed| timed.at);
        let window = live.recorder.window_end();
        let stop = until.min(window).min(again.unwrap_or(SimTime::NEVER));
        let pace = self.engine.run_until(stop, budget, &mut any(&mut heard(live)));
        if pace == Pace::Reached {
            if stop == window {
                self.engine.snapshot(&mut live.world);
                live.recorder.close(&live.world);
                if self.forks.last().is_none_or(|fork| stop >= fork.engine.now() + self.every) {
                    self.keep(live);
                }
            }
            while let Some(timed) = self.made.get(self.applied).filter(|timed| timed.at <= stop) {
                // It could be made the first time; the world is the same again.
                let _ = self.engine.apply(timed.change.clone(), &mut any(&mut heard(live)));
                self.applied += 1;
            }
        }
        pace
    }

    /// Keeps the world as it was at first: before anything happens, and not in the frame that makes the world.
    fn keep_first(&mut self, live: &Live) {
        if self.forks.is_empty() {
            self.keep(live);
        }
    }

    fn keep(&mut self, live: &Live) {
        if self.forks.len() >= FORKS {
            let mut place = 0;
            self.forks.retain(|_| {
                place += 1;
                place % 2 == 1
            });
            self.every = SimDuration(self.every.0.saturating_mul(2));
        }
        self.forks.push(Fork {
            engine: self.engine.clone(),
            recorder: live.recorder.clone(),
            log: live.log.clone(),
            latest: live.latest.clone(),
            applied: self.applied,
        });
    }

    /// The latest clone from before a moment.
    pub(super) fn fork_before(&self, at: SimTime) -> Option<&Fork> {
        self.forks.iter().rev().find(|fork| fork.engine.now() < at).or(self.forks.first())
    }

    /// The clones from before a moment, the oldest first.
    pub(super) fn forks_before(&self, at: SimTime) -> impl Iterator<Item = &Fork> {
        self.forks.iter().take_while(move |fork| fork.engine.now() < at || fork.engine.now() == SimTime::ZERO)
    }

    /// Goes back to the latest clone at or before `at`; [`Self::run_until`] does the rest.
    pub fn rewind(&mut self, live: &mut Live, at: SimTime) {
        let fork = self.forks.iter().rev().find(|fork| fork.engine.now() <= at).or(self.forks.first());
        if let Some(fork) = fork {
            self.engine = fork.engine.clone();
            live.recorder = fork.recorder.clone();
            live.log = fork.log.clone();
            live.latest = fork.latest.clone();
            self.applied = fork.applied;
        }
    }

    /// Handles what is left of this nanosecond.
    fn drain(&mut self, live: &mut Live) {
        let now = self.engine.now();
        while self.engine.run_until(now, CHUNK, &mut any(&mut heard(live))) == Pace::OutOfBudget {}
    }

    /// Makes a change now and records it; what came after now is discarded.
    ///
    /// # Errors
    /// When this world can't make it; nothing is discarded then.
    pub fn apply(&mut self, live: &mut Live, change: Change) -> Result<(), ChangeError> {
        let now = self.engine.now();
        self.keep_first(live);
        // The rest of this nanosecond comes first, as it will when the change is made again.
        self.drain(live);
        self.engine.apply(change.clone(), &mut any(&mut heard(live)))?;
        self.made.truncate(self.applied);
        self.made.push(TimedChange { at: now, change });
        self.applied += 1;
        self.forks.retain(|fork| fork.engine.now() < now || fork.engine.now() == SimTime::ZERO);
        self.furthest = now;
        self.show(live);
        Ok(())
    }

    /// Takes back the last change made by hand, and goes to before it; [`Self::run_until`] leads back to where
    /// the run was, without it. False when there is none.
    pub fn undo(&mut self, live: &mut Live) -> bool {
        let Some(last) = self.made().last().map(|timed| timed.at) else { return false };
        self.made.truncate(self.applied - 1);
        // Whoever was kept after it knows of it.
        self.forks.retain(|fork| fork.applied <= self.made.len());
        self.rewind(live, last);
        self.furthest = self.engine.now();
        self.show(live);
        true
    }

    /// Handles the next event; false when there is none before the end.
    pub fn step(&mut self, live: &mut Live) -> bool {
        let before = self.engine.digest();
        while self.engine.now() < self.end {
            self.leg(live, self.end, 1);
            if self.engine.digest() != before {
                break;
            }
        }
        self.furthest = self.furthest.max(self.engine.now());
        self.show(live);
        self.engine.digest() != before
    }

    /// Goes back to the last moment before now at which something happened.
    pub fn step_back(&mut self, live: &mut Live) {
        let here = self.engine.now();
        let mut from = here;
        while from > SimTime::ZERO {
            self.rewind(live, SimTime(from.0 - 1));
            from = self.engine.now();
            let mut last = None;
            while self.step(live) && self.engine.now() < here {
                last = Some(self.engine.now());
            }
            self.rewind(live, SimTime(from.0));
            if let Some(last) = last {
                let _ = self.run_until(live, last, || true);
                break;
            }
        }
        self.furthest = self.furthest.max(here);
        self.show(live);
    }
}
