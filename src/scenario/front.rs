//! From the balancer as it was written to what is in front of each service.

use super::model::{BalancerModel, ClassModel, ServiceModel};
use super::problem::{Path, Problems};
use super::validate::{choose, unknown};
use super::{Balancer, HashKey, Scenario};
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
        for class in classes {
            let place = fronts.iter().position(|front| front.service == class.service);
            class.front = place.unwrap_or_else(|| {
                fronts.push(self.front_of(class.service, fronts.first(), problems));
                fronts.len() - 1
            }) as u16;
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
                    let text = "is not for a service's own balancer, which has that service";
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
            problems.add(at, None, "connect_timeout and read_timeout must be longer than 0 s");
        }
        let instances = if b.shared { 1 } else { b.instances };
        let replicas = self.service.get(service.index()).map_or(0, |service| service.replicas);
        if u64::from(instances) * u64::from(replicas) > MEMBER_LIMIT {
            let text = format!(
                "is {instances}, and {replicas} replicas behind each make more than {MEMBER_LIMIT} members"
            );
            problems.advise(at.key("instances"), text, "Take fewer instances or fewer replicas");
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
            max_fails: b.max_fails,
            fail_timeout: b.fail_timeout,
            sticky: b.sticky,
            discovery: b.discovery,
        }
    }
}

fn product_of(b: &Balancer, at: &Path<'_>, problems: &mut Problems) -> &'static Product {
    let Some(name) = &b.product else { return product::of(&b.algorithm) };
    let known = product::PRODUCTS.iter().map(|product| product.name);
    if !known.clone().any(|known| known == name) {
        problems.add(at.key("product"), None, unknown("product", name, known));
    }
    product::of(name)
}
