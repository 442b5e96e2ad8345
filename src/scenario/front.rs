//! From the balancer as it was written to what is in front of each service.

use super::model::{BalancerModel, ClassModel, ServiceModel};
use super::problem::{Path, Problems};
use super::say::{PRODUCT, parts};
use super::validate::{choose, unknown};
use super::watching::{SHORTEST, at_least};
use super::{Balancer, HashKey, Scenario, Subset};
use crate::algorithm::KeySource;
use crate::algorithm::product::{self, Product};
use crate::units::ServiceId;

/// The most members of all instances of a balancer together.
pub const MEMBER_LIMIT: u64 = 1_000_000;

impl Scenario {
    /// One front for the edge's own service and one for each other that a class names; services and classes are
    /// told which is theirs. With a host port clients pass all of them by.
    pub(super) fn fronts(
        &self,
        services: &mut [ServiceModel],
        classes: &mut [ClassModel],
        problems: &mut Problems,
    ) -> Vec<BalancerModel> {
        let root = Path::Root;
        let at = root.key("balancer");
        let edge = self.service_id(self.balancer.service.as_deref(), &at.key("service"), problems);
        let mut fronts = vec![BalancerModel { own: false, ..self.front_of(edge, None, problems) }];
        if self.traffic.port.is_some() {
            return fronts;
        }
        let employed = |class: &ClassModel| {
            services.get(class.service.index()).is_some_and(|service| service.broker.is_some())
        };
        for class in classes.iter_mut().filter(|class| !employed(class)) {
            let place = fronts.iter().position(|front| front.service == class.service);
            class.front = place.unwrap_or_else(|| {
                fronts.push(self.front_of(class.service, fronts.first(), problems));
                fronts.len() - 1
            }) as u16;
            class.own = fronts[usize::from(class.front)].own_path(&class.path);
        }
        for (i, front) in fronts.iter().enumerate() {
            if let Some(service) = services.get_mut(front.service.index()) {
                service.front = Some(i as u16);
            }
        }
        fronts
    }

    /// What is in front of a service: a balancer of its own, or the edge's.
    fn front_of(
        &self,
        service: ServiceId,
        edge: Option<&BalancerModel>,
        problems: &mut Problems,
    ) -> BalancerModel {
        let root = Path::Root;
        let written = self.service.get(service.index()).and_then(|service| service.balancer.as_ref());
        let list = root.key("service");
        let entry = list.index(service.index());
        match (written, edge) {
            (None, Some(edge)) => BalancerModel { service, ..edge.clone() },
            (None, None) => self.front(&self.balancer, service, &root.key("balancer"), problems),
            (Some(own), _) => {
                let at = entry.key("balancer");
                if own.has("service") {
                    let text = parts::own_service();
                    problems.add(at.key("service"), None, text);
                }
                let settings = own.over(&self.balancer, ("algorithm", "params")).unwrap_or_default();
                BalancerModel { own: true, ..self.front(&settings, service, &at, problems) }
            }
        }
    }

    fn front(
        &self,
        b: &Balancer,
        service: ServiceId,
        at: &Path<'_>,
        problems: &mut Problems,
    ) -> BalancerModel {
        if b.connect_timeout.0 == 0 || b.read_timeout.0 == 0 {
            problems.add(at, None, parts::timeouts());
        }
        self.check_front(b, service, at, problems);
        let instances = if b.shared { 1 } else { b.instances };
        let replicas = self.service.get(service.index()).map_or(0, |service| service.replicas);
        if u64::from(instances) * u64::from(replicas) > MEMBER_LIMIT {
            let text = parts::members(&instances, &replicas, &MEMBER_LIMIT);
            problems.advise(at.key("instances"), text, parts::fewer());
        }
        BalancerModel {
            own: false,
            product: product_of(b, at, problems),
            hash_key: match b.hash_key {
                HashKey::Uri => KeySource::Uri,
                HashKey::Address => KeySource::Address,
                HashKey::User => KeySource::User,
            },
            instances,
            algorithm: choose(&b.algorithm, &b.params.0, at, problems),
            service,
            max_connections: b.max_connections.unwrap_or(u32::MAX),
            queue: b.queue,
            queue_timeout: b.queue_timeout,
            delay: b.delay,
            connect_timeout: b.connect_timeout,
            read_timeout: b.read_timeout,
            tries: b.tries,
            max_fails: max_fails(b),
            fail_timeout: b.fail_timeout,
            sticky: b.sticky,
            settings: b.clone(),
            panic: b.panic.unwrap_or(match product_of(b, at, &mut Problems::default()).name {
                "envoy" => 0.5,
                // Less than any share but none.
                "aws" => 1e-9,
                _ => 0.0,
            }),
            discovery: b.discovery,
        }
    }
}

/// Failures after which a replica is left out. Caddy's passive checks are off until somebody configures them.
fn max_fails(b: &Balancer) -> u32 {
    let plain = Balancer::default();
    let untouched = b.max_fails == plain.max_fails && b.fail_timeout == plain.fail_timeout;
    let caddy = b.product.as_deref().unwrap_or(product::of(&b.algorithm).name) == "caddy";
    if caddy && untouched { 0 } else { b.max_fails }
}

fn product_of(b: &Balancer, at: &Path<'_>, problems: &mut Problems) -> &'static Product {
    let Some(name) = &b.product else { return product::of(&b.algorithm) };
    let known = product::PRODUCTS.iter().map(|product| product.name);
    if !known.clone().any(|known| known == name) {
        problems.add(at.key("product"), None, unknown(PRODUCT, name, known));
    }
    product::of(name)
}

/// Algorithms of nginx with which it takes no backups.
const WITHOUT_BACKUPS: [&str; 5] =
    ["nginx.hash", "nginx.hash_consistent", "nginx.ip_hash", "nginx.random", "nginx.random_two"];
/// The largest weight with which a slow start is counted, HAProxy's.
const SLOW_WEIGHT: u32 = 256;

impl Scenario {
    /// What is wrong between the settings of a front and with its replicas.
    fn check_front(&self, b: &Balancer, service: ServiceId, at: &Path<'_>, problems: &mut Problems) {
        let times = [("resolve_every", b.resolve_every), ("stale", b.stale), ("slow_start", b.slow_start)];
        for (name, time) in times {
            at_least(time.unwrap_or(SHORTEST), SHORTEST, name, at, problems);
        }
        if b.resolve_every.is_some() && b.discovery {
            let text = parts::discovery();
            problems.add(at.key("resolve_every"), None, text);
        }
        Subset::check(b, at, problems);
        if let Some(check) = &b.check {
            check.check(&at.key("check"), problems);
        }
        if let Some(limits) = &b.limits {
            limits.check(&at.key("limits"), problems);
        }
        super::limits::check_own(b, at, problems);
        if let Some(ejection) = &b.ejection {
            ejection.check(&at.key("ejection"), problems);
        }
        let Some(service) = self.service.get(service.index()) else { return };
        let weights = service.replica.iter().filter_map(|own| own.weight).chain([service.weight]);
        if let Some(most) = weights.max().filter(|&most| b.slow_start.is_some() && most > SLOW_WEIGHT) {
            let text = parts::slow_start(&SLOW_WEIGHT, &service.name, &most);
            problems.advise(at.key("slow_start"), text, parts::lower_weights());
        }
        if service.replica.iter().any(|own| own.backup) && WITHOUT_BACKUPS.contains(&b.algorithm.as_str()) {
            let text = parts::no_backups(&b.algorithm, &service.name);
            problems.add(at.key("algorithm"), None, text);
        }
    }
}
