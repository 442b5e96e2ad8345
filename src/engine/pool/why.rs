//! Why a request goes where it goes: told from a copy, so that nothing is changed by asking.

use serde::Serialize;

use super::Pool;
use crate::algorithm::{Decision, Explanation, RequestView, Score};
use crate::engine::words::decided;
use crate::lang::Said;
use crate::rng::Draw;
use crate::units::SimTime;

/// A decision and what led to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// What is decided.
    pub decision: Decision,
    /// Every candidate's score with the formula filled in, before the decision; none when the algorithm is not asked.
    pub scores: Vec<Score>,
    /// What the algorithm drew for it, in order.
    pub draws: Vec<Draw>,
    /// The rule that decided, in a sentence.
    pub because: Said,
}

impl Why {
    /// The same with other numbers for the members.
    #[must_use]
    pub fn with_members(mut self, of: impl Fn(u32) -> u32) -> Self {
        self.scores.iter_mut().for_each(|score| score.member = of(score.member));
        self.decision = match self.decision {
            Decision::Route(member) => Decision::Route(of(member)),
            Decision::Wait(member) => Decision::Wait(of(member)),
            other => other,
        };
        self
    }
}

impl Pool {
    /// Why a request would go where `ask` ([`Pool::arrive`] or [`Pool::choose`]) would send it now.
    #[must_use]
    pub fn why(
        &self,
        now: SimTime,
        request: &RequestView<'_>,
        ask: impl FnOnce(&mut Self, &RequestView<'_>) -> Decision,
    ) -> Why {
        let mut copy = self.clone();
        copy.advance(now);
        // What the algorithm notes on the request must not reach the request.
        let request = request.clone();
        let Explanation { scores, because } = copy.explanation(now, &request);
        copy.stream.record();
        let decision = ask(&mut copy, &request);
        let draws = copy.stream.recorded();
        match decision {
            Decision::Hold if copy.lines.shared_len() > 0 => {
                Why { decision, scores: Vec::new(), draws, because: decided::others_wait() }
            }
            Decision::Hold => Why { decision, scores, draws, because: decided::waits() },
            Decision::Reject => Why { decision, scores, draws, because: decided::nobody() },
            Decision::Route(_) | Decision::Wait(_) => Why { decision, scores, draws, because },
        }
    }

    fn explanation(&mut self, now: SimTime, request: &RequestView<'_>) -> Explanation {
        match self.home(now, request) {
            Some(Decision::Wait(_)) => Explanation { scores: Vec::new(), because: decided::by_cookie_full() },
            Some(_) => Explanation { scores: Vec::new(), because: decided::by_cookie() },
            None => {
                let (algorithm, _, view) = self.before(request);
                algorithm.explain(request, &view)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::{CATALOG, MemberSettings};
    use crate::engine::pool::Rules;
    use crate::rng::{Purpose, Stream};

    /// Every algorithm: what is told is what happens next, and telling it changes nothing.
    #[test]
    fn what_is_told_is_what_happens() {
        for spec in CATALOG {
            let algorithm = (spec.build)(&spec.params(&[]).unwrap());
            let stream = Stream::new(5, Purpose::Algorithm, 0);
            let mut pool = Pool::new(spec.name, algorithm, Rules::for_algorithm(spec.name), stream);
            for place in 0..5 {
                let address = format!("10.0.0.{place}:80");
                let member = pool.add(1 + place % 2, MemberSettings { address, ..MemberSettings::DEFAULT });
                pool.set_listed(SimTime::ZERO, member, true);
            }
            for client in 0..50 {
                let now = SimTime(1_000_000_000 + client);
                let request = RequestView { client, ..RequestView::default() };
                let why = pool.why(now, &request, |pool, request| pool.arrive(now, request));
                assert_eq!(request.memo.get(), 0, "{}", spec.name);
                let decision = pool.arrive(now, &request);
                assert_eq!(why.decision, decision, "{}", spec.name);
                // The shared queue keeps who finds nobody idle.
                let Decision::Route(member) = decision else { continue };
                assert!(why.scores.iter().any(|score| score.member == member), "{}: {why:?}", spec.name);
                assert!(spec.random || why.draws.is_empty() || client == 0, "{}: {why:?}", spec.name);
                pool.taken(now, member);
            }
        }
    }
}
