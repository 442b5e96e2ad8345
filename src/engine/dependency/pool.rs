//! Connections to a dependency: kept by each replica, or one for each call.

use super::super::arena::{Fifo, NONE};
use super::super::event::Event;
use super::super::queue::EventKey;
use super::super::{Engine, Probe};
use super::{Call, Place};
use crate::observe::{CallFailure, DependencyNews};

/// What one replica keeps.
#[derive(Debug, Clone)]
pub(super) struct Connections {
    open: u32,
    idle: u32,
    waiting: Fifo,
}

impl Connections {
    const NONE: Self = Self { open: 0, idle: 0, waiting: Fifo::new() };
}

impl Engine {
    fn pool_of(&mut self, call: u32) -> &mut Connections {
        let (d, replica) = (self.calls[call].at(), self.calls[call].replica as usize);
        let pools = &mut self.dependencies[d].pools;
        if pools.len() <= replica {
            pools.resize(replica + 1, Connections::NONE);
        }
        &mut pools[replica]
    }

    /// The call takes a connection, opens one, waits for one, or fails.
    pub(super) fn connect_call(&mut self, call: u32, probe: &mut impl Probe) {
        let d = self.calls[call].at();
        let Some(limits) = self.model.dependencies[d].pool.clone() else {
            if self.open_connection(d, probe) {
                self.start_call(call);
            } else {
                self.fail_soon(call, CallFailure::ConnectionLimit);
            }
            return;
        };
        let pool = self.pool_of(call);
        if pool.idle > 0 {
            pool.idle -= 1;
            self.start_call(call);
        } else if pool.open < limits.size {
            if self.open_connection(d, probe) {
                self.pool_of(call).open += 1;
                self.start_call(call);
            } else {
                self.fail_soon(call, CallFailure::ConnectionLimit);
            }
        } else if pool.waiting.len() < limits.queue {
            self.wait_for_connection(call, limits.timeout);
            self.tell_dependency(d, DependencyNews::PoolUsedUp, probe);
        } else {
            self.tell_dependency(d, DependencyNews::PoolUsedUp, probe);
            self.fail_soon(call, CallFailure::PoolFull);
        }
    }

    fn wait_for_connection(&mut self, call: u32, timeout: crate::units::SimDuration) {
        let now = self.now;
        let (d, replica) = (self.calls[call].at(), self.calls[call].replica as usize);
        let dependency = &mut self.dependencies[d];
        dependency.pools[replica].waiting.push(&mut self.calls, call);
        dependency.waiting.up(now);
        self.calls[call].place = Place::Pool;
        if timeout < crate::units::SimDuration::FOREVER {
            self.calls[call].timer = self.queue.schedule_after(now, timeout, Event::PoolTimeout { call });
        }
    }

    fn open_connection(&mut self, d: usize, probe: &mut impl Probe) -> bool {
        let limit = self.model.dependencies[d].connections;
        let dependency = &mut self.dependencies[d];
        let free = limit.is_none_or(|limit| dependency.connections.value() < u64::from(limit));
        if free {
            dependency.connections.up(self.now);
        } else {
            self.tell_dependency(d, DependencyNews::ConnectionLimit, probe);
        }
        free
    }

    pub(super) fn leave_pool(&mut self, call: u32) {
        let (d, replica) = (self.calls[call].at(), self.calls[call].replica as usize);
        self.dependencies[d].pools[replica].waiting.remove(&mut self.calls, call);
    }

    pub(in super::super) fn pool_timeout(&mut self, call: u32, probe: &mut impl Probe) {
        let now = self.now;
        self.calls[call].timer = EventKey::NONE;
        self.leave_pool(call);
        self.dependency(call).waiting.down(now);
        self.settle(call, Err(CallFailure::PoolTimeout), probe);
    }

    /// The call gives its connection back, to the next that waits for one; or closes it, where nobody keeps it.
    pub(super) fn disconnect_call(&mut self, call: u32) {
        let now = self.now;
        let Call { replica, life, .. } = self.calls[call];
        let d = self.calls[call].at();
        let pooled = self.model.dependencies[d].pool.is_some();
        if !pooled || self.replicas[replica as usize].rest.life != life {
            self.dependencies[d].connections.down(now);
            return;
        }
        let pool = &mut self.dependencies[d].pools[replica as usize];
        let Some(next) = pool.waiting.pop(&mut self.calls) else {
            pool.idle += 1;
            return;
        };
        self.dependencies[d].waiting.down(now);
        let timer = std::mem::replace(&mut self.calls[next].timer, EventKey::NONE);
        self.queue.cancel(timer);
        self.start_call(next);
    }

    /// The replica has died: the connections that it kept are closed; those in use when their calls are over.
    pub(in super::super) fn close_pools(&mut self, replica: u32) {
        let now = self.now;
        for dependency in &mut self.dependencies {
            let Some(pool) = dependency.pools.get_mut(replica as usize) else { continue };
            debug_assert!(
                pool.waiting.head().unwrap_or(NONE) == NONE,
                "somebody dead waits for a connection"
            );
            let kept = std::mem::replace(pool, Connections::NONE);
            let open = dependency.connections.value() - u64::from(kept.idle);
            dependency.connections.set(now, open);
        }
    }
}
