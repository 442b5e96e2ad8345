//! Autoscalers: they measure, see what they measured later, and decide.
//!
//! Kubernetes' horizontal pod autoscaler (documentation, version 2 of its interface): wanted = ⌈n · value / target⌉
//! over the n replicas that have values; nothing while |value / target − 1| is within the tolerance. Replicas without
//! a value count as 0 when it would add and as the target when it would remove, those that are not ready as 0 when it
//! would add; when that turns the decision round, nothing is done. Then the largest number wanted in the stabilisation
//! window (down) or the smallest (up), the limits to its speed, and the bounds.
//!
//! What waits is not a replica's: as an external metric of Kubernetes (KEDA) it is divided by all replicas, ready or
//! not, so that wanted = ⌈waiting / target⌉.
//!
//! AWS target tracking: when so many values in a row were above the target, or below a share of it, the same formula
//! on what runs, and then nothing for the cool-down.

use std::collections::VecDeque;

use super::super::event::Event;
use super::super::{Engine, Probe, Replica};
use crate::observe::{Observation, ReplicaState};
use crate::scenario::{Autoscaler, ScalerKind, ServiceModel, Signal};
use crate::units::{ServiceId, SimDuration, SimTime};

/// What a replica had done by the start of a window.
#[derive(Debug, Clone, Copy)]
struct Mark {
    id: u32,
    cpu: u64,
    inside: u128,
    attempts: u64,
}

/// Whose value is what waits for all.
const ALL: u32 = u32::MAX;

/// The values of a window, by replica.
#[derive(Debug, Clone)]
struct Sample {
    at: SimTime,
    values: Vec<(u32, f64)>,
}

/// An autoscaler of one service.
#[derive(Debug, Clone)]
pub(super) struct Scaler {
    service: u32,
    pub(super) rule: Autoscaler,
    marked: SimTime,
    marks: Vec<Mark>,
    samples: VecDeque<Sample>,
    /// What it wanted, and when.
    wanted: VecDeque<(SimTime, u32)>,
    /// What it added and removed, and when.
    done: VecDeque<(SimTime, i64)>,
    /// Values in a row above the target, and well below it.
    rows: (u32, u32),
    quiet_until: SimTime,
}

/// The replicas of a service as an autoscaler sees them.
struct Fleet {
    /// All of them.
    current: u32,
    /// Values of those that have one and are ready for long enough.
    values: Vec<f64>,
    /// Ready, but without a value.
    missing: u32,
    /// Not ready, or not for long enough.
    unready: u32,
}

impl Scaler {
    pub(super) fn new(service: u32, model: &ServiceModel) -> Option<Self> {
        let rule = model.autoscaler.clone()?;
        Some(Self {
            service,
            rule,
            marked: SimTime::ZERO,
            marks: Vec::new(),
            samples: VecDeque::new(),
            wanted: VecDeque::from([(SimTime::ZERO, model.replicas)]),
            done: VecDeque::new(),
            rows: (0, 0),
            quiet_until: SimTime::ZERO,
        })
    }

    /// The value of a replica over the window that ends now.
    fn value(&self, replica: &Replica, mark: &Mark, now: SimTime) -> f64 {
        let span = now.since(self.marked).0 as f64;
        match self.rule.signal {
            Signal::Cpu => {
                let used = replica.cpu.used(now).0.saturating_sub(mark.cpu) as f64;
                used / (span * replica.model.cores)
            }
            Signal::InFlight => replica.in_system.area(now).saturating_sub(mark.inside) as f64 / span,
            Signal::Requests => (replica.attempts - mark.attempts) as f64 * 1e9 / span,
            Signal::Queue => 0.0,
        }
    }

    /// The newest values that are old enough to be known; those before are forgotten.
    fn known(&mut self, now: SimTime) -> Option<&Sample> {
        while self.samples.get(1).is_some_and(|next| next.at + self.rule.lag <= now) {
            self.samples.pop_front();
        }
        self.samples.front().filter(|sample| sample.at + self.rule.lag <= now)
    }

    /// The horizontal pod autoscaler: how many there are to be, and value / target.
    fn hpa(&mut self, now: SimTime, fleet: &Fleet) -> (u32, f64) {
        let (wanted, ratio) = formula(fleet, &self.rule);
        self.wanted.push_back((now, wanted));
        let longest = self.rule.stabilisation.max(self.rule.stabilisation_up);
        self.wanted.retain(|&(at, _)| now.since(at) <= longest);
        let within = |window: SimDuration| {
            self.wanted.iter().filter(move |&&(at, _)| now.since(at) <= window).map(|&(_, n)| n)
        };
        let most = within(self.rule.stabilisation).max().unwrap_or(wanted).max(wanted);
        let least = within(self.rule.stabilisation_up).min().unwrap_or(wanted).min(wanted);
        (self.limited(now, fleet.current, fleet.current.max(least).min(most)), ratio)
    }

