//! Brokers: messages wait in a queue, and workers take them from it.
//!
//! ```text
//! request ─> publish ─> queue ─┬─> worker: prefetched ─> place in service ─> done
//!                         ^    └─> worker …                    │
//!                         └── what dies unacknowledged ────────┘
//! ```
//!
//! The replicas of a service compete: each has messages in advance, up to so many that it has not acknowledged, and
//! those who have room are served in turn (RabbitMQ). A delivered message is a request of the inside at its replica,
//! which nobody waits for. It acknowledges when it begins (early) or ends (late). When its worker goes, what is not
//! acknowledged is back in its old place in the queue; when the broker goes, so is everything that workers have, and
//! what they are at goes on for nobody and is done twice.
//!
//! Messages conserve: published = done + failed + lost + dead + dropped + in the queue + with workers.

use std::collections::{BTreeMap, VecDeque};

use super::super::arena::{Arena, NONE};
use super::super::event::Event;
use super::super::request::{Origin, Phase, Request};
use super::super::{Engine, Probe};
use crate::observe::{
    BrokerView, CallFailure, DependencyNews, INNER, Level, MessageNews, Observation, Outcome, ReplicaState,
};
use crate::scenario::{Acknowledge, Broker as Rules, BrokerModel, DIRECT, FullQueue, OnStop};
use crate::units::{ClassId, DependencyId, ReplicaId, SimDuration, SimTime};

/// A message from its publishing to its end.
#[derive(Debug, Clone)]
pub(in super::super) struct Message {
    /// Which of its broker, in the order of publishing.
    number: u64,
    broker: u32,
    class: ClassId,
    /// Work of its job, and what else that draws: the same at each delivery.
    demand: SimDuration,
    pub(in super::super) unit: f64,
    published: SimTime,
    deliveries: u32,
    /// A worker has begun its job.
    begun: bool,
    /// The request that its job is, while a worker has it.
    request: u32,
}

/// A broker.
#[derive(Debug, Clone, Default)]
pub(super) struct Broker {
    /// Messages that were never delivered, oldest first.
    fresh: VecDeque<u32>,
    /// Messages that are to be delivered again, by number: all are older than the fresh ones.
    again: BTreeMap<u64, u32>,
    pub(super) queue: Level,
    /// Replicas that take messages, and how many each has not acknowledged.
    workers: Vec<(u32, u32)>,
    /// Who among them is next.
    turn: usize,
    /// A delivery is about to happen.
    soon: bool,
    counts: Counts,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    published: u64,
    with_workers: u64,
    done: u64,
    failed: u64,
    lost: u64,
    dead: u64,
    dropped: u64,
    returned: u64,
    doubled: u64,
}

impl Broker {
    /// The oldest message leaves the queue.
    fn pop(&mut self, now: SimTime) -> Option<u32> {
        let oldest = self.again.pop_first().map(|(_, message)| message).or_else(|| self.fresh.pop_front())?;
        self.queue.down(now);
        Some(oldest)
    }

    /// Where a replica stands among the workers.
    fn place(&self, replica: u32) -> Option<usize> {
        self.workers.iter().position(|&(id, _)| id == replica)
    }

    fn acknowledge(&mut self, replica: u32) {
        if let Some(place) = self.place(replica) {
            self.workers[place].1 -= 1;
        }
    }

    fn count(&mut self, news: MessageNews) {
        let counts = &mut self.counts;
        *match news {
            MessageNews::Published => &mut counts.published,
            MessageNews::Delivered => &mut counts.with_workers,
            MessageNews::Done => &mut counts.done,
            MessageNews::Failed => &mut counts.failed,
            MessageNews::Lost => &mut counts.lost,
            MessageNews::Returned => &mut counts.returned,
            MessageNews::Dead => &mut counts.dead,
            MessageNews::Dropped => &mut counts.dropped,
        } += 1;
    }

    pub(super) fn view(&self, model: &BrokerModel, service: &str, into: &mut BrokerView) {
        into.service.clear();
        into.service.push_str(service);
        (into.queue, into.limit) = (self.queue, model.rules.limit);
        into.workers = self.workers.len() as u32;
        let Counts { published, with_workers, done, failed, lost, dead, dropped, returned, doubled } =
            self.counts;
        (into.published, into.with_workers, into.done, into.failed) = (published, with_workers, done, failed);
        (into.lost, into.dead, into.dropped) = (lost, dead, dropped);
        (into.returned, into.doubled) = (returned, doubled);
    }
}

