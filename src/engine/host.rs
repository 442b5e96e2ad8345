//! Hosts: machines whose cores and memory the replicas on them share, in zones that can be lost.
//!
//! **Place.** A new replica comes to the host that has the fewest of its service, then the fewest at all, then the
//! lowest number; hosts in a lost zone get none. Host h (from 1) stands in zone 1 + (h − 1) mod zones.
//!
//! **Cores.** A replica wants as many cores as it has requests in service, at most its quota. When all on a host want
//! more than it has, each gets what it wants up to a level that is the same for all (equal shares; Docker's default
//! weights). While all get what they want, which is most of the time, a change is counted on its replica alone.
//!
//! **Memory.** When all on a host have more than it has, the kernel kills the one that has most, whatever its own
//! limit.

use super::event::Event;
use super::queue::EventKey;
use super::{Engine, Probe};
use crate::observe::{DownCause, Observation, ReplicaState};
use crate::scenario::Model;

/// One machine.
#[derive(Debug, Clone)]
struct Machine {
    zone: u32,
    lost: bool,
    /// Who is on it, removed or not run: their numbers, rising, and how many each service has.
    on: Vec<u32>,
    of: Vec<u32>,
    /// Quotas of those that run and the cores that they want now, in sums of [`PARTS`].
    quotas: u64,
    wanted: u64,
    /// Whether those quotas are more than its cores: only then what is wanted is kept up to date.
    crowded: bool,
    /// Whether somebody gets less than it wants.
    short: bool,
    /// Memory in use at least as far as is known; more than there is when some has been given back since.
    used: u64,
    kills: EventKey,
}

/// Sums are in whole parts of a core, so that they stay exact: what each adds is rounded.
const PARTS: f64 = 1e9;

/// What a replica adds to the sums of its host.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counted {
    quota: u64,
    wanted: u64,
    memory: u64,
}

impl Machine {
    /// Whether a sum is less than so many cores, however its parts were rounded.
    fn fits(&self, sum: u64, cores: f64) -> bool {
        sum.saturating_add(self.on.len() as u64) < (cores * PARTS) as u64
    }
}

/// All machines.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    machines: Vec<Machine>,
    cores: f64,
    memory: Option<u64>,
    /// Whether cores or memory can run out at all.
    shares_cores: bool,
    any_lost: bool,
    /// Scratch: what each wants, with its number.
    wants: Vec<(f64, u32)>,
}

impl Hosts {
    pub(super) fn new(model: &Model) -> Self {
        let machine = |place: u32| Machine {
            zone: place % model.host.zones,
            lost: false,
            on: Vec::new(),
            of: vec![0; model.services.len()],
            quotas: 0,
            wanted: 0,
            crowded: false,
            short: false,
            used: 0,
            kills: EventKey::NONE,
        };
        let cores = model.host.cores.map_or(f64::INFINITY, crate::units::Cores::get);
        Self {
            machines: (0..model.host.machines()).map(machine).collect(),
            cores,
            memory: model.host.memory.map(|memory| memory.0),
            shares_cores: cores.is_finite(),
            any_lost: false,
            wants: Vec::new(),
        }
    }

    /// A new replica of a service comes to a host: which.
    pub(super) fn place(&mut self, service: u32, id: u32) -> u32 {
        let held = |machine: &Machine| (machine.lost, machine.of[service as usize], machine.on.len());
        let best = (0..).zip(&self.machines).min_by_key(|&(place, machine)| (held(machine), place));
        let place = best.map_or(0, |(place, _)| place);
        let machine = &mut self.machines[place as usize];
        machine.on.push(id);
        machine.of[service as usize] += 1;
        place
    }

    /// A replica of a service has gone for ever from its host.
    pub(super) fn remove(&mut self, host: u32, service: u32, id: u32) {
        let machine = &mut self.machines[host as usize];
        if let Ok(at) = machine.on.binary_search(&id) {
            machine.on.remove(at);
            machine.of[service as usize] -= 1;
        }
    }

    /// Whether the host's zone is lost.
    pub(super) fn is_lost(&self, host: u32) -> bool {
        self.machines[host as usize].lost
    }

    /// Whether any zone is lost.
    #[inline]
    pub(super) const fn is_any_lost(&self) -> bool {
        self.any_lost
    }

    /// The zone that a host stands in, from 0.
    pub(super) fn zone(&self, host: u32) -> u32 {
        self.machines[host as usize].zone
    }

