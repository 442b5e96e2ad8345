//! Waiting in the balancer, and looking at it from outside.

use super::{NoPlace, Pool, Rules, Waiting};
use crate::algorithm::Algorithm;
use crate::algorithm::product::HandOver;
use crate::units::SimTime;

impl Pool {
    /// Lets a request wait for anybody, or for one member; its ticket, with which it leaves.
    ///
    /// # Errors
    /// When all places are taken.
    pub fn wait(&mut self, id: u32, member: Option<u32>) -> Result<u32, NoPlace> {
        if self.lines.len() >= self.rules.queue {
            self.turned_away += 1;
            let news = !std::mem::replace(&mut self.was_full, true) && self.rules.queue > 0;
            return Err(NoPlace { news });
        }
        Ok(self.lines.join(id, member))
    }

    /// Takes a request out of its line.
    pub fn leave(&mut self, ticket: u32) {
        self.lines.leave(ticket);
        // Half empty before "full" is news again.
        if self.lines.len() * 2 <= self.rules.queue {
            self.was_full = false;
        }
    }

    /// Whether nobody waits, and nothing about a member is due to change.
    #[inline]
    pub(in crate::engine) fn is_quiet(&self, now: SimTime) -> bool {
        self.lines.len() == 0 && self.freed.is_empty() && !self.is_due(now)
    }

    /// Who is to be handed over now. Call it again until there is nobody, or until the one that was to be
    /// asked for could not be routed.
    #[inline]
    pub fn next_waiting(&mut self, now: SimTime) -> Option<Waiting> {
        self.advance(now);
        if self.lines.len() == 0 {
            self.freed.clear();
            return None;
        }
        self.next_in_line()
    }

    fn next_in_line(&mut self) -> Option<Waiting> {
        let freed_takes = self.rules.product.hand_over == HandOver::Freed;
        while let Some(&member) = self.freed.last() {
            // HAProxy: a server of weight 0 takes those who wait for it, and none of those who wait for anybody.
            let place = member as usize;
            let shared = freed_takes && self.weight[place] > 0 && !self.settings[place].drain;
            let ticket = if self.is_eligible(member) { self.lines.oldest_for(member, shared) } else { None };
            if let Some(ticket) = ticket {
                let id = self.lines.id(ticket);
                self.leave(ticket);
                return Some(Waiting::To { id, member });
            }
            self.freed.pop();
        }
        let oldest = self.lines.oldest().filter(|_| !freed_takes)?;
        Some(Waiting::Ask { id: self.lines.id(oldest) })
    }

    /// Everybody who waits, the oldest first; those who wait for one member after the others.
    pub fn waiting(&self) -> impl Iterator<Item = u32> + '_ {
        self.lines.ids()
    }

    /// How many wait.
    #[must_use]
    pub fn waiting_len(&self) -> u32 {
        self.lines.len()
    }

    /// How many found no place to wait.
    #[must_use]
    pub const fn turned_away(&self) -> u64 {
        self.turned_away
    }

    /// How often a member was left out or ejected.
    #[must_use]
    pub const fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The algorithm's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The algorithm with its state.
    #[must_use]
    pub fn algorithm(&self) -> &dyn Algorithm {
        &*self.algorithm
    }

    /// The rules.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Requests in flight by member.
    #[must_use]
    pub fn in_flight(&self) -> &[u32] {
        &self.in_flight
    }

    /// Whether a member may be asked, by one who goes back to it if by nobody else.
    #[must_use]
    pub fn is_eligible(&self, member: u32) -> bool {
        self.members[member as usize].open
    }

    /// Whether a member gets nothing new, be it full or not.
    #[must_use]
    pub fn leaves_out(&self, member: u32) -> bool {
        let place = member as usize;
        !self.members[place].usable || self.settings[place].drain
    }

    /// Whether a member may be chosen by the algorithm.
    #[must_use]
    pub fn takes_new(&self, member: u32) -> bool {
        let place = member as usize;
        self.members[place].open && !self.settings[place].drain
    }

    /// Whether the balancer knows a member.
    #[must_use]
    pub fn is_listed(&self, member: u32) -> bool {
        self.members[member as usize].listed
    }

    /// Whether a member is well, whatever its load.
    #[must_use]
    pub fn is_usable(&self, member: u32) -> bool {
        self.members[member as usize].usable
    }
}
