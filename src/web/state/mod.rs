//! What the user wants: small, comparable, without simulation data. [`Action`] names intents; reducing is
//! pure.
//!
//! The run itself is the driver's. What a running world can take goes to it as a `Change`; the same choice is
//! kept here for the next start, so that "start again" keeps the algorithm, the replicas and the sessions.

mod action;
mod deployment;
pub mod draft;
mod edit;
pub mod in_place;
mod lane;
mod reduce;
mod view;

pub use action::{Action, Choice, Dialog};
pub use deployment::Deployment;
pub use draft::{Checked, Depth, Draft};
pub use edit::{KNOBS, Knob};
pub use lane::{Lane, Racer, Setting};
pub use view::{ChartKind, Controls, Inside, Locked, Motion, Theme, View};

use std::rc::Rc;
use words::wrong;

use crate::lang::Lang;
use crate::scenario::link::{self, Notice, Opened};
use crate::scenario::{Scenario, preset};
use crate::units::SimTime;
use crate::web::driver::{Intent, Speed};

/// What the user wants.
#[derive(Debug, Clone, PartialEq)]
pub struct AppState {
    /// The preset that the scenario comes from.
    pub preset: Option<&'static str>,
    /// The scenario of the next start.
    pub scenario: Rc<Scenario>,
    /// The scenario that the run on screen began with.
    pub started: Rc<Scenario>,
    /// The lanes that run beside each other; none when nothing is compared.
    pub racers: Rc<[Racer]>,
    /// Goes up when a new run begins.
    pub run: u32,
    /// The scenario that is being written.
    pub draft: Draft,
    /// The deployment that it was read from.
    pub deployment: Option<Rc<Deployment>>,
    /// Whether it is on screen.
    pub writing: bool,
    /// Whether time slows down for a moment when something breaks.
    pub auto_slow: bool,
    /// Where the run is shown at first.
    pub resume: Option<SimTime>,
    /// Whether time goes on.
    pub playing: bool,
    /// Whether the run is at its end.
    pub finished: bool,
    /// How fast.
    pub speed: Speed,
    /// Which language the page speaks.
    pub lang: Lang,
    /// How things are shown.
    pub view: View,
    /// What is open over the page.
    pub dialog: Option<Dialog>,
    /// Whether the event log is open.
    pub events: bool,
    /// Which tab of what is inside is open.
    pub inside: Option<Inside>,
    /// Which requests are listed there.
    pub listed: String,
    /// Whether the further controls are open.
    pub more: bool,
    /// Whether the phone's sheet is open.
    pub sheet: bool,
    /// What could not be taken as it stood.
    pub notices: Rc<[Notice]>,
}

impl AppState {
    /// The state that an address asks for.
    #[must_use]
    pub fn open(opened: Opened) -> Self {
        let Opened { scenario, preset, mut notices, rest } = opened;
        let (view, speed) = View::read(&rest, &mut notices);
        let scenario = Rc::new(scenario);
        let mut state = Self {
            preset,
            started: Rc::clone(&scenario),
            scenario,
            racers: Rc::new([]),
            run: 0,
            draft: Draft::default(),
            deployment: None,
            writing: false,
            auto_slow: true,
            resume: view.at,
            playing: view.plays_at_first(),
            finished: false,
            speed,
            lang: view.lang.unwrap_or_default(),
            view,
            dialog: None,
            events: false,
            inside: None,
            listed: String::new(),
            more: false,
            sheet: false,
            notices: notices.into(),
        };
        state.line_up();
        state
    }

    /// The scenarios that run: those of the lanes, or the one.
    #[must_use]
    pub fn running(&self) -> Vec<Rc<Scenario>> {
        match &*self.racers {
            [] => vec![Rc::clone(&self.started)],
            racers => racers.iter().map(|racer| Rc::clone(&racer.scenario)).collect(),
        }
    }

    /// What a frame is to do.
    #[must_use]
    pub const fn intent(&self) -> Intent {
        Intent { playing: self.playing, speed: self.speed, auto_slow: self.auto_slow }
    }

    /// A preset and its scenario.
    #[must_use]
    pub fn preset_scenario(name: &str) -> Option<(&'static str, Scenario)> {
        preset::find(name).map(|preset| (preset.name, link::read_preset(preset)))
    }
}

#[cfg(test)]
mod tests;
mod words;
