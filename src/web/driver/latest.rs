//! The latest requests and attempts: what lists and logs of the page show. Bounded, so that hours cost no
//! memory.

use std::collections::VecDeque;

use crate::observe::{MessageNews, OUTCOMES, Observation, Outcome, Probe, Quantiles};
use crate::units::order::sort_by_key;
use crate::units::{ClassId, DependencyId, ReplicaId, SimDuration, SimTime};

/// Requests kept for each outcome.
const KEPT: usize = 40;
/// Attempts kept for each replica.
const LINES: usize = 60;
/// Requests whose class is known and when they were asked: the last ones.
const ASKED: usize = 4_096;

/// A request that has ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ended {
    /// Its number.
    pub request: u64,
    /// When its client asked.
    pub asked: SimTime,
    /// How it ended.
    pub outcome: Outcome,
    /// From asking to the end.
    pub took: SimDuration,
    /// Attempts made.
    pub attempts: u32,
}

/// An attempt that has ended at a replica.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Served {
    /// When it ended.
    pub at: SimTime,
    /// Number of the request.
    pub request: u64,
    /// Its class, while it is known.
    pub class: Option<ClassId>,
    /// How the attempt ended.
    pub outcome: Outcome,
    /// From its arrival at the replica to its departure.
    pub sojourn: SimDuration,
}

/// A message that has left a background worker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Job {
    /// When.
    pub at: SimTime,
    /// Of which broker.
    pub broker: DependencyId,
    /// What became of it.
    pub news: MessageNews,
    /// Since it was sent.
    pub age: SimDuration,
    /// Since the worker got it.
    pub inside: SimDuration,
}

/// A request that was asked.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Asked {
    request: u64,
    class: ClassId,
    at: SimTime,
}

/// Hears what happens and keeps the latest of it.
#[derive(Debug, Clone)]
pub struct Latest {
    ended: Vec<VecDeque<Ended>>,
    served: Vec<VecDeque<Served>>,
    jobs: Vec<VecDeque<Job>>,
    asked: VecDeque<Asked>,
    /// Response times of what ended ok and was asked from a time on.
    response: Quantiles,
    from: SimTime,
}

impl Default for Latest {
    fn default() -> Self {
        Self {
            ended: vec![VecDeque::new(); OUTCOMES.len()],
            served: Vec::new(),
            jobs: Vec::new(),
            asked: VecDeque::new(),
            response: Quantiles::with_digits(2),
            from: SimTime::ZERO,
        }
    }
}

fn push<T>(list: &mut VecDeque<T>, most: usize, entry: T) {
    if list.len() >= most {
        list.pop_front();
    }
    list.push_back(entry);
}

/// Adds a line to the log of a replica.
fn note<T>(logs: &mut Vec<VecDeque<T>>, replica: ReplicaId, line: T) {
    let place = replica.index();
    if logs.len() <= place {
        logs.resize_with(place + 1, VecDeque::new);
    }
    push(&mut logs[place], LINES, line);
}

impl Latest {
    /// Keeps response times of requests that are asked from this time on.
    #[must_use]
    pub fn measured_from(from: SimTime) -> Self {
        Self { from, ..Self::default() }
    }

    /// Response times of the requests that ended ok.
    #[must_use]
    pub const fn response(&self) -> &Quantiles {
        &self.response
    }

    /// The latest requests that ended so, or however when nothing is named; the latest first.
    #[must_use]
    pub fn ended(&self, outcome: Option<Outcome>) -> Vec<Ended> {
        let mut list: Vec<Ended> = match outcome {
            Some(outcome) => self.ended[outcome as usize].iter().copied().collect(),
            None => self.ended.iter().flatten().copied().collect(),
        };
        sort_by_key(&mut list, |ended| std::cmp::Reverse((ended.asked + ended.took, ended.request)));
        list.truncate(KEPT);
        list
    }

    /// The latest attempts at a replica, the oldest first.
    pub fn served(&self, replica: u32) -> impl Iterator<Item = &Served> {
        self.served.get(replica as usize).into_iter().flatten()
    }

    /// The latest messages that left a replica which is a background worker, the oldest first.
    pub fn jobs(&self, replica: u32) -> impl Iterator<Item = &Job> {
        self.jobs.get(replica as usize).into_iter().flatten()
    }

