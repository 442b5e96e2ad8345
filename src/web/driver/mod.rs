//! The only place of the page that meets the engine: commands in, `Live` filled.
//!
//! Time goes in three steps. [`Driver::frame`] does nothing while paused; the real time of the frame is
//! multiplied by the speed and capped, so that a hidden tab does not jump; the engine runs to that time in
//! chunks for as long as the frame allows. When it does not get there, simulated time falls behind, and the
//! page says so.

mod clock;
mod latest;
mod neighbours;
mod others;
mod page;
mod story;
mod timeline;

pub use clock::Speed;
pub use latest::{Ended, Job, Latest, Served};
pub use neighbours::Neighbours;
pub use page::{Control, Tell, use_driver};
pub use story::{Attempt, Before, Story};

use std::rc::Rc;

use crate::lang::{Said, phrases};
use crate::observe::{Event, EventLog};
use crate::scenario::{Change, Scenario, TimedChange};
use crate::units::{SimDuration, SimTime};
use crate::web::live::{Live, LiveRef};

phrases! {
    mod say {
        fn no_scenario {
            en: "there is no scenario to run",
            de: "es gibt kein Szenario, das laufen könnte",
            fr: "il n’y a aucun scénario à lancer",
        }
        fn no_world { en: "there is no world", de: "es gibt keine Welt", fr: "il n’y a pas de monde" }
    }
}
use clock::{Calm, Pacer, real_limit};
use timeline::Timeline;

/// The most worlds that run beside each other.
pub const MOST_LANES: usize = 4;

/// What a view asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Makes a change now; it is recorded, and what came after now is discarded.
    Apply(Change),
    /// Takes back the last change made by hand: the run as it would have been without it, at the same time.
    Undo,
    /// Goes to a time, back or ahead.
    Seek(SimTime),
    /// Handles one event.
    Step,
    /// Goes back by one event.
    StepBack,
    /// Tells the life of the request of this number, asked at this time.
    Tell(u64, SimTime),
    /// Whether somebody looks into the balancer: only then its scores are worked out.
    Look(bool),
}

/// What a frame is to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Intent {
    /// Whether time goes on.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// Whether time slows down for a moment when something breaks.
    pub auto_slow: bool,
}

/// Runs the world for the page: one, or several beside each other that get the same commands.
pub struct Driver {
    lanes: Vec<Lane>,
    pacer: Pacer,
    calm: Calm,
    /// Where a jump leads, and where it began.
    goal: Option<(SimTime, SimTime)>,
}

/// A world, and where it is shown.
struct Lane {
    timeline: Timeline,
    live: LiveRef,
}

/// How fast time goes just after something broke.
const SLOW: f64 = 0.25;

/// Replicas that have died so far.
fn deaths(log: &EventLog) -> usize {
    log.entries().iter().filter(|entry| matches!(entry.event, Event::Died { .. })).count()
}

/// Lanes are never further apart than this: while one catches up, the others wait.
const SLICE: SimDuration = SimDuration::from_millis(50);

impl Driver {
    /// Worlds at time zero, one for each scenario, each shown in its place of `lives`.
    ///
    /// # Errors
    /// Every problem of a scenario, in words.
    pub fn new(scenarios: &[Rc<Scenario>], lives: &[LiveRef]) -> Result<Self, Said> {
        let lane = |(scenario, live): (&Rc<Scenario>, &LiveRef)| {
            let model = scenario.validate().map_err(|invalid| invalid.said())?;
            let timeline = Timeline::new(&model, &mut live.fill());
            Ok::<_, Said>(Lane { timeline, live: live.clone() })
        };
        let lanes = scenarios.iter().zip(lives).map(lane).collect::<Result<Vec<_>, _>>()?;
        if lanes.is_empty() {
            return Err(say::no_scenario());
        }
        Ok(Self { lanes, pacer: Pacer::default(), calm: Calm::default(), goal: None })
    }

    /// Simulated time: that of the lane that is furthest behind.
    fn now(&self) -> SimTime {
        self.lanes.iter().map(|lane| lane.timeline.now()).min().unwrap_or(SimTime::ZERO)
    }

    /// The end of the run: of several, the first to end.
    fn end(&self) -> SimTime {
        self.lanes.iter().map(|lane| lane.timeline.end()).min().unwrap_or(SimTime::ZERO)
    }

    /// Changes made by hand up to now.
    #[must_use]
    pub fn made(&self) -> Vec<TimedChange> {
        let made = self.lanes.iter().map(|lane| lane.timeline.made());
        made.max_by_key(|made| made.len()).unwrap_or_default().to_vec()
    }

    /// The latest time that has been computed.
    #[must_use]
    pub fn furthest(&self) -> SimTime {
        self.lanes.first().map_or(SimTime::ZERO, |lane| lane.timeline.furthest())
    }

    /// Whether the run is at its end.
    #[must_use]
    pub fn finished(&self) -> bool {
        self.goal.is_none() && self.now() >= self.end()
    }

    /// The share of a jump that is done, from 0 to 1; nothing when there is no jump.
    #[must_use]
    pub fn computing(&self) -> Option<f64> {
        let (goal, from) = self.goal?;
        let whole = goal.since(from).as_secs();
        Some(if whole > 0.0 { self.now().since(from).as_secs() / whole } else { 1.0 })
    }

