//! `haproxy.hdr`: a replica for each value of a header.

use super::keyed::{FORMULA, Key, PARAMS, build};
use crate::algorithm::{Evidence, Knowledge, Spec};
use crate::lang::Text;

/// The definition.
pub static SPEC: Spec = Spec {
    name: "haproxy.hdr",
    label: "HAProxy header",
    rule: Text::new(
        "The header that tells users apart decides; a full replica is waited for.",
        "Der Header, der Nutzer unterscheidet, entscheidet; auf eine volle Replik wird gewartet.",
        "L’en-tête qui distingue les utilisateurs décide ; si la réplique est pleine, la requête attend.",
    ),
    formula: FORMULA,
    complexity: "O(1) with a table, O(log n) with a ring, O(n) with a bound",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: PARAMS,
    fails_when: "Few values, or one that most send. With a table, most values move when a replica comes or goes.",
    source: "HAProxy 2.6.12, balance hdr(name)",
    evidence: Evidence::Recorded,
    build: |params| build(Key::User, params),
};
