//! One replica with one worker or one shared core, and Poisson arrivals.

use super::load;
use crate::dist::Distribution;

/// M/M/1: mean sojourn time s / (1 − ρ), ρ = λ·s.
///
/// Kleinrock, Queueing Systems 1, 1975, ch. 3. For λ ≥ 0, s > 0, ρ < 1.
#[must_use]
pub fn mm1_sojourn(rate: f64, service: f64) -> Option<f64> {
    load(rate, service, 1.0).map(|load| service / (1.0 - load))
}

/// M/M/1, first come first served: the sojourn time that a share `q` in [0, 1) does not exceed. It is exponential:
/// −ln(1 − q) · s / (1 − ρ).
///
/// Kleinrock, Queueing Systems 1, 1975, ch. 3.
#[must_use]
pub fn mm1_sojourn_quantile(rate: f64, service: f64, q: f64) -> Option<f64> {
    let mean = mm1_sojourn(rate, service)?;
    (0.0..1.0).contains(&q).then(|| -libm::log1p(-q) * mean)
}

/// M/G/1, first come first served: mean sojourn time s + ρ·s·(1 + c²) / (2 (1 − ρ)), c² the squared coefficient
/// of variation of the service time.
///
/// Pollaczek 1930, Khinchine 1932. For a finite c² and ρ < 1.
#[must_use]
pub fn mg1_sojourn(rate: f64, service: &Distribution) -> Option<f64> {
    let (mean, scv) = (service.mean(), service.scv());
    let load = load(rate, mean, 1.0)?;
    scv.is_finite().then(|| mean + load * mean * (1.0 + scv) / (2.0 * (1.0 - load)))
}

/// M/G/1, processor sharing: mean sojourn time s / (1 − ρ), for any distribution of service times.
///
/// Kleinrock, Queueing Systems 2, 1976, 4.4.
#[must_use]
pub fn sharing_sojourn(rate: f64, service: f64) -> Option<f64> {
    mm1_sojourn(rate, service)
}

/// M/M/1 with room for `room` requests, the one in service among them: the probability of each number inside,
/// from 0 on: proportional to ρⁿ.
fn mm1k_inside(rate: f64, service: f64, room: u32) -> Option<Vec<f64>> {
    let load = rate * service;
    if !(load > 0.0 && load.is_finite() && service > 0.0) {
        return None;
    }
    // The largest power is 1, whether the load is below 1 or above, so that nothing overflows.
    let ratio = load.min(1.0 / load);
    let mut weights: Vec<f64> =
        std::iter::successors(Some(1.0), |w| Some(w * ratio)).take(room as usize + 1).collect();
    if load > 1.0 {
        weights.reverse();
    }
    let total: f64 = weights.iter().sum();
    Some(weights.iter().map(|weight| weight / total).collect())
}

/// M/M/1 with room for `room` requests: the share of arrivals that find it full,
/// ρᴷ (1 − ρ) / (1 − ρᴷ⁺¹).
///
/// Kleinrock, Queueing Systems 1, 1975, 3.6. For any load above 0.
#[must_use]
pub fn mm1k_loss(rate: f64, service: f64, room: u32) -> Option<f64> {
    mm1k_inside(rate, service, room)?.last().copied()
}

/// M/M/1 with room for `room` requests: mean sojourn time of those who find a place, E\[n\] / (λ (1 − loss)).
///
/// Kleinrock, Queueing Systems 1, 1975, 3.6, and Little's law.
#[must_use]
pub fn mm1k_sojourn(rate: f64, service: f64, room: u32) -> Option<f64> {
    let inside = mm1k_inside(rate, service, room)?;
    let mean: f64 = inside.iter().enumerate().map(|(n, p)| n as f64 * p).sum();
    let admitted = rate * (1.0 - inside.last().copied().unwrap_or(0.0));
    (admitted > 0.0).then(|| mean / admitted)
}

/// Stages of one worker each, one after the other, Poisson arrivals and exponential service: mean sojourn time
/// Σ s / (1 − λ·s). What leaves one stage is a Poisson stream to the next.
///
/// Burke, The output of a queuing system, 1956; Jackson, Networks of waiting lines, 1957.
#[must_use]
pub fn tandem_sojourn(rate: f64, services: &[f64]) -> Option<f64> {
    services.iter().map(|&service| mm1_sojourn(rate, service)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SimDuration;

    fn near(given: Option<f64>, wanted: f64) {
        assert!((given.unwrap() / wanted - 1.0).abs() < 2e-4, "{given:?} instead of {wanted}");
    }

    /// Tables of textbooks, for a mean service time of 1 s.
    #[test]
    fn known_values() {
        for (load, mean) in [(0.5, 2.0), (0.8, 5.0), (0.9, 10.0)] {
            near(mm1_sojourn(load, 1.0), mean);
            near(sharing_sojourn(load, 1.0), mean);
        }
        for (q, time) in [(0.5, 3.4657), (0.95, 14.979), (0.99, 23.026), (0.999, 34.539)] {
            near(mm1_sojourn_quantile(0.8, 1.0, q), time);
        }
        for (scv, at_80, at_90) in [(1e-9, 3.0, 5.5), (1.0, 5.0, 10.0), (4.0, 11.0, 23.5), (10.0, 23.0, 50.5)]
        {
            let service = Distribution::Lognormal(SimDuration::from_secs(1), scv);
            near(mg1_sojourn(0.8, &service), at_80);
            near(mg1_sojourn(0.9, &service), at_90);
        }
    }

    #[test]
    fn known_losses() {
        let losses = [
            (0.8, [0.44444, 0.12185, 0.02349]),
            (0.9, [0.47368, 0.16022, 0.05081]),
            (1.0, [0.5, 0.2, 0.09091]),
            (1.2, [0.54545, 0.27865, 0.19259]),
            (2.0, [0.66667, 0.51613, 0.50024]),
        ];
        for (load, by_room) in losses {
            for (room, loss) in [1, 4, 10].into_iter().zip(by_room) {
                near(mm1k_loss(load, 1.0, room), loss);
            }
        }
        for (load, room, sojourn) in [(0.8, 5, 2.563065), (1.0, 10, 5.5), (1.5, 20, 18.006016)] {
            near(mm1k_sojourn(load, 1.0, room), sojourn);
        }
        near(tandem_sojourn(0.6, &[0.5, 1.0]), 3.214_285_714_3);
        assert_eq!(tandem_sojourn(0.6, &[0.5, 2.0]), None);
        // So much room and load that powers of the load itself would overflow.
        near(mm1k_loss(100.0, 1.0, 1_000), 0.99);
    }

    #[test]
    fn nothing_outside_the_domain() {
        assert_eq!(mm1_sojourn(1.0, 1.0), None);
        assert_eq!(mm1_sojourn(-1.0, 1.0), None);
        assert_eq!(mm1_sojourn(f64::NAN, 1.0), None);
        assert_eq!(mm1_sojourn_quantile(0.5, 1.0, 1.0), None);
        assert_eq!(mm1k_loss(0.0, 1.0, 3), None);
        assert_eq!(mm1k_sojourn(0.5, 1.0, 0), None);
    }
}
