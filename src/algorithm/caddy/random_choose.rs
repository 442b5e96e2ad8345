//! `caddy.random_choose`: some at random and the least loaded of them, with its flaws.

use crate::algorithm::candidates::{explained_by_load, open, route};
use crate::algorithm::words::rule;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, ParamSpec, PoolView, RequestView, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Random choice's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.random_choose",
    label: "Caddy random_choose",
    rule: Text::new(
        "Some replicas are drawn into places, later ones over earlier ones; the first idle one wins, \
         else a lot among those that are at most as loaded as all placed before them.",
        "Einige Repliken werden auf Plätze gezogen, spätere über frühere; die erste untätige gewinnt, \
         sonst ein Los unter denen, die höchstens so belastet sind wie alle davor.",
        "Des répliques sont tirées dans des places, les dernières par-dessus les premières ; la première \
         inactive gagne, sinon un tirage parmi celles qui ne sont pas plus chargées que les \
         précédentes.",
    ),
    formula: "replica i goes to place r = ⌊U·(i + 1)⌋ if r < choose; in the order of places: n = 0 wins at once, else a \
              lot among the running minima",
    complexity: "O(n)",
    knowledge: Knowledge::LocalCounts,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[ParamSpec {
        name: "choose",
        doc: Text::new("How many places there are.", "So viele Plätze gibt es.", "Combien de places il y a."),
        unit: "",
        min: 1.0,
        max: 64.0,
        default: 2.0,
        whole: true,
    }],
    fails_when: "A busy replica in the first place keeps its chance against idler ones; power_of_d does not have \
          that.",
    source: "Caddy 2.6.2, random_choose (the sampling was mended in 2026)",
    evidence: Evidence::Recorded,
    build: |params| Box::new(RandomChoose { places: vec![None; params.get("choose") as usize] }),
};

#[derive(Debug, Clone)]
struct RandomChoose {
    places: Vec<Option<u32>>,
}

impl RandomChoose {
    fn choose(&mut self, pool: &PoolView<'_>, rng: &mut Stream) -> Option<u32> {
        let places = self.places.len().min(pool.eligible.len());
        self.places.fill(None);
        for (number, member) in open(pool).enumerate() {
            let place = rng.below(number as u32 + 1) as usize;
            if place < places {
                self.places[place] = Some(member);
            }
        }
        let (mut best, mut chances): (Option<(u32, u32)>, u32) = (None, 0);
        for member in self.places.iter().copied().flatten() {
            let load = pool.load(member);
            if load == 0 {
                return Some(member);
            }
            if best.is_none_or(|(_, least)| load <= least) {
                // Each that was the least so far has the same chance in the end.
                chances += 1;
                let winner = if rng.below(chances) == 0 { member } else { best.map_or(member, |(m, _)| m) };
                best = Some((winner, load));
            }
        }
        best.map(|(member, _)| member)
    }
}

impl Algorithm for RandomChoose {
    fn decide(&mut self, _: SimTime, _: &RequestView<'_>, pool: &PoolView<'_>, rng: &mut Stream) -> Decision {
        route(self.choose(pool, rng))
    }

    fn explain(&self, _: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let because = rule::some_choose(&self.places.len());
        explained_by_load(pool, because)
    }
}
