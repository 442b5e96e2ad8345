//! Limits and settings that change while the world runs, and restarts.

use doorbuster::scenario::{Operation, OperationKind, Scenario, Tunable};
use doorbuster::units::SimDuration;

use super::fronts::Bits;

/// Adds up to three of them to a world.
pub fn add(scenario: &mut Scenario, bits: u64) {
    let bits = &mut Bits(u128::from(bits));
    for _ in 0..bits.one_of(&[0, 0, 1, 2, 3]) {
        let at = SimDuration::from_millis(bits.below(30) * 100);
        let replica = format!("app-{}", bits.below(4) + 1);
        if bits.below(3) == 0 {
            let kind = OperationKind::Restart;
            scenario.operation.push(Operation { at, kind, replica, ..Operation::default() });
            continue;
        }
        let what = bits.one_of(Tunable::ALL);
        let amounts: &[f64] = match what {
            Tunable::Cpus => &[0.1, 0.5, 2.0],
            Tunable::Memory => &[0.0, 2e7, 1e8],
            Tunable::Connections | Tunable::MaxConnections => &[0.0, 1.0, 4.0],
            Tunable::Workers => &[1.0, 2.0, 5.0],
            Tunable::Share => &[0.0, 0.3, 1.0],
            Tunable::Check => &[0.0, 0.1],
            Tunable::Drain => &[0.0, 1.0],
        };
        let class = scenario.traffic.class.first().map(|class| class.name.clone());
        let of = match (what, class) {
            (Tunable::Share, Some(class)) => class,
            (Tunable::Share, None) => continue,
            (Tunable::Check, _) => String::new(),
            _ if bits.below(2) == 0 => "app".to_owned(),
            _ => replica,
        };
        let (kind, amount) = (OperationKind::Tune, bits.one_of(amounts));
        scenario.operation.push(Operation { at, kind, of, what, amount, ..Operation::default() });
    }
}
