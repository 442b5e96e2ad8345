//! What overload and faults leave behind.

use super::bench::shown;
use super::{Bench, Claim, Finding};
use crate::observe::Outcome;
use crate::report::{Estimate, Report};

/// The claims.
pub(super) const CLAIMS: &[Claim] = &[Claim {
    name: "goodput-collapse",
    claim: "Goodput collapses while throughput stays high: a queue without a bound is worked off for clients who have \
        left; turning requests away at the door keeps it up",
    source: "Stability Sim; 90/s, timeout 1 s, 10 places of 100 ms, three times as slow from 8 to 16 s",
    published: "goodput / throughput: queue 0/98 (16–25 s), 1/101 (30–40 s), recovers near 55 s; shed at 80 queued \
        81/95, then 90/90",
    tolerance: "Within 5/s for throughput and for what is near 0 or the offered rate, 10/s for shedding while it \
        catches up: one engine's 20 seeds, windows read from a chart.",
    quick: true,
    run: collapse,
}];

/// Goodput and throughput a second between two times.
fn between(report: &Report, from: f64, to: f64) -> [f64; 2] {
    let points =
        report.series.points.iter().filter(|point| point.at_s > from + 1e-6 && point.at_s < to + 1e-6);
    let (mut good, mut all) = (0, 0);
    for point in points {
        good += point.ended[Outcome::Ok as usize];
        all += point.replicas.iter().map(|replica| replica.answered).sum::<u32>();
    }
    [f64::from(good) / (to - from), f64::from(all) / (to - from)]
}

fn collapse(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 20;
    let text = |limit: &str| {
        format!(
            "[traffic]\ntimeout = '1 s'\n[[traffic.source]]\nrate = 90\n[[traffic.class]]\n\
             demand = 'exponential 100 ms'\n[balancer]\ntries = 1\nmax_fails = 0\n[[service]]\nname = 'app'\n\
             threads = 10\ncpus = 10\nbacklog = 1000000\nsessions = 'none'\n{limit}\n[[fault]]\nkind = 'slow'\n\
             replica = 'app-1'\nat = '8 s'\nfor = '8 s'\ntimes = 3\n[run]\nduration = '80 s'"
        )
    };
    let windows = [(16.0, 25.0), (30.0, 40.0), (65.0, 75.0)];
    let measure = |limit: &str| -> Result<Vec<[Estimate; 2]>, String> {
        let runs = bench.each(&text(limit), SEEDS, |r| windows.map(|(from, to)| between(r, from, to)))?;
        let estimate = |window: usize, part: usize| {
            let values: Vec<f64> = runs.iter().map(|run| run[window][part]).collect();
            Estimate::of(&values).ok_or_else(|| "nothing was measured".to_owned())
        };
        (0..windows.len()).map(|window| Ok([estimate(window, 0)?, estimate(window, 1)?])).collect()
    };
    let (queue, shed) = (measure("")?, measure("connections = 90")?);
    let near = |estimate: &Estimate, value: f64, doubt: f64| (estimate.mean - value).abs() <= doubt;
    let passed = near(&queue[0][0], 0.0, 5.0)
        && near(&queue[0][1], 98.0, 5.0)
        && near(&queue[1][0], 1.0, 5.0)
        && near(&queue[1][1], 101.0, 5.0)
        && near(&queue[2][0], 90.0, 5.0)
        && near(&shed[0][0], 81.0, 10.0)
        && near(&shed[0][1], 95.0, 5.0)
        && near(&shed[1][0], 90.0, 5.0)
        && near(&shed[1][1], 90.0, 5.0);
    let cell = |window: &[Estimate; 2]| format!("{} / {}", shown(&window[0], 1), shown(&window[1], 1));
    Ok(Finding {
        ours: format!(
            "queue {} (16–25 s), {} (30–40 s), {} (65–75 s); shed {} (16–25 s), {} (30–40 s)",
            cell(&queue[0]),
            cell(&queue[1]),
            cell(&queue[2]),
            cell(&shed[0]),
            cell(&shed[1])
        ),
        seeds: SEEDS,
        passed,
    })
}
