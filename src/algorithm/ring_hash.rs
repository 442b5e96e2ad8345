//! `ring_hash`: a ring of points.

use crate::algorithm::candidates::{explained, route};
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
    name: "ring_hash",
    label: "Consistent hashing",
    rule: Text::new(
        "Each replica has points on a ring by its weight; the first point at or after the key's hash \
         decides.",
        "Jede Replik hat nach ihrem Gewicht Punkte auf einem Ring; der erste Punkt ab dem Hash des \
         Schlüssels entscheidet.",
        "Chaque réplique a des points sur un anneau selon son poids ; le premier point à partir du \
         hachage de la clé décide.",
    ),
    formula: "points: hash(name_i, k), k < points · w_i / gcd; first point ≥ hash(key), around",
    complexity: "O(log n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: &[ParamSpec {
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
    }],
    fails_when: "A key is much in demand: all who have it go to one replica. Few points: shares differ by 1 / \
          √points.",
    source: "Karger et al., Consistent Hashing and Random Trees, 1997",
    evidence: Evidence::Definition,
    build: |params| Box::new(RingHash { circle: Circle::default(), points: params.get("points") as u32 }),
};

#[derive(Debug, Clone)]
struct RingHash {
    circle: Circle,
    points: u32,
}

impl Algorithm for RingHash {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        self.circle.update_by_weight(pool, self.points);
        let hash = request.with_key(|key| xx64(key, 0));
        route(self.circle.from(hash).find(|&member| pool.is_eligible(member) && pool.weight_of(member) > 0))
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let hash = request.with_key(|key| xx64(key, 0));
        let mut circle = self.circle.clone();
        circle.update_by_weight(pool, self.points);
        explained(pool, rule::key_at(&format!("{hash:#018x}")), |member| {
            let ahead = circle.ahead(hash, member);
            (ahead, score::ring(&format!("{ahead:.6}")))
        })
    }
}
