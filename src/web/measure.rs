//! Numbers of the last second, for sentences and labels.

use crate::lang::{Counted, Lang, texts};
use crate::observe::{Outcome, ReplicaState, ReplicaView};
use crate::scenario::{Change, Scenario, SourceKind, link};
use crate::units::SimTime;
use crate::web::live::Live;

texts! {
    mod say {
        fn users { en: "users", de: "Nutzer", fr: "utilisateurs" }
        fn requests { en: "requests/s", de: "Anfragen/s", fr: "requêtes/s" }
        fn serve(n: Whole) {
            en: "{n} {n:serves|serve}",
            de: "{n} {n:bedient|bedienen}",
            fr: "{n} en service",
        }
        fn start(n: Whole) {
            en: "{n} {n:starts|start}",
            de: "{n} {n:startet|starten}",
            fr: "{n} {n:démarre|démarrent}",
        }
        fn wait(n: Whole) { en: "{n} {n:waits|wait}", de: "{n} {n:wartet|warten}", fr: "{n} en attente" }
        fn drain(n: Whole) {
            en: "{n} {n:drains|drain}",
            de: "{n} {n:läuft|laufen} leer",
            fr: "{n} en vidange",
        }
        fn down(n: Whole) {
            en: "{n} {n:is|are} down",
            de: "{n} {n:ist|sind} ausgefallen",
            fr: "{n} en panne",
        }
        fn failed(n: Whole) {
            en: "{n} could not start",
            de: "{n} {n:konnte|konnten} nicht starten",
            fr: "{n} sans démarrage possible",
        }
        fn none { en: "No replica.", de: "Keine Replik.", fr: "Aucune réplique." }
    }
}

/// What happened in the last second (less at the start of the run), per second.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recent {
    /// Requests offered.
    pub offered: f64,
    /// Requests that ended ok.
    pub ok: f64,
    /// Requests that failed.
    pub failed: f64,
    /// The most frequent failure, with its rate.
    pub worst: Option<(Outcome, f64)>,
}

/// The windows of the last second.
#[must_use]
pub fn recent(live: &Live) -> Recent {
    let series = &live.recorder.series;
    let windows = ((1.0 / series.window_s).round() as usize).max(1);
    let points = &series.points[series.points.len().saturating_sub(windows)..];
    let seconds = points.len() as f64 * series.window_s;
    if points.is_empty() {
        return Recent::default();
    }
    let per_second = |n: u64| n as f64 / seconds;
    let ended = |outcome: Outcome| points.iter().map(|p| u64::from(p.ended[outcome as usize])).sum::<u64>();
    let failures = crate::observe::OUTCOMES[1..].iter().map(|&outcome| (outcome, ended(outcome)));
    let worst = failures.clone().max_by_key(|&(outcome, n)| (n, std::cmp::Reverse(outcome)));
    Recent {
        offered: per_second(points.iter().map(|p| u64::from(p.offered)).sum()),
        ok: per_second(ended(Outcome::Ok)),
        failed: per_second(failures.map(|(_, n)| n).sum()),
        worst: worst.filter(|&(_, n)| n > 0).map(|(outcome, n)| (outcome, per_second(n))),
    }
}

/// What clients ask, now and at the base: requests a second of open sources, or users of closed ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Now.
    pub now: f64,
    /// The scenario's base.
    pub base: f64,
    /// What the profile alone would ask now.
    pub planned: f64,
    /// Whether these are users.
    pub users: bool,
}

impl Asked {
    /// Of a running world.
    #[must_use]
    pub fn of(live: &Live, started: &Scenario) -> Self {
        let users = link::open_rate(started).is_none();
        let closed = started.traffic.source.iter().filter(|source| source.kind == SourceKind::Users);
        let base = link::open_rate(started).unwrap_or_else(|| closed.map(|s| f64::from(s.users)).sum());
        let now = if users { live.world.users as f64 } else { live.world.asked_rate };
        let factor = live.changes.iter().rev().find_map(|timed| match timed.change {
            Change::Rate { times } => Some(times),
            _ => None,
        });
        let planned = match factor {
            Some(factor) if factor > 0.0 => now / factor,
            Some(_) => base,
            None => now,
        };
        Self { now, base, planned, users }
    }

