//! The members side by side, each as wide as its weight: a number below the total falls on one of them.

use crate::algorithm::PoolView;

/// Ends of the members' stretches, made anew when the configuration has changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Ranges {
    layout: u64,
    ends: Vec<u64>,
}

impl Ranges {
    /// Brings the ends up to date; the total weight of all members, whether they can be asked or not.
    pub(super) fn total(&mut self, pool: &PoolView<'_>) -> u64 {
        if pool.layout == 0 || pool.layout != self.layout {
            self.layout = pool.layout;
            self.ends.clear();
            self.ends.extend(pool.members.iter().scan(0, |end, &member| {
                *end += u64::from(pool.weight_of(member));
                Some(*end)
            }));
        }
        self.ends.last().copied().unwrap_or(0)
    }

    /// The member on which a number below the total falls. O(log n).
    pub(super) fn member(&self, number: u64, pool: &PoolView<'_>) -> u32 {
        pool.members[self.ends.partition_point(|&end| end <= number)]
    }
}
