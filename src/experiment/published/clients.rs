//! What clients do: wait their turn or not, ask again, wait together in one queue or apart.

use super::bench::{agrees, preset_text, shown};
use super::routing::farm;
use super::{Bench, Claim, Finding};
use crate::observe::Outcome;
use crate::report::{Estimate, Report};

/// The claims.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        name: "bigger-pools",
        claim: "Bigger pools wait less: with half the places taken, who comes to one queue of five waits more often than \
            at one of ten",
        source: "Brooker, Surprising economics of load-balanced systems, 2020 (Erlang C)",
        published: "13 % of five, 3.6 % of ten",
        tolerance: "One and a half times our interval: it is exact, 13.037 % and 3.611 %.",
        quick: true,
        run: pools,
    },
    Claim {
        name: "open-or-closed",
        claim: "One closed client measures a p99 below 1 ms where visitors who come when they come have tens of \
            milliseconds",
        source: "Brooker, Open and closed, omission and collapse, 2023; 0.1 ms, or 10 ms once in a thousand, load 0.8",
        published: "closed p99 below 1 ms, open above 25 ms; run again with the true mean: p50 0.42, p99 46 ms",
        tolerance: "The closed one below 1 ms and the open one above 25 ms, as published, and so 25 times of it at least: \
            the values behind these bounds were not published.",
        quick: false,
        run: open_or_closed,
    },
    Claim {
        name: "retry-amplification",
        claim: "Three retries multiply the load by 1 + f + f² + f³; a budget of one in ten by about 1.1",
        source: "Brooker, Fixing retries with token buckets and circuit breakers, 2022; Google SRE, ch. 21",
        published: "1.875 at f = 0.5, 4 at f = 1, 3 with three attempts, about 1.1 with a budget of 0.1",
        tolerance: "One and a half times our interval, as the series is exact, and 0.1 % for what is under way at the end \
            and, with a budget, its reserve of 10 tries for 20,000 requests.",
        quick: true,
        run: amplification,
    },
    Claim {
        name: "retry-collapse",
        claim: "A rush of five seconds leaves retries behind that keep the service down; back-off with jitter, or a \
            budget, brings it back",
        source: "Brooker, simple_collapse_sim; 40/s, 80/s from 20 to 25 s, latency grows with concurrency, 3 tries",
        published: "about 8 of 10 runs stay down to the end; with back-off and jitter 40/s again after the rush",
        tolerance: "Either can happen under one seed. At least 6 of 12 stay down: with a chance of 8 in 10 fewer do 4 \
            times in 1,000. All but one at most come back, as all did that are published.",
        quick: true,
        run: collapse,
    },
];

fn pools(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 12;
    const RULE: &str =
        "algorithm = 'shared_queue'\nmax_connections = 1\nqueue = 100000\nqueue_timeout = 'never'";
    let (mut passed, mut ours) = (true, Vec::new());
    for (replicas, published) in [(5, 0.130_37), (10, 0.036_11)] {
        // By Little and Erlang: E[queue] = P(wait)·ρ / (1 − ρ), which is P(wait) at a load of a half.
        let text = farm(replicas, 0.5, RULE, 400_000.0);
        let queue = |report: &Report| report.balancers.first().map(|balancer| balancer.queue_mean);
        let share = bench.mean(&text, SEEDS, queue)?;
        passed &= agrees(&share, published, 0.0);
        ours.push(format!("{} % of {replicas}", shown(&percent(&share), 2)));
    }
    Ok(Finding { ours: ours.join(", "), seeds: SEEDS, passed })
}

fn percent(share: &Estimate) -> Estimate {
    Estimate { mean: share.mean * 100.0, half_width: share.half_width.map(|half| half * 100.0), ..*share }
}

fn open_or_closed(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 10;
    let open = preset_text("open-or-closed")?;
    let closed =
        open.replace("rate = \"7280/s\"", "kind = \"users\"\nusers = 1\nthink = \"exponential 27.5 us\"");
    if closed == open {
        return Err("the preset has another rate".into());
    }
    let p99 = |text: &str| bench.mean(text, SEEDS, |report| report.response_time_ms.p99);
    let p50 = bench.mean(open, SEEDS, |report| report.response_time_ms.p50)?;
    let (open, closed) = (p99(open)?, p99(&closed)?);
    Ok(Finding {
        ours: format!(
            "closed p99 {} ms; open p50 {}, p99 {} ms; {:.0} times",
            shown(&closed, 3),
            shown(&p50, 2),
            shown(&open, 1),
            open.mean / closed.mean
        ),
        seeds: SEEDS,
        passed: closed.mean < 1.0 && open.mean >= 25.0 * closed.mean && open.mean > 25.0,
    })
}

fn amplification(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 8;
    let (mut passed, mut ours) = (true, Vec::new());
    for (share, tries, budget, published) in
        [(0.5, 4, "", 1.875), (1.0, 4, "", 4.0), (1.0, 3, "", 3.0), (1.0, 3, ", budget = 0.1", 1.1)]
    {
        let text = format!(
            "[traffic]\nretry = {{ tries = {tries}, on = ['server_error']{budget} }}\n[[traffic.source]]\nrate = 1000\n\
             [[traffic.class]]\ndemand = '1 us'\n[balancer]\ntries = 1\nmax_fails = 0\n[[service]]\nname = 'app'\n\
             sessions = 'none'\n[[fault]]\nkind = 'errors'\nreplica = 'app-1'\nshare = {share}\n\
             [run]\nduration = '20 s'"
        );
        let times = bench.mean(&text, SEEDS, Report::amplification)?;
        passed &= agrees(&times, published, 0.001 * published);
        let label = if budget.is_empty() {
            format!("at f = {share} with {tries} attempts")
        } else {
            "with a budget".into()
        };
        ours.push(format!("{} {label}", shown(&times, 4)));
    }
    Ok(Finding { ours: ours.join(", "), seeds: SEEDS, passed })
}

fn collapse(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 12;
    let at_once = preset_text("retry-storm")?;
    let with = |lines: &str| at_once.replace("tries = 3\n", &format!("tries = 3\n{lines}\n"));
    let paused =
        with("back_off = \"exponential\"\njitter = \"full\"\ndelay = \"30 s\"\nmax_delay = \"120 s\"");
    let budgeted = with("budget = 0.1");
    if paused == at_once {
        return Err("the preset has other tries".into());
    }
    // Up again: nearly all of the 40 a second end ok in the last 20 s of 80.
    let up = |text: &str| -> Result<u32, String> {
        let late = |report: &Report| {
            let points = report.series.points.iter().filter(|point| point.at_s > 60.0);
            points.map(|point| f64::from(point.ended[Outcome::Ok as usize])).sum::<f64>() / 20.0 > 36.0
        };
        Ok(bench.each(text, SEEDS, late)?.into_iter().map(u32::from).sum())
    };
    let (none, pause, budget) = (up(at_once)?, up(&paused)?, up(&budgeted)?);
    Ok(Finding {
        ours: format!(
            "{} of {SEEDS} stay down; with back-off and jitter {pause} of {SEEDS} come back, with a budget {budget}",
            SEEDS - none
        ),
        seeds: SEEDS,
        passed: none <= SEEDS / 2 && pause.min(budget) >= SEEDS - 1,
    })
}
