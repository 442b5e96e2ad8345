//! What a balancer itself can hold and do: its listen backlog, connection slots, file descriptors and CPU.
//!
//! A client that connects waits in the backlog until an instance takes it: at once, unless that has no core or no
//! file descriptor free, or no slot (HAProxy and others than nginx). Where the backlog is full the attempt is dropped
//! without a word, and the client's kernel sends it again on Linux's schedule. nginx takes a connection for which it
//! has no slot and closes it; where there is none for the replica, it answers 500. The edge is one program whatever
//! services it leads to: its fronts share a door. Idle connections that are kept give way, so they are not counted.

use super::arena::{Fifo, NONE};
use super::event::Event;
use super::request::{Phase, Request};
use super::{Engine, Probe};
use crate::algorithm::product::{Passive, Product};
use crate::observe::{DoorView, Level, Observation, Outcome, Resource};
use crate::rng::{Purpose, Stream};
use crate::scenario::{BalancerModel, DIRECT, Limits, Model, Way};
use crate::units::{ServiceId, SimDuration, SimTime};

/// Marks of a request: it has the slot of a client, and that of an attempt; the balancer itself had none for it, and
/// has hung up without an answer.
const CLIENT: u8 = 1;
const ATTEMPT: u8 = 2;
const SHORT: u8 = 4;
const CUT: u8 = 8;

/// So long the CPU is busy with others waiting before that is news.
const BUSY: SimDuration = SimDuration::from_secs(1);

/// The doors of all balancers that have limits.
#[derive(Debug, Clone)]
pub(super) struct Doors {
    /// By front.
    of: Vec<Option<u16>>,
    all: Vec<Door>,
}

/// Of one program: the edge, or a service's own balancer.
#[derive(Debug, Clone)]
struct Door {
    /// The first front behind it.
    front: u16,
    rules: Limits,
    /// nginx takes connections for which it has no slot.
    closes: bool,
    desks: Vec<Desk>,
    draws: Stream,
    clients: Level,
    waiting: Level,
    busy: Level,
    counts: Counts,
}

/// Of one instance.
#[derive(Debug, Clone)]
struct Desk {
    clients: u32,
    attempts: u32,
    busy: u32,
    line: Fifo,
    /// Since when somebody waits, and whether it is about to take them.
    since: Option<SimTime>,
    soon: bool,
    told: Vec<Resource>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    accepted: u64,
    requests: u64,
    closed: u64,
    refused: u64,
    dropped: u64,
}

impl Desk {
    const fn new() -> Self {
        let (clients, attempts, busy) = (0, 0, 0);
        Self { clients, attempts, busy, line: Fifo::new(), since: None, soon: false, told: Vec::new() }
    }

    /// Whether that is news.
    fn tells(&mut self, resource: Resource) -> bool {
        let news = !self.told.contains(&resource);
        if news {
            self.told.push(resource);
        }
        news
    }
}

impl Door {
    fn new(model: &Model, front: u16, seed: u64) -> Option<Self> {
        let settings = model.front(front);
        let written = settings.settings.limits.clone();
        let rules = written.or_else(|| (!settings.settings.own.is_empty()).then(Limits::default))?;
        Some(Self {
            front,
            closes: settings.product.passive == Passive::LastFailure,
            desks: (0..settings.instances).map(|_| Desk::new()).collect(),
            draws: Stream::new(seed, Purpose::BalancerWork, u32::from(front)),
            clients: Level::default(),
            waiting: Level::default(),
            busy: Level::default(),
            counts: Counts::default(),
            rules,
        })
    }

    /// Why an instance takes nobody now; nothing when it does.
    fn blocked(&self, desk: &Desk) -> Option<Resource> {
        let full = |limit: Option<u32>, used: u32| limit.is_some_and(|limit| used >= limit);
        if desk.busy >= self.rules.cores {
            Some(Resource::Cpu)
        } else if full(self.rules.files, desk.clients + desk.attempts) {
            Some(Resource::Files)
        } else if !self.closes && full(self.rules.connections, desk.clients) {
            Some(Resource::Connections)
        } else {
            None
        }
    }

    /// An instance takes a connection, which may have been `kept`, and begins to work on its request: for how long; or
    /// what there is too little of.
    #[inline]
    fn take_in(
        &mut self,
        place: usize,
        kept: bool,
        now: SimTime,
        body: &mut Request,
    ) -> Result<SimDuration, Resource> {
        self.counts.accepted += u64::from(!kept);
        self.counts.requests += 1;
        body.phase = Phase::ToBalancer;
        if let Some(what) = self.lacks(&self.desks[place]) {
            self.counts.closed += u64::from(!kept);
            body.door = CUT;
            return Err(what);
        }
        body.door = CLIENT;
        self.clients.up(now);
        let work = self.rules.work.sample(&mut self.draws);
        let desk = &mut self.desks[place];
        desk.clients += 1;
        if work > SimDuration::ZERO {
            self.busy.up(now);
            desk.busy += 1;
        }
        Ok(work)
    }

