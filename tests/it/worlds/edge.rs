//! What balancers themselves can hold and do, in random worlds.

use doorbuster::dist::Distribution;
use doorbuster::scenario::{Class, Limits, OwnKind, OwnPath, Scenario};

use super::fronts::Bits;
use super::ms;

/// Adds to a scenario what `bits` say.
pub fn add(scenario: &mut Scenario, bits: u128) {
    let bits = &mut Bits(bits);
    let b = &mut scenario.balancer;
    b.limits = (bits.below(3) == 1).then(|| Limits {
        connections: bits.one_of(&[None, Some(1), Some(2), Some(5), Some(40)]),
        files: bits.one_of(&[None, None, Some(2), Some(3), Some(30)]),
        backlog: bits.one_of(&[0, 1, 511]),
        work: bits.one_of(&[
            Distribution::Constant(ms(0)),
            Distribution::Constant(ms(2)),
            Distribution::Exponential(ms(10)),
        ]),
        cores: bits.one_of(&[1, 1, 2]),
    });
    if bits.below(4) == 1 {
        b.own = vec![OwnPath { path: "/static/".into(), kind: bits.one_of(OwnKind::ALL) }];
        scenario.traffic.class.push(Class {
            path: "/static/logo.png".into(),
            share: 0.5,
            ..Class::default()
        });
    }
    scenario.service[0].shed_above = bits.one_of(&[None, None, None, Some(1), Some(4)]);
    scenario.service[0].files = bits.one_of(&[None, None, None, Some(1), Some(2)]);
}
