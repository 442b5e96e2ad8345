//! The life of replicas: created, started, ready, draining, dead, started again, removed.
//!
//! As Compose does: all replicas of a service are created at once and then started one after the other, in an
//! order that is not that of their numbers. When one can't bind its host port, the start stops there, and the
//! rest stay created. As Docker does: a replica that died is started again after a pause that doubles with each
//! death, up to a longest one, and is forgotten after a run of 10 s.

use super::event::Event;
use super::ports::Conflict;
use super::queue::EventKey;
use super::{Engine, Probe, Replica};
use crate::observe::{DownCause, Observation, ReplicaState};
use crate::scenario::{Binds, OnStop, Restart};
use crate::units::{ReplicaId, SimDuration, SimTime};

/// A run of this length makes Docker forget earlier back-offs.
const GOOD_RUN: SimDuration = SimDuration::from_secs(10);
/// A program that can't bind its port has run for a moment: time must go on also where that never ends.
const AT_LEAST: SimDuration = SimDuration::from_millis(1);
/// How long Linux keeps a closed connection, where the scenario says nothing else.
const TIME_WAIT: SimDuration = SimDuration::from_secs(60);

impl Engine {
    /// Before the first event: the probe was not there when the world was made.
    pub(super) fn tell_birth(&mut self, probe: &mut impl Probe) {
        if std::mem::replace(&mut self.born, true) {
            return;
        }
        self.start_services(probe);
    }

    fn start_services(&mut self, probe: &mut impl Probe) {
        for service in 0..self.model.services.len() as u32 {
            let count = self.model.services[service as usize].replicas;
            self.scale_up(service, count, probe);
        }
        self.reload(probe);
        self.begin_intervals();
        self.mark_scalers();
        self.start_scalers();
    }

    /// Creates and starts `count` more replicas of a service.
    pub(super) fn scale_up(&mut self, service: u32, count: u32, probe: &mut impl Probe) {
        let of_service =
            self.replicas.iter().filter(|r| r.rest.service == service && r.state != ReplicaState::Removed);
        let last = of_service.map(|r| r.rest.number).max().unwrap_or(0);
        let mut created: Vec<u32> = (1..=count).map(|n| self.create(service, last + n, probe)).collect();
        // Fisher and Yates: Docker's order of starting is not that of the numbers, which only shows where starts
        // can fail.
        if created.iter().any(|&id| !self.replicas[id as usize].model.ports.is_empty()) {
            for i in (1..created.len()).rev() {
                created.swap(i, self.orchestrator.below(i as u32 + 1) as usize);
            }
        }
        for id in created {
            if !self.start(id, probe) {
                return;
            }
        }
    }

    fn create(&mut self, service: u32, number: u32, probe: &mut impl Probe) -> u32 {
        let model = &self.model.services[service as usize];
        let id = self.replicas.len() as u32;
        let done = self.queue.own(Event::Done { replica: id });
        let name = model.replica_name(number);
        let mut replica = Replica::new((service, number), name, model.shared(number).clone(), done);
        replica.rest.since = self.now;
        replica.rest.host = self.hosts.place(service, id);
        replica.rest.version = self.operations.version(service);
        self.add_member(&mut replica, id);
        let apart = self.sockets.is_some() || !self.dependencies.is_empty();
        self.replicas.push(replica.count_connections(apart));
        self.weigh(id);
        probe.observe(self.now, &Observation::State { replica: ReplicaId(id), state: ReplicaState::Created });
        id
    }

    /// Starts a replica; whether it could be started.
    pub(super) fn start(&mut self, id: u32, probe: &mut impl Probe) -> bool {
        if self.is_in_lost_zone(id) {
            // Every zone is lost, else it would be elsewhere: it starts when its own is back.
            self.replica(id).rest.died = Some((DownCause::ZoneLost, self.now, 0, 0));
            self.set_state(id, ReplicaState::Down, None, probe);
            return true;
        }
        let model = &self.replicas[id as usize].model;
        let binds = model.binds;
        let ports = &mut self.ports[self.replicas[id as usize].rest.host as usize];
        if let Err(conflict) = ports.bind(self.now, id, &model.ports, binds) {
            return self.bind_failed(id, conflict, binds, probe);
        }
        self.replica(id).rest.refused_port = None;
        let start_up = self.replicas[id as usize].model.start_up.sample(&mut self.orchestrator);
        let up_already = self.now == SimTime::ZERO && !self.model.cold;
        self.begin_checks(id, up_already, probe);
        if start_up.0 == 0 || up_already {
            self.ready(id, probe);
            if !up_already {
                self.begin_cold(id);
            }
        } else {
            let at = self.now + start_up;
            self.replica(id).rest.timer = self.queue.schedule(at, Event::StartedUp { replica: id });
            self.set_state(id, ReplicaState::Starting, Some(at), probe);
            if !self.replicas[id as usize].model.readiness && self.discovers(id) && self.is_well(id) {
                self.list(id, true, probe);
            }
        }
        true
    }

