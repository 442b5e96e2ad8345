//! Worlds with a known answer, through the public scenario format; `experiment::theory` says what passing means and
//! how often it is a false alarm.
//!
//! Here is one case of each kind that a few hundred thousand requests settle. `cargo xtask test` runs every case of
//! `tests/oracles/theory` with `doorbuster validate`. The seeds are fixed; others are taken from `DOORBUSTER_SEED`.

use doorbuster::experiment::theory::{TheoryCase, TheoryPlan, TheoryResult, cases, validate};
use doorbuster::theory::{closed, growth, impatience, many, routing, single};
use serde_json::{Value, json};

const CASES: &str = include_str!("../oracles/theory/cases.json");

fn run(cases: &[TheoryCase]) -> Vec<TheoryResult> {
    let seed = std::env::var("DOORBUSTER_SEED").ok().and_then(|seed| seed.parse().ok());
    let plan = TheoryPlan { seed: seed.unwrap_or(1), ..TheoryPlan::default() };
    validate(cases, &plan, &mut |_| ())
}

fn all_pass(cases: &[TheoryCase]) {
    let failed: Vec<TheoryResult> = run(cases).into_iter().filter(|result| !result.passed).collect();
    let text: Vec<String> = failed.iter().map(|r| format!("{}: {}", r.name, r.note)).collect();
    assert!(failed.is_empty(), "{} of {} fell short:\n{}", failed.len(), cases.len(), text.join("\n"));
}

/// Cases of the file by name.
fn named(names: &[&str]) -> Vec<TheoryCase> {
    let found: Vec<TheoryCase> =
        cases(CASES).unwrap().into_iter().filter(|case| names.contains(&case.name.as_str())).collect();
    assert_eq!(found.len(), names.len());
    found
}

/// One of each kind.
#[test]
fn of_each_kind() {
    all_pass(&named(&[
        "mg1-deterministic-0.5",
        "mg1ps-deterministic-0.5",
        "erlangb-4-3.0-deterministic",
        "mm1k-20-1.5",
        "mm1D-1.2-5.0",
        "erlangA-10-12.0-0.2",
        "closed-10-0.0-3",
        "fluid-200-100",
        "retry-0.5-3",
        "sessions-10-1000-60-30",
    ]));
}

/// Cases that the file has not: another distribution, other units, small loads, quantiles of waiting.
#[test]
fn of_other_parameters() {
    let loss = many::erlang_b(3, 1.5).unwrap();
    let turn = routing::round_robin_sojourn(0.3, 1.0, 3).unwrap();
    let two = many::mmc_sojourn(10.0, 0.05, 2).unwrap();
    let case = |name: &str, kind: &str, params: Value, exact: Value| json!({ "name": name, "kind": kind, "params": params, "exact": exact });
    let phases = json!([[0.9, 0.5], [0.1, 5.5]]);
    let hyper = json!({ "arrival_rate": 0.2, "service": "hyperexp_2", "phases": phases });
    let list = json!([
        case(
            "hyper",
            "connection_limit_loss",
            json!({ "arrival_rate": 1.5, "connection_limit": 3,
            "service": "hyperexp_2", "phases": phases }),
            json!({ "blocking_probability": loss })
        ),
        case("hyper-wait", "single_fifo", hyper, json!({ "utilisation": 0.2 })),
        case(
            "erlang",
            "processor_sharing",
            json!({ "arrival_rate": 0.4, "service": "erlang_3" }),
            json!({ "mean_sojourn": 1.0 / 0.6 })
        ),
        case(
            "turns",
            "route_round_robin",
            json!({ "arrival_rate": 0.9, "replicas": 3 }),
            json!({ "mean_sojourn": turn })
        ),
        case(
            "two",
            "shared_queue",
            json!({ "arrival_rate": 10, "service_mean": 0.05, "replicas": 2 }),
            json!({ "mean_sojourn": two })
        ),
        // P(W > t) = ρ·e^(−(1 − ρ)t): its 0.99 quantile is ln(0.4 / 0.01) / 0.6.
        case(
            "waits",
            "single_fifo",
            json!({ "arrival_rate": 0.4 }),
            json!({ "wait_p99": 40_f64.ln() / 0.6 })
        ),
    ]);
    all_pass(&cases(&list.to_string()).unwrap());
}

/// What must fail does: exact values that are off by 5 % are not met.
#[test]
fn wrong_values_are_not_met() {
    let mut wrong = named(&["mm1k-20-1.5", "closed-10-0.0-3", "retry-0.5-3"]);
    wrong.iter_mut().flat_map(|case| case.exact.values_mut()).for_each(|value| *value *= 1.05);
    assert!(run(&wrong).iter().all(|result| !result.passed));
}

/// The closed forms of `theory` say the same as the file, which was made by other programs.
#[test]
fn closed_forms_agree_with_the_file() {
    let mut compared = 0;
    for case in cases(CASES).unwrap() {
        for (quantity, &wanted) in &case.exact {
            let Some(given) = closed_form(&case, quantity) else { continue };
            assert!(
                (given / wanted - 1.0).abs() < 1e-9,
                "{} {quantity}: {given} instead of {wanted}",
                case.name
            );
            compared += 1;
        }
    }
    // All but the three of the shortest queue, for which there is no closed form.
    let all: usize = cases(CASES).unwrap().iter().map(|case| case.exact.len()).sum();
    assert_eq!(compared, all - 3);
}

