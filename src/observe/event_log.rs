//! The notable things of a run, as data; the report puts them in words.

use std::net::IpAddr;

use serde::Serialize;

use super::{DependencyNews, DownCause, Health, Observation, Probe, ReplicaState, Resource};
use crate::units::{DependencyId, ReplicaId, ServiceId, SimTime};

/// Something that belongs in a log.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A replica became ready.
    Ready {
        /// Whether it had been down before.
        again: bool,
    },
    /// A replica is starting.
    Starting,
    /// A replica takes nothing new.
    Draining,
    /// A replica was removed.
    Removed,
    /// A replica died.
    Died {
        /// Why.
        cause: DownCause,
        /// Requests lost with it.
        requests: u32,
        /// Sessions lost with it.
        sessions: u32,
        /// When it starts again.
        back_at: Option<SimTime>,
    },
    /// A replica could not bind a host port.
    BindFailed {
        /// The port.
        port: u16,
        /// Whether a container holds it.
        docker: bool,
        /// Whether a whole range is taken.
        range: bool,
        /// On which address it is held.
        address: IpAddr,
        /// Whether only connections in TIME_WAIT are in the way.
        rests: bool,
    },
    /// A resource ran out.
    Exhausted {
        /// Which.
        resource: Resource,
        /// Sessions in memory then.
        sessions: u32,
    },
    /// A replica's health check has another result than before.
    Health {
        /// Its health now.
        health: Health,
    },
    /// An autoscaler changes the number of replicas.
    Scaled {
        /// Of which service.
        service: ServiceId,
        /// How many there were.
        from: u32,
        /// How many there are to be.
        to: u32,
        /// What it saw, as a multiple of its target; 1 when it only keeps to its bounds.
        ratio: f64,
    },
    /// A new version runs everywhere.
    RolledOut {
        /// Of which service.
        service: ServiceId,
    },
    /// The replicas on a host have more memory than it has.
    HostOutOfMemory {
        /// Which host, from 0.
        host: u32,
    },
    /// A worker was killed since its request took too long, or for its memory.
    WorkerKilled {
        /// Which, from 1.
        worker: u32,
        /// Whether for its memory.
        memory: bool,
    },
    /// The balancer's queue ran full.
    QueueFull {
        /// Before which service.
        service: ServiceId,
    },
    /// Something of a balancer itself ran out.
    BalancerFull {
        /// Before which service.
        service: ServiceId,
        /// What.
        resource: Resource,
    },
    /// So few replicas of a service are well that its balancer asks all of them, or enough are again.
    Panic {
        /// Which service.
        service: ServiceId,
        /// Whether it does so from now on.
        on: bool,
        /// Replicas that are well, of those that it knows.
        well: u32,
        /// How many it knows.
        known: u32,
    },
    /// The balancer's health checks take a replica off, or bring it back.
    Checked {
        /// Whether it is well now.
        up: bool,
        /// Checks in a row that said so.
        checks: u32,
    },
    /// The balancer leaves a replica out.
    LeftOut,
    /// News of a dependency.
    Dependency {
        /// Which.
        dependency: DependencyId,
        /// What.
        news: DependencyNews,
    },
    /// A worker went that had messages.
    MessagesBack {
        /// Of which broker.
        dependency: DependencyId,
        /// Messages that are delivered again, that are lost, and that had been delivered again too often.
        fates: [u32; 3],
    },
    /// A change was applied.
    Changed {
        /// Its place in the engine's list of changes.
        index: u32,
    },
    /// The first request failed in this way.
    FirstFailure {
        /// How.
        outcome: super::Outcome,
        /// The status that its client got; 0 when it got no answer.
        status: u16,
    },
}

/// An event, when, and on which replica.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LogEntry {
    /// When.
    pub at: SimTime,
    /// Which replica, where one is meant.
    pub replica: Option<ReplicaId>,
    /// What.
    pub event: Event,
}

/// A probe that keeps what is notable, up to a limit.
#[derive(Debug, Clone, Default)]
pub struct EventLog {
    entries: Vec<LogEntry>,
    dropped: u64,
    was_ready: Vec<bool>,
    failed: [bool; super::outcome::OUTCOME_COUNT],
}

/// The most entries that a log keeps.
const LIMIT: usize = 10_000;

impl EventLog {
    /// The entries in order of time.
    #[must_use]
    pub fn entries(&self) -> &[LogEntry] {
        &self.entries
    }

    /// Entries that found no place.
    #[must_use]
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    fn push(&mut self, at: SimTime, replica: Option<ReplicaId>, event: Event) {
        if self.entries.len() < LIMIT {
            self.entries.push(LogEntry { at, replica, event });
        } else {
            self.dropped += 1;
        }
    }

    fn state(&mut self, replica: ReplicaId, state: ReplicaState) -> Option<Event> {
        match state {
            ReplicaState::Starting => Some(Event::Starting),
            ReplicaState::Draining => Some(Event::Draining),
            ReplicaState::Removed => Some(Event::Removed),
            ReplicaState::Ready => {
                let place = replica.index();
                self.was_ready.resize(self.was_ready.len().max(place + 1), false);
                let again = std::mem::replace(&mut self.was_ready[place], true);
                Some(Event::Ready { again })
            }
            _ => None,
        }
    }
}

impl Probe for EventLog {
    #[inline]
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        let (replica, event) = match *seen {
            Observation::Ended { outcome, status, .. } => {
                if outcome == super::Outcome::Ok
                    || std::mem::replace(&mut self.failed[outcome as usize], true)
                {
                    return;
                }
                (None, Event::FirstFailure { outcome, status })
            }
            Observation::State { replica, state } => match self.state(replica, state) {
                Some(event) => (Some(replica), event),
                None => return,
            },
            Observation::Died { replica, cause, requests, sessions, back_at } => {
                (Some(replica), Event::Died { cause, requests, sessions, back_at })
            }
            Observation::BindFailed { replica, port, docker, range, address, rests } => {
                (Some(replica), Event::BindFailed { port, docker, range, address, rests })
            }
            Observation::Exhausted { replica, resource, sessions } => {
                (Some(replica), Event::Exhausted { resource, sessions })
            }
            // That a check has not passed yet is no news; nor that it has, with the start of the run.
            Observation::Health { replica, health } if now.0 > 0 && health != Health::Starting => {
                (Some(replica), Event::Health { health })
            }
            Observation::WorkerKilled { replica, worker, memory } => {
                (Some(replica), Event::WorkerKilled { worker, memory })
            }
            Observation::Scaled { service, from, to, ratio } => {
                (None, Event::Scaled { service, from, to, ratio })
            }
            Observation::RolledOut { service, .. } => (None, Event::RolledOut { service }),
            Observation::HostOutOfMemory { host } => (None, Event::HostOutOfMemory { host }),
            Observation::QueueFull { service } => (None, Event::QueueFull { service }),
            Observation::BalancerFull { service, resource } => {
                (None, Event::BalancerFull { service, resource })
            }
            Observation::Panic { service, on, well, known } => {
                (None, Event::Panic { service, on, well, known })
            }
            Observation::Checked { replica, up, checks } => (Some(replica), Event::Checked { up, checks }),
            Observation::LeftOut { replica } => (Some(replica), Event::LeftOut),
            Observation::Dependency { dependency, news } => (None, Event::Dependency { dependency, news }),
            Observation::MessagesBack { broker, replica, again, lost, dead } => {
                (Some(replica), Event::MessagesBack { dependency: broker, fates: [again, lost, dead] })
            }
            Observation::Changed { index } => (None, Event::Changed { index }),
            _ => return,
        };
        self.push(now, replica, event);
    }
}
