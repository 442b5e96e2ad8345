//! What one replication says.

use super::world::World;
use crate::engine::{Engine, Pace};
use crate::observe::{Level, Observation, Outcome, Probe, Quantiles, Snapshot};
use crate::scenario::Model;
use crate::units::{SimDuration, SimTime};

/// Hears the requests that are offered from a time on and up to another.
struct Watch {
    begin: SimTime,
    last: SimTime,
    first: Option<u64>,
    /// Requests from this one on are offered too late to be sure to end.
    late: Option<u64>,
    ok: u64,
    failed: u64,
    attempts: u64,
    response: u128,
    wait: u128,
    waited: u64,
    /// The last attempt that was answered: its request and its time in service.
    served: (u64, SimDuration),
    times: Option<Quantiles>,
    waits: Option<Quantiles>,
}

impl Watch {
    fn counts(&self, request: u64) -> bool {
        self.first.is_some_and(|first| request >= first) && self.late.is_none_or(|late| request < late)
    }
}

impl Probe for Watch {
    #[inline]
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        match *seen {
            Observation::Offered { request, .. } if now >= self.begin => {
                if now > self.last {
                    self.late.get_or_insert(request);
                } else {
                    self.first.get_or_insert(request);
                }
            }
            Observation::AttemptEnded { request, waiting, sojourn, .. } => {
                self.served = (request, SimDuration(sojourn.0 - waiting.0));
            }
            Observation::Ended { request, outcome, response_time, attempts, .. } if self.counts(request) => {
                self.attempts += u64::from(attempts);
                if outcome != Outcome::Ok {
                    self.failed += 1;
                    return;
                }
                self.ok += 1;
                self.response += u128::from(response_time.0);
                // Nothing delays an answer here, so that what was not service was waiting, wherever it was.
                if self.served.0 == request {
                    let wait = response_time.0.saturating_sub(self.served.1.0);
                    self.wait += u128::from(wait);
                    self.waited += u64::from(wait > 0);
                    if let Some(waits) = &mut self.waits {
                        waits.record(SimDuration(wait));
                    }
                }
                if let Some(times) = &mut self.times {
                    times.record(response_time);
                }
            }
            _ => {}
        }
    }
}

/// A replication, over.
pub(super) struct Seen {
    watch: Watch,
    span: f64,
    inside: f64,
    busy: f64,
    end: Snapshot,
    /// Requests that were offered, the warm-up among them.
    pub offered: u64,
}

/// Runs the world's `model` with this seed and measures after the warm-up; quantiles of response times and of waits
/// where they are wanted. Nothing when too many requests pile up.
pub(super) fn replicate(model: &Model, seed: u64, world: &World, quantiles: (bool, bool)) -> Option<Seen> {
    let mut engine = Engine::new(model, seed);
    let mut watch = Watch {
        begin: SimTime(SimDuration::from_secs_f64(world.warmup).0),
        last: SimTime(SimDuration::from_secs_f64(model.duration().as_secs() - world.drain).0),
        first: None,
        late: None,
        ok: 0,
        failed: 0,
        attempts: 0,
        response: 0,
        wait: 0,
        waited: 0,
        served: (u64::MAX, SimDuration::ZERO),
        times: quantiles.0.then(Quantiles::default),
        waits: quantiles.1.then(Quantiles::default),
    };
    let (begin, end) = (watch.begin, SimTime(model.duration().0));
    let (mut before, mut after) = (Snapshot::default(), Snapshot::default());
    for (until, snapshot) in [(begin, &mut before), (end, &mut after)] {
        if engine.run_until(until, u64::MAX, &mut watch) != Pace::Reached {
            return None;
        }
        engine.snapshot(snapshot);
    }
    let used =
        |world: &Snapshot| world.replicas.iter().map(|replica| replica.cpu_used.as_secs()).sum::<f64>();
    let cores: f64 = after.replicas.iter().map(|replica| replica.cores).sum();
    let span = end.since(begin).as_secs();
    let level: &Level = &after.in_flight;
    Some(Seen {
        span,
        inside: level.mean(&before.in_flight, begin, end),
        busy: (used(&after) - used(&before)) / (span * cores),
        offered: after.ledger.offered(),
        watch,
        end: after,
    })
}

impl Seen {
    /// A quantity by the name that cases give it; a second of the scenario is `unit` of the case's own time. Nothing
    /// when it is not known or nothing was measured.
    pub fn quantity(&self, name: &str, unit: f64) -> Option<f64> {
        let watch = &self.watch;
        let ended = watch.ok + watch.failed;
        let of = |part: u64, all: u64| (all > 0).then(|| part as f64 / all as f64);
        let mean = |sum: u128| (watch.ok > 0).then(|| sum as f64 / watch.ok as f64 / 1e9 * unit);
        match name {
            "mean_sojourn" | "mean_sojourn_limit" | "mean_sojourn_of_accepted" | "mean_response" => {
                mean(watch.response)
            }
            "mean_wait" => mean(watch.wait),
            "prob_wait" => of(watch.waited, watch.ok),
            "mean_in_system" => Some(self.inside),
            "utilisation" => Some(self.busy),
            "blocking_probability" | "timeout_probability" | "abandon_probability" => of(watch.failed, ended),
            "throughput" => Some(watch.ok as f64 / self.span / unit),
            "attempts_per_request" => of(watch.attempts, ended),
            "success_probability" => of(watch.ok, ended),
            "expected_sessions" => Some(self.end.sessions_alive as f64),
            "expected_backlog" => Some(self.end.ledger.in_flight() as f64),
            _ => {
                let (of, share) = super::quantile(name)?;
                let times = if of == "wait" { &watch.waits } else { &watch.times }.as_ref()?;
                (times.count() > 0).then(|| times.quantile(share).as_secs() * unit)
            }
        }
    }
}
