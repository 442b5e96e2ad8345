//! `shared_queue`: the bound that nobody beats.

use crate::algorithm::candidates::{explained_by_load, least};
use crate::algorithm::words::rule;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, ParamSpec, PoolView, RequestView, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "shared_queue",
    label: "Shared queue",
    rule: Text::new(
        "A request waits in the balancer until a replica has a free worker; the oldest goes first. It \
         needs a queue in the balancer.",
        "Eine Anfrage wartet im Lastverteiler, bis eine Replik einen freien Worker hat; die älteste geht \
         zuerst. Das braucht eine Schlange im Lastverteiler.",
        "Une requête attend dans le répartiteur qu’une réplique ait un worker libre ; la plus vieille \
         passe d’abord. Il faut une file dans le répartiteur.",
    ),
    formula: "any i with n_i < slots, the fewest in flight first, else hold",
    complexity: "O(n)",
    knowledge: Knowledge::Oracle,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[ParamSpec {
        name: "slots",
        doc: Text::new(
            "Requests that a replica works on at once: its workers.",
            "Anfragen, an denen eine Replik zugleich arbeitet: ihre Worker.",
            "Requêtes qu’une réplique traite à la fois : ses workers.",
        ),
        unit: "",
        min: 1.0,
        max: 10000.0,
        default: 1.0,
        whole: true,
    }],
    fails_when: "It is a bound, not a product: the way between balancer and replica costs a pause after each \
          request.",
    source: "Erlang, 1917 (M/M/c); Kleinrock, Queueing Systems, 1975",
    evidence: Evidence::Definition,
    build: |params| Box::new(SharedQueue { slots: params.get("slots") as u32 }),
};

#[derive(Debug, Clone)]
struct SharedQueue {
    slots: u32,
}

impl Algorithm for SharedQueue {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        let free = least(pool, rng, |a, b| pool.load(a) < pool.load(b));
        match free {
            Some(member) if pool.load(member) < self.slots => Decision::Route(member),
            Some(_) => Decision::Hold,
            None => Decision::Reject,
        }
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        explained_by_load(pool, rule::smallest_below(&self.slots))
    }
}