    /// As far as the limits to its speed allow.
    fn limited(&self, now: SimTime, current: u32, wanted: u32) -> u32 {
        let rule = &self.rule;
        let sum = |period: SimDuration, sign: i64| {
            let lately = self.done.iter().filter(|&&(at, n)| now.since(at) < period && n * sign > 0);
            lately.map(|&(_, n)| n.unsigned_abs()).sum::<u64>()
        };
        if wanted > current {
            let begin = u64::from(current).saturating_sub(sum(rule.up_period, 1));
            let by_share = up(begin as f64 * (1.0 + rule.up_share));
            let limit = by_share.max(begin as u32 + rule.up_replicas);
            wanted.min(limit.max(current))
        } else {
            let begin = u64::from(current) + sum(rule.down_period, -1);
            let limit = (begin as f64 * (1.0 - rule.down_share)) as u32;
            wanted.max(limit.min(current))
        }
    }

    /// Target tracking: how many there are to be, and value / target.
    fn track(&mut self, now: SimTime, fleet: &Fleet) -> (u32, f64) {
        let ratio = mean(&fleet.values) / self.rule.target;
        let (above, below) = self.rows;
        self.rows =
            (if ratio > 1.0 { above + 1 } else { 0 }, if ratio < self.rule.in_below { below + 1 } else { 0 });
        let wanted = up(f64::from(fleet.current) * ratio);
        let acts = self.rows.0 >= self.rule.out_after || self.rows.1 >= self.rule.in_after;
        if !acts || now < self.quiet_until || wanted == fleet.current {
            return (fleet.current, ratio);
        }
        self.rows = (0, 0);
        (wanted, ratio)
    }
}

