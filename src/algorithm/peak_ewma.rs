//! `peak_ewma`: two draws, the lower decaying peak of response times.

use crate::algorithm::candidates::{any, explained, route};
use crate::algorithm::words::rule;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, ParamSpec, PoolView, RequestView, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "peak_ewma",
    label: "Peak EWMA",
    rule: Text::new(
        "Two different replicas are drawn; the one whose decaying peak of response times, times requests \
         in flight, is smaller, the first drawn of equals.",
        "Zwei verschiedene Repliken werden gezogen; die, deren abklingende Spitze der Antwortzeiten, mal \
         Anfragen unterwegs, kleiner ist, bei Gleichstand die zuerst gezogene.",
        "Deux répliques différentes sont tirées ; celle dont le pic décroissant des temps de réponse, \
         fois les requêtes en cours, est plus petit, la première tirée à égalité.",
    ),
    formula: "min c_i · (n_i + 1) of two draws; c = t if t > c, else c · e^(−Δ/τ) + t · (1 − e^(−Δ/τ)); a look \
          is an update with t = 0",
    complexity: "O(1)",
    knowledge: Knowledge::LocalLatency,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[
        ParamSpec {
            name: "decay",
            doc: Text::new(
                "Time in which an estimate falls to 1 / e.",
                "Zeit, in der eine Schätzung auf 1 / e fällt.",
                "Temps que met une estimation à tomber à 1 / e.",
            ),
            unit: "s",
            min: 0.001,
            max: 3600.0,
            default: 10.0,
            whole: false,
        },
        ParamSpec {
            name: "initial",
            doc: Text::new(
                "Estimate of a replica that has not answered yet: 0.03 in linkerd, 1 in tower.",
                "Schätzung für eine Replik, die noch nicht geantwortet hat: 0,03 in linkerd, 1 in tower.",
                "Estimation d’une réplique qui n’a pas encore répondu : 0,03 dans linkerd, 1 dans tower.",
            ),
            unit: "s",
            min: 0.0,
            max: 60.0,
            default: 0.03,
            whole: false,
        },
    ],
    fails_when: "A replica that fails fast has the best times and draws traffic.",
    source: "tower and linkerd2-proxy, files of 2024 to 2026; Finagle",
    evidence: Evidence::Source,
    build: |params| {
        Box::new(PeakEwma { decay: params.get("decay"), initial: params.get("initial"), costs: Vec::new() })
    },
};

#[derive(Debug, Clone)]
struct PeakEwma {
    decay: f64,
    initial: f64,
    costs: Vec<Cost>,
}

impl Algorithm for PeakEwma {
    fn decide(
        &mut self,
        now: SimTime,
        _: &RequestView<'_>,
        pool: &PoolView<'_>,
        rng: &mut Stream,
    ) -> Decision {
        self.costs.resize(
            pool.weight.len().max(self.costs.len()),
            Cost { seconds: self.initial, at: SimTime::ZERO, looked: SimTime::ZERO },
        );
        let n = pool.eligible.len() as u32;
        let first = rng.below(n);
        let second = if n > 1 { (first + 1 + rng.below(n - 1)) % n } else { first };
        let pair = [first, second].map(|place| pool.eligible.get(place as usize).copied());
        let best = match pair.map(|member| member.filter(|&member| pool.weight_of(member) > 0)) {
            [Some(a), Some(b)] => Some(if self.look(now, b, pool) < self.look(now, a, pool) { b } else { a }),
            [one, other] => one.or(other).or_else(|| any(pool, rng)),
        };
        route(best)
    }

    fn learn(&mut self, now: SimTime, feedback: &Feedback, _: &PoolView<'_>) -> bool {
        if let Feedback::Completed { member, response_time, .. } = *feedback {
            let decay = self.decay;
            if let Some(cost) = self.costs.get_mut(member as usize) {
                cost.update(now, response_time.as_secs(), decay);
            }
        }
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained(pool, rule::two_drawn(), |member| {
            let seconds = self.costs.get(member as usize).map_or(self.initial, |cost| cost.seconds);
            let n = pool.load(member);
            let value = seconds * (f64::from(n) + 1.0);
            (value, format!("{:.2} ms · ({n} + 1) = {:.2} ms", seconds * 1e3, value * 1e3))
        })
    }
}

/// The estimate for one member: what it was at its last response, and when it was looked at last.
#[derive(Debug, Clone, Copy)]
struct Cost {
    seconds: f64,
    at: SimTime,
    looked: SimTime,
}

impl Cost {
    /// Looking is an update with 0: it decays, and the next response counts from now.
    fn look(&mut self, now: SimTime, decay: f64) -> f64 {
        self.looked = now;
        // From the last response and not from the last look, so that equal histories stay equal to the last bit.
        self.seconds * libm::exp(-now.since(self.at).as_secs() / decay)
    }

    /// A peak counts at once; what is below moves the estimate by the time since the last look only.
    fn update(&mut self, now: SimTime, seconds: f64, decay: f64) {
        let since = now.since(self.looked).as_secs();
        let before = self.look(self.looked, decay);
        let kept = libm::exp(-since / decay);
        let below = before * kept + seconds * (1.0 - kept);
        *self = Self { seconds: if seconds > before { seconds } else { below }, at: now, looked: now };
    }
}

impl PeakEwma {
    fn look(&mut self, now: SimTime, member: u32, pool: &PoolView<'_>) -> f64 {
        let decay = self.decay;
        self.costs[member as usize].look(now, decay) * (f64::from(pool.load(member)) + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out by hand: a peak jumps, ten seconds leave 1 / e of it, and a response just after a look hardly counts.
    #[test]
    fn peaks_jump_and_decay() {
        let at = |seconds: u64| SimTime(seconds * 1_000_000_000);
        let mut cost = Cost { seconds: 0.03, at: SimTime::ZERO, looked: SimTime::ZERO };
        cost.update(at(0), 1.0, 10.0);
        assert!(cost.seconds == 1.0);
        let tenth = cost.look(at(10), 10.0);
        assert!((tenth - 0.367_879_441).abs() < 1e-9, "{tenth}");
        cost.update(at(10), 0.1, 10.0);
        assert!(cost.seconds == tenth);
        cost.update(at(20), 0.1, 10.0);
        assert!((cost.seconds - (tenth * 0.367_879_441 + 0.063_212_056)).abs() < 1e-9);
        cost.update(at(21), 0.5, 10.0);
        assert!(cost.seconds == 0.5);
    }
}
