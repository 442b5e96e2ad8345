//! Idle connections of the balancer, as nginx's `keepalive` keeps them: each instance has so many, to all replicas
//! together. For a replica the one that was used last is taken first; when there are too many, the one that has been
//! idle for longest is closed.

use std::collections::VecDeque;

use super::super::Engine;
use super::super::arena::Fifo;
use super::super::event::Event;
use super::super::queue::EventKey;
use super::at;
use crate::units::SimDuration;

/// The idle connections of one instance.
#[derive(Debug, Clone)]
pub(super) struct Idle {
    /// All of them, longest idle first.
    line: Fifo,
    /// By replica, longest idle first.
    of: Vec<VecDeque<u32>>,
}

impl Default for Idle {
    fn default() -> Self {
        Self { line: Fifo::new(), of: Vec::new() }
    }
}

impl Idle {
    pub(super) const fn len(&self) -> u32 {
        self.line.len()
    }
}

impl Engine {
    /// An idle connection to the replica, for another request.
    pub(super) fn take_idle(&mut self, balancer: u32, replica: u32) -> Option<u32> {
        let sockets = self.sockets.as_mut()?;
        let connection = *sockets.idle[balancer as usize].of.get(replica as usize)?.back()?;
        sockets.counts.reused += 1;
        sockets.connections[connection].served += 1;
        self.unpark(connection);
        Some(connection)
    }

    /// Keeps a connection for further requests.
    pub(super) fn park(&mut self, connection: u32) {
        let Some(sockets) = &mut self.sockets else { return };
        let Some(keep) = &sockets.rules.keep_alive else { return };
        let (most, idle) =
            (keep.connections, keep.idle.min(keep.replica_idle.unwrap_or(SimDuration::FOREVER)));
        let (balancer, replica) =
            (sockets.connections[connection].balancer, sockets.connections[connection].replica);
        let oldest = sockets.idle[balancer as usize].line.head();
        if let Some(oldest) = oldest.filter(|_| sockets.idle[balancer as usize].len() >= most) {
            self.unpark(oldest);
            self.shut(oldest, true);
        }
        let timer = if idle < SimDuration::FOREVER {
            self.queue.schedule_after(self.now, idle, Event::IdleOver { connection })
        } else {
            EventKey::NONE
        };
        let Some(sockets) = &mut self.sockets else { return };
        sockets.connections[connection].timer = timer;
        let own = &mut sockets.idle[balancer as usize];
        own.line.push(&mut sockets.connections, connection);
        at(&mut own.of, replica).push_back(connection);
    }

    /// Takes a connection out of the idle ones.
    fn unpark(&mut self, connection: u32) {
        let Some(sockets) = &mut self.sockets else { return };
        let body = &mut sockets.connections[connection];
        let (balancer, replica) = (body.balancer, body.replica);
        let timer = std::mem::replace(&mut body.timer, EventKey::NONE);
        let own = &mut sockets.idle[balancer as usize];
        own.line.remove(&mut sockets.connections, connection);
        let of = at(&mut own.of, replica);
        // It is one of the two ends but for different idle times.
        if of.back() == Some(&connection) {
            of.pop_back();
        } else if let Some(place) = of.iter().position(|&other| other == connection) {
            of.remove(place);
        }
        self.queue.cancel(timer);
    }

    /// A connection has been idle for too long.
    pub(in super::super) fn idle_over(&mut self, connection: u32) {
        let Some(sockets) = &mut self.sockets else { return };
        sockets.connections[connection].timer = EventKey::NONE;
        let keep = sockets.rules.keep_alive.as_ref();
        let balancer_first = keep.is_some_and(|keep| keep.replica_idle.is_none_or(|idle| idle >= keep.idle));
        self.unpark(connection);
        self.shut(connection, balancer_first);
    }

    /// A replica closes its idle connections: it is about to go.
    pub(in super::super) fn close_idle(&mut self, replica: u32) {
        for balancer in 0..self.sockets.as_ref().map_or(0, |sockets| sockets.idle.len()) {
            while let Some(connection) = self.oldest_idle(balancer, replica) {
                self.unpark(connection);
                self.shut(connection, false);
            }
        }
    }

    fn oldest_idle(&self, balancer: usize, replica: u32) -> Option<u32> {
        self.sockets.as_ref()?.idle[balancer].of.get(replica as usize)?.front().copied()
    }
}
