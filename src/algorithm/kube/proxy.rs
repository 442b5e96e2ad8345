//! `kube.proxy`: a random endpoint for each connection.

use crate::algorithm::uniform::Uniform;
use crate::algorithm::{Evidence, Knowledge, Spec};

/// Its definition.
pub static SPEC: Spec = Spec {
    name: "kube.proxy",
    label: "Kubernetes kube-proxy",
    rule: "Any ready endpoint, all alike: rule i of n matches with probability 1 / (n − i).",
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
    build: |_| Box::new(Uniform { because: "One is drawn, each as likely." }),
};