    /// A port could not be bound: Docker does not start the container, and Compose goes no further; a program that
    /// binds for itself was started, ends with an error, and is started again by its restart policy.
    fn bind_failed(&mut self, id: u32, conflict: Conflict, binds: Binds, probe: &mut impl Probe) -> bool {
        let Conflict { port, address, docker, range, rests } = conflict;
        self.replica(id).rest.refused_port = Some(port);
        let started = binds == Binds::Program;
        let back_at =
            if started { self.schedule_restart(id, DownCause::Crash, false, AT_LEAST) } else { None };
        let state = if back_at.is_some() { ReplicaState::BackingOff } else { ReplicaState::NotStarted };
        self.set_state(id, state, back_at, probe);
        let replica = ReplicaId(id);
        probe.observe(self.now, &Observation::BindFailed { replica, port, address, docker, range, rests });
        started
    }

    /// Lets go of the host's ports; those that the program has bound itself rest while there were connections.
    fn free_ports(&mut self, id: u32, connections: bool) {
        let wait = self.model.network.as_ref().map_or(TIME_WAIT, |network| network.time_wait);
        let ports = &mut self.ports[self.replicas[id as usize].rest.host as usize];
        ports.release(id, connections.then(|| self.now + wait));
    }

    pub(super) fn started_up(&mut self, id: u32, probe: &mut impl Probe) {
        self.replica(id).rest.timer = EventKey::NONE;
        self.ready(id, probe);
        self.begin_cold(id);
    }

    /// The replica listens; it is listed if the balancer learns of such things at once.
    fn ready(&mut self, id: u32, probe: &mut impl Probe) {
        let now = self.now;
        let replica = self.replica(id);
        replica.rest.parts.base = replica.model.ram.base.0;
        let base = replica.rest.parts.base;
        replica.rest.memory.set(now, base);
        replica.cpu.begin(now);
        self.set_state(id, ReplicaState::Ready, None, probe);
        self.start_leaking(id);
        self.join_broker(id);
        if self.discovers(id) && self.is_well(id) {
            self.list(id, true, probe);
        }
    }

    pub(super) fn set_state(
        &mut self,
        id: u32,
        state: ReplicaState,
        until: Option<SimTime>,
        probe: &mut impl Probe,
    ) {
        let now = self.now;
        let replica = self.replica(id);
        (replica.state, replica.rest.since, replica.rest.until) = (state, now, until);
        let (host, service) = (replica.rest.host, replica.rest.service);
        self.digest.mix((u64::from(id) << 8) | state as u64);
        probe.observe(now, &Observation::State { replica: ReplicaId(id), state });
        self.count_quotas(id);
        if state == ReplicaState::Removed {
            self.hosts.remove(host, service, id);
        }
        self.poke_rollout(id);
    }

    /// The replica's process ends, and with it everything inside.
    pub(super) fn die(&mut self, id: u32, cause: DownCause, probe: &mut impl Probe) {
        let now = self.now;
        let replica = &mut self.replicas[id as usize];
        // What was about to go does not come back.
        let cause = if replica.state == ReplicaState::Draining { DownCause::Stopped } else { cause };
        let gone = cause == DownCause::Stopped && !replica.rest.comes_back;
        let ran = now.since(replica.rest.since);
        let (was_alive, sessions) = (replica.state.is_alive(), replica.rest.sessions);
        let connections = replica.connections().value() > 0;
        let inside = replica.inside(&self.requests);
        let is_wanted =
            |&&request: &&u32| !self.requests[request].unwanted && !self.requests[request].is_job();
        let wanted = inside.iter().filter(is_wanted).count() as u32;
        let timer = std::mem::replace(&mut replica.rest.timer, EventKey::NONE);
        replica.empty(now);
        replica.rest.faults.frozen = false;
        replica.rest.died = Some((cause, now, wanted, sessions));
        replica.rest.oom_kills += u32::from(cause == DownCause::OutOfMemory);
        self.queue.cancel(timer);
        self.reset_connections(id);
        self.stop_leaking(id);
        self.stop_booting(id);
        self.stop_upkeep(id);
        inside.iter().for_each(|&request| {
            self.stop_watching(request);
            self.end_steps(request, probe);
        });
        self.close_pools(id);
        self.set_pace(id);
        self.cancel_done(id);
        self.free_ports(id, connections);
        self.lose_sessions(id);
        if gone {
            self.end_partition(id);
        }
        let back_at = self.schedule_restart(id, cause, was_alive && ran >= GOOD_RUN, SimDuration::ZERO);
        let state = match (cause, back_at) {
            _ if gone => ReplicaState::Removed,
            (_, Some(_)) => ReplicaState::BackingOff,
            _ => ReplicaState::Down,
        };
        self.set_state(id, state, back_at, probe);
        self.leave_broker(id, probe);
        let fates = self.fates(id);
        let replica = ReplicaId(id);
        probe.observe(now, &Observation::Died { replica, cause, requests: wanted, sessions, back_at });
        for request in inside {
            if self.requests[request].unwanted {
                self.release(request);
            } else {
                self.fail_attempt(request, cause.outcome(), probe);
            }
        }
        self.tell_fates(id, fates, probe);
    }

