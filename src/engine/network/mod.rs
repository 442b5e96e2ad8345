//! Connections: outgoing ports, TIME_WAIT, connections that are kept, attempts that get lost.
//!
//! Each attempt takes a connection from the balancer to the replica: one that is idle, or a new one with a port of
//! its own. A connection has two ends. The balancer's ends with the attempt, unless the connection is kept; the
//! replica's ends when its worker is done with it, unless it is kept. So there is one body, which belongs to the
//! balancer's end, and a mark on it while the replica holds the connection open without a request.
//!
//! Without `[network]` in the scenario there is none of this, and a connection costs nothing.

mod client;
mod idle;
mod outgoing;
mod partition;
mod way;

pub(super) use client::Link;
pub(super) use partition::Stuck;

use super::arena::{Arena, Linked, Links, NONE};
use super::event::Event;
use super::pool::End;
use super::queue::EventKey;
use super::request::{Phase, Request};
use super::{Engine, Probe};
use crate::algorithm::product::Trouble;
use crate::observe::{NetworkView, Outcome, Resource};
use crate::rng::{Purpose, Stream};
use crate::scenario::{DIRECT, FirstClose, Model, Network};
use crate::units::SimDuration;

use idle::Idle;
use outgoing::Outgoing;

/// The balancer's connections.
#[derive(Debug, Clone)]
pub(super) struct Sockets {
    rules: Network,
    connections: Arena<Connection>,
    /// By source address, by replica.
    ports: Vec<Vec<Outgoing>>,
    /// By instance of any front: which of its addresses it takes next.
    turns: Vec<u32>,
    /// By front: its first instance among those of all fronts, and how many it has.
    fronts: Vec<(u32, u32)>,
    idle: Vec<Idle>,
    /// By replica: connections that it holds open without a request.
    kept: Vec<u32>,
    chance: Stream,
    counts: Counts,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    opened: u64,
    reused: u64,
    refused: u64,
    lost: u64,
    peak: u32,
}

/// A connection from an instance of the balancer to a replica.
#[derive(Debug, Clone)]
struct Connection {
    balancer: u32,
    address: u32,
    replica: u32,
    /// In which life of the replica it was made.
    life: u32,
    served: u32,
    /// Whether it was ever established.
    made: bool,
    /// The replica holds it open without a request.
    kept: bool,
    links: Links,
    timer: EventKey,
}

impl Linked for Connection {
    fn links(&mut self) -> &mut Links {
        &mut self.links
    }

    fn after(&self) -> u32 {
        self.links.after()
    }
}

impl Sockets {
    pub(super) fn new(model: &Model, seed: u64) -> Option<Box<Self>> {
        let rules = model.network()?.clone();
        let mut all = 0;
        let fronts: Vec<(u32, u32)> = model
            .fronts()
            .iter()
            .map(|front| {
                all += front.instances;
                (all - front.instances, front.instances)
            })
            .collect();
        let instances = all as usize;
        Some(Box::new(Self {
            connections: Arena::new(),
            ports: vec![Vec::new(); rules.addresses as usize],
            turns: vec![0; instances],
            fronts,
            idle: vec![Idle::default(); instances],
            kept: Vec::new(),
            chance: Stream::new(seed, Purpose::Loss, 0),
            counts: Counts::default(),
            rules,
        }))
    }

    /// Whether the next connection attempt gets lost.
    fn loses(&mut self) -> bool {
        let lost = self.rules.loss > 0.0 && self.chance.unit() < self.rules.loss;
        self.counts.lost += u64::from(lost);
        lost
    }
}

/// The addresses of an instance: with as many as there are instances or more, each has its own; with fewer, they
/// share. The `turn`-th of them.
const fn address_of(instance: u32, instances: u32, addresses: u32, turn: u32) -> u32 {
    if addresses <= instances {
        return instance % addresses;
    }
    let own = (addresses - instance).div_ceil(instances);
    instance + (turn % own) * instances
}

/// The element at `place`, of a list that grows as it is asked.
fn at<T: Default>(list: &mut Vec<T>, place: u32) -> &mut T {
    if list.len() <= place as usize {
        list.resize_with(place as usize + 1, T::default);
    }
    &mut list[place as usize]
}

impl Engine {
    /// The connection for an attempt, and how long it takes to reach the replica; nothing when no port is free, and
    /// the attempt has failed.
    #[inline(always)]
    pub(super) fn reach(
        &mut self,
        request: u32,
        front: u16,
        probe: &mut impl Probe,
    ) -> Option<(SimDuration, bool)> {
        if self.sockets.is_none() {
            return Some(self.replica_delay(front));
        }
        self.reach_connected(request, probe)
    }

