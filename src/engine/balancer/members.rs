//! Whom the fronts know: members are added, listed, left out, taken back.

use super::super::event::Event;
use super::super::probing::Probing;
use super::super::queue::EventKey;
use super::super::replica::Replica;
use super::super::{Engine, Probe};
use super::check::Checks;
use crate::algorithm::{Algorithm, MemberSettings};
use crate::observe::ReplicaState;
use crate::scenario::Mode;
use crate::units::SimTime;

impl Engine {
    /// The front of the replica's service, if it has one, makes room for a replica of this number that is about to
    /// be added; it is not listed yet.
    pub(in crate::engine) fn add_member(&mut self, replica: &mut Replica, id: u32) {
        let Some(place) = self.model.services[replica.rest.service as usize].front else { return };
        let model = self.model.front(place);
        let front = &mut self.fronts[usize::from(place)];
        replica.member = front.members.len() as u32;
        front.members.push(id);
        front.checks.push(Checks::none());
        for instance in &mut front.instances {
            let settings = MemberSettings {
                address: format!("{}:80", replica.rest.name),
                max_connections: model.max_connections,
                max_fails: model.max_fails,
                fail_timeout: model.fail_timeout,
                backup: replica.model.backup,
                down: replica.model.mode == Mode::Down,
                drain: replica.model.mode == Mode::Drain,
                ..MemberSettings::DEFAULT
            };
            instance.pool.add(replica.model.weight, settings);
            instance.wakes.push((SimTime::NEVER, EventKey::NONE));
        }
    }

    /// The edge's upstreams go on with another algorithm; a balancer of a service's own keeps its.
    pub(in crate::engine) fn replace_algorithm(&mut self, name: &str, fresh: &dyn Algorithm) {
        for (front, model) in self.fronts.iter_mut().zip(&self.model.fronts) {
            let instances = front.instances.iter_mut().filter(|_| !model.own);
            instances.for_each(|instance| instance.pool.set_algorithm(name, fresh.clone_box()));
        }
        if self.probing.is_none() {
            self.probing = Probing::new(fresh.asks_for_reports(), self.seed);
        }
    }

    /// The edge's upstreams begin or cease to send sessions back to their replica.
    pub(in crate::engine) fn set_sticky(&mut self, on: bool) {
        for (front, model) in self.fronts.iter_mut().zip(&self.model.fronts) {
            let instances = front.instances.iter_mut().filter(|_| !model.own);
            instances.for_each(|instance| instance.pool.set_sticky(on));
        }
    }

    /// Its front lists a replica or takes it off its list.
    pub(in crate::engine) fn list(&mut self, replica: u32, listed: bool, probe: &mut impl Probe) {
        let body = &self.replicas[replica as usize];
        let (service, member) = (body.rest.service as usize, body.member);
        let Some(front) = self.model.services[service].front else { return };
        let place = usize::from(front);
        if self.fronts[place].subsets.is_some() {
            self.list_in_subsets(front, member, listed);
        } else {
            for instance in &mut self.fronts[place].instances {
                instance.pool.set_listed(self.now, member, listed);
            }
        }
        self.begin_or_end_checks(front, member, listed);
        self.watch_front(front);
        self.serve_front(front, probe);
    }

    /// [`Self::watch`] for all members of all instances.
    pub(super) fn watch_front(&mut self, front: u16) {
        let body = &self.fronts[usize::from(front)];
        let (instances, members) = (body.instances.len() as u16, body.members.len() as u32);
        for instance in 0..instances {
            // Mostly nothing is to change by itself; a list of ten thousand is read member by member.
            if self.fronts[usize::from(front)].instances[usize::from(instance)].is_waking() {
                (0..members).for_each(|member| self.watch(front, instance, member));
            }
        }
    }

    /// Gives a replica another weight at its front.
    pub(in crate::engine) fn set_weight(&mut self, replica: &str, weight: u32) {
        let now = self.now;
        let Some((front, member)) = self.member_of(replica) else { return };
        let most = if self.model.front(front).settings.slow_start.is_some() { 256 } else { u32::MAX };
        for instance in &mut self.fronts[usize::from(front)].instances {
            instance.pool.set_weight(now, member, weight.min(most));
        }
        self.watch_front(front);
    }

    /// Tells the front what it sends to a replica.
    pub(in crate::engine) fn set_mode(&mut self, replica: &str, mode: Mode) {
        let now = self.now;
        let Some((front, member)) = self.member_of(replica) else { return };
        for instance in &mut self.fronts[usize::from(front)].instances {
            let mut settings = instance.pool.settings(member).clone();
            (settings.down, settings.drain) = (mode == Mode::Down, mode == Mode::Drain);
            instance.pool.set_settings(now, member, settings);
        }
        self.watch_front(front);
    }

