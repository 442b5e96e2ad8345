//! `dns_rr.docker`: a shuffled list of addresses, of which a client takes the first.

use crate::algorithm::uniform::Uniform;
use crate::algorithm::words::rule;
use crate::algorithm::{Evidence, Knowledge, Spec};
use crate::lang::Text;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "dns_rr.docker",
    label: "Docker DNS round robin",
    rule: Text::new(
        "The name of a service resolves to all running replicas in any order; the client takes the first \
         address.",
        "Der Name eines Dienstes führt zu allen laufenden Repliken in beliebiger Reihenfolge; der Client nimmt \
         die erste Adresse.",
        "Le nom d’un service mène à toutes les répliques en marche dans un ordre quelconque ; le client \
         prend la première adresse.",
    ),
    formula: "P(i) = 1 / n for each look-up",
    complexity: "O(1)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[],
    fails_when: "A client looks the name up once and keeps the connection or the address; a replica that is ill \
          but running stays in the list.",
    source: "Docker Engine, files of 2026, embedded DNS (127.0.0.11)",
    evidence: Evidence::Source,
    build: |_| Box::new(Uniform { because: rule::shuffled }),
};