    /// Does what a view asks for.
    ///
    /// # Errors
    /// In words, when no lane can make the change.
    pub fn command(&mut self, command: Command) -> Result<(), Said> {
        // Who only looks does not disturb a jump that is on its way.
        if !matches!(command, Command::Tell(..) | Command::Look(_)) {
            self.pacer.reset();
            self.goal = None;
        }
        match command {
            Command::Apply(change) => return self.apply(&change),
            Command::Undo => self.undo(),
            Command::Seek(at) => {
                let at = at.min(self.end());
                for lane in &mut self.lanes {
                    if at < lane.timeline.now() {
                        lane.timeline.rewind(&mut lane.live.fill(), at);
                    }
                }
                self.goal = Some((at, self.now()));
            }
            Command::Step => self.step(|timeline, live| {
                timeline.step(live);
            }),
            Command::StepBack => self.step(Timeline::step_back),
            Command::Tell(request, asked) => {
                self.level();
                if let Some(lane) = self.lanes.first() {
                    let story = lane.timeline.tell(request, asked);
                    lane.live.fill().story = Some(Rc::new(story));
                }
            }
            Command::Look(on) => {
                for lane in &self.lanes {
                    let live = &mut lane.live.fill();
                    live.looked_into = on;
                    lane.timeline.show(live);
                }
            }
        }
        Ok(())
    }

    /// Makes a change in every lane that can make it, at one moment.
    fn apply(&mut self, change: &Change) -> Result<(), Said> {
        self.level();
        let mut made = Err(say::no_world());
        for lane in &mut self.lanes {
            let live = &mut lane.live.fill();
            match lane.timeline.apply(live, change.clone()) {
                Ok(()) => made = Ok(()),
                Err(error) => made = made.or(Err(error.0)),
            }
        }
        made
    }

    /// Takes the last change made by hand out of every lane that made it.
    fn undo(&mut self) {
        self.level();
        let here = self.now();
        let Some(last) = self.made().pop() else { return };
        for lane in self.lanes.iter_mut().filter(|lane| lane.timeline.made().last() == Some(&last)) {
            lane.timeline.undo(&mut lane.live.fill());
        }
        self.goal = Some((here, self.now()));
    }

    /// Brings all lanes to the time of the one that is furthest.
    fn level(&mut self) {
        let at = self.lanes.iter().map(|lane| lane.timeline.now()).max().unwrap_or(SimTime::ZERO);
        for lane in &mut self.lanes {
            let live = &mut lane.live.fill();
            let _ = lane.timeline.run_until(live, at, || true);
            lane.timeline.show(live);
        }
    }

    /// A step of the first lane; the others go to its time.
    fn step(&mut self, step: impl Fn(&mut Timeline, &mut Live)) {
        self.level();
        let Some((first, others)) = self.lanes.split_first_mut() else { return };
        step(&mut first.timeline, &mut first.live.fill());
        let at = first.timeline.now();
        for lane in others {
            let live = &mut lane.live.fill();
            if at < lane.timeline.now() {
                lane.timeline.rewind(live, at);
            }
            let _ = lane.timeline.run_until(live, at, || true);
            lane.timeline.show(live);
        }
    }

    /// One frame of `elapsed` real seconds; `clock` gives real seconds and only measures this frame.
    pub fn frame(&mut self, intent: Intent, elapsed: f64, clock: impl Fn() -> f64) {
        let begun = clock();
        let limit = real_limit(self.goal.is_some());
        let (before, jumping) = (self.now(), self.goal.is_some());
        let target = match self.goal {
            Some((goal, _)) => goal,
            None if intent.playing => {
                let speed = self.slowed(intent, elapsed);
                let span = self.pacer.span(speed, elapsed);
                span.map_or(self.end(), |span| before + SimDuration::from_secs_f64(span))
            }
            None => return,
        };
        self.run_until(target, || clock() - begun < limit);
        if self.goal.is_some_and(|(goal, _)| self.now() >= goal) {
            self.goal = None;
        }
        let gone = self.now().since(before).as_secs();
        let asked = if self.calm.is_slow() && intent.auto_slow { Speed::Times(SLOW) } else { intent.speed };
        let jumps = u64::from(jumping);
        let reached = self.goal.is_none().then(|| self.pacer.reached(asked, gone, elapsed));
        for lane in &self.lanes {
            let live = &mut lane.live.fill();
            live.jumps += jumps;
            live.speed_reached = reached.unwrap_or(live.speed_reached);
            lane.timeline.show(live);
        }
    }

    /// The speed of this frame: less for a moment after something broke.
    fn slowed(&mut self, intent: Intent, elapsed: f64) -> Speed {
        let deaths = self.lanes.iter().map(|lane| deaths(&lane.live.get().log)).sum();
        let slow = self.calm.after(deaths, elapsed) && intent.auto_slow;
        for lane in &self.lanes {
            lane.live.fill().slowed = slow && matches!(intent.speed, Speed::Times(times) if times > SLOW);
        }
        match intent.speed {
            Speed::Times(times) if slow => Speed::Times(times.min(SLOW)),
            speed => speed,
        }
    }

    /// Runs all lanes to a time, or as far as `more` allows.
    fn run_until(&mut self, target: SimTime, more: impl Fn() -> bool) {
        if let [only] = self.lanes.as_mut_slice() {
            let _ = only.timeline.run_until(&mut only.live.fill(), target, more);
            return;
        }
        let target = target.min(self.end());
        while self.now() < target {
            let stop = target.min(self.now() + SLICE);
            for lane in self.lanes.iter_mut().filter(|lane| lane.timeline.now() < stop) {
                let _ = lane.timeline.run_until(&mut lane.live.fill(), stop, &more);
            }
            if !more() {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests;