    /// What there is too little of for one more connection of an instance.
    fn lacks(&self, desk: &Desk) -> Option<Resource> {
        let used = desk.clients + desk.attempts;
        if self.closes && self.rules.connections.is_some_and(|limit| used >= limit) {
            Some(Resource::Connections)
        } else if self.rules.files.is_some_and(|limit| used >= limit) {
            Some(Resource::Files)
        } else {
            None
        }
    }
}

impl Doors {
    pub(super) fn new(model: &Model, seed: u64) -> Option<Box<Self>> {
        let fronts = model.fronts();
        let limited =
            |front: &BalancerModel| front.settings.limits.is_some() || !front.settings.own.is_empty();
        if model.way() != Way::Balancer || !fronts.iter().any(limited) {
            return None;
        }
        let mut doors = Self { of: Vec::new(), all: Vec::new() };
        for (place, front) in fronts.iter().enumerate() {
            // The fronts of the edge share that of its first.
            let known = if front.own || place == 0 { None } else { doors.of[0] };
            let door = known.or_else(|| {
                doors.all.push(Door::new(model, place as u16, seed)?);
                Some(doors.all.len() as u16 - 1)
            });
            doors.of.push(door);
        }
        Some(Box::new(doors))
    }

    fn at(&mut self, front: u16, instance: u16) -> Option<(&mut Door, usize)> {
        let door = self.of.get(usize::from(front)).copied().flatten()?;
        Some((&mut self.all[usize::from(door)], usize::from(instance)))
    }
}

impl Engine {
    /// A request has come to an instance that has a door; whether it has, and goes on from there.
    pub(super) fn stops_at_door(&mut self, request: u32, probe: &mut impl Probe) -> bool {
        let Request { front, instance, visit, .. } = self.requests[request];
        let kept = visit != NONE && self.visits[visit].link.was_there();
        let now = self.now;
        let Some(doors) = &mut self.doors else { return false };
        let Some((door, place)) = doors.at(front, instance) else { return false };
        let desk = &door.desks[place];
        let blocked = door.blocked(desk);
        if desk.line.len() == 0 && blocked.is_none() {
            match door.take_in(place, kept, now, &mut self.requests[request]) {
                Ok(work) => self.work_on(request, work, probe),
                Err(what) => self.close_at_door(request, what, probe),
            }
            return true;
        }
        // Who is connected already waits as well, but is not dropped.
        if !kept && desk.line.len() > door.rules.backlog {
            self.drop_at_door(request, probe);
            return true;
        }
        door.waiting.up(now);
        let desk = &mut door.desks[place];
        desk.line.push(&mut self.requests, request);
        let since = *desk.since.get_or_insert(now);
        let resource = blocked.filter(|&what| what != Resource::Cpu || now.since(since) >= BUSY);
        let news = resource.filter(|&what| desk.tells(what));
        let service = self.model.front(door.front).service;
        self.requests[request].phase = Phase::AtDoor;
        tell(now, service, news, probe);
        true
    }

    /// The backlog is full: nobody answers. The client's kernel tries again, as often and for as long as Linux does.
    fn drop_at_door(&mut self, request: u32, probe: &mut impl Probe) {
        let Request { front, instance, .. } = self.requests[request];
        let (now, seconds, end) = (self.now, self.model.syn.seconds(), self.model.syn.end());
        if let Some((door, place)) = self.doors.as_mut().and_then(|doors| doors.at(front, instance)) {
            door.counts.dropped += 1;
            let news = door.desks[place].tells(Resource::Backlog).then_some(Resource::Backlog);
            tell(now, self.model.front(door.front).service, news, probe);
        }
        let body = &mut self.requests[request];
        if body.drops == 0 {
            body.dispatched = now;
        }
        let again = seconds.get(body.drops as usize).map(|&s| body.dispatched + SimDuration::from_secs(s));
        body.drops += 1;
        if let Some(at) = again {
            body.phase = Phase::Knocking;
            body.timer = self.queue.schedule(at.max(now), Event::Knock { request });
        } else {
            (body.phase, body.outcome, body.door) = (Phase::ToClient, Outcome::BacklogOverflow, CUT);
            self.queue.schedule((body.dispatched + end).max(now), Event::AtClient { request });
        }
    }

