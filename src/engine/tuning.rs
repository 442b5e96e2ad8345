//! Limits and settings that become others while the world runs, and restarts by hand.
//!
//! Who is inside when a limit falls stays: a lower limit on connections, workers or requests in flight holds for
//! those who come after. Only memory is taken at once: the kernel kills when the limit is below what is used.

use std::sync::Arc;

use super::words::cannot;
use super::{Engine, Probe, SimDuration};
use crate::lang::Said;
use crate::observe::ReplicaState;
use crate::scenario::{Owner, Tunable, reshare, tunable_limit};

impl Engine {
    /// Whether this world has what is to be tuned, and the value is possible.
    pub(super) fn check_tune(&self, of: &str, what: Tunable, amount: f64) -> Result<(), Said> {
        what.check(amount).map_err(|allowed| cannot::tuned(&what.word(), allowed, &amount))?;
        match what.owner() {
            Owner::Replicas if self.place_of(of).is_none() && self.find(of).is_none() => {
                Err(cannot::no_service_or_replica(&of))
            }
            Owner::Balancer if !of.is_empty() && self.place_of(of).is_none() => Err(cannot::no_service(&of)),
            Owner::Class => self.check_share(of, amount),
            Owner::Replicas if what == Tunable::Memory => self.check_memory(of, amount),
            _ => Ok(()),
        }
    }

    /// A process that does not fit into its limit would be killed and started again and again.
    fn check_memory(&self, of: &str, amount: f64) -> Result<(), Said> {
        let own = self.find(of).map(|id| self.replicas[id as usize].model.ram.base.0);
        let base = self.place_of(of).map(|service| self.model.services[service as usize].plain.ram.base.0);
        let base = base.or(own).unwrap_or(0);
        if amount > 0.0 && amount < base as f64 {
            return Err(cannot::memory(&of, &base, &amount));
        }
        Ok(())
    }

    fn check_share(&self, class: &str, share: f64) -> Result<(), Said> {
        let classes = &self.model.classes;
        let Some(place) = classes.iter().position(|known| known.name == class) else {
            return Err(cannot::no_class(&class));
        };
        let own = self.model.shares()[place];
        if share < 1.0 && own >= 1.0 {
            return Err(cannot::no_share_left(&class));
        }
        Ok(())
    }

    /// A value is another from now on.
    pub(super) fn tune(&mut self, of: &str, what: Tunable, amount: f64, probe: &mut impl Probe) {
        match what.owner() {
            Owner::Class => self.set_share(of, amount),
            Owner::Balancer => self.set_checks(of, amount, probe),
            Owner::Replicas => self.tune_replicas(of, what, amount, probe),
        }
    }

    fn tune_replicas(&mut self, of: &str, what: Tunable, amount: f64, probe: &mut impl Probe) {
        let Some(service) = self.place_of(of) else {
            if let Some(id) = self.find(of) {
                self.tune_replica(id, what, amount, probe);
            }
            return;
        };
        // Those that are still to come have it too.
        let model = Arc::make_mut(&mut self.model);
        let body = &mut model.services[service as usize];
        Arc::make_mut(&mut body.plain).tune(what, amount);
        body.special.iter_mut().for_each(|(_, own)| Arc::make_mut(own).tune(what, amount));
        if let (Tunable::MaxConnections, Some(front)) = (what, body.front) {
            model.fronts[usize::from(front)].max_connections = tunable_limit(amount).unwrap_or(u32::MAX);
        }
        for id in 0..self.replicas.len() as u32 {
            let replica = &self.replicas[id as usize];
            if replica.rest.service == service && replica.state != ReplicaState::Removed {
                self.tune_replica(id, what, amount, probe);
            }
        }
    }

    fn tune_replica(&mut self, id: u32, what: Tunable, amount: f64, probe: &mut impl Probe) {
        let now = self.now;
        let replica = self.replica(id);
        Arc::make_mut(&mut replica.model).tune(what, amount);
        self.weigh(id);
        let replica = self.replica(id);
        match what {
            Tunable::Cpus => {
                let (cores, host) = (replica.model.cores, replica.model.host_cores);
                replica.cpu.set_cores(now, cores, host);
                self.count_quotas(id);
                self.schedule_done(id);
                self.watch_cpu(id, probe);
            }
            Tunable::Memory => {
                // Nothing is added: what is there is measured against the new limit.
                self.grow(id, |_, _| {}, probe);
            }
            Tunable::Workers => {
                self.next_waiting(id, probe);
                self.schedule_done(id);
            }
            Tunable::MaxConnections => self.cap_member(id, tunable_limit(amount).unwrap_or(u32::MAX)),
            Tunable::Connections | Tunable::Drain | Tunable::Share | Tunable::Check => {}
        }
    }

    /// The class gets its share, and the others what is left in the proportions that they have.
    fn set_share(&mut self, class: &str, share: f64) {
        let model = Arc::make_mut(&mut self.model);
        let mut shares = model.shares();
        let Some(chosen) = model.classes.iter().position(|known| known.name == class) else { return };
        reshare(&mut shares, chosen, share);
        let (mut below, last) = (0.0, shares.len() - 1);
        for (place, (class, share)) in model.classes.iter_mut().zip(shares).enumerate() {
            below += share;
            class.share_below = if place == last { 1.0 } else { below };
        }
    }

    /// Balancers check their replicas at this interval from now on, or no more.
    fn set_checks(&mut self, of: &str, seconds: f64, probe: &mut impl Probe) {
        let chosen = self.place_of(of);
        let interval = (seconds > 0.0).then(|| SimDuration::from_secs_f64(seconds));
        for front in 0..self.fronts.len() as u16 {
            if chosen.is_none_or(|service| self.fronts[usize::from(front)].service == service) {
                self.set_interval(front, interval, probe);
            }
        }
    }

    /// Whether a replica can be restarted by hand.
    pub(super) fn check_restart(&self, name: &str) -> Result<(), Said> {
        match self.find(name) {
            None => Err(cannot::no_replica(&name)),
            Some(id) if self.is_in_lost_zone(id) => Err(cannot::zone_lost_again(&name)),
            Some(id) if self.replicas[id as usize].state == ReplicaState::Draining => {
                Err(cannot::stops(&name))
            }
            Some(_) => Ok(()),
        }
    }

    /// `docker restart`: the replica is stopped, with its grace, and started again at once when it has ended.
    pub(super) fn restart_by_hand(&mut self, id: u32, probe: &mut impl Probe) {
        if !self.start_now(id, probe) {
            self.replica(id).rest.comes_back = true;
            self.wind_down(id, probe);
        }
    }
}
