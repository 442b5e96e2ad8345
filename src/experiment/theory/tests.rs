use super::*;

fn plan() -> TheoryPlan {
    TheoryPlan { jobs: 2, budget: 2_000_000, ..TheoryPlan::default() }
}

fn one(text: &str) -> TheoryResult {
    validate(&cases(&format!("[{text}]")).unwrap(), &plan(), &mut |_| ()).remove(0)
}

#[test]
fn a_true_value_passes_and_another_fails() {
    let case = |exact: f64| {
        format!(
            r#"{{"name": "mm1", "kind": "single_fifo", "params": {{"arrival_rate": 60, "service_mean": 0.005}},
                "exact": {{"mean_sojourn": {exact}, "sojourn_p99": 0.0328942}}}}"#
        )
    };
    // ρ = 0.3: 5 ms / 0.7, and ln 100 times that.
    let right = one(&case(0.007_142_857));
    assert!(right.passed, "{right:?}");
    assert!(right.measured.values().all(|m| m.half_width > 0.0 && m.half_width < 0.05 * m.mean));
    assert!(right.worst_deviation() < 0.03);
    let wrong = one(&case(0.007_6));
    assert!(!wrong.passed && wrong.note.contains("mean_sojourn"), "{wrong:?}");
}

/// Too few requests for a narrow interval: that is a failure too, whatever the mean.
#[test]
fn a_wide_interval_fails() {
    let text = r#"{"name": "mm1", "kind": "single_fifo", "params": {"arrival_rate": 0.9},
        "exact": {"mean_sojourn": 10}}"#;
    let plan = TheoryPlan { budget: 1, ..plan() };
    let case = TheoryCase { name: "short".into(), ..cases(&format!("[{text}]")).unwrap().remove(0) };
    let result = judge::judge(&case, &plan, 0.9999);
    assert!(!result.passed && result.note.contains("only known to"), "{result:?}");
}

#[test]
fn the_same_for_any_number_of_threads() {
    let text = r#"[{"name": "loss", "kind": "finite_buffer", "params": {"arrival_rate": 1, "capacity": 1},
        "exact": {"blocking_probability": 0.5}}]"#;
    let run = |jobs| validate(&cases(text).unwrap(), &TheoryPlan { jobs, ..plan() }, &mut |_| ());
    assert_eq!(run(1), run(3));
    assert!(run(1)[0].passed);
}

#[test]
fn what_is_not_understood_is_a_miss_that_says_why() {
    for (kind, params, exact, why) in [
        ("mystery", "{}", "mean_sojourn", "kind \"mystery\" is not known"),
        ("single_fifo", "{}", "mean_sojourn", "params.arrival_rate is missing"),
        ("single_fifo", r#"{"arrival_rate": -1}"#, "mean_sojourn", "at least 0"),
        ("single_fifo", r#"{"arrival_rate": 1}"#, "mean_sojourn", "no steady state"),
        (
            "single_fifo",
            r#"{"arrival_rate": 0.5, "colour": 3}"#,
            "mean_sojourn",
            "params.colour is not known",
        ),
        ("single_fifo", r#"{"arrival_rate": 0.5, "service": "odd"}"#, "mean_sojourn", "service \"odd\""),
        ("single_fifo", r#"{"arrival_rate": 0.1}"#, "moment", "exact.moment is not known"),
        ("shared_queue", r#"{"arrival_rate": 0.1, "replicas": 1.5}"#, "mean_wait", "a whole number"),
        ("shared_queue", r#"{"arrival_rate": 0.1, "replicas": 99999}"#, "mean_wait", "makes no scenario"),
    ] {
        let result = one(&format!(
            r#"{{"name": "bad", "kind": "{kind}", "params": {params}, "exact": {{"{exact}": 1}}}}"#
        ));
        assert!(!result.passed && result.note.contains(why), "{kind} {params}: {result:?}");
    }
    for bad in ["", "3", "[]", "[3]", r#"[{"name": "a", "kind": "b", "exact": {"x": "y"}}]"#] {
        assert!(cases(bad).is_err(), "{bad}");
    }
}

#[test]
fn names_of_quantiles() {
    assert_eq!(quantile("sojourn_p99"), Some(("sojourn", 0.99)));
    assert_eq!(quantile("wait_p999"), Some(("wait", 0.999)));
    assert_eq!(quantile("sojourn_p5"), Some(("sojourn", 0.5)));
    assert_eq!(quantile("prob_pay"), None);
    assert_eq!((narrow("sojourn_p99"), narrow("sojourn_p50"), narrow("mean_wait")), (0.05, 0.02, 0.02));
}
