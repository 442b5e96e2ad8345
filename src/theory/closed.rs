//! Users who each wait for the answer, think, and ask again.

/// N users, exponential think and service times, one queue for c workers: a birth-death process on the number of
/// requests inside, p(n + 1) / p(n) = (N − n) / z · s / min(n + 1, c).
///
/// Kleinrock, Queueing Systems 2, 1976, 2.11; known as the machine repairman. Without think time all N are always
/// inside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loop {
    /// Answers per second.
    pub throughput: f64,
    /// Mean time from asking to the answer, by Little's law N / throughput − z.
    pub response: f64,
}

impl Loop {
    /// For at least one user and one worker, s > 0, z ≥ 0.
    #[must_use]
    pub fn new(users: u32, think: f64, service: f64, workers: u32) -> Option<Self> {
        if users == 0 || workers == 0 || service.is_nan() || service <= 0.0 || think.is_nan() || think < 0.0 {
            return None;
        }
        let busy = |n: u32| f64::from(n.min(workers));
        let mean_busy = if think > 0.0 { mean_busy(users, think, service, busy) } else { busy(users) };
        let throughput = mean_busy / service;
        Some(Self { throughput, response: f64::from(users) / throughput - think })
    }
}

fn mean_busy(users: u32, think: f64, service: f64, busy: impl Fn(u32) -> f64) -> f64 {
    // Weights are divided by their sum as they grow, so that nothing overflows.
    let (mut weight, mut total, mut sum) = (1.0, 1.0, 0.0);
    for n in 1..=users {
        weight *= f64::from(users - n + 1) / think * service / busy(n);
        total += weight;
        sum += weight * busy(n);
        (weight, sum, total) = (weight / total, sum / total, 1.0);
    }
    sum
}

/// `users` who think for an exponential time of mean `think` and ask one of `replicas`, each of one worker with
/// exponential service, drawn at random: exact mean value analysis. With n users a request finds what n − 1 users
/// have left, R(n) = s (1 + Q(n−1) / k), X(n) = n / (Z + R(n)), Q(n) = X(n)·R(n).
///
/// Reiser and Lavenberg, Mean-value analysis of closed multichain queuing networks, 1980.
#[must_use]
pub fn random_routing(users: u32, think: f64, service: f64, replicas: u32) -> Option<Loop> {
    let valid = users > 0 && replicas > 0 && service > 0.0 && service.is_finite() && think >= 0.0;
    valid.then(|| {
        let mut found = Loop { throughput: 0.0, response: 0.0 };
        for n in 1..=users {
            let inside = found.throughput * found.response;
            found.response = service * (1.0 + inside / f64::from(replicas));
            found.throughput = f64::from(n) / (think + found.response);
        }
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By exact mean-value analysis.
    #[test]
    fn known_values() {
        for (users, think, workers, throughput, response) in [
            (1, 0.0, 1, 1.0, 1.0),
            (10, 0.0, 3, 3.0, 10.0 / 3.0),
            // One user: 1 / (think + service).
            (1, 3.0, 1, 0.25, 1.0),
            // Two users, think 1, one worker: p = 1, 2, 2 over 5; busy 4/5.
            (2, 1.0, 1, 0.8, 1.5),
            // As many workers as users: nobody waits.
            (500, 10.0, 500, 500.0 / 11.0, 1.0),
            // Far more users than one worker can serve.
            (1_000, 10.0, 1, 1.0, 990.0),
        ] {
            let given = Loop::new(users, think, 1.0, workers).unwrap();
            assert!((given.throughput / throughput - 1.0).abs() < 1e-9, "{given:?} for {users} users");
            assert!((given.response / response - 1.0).abs() < 1e-9, "{given:?} for {users} users");
        }
        assert_eq!(Loop::new(0, 1.0, 1.0, 1), None);
        assert_eq!(Loop::new(1, 1.0, 0.0, 1), None);
    }

    #[test]
    fn routed_at_random() {
        for (users, think, replicas, throughput, response) in
            [(1, 0.0, 1, 1.0, 1.0), (10, 0.0, 3, 2.5, 4.0), (50, 10.0, 4, 3.340_410_665_56, 4.968_219_481_4)]
        {
            let given = random_routing(users, think, 1.0, replicas).unwrap();
            assert!((given.throughput / throughput - 1.0).abs() < 1e-9, "{given:?} for {users} users");
            assert!((given.response / response - 1.0).abs() < 1e-9, "{given:?} for {users} users");
        }
        assert_eq!(random_routing(3, 1.0, 1.0, 0), None);
    }
}
