//! `haproxy.first`: fill one replica before the next.

use crate::algorithm::candidates::{Watch, route};
use crate::algorithm::words::{rule, score};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Score, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// First's definition.
pub static SPEC: Spec = Spec {
    name: "haproxy.first",
    label: "HAProxy first",
    rule: Text::new(
        "The first replica in the order of the configuration that is below its connection limit.",
        "Die erste Replik in der Reihenfolge der Konfiguration, die unter ihrer Verbindungsgrenze ist.",
        "La première réplique, dans l’ordre de la configuration, qui est sous sa limite de connexions.",
    ),
    formula: "min id_i with n_i < limit_i",
    complexity: "O(1), and 1 for each full one before it",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: false,
    keyed: false,
    random: false,
    params: &[],
    fails_when: "No connection limits: everything goes to the first replica.",
    source: "HAProxy 2.6.12, balance first",
    evidence: Evidence::Recorded,
    build: |_| Box::new(First::default()),
};

#[derive(Debug, Clone, Default)]
struct First {
    watch: Watch,
    /// Members by their ids.
    order: Vec<u32>,
}

impl Algorithm for First {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        if self.watch.is_new(pool.layout, pool.members, pool) || pool.layout == 0 {
            self.order.clear();
            self.order.extend_from_slice(pool.members);
            self.order.sort_by_key(|&member| pool.settings(member).id);
        }
        let may = |&member: &u32| pool.is_eligible(member) && pool.weight_of(member) > 0;
        route(self.order.iter().copied().find(|member| may(member)))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let score = |&member: &u32| {
            let settings = pool.settings(member);
            let (id, n) = (settings.id, pool.load(member));
            let filled = match settings.max_connections {
                u32::MAX => score::id(&id, &n),
                most => score::id_limit(&id, &n, &most),
            };
            Score { member, value: f64::from(settings.id), filled }
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because: rule::smallest_id() }
    }
}
