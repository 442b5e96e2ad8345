//! Clients that send slowly, in random worlds.

use doorbuster::scenario::Scenario;

use super::fronts::Bits;
use super::times_of;

/// Adds to a scenario what `bits` say.
pub fn add(scenario: &mut Scenario, bits: u128) {
    let bits = &mut Bits(bits);
    if bits.below(4) != 1 {
        return;
    }
    for class in &mut scenario.traffic.class {
        class.send_time = times_of(bits.one_of(&[0, 20, 300]), bits.below(3));
        class.slow_share = bits.one_of(&[0.0, 0.3, 1.0]);
    }
    scenario.balancer.buffers = bits.one_of(&[None, Some(true), Some(false), Some(false)]);
}
