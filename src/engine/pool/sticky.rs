//! Where a client goes back to: what its cookie says, what a hash says, or what a table has learned.

use std::collections::BTreeMap;

use super::{Pool, Rules};
use crate::algorithm::{Decision, RequestView};
use crate::rng::split_mix;
use crate::units::{SimDuration, SimTime};

/// By what a client is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stick {
    /// The member that its cookie names.
    #[default]
    Cookie,
    /// A hash of what a configurable hash looks at, modulo the number of listed members.
    Hash,
    /// A table of addresses and members (HAProxy `stick on src`, kube-proxy `ClientIP`).
    Address,
    /// A table of clients and members (nginx `sticky learn`).
    Learned,
}

/// A table of clients with the member of each, at most `size` of them: the one that was used longest ago makes room,
/// and one that has not been used for `expiry` is forgotten.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    entries: BTreeMap<u64, Entry>,
    /// Keys by their last use: uses are numbered.
    order: BTreeMap<u64, u64>,
    uses: u64,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    member: u32,
    at: SimTime,
    used: u64,
}

impl Table {
    fn get(&self, key: u64, now: SimTime, expiry: SimDuration) -> Option<u32> {
        self.entries.get(&key).filter(|entry| now.since(entry.at) < expiry).map(|entry| entry.member)
    }

    fn set(&mut self, key: u64, member: u32, now: SimTime, size: u32) {
        self.uses += 1;
        let entry = Entry { member, at: now, used: self.uses };
        if let Some(old) = self.entries.insert(key, entry) {
            self.order.remove(&old.used);
        }
        self.order.insert(self.uses, key);
        while self.entries.len() > size as usize {
            let Some((_, oldest)) = self.order.pop_first() else { return };
            self.entries.remove(&oldest);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// FNV-1a, finished by a mix: 64 bits.
fn hash(bytes: &[u8]) -> u64 {
    let step = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    split_mix(bytes.iter().fold(0xcbf2_9ce4_8422_2325, step))
}

impl Pool {
    /// The member that this client goes back to, whether or not that can be asked.
    fn named(&self, now: SimTime, request: &RequestView<'_>) -> Option<u32> {
        let Rules { sticky, stick, stick_expiry, .. } = self.rules;
        match stick {
            _ if !sticky => None,
            Stick::Cookie => request.home,
            Stick::Hash => {
                let members = &self.tiers[0].members;
                let count = members.len() as u64;
                (count > 0).then(|| members[(request.with_key(hash) % count) as usize])
            }
            Stick::Address | Stick::Learned => self.table.get(self.key(request), now, stick_expiry),
        }
    }

    fn key(&self, request: &RequestView<'_>) -> u64 {
        match self.rules.stick {
            Stick::Address => request.with_address(hash),
            _ => request.client,
        }
    }

    /// Where stickiness sends a client, if it may.
    pub(super) fn home(&self, now: SimTime, request: &RequestView<'_>) -> Option<Decision> {
        let member = self.named(now, request)?;
        // A hash does not know weights; one of 0 gets nothing new.
        let excluded = self.rules.stick == Stick::Hash && self.weight[member as usize] == 0;
        let skipped = excluded || request.tried.contains(&member);
        if self.is_eligible(member) && !skipped {
            return Some(Decision::Route(member));
        }
        let waits = self.rules.product.waits_for_home && self.is_usable(member) && !skipped;
        waits.then_some(Decision::Wait(member))
    }

    /// A client is handed to a member: a table learns that.
    pub fn remember(&mut self, now: SimTime, request: &RequestView<'_>, member: u32) {
        if self.rules.sticky && matches!(self.rules.stick, Stick::Address | Stick::Learned) {
            let key = self.key(request);
            self.table.set(key, member, now, self.rules.stick_size);
        }
    }

    /// Entries of its table.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.table.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_forgets_the_oldest_and_what_has_expired() {
        let (mut table, at) = (Table::default(), SimTime);
        let second = SimDuration::from_secs(1);
        for (key, member) in [(1, 10), (2, 20), (1, 11), (3, 30)] {
            table.set(key, member, at(key), 2);
        }
        // 1 was used after 2, so 2 made room for 3.
        assert_eq!([1, 2, 3].map(|key| table.get(key, at(5), second)), [Some(11), None, Some(30)]);
        assert_eq!(table.get(3, at(1_000_000_002), second), Some(30));
        assert_eq!((table.get(3, at(1_000_000_003), second), table.len()), (None, 2));
    }
}
