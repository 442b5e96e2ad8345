//! `envoy.least_request`: two draws with replacement; deadlines where weights differ.

use crate::algorithm::candidates::{any, explained_by_load, least, route};
use crate::algorithm::edf::Edf;
use crate::algorithm::words::rule;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, ParamSpec, PoolView, RequestView, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "envoy.least_request",
    label: "Envoy least request",
    rule: Text::new(
        "Some hosts are drawn, the same one perhaps twice; the one with the fewest active requests, the \
         first drawn among equals. Where weights differ, the earliest deadline.",
        "Einige Hosts werden gezogen, derselbe vielleicht zweimal; der mit den wenigsten aktiven \
         Anfragen, bei Gleichstand der zuerst gezogene. Bei verschiedenen Gewichten die \
         früheste Frist.",
        "Des hôtes sont tirés, le même parfois deux fois ; celui qui a le moins de requêtes actives, le \
         premier tiré à égalité. Si les poids diffèrent, l’échéance la plus proche.",
    ),
    formula: "equal weights: min n_i of N draws with replacement; else min d_i, then d_i += (n_i + 1)^bias / w_i",
    complexity: "O(N) with equal weights, O(n) with a full scan, else O(log n)",
    knowledge: Knowledge::LocalCounts,
    weighted: true,
    even: true,
    keyed: false,
    random: true,
    params: &[
        ParamSpec {
            name: "choice_count",
            doc: Text::new(
                "How many hosts are drawn where weights are equal.",
                "So viele Hosts werden gezogen, wenn die Gewichte gleich sind.",
                "Combien d’hôtes sont tirés quand les poids sont égaux.",
            ),
            unit: "",
            min: 1.0,
            max: 64.0,
            default: 2.0,
            whole: true,
        },
        ParamSpec {
            name: "bias",
            doc: Text::new(
                "How much active requests count where weights differ.",
                "Wie stark laufende Anfragen zählen, wenn die Gewichte verschieden sind.",
                "Combien comptent les requêtes en cours quand les poids diffèrent.",
            ),
            unit: "",
            min: 0.0,
            max: 10.0,
            default: 1.0,
            whole: false,
        },
        ParamSpec {
            name: "full_scan",
            doc: Text::new(
                "1: the fewest of all hosts, equals draw lots, where weights are equal; 0: of some that are drawn.",
                "1: bei gleichen Gewichten der Host mit den wenigsten von allen, bei Gleichstand das Los; 0: von einigen gezogenen.",
                "1 : à poids égaux, l’hôte qui en a le moins de tous, le sort à égalité ; 0 : parmi quelques-uns tirés.",
            ),
            unit: "",
            min: 0.0,
            max: 1.0,
            default: 0.0,
            whole: true,
        },
    ],
    fails_when: "Two hosts: the busier one still gets a quarter. With unequal weights a load counts only from \
          the next turn on.",
    source: "Envoy, files of 2024 to 2026, LEAST_REQUEST with N_CHOICES or FULL_SCAN",
    evidence: Evidence::Source,
    build: |params| {
        Box::new(LeastRequest {
            edf: Edf::default(),
            equal: true,
            choices: params.get("choice_count") as u32,
            bias: params.get("bias"),
            full_scan: params.get("full_scan") > 0.0,
        })
    },
};

#[derive(Debug, Clone)]
struct LeastRequest {
    edf: Edf,
    equal: bool,
    choices: u32,
    bias: f64,
    full_scan: bool,
}

impl Algorithm for LeastRequest {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        if self.edf.update(pool.version, pool.usable, pool, |_| {}) {
            let weight = |member: u32| pool.weight_of(member);
            self.equal = pool.usable.windows(2).all(|pair| weight(pair[0]) == weight(pair[1]));
        }
        if !self.equal {
            let bias = self.bias;
            // The request that is handed over now counts.
            return route(self.edf.next(pool, |member| libm::pow(f64::from(pool.load(member)) + 1.0, bias)));
        }
        if self.full_scan {
            return route(least(pool, rng, |a, b| pool.load(a) < pool.load(b)));
        }
        let mut best = any(pool, rng);
        for _ in 1..self.choices {
            best = match (best, any(pool, rng)) {
                (Some(first), Some(other)) if pool.load(other) < pool.load(first) => Some(other),
                _ => best,
            };
        }
        route(best)
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        if !self.equal {
            return self.edf.explain(pool);
        }
        if self.full_scan {
            return explained_by_load(pool, rule::smallest_lots());
        }
        explained_by_load(pool, rule::some_again(&self.choices))
    }
}
