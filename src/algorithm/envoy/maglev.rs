//! `envoy.maglev`: a table of 65,537 places.

use crate::algorithm::candidates::{explained, route};
use crate::algorithm::hashing::xx64;
use crate::algorithm::table::Table;
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "envoy.maglev",
    label: "Envoy Maglev",
    rule: "Each replica takes places of a large table in turn, in an order of its own; the place of the key's \
          hash decides.",
    formula: "order of i: (h_1(i) + j · (1 + h_2(i) mod (M − 1))) mod M; place h(key) mod M",
    complexity: "O(1); O(M log M) when replicas change",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "A key is much in demand: all who have it go to one replica. Some keys move without need when \
          replicas change.",
    source: "Envoy, files of 2024 to 2026, MAGLEV",
    evidence: Evidence::Source,
    build: |_| Box::new(Maglev { table: Table::new(65_537) }),
};

#[derive(Debug, Clone)]
struct Maglev {
    table: Table,
}

impl Algorithm for Maglev {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        self.table.update(pool);
        let hash = request.with_key(|key| xx64(key, 0));
        route(self.table.choose(hash, pool))
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let mut table = self.table.clone();
        table.update(pool);
        let size = table.len();
        let hash = request.with_key(|key| xx64(key, 0));
        let because = format!(
            "The key is at place {} of {size}, or the next whose replica can be asked.",
            hash % u64::from(size)
        );
        let chosen = table.choose(hash, pool);
        explained(pool, because, |member| {
            let places = table.share(member);
            (f64::from(u8::from(chosen == Some(member))), format!("{places} of {size} places"))
        })
    }
}
