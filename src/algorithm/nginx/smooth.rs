//! Smooth weighted round robin with effective weights: what every method of nginx falls back to.

use crate::algorithm::{Feedback, PoolView, Score};

/// Scores and effective weights of the members; they start at 0 and at the weight.
#[derive(Debug, Clone, Default)]
pub(super) struct Smooth {
    peers: Vec<Peer>,
}

#[derive(Debug, Clone, Copy)]
struct Peer {
    current: i64,
    /// How much the effective weight is below the weight.
    missing: i64,
}

impl Smooth {
    /// One turn among the candidates: every score grows by the effective weight, the largest wins (the first
    /// among equals) and pays what all have grown. An effective weight that was lowered regains 1 per turn.
    pub(super) fn next(&mut self, candidates: &[u32], pool: &PoolView<'_>) -> Option<u32> {
        if self.peers.len() < pool.weight.len() {
            self.peers.resize(pool.weight.len(), Peer { current: 0, missing: 0 });
        }
        let mut total = 0;
        let mut best: Option<(u32, i64)> = None;
        for &member in candidates {
            let weight = i64::from(pool.weight_of(member));
            if weight == 0 {
                continue;
            }
            let peer = &mut self.peers[member as usize];
            let effective = (weight - peer.missing).max(0);
            peer.current += effective;
            peer.missing = (peer.missing - 1).max(0);
            total += effective;
            if best.is_none_or(|(_, most)| peer.current > most) {
                best = Some((member, peer.current));
            }
        }
        let (best, _) = best?;
        self.peers[best as usize].current -= total;
        Some(best)
    }

    /// A failure costs the weight divided by `max_fails`, rounded down; never more than there is.
    pub(super) fn learn(&mut self, feedback: &Feedback, pool: &PoolView<'_>) {
        let Feedback::Completed { member, failed: true, .. } = *feedback else { return };
        let limit = i64::from(pool.settings(member).max_fails);
        if let Some(peer) = self.peers.get_mut(member as usize)
            && limit > 0
            && pool.counts_failures
        {
            let weight = i64::from(pool.weight_of(member));
            peer.missing = (peer.missing + weight / limit).min(weight);
        }
    }

    /// What a member would reach at the next turn, and how.
    pub(super) fn score(&self, member: u32, pool: &PoolView<'_>) -> Score {
        let peer = self.peers.get(member as usize).copied().unwrap_or(Peer { current: 0, missing: 0 });
        let effective = (i64::from(pool.weight_of(member)) - peer.missing).max(0);
        let value = peer.current + effective;
        Score { member, value: value as f64, filled: format!("{} + {effective} = {value}", peer.current) }
    }
}