    /// Whether a Black Friday is on: at least fifty times the base.
    #[must_use]
    pub fn is_black_friday(&self) -> bool {
        self.base > 0.0 && self.now >= 50.0 * self.base
    }

    /// The change that makes clients ask `wanted`.
    #[must_use]
    pub fn change_to(&self, wanted: f64) -> Change {
        let level = if self.planned > 0.0 { self.planned } else { self.base };
        Change::Rate { times: if level > 0.0 { (wanted / level).min(1e6) } else { 0.0 } }
    }

    /// What is asked, in words: `requests/s`, `users`.
    #[must_use]
    pub const fn unit(&self, lang: Lang) -> &'static str {
        if self.users { say::users(lang) } else { say::requests(lang) }
    }
}

/// Since when a Black Friday is on, in seconds; found in the series.
#[must_use]
pub fn black_friday_since(live: &Live, base: f64) -> Option<f64> {
    let points = &live.recorder.series.points;
    let on = points.iter().rev().take_while(|p| f64::from(p.asked_rate) >= 50.0 * base).count();
    (on > 0).then(|| points[points.len() - on].at_s)
}

/// Replicas by what they do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fleet {
    /// Names of those that serve.
    pub serving: Vec<String>,
    /// How many wait to be started.
    pub created: usize,
    /// How many start.
    pub starting: usize,
    /// How many are down, or wait for their restart.
    pub down: usize,
    /// How many could not start.
    pub not_started: usize,
    /// How many finish what they have.
    pub draining: usize,
}

impl Fleet {
    /// Of a world.
    #[must_use]
    pub fn of<'a>(replicas: impl IntoIterator<Item = &'a ReplicaView>) -> Self {
        let mut fleet = Self::default();
        for replica in replicas {
            match replica.state {
                ReplicaState::Ready => fleet.serving.push(replica.name.clone()),
                ReplicaState::Created => fleet.created += 1,
                ReplicaState::Starting => fleet.starting += 1,
                ReplicaState::BackingOff | ReplicaState::Down => fleet.down += 1,
                ReplicaState::NotStarted => fleet.not_started += 1,
                ReplicaState::Draining => fleet.draining += 1,
                ReplicaState::Removed => {}
            }
        }
        fleet
    }

    /// In a sentence: `1 serves, 1 starts, 1 is down.`
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let parts: [(usize, Counted); 6] = [
            (self.serving.len(), say::serve),
            (self.starting, say::start),
            (self.created, say::wait),
            (self.draining, say::drain),
            (self.down, say::down),
            (self.not_started, say::failed),
        ];
        let said: Vec<_> =
            parts.iter().filter(|(n, _)| *n > 0).map(|(n, say)| say(lang, *n as u64)).collect();
        if said.is_empty() { say::none(lang).into() } else { format!("{}.", said.join(", ")) }
    }
}

/// Seconds from now until `at`; never negative.
#[must_use]
pub fn seconds_until(now: SimTime, at: SimTime) -> f64 {
    at.since(now).as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(now: f64, base: f64, planned: f64) -> Asked {
        Asked { now, base, planned, users: false }
    }

    #[test]
    fn a_rate_is_a_multiple_of_the_plan_of_the_moment() {
        assert_eq!(asked(8.0, 8.0, 8.0).change_to(808.0), Change::Rate { times: 101.0 });
        assert_eq!(asked(808.0, 8.0, 808.0).change_to(8.0), Change::Rate { times: 8.0 / 808.0 });
        assert_eq!(asked(0.0, 8.0, 0.0).change_to(16.0), Change::Rate { times: 2.0 });
        assert_eq!(asked(0.0, 0.0, 0.0).change_to(16.0), Change::Rate { times: 0.0 });
        assert!(asked(808.0, 8.0, 808.0).is_black_friday() && !asked(80.0, 8.0, 8.0).is_black_friday());
    }

    #[test]
    fn the_fleet_in_a_sentence() {
        let replica = |state| ReplicaView { state, ..ReplicaView::default() };
        let world =
            [ReplicaState::Ready, ReplicaState::Starting, ReplicaState::BackingOff, ReplicaState::Down];
        assert_eq!(Fleet::of(&world.map(replica)).sentence(Lang::En), "1 serves, 1 starts, 2 are down.");
        assert_eq!(Fleet::of(&[]).sentence(Lang::De), "Keine Replik.");
    }
}
