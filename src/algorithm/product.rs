//! What the products do around their algorithms, as data: who may be asked, who is asked after a failure, who
//! takes the next waiting request, and which status the client gets.

/// How a product notices failures of the traffic itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passive {
    /// Not at all.
    Off,
    /// As nginx does, in whole seconds: after `max_fails` failures, each at most `fail_timeout` after the one
    /// before, a member is left out until more than `fail_timeout` has passed; then one request tries it, and
    /// only its success brings the member back. A member that is alone is never left out.
    LastFailure,
    /// As Caddy does: a member is left out while `max_fails` failures are younger than `fail_timeout`.
    Window,
}

/// What happens to a request whose attempt failed before an answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// The client gets the failure.
    Never,
    /// Another member is tried at once, each at most once (nginx).
    Next,
    /// The same member is tried again after a pause, at most `retries` times (HAProxy).
    Same {
        /// How often.
        retries: u32,
        /// Milliseconds before each of them.
        pause_ms: u32,
    },
    /// Whoever is chosen is tried after a pause, as long as the request is not older than this (Caddy
    /// `lb_try_duration`).
    Within {
        /// Milliseconds since the request came; time that earlier attempts took is not counted.
        duration_ms: u32,
        /// Milliseconds before each attempt.
        pause_ms: u32,
    },
}

/// Who gets a waiting request when a member has a place again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandOver {
    /// Whom the algorithm chooses for the oldest.
    Chosen,
    /// The member that became free, without asking the algorithm (HAProxy).
    Freed,
}

/// How much of a request it has when it chooses a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// All of it, with the body (nginx `proxy_request_buffering on`, its default).
    Whole,
    /// Its head; the body is passed on as it comes.
    Head,
    /// Nothing: it passes connections on.
    Nothing,
}

/// Why a client gets an answer that is not a replica's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing listens, or the connection was cut before it was made.
    Refused,
    /// No connection in time.
    ConnectTimeout,
    /// No answer in time.
    ReadTimeout,
    /// The connection was cut before the answer was there.
    Closed,
    /// Nobody could be asked.
    Nobody,
    /// Everybody was at the limit, and there was no place to wait.
    Full,
    /// Waited in the balancer for too long.
    Waited,
}

/// A product's behaviour around its algorithms.
#[derive(Debug, Clone, Copy)]
pub struct Product {
    /// Wire name; algorithms of this product begin with it and a dot.
    pub name: &'static str,
    /// Name on screens.
    pub label: &'static str,
    /// Versions of which this is true.
    pub versions: &'static str,
    /// How it notices failures.
    pub passive: Passive,
    /// What it does after one.
    pub again: Again,
    /// Whether a member that has failed a request is not asked for it again.
    pub skips_tried: bool,
    /// Who takes a waiting request.
    pub hand_over: HandOver,
    /// Whether a client waits for the member that its cookie names while that is at its limit.
    pub waits_for_home: bool,
    /// How much of a request it reads first.
    pub reads: Reads,
    /// Statuses: refused, connect timeout, read timeout, closed, nobody, full, waited.
    pub statuses: [u16; 7],
}

impl Product {
    /// The status that the client gets.
    #[must_use]
    pub const fn status(&self, trouble: Trouble) -> u16 {
        self.statuses[trouble as usize]
    }
}

/// nginx, which is also what the algorithms of no product run in.
pub static NGINX: Product = Product {
    name: "nginx",
    label: "nginx",
    versions: "1.22 (recorded) to 1.31 (source)",
    passive: Passive::LastFailure,
    again: Again::Next,
    skips_tried: true,
    hand_over: HandOver::Chosen,
    waits_for_home: false,
    reads: Reads::Whole,
    statuses: [502, 504, 504, 502, 502, 502, 502],
};

/// HAProxy.
pub static HAPROXY: Product = Product {
    name: "haproxy",
    label: "HAProxy",
    versions: "2.6 (recorded)",
    passive: Passive::Off,
    again: Again::Same { retries: 3, pause_ms: 1_000 },
    skips_tried: false,
    hand_over: HandOver::Freed,
    waits_for_home: true,
    reads: Reads::Head,
    statuses: [503, 503, 504, 502, 503, 503, 503],
};

/// What most of them do: no failure is noticed, no request asked again, nobody waits for one member alone.
const PLAIN: Product = Product {
    name: "",
    label: "",
    versions: "",
    passive: Passive::Off,
    again: Again::Never,
    skips_tried: false,
    hand_over: HandOver::Chosen,
    waits_for_home: false,
    reads: Reads::Head,
    statuses: [502, 504, 504, 502, 503, 503, 503],
};

/// What works below HTTP: instead of a status the client sees a connection fail, here a 502 or 504.
const BELOW_HTTP: Product =
    Product { reads: Reads::Nothing, statuses: [502, 504, 504, 502, 502, 502, 502], ..PLAIN };

/// Caddy.
pub static CADDY: Product =
    Product { name: "caddy", label: "Caddy", versions: "2.6 (recorded)", passive: Passive::Window, ..PLAIN };

/// Envoy without outlier detection and retries, which are off by default.
pub static ENVOY: Product = Product {
    name: "envoy",
    label: "Envoy",
    versions: "2024 to 2026 (source)",
    statuses: [503, 503, 504, 503, 503, 503, 503],
    ..PLAIN
};

/// Traefik without its retry middleware.
pub static TRAEFIK: Product =
    Product { name: "traefik", label: "Traefik", versions: "3.7.9 (source)", ..PLAIN };

/// AWS Application Load Balancer.
pub static AWS: Product =
    Product { name: "aws", label: "AWS ALB", versions: "2026 (documentation; statuses unchecked)", ..PLAIN };

/// Linux IPVS, which works below HTTP.
pub static IPVS: Product =
    Product { name: "ipvs", label: "Linux IPVS", versions: "2026 (source)", ..BELOW_HTTP };

/// kube-proxy, which works below HTTP.
pub static KUBE: Product =
    Product { name: "kube", label: "kube-proxy", versions: "2026 (source)", ..BELOW_HTTP };

/// Names with several addresses, which work below HTTP.
pub static DNS_RR: Product =
    Product { name: "dns_rr", label: "Docker DNS", versions: "2026 (source)", ..BELOW_HTTP };

/// Every product.
pub static PRODUCTS: &[&Product] = &[&NGINX, &HAPROXY, &CADDY, &ENVOY, &TRAEFIK, &AWS, &IPVS, &KUBE, &DNS_RR];

/// The product that an algorithm belongs to: the part of its name before the first dot, nginx for the others.
#[must_use]
pub fn of(algorithm: &str) -> &'static Product {
    named(algorithm.split('.').next().unwrap_or_default())
}

/// The product of a wire name; nginx for others.
#[must_use]
pub fn named(name: &str) -> &'static Product {
    PRODUCTS.iter().copied().find(|product| product.name == name).unwrap_or(&NGINX)
}