    /// A client whose connection was dropped tries again.
    pub(super) fn knock(&mut self, request: u32, probe: &mut impl Probe) {
        self.requests[request].timer = super::queue::EventKey::NONE;
        if self.model.slow {
            self.begin_sending(request);
        }
        self.stops_at_door(request, probe);
    }

    /// An instance has taken a connection: its work on the request begins.
    fn work_on(&mut self, request: u32, work: SimDuration, probe: &mut impl Probe) {
        if work == SimDuration::ZERO {
            self.go_on(request, probe);
        } else {
            self.queue.schedule(self.now + work, Event::Handled { request });
        }
    }

    /// An instance has taken a connection for which it has no slot, and closes it.
    fn close_at_door(&mut self, request: u32, what: Resource, probe: &mut impl Probe) {
        let Request { front, instance, .. } = self.requests[request];
        if let Some((door, place)) = self.doors.as_mut().and_then(|doors| doors.at(front, instance)) {
            let news = door.desks[place].tells(what).then_some(what);
            tell(self.now, self.model.front(door.front).service, news, probe);
        }
        self.answer_client(request, Outcome::NoFreeConnection, probe);
    }

    /// An instance has done its work on a request.
    pub(super) fn handled(&mut self, request: u32, probe: &mut impl Probe) {
        let Request { front, instance, unwanted, .. } = self.requests[request];
        let now = self.now;
        if let Some((door, place)) = self.doors.as_mut().and_then(|doors| doors.at(front, instance)) {
            door.busy.down(now);
            let desk = &mut door.desks[place];
            desk.busy -= 1;
            if desk.line.len() > 0 {
                self.wake_door(front, instance);
            }
        }
        if unwanted {
            self.release(request);
        } else {
            self.go_on(request, probe);
        }
    }

    /// Those who wait may be taken, after what is going on now: what is freed by an answer must not lead to the next
    /// within it.
    fn wake_door(&mut self, front: u16, instance: u16) {
        let Some((door, place)) = self.doors.as_mut().and_then(|doors| doors.at(front, instance)) else {
            return;
        };
        if !std::mem::replace(&mut door.desks[place].soon, true) {
            let desk = (u32::from(door.front) << 16) | u32::from(instance);
            self.queue.schedule(self.now, Event::Admit { desk });
        }
    }

    /// An instance takes those who wait, as many as it can.
    pub(super) fn admit(&mut self, desk: u32, probe: &mut impl Probe) {
        let (front, instance, now) = ((desk >> 16) as u16, desk as u16, self.now);
        loop {
            let Some((door, place)) = self.doors.as_mut().and_then(|doors| doors.at(front, instance)) else {
                return;
            };
            let blocked = door.blocked(&door.desks[place]).is_some();
            let desk = &mut door.desks[place];
            desk.soon = true;
            let Some(request) = desk.line.head().filter(|_| !blocked) else {
                desk.soon = false;
                return;
            };
            desk.line.remove(&mut self.requests, request);
            door.waiting.down(now);
            door.desks[place].calm(&door.rules);
            let body = &mut self.requests[request];
            let kept = body.visit != NONE && self.visits[body.visit].link.was_there();
            match door.take_in(place, kept, now, body) {
                Ok(work) => self.work_on(request, work, probe),
                Err(what) => self.close_at_door(request, what, probe),
            }
        }
    }

    /// A request that nobody wants any more leaves the backlog.
    pub(super) fn leave_backlog(&mut self, request: u32) {
        let Request { front, instance, .. } = self.requests[request];
        let now = self.now;
        let Some((door, place)) = self.doors.as_mut().and_then(|doors| doors.at(front, instance)) else {
            return;
        };
        door.desks[place].line.remove(&mut self.requests, request);
        door.waiting.down(now);
        door.desks[place].calm(&door.rules);
    }

    /// The client of a request has its answer, or has left: its slot is free.
    #[inline]
    pub(super) fn leave_door(&mut self, request: u32) {
        if self.requests[request].door & CLIENT != 0 {
            self.free_slot(request, CLIENT);
        }
    }

    /// An attempt is over: its slot is free.
    #[inline]
    pub(super) fn attempt_leaves(&mut self, request: u32) {
        if self.requests[request].door & ATTEMPT != 0 {
            self.free_slot(request, ATTEMPT);
        }
    }

    fn free_slot(&mut self, request: u32, what: u8) {
        let body = &mut self.requests[request];
        body.door &= !what;
        let (front, instance, now) = (body.front, body.instance, self.now);
        let Some((door, place)) = self.doors.as_mut().and_then(|doors| doors.at(front, instance)) else {
            return;
        };
        let desk = &mut door.desks[place];
        if what == CLIENT {
            desk.clients -= 1;
            door.clients.down(now);
        } else {
            desk.attempts -= 1;
        }
        desk.calm(&door.rules);
        if desk.line.len() > 0 {
            self.wake_door(front, instance);
        }
    }

