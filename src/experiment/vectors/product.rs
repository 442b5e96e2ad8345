//! What a recording's product, policy and configuration are here: an algorithm with its parameters, and rules.
//!
//! Members come from the servers alike for all products; what only the text of the configuration says is read
//! from there, in the file of the product.

use super::bench::Bench;
use super::file::{Server, Vector};
use super::{Refusal, caddy, haproxy, nginx};
use crate::algorithm::{self, KeySource, Knowledge, MemberSettings, product};
use crate::engine::pool::{Pool, Rules};
use crate::rng::{Purpose, Stream};
use crate::units::{SimDuration, SimTime};

/// A balancer set up as the recording's was.
#[derive(Debug, Clone)]
pub(super) struct Setup {
    /// Wire name of the algorithm.
    pub algorithm: String,
    /// Its parameters.
    pub params: Vec<(String, f64)>,
    /// The product's rules with what was configured.
    pub rules: Rules,
    /// What a configurable hash looks at.
    pub hashed: KeySource,
    /// How long a server may take to answer.
    pub read_timeout: SimDuration,
}

/// The set-up that a recording asks for.
pub(super) fn setup(vector: &Vector) -> Result<Setup, Refusal> {
    match vector.system.as_str() {
        "nginx" => nginx::setup(vector),
        "haproxy" => haproxy::setup(vector),
        "caddy" => caddy::setup(vector),
        system => Err(format!("not supported yet: {system}")),
    }
}

/// An algorithm without parameters, in its product as it is when nothing is configured.
pub(super) fn plain(algorithm: String) -> Setup {
    Setup {
        rules: Rules::for_algorithm(&algorithm),
        algorithm,
        params: Vec::new(),
        hashed: KeySource::User,
        read_timeout: SimDuration::from_secs(60),
    }
}

fn member(server: &Server) -> MemberSettings {
    let default = MemberSettings::DEFAULT;
    MemberSettings {
        address: server.address.clone(),
        max_connections: server.max_conns.filter(|&most| most > 0).unwrap_or(u32::MAX),
        max_fails: server.max_fails.unwrap_or(default.max_fails),
        fail_timeout: server.fail_timeout_s.map_or(default.fail_timeout, SimDuration::from_secs_f64),
        backup: server.backup,
        down: server.down,
        ..default
    }
}

impl Setup {
    /// A fresh balancer with the recording's servers. Draws come from the stream of this number.
    pub(super) fn bench(&self, vector: &Vector, seed: u64) -> Result<Bench, Refusal> {
        let name = &self.algorithm;
        let spec = algorithm::find(name).ok_or_else(|| format!("not supported yet: policy {name}"))?;
        let params = spec.params(&self.params).map_err(|errors| format!("{name}: {errors:?}"))?;
        let stream = Stream::new(seed, Purpose::Algorithm, 0);
        let mut pool = Pool::new(name, (spec.build)(&params), self.rules.clone(), stream);
        for number in 0..vector.places() {
            let server = vector.servers.iter().find(|server| server.index == number);
            pool.add(
                server.map_or(0, |server| server.weight),
                server.map_or_else(MemberSettings::default, member),
            );
        }
        for server in &vector.servers {
            pool.set_listed(SimTime::ZERO, server.index, true);
        }
        Ok(Bench::new(pool, self.hashed))
    }

    /// Whether the algorithm draws at random.
    pub(super) fn draws(&self) -> bool {
        algorithm::find(&self.algorithm).is_some_and(|spec| spec.random)
    }

    /// Whether it looks at nothing but the order of requests.
    pub(super) fn looks_at_nothing(&self) -> bool {
        algorithm::find(&self.algorithm).is_some_and(|spec| spec.knowledge == Knowledge::Blind)
    }

    /// The status that the product gives for this.
    pub(super) const fn status(&self, trouble: product::Trouble) -> u16 {
        self.rules.product.status(trouble)
    }
}
