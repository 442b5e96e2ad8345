//! Requests that leave before they are served.

/// M/M/1, first come first served, where a request that has waited for `patience` leaves unserved: the share of
/// those. With μ = 1/s and a = e^(−(μ − λ)τ), the work found has an atom p₀ at 0, density λ·p₀·e^(−(μ−λ)x) up to τ
/// and λ·p₀·e^(λτ)·e^(−μx) beyond, where nobody joins for good; the share is (λ/μ)·a·p₀.
///
/// Barrer, Queuing with impatient customers and ordered service, 1957; Baccelli and Hebuterne, 1981. For λ > 0, s > 0,
/// τ ≥ 0, any load.
#[must_use]
pub fn mm1_timeout(rate: f64, service: f64, patience: f64) -> Option<f64> {
    if !(rate > 0.0 && rate.is_finite() && service > 0.0 && service.is_finite() && patience >= 0.0) {
        return None;
    }
    let speed = 1.0 / service;
    let slack = speed - rate;
    let left = libm::exp(-slack * patience);
    // (1 − e^(−slack·τ)) / slack, which is τ where the slack is nothing.
    let within = if slack == 0.0 { patience } else { -libm::expm1(-slack * patience) / slack };
    let beyond = rate / speed * left;
    let idle = 1.0 / (1.0 + rate * within + beyond);
    let share = beyond * idle;
    share.is_finite().then_some(share)
}

/// M/M/c with exponential patience of mean `patience` while waiting (Erlang A): the share that leaves unserved,
/// E\[waiting\] / (λ·`patience`), from the birth and death chain.
///
/// Palm, Research on telephone traffic, 1957; Garnett, Mandelbaum and Reiman, 2002. For λ > 0, s > 0, patience > 0.
#[must_use]
pub fn mmc_abandonment(rate: f64, service: f64, workers: u32, patience: f64) -> Option<f64> {
    let positive = |x: f64| x > 0.0 && x.is_finite();
    if !(positive(rate) && positive(service) && positive(patience)) || workers == 0 {
        return None;
    }
    let (mut weight, mut total, mut waiting) = (1.0, 1.0, 0.0);
    let mut inside: u32 = 0;
    while weight > 1e-18 * total || inside <= workers {
        inside = inside.checked_add(1)?;
        let queue = f64::from(inside.saturating_sub(workers));
        weight *= rate / (f64::from(inside.min(workers)) / service + queue / patience);
        total += weight;
        waiting += weight * queue;
        // The weights only matter by their ratios: kept small, they never overflow.
        (weight, waiting, total) = (weight / total, waiting / total, 1.0);
    }
    Some(waiting / (rate * patience))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(given: Option<f64>, wanted: f64) {
        assert!((given.unwrap() / wanted - 1.0).abs() < 1e-9, "{given:?} instead of {wanted}");
    }

    /// Solved apart, with other programs.
    #[test]
    fn known_shares() {
        near(mm1_timeout(0.9, 1.0, 5.0), 0.107_306_209_039_949_49);
        near(mm1_timeout(1.2, 1.0, 5.0), 0.223_855_421_877_399_4);
        near(mmc_abandonment(3.8, 1.0, 4, 2.0), 0.144_745_402_218_516_9);
        near(mmc_abandonment(12.0, 1.0, 10, 5.0), 0.177_420_951_939_612_46);
    }

    /// Without patience: the loss system M/M/1/1, ρ / (1 + ρ). At a load of 1: (1 + τ + 1)⁻¹.
    #[test]
    fn limits() {
        near(mm1_timeout(0.5, 1.0, 0.0), 1.0 / 3.0);
        near(mm1_timeout(1.0, 1.0, 3.0), 0.2);
        near(mmc_abandonment(0.5, 1.0, 1, 1e-9), 1.0 / 3.0);
        assert!(mmc_abandonment(0.5, 1.0, 1, 1e9).unwrap() < 1e-8);
        assert_eq!(mm1_timeout(0.0, 1.0, 1.0), None);
        assert_eq!(mmc_abandonment(1.0, 1.0, 0, 1.0), None);
        assert!(mmc_abandonment(1e6, 1.0, 10, 1.0).unwrap() > 0.999);
    }
}
