//! What happened, as lines through all rows.

use super::view::Plot;
use crate::observe::{DownCause, Event, EventLog, LogEntry, Resource};
use crate::report::{Line, Narrator};
use crate::scenario::{Change, TimedChange};
use crate::units::SimTime;
use crate::units::order::sort_by_key;

/// Something that happened, for a line through all rows.
#[derive(Debug, Clone, PartialEq)]
pub struct EventLine {
    /// When, in seconds.
    pub at_s: f64,
    /// In two or three words.
    pub label: String,
    /// Name of its icon: bolt, chip, cross, stop, port, ready, drain, start, queue, cpu, memory, connections,
    /// backlog, scale, algorithm, sticky or reload.
    pub icon: &'static str,
    /// How much it matters, from 0: where there is no room, the weightier stay.
    pub weight: u8,
}

/// An event line on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedEvent {
    /// Where, in px.
    pub x: f64,
    /// Which of the lines.
    pub index: usize,
    /// Whether its label has room; otherwise only the icon stays.
    pub labelled: bool,
}

/// The most lines that a chart carries.
const MOST: usize = 24;
/// Nearer than this, in px, only the icon stays.
const NEAR: f64 = 90.0;
/// A line that is nearer than this, in px, to a weightier one is left out.
const ON_TOP: f64 = 12.0;
/// A line that does not matter is left out when it is nearer than this, and under the label of one that does.
const CROWDED: f64 = 48.0;
/// From this weight on a line matters.
const MATTERS: u8 = 6;

/// The lines of a run, in order of time: changes, deaths, returns, new replicas, refused ports, and the first
/// time that a resource or the queue runs out. What is there from the start makes no line. Their words are
/// those of the log.
#[must_use]
pub fn event_lines(narrator: &Narrator<'_>, log: &EventLog) -> Vec<EventLine> {
    let mut said = Said::default();
    let line = |entry: &LogEntry| {
        let (icon, weight) = said.look(entry, narrator.changes)?;
        Some(EventLine { at_s: entry.at.as_secs(), label: narrator.line(entry).short, icon, weight })
    };
    let mut lines: Vec<EventLine> = log.entries().iter().filter_map(line).collect();
    while lines.len() > MOST {
        let Some(least) = lines.iter().map(|line| line.weight).min() else { break };
        let Some(last) = lines.iter().rposition(|line| line.weight == least) else { break };
        lines.remove(last);
    }
    lines
}

/// What the profile of the traffic does, as lines.
#[must_use]
pub fn planned_lines(narrator: &Narrator<'_>) -> Vec<EventLine> {
    let line = |line: Line| EventLine { at_s: line.at.as_secs(), label: line.short, icon: "bolt", weight: 9 };
    narrator.lines(&[]).into_iter().filter(|line| line.at > SimTime::ZERO).map(line).collect()
}

/// What has been said once and is not said again.
#[derive(Default)]
struct Said {
    queue_full: bool,
    exhausted: Vec<Resource>,
    started: Vec<bool>,
}

impl Said {
    /// Icon and weight of an entry; nothing when it makes no line.
    fn look(&mut self, entry: &LogEntry, changes: &[TimedChange]) -> Option<(&'static str, u8)> {
        // A replica that was there from the start is first heard of when something happens to it.
        let new = entry.replica.is_some_and(|replica| self.is_new(replica.index()));
        Some(match entry.event {
            Event::Changed { index } => (change(&changes.get(index as usize)?.change), 9),
            Event::Died { cause: DownCause::OutOfMemory, .. } => ("chip", 8),
            Event::Died { cause: DownCause::ZoneLost, .. } => ("cross", 6),
            Event::Died { cause: DownCause::Unhealthy | DownCause::Crash, .. } => ("cross", 8),
            Event::Died { cause: DownCause::Stopped, .. } => ("stop", 5),
            Event::Scaled { .. } => ("scale", 7),
            Event::BindFailed { .. } => ("port", 7),
            Event::Ready { again: true } => ("ready", 4),
            Event::Removed => ("drain", 4),
            Event::Starting if new && entry.at.0 > 0 => ("start", 6),
            Event::QueueFull { .. } if !std::mem::replace(&mut self.queue_full, true) => ("queue", 5),
            Event::Panic { on: true, .. } => ("cross", 6),
            Event::BalancerFull { resource, .. } => (exhausted(resource), 5),
            Event::Exhausted { resource, .. } if !self.exhausted.contains(&resource) => {
                self.exhausted.push(resource);
                (exhausted(resource), 3)
            }
            _ => return None,
        })
    }

