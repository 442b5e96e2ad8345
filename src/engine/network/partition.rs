//! A partition between the balancer and a replica: nothing gets through, and nobody is told.
//!
//! A connection attempt vanishes and is sent again like a lost one. What is sent on an established connection, an
//! answer or a request on a kept connection, is stuck: the kernel sends it again after 0.2 s and then twice as long
//! each time, at most 120 s (Linux), so that it arrives some time after the partition is over, if somebody still
//! waits for it.

use super::super::balancer::Front;
use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::request::Phase;
use super::super::{Engine, Probe};
use crate::observe::Outcome;
use crate::units::{SimDuration, SimTime};

/// The first pause before what was not acknowledged is sent again, and the longest (Linux: TCP_RTO_MIN, TCP_RTO_MAX).
const FIRST: SimDuration = SimDuration::from_millis(200);
const LONGEST: SimDuration = SimDuration::from_secs(120);

/// What does not get through: since when, and the next time that it is sent after the partition is over.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Stuck {
    since: SimTime,
    again: EventKey,
}

/// The first time from `now` on at which something is sent again that was sent at `since`.
fn sent_again(since: SimTime, now: SimTime) -> SimTime {
    let (mut at, mut pause) = (since + FIRST, FIRST);
    while at < now {
        pause = SimDuration(pause.0.saturating_mul(2)).min(LONGEST);
        at += pause;
    }
    at
}

impl Engine {
    /// Whether nothing gets through to a replica: there is a partition, or its host is gone with its zone.
    #[inline(always)]
    pub(in super::super) fn is_cut_off(&self, replica: u32) -> bool {
        self.cuts
            && (self.replicas[replica as usize].rest.faults.partition
                || (self.hosts.is_any_lost() && self.is_in_lost_zone(replica)))
    }

    /// An answer, or the news of a failure, does not get through.
    pub(in super::super) fn stick(&mut self, request: u32) {
        self.requests[request].phase = Phase::Stuck;
        self.stuck.insert(request, Stuck { since: self.now, again: EventKey::NONE });
    }

    /// A request on an established connection does not get through: the balancer waits for its answer.
    pub(super) fn stick_there(&mut self, request: u32) {
        self.requests[request].phase = Phase::StuckThere;
        self.stuck.insert(request, Stuck { since: self.now, again: EventKey::NONE });
        self.await_answer(request, self.requests[request].front);
    }

    /// Starts the balancer's time-out for the answer.
    #[inline(always)]
    pub(in super::super) fn await_answer(&mut self, request: u32, front: u16) {
        let timeout = self.fronts.get(usize::from(front)).map_or(SimDuration::FOREVER, Front::patience);
        if timeout >= SimDuration::FOREVER {
            return;
        }
        // As long as a client sends, its balancer has no reason to wait for an answer.
        let event = Event::ReadTimeout { request };
        self.requests[request].timer = if self.is_sending(request) {
            self.queue.schedule(self.now + self.to_come(request) + timeout, event)
        } else {
            self.queue.schedule_after(self.now, timeout, event)
        };
    }

    /// Nobody waits any more for what is stuck.
    pub(in super::super) fn unstick(&mut self, request: u32) {
        if let Some(stuck) = self.stuck.remove(&request) {
            self.queue.cancel(stuck.again);
        }
    }

    /// The balancer has waited for too long for what is stuck.
    pub(in super::super) fn miss_answer(&mut self, request: u32, probe: &mut impl Probe) {
        self.unstick(request);
        let body = &mut self.requests[request];
        let arrived = body.phase == Phase::Stuck;
        (body.phase, body.outcome) = (Phase::Answered, Outcome::ReadTimeout);
        if !arrived {
            self.tell_end(request, Outcome::ReadTimeout, probe);
        }
        self.answer::<false>(request, probe);
    }

    /// The partition is over: what is stuck arrives when it is sent again.
    pub(in super::super) fn send_stuck(&mut self, replica: u32) {
        let now = self.now;
        for (&request, stuck) in &mut self.stuck {
            if self.requests[request].replica == replica && stuck.again == EventKey::NONE {
                stuck.again = self.queue.schedule(sent_again(stuck.since, now), Event::SentAgain { request });
            }
        }
    }

    /// A replica that is removed leaves no partition behind: whoever still waits for it hears that it has gone.
    pub(in super::super) fn end_partition(&mut self, replica: u32) {
        self.replicas[replica as usize].rest.faults.partition = false;
        let stuck: Vec<u32> = self.stuck.keys().copied().collect();
        for request in stuck {
            let body = &mut self.requests[request];
            if body.replica == replica && body.phase == Phase::Stuck {
                body.outcome = Outcome::ReplicaCrashed;
            }
        }
        self.send_stuck(replica);
    }

    /// What was stuck is sent again, unless the line is cut once more.
    pub(in super::super) fn sent_again(&mut self, request: u32, probe: &mut impl Probe) {
        let (replica, phase) = (self.requests[request].replica, self.requests[request].phase);
        if self.is_cut_off(replica) {
            if let Some(stuck) = self.stuck.get_mut(&request) {
                stuck.again = EventKey::NONE;
            }
            return;
        }
        self.stuck.remove(&request);
        if phase == Phase::Stuck {
            self.back_to_balancer(request, replica, probe);
        } else {
            self.stop_timer(request);
            self.requests[request].phase = Phase::ToReplica;
            self.at_replica::<false>(request, probe);
        }
    }

    /// Answers of a replica that do not get through.
    pub(in super::super) fn stuck_answers(&self, replica: u32) -> u32 {
        let of = |request: &u32| {
            let body = &self.requests[*request];
            body.replica == replica && body.phase == Phase::Stuck
        };
        self.stuck.keys().filter(|&request| of(request)).count() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sent at 1 s: again at 1.2, 1.6, 2.4, 4.0, 7.2 s and so on.
    #[test]
    fn the_kernel_waits_twice_as_long_each_time() {
        let again =
            |now_ms: u64| sent_again(SimTime(1_000_000_000), SimTime(now_ms * 1_000_000)).0 / 1_000_000;
        assert_eq!(
            [1_000, 1_200, 1_201, 1_700, 3_000, 4_001].map(again),
            [1_200, 1_200, 1_600, 2_400, 4_000, 7_200]
        );
        // In the end every two minutes: the tenth pause is 102.4 s, all further ones 120 s.
        assert_eq!(again(400_000) - again(300_000), 120_000);
    }
}
