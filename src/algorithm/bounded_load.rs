//! `bounded_load`: a ring on which nobody has much more than its share.

use crate::algorithm::candidates::{explained, open, route};
use crate::algorithm::circle::Circle;
use crate::algorithm::hashing::xx64;
use crate::algorithm::words::{rule, score};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, ParamSpec, PoolView, RequestView, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "bounded_load",
    label: "Consistent hashing with bounded loads",
    rule: Text::new(
        "The first point at or after the key's hash whose replica has less than its share of all \
         requests in flight, times a factor.",
        "Der erste Punkt ab dem Hash des Schlüssels, dessen Replik weniger Anfragen unterwegs hat \
         als ihren Anteil an allen, mal einem Faktor.",
        "Le premier point à partir du hachage de la clé dont la réplique a moins que sa part de toutes \
         les requêtes en cours, multipliée par un facteur.",
    ),
    formula: "first point ≥ hash(key) with n_i < ⌈c · (Σ n + 1) · w_i / Σ w⌉",
    complexity: "O(n)",
    knowledge: Knowledge::LocalCounts,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: &[
        ParamSpec {
            name: "factor",
            doc: Text::new(
                "How much more than its share a replica may have.",
                "Um wie viel eine Replik mehr als ihren Anteil haben darf.",
                "De combien une réplique peut dépasser sa part.",
            ),
            unit: "",
            min: 1.0,
            max: 100.0,
            default: 1.25,
            whole: false,
        },
        ParamSpec {
            name: "points",
            doc: Text::new(
                "Points for a replica of weight 1.",
                "Punkte für eine Replik mit Gewicht 1.",
                "Points pour une réplique de poids 1.",
            ),
            unit: "",
            min: 1.0,
            max: 10000.0,
            default: 512.0,
            whole: true,
        },
    ],
    fails_when: "The factor is near 1: most keys are served away from home. Far above 1 it bounds nothing.",
    source: "Mirrokni, Thorup and Zadimoghaddam, Consistent Hashing with Bounded Loads, 2018",
    evidence: Evidence::Definition,
    build: |params| {
        Box::new(BoundedLoad {
            circle: Circle::default(),
            points: params.get("points") as u32,
            factor: params.get("factor"),
        })
    },
};

#[derive(Debug, Clone)]
struct BoundedLoad {
    circle: Circle,
    points: u32,
    factor: f64,
}

impl Algorithm for BoundedLoad {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        self.circle.update_by_weight(pool, self.points);
        let hash = request.with_key(|key| xx64(key, 0));
        let share = self.share(pool);
        let may = |member: u32| pool.is_eligible(member) && pool.weight_of(member) > 0;
        let below = |member: u32| f64::from(pool.load(member)) < room(share, member, pool);
        let found = self.circle.from(hash).find(|&member| may(member) && below(member));
        // Those with room may be at their limit: then the bound can't be kept.
        route(found.or_else(|| self.circle.from(hash).find(|&member| may(member))))
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let hash = request.with_key(|key| xx64(key, 0));
        let mut circle = self.circle.clone();
        circle.update_by_weight(pool, self.points);
        let share = self.share(pool);
        explained(pool, rule::with_room(), |member| {
            let ahead = circle.ahead(hash, member);
            let (n, room) = (pool.load(member), room(share, member, pool));
            (ahead, score::ring_room(&format!("{ahead:.6}"), &n, &room))
        })
    }
}

/// Requests that a member may have.
fn room(share: f64, member: u32, pool: &PoolView<'_>) -> f64 {
    libm::ceil(share * f64::from(pool.weight_of(member)))
}

impl BoundedLoad {
    /// Requests for each unit of weight, times the factor.
    fn share(&self, pool: &PoolView<'_>) -> f64 {
        let sums = open(pool).fold((1_u64, 0_u64), |(load, weight), member| {
            (load + u64::from(pool.load(member)), weight + u64::from(pool.weight_of(member)))
        });
        self.factor * sums.0 as f64 / sums.1.max(1) as f64
    }
}
