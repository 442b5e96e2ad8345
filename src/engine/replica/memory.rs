//! What a replica runs out of: memory, and who is told.

use super::super::{Engine, Probe};
use super::CPU_FULL;
use crate::observe::{DownCause, MemoryParts, Observation, Resource};
use crate::units::ReplicaId;

impl Engine {
    /// Memory grows; whether the replica has survived that.
    #[inline]
    pub(super) fn grow(
        &mut self,
        id: u32,
        add: impl FnOnce(&mut MemoryParts, &crate::scenario::Ram),
        probe: &mut impl Probe,
    ) -> bool {
        let now = self.now;
        let replica = &mut self.replicas[id as usize];
        add(&mut replica.parts, &replica.model.ram);
        let over = replica.measure_memory(now);
        if over {
            self.alarm(id, Resource::Memory, probe);
            self.die(id, DownCause::OutOfMemory, probe);
        } else {
            self.press(id);
        }
        !over
    }

    /// A user has logged in: the replica keeps the session in its memory.
    pub(in super::super) fn keep_session_at(&mut self, id: u32, probe: &mut impl Probe) {
        self.replica(id).sessions += 1;
        self.grow(id, |parts, ram| parts.sessions += ram.session.0, probe);
    }

    pub(in super::super) fn forget_session_at(&mut self, id: u32) {
        let now = self.now;
        let replica = self.replica(id);
        replica.sessions -= 1;
        replica.parts.sessions -= replica.model.ram.session.0;
        replica.measure_memory(now);
        self.press(id);
    }

    /// Memory in use has changed: where it slows the replica, so has its pace.
    #[inline]
    pub(super) fn press(&mut self, id: u32) {
        let model = &self.replicas[id as usize].model;
        if model.ram.pressure_from < 1.0 && model.memory.is_some() {
            self.set_pace(id);
        }
    }

    pub(super) fn alarm(&mut self, id: u32, resource: Resource, probe: &mut impl Probe) {
        let now = self.now;
        let replica = self.replica(id);
        let sessions = replica.sessions;
        if replica.alarms.raise(resource, now) {
            probe.observe(now, &Observation::Exhausted { replica: ReplicaId(id), resource, sessions });
        }
    }

    /// Notes since when the whole quota is in use.
    #[inline]
    pub(super) fn watch_cpu(&mut self, id: u32, probe: &mut impl Probe) {
        let now = self.now;
        let replica = &mut self.replicas[id as usize];
        if !replica.cpu.saturated() {
            // A worker that is free for an instant between two requests is still a full one.
            if replica.backlog.len() == 0 {
                replica.alarms.cpu_full_since = None;
            }
            return;
        }
        let since = *replica.alarms.cpu_full_since.get_or_insert(now);
        if now.since(since) >= CPU_FULL {
            self.alarm(id, Resource::Cpu, probe);
        }
    }
}
