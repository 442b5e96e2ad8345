//! Brokers: queues of messages that the replicas of a service take their work from.

use super::dependency::{Dependency, DependencyKind};
use super::field::{choice, record};
use super::problem::{Path, Problems};
use super::say::{given, parts, traffic};
use super::step_model::BrokerModel;
use super::{ClassModel, Scenario, ServiceModel, Step};
use crate::lang::Said;
use crate::units::{ClassId, DependencyId, ServiceId};

record! {
    /// What a broker keeps, and how workers get it.
    pub struct Broker {
        /// The service whose replicas take the messages; they have no balancer.
        pub service: String = String::new();
        /// Messages that a replica is sent before it has acknowledged earlier ones, for each of its places in service
        /// (Celery's prefetch multiplier); 0 is no limit.
        pub prefetch: u32 = 4, in 0..=100_000;
        /// When a worker acknowledges a message.
        pub acknowledge: Acknowledge = Acknowledge::Early;
        /// Whether a message is delivered again whose worker process was killed while the replica lived on; only with
        /// late acknowledgement (Celery's task_reject_on_worker_lost).
        pub redeliver_killed: bool = false;
        /// Most times that a message is delivered again; then it is a dead letter.
        pub redeliveries: u32 = 20, in 0..=1_000_000;
        /// Most messages that wait in the queue.
        pub limit: u32 = 1_000_000, in 1..=10_000_000;
        /// What becomes of one more.
        pub full: FullQueue = FullQueue::Reject;
        /// Whether messages outlive an outage of the broker.
        pub durable: bool = true;
    }
}

choice! {
    /// When a worker acknowledges a message.
    pub enum Acknowledge {
        Early = "early": "When it begins: what a replica was at when it died is lost.",
        Late = "late": "When it is done: what a replica was at when it died is delivered again.",
    }
}

choice! {
    /// What becomes of a message that finds the queue full.
    pub enum FullQueue {
        Reject = "reject": "It is refused: the step that sends it fails.",
        DropHead = "drop_head": "The oldest message in the queue is dropped for it.",
    }
}

impl Scenario {
    /// The broker that a service takes its work from.
    pub(super) fn broker_of(&self, service: &str) -> Option<&Dependency> {
        let feeds = |d: &&Dependency| d.kind == DependencyKind::Broker && d.broker.service == service;
        self.dependency.iter().find(feeds)
    }

    /// What the engine runs of the broker at this place; what is wrong with it.
    pub(super) fn broker(
        &self,
        broker: &Broker,
        place: usize,
        at: &Path<'_>,
        problems: &mut Problems,
    ) -> BrokerModel {
        let at = at.key("service");
        let service = if broker.service.is_empty() {
            problems.advise(at, given::missing(), parts::name_workers());
            ServiceId(0)
        } else {
            self.service_id(Some(&broker.service), &at, problems)
        };
        let edge = self.balancer.service.as_deref().or_else(|| Some(self.service.first()?.name.as_str()));
        if edge == Some(broker.service.as_str()) {
            let text = parts::at_the_edge(&broker.service);
            problems.advise(at, text, parts::own_workers());
        }
        let other = |d: &Dependency| d.kind == DependencyKind::Broker && d.broker.service == broker.service;
        if self.dependency[..place].iter().any(other) {
            let text = parts::other_broker(&broker.service);
            problems.add(at, None, text);
        }
        let own = self.service.get(service.index()).and_then(|service| service.balancer.as_ref());
        if own.is_some() {
            let text = parts::has_balancer(&broker.service);
            problems.advise(at, text, parts::no_balancer());
        }
        BrokerModel { service, rules: broker.clone() }
    }

    /// Services learn which broker they take their work from. No client asks for that work.
    pub(super) fn employ(
        &self,
        services: &mut [ServiceModel],
        classes: &[ClassModel],
        problems: &mut Problems,
    ) {
        for (place, dependency) in self.dependency.iter().enumerate() {
            let of_broker = |service: &&mut ServiceModel| service.name == dependency.broker.service;
            if dependency.kind == DependencyKind::Broker
                && let Some(service) = services.iter_mut().find(of_broker)
            {
                service.broker = Some(DependencyId::at(place));
            }
        }
        let mut below = 0.0;
        for (i, class) in classes.iter().enumerate() {
            let share = class.share_below - below;
            below = class.share_below;
            let service = services.get(class.service.index());
            if share > 0.0 && service.is_some_and(|service| service.broker.is_some()) {
                let text = parts::share_of_workers();
                problems.advise(format!("traffic.class[{i}].share"), text, parts::no_share());
            }
        }
    }

    /// The broker of an enqueue step, and the class that the job is.
    pub(super) fn job(
        &self,
        step: &Step,
        at: &Path<'_>,
        problems: &mut Problems,
    ) -> (DependencyId, Option<ClassId>) {
        let to = self.dependency_id(&step.to, &at.key("to"), problems);
        let broker = self.dependency.get(to.index()).filter(|d| d.name == step.to);
        let Some(broker) = broker else { return (to, None) };
        if broker.kind != DependencyKind::Broker {
            let text = traffic::not_to_broker(&step.to);
            problems.add(at.key("to"), None, text);
            return (to, None);
        }
        let service = broker.broker.service.as_str();
        let fits = |place: &usize| {
            let class = &self.traffic.class[*place];
            class.service.as_deref() == Some(service)
                && step.class.as_ref().is_none_or(|name| *name == class.name)
        };
        let class = (0..self.traffic.class.len()).find(fits);
        if class.is_none() {
            let what = step.class.as_ref().map_or_else(|| Said::plain(""), |name| traffic::named(name));
            let text = traffic::no_job(&service, what);
            let remedy = traffic::add_job(&service);
            problems.advise(at.key("class"), text, remedy);
        }
        (to, class.map(ClassId::at))
    }
}
