//! Calls of one service by another: requests of the inside, which go through the front of the service called.
//!
//! Such a request has no client: it is neither offered nor ended, it only makes attempts. Its caller waits for it like
//! for any call, and hears of its answer. A caller that is gone does not stop it: what a replica has begun is finished
//! for nobody, whatever clients do who give up.

use super::super::event::Event;
use super::super::request::{Origin, Request};
use super::super::{Engine, Probe};
use super::Place;
use crate::observe::{CallFailure, INNER, Outcome};
use crate::units::ClassId;

impl Engine {
    /// The call becomes a request of this class.
    pub(super) fn call_service(&mut self, call: u32, class: ClassId) {
        let number = INNER | self.inner;
        self.inner += 1;
        let model = &self.model.classes[class.index()];
        let demand = self.calls[call].drawn.work;
        let mut body = Request::new(number, self.now, class.0 as u16, demand, super::super::arena::NONE);
        (body.front, body.origin) = (model.front, Origin::Call(call));
        let request = self.requests.insert(body);
        self.calls[call].place = Place::Service(request);
        self.queue.schedule(self.now, Event::AtBalancer { request });
    }

    /// The front has an answer for a request of the inside.
    pub(in super::super) fn inner_answered(&mut self, request: u32, call: u32, outcome: Outcome) {
        self.release(request);
        let result = match outcome {
            Outcome::Ok => Ok(false),
            Outcome::LostUpdate => Ok(true),
            _ => Err(CallFailure::ErrorAnswer),
        };
        self.tell_soon(call, result);
    }

    /// A request goes on in another body; what the first is still at is for nobody.
    pub(in super::super) fn follow_call(&mut self, old: u32, new: u32) {
        if let Origin::Call(call) = self.requests[new].origin {
            self.calls[call].place = Place::Service(new);
            self.requests[old].origin = Origin::Client;
        }
    }

    /// Who made a request of the inside is gone.
    pub(super) fn disown(&mut self, request: u32, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        (body.unwanted, body.origin) = (true, Origin::Client);
        let phase = body.phase;
        self.let_go(request, probe);
        self.forsake(request, phase, false, probe);
        // Its place in the front is free, for whoever waits there, when this is over.
        if !std::mem::replace(&mut self.serve_soon, true) {
            self.queue.schedule(self.now, Event::ServeQueues { all: 0 });
        }
    }

    /// Whoever waits in a front may find somebody free.
    pub(in super::super) fn serve_after(&mut self, probe: &mut impl Probe) {
        self.serve_soon = false;
        self.serve_queues(probe);
    }
}
