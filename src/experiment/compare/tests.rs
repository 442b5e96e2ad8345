use super::*;

fn found(name: &str, pairs: &[(f64, f64)]) -> Difference {
    difference(measure::find(name).unwrap(), "least_connections", "round_robin", pairs).unwrap()
}

/// Ratios 1/2 and 1/2.2 … : the geometric mean of 0.5, 0.4545 and 0.476 is 0.4766, its inverse 2.1.
#[test]
fn who_beats_whom() {
    let d = found("p99", &[(100.0, 200.0), (100.0, 220.0), (100.0, 210.0)]);
    assert_eq!(d.verdict, Verdict::Yes);
    assert!((d.ratio.unwrap().mean - 0.4766).abs() < 5e-4);
    assert_eq!(d.text, "least_connections beats round_robin: p99 2.1 times lower, ± 0.2.");
    let d = found("goodput", &[(100.0, 110.0), (100.0, 111.0), (100.0, 109.0)]);
    assert!(d.text.starts_with("round_robin beats least_connections: goodput 10.0 % higher"), "{}", d.text);
}

#[test]
fn doubt_is_said() {
    let d = found("p99", &[(100.0, 90.0), (90.0, 100.0), (100.0, 101.0)]);
    assert_eq!(d.verdict, Verdict::No);
    assert!(d.text.contains("not enough to tell"), "{}", d.text);
    assert_eq!(found("p99", &[(100.0, 90.0)]).verdict, Verdict::Unknown);
    // Ratios of 0.9998, 1.0002 and 1.0001: nobody learns anything from "between 1.00 and 1.00".
    let d = found("goodput", &[(49.99, 50.0), (50.01, 50.0), (50.005, 50.0)]);
    assert!(d.text.ends_with("(ratio 1.0000, between 0.9995 and 1.0006)."), "{}", d.text);
    let d = found("mean", &[(100.5, 100.0), (100.6, 100.0), (100.4, 100.0)]);
    assert_eq!(d.verdict, Verdict::Tiny);
    assert!(d.text.ends_with("real, but tiny."), "{}", d.text);
    let d = found("sessions_lost", &[(0.0, 0.0), (0.0, 0.0)]);
    assert_eq!(d.text, "sessions lost: the same under least_connections and round_robin.");
}

/// Shares may be 0, so they are compared by difference: 2, 3 and 4 points, t(0.975, 2) = 4.303, s / √3 =
/// 0.577.
#[test]
fn shares_by_points() {
    let d = found("failed_share", &[(0.0, 0.02), (0.0, 0.03), (0.0, 0.04)]);
    assert_eq!(d.text, "least_connections beats round_robin: failed share 3.0 points lower, ± 2.5.");
    assert_eq!(d.ratio, None);
}
