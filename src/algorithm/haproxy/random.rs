//! `haproxy.random`: points drawn on the ring, the least loaded of their servers.

use super::ring::Ring;
use crate::algorithm::words::{rule, score};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, ParamSpec, PoolView, RequestView, Score, Spec,
};
use crate::lang::{Said, Text};
use crate::rng::Stream;
use crate::units::SimTime;

/// Random's definition.
pub static SPEC: Spec = Spec {
    name: "haproxy.random",
    label: "HAProxy random",
    rule: Text::new(
        "Draws points on the ring of the consistent hash, a replica can be drawn twice; the least loaded \
         for its weight, the later draw among equals. If that one is full, the request \
         waits.",
        "Zieht Punkte auf dem Ring des konsistenten Hashs, eine Replik auch zweimal; die am wenigsten \
         belastete für ihr Gewicht, bei Gleichstand die später gezogene. Ist sie voll, \
         wartet die Anfrage.",
        "Tire des points sur l’anneau du hachage cohérent, une réplique parfois deux fois ; la moins \
         chargée pour son poids, la dernière tirée à égalité. Si elle est pleine, la requête \
         attend.",
    ),
    formula: "min n_i / w_i over d draws of ring points",
    complexity: "O(d log n)",
    knowledge: Knowledge::LocalCounts,
    weighted: true,
    even: false,
    keyed: false,
    random: true,
    params: &[ParamSpec {
        name: "d",
        doc: Text::new(
            "How many points are drawn.",
            "So viele Punkte werden gezogen.",
            "Combien de points sont tirés.",
        ),
        unit: "",
        min: 1.0,
        max: 64.0,
        default: 2.0,
        whole: true,
    }],
    fails_when: "Few replicas: their arcs of the ring differ, so shares do. With 2 replicas a quarter of the requests \
                 see only the busier one.",
    source: "HAProxy 2.6.12, balance random",
    evidence: Evidence::Recorded,
    build: |params| Box::new(Random { draws: params.get("d") as u32, ..Random::START }),
};

#[derive(Debug, Clone)]
struct Random {
    draws: u32,
    state: u32,
    ring: Ring,
}

impl Random {
    /// HAProxy's generator starts from a constant, so every start of it makes the same draws; Marsaglia's
    /// 32-bit xorshift with the start value of his paper.
    const START: Self = Self { draws: 2, state: 2_463_534_242, ring: Ring::EMPTY };

    const fn draw(&mut self) -> u32 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 17;
        self.state ^= self.state << 5;
        self.state
    }
}

/// At which draws a member came.
fn drawn_as(drawn: &[u32], member: u32, formula: String) -> Said {
    let places = drawn.iter().zip(1..).filter(|(other, _)| **other == member);
    let places: Vec<String> = places.map(|(_, place): (_, u32)| place.to_string()).collect();
    match places.split_last() {
        None => formula.into(),
        Some((only, [])) => score::draw(&formula, only),
        Some((last, first)) => score::draws(&formula, &first.join(", "), last),
    }
}

impl Algorithm for Random {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, _: &mut Stream) -> Decision {
        self.ring.update(pool);
        let mut best: Option<u32> = None;
        for _ in 0..self.draws {
            let hash = self.draw();
            let Some(place) = self.ring.nearest(hash) else { return Decision::Reject };
            let member = self.ring.member(place);
            if best.is_none_or(|best| !pool.is_lighter(best, member)) {
                best = Some(member);
            }
        }
        match best {
            Some(member) if pool.is_eligible(member) => Decision::Route(member),
            Some(_) => Decision::Hold,
            None => Decision::Reject,
        }
    }

    fn decides_when_full(&self) -> bool {
        true
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let mut copy = self.clone();
        copy.ring.update(pool);
        let drawn: Vec<u32> = (0..self.draws)
            .filter_map(|_| {
                let hash = copy.draw();
                copy.ring.nearest(hash).map(|place| copy.ring.member(place))
            })
            .collect();
        let score = |&member: &u32| {
            let (load, weight) = (pool.load(member), pool.weight_of(member));
            let value = if weight == 0 { f64::INFINITY } else { f64::from(load) / f64::from(weight) };
            Score {
                member,
                value,
                filled: drawn_as(&drawn, member, format!("{load} / {weight} = {value:.3}")),
            }
        };
        Explanation {
            scores: pool.eligible.iter().map(score).collect(),
            because: rule::points_drawn(&self.draws),
        }
    }
}
