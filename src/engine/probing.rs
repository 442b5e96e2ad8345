//! Reports that an algorithm asks replicas for: the question travels to the replica, the report back.
//!
//! A replica that is not ready or hangs gives none. What it says is true at the time at which it is asked; the
//! balancer hears of it later by the way back.

use super::arena::Arena;
use super::event::Event;
use super::{Engine, SimDuration};
use crate::algorithm::Report;
use crate::observe::ReplicaState;
use crate::rng::{Purpose, Stream};

/// Requests of each replica that its reports are made from.
const KEPT: usize = 16;

/// A question on its way, and then the report.
#[derive(Debug, Clone, Copy)]
struct Asked {
    front: u16,
    instance: u16,
    member: u32,
    replica: u32,
    report: Report,
}

/// The last requests of a replica: how many were inside when they left, with themselves, and how long they were.
#[derive(Debug, Clone, Default)]
struct Seen {
    last: [(u32, SimDuration); KEPT],
    count: usize,
}

impl Seen {
    /// The median time for each request inside, times the requests that the next one would find itself among: where
    /// requests share a CPU or wait for each other, times grow in proportion to them.
    fn latency(&self, inside: u32) -> Option<SimDuration> {
        let mut each = self.last.map(|(saw, time)| time.0 / u64::from(saw.max(1)));
        let each = &mut each[..self.count.min(KEPT)];
        each.sort_unstable();
        each.get(each.len() / 2).map(|&one| SimDuration(one.saturating_mul(u64::from(inside) + 1)))
    }
}

#[derive(Debug, Clone)]
pub(super) struct Probing {
    stream: Stream,
    asked: Arena<Asked>,
    seen: Vec<Seen>,
}

impl Probing {
    /// What is needed where an algorithm asks for reports; nothing where none does.
    pub(super) fn new(asks: bool, seed: u64) -> Option<Box<Self>> {
        let stream = Stream::new(seed, Purpose::Probes, 0);
        let probing = Self { stream, asked: Arena::new(), seen: Vec::new() };
        asks.then(|| Box::new(probing))
    }

    /// A request has been served.
    pub(super) fn note(&mut self, replica: u32, inside: u32, time: SimDuration) {
        let known = self.seen.len().max(replica as usize + 1);
        self.seen.resize_with(known, Seen::default);
        let seen = &mut self.seen[replica as usize];
        seen.last[seen.count % KEPT] = (inside, time);
        seen.count += 1;
    }
}

impl Engine {
    /// Sends the questions that a decision has led to.
    pub(super) fn ask_for_reports(&mut self, front: u16, instance: u16) {
        let Some(probing) = &mut self.probing else { return };
        let body = &mut self.fronts[usize::from(front)];
        while let Some(member) = body.instances[usize::from(instance)].pool.wants_report() {
            let (replica, report) = (body.members[member as usize], Report::default());
            let asked = probing.asked.insert(Asked { front, instance, member, replica, report });
            let delay = self.model.front(front).delay.sample(&mut probing.stream);
            self.queue.schedule(self.now + delay, Event::AskedForReport { asked });
        }
    }

    /// A question reaches its replica.
    pub(super) fn asked_for_report(&mut self, asked: u32) {
        let Some(probing) = &mut self.probing else { return };
        let Asked { front, replica: id, .. } = probing.asked[asked];
        let replica = &self.replicas[id as usize];
        if replica.state != ReplicaState::Ready || replica.rest.faults.frozen {
            probing.asked.release(asked);
            return;
        }
        let inside = replica.in_system.value() as u32;
        probing.asked[asked].report = Report {
            inside,
            latency: probing.seen.get(id as usize).and_then(|seen| seen.latency(inside)),
            cpu_time: replica.cpu.used(self.now),
            cpu_capacity: SimDuration((self.now.0 as f64 * replica.model.cores) as u64),
        };
        let delay = self.model.front(front).delay.sample(&mut probing.stream);
        self.queue.schedule(self.now + delay, Event::Reported { asked });
    }

    /// A report reaches the balancer that asked.
    pub(super) fn reported(&mut self, asked: u32) {
        let Some(probing) = &mut self.probing else { return };
        let Asked { front, instance, member, report, .. } = probing.asked[asked];
        probing.asked.release(asked);
        self.fronts[usize::from(front)].instances[usize::from(instance)]
            .pool
            .reported(self.now, member, report);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Requests that left 1, 2, 3 … behind took 10 ms for each inside: 10 ms for the next one alone, 90 ms among nine.
    #[test]
    fn latency_is_that_of_the_load() {
        let stream = Stream::new(1, Purpose::Probes, 0);
        let mut probing = Probing { stream, asked: Arena::new(), seen: Vec::new() };
        for saw in 1..20 {
            probing.note(3, saw, SimDuration::from_millis(10 * u64::from(saw)));
        }
        let at = |inside| probing.seen[3].latency(inside).map(|time| time.as_millis());
        assert_eq!((at(0), at(8), probing.seen[0].latency(0)), (Some(10.0), Some(90.0), None));
    }
}
