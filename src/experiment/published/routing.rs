//! Who should get the next request.

use super::bench::{agrees, half, shown};
use super::{Bench, Claim, Finding};
use crate::report::{Estimate, Report};
use crate::theory::routing::power_of_d_sojourn;

/// The claims.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        name: "one-table-3",
        claim: "Three replicas at a load of 0.8: random, round robin, two choices, least connections, one queue",
        source: "Exact where known (M/M/1, Erlang-N/M/1, Erlang C); else run again with 6 seeds of 400,000 requests",
        published: "mean / p99, the first two and the last exact: 5 / 23.03, 3.459 / 15.93, 2.52 / 10.5, 2.28 / 9.9, \
            2.079 / –",
        tolerance: TABLE_TOLERANCE,
        quick: false,
        run: |bench| one_table(bench, 3, 0.8, &TABLE_3),
    },
    Claim {
        name: "one-table-10",
        claim: "Ten replicas at a load of 0.8: the order and the distances of the five rules",
        source: "Exact where known; else run again with 6 seeds of 400,000 requests",
        published: "mean / p99, the first two and the last exact: 5 / 23.03, 2.922 / 13.46, 2.08 / 8.0, 1.36 / 6.0, \
            1.205 / –",
        tolerance: TABLE_TOLERANCE,
        quick: false,
        run: |bench| one_table(bench, 10, 0.8, &TABLE_10),
    },
    Claim {
        name: "one-table-10-busy",
        claim: "Ten replicas at a load of 0.9: the distances grow",
        source: "Exact where known; else run again with 6 seeds of 400,000 requests",
        published: "mean / p99, the first two and the last exact: 10 / 46.05, 5.660 / 26.07, 3.00 / 10.7, 1.90 / 7.8, \
            1.669 / –",
        tolerance: TABLE_TOLERANCE,
        quick: false,
        run: |bench| one_table(bench, 10, 0.9, &TABLE_10_BUSY),
    },
    Claim {
        name: "two-choices",
        claim: "Two choices among 100 replicas are near the limit for infinitely many, exponentially better than one",
        source: "Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001",
        published: "limits: 1.2657 (0.5), 1.6145 (0.7), 1.9474 (0.8), 2.6141 (0.9), 3.3830 (0.95), 5.4320 (0.99)",
        tolerance: "One and a half times our interval and 3 % up to a load of 0.95: 100 replicas are not infinitely many, \
            and off by 0.5 % at 0.5 and 2.8 % at 0.95. At 0.99, where they are off by more, above the limit and below 1.2 \
            times of it.",
        quick: false,
        run: two_choices,
    },
    Claim {
        name: "balls-into-bins",
        claim: "The fullest of 100 bins, when each ball falls at random or into the emptier of two",
        source: "Brooker, Balls into bins, 2018; Azar, Broder, Karlin and Upfal 1999",
        published: "at random 4.2 (100 balls; run again 4.23), 18.8 (1,000) and, run again, 126 (10,000); of two, run \
            again: 2.59, 11.9 and 101.9",
        tolerance: "One and a half times our interval and 2 %: means of throws whose number was not published, to two or \
            three digits.",
        quick: true,
        run: bins,
    },
    Claim {
        name: "stale-views",
        claim: "Who sends everything to the best of an old view herds: least connections wins with a fresh view and is \
            worst with an old one; two choices lead between, and lose to chance in the end",
        source: "Brooker, The power of two random choices, 2012; 10 servers, 1 request/s, 8 s each, view read every N s",
        published: "run again, mean s: random 17.6; best 4.5 (N = 0), 18.4 (20), 132 (100); two 6.2, 10.4, 22.6",
        tolerance: "The order at each N, not the values: his servers work in whole seconds and his queues have other \
            details.",
        quick: true,
        run: stale,
    },
    Claim {
        name: "closed-two-replicas",
        claim: "Two users, two replicas that take 1 and 2 without queueing, 10,000 requests: a full look ends first",
        source: "Envoy, pull request 11006",
        published: "ends after 6668 (full look and two different), 7500 (round robin), 7507 (random), 7194 (two with \
            replacement)",
        tolerance: "One and a half times our interval and 1 %: constant times leave no chance but that of the draws, \
            √10,000 of 10,000. Two with replacement 2 %: where both answers of one instant are counted before either user \
            asks again, as here, it ends after 7,085, else after 7,222; which it was is not published.",
        quick: true,
        run: closed_pair,
    },
    Claim {
        name: "sinkhole",
        claim: "One of three replicas fails at once: whoever looks at connections sends it nearly everything",
        source: "Stability Sim, least-connections sinkhole; 150/s, 20 places of 50 ms each",
        published: "errors: round robin 33 %, random 33 %, two choices 62 %, least connections 80 % (ties at random), \
            100 % (first of equals)",
        tolerance: "One and a half times our interval and 2 points: published as whole per cents (half a point), of runs \
            of 9,000 requests, whose share of errors has a standard deviation of half a point.",
        quick: true,
        run: sinkhole,
    },
];