fn list(case: &TheoryCase, name: &str) -> Vec<f64> {
    let list = case.params.get(name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_f64).collect()
}

fn closed_form(case: &TheoryCase, quantity: &str) -> Option<f64> {
    let number = |name: &str| case.params.get(name).and_then(Value::as_f64);
    let (rate, mean) = (number("arrival_rate").unwrap_or(0.0), number("service_mean").unwrap_or(1.0));
    let replicas = number("replicas").unwrap_or(1.0) as u32;
    let share: Option<f64> = quantity.strip_prefix("sojourn_p").map(|p| p.parse::<f64>().unwrap() / 100.0);
    match (case.kind.as_str(), quantity) {
        ("single_fifo", "utilisation") => Some(rate * mean),
        ("single_fifo", _) => one_worker(case, quantity, rate, mean, share),
        ("processor_sharing", "mean_in_system") => Some(rate / (1.0 - rate)),
        ("processor_sharing", _) => many::mmc_sojourn(rate, mean, number("cpus").unwrap_or(1.0) as u32),
        ("shared_queue", "prob_wait") => many::erlang_c(replicas, rate * mean),
        ("shared_queue", "mean_wait") => {
            many::mmc_sojourn(rate, mean, replicas).map(|sojourn| sojourn - mean)
        }
        ("shared_queue", _) => many::mmc_sojourn(rate, mean, replicas),
        ("cpu_quota", _) => single::mm1_sojourn(rate, number("cpu_work_mean")? / number("cpu_quota")?),
        ("connection_limit_loss", _) => many::erlang_b(number("connection_limit")? as u32, rate * mean),
        ("finite_buffer", "blocking_probability") => {
            single::mm1k_loss(rate, mean, number("capacity")? as u32)
        }
        ("finite_buffer", what) => {
            let room = number("capacity")? as u32;
            let (sojourn, loss) =
                (single::mm1k_sojourn(rate, mean, room)?, single::mm1k_loss(rate, mean, room)?);
            Some(if what == "mean_in_system" { rate * (1.0 - loss) * sojourn } else { sojourn })
        }
        (kind, _) if kind.starts_with("route_") => routed(case, rate, mean, replicas, share),
        ("queue_timeout", _) => impatience::mm1_timeout(rate, mean, number("queue_timeout")?),
        ("patience", _) => impatience::mmc_abandonment(rate, mean, replicas, number("patience_mean")?),
        ("closed_loop", what) => {
            let users = number("users")? as u32;
            let found = closed::random_routing(users, number("think_time_mean")?, mean, replicas)?;
            Some(if what == "throughput" { found.throughput } else { found.response })
        }
        ("tandem", _) => single::tandem_sojourn(rate, &list(case, "service_means")),
        ("session_memory", _) => growth::sessions(
            number("rate_before")?,
            number("rate_after")?,
            number("session_mean_s")?,
            number("t")?,
        ),
        ("overload", _) => growth::backlog(rate, number("service_rate")?, number("t")?),
        ("retries", what) => {
            let (tries, good) =
                growth::retries(number("failure_probability")?, number("max_retries")? as u32)?;
            Some(if what == "attempts_per_request" { tries } else { good })
        }
        _ => None,
    }
}

/// Replicas of one worker each, by how requests come to them.
fn routed(case: &TheoryCase, rate: f64, mean: f64, replicas: u32, share: Option<f64>) -> Option<f64> {
    let number = |name: &str| case.params.get(name).and_then(Value::as_f64);
    let each = rate / f64::from(replicas);
    match case.kind.as_str() {
        "route_random" => match share {
            Some(share) => single::mm1_sojourn_quantile(each, mean, share),
            None => single::mm1_sojourn(each, mean),
        },
        "route_round_robin" => match share {
            Some(share) => routing::round_robin_sojourn_quantile(each, mean, replicas, share),
            None => routing::round_robin_sojourn(each, mean, replicas),
        },
        "route_weighted_random" => {
            routing::weighted_random_sojourn(rate, 1.0, &list(case, "weights"), &list(case, "speeds"))
        }
        "route_power_of_d" => {
            routing::power_of_d_sojourn(number("arrival_rate_per_replica")?, mean, number("choices")? as u32)
        }
        _ => None,
    }
}

/// M/G/1 by mean and variability, M/M/1 by quantile.
fn one_worker(case: &TheoryCase, quantity: &str, rate: f64, mean: f64, share: Option<f64>) -> Option<f64> {
    if let Some(share) = share {
        return single::mm1_sojourn_quantile(rate, mean, share);
    }
    let scv = case.params.get("service_scv").and_then(Value::as_f64).unwrap_or(1.0);
    let second = doorbuster::units::SimDuration::from_secs_f64(mean);
    // Mean and variability are all that counts, so that any distribution with them will do.
    let service = if scv > 0.0 {
        doorbuster::dist::Distribution::Lognormal(second, scv)
    } else {
        doorbuster::dist::Distribution::Constant(second)
    };
    let sojourn = single::mg1_sojourn(rate, &service)?;
    Some(match quantity {
        "mean_in_system" => rate * sojourn,
        "mean_wait" => sojourn - mean,
        _ => sojourn,
    })
}
