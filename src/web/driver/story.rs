//! The life of one request, told by running the past again and listening for it alone.

use super::neighbours::Neighbours;
use super::others;
use super::timeline::{Fork, Timeline, explanation};
use crate::algorithm::{Decision, Explanation};
use crate::engine::{Engine, Explain, Explained, Pace};
use crate::lang::Said;
use crate::observe::{Dot, Observation, Outcome, Probe, ReplicaView, Snapshot};
use crate::units::{ClassId, SimDuration, SimTime};

/// What happened to one request up to a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Its number.
    pub request: u64,
    /// Its class.
    pub class: Option<ClassId>,
    /// When its client asked first.
    pub asked: SimTime,
    /// Up to when it is told.
    pub until: SimTime,
    /// When a balancer looked at it, in order: before that it was on its way. Nothing where that is not known,
    /// since the balancer lets requests wait before it looks at them.
    pub looked_at: Vec<SimTime>,
    /// Its attempts, in order.
    pub attempts: Vec<Attempt>,
    /// When its client's tries failed, and how long it paused before the next.
    pub pauses: Vec<(SimTime, SimDuration)>,
    /// When and how it ended, if it has.
    pub end: Option<(SimTime, Outcome)>,
    /// The status that its client got; 0 for none.
    pub status: u16,
    /// Where it is while it has not been handed to anybody.
    pub queued: bool,
    /// The requests of its client before and after it.
    pub neighbours: Neighbours,
}

impl Story {
    /// When it came to its balancer, of what happened from one moment to another.
    #[must_use]
    pub fn came(&self, from: SimTime, to: SimTime) -> Option<SimTime> {
        self.looked_at.iter().copied().find(|at| (from..=to).contains(at))
    }
}

/// One attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// Index of the replica in the engine.
    pub replica: u32,
    /// When the balancer handed it over.
    pub at: SimTime,
    /// When it reached the replica, was taken into service and left; as far as it has come.
    pub arrived: Option<SimTime>,
    /// When its service began.
    pub started: Option<SimTime>,
    /// When and how it ended.
    pub ended: Option<(SimTime, Outcome)>,
    /// The world just before the balancer chose.
    pub before: Before,
}

/// What the balancer chose among, and how it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    /// Wire name of the algorithm; nothing when there is no balancer.
    pub algorithm: Option<String>,
    /// Every candidate's score.
    pub why: Explanation,
    /// The replicas.
    pub replicas: Vec<ReplicaView>,
    /// What other rules would have decided.
    pub others: Vec<(&'static str, Decision)>,
}

/// Listens for one request.
struct Ear {
    request: u64,
    class: Option<ClassId>,
    attempts: Vec<Attempt>,
    pauses: Vec<(SimTime, SimDuration)>,
    end: Option<(SimTime, Outcome)>,
    status: u16,
}

impl Probe for Ear {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        match *seen {
            Observation::Offered { request, class } if request == self.request => self.class = Some(class),
            Observation::Dispatched { request, replica, .. } if request == self.request => {
                let before =
                    Before { algorithm: None, why: nothing(), replicas: Vec::new(), others: Vec::new() };
                let (arrived, started, ended) = (None, None, None);
                self.attempts.push(Attempt { replica: replica.0, at: now, arrived, started, ended, before });
            }
            Observation::AttemptEnded { request, replica, outcome, waiting, sojourn }
                if request == self.request =>
            {
                let mut open = self.attempts.iter_mut().rev();
                if let Some(attempt) = open.find(|a| a.replica == replica.0 && a.ended.is_none()) {
                    let arrived = SimTime(now.0.saturating_sub(sojourn.0)).max(attempt.at);
                    attempt.arrived = Some(arrived);
                    // One that was refused or lost while it waited has never been in service.
                    let began = arrived + waiting;
                    attempt.started = (began > arrived || sojourn > waiting || outcome == Outcome::Ok)
                        .then_some(began)
                        .filter(|began| *began < now || outcome == Outcome::Ok);
                    attempt.ended = Some((now, outcome));
                }
            }
            Observation::Retried { request, pause, .. } if request == self.request => {
                self.pauses.push((now, pause));
            }
            Observation::Ended { request, outcome, status, .. } if request == self.request => {
                (self.end, self.status) = (Some((now, outcome)), status);
            }
            _ => {}
        }
    }
}

fn nothing() -> Explanation {
    Explanation { scores: Vec::new(), because: Said::plain("") }
}

