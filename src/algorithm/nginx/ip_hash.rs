//! `nginx.ip_hash`: the client's network decides.

use crate::algorithm::words::{rule, score};
use crate::lang::Text;
use std::net::IpAddr;

use super::memo::Memo;
use super::ranges::Ranges;
use super::smooth::Smooth;
use crate::algorithm::{
    Algorithm, Decision, Evidence, Explanation, Feedback, Knowledge, PoolView, RequestView, Score, Spec,
};
use crate::rng::Stream;
use crate::units::SimTime;

/// The hash of addresses' definition.
pub static SPEC: Spec = Spec {
    name: "nginx.ip_hash",
    label: "nginx ip_hash",
    rule: Text::new(
        "The first three bytes of an IPv4 address (all of IPv6) choose the replica; when it can't be \
         asked, the hash goes on.",
        "Die ersten drei Bytes einer IPv4-Adresse (von IPv6 alle) wählen die Replik; kann sie nicht \
         gefragt werden, läuft der Hash weiter.",
        "Les trois premiers octets d’une adresse IPv4 (tous en IPv6) choisissent la réplique ; si elle \
         ne peut être sollicitée, le hachage continue.",
    ),
    formula: "h = 89; h = (113 h + byte) mod 6271 for each byte; h mod Σ w by stretches; else on from h, 20 times, then \
              nginx.round_robin",
    complexity: "O(log n)",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: true,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "Clients share a network, as behind one NAT or in Docker: all of them go to one replica.",
    source: "nginx 1.22.1 and 1.31, ip_hash",
    evidence: Evidence::Recorded,
    build: |_| Box::new(IpHash::default()),
};

const START: u32 = 89;
const FACTOR: u32 = 113;
const MODULUS: u32 = 6_271;

/// One round over the bytes of the address.
fn round(h: u32, address: IpAddr) -> u32 {
    let step = |h: u32, byte: &u8| (h * FACTOR + u32::from(*byte)) % MODULUS;
    match address {
        IpAddr::V4(address) => address.octets()[..3].iter().fold(h, step),
        IpAddr::V6(address) => address.octets().iter().fold(h, step),
    }
}

#[derive(Debug, Clone, Default)]
struct IpHash {
    ranges: Ranges,
    smooth: Smooth,
}

impl IpHash {
    fn pick(&mut self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Option<u32> {
        let total = self.ranges.total(pool);
        if total == 0 || pool.members.len() < 2 {
            return None;
        }
        let mut memo = Memo::load(&request.memo, || START);
        loop {
            if memo.tries > super::memo::TRIES {
                return None;
            }
            memo.at = round(memo.at, request.address.ip());
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
    }
}

impl Algorithm for IpHash {
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
        let h = round(START, request.address.ip());
        let total: u64 = pool.members.iter().map(|&member| u64::from(pool.weight_of(member))).sum();
        let mut end = 0;
        let score = |&member: &u32| {
            let begin = end;
            end += u64::from(pool.weight_of(member));
            Score { member, value: end as f64, filled: score::from_below(&begin, &end) }
        };
        Explanation {
            scores: pool.members.iter().map(score).collect(),
            because: rule::address_gives(&request.address.ip(), &h, &total, &(u64::from(h) % total.max(1))),
        }
    }
}
