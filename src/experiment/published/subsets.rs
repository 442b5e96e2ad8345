//! Clients that balance themselves and know only some of the servers.

use super::bench::{agrees, shown};
use super::{Bench, Claim, Finding};
use crate::report::{Estimate, Report};

/// The claims.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        name: "subsets-at-random",
        claim: "Random subsets of 300 servers for 300 clients are uneven: the smaller, the more",
        source: "Google, Site reliability engineering, ch. 20; run again with 200 trials",
        published: "clients of the least and the most known server, in % of the mean: 30 % subsets, run again, 75.6 and \
            126.1 (the book: 63 and 121, which did not occur in 200 trials); 10 % 53.4 and 153.5; 75 % 90.1 and 109.4",
        tolerance: "One and a half times our interval and 1 point: a mean of 200 trials that lie between 66 and 83 has a \
            standard error of a quarter of a point. The book's 63 % is not asked for: one server would be off by four \
            standard deviations.",
        quick: true,
        run: random,
    },
    Claim {
        name: "subsets-in-rounds",
        claim: "Deterministic subsets are even: exactly, where their size divides the number of servers",
        source: "Google, Site reliability engineering, ch. 20; run again",
        published: "30 or 10 of 300: every server is known by as many clients; 90 of 300: 79 to 98 around 90",
        tolerance: "Equal where equal is published. Else within 75 to 102 under every seed: in each of 100 rounds a tenth \
            of the servers is left out by chance, so that 90 ± 3 clients know one, and none of 6,000 is off by more than 5 \
            standard deviations.",
        quick: true,
        run: dealt,
    },
];

/// 300 clients, each with a subset of 300 servers: the least and the most clients that know one.
fn extremes(bench: &Bench, subset: &str, seeds: u32) -> Result<Vec<[f64; 2]>, String> {
    let text = format!(
        "[[traffic.source]]\nrate = 1\n[balancer]\ninstances = 300\nsubset = {{ {subset} }}\n\
         [[service]]\nreplicas = 300\n[run]\nduration = '100 ms'\nwindow = '100 ms'"
    );
    let found = bench.each(&text, seeds, |report: &Report| {
        let known: Option<Vec<f64>> = report.replicas.iter().map(|r| r.known_by.map(f64::from)).collect();
        let known = known.filter(|list| list.len() == 300)?;
        let least = known.iter().copied().fold(f64::INFINITY, f64::min);
        Some([least, known.into_iter().fold(0.0, f64::max)])
    })?;
    found.into_iter().collect::<Option<Vec<_>>>().ok_or_else(|| "no subsets".to_owned())
}

fn random(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 30;
    let (mut passed, mut ours) = (true, Vec::new());
    for (size, published) in [(90, [75.6, 126.1]), (30, [53.4, 153.5]), (225, [90.1, 109.4])] {
        let found = extremes(bench, &format!("size = {size}, kind = 'random'"), SEEDS)?;
        let mut cells = Vec::new();
        for (i, published) in published.into_iter().enumerate() {
            let shares: Vec<f64> = found.iter().map(|ends| ends[i] / f64::from(size) * 100.0).collect();
            let mean = Estimate::of(&shares).ok_or("nothing was measured")?;
            passed &= agrees(&mean, published, 1.0);
            cells.push(shown(&mean, 1));
        }
        ours.push(format!("{} % of {} %", cells.join(" and "), size / 3));
    }
    Ok(Finding { ours: ours.join(", "), seeds: SEEDS, passed })
}

fn dealt(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 20;
    let (mut passed, mut ours) = (true, Vec::new());
    for (size, low, high) in [(30, 30.0, 30.0), (10, 10.0, 10.0), (90, 75.0, 102.0)] {
        let found = extremes(bench, &format!("size = {size}"), SEEDS)?;
        let least = found.iter().map(|ends| ends[0]).fold(f64::INFINITY, f64::min);
        let most = found.iter().map(|ends| ends[1]).fold(0.0, f64::max);
        passed &= least >= low && most <= high;
        ours.push(if least == most {
            format!("{size} of 300: all {least:.0}")
        } else {
            format!("{size} of 300: {least:.0} to {most:.0}, of all seeds")
        });
    }
    Ok(Finding { ours: ours.join("; "), seeds: SEEDS, passed })
}
