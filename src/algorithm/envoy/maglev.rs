//! `envoy.maglev`: a table of 65,537 places.

use crate::algorithm::table::Table;
use crate::algorithm::{Evidence, Knowledge, Spec};
use crate::lang::Text;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "envoy.maglev",
    label: "Envoy Maglev",
    rule: Text::new(
        "Each replica takes places of a large table in turn, in an order of its own; the place of the \
         key's hash decides.",
        "Jede Replik nimmt reihum Plätze einer großen Tabelle, in eigener Reihenfolge; der Platz des \
         Hashs des Schlüssels entscheidet.",
        "Chaque réplique prend tour à tour des places d’une grande table, dans un ordre à elle ; la \
         place du hachage de la clé décide.",
    ),
    formula: "order of i: (h_1(i) + j · (1 + h_2(i) mod (M − 1))) mod M; place h(key) mod M",
    complexity: "O(1); O(M log M) when replicas change",
    knowledge: Knowledge::Blind,
    weighted: true,
    even: false,
    keyed: true,
    random: false,
    params: &[],
    fails_when: "A key is much in demand: all who have it go to one replica. Some keys move without need when \
          replicas change.",
    source: "Envoy, files of 2024 to 2026, MAGLEV",
    evidence: Evidence::Source,
    build: |_| Box::new(Table::new(65_537)),
};
