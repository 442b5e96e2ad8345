//! Requests in progress and the visits that they belong to.

use super::arena::{Linked, Links, NONE};
use super::balancer::Cookies;
use super::network::Link;
use super::queue::EventKey;
use crate::observe::{Observation, Outcome};
use crate::rng::Stream;
use crate::units::{ClassId, ReplicaId, SimDuration, SimTime};

/// Where a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// With its client, which pauses before it asks again.
    Pausing,
    /// Between client and balancer.
    ToBalancer,
    /// Its client is still sending it to the balancer, which waits for the end.
    Sending,
    /// In the balancer's listen backlog.
    AtDoor,
    /// Dropped there; its client's kernel will try again.
    Knocking,
    /// In the balancer's queue.
    Queued,
    /// In the balancer, which will try it again after a pause.
    Paused,
    /// Between balancer and replica.
    ToReplica,
    /// Dropped by a full backlog; the sender will try again.
    Dropped,
    /// In the replica's listen backlog.
    Waiting,
    /// In service, on the CPU.
    Running,
    /// In service: it holds its worker and waits for something else than the CPU.
    Held,
    /// In service without a worker: what it waits for does not hold an event loop.
    Parked,
    /// Its answer, or the news of its failure, is on the way to the balancer.
    Answered,
    /// Its answer does not get through to the balancer.
    Stuck,
    /// It does not get through to its replica, on an established connection.
    StuckThere,
    /// Its answer is on the way to the client.
    ToClient,
    /// Nowhere: the slot is free.
    Free,
}

/// Who has asked for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A client, or nobody who still wants it.
    Client,
    /// A request at another service, with this call.
    Call(u32),
    /// A broker with this message; nobody, when it is delivered to another meanwhile.
    Job(u32),
}

/// A request from its asking until nobody holds it any more.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub number: u64,
    /// When its client asked first; see [`Self::born`].
    pub first: SimTime,
    pub demand: SimDuration,
    /// What the address of its client comes from: the client itself, unless clients share addresses.
    pub client: u64,
    /// The visit it belongs to, or none.
    pub visit: u32,
    pub class: u16,
    pub phase: Phase,
    /// How the current attempt, and with it perhaps the request, ended.
    pub outcome: Outcome,
    /// Its client has left: the ledger has closed it, and what still happens to it is for nobody.
    pub unwanted: bool,
    /// The balancer counts it as in flight on its member.
    pub held: bool,
    /// What it has of a balancer that has limits; see there.
    pub door: u8,
    /// Attempts since its client asked last.
    pub attempts: u32,
    /// Replica of the current attempt.
    pub replica: u32,
    /// The balancer's connection for the current attempt.
    pub connection: u32,
    /// Its place among those in service there; its ticket while it waits in the balancer.
    pub slot: u32,
    /// Which front it goes through, and which instance of that has it.
    pub front: u16,
    pub instance: u16,
    /// Who has asked.
    pub origin: Origin,
    /// Its way through its steps, while a replica is at it.
    pub progress: u32,
    /// The algorithm's note on it.
    pub memo: u64,
    /// When the balancer handed it over, when it reached the replica, and when its service began.
    pub dispatched: SimTime,
    pub arrived: SimTime,
    pub started: SimTime,
    /// Connection attempts of this attempt that were dropped: Linux makes a handful.
    pub drops: u8,
    pub links: Links,
    /// The client's time-out.
    pub patience: EventKey,
    /// The balancer's time-out, or the next connection attempt.
    pub timer: EventKey,
    /// When its worker is killed.
    pub watchdog: EventKey,
    /// Of one that was asked for or attempted more than once.
    past: Option<Box<Past>>,
}

/// There may be a million of them: what few have belongs elsewhere.
const _: () = assert!(size_of::<Request>() <= 152);

/// What has been before the present attempt.
#[derive(Debug, Clone)]
pub(super) struct Past {
    /// How often its client has asked, and the pause before the last time.
    pub tries: u32,
    pub pause: SimDuration,
    /// When its client asked last, where that was not the first time.
    pub asked: Option<SimTime>,
    /// Attempts before its client asked last.
    pub earlier: u32,
    /// Members tried since then.
    pub tried: Vec<u32>,
    /// When its client has sent all of it, where that takes time.
    pub whole: SimTime,
}