/// Messages that a replica may have without having acknowledged them.
fn room(rules: &Rules, concurrency: u32) -> u32 {
    match rules.prefetch {
        0 => u32::MAX,
        each => each.saturating_mul(concurrency),
    }
}

impl Engine {
    fn broker(&mut self, d: usize) -> Option<(&mut Broker, &mut Arena<Message>)> {
        Some((self.dependencies[d].broker.as_deref_mut()?, &mut self.messages))
    }

    /// Messages in the queue of a broker.
    pub(in super::super) fn messages_waiting(&self, broker: DependencyId) -> u64 {
        self.dependencies[broker.index()].broker.as_deref().map_or(0, |broker| broker.queue.value())
    }

    fn rules(&self, d: usize) -> Option<&Rules> {
        self.model.dependencies[d].broker.as_ref().map(|broker| &broker.rules)
    }

    /// The broker of a replica's service.
    fn employer(&self, replica: u32) -> Option<usize> {
        let service = self.replicas[replica as usize].rest.service as usize;
        self.model.services[service].broker.map(DependencyId::index)
    }

    /// Most messages that a replica may have unacknowledged, when it takes its work from a broker.
    pub(in super::super) fn prefetch_of(&self, replica: u32) -> Option<u32> {
        let rules = self.rules(self.employer(replica)?)?;
        Some(room(rules, self.replicas[replica as usize].model.concurrency))
    }

    /// The broker has the message of a call, unless its queue is full.
    pub(super) fn publish(
        &mut self,
        call: u32,
        class: ClassId,
        probe: &mut impl Probe,
    ) -> Result<bool, CallFailure> {
        let (now, d) = (self.now, self.calls[call].at());
        let drawn = self.calls[call].drawn;
        let Some((limit, full)) = self.rules(d).map(|rules| (rules.limit, rules.full)) else {
            return Ok(false);
        };
        if self.broker(d).is_some_and(|(broker, _)| broker.queue.value() >= u64::from(limit)) {
            self.tell_dependency(d, DependencyNews::QueueFull, probe);
            if full == FullQueue::Reject {
                return Err(CallFailure::QueueFull);
            }
            if let Some(oldest) = self.broker(d).and_then(|(broker, _)| broker.pop(now)) {
                self.tell_message(oldest, MessageNews::Dropped, None, probe);
                self.messages.release(oldest);
            }
        }
        let Some((broker, messages)) = self.broker(d) else { return Ok(false) };
        let message = Message {
            number: broker.counts.published,
            broker: d as u32,
            class,
            demand: drawn.behind,
            unit: drawn.unit,
            published: now,
            deliveries: 0,
            begun: false,
            request: NONE,
        };
        let message = messages.insert(message);
        broker.fresh.push_back(message);
        broker.queue.up(now);
        self.tell_message(message, MessageNews::Published, None, probe);
        self.wake_broker(d);
        Ok(false)
    }

    /// Counts and tells what happens to a message; `replica` has it.
    fn tell_message(&mut self, message: u32, news: MessageNews, at: Option<u32>, probe: &mut impl Probe) {
        let now = self.now;
        let Message { broker, published, request, .. } = self.messages[message];
        let since = at.filter(|_| request != NONE).map(|_| self.requests[request].arrived);
        let inside = since.map_or(SimDuration::ZERO, |since| now.since(since));
        if let Some((broker, _)) = self.broker(broker as usize) {
            broker.count(news);
        }
        let (age, replica) = (now.since(published), at.map(ReplicaId));
        let broker = DependencyId(broker);
        probe.observe(now, &Observation::Message { broker, news, replica, age, inside });
    }

    /// Somebody may have room, or there is a message: it is delivered after what goes on now.
    pub(super) fn wake_broker(&mut self, d: usize) {
        let now = self.now;
        let gone = self.dependencies[d].gone;
        let Some((broker, _)) = self.broker(d) else { return };
        if gone || broker.queue.value() == 0 || std::mem::replace(&mut broker.soon, true) {
            return;
        }
        self.queue.schedule(now, Event::Deliver { dependency: d as u32 });
    }

