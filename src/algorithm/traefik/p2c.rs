//! `traefik.p2c`: two draws, moved on by one when they are equal.

use crate::algorithm::candidates::{any, explained_by_load, route};
use crate::algorithm::words::rule;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "traefik.p2c",
    label: "Traefik p2c",
    rule: Text::new(
        "Two servers are drawn; a second that is the first again becomes the next one. The one with \
         fewer requests in flight, the first among equals.",
        "Zwei Server werden gezogen; ist der zweite wieder der erste, wird es der nächste. Der mit \
         weniger Anfragen unterwegs, bei Gleichstand der erste.",
        "Deux serveurs sont tirés ; si le second est encore le premier, c’est le suivant. Celui qui a le \
         moins de requêtes en cours, le premier à égalité.",
    ),
    formula: "min n_i of two draws, the second + 1 when equal",
    complexity: "O(1)",
    knowledge: Knowledge::LocalCounts,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[],
    fails_when: "Weights matter: it knows none. A server that fails fast draws traffic.",
    source: "Traefik 3.7.9, p2c (since 3.4)",
    evidence: Evidence::Source,
    build: |_| Box::new(P2c),
};

#[derive(Debug, Clone)]
struct P2c;

impl Algorithm for P2c {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        let n = pool.eligible.len() as u32;
        let (first, mut second) = (rng.below(n), rng.below(n));
        if first == second {
            second = (second + 1) % n.max(1);
        }
        let pair = [first, second].map(|place| pool.eligible.get(place as usize).copied());
        let open = |member: &u32| pool.weight_of(*member) > 0;
        let best = match pair.map(|member| member.filter(open)) {
            [Some(a), Some(b)] => Some(if pool.load(b) < pool.load(a) { b } else { a }),
            [one, other] => one.or(other),
        };
        // Both may have weight 0, which Traefik does not know.
        route(best.or_else(|| any(pool, rng)))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained_by_load(pool, rule::two_drawn())
    }
}