/// ⌈x⌉, forgiving what a division has added in its last digits.
fn up(x: f64) -> u32 {
    libm::ceil(x - 1e-9).clamp(0.0, 1e6) as u32
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The number wanted, and value / target.
fn formula(fleet: &Fleet, rule: &Autoscaler) -> (u32, f64) {
    let Fleet { current, ref values, missing, unready } = *fleet;
    let ratio = mean(values) / rule.target;
    let near = |ratio: f64| (ratio - 1.0).abs() <= rule.tolerance + 1e-9;
    let n = values.len() as u32;
    // Those without a value count for the opposite of what would be done; those not ready only against adding.
    let (count, more) = if ratio > 1.0 { (n + missing + unready, 0) } else { (n + missing, missing) };
    let damped = (ratio * f64::from(n) + f64::from(more)) / f64::from(count);
    if near(damped) || (ratio > 1.0) != (damped > 1.0) {
        return (current, ratio);
    }
    let wanted = up(damped * f64::from(count));
    let turned = (damped > 1.0 && wanted < current) || (damped < 1.0 && wanted > current);
    (if turned { current } else { wanted }, ratio)
}

impl Engine {
    /// A window of an autoscaler ends.
    pub(in super::super) fn measure(&mut self, scaler: u32) {
        let now = self.now;
        let waiting = self.waits_for(scaler);
        let Self { operations, replicas, .. } = self;
        let state = &mut operations.scalers[scaler as usize];
        let through = |mark: &&Mark| {
            let replica = &replicas[mark.id as usize];
            replica.state == ReplicaState::Ready && replica.rest.since <= state.marked
        };
        let values = state.marks.iter().filter(through).map(|mark| {
            let replica = &replicas[mark.id as usize];
            (mark.id, state.value(replica, mark, now))
        });
        let sample = match waiting {
            None => Sample { at: now, values: values.collect() },
            Some(waiting) => Sample { at: now, values: vec![(ALL, waiting as f64)] },
        };
        // Before the first mark there is nothing to compare with but the start, when nobody had done anything.
        state.samples.push_back(sample);
        state.marked = now;
        let alive = (0_u32..).zip(replicas.iter()).filter(|(_, replica)| {
            replica.rest.service == state.service && replica.state == ReplicaState::Ready
        });
        state.marks = alive.map(|(id, replica)| Mark::of(id, replica, now)).collect();
        let next = now + state.rule.window;
        self.queue.schedule(next, Event::Measure { scaler });
    }

    /// What waits for the service of an autoscaler that looks at that.
    fn waits_for(&self, scaler: u32) -> Option<u64> {
        let state = &self.operations.scalers[scaler as usize];
        if state.rule.signal != Signal::Queue {
            return None;
        }
        let model = &self.model.services[state.service as usize];
        let messages = model.broker.map_or(0, |broker| self.messages_waiting(broker));
        let at_front = model.front.map_or(0, |front| self.fronts[usize::from(front)].queued.value());
        let own = self.replicas.iter().filter(|replica| replica.rest.service == state.service);
        Some(messages + at_front + own.map(|replica| u64::from(replica.waiting())).sum::<u64>())
    }

    /// What an autoscaler measures from is the start of the run.
    pub(in super::super) fn mark_scalers(&mut self) {
        let now = self.now;
        let Self { operations, replicas, .. } = self;
        for state in &mut operations.scalers {
            let own = (0_u32..).zip(replicas.iter()).filter(|(_, r)| r.rest.service == state.service);
            state.marks = own.map(|(id, replica)| Mark::of(id, replica, now)).collect();
        }
    }

    /// An autoscaler decides.
    pub(in super::super) fn decide(&mut self, scaler: u32, probe: &mut impl Probe) {
        let now = self.now;
        let every = self.operations.scalers[scaler as usize].rule.every;
        self.queue.schedule(now + every, Event::Decide { scaler });
        let service = self.operations.scalers[scaler as usize].service;
        let Some(fleet) = self.fleet(scaler) else { return };
        let full = self.has_had_enough();
        let state = &mut self.operations.scalers[scaler as usize];
        let (wanted, ratio) = match state.rule.kind {
            _ if fleet.values.is_empty() => (fleet.current, 1.0),
            ScalerKind::Hpa => state.hpa(now, &fleet),
            ScalerKind::TargetTracking => state.track(now, &fleet),
        };
        let (from, to) = (fleet.current, wanted.clamp(state.rule.min, state.rule.max));
        if from == to || (to > from && full) {
            return;
        }
        let longest = state.rule.up_period.max(state.rule.down_period);
        state.done.retain(|&(at, _)| now.since(at) < longest);
        state.done.push_back((now, i64::from(to) - i64::from(from)));
        state.quiet_until = now + state.rule.cooldown;
        self.digest.mix((u64::from(service) << 32) | u64::from(to));
        probe.observe(now, &Observation::Scaled { service: ServiceId(service), from, to, ratio });
        self.bring_to(service, to, probe);
        self.serve_queues(probe);
    }

    /// The service as the autoscaler sees it; nothing when it is scaled to nothing, or nothing is known yet.
    fn fleet(&mut self, scaler: u32) -> Option<Fleet> {
        let now = self.now;
        let state = &self.operations.scalers[scaler as usize];
        let (service, readiness) = (state.service, state.rule.readiness);
        let ids = self.of_service(service);
        let warm_start = !self.model.cold;
        let Self { operations, replicas, .. } = self;
        let values = &operations.scalers[scaler as usize].known(now)?.values;
        let mut fleet = Fleet { current: ids.len() as u32, values: Vec::new(), missing: 0, unready: 0 };
        if let &[(ALL, waiting)] = &values[..] {
            let each = waiting / f64::from(fleet.current.max(1));
            fleet.values = vec![each; ids.len()];
            return (fleet.current > 0).then_some(fleet);
        }
        for id in ids {
            let replica = &replicas[id as usize];
            let long =
                now >= replica.rest.since + readiness || (warm_start && replica.rest.since == SimTime::ZERO);
            match values.iter().find(|&&(known, _)| known == id) {
                _ if replica.state != ReplicaState::Ready || !long => fleet.unready += 1,
                Some(&(_, value)) => fleet.values.push(value),
                None => fleet.missing += 1,
            }
        }
        (fleet.current > 0).then_some(fleet)
    }
}

impl Mark {
    fn of(id: u32, replica: &Replica, now: SimTime) -> Self {
        Self {
            id,
            cpu: replica.cpu.used(now).0,
            inside: replica.in_system.area(now),
            attempts: replica.attempts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(values: &[f64], missing: u32, unready: u32) -> u32 {
        let current = values.len() as u32 + missing + unready;
        formula(&Fleet { current, values: values.to_vec(), missing, unready }, &Autoscaler::default()).0
    }

    /// Target 0.7, tolerance 0.1. Three at 1.0: 3 / 0.7 = 4.29, so 5. At 0.75 the ratio is 1.071: nothing; at
    /// 0.77 it is 1.1, and that is still within. At 0.35: 1.5, so 2. Six at 0.14: 1.2, so 2.
    #[test]
    fn the_formula() {
        assert_eq!(wanted(&[1.0; 3], 0, 0), 5);
        assert_eq!(wanted(&[0.75; 3], 0, 0), 3);
        assert_eq!(wanted(&[0.77; 3], 0, 0), 3);
        assert_eq!(wanted(&[0.78; 3], 0, 0), 4);
        assert_eq!(wanted(&[0.35; 3], 0, 0), 2);
        assert_eq!(wanted(&[0.14; 6], 0, 0), 2);
        // A 1.4 at 1.0 each are 2 exactly: not 3 for a rounding.
        assert_eq!(wanted(&[1.4], 0, 0), 2);
    }

    /// Two at 1.4 (ratio 2) and two that start: (4 + 0) / 4 = 1, so nothing. With one that starts: 4 / 3 = 1.33 of 3,
    /// so 4. Two at 0.35 (ratio 0.5) and two without values: (1 + 2) / 4 = 0.75 of 4, so 3; those that are not ready
    /// do not hold it up: 0.5 of 2, so 1.
    #[test]
    fn who_has_no_value() {
        assert_eq!(wanted(&[1.4; 2], 0, 2), 4);
        assert_eq!(wanted(&[1.4; 2], 0, 1), 4);
        assert_eq!(wanted(&[1.4; 2], 1, 0), 4);
        assert_eq!(wanted(&[0.35; 2], 2, 0), 3);
        assert_eq!(wanted(&[0.35; 2], 0, 2), 1);
    }

    fn scaler(rule: Autoscaler) -> Scaler {
        Scaler {
            service: 0,
            rule,
            marked: SimTime::ZERO,
            marks: Vec::new(),
            samples: VecDeque::new(),
            wanted: VecDeque::new(),
            done: VecDeque::new(),
            rows: (0, 0),
            quiet_until: SimTime::ZERO,
        }
    }

    fn fleet(n: u32, value: f64) -> Fleet {
        Fleet { current: n, values: vec![value; n as usize], missing: 0, unready: 0 }
    }

    /// From 2 at ten times the target it may go to max(2 + 4, 4) = 6 at first, then in the next 15 s to 12, 24. Down
    /// only when nothing larger has been wanted for 300 s: 20 is wanted at 30 s, so not before 331 s.
    #[test]
    fn its_speed_is_limited() {
        let at = |s: u64| SimTime(s * 1_000_000_000);
        let mut state = scaler(Autoscaler::default());
        assert_eq!(state.hpa(at(0), &fleet(2, 7.0)).0, 6);
        state.done.push_back((at(0), 4));
        assert_eq!(state.hpa(at(14), &fleet(6, 7.0)).0, 6);
        assert_eq!(state.hpa(at(15), &fleet(6, 7.0)).0, 12);
        let mut state = scaler(Autoscaler::default());
        assert_eq!(state.hpa(at(30), &fleet(20, 0.7)).0, 20);
        assert_eq!(state.hpa(at(60), &fleet(20, 0.07)).0, 20);
        assert_eq!(state.hpa(at(330), &fleet(20, 0.07)).0, 20);
        assert_eq!(state.hpa(at(331), &fleet(20, 0.07)).0, 2);
    }

    /// Three values in a row above the target: 4 · 1.4 / 0.7 = 8. Fifteen below 90 % of it: 4 · 0.35 / 0.7 = 2.
    #[test]
    fn target_tracking_waits() {
        let rule = Autoscaler { kind: ScalerKind::TargetTracking, ..Autoscaler::default() };
        let mut state = scaler(rule.clone());
        let minute = |n: u64| SimTime(n * 60_000_000_000);
        let out: Vec<u32> = (1..=3).map(|n| state.track(minute(n), &fleet(4, 1.4)).0).collect();
        assert_eq!(out, [4, 4, 8]);
        let mut state = scaler(rule);
        let down: Vec<u32> = (1..=15).map(|n| state.track(minute(n), &fleet(4, 0.35)).0).collect();
        assert_eq!((down[13], down[14]), (4, 2));
        // Between 90 % and 100 % of the target nothing is counted.
        assert_eq!(state.track(minute(16), &fleet(4, 0.65)).0, 4);
        assert_eq!(state.rows, (0, 0));
    }
}
