//! Worlds in which none of the optional parts is in use: only sources, balancers, replicas that share their CPU, and
//! delays.
//!
//! What a request meets on its way asks at some hundred places whether a part of the world is there that most worlds
//! do not have. Whether all of them are missing is worked out once, from the model, and again after each change. The
//! functions of the way know it as the constant `PLAIN`: they are compiled twice from one text, and in a plain world
//! ask nothing. `PLAIN` may only leave out what is not there; so [`Engine::step`], which never uses it, does the same
//! as [`Engine::run_until`], event by event.

use super::Engine;
use crate::scenario::{CpuModel, Model, ReplicaModel, Way};

/// Whether a replica has nothing that can run out but its workers, its CPU and its backlog.
fn is_plain_replica(model: &ReplicaModel) -> bool {
    model.worker_timeout.is_none()
        && model.files.is_none()
        && model.connections.is_none()
        && model.shed_above.is_none()
        && model.memory.is_none()
        && model.ram.connection.0 == 0
        && model.ram.request.0 == 0
        && model.cpu_model != CpuModel::Cfs
}

/// Whether a model has nothing but that.
fn is_plain(model: &Model) -> bool {
    let clients = model.way == Way::Balancer
        && model.retry.is_none()
        && model.hedge.is_none()
        && model.clients.is_none()
        && !model.slow
        && !model.bodies;
    let classes =
        model.classes.iter().all(|class| class.steps.is_empty() && class.own.is_none() && class.memory == 0);
    let services = model.services.iter().all(|service| {
        service.broker.is_none()
            && is_plain_replica(&service.plain)
            && service.special.iter().all(|(_, own)| is_plain_replica(own))
    });
    let host = model.host.cores.is_none() && model.host.memory.is_none();
    clients && classes && services && host && model.network().is_none() && model.dependencies.is_empty()
}

impl Engine {
    /// To be called after whatever may bring a part into the world. A world that has once had one is not plain any
    /// more: something of it may still be under way.
    pub(super) fn check_plain(&mut self) {
        let parts = self.doors.is_some()
            || self.sockets.is_some()
            || self.probing.is_some()
            || self.explaining.is_some()
            || self.cuts
            || self.errors;
        self.plain = self.plain
            && !parts
            && is_plain(&self.model)
            && self.replicas.iter().all(|replica| {
                let faults = &replica.faults;
                let breaks = faults.frozen || faults.fail_fast || faults.leak_requests > 0;
                is_plain_replica(&replica.model) && !breaks
            });
    }
}
