//! The preset `two-choices`: what looking at more servers is worth.

use doorbuster::scenario::{Scenario, preset};

/// Ten servers, ρ = 0.8, exponential, in units of 10 ms. At random each is an M/M/1: 1 / (1 - 0.8) = 5. In turns each
/// is an E10/M/1: 1 / (1 - σ) with σ = (8 / (9 - σ))^10, so σ = 0.657 and 2.92. Two choices 2.08 and the fewest of all
/// 1.36 (simulations of ten servers; the limit of many with two choices is 1.95). Mean of four seeds.
#[test]
fn two_choices() {
    let mut sigma: f64 = 0.5;
    (0..200).for_each(|_| sigma = (8.0 / (9.0 - sigma)).powi(10));
    assert!((1.0 / (1.0 - sigma) - 2.92).abs() < 0.01);
    let expected =
        [("random", 5.0), ("round_robin", 2.92), ("power_of_d", 2.08), ("least_connections", 1.36)];
    for (algorithm, exact) in expected {
        let mut scenario = Scenario::from_toml_str(preset::find("two-choices").unwrap().text).unwrap();
        scenario.balancer.algorithm = algorithm.into();
        let model = scenario.validate().unwrap();
        let mut sum = 0.0;
        for seed in 1..=4 {
            let report = doorbuster::experiment::run(&model, seed);
            assert_eq!(report.requests.offered, report.requests.succeeded + report.requests.in_flight);
            sum += report.response_time_ms.mean.unwrap();
        }
        let mean = sum / 4.0 / 10.0;
        assert!((mean / exact - 1.0).abs() < 0.04, "{algorithm}: {mean}, {exact} expected");
    }
}
