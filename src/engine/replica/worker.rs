//! Workers that are killed and replaced.
//!
//! A worker process of one thread that has had a request for longer than its timeout is killed by its master
//! (gunicorn's sync workers). The request ends with an error answer, and its place is gone until a new worker has
//! booted. Workers with several threads answer their master from another thread and are spared.

use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::{Engine, Probe};
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
        self.requests[request].watchdog = EventKey::NONE;
        let (id, place) = (self.requests[request].replica, self.requests[request].slot);
        let worker = place / self.replicas[id as usize].threads();
        self.kill_worker(id, worker, Outcome::WorkerKilled, probe);
    }

    /// A worker dies, and what it had ends with `outcome`.
    pub(super) fn kill_worker(&mut self, id: u32, worker: u32, outcome: Outcome, probe: &mut impl Probe) {
        let now = self.now;
        let boot = self.replicas[id as usize].model.worker_boot;
        let booted = self.queue.schedule(now + boot, Event::WorkerBooted { replica: id });
        let replica = self.replica(id);
        let threads = replica.threads();
        let first = worker * threads;
        let lost: Vec<u32> = replica.places.on(first, threads).collect();
        for &request in &lost {
            let place = self.requests[request].slot;
            self.replica(id).cpu.take_out(now, place);
            self.leave(request, probe);
        }
        // The places are no longer free but gone, until the new worker is there.
        let replica = self.replica(id);
        replica.places.withdraw(first, threads);
        replica.rest.booting.push((booted, first, threads));
        replica.absent += threads;
        // The files of those who went are free, also for workers that are there.
        if replica.model.files.is_some() {
            self.next_waiting(id, probe);
        }
        self.watch_cpu(id, probe);
        self.schedule_done(id);
        self.emptied(id, probe);
        let memory = outcome == Outcome::OutOfMemory;
        let killed = Observation::WorkerKilled { replica: ReplicaId(id), worker: worker + 1, memory };
        probe.observe(now, &killed);
        for request in lost {
            self.stop_timer(request);
            if self.requests[request].unwanted {
                self.release(request);
            } else {
                self.fail_attempt(request, outcome, probe);
            }
        }
    }

    /// The new worker takes the oldest connections of the backlog.
    pub(in super::super) fn worker_booted(&mut self, id: u32, probe: &mut impl Probe) {
        let replica = self.replica(id);
        if replica.rest.booting.is_empty() {
            return;
        }
        // All boots of a replica take equally long: the first is the one.
        let (_, first, places) = replica.rest.booting.remove(0);
        replica.absent -= places;
        debug_assert!(replica.places.on(first, places).count() == 0, "somebody works where nobody can");
        (first..first + places).rev().for_each(|place| replica.places.free(place));
        (0..places).for_each(|_| self.next_waiting(id, probe));
        self.schedule_done(id);
    }

    /// No worker boots any more: the container is gone.
    pub(in super::super) fn stop_booting(&mut self, id: u32) {
        let replica = self.replica(id);
        replica.absent = 0;
        for (booted, _, _) in std::mem::take(&mut replica.rest.booting) {
            self.queue.cancel(booted);
        }
    }
}

impl super::Replica {
    /// Threads of a worker.
    pub(super) fn threads(&self) -> u32 {
        (self.model.concurrency / self.model.workers.max(1)).max(1)
    }
}
