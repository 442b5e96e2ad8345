//! Clients: they ask, wait for as long as they have patience, think, and ask again.

mod address;
mod budget;
mod hedge;
mod retry;
mod sending;

use super::arena::NONE;
use super::arrivals::session_length;
use super::event::Event;
use super::queue::EventKey;
use super::request::{Origin, Phase, Request};
use super::{Engine, Probe};
use crate::observe::{Observation, Outcome};
use crate::scenario::{GiveUp, Recorded, SourceKind};
use crate::units::{ClassId, SimDuration};

pub(super) use hedge::{Hedges, Pairs};
pub(super) use retry::Retries;

/// A user that does not think and whose answer took no time asks again after this long: time must go on also
/// where nothing answers.
const AT_LEAST: SimDuration = SimDuration::from_millis(1);

impl Engine {
    /// A client asks: from an open source without visits (`visit` is [`NONE`]), or in a visit. What was recorded is
    /// not drawn.
    #[inline(always)]
    pub(super) fn offer<const PLAIN: bool>(
        &mut self,
        visit: u32,
        recorded: Option<&Recorded>,
        probe: &mut impl Probe,
    ) {
        let own = if visit == NONE { None } else { self.class_in_session(visit) };
        let stream = if visit == NONE {
            &mut self.demands
        } else {
            self.visits[visit].asked += 1;
            &mut self.visits[visit].stream
        };
        let classes = &self.model.classes;
        let class = match (own.or(recorded.and_then(|row| row.class)), classes.len()) {
            (Some(class), _) => usize::from(class),
            (None, 1) => 0,
            _ => {
                let draw = stream.unit();
                classes.iter().position(|class| draw < class.share_below).unwrap_or(0)
            }
        };
        let chosen = &classes[class];
        let demand = match recorded.and_then(|row| row.demand) {
            Some(demand) => demand,
            None if PLAIN => chosen.demand.sample_in_place(stream),
            None => chosen.demand.sample(stream),
        };
        let number = self.ledger.offered();
        let client = recorded.and_then(|row| row.client);
        let (now, front) = (self.now, chosen.front);
        let client = client.unwrap_or_else(|| self.client_for(visit, number));
        let request = self.requests.insert_with(|| {
            let mut body = Request::new(number, now, class as u16, demand, visit);
            (body.front, body.client) = (front, client);
            body
        });
        self.ledger.offer();
        self.in_flight.up(self.now);
        probe.observe(self.now, &Observation::Offered { request: number, class: ClassId::at(class) });
        if let Some(retry) = &self.model.retry {
            self.retries.pay_in(retry);
        }
        self.send::<PLAIN>(request, probe);
    }

    /// The client sends a request and begins to wait for its answer.
    #[inline(always)]
    fn send<const PLAIN: bool>(&mut self, request: u32, probe: &mut impl Probe) {
        if let Some(timeout) = self.model.client_timeout {
            self.requests[request].patience =
                self.queue.schedule_after(self.now, timeout, Event::GiveUp { request });
        }
        self.plan_hedge(request);
        self.go::<PLAIN>(request, probe);
    }

    /// A request leaves its client.
    #[inline(always)]
    fn go<const PLAIN: bool>(&mut self, request: u32, probe: &mut impl Probe) {
        let Some(delay) = self.way_in::<PLAIN>(request) else {
            let body = &mut self.requests[request];
            (body.phase, body.outcome) = (Phase::ToClient, Outcome::ConnectTimeout);
            self.queue.schedule_after(self.now, self.model.syn.end(), Event::AtClient { request });
            return;
        };
        let event = Event::AtBalancer { request };
        if self.is_at_once(delay, event) {
            self.at_balancer::<PLAIN>(request, probe);
        }
    }

    #[inline(always)]
    pub(super) fn client_delay(&mut self) -> (SimDuration, bool) {
        self.model.client_delay.delay(&mut self.network)
    }

    /// A user asks.
    pub(super) fn ask<const PLAIN: bool>(&mut self, visit: u32, probe: &mut impl Probe) {
        let body = &self.visits[visit];
        let (source, idle) = (body.source, !body.logged_in);
        if idle && self.model.sources[source as usize].kind == SourceKind::Users && self.leaves(source) {
            self.end_visit(visit);
            return;
        }
        self.offer::<PLAIN>(visit, None, probe);
    }

    /// The balancer has an answer for the client.
    pub(super) fn answer_client(&mut self, request: u32, outcome: Outcome, probe: &mut impl Probe) {
        self.pass_answer(request, outcome, probe);
    }

    /// The same, as part of what its only other caller does.
    #[inline(always)]
    pub(super) fn pass_answer(&mut self, request: u32, outcome: Outcome, probe: &mut impl Probe) {
        self.leave_door(request);
        let Self { requests, fronts, model, .. } = self;
        let body = &mut requests[request];
        body.outcome = outcome;
        if body.unwanted {
            self.release(request);
            return;
        }
        if let Origin::Call(call) = body.origin {
            self.inner_answered(request, call, outcome);
            return;
        }
        body.phase = Phase::ToClient;
        if let Some(front) = fronts.get_mut(usize::from(body.front)) {
            front.count_answer(Self::status_of(model, body, outcome));
        }
        let delay = self.client_delay();
        let event = Event::AtClient { request };
        if self.is_at_once(delay, event) {
            self.at_client::<false>(request, probe);
        }
    }

