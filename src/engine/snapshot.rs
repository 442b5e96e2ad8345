//! The world as it is, for pictures and tables.

use super::balancer::Front;
use super::pool::Pool;
use super::{Engine, Replica};
use crate::observe::{BalancerView, DOTS, Dot, InstanceView, PortView, ReplicaState, ReplicaView, Snapshot};
use crate::scenario::Way;
use crate::units::SimDuration;

use super::request::Phase;

impl Engine {
    /// Fills `into` with the world as it is, reusing its buffers.
    pub fn snapshot(&self, into: &mut Snapshot) {
        into.now = self.now;
        into.ledger = self.ledger;
        into.attempts = self.attempts;
        into.retries = self.retries.made;
        into.hedges = (self.hedges.sent, self.hedges.won);
        into.hedges_held_back = self.hedges.held_back;
        into.in_flight = self.in_flight;
        into.asked_rate = self.asked_rate();
        into.users = self.sources.iter().map(|source| u64::from(source.users)).sum();
        into.sessions_alive = self.sessions.started - self.sessions.ended - self.sessions.lost;
        into.sessions_started = self.sessions.started;
        into.sessions_lost = self.sessions.lost;
        self.arriving(&mut into.arriving);
        match (self.model.way, &mut into.balancer) {
            (Way::HostPort(_), balancer) => *balancer = None,
            (Way::Balancer, balancer) => {
                self.balancer_view(0, balancer.get_or_insert_default());
            }
        }
        into.further.resize_with(self.fronts.len() - 1, BalancerView::default);
        for (view, front) in into.further.iter_mut().zip(1..) {
            self.balancer_view(front, view);
        }
        let there = |replica: &&Replica| replica.state != ReplicaState::Removed;
        into.replicas.resize_with(self.replicas.iter().filter(there).count(), ReplicaView::default);
        let ids = (0..self.replicas.len()).filter(|&id| there(&&self.replicas[id]));
        for (view, id) in into.replicas.iter_mut().zip(ids) {
            self.replica_view(id as u32, view);
        }
        into.network = self.network_view();
        self.dependency_views(&mut into.dependencies);
        into.ports.clear();
        let ports =
            (1..).zip(&self.ports).flat_map(|(host, ports)| ports.view().map(move |view| (host, view)));
        into.ports.extend(ports.map(|(host, (port, holder, refused))| PortView {
            host,
            port,
            holder: holder.map(|id| self.replicas[id as usize].rest.name.clone()),
            taken: self.ports[host as usize - 1].is_held(port),
            refused: refused.iter().map(|&id| self.replicas[id as usize].rest.name.clone()).collect(),
        }));
    }

    /// The names of all replicas that ever were, by index.
    #[must_use]
    pub fn replica_names(&self) -> Vec<String> {
        self.replicas.iter().map(|replica| replica.rest.name.clone()).collect()
    }

    fn dot(&self, request: u32, work_left: SimDuration) -> Dot {
        let body = &self.requests[request];
        Dot { request: body.number, born: body.born(), work_left, unwanted: body.unwanted }
    }

    fn arriving(&self, into: &mut Vec<Dot>) {
        into.clear();
        if self.model.client_delay.mean() == 0.0 {
            return;
        }
        let arriving = self.requests.iter().filter(|(_, body)| body.phase == Phase::ToBalancer);
        into.extend(arriving.take(DOTS).map(|(request, body)| self.dot(request, body.demand)));
        into.sort_by_key(|dot| dot.request);
    }

    fn balancer_view(&self, place: u16, into: &mut BalancerView) {
        let front: &Front = &self.fronts[usize::from(place)];
        into.door = self.door_view(place);
        let Some(first) = front.instances.first().map(|instance| &instance.pool) else { return };
        into.service.clone_from(&self.model.services[front.service as usize].name);
        into.algorithm.clear();
        into.algorithm.push_str(first.name());
        let pools = || front.instances.iter().map(|instance| &instance.pool);
        into.queue = pools().map(Pool::waiting_len).sum();
        into.queue_limit = first.rules().queue.saturating_mul(front.instances.len() as u32);
        into.queue_level = front.queued;
        into.turned_away = pools().map(Pool::turned_away).sum();
        into.sticky = first.rules().sticky;
        into.product = first.rules().product.name;
        into.statuses.clone_from(&front.statuses);
        into.statuses.sort_unstable();
        into.instances.clear();
        into.instances.extend(front.instances.iter().map(|instance| InstanceView {
            requests: instance.requests,
            in_flight: instance.pool.in_flight().iter().map(|&n| u64::from(n)).sum(),
            queue: instance.pool.waiting_len(),
            left_out: instance.pool.left_out(),
            remembered: instance.pool.remembered() as u64,
        }));
        into.waiting.clear();
        let waiting = pools().flat_map(Pool::waiting).take(DOTS);
        into.waiting.extend(waiting.map(|request| self.dot(request, self.requests[request].demand)));
    }

