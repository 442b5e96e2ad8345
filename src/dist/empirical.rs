//! What was measured: the least value, the median, the 90th and 99th percentile and the largest, with straight lines
//! between them. So the density is constant between two of them.

use crate::rng::Stream;
use crate::units::SimDuration;

/// The shares of values up to each of the five.
const UP_TO: [f64; 5] = [0.0, 0.5, 0.9, 0.99, 1.0];

/// The values in seconds and the share of each stretch between two of them.
fn stretches(values: &[SimDuration; 5]) -> impl Iterator<Item = (f64, f64, f64)> {
    let values = values.map(SimDuration::as_secs);
    (0..4).map(move |i| (UP_TO[i + 1] - UP_TO[i], values[i], values[i + 1]))
}

/// E[X] = Σ share · (a + b) / 2.
pub(super) fn mean(values: &[SimDuration; 5]) -> f64 {
    stretches(values).map(|(share, a, b)| share * (a + b) / 2.0).sum()
}

/// E[X²] = Σ share · (a² + a·b + b²) / 3.
pub(super) fn scv(values: &[SimDuration; 5]) -> f64 {
    let mean = mean(values);
    let second: f64 = stretches(values).map(|(share, a, b)| share * (a * a + a * b + b * b) / 3.0).sum();
    if mean == 0.0 { 0.0 } else { (second / (mean * mean) - 1.0).max(0.0) }
}

pub(super) fn cdf(x: f64, values: &[SimDuration; 5]) -> f64 {
    let part = |(share, a, b): (f64, f64, f64)| {
        if x >= b { share } else { share * ((x - a) / (b - a)).max(0.0) }
    };
    stretches(values).map(part).sum()
}

pub(super) fn sample(values: &[SimDuration; 5], stream: &mut Stream) -> SimDuration {
    let unit = stream.unit();
    let i = (0..3).find(|&i| unit < UP_TO[i + 1]).unwrap_or(3);
    let within = (unit - UP_TO[i]) / (UP_TO[i + 1] - UP_TO[i]);
    let (low, high) = (values[i].0, values[i + 1].0);
    SimDuration(low + ((high - low) as f64 * within + 0.5) as u64)
}

/// Reads five times, none shorter than the one before.
pub(super) fn read(text: &str, time: impl Fn(&str) -> Option<SimDuration>) -> Option<[SimDuration; 5]> {
    let values: Vec<SimDuration> = text.split(',').map(|part| time(part.trim())).collect::<Option<_>>()?;
    let values: [SimDuration; 5] = values.try_into().ok()?;
    (values.is_sorted() && values[4] < SimDuration::FOREVER).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0, 10, 20, 40 and 100 ms: 0.5·5 + 0.4·15 + 0.09·30 + 0.01·70 = 11.9 ms; at 15 ms 0.5 + 0.4/2 = 0.7.
    #[test]
    fn by_hand() {
        let values = [0, 10, 20, 40, 100].map(SimDuration::from_millis);
        assert!((mean(&values) - 0.0119).abs() < 1e-12);
        assert!((cdf(0.015, &values) - 0.7).abs() < 1e-12 && cdf(0.1, &values) > 1.0 - 1e-12);
        let same = [20; 5].map(SimDuration::from_millis);
        assert!(scv(&same) < 1e-9 && (cdf(0.02, &same) - 1.0).abs() < 1e-12 && cdf(0.019, &same) < 1e-12);
    }
}
