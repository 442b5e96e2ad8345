//! Classes, dependencies and brokers in the report.

use super::super::record::{
    BrokerReport, CallFailures, ClassReport, DependencyReport, Requests, Times, Used,
};
use super::Collector;
use crate::observe::{BrokerView, DependencyView, Ledger, Level, MessageNews, Outcome, Quantiles, Snapshot};
use crate::scenario::{ClassModel, Model};
use crate::units::{SimDuration, SimTime};

impl Collector {
    /// Classes that clients have asked for, or may.
    pub(super) fn class_reports(&self, model: &Model, per_second: impl Fn(u64) -> f64) -> Vec<ClassReport> {
        let report = |(class, (ledger, response)): (&ClassModel, &(Ledger, Quantiles))| ClassReport {
            name: class.name.clone(),
            path: class.path.clone(),
            requests: Requests::new(ledger),
            goodput_per_s: per_second(ledger.count(Outcome::Ok)),
            response_time_ms: Times::from(response),
        };
        let all = model.classes().iter().zip(&self.classes);
        let mut below = 0.0;
        let asked = all.filter(|(class, (ledger, _))| {
            let share = class.share_below - std::mem::replace(&mut below, class.share_below);
            share > 0.0 || ledger.offered() > 0
        });
        let list: Vec<ClassReport> = asked.map(report).collect();
        if list.len() > 1 { list } else { Vec::new() }
    }

    pub(super) fn dependencies(&self, world: &Snapshot) -> Vec<DependencyReport> {
        let report = |(place, view): (usize, &DependencyView)| {
            let before = self.dependencies_before.get(place);
            let used = |level: fn(&DependencyView) -> &Level, limit| {
                let earlier = before.map_or_else(Level::default, |view| *level(view));
                let mean = level(view).mean(&earlier, self.warmup, world.now);
                Used { mean, peak: level(view).peak(), limit }
            };
            let looked_up = view.hits + view.misses;
            DependencyReport {
                name: view.name.clone(),
                kind: view.kind,
                requests: view.requests,
                answered: view.answered,
                failed: CallFailures(view.failed.clone()),
                abandoned: view.abandoned,
                in_use: used(|view| &view.in_use, view.concurrency),
                connections: used(|view| &view.connections, view.connections_limit),
                waiting_mean: used(|view| &view.waiting, None).mean,
                hit_ratio: (looked_up > 0).then(|| view.hits as f64 / looked_up as f64),
                fetching: used(|view| &view.fetching, None),
                lost_updates: view.lost_updates,
                broker: view.broker.as_ref().map(|view| self.broker(place, view, world.now)),
            }
        };
        world.dependencies.iter().enumerate().map(report).collect()
    }

    fn broker(&self, place: usize, view: &BrokerView, now: SimTime) -> BrokerReport {
        let before = self.dependencies_before.get(place).and_then(|view| view.broker.as_ref());
        let earlier = before.map_or_else(Level::default, |view| view.queue);
        let mean = view.queue.mean(&earlier, self.warmup, now);
        let (age, inside) = self.messages.get(place).cloned().unwrap_or_default();
        let measured = now.since(self.warmup).as_secs();
        BrokerReport {
            service: view.service.clone(),
            queue: Used { mean, peak: view.queue.peak(), limit: Some(view.limit) },
            queued: view.queue.value(),
            with_workers: view.with_workers,
            published: view.published,
            done: view.done,
            failed: view.failed,
            lost: view.lost,
            dead: view.dead,
            dropped: view.dropped,
            returned: view.returned,
            doubled: view.doubled,
            drained_per_s: if measured > 0.0 { age.count() as f64 / measured } else { 0.0 },
            age_ms: Times::from(&age),
            inside_ms: Times::from(&inside),
        }
    }

    /// A message was delivered, or done.
    pub(super) fn hear_message(
        &mut self,
        news: MessageNews,
        place: [Option<usize>; 2],
        times: [SimDuration; 2],
    ) {
        let [broker, replica] = place.map(Option::unwrap_or_default);
        match news {
            MessageNews::Delivered => self.seen(replica).attempts += 1,
            MessageNews::Done => {
                if self.messages.len() <= broker {
                    self.messages.resize_with(broker + 1, Default::default);
                }
                let (age, inside) = &mut self.messages[broker];
                age.record(times[0]);
                inside.record(times[1]);
            }
            _ => {}
        }
    }
}