const TABLE_TOLERANCE: &str = "One and a half times our interval; for what was run again three times the standard error of \
    its 6 seeds; and 0.5 %: the table has two or three digits, and a twentieth of each run does not forget all of the \
    empty start.";

/// Mean, its standard deviation between seeds (0: exact), p99 and its own, for random, round robin, two choices, least
/// connections and one queue. Where times in the system are exponential, as under the first two, p99 is the mean times
/// ln 100.
type Table = [(f64, f64, f64, f64); 5];

const TABLE_3: Table = [
    (5.0, 0.0, 23.026, 0.0),
    (3.4594, 0.0, 15.931, 0.0),
    (2.52, 0.03, 10.5, 0.25),
    (2.28, 0.03, 9.9, 0.2),
    (2.0787, 0.0, 0.0, 0.0),
];
const TABLE_10: Table = [
    (5.0, 0.0, 23.026, 0.0),
    (2.9223, 0.0, 13.458, 0.0),
    (2.08, 0.01, 8.0, 0.07),
    (1.36, 0.01, 6.0, 0.05),
    (1.2046, 0.0, 0.0, 0.0),
];
const TABLE_10_BUSY: Table = [
    (10.0, 0.0, 46.052, 0.0),
    (5.6603, 0.0, 26.067, 0.0),
    (3.0, 0.02, 10.7, 0.2),
    (1.9, 0.03, 7.8, 0.2),
    (1.6687, 0.0, 0.0, 0.0),
];

/// The rules of a table.
const RULES: [&str; 5] = [
    "algorithm = 'random'",
    "algorithm = 'round_robin'",
    "algorithm = 'power_of_d'",
    "algorithm = 'least_connections'",
    "algorithm = 'shared_queue'\nmax_connections = 1\nqueue = 10000000\nqueue_timeout = 'never'",
];

/// Replicas of one worker with exponential work of mean 1 s.
pub(super) fn farm(replicas: u32, load: f64, balancer: &str, requests: f64) -> String {
    let rate = f64::from(replicas) * load;
    let length = requests / rate;
    format!(
        "[[traffic.source]]\nrate = {rate}\n[[traffic.class]]\ndemand = 'exponential 1 s'\n[balancer]\n\
         read_timeout = 'never'\n{balancer}\n[[service]]\nreplicas = {replicas}\nbacklog = 10000000\n\
         sessions = 'none'\n[run]\nduration = '{:.0} s'\nwarmup = '{:.0} s'\nwindow = '{:.0} s'",
        length * 1.05,
        length * 0.05,
        length / 4.0
    )
}

fn seconds(ms: Option<f64>) -> Option<f64> {
    ms.map(|ms| ms / 1e3)
}