    /// Each worker with room gets a message in its turn, until there is no room or no message.
    pub(in super::super) fn deliver(&mut self, dependency: u32, probe: &mut impl Probe) {
        let (now, d) = (self.now, dependency as usize);
        if let Some((broker, _)) = self.broker(d) {
            broker.soon = false;
        }
        while !self.dependencies[d].gone
            && let Some(place) = self.next_worker(d)
            && let Some((broker, _)) = self.broker(d)
            && let Some(message) = broker.pop(now)
        {
            broker.turn = place + 1;
            broker.workers[place].1 += 1;
            let worker = broker.workers[place].0;
            self.hand_over(message, worker, probe);
        }
    }

    /// The worker whose turn it is, of those with room, by its place.
    fn next_worker(&self, d: usize) -> Option<usize> {
        let (broker, rules) = (self.dependencies[d].broker.as_deref()?, self.rules(d)?);
        let count = broker.workers.len();
        (0..count).map(|i| (broker.turn + i) % count).find(|&place| {
            let (replica, unacknowledged) = broker.workers[place];
            let most = room(rules, self.replicas[replica as usize].model.concurrency);
            unacknowledged < most && !self.is_cut_off(replica)
        })
    }

    /// A worker gets a message.
    fn hand_over(&mut self, message: u32, worker: u32, probe: &mut impl Probe) {
        let number = INNER | self.inner;
        self.inner += 1;
        let Message { class, demand, .. } = self.messages[message];
        let mut body = Request::new(number, self.now, class.0 as u16, demand, NONE);
        (body.front, body.origin, body.replica) = (DIRECT, Origin::Job(message), worker);
        let request = self.requests.insert(body);
        let body = &mut self.messages[message];
        body.deliveries += 1;
        (body.request, body.begun) = (request, false);
        self.replicas[worker as usize].attempts += 1;
        self.tell_message(message, MessageNews::Delivered, Some(worker), probe);
        self.take_job(request, message, probe);
    }

    /// A worker begins a job.
    pub(in super::super) fn job_begins(&mut self, message: u32, replica: u32) {
        if message == NONE {
            return;
        }
        let body = &mut self.messages[message];
        body.begun = true;
        let d = body.broker as usize;
        if self.rules(d).is_some_and(|rules| rules.acknowledge == Acknowledge::Early) {
            if let Some((broker, _)) = self.broker(d) {
                broker.acknowledge(replica);
            }
            self.wake_broker(d);
        }
    }

    /// A job is over at its worker, well or not, or the worker is dead.
    pub(in super::super) fn job_over(&mut self, request: u32, message: u32, probe: &mut impl Probe) {
        let Request { replica, outcome, .. } = self.requests[request];
        if message == NONE {
            self.release(request);
            return;
        }
        let Message { broker, begun, .. } = self.messages[message];
        let d = broker as usize;
        let alive = self.replicas[replica as usize].state.is_alive();
        let killed = matches!(outcome, Outcome::WorkerKilled | Outcome::OutOfMemory);
        let Some(rules) = self.rules(d) else { return };
        let late = rules.acknowledge == Acknowledge::Late;
        let news = match outcome {
            Outcome::Ok | Outcome::LostUpdate => MessageNews::Done,
            _ if !alive && (late || !begun) => MessageNews::Returned,
            _ if !alive => MessageNews::Lost,
            _ if killed && late && rules.redeliver_killed => MessageNews::Returned,
            _ => MessageNews::Failed,
        };
        let unacknowledged = late || !begun;
        self.end_delivery(message, replica, news, unacknowledged, probe);
        self.release(request);
    }

    /// A worker no longer has a message.
    fn end_delivery(
        &mut self,
        message: u32,
        replica: u32,
        news: MessageNews,
        unacknowledged: bool,
        probe: &mut impl Probe,
    ) {
        let (now, d) = (self.now, self.messages[message].broker as usize);
        let most = self.rules(d).map_or(0, |rules| rules.redeliveries);
        let dead = news == MessageNews::Returned && self.messages[message].deliveries > most;
        let news = if dead { MessageNews::Dead } else { news };
        self.tell_message(message, news, Some(replica), probe);
        let number = self.messages[message].number;
        let Some((broker, messages)) = self.broker(d) else { return };
        broker.counts.with_workers -= 1;
        if unacknowledged {
            broker.acknowledge(replica);
        }
        if news == MessageNews::Returned {
            broker.again.insert(number, message);
            broker.queue.up(now);
            (messages[message].request, messages[message].begun) = (NONE, false);
        } else {
            messages.release(message);
        }
        self.wake_broker(d);
    }