    /// Whether cores of hosts can run out.
    #[inline]
    pub(super) const fn shares_cores(&self) -> bool {
        self.shares_cores
    }

    /// Whether memory of hosts can run out.
    #[inline]
    pub(super) const fn limits_memory(&self) -> bool {
        self.memory.is_some()
    }
}

/// The level up to which each gets what it wants, when all want more than there is; `wants` in rising order.
fn level(wants: &[(f64, u32)], cores: f64) -> f64 {
    let mut left = cores;
    for (served, &(want, _)) in wants.iter().enumerate() {
        let fair = left / (wants.len() - served) as f64;
        if want > fair {
            return fair;
        }
        left -= want;
    }
    f64::INFINITY
}

impl Engine {
    /// A replica has begun or ceased to run, or has another quota: its host may have become crowded, or no longer be.
    pub(super) fn count_quotas(&mut self, id: u32) {
        if !self.hosts.shares_cores {
            return;
        }
        self.count_wants(id);
        let (cores, replica) = (self.hosts.cores, &mut self.replicas[id as usize]);
        let host = replica.rest.host;
        let machine = &mut self.hosts.machines[host as usize];
        let quota = if replica.state.is_alive() { (replica.model.cores * PARTS) as u64 } else { 0 };
        machine.quotas = machine.quotas + quota - std::mem::replace(&mut replica.rest.counted.quota, quota);
        let crowded = !machine.fits(machine.quotas, cores) && self.quotas_on(host) > cores;
        let machine = &mut self.hosts.machines[host as usize];
        if !std::mem::replace(&mut machine.crowded, crowded) && crowded {
            let on = std::mem::take(&mut machine.on);
            on.iter().for_each(|&id| self.count_wants(id));
            self.hosts.machines[host as usize].on = on;
        }
        let machine = &self.hosts.machines[host as usize];
        if machine.short || (machine.crowded && !machine.fits(machine.wanted, cores)) {
            self.share_cores(host);
        } else {
            let now = self.now;
            self.replica(id).cpu.set_level(now, f64::INFINITY);
        }
    }

    /// The quotas of those that run on a host.
    fn quotas_on(&self, host: u32) -> f64 {
        let on = self.hosts.machines[host as usize].on.iter().map(|&id| &self.replicas[id as usize]);
        on.filter(|replica| replica.state.is_alive()).map(|replica| replica.model.cores).sum()
    }

    /// Counts anew on its host the cores that a replica wants.
    fn count_wants(&mut self, id: u32) {
        let replica = &mut self.replicas[id as usize];
        let wanted = if replica.state.is_alive() { (replica.wants() * PARTS) as u64 } else { 0 };
        let machine = &mut self.hosts.machines[replica.rest.host as usize];
        machine.wanted =
            machine.wanted + wanted - std::mem::replace(&mut replica.rest.counted.wanted, wanted);
    }

    /// What is in service on a replica has changed: where cores are short, or have become so, all on its host get
    /// another share.
    #[inline]
    pub(super) fn share_if_short(&mut self, id: u32) {
        let host = self.replicas[id as usize].rest.host;
        if self.hosts.machines[host as usize].crowded {
            self.share_anew(id, host);
        }
    }

    fn share_anew(&mut self, id: u32, host: u32) {
        self.count_wants(id);
        let machine = &self.hosts.machines[host as usize];
        if machine.short || !machine.fits(machine.wanted, self.hosts.cores) {
            self.share_cores(host);
        }
    }

    /// Deals out the cores of a host among those that run on it.
    fn share_cores(&mut self, host: u32) {
        let now = self.now;
        let mut wants = std::mem::take(&mut self.hosts.wants);
        wants.clear();
        let machine = &mut self.hosts.machines[host as usize];
        for &id in &machine.on {
            let replica = &self.replicas[id as usize];
            if replica.state.is_alive() {
                wants.push((replica.wants(), id));
            }
        }
        wants.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let level = level(&wants, self.hosts.cores);
        machine.short = level < f64::INFINITY;
        for &(_, id) in &wants {
            if self.replicas[id as usize].cpu.set_level(now, level) {
                self.reschedule_done(id);
            }
        }
        self.hosts.wants = wants;
    }

