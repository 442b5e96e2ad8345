//! Balancers whose instances know only some of the replicas.

use doorbuster::scenario::{Scenario, Subset, SubsetKind};

use super::fronts::Bits;

/// Gives the instances of the edge subsets, in one of three worlds that have several.
pub fn add(scenario: &mut Scenario, bits: u128) {
    let bits = &mut Bits(bits >> 64);
    let b = &mut scenario.balancer;
    let subset = Subset { size: bits.below(4) as u32 + 1, kind: bits.one_of(SubsetKind::ALL) };
    b.subset = (bits.below(3) == 1 && b.instances > 1 && !b.shared).then_some(subset);
}