    fn schedule_restart(
        &mut self,
        id: u32,
        cause: DownCause,
        good_run: bool,
        least: SimDuration,
    ) -> Option<SimTime> {
        if std::mem::take(&mut self.replicas[id as usize].rest.comes_back) {
            let at = self.now;
            self.replica(id).rest.timer = self.queue.schedule(at, Event::Restart { replica: id });
            return Some(at);
        }
        let restart = self.replicas[id as usize].model.restart;
        if restart == Restart::No || matches!(cause, DownCause::Stopped | DownCause::ZoneLost) {
            return None;
        }
        let replica = &mut self.replicas[id as usize];
        let (first, longest) = replica.model.restart_delay;
        let doubled = SimDuration(replica.rest.back_off.0.saturating_mul(2));
        replica.rest.tries = if good_run { 1 } else { replica.rest.tries.saturating_add(1) };
        if replica.model.restart_attempts.is_some_and(|most| replica.rest.tries > most) {
            return None;
        }
        replica.rest.back_off =
            if good_run || replica.rest.back_off.0 == 0 { first } else { doubled }.min(longest);
        let at = self.now + replica.rest.back_off.max(least);
        replica.rest.timer = self.queue.schedule(at, Event::Restart { replica: id });
        Some(at)
    }

    pub(super) fn restart(&mut self, id: u32, probe: &mut impl Probe) {
        let replica = self.replica(id);
        replica.rest.timer = EventKey::NONE;
        replica.rest.restarts += 1;
        self.start(id, probe);
    }

    /// Starts a replica that is down at once; whether it was one.
    pub(super) fn start_now(&mut self, id: u32, probe: &mut impl Probe) -> bool {
        use ReplicaState::{BackingOff, Created, Down, NotStarted};
        let replica = &mut self.replicas[id as usize];
        let first = matches!(replica.state, Created | NotStarted);
        if !first && !matches!(replica.state, BackingOff | Down) {
            return false;
        }
        let timer = std::mem::replace(&mut replica.rest.timer, EventKey::NONE);
        replica.rest.restarts += u32::from(!first);
        self.queue.cancel(timer);
        self.start(id, probe);
        true
    }

    /// Stops `count` replicas of a service, those with the highest numbers.
    pub(super) fn scale_down(&mut self, service: u32, count: u32, probe: &mut impl Probe) {
        let mut ids: Vec<u32> = self.of_service(service);
        // Those of an old version first.
        ids.sort_by_key(|&id| {
            let replica = &self.replicas[id as usize];
            (replica.rest.version, std::cmp::Reverse(replica.rest.number))
        });
        for id in ids.into_iter().take(count as usize) {
            self.stop(id, probe);
        }
    }

    /// Replicas of a service that are there and not about to go.
    pub(super) fn of_service(&self, service: u32) -> Vec<u32> {
        let there = |r: &Replica| {
            let goes = r.state == ReplicaState::Draining && !r.rest.comes_back;
            r.rest.service == service && r.state != ReplicaState::Removed && !goes
        };
        (0..self.replicas.len() as u32).filter(|&id| there(&self.replicas[id as usize])).collect()
    }

    /// The replica is to go for good.
    pub(super) fn stop(&mut self, id: u32, probe: &mut impl Probe) {
        // One that was about to come back no longer does.
        let was_to_return = std::mem::take(&mut self.replica(id).rest.comes_back);
        if !was_to_return {
            self.wind_down(id, probe);
        }
    }

    /// SIGTERM: the replica takes nothing new, finishes what it has, and goes.
    pub(super) fn wind_down(&mut self, id: u32, probe: &mut impl Probe) {
        if self.discovers(id) {
            self.list(id, false, probe);
        }
        let replica = &self.replicas[id as usize];
        if replica.state != ReplicaState::Ready || replica.model.on_stop == OnStop::AtOnce {
            self.die(id, DownCause::Stopped, probe);
            return;
        }
        self.close_idle(id);
        let at = self.now + self.replicas[id as usize].model.stop_grace;
        self.set_state(id, ReplicaState::Draining, Some(at), probe);
        self.replica(id).rest.timer = self.queue.schedule(at, Event::GraceOver { replica: id });
        self.leave_broker(id, probe);
        self.emptied(id, probe);
    }

    pub(super) fn grace_over(&mut self, id: u32, probe: &mut impl Probe) {
        self.replica(id).rest.timer = EventKey::NONE;
        self.die(id, DownCause::Stopped, probe);
    }

    /// A draining replica with nothing left to do goes.
    #[inline]
    pub(super) fn emptied(&mut self, id: u32, probe: &mut impl Probe) {
        let replica = &self.replicas[id as usize];
        let drains = replica.state == ReplicaState::Draining;
        if drains && replica.model.on_stop != OnStop::Ignore && replica.in_system.value() == 0 {
            self.die(id, DownCause::Stopped, probe);
        }
    }
}
