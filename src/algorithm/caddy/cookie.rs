//! `caddy.cookie`: a cookie names the replica.

use crate::algorithm::candidates::{any, explained, explained_as_equal, route};
use crate::algorithm::words::{rule, score};
use crate::algorithm::{Algorithm, Decision, Evidence, Explanation, Knowledge, PoolView, RequestView, Spec};
use crate::lang::Text;
use crate::rng::Stream;
use crate::units::SimTime;

/// The cookie's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.cookie",
    label: "Caddy cookie",
    rule: Text::new(
        "The replica that the client's cookie names; without a cookie, or when that one can't be asked, \
         any, and a new cookie.",
        "Die Replik, die das Cookie des Clients nennt; ohne Cookie, oder wenn diese nicht gefragt werden \
         kann, irgendeine, und ein neues Cookie.",
        "La réplique que nomme le cookie du client ; sans cookie, ou si elle ne peut être sollicitée, \
         n’importe laquelle, et un nouveau cookie.",
    ),
    formula: "cookie = HMAC-SHA256(secret, address of i); P(i) = 1 / n without one",
    complexity: "O(1)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[],
    fails_when: "A few clients make most requests, or many of them drop the cookie.",
    source: "Caddy 2.6.2, cookie",
    evidence: Evidence::Recorded,
    build: |_| Box::new(Cookie),
};

#[derive(Debug, Clone)]
struct Cookie;

/// The member of the cookie, if it can be asked.
fn home(request: &RequestView<'_>, pool: &PoolView<'_>) -> Option<u32> {
    let member = request.home.filter(|member| pool.is_eligible(*member))?;
    (pool.weight_of(member) > 0).then_some(member)
}

impl Algorithm for Cookie {
    fn decide(
        &mut self,
        _: SimTime,
        request: &RequestView<'_>,
        pool: &PoolView<'_>,
        rng: &mut Stream,
    ) -> Decision {
        route(home(request, pool).or_else(|| any(pool, rng)))
    }

    fn explain(&self, request: &RequestView<'_>, pool: &PoolView<'_>) -> Explanation {
        match home(request, pool) {
            None => explained_as_equal(pool, rule::no_cookie()),
            Some(home) => explained(pool, rule::by_cookie(), |member| {
                (
                    f64::from(u8::from(member == home)),
                    if member == home { score::named() } else { score::not_named() },
                )
            }),
        }
    }
}
