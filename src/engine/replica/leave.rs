//! A request leaves its replica: its worker, its memory and its connection are free.

use super::super::arena::NONE;
use super::super::queue::EventKey;
use super::super::request::{Phase, Request};
use super::super::{Engine, Probe};
use super::Replica;
use crate::units::SimTime;

impl Replica {
    /// A request leaves, and with it its connection, unless that `stays` open or there was none.
    #[inline(always)]
    fn disconnect(&mut self, stays: bool, now: SimTime) {
        self.in_system.down(now);
        if self.apart && !stays {
            self.rest.connections.down(now);
        }
    }
}

impl Engine {
    /// A request leaves its worker and its connection closes. The replica's next event must be scheduled anew.
    #[inline(always)]
    pub(super) fn leave(&mut self, request: u32, probe: &mut impl Probe) {
        let body = &self.requests[request];
        let (id, place, job) = (body.replica, body.slot, body.is_job());
        let plain = body.progress == NONE && body.watchdog == EventKey::NONE;
        if !plain {
            self.leave_steps(request, probe);
        }
        let stays = job || self.stays_open(request);
        let replica = &mut self.replicas[id as usize];
        if plain {
            replica.free_place(place, self.now);
        }
        replica.disconnect(stays, self.now);
        if replica.weighs {
            self.shrink(request, id, true, stays);
        }
    }

    /// The same for one that goes through steps, or whose worker is watched: it leaves its worker.
    fn leave_steps(&mut self, request: u32, probe: &mut impl Probe) {
        let Request { replica: id, slot: place, phase, .. } = self.requests[request];
        self.stop_watching(request);
        if phase == Phase::Parked {
            self.take_off_parked(request);
        } else {
            self.replicas[id as usize].free_place(place, self.now);
        }
        self.end_steps(request, probe);
    }

    /// The connection closes of a request that has waited in vain.
    pub(super) fn disconnect(&mut self, request: u32, id: u32) {
        let stays = self.requests[request].is_job() || self.stays_open(request);
        let replica = &mut self.replicas[id as usize];
        replica.disconnect(stays, self.now);
        if replica.weighs {
            self.shrink(request, id, false, stays);
        }
    }

    /// What a request had of a replica's memory is free.
    fn shrink(&mut self, request: u32, id: u32, served: bool, stays: bool) {
        let size = self.body_size(request);
        let own = self.model.classes[usize::from(self.requests[request].class)].memory;
        let replica = &mut self.replicas[id as usize];
        if served {
            replica.rest.parts.requests -= replica.model.ram.request.0 + own;
        }
        replica.rest.parts.bodies -= size;
        if !stays {
            replica.rest.parts.connections -= replica.model.ram.connection.0;
        }
        replica.measure_memory(self.now);
        if replica.model.memory.is_some() {
            self.press(id);
        }
    }

    /// A connection closes.
    pub(in super::super) fn drop_connection(&mut self, id: u32) {
        let now = self.now;
        let replica = &mut self.replicas[id as usize];
        replica.rest.connections.down(now);
        replica.rest.parts.connections -= replica.model.ram.connection.0;
        replica.measure_memory(now);
        self.press(id);
    }

    /// The client has gone and its work is to stop.
    pub(in super::super) fn take_out(&mut self, request: u32, probe: &mut impl Probe) {
        let now = self.now;
        self.stop_timer(request);
        let Request { replica: id, slot: place, phase, .. } = self.requests[request];
        if phase == Phase::Waiting {
            self.replicas[id as usize].backlog.remove(&mut self.requests, request);
            self.disconnect(request, id);
            return;
        }
        if phase == Phase::Running {
            self.replicas[id as usize].cpu.take_out(now, place);
        }
        self.leave(request, probe);
        self.watch_cpu(id, probe);
        self.next_waiting(id, probe);
        self.schedule_done(id);
        self.emptied(id, probe);
    }
}
