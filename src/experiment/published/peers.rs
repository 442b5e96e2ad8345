//! The same work as other simulators, and what a connection is.
//!
//! A connection is counted from the hand-over of a request to a replica until its answer is back, its failure known or
//! its client gone: in service **and** waiting there. Several simulators count less, and their least connections is
//! another rule.

use super::bench::{agrees, shown};
use super::routing::farm;
use super::{Bench, Claim, Finding};
use crate::report::Estimate;

/// The claims.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        name: "peers-single",
        claim: "One replica, first come, first served, load 0.8",
        source: "Exact (M/M/1): mean 1 / (1 − ρ), quantiles of an exponential",
        published: "mean 5, p50 5 ln 2 = 3.4657, p99 5 ln 100 = 23.026",
        tolerance: "One and a half times our interval: it is exact.",
        quick: false,
        run: |bench| {
            let text = farm(1, 0.8, "algorithm = 'round_robin'", 1_000_000.0);
            times(bench, &text, &[Some(5.0), Some(3.4657), Some(23.026)], 0.0)
        },
    },
    Claim {
        name: "peers-least-connections",
        claim: "Least connections over ten replicas at a load of 0.9, connections counted from hand-over to answer",
        source: "A reference of 24 runs of 10,000,000 requests. Others on the same work: happysim 72.8 (counts 0 or 1 in \
            service, first of equals), Ciw 2.2 (counts who waits), asyncflow does not finish (counts messages in transit)",
        published: "mean 1.9137 ± 0.0013 (standard error), p50 1.4315, p99 7.916",
        tolerance: TOLERANCE,
        quick: false,
        run: |bench| {
            let text = farm(10, 0.9, "algorithm = 'least_connections'", 1_000_000.0);
            times(bench, &text, &[Some(1.9137), Some(1.4315), Some(7.916)], 0.005)
        },
    },
    Claim {
        name: "peers-two-choices",
        claim: "Two different choices among 100 replicas at a load of 0.9",
        source: "A reference of 24 runs of 10,000,000 requests. Another on the same work: happysim 4.21",
        published: "mean 2.6464 ± 0.0011 (standard error), p99 8.915",
        tolerance: TOLERANCE,
        quick: false,
        run: |bench| {
            let text = farm(100, 0.9, "algorithm = 'power_of_d'", 1_000_000.0);
            times(bench, &text, &[Some(2.6464), None, Some(8.915)], 0.005)
        },
    },
    Claim {
        name: "peers-sharing",
        claim: "Four replicas that share their core among all requests, random, load 0.8",
        source: "Exact mean; p99 from a reference of 24 runs of 10,000,000 requests",
        published: "mean 5, p99 36.91 ± 0.04",
        tolerance: TOLERANCE,
        quick: false,
        run: |bench| {
            let text = farm(4, 0.8, "algorithm = 'random'", 1_000_000.0)
                .replace("backlog", "threads = 1000000\nbacklog");
            times(bench, &text, &[Some(5.0), None, Some(36.91)], 0.005)
        },
    },
    Claim {
        name: "peers-timeouts",
        claim: "Least connections over ten replicas at a load of 0.9 where clients leave after 5 and the work stops",
        source: "A reference of 24 runs of 10,000,000 requests",
        published: "mean of those who got an answer 1.4579 ± 0.0003, p99 4.685; 2.7475 % leave",
        tolerance: TOLERANCE,
        quick: false,
        run: timeouts,
    },
];

const SEEDS: u32 = 12;
const TOLERANCE: &str = "One and a half times our interval, and 0.5 % for the reference: three times its standard error, \
    0.1 %, and the classes of both histograms.";

/// Mean, p50 and p99 against what is known of them.
fn times(bench: &Bench, text: &str, known: &[Option<f64>; 3], doubt: f64) -> Result<Finding, String> {
    let runs = bench.each(text, SEEDS, |report| {
        let times = &report.response_time_ms;
        [times.mean, times.p50, times.p99].map(|ms| ms.map(|ms| ms / 1e3))
    })?;
    let (mut passed, mut ours) = (true, Vec::new());
    for (i, name) in ["mean", "p50", "p99"].into_iter().enumerate() {
        let Some(known) = known[i] else { continue };
        let values: Option<Vec<f64>> = runs.iter().map(|run| run[i]).collect();
        let estimate = values.and_then(|v| Estimate::of(&v)).ok_or("nothing was measured")?;
        passed &= agrees(&estimate, known, doubt * known);
        ours.push(format!("{name} {}", shown(&estimate, 4)));
    }
    Ok(Finding { ours: ours.join(", "), seeds: SEEDS, passed })
}

fn timeouts(bench: &Bench) -> Result<Finding, String> {
    let text = farm(10, 0.9, "algorithm = 'least_connections'", 1_000_000.0);
    let text = format!("[traffic]\ntimeout = '5 s'\non_give_up = 'work_stops'\n{text}");
    let found = times(bench, &text, &[Some(1.4579), None, Some(4.685)], 0.005)?;
    let left = bench.mean(&text, SEEDS, |report| Some(report.failed_share() * 100.0))?;
    Ok(Finding {
        ours: format!("{}; {} % leave", found.ours, shown(&left, 3)),
        seeds: SEEDS,
        passed: found.passed && agrees(&left, 2.7475, 0.005 * 2.7475),
    })
}