    /// A replica that is ready takes messages, when its work comes from a broker.
    pub(in super::super) fn join_broker(&mut self, replica: u32) {
        let Some(d) = self.employer(replica) else { return };
        if let Some((broker, _)) = self.broker(d)
            && broker.place(replica).is_none()
        {
            broker.workers.push((replica, 0));
        }
        self.wake_broker(d);
    }

    /// A replica is reached again: it may take messages.
    pub(in super::super) fn wake_employer(&mut self, replica: u32) {
        if let Some(d) = self.employer(replica) {
            self.wake_broker(d);
        }
    }

    /// A replica takes no more messages: it is stopped (then it gives back what it has not begun), or dead.
    pub(in super::super) fn leave_broker(&mut self, replica: u32, probe: &mut impl Probe) {
        let Some(d) = self.employer(replica) else { return };
        if let Some((broker, _)) = self.broker(d)
            && let Some(place) = broker.place(replica)
        {
            broker.workers.remove(place);
            // Whose turn it was, it still is.
            broker.turn -= usize::from(broker.turn > place);
        }
        let body = &self.replicas[replica as usize];
        if body.state == ReplicaState::Draining && body.model.on_stop == OnStop::Drain {
            let before = self.fates(replica);
            for request in self.waiting_jobs(replica) {
                self.give_back(request, probe);
            }
            self.tell_fates(replica, before, probe);
        }
    }

    /// A job that waits at its worker goes back to the queue.
    fn give_back(&mut self, request: u32, probe: &mut impl Probe) {
        let Request { origin, replica, .. } = self.requests[request];
        self.withdraw(request);
        if let Origin::Job(message) = origin
            && message != NONE
        {
            self.end_delivery(message, replica, MessageNews::Returned, true, probe);
        }
        self.release(request);
    }

    /// Jobs that wait at a worker, oldest first.
    fn waiting_jobs(&self, replica: u32) -> Vec<u32> {
        self.replicas[replica as usize].waiting_requests(&self.requests).collect()
    }

    /// What became of the messages of a replica's broker so far; nothing where it has none.
    pub(in super::super) fn fates(&self, replica: u32) -> Option<[u64; 3]> {
        let counts = self.dependencies[self.employer(replica)?].broker.as_deref()?.counts;
        Some([counts.returned, counts.lost, counts.dead])
    }

    /// Tells what became of the messages of a replica that goes, since `before`.
    pub(in super::super) fn tell_fates(
        &self,
        replica: u32,
        before: Option<[u64; 3]>,
        probe: &mut impl Probe,
    ) {
        let (Some(before), Some(now), Some(d)) = (before, self.fates(replica), self.employer(replica)) else {
            return;
        };
        let [again, lost, dead] = [0, 1, 2].map(|i| (now[i] - before[i]) as u32);
        if again + lost + dead > 0 {
            let (broker, replica) = (DependencyId::at(d), ReplicaId(replica));
            probe.observe(self.now, &Observation::MessagesBack { broker, replica, again, lost, dead });
        }
    }

    /// The broker is gone: its workers have no line to it any more. What they have not begun is forgotten there; what
    /// they are at goes on, but where it was not acknowledged, its message is back in the queue.
    pub(super) fn lose_broker(&mut self, d: usize, probe: &mut impl Probe) {
        let now = self.now;
        let rules = self.rules(d).map(|rules| (rules.durable, rules.acknowledge == Acknowledge::Late));
        let Some((durable, late)) = rules else { return };
        let of_broker = |request: &u32| match self.requests[*request].origin {
            Origin::Job(message) if message != NONE && self.requests[*request].phase != Phase::Free => {
                self.messages[message].broker as usize == d
            }
            _ => false,
        };
        let jobs: Vec<u32> = self.requests.slots().filter(of_broker).collect();
        for request in jobs {
            let Request { origin: Origin::Job(message), phase, replica, .. } = self.requests[request] else {
                continue;
            };
            if phase == Phase::Waiting {
                self.give_back(request, probe);
            } else if late {
                let body = &mut self.requests[request];
                (body.origin, body.unwanted) = (Origin::Job(NONE), true);
                if let Some((broker, _)) = self.broker(d) {
                    broker.counts.doubled += 1;
                }
                self.end_delivery(message, replica, MessageNews::Returned, true, probe);
            }
        }
        while !durable && let Some(message) = self.broker(d).and_then(|(broker, _)| broker.pop(now)) {
            self.tell_message(message, MessageNews::Lost, None, probe);
            self.messages.release(message);
        }
    }
}