    /// The front has at most so many requests in flight on a replica from now on.
    pub(in crate::engine) fn cap_member(&mut self, id: u32, most: u32) {
        let (now, replica) = (self.now, &self.replicas[id as usize]);
        let (service, member) = (replica.rest.service as usize, replica.member);
        let Some(front) = self.model.services[service].front else { return };
        for instance in &mut self.fronts[usize::from(front)].instances {
            let settings = instance.pool.settings(member).clone();
            let settings = MemberSettings { max_connections: most, ..settings };
            instance.pool.set_settings(now, member, settings);
        }
        self.watch_front(front);
    }

    /// The front of a replica, and which member it is there.
    fn member_of(&self, replica: &str) -> Option<(u16, u32)> {
        let replica = &self.replicas[self.find(replica)? as usize];
        self.model.services[replica.rest.service as usize].front.map(|front| (front, replica.member))
    }

    /// Sees to it that a member that is left out is taken back in time, and that its weight grows.
    pub(super) fn watch(&mut self, front: u16, instance: u16, member: u32) {
        if self.fronts[usize::from(front)].instances[usize::from(instance)].is_waking() {
            self.wake(front, instance, member);
        }
    }

    /// The same where [`Instance::is_waking`].
    pub(in crate::engine) fn wake(&mut self, front: u16, instance: u16, member: u32) {
        let body = &mut self.fronts[usize::from(front)].instances[usize::from(instance)];
        let back = body.pool.wake_at(member);
        let (at, event) = body.wakes[member as usize];
        if back == at {
            return;
        }
        body.waking += u32::from(at == SimTime::NEVER);
        body.waking -= u32::from(back == SimTime::NEVER);
        self.queue.cancel(event);
        let event = if back == SimTime::NEVER {
            EventKey::NONE
        } else {
            self.queue.schedule(back, Event::Readmit { front, instance, member })
        };
        self.fronts[usize::from(front)].instances[usize::from(instance)].wakes[member as usize] =
            (back, event);
    }

    /// The time of a member that was left out is over.
    pub(in crate::engine) fn readmit(
        &mut self,
        front: u16,
        instance: u16,
        member: u32,
        probe: &mut impl Probe,
    ) {
        let body = &mut self.fronts[usize::from(front)].instances[usize::from(instance)];
        body.wakes[member as usize] = (SimTime::NEVER, EventKey::NONE);
        body.waking -= 1;
        body.pool.advance(self.now);
        self.watch(front, instance, member);
        self.serve_instance(front, instance, probe);
    }

    /// Whether a front that reads its list now finds the replica there. One that learns of changes at once learns
    /// when a replica is ready; one that resolves names finds every container that has been started.
    pub(in crate::engine) fn is_found(&self, id: u32) -> bool {
        use ReplicaState::{BackingOff, Down, Ready, Starting};
        let replica = &self.replicas[id as usize];
        let Some(front) = self.model.services[replica.rest.service as usize].front else { return false };
        let discovery = self.model.front(front).discovery;
        match replica.state {
            Ready => !discovery || self.is_well(id),
            Starting => !discovery || (!replica.model.readiness && self.is_well(id)),
            BackingOff | Down => !discovery,
            _ => false,
        }
    }

    /// Whether the replica's front learns at once of what becomes of it.
    pub(in crate::engine) fn discovers(&self, id: u32) -> bool {
        let service = &self.model.services[self.replicas[id as usize].rest.service as usize];
        service.front.is_some_and(|front| self.model.front(front).discovery)
    }

    /// The list of a front becomes the replicas that it finds now.
    pub(super) fn read_list(&mut self, front: u16, probe: &mut impl Probe) {
        for member in 0..self.fronts[usize::from(front)].members.len() {
            let id = self.fronts[usize::from(front)].members[member];
            self.list(id, self.is_found(id), probe);
        }
    }

    /// `nginx -s reload`: the list of every front becomes the replicas that are up now, and no failure is known any
    /// more: new processes begin anew.
    pub(in crate::engine) fn reload(&mut self, probe: &mut impl Probe) {
        for front in 0..self.fronts.len() as u16 {
            let now = self.now;
            let instances = &mut self.fronts[usize::from(front)].instances;
            instances.iter_mut().for_each(|instance| instance.pool.forget_failures(now));
            self.read_list(front, probe);
        }
    }
}
