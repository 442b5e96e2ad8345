//! What is in front of the services: a second service with traffic, and a balancer of its own.

use doorbuster::dist::Distribution;
use doorbuster::scenario::{Balancer, Class, Overlay, Scenario};

use super::ms;

/// Takes small numbers out of 64 random bits; of 0, nothing but 0, so that a failure shrinks to nothing at all.
pub struct Bits(pub u64);

impl Bits {
    pub fn below(&mut self, n: u64) -> u64 {
        let draw = self.0 % n;
        self.0 /= n;
        draw
    }

    pub fn one_of<T: Copy>(&mut self, choice: &[T]) -> T {
        choice[self.below(choice.len() as u64) as usize]
    }
}

/// Adds to a scenario what `bits` say.
pub fn add(scenario: &mut Scenario, bits: u64) {
    let bits = &mut Bits(bits);
    if let [_, second] = &mut scenario.service[..] {
        let own = Balancer {
            algorithm: bits.one_of(&["round_robin", "least_connections", "random"]).into(),
            max_connections: bits.one_of(&[None, Some(1), Some(3)]),
            queue: bits.one_of(&[0, 1, 5]),
            queue_timeout: Distribution::Constant(ms(bits.one_of(&[100, 2_000]))),
            ..Balancer::default()
        };
        second.balancer = (bits.below(2) == 1).then(|| Overlay::of(&own));
        let name = second.name.clone();
        let class = Class { service: Some(name), share: 0.5, ..Class::default() };
        scenario.traffic.class.extend((bits.below(3) > 0).then_some(class));
    }
}
