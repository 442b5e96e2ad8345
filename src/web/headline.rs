//! One sentence of what is going on: first the fact, then who answers how much, then what comes.

use crate::observe::{Outcome, ReplicaState, ReplicaView};
use crate::report::number::{list, moment, rate};
use crate::web::live::Live;
use crate::web::measure::{Asked, Fleet, Recent, recent, seconds_until};

/// A stretch of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The words.
    pub text: String,
    /// Whether it is a fact, shown stronger.
    pub fact: bool,
}

fn fact(text: impl Into<String>) -> Part {
    Part { text: text.into(), fact: true }
}

fn plain(text: impl Into<String>) -> Part {
    Part { text: text.into(), fact: false }
}

/// What is going on now.
#[must_use]
pub fn headline(live: &Live, asked: &Asked) -> Vec<Part> {
    let fleet = Fleet::of(&live.world.replicas);
    if live.recorder.series.points.is_empty() {
        return before_the_start(live, asked);
    }
    let recent = recent(live);
    let state = state_in_words(live, &fleet, &recent);
    let answers = who_answers(live, &fleet, &recent, &state);
    let mut parts = vec![fact(state), plain(" ")];
    parts.extend(answers);
    if let Some(next) = what_comes(live) {
        parts.push(plain(format!(" {next}")));
    }
    parts
}

/// The same as plain text.
#[must_use]
pub fn text(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}

fn before_the_start(live: &Live, asked: &Asked) -> Vec<Part> {
    let replicas = match live.world.replicas.len() {
        1 => "One replica waits".to_owned(),
        n => format!("{n} replicas wait"),
    };
    let asked = match (asked.users, asked.base) {
        (true, users) => format!("{users:.0} users"),
        (false, base) => format!("{} requests a second", rate(base).trim_end_matches("/s")),
    };
    vec![fact("Nothing has happened yet."), plain(format!(" {replicas} for {asked}."))]
}

/// Share of failures from which a world is no longer calm.
const NOTABLE: f64 = 0.02;

fn state_in_words(live: &Live, fleet: &Fleet, recent: &Recent) -> String {
    let away = fleet.down + fleet.not_started;
    let all = fleet.serving.len() + fleet.created + fleet.starting + away + fleet.draining;
    let failing = recent.failed > NOTABLE * (recent.ok + recent.failed);
    let ready = || live.world.replicas.iter().filter(|replica| replica.state == ReplicaState::Ready);
    match fleet.serving.as_slice() {
        [] if all > 0 => "No replica serves.".into(),
        _ if live.world.balancer.is_some() && ready().all(is_left_out) => {
            "The balancer leaves out every replica.".into()
        }
        _ if fleet.not_started > 0 && fleet.down == 0 => {
            format!("{} could not start.", names(live, |state| state == ReplicaState::NotStarted))
        }
        [only] if all > 1 && away > 0 => format!("One replica is left: {only}."),
        _ if away > 0 => {
            format!("{} {} down.", names(live, is_away), if away == 1 { "is" } else { "are" })
        }
        _ if failing => recent.worst.map_or_else(String::new, |(outcome, _)| trouble(outcome).to_owned()),
        _ if recent.offered > 1.15 * recent.ok && recent.offered - recent.ok > 2.0 => {
            "More comes than is answered.".into()
        }
        _ if recent.ok < 0.5 && recent.offered < 0.5 => "It is quiet.".into(),
        _ => "All is well.".into(),
    }
}

/// Whether the balancer may not choose it for another reason than that it is full.
fn is_left_out(replica: &ReplicaView) -> bool {
    replica.left_out
}

fn names(live: &Live, which: fn(ReplicaState) -> bool) -> String {
    let chosen = live.world.replicas.iter().filter(|replica| which(replica.state));
    list(&chosen.map(|replica| replica.name.clone()).collect::<Vec<_>>(), 3)
}

const fn is_away(state: ReplicaState) -> bool {
    matches!(state, ReplicaState::BackingOff | ReplicaState::Down | ReplicaState::NotStarted)
}

/// What most failures say about the world.
const fn trouble(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::QueueFull => "The balancer’s queue is full.",
        Outcome::QueueTimeout => "Requests wait too long in the balancer’s queue.",
        Outcome::ClientGaveUp => "Clients give up waiting.",
        Outcome::ReadTimeout | Outcome::ConnectTimeout => "Answers come too late.",
        Outcome::BacklogOverflow => "The listen backlogs are full.",
        Outcome::ConnectionRefused | Outcome::NoHealthyReplica => "Requests find nobody.",
        Outcome::NoFreeConnection => "Replicas have no connection left.",
        Outcome::OutOfMemory => "Memory runs out.",
        Outcome::SessionLost => "Users find their baskets gone.",
        _ => "Requests fail.",
    }
}

fn who_answers(live: &Live, fleet: &Fleet, recent: &Recent, said: &str) -> Vec<Part> {
    let number = |per_second: f64| rate(per_second).trim_end_matches("/s").to_owned();
    // Answers of a second may be to requests of the second before.
    let asks = number(recent.offered.max(recent.ok));
    let mut parts = match fleet.serving.as_slice() {
        [] => vec![fact(asks), plain(" requests a second find no replica")],
        serving => {
            let who = match serving {
                [only] if live.world.replicas.len() > 1 => format!("{only} answers "),
                [_] => "One replica answers ".into(),
                several => format!("{} replicas answer ", several.len()),
            };
            vec![plain(who), fact(number(recent.ok)), plain(format!(" of {asks} requests a second"))]
        }
    };
    if let Some((outcome, worst)) = recent.worst.filter(|_| !fleet.serving.is_empty()) {
        parts.push(plain(" and "));
        parts.push(fact(number(worst)));
        // The reason is not said twice.
        let end = end_of(outcome);
        let end = if said == trouble(outcome) { end.split(':').next().unwrap_or(&end) } else { &end };
        parts.push(plain(format!(" {end}")));
    }
    parts.push(plain("."));
    parts
}

/// How requests of this outcome end, after a number.
fn end_of(outcome: Outcome) -> String {
    match outcome {
        Outcome::QueueFull => "are turned away: the balancer’s queue is full".into(),
        Outcome::ClientGaveUp => "leave before their answer".into(),
        Outcome::OutOfMemory => "are lost with a replica that ran out of memory".into(),
        Outcome::ReplicaCrashed => "are lost with a replica that crashed".into(),
        Outcome::SessionLost => "come back without their basket".into(),
        Outcome::BacklogOverflow => "find the listen backlog full".into(),
        Outcome::ConnectionRefused => "are refused: nothing listens".into(),
        Outcome::NoHealthyReplica => "find no replica that may be asked".into(),
        Outcome::NoFreeConnection => "find no free connection".into(),
        other => format!("end as “{}”", other.label()),
    }
}

/// The next thing that is certain to come, when it is near.
fn what_comes(live: &Live) -> Option<String> {
    let now = live.world.now;
    let next = live.world.replicas.iter().filter_map(|replica| {
        let verb = match replica.state {
            ReplicaState::BackingOff => "restarts",
            ReplicaState::Starting => "is ready",
            _ => return None,
        };
        replica.until.map(|until| (until, replica, verb))
    });
    let (until, replica, verb) = next.min_by_key(|(until, ..)| *until)?;
    Some(format!("{} {verb} in {}.", replica.name, moment(seconds_until(now, until))))
}

#[cfg(test)]
mod tests;
