//! `least_response_time`: mean response time times requests in flight.

use crate::algorithm::candidates::{explained, least, route};
use crate::algorithm::words::rule;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, ParamSpec, PoolView, RequestView, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "least_response_time",
    label: "Least response time",
    rule: Text::new(
        "The replica whose average response time times requests in flight, the new one counted, is \
         smallest for its weight; equals draw lots.",
        "Die Replik, deren mittlere Antwortzeit mal Anfragen unterwegs, die neue mitgezählt, für ihr \
         Gewicht am kleinsten ist; bei Gleichstand entscheidet das Los.",
        "La réplique dont le temps de réponse moyen fois les requêtes en cours, la nouvelle comprise, \
         est le plus petit pour son poids ; à égalité, le sort.",
    ),
    formula: "min t_i · (n_i + 1) / w_i; t_i += α · (t − t_i) at each success",
    complexity: "O(n)",
    knowledge: Knowledge::LocalLatency,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[ParamSpec {
        name: "alpha",
        doc: Text::new(
            "Share of a new response time in the average.",
            "Anteil einer neuen Antwortzeit am Mittel.",
            "Part d’un nouveau temps de réponse dans la moyenne.",
        ),
        unit: "",
        min: 0.001,
        max: 1.0,
        default: 0.05,
        whole: false,
    }],
    fails_when: "A replica that nobody asks keeps its old average; a new one has none and draws all traffic \
          until its first answer.",
    source: "nginx Plus and Traefik leasttime, documentation of 2026; the average is exponential",
    evidence: Evidence::Definition,
    build: |params| Box::new(LeastResponseTime { alpha: params.get("alpha"), means: Vec::new() }),
};

#[derive(Debug, Clone)]
struct LeastResponseTime {
    alpha: f64,
    /// Seconds by member; 0 for none yet.
    means: Vec<f64>,
}

impl Algorithm for LeastResponseTime {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        self.means.resize(pool.weight.len().max(self.means.len()), 0.0);
        route(least(pool, rng, |a, b| self.score(a, pool) < self.score(b, pool)))
    }

    fn learn(&mut self, _: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        if let Feedback::Completed { member, response_time, ok: true, .. } = *feedback {
            self.means.resize(pool.weight.len().max(self.means.len()), 0.0);
            let (mean, new) = (&mut self.means[member as usize], response_time.as_secs());
            *mean = if *mean == 0.0 { new } else { *mean + self.alpha * (new - *mean) };
        }
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained(pool, rule::smallest_lots(), |member| {
            let (value, mean) = (self.score(member, pool), self.mean(member));
            let (n, w) = (pool.load(member), pool.weight_of(member));
            (value, format!("{:.2} ms · ({n} + 1) / {w} = {value:.5}", mean * 1e3))
        })
    }
}

impl LeastResponseTime {
    fn mean(&self, member: u32) -> f64 {
        self.means.get(member as usize).copied().unwrap_or(0.0)
    }

    fn score(&self, member: u32, pool: &PoolView<'_>) -> f64 {
        match pool.weight_of(member) {
            0 => f64::INFINITY,
            weight => self.mean(member) * (f64::from(pool.load(member)) + 1.0) / f64::from(weight),
        }
    }
}
