//! What must hold of the fronts.

use doorbuster::observe::{BalancerView, ReplicaView, Snapshot};
use doorbuster::scenario::{BalancerModel, Way};

use super::Watch;
use crate::dependency::law;

impl Watch {
    pub(super) fn balancers(&mut self, world: &Snapshot) -> Result<(), String> {
        law(world.balancer.is_some() == (self.model.way() == Way::Balancer), "the balancer is not shown")?;
        self.homes |= world.fronts().any(|front| front.sticky);
        world
            .fronts()
            .zip(self.model.fronts())
            .try_for_each(|(view, front)| self.balancer(world, view, front))
    }

    fn balancer(
        &self,
        world: &Snapshot,
        balancer: &BalancerView,
        front: &BalancerModel,
    ) -> Result<(), String> {
        law(balancer.queue <= balancer.queue_limit, "the queue is longer than its limit")?;
        law(u64::from(balancer.queue) == balancer.queue_level.value(), "the level of the queue")?;
        // HAProxy's random lets a request wait when those that it drew are full, whoever else is free.
        let waits_for_home =
            self.homes && front.product.waits_for_home || balancer.algorithm == "haproxy.random";
        // The rule of this one is to wait for somebody idle.
        let idle = balancer.algorithm == "shared_queue";
        // Nobody overtakes the oldest, which may have tried the free one already.
        let oldest = balancer.waiting.first().and_then(|dot| self.open.get(&dot.request));
        let skips = front.product.skips_tried;
        let tried = |id: u32| skips && oldest.is_some_and(|open| open.tried.contains(&id));
        let open = |view: &ReplicaView| view.eligible && !tried(view.id) && (!idle || view.in_flight == 0);
        let could =
            |view: &&ReplicaView| view.service == balancer.service && open(view) && self.weight(view) > 0;
        let free = world.replicas.iter().find(could);
        match free {
            // Who is free for one instance may be at its limit for another.
            Some(view)
                if balancer.queue > 0
                    && !self.bound
                    && (self.settled || !self.inner)
                    && front.instances == 1
                    && front.settings.stale.is_none()
                    && !self.weighed
                    && !waits_for_home =>
            {
                Err(format!("requests wait while {} is free", view.name))
            }
            _ => Ok(()),
        }
    }
}