    fn replica_view(&self, id: u32, into: &mut ReplicaView) {
        let replica = &self.replicas[id as usize];
        // Who it is stays the same, and of ten thousand it would cost a third of a snapshot to write it again.
        if (into.id, &into.name) != (id, &replica.rest.name) || into.address.is_empty() {
            into.id = id;
            into.name.clone_from(&replica.rest.name);
            // Docker gives the addresses of a network in the order of creation; the gateway has .1, the balancer .2.
            into.address = format!("172.18.{}.{}", (id + 3) / 256, (id + 3) % 256);
        }
        into.service.clone_from(&self.model.services[replica.rest.service as usize].name);
        (into.state, into.since, into.until) = (replica.state, replica.rest.since, replica.rest.until);
        (into.died, into.back_off, into.refused_port) =
            (replica.rest.died, replica.rest.back_off, replica.rest.refused_port);
        (into.host, into.zone) = (replica.rest.host + 1, self.hosts.zone(replica.rest.host) + 1);
        (into.health, into.cold) = (replica.rest.upkeep.health, replica.rest.upkeep.cold);
        into.cores = replica.model.cores;
        into.cpu_used = replica.cpu.used(self.now);
        let throttled = replica.cpu.throttled(self.now);
        into.throttled = throttled.map(|(time, _)| time);
        into.throttled_now = throttled.is_some_and(|(_, now)| now);
        (into.memory_limit, into.memory) = (replica.model.memory, replica.rest.parts);
        into.connections = replica.connections().value() as u32;
        into.connections_limit = replica.model.connections;
        into.idle = self.kept_open(id);
        into.stuck = if self.stuck.is_empty() { 0 } else { self.stuck_answers(id) };
        into.running = replica.running.value() as u32;
        into.concurrency = replica.concurrency();
        (into.waiting, into.backlog) = (replica.waiting(), replica.model.backlog);
        into.in_flight = replica.in_flight;
        let front = self.model.services[replica.rest.service as usize].front;
        let instances = front.map(|front| &self.fronts[usize::from(front)].instances);
        into.eligible =
            instances.is_some_and(|list| list.iter().any(|instance| instance.pool.takes_new(replica.member)));
        if let Some(prefetch) = self.prefetch_of(id) {
            (into.backlog, into.eligible) =
                (prefetch.saturating_sub(1), replica.state == ReplicaState::Ready);
        }
        into.known_by = front.and_then(|front| self.fronts[usize::from(front)].known_by(replica.member));
        into.left_out = instances
            .is_some_and(|list| list.iter().all(|instance| instance.pool.leaves_out(replica.member)));
        (into.sessions, into.restarts, into.oom_kills) =
            (replica.rest.sessions, replica.rest.restarts, replica.rest.oom_kills);
        (into.attempts, into.answered) = (replica.attempts, replica.answered);
        (into.refused, into.refused_at) = (replica.rest.refused, replica.rest.refused_at);
        into.in_system_level = replica.in_system;
        into.running_level = replica.running;
        into.connections_level = *replica.connections();
        into.memory_level = replica.rest.memory;
        into.faults = replica.rest.faults;
        self.dots(replica, into);
    }

    fn dots(&self, replica: &Replica, into: &mut ReplicaView) {
        into.running_dots.clear();
        let running = replica.cpu.left(self.now).take(DOTS);
        into.running_dots.extend(running.map(|(place, left)| self.dot(replica.at_place(place), left)));
        let (held, parked) = replica.waits_inside(&self.requests);
        let free = DOTS - into.running_dots.len();
        if replica.running.value() > u64::from(replica.cpu.len()) {
            into.running_dots.extend(held.take(free).map(|request| self.dot(request, SimDuration::ZERO)));
        }
        into.parked = parked.len() as u32;
        into.parked_dots.clear();
        let parked = parked.iter().take(DOTS);
        into.parked_dots.extend(parked.map(|&request| self.dot(request, SimDuration::ZERO)));
        into.parked_dots.sort_by_key(|dot| dot.request);
        into.running_dots.sort_by_key(|dot| dot.request);
        into.waiting_dots.clear();
        let waiting = replica.waiting_requests(&self.requests).take(DOTS);
        into.waiting_dots.extend(waiting.map(|request| self.dot(request, self.requests[request].demand)));
    }
}
