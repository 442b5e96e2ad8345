//! What grows with time, and what grows with failures.

/// Sessions that start as a Poisson process, at `before` up to time 0 and at `after` from then on, and live an
/// exponential time of mean `life`: their expected number at time `t`,
/// m·after + m·(before − after)·e^(−t/m).
///
/// Eick, Massey and Whitt, The physics of the Mt/G/∞ queue, 1993.
#[must_use]
pub fn sessions(before: f64, after: f64, life: f64, t: f64) -> Option<f64> {
    let expected = life * (after + (before - after) * libm::exp(-t / life));
    (before >= 0.0 && after >= 0.0 && life > 0.0 && t >= 0.0 && expected.is_finite()).then_some(expected)
}

/// Arrivals at `rate` that are served at most at `speed`, both a second, from an empty start: the backlog after `t`
/// seconds in the fluid limit, (λ − μ)·t; off by about √(λt).
///
/// Newell, Applications of Queueing Theory, 1971, ch. 2. For λ > μ.
#[must_use]
pub fn backlog(rate: f64, speed: f64, t: f64) -> Option<f64> {
    (rate > speed && speed >= 0.0 && t >= 0.0).then_some((rate - speed) * t)
}

/// Tries that fail independently with probability `p`, at most `retries` more after the first: mean tries for each
/// request, 1 + p + … + p^`retries`, and the share that succeeds, 1 − p^(`retries` + 1).
#[must_use]
pub fn retries(p: f64, retries: u32) -> Option<(f64, f64)> {
    (0.0..=1.0).contains(&p).then(|| {
        let powers: Vec<f64> =
            std::iter::successors(Some(1.0), |power| Some(power * p)).take(retries as usize + 2).collect();
        let (failed, tries) = (powers[powers.len() - 1], &powers[..powers.len() - 1]);
        (tries.iter().sum(), 1.0 - failed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let near = |given: f64, wanted: f64| assert!((given / wanted - 1.0).abs() < 1e-12, "{given}");
        near(sessions(10.0, 1_000.0, 60.0, 30.0).unwrap(), 23_972.078_813_069_573);
        near(sessions(10.0, 1_000.0, 60.0, 0.0).unwrap(), 600.0);
        near(backlog(200.0, 100.0, 10.0).unwrap(), 1_000.0);
        assert_eq!(backlog(100.0, 100.0, 10.0), None);
        let (tries, succeeded) = retries(0.5, 3).unwrap();
        near(tries, 1.875);
        near(succeeded, 0.9375);
        assert_eq!(retries(1.0, 3), Some((4.0, 0.0)));
        assert_eq!(retries(0.0, 3), Some((1.0, 1.0)));
        assert_eq!(retries(1.5, 3), None);
    }
}
