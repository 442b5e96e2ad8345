//! What HAProxy's hash methods share: the function, the table or the ring, bounded load.

use super::function::{Function, avalanche, of_address};
use super::map::Map;
use super::open;
use super::ring::Ring;
use crate::algorithm::words::{rule, score};
use crate::algorithm::{
    Algorithm, Decision, Explanation, KeySource, ParamSpec, Params, PoolView, RequestView, Score,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

const fn switch(name: &'static str, doc: Text) -> ParamSpec {
    ParamSpec { name, doc, unit: "", min: 0.0, max: 1.0, default: 0.0, whole: true }
}

/// The parameters of all methods.
pub(super) const PARAMS: &[ParamSpec] = &[
    switch(
        "consistent",
        Text::new(
            "1: a ring, so that few keys move when a replica comes or goes; 0: a table, so that most do.",
            "1: ein Ring, sodass wenige Schlüssel wandern, wenn eine Replik kommt oder geht; 0: eine Tabelle, sodass die meisten wandern.",
            "1 : un anneau, pour que peu de clés bougent quand une réplique arrive ou part ; 0 : une table, où la plupart bougent.",
        ),
    ),
    ParamSpec {
        name: "function",
        doc: Text::new(
            "How the key is hashed: 0 sdbm, 1 djb2, 2 crc32. Addresses are taken as they are.",
            "Wie der Schlüssel gehasht wird: 0 sdbm, 1 djb2, 2 crc32. Adressen werden genommen, wie sie sind.",
            "Comment la clé est hachée : 0 sdbm, 1 djb2, 2 crc32. Les adresses sont prises telles quelles.",
        ),
        unit: "",
        min: 0.0,
        max: 2.0,
        default: 0.0,
        whole: true,
    },
    switch(
        "avalanche",
        Text::new(
            "1: spreads every bit of the hash over all of it; HAProxy does so for a ring without a function.",
            "1: verteilt jedes Bit des Hashs über den ganzen Hash; HAProxy tut das bei einem Ring ohne Funktion.",
            "1 : étale chaque bit du hachage sur l’ensemble ; HAProxy le fait pour un anneau sans fonction.",
        ),
    ),
    ParamSpec {
        name: "balance_factor",
        doc: Text::new(
            "With a ring: most load of a replica, in percent of its fair share; above it the next on the ring is taken. 0: no bound.",
            "Mit einem Ring: höchste Last einer Replik in Prozent ihres gerechten Anteils; darüber kommt \
             die nächste auf dem Ring dran. 0: keine Schranke.",
            "Avec un anneau : charge maximale d’une réplique, en pour cent de sa juste part ; \
             au-delà, la suivante sur l’anneau est prise. 0 : aucune borne.",
        ),
        unit: "%",
        min: 0.0,
        max: 65_535.0,
        default: 0.0,
        whole: true,
    },
];

/// The formula of all methods.
pub(super) const FORMULA: &str = "table: slot h mod Σ w; ring: the nearest of 16 w points per replica, \
                                  full above ⌈(n + 1) f / 100⌉ · w_i / Σ w";

/// What is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Address,
    /// The part before the question mark.
    Path,
    User,
}

/// A hash method with its parameters.
pub(super) fn build(key: Key, params: &Params) -> Box<dyn Algorithm> {
    Box::new(Keyed {
        key,
        consistent: params.get("consistent") > 0.0,
        function: Function::of(params.get("function") as u32),
        avalanche: params.get("avalanche") > 0.0,
        factor: params.get("balance_factor") as u64,
        map: Map::default(),
        ring: Ring::EMPTY,
    })
}

#[derive(Debug, Clone)]
struct Keyed {
    key: Key,
    consistent: bool,
    function: Function,
    avalanche: bool,
    factor: u64,
    map: Map,
    ring: Ring,
}

impl Keyed {
    fn hash(&self, request: &RequestView<'_>) -> u32 {
        let hash = match self.key {
            Key::Address => of_address(request.address.ip()),
            Key::Path => {
                let path = request.uri.split('?').next().unwrap_or_default();
                self.function.of_bytes(path.as_bytes())
            }
            Key::User => {
                let request = RequestView { hashed: KeySource::User, ..request.clone() };
                request.with_key(|key| self.function.of_bytes(key))
            }
        };
        if self.avalanche { avalanche(hash) } else { hash }
    }

    fn choose(&mut self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Option<u32> {
        let hash = self.hash(request);
        if !self.consistent {
            self.map.update(pool);
            let slots = &self.map.slots;
            return slots.get((hash as usize).checked_rem(slots.len())?).copied();
        }
        self.ring.update(pool);
        let nearest = self.ring.nearest(hash)?;
        let mut around = self.ring.members_from(nearest);
        around
            .find(|&member| !request.tried.contains(&member) && self.has_room(member, pool))
            .or_else(|| Some(self.ring.member(nearest)))
    }

    /// Whether a server is below its part of the slots, which are dealt out in the order of the configuration.
    fn has_room(&self, member: u32, pool: &PoolView<'_>) -> bool {
        self.factor == 0 || u64::from(pool.load(member)) < self.slots(member, pool)
    }

    fn slots(&self, member: u32, pool: &PoolView<'_>) -> u64 {
        let (mut load, mut before, mut total) = (1, 0, 0);
        for other in open(pool) {
            load += u64::from(pool.load(other));
            before += if other < member { u64::from(pool.weight_of(other)) } else { 0 };
            total += u64::from(pool.weight_of(other));
        }
        let slots = (load * self.factor).div_ceil(100);
        let up_to = |weight: u64| (weight * slots).checked_div(total).unwrap_or(0);
        (up_to(before + u64::from(pool.weight_of(member))) - up_to(before)).max(1)
    }
}

impl Algorithm for Keyed {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        match self.choose(request, pool) {
            Some(member) if pool.is_eligible(member) => Decision::Route(member),
            Some(member) => Decision::Wait(member),
            None => Decision::Reject,
        }
    }

    fn decides_when_full(&self) -> bool {
        true
    }

    fn binds(&self) -> bool {
        true
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let mut copy = self.clone();
        let chosen = copy.choose(request, pool);
        let hash = self.hash(request);
        let score = |&member: &u32| {
            let (value, filled) = if self.consistent {
                let distance = copy.ring.distance(member, hash);
                let filled = match self.factor {
                    0 => score::nearest(&distance, &hash),
                    _ => {
                        let (n, slots) = (pool.load(member), self.slots(member, pool));
                        score::nearest_room(&distance, &hash, &n, &slots)
                    }
                };
                (f64::from(distance), filled)
            } else {
                let slots = copy.map.slots.len();
                let own = copy.map.slots.iter().filter(|&&slot| slot == member).count();
                let hit = if chosen == Some(member) { score::slots_hit } else { score::slots_miss };
                (own as f64, hit(&own, &slots, &hash, &(hash as usize % slots.max(1))))
            };
            Score { member, value, filled }
        };
        let because = match (self.consistent, self.key == Key::Address) {
            (true, true) => rule::ring_address(&hash),
            (true, false) => rule::ring(&hash, &self.function.name()),
            (false, true) => rule::slot_address(&hash),
            (false, false) => rule::slot(&hash, &self.function.name()),
        };
        Explanation { scores: pool.eligible.iter().map(score).collect(), because }
    }
}
