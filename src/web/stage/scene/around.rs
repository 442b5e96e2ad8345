//! What is around the replicas: dependencies at their right; zones, autoscalers and cost in words.

use super::card::{Condition, Gauge};
use super::watch::Watch;
use super::words;
use crate::observe::{DependencyView, Event, ReplicaState};
use crate::report::number::{share, three};
use crate::scenario::{Change, Price, Signal};
use crate::web::live::Live;

/// A dependency.
#[derive(Debug, Clone, PartialEq)]
pub struct DependencyBox {
    /// Which of the scenario's.
    pub place: u32,
    /// Its name.
    pub name: String,
    /// What it is: `database`, `cache`, `store`, `broker`.
    pub kind: &'static str,
    /// Its state.
    pub condition: Condition,
    /// Calls of it, per second.
    pub rate: f64,
    /// Calls in progress, with their limit.
    pub in_use: Gauge,
    /// What binds first, or what is wrong with it; nothing while all is well.
    pub trouble: Option<String>,
    /// What else is to be known: who waits, hits, updates lost.
    pub lines: Vec<String>,
}

impl DependencyBox {
    fn new(view: &DependencyView, place: u32, watch: &Watch) -> Self {
        let (busy, strained) = watch.dependency(place);
        let used = view.in_use.value();
        let limit = view.concurrency.map(f64::from);
        let said = match view.concurrency {
            Some(most) => format!("{} of {}", words::count(used), words::count(most.into())),
            None => words::count(used),
        };
        let condition = match (view.gone, strained, busy || view.slow > 1.0) {
            (true, ..) => Condition::Down,
            (_, true, _) => Condition::Overloaded,
            (_, _, true) => Condition::Busy,
            _ => Condition::Ok,
        };
        Self {
            place,
            name: view.name.clone(),
            kind: view.kind,
            condition,
            rate: watch.calls(place),
            in_use: Gauge::new("calls", used as f64, limit, !view.gone, (said.clone(), said)),
            trouble: trouble(view, strained),
            lines: lines(view),
        }
    }

    /// The box in words, for a screen reader.
    #[must_use]
    pub fn label(&self) -> String {
        let rate = format!("{} calls a second", words::rate(self.rate));
        let first = format!("{}, {}, {}", self.name, self.kind, self.condition.word());
        let in_use = format!("{} in progress", self.in_use.text);
        let parts = [first, rate, in_use].into_iter().chain(self.trouble.clone()).chain(self.lines.clone());
        parts.collect::<Vec<_>>().join(". ")
    }
}

/// What binds first, or what is wrong.
fn trouble(view: &DependencyView, strained: bool) -> Option<String> {
    if view.gone {
        return Some("gone: nobody answers".into());
    }
    let connections = view.connections.value();
    let out_of_connections = view.connections_limit.is_some_and(|most| connections >= u64::from(most));
    if strained && out_of_connections {
        return Some(format!("all {} connections are taken", words::count(connections)));
    }
    if strained {
        return Some("calls wait for their turn".into());
    }
    (view.slow > 1.0).then(|| format!("everything takes {} times as long", three(view.slow)))
}

fn lines(view: &DependencyView) -> Vec<String> {
    let mut lines = Vec::new();
    if view.waiting.value() > 0 {
        lines.push(format!("{} wait", words::count(view.waiting.value())));
    }
    if let Some(most) = view.connections_limit {
        let open = words::count(view.connections.value());
        lines.push(format!("{open} of {} connections", words::count(most.into())));
    }
    let lookups = view.hits + view.misses;
    if lookups > 0 {
        lines.push(format!("{} hits", share(view.hits as f64 / lookups as f64)));
    }
    if view.lost_updates > 0 {
        lines.push(words::plural(view.lost_updates, "update lost", "updates lost"));
    }
    lines
}

/// Every dependency.
pub(super) fn dependencies(live: &Live, watch: &Watch) -> Vec<DependencyBox> {
    let views = live.world.dependencies.iter();
    // Services are among the replicas already.
    let own = (0..).zip(views).filter(|(_, view)| view.kind != "service");
    own.map(|(place, view)| DependencyBox::new(view, place, watch)).collect()
}

/// Zones, autoscalers and cost, each in a sentence.
pub(super) fn notes(live: &Live) -> Vec<String> {
    let Some(model) = &live.model else { return Vec::new() };
    let mut notes = Vec::new();
    let lost = lost_zones(live);
    if !lost.is_empty() {
        let names: Vec<String> = lost.iter().map(|zone| format!("zone {zone}")).collect();
        let verb = if lost.len() == 1 { "is" } else { "are" };
        notes.push(format!("{} {verb} lost.", capital(&words::list(&names))));
    }
    for service in model.services() {
        let Some(rule) = &service.autoscaler else { continue };
        let target = match rule.signal {
            Signal::Cpu => format!("its CPU at {}", share(rule.target)),
            Signal::InFlight => format!("{} requests inside each replica", three(rule.target)),
            Signal::Requests => format!("{}/s for each replica", three(rule.target)),
        };
        let wanted = live.log.entries().iter().rev().find_map(|entry| match entry.event {
            Event::Scaled { service: of, to, .. }
                if model.services().get(of.index()).is_some_and(|known| known.name == service.name) =>
            {
                Some(to)
            }
            _ => None,
        });
        let wanted = wanted.unwrap_or(service.replicas);
        notes.push(format!(
            "The autoscaler keeps {} at {target}, with {} to {} replicas: it wants {wanted} now.",
            service.name, rule.min, rule.max
        ));
    }
    notes.extend(cost(live, model.price()));
    notes
}

/// The zones that are lost, in order.
fn lost_zones(live: &Live) -> Vec<u32> {
    let mut lost = std::collections::BTreeSet::new();
    for timed in &live.changes {
        match timed.change {
            Change::LoseZone { zone } => drop(lost.insert(zone)),
            Change::RestoreZone { zone } => drop(lost.remove(&zone)),
            _ => {}
        }
    }
    lost.into_iter().collect()
}

/// What an hour costs with the replicas of now, and what failures have cost so far.
fn cost(live: &Live, price: &Price) -> Option<String> {
    if !price.is_any() {
        return None;
    }
    use ReplicaState::{BackingOff, Draining, Ready, Starting};
    let paid =
        live.world.replicas.iter().filter(|r| matches!(r.state, Starting | Ready | Draining | BackingOff));
    let hour: f64 = paid
        .map(|replica| {
            let bytes = replica.memory_limit.unwrap_or(replica.memory.total());
            let gib = bytes as f64 / f64::from(1 << 30);
            price.replica_hour + replica.cores * price.core_hour + gib * price.gib_hour
        })
        .sum();
    let failed: u64 = crate::observe::OUTCOMES[1..].iter().map(|&o| live.world.ledger.count(o)).sum();
    let failures = failed as f64 * price.failed_request;
    let mut said = format!("An hour with these replicas costs {}", three(hour));
    if price.failed_request > 0.0 {
        said += &format!("; requests that failed have cost {} so far", three(failures));
    }
    Some(said + ".")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
