//! What must hold of the fronts.

use doorbuster::algorithm::product::Passive;
use doorbuster::observe::{BalancerView, DoorView, ReplicaView, Snapshot};
use doorbuster::scenario::{BalancerModel, ReplicaModel, Way};

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

    /// No more slots, files, cores and places than there are.
    fn door(&self, door: &DoorView, front: &BalancerModel) -> Result<(), String> {
        let within = |used: u32, limit: Option<u32>| limit.is_none_or(|limit| used <= limit);
        let both = door.clients + door.attempts;
        let slots = if front.product.passive == Passive::LastFailure { both } else { door.clients };
        law(within(slots, door.connections_limit), "more connections than slots")?;
        law(within(both, door.files_limit), "more connections than files")?;
        law(door.busy <= door.cores, "more at work than cores")?;
        let kept = self.model.network().is_some_and(|network| network.client_keep_alive.is_some());
        law(kept || door.waiting <= door.backlog, "more wait than its backlog holds")?;
        law(door.closed <= door.accepted, "more are closed than taken")?;
        let levels = (door.clients_level.value() as u32, door.waiting_level.value() as u32);
        law(levels == (door.clients, door.waiting), "levels of the door")
    }

    fn balancer(
        &self,
        world: &Snapshot,
        balancer: &BalancerView,
        front: &BalancerModel,
    ) -> Result<(), String> {
        law(balancer.queue <= balancer.queue_limit, "the queue is longer than its limit")?;
        law(u64::from(balancer.queue) == balancer.queue_level.value(), "the level of the queue")?;
        if let Some(door) = &balancer.door {
            self.door(door, front)?;
        }
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
        // Other products than nginx keep who waits for those that are no backups, even when those are full.
        // And one who waits for somebody idle waits for one of those, as long as they are well.
        let backups = front.product.passive == Passive::LastFailure && !idle;
        let could = |view: &&ReplicaView| {
            let of_front = view.service == balancer.service && (backups || !self.is_backup(view));
            of_front && open(view) && self.weight(view) > 0
        };
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

    /// What a replica of the scenario's plain names has.
    pub(super) fn own(&self, view: &ReplicaView) -> Option<&ReplicaModel> {
        let service = self.model.services().iter().find(|service| service.name == view.service)?;
        let number = view.name.rsplit_once('-').and_then(|(_, number)| number.parse().ok())?;
        Some(service.replica(number))
    }

    pub(super) fn weight(&self, view: &ReplicaView) -> u32 {
        self.own(view).map_or(0, |model| model.weight)
    }

    fn is_backup(&self, view: &ReplicaView) -> bool {
        self.own(view).is_some_and(|model| model.backup)
    }
}