    fn is_new(&mut self, place: usize) -> bool {
        self.started.resize(self.started.len().max(place + 1), false);
        !std::mem::replace(&mut self.started[place], true)
    }
}

const fn exhausted(resource: Resource) -> &'static str {
    match resource {
        Resource::Cpu => "cpu",
        Resource::Memory => "memory",
        Resource::Connections | Resource::Files | Resource::Workers => "connections",
        Resource::Backlog => "backlog",
        Resource::Ports => "port",
        Resource::Requests => "queue",
    }
}

const fn change(change: &Change) -> &'static str {
    match change {
        Change::Rate { .. } => "bolt",
        Change::Scale { .. }
        | Change::Deploy { .. }
        | Change::Weight { .. }
        | Change::Mode { .. }
        | Change::Tune { .. } => "scale",
        Change::Algorithm { .. } => "algorithm",
        Change::Sticky { .. } => "sticky",
        Change::Reload => "reload",
        Change::LoseZone { .. }
        | Change::Crash { .. }
        | Change::Break { .. }
        | Change::BreakDependency { .. } => "cross",
        Change::RestoreZone { .. }
        | Change::Start { .. }
        | Change::Restart { .. }
        | Change::Heal { .. }
        | Change::HealDependency { .. } => "start",
    }
}

/// What a label needs to the right of its line, in px.
fn needs(line: &EventLine) -> f64 {
    (line.label.chars().count() as f64 * 6.0 + 20.0).max(NEAR)
}

/// The lines that have room, weightier ones first, in order of time.
fn uncrowded(lines: &[EventLine], plot: &Plot, now_s: f64) -> Vec<(usize, f64)> {
    let mut seen: Vec<(usize, &EventLine)> =
        lines.iter().enumerate().filter(|(_, line)| line.at_s <= now_s + 1e-9).collect();
    sort_by_key(&mut seen, |&(index, line)| (std::cmp::Reverse(line.weight), index));
    let mut kept: Vec<(usize, f64)> = Vec::new();
    for (index, line) in seen {
        let x = plot.x(line.at_s);
        let free = |&(other, at): &(usize, f64)| {
            let under = if lines[other].weight >= MATTERS && x > at { needs(&lines[other]) } else { 0.0 };
            (at - x).abs() >= if line.weight >= MATTERS { ON_TOP } else { CROWDED.max(under) }
        };
        if kept.iter().all(free) {
            kept.push((index, x));
        }
    }
    sort_by_key(&mut kept, |&(index, _)| index);
    kept
}

