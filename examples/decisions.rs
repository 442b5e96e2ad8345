//! Nanoseconds for a decision of every algorithm of the catalogue, at 10, 100 and 10,000 replicas, requests from many
//! clients: `cargo run --release --no-default-features --example decisions`

use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Instant;

use doorbuster::algorithm::{
    CATALOG, Decision, Feedback, KeySource, MemberSettings, PoolView, RequestView, Spec,
};
use doorbuster::rng::{Purpose, Stream};
use doorbuster::units::SimTime;

const SIZES: [u32; 3] = [10, 100, 10_000];

/// Decides for about 200 ms.
fn measure(spec: &Spec, n: u32) -> Option<f64> {
    let settings: Vec<MemberSettings> = (0..n)
        .map(|place| MemberSettings {
            id: place + 1,
            address: format!("app-{place}:80"),
            ..MemberSettings::DEFAULT
        })
        .collect();
    let members: Vec<u32> = (0..n).collect();
    let weight = vec![1; n as usize];
    let mut stream = Stream::new(1, Purpose::Algorithm, 0);
    let mut in_flight: Vec<u32> = (0..n).map(|_| stream.below(5)).collect();
    let mut algorithm = (spec.build)(&spec.params(&[]).ok()?);
    let (mut rounds, mut spent, mut chunk) = (0_u32, 0.0, 1_u32);
    while spent < 0.2 {
        let begin = Instant::now();
        for round in 0..chunk {
            let address = IpAddr::V4(Ipv4Addr::from_bits(round.wrapping_mul(0x9e37_79b9)));
            let hashed = KeySource::User;
            let request = RequestView { client: round.into(), address, hashed, ..RequestView::default() };
            let plain = PoolView::plain(&members, &in_flight, &weight);
            let view = PoolView { settings: &settings, layout: 1, version: 1, ..plain };
            let now = SimTime(u64::from(round) * 1_000_000);
            let Decision::Route(member) = black_box(algorithm.decide(now, &request, &view, &mut stream))
            else {
                return None;
            };
            algorithm.learn(now, &Feedback::Dispatched { member }, &view);
            in_flight[member as usize] = (in_flight[member as usize] + 1) % 5;
        }
        // The first decision builds what is built once.
        if rounds > 0 {
            spent += begin.elapsed().as_secs_f64();
        }
        rounds += if spent > 0.0 { chunk } else { 1 };
        chunk = (chunk * 2).min(1 << 16);
    }
    Some(spent / f64::from(rounds - 1) * 1e9)
}

fn main() {
    println!("{:<24} {:>9} {:>9} {:>9}  n = 10, 100, 10,000; ns", "", SIZES[0], SIZES[1], SIZES[2]);
    for spec in CATALOG {
        let [a, b, c] = SIZES.map(|n| measure(spec, n).unwrap_or(f64::NAN));
        println!("{:<24} {a:>9.1} {b:>9.1} {c:>9.1}  {}", spec.name, spec.complexity);
    }
}
