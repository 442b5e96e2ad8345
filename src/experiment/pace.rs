//! How long a run will take, from how its first moments went.
//!
//! The very scenario is begun, apart from the run that counts, until some time by the caller's clock has passed. What
//! that took is spread over the whole by the rates of the profile:
//!
//! ```text
//! whole = wall time of the slice × requests expected in the whole / requests expected in the slice
//! ```
//!
//! This is events of the whole / events per second of wall time, with as many events for each request as the slice
//! had: their number cancels out. In a slice of fewer than [`FEW`] expected requests much is not the work of
//! requests (checks, ticks, the start), so the simulated time counts too, and the larger of both ratios holds.
//!
//! Left out: what later changes the work of a request (longer queues, retries of clients, replicas that are added) and
//! the making of the report. The measured run has no influence on any other.

use super::drive::Runner;
use crate::scenario::Model;
use crate::units::SimTime;

/// Fewer expected requests than this say little about what a request costs.
pub const FEW: f64 = 100.0;

/// Events between two looks at the clock: about a millisecond.
const CHUNK: u64 = 4_096;

/// What the first moments of a run took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slice {
    /// Seconds by the caller's clock.
    pub wall_s: f64,
    /// Simulated seconds, more than 0.
    pub simulated_s: f64,
    /// Requests that the profile asks for in these simulated seconds.
    pub requests: f64,
}

impl Slice {
    /// Begins the run until `clock`, which tells seconds since any moment, has gone on by `limit_s`; at least until
    /// simulated time moves, at most to the end.
    #[must_use]
    pub fn measure(model: &Model, seed: u64, limit_s: f64, clock: &mut dyn FnMut() -> f64) -> Self {
        let start = clock();
        let mut runner = Runner::new(model, seed);
        loop {
            let over = runner.advance(CHUNK, &mut ());
            let (wall_s, now) = (clock() - start, runner.now());
            if over || (wall_s >= limit_s && now > SimTime::ZERO) {
                let requests = model.expected_requests_until(now);
                return Self { wall_s, simulated_s: now.as_secs(), requests };
            }
        }
    }

    /// Seconds that `runs` runs of this model take on so many threads, each of which makes one run after the other.
    ///
    /// ```
    /// use doorbuster::experiment::Slice;
    /// use doorbuster::scenario::Scenario;
    ///
    /// let text = "[[traffic.source]]\nrate = \"1000/s\"\n[[service]]\n[run]\nduration = \"100 s\"\n";
    /// let model = Scenario::from_toml_str(text)?.validate()?;
    /// // A tenth of all requests in 0.2 s: 2 s for each run; five runs on two threads are three rounds.
    /// let slice = Slice { wall_s: 0.2, simulated_s: 10.0, requests: 10_000.0 };
    /// assert!((slice.estimate(&model, 5, 2) - 6.0).abs() < 1e-9);
    /// # Ok::<(), doorbuster::scenario::Invalid>(())
    /// ```
    #[must_use]
    pub fn estimate(&self, model: &Model, runs: u64, threads: usize) -> f64 {
        self.of_one(model) * runs.div_ceil(threads.max(1) as u64) as f64
    }

    /// Seconds of one run of this model.
    fn of_one(&self, model: &Model) -> f64 {
        let by_time = model.duration().as_secs() / self.simulated_s.max(1e-9);
        let by_requests = model.expected_requests() / self.requests.max(1.0);
        let times = if self.requests < FEW { by_requests.max(by_time) } else { by_requests };
        self.wall_s * times.max(1.0)
    }
}

/// So many models of a piece of work are measured at most.
const MEASURED: usize = 16;

/// Seconds that runs of several models take together on so many threads: those of all of them divided by the threads,
/// and at least those of the longest run. Of many models some are measured, evenly spread and in `limit_s` together;
/// what a request costs in another is taken from the one that was measured before it.
#[must_use]
pub fn estimate_all(
    work: &[(&Model, u64)],
    threads: usize,
    limit_s: f64,
    clock: &mut dyn FnMut() -> f64,
) -> f64 {
    let step = work.len().div_ceil(MEASURED).max(1);
    let each_s = limit_s / work.len().div_ceil(step).max(1) as f64;
    let (mut sum, mut longest) = (0.0, 0.0_f64);
    for group in work.chunks(step) {
        let Some((first, _)) = group.first() else { continue };
        let slice = Slice::measure(first, first.seed(), each_s, clock);
        for (model, runs) in group.iter().filter(|(_, runs)| *runs > 0) {
            let one = slice.of_one(model);
            (sum, longest) = (sum + one * *runs as f64, longest.max(one));
        }
    }
    longest.max(sum / threads.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn model(seconds: u32) -> Model {
        let text =
            format!("[[traffic.source]]\nrate = '100/s'\n[[service]]\n[run]\nduration = '{seconds} s'\n");
        Scenario::from_toml_str(&text).unwrap().validate().unwrap()
    }

    /// A clock that goes on by 1 ms with each look.
    fn clock() -> impl FnMut() -> f64 {
        let mut ms = 0;
        move || {
            ms += 1;
            f64::from(ms) / 1e3
        }
    }

    /// A base of 1 s and a variant of 10,000 s: the estimate is that of both, not twice that of the base; two threads
    /// can't share the long one. Of 100 models the fewest are measured, and all are counted.
    #[test]
    fn all_variants_count() {
        let (short, long) = (model(1), model(10_000));
        let of = |model: &Model, limit: f64| {
            Slice::measure(model, model.seed(), limit, &mut clock()).estimate(model, 1, 1)
        };
        let (one, other) = (of(&short, 0.1), of(&long, 0.1));
        assert!(other > 1_000.0 * one, "{one} {other}");
        let both = |threads: usize| estimate_all(&[(&short, 3), (&long, 1)], threads, 0.2, &mut clock());
        assert!((both(1) / (3.0 * one + other) - 1.0).abs() < 0.02, "{} {one} {other}", both(1));
        assert!((both(2) / other - 1.0).abs() < 0.02);
        let many = vec![(&long, 1); 100];
        let all = estimate_all(&many, 1, 1.6, &mut clock());
        assert!((all / (100.0 * other) - 1.0).abs() < 0.1, "{all} {other}");
        assert_eq!(estimate_all(&[], 1, 0.2, &mut clock()), 0.0);
    }
}
