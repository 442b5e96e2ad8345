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

/// A request that may get a twin, or one of two.
#[derive(Debug, Clone, Copy)]
struct Half {
    /// The request's number; nobody has [`NO_NUMBER`].
    number: u64,
    /// The other one, if there is one.
    other: u32,
    is_twin: bool,
    /// When the twin is sent.
    timer: EventKey,
}

const NO_NUMBER: u64 = u64::MAX;

const ALONE: Half = Half { number: NO_NUMBER, other: NONE, is_twin: false, timer: EventKey::NONE };

/// Halves by the place of their body, which they may have left there: one counts only for a body with its number.
#[derive(Debug, Clone, Default)]
pub(in crate::engine) struct Pairs(Vec<Half>);

impl Pairs {
    fn get(&mut self, request: u32, number: u64) -> Option<&mut Half> {
        self.0.get_mut(request as usize).filter(|half| half.number == number)
    }

    fn set(&mut self, request: u32, half: Half) {
        let place = request as usize;
        if self.0.len() <= place {
            self.0.resize(place + 1, ALONE);
        }
        self.0[place] = half;
    }

    /// The two are no pair any more: the half that a body had.
    fn part(&mut self, request: u32, number: u64) -> Option<Half> {
        let half = std::mem::replace(self.get(request, number)?, ALONE);
        if let Some(other) = self.get(half.other, number) {
            *other = ALONE;
        }
        Some(half)
    }
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
        self.pairs.set(request, Half { number, other: NONE, is_twin: false, timer });
    }

    /// No answer yet: the client asks a second time, elsewhere if the balancer lets it.
    pub(in crate::engine) fn hedge(&mut self, request: u32, probe: &mut impl Probe) {
        let limited = self.model.hedge.as_ref().is_some_and(|hedge| hedge.budget.is_some());
        if limited && !self.hedges.budget.pay() {
            self.hedges.held_back += 1;
            if let Some(half) = self.pairs.get(request, self.requests[request].number) {
                half.timer = EventKey::NONE;
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
        let half = |other, is_twin| Half { number, other, is_twin, timer: EventKey::NONE };
        self.pairs.set(request, half(twin, false));
        self.pairs.set(twin, half(request, true));
        self.go::<false>(twin, probe);
    }

    /// The body of a request has moved.
    pub(in crate::engine) fn pair_moves(&mut self, from: u32, to: u32) {
        if self.model.hedge.is_none() {
            return;
        }
        let number = self.requests[to].number;
        let Some(half) = self.pairs.get(from, number) else { return };
        let mut half = std::mem::replace(half, ALONE);
        if half.other == NONE && self.queue.cancel(half.timer) {
            let after = self.model.hedge.as_ref().map_or_else(Default::default, |hedge| hedge.after);
            let due = (self.requests[to].born() + after).max(self.now);
            half.timer = self.queue.schedule(due, Event::Hedge { request: to });
        }
        if let Some(other) = self.pairs.get(half.other, number) {
            other.other = to;
        }
        self.pairs.set(to, half);
    }

    /// The client has an answer for one of a pair. Whether that is of no use to it, since the other may still get a
    /// better one.
    pub(super) fn waits_for_other(&mut self, request: u32, probe: &mut impl Probe) -> bool {
        let Request { number, outcome, attempts, .. } = self.requests[request];
        let Some(Half { other, is_twin, timer, .. }) = self.pairs.part(request, number) else { return false };
        self.queue.cancel(timer);
        if other == NONE {
            return false;
        }
        if outcome == Outcome::Ok {
            self.hedges.won += u64::from(is_twin);
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
        let number = self.requests[request].number;
        let Some(Half { other, timer, .. }) = self.pairs.part(request, number) else { return };
        self.queue.cancel(timer);
        if other != NONE {
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
