//! Connection attempts that do not arrive: lost, cut off by a partition, or dropped by a full backlog. The sender
//! hears nothing and sends again, on Linux's schedule, until its connect timeout.

use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::request::Phase;
use super::super::{Engine, Probe};
use super::NONE;
use crate::observe::Outcome;
use crate::units::{SimDuration, SimTime};

impl Engine {
    /// Whether an attempt that is about to arrive at its replica does not: then it is seen to.
    #[inline(always)]
    pub(in super::super) fn stops_on_the_way(
        &mut self,
        request: u32,
        replica: u32,
        probe: &mut impl Probe,
    ) -> bool {
        let cut = self.is_cut_off(replica);
        (cut || self.sockets.is_some()) && self.is_stopped(request, cut, probe)
    }

    fn is_stopped(&mut self, request: u32, cut: bool, probe: &mut impl Probe) -> bool {
        if cut {
            if self.is_on_kept(request) {
                self.stick_there(request);
            } else {
                self.drop_silently(request, Outcome::ConnectTimeout);
            }
            return true;
        }
        let (connection, replica) = (self.requests[request].connection, self.requests[request].replica);
        let life = self.replicas[replica as usize].rest.life;
        let Some(sockets) = &mut self.sockets else { return false };
        if connection != NONE && sockets.connections[connection].kept {
            if sockets.connections[connection].life == life {
                return false;
            }
            // The process that the connection led to is no more.
            self.fail_attempt(request, Outcome::ReplicaCrashed, probe);
            return true;
        }
        let lost = connection != NONE && sockets.loses();
        if lost {
            self.drop_silently(request, Outcome::ConnectTimeout);
        }
        lost
    }

    /// Nobody answers the attempt; `why` is what it will have ended with when nobody ever does.
    pub(in super::super) fn drop_silently(&mut self, request: u32, why: Outcome) {
        let seconds = self.model.syn.seconds();
        let deadline = self.connect_deadline(request);
        let body = &mut self.requests[request];
        (body.phase, body.outcome) = (Phase::Dropped, why);
        let again = seconds.get(body.drops as usize);
        body.drops += 1;
        let again = again.map_or(SimTime::NEVER, |&s| body.dispatched + SimDuration::from_secs(s));
        let at = again.min(deadline).max(self.now);
        body.timer = self.queue.schedule(at, Event::Reconnect { request });
    }

    fn connect_deadline(&self, request: u32) -> SimTime {
        let body = &self.requests[request];
        body.dispatched + self.model.front(body.front).connect_timeout.min(self.model.syn.end())
    }

    /// The next attempt, or the end of the connect timeout.
    pub(in super::super) fn reconnect(&mut self, request: u32, probe: &mut impl Probe) {
        let deadline = self.connect_deadline(request);
        let body = &mut self.requests[request];
        body.timer = EventKey::NONE;
        let why = std::mem::replace(&mut body.outcome, Outcome::Ok);
        if self.now >= deadline {
            // It never was inside: no time of its own is counted there.
            body.arrived = self.now;
            match why {
                Outcome::BacklogOverflow => self.fail_attempt(request, why, probe),
                _ => self.fail_here(request, why, probe),
            }
        } else {
            body.phase = Phase::ToReplica;
            self.sends_anew(request);
            self.at_replica::<false>(request, probe);
        }
    }
}
