//! A connection attempt at a replica: accepted, put into the backlog, refused, or dropped without a word.

use super::super::queue::EventKey;
use super::super::request::Phase;
use super::super::{Engine, Probe};
use super::Replica;
use crate::observe::{MemoryParts, Outcome, Resource};
use crate::scenario::Ram;

impl Replica {
    /// Whether it has as many connections as it may have.
    #[inline]
    fn is_full(&self) -> bool {
        self.model.connections.is_some_and(|limit| self.connections().value() >= u64::from(limit))
    }

    /// Whether it answers everything at once, with an error.
    #[inline]
    fn fails_fast(&self) -> bool {
        self.rest.faults.fail_fast && !self.rest.faults.frozen
    }

    /// Whether a connection attempt is accepted, or a request on a connection that is `known`.
    #[inline(always)]
    fn accepts(&self, known: bool) -> bool {
        self.listens() && !self.fails_fast() && (known || !self.is_full()) && !self.sheds()
    }
}

impl Engine {
    /// A connection attempt reaches the replica.
    pub(in super::super) fn at_replica<const PLAIN: bool>(&mut self, request: u32, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        if body.unwanted {
            self.release(request);
            return;
        }
        (body.arrived, body.watchdog) = (self.now, EventKey::NONE);
        let (id, front) = (body.replica, body.front);
        if PLAIN {
            self.come_in(request, id, front, probe);
        } else {
            self.accept(request, id, front, probe);
        }
    }

    /// The same without any time in between.
    #[inline(always)]
    pub(in super::super) fn accept(&mut self, request: u32, id: u32, front: u16, probe: &mut impl Probe) {
        if self.stops_on_the_way(request, id, probe) {
            return;
        }
        let known = self.is_on_kept(request);
        let replica = &mut self.replicas[id as usize];
        if !replica.accepts(known) {
            self.turn_away(request, probe);
            return;
        }
        let waits = replica.backlog.len() > 0 || !replica.has_free_worker() || !replica.has_file();
        if waits {
            if !known && replica.backlog.len() > replica.model.backlog {
                self.backlog_full(request, probe);
                return;
            }
            replica.backlog.push(&mut self.requests, request);
            self.requests[request].phase = Phase::Waiting;
            if replica.model.files.is_some() {
                self.watch_files(id, probe);
            }
        }
        let alive = self.connect(request, id, front, probe);
        if waits {
            return;
        }
        if alive {
            self.serve(request, id, probe);
            self.schedule_done(id);
        } else {
            // Its own connection was too much: it died with the rest, but was on no list yet.
            self.fail_attempt(request, Outcome::OutOfMemory, probe);
        }
    }

    /// The replica does not accept a connection attempt.
    #[cold]
    fn turn_away(&mut self, request: u32, probe: &mut impl Probe) {
        let id = self.requests[request].replica;
        let replica = self.replica(id);
        if !replica.listens() {
            self.refuse(request, Outcome::ConnectionRefused, probe);
        } else if replica.fails_fast() {
            replica.answered += 1;
            self.fail_attempt(request, Outcome::ErrorResponse, probe);
        } else if replica.sheds() {
            self.shed(request, probe);
        } else {
            self.alarm(id, Resource::Connections, probe);
            self.refuse(request, Outcome::NoFreeConnection, probe);
        }
    }

    /// The connection is established; whether the replica has survived that.
    #[inline(always)]
    fn connect(&mut self, request: u32, id: u32, front: u16, probe: &mut impl Probe) -> bool {
        self.await_answer(request, front);
        let known = self.hold_connection(request);
        let replica = &mut self.replicas[id as usize];
        replica.in_system.up(self.now);
        if replica.apart && !known {
            replica.rest.connections.up(self.now);
        }
        let limited = replica.model.connections.is_some();
        (!replica.weighs && !limited) || self.has_connected(request, id, known, probe)
    }

    /// What follows from a connection where it is one of a few, or takes memory; whether the replica has survived
    /// that.
    fn has_connected(&mut self, request: u32, id: u32, known: bool, probe: &mut impl Probe) -> bool {
        let size = self.body_size(request);
        if known {
            return size == 0 || self.grow(id, |parts, _| parts.bodies += size, probe);
        }
        if self.replicas[id as usize].is_full() {
            self.alarm(id, Resource::Connections, probe);
        }
        let add = |parts: &mut MemoryParts, ram: &Ram| {
            parts.connections += ram.connection.0;
            parts.bodies += size;
        };
        self.grow(id, add, probe)
    }

    /// What the replica holds of the request's body from its connection to its end; nothing for a job.
    #[inline(always)]
    pub(super) fn body_size(&self, request: u32) -> u64 {
        if !self.model.bodies {
            return 0;
        }
        let body = &self.requests[request];
        if body.is_job() { 0 } else { self.model.classes[usize::from(body.class)].body }
    }

    /// The replica turns a connection attempt away.
    pub(super) fn refuse(&mut self, request: u32, outcome: Outcome, probe: &mut impl Probe) {
        let now = self.now;
        let id = self.requests[request].replica;
        let replica = self.replica(id);
        replica.rest.refused += 1;
        replica.rest.refused_at = Some(now);
        self.fail_attempt(request, outcome, probe);
    }

    /// The backlog is full: the kernel drops the attempt without a word.
    fn backlog_full(&mut self, request: u32, probe: &mut impl Probe) {
        let now = self.now;
        let id = self.requests[request].replica;
        let replica = self.replica(id);
        replica.rest.refused += 1;
        replica.rest.refused_at = Some(now);
        self.alarm(id, Resource::Backlog, probe);
        self.drop_silently(request, Outcome::BacklogOverflow);
    }
}
