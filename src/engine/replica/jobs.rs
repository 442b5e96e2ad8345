//! Jobs of background workers: requests without a connection, which wait where others wait in the listen backlog.

use super::super::request::Phase;
use super::super::{Engine, Probe};
use crate::observe::Outcome;

impl Engine {
    /// A worker gets a job: a free place in service takes it, or it waits, prefetched, for the next. A worker that
    /// fails at once makes short work of it.
    pub(in super::super) fn take_job(&mut self, request: u32, message: u32, probe: &mut impl Probe) {
        let now = self.now;
        let id = self.requests[request].replica;
        let replica = &mut self.replicas[id as usize];
        if replica.rest.faults.fail_fast && !replica.rest.faults.frozen {
            self.requests[request].outcome = Outcome::ErrorResponse;
            self.job_over(request, message, probe);
            return;
        }
        replica.in_system.up(now);
        if replica.backlog.len() > 0 || !replica.has_free_worker() {
            replica.backlog.push(&mut self.requests, request);
            self.requests[request].phase = Phase::Waiting;
        } else {
            self.job_begins(message, id);
            self.serve(request, id, probe);
            self.schedule_done(id);
        }
    }

    /// A job that waits is taken back.
    pub(in super::super) fn withdraw(&mut self, request: u32) {
        let id = self.requests[request].replica;
        self.replicas[id as usize].backlog.remove(&mut self.requests, request);
        self.disconnect(request, id);
    }
}
