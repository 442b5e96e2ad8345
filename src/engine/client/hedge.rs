//! Hedging: a second attempt of a client that has no answer yet; the first good answer counts (Dean and Barroso, The
//! Tail at Scale, 2013).
//!
//! To the balancer the twin is a request like any other, with the same work; only the client knows that they are one.
//! The request stays one: offered once, ended once. It fails only when both have failed.

use super::super::arena::NONE;
use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::request::{Past, Phase, Request};
use super::super::{Engine, Probe};
use super::budget::Budget;
use crate::observe::Outcome;
use crate::scenario::Model;

/// A request that may get a twin, or has one.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Pair {
    main: u32,
    twin: u32,
    /// When the twin is sent.
    timer: EventKey,
}

/// Twins sent, those whose answer was the first, those that the budget did not allow, and what it has left.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine) struct Hedges {
    pub(in crate::engine) sent: u64,
    pub(in crate::engine) won: u64,
    pub(in crate::engine) held_back: u64,
    budget: Budget,
}

impl Hedges {
    pub(in crate::engine) fn new(model: &Model) -> Self {
        let reserve = model.hedge.as_ref().map_or(0, |hedge| hedge.reserve);
        Self { budget: Budget::full(reserve), ..Self::default() }
    }
}

impl Engine {
    /// The client has asked: it will ask a second time, if it may.
    #[inline]
    pub(super) fn plan_hedge(&mut self, request: u32) {
        if self.model.hedge.is_some() {
            self.plan_twin(request);
        }
    }

    fn plan_twin(&mut self, request: u32) {
        let Some(hedge) = &self.model.hedge else { return };
        let Request { number, visit, class, .. } = self.requests[request];
        let in_session =
            visit != NONE && self.model.sources[self.visits[visit].source as usize].session.is_some();
        if in_session || !self.model.classes[usize::from(class)].idempotent {
            return;
        }
        if let Some(share) = hedge.budget {
            self.hedges.budget.pay_in(share, hedge.reserve);
        }
        let timer = self.queue.schedule_after(self.now, hedge.after, Event::Hedge { request });
        self.pairs.insert(number, Pair { main: request, twin: NONE, timer });
    }

    /// No answer yet: the client asks a second time, elsewhere if the balancer lets it.
    pub(in crate::engine) fn hedge(&mut self, request: u32, probe: &mut impl Probe) {
        let limited = self.model.hedge.as_ref().is_some_and(|hedge| hedge.budget.is_some());
        if limited && !self.hedges.budget.pay() {
            self.hedges.held_back += 1;
            if let Some(pair) = self.pairs.get_mut(&self.requests[request].number) {
                pair.timer = EventKey::NONE;
            }
            return;
        }
        let main = &self.requests[request];
        let mut twin = Request::new(main.number, main.born(), main.class, main.demand, main.visit);
        twin.first = main.first;
        let Past { tries, pause, asked, .. } = *main.past();
        if tries > 1 {
            let past = twin.past_mut();
            (past.tries, past.pause, past.asked) = (tries, pause, asked);
        }
        (twin.client, twin.front) = (main.client, main.front);
        if main.held {
            twin.past_mut().tried.push(self.replicas[main.replica as usize].member);
        }
        let number = main.number;
        let twin = self.requests.insert(twin);
        self.hedges.sent += 1;
        self.pairs.insert(number, Pair { main: request, twin, timer: EventKey::NONE });
        self.go::<false>(twin, probe);
    }

    /// The body of a request has moved.
    pub(in crate::engine) fn pair_moves(&mut self, from: u32, to: u32) {
        if self.model.hedge.is_none() {
            return;
        }
        let Some(pair) = self.pairs.get_mut(&self.requests[to].number) else { return };
        if pair.main == from {
            pair.main = to;
            if pair.twin == NONE && self.queue.cancel(pair.timer) {
                let after = self.model.hedge.as_ref().map_or_else(Default::default, |hedge| hedge.after);
                let due = (self.requests[to].born() + after).max(self.now);
                pair.timer = self.queue.schedule(due, Event::Hedge { request: to });
            }
        } else if pair.twin == from {
            pair.twin = to;
        }
    }

    /// The client has an answer for one of a pair. Whether that is of no use to it, since the other may still get a
    /// better one.
    pub(super) fn waits_for_other(&mut self, request: u32, probe: &mut impl Probe) -> bool {
        let Request { number, outcome, attempts, .. } = self.requests[request];
        let Some(pair) = self.pairs.remove(&number) else { return false };
        self.queue.cancel(pair.timer);
        if pair.twin == NONE {
            return false;
        }
        let other = if request == pair.main { pair.twin } else { pair.main };
        if outcome == Outcome::Ok {
            self.hedges.won += u64::from(request == pair.twin);
            let lost = &self.requests[other];
            let made = lost.attempts + lost.past().earlier;
            self.requests[request].past_mut().earlier += made;
            self.abandon(other, probe);
            return false;
        }
        let (patience, born) = (self.requests[request].patience, self.requests[request].born());
        let earlier = self.requests[request].past().earlier;
        self.requests[other].past_mut().earlier += attempts + earlier;
        if self.queue.cancel(patience)
            && let Some(timeout) = self.model.client_timeout
        {
            self.requests[other].patience =
                self.queue.schedule(born + timeout, Event::GiveUp { request: other });
        }
        self.release(request);
        true
    }

    /// The client gives up: also on the twin.
    pub(super) fn drop_twin(&mut self, request: u32, probe: &mut impl Probe) {
        if self.model.hedge.is_none() {
            return;
        }
        let Some(pair) = self.pairs.remove(&self.requests[request].number) else { return };
        self.queue.cancel(pair.timer);
        if pair.twin != NONE {
            let other = if request == pair.main { pair.twin } else { pair.main };
            let made = self.requests[other].attempts + self.requests[other].past().earlier;
            self.requests[request].past_mut().earlier += made;
            self.abandon(other, probe);
        }
    }

    /// Nobody waits for this one of a pair any more.
    fn abandon(&mut self, request: u32, probe: &mut impl Probe) {
        let stops = self.model.hedge.as_ref().is_some_and(|hedge| hedge.cancel);
        let body = &mut self.requests[request];
        body.unwanted = true;
        let patience = std::mem::replace(&mut body.patience, EventKey::NONE);
        body.visit = NONE;
        let Request { front, instance, phase, .. } = *body;
        self.queue.cancel(patience);
        self.let_go(request, probe);
        self.forsake(request, phase, stops, probe);
        // Before the balancer it is in no queue, and nobody has waited for it.
        if phase != Phase::ToBalancer {
            self.serve_queue_of(front, instance, probe);
        }
    }
}
