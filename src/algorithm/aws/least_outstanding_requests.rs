//! `aws.least_outstanding_requests`: the fewest requests in progress.

use crate::algorithm::candidates::{explained_by_load, least, route};
use crate::algorithm::words::rule;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "aws.least_outstanding_requests",
    label: "AWS ALB least outstanding requests",
    rule: Text::new(
        "The healthy target with the fewest requests in progress; among equals, any (how AWS decides \
         there is not documented).",
        "Das gesunde Ziel mit den wenigsten laufenden Anfragen; bei Gleichstand irgendeines (wie AWS da \
         entscheidet, ist nicht dokumentiert).",
        "La cible saine qui a le moins de requêtes en cours ; à égalité, n’importe laquelle (le choix \
         d’AWS n’est pas documenté).",
    ),
    formula: "min n_i; ties uniformly at random",
    complexity: "O(n)",
    knowledge: Knowledge::LocalCounts,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[],
    fails_when: "A target that fails fast draws all traffic; each node of the balancer counts only its own.",
    source: "AWS Application Load Balancer, documentation of 2026, least_outstanding_requests",
    evidence: Evidence::Documented,
    build: |_| Box::new(LeastOutstandingRequests),
};

#[derive(Debug, Clone)]
struct LeastOutstandingRequests;

impl Algorithm for LeastOutstandingRequests {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        route(least(pool, rng, |a, b| pool.load(a) < pool.load(b)))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained_by_load(pool, rule::smallest_lots())
    }
}
