//! Clients that send slowly: who waits for the rest of their requests.
//!
//! A balancer that reads a request to its end holds nothing but the client's connection for it; the choice of a replica
//! is made when all of it is there. One that passes it on as it comes has chosen at once, and the worker that takes it
//! waits for the rest: it is held and uses no CPU. What waits in a queue or a backlog keeps coming meanwhile.

use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::request::{Origin, Phase};
use super::super::{Engine, Probe};
use crate::rng::{Purpose, Stream};
use crate::scenario::DIRECT;
use crate::units::{SimDuration, SimTime};

impl Engine {
    /// A client's connection is made, and it begins to send.
    pub(in super::super) fn begin_sending(&mut self, request: u32) {
        let body = &self.requests[request];
        let Some((time, share)) = &self.model.classes[usize::from(body.class)].sending else { return };
        if body.origin != Origin::Client {
            return;
        }
        let mut stream = Stream::new(self.seed ^ self.mark_of(body), Purpose::Sending, body.past().tries);
        let slow = stream.unit() < *share;
        let whole = if slow { self.now + time.sample(&mut stream) } else { SimTime::ZERO };
        self.requests[request].past_mut().whole = whole;
    }

    /// Whether the balancer waits for the rest of a request before it does anything.
    pub(in super::super) fn waits_for_end(&mut self, request: u32) -> bool {
        let body = &self.requests[request];
        let whole = body.past().whole;
        if whole <= self.now {
            return false;
        }
        let has_body = self.model.classes[usize::from(body.class)].body > 0;
        if !self.model.front(body.front).waits_for_end(has_body) {
            return false;
        }
        let timer = self.queue.schedule(whole, Event::Sent { request });
        let body = &mut self.requests[request];
        (body.phase, body.timer) = (Phase::Sending, timer);
        true
    }

    /// The balancer has all of a request.
    pub(in super::super) fn sent(&mut self, request: u32, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        (body.phase, body.timer) = (Phase::ToBalancer, EventKey::NONE);
        self.go_on(request, probe);
    }

    /// How long it takes until a request that has reached its replica is there with its end, which takes the same way
    /// as its beginning.
    pub(in super::super) fn to_come(&self, request: u32) -> SimDuration {
        let body = &self.requests[request];
        let whole = body.past().whole;
        if whole == SimTime::ZERO {
            return SimDuration::ZERO;
        }
        let way = if body.drops > 0 { SimDuration::ZERO } else { body.arrived.since(body.dispatched) };
        SimDuration((whole + way).0.saturating_sub(self.now.0))
    }

    /// Whether the client of a request is still sending it.
    pub(in super::super) fn is_sending(&self, request: u32) -> bool {
        self.model.slow && self.requests[request].past().whole > self.now
    }

    /// Whether clients that reach a replica themselves begin to send only now: the replica has dropped them before.
    pub(in super::super) fn sends_anew(&mut self, request: u32) {
        if self.model.slow && self.requests[request].front == DIRECT {
            self.begin_sending(request);
        }
    }
}