fn one_table(bench: &Bench, replicas: u32, load: f64, table: &Table) -> Result<Finding, String> {
    const SEEDS: u32 = 12;
    let (mut passed, mut ours) = (true, Vec::new());
    for (rule, &(mean, spread, p99, p99_spread)) in RULES.iter().zip(table) {
        let text = farm(replicas, load, rule, 400_000.0);
        let pairs = bench.each(&text, SEEDS, |report| {
            [seconds(report.response_time_ms.mean), seconds(report.response_time_ms.p99)]
        })?;
        let column = |i: usize| -> Result<Estimate, String> {
            let values: Option<Vec<f64>> = pairs.iter().map(|pair| pair[i]).collect();
            values.and_then(|values| Estimate::of(&values)).ok_or_else(|| "nothing was measured".to_owned())
        };
        // Six seeds: the standard error of the published mean is its spread over √6.
        let doubt = |value: f64, spread: f64| 3.0 * spread / libm::sqrt(6.0) + 0.005 * value;
        let (first, second) = (column(0)?, column(1)?);
        passed &= agrees(&first, mean, doubt(mean, spread));
        let mut cell = shown(&first, 3);
        if p99 > 0.0 {
            passed &= agrees(&second, p99, doubt(p99, p99_spread));
            cell += &format!(" / {}", shown(&second, 2));
        }
        ours.push(cell);
    }
    Ok(Finding { ours: format!("mean / p99: {}", ours.join(", ")), seeds: SEEDS, passed })
}

fn two_choices(bench: &Bench) -> Result<Finding, String> {
    let (mut passed, mut ours) = (true, Vec::new());
    for load in [0.5, 0.7, 0.8, 0.9, 0.95, 0.99] {
        // What is near saturation forgets its empty start slowly.
        let requests = if load < 0.99 { 200_000.0 } else { 2_000_000.0 };
        let text = farm(100, load, "algorithm = 'power_of_d'\nparams = { d = 2, replacement = 1 }", requests);
        let mean = bench.mean(&text, 8, |report| seconds(report.response_time_ms.mean))?;
        let limit = power_of_d_sojourn(load, 1.0, 2).ok_or("no limit")?;
        passed &= if load < 0.99 {
            agrees(&mean, limit, 0.03 * limit)
        } else {
            mean.mean > limit && mean.mean < 1.2 * limit
        };
        ours.push(format!("{} ({load})", shown(&mean, 4)));
    }
    Ok(Finding { ours: ours.join(", "), seeds: 8, passed })
}

fn bins(bench: &Bench) -> Result<Finding, String> {
    const RANDOM: &str = "algorithm = 'random'";
    const OF_TWO: &str = "algorithm = 'power_of_d'\nparams = { d = 2, replacement = 1 }";
    // The more balls, the less a throw differs from another.
    let rows = [(100, 400, [4.23, 2.59]), (1_000, 400, [18.8, 11.9]), (10_000, 40, [126.0, 101.9])];
    let (mut passed, mut ours) = (true, [Vec::new(), Vec::new()]);
    for (balls, seeds, published) in rows {
        for ((rule, published), ours) in [RANDOM, OF_TWO].into_iter().zip(published).zip(&mut ours) {
            // The n-th of evenly spaced arrivals comes at n / rate; half a gap more, and so many have come.
            let text = format!(
                "[[traffic.source]]\nkind = 'even'\nrate = {balls}\n[[traffic.class]]\ndemand = '1 h'\n[balancer]\n\
                 read_timeout = 'never'\n{rule}\n[[service]]\nreplicas = 100\nthreads = 100000\nsessions = 'none'\n\
                 [run]\nduration = '{:.6} s'\nwindow = '1 s'",
                1.0 + 0.5 / f64::from(balls)
            );
            let fullest = |report: &Report| {
                let peaks = report.replicas.iter().map(|replica| replica.connections.peak);
                (peaks.clone().sum::<u64>() == balls as u64)
                    .then(|| peaks.max())
                    .flatten()
                    .map(|most| most as f64)
            };
            let mean = bench.mean(&text, seeds, fullest)?;
            passed &= agrees(&mean, published, 0.02 * published);
            ours.push(format!("{} ({balls})", shown(&mean, 2)));
        }
    }
    let [random, of_two] = ours.map(|cells| cells.join(", "));
    Ok(Finding { ours: format!("at random {random}; of two {of_two}"), seeds: rows[0].1, passed })
}