/// Why this attempt went where it went: the last decision by then that sent the request there.
fn explained_to(explained: &[Explained], attempt: &Attempt) -> Option<Explanation> {
    let by = attempt.at.as_secs() + 1e-9;
    let sent = |one: &&Explained| one.why.decision == Decision::Route(attempt.replica) && one.at_s <= by;
    explained.iter().rev().find(sent).map(|one| explanation(one.why.clone()))
}

/// Events that are handled before it is looked whether the request has ended.
const CHUNK: u64 = 500;

/// How often an attempt that has not ended is looked at.
const LOOKS: u64 = 100;

impl Timeline {
    /// The life of a request that was asked at `asked`, up to now. Nothing changes for the run itself.
    #[must_use]
    pub fn tell(&self, request: u64, asked: SimTime) -> Story {
        let now = self.now();
        let mut ear =
            Ear { request, class: None, attempts: Vec::new(), pauses: Vec::new(), end: None, status: 0 };
        let fork = self.fork_before(asked);
        let mut past = Past::of(self, fork);
        past.engine.explain(Explain::Request(request));
        while ear.end.is_none() && past.run(now, CHUNK, &mut ear) {}
        // A client may have gone while its work goes on: that is told as well.
        while ear.attempts.iter().any(|attempt| attempt.ended.is_none()) && past.run(now, CHUNK, &mut ear) {}
        let mut world = Snapshot::default();
        past.engine.snapshot(&mut world);
        let waits = |dots: &[Dot]| dots.iter().any(|dot| dot.request == request);
        let queued = world.balancer.as_ref().is_some_and(|balancer| waits(&balancer.waiting));
        self.look_before(fork, request, &mut ear.attempts, past.engine.explained());
        self.place_the_open(fork, &mut ear.attempts, request);
        let neighbours =
            self.neighbours(request, asked, past.engine.explained().first().map(|one| one.client));
        let Ear { class, attempts, pauses, end, status, .. } = ear;
        let looked_at = match &world.balancer {
            Some(balancer) if balancer.door.is_some() => Vec::new(),
            Some(_) => past.engine.explained().iter().map(|one| one.at).collect(),
            None => attempts.iter().map(|attempt| attempt.at).collect(),
        };
        let until = world.now;
        Story { request, class, asked, until, looked_at, attempts, pauses, end, status, queued, neighbours }
    }

    /// Goes through the same past once more and looks at the world just before each choice.
    fn look_before(
        &self,
        fork: Option<&Fork>,
        request: u64,
        attempts: &mut [Attempt],
        explained: &[Explained],
    ) {
        let mut past = Past::of(self, fork);
        for attempt in attempts {
            let just_before = SimTime(attempt.at.0.saturating_sub(1));
            while past.run(just_before, u64::MAX, &mut ()) {}
            let mut world = Snapshot::default();
            past.engine.snapshot(&mut world);
            let algorithm = world.balancer.map(|balancer| balancer.algorithm);
            let why = explained_to(explained, attempt).unwrap_or_else(nothing);
            // Where a cookie led, no rule was asked, and none would be.
            let asked = algorithm.as_deref().filter(|_| !why.scores.is_empty());
            let others = others::picks(&past.engine, asked, request, attempt.at);
            attempt.before = Before { algorithm, why, replicas: world.replicas, others };
        }
    }

    /// What an attempt that has not ended has done so far, to a hundredth of its time: observations tell that
    /// only at its end.
    fn place_the_open(&self, fork: Option<&Fork>, attempts: &mut [Attempt], request: u64) {
        let now = self.now();
        let Some(attempt) = attempts.iter_mut().rfind(|attempt| attempt.ended.is_none()) else { return };
        let mut past = Past::of(self, fork);
        let (mut world, whole) = (Snapshot::default(), now.since(attempt.at));
        for look in 0..=LOOKS {
            let at = attempt.at + SimDuration(whole.0 / LOOKS * look);
            while past.run(at, u64::MAX, &mut ()) {}
            past.engine.snapshot(&mut world);
            let mut inside = world.replicas.iter().filter(|replica| replica.id == attempt.replica);
            let Some(replica) = inside.next() else { return };
            let holds = |dots: &[Dot]| dots.iter().any(|dot| dot.request == request);
            let running = holds(&replica.running_dots);
            if running || holds(&replica.waiting_dots) {
                attempt.arrived = attempt.arrived.or(Some(at));
            }
            if running {
                attempt.started = Some(at);
                return;
            }
        }
    }
}

/// A copy of the past that runs on.
pub(super) struct Past<'a> {
    pub(super) engine: Engine,
    changes: &'a [crate::scenario::TimedChange],
    applied: usize,
}

