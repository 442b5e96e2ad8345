//! Workers that are killed and replaced.
//!
//! A worker process of one thread that has had a request for longer than its timeout is killed by its master
//! (gunicorn's sync workers). The request ends with an error answer, and its place is gone until a new worker has
//! booted. Workers with several threads answer their master from another thread and are spared.

use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::{Engine, Probe};
use super::FREE;
use crate::observe::{Observation, Outcome};
use crate::units::ReplicaId;

impl Engine {
    /// The worker has its request: its time runs.
    #[inline]
    pub(super) fn watch_worker(&mut self, request: u32) {
        let id = self.requests[request].replica;
        if let Some(timeout) = self.replicas[id as usize].model.worker_timeout {
            let event = Event::WorkerTimeout { request };
            self.requests[request].watchdog = self.queue.schedule_after(self.now, timeout, event);
        }
    }

    #[inline]
    pub(in super::super) fn stop_watching(&mut self, request: u32) {
        let watchdog = std::mem::replace(&mut self.requests[request].watchdog, EventKey::NONE);
        self.queue.cancel(watchdog);
    }

    /// The master kills the worker.
    pub(in super::super) fn worker_timeout(&mut self, request: u32, probe: &mut impl Probe) {
        let now = self.now;
        self.requests[request].watchdog = EventKey::NONE;
        let (id, place) = (self.requests[request].replica, self.requests[request].slot);
        let boot = self.replicas[id as usize].model.worker_boot;
        let booted = self.queue.schedule(now + boot, Event::WorkerBooted { replica: id });
        let replica = self.replica(id);
        replica.booting.push((booted, place));
        replica.cpu.take_out(now, place);
        self.leave(request, probe);
        // The place is no longer free but gone, until the new worker is there.
        self.replica(id).free_places.retain(|&free| free != place);
        self.watch_cpu(id, probe);
        self.schedule_done(id);
        self.emptied(id, probe);
        let worker = place + 1;
        probe.observe(now, &Observation::WorkerKilled { replica: ReplicaId(id), worker });
        self.stop_timer(request);
        if self.requests[request].unwanted {
            self.release(request);
        } else {
            self.fail_attempt(request, Outcome::WorkerKilled, probe);
        }
    }

    /// The new worker takes the oldest connection of the backlog.
    pub(in super::super) fn worker_booted(&mut self, id: u32, probe: &mut impl Probe) {
        let replica = self.replica(id);
        if replica.booting.is_empty() {
            return;
        }
        // All boots of a replica take equally long: the first is the one.
        let (_, place) = replica.booting.remove(0);
        debug_assert!(replica.places[place as usize] == FREE, "somebody works where nobody can");
        replica.free_places.push(place);
        self.next_waiting(id, probe);
        self.schedule_done(id);
    }

    /// No worker boots any more: the container is gone.
    pub(in super::super) fn stop_booting(&mut self, id: u32) {
        for (booted, _) in std::mem::take(&mut self.replica(id).booting) {
            self.queue.cancel(booted);
        }
    }
}
