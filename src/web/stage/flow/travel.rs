//! Dots under way and rings that fall: what moves, apart from how it is drawn.

use std::collections::BTreeMap;

use crate::observe::{Dot, ReplicaView, Snapshot};
use crate::web::stage::scene::{Look, Node, age, radius, refused_by_balancer};

/// The most dots under way at once.
pub const DOTS: usize = 60;
/// The most rings falling at once.
pub const RINGS: usize = 40;
/// Dots on one way keep this many px apart, and rings of one node this many real seconds: what is more is
/// left to the band and the number beside it.
const APART: f64 = 17.0;
const BEAT: f64 = 0.05;
/// Px per real second. The true delay is often a millisecond and could not be seen.
const SPEED: f64 = 240.0;
/// Real seconds that a fall takes.
const FALL: f64 = 0.6;

/// A dot under way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Traveller {
    /// From and to.
    pub way: (Node, Node),
    /// Share of the way, 0 to 1.
    pub gone: f64,
    /// Radius in px.
    pub r: f64,
    /// Step of its age.
    pub age: u8,
}

/// A ring that falls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Falling {
    /// The node that refused it.
    pub from: Node,
    /// Share of the fall, 0 to 1.
    pub gone: f64,
    /// Where along the node's bottom edge, 0 to 1.
    pub place: f64,
}

/// A counter that has been turned into dots up to here.
#[derive(Debug, Clone, Copy)]
struct Spent(u64);

/// The world that dots are made from, and the names of its services by their place in the scenario.
#[derive(Debug, Clone, Copy)]
pub struct Looked<'a> {
    /// The world now.
    pub world: &'a Snapshot,
    /// The names.
    pub services: &'a [String],
}

impl<'a> Looked<'a> {
    /// The replicas of a service.
    fn replicas(self, place: u32) -> impl Iterator<Item = &'a ReplicaView> {
        let name = self.services.get(place as usize);
        self.world.replicas.iter().filter(move |replica| Some(&replica.service) == name)
    }
}

/// Everything that moves.
#[derive(Debug, Default)]
pub struct Traffic {
    /// Dots under way.
    pub dots: Vec<Traveller>,
    /// Rings that fall.
    pub rings: Vec<Falling>,
    sent: BTreeMap<(Node, Node), Spent>,
    refused: BTreeMap<Node, Spent>,
    drawn: u32,
}

impl Traffic {
    /// Forgets everything, as after a jump in time.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Moves everything on by `elapsed` real seconds and starts what the counters of `world` call for.
    /// `ways` are the ways with their lengths in px.
    pub fn step(&mut self, looked: Looked<'_>, look: &Look, ways: &[((Node, Node), f64)], elapsed: f64) {
        let world = looked.world;
        let length = |way| ways.iter().find(|(known, _)| *known == way).map(|&(_, length)| length);
        self.dots.retain_mut(|dot| {
            dot.gone += length(dot.way).map_or(1.0, |length| elapsed * SPEED / length.max(1.0));
            dot.gone < 1.0
        });
        self.rings.retain_mut(|ring| {
            ring.gone += elapsed / FALL;
            ring.gone < 1.0
        });
        for &(way, length) in ways {
            let total = passed(looked, way);
            let spent = self.sent.entry(way).or_insert(Spent(total));
            if due(spent, total, look.unit) && self.dots.len() < DOTS {
                let last = self.dots.iter().rev().find(|dot| dot.way == way);
                if last.is_none_or(|dot| dot.gone * length >= APART) {
                    self.dots.push(start(looked, way, look));
                }
            }
        }
        self.let_fall(Node::Balancer, refused_by_balancer(world), look.unit);
        for replica in &world.replicas {
            self.let_fall(Node::Replica(replica.id), replica.refused, look.unit);
        }
    }

    fn let_fall(&mut self, from: Node, total: u64, unit: u64) {
        let spent = self.refused.entry(from).or_insert(Spent(total));
        let last = self.rings.iter().rev().find(|ring| ring.from == from);
        let free = self.rings.len() < RINGS && last.is_none_or(|ring| ring.gone * FALL >= BEAT);
        if due(spent, total, unit) && free {
            // Multiples of the golden ratio spread evenly, and look like chance.
            self.drawn = self.drawn.wrapping_add(1);
            let place = (f64::from(self.drawn) * 0.618_033_988_75) % 1.0;
            self.rings.push(Falling { from, gone: 0.0, place });
        }
    }
}

/// Whether a counter calls for a dot. What is less than one dot stays for later; dots beyond the first are
/// dropped.
fn due(spent: &mut Spent, total: u64, unit: u64) -> bool {
    let dots = total.saturating_sub(spent.0) / unit.max(1);
    spent.0 = if total < spent.0 { total } else { spent.0 + dots * unit.max(1) };
    dots > 0
}

/// A dot that sets out.
fn start(looked: Looked<'_>, way: (Node, Node), look: &Look) -> Traveller {
    let dot = newest(looked, way);
    let r = dot.map_or(3.0, |dot| radius(dot.work_left, look.mean_work));
    let age = dot.filter(|_| way.0 != Node::Clients).map_or(0, |dot| age(dot.born, look.now, look.timeout));
    Traveller { way, gone: 0.0, r: r.min(6.5), age }
}

