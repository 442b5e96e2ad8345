//! Smooth weighted round robin with effective weights: what every method of nginx falls back to.

use crate::algorithm::pick::Turns;
use crate::algorithm::{Feedback, Members, PoolView, Score};

/// Scores and effective weights of the members; they start at 0 and at the weight.
#[derive(Debug, Clone, Default)]
pub(super) struct Smooth {
    turns: Turns,
    /// How much each effective weight is below the weight.
    missing: Vec<u32>,
    /// How many of them are.
    lowered: u32,
}

impl Smooth {
    /// One turn among the candidates: every score grows by the effective weight, the largest wins (the first
    /// among equals) and pays what all have grown. An effective weight that was lowered regains 1 per turn.
    pub(super) fn next(&mut self, candidates: Members<'_>, pool: &PoolView<'_>) -> Option<u32> {
        if self.lowered == 0 {
            return self.turns.next(candidates, pool.weight);
        }
        let Self { turns, missing, lowered } = self;
        turns.next_by(candidates, pool.weight, |member| {
            let Some(missing) = missing.get_mut(member as usize) else { return pool.weight_of(member) };
            let effective = pool.weight_of(member).saturating_sub(*missing);
            if *missing > 0 {
                *missing -= 1;
                *lowered -= u32::from(*missing == 0);
            }
            effective
        })
    }

    /// A failure costs the weight divided by `max_fails`, rounded down; never more than there is.
    pub(super) fn learn(&mut self, feedback: &Feedback, pool: &PoolView<'_>) {
        let Feedback::Completed { member, failed: true, .. } = *feedback else { return };
        let limit = pool.settings(member).max_fails;
        if limit == 0 || !pool.counts_failures {
            return;
        }
        self.missing.resize(self.missing.len().max(pool.weight.len()), 0);
        let (weight, missing) = (pool.weight_of(member), &mut self.missing[member as usize]);
        let before = *missing;
        *missing = (before + weight / limit).min(weight);
        self.lowered += u32::from(before == 0 && *missing > 0);
    }

    /// What a member would reach at the next turn, and how.
    pub(super) fn score(&self, member: u32, pool: &PoolView<'_>) -> Score {
        let missing = self.missing.get(member as usize).copied().unwrap_or(0);
        let (current, effective) =
            (self.turns.current(member), pool.weight_of(member).saturating_sub(missing));
        let value = current + i64::from(effective);
        Score { member, value: value as f64, filled: format!("{current} + {effective} = {value}").into() }
    }
}
