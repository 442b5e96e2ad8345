//! `caddy.random`: Caddy's default.

use crate::algorithm::uniform::Uniform;
use crate::algorithm::words::rule;
use crate::algorithm::{Evidence, Knowledge, Spec};
use crate::lang::Text;

/// Random's definition.
pub static SPEC: Spec = Spec {
    name: "caddy.random",
    label: "Caddy random",
    rule: Text::new(
        "Any replica that can be asked, all alike.",
        "Irgendeine Replik, die gefragt werden kann, alle gleich.",
        "N’importe quelle réplique qui peut être sollicitée.",
    ),
    formula: "P(i) = 1 / n",
    complexity: "O(1)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[],
    fails_when: "Chance alone puts long queues on some replicas while others idle.",
    source: "Caddy 2.6.2, random, the default",
    evidence: Evidence::Recorded,
    build: |_| Box::new(Uniform { because: rule::one_drawn }),
};
