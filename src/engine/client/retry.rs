//! Further tries of a client: after which failures, after which pause, out of which budget.
//!
//! To the balancer each try is a request like any other; only the client knows that it has asked before. The
//! request stays one: offered once, ended once, its response time from the first ask on. Pauses are drawn from a
//! stream that belongs to the request and the number of the try, so that an algorithm that needs fewer tries does
//! not shift anybody's draws.

use super::super::arena::{Links, NONE};
use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::request::{Phase, Request};
use super::super::{Engine, Probe};
use super::budget::Budget;
use crate::observe::{Observation, Outcome};
use crate::rng::{Purpose, Stream, split_mix};
use crate::scenario::{BackOff, Jitter, Model, Retry, RetryOn, Way};
use crate::units::SimDuration;

/// Further tries so far, and what the budget has left for more.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine) struct Retries {
    pub(in crate::engine) made: u64,
    budget: Budget,
}

impl Retries {
    pub(in crate::engine) fn new(model: &Model) -> Self {
        Self { made: 0, budget: model.retry.as_ref().map_or(Budget::default(), |r| Budget::full(r.reserve)) }
    }

    /// Each request pays its part of a try; more than the reserve is not kept.
    #[inline]
    pub(super) fn pay_in(&mut self, retry: &Retry) {
        if let Some(share) = retry.budget {
            self.budget.pay_in(share, retry.reserve);
        }
    }

    fn pay(&mut self, retry: &Retry) -> bool {
        retry.budget.is_none() || self.budget.pay()
    }
}

/// What a failure looks like to the client; nothing when it got an answer that it can use.
fn seen_as(outcome: Outcome, cut: bool) -> Option<RetryOn> {
    use Outcome::{
        BacklogOverflow, ClientGaveUp, ConnectTimeout, ConnectionRefused, NoFreeConnection, NoFreePort,
        OutOfMemory, ReplicaCrashed,
    };
    match outcome {
        ClientGaveUp => Some(RetryOn::Timeout),
        // Without a balancer there is nobody who could make an answer out of it.
        ConnectionRefused | BacklogOverflow | ConnectTimeout | NoFreePort | NoFreeConnection
        | OutOfMemory | ReplicaCrashed
            if cut =>
        {
            Some(RetryOn::Connection)
        }
        _ if outcome.status() >= 500 => Some(RetryOn::ServerError),
        _ => None,
    }
}

/// The pause before try `tries` + 1, with a uniform draw `unit` and the pause before this one.
fn pause(retry: &Retry, tries: u32, unit: f64, previous: SimDuration) -> SimDuration {
    let (first, longest) = (retry.delay.as_secs(), retry.max_delay.as_secs());
    let full = match retry.back_off {
        BackOff::Constant => first,
        // 2^(tries − 1), exact; beyond 2^62 every pause is the longest one.
        BackOff::Exponential => first * (1_u64 << (tries - 1).min(62)) as f64,
    };
    let full = full.min(longest);
    let seconds = match retry.jitter {
        Jitter::None => full,
        Jitter::Equal => full / 2.0 + full / 2.0 * unit,
        Jitter::Full => full * unit,
        Jitter::Decorrelated => {
            let most = 3.0 * previous.as_secs().max(first);
            (first + (most - first) * unit).min(longest)
        }
    };
    SimDuration::from_secs_f64(seconds)
}

impl Engine {
    /// How long the client pauses before it asks again after this failure; nothing when it does not.
    pub(super) fn pause_before_next(&mut self, request: u32, outcome: Outcome) -> Option<SimDuration> {
        let retry = self.model.retry.as_ref()?;
        let body = &self.requests[request];
        let failure = seen_as(outcome, self.model.way != Way::Balancer || self.is_cut(request))?;
        if body.past().tries >= retry.tries || !retry.on.contains(&failure) || !self.retries.pay(retry) {
            return None;
        }
        if retry.jitter == Jitter::None {
            return Some(pause(retry, body.past().tries, 0.0, SimDuration::ZERO));
        }
        let unit = Stream::new(self.seed ^ self.mark_of(body), Purpose::Retries, body.past().tries).unit();
        Some(pause(retry, body.past().tries, unit, body.past().pause))
    }

    /// What tells a request from others for draws of its own: under any algorithm the same.
    pub(super) fn mark_of(&self, body: &Request) -> u64 {
        match body.visit {
            NONE => split_mix(body.number),
            visit => split_mix(self.visits[visit].number) ^ split_mix(!self.visits[visit].asked),
        }
    }

    /// A new body in which the request goes on while its old work stays where it is.
    pub(super) fn body_for_next(&mut self, request: u32) -> u32 {
        let body = self.requests[request].clone();
        self.requests.insert(body)
    }

    /// The client asks again after a pause. Also without one through an event: failures at once lead to further
    /// tries and those to further failures.
    pub(super) fn ask_after(&mut self, request: u32, pause: SimDuration, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        let made = std::mem::take(&mut body.attempts);
        let past = body.past_mut();
        past.tries += 1;
        past.earlier += made;
        past.pause = pause;
        past.tried.clear();
        (body.phase, body.outcome) = (Phase::Pausing, Outcome::Ok);
        (body.unwanted, body.held, body.door) = (false, false, 0);
        (body.replica, body.slot, body.progress, body.links) = (NONE, NONE, NONE, Links::NONE);
        (body.patience, body.timer) = (EventKey::NONE, EventKey::NONE);
        let (number, tries) = (body.number, body.past().tries);
        self.retries.made += 1;
        probe.observe(self.now, &Observation::Retried { request: number, tries, pause });
        self.queue.schedule(self.now + pause, Event::AskAgain { request });
    }

    /// The pause is over.
    pub(in crate::engine) fn ask_again(&mut self, request: u32, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        body.phase = Phase::ToBalancer;
        body.past_mut().asked = Some(self.now);
        self.send::<false>(request, probe);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pauses(back_off: BackOff, jitter: Jitter) -> Vec<u64> {
        let (delay, max_delay) = (SimDuration::from_millis(100), SimDuration::from_millis(1_000));
        let retry = Retry { back_off, jitter, delay, max_delay, ..Retry::default() };
        let mut previous = SimDuration::ZERO;
        let next = |tries| {
            previous = pause(&retry, tries, 0.5, previous);
            previous.0 / 1_000_000
        };
        (1..=6).map(next).collect()
    }

    /// 100 ms doubled up to 1 s; half of it and half of the rest; half of it; and decorrelated, in the middle between
    /// 100 and three times the one before: (100 + 300) / 2, (100 + 600) / 2, (100 + 1,050) / 2, ...
    #[test]
    fn pauses_by_hand() {
        use BackOff::{Constant, Exponential};
        assert_eq!(pauses(Constant, Jitter::None), [100; 6]);
        assert_eq!(pauses(Exponential, Jitter::None), [100, 200, 400, 800, 1_000, 1_000]);
        assert_eq!(pauses(Exponential, Jitter::Equal), [75, 150, 300, 600, 750, 750]);
        assert_eq!(pauses(Exponential, Jitter::Full), [50, 100, 200, 400, 500, 500]);
        assert_eq!(pauses(Exponential, Jitter::Decorrelated), [200, 350, 575, 912, 1_000, 1_000]);
    }
}
