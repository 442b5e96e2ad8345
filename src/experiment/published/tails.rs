//! The slowest decide: requests that need many answers, and asking twice.

use super::bench::{agrees, shown};
use super::{Bench, Claim, Finding};
use crate::report::{Estimate, Report};

/// The claims.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        name: "fan-out",
        claim: "Where a request needs 100 answers of which 1 % are slow, 63 % of the requests are slow",
        source: "Dean and Barroso, The tail at scale, 2013",
        published: "1 − 0.99^100 = 63.4 %; of 20 answers 18.2 %",
        tolerance: "One and a half times our interval: it is exact for answers that don't depend on each other.",
        quick: true,
        run: fan_out,
    },
    Claim {
        name: "hedging",
        claim: "Asking a second server after 10 ms cuts the tail to a fraction, for 2 % more requests; after the p95, for \
            5 %",
        source: "Dean and Barroso, The tail at scale, 2013: a benchmark of BigTable, 1,000 keys on 100 servers; here each \
            way of a read is delayed by Pareto's law with a shape of 1.907, so that 2 % are slower than 10 ms and about one \
            in a million than 1,800 ms",
        published: "p99.9 of requests of 1,000 reads 1,800 ms, with hedging 74 ms, for 2 % more reads; hedging at the p95 \
            costs at most 5 %",
        tolerance: "Further reads 2 % and 5 %, within one and a half times our interval and 0.05 points (the shape has four \
            digits), so never more than 5.5 %. p99.9 of one \
            read falls to less than half. The longest of a million reads, which is what decides about 1,000 of them \
            together, within a factor of 2 of both published values: theirs are of real servers, and were measured once.",
        quick: false,
        run: hedging,
    },
];

fn fan_out(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 8;
    let (mut passed, mut ours) = (true, Vec::new());
    for (calls, published) in [(100, 63.397), (20, 18.209)] {
        // ln 100 = 4.60517: 1 % of the answers take longer than so many means.
        let call = "{ kind = 'call', to = 'leaf', together = true }";
        let steps = format!("{{ kind = 'call', to = 'leaf' }}, {}", vec![call; calls - 1].join(", "));
        let text = format!(
            "[traffic]\ntimeout = '460517 us'\n[[traffic.source]]\nrate = 200\n[[traffic.class]]\n\
             steps = [{steps}]\n[balancer]\ntries = 1\nmax_fails = 0\n[[service]]\nthreads = 100000\n\
             sessions = 'none'\n[[dependency]]\nname = 'leaf'\ntime = 'exponential 100 ms'\n\
             [run]\nduration = '10 s'"
        );
        let slow = bench.mean(&text, SEEDS, |report| Some(report.failed_share() * 100.0))?;
        passed &= agrees(&slow, published, 0.0);
        ours.push(format!("{} % of {calls}", shown(&slow, 2)));
    }
    Ok(Finding { ours: ours.join(", "), seeds: SEEDS, passed })
}

/// What is asked of one run.
#[derive(Debug, Clone, Copy)]
struct Tail {
    extra: f64,
    p999: f64,
    longest: f64,
}

fn tail(report: &Report) -> Option<Tail> {
    let (times, offered) = (&report.response_time_ms, report.requests.offered as f64);
    let extra = report.hedges.map_or(0.0, |hedges| hedges.sent as f64) / offered * 100.0;
    Some(Tail { extra, p999: times.p999?, longest: times.max? })
}

fn hedging(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 16;
    let runs = |hedge: &str| -> Result<Vec<Tail>, String> {
        // A read takes nothing from the others, and what delays it is drawn for each attempt; a million of them a run.
        let text = format!(
            "[traffic]\n{hedge}\n[[traffic.source]]\nrate = 20000\n[[traffic.class]]\ndemand = '1 ns'\n\
             [balancer]\nalgorithm = 'random'\nread_timeout = 'never'\nconnect_timeout = '1 h'\n\
             delay = 'pareto 1.588 ms shape 1.907'\n[[service]]\nreplicas = 100\nthreads = 100000\n\
             sessions = 'none'\n[run]\nduration = '50 s'\nwindow = '10 s'"
        );
        let found: Option<Vec<Tail>> = bench.each(&text, SEEDS, tail)?.into_iter().collect();
        found.ok_or_else(|| "nothing was measured".to_owned())
    };
    let (plain, after_10, after_p95) = (
        runs("")?,
        runs("hedge = { after = '10 ms' }")?,
        // Where 5 % have no answer yet.
        runs("hedge = { after = '6615 us' }")?,
    );
    let mean = |runs: &[Tail], part: fn(&Tail) -> f64| {
        Estimate::of(&runs.iter().map(part).collect::<Vec<_>>()).ok_or("nothing was measured")
    };
    let median = |runs: &[Tail]| {
        let mut all: Vec<f64> = runs.iter().map(|run| run.longest).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    let (two, five) = (mean(&after_10, |run| run.extra)?, mean(&after_p95, |run| run.extra)?);
    let (before, after) = (mean(&plain, |run| run.p999)?, mean(&after_10, |run| run.p999)?);
    let (worst, best) = (median(&plain), median(&after_10));
    let near = |value: f64, published: f64| (published / 2.0..=published * 2.0).contains(&value);
    Ok(Finding {
        ours: format!(
            "{} and {} % more reads; p99.9 of one {} ms, with hedging {} ms; longest of a million (median) {worst:.0} \
             and {best:.0} ms",
            shown(&two, 2),
            shown(&five, 2),
            shown(&before, 1),
            shown(&after, 2)
        ),
        seeds: SEEDS,
        passed: agrees(&two, 2.0, 0.05)
            && agrees(&five, 5.0, 0.05)
            && five.mean <= 5.5
            && after.mean < before.mean / 2.0
            && near(worst, 1_800.0)
            && near(best, 74.0),
    })
}
