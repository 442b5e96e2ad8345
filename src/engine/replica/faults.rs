//! What goes wrong with a replica while its process lives.
//!
//! A fault stays over a restart (a bad deployment or a bad machine), except that a process that hangs is a new
//! one then, and that leaked memory is free again. Leaks are taken in steps of 100 ms.

use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::{Engine, Probe};
use crate::observe::Faults;
use crate::scenario::FaultKind;
use crate::units::SimDuration;

/// How often a leak is counted.
const LEAK_STEP: SimDuration = SimDuration(1_000_000_000 / STEPS_PER_SECOND);
const STEPS_PER_SECOND: u64 = 10;

impl Engine {
    /// A replica gets a fault.
    pub(in super::super) fn break_replica(&mut self, id: u32, fault: FaultKind, amount: f64) {
        let faults = &mut self.replica(id).rest.faults;
        match fault {
            FaultKind::Crash | FaultKind::Gone | FaultKind::Flush | FaultKind::ZoneLost => {}
            FaultKind::Freeze => faults.frozen = true,
            FaultKind::Slow => faults.slow = amount,
            FaultKind::Errors => faults.errors = amount,
            FaultKind::FailFast => faults.fail_fast = true,
            FaultKind::Leak => faults.leak = amount as u64,
            FaultKind::LeakRequests => faults.leak_requests = amount as u64,
            FaultKind::Neighbour => faults.taken = amount,
            FaultKind::Partition => faults.partition = true,
        }
        self.weigh(id);
        self.cuts |= fault == FaultKind::Partition;
        self.errors |= fault == FaultKind::Errors;
        self.set_pace(id);
        self.start_leaking(id);
    }

    /// A fault of a replica ends, or all of them.
    pub(in super::super) fn heal(&mut self, id: u32, fault: Option<FaultKind>) {
        let well = Faults::default();
        let faults = &mut self.replica(id).rest.faults;
        match fault {
            None => *faults = well,
            Some(FaultKind::Crash | FaultKind::Gone | FaultKind::Flush | FaultKind::ZoneLost) => {}
            Some(FaultKind::Freeze) => faults.frozen = well.frozen,
            Some(FaultKind::Slow) => faults.slow = well.slow,
            Some(FaultKind::Errors) => faults.errors = well.errors,
            Some(FaultKind::FailFast) => faults.fail_fast = well.fail_fast,
            Some(FaultKind::Leak) => faults.leak = well.leak,
            Some(FaultKind::LeakRequests) => faults.leak_requests = well.leak_requests,
            Some(FaultKind::Neighbour) => faults.taken = well.taken,
            Some(FaultKind::Partition) => faults.partition = well.partition,
        }
        if !self.is_cut_off(id) {
            self.send_stuck(id);
            self.wake_employer(id);
        }
        self.weigh(id);
        self.set_pace(id);
        if self.replica(id).rest.faults.leak == 0 {
            self.stop_leaking(id);
        }
    }

    /// How fast the replica works now.
    pub(in super::super) fn set_pace(&mut self, id: u32) {
        let now = self.now;
        let replica = self.replica(id);
        let times = replica.rest.faults.slow * replica.pressure() * replica.rest.upkeep.cold;
        let pace = if replica.rest.faults.frozen { 0.0 } else { 1.0 / times };
        replica.cpu.set_pace(now, pace, 1.0 - replica.rest.faults.taken);
        self.schedule_done(id);
    }

    /// Whether the answer that is ready now is an error.
    pub(super) fn is_error(&mut self, id: u32) -> bool {
        let share = self.replicas[id as usize].rest.faults.errors;
        share > 0.0 && self.faults.unit() < share
    }

    /// A process that runs begins to leak when that is its fault.
    pub(in super::super) fn start_leaking(&mut self, id: u32) {
        let replica = &self.replicas[id as usize];
        if replica.rest.faults.leak > 0 && replica.state.is_alive() && replica.rest.leaking == EventKey::NONE
        {
            let next = self.queue.schedule(self.now + LEAK_STEP, Event::Leak { replica: id });
            self.replica(id).rest.leaking = next;
        }
    }

    pub(in super::super) fn stop_leaking(&mut self, id: u32) {
        let next = std::mem::replace(&mut self.replica(id).rest.leaking, EventKey::NONE);
        self.queue.cancel(next);
    }

    pub(in super::super) fn leak(&mut self, id: u32, probe: &mut impl Probe) {
        self.replica(id).rest.leaking = EventKey::NONE;
        let lost = self.replicas[id as usize].rest.faults.leak / STEPS_PER_SECOND;
        if self.grow(id, |parts, _| parts.leaked += lost, probe) {
            self.start_leaking(id);
        }
    }
}
