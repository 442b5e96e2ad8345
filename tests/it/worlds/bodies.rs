//! Bodies, methods and pages that need no session, in random worlds.

use doorbuster::scenario::{Method, Scenario};
use doorbuster::units::Bytes;

use super::fronts::Bits;

/// Adds to a scenario what `bits` say.
pub fn add(scenario: &mut Scenario, bits: u128) {
    let bits = &mut Bits(bits);
    if bits.below(3) != 1 {
        return;
    }
    for class in &mut scenario.traffic.class {
        class.method = bits.one_of(Method::ALL);
        class.body = bits.one_of(&[Bytes(0), Bytes(1), Bytes::kib(300), Bytes::mib(3), Bytes::mib(20)]);
        let source = scenario.traffic.source.iter().filter_map(|source| source.session.as_ref());
        let mut named = source.flat_map(|session| [&session.login, &session.logout]);
        class.session = named.any(|name| name.as_ref() == Some(&class.name)) || bits.below(3) > 0;
    }
}
