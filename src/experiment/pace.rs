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
        let by_time = model.duration().as_secs() / self.simulated_s.max(1e-9);
        let by_requests = model.expected_requests() / self.requests.max(1.0);
        let times = if self.requests < FEW { by_requests.max(by_time) } else { by_requests };
        self.wall_s * times.max(1.0) * runs.div_ceil(threads.max(1) as u64) as f64
    }
}
