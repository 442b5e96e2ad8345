//! What adds up along the way: knees, layers of retries, caches that are lost, triggers that are large enough.

use super::bench::{agrees, preset_text, shown};
use super::routing::farm;
use super::{Bench, Claim, Finding};
use crate::observe::Outcome;
use crate::report::{Estimate, Report};

/// The claims.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        name: "knee",
        claim: "The knee of the curve: from half to nine tenths of the load, requests at a server grow ninefold",
        source: "Brooker, Latency sneaks up on you, 2021 (M/M/1: load / (1 − load))",
        published: "1 at a load of 0.5, 4 at 0.8, 9 at 0.9",
        tolerance: "One and a half times our interval, which is at most 5 % of the value.",
        quick: false,
        run: knee,
    },
    Claim {
        name: "layers-of-retries",
        claim: "Five layers that each ask three times ask the last one 243 times",
        source: "Amazon builders' library, Timeouts, retries and backoff with jitter",
        published: "3⁵ = 243 calls",
        tolerance: "None: a whole number.",
        quick: true,
        run: layers,
    },
    Claim {
        name: "lost-cache",
        claim: "A cache that finds 90 % carries a database for ten times its load; without it the service is down",
        source: "Bronson, Aghayev, Charapko and Zhu, Metastable failures in distributed systems, HotOS 2021",
        published: "a database for 300 queries/s serves 3,000 requests/s behind it, and is asked ten times as much when it \
            is lost",
        tolerance: "A tenth within one and a half times our interval: each look-up is a draw of its own. At nine tenths of \
            the load 99 % end ok with it and less than 1 % without: there is nothing between.",
        quick: true,
        run: lost_cache,
    },
    Claim {
        name: "size-of-the-trigger",
        claim: "Whether a service stays down depends on how large and how long its trigger was: more of either never helps",
        source: "Huang and others, Metastable failures in the wild, OSDI 2022: 10 s at −78 % CPU recover, −80 % do not, 9 s \
            at −80 % do",
        published: "a border in size and length beyond which nothing recovers",
        tolerance: "The border, not its place, since the machine behind it was another. Seeds that stay down don't fall by \
            more than 2 of 12 with a larger or longer rush, a standard deviation where the chance is a half; none of the \
            smallest stays down, all but one at most of the largest do.",
        quick: true,
        run: triggers,
    },
    Claim {
        name: "weights-by-feedback",
        claim: "Weights that follow what servers report of their CPU bring the busiest to the mean",
        source: "Dropbox, Robinhood, 2023",
        published: "busiest / mean CPU 1.26 before and 1.01 after; 1.4 and 1.05",
        tolerance: "Above 1.2 without and below 1.1 with it, which lies between all four: the fleet's own mix was not \
            published. Ours has servers of three speeds.",
        quick: true,
        run: feedback,
    },
];

fn knee(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 12;
    let (mut passed, mut ours) = (true, Vec::new());
    for (load, published) in [(0.5, 1.0), (0.8, 4.0), (0.9, 9.0)] {
        let text = farm(1, load, "algorithm = 'round_robin'", 200_000.0);
        let number = bench.mean(&text, SEEDS, |report| Some(report.in_system_mean))?;
        passed &=
            agrees(&number, published, 0.0) && number.half_width.is_some_and(|half| half < 0.05 * published);
        ours.push(format!("{} ({load})", shown(&number, 3)));
    }
    Ok(Finding { ours: ours.join(", "), seeds: SEEDS, passed })
}

fn layers(bench: &Bench) -> Result<Finding, String> {
    let mut text =
        String::from("[[traffic.source]]\nkind = 'even'\nrate = 5\n[balancer]\ntries = 1\nmax_fails = 0\n");
    for layer in 1..=5 {
        let to = if layer < 5 { format!("s{}", layer + 1) } else { "db".into() };
        text += &format!(
            "[[traffic.class]]\nname = 'c{layer}'\nservice = 's{layer}'\nshare = {}\n\
             steps = [{{ kind = 'call', to = '{to}', tries = 3 }}]\n\
             [[service]]\nname = 's{layer}'\nthreads = 1000\nsessions = 'none'\n",
            u8::from(layer == 1)
        );
    }
    text += "[[dependency]]\nname = 'db'\n[[fault]]\nkind = 'gone'\ndependency = 'db'\nat = '0 s'\n\
             [run]\nduration = '10 s'";
    let times = |report: &Report| {
        let calls = report.dependencies.iter().find(|d| d.name == "db")?.requests;
        Some(calls as f64 / (report.requests.offered - report.requests.in_flight) as f64)
    };
    let found = bench.mean(&text, 1, times)?;
    Ok(Finding {
        ours: format!("{} calls for each request", found.mean),
        seeds: 1,
        passed: found.mean == 243.0,
    })
}