    /// A replica has more memory than before.
    pub(super) fn count_memory(&mut self, id: u32) {
        let replica = &mut self.replicas[id as usize];
        let total = replica.rest.memory.value();
        let before = std::mem::replace(&mut replica.rest.counted.memory, total);
        let host = replica.rest.host;
        let machine = &mut self.hosts.machines[host as usize];
        machine.used = machine.used + total - before;
        let limit = self.hosts.memory.unwrap_or(u64::MAX);
        if machine.used > limit && machine.kills == EventKey::NONE && self.recount_memory(host) > limit {
            let next = self.queue.schedule(self.now, Event::HostShortOfMemory { host });
            self.hosts.machines[host as usize].kills = next;
        }
    }

    /// Counts anew what is in use on a host: some has been given back since.
    fn recount_memory(&mut self, host: u32) -> u64 {
        let machine = &mut self.hosts.machines[host as usize];
        machine.used = 0;
        for &id in &machine.on {
            let replica = &mut self.replicas[id as usize];
            replica.rest.counted.memory = replica.rest.memory.value();
            machine.used += replica.rest.counted.memory;
        }
        machine.used
    }

    /// The kernel of a host kills those that have most, until the rest fits.
    pub(super) fn host_short_of_memory(&mut self, host: u32, probe: &mut impl Probe) {
        self.hosts.machines[host as usize].kills = EventKey::NONE;
        let limit = self.hosts.memory.unwrap_or(u64::MAX);
        let mut told = false;
        while self.recount_memory(host) > limit {
            let size = |id: &u32| (self.replicas[*id as usize].rest.memory.value(), std::cmp::Reverse(*id));
            let on = self.hosts.machines[host as usize].on.iter();
            let Some(id) = on.copied().max_by_key(size) else { break };
            if !std::mem::replace(&mut told, true) {
                probe.observe(self.now, &Observation::HostOutOfMemory { host });
            }
            self.die(id, DownCause::OutOfMemory, probe);
        }
    }

    /// All hosts of a zone are gone, with everything on them.
    pub(super) fn lose_zone(&mut self, zone: u32, probe: &mut impl Probe) {
        self.set_lost(zone, true);
        use ReplicaState::{BackingOff, Draining, Ready, Starting};
        for id in 0..self.replicas.len() as u32 {
            let replica = &self.replicas[id as usize];
            let runs = matches!(replica.state, Starting | Ready | Draining | BackingOff);
            if self.hosts.zone(replica.rest.host) == zone && runs {
                self.die(id, DownCause::ZoneLost, probe);
            }
        }
    }

    /// The hosts of a zone are back, and start what ran on them.
    pub(super) fn restore_zone(&mut self, zone: u32, probe: &mut impl Probe) {
        self.set_lost(zone, false);
        for id in 0..self.replicas.len() as u32 {
            if self.hosts.zone(self.replicas[id as usize].rest.host) != zone {
                continue;
            }
            if !self.is_cut_off(id) {
                self.send_stuck(id);
            }
            let replica = &self.replicas[id as usize];
            let lost = matches!(replica.rest.died, Some((DownCause::ZoneLost, ..)));
            if lost && replica.state == ReplicaState::Down {
                self.start_now(id, probe);
            }
        }
    }

    fn set_lost(&mut self, zone: u32, lost: bool) {
        self.cuts |= lost;
        let hosts = &mut self.hosts;
        hosts.machines.iter_mut().filter(|machine| machine.zone == zone).for_each(|m| m.lost = lost);
        hosts.any_lost = hosts.machines.iter().any(|machine| machine.lost);
    }

    /// Whether the host of a replica is in a lost zone.
    pub(super) fn is_in_lost_zone(&self, id: u32) -> bool {
        self.hosts.is_lost(self.replicas[id as usize].rest.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 4 cores. 1, 2 and 3 wanted: the first gets 1, the others share 3. 0.5, 0.5, 8: the last gets 3. What fits is
    /// not limited.
    #[test]
    fn equal_shares() {
        let of = |wants: &[f64]| level(&wants.iter().map(|&want| (want, 0)).collect::<Vec<_>>(), 4.0);
        assert_eq!(of(&[1.0, 2.0, 3.0]), 1.5);
        assert_eq!(of(&[0.5, 0.5, 8.0]), 3.0);
        assert_eq!(of(&[1.0, 3.0]), f64::INFINITY);
        assert_eq!(of(&[5.0]), 4.0);
    }
}