    fn reach_connected(&mut self, request: u32, probe: &mut impl Probe) -> Option<(SimDuration, bool)> {
        let Request { front, instance, replica, .. } = self.requests[request];
        let Some(sockets) = self.sockets.as_ref().filter(|_| front != DIRECT) else {
            return Some(self.replica_delay(front));
        };
        let (first, instances) = sockets.fronts[usize::from(front)];
        let balancer = first + u32::from(instance);
        let kept = self.take_idle(balancer, replica);
        let Some(connection) =
            kept.or_else(|| self.open(balancer, (u32::from(instance), instances), replica))
        else {
            self.no_port(request, probe);
            return None;
        };
        self.requests[request].connection = connection;
        let (mut delay, constant) = self.replica_delay(front);
        if kept.is_none() && self.sockets.as_ref().is_some_and(|sockets| sockets.rules.handshake) {
            delay = delay + self.replica_delay(front).0 + self.replica_delay(front).0;
        }
        Some((delay, constant))
    }

    /// A new connection, from the next address that has a port left.
    fn open(&mut self, balancer: u32, (instance, instances): (u32, u32), replica: u32) -> Option<u32> {
        let (now, life) = (self.now, self.replicas[replica as usize].rest.life);
        let sockets = self.sockets.as_mut()?;
        let (most, addresses) = (sockets.rules.ports, sockets.rules.addresses);
        let turn = sockets.turns[balancer as usize];
        for further in 0..addresses {
            let address = address_of(instance, instances, addresses, turn.wrapping_add(further));
            let pool = at(&mut sockets.ports[address as usize], replica);
            let Some(taken) = pool.take(now, most) else { continue };
            sockets.turns[balancer as usize] = (turn + further + 1) % addresses;
            sockets.counts.peak = sockets.counts.peak.max(taken);
            sockets.counts.opened += 1;
            return Some(sockets.connections.insert(Connection {
                balancer,
                address,
                replica,
                life,
                served: 1,
                made: false,
                kept: false,
                links: Links::NONE,
                timer: EventKey::NONE,
            }));
        }
        sockets.counts.refused += 1;
        None
    }

    /// The kernel has no port for the attempt: it fails at once, and counts as a failure of the replica.
    fn no_port(&mut self, request: u32, probe: &mut impl Probe) {
        self.requests[request].connection = NONE;
        self.alarm(self.requests[request].replica, Resource::Ports, probe);
        self.fail_here(request, Outcome::NoFreePort, probe);
    }

    /// The balancer itself knows that the attempt has failed. By an event, so that failures that lead to further
    /// attempts keep the stack flat.
    fn fail_here(&mut self, request: u32, outcome: Outcome, probe: &mut impl Probe) {
        let body = &mut self.requests[request];
        (body.phase, body.outcome) = (Phase::Answered, outcome);
        self.tell_end(request, outcome, probe);
        self.queue.schedule(self.now, Event::Answer { request });
    }

    /// Whether the request comes on a connection that has been established before.
    #[inline(always)]
    pub(super) fn is_on_kept(&self, request: u32) -> bool {
        self.sockets.as_ref().is_some_and(|sockets| {
            let connection = self.requests[request].connection;
            connection != NONE && sockets.connections[connection].kept
        })
    }

    /// The request is at the replica, which holds its connection from now on: whether it has held it before.
    #[inline(always)]
    pub(super) fn hold_connection(&mut self, request: u32) -> bool {
        if self.sockets.is_none() {
            return false;
        }
        let (connection, replica) = (self.requests[request].connection, self.requests[request].replica);
        let Some(sockets) = self.sockets.as_mut().filter(|_| connection != NONE) else { return false };
        let body = &mut sockets.connections[connection];
        if std::mem::replace(&mut body.kept, false) {
            *at(&mut sockets.kept, replica) -= 1;
            return true;
        }
        (body.made, body.life) = (true, self.replicas[replica as usize].rest.life);
        false
    }

    /// The replica is done with the request: whether it keeps the connection open, which the balancer may still
    /// close.
    #[inline(always)]
    pub(super) fn stays_open(&mut self, request: u32) -> bool {
        if self.sockets.is_none() {
            return false;
        }
        let (connection, replica) = (self.requests[request].connection, self.requests[request].replica);
        let Some(sockets) = self.sockets.as_mut().filter(|_| connection != NONE) else { return false };
        let keeps = sockets.rules.keep_alive.is_some();
        sockets.connections[connection].kept = keeps;
        *at(&mut sockets.kept, replica) += u32::from(keeps);
        keeps
    }

