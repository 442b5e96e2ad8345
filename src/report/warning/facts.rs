//! What cautions look at: a report, or a run that is still on screen.

use crate::observe::{Outcome, Point, Quantiles, Recorder, Snapshot};
use crate::report::{Report, Times};
use crate::scenario::{Model, SourceKind, SourceModel};
use crate::units::SimDuration;

/// What cautions look at.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// Simulated time in seconds.
    pub at_s: f64,
    /// Time at the start that measures leave out, in seconds.
    pub warmup_s: f64,
    /// Requests that clients asked for.
    pub offered: u64,
    /// Those that ended ok.
    pub succeeded: u64,
    /// Those that ended otherwise.
    pub failed: u64,
    /// Those that have not ended.
    pub in_flight: u64,
    /// Response times of those that ended ok.
    pub times: Times,
    /// Their p99 in milliseconds, had users asked on schedule; nothing where any source is open.
    pub corrected_p99: Option<f64>,
    /// Attempts that replicas answered, per second of measured time.
    pub throughput_per_s: f64,
    /// Cores of each replica of the balanced service.
    pub cores: Vec<f64>,
    /// Times that the balancer found no outgoing port, and how many it has to a replica.
    pub ports: Option<(u64, u32)>,
    /// The run as windows.
    pub points: &'a [Point],
    /// Events that found no place in the log.
    pub dropped: u64,
    /// Whether the run is at its end.
    pub over: bool,
}

impl<'a> Facts<'a> {
    /// Those of a report.
    #[must_use]
    pub fn of_report(report: &'a Report, model: &Model, dropped: u64) -> Self {
        let requests = &report.requests;
        let own = |r: &&crate::report::ReplicaReport| Some(r.service.as_str()) == balanced(model);
        Self {
            at_s: report.duration_s,
            warmup_s: report.warmup_s,
            offered: requests.offered,
            succeeded: requests.succeeded,
            failed: requests.failed.total(),
            in_flight: requests.in_flight,
            times: report.response_time_ms,
            corrected_p99: report.corrected_ms.and_then(|times| times.p99),
            throughput_per_s: report.throughput_per_s,
            cores: report.replicas.iter().filter(own).map(|r| r.cpu.quota_cores).collect(),
            ports: report.network.map(|network| (network.ports_refused, network.ports_limit)),
            points: &report.series.points,
            dropped,
            over: true,
        }
    }

    /// Those of a run that is on screen: its world, its windows, and the response times of what ended ok after the
    /// warm-up. Counts are those of the windows after the warm-up.
    #[must_use]
    pub fn of_run(model: &Model, world: &Snapshot, recorder: &'a Recorder, response: &Quantiles) -> Self {
        let points = &recorder.series.points;
        let warmup_s = model.warmup().as_secs();
        let measured = || points.iter().filter(move |point| point.at_s > warmup_s);
        let ended = |ok: bool| -> u64 {
            let of = |point: &Point| -> u64 {
                let each = point.ended.iter().enumerate();
                each.filter(|(n, _)| (*n == Outcome::Ok as usize) == ok).map(|(_, n)| u64::from(*n)).sum()
            };
            measured().map(of).sum()
        };
        let answered: u64 = measured().flat_map(|point| &point.replicas).map(|r| u64::from(r.answered)).sum();
        let own = |r: &&crate::observe::ReplicaView| Some(r.service.as_str()) == balanced(model);
        let mut facts = Self {
            at_s: world.now.as_secs(),
            warmup_s,
            offered: measured().map(|point| u64::from(point.offered)).sum(),
            succeeded: ended(true),
            failed: ended(false),
            in_flight: world.ledger.in_flight(),
            times: Times::from(response),
            corrected_p99: corrected(response, model).and_then(|times| times.p99),
            throughput_per_s: 0.0,
            cores: world.replicas.iter().filter(own).map(|r| r.cores).collect(),
            ports: world.network.map(|network| (network.ports_refused, network.ports_limit)),
            points,
            dropped: 0,
            over: false,
        };
        facts.throughput_per_s = answered as f64 / facts.measured_s();
        facts
    }

    /// The time that is measured, in seconds; never zero.
    #[must_use]
    pub fn measured_s(&self) -> f64 {
        (self.at_s - self.warmup_s).max(1e-9)
    }

    /// The share of what ended that did not end ok, 0 to 1.
    #[must_use]
    pub fn failed_share(&self) -> f64 {
        self.failed as f64 / (self.succeeded + self.failed).max(1) as f64
    }
}

/// The name of the service behind the balancer.
fn balanced(model: &Model) -> Option<&str> {
    model.services().get(model.balancer().service.index()).map(|service| service.name.as_str())
}

/// What closed sources would have measured from the times at which they would have asked: one request of each user
/// in every mean response time and think time.
#[must_use]
pub(crate) fn corrected(response: &Quantiles, model: &Model) -> Option<Times> {
    let closed = model.sources().iter().all(|source| source.kind == SourceKind::Users);
    let users: f64 = model.sources().iter().map(|source| source.base).sum();
    if !closed || users <= 0.0 || response.count() == 0 {
        return None;
    }
    let think = |source: &SourceModel| {
        let think = source.session.as_ref().map_or(source.think, |session| session.think);
        source.base * think.mean()
    };
    let think = model.sources().iter().map(think).sum::<f64>() / users;
    let interval = SimDuration::from_secs_f64(response.mean() + think);
    Some(Times::from(&response.corrected(interval)))
}
