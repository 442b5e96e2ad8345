//! `haproxy.uri`: a replica for each path.

use super::keyed::{FORMULA, Key, PARAMS, build};
use crate::algorithm::{Evidence, Knowledge, Spec};
use crate::lang::Text;

/// The definition.
pub static SPEC: Spec = Spec {
    name: "haproxy.uri",
    label: "HAProxy uri",
    rule: Text::new(
        "The path without its query decides; a full replica is waited for.",
        "Der Pfad ohne Parameter entscheidet; auf eine volle Replik wird gewartet.",
        "Le chemin sans ses paramètres décide ; si la réplique est pleine, la requête attend.",
    ),
    formula: FORMULA,
    complexity: "O(1) with a table, O(log n) with a ring, O(n) with a bound",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: PARAMS,
    fails_when: "Few paths, or one that most ask for. With a table, most paths move when a replica comes or goes.",
    source: "HAProxy 2.6.12, balance uri",
    evidence: Evidence::Recorded,
    build: |params| build(Key::Path, params),
};
