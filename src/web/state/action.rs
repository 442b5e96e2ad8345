//! What can be wanted.

use std::rc::Rc;

use super::{AppState, ChartKind, Depth, Inside, Knob, Lane, Theme};
use crate::convert::SourceFile;
use crate::lang::Lang;
use crate::scenario::link::Opened;
use crate::scenario::{Change, Scenario, Sticky, link};
use crate::units::SimTime;
use crate::web::driver::Speed;

/// What is open over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    /// The link to this run.
    Share,
    /// The figure for another page.
    Embed,
    /// Keys and signs.
    Help,
    /// The life of one request.
    Story,
}

/// Something wanted.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Another preset, from its start.
    Preset(&'static str),
    /// A scenario from an address, from its start.
    Open(Box<Opened>),
    /// Run, or hold still.
    Play(bool),
    /// The other of the two.
    TogglePlay,
    /// The run came to its end.
    Finished,
    /// The run went back from its end.
    Unfinished,
    /// A new run with what is chosen now.
    Again,
    /// How fast.
    Speed(Speed),
    /// One stop faster.
    Faster,
    /// One stop slower.
    Slower,
    /// A choice for the next start; a running world is changed by the driver.
    Choose(Choice),
    /// Another value of a scenario field as text; a new run with the same seed.
    Edit(&'static Knob, String),
    /// Another seed; a new run.
    Seed(u64),
    /// Other lanes from this scenario, at this time; with fewer than two nothing is compared.
    Compare(Rc<Scenario>, Vec<Lane>, SimTime),
    /// Another scenario, by hand: a new run with the same lanes.
    Take(Rc<Scenario>),
    /// Opens the editor with the scenario of now, or closes it.
    Editor(bool),
    /// Files that were opened together: a scenario, or a deployment.
    Files(Vec<SourceFile>),
    /// Looks at the deployment from another service, or from the one that its files suggest, in so many replicas, or in
    /// as many as they say.
    LookAt(Option<String>, Option<u32>),
    /// Puts the deployment away; the scenario stays.
    Forget,
    /// Another text of the scenario that is being written.
    Write(String),
    /// The text before.
    Undo,
    /// The text that was taken back.
    Redo,
    /// How much the forms show.
    Depth(Depth),
    /// Whether time slows down for a moment when something breaks.
    AutoSlow(bool),
    /// Opens over the page.
    Show(Dialog),
    /// Closes what is open over the page.
    Close,
    /// Opens what is inside at a tab, or closes it.
    Inside(Option<Inside>),
    /// Which requests are listed: the wire name of an outcome, `in_flight`, or nothing for the latest.
    List(String),
    /// Opens or closes the event log.
    Events,
    /// Opens or closes the further controls.
    More,
    /// Opens or closes the phone's sheet.
    Sheet,
    /// Which charts are shown; none is the usual ones.
    Charts(Vec<ChartKind>),
    /// Other colours.
    Theme(Theme),
    /// Another language.
    Lang(Lang),
    /// Something that the user must know.
    Notice(String, String),
    /// A notice was read.
    Dismiss(usize),
}

/// What a running world can take, and a start as well.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// The selection rule with its parameters.
    Algorithm(&'static str, Vec<(String, f64)>),
    /// How many replicas the balanced service has.
    Replicas(u32),
    /// Whether a session goes back to its replica.
    Sticky(bool),
}

impl Choice {
    /// The change that a running world is to make.
    #[must_use]
    pub fn change(&self, state: &AppState) -> Change {
        match self {
            Self::Algorithm(name, params) => {
                Change::Algorithm { name: (*name).to_owned(), params: params.clone() }
            }
            Self::Replicas(replicas) => {
                let scenario = &state.started;
                let service = scenario.service.get(link::balanced(scenario));
                let service = service.map_or_else(String::new, |service| service.name.clone());
                Change::Scale { service, replicas: *replicas }
            }
            Self::Sticky(on) => Change::Sticky { on: *on },
        }
    }

    /// Writes the choice into the scenario of the next start.
    pub(super) fn write(&self, scenario: &mut Rc<Scenario>) {
        let scenario = Rc::make_mut(scenario);
        match self {
            Self::Algorithm(name, params) => {
                (*name).clone_into(&mut scenario.balancer.algorithm);
                scenario.balancer.params.0.clone_from(params);
            }
            Self::Replicas(replicas) => {
                let place = link::balanced(scenario);
                if let Some(service) = scenario.service.get_mut(place) {
                    service.replicas = *replicas;
                }
            }
            Self::Sticky(on) => {
                scenario.balancer.sticky = if *on { Sticky::Cookie } else { Sticky::None };
            }
        }
    }
}
