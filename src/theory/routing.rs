//! Many equal replicas with exponential service times, each with a queue of its own.

use super::load;

/// Poisson arrivals handed to `replicas` in turn: mean sojourn time s / (1 − σ). Each replica sees Erlang-N arrivals,
/// and σ is the root in (0, 1) of σ = (Nρ / (Nρ + 1 − σ))ᴺ. `rate` is that of one replica.
///
/// Kleinrock, Queueing Systems 1, 1975, 6.4 (G/M/1). For ρ = λ·s < 1 and at least one replica.
#[must_use]
pub fn round_robin_sojourn(rate: f64, service: f64, replicas: u32) -> Option<f64> {
    let load = load(rate, service, 1.0)?;
    (replicas > 0).then(|| service / (1.0 - arrivals_find_busy(load, f64::from(replicas))))
}

/// The same: the sojourn time that a share `q` in [0, 1) does not exceed. It is exponential.
#[must_use]
pub fn round_robin_sojourn_quantile(rate: f64, service: f64, replicas: u32, q: f64) -> Option<f64> {
    let mean = round_robin_sojourn(rate, service, replicas)?;
    (0.0..1.0).contains(&q).then(|| -libm::log1p(-q) * mean)
}

/// σ by bisection: below the root the right side is larger than σ, above it smaller.
fn arrivals_find_busy(load: f64, n: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0 - 1e-12);
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        let right = libm::exp(n * libm::log(n * load / (n * load + 1.0 - middle)));
        if right > middle { low = middle } else { high = middle }
    }
    low
}

/// Each arrival goes to the shortest of `choices` queues drawn at random, where there are infinitely many: mean sojourn
/// time s · Σ ρ^((dⁱ − d) / (d − 1)), i from 1 on. For d = 1 that is M/M/1. `rate` is that of one replica. With
/// finitely many the mean is higher.
///
/// Mitzenmacher 2001, theorem 8; Vvedenskaya, Dobrushin and Karpelevich 1996. For ρ = λ·s < 1 and d ≥ 1.
#[must_use]
pub fn power_of_d_sojourn(rate: f64, service: f64, choices: u32) -> Option<f64> {
    let load = load(rate, service, 1.0)?;
    let d = f64::from(choices);
    // Exponents 0, d, d + d², d + d² + d³ …: each is the one before times d, plus d.
    let exponents = std::iter::successors(Some(0.0), |e| Some(e * d + d));
    let terms = exponents.map(|e| if e == 0.0 { 1.0 } else { libm::exp(e * libm::log(load)) });
    match choices {
        0 => None,
        1 => Some(service / (1.0 - load)),
        _ => Some(service * terms.take_while(|&term| term > 1e-18).sum::<f64>()),
    }
}

/// Replicas of one worker each, chosen at random in proportion to `weights`, which do `speeds` times the work:
/// mean sojourn time Σ pᵢ·sᵢ / (1 − λ·pᵢ·sᵢ), since each gets a Poisson stream of its own.
///
/// Kingman, Poisson Processes, 1993, ch. 2 (thinning).
#[must_use]
pub fn weighted_random_sojourn(rate: f64, work: f64, weights: &[f64], speeds: &[f64]) -> Option<f64> {
    let total: f64 = weights.iter().sum();
    let one = |(&weight, &speed): (&f64, &f64)| {
        let part = weight / total;
        super::single::mm1_sojourn(rate * part, work / speed).map(|mean| part * mean)
    };
    (weights.len() == speeds.len() && total > 0.0).then(|| weights.iter().zip(speeds).map(one).sum())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(given: Option<f64>, wanted: f64) {
        assert!((given.unwrap() / wanted - 1.0).abs() < 2e-4, "{given:?} instead of {wanted}");
    }

    #[test]
    fn in_turn() {
        let known = [
            (0.5, [2.0, 1.6180, 1.4937, 1.3962, 1.3246, 1.2619]),
            (0.7, [3.3333, 2.6006, 2.3577, 2.1642, 2.0198, 1.8905]),
            (0.8, [5.0, 3.8440, 3.4594, 3.1523, 2.9223, 2.7157]),
            (0.9, [10.0, 7.5883, 6.7847, 6.1421, 5.6603, 5.2268]),
            (0.95, [20.0, 15.086, 13.448, 12.138, 11.155, 10.271]),
        ];
        for (load, by_replicas) in known {
            for (replicas, sojourn) in [1, 2, 3, 5, 10, 100].into_iter().zip(by_replicas) {
                near(round_robin_sojourn(load, 1.0, replicas), sojourn);
            }
        }
        near(round_robin_sojourn_quantile(0.8, 1.0, 4, 0.99), 15.046858);
        assert_eq!(round_robin_sojourn(0.5, 1.0, 0), None);
        assert_eq!(round_robin_sojourn(1.0, 1.0, 3), None);
    }

    #[test]
    fn by_choice() {
        let known = [
            (0.5, [2.0, 1.2657, 1.1252]),
            (0.7, [3.3333, 1.6145, 1.3568]),
            (0.8, [5.0, 1.9474, 1.5809]),
            (0.9, [10.0, 2.6141, 2.0279]),
            (0.95, [20.0, 3.3830, 2.5351]),
            (0.99, [100.0, 5.4320, 3.8578]),
        ];
        for (load, by_choices) in known {
            for (choices, sojourn) in [1, 2, 3].into_iter().zip(by_choices) {
                near(power_of_d_sojourn(load, 1.0, choices), sojourn);
            }
        }
        near(weighted_random_sojourn(2.8, 1.0, &[3.0, 1.0], &[3.0, 1.0]), 1.666_666_67);
        assert_eq!(weighted_random_sojourn(2.8, 1.0, &[1.0], &[3.0, 1.0]), None);
        near(power_of_d_sojourn(0.0, 1.0, 2), 1.0);
        assert_eq!(power_of_d_sojourn(0.5, 1.0, 0), None);
    }
}