impl Past {
    /// That of a request at its first attempt.
    const NONE: &Self = &Self {
        tries: 1,
        pause: SimDuration::ZERO,
        asked: None,
        earlier: 0,
        tried: Vec::new(),
        whole: SimTime::ZERO,
    };
}

impl Linked for Request {
    #[inline]
    fn links(&mut self) -> &mut Links {
        &mut self.links
    }

    #[inline]
    fn after(&self) -> u32 {
        self.links.after()
    }
}

impl Request {
    #[inline]
    pub(super) fn new(number: u64, born: SimTime, class: u16, demand: SimDuration, visit: u32) -> Self {
        Self {
            number,
            first: born,
            demand,
            client: number,
            visit,
            class,
            phase: Phase::ToBalancer,
            outcome: Outcome::Ok,
            unwanted: false,
            held: false,
            door: 0,
            attempts: 0,
            replica: NONE,
            connection: NONE,
            slot: NONE,
            front: 0,
            instance: 0,
            origin: Origin::Client,
            progress: NONE,
            memo: 0,
            dispatched: born,
            arrived: born,
            started: born,
            drops: 0,
            links: Links::NONE,
            patience: EventKey::NONE,
            timer: EventKey::NONE,
            watchdog: EventKey::NONE,
            past: None,
        }
    }

    /// It is handed to a replica.
    #[inline(always)]
    pub(super) const fn begin_attempt(&mut self, replica: u32, now: SimTime) {
        self.attempts += 1;
        self.replica = replica;
        (self.dispatched, self.arrived, self.started) = (now, now, now);
        self.watchdog = EventKey::NONE;
        self.drops = 0;
        self.phase = Phase::ToReplica;
        // From now on it is in flight on the replica, as its front counts.
        self.held = true;
    }

    /// What is to be told when its attempt ends.
    #[inline(always)]
    pub(super) fn ended(&self, outcome: Outcome, now: SimTime) -> Observation {
        Observation::AttemptEnded {
            request: self.number,
            replica: ReplicaId(self.replica),
            outcome,
            waiting: self.started.since(self.arrived),
            sojourn: now.since(self.arrived),
        }
    }

    /// What is to be told when it ends for its client.
    #[inline(always)]
    pub(super) fn closed(&self, outcome: Outcome, status: u16, now: SimTime) -> Observation {
        Observation::Ended {
            request: self.number,
            class: ClassId(u32::from(self.class)),
            outcome,
            status,
            response_time: now.since(self.first),
            attempts: self.past().earlier + self.attempts,
        }
    }

    /// When its client asked last.
    pub(super) fn born(&self) -> SimTime {
        self.past().asked.unwrap_or(self.first)
    }

    /// What has been before the present attempt.
    #[inline]
    pub(super) fn past(&self) -> &Past {
        self.past.as_deref().unwrap_or(Past::NONE)
    }

    /// Whether there is none of that.
    #[inline]
    pub(super) const fn is_first(&self) -> bool {
        self.past.is_none()
    }

    /// The same, to be added to.
    pub(super) fn past_mut(&mut self) -> &mut Past {
        self.past.get_or_insert_with(|| Box::new(Past::NONE.clone()))
    }
}

impl Request {
    /// Whether it is a job of a background worker, which has no connection.
    #[inline]
    pub(super) const fn is_job(&self) -> bool {
        matches!(self.origin, Origin::Job(_))
    }
}

/// Where a visit's session is kept: a replica, and which life of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Home {
    pub replica: u32,
    pub life: u32,
}

/// A user of a closed source, or a session of an open one: somebody who asks more than once.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub source: u32,
    /// Which visit of the run it is, and how many requests it has asked.
    pub number: u64,
    pub asked: u64,
    /// By how many bytes the session has grown where it is kept.
    pub basket: u64,
    /// Draws of its own, so that what it does never shifts another's.
    pub stream: Stream,
    /// Hash of its address.
    pub client: u64,
    /// Requests left in this session; without sessions, always 1.
    pub left: u32,
    /// Whether the user is there; a session may be kept for one who has left.
    pub active: bool,
    /// Whether the login of this session has succeeded.
    pub logged_in: bool,
    /// The session's state was lost, and counted as lost.
    pub lost: bool,
    pub home: Option<Home>,
    /// The members that its cookies name.
    pub cookies: Cookies,
    /// Its connection to the balancer.
    pub link: Link,
    /// When the replica forgets it.
    pub expiry: EventKey,
    /// The slot is free.
    pub free: bool,
}
