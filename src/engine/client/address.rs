//! From which address a client comes.

use super::super::Engine;
use super::super::arena::NONE;
use crate::rng::split_mix;
use crate::scenario::Clients;

/// The address of a client, as a number, from 64 random bits: one of many, each equally likely, or, behind a NAT, one
/// of a few.
fn address(clients: &Clients, bits: u64) -> u64 {
    let (draw, place) = ((bits >> 32) as f64 / 4_294_967_296.0, bits & 0xffff_ffff);
    let (count, first) = if draw < clients.nat_share {
        (u64::from(clients.nats), u64::from(clients.addresses))
    } else {
        (u64::from(clients.addresses), 0)
    };
    split_mix(first + ((place * count) >> 32))
}

impl Engine {
    /// What a client's address comes from: itself, or one of the addresses that the scenario says there are.
    #[inline]
    fn client_of(&self, bits: u64) -> u64 {
        self.model.clients.as_ref().map_or(bits, |clients| address(clients, bits))
    }

    /// Where the address of a request comes from: its visit, or, without visits, a client of its own.
    #[inline]
    pub(super) fn client_for(&self, visit: u32, number: u64) -> u64 {
        match visit {
            NONE if self.model.clients.is_some() => self.client_of(split_mix(self.seed ^ split_mix(number))),
            NONE => number,
            visit => self.client_of(self.visits[visit].client),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// 60 % behind two NATs: 30 % for each of the two, and of the other 40 %, 1/1,000 for each of 1,000.
    #[test]
    fn nats_are_hot_spots() {
        let clients = Clients { addresses: 1_000, nat_share: 0.6, nats: 2 };
        let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
        (0..100_000_u64).for_each(|n| *counts.entry(address(&clients, split_mix(n))).or_default() += 1);
        let mut shares: Vec<u32> = counts.into_values().collect();
        shares.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(shares.len(), 1_002);
        assert!(
            shares[..2].iter().all(|n| (29_500..30_500).contains(n)) && shares[2] < 80,
            "{:?}",
            &shares[..3]
        );
    }
}
