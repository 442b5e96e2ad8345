//! From a state and an action to the next state.

use crate::lang::Said;
use std::rc::Rc;

use yew::Reducible;

use super::{Action, AppState, deployment, lane};
use crate::scenario::link::{self, Notice};
use crate::scenario::preset;

impl Reducible for AppState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        next.take(action);
        if next == *self { self } else { Rc::new(next) }
    }
}

impl AppState {
    fn take(&mut self, action: Action) {
        match action {
            Action::Preset(name) => {
                if let Some((name, scenario)) = Self::preset_scenario(name) {
                    (self.preset, self.scenario) = (Some(name), Rc::new(scenario));
                    self.begin();
                }
            }
            Action::Open(opened) => {
                (self.preset, self.scenario) = (opened.preset, Rc::new(opened.scenario));
                self.notices = opened.notices.into();
                self.begin();
            }
            Action::Play(on) => self.play(on),
            Action::TogglePlay => self.play(!self.playing),
            Action::Finished => (self.playing, self.finished) = (false, true),
            Action::Unfinished => self.finished = false,
            Action::Again => self.begin(),
            Action::Speed(speed) => self.speed = speed,
            Action::Faster => self.speed = self.speed.faster(),
            Action::Slower => self.speed = self.speed.slower(),
            Action::Choose(choice) => choice.write(&mut self.scenario),
            Action::Edit(knob, text) => match knob.edit(&self.scenario, &text) {
                Ok(scenario) => {
                    self.scenario = Rc::new(scenario);
                    self.begin();
                }
                Err(why) => self.notice(format!("{}: {text}", knob.label.say(self.lang)), why),
            },
            Action::Seed(seed) => {
                Rc::make_mut(&mut self.scenario).run.seed = seed;
                self.begin();
            }
            Action::Compare(scenario, lanes, at) => {
                self.view.compare = if lanes.len() < 2 { Vec::new() } else { lanes };
                self.scenario = scenario;
                self.begin();
                self.resume = Some(at);
            }
            Action::Take(scenario) => {
                // A preset that was changed goes by its name; another world does not.
                self.preset = self.preset.filter(|name| *name == scenario.name);
                (self.scenario, self.writing) = (scenario, false);
                self.begin();
            }
            other => self.show(other),
        }
    }

    /// What is shown beside the run.
    fn show(&mut self, action: Action) {
        match action {
            Action::Show(dialog) => self.dialog = Some(dialog),
            Action::Close => self.dialog = None,
            Action::Events => {
                self.events = !self.events;
                self.inside = None;
            }
            Action::Inside(tab) => {
                self.inside = tab;
                self.events = false;
            }
            Action::List(which) => self.listed = which,
            Action::Editor(open) => {
                self.writing = open;
                // What was written and not run stays; else it begins with what runs.
                if open && self.draft.ways() == (false, false) {
                    self.draft.text = self.text();
                }
            }
            Action::Files(files) => {
                let opened = deployment::open(files, self.deployment.as_deref());
                self.opened(opened);
            }
            Action::LookAt(service, scale) => {
                if let Some(now) = self.deployment.clone() {
                    self.opened(deployment::look_at(&now, service, scale));
                }
            }
            Action::Forget => self.deployment = None,
            Action::Write(text) => self.draft.write(text),
            Action::Undo => drop(self.draft.undo()),
            Action::Redo => drop(self.draft.redo()),
            Action::Depth(depth) => self.draft.depth = depth,
            Action::AutoSlow(on) => self.auto_slow = on,
            Action::More => self.more = !self.more,
            Action::Sheet => self.sheet = !self.sheet,
            Action::Charts(charts) => self.view.charts = charts,
            Action::Theme(theme) => self.view.theme = theme,
            Action::Lang(lang) => {
                self.lang = lang;
                // An address that names a language stays true; one that names none leaves it to each reader.
                self.view.lang = self.view.lang.map(|_| lang);
                self.name_lanes();
            }
            Action::Notice(given, used) => self.notice(given, Said::plain(used)),
            Action::Dismiss(place) => {
                let kept = self.notices.iter().enumerate().filter(|(i, _)| *i != place);
                self.notices = kept.map(|(_, notice)| notice.clone()).collect();
            }
            _ => {}
        }
    }

    /// Takes what came of files into the editor.
    fn opened(&mut self, opened: deployment::Opened) {
        self.take(Action::Editor(true));
        self.deployment = match opened.deployment {
            Some(deployment) => Some(Rc::new(deployment)),
            // A scenario of its own has no deployment.
            None if opened.text.is_some() => None,
            None => self.deployment.take(),
        };
        if let Some(text) = opened.text {
            self.draft.write(text);
        }
        for (name, why) in opened.notices {
            self.notice(name, why);
        }
    }

    /// The scenario as text: a preset that nobody has changed in its own words, with its comments.
    fn text(&self) -> String {
        let own = self.preset.and_then(preset::find);
        let own = own.filter(|preset| link::read_preset(preset) == *self.scenario);
        own.map_or_else(|| self.scenario.to_toml(), |preset| preset.text.to_owned())
    }

    /// A new run; it goes on if the one before did.
    fn begin(&mut self) {
        self.started = Rc::clone(&self.scenario);
        self.line_up();
        self.resume = None;
        self.run += 1;
        self.playing |= self.finished;
        self.finished = false;
    }

    /// Makes the lanes of what has started; a lane that can't run is named in a notice and left out.
    pub(super) fn line_up(&mut self) {
        let mut bad = Vec::new();
        let racers =
            lane::racers(self.lang, &self.started, &self.view.compare, |name, why| bad.push((name, why)));
        self.racers = if racers.len() < 2 { Rc::new([]) } else { racers.into() };
        for (name, why) in bad {
            self.notice(name, lane::left_out(why));
        }
    }

    /// Names the lanes anew; their scenarios stay what they are.
    fn name_lanes(&mut self) {
        let named = lane::racers(self.lang, &self.started, &self.view.compare, |_, _| ());
        if named.len() == self.racers.len() {
            self.racers = named.into();
        }
    }

    /// Playing a run that is at its end starts it again.
    fn play(&mut self, on: bool) {
        if on && self.finished {
            self.begin();
        }
        self.playing = on;
    }

    fn notice(&mut self, given: String, used: Said) {
        let notice = Notice { given, used };
        if !self.notices.contains(&notice) {
            self.notices = self.notices.iter().cloned().chain([notice]).collect();
        }
    }
}
