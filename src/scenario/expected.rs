//! How many requests a scenario asks for, give or take chance.

use super::model::{Model, SourceModel};
use super::{Change, SourceKind, TimedChange};
use crate::units::{SimDuration, SimTime};

impl Model {
    /// Requests that the profile and the planned changes of the rate ask for, give or take chance: rate × time for
    /// open sources, at most one per user and think time for closed ones.
    #[must_use]
    pub fn expected_requests(&self) -> f64 {
        self.expected_requests_until(SimTime(self.duration.0))
    }

    /// The same from the start until `end`, or until the run ends, if that is earlier.
    #[must_use]
    pub fn expected_requests_until(&self, end: SimTime) -> f64 {
        let factors = self.planned_factors();
        let span = SimDuration(end.0.min(self.duration.0));
        self.sources.iter().map(|source| source.expected(span, self.mean_demand(), &factors)).sum()
    }

    /// From when on the plan sets every source to which multiple of its profile; the first is from the start.
    fn planned_factors(&self) -> Vec<(SimTime, f64)> {
        let rate = |timed: &TimedChange| match timed.change {
            Change::Rate { times } => Some((timed.at, times)),
            _ => None,
        };
        std::iter::once((SimTime::ZERO, 1.0)).chain(self.plan.iter().filter_map(rate)).collect()
    }
}

impl SourceModel {
    /// By what bursts multiply the rate on average.
    fn burstiness(&self) -> f64 {
        self.burst.as_ref().map_or(1.0, |burst| {
            let (length, calm) = (burst.length.as_secs(), burst.calm.as_secs());
            (calm + burst.times.get() * length) / (calm + length)
        })
    }

    /// The area under the profile between two times, in level × seconds.
    fn area(&self, from: f64, to: f64) -> f64 {
        let (mut at, mut area) = (from, 0.0);
        for piece in &self.profile {
            let (start, end) = (piece.start.as_secs(), piece.end.as_secs());
            let (a, b) = (at.clamp(start, end), to.clamp(start, end));
            if b > a {
                let slope = (piece.to - piece.from) / (end - start);
                area += (b - a) * (piece.from + slope * ((a + b) / 2.0 - start));
                at = b;
            }
        }
        area + (to - at).max(0.0) * self.level(SimTime::NEVER)
    }

    fn expected(&self, duration: SimDuration, demand: f64, factors: &[(SimTime, f64)]) -> f64 {
        let per_arrival = match (self.kind, &self.session) {
            (SourceKind::Users, _) => 1.0 / (self.think.mean() + demand).max(1e-6),
            (_, Some(session)) => f64::from(session.requests),
            _ => 1.0,
        };
        if self.kind == SourceKind::Trace {
            return per_arrival
                * self.recorded.iter().filter(|arrival| arrival.at.0 <= duration.0).count() as f64;
        }
        let end = duration.as_secs();
        let ends = factors.iter().skip(1).map(|(at, _)| at.as_secs().min(end)).chain([end]);
        let area: f64 = factors
            .iter()
            .zip(ends)
            .map(|(&(at, times), to)| times * self.area(at.as_secs().min(end), to))
            .sum();
        area * self.base * self.burstiness() * per_arrival
    }
}
