//! The life of a request in words: one sentence, then step by step.

use crate::observe::{Outcome, ReplicaView};
use crate::report::number::{millis, three, whole};
use crate::units::SimTime;
use crate::web::driver::{Attempt, Story};
use crate::web::icons::Icon;

/// A stretch of text, and whether it is a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part(pub String, pub bool);

/// Something that happened to the request.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Milliseconds since it was asked.
    pub at_ms: f64,
    /// Its icon.
    pub icon: Icon,
    /// In words.
    pub text: String,
}

/// `200 OK`, `503`, or nothing at all.
#[must_use]
pub fn status(status: u16) -> String {
    match status {
        0 => "no answer".into(),
        200 => "200 OK".into(),
        code => code.to_string(),
    }
}

/// What its client saw, and what it comes to.
#[must_use]
pub fn summary(story: &Story, name: &dyn Fn(u32) -> String) -> Vec<Part> {
    let plain = |text: &str| Part(text.into(), false);
    let fact = |text: String| Part(text, true);
    let Some((at, outcome)) = story.end else {
        let so_far = millis(story.until.since(story.asked).as_millis());
        let r#where = match story.attempts.last() {
            _ if story.queued => "it waits in the balancer’s queue".to_owned(),
            Some(attempt) if attempt.ended.is_none() => match (attempt.arrived, attempt.started) {
                (_, Some(_)) => format!("{} works on it", name(attempt.replica)),
                (Some(_), None) => format!("it waits at {}", name(attempt.replica)),
                (None, None) => format!("it is on its way to {}", name(attempt.replica)),
            },
            _ => "it is on its way".to_owned(),
        };
        return vec![
            plain("The client has waited "),
            fact(so_far),
            plain(" so far: "),
            plain(&r#where),
            plain("."),
        ];
    };
    let took = millis(at.since(story.asked).as_millis());
    let who = story.attempts.last().map(|attempt| name(attempt.replica));
    match outcome {
        Outcome::Ok => {
            let tries = match story.attempts.len() {
                0 | 1 => String::new(),
                n => format!(", on the {} attempt", ordinal(n)),
            };
            let by = who.map_or_else(|| ".".into(), |who| format!(" from {who}{tries}."));
            vec![plain("The client got "), fact(format!("{} after {took}", status(story.status))), plain(&by)]
        }
        Outcome::ClientGaveUp => {
            vec![
                plain("The client "),
                fact(format!("gave up after {took}")),
                plain(" and left without an answer."),
            ]
        }
        Outcome::SessionLost => vec![
            plain("The client got an answer after "),
            fact(took),
            plain(", yet this counts as a failure: "),
            fact("the session was gone".into()),
            plain(", and with it the basket."),
        ],
        other => vec![
            plain("The client got "),
            fact(format!("{} after {took}", status(story.status))),
            plain(": "),
            plain(&lower_first(other.meaning())),
        ],
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn ordinal(n: usize) -> String {
    match n {
        2 => "second".into(),
        3 => "third".into(),
        n => format!("{n}th"),
    }
}

/// Step by step.
#[must_use]
pub fn steps(story: &Story, line: &str, name: &dyn Fn(u32) -> String) -> Vec<Step> {
    let ms = |at: SimTime| at.since(story.asked).as_millis();
    let mut steps = vec![Step { at_ms: 0.0, icon: Icon::Person, text: format!("The client sends {line}.") }];
    let mut since = story.asked;
    for (n, attempt) in story.attempts.iter().enumerate() {
        let waited = attempt.at.since(since);
        let after = if waited.0 > 0 && n == 0 {
            format!(" after {} on the way and in its queue", millis(waited.as_millis()))
        } else {
            String::new()
        };
        let text = if n == 0 {
            format!("The balancer picks {}{after}.", name(attempt.replica))
        } else {
            format!("The balancer tries again: {}.", name(attempt.replica))
        };
        let icon = if n == 0 { Icon::ChevronRight } else { Icon::BackingOff };
        steps.push(Step { at_ms: ms(attempt.at), icon, text });
        steps.extend(at_the_replica(attempt, &name(attempt.replica), &ms));
        since = attempt.ended.map_or(since, |(at, _)| at);
    }
    for (at, pause) in &story.pauses {
        let text = format!("This try has failed. The client asks again after {}.", millis(pause.as_millis()));
        steps.push(Step { at_ms: ms(*at), icon: Icon::StartAgain, text });
    }
    if let Some((at, outcome)) = story.end {
        let icon = if outcome == Outcome::Ok { Icon::Tick } else { Icon::NoEntry };
        let text = match outcome {
            Outcome::Ok => "The answer reaches the client.".to_owned(),
            Outcome::ClientGaveUp => "The client leaves.".to_owned(),
            other => format!("The client gets {}: {}.", status(story.status), other.label()),
        };
        steps.push(Step { at_ms: ms(at), icon, text });
    }
    steps.sort_by(|a, b| a.at_ms.total_cmp(&b.at_ms));
    steps
}

fn at_the_replica(attempt: &Attempt, name: &str, ms: &dyn Fn(SimTime) -> f64) -> Vec<Step> {
    let mut steps = Vec::new();
    let before = attempt.before.replicas.iter().find(|replica| replica.id == attempt.replica);
    let waited = attempt.arrived.zip(attempt.started).map(|(arrived, started)| started.since(arrived));
    if let (Some(arrived), Some(waited)) = (attempt.arrived, waited.filter(|waited| waited.0 > 0)) {
        let busy = before.map_or_else(String::new, |replica| busy(replica, name));
        let text = format!("{busy} The request waits {}.", millis(waited.as_millis()));
        steps.push(Step { at_ms: ms(arrived), icon: Icon::QueueFull, text: text.trim_start().to_owned() });
    }
    if let Some(started) = attempt.started {
        let sharing = before.map_or_else(String::new, |replica| {
            let sharing = (u64::from(replica.running) + 1).min(u64::from(replica.concurrency).max(1));
            let cores = match replica.cores {
                1.0 => "one core".to_owned(),
                cores if cores > 1.0 => format!("{} cores", three(cores)),
                part => format!("{} of a core", three(part)),
            };
            match sharing {
                1 => format!(" It has {cores} for itself."),
                n => format!(" About {n} requests share {cores}."),
            }
        });
        let text = format!("A worker of {name} takes it.{sharing}");
        steps.push(Step { at_ms: ms(started), icon: Icon::Busy, text });
    }
    if let Some((at, outcome)) = attempt.ended {
        let (icon, text) = match (outcome, attempt.started) {
            (Outcome::Ok, Some(started)) => {
                let worked = millis(at.since(started).as_millis());
                (Icon::Ok, format!("{name} has worked on it for {worked} and answers."))
            }
            (Outcome::Ok, None) => (Icon::Ok, format!("{name} answers.")),
            (Outcome::ClientGaveUp, _) => (Icon::Hourglass, format!("Nobody waits for {name} any more.")),
            (other, _) => (Icon::Overloaded, format!("{name}: {}", lower_first(other.meaning()))),
        };
        steps.push(Step { at_ms: ms(at), icon, text });
    }
    steps
}

fn busy(replica: &ReplicaView, name: &str) -> String {
    let places = match replica.concurrency {
        1 => "its only worker".to_owned(),
        n => format!("all {} workers", whole(u64::from(n))),
    };
    match replica.waiting {
        0 => format!("{name} has {places} busy."),
        n => format!("{name} has {places} busy and {} in its backlog.", whole(u64::from(n))),
    }
}

/// What keeps such a request from failing; nothing where it did not fail.
#[must_use]
pub const fn remedy(outcome: Outcome) -> Option<&'static str> {
    Some(match outcome {
        Outcome::Ok => return None,
        Outcome::QueueFull => {
            "More replicas, or less work for each request. A longer queue only makes more of them wait longer."
        }
        Outcome::QueueTimeout | Outcome::ClientGaveUp | Outcome::ReadTimeout => {
            "It came too late: more capacity, or fewer requests accepted at once, so that those who are in are \
             answered in time."
        }
        Outcome::BacklogOverflow => "More workers or replicas; a longer backlog only hides the wait.",
        Outcome::NoFreeConnection => {
            "A higher limit on connections, or a limit in the balancer below it, so that it sends nobody in \
             vain."
        }
        Outcome::OutOfMemory => {
            "A limit on connections or requests that keeps memory below its limit, or more memory."
        }
        Outcome::ReplicaCrashed | Outcome::WorkerKilled | Outcome::ConnectionRefused => {
            "Another attempt on another replica, where the request may be repeated."
        }
        Outcome::SessionLost => {
            "Sessions in a store that outlives the replica. A sticky cookie does not help when the replica is \
             gone."
        }
        Outcome::NoHealthyReplica => "A replica that is left out for a shorter time, or more replicas.",
        _ => "See which limit was met first: the scene names it.",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SimDuration;

    fn story(end: Option<(u64, Outcome)>) -> Story {
        Story {
            request: 7,
            class: None,
            asked: SimTime(0),
            until: SimTime(5_000_000),
            attempts: Vec::new(),
            pauses: vec![(SimTime(1_000_000), SimDuration::from_millis(2))],
            end: end.map(|(ms, outcome)| (SimTime(ms * 1_000_000), outcome)),
            status: end.map_or(0, |(_, outcome)| outcome.status()),
            queued: true,
        }
    }

    fn said(story: &Story) -> String {
        summary(story, &|id| format!("app-{id}")).into_iter().map(|part| part.0).collect()
    }

    #[test]
    fn every_ending_has_its_sentence() {
        assert_eq!(
            said(&story(None)),
            "The client has waited 5 ms so far: it waits in the balancer’s queue."
        );
        assert_eq!(said(&story(Some((4, Outcome::Ok)))), "The client got 200 OK after 4 ms.");
        let gave_up = said(&story(Some((4, Outcome::ClientGaveUp))));
        assert_eq!(gave_up, "The client gave up after 4 ms and left without an answer.");
        for &outcome in crate::observe::OUTCOMES {
            let said = said(&story(Some((4, outcome))));
            assert!(said.starts_with("The client g") && said.ends_with('.'), "{said}");
            assert_eq!(remedy(outcome).is_none(), outcome == Outcome::Ok, "{outcome:?}");
        }
    }

    #[test]
    fn steps_are_in_order_of_time() {
        let steps = steps(&story(Some((4, Outcome::QueueFull))), "GET /", &|_| String::new());
        let times: Vec<f64> = steps.iter().map(|step| step.at_ms).collect();
        assert_eq!(times, [0.0, 1.0, 4.0]);
        assert!(steps[1].text.contains("asks again after 2 ms") && steps[2].text.contains("503"));
    }
}
