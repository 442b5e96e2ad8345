//! `kube.proxy`: a random endpoint for each connection.

use crate::algorithm::uniform::Uniform;
use crate::algorithm::words::rule;
use crate::algorithm::{Evidence, Knowledge, Spec};
use crate::lang::Text;

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "kube.proxy",
    label: "Kubernetes kube-proxy",
    rule: Text::new(
        "Any ready endpoint, all alike: rule i of n matches with probability 1 / (n − i).",
        "Irgendein bereiter Endpunkt, alle gleich: Regel i von n trifft mit der Wahrscheinlichkeit 1 / \
         (n − i).",
        "N’importe quel point d’accès prêt : la règle i sur n s’applique avec la probabilité 1 / (n − i).",
    ),
    formula: "P(i) = 1 / n for each connection",
    complexity: "O(1)",
    knowledge: Knowledge::Blind,
    weighted: false,
    even: true,
    keyed: false,
    random: true,
    params: &[],
    fails_when: "Connections live long (gRPC, HTTP/2, pools): all their requests stay on one replica.",
    source: "Kubernetes 1.3x, kube-proxy in iptables mode",
    evidence: Evidence::Source,
    build: |_| Box::new(Uniform { because: rule::one_drawn }),
};
