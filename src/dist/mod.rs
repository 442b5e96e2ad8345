//! Distributions of times, given by mean and squared coefficient of variation where that is possible, so
//! that variability can be raised without changing the load.
//!
//! Written as text: a kind, a mean and, where the kind has one, its further parameters.
//!
//! | written | mean | scv (variance / mean²) |
//! |---|---|---|
//! | `"20 ms"` or `"constant 20 ms"` | 20 ms | 0 |
//! | `"exponential 20 ms"` | 20 ms | 1 |
//! | `"uniform 10 ms to 30 ms"` | (a + b) / 2 | (b − a)² / (3 (a + b)²) |
//! | `"lognormal 20 ms scv 4"` | 20 ms | 4 |
//!
//! A sample is rounded to the nearest nanosecond. One file per family.

mod exponential;
mod lognormal;
mod normal;
mod uniform;

use std::fmt;

use crate::rng::Stream;
use crate::units::{ParseError, SimDuration, Unit};

/// A distribution of times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distribution {
    /// Always the same.
    Constant(SimDuration),
    /// Exponential with this mean.
    Exponential(SimDuration),
    /// Uniform between two times.
    Uniform(SimDuration, SimDuration),
    /// Lognormal with this mean and squared coefficient of variation.
    Lognormal(SimDuration, f64),
}

impl Distribution {
    /// The mean in seconds.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Constant(value) | Self::Exponential(value) | Self::Lognormal(value, _) => value.as_secs(),
            Self::Uniform(low, high) => (low.as_secs() + high.as_secs()) / 2.0,
        }
    }

    /// The squared coefficient of variation: variance / mean².
    #[must_use]
    pub fn scv(&self) -> f64 {
        match *self {
            Self::Constant(_) => 0.0,
            Self::Exponential(_) => 1.0,
            Self::Uniform(low, high) => uniform::scv(low.as_secs(), high.as_secs()),
            Self::Lognormal(_, scv) => scv,
        }
    }

    /// The probability of a value of at most `x` seconds.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        match *self {
            Self::Constant(value) => f64::from(u8::from(x >= value.as_secs())),
            Self::Exponential(mean) => exponential::cdf(x, mean.as_secs()),
            Self::Uniform(low, high) => uniform::cdf(x, low.as_secs(), high.as_secs()),
            Self::Lognormal(mean, scv) => lognormal::cdf(x, mean.as_secs(), scv),
        }
    }

    /// Draws a value.
    #[inline]
    pub fn sample(&self, stream: &mut Stream) -> SimDuration {
        match *self {
            Self::Constant(value) => value,
            Self::Exponential(mean) => scaled(mean, exponential::standard(stream)),
            Self::Uniform(low, high) => uniform::sample(low, high, stream),
            Self::Lognormal(mean, scv) => scaled(mean, lognormal::standard(scv, stream)),
        }
    }
}

/// `mean` times a draw of mean 1, to the nearest nanosecond.
#[inline]
fn scaled(mean: SimDuration, draw: f64) -> SimDuration {
    SimDuration((mean.0 as f64 * draw + 0.5) as u64)
}

/// A draw of the exponential distribution with mean 1, for arrival processes.
#[inline]
pub fn standard_exponential(stream: &mut Stream) -> f64 {
    exponential::standard(stream)
}

impl Unit for Distribution {
    const ALLOWED: &'static str = "a time such as \"20 ms\", or \"exponential 20 ms\", \"uniform 10 ms to 30 ms\", \
                                   \"lognormal 20 ms scv 4\"";

    fn from_number(number: f64) -> Option<Self> {
        SimDuration::from_number(number).map(Self::Constant)
    }

    fn read(text: &str) -> Option<Self> {
        let Some((kind, rest)) =
            text.split_once(' ').filter(|(kind, _)| kind.chars().all(char::is_alphabetic))
        else {
            return SimDuration::read(text).map(Self::Constant);
        };
        match kind {
            "constant" => SimDuration::read(rest.trim()).map(Self::Constant),
            "exponential" | "exp" => SimDuration::read(rest.trim()).map(Self::Exponential),
            "uniform" => {
                let (low, high) = rest.split_once(" to ")?;
                let (low, high) = (SimDuration::read(low.trim())?, SimDuration::read(high.trim())?);
                (low <= high).then_some(Self::Uniform(low, high))
            }
            "lognormal" => {
                let (mean, scv) = rest.split_once(" scv ")?;
                let scv: f64 = scv.trim().parse().ok()?;
                (scv.is_finite() && (0.0..=1e6).contains(&scv))
                    .then_some(())
                    .and_then(|()| SimDuration::read(mean.trim()))
                    .map(|mean| Self::Lognormal(mean, scv))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Distribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(value) => write!(f, "{value}"),
            Self::Exponential(mean) => write!(f, "exponential {mean}"),
            Self::Uniform(low, high) => write!(f, "uniform {low} to {high}"),
            Self::Lognormal(mean, scv) => write!(f, "lognormal {mean} scv {scv}"),
        }
    }
}

/// Reads a distribution, as [`Unit::parse`].
///
/// # Errors
/// When the text is none of the forms in the table above.
pub fn parse(text: &str) -> Result<Distribution, ParseError> {
    Distribution::parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    /// Kolmogorov-Smirnov with 200,000 draws; 1.95 / √n is passed by a true sampler in all but 0.1 % of seeds.
    #[test]
    fn samples_follow_their_cdf_mean_and_scv() {
        const N: usize = 200_000;
        for text in
            ["exponential 20 ms", "uniform 10 ms to 30 ms", "lognormal 20 ms scv 4", "lognormal 1 s scv 0.25"]
        {
            let dist = parse(text).unwrap();
            let mut stream = Stream::new(42, Purpose::Demands, 0);
            let mut draws: Vec<f64> = (0..N).map(|_| dist.sample(&mut stream).as_secs()).collect();
            draws.sort_by(f64::total_cmp);
            let gap = draws
                .iter()
                .enumerate()
                .map(|(i, &x)| (dist.cdf(x) - i as f64 / N as f64).abs())
                .fold(0.0, f64::max);
            assert!(gap < 1.95 / (N as f64).sqrt(), "{text}: {gap}");
            let mean = draws.iter().sum::<f64>() / N as f64;
            assert!((mean / dist.mean() - 1.0).abs() < 0.02, "{text}: {mean}");
            let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / N as f64;
            assert!((variance / (mean * mean) / dist.scv() - 1.0).abs() < 0.12, "{text}: {variance}");
        }
    }

    #[test]
    fn text_round_trips_and_nonsense_is_refused() {
        for text in ["20 ms", "exponential 1.5 s", "uniform 10 ms to 30 ms", "lognormal 20 ms scv 4"] {
            assert_eq!(parse(&parse(text).unwrap().to_string()), parse(text));
        }
        for text in [
            "",
            "exponential",
            "normal 3 s",
            "uniform 3 s to 1 s",
            "lognormal 1 s scv -1",
            "lognormal 1 s",
            "3",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
