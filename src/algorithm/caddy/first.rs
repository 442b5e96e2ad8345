//! `caddy.first`: the first that can be asked.

use crate::algorithm::candidates::{explained, open, route};
use crate::algorithm::words::{rule, score};
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// First's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.first",
    label: "Caddy first",
    rule: Text::new(
        "The first replica of the configuration that can be asked; the others only stand in.",
        "Die erste Replik der Konfiguration, die gefragt werden kann; die anderen springen nur ein.",
        "La première réplique de la configuration qui peut être sollicitée ; les autres ne font que la \
         remplacer.",
    ),
    formula: "min i",
    complexity: "O(1)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: false,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "One replica is not enough: without max_requests it gets everything.",
    source: "Caddy 2.6.2, first",
    evidence: Evidence::Recorded,
    build: |_| Box::new(First),
};

#[derive(Debug, Clone)]
struct First;

impl Algorithm for First {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        route(open(pool).next())
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained(pool, rule::first_place(), |member| (f64::from(member), score::place(&(member + 1))))
    }
}
