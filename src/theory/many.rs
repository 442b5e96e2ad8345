//! Several workers and Poisson arrivals.

/// Erlang's loss formula: the share of arrivals that find all of `workers` busy where nobody can wait, for an offered
/// load of `offered` = λ·s workers. By the recursion B(c) = a·B(c − 1) / (c + a·B(c − 1)), B(0) = 1.
///
/// Erlang 1917; for any distribution of service times (Sevastyanov 1957). For a ≥ 0.
#[must_use]
pub fn erlang_b(workers: u32, offered: f64) -> Option<f64> {
    let valid = offered >= 0.0 && offered.is_finite();
    let step = |loss: f64, c: u32| offered * loss / (f64::from(c) + offered * loss);
    valid.then(|| (1..=workers).fold(1.0, step))
}

/// Erlang's delay formula: the share of arrivals that must wait where all wait in one queue for `workers`:
/// C = B / (1 − ρ (1 − B)), ρ = a / c.
///
/// Erlang 1917. For exponential service times and 0 ≤ a < c.
#[must_use]
pub fn erlang_c(workers: u32, offered: f64) -> Option<f64> {
    let load = offered / f64::from(workers);
    let loss = erlang_b(workers, offered)?;
    (load < 1.0).then(|| loss / (1.0 - load * (1.0 - loss)))
}

/// M/M/c with one queue: mean sojourn time s + C·s / (c − a), a = λ·s.
///
/// A processor-sharing machine with c cores has the same mean: its number inside is the same birth-death process.
/// Erlang 1917. For λ·s < c.
#[must_use]
pub fn mmc_sojourn(rate: f64, service: f64, workers: u32) -> Option<f64> {
    let offered = super::load(rate, service, f64::from(workers))? * f64::from(workers);
    Some(service + erlang_c(workers, offered)? * service / (f64::from(workers) - offered))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(given: Option<f64>, wanted: f64) {
        assert!((given.unwrap() / wanted - 1.0).abs() < 3e-4, "{given:?} instead of {wanted}");
    }

    #[test]
    fn known_losses() {
        for (c, a, loss) in [
            (5, 4.0, 0.19907),
            (10, 8.0, 0.12166),
            (10, 9.0, 0.16796),
            (20, 16.0, 0.06441),
            (50, 40.0, 0.01869),
        ] {
            near(erlang_b(c, a), loss);
        }
        assert_eq!(erlang_b(0, 3.0), Some(1.0));
        assert_eq!(erlang_b(3, f64::INFINITY), None);
    }

    #[test]
    fn known_waits() {
        let known = [
            (2, 1.6, 0.71111, 2.7778),
            (3, 2.4, 0.64719, 2.0787),
            (5, 4.0, 0.55411, 1.5541),
            (10, 8.0, 0.40918, 1.2046),
            (20, 16.0, 0.25608, 1.0640),
            (50, 40.0, 0.08695, 1.0087),
            (5, 2.5, 0.13037, 1.0521),
            (10, 5.0, 0.03611, 1.0072),
        ];
        for (c, a, waits, sojourn) in known {
            near(erlang_c(c, a), waits);
            near(mmc_sojourn(a, 1.0, c), sojourn);
        }
        assert_eq!(erlang_c(2, 2.0), None);
        assert_eq!(mmc_sojourn(2.0, 1.0, 2), None);
    }
}
