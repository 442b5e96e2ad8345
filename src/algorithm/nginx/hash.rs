//! `nginx.hash`: a key decides, by remainder.

use super::memo::Memo;
use super::ranges::Ranges;
use super::smooth::Smooth;
use crate::algorithm::crc32::Crc32;
use crate::algorithm::view::Text;
use crate::algorithm::words::{rule, score};
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, PoolView, RequestView, Score, Spec,
};
use crate::rng::Stream;
use crate::units::SimTime;

/// The plain hash's definition.
pub static SPEC: Spec = Spec {
    name: "nginx.hash",
    label: "nginx hash",
    rule: crate::lang::Text::new(
        "A key of the request, hashed, chooses the replica by remainder; when it can't be asked, a \
         number before the key moves the hash on.",
        "Ein Schlüssel der Anfrage, gehasht, wählt die Replik durch den Rest; kann sie nicht gefragt \
         werden, bewegt eine Zahl vor dem Schlüssel den Hash weiter.",
        "Une clé de la requête, hachée, choisit la réplique par le reste ; si elle ne peut être \
         sollicitée, un nombre devant la clé déplace le hachage.",
    ),
    formula: "H += (crc32(\"\" or k, key) >> 16) & 0x7fff for k = 0, 1, 2, …; H mod Σ w by stretches; after 20 misses \
              nginx.round_robin",
    complexity: "O(log n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: true,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "Replicas come or go: nearly every key moves. A key that everybody has sends all to one.",
    source: "nginx 1.22.1 and 1.31, hash",
    evidence: Evidence::Recorded,
    build: |_| Box::new(Hash::default()),
};

/// 15 bits of the key, with the number of the step before it from the second on.
fn part(step: u16, request: &RequestView<'_>) -> u32 {
    let prefix = if step == 0 { Text::of(format_args!("")) } else { Text::of(format_args!("{step}")) };
    let sum = request.with_key(|key| Crc32::new().with(prefix.bytes()).with(key).value());
    (sum >> 16) & 0x7fff
}

#[derive(Debug, Clone, Default)]
struct Hash {
    ranges: Ranges,
    smooth: Smooth,
}

impl Hash {
    fn pick(&mut self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Option<u32> {
        let total = self.ranges.total(pool);
        if total == 0 || pool.members.len() < 2 {
            return None;
        }
        let mut memo = Memo::load(&request.memo, || 0);
        while memo.tries <= super::memo::TRIES {
            memo.at = memo.at.wrapping_add(part(memo.steps, request));
            memo.steps += 1;
            let member = self.ranges.member(u64::from(memo.at) % total, pool);
            let taken = pool.is_eligible(member);
            let over = !taken && memo.gives_up();
            memo.store(&request.memo);
            if taken {
                return Some(member);
            } else if over {
                return None;
            }
        }
        None
    }
}

impl Algorithm for Hash {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        _: &mut Stream,
    ) -> Decision {
        let hashed = self.pick(request, pool);
        hashed.or_else(|| self.smooth.next(pool.eligible, pool)).map_or(Decision::Reject, Decision::Route)
    }

    fn learn(&mut self, _: SimTime, feedback: &Feedback, pool: &PoolView<'_>) -> bool {
        self.smooth.learn(feedback, pool);
        true
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        let h = part(0, request);
        let total: u64 = pool.members.iter().map(|&member| u64::from(pool.weight_of(member))).sum();
        let mut end = 0;
        let score = |&member: &u32| {
            let begin = end;
            end += u64::from(pool.weight_of(member));
            Score { member, value: end as f64, filled: score::from_below(&begin, &end) }
        };
        Explanation {
            scores: pool.members.iter().map(score).collect(),
            because: rule::key_gives(&h, &total, &(u64::from(h) % total.max(1))),
        }
    }
}