    /// Whether the balancer has no connection left for an attempt; if so, it has answered.
    pub(super) fn lacks_slot(&mut self, request: u32, probe: &mut impl Probe) -> bool {
        let Request { front, instance, .. } = self.requests[request];
        let now = self.now;
        let Some((door, place)) =
            self.doors.as_mut().filter(|_| front != DIRECT).and_then(|doors| doors.at(front, instance))
        else {
            return false;
        };
        let Some(what) = door.lacks(&door.desks[place]) else {
            door.desks[place].attempts += 1;
            self.requests[request].door |= ATTEMPT;
            return false;
        };
        door.counts.refused += 1;
        let news = door.desks[place].tells(what).then_some(what);
        tell(now, self.model.front(door.front).service, news, probe);
        self.requests[request].door |= SHORT;
        self.answer_client(request, Outcome::NoFreeConnection, probe);
        true
    }

    /// The status that the balancer sends for a request; 0 where the client gets none.
    #[inline(always)]
    pub(super) fn status_of(model: &Model, body: &Request, outcome: Outcome) -> u16 {
        match (outcome, body.door) {
            (Outcome::Ok, 0) => outcome.status(),
            (_, 0) => outcome.status_behind(model.front(body.front).product),
            (_, door) => status_with(door, outcome, model.front(body.front).product),
        }
    }

    /// Whether the client got no answer at all from the balancer.
    pub(super) fn is_cut(&self, request: u32) -> bool {
        self.requests[request].door & CUT != 0
    }

    /// Connections of clients that are open without a request.
    fn idle_clients(&self) -> u32 {
        let idle = |visit: &super::request::Visit| !visit.free && visit.link.is_idle(self.now);
        self.visits.iter().filter(|(_, visit)| idle(visit)).count() as u32
    }

    /// The door of a front, for pictures; only at the first of those that share it.
    pub(super) fn door_view(&self, front: u16) -> Option<DoorView> {
        let doors = self.doors.as_ref()?;
        let door = &doors.all[usize::from(doors.of.get(usize::from(front)).copied().flatten()?)];
        let count = door.desks.len() as u32;
        let all = |limit: Option<u32>| limit.map(|limit| limit.saturating_mul(count));
        (door.front == front).then(|| DoorView {
            clients: door.clients.value() as u32,
            attempts: door.desks.iter().map(|desk| desk.attempts).sum(),
            connections_limit: all(door.rules.connections),
            files_limit: all(door.rules.files),
            waiting: door.waiting.value() as u32,
            backlog: (door.rules.backlog + 1).saturating_mul(count),
            busy: door.busy.value() as u32,
            cores: door.rules.cores * count,
            accepted: door.counts.accepted,
            requests: door.counts.requests,
            idle: if front == 0 { self.idle_clients() } else { 0 },
            closed: door.counts.closed,
            refused: door.counts.refused,
            dropped: door.counts.dropped,
            clients_level: door.clients,
            waiting_level: door.waiting,
            busy_level: door.busy,
        })
    }
}

impl Desk {
    /// What is half empty again may be news when it is full the next time.
    fn calm(&mut self, rules: &Limits) {
        if self.told.is_empty() && self.since.is_none() {
            return;
        }
        let half = |limit: Option<u32>| limit.is_none_or(|limit| (self.clients + self.attempts) * 2 <= limit);
        let (slots, files) = (half(rules.connections), half(rules.files));
        let line = self.line.len();
        self.told.retain(|what| match what {
            Resource::Connections => !slots,
            Resource::Files => !files,
            Resource::Backlog => line * 2 > rules.backlog,
            _ => line > 0,
        });
        if line == 0 {
            self.since = None;
        }
    }
}

/// The same for a request with marks.
#[cold]
const fn status_with(door: u8, outcome: Outcome, product: &Product) -> u16 {
    if matches!(outcome, Outcome::ClientGaveUp) {
        outcome.status_behind(product)
    } else if door & CUT != 0 {
        0
    } else if door & SHORT != 0 && matches!(product.passive, Passive::LastFailure) {
        // nginx: "worker_connections are not enough while connecting to upstream".
        500
    } else {
        outcome.status_behind(product)
    }
}

fn tell(now: SimTime, service: ServiceId, what: Option<Resource>, probe: &mut impl Probe) {
    if let Some(resource) = what {
        probe.observe(now, &Observation::BalancerFull { service, resource });
    }
}
