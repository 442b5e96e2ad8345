//! `envoy.ring_hash`: a ring of at least 1024 points.

use std::cell::OnceCell;

use crate::algorithm::candidates::{explained, route};
use crate::algorithm::circle::Circle;
use crate::algorithm::hashing::{with_name, xx64};
use crate::algorithm::words::{rule, score};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Knowledge, ParamSpec, PoolView, RequestView, Spec,
};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "envoy.ring_hash",
    label: "Envoy ring hash",
    rule: Text::new(
        "Each host has points on a ring by its weight, hashes of its address and a number; the first \
         point at or after the key's hash decides.",
        "Jeder Host hat nach Gewicht Punkte auf einem Ring, Hashes aus Adresse und einer Zahl; der erste \
         Punkt ab dem Hash des Schlüssels entscheidet.",
        "Chaque hôte a des points sur un anneau selon son poids, hachages de son adresse et d’un nombre \
         ; le premier point à partir du hachage de la clé décide.",
    ),
    formula: "points: xxHash64(address_k); first point ≥ xxHash64(key), around; the lightest host has ⌈minimum · \
          w_min / Σ w⌉ points",
    complexity: "O(log n); O(P log P) for P points when hosts change",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: &[ParamSpec {
        name: "minimum_ring_size",
        doc: Text::new(
            "Fewest points that the ring has.",
            "So viele Punkte hat der Ring mindestens.",
            "Nombre minimal de points de l’anneau.",
        ),
        unit: "",
        min: 1.0,
        max: 100000.0,
        default: 1024.0,
        whole: true,
    }],
    fails_when: "A key is much in demand: all who have it go to one replica.",
    source: "Envoy, files of 2024 to 2026, RING_HASH",
    evidence: Evidence::Source,
    build: |params| {
        Box::new(RingHash { circle: Circle::default(), minimum: params.get("minimum_ring_size") })
    },
};

#[derive(Debug, Clone)]
struct RingHash {
    circle: Circle,
    minimum: f64,
}

impl Algorithm for RingHash {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        self.update(pool);
        let hash = request.with_key(|key| xx64(key, 0));
        route(self.circle.from(hash).find(|&member| pool.is_eligible(member) && pool.weight_of(member) > 0))
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let hash = request.with_key(|key| xx64(key, 0));
        let mut ring = self.clone();
        ring.update(pool);
        explained(pool, rule::key_at(&format!("{hash:#018x}")), |member| {
            let ahead = ring.circle.ahead(hash, member);
            (ahead, score::ring(&format!("{ahead:.6}")))
        })
    }
}

/// Room for an address, an underscore and a number.
const ROOM: usize = 272;

/// Hash of the text "address_k".
fn point(pool: &PoolView<'_>, member: u32, k: u32) -> u64 {
    with_name(pool, member, |name| {
        let name = &name[..name.len().min(ROOM - 16)];
        let mut text = [0_u8; ROOM];
        text[..name.len()].copy_from_slice(name);
        text[name.len()] = b'_';
        let mut end = name.len() + 1;
        let digits = k.checked_ilog10().unwrap_or(0) + 1;
        for digit in (0..digits).rev() {
            text[end] = b'0' + (k / 10_u32.pow(digit) % 10) as u8;
            end += 1;
        }
        xx64(&text[..end], 0)
    })
}

impl RingHash {
    fn update(&mut self, pool: &PoolView<'_>) {
        // Points of the lightest, and its weight: asked for only where the ring is made anew.
        let lightest = || {
            let weights =
                pool.usable.iter().map(|&member| pool.weight_of(member)).filter(|&weight| weight > 0);
            let (sum, least) = weights.fold((0_u64, u32::MAX), |(s, l), w| (s + u64::from(w), l.min(w)));
            (libm::ceil(self.minimum * (f64::from(least) / sum.max(1) as f64)), f64::from(least))
        };
        let known = OnceCell::new();
        let count = |member: u32| {
            let (points, least) = *known.get_or_init(lightest);
            (points * f64::from(pool.weight_of(member)) / least) as u32
        };
        self.circle.update(pool, count, |member, k| point(pool, member, k));
    }
}
