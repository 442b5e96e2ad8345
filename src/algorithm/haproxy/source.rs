//! `haproxy.source`: a replica for each client address.

use super::keyed::{FORMULA, Key, PARAMS, build};
use crate::algorithm::{Evidence, Knowledge, Spec};
use crate::lang::Text;

/// The definition.
pub static SPEC: Spec = Spec {
    name: "haproxy.source",
    label: "HAProxy source",
    rule: Text::new(
        "The client's address decides; a full replica is waited for.",
        "Die Adresse des Clients entscheidet; auf eine volle Replik wird gewartet.",
        "L’adresse du client décide ; si la réplique est pleine, la requête attend.",
    ),
    formula: FORMULA,
    complexity: "O(1) with a table, O(log n) with a ring, O(n) with a bound",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: PARAMS,
    fails_when: "Many clients behind one address. With a table, most clients move when a replica comes or goes.",
    source: "HAProxy 2.6.12, balance source",
    evidence: Evidence::Recorded,
    build: |params| build(Key::Address, params),
};
