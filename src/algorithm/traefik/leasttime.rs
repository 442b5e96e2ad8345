//! `traefik.leasttime`: the shortest mean time times requests in flight.

use crate::algorithm::words::rule;
use crate::lang::Text;
use std::collections::VecDeque;

use crate::algorithm::candidates::{explained, open, route};
use crate::algorithm::edf::Edf;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, PoolView, RequestView, Spec,
};
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "traefik.leasttime",
    label: "Traefik leasttime",
    rule: Text::new(
        "The server whose mean time over its last 100 responses, times the requests in flight and one, \
         is smallest for its weight; among equals the earliest deadline.",
        "Der Server, dessen mittlere Zeit der letzten 100 Antworten, mal Anfragen unterwegs plus eins, \
         für sein Gewicht am kleinsten ist; bei Gleichstand die früheste Frist.",
        "Le serveur dont le temps moyen des 100 dernières réponses, fois les requêtes en cours plus une, \
         est le plus petit pour son poids ; à égalité, l’échéance la plus proche.",
    ),
    formula: "min t_i (1 + n_i) / w_i; t_i: mean of the last 100, 0 before the first; ties as traefik.wrr",
    complexity: "O(n)",
    knowledge: Knowledge::LocalLatency,
    weighted: true,
    even: true,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "A new server has a time of 0 and gets all traffic until its first response. Failures that are fast \
                 look like good times.",
    source: "Traefik 3.7.9, leasttime (since 3.6); here whole response times, there times to the first byte",
    evidence: Evidence::Source,
    build: |_| Box::new(LeastTime::default()),
};

/// Responses that the mean is taken of.
const KEPT: usize = 100;

/// The last response times of a server, in nanoseconds, and their sum.
#[derive(Debug, Clone, Default)]
struct Times {
    last: VecDeque<u64>,
    sum: u64,
}

impl Times {
    fn add(&mut self, time: u64) {
        if self.last.len() == KEPT {
            self.sum -= self.last.pop_front().unwrap_or(0);
        }
        self.last.push_back(time);
        self.sum += time;
    }

    fn mean(&self) -> f64 {
        self.sum as f64 / self.last.len().max(1) as f64
    }
}

#[derive(Debug, Clone, Default)]
struct LeastTime {
    times: Vec<Times>,
    edf: Edf,
    tied: Vec<u32>,
}

impl LeastTime {
    fn score(&self, member: u32, pool: &PoolView<'_>) -> f64 {
        let mean = self.times.get(member as usize).map_or(0.0, Times::mean);
        mean * (1.0 + f64::from(pool.load(member))) / f64::from(pool.weight_of(member))
    }
}

impl Algorithm for LeastTime {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        self.edf.update(pool.layout, pool.members, pool, |_| {});
        let mut tied = std::mem::take(&mut self.tied);
        tied.clear();
        let mut least = f64::INFINITY;
        for member in open(pool) {
            let score = self.score(member, pool);
            if score < least {
                least = score;
                tied.clear();
            }
            if score == least {
                tied.push(member);
            }
        }
        let decision = match *tied {
            [only] => Decision::Route(only),
            _ => route(self.edf.next(&PoolView { eligible: tied[..].into(), ..*pool }, |_| 1.0)),
        };
        self.tied = tied;
        decision
    }

    fn learn(&mut self, _: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        if let Feedback::Completed { member, response_time, .. } = *feedback {
            self.times.resize_with(pool.weight.len().max(self.times.len()), Times::default);
            self.times[member as usize].add(response_time.0);
        }
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained(pool, rule::smallest_deadline(), |member| {
            let mean = self.times.get(member as usize).map_or(0.0, Times::mean) / 1e6;
            let (n, w) = (pool.load(member), pool.weight_of(member));
            let value = self.score(member, pool) / 1e6;
            (value, format!("{mean:.2} ms · (1 + {n}) / {w} = {value:.2} ms"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100 times of 1 and then 50 of 3: the mean of the last 100 is (50 · 1 + 50 · 3) / 100 = 2.
    #[test]
    fn the_mean_is_of_the_last_hundred() {
        let mut times = Times::default();
        assert_eq!(times.mean(), 0.0);
        (0..150).for_each(|n| times.add(if n < 100 { 1 } else { 3 }));
        assert_eq!((times.mean(), times.last.len()), (2.0, 100));
    }
}