    /// The answer reaches the client, who may have left in the meantime.
    #[inline(always)]
    pub(super) fn at_client<const PLAIN: bool>(&mut self, request: u32, probe: &mut impl Probe) {
        let Request { unwanted, patience, outcome, visit, first, .. } = self.requests[request];
        if unwanted {
            self.release(request);
            return;
        }
        if self.model.hedge.is_some() && self.waits_for_other(request, probe) {
            return;
        }
        self.queue.cancel(patience);
        if !PLAIN {
            self.keep_link(visit);
        }
        if outcome != Outcome::Ok
            && let Some(pause) = self.pause_before_next(request, outcome)
        {
            self.ask_after(request, pause, probe);
            return;
        }
        self.close::<true>(request, outcome, probe);
        if visit != NONE {
            self.answered(visit, outcome, self.now.since(first), probe);
        }
    }

    /// A client has waited for as long as it will, and leaves or asks again.
    pub(super) fn give_up(&mut self, request: u32, probe: &mut impl Probe) {
        self.drop_twin(request, probe);
        let pause = self.pause_before_next(request, Outcome::ClientGaveUp);
        let again = pause.map(|pause| (self.body_for_next(request), pause));
        if again.is_none() {
            self.close::<false>(request, Outcome::ClientGaveUp, probe);
        }
        let body = &mut self.requests[request];
        body.unwanted = true;
        body.patience = EventKey::NONE;
        // From here on the request is nobody's: the user may ask again while its old work still goes on.
        let (visit, phase) = (std::mem::replace(&mut body.visit, NONE), body.phase);
        let Request { front, instance, .. } = *body;
        let waited = self.now.since(body.first);
        self.cut_link(visit);
        self.let_go(request, probe);
        let stops = self.model.on_give_up == GiveUp::WorkStops;
        self.forsake(request, phase, stops, probe);
        match again {
            Some((again, pause)) => self.ask_after(again, pause, probe),
            None if visit != NONE => self.answered(visit, Outcome::ClientGaveUp, waited, probe),
            None => {}
        }
        self.serve_queue_of(front, instance, probe);
    }

    /// Nobody wants the request any more: what has not begun is not begun, and what has may stop.
    pub(super) fn forsake(&mut self, request: u32, phase: Phase, stops: bool, probe: &mut impl Probe) {
        self.leave_door(request);
        // What was still coming does not come any more, and whoever waits for it sees that.
        let stops = stops || self.is_sending(request);
        match phase {
            Phase::AtDoor => {
                self.leave_backlog(request);
                self.release(request);
            }
            Phase::Queued => {
                self.leave_queue(request);
                self.release(request);
            }
            // The sender stops trying to connect when its client has gone.
            Phase::Dropped | Phase::Paused | Phase::Knocking | Phase::Sending => {
                self.stop_timer(request);
                self.release(request);
            }
            Phase::Stuck | Phase::StuckThere => {
                self.unstick(request);
                self.stop_timer(request);
                self.release(request);
            }
            Phase::Waiting | Phase::Running | Phase::Held | Phase::Parked if stops => {
                self.take_out(request, probe);
                self.release(request);
            }
            _ => self.stop_timer(request),
        }
    }

    #[inline]
    pub(super) fn stop_timer(&mut self, request: u32) {
        let timer = std::mem::replace(&mut self.requests[request].timer, EventKey::NONE);
        self.queue.cancel(timer);
    }

    /// Nobody holds the request any more.
    #[inline(always)]
    pub(super) fn release(&mut self, request: u32) {
        self.requests[request].phase = Phase::Free;
        self.requests.release(request);
    }

    /// A user has an answer, or has given up waiting for one, after some time.
    fn answered(&mut self, visit: u32, outcome: Outcome, waited: SimDuration, probe: &mut impl Probe) {
        let body = &mut self.visits[visit];
        body.left = body.left.saturating_sub(1);
        let source = body.source;
        let model = &self.model.sources[source as usize];
        // A user whose login failed, or whose session is gone, starts over or leaves; so does one who is done. What the
        // balancer answers itself is no login, and needs none.
        let unknown = model.session.is_some() && !body.logged_in && outcome != Outcome::Ok;
        let over = body.left == 0 || outcome == Outcome::SessionLost || unknown;
        if over {
            self.end_session(visit, probe);
        }
        let closed = model_is_closed(&self.model.sources[source as usize].kind);
        if over && !closed {
            self.end_visit(visit);
            return;
        }
        let model = &self.model.sources[source as usize];
        let think = match &model.session {
            Some(session) if !over => session.think,
            _ => model.think,
        };
        let body = &mut self.visits[visit];
        if over {
            body.left = session_length(model, &mut body.stream);
        }
        let pause = think.sample(&mut body.stream);
        let pause = if pause + waited == SimDuration::ZERO { AT_LEAST } else { pause };
        // Also without a pause an event: a user that asks within its own answer would never let go of the stack.
        self.queue.schedule(self.now + pause, Event::Ask { visit });
    }
}

fn model_is_closed(kind: &SourceKind) -> bool {
    *kind == SourceKind::Users
}