    /// An attempt is over for the balancer: its connection is kept or closed.
    #[inline(always)]
    pub(super) fn hang_up(&mut self, request: u32, end: End) {
        if self.sockets.is_some() {
            self.part_with(request, end);
        }
    }

    fn part_with(&mut self, request: u32, end: End) {
        let body = &mut self.requests[request];
        let connection = std::mem::replace(&mut body.connection, NONE);
        let killed = body.outcome == Outcome::WorkerKilled;
        match end {
            _ if connection == NONE => {}
            End::Ok | End::Status(_) if !killed => self.keep_or_shut(connection),
            End::Gone | End::Trouble(Trouble::ReadTimeout) => self.shut(connection, true),
            // The replica or its kernel has cut it.
            End::Ok | End::Status(_) | End::Trouble(_) => self.shut(connection, false),
        }
    }

    /// After an answer.
    fn keep_or_shut(&mut self, connection: u32) {
        let Some(sockets) = &self.sockets else { return };
        let body = &sockets.connections[connection];
        let replica = &self.replicas[body.replica as usize];
        let alive = replica.state == crate::observe::ReplicaState::Ready && replica.rest.life == body.life;
        match &sockets.rules.keep_alive {
            None => self.shut(connection, sockets.rules.first_close == FirstClose::Balancer),
            Some(_) if !body.kept || !alive => self.shut(connection, false),
            Some(keep) if body.served >= keep.requests || keep.connections == 0 => {
                self.shut(connection, true);
            }
            Some(_) => self.park(connection),
        }
    }

    /// Closes the balancer's end, and the replica's unless a request is there. The port of an established connection
    /// that the balancer closes first stays taken.
    fn shut(&mut self, connection: u32, balancer_first: bool) {
        let now = self.now;
        let Some(sockets) = &mut self.sockets else { return };
        let Connection { address, replica, life, made, kept, .. } = sockets.connections[connection];
        let wait = (made && balancer_first).then_some(sockets.rules.time_wait);
        at(&mut sockets.ports[address as usize], replica).give_back(now, wait);
        sockets.connections.release(connection);
        if kept && self.replicas[replica as usize].rest.life == life {
            *at(&mut sockets.kept, replica) -= 1;
            self.drop_connection(replica);
        }
    }

    /// The replica's process ends: nothing of it is open any more.
    pub(super) fn reset_connections(&mut self, replica: u32) {
        self.close_idle(replica);
        if let Some(sockets) = &mut self.sockets {
            *at(&mut sockets.kept, replica) = 0;
        }
    }

    /// Connections that a replica holds open without a request.
    pub(super) fn kept_open(&self, replica: u32) -> u32 {
        self.sockets.as_ref().and_then(|s| s.kept.get(replica as usize)).copied().unwrap_or(0)
    }

    pub(super) fn network_view(&self) -> Option<NetworkView> {
        let sockets = self.sockets.as_ref()?;
        let pools = sockets.ports.iter().flatten().map(|pool| pool.taken(self.now));
        let (ports_open, ports_waiting) =
            pools.max_by_key(|(held, waiting)| held + waiting).unwrap_or((0, 0));
        let Counts { opened, reused, refused, lost, peak } = sockets.counts;
        Some(NetworkView {
            ports_open,
            ports_waiting,
            ports_peak: peak,
            ports_limit: sockets.rules.ports,
            ports_refused: refused,
            opened,
            reused,
            lost,
            idle: sockets.idle.iter().map(Idle::len).sum(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::address_of;

    /// Five addresses of two instances: 0, 2 and 4 of the first, 1 and 3 of the second. Two of three: the third
    /// instance shares that of the first.
    #[test]
    fn instances_have_addresses_of_their_own_where_there_are_enough() {
        let of = |instance, instances, addresses| {
            [0, 1, 2, 3].map(|turn| address_of(instance, instances, addresses, turn))
        };
        assert_eq!((of(0, 2, 5), of(1, 2, 5)), ([0, 2, 4, 0], [1, 3, 1, 3]));
        assert_eq!((of(0, 3, 2), of(1, 3, 2), of(2, 3, 2)), ([0; 4], [1; 4], [0; 4]));
        assert_eq!((of(0, 1, 1), of(0, 1, 3)), ([0; 4], [0, 1, 2, 0]));
    }
}
