//! What happens to balancers, in words. Each speaks of the settings of the front that is meant.

use super::super::number::{count, share, whole};
use super::{Narrator, Words};
use crate::algorithm::product::Passive;
use crate::observe::Resource;
use crate::scenario::BalancerModel;
use crate::units::ServiceId;

impl Narrator<'_> {
    /// What is before a service.
    fn front(&self, service: ServiceId) -> &BalancerModel {
        let front = self.model.fronts().iter().find(|front| front.service == service);
        front.unwrap_or(self.model.balancer())
    }

    /// What is before the service of the replica of this name.
    fn front_of(&self, name: &str) -> &BalancerModel {
        let own = |service: &crate::scenario::ServiceModel| {
            service.special.iter().any(|(_, replica)| replica.name.as_deref() == Some(name))
        };
        let of = |service: &crate::scenario::ServiceModel| {
            own(service) || name.rsplit_once('-').is_some_and(|(before, _)| before == service.name)
        };
        let place = self.model.services().iter().position(of);
        place.map_or(self.model.balancer(), |place| self.front(ServiceId::at(place)))
    }

    /// The balancer that is before a service, and whether it is the only one.
    fn balancer_name(&self, service: ServiceId) -> String {
        if self.front(service).own {
            return format!("The balancer of {}", self.service(service));
        }
        "The balancer".to_owned()
    }

    pub(super) fn queue_full(&self, service: ServiceId) -> Words {
        let front = self.front(service);
        let places = whole(u64::from(front.queue));
        let r#for = match front.own || self.model.balancer().service == service {
            true => String::new(),
            false => format!(" for {}", self.service(service)),
        };
        let text = format!("{}'s queue{for} is full, {places} of {places}.", self.balancer_name(service), for = r#for);
        Words::new(["queue_full", "queue", "queue_full"], "queue full", text)
    }

    pub(super) fn balancer_full(&self, service: ServiceId, resource: Resource) -> Words {
        let front = self.front(service);
        let limits = front.settings.limits.clone().unwrap_or_default();
        let name = self.balancer_name(service);
        let of = |limit: Option<u32>| {
            limit.map_or_else(String::new, |n| format!(", {0} of {0}", whole(u64::from(n))))
        };
        let then = match front.product.passive {
            Passive::LastFailure if resource == Resource::Connections => "it turns clients away",
            _ => "further clients wait to be taken",
        };
        let (group, short, text) = match resource {
            Resource::Connections => {
                let text = format!("{name} has no connection slot left{}: {then}.", of(limits.connections));
                ("connections", "balancer: no slot left", text)
            }
            Resource::Files => {
                let text = format!("{name} has no file descriptor left{}: {then}.", of(limits.files));
                ("files", "balancer: no file left", text)
            }
            Resource::Backlog => {
                let text = format!(
                    "{name}'s listen backlog is full{}; further connects are dropped.",
                    of(Some(limits.backlog.saturating_add(1)))
                );
                ("backlog", "balancer: backlog full", text)
            }
            _ => ("cpu", "balancer: CPU full", format!("{name}'s CPU is fully used: clients wait for it.")),
        };
        Words::new(["balancer_full", "queue", group], short, text)
    }

    pub(super) fn panics(&self, service: ServiceId, on: bool, [well, known]: [u32; 2]) -> Words {
        let name = self.balancer_name(service);
        let of = format!("{} of {}", whole(u64::from(well)), count(u64::from(known), "replica"));
        if on {
            let limit = self.front(service).panic;
            let less = if limit < 1e-6 { String::new() } else { format!(", fewer than {}", share(limit)) };
            let text = format!(
                "{of} of {} are well{less}: {} asks all, well or not.",
                self.service(service),
                lower(&name)
            );
            return Words::new(["panic", "failure", "panic"], "panic: all are asked", text);
        }
        let text =
            format!("{of} of {} are well: {} asks only those again.", self.service(service), lower(&name));
        Words::new(["panic_over", "ready", "panic_over"], "panic is over", text)
    }

    pub(super) fn left_out(&self, name: &str) -> Words {
        let balancer = self.front_of(name);
        if let (Some(rule), true) = (&balancer.settings.ejection, balancer.product.passive == Passive::Off) {
            let text =
                format!("{name} is ejected after {} in a row.", count(u64::from(rule.errors), "error"));
            return Words::new(["left_out", "left_out", "left_out"], format!("{name} ejected"), text);
        }
        let failures = count(u64::from(balancer.max_fails), "failed attempt");
        let text = format!("{name} is left out for {} after {failures}.", balancer.fail_timeout);
        Words::new(["left_out", "left_out", "left_out"], format!("{name} left out"), text)
    }
}

/// The same within a sentence.
fn lower(name: &str) -> String {
    name.replacen("The", "the", 1)
}