    /// When requests were asked from a time on, the first of them first; nothing when they were more than `most`.
    #[must_use]
    pub fn asked_since(&self, from: SimTime, most: usize) -> Option<Vec<SimTime>> {
        let first = self.asked.partition_point(|asked| asked.at < from);
        let count = self.asked.len() - first;
        (count <= most && count < ASKED).then(|| self.asked.range(first..).map(|asked| asked.at).collect())
    }

    /// The class of a request, while it is known.
    #[must_use]
    pub fn class(&self, request: u64) -> Option<ClassId> {
        let place = self.asked.binary_search_by_key(&request, |asked| asked.request).ok()?;
        self.asked.get(place).map(|asked| asked.class)
    }
}

impl Probe for Latest {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        match *seen {
            Observation::Offered { request, class } => {
                push(&mut self.asked, ASKED, Asked { request, class, at: now });
            }
            Observation::AttemptEnded { request, replica, outcome, sojourn, .. } => {
                let class = self.class(request);
                note(&mut self.served, replica, Served { at: now, request, class, outcome, sojourn });
            }
            Observation::Message { news: MessageNews::Delivered | MessageNews::Published, .. } => {}
            Observation::Message { broker, news, replica: Some(replica), age, inside } => {
                note(&mut self.jobs, replica, Job { at: now, broker, news, age, inside });
            }
            Observation::Ended { request, outcome, response_time, attempts, .. } => {
                let asked = SimTime(now.0.saturating_sub(response_time.0));
                let ended = Ended { request, asked, outcome, took: response_time, attempts };
                if outcome == Outcome::Ok && asked >= self.from {
                    self.response.record(response_time);
                }
                push(&mut self.ended[outcome as usize], KEPT, ended);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_kept_and_no_more() {
        let mut latest = Latest::default();
        for n in 0..1_000_u64 {
            let at = SimTime(n * 1_000);
            latest.observe(at, &Observation::Offered { request: n, class: ClassId(n as u32 % 3) });
            let outcome = if n % 10 == 0 { Outcome::QueueFull } else { Outcome::Ok };
            let took = SimDuration(500);
            let (request, class, response_time, status) = (n, ClassId(0), took, outcome.status());
            let ended = Observation::Ended { request, class, outcome, status, response_time, attempts: 1 };
            latest.observe(at, &ended);
        }
        let full = latest.ended(Some(Outcome::QueueFull));
        assert_eq!((full.len(), full[0].request), (KEPT, 990));
        assert!(full.iter().all(|ended| ended.outcome == Outcome::QueueFull));
        let all = latest.ended(None);
        assert_eq!((all.len(), all[0].request, all[1].request), (KEPT, 999, 998));
        assert_eq!(all[0].asked, SimTime(998_500));
        assert_eq!(latest.class(7), Some(ClassId(1)));
        (0..100).for_each(|n| {
            let (waiting, sojourn) = (SimDuration(1), SimDuration(2));
            let (replica, outcome) = (ReplicaId(2), Outcome::Ok);
            let seen = Observation::AttemptEnded { request: n, replica, outcome, waiting, sojourn };
            latest.observe(SimTime(n), &seen);
        });
        assert_eq!(latest.served(2).count(), LINES);
        assert_eq!(latest.served(0).count() + latest.served(9).count(), 0);
        assert!(latest.asked.len() <= ASKED);
        // 997, 998 and 999 µs; of 1,000 since the beginning more than three were asked.
        let since = SimTime(997_000);
        assert_eq!(
            latest.asked_since(since, 3),
            Some(vec![SimTime(997_000), SimTime(998_000), SimTime(999_000)])
        );
        assert_eq!(latest.asked_since(SimTime::ZERO, 3), None);
    }

    /// The worker's log has what left it, not what was sent to it.
    #[test]
    fn workers_have_a_log() {
        let mut latest = Latest::default();
        let (broker, age, inside) = (DependencyId(0), SimDuration(7), SimDuration(3));
        for (n, news) in
            [MessageNews::Published, MessageNews::Delivered, MessageNews::Done].into_iter().enumerate()
        {
            let replica = (news != MessageNews::Published).then_some(ReplicaId(1));
            latest.observe(SimTime(n as u64), &Observation::Message { broker, news, replica, age, inside });
        }
        let job = Job { at: SimTime(2), broker, news: MessageNews::Done, age, inside };
        assert_eq!(latest.jobs(1).copied().collect::<Vec<_>>(), [job]);
        assert_eq!(latest.jobs(0).count(), 0);
    }
}
