//! `nginx.least_time`: the shortest time until an answer is to be expected.

use super::smooth::Smooth;
use crate::algorithm::words::rule;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, PoolView, RequestView, Score, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::{SimDuration, SimTime};

/// Least time's definition.
pub static SPEC: Spec = Spec {
    name: "nginx.least_time",
    label: "nginx least_time last_byte",
    rule: Text::new(
        "The shortest average response time, in steps of 20 ms, times the requests in flight and one, \
         for the weight; among equals, nginx's round robin.",
        "Die kürzeste mittlere Antwortzeit, in Stufen von 20 ms, mal Anfragen unterwegs plus eins, für \
         das Gewicht; bei Gleichstand das Round Robin von nginx.",
        "Le temps de réponse moyen le plus court, par pas de 20 ms, fois les requêtes en cours plus une, \
         pour le poids ; à égalité, le round robin de nginx.",
    ),
    formula: "min rt_i (1 + n_i) / w_i; rt: average of successes with 5 % for each new one, halved for every \
              fail_timeout + 1 s without a try, up to the next 20 ms, at most 5 s; ties: nginx.round_robin",
    complexity: "O(n)",
    knowledge: Knowledge::LocalLatency,
    weighted: true,
    even: false,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "Failures are fast and don't count as times. Replicas within 20 ms of each other, or all above 5 s, are \
                 equal to it.",
    source: "nginx 1.31, least_time last_byte without inflight (before 1.31: Plus)",
    evidence: Evidence::Source,
    build: |_| Box::new(LeastTime::default()),
};

const SECOND: u64 = 1_000_000_000;
const MILLISECOND: u64 = 1_000_000;
/// Times are told apart in steps of this many milliseconds, up to the longest.
const STEP: u64 = 20;
const LONGEST: u64 = 5_000;

/// What is known of one member: its average in milliseconds, 0 before the first, and when it was last tried or
/// failed, in whole seconds.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    average: u64,
    checked: u64,
}

#[derive(Debug, Clone, Default)]
struct LeastTime {
    smooth: Smooth,
    seen: Vec<Seen>,
    tied: Vec<u32>,
}

/// 5 % of the new, 95 % of the old, to the nearest millisecond; the first as it is.
const fn averaged(old: u64, new: u64) -> u64 {
    if old == 0 { new } else { (new + 19 * old + 10) / 20 }
}

/// Up to the next multiple of 20 ms, strictly above; at most 5 s.
const fn stepped(ms: u64) -> u64 {
    if ms > LONGEST { LONGEST } else { (ms / STEP + 1) * STEP }
}

fn whole_seconds(time: SimDuration) -> u64 {
    time.0.div_ceil(SECOND)
}

impl LeastTime {
    /// The time that counts for a member now, in milliseconds.
    fn time(&self, now: u64, member: u32, pool: &PoolView<'_>) -> u64 {
        let Seen { average, checked } = self.seen.get(member as usize).copied().unwrap_or_default();
        let timeout = whole_seconds(pool.settings(member).fail_timeout);
        let idle = now.saturating_sub(checked);
        let halvings = if idle > timeout { (idle / (timeout + 1)).min(63) } else { 0 };
        stepped(average >> halvings)
    }

    /// Time until an answer, for weight 1: what is compared after the division by the weight.
    fn expected(&self, now: u64, member: u32, pool: &PoolView<'_>) -> u64 {
        self.time(now, member, pool) * (1 + u64::from(pool.load(member)))
    }
}

impl Algorithm for LeastTime {
    fn decide(&mut self, now: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        let second = now.0 / SECOND;
        self.tied.clear();
        let mut least = (0_u64, 1_u64);
        for &member in pool.eligible.iter().filter(|&&member| pool.weight_of(member) > 0) {
            let (time, weight) = (self.expected(second, member, pool), u64::from(pool.weight_of(member)));
            let (mine, theirs) = (time * least.1, least.0 * weight);
            if self.tied.is_empty() || mine < theirs {
                self.tied.clear();
                least = (time, weight);
                self.tied.push(member);
            } else if mine == theirs {
                self.tied.push(member);
            }
        }
        match *self.tied {
            [only] => Decision::Route(only),
            _ => self.smooth.next(self.tied[..].into(), pool).map_or(Decision::Reject, Decision::Route),
        }
    }

    fn learn(&mut self, now: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        self.smooth.learn(feedback, pool);
        self.seen.resize(self.seen.len().max(pool.weight.len()), Seen::default());
        let second = now.0 / SECOND;
        match *feedback {
            Feedback::Dispatched { member } => {
                let timeout = whole_seconds(pool.settings(member).fail_timeout);
                let seen = &mut self.seen[member as usize];
                if second.saturating_sub(seen.checked) > timeout {
                    seen.checked = second;
                }
            }
            Feedback::Completed { member, response_time, ok, failed, .. } => {
                let seen = &mut self.seen[member as usize];
                if ok {
                    seen.average = averaged(seen.average, response_time.0 / MILLISECOND);
                } else if failed {
                    seen.checked = second;
                }
            }
            Feedback::PoolChanged | Feedback::Reported { .. } => {}
        }
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        // Explained as of the last try: nothing is halved.
        let score = |&member: &u32| {
            let checked = self.seen.get(member as usize).map_or(0, |seen| seen.checked);
            let (n, w) = (pool.load(member), pool.weight_of(member));
            if w == 0 {
                return Score::never(member);
            }
            let time = self.time(checked, member, pool);
            let value = self.expected(checked, member, pool) as f64 / f64::from(w);
            Score { member, value, filled: format!("{time} ms × (1 + {n}) / {w} = {value:.0} ms").into() }
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because: rule::smallest_nginx() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0 → 20, 19 → 20, 20 → 40; above 5 s all are equal. 0.05 × 100 + 0.95 × 200 = 195.
    #[test]
    fn times_are_averaged_and_stepped() {
        assert_eq!([0, 19, 20, 4_999, 5_001].map(stepped), [20, 20, 40, 5_000, 5_000]);
        assert_eq!((averaged(0, 120), averaged(200, 100), averaged(200, 209)), (120, 195, 200));
    }
}