/// Requests that have gone this way so far.
fn passed(looked: Looked<'_>, (from, to): (Node, Node)) -> u64 {
    let world = looked.world;
    let replica = |id: u32| find(world, id).map_or(0, |replica| replica.attempts);
    match (from, to) {
        (Node::Clients, Node::Port(host, port)) => {
            holder(world, host, port).map_or(0, |replica| replica.attempts)
        }
        (Node::Clients, _) => world.ledger.offered(),
        (_, Node::Replica(id)) => replica(id),
        (_, Node::Service(place)) => looked.replicas(place).map(|replica| replica.attempts).sum(),
        (_, Node::Dependency(place)) => {
            world.dependencies.get(place as usize).map_or(0, |view| view.requests)
        }
        _ => world.attempts,
    }
}

/// The newest request at the end of a way: what has just arrived there looks like what is coming.
fn newest(looked: Looked<'_>, (from, to): (Node, Node)) -> Option<Dot> {
    let world = looked.world;
    let in_replica = |replica: &ReplicaView| {
        let (running, waiting) = (replica.running_dots.last(), replica.waiting_dots.last());
        running.into_iter().chain(waiting).max_by_key(|dot| dot.request).copied()
    };
    match (from, to) {
        (_, Node::Replica(id)) => find(world, id).and_then(in_replica),
        (_, Node::Service(place)) => {
            looked.replicas(place).filter_map(in_replica).max_by_key(|dot| dot.request)
        }
        // What a dependency works on has no dots.
        (_, Node::Dependency(_)) => None,
        (Node::Clients, _) => {
            let queue = world.balancer.as_ref().and_then(|balancer| balancer.waiting.last()).copied();
            let inside = || world.replicas.iter().filter_map(in_replica).max_by_key(|dot| dot.request);
            world.arriving.last().copied().or(queue).or_else(inside)
        }
        _ => world.replicas.iter().filter_map(in_replica).max_by_key(|dot| dot.request),
    }
}

fn find(world: &Snapshot, id: u32) -> Option<&ReplicaView> {
    world.replicas.binary_search_by_key(&id, |replica| replica.id).ok().map(|place| &world.replicas[place])
}

fn holder(world: &Snapshot, host: u32, port: u16) -> Option<&ReplicaView> {
    let name = world.ports.iter().find(|view| (view.host, view.port) == (host, port))?.holder.as_ref()?;
    world.replicas.iter().find(|replica| replica.name == *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SimTime;

    const LOOK: Look = Look { now: SimTime(0), unit: 2, timeout: None, mean_work: 0.02 };
    const WAY: (Node, Node) = (Node::Clients, Node::Balancer);

    fn seen(world: &Snapshot) -> Looked<'_> {
        Looked { world, services: &[] }
    }

    fn offered(n: u64) -> Snapshot {
        let mut world = Snapshot::default();
        (0..n).for_each(|_| world.ledger.offer());
        world
    }

    /// At 2 requests a dot: the third request makes no second dot, the fourth does.
    #[test]
    fn counters_become_dots() {
        let mut traffic = Traffic::default();
        let ways = [(WAY, 240.0)];
        traffic.step(seen(&offered(7)), &LOOK, &ways, 0.1);
        assert_eq!(traffic.dots.len(), 0, "what was before is not sent again");
        for (total, dots) in [(8, 0), (9, 1), (10, 1), (11, 2)] {
            traffic.step(seen(&offered(total)), &LOOK, &ways, 0.1);
            assert_eq!(traffic.dots.len(), dots, "{total}");
        }
    }

    /// 24 px apart at 0.1 s a frame, 2.4 px at 0.01 s: there only every eighth sets out.
    #[test]
    fn dots_keep_apart() {
        let mut traffic = Traffic::default();
        let ways = [(WAY, 240.0)];
        (0..17).for_each(|n| traffic.step(seen(&offered(n * 2)), &LOOK, &ways, 0.01));
        assert_eq!(traffic.dots.len(), 2);
    }

    /// 240 px at 240 px a second: half-way after half a second, gone after one.
    #[test]
    fn dots_travel_and_arrive() {
        let mut traffic = Traffic::default();
        let ways = [(WAY, 240.0)];
        traffic.step(seen(&offered(0)), &LOOK, &ways, 0.0);
        traffic.step(seen(&offered(2)), &LOOK, &ways, 0.0);
        traffic.step(seen(&offered(2)), &LOOK, &ways, 0.5);
        assert!((traffic.dots[0].gone - 0.5).abs() < 1e-9);
        traffic.step(seen(&offered(2)), &LOOK, &ways, 0.6);
        assert!(traffic.dots.is_empty());
    }

    #[test]
    fn a_flood_stays_within_the_budget() {
        let mut traffic = Traffic::default();
        let ways = [(WAY, 1e9)];
        for n in 0..200 {
            traffic.step(seen(&offered(n * 100)), &LOOK, &ways, 0.1);
        }
        assert_eq!(traffic.dots.len(), DOTS);
    }
}