/// Where the lines are that have room, and which labels have room to their right: 90 px, or what the label
/// needs.
#[must_use]
pub fn place_events(lines: &[EventLine], plot: &Plot, now_s: f64) -> Vec<PlacedEvent> {
    let seen: Vec<(usize, f64, f64)> = uncrowded(lines, plot, now_s)
        .into_iter()
        .map(|(index, x)| (index, x, needs(&lines[index])))
        .collect();
    let placed = seen.iter().enumerate().map(|(n, &(index, x, needs))| {
        let after = seen.get(n + 1).map_or(plot.right() + 24.0, |next| next.1);
        PlacedEvent { x, index, labelled: after - x >= needs }
    });
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::observe::{Observation, Probe, ReplicaState};
    use crate::scenario::{Model, Scenario, preset};
    use crate::units::ReplicaId;

    fn model() -> Model {
        let text = preset::find("black-friday").unwrap().text;
        Scenario::from_toml_str(text).unwrap().validate().unwrap()
    }

    #[test]
    fn says_what_matters_once() {
        let mut log = EventLog::default();
        let replica = ReplicaId(1);
        let state = |state| Observation::State { replica, state };
        for (second, seen) in [
            (1, state(ReplicaState::Ready)),
            (10, Observation::Changed { index: 0 }),
            (12, Observation::QueueFull { service: crate::units::ServiceId(0) }),
            (13, Observation::QueueFull { service: crate::units::ServiceId(0) }),
            (
                16,
                Observation::Died {
                    replica,
                    cause: DownCause::OutOfMemory,
                    requests: 3,
                    sessions: 4,
                    back_at: None,
                },
            ),
            (20, state(ReplicaState::Starting)),
            (22, state(ReplicaState::Ready)),
        ] {
            log.observe(SimTime(second * 1_000_000_000), &seen);
        }
        let changes = [TimedChange { at: SimTime(10_000_000_000), change: Change::Rate { times: 101.0 } }];
        let names = ["app-1".to_owned(), "app-2".to_owned()];
        let model = model();
        let said = |lang| {
            let narrator = Narrator { lang, names: &names, changes: &changes, model: &model };
            event_lines(&narrator, &log).into_iter().map(|line| line.label).collect::<Vec<_>>()
        };
        assert_eq!(said(Lang::En), ["traffic ×101", "queue full", "app-2 killed", "app-2 back"]);
        assert_eq!(said(Lang::De), ["Verkehr ×101", "Schlange voll", "app-2 beendet", "app-2 zurück"]);
    }

    /// Nothing was heard of a replica that was there from the start; its return is no addition.
    #[test]
    fn only_new_replicas_are_added() {
        let mut log = EventLog::default();
        let starts = |replica| Observation::State { replica, state: ReplicaState::Starting };
        let (old, new) = (ReplicaId(0), ReplicaId(1));
        let cause = DownCause::Crash;
        let dies = Observation::Died { replica: old, cause, requests: 0, sessions: 0, back_at: None };
        for (second, seen) in [(1, dies), (2, starts(old)), (3, starts(new))] {
            log.observe(SimTime(second * 1_000_000_000), &seen);
        }
        let (model, names) = (model(), ["app-1".to_owned(), "app-2".to_owned()]);
        let narrator = Narrator { lang: Lang::En, names: &names, changes: &[], model: &model };
        let lines = event_lines(&narrator, &log);
        let said: Vec<&str> = lines.iter().map(|line| line.label.as_str()).collect();
        assert_eq!(said, ["app-1 crashed", "app-2 starts"]);
    }

    #[test]
    fn labels_need_room() {
        let line = |at_s| EventLine { at_s, label: "app-2 killed".to_owned(), icon: "chip", weight: 8 };
        let plot = Plot { left: 0.0, width: 1_000.0, end_s: 10.0 };
        let labelled = |times: &[f64], now| {
            let lines: Vec<_> = times.iter().map(|&at| line(at)).collect();
            place_events(&lines, &plot, now).iter().map(|event| event.labelled).collect::<Vec<_>>()
        };
        assert_eq!(labelled(&[1.0, 1.5, 5.0, 9.9], 10.0), [false, true, true, false]);
        assert_eq!(labelled(&[1.0, 1.5], 1.2), [true]);
        assert_eq!(labelled(&[1.0, 1.01, 1.2], 10.0), [false, true], "10 px apart is one line");
    }

    #[test]
    fn the_weightier_line_stays() {
        let line = |at_s, weight| EventLine { at_s, label: String::new(), icon: "chip", weight };
        let plot = Plot { left: 0.0, width: 1_000.0, end_s: 10.0 };
        let lines = [line(0.8, 3), line(1.2, 8), line(1.8, 4), line(2.2, 3)];
        let kept: Vec<usize> = place_events(&lines, &plot, 10.0).iter().map(|event| event.index).collect();
        assert_eq!(kept, [1, 3], "40 px is near, 60 px is under a label of 90 px, 100 px is free");
    }
}
