//! The only place of the page that meets the engine: commands in, `Live` filled.
//!
//! Time goes in three steps. [`Driver::frame`] does nothing while paused; the real time of the frame is
//! multiplied by the speed and capped, so that a hidden tab does not jump; the engine runs to that time in
//! chunks for as long as the frame allows. When it does not get there, simulated time falls behind, and the
//! page says so.

mod clock;
mod page;
mod timeline;

pub use clock::Speed;
pub use page::{Control, Tell, use_driver};

use crate::scenario::{Change, Scenario, TimedChange};
use crate::units::{SimDuration, SimTime};
use crate::web::live::LiveRef;
use clock::{Pacer, real_limit};
use timeline::Timeline;

/// What a view asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Makes a change now; it is recorded, and what came after now is discarded.
    Apply(Change),
    /// Goes to a time, back or ahead.
    Seek(SimTime),
    /// Handles one event.
    Step,
    /// Goes back by one event.
    StepBack,
}

/// What a frame is to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Intent {
    /// Whether time goes on.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
}

/// Runs the world for the page.
pub struct Driver {
    timeline: Timeline,
    live: LiveRef,
    pacer: Pacer,
    /// Where a jump leads, and where it began.
    goal: Option<(SimTime, SimTime)>,
}

impl Driver {
    /// A world at time zero.
    ///
    /// # Errors
    /// Every problem of the scenario, in words.
    pub fn new(scenario: &Scenario, live: LiveRef) -> Result<Self, String> {
        let model = scenario.validate().map_err(|invalid| invalid.to_string())?;
        let timeline = Timeline::new(&model, &mut live.fill());
        Ok(Self { timeline, live, pacer: Pacer::default(), goal: None })
    }

    /// Changes made by hand up to now.
    #[must_use]
    pub fn made(&self) -> Vec<TimedChange> {
        self.timeline.made().to_vec()
    }

    /// The latest time that has been computed.
    #[must_use]
    pub const fn furthest(&self) -> SimTime {
        self.timeline.furthest()
    }

    /// Whether the run is at its end.
    #[must_use]
    pub fn finished(&self) -> bool {
        self.goal.is_none() && self.timeline.now() >= self.timeline.end()
    }

    /// The share of a jump that is done, from 0 to 1; nothing when there is no jump.
    #[must_use]
    pub fn computing(&self) -> Option<f64> {
        let (goal, from) = self.goal?;
        let whole = goal.since(from).as_secs();
        Some(if whole > 0.0 { self.timeline.now().since(from).as_secs() / whole } else { 1.0 })
    }

    /// Does what a view asks for.
    ///
    /// # Errors
    /// In words, when the world can't make the change.
    pub fn command(&mut self, command: Command) -> Result<(), String> {
        let mut live = self.live.fill();
        match command {
            Command::Apply(change) => {
                self.goal = None;
                self.timeline.apply(&mut live, change).map_err(|error| error.0)?;
            }
            Command::Seek(at) => {
                let at = at.min(self.timeline.end());
                if at < self.timeline.now() {
                    self.timeline.rewind(&mut live, at);
                }
                self.goal = Some((at, self.timeline.now()));
            }
            Command::Step => {
                self.goal = None;
                self.timeline.step(&mut live);
            }
            Command::StepBack => {
                self.goal = None;
                self.timeline.step_back(&mut live);
            }
        }
        self.pacer.reset();
        Ok(())
    }

    /// One frame of `elapsed` real seconds; `clock` gives real seconds and only measures this frame.
    pub fn frame(&mut self, intent: Intent, elapsed: f64, clock: impl Fn() -> f64) {
        let begun = clock();
        let limit = real_limit(self.goal.is_some());
        let before = self.timeline.now();
        let target = match self.goal {
            Some((goal, _)) => goal,
            None if intent.playing => {
                let span = self.pacer.span(intent.speed, elapsed);
                span.map_or(self.timeline.end(), |span| before + SimDuration::from_secs_f64(span))
            }
            None => return,
        };
        let live = &mut *self.live.fill();
        let _ = self.timeline.run_until(live, target, || clock() - begun < limit);
        if self.goal.is_some_and(|(goal, _)| self.timeline.now() >= goal) {
            self.goal = None;
        }
        if self.goal.is_none() {
            let gone = self.timeline.now().since(before).as_secs();
            live.speed_reached = self.pacer.reached(intent.speed, gone, elapsed);
        }
        self.timeline.show(live);
    }
}

#[cfg(test)]
mod tests;
