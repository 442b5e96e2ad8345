//! `envoy.random`: a uniform draw.

use crate::algorithm::uniform::Uniform;
use crate::algorithm::words::rule;
use crate::algorithm::{Evidence, Knowledge, Spec};
use crate::lang::Text;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "envoy.random",
    label: "Envoy random",
    rule: Text::new(
        "Any eligible host, all alike.",
        "Irgendein wählbarer Host, alle gleich.",
        "N’importe quel hôte éligible.",
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
    source: "Envoy, files of 2024 to 2026, RANDOM",
    evidence: Evidence::Source,
    build: |_| Box::new(Uniform { because: rule::one_drawn }),
};