impl<'a> Past<'a> {
    pub(super) fn of(timeline: &'a Timeline, fork: Option<&Fork>) -> Self {
        let (engine, applied) = match fork {
            Some(fork) => (fork.engine.clone(), fork.applied),
            None => (timeline.engine.clone(), timeline.applied),
        };
        Self { engine, changes: &timeline.made, applied }
    }

    /// Runs on by at most `budget` events, making the changes of the past again; false at `until`.
    pub(super) fn run(&mut self, until: SimTime, budget: u64, mut probe: &mut dyn Probe) -> bool {
        let next = self.changes.get(self.applied).map_or(SimTime::NEVER, |timed| timed.at);
        let stop = until.min(next);
        if stop < self.engine.now() {
            return false;
        }
        if self.engine.run_until(stop, budget, &mut probe) != Pace::Reached {
            return true;
        }
        while let Some(timed) = self.changes.get(self.applied).filter(|timed| timed.at <= stop) {
            // It could be made the first time; the world is the same again.
            let _ = self.engine.apply(timed.change.clone(), &mut probe);
            self.applied += 1;
        }
        stop < until
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::web::live::Live;

    /// One worker, 150 ms of work, a request every 100 ms from 100 ms on; 5 ms to the balancer and 2 ms to the
    /// replica, there and back. Request 0 is in service from 107 to 257 ms.
    const TEXT: &str = "[traffic]\ndelay = '5 ms'\n\
                        [balancer]\ndelay = '2 ms'\nalgorithm = 'least_connections'\n\
                        [[traffic.source]]\nkind = 'even'\nrate = '10/s'\n\
                        [[traffic.class]]\ndemand = '150 ms'\n\
                        [[service]]\n[run]\nduration = '1 s'";

    fn at(ms: u64) -> SimTime {
        SimTime(ms * 1_000_000)
    }

    fn told(until: SimTime) -> Story {
        let model = Scenario::from_toml_str(TEXT).unwrap().validate().unwrap();
        let mut live = Live::default();
        let mut timeline = Timeline::new(&model, &mut live);
        let _ = timeline.run_until(&mut live, until, || true);
        timeline.show(&mut live);
        let digest = live.digest;
        let story = timeline.tell(1, at(200));
        timeline.show(&mut live);
        assert_eq!((timeline.now(), live.digest), (until, digest), "the run itself stays where it is");
        story
    }

    /// Asked at 200, handed over at 205, there at 207, waits for the worker until 257, is done at 407; its
    /// answer is at the client at 414.
    #[test]
    fn a_life_is_told_to_the_nanosecond() {
        let story = told(at(900));
        assert_eq!(story.end, Some((at(414), Outcome::Ok)));
        let attempt = &story.attempts[0];
        assert_eq!((story.attempts.len(), attempt.at), (1, at(205)));
        assert_eq!((story.came(at(200), at(205)), story.came(at(206), at(900))), (Some(at(205)), None));
        assert_eq!((attempt.arrived, attempt.started), (Some(at(207)), Some(at(257))));
        assert_eq!(attempt.ended, Some((at(407), Outcome::Ok)));
        assert_eq!(attempt.before.algorithm.as_deref(), Some("least_connections"));
        // With one replica there is no choice.
        assert!(attempt.before.others.iter().all(|(_, decision)| *decision == Decision::Route(0)));
        let rules: Vec<_> = attempt.before.others.iter().map(|(rule, _)| *rule).collect();
        assert_eq!(rules, ["round_robin", "power_of_d", "peak_ewma", "ring_hash"]);
        // Request 0 was still there when the balancer chose.
        assert_eq!(attempt.before.replicas[0].in_flight, 1);
        assert_eq!(attempt.before.why.scores[0].value, 1.0);
    }

    /// At 300 ms it is in service since 257, known to a hundredth of the 95 ms since it was handed over.
    #[test]
    fn a_life_that_goes_on_is_told_so_far() {
        let story = told(at(300));
        assert_eq!((story.end, story.until), (None, at(300)));
        let attempt = &story.attempts[0];
        let started = attempt.started.unwrap();
        assert!(started >= at(257) && started <= at(258), "{started:?}");
        assert!(attempt.arrived.unwrap() <= at(208) && attempt.ended.is_none());
        let waiting = told(at(230));
        assert_eq!((waiting.attempts[0].started, waiting.queued), (None, false));
        let under_way = told(at(203));
        assert!(under_way.attempts.is_empty());
    }
}