fn lost_cache(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 3;
    let text = |ratio: f64| {
        format!(
            "[traffic]\ntimeout = '1 s'\n[[traffic.source]]\nrate = 2700\n[[traffic.class]]\n\
             steps = [{{ kind = 'call', to = 'cache' }}]\n[balancer]\ntries = 1\nmax_fails = 0\n\
             [[service]]\nthreads = 100000\nbacklog = 100000\nsessions = 'none'\n\
             [[dependency]]\nname = 'cache'\nkind = 'cache'\ntime = '1 ms'\n\
             cache = {{ behind = 'db', hit_ratio = {ratio} }}\n\
             [[dependency]]\nname = 'db'\ntime = '100 ms'\ncalm = '300/s'\noverload = 10\n\
             [run]\nduration = '12 s'\nwarmup = '4 s'"
        )
    };
    let asked = |ratio: f64| {
        bench.mean(&text(ratio), SEEDS, |report| {
            let calls =
                |name: &str| report.dependencies.iter().find(|d| d.name == name).map(|d| d.requests as f64);
            Some(calls("db")? / calls("cache")?)
        })
    };
    let ok = |ratio: f64| bench.mean(&text(ratio), SEEDS, |report| Some(1.0 - report.failed_share()));
    let (with, without) = (asked(0.9)?, asked(0.0)?);
    let (up, down) = (ok(0.9)?, ok(0.0)?);
    Ok(Finding {
        ours: format!(
            "of the requests {} % reach the database, and {:.0} % without the cache; {:.1} % and {:.1} % end ok",
            shown(
                &Estimate { mean: with.mean * 100.0, half_width: with.half_width.map(|h| h * 100.0), ..with },
                2
            ),
            without.mean * 100.0,
            up.mean * 100.0,
            down.mean * 100.0
        ),
        seeds: SEEDS,
        passed: agrees(&with, 0.1, 0.0) && without.mean > 0.99 && up.mean > 0.99 && down.mean < 0.01,
    })
}

fn triggers(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 12;
    const LENGTHS: [u32; 3] = [1, 5, 10];
    const SIZES: [f64; 3] = [1.2, 2.0, 3.0];
    let plain = preset_text("retry-storm")?;
    // Down: fewer than nine tenths of the 40 a second end ok in the last 20 s.
    let down = |report: &Report| {
        let points = report.series.points.iter().filter(|point| point.at_s > 60.0);
        points.map(|point| f64::from(point.ended[Outcome::Ok as usize])).sum::<f64>() / 20.0 <= 36.0
    };
    let mut table: Vec<Vec<u32>> = Vec::new();
    for length in LENGTHS {
        let mut row = Vec::new();
        for size in SIZES {
            let text =
                plain.replace("for = \"5 s\"\ntimes = 2", &format!("for = \"{length} s\"\ntimes = {size}"));
            if text == plain && (length, size) != (5, 2.0) {
                return Err("the preset has another rush".into());
            }
            row.push(bench.each(&text, SEEDS, down)?.into_iter().map(u32::from).sum());
        }
        table.push(row);
    }
    let mut monotone = true;
    for i in 0..LENGTHS.len() {
        for j in 0..SIZES.len() {
            monotone &= i == 0 || table[i][j] + 2 >= table[i - 1][j];
            monotone &= j == 0 || table[i][j] + 2 >= table[i][j - 1];
        }
    }
    let rows: Vec<String> = LENGTHS
        .iter()
        .zip(&table)
        .map(|(length, row)| {
            format!("{length} s: {}", row.iter().map(u32::to_string).collect::<Vec<_>>().join(", "))
        })
        .collect();
    Ok(Finding {
        ours: format!(
            "of {SEEDS} seeds stay down after a rush of 1.2, 2 and 3 times for {}",
            rows.join("; ")
        ),
        seeds: SEEDS,
        passed: monotone && table[0][0] == 0 && table[2][2] >= SEEDS - 1,
    })
}

fn feedback(bench: &Bench) -> Result<Finding, String> {
    const SEEDS: u32 = 4;
    let ratio = |rule: &str| {
        let slow: Vec<String> = (1..=10)
            .map(|n| {
                let times = if n <= 5 { 1.25 } else { 1.5 };
                format!("[[fault]]\nkind = 'slow'\nreplica = 'app-{n}'\ntimes = {times}")
            })
            .collect();
        let text = format!(
            "[[traffic.source]]\nrate = 1000\n[[traffic.class]]\ndemand = 'exponential 10 ms'\n\
             [balancer]\nalgorithm = '{rule}'\n[[service]]\nname = 'app'\nreplicas = 30\nthreads = 100\n\
             sessions = 'none'\n{}\n[run]\nduration = '90 s'\nwarmup = '40 s'",
            slow.join("\n")
        );
        bench.mean(&text, SEEDS, |report| {
            let used: Vec<f64> = report.replicas.iter().map(|replica| replica.cpu.utilisation).collect();
            let mean = used.iter().sum::<f64>() / used.len() as f64;
            Some(used.into_iter().fold(0.0, f64::max) / mean)
        })
    };
    let (without, with) = (ratio("round_robin")?, ratio("feedback_weights")?);
    Ok(Finding {
        ours: format!("round robin {}, feedback weights {}", shown(&without, 3), shown(&with, 3)),
        seeds: SEEDS,
        passed: without.mean > 1.2 && with.mean < 1.1,
    })
}
