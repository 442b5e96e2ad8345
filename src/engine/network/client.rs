//! Connections of clients to the balancer, or to the host port that they go to.
//!
//! A user or a session keeps its connection between its requests, if the scenario says so; a client that asks only
//! once has one of its own. A connection attempt that gets lost is sent again on Linux's schedule, and given up when
//! that is over.

use super::super::Engine;
use super::super::arena::NONE;
use crate::units::{SimDuration, SimTime};

/// The connection of a visit: until when it is kept open, and how many requests it has carried.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Link {
    until: SimTime,
    served: u32,
}

impl Link {
    /// Whether the last request came on a connection that was there.
    pub(in super::super) const fn was_there(self) -> bool {
        self.served > 1
    }

    /// Whether it is open without a request.
    pub(in super::super) fn is_idle(self, now: SimTime) -> bool {
        now < self.until && self.until != SimTime::NEVER
    }
}

impl Engine {
    /// How long a request takes from its client to the balancer, on a new connection or on the one of its visit;
    /// nothing when no connection comes about.
    #[inline(always)]
    pub(in super::super) fn way_in<const PLAIN: bool>(
        &mut self,
        request: u32,
    ) -> Option<(SimDuration, bool)> {
        let (delay, constant) = self.client_delay();
        if PLAIN || self.sockets.is_none() {
            return Some((delay, constant));
        }
        self.way_on_connection(request, (delay, constant))
    }

    fn way_on_connection(
        &mut self,
        request: u32,
        (delay, constant): (SimDuration, bool),
    ) -> Option<(SimDuration, bool)> {
        if self.is_linked(self.requests[request].visit) {
            return Some((delay, constant));
        }
        let (there, back) = (self.client_delay().0, self.client_delay().0);
        let seconds = self.model.syn.seconds();
        let sockets = self.sockets.as_mut()?;
        let lost = (0..=seconds.len()).take_while(|_| sockets.loses()).count();
        let later = match lost {
            0 => SimDuration::ZERO,
            lost => SimDuration::from_secs(*seconds.get(lost - 1)?),
        };
        let greeting = if sockets.rules.handshake { there + back } else { SimDuration::ZERO };
        Some((later + greeting + delay, constant && lost == 0))
    }

    /// Whether the visit has a connection that may carry one more request; it then does.
    fn is_linked(&mut self, visit: u32) -> bool {
        let Some(keep) = self.sockets.as_ref().and_then(|sockets| sockets.rules.client_keep_alive.as_ref())
        else {
            return false;
        };
        if visit == NONE {
            return false;
        }
        let link = &mut self.visits[visit].link;
        let open = self.now < link.until && link.served < keep.requests;
        *link = Link { until: SimTime::NEVER, served: if open { link.served + 1 } else { 1 } };
        open
    }

    /// The visit has its answer: its connection is idle from now on.
    #[inline(always)]
    pub(in super::super) fn keep_link(&mut self, visit: u32) {
        let keep = self.sockets.as_ref().and_then(|sockets| sockets.rules.client_keep_alive.as_ref());
        if let Some(keep) = keep.filter(|_| visit != NONE) {
            self.visits[visit].link.until = self.now + keep.idle;
        }
    }

    /// The client has left, and its connection with it.
    pub(in super::super) fn cut_link(&mut self, visit: u32) {
        if visit != NONE {
            self.visits[visit].link = Link::default();
        }
    }
}
