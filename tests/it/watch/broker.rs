//! The books of messages: where each is, by what the engine tells alone.

use std::collections::{BTreeMap, BTreeSet};

use doorbuster::observe::{BrokerView, MessageNews, Observation, Snapshot};
use doorbuster::scenario::Model;

use super::Watch;
use crate::dependency::law;

/// Messages of all brokers of a world, which has at most one.
#[derive(Default)]
pub struct Messages {
    /// Services that take their work from a broker.
    workers: BTreeSet<String>,
    counts: BTreeMap<&'static str, u64>,
    /// Messages in the queue and with workers.
    queued: u64,
    at_work: u64,
    /// By replica: messages that it has.
    at: BTreeMap<u32, u64>,
}

impl Messages {
    pub fn new(model: &Model) -> Self {
        let services = model.services().iter().enumerate();
        let fed = |place: usize| {
            let of = |d: &doorbuster::scenario::DependencyModel| {
                d.broker.as_ref().is_some_and(|broker| broker.service.index() == place)
            };
            model.dependencies().iter().any(of)
        };
        let workers = services.filter(|(place, _)| fed(*place)).map(|(_, service)| service.name.clone());
        Self { workers: workers.collect(), ..Self::default() }
    }

    pub fn takes(&self, service: &str) -> bool {
        self.workers.contains(service)
    }
}

impl Watch {
    pub(super) fn hear_message(&mut self, seen: &Observation) -> Result<(), String> {
        let Observation::Message { news, replica, age, inside, .. } = *seen else { return Ok(()) };
        law(inside <= age, "a worker has had a message for longer than it exists")?;
        let name = match news {
            MessageNews::Published => "published",
            MessageNews::Delivered => "delivered",
            MessageNews::Done => "done",
            MessageNews::Failed => "job failed",
            MessageNews::Lost => "lost",
            MessageNews::Returned => "returned",
            MessageNews::Dead => "dead",
            MessageNews::Dropped => "dropped",
        };
        let books = &mut self.messages;
        *books.counts.entry(name).or_default() += 1;
        if news == MessageNews::Published {
            books.queued += 1;
            return Ok(());
        }
        let Some(replica) = replica else {
            books.queued = books.queued.checked_sub(1).ok_or("a message leaves an empty queue")?;
            return law(news.is_end(), "a message of nobody");
        };
        let at = books.at.entry(replica.0).or_default();
        if news == MessageNews::Delivered {
            *at += 1;
            books.queued = books.queued.checked_sub(1).ok_or("a message out of an empty queue")?;
            books.at_work += 1;
            self.known(replica.0).dispatched += 1;
            return Ok(());
        }
        *at = at.checked_sub(1).ok_or("a worker ends a message that it does not have")?;
        books.at_work -= 1;
        books.queued += u64::from(news == MessageNews::Returned);
        self.sojourn += u128::from(inside.0);
        Ok(())
    }

    /// The broker's own counts are those of the books, and whoever has room gets what waits.
    pub(super) fn brokers(&self, world: &Snapshot) -> Result<(), String> {
        let brokers = world.dependencies.iter().filter_map(|view| Some((view, view.broker.as_ref()?)));
        for (view, broker) in brokers {
            let books = &self.messages;
            let of = |name: &str| books.counts.get(name).copied().unwrap_or(0);
            law(broker.published == of("published"), "published messages")?;
            law(broker.queue.value() == books.queued, "messages in the queue")?;
            law(broker.with_workers == books.at_work, "messages with workers")?;
            let ends = (broker.done, broker.failed, broker.lost, broker.dead, broker.dropped);
            let told = (of("done"), of("job failed"), of("lost"), of("dead"), of("dropped"));
            law(ends == told, "ends of messages")?;
            law(broker.returned == of("returned"), "messages that went back")?;
            self.competing(world, view.gone, broker)?;
        }
        Ok(())
    }

    /// Work conservation: nothing waits in the queue while a worker that is reached has no message at all.
    fn competing(&self, world: &Snapshot, gone: bool, broker: &BrokerView) -> Result<(), String> {
        let waits = broker.queue.value() > 0 && self.settled && !gone;
        let idle = world.replicas.iter().find(|view| {
            let has = self.messages.at.get(&view.id).copied().unwrap_or(0);
            let inside = view.running + view.parked + view.waiting;
            view.service == broker.service
                && view.eligible
                && !view.faults.partition
                && has == 0
                && inside == 0
        });
        match idle {
            Some(view) if waits => Err(format!("messages wait while {} has none", view.name)),
            _ => Ok(()),
        }
    }

    /// Adds how often what happened to messages.
    pub fn count_messages(&self, seen: &mut BTreeMap<&'static str, u32>) {
        for (name, n) in &self.messages.counts {
            *seen.entry(name).or_insert(0) += u32::try_from(*n).unwrap_or(u32::MAX);
        }
        for view in &self.world.dependencies {
            let doubled = view.broker.as_ref().map_or(0, |broker| broker.doubled);
            *seen.entry("doubled").or_insert(0) += u32::try_from(doubled).unwrap_or(u32::MAX);
            let full = view.failed.last().map_or(0, |(_, n)| *n);
            *seen.entry("queue full").or_insert(0) += u32::try_from(full).unwrap_or(u32::MAX);
        }
    }
}