fn closed_pair(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 8;
    let (mut passed, mut ours) = (true, Vec::new());
    for (label, rule, published) in [
        ("full look", "algorithm = 'least_connections'", 6_668.0),
        ("two different", "algorithm = 'power_of_d'", 6_668.0),
        ("round robin", "algorithm = 'round_robin'", 7_500.0),
        ("random", "algorithm = 'random'", 7_507.0),
        ("two with replacement", "algorithm = 'power_of_d'\nparams = { d = 2, replacement = 1 }", 7_194.0),
    ] {
        let text = format!(
            "[[traffic.source]]\nkind = 'users'\nusers = 2\n[[traffic.class]]\ndemand = '1 s'\n[balancer]\n\
             read_timeout = 'never'\n{rule}\n[[service]]\nname = 'app'\nreplicas = 2\nthreads = 10\ncpus = 10\n\
             sessions = 'none'\n[[fault]]\nkind = 'slow'\nreplica = 'app-2'\ntimes = 2\n\
             [run]\nduration = '7000 s'\nwindow = '1000 s'"
        );
        let length = bench.mean(&text, SEEDS, |report| Some(10_000.0 / report.goodput_per_s))?;
        let doubt = if label == "two with replacement" { 0.02 } else { 0.01 };
        passed &= agrees(&length, published, doubt * published);
        ours.push(format!("{label} {}", shown(&length, 0)));
    }
    Ok(Finding { ours: ours.join(", "), seeds: SEEDS, passed })
}

fn sinkhole(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 10;
    let (mut passed, mut ours) = (true, Vec::new());
    for (label, rule, published) in [
        ("round robin", "round_robin", 0.33),
        ("random", "random", 0.33),
        ("two choices", "power_of_d", 0.62),
        ("least connections", "least_connections", 0.80),
        ("first of equals", "ipvs.lc", 1.0),
    ] {
        let text = format!(
            "[[traffic.source]]\nrate = 150\n[[traffic.class]]\ndemand = 'exponential 50 ms'\n[balancer]\n\
             algorithm = '{rule}'\nproduct = 'nginx'\n[[service]]\nname = 'app'\nreplicas = 3\ncpus = 20\n\
             threads = 20\nsessions = 'none'\n[[fault]]\nkind = 'fail_fast'\nreplica = 'app-1'\n\
             [run]\nduration = '60 s'\nwarmup = '2 s'"
        );
        let errors = bench.mean(&text, SEEDS, |report| Some(report.failed_share()))?;
        passed &= agrees(&errors, published, 0.02);
        ours.push(format!("{label} {:.1} ± {:.1} %", errors.mean * 100.0, half(&errors) * 100.0));
    }
    Ok(Finding { ours: ours.join(", "), seeds: SEEDS, passed })
}

fn stale(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 6;
    let mean = |rule: &str, period: u32| {
        let view = if period == 0 { String::new() } else { format!("stale = '{period} s'\n") };
        let text = format!(
            "[[traffic.source]]\nrate = 1\n[[traffic.class]]\ndemand = '8 s'\n[balancer]\nalgorithm = '{rule}'\n\
             {view}read_timeout = 'never'\n[[service]]\nreplicas = 10\nbacklog = 1000000\nsessions = 'none'\n\
             [run]\nduration = '22000 s'\nwarmup = '2000 s'\nwindow = '1000 s'"
        );
        bench.mean(&text, SEEDS, |report| seconds(report.response_time_ms.mean))
    };
    let random = mean("random", 0)?;
    let (mut best, mut two) = (Vec::new(), Vec::new());
    for period in [0, 20, 100] {
        best.push(mean("least_connections", period)?);
        two.push(mean("power_of_d", period)?);
    }
    // Clearly: the intervals don't touch.
    let below = |a: &Estimate, b: &Estimate| a.mean + half(a) < b.mean - half(b);
    let passed = below(&best[0], &two[0])
        && below(&two[0], &random)
        && below(&two[1], &best[1])
        && below(&two[1], &random)
        && below(&random, &two[2])
        && below(&two[2], &best[2]);
    let list = |all: &[Estimate]| all.iter().map(|e| shown(e, 1)).collect::<Vec<_>>().join(", ");
    Ok(Finding {
        ours: format!(
            "random {}; best {} (N = 0, 20, 100); two {}",
            shown(&random, 1),
            list(&best),
            list(&two)
        ),
        seeds: SEEDS,
        passed,
    })
}
