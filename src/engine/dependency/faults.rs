//! What goes wrong with a dependency, and what becomes of those who use it then.

use super::super::arena::Fifo;
use super::super::{Engine, Probe};
use super::{Caller, Place};
use crate::observe::CallFailure;
use crate::scenario::FaultKind;

impl Engine {
    /// A dependency gets a fault.
    pub(in super::super) fn break_dependency(
        &mut self,
        d: usize,
        fault: FaultKind,
        amount: f64,
        probe: &mut impl Probe,
    ) {
        match fault {
            FaultKind::Slow => self.set_slow(d, amount),
            FaultKind::Gone => self.lose_dependency(d, probe),
            FaultKind::Flush => {
                if let Some(kept) = &mut self.dependencies[d].kept {
                    kept.flush(amount as u32);
                }
            }
            _ => {}
        }
    }

    /// A fault of a dependency ends, or all of them.
    pub(in super::super) fn heal_dependency(&mut self, d: usize, fault: Option<FaultKind>) {
        if fault.is_none_or(|fault| fault == FaultKind::Slow) {
            self.set_slow(d, 1.0);
        }
        if fault.is_none_or(|fault| fault == FaultKind::Gone) {
            self.dependencies[d].gone = false;
            self.wake_broker(d);
        }
    }

    fn set_slow(&mut self, d: usize, times: f64) {
        let now = self.now;
        let model = &self.model.dependencies[d];
        self.dependencies[d].slow = times;
        self.dependencies[d].set_pace(now, model);
        self.schedule_call_done(d);
    }

    /// The dependency is gone: every connection breaks, every call in it fails, and a cache is empty. Calls of a cache
    /// go on to what is behind it.
    fn lose_dependency(&mut self, d: usize, probe: &mut impl Probe) {
        let now = self.now;
        let dependency = &mut self.dependencies[d];
        if std::mem::replace(&mut dependency.gone, true) {
            return;
        }
        dependency.cpu.clear(now);
        dependency.queue = Fifo::new();
        dependency.rows.clear();
        dependency.pools.clear();
        dependency.in_progress.set(now, 0);
        dependency.connections.set(now, 0);
        dependency.waiting.set(now, 0);
        let is_cache = dependency.kept.is_some();
        if let Some(kept) = &mut dependency.kept {
            kept.flush(0);
        }
        self.schedule_call_done(d);
        self.lose_broker(d, probe);
        let inside = |call: &u32| {
            let body = &self.calls[*call];
            body.at() == d && matches!(body.place, Place::Pool | Place::Row | Place::Queue | Place::Running)
        };
        let inside: Vec<u32> = self.calls.slots().filter(inside).collect();
        for call in inside {
            let timer = std::mem::replace(&mut self.calls[call].timer, super::EventKey::NONE);
            self.queue.cancel(timer);
            if self.calls[call].caller == Caller::Nobody {
                self.free_call(call);
            } else if is_cache {
                self.fetch(call, probe);
            } else {
                self.fail_soon(call, CallFailure::Gone);
            }
        }
    }
}
