//! "Is the difference real?": more runs with other seeds, made between frames.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use crate::experiment::{Arm, Comparison, Runner, Samples};
use crate::web::browser;
use crate::web::shell::Shell;
use crate::web::state::Racer;

/// Real seconds of a frame that the runs may take: less while the page also plays.
const SHARE_PLAYING: f64 = 0.003;
const SHARE_PAUSED: f64 = 0.011;
/// Events between two looks at the clock.
const CHUNK: u64 = 4_000;
/// Real seconds between two renderings of what is known.
const SHOW: f64 = 0.5;

/// What is known so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Trials {
    /// The comparison of the runs that are done, when there are any.
    pub comparison: Option<Rc<Comparison>>,
    /// Runs done under each setting.
    pub done: u32,
    /// Runs wanted.
    pub wanted: u32,
    /// Seed of the first.
    pub seed: u64,
}

/// Runs on their way.
pub struct Job {
    arms: Vec<Arm>,
    samples: Samples,
    current: Option<Runner>,
    shown: u32,
    since: f64,
}

impl Job {
    /// Every lane as an arm.
    #[must_use]
    pub fn new(racers: &[Racer], seed: u64) -> Self {
        let arm = |racer: &Racer| {
            racer.scenario.validate().ok().map(|model| Arm { name: racer.name.clone(), model })
        };
        let arms: Vec<Arm> = racers.iter().filter_map(arm).collect();
        let samples = Samples::new(&arms, seed);
        Self { arms, samples, current: None, shown: 0, since: 0.0 }
    }

    /// Goes on until `wanted` runs are done or `more` says no.
    pub fn work(&mut self, wanted: u32, more: impl Fn() -> bool) {
        while self.done() < wanted && !self.arms.is_empty() {
            let (place, seed) = self.samples.next();
            let model = &self.arms[place].model;
            let mut runner = self.current.take().unwrap_or_else(|| Runner::new(model, seed));
            if runner.advance(CHUNK, &mut ()) {
                self.samples.add(&runner.finish(model).report);
            } else {
                self.current = Some(runner);
            }
            if !more() {
                break;
            }
        }
    }

    /// Runs done under each setting.
    #[must_use]
    pub fn done(&self) -> u32 {
        self.samples.replications() as u32
    }
}

/// Makes the runs while the page is open, and says what is known.
#[hook]
pub fn use_trials(shell: &Shell, wanted: u32) -> Trials {
    let seed = shell.state.started.run.seed;
    let racers = Rc::clone(&shell.state.racers);
    let job = use_memo((shell.state.run, racers.len()), |_| RefCell::new(Job::new(&racers, seed)));
    let known = use_state(|| None::<(u32, Rc<Comparison>)>);
    let playing = use_mut_ref(|| false);
    *playing.borrow_mut() = shell.state.playing;
    {
        let known = known.setter();
        use_effect_with((Rc::as_ptr(&job), wanted, shell.control.live.clone()), move |(_, wanted, live)| {
            let wanted = *wanted;
            known.set(None);
            job.borrow_mut().shown = 0;
            let painting = live.paint(Box::new(move |_, elapsed| {
                let mut job = job.borrow_mut();
                let share = if *playing.borrow() { SHARE_PLAYING } else { SHARE_PAUSED };
                let begun = browser::seconds();
                job.work(wanted, || browser::seconds() - begun < share);
                job.since += elapsed;
                let done = job.done();
                if done > job.shown && (job.since >= SHOW || done == wanted) {
                    (job.shown, job.since) = (done, 0.0);
                    known.set(Some((done, Rc::new(job.samples.comparison()))));
                }
            }));
            move || drop(painting)
        });
    }
    let (done, comparison) =
        known.as_ref().map_or((0, None), |(done, found)| (*done, Some(Rc::clone(found))));
    Trials { comparison, done, wanted, seed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Plan, compare};
    use crate::scenario::{Scenario, preset};
    use crate::units::SimDuration;

    /// Made between frames, a comparison is what it is when it is made at once.
    #[test]
    fn pieces_make_the_same_comparison() {
        let racer = |algorithm: &str| {
            let mut scenario = Scenario::from_toml_str(preset::find("algorithms").unwrap().text).unwrap();
            scenario.run.duration = SimDuration::from_secs(12);
            scenario.balancer.algorithm = algorithm.into();
            Racer { name: algorithm.into(), scenario: Rc::new(scenario) }
        };
        let racers = [racer("random"), racer("least_connections")];
        let mut job = Job::new(&racers, 7);
        let mut frames = 0;
        while job.done() < 3 {
            job.work(3, || false);
            frames += 1;
        }
        assert!(frames > 6, "one piece a frame: {frames}");
        let plan = Plan { seed: 7, replications: 3, jobs: 1 };
        assert_eq!(job.samples.comparison(), compare(&job.arms, &plan, &|| ()));
    }
}
