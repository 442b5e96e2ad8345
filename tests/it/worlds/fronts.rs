//! What is in front of the services: a second service with traffic, and a balancer of its own.

use doorbuster::dist::Distribution;
use doorbuster::scenario::{
    Balancer, Check, CheckKind, Class, Ejection, Mode, NextOn, Operation, OperationKind, Overlay, Scenario,
    Sticky,
};

use super::ms;

/// Takes small numbers out of 128 random bits; of 0, nothing but 0, so that a failure shrinks to nothing at all.
pub struct Bits(pub u128);

impl Bits {
    pub fn below(&mut self, n: u64) -> u64 {
        let draw = self.0 % u128::from(n);
        self.0 /= u128::from(n);
        draw as u64
    }

    pub fn one_of<T: Copy>(&mut self, choice: &[T]) -> T {
        choice[self.below(choice.len() as u64) as usize]
    }
}

/// Adds to a scenario what `bits` say.
pub fn add(scenario: &mut Scenario, bits: u128) {
    let bits = &mut Bits(bits);
    let b = &mut scenario.balancer;
    if bits.below(3) == 1 {
        b.slow_start = Some(ms(bits.one_of(&[100, 1_000])));
    }
    watch(b, bits);
    again(b, bits);
    replicas(scenario, bits);
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

/// How the balancer watches its replicas.
fn watch(b: &mut Balancer, bits: &mut Bits) {
    if !b.discovery && bits.below(2) == 1 {
        b.resolve_every = Some(ms(bits.one_of(&[300, 1_000])));
    }
    b.stale = bits.one_of(&[None, None, None, Some(ms(50)), Some(ms(1_000))]);
    b.check = (bits.below(4) == 1).then(|| Check {
        kind: bits.one_of(CheckKind::ALL),
        interval: ms(bits.one_of(&[100, 500])),
        timeout: ms(bits.one_of(&[20, 100])),
        rise: bits.below(3) as u32 + 1,
        fall: bits.below(3) as u32 + 1,
        ..Check::default()
    });
    b.ejection = (bits.below(3) == 1).then(|| Ejection {
        errors: bits.below(4) as u32 + 1,
        interval: ms(bits.one_of(&[100, 1_000])),
        base: ms(bits.one_of(&[0, 300])),
        most_percent: bits.one_of(&[10, 50, 100]),
        always_one: bits.below(2) == 1,
        ..Ejection::default()
    });
    b.panic = bits.one_of(&[None, None, None, Some(0.5), Some(1.0)]);
}

/// What is tried again, and who goes back where.
fn again(b: &mut Balancer, bits: &mut Bits) {
    use NextOn::{Connect, Error, Http5xx, NonIdempotent, Timeout};
    let lists: [&[NextOn]; 4] = [&[], &[Connect], &[Error, Timeout, Http5xx], &[Error, NonIdempotent]];
    b.next_on = (bits.below(3) == 1).then(|| bits.one_of(&lists).to_vec());
    b.retries = bits.one_of(&[None, None, Some(0), Some(2)]);
    b.retry_for = bits.one_of(&[None, None, None, Some(ms(600))]);
    b.redispatch = bits.below(2) == 1;
    if bits.below(3) == 1 {
        b.sticky = bits.one_of(Sticky::ALL);
        b.sticky_size = bits.one_of(&[1, 3, 8_000]);
        b.sticky_expiry = ms(bits.one_of(&[100, 60_000]));
    }
}

/// Backups, and replicas that get nothing new or nothing, from the start or from some time on.
fn replicas(scenario: &mut Scenario, bits: &mut Bits) {
    let backups =
        !["nginx.hash", "nginx.hash_consistent", "nginx.ip_hash", "nginx.random", "nginx.random_two"]
            .contains(&scenario.balancer.algorithm.as_str());
    for own in &mut scenario.service[0].replica {
        own.backup = backups && bits.below(4) == 1;
        own.mode =
            bits.one_of(&[Mode::Ready, Mode::Ready, Mode::Ready, Mode::Ready, Mode::Drain, Mode::Down]);
    }
    for _ in 0..bits.one_of(&[0, 0, 0, 1, 2]) {
        let kind = bits.one_of(&[OperationKind::Mode, OperationKind::Weight]);
        let (at, number) = (ms(bits.below(30) * 100), bits.below(4) + 1);
        let (mode, weight) = (bits.one_of(Mode::ALL), bits.below(3) as u32);
        let replica = format!("app-{number}");
        scenario.operation.push(Operation { at, kind, replica, mode, weight, ..Operation::default() });
    }
    if let [.., class] = &mut scenario.traffic.class[..] {
        class.idempotent = Some(bits.below(2) == 0);
    }
}
