//! The requests that wait in a balancer: one line for whoever becomes free, one for each member.

use crate::engine::arena::{Arena, Fifo, Linked, Links, NONE};

/// A request in a line.
#[derive(Debug, Clone)]
struct Place {
    id: u32,
    /// The member that it waits for, or none.
    bound: u32,
    /// How many came before it.
    number: u64,
    links: Links,
}

impl Linked for Place {
    #[inline]
    fn links(&mut self) -> &mut Links {
        &mut self.links
    }

    #[inline]
    fn after(&self) -> u32 {
        self.links.after()
    }
}

#[derive(Debug, Clone)]
pub(super) struct Lines {
    places: Arena<Place>,
    shared: Fifo,
    own: Vec<Fifo>,
    count: u64,
}

impl Lines {
    pub(super) const fn new() -> Self {
        Self { places: Arena::new(), shared: Fifo::new(), own: Vec::new(), count: 0 }
    }

    /// Everybody who waits.
    #[inline]
    pub(super) fn len(&self) -> u32 {
        self.places.len() as u32
    }

    /// Those who wait for anybody.
    #[inline]
    pub(super) const fn shared_len(&self) -> u32 {
        self.shared.len()
    }

    /// Puts a request at the end of a line; its ticket.
    pub(super) fn join(&mut self, id: u32, bound: Option<u32>) -> u32 {
        let (number, bound) = (self.count, bound.unwrap_or(NONE));
        self.count += 1;
        let ticket = self.places.insert(Place { id, bound, number, links: Links::NONE });
        if bound == NONE {
            self.shared.push(&mut self.places, ticket);
        } else {
            let lines = self.own.len().max(bound as usize + 1);
            self.own.resize_with(lines, Fifo::new);
            self.own[bound as usize].push(&mut self.places, ticket);
        }
        ticket
    }

    /// Takes a request out of its line.
    pub(super) fn leave(&mut self, ticket: u32) {
        let line = match self.places[ticket].bound {
            NONE => &mut self.shared,
            member => &mut self.own[member as usize],
        };
        line.remove(&mut self.places, ticket);
        self.places.release(ticket);
    }

    /// The ticket of the oldest request that waits for anybody.
    #[inline]
    pub(super) const fn oldest(&self) -> Option<u32> {
        self.shared.head()
    }

    /// The ticket of the oldest request that `member` may take: of its own line, and of the shared one if asked.
    pub(super) fn oldest_for(&self, member: u32, shared: bool) -> Option<u32> {
        let own = self.own.get(member as usize).and_then(Fifo::head);
        let shared = if shared { self.shared.head() } else { None };
        match (own, shared) {
            (Some(a), Some(b)) => Some(if self.places[a].number < self.places[b].number { a } else { b }),
            (own, shared) => own.or(shared),
        }
    }

    pub(super) fn id(&self, ticket: u32) -> u32 {
        self.places[ticket].id
    }

    /// Requests in the shared line and then in those of the members, the oldest of each first.
    pub(super) fn ids(&self) -> impl Iterator<Item = u32> + '_ {
        let lines = std::iter::once(&self.shared).chain(&self.own);
        lines.flat_map(|line| line.iter(&self.places)).map(|ticket| self.places[ticket].id)
    }
}
