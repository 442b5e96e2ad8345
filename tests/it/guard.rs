//! How long a run will take, from given measurements; and the presets about one server and about sizes.

use doorbuster::engine::Engine;
use doorbuster::experiment::Slice;
use doorbuster::observe::{Observation, Outcome, Probe, Quantiles};
use doorbuster::scenario::{Scenario, preset};
use doorbuster::units::SimTime;

use crate::support::{model, run};

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6 * b
}

/// 100/s for 10 s, then 1000/s for 90 s: 91,000 requests. The slice has seen 5 s, 500 requests, in 0.2 s: 182 times
/// as many are 36.4 s, and not the 4 s that 20 times the simulated time would be. Three runs on two threads are two
/// rounds.
#[test]
fn a_slice_is_spread_by_the_rates() {
    let text = "[[traffic.source]]\nrate = \"100/s\"\n[[traffic.source.profile]]\nfor = \"10 s\"\n\
        [[traffic.source.profile]]\nfor = \"90 s\"\ntimes = 10\n[[service]]\n[run]\nduration = \"100 s\"\n";
    let model = model(text);
    assert!(near(model.expected_requests(), 91_000.0));
    assert!(near(model.expected_requests_until(SimTime(5_000_000_000)), 500.0));
    assert!(near(model.expected_requests_until(SimTime(20_000_000_000)), 11_000.0));
    // After the end nobody asks.
    assert!(near(model.expected_requests_until(SimTime(200_000_000_000)), 91_000.0));
    let slice = Slice { wall_s: 0.2, simulated_s: 5.0, requests: 500.0 };
    assert!(near(slice.estimate(&model, 1, 1), 36.4));
    assert!(near(slice.estimate(&model, 3, 2), 72.8));
    assert!(near(slice.estimate(&model, 2, 0), 72.8));
    // All of it has been seen: it takes what it took.
    let all = Slice { wall_s: 0.1, simulated_s: 100.0, requests: 91_000.0 };
    assert!(near(all.estimate(&model, 1, 4), 0.1));
}

/// A request in 100 s, for a day: 864. In 50 s half a request is expected; by the time it is 0.2 · 1728 = 345.6 s, by
/// the requests 0.2 · 864 (less than one counts as one), and the larger holds.
#[test]
fn with_few_requests_the_time_counts() {
    let text = "[[traffic.source]]\nrate = \"0.01/s\"\n[[service]]\n[run]\nduration = \"24 h\"\n";
    let slice = Slice { wall_s: 0.2, simulated_s: 50.0, requests: 0.5 };
    assert!(near(slice.estimate(&model(text), 1, 1), 345.6));
}

/// A clock of the test's own that goes on by 0.06 s with every look: the slice ends at the fourth look after the start,
/// somewhere before the end; a run that is over first is measured whole.
#[test]
fn a_slice_ends_by_the_clock_or_with_the_run() {
    let text = |duration: &str| {
        format!("[[traffic.source]]\nrate = \"1000/s\"\n[[service]]\n[run]\nduration = \"{duration}\"\n")
    };
    let measure = |text: &str| {
        let mut looks = 0;
        let mut clock = || {
            looks += 1;
            f64::from(looks) * 0.06
        };
        let slice = Slice::measure(&model(text), 1, 0.2, &mut clock);
        (slice, looks)
    };
    let (slice, looks) = measure(&text("1 h"));
    assert!(looks == 5 && near(slice.wall_s, 0.24), "{looks} {slice:?}");
    assert!(slice.simulated_s > 0.0 && slice.simulated_s < 600.0);
    assert!(near(slice.requests, 1_000.0 * slice.simulated_s));
    let (slice, _) = measure(&text("10 ms"));
    assert!(near(slice.simulated_s, 0.01) && near(slice.requests, 10.0));
}

/// Response times of what ended well from one second on until another.
struct Between(u64, u64, Quantiles);

impl Probe for Between {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        if let Observation::Ended { response_time, outcome: Outcome::Ok, .. } = *seen
            && (self.0..self.1).contains(&(now.0 / 1_000_000_000))
        {
            self.2.record(response_time);
        }
    }
}

/// M/M/1: 5 ms / (1 − ρ) is 10, 25 and 100 ms at 0.5, 0.8 and 0.95, and nothing fails. The mean of twelve seeds; the
/// relative variance of a mean over T is 2 (1 + ρ) / (ρ μ (1 − ρ)² T) (Whitt 1989): 0.002, 0.0125 and 0.037 for 60, 45
/// and 220 s, so the tolerances are four standard errors and a little for the beginning.
#[test]
fn first_server() {
    let model =
        Scenario::from_toml_str(preset::find("first-server").unwrap().text).unwrap().validate().unwrap();
    let parts = [(0, 60, 10.0, 0.07), (75, 120, 25.0, 0.15), (140, 360, 100.0, 0.25)];
    let mut sums = [0.0; 3];
    for seed in 1..=12 {
        let mut probes = parts.map(|(from, to, ..)| Between(from, to, Quantiles::default()));
        let [a, b, c] = &mut probes;
        let mut engine = Engine::new(&model, seed);
        engine.run_until(SimTime(model.duration().0), u64::MAX, &mut ((a, b), c));
        assert_eq!(engine.ledger().failed(), 0, "seed {seed}");
        for (sum, probe) in sums.iter_mut().zip(&probes) {
            *sum += probe.2.mean() * 1e3 / 12.0;
        }
    }
    for (mean, (_, _, exact, tolerance)) in sums.iter().zip(parts) {
        assert!((mean / exact - 1.0).abs() < tolerance, "{mean} ms, {exact} by theory");
    }
}

/// The slowest 1 % wait at least 1.3 times as long in turns as with the fewest connections (1.53 to 1.84 times with
/// these seeds); in both, nothing fails.
#[test]
fn rr_vs_size() {
    for seed in [42, 1, 2, 3, 4] {
        let p99 = |algorithm: &str| {
            let mut scenario = Scenario::from_toml_str(preset::find("rr-vs-size").unwrap().text).unwrap();
            scenario.balancer.algorithm = algorithm.into();
            let model = scenario.validate().unwrap();
            let (engine, times) = run(&model, seed, Between(10, 600, Quantiles::default()));
            assert_eq!(engine.ledger().failed(), 0, "seed {seed}");
            times.2.quantile(0.99).as_secs() * 1e3
        };
        let (turns, fewest) = (p99("round_robin"), p99("least_connections"));
        assert!(turns > 1.3 * fewest, "seed {seed}: {turns} ms against {fewest} ms");
    }
}
