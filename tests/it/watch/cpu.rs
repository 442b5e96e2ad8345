//! What holds of a replica's CPU.

use doorbuster::observe::ReplicaView;
use doorbuster::scenario::Change;
use doorbuster::units::SimTime;

use super::{Watch, law};

impl Watch {
    /// Whether limits change. One that falls holds for those who come after; who is inside stays.
    pub(super) fn tuned(&self) -> bool {
        self.model.plan().iter().any(|timed| matches!(timed.change, Change::Tune { .. }))
    }

    /// At most the quota, and never less than before. Reading rounds by a nanosecond. Under the kernel's periods, a
    /// moment may see the whole quota of two, and each life begins with a fresh one.
    pub(super) fn cpu(&mut self, view: &ReplicaView) -> Result<(), String> {
        let now = self.now;
        let period = if view.throttled.is_some() { 1e8 } else { 0.0 };
        // A quota that changes was another before.
        let cores = if self.tuned() { view.cores.max(100.0) } else { view.cores };
        let known = self.known(view.id);
        let (used, since, restarts) =
            std::mem::replace(&mut known.used, (view.cpu_used.0, now, view.restarts));
        let most = |from: SimTime, quotas: u32| {
            let (time, quotas) = (now.since(from).0 as f64, f64::from(quotas));
            cores * (time + period * quotas) + quotas
        };
        law(view.cpu_used.0 + 1 >= used, "CPU time is given back")?;
        let lately = view.cpu_used.0.saturating_sub(used) as f64;
        law(lately <= most(since, view.restarts - restarts + 2), "more CPU time than its quota")?;
        let all = view.cpu_used.0 as f64;
        law(all <= most(SimTime::ZERO, view.restarts + 1), "more CPU time in all than its quota")
    }
}
