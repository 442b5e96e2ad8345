//! What every panel needs: what the user wants, the run, and the two ways to change something.

use std::rc::Rc;

use yew::prelude::*;

use crate::lang::Lang;
use crate::report::{Line, Narrator};
use crate::scenario::{Change, Model, TimedChange, preset};
use crate::units::{SimDuration, SimTime};
use crate::web::driver::{Command, Control};
use crate::web::measure::Asked;
use crate::web::state::{Action, AppState, Choice, Dialog, Lane, Setting};

/// The checked scenario of the run on screen; equal when it is the same one.
#[derive(Clone)]
pub struct ModelRef(pub Option<Rc<Model>>);

impl PartialEq for ModelRef {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(mine), Some(theirs)) => Rc::ptr_eq(mine, theirs),
            (None, None) => true,
            _ => false,
        }
    }
}

/// What every panel needs. It differs at each tick, so panels render about four times a second.
#[derive(Clone, PartialEq)]
pub struct Shell {
    /// What the user wants.
    pub state: UseReducerHandle<AppState>,
    /// The run.
    pub control: Control,
    /// The checked scenario of the run.
    pub model: ModelRef,
}

/// The one property of panels.
#[derive(Properties, Clone, PartialEq)]
pub struct Props {
    /// What every panel needs.
    pub shell: Shell,
}

impl Shell {
    /// The language of the page.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.state.lang
    }

    /// What the run on screen is called: a preset in the reader's language, else what its file says.
    #[must_use]
    pub fn heading(&self) -> &str {
        preset::heading(self.lang(), &self.state.started)
    }

    /// Wants something.
    pub fn act(&self, action: Action) {
        self.state.dispatch(action);
    }

    /// A callback that wants something.
    pub fn on<E: 'static>(&self, action: Action) -> Callback<E> {
        let state = self.state.dispatcher();
        Callback::from(move |_| state.dispatch(action.clone()))
    }

    /// Sends the run a command.
    pub fn send(&self, command: Command) {
        self.control.send.emit(command);
    }

    /// Changes the running world, now.
    pub fn apply(&self, change: Change) {
        self.send(Command::Apply(change));
    }

    /// A choice: for the world as it runs and for the next start. A run that has not begun begins with it.
    pub fn choose(&self, choice: Choice) {
        let untouched = self.now() == SimTime::ZERO && self.control.made().is_empty();
        if !untouched {
            self.apply(choice.change(&self.state));
        }
        self.act(Action::Choose(choice));
        if untouched {
            self.act(Action::Again);
        }
    }

    /// Holds the run and goes on by a tenth of a second.
    pub fn on_by_tenth(&self) {
        self.act(Action::Play(false));
        self.send(Command::Seek(self.now() + SimDuration::from_millis(100)));
    }

    /// Two futures from now on: as it is, and with this change.
    pub fn fork(&self, change: Change) {
        let timed = TimedChange { at: self.now(), change };
        self.compare(vec![Lane::default(), Lane(vec![Setting::Change(timed)])]);
    }

    /// Holds the run and tells the life of a request.
    pub fn tell(&self, request: u64, asked: SimTime) {
        self.act(Action::Play(false));
        self.send(Command::Tell(request, asked));
        self.act(Action::Show(Dialog::Story));
    }

    /// Compares these lanes, from the scenario and the changes made by hand, at the time of now.
    pub fn compare(&self, lanes: Vec<Lane>) {
        let mut scenario = (*self.state.started).clone();
        self.control.made().iter().for_each(|timed| scenario.plan(timed));
        self.act(Action::Compare(Rc::new(scenario), lanes, self.now()));
    }

    /// Kills the replica of this name, or starts it when it is dead.
    pub fn kill_or_start(&self, name: &str) {
        let alive = self.control.live.get().world.replicas.iter().any(|replica| {
            use crate::observe::ReplicaState as State;
            replica.name == name && matches!(replica.state, State::Ready | State::Starting | State::Draining)
        });
        let replica = name.to_owned();
        self.apply(if alive { Change::Crash { replica } } else { Change::Start { replica } });
    }

    /// Begins a Black Friday, or ends the one that is on.
    pub fn black_friday(&self) {
        let asked = self.asked();
        let wanted = if asked.is_black_friday() { asked.base } else { 101.0 * asked.base };
        self.apply(asked.change_to(wanted));
    }

    /// Simulated time.
    #[must_use]
    pub fn now(&self) -> SimTime {
        self.control.live.get().world.now
    }

    /// What clients ask.
    #[must_use]
    pub fn asked(&self) -> Asked {
        Asked::of(&self.control.live.get(), &self.state.started)
    }

    /// What is worth telling of the entries from this one on and of the plan since then: how much, and the latest
    /// in words. Nothing else is put in words: the log may hold thousands of entries.
    #[must_use]
    pub fn news(&self, first: usize, since: SimTime) -> (usize, Option<String>) {
        let live = self.control.live.get();
        let Some(model) = &self.model.0 else { return (0, None) };
        let names = &live.recorder.series.names;
        let narrator = Narrator { lang: self.lang(), names, changes: &live.changes, model };
        let entries = live.log.entries().get(first..).unwrap_or_default();
        let mut made = entries.iter().filter(|entry| narrator.is_key(entry));
        let now = live.world.now;
        let planned =
            narrator.planned().into_iter().filter(|line| line.key && line.at > since && line.at <= now);
        let (count, plan) = (made.clone().count(), planned.collect::<Vec<_>>());
        let told = plan.len() + count;
        let made = made.next_back().map(|entry| narrator.line(entry));
        let latest = made.into_iter().chain(plan).max_by_key(|line| line.at);
        (told, latest.map(|line| line.text))
    }

    /// The run's log in words.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let live = self.control.live.get();
        let Some(model) = &self.model.0 else { return Vec::new() };
        let names = &live.recorder.series.names;
        Narrator { lang: self.lang(), names, changes: &live.changes, model }
            .lines(live.log.entries())
            .into_iter()
            .filter(|line| line.at <= live.world.now)
            .collect()
    }
}
