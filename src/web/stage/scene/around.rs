//! What is around the replicas: dependencies at their right; zones, autoscalers and cost in words.

use super::Gauge;
use super::broker;
use super::card::Condition;
use super::dots::Tray;
use super::groups::Groups;
use super::watch::Watch;
use super::words;
use crate::lang::{Lang, texts};
use crate::observe::{DependencyView, Event, ReplicaState};
use crate::scenario::{Change, Price, Signal};
use crate::web::live::Live;

texts! {
    mod say {
        fn calls { en: "calls", de: "Aufrufe", fr: "appels" }
        fn rate(rate: Text) {
            en: "{rate} calls a second",
            de: "{rate} Aufrufe pro Sekunde",
            fr: "{rate} appels par seconde",
        }
        fn in_progress(n: Text) { en: "{n} in progress", de: "{n} in Arbeit", fr: "{n} en cours" }
        fn gone {
            en: "gone: nobody answers",
            de: "weg: niemand antwortet",
            fr: "disparu : personne ne répond",
        }
        fn all_taken(n: Whole) {
            en: "all {n} connections are taken",
            de: "alle {n} Verbindungen sind belegt",
            fr: "les {n} connexions sont prises",
        }
        fn turn {
            en: "calls wait for their turn",
            de: "Aufrufe warten, bis sie dran sind",
            fr: "des appels attendent leur tour",
        }
        fn slow(times: Three) {
            en: "everything takes {times} times as long",
            de: "alles dauert {times}-mal so lang",
            fr: "tout prend {times} fois plus de temps",
        }
        fn wait(n: Whole) { en: "{n} wait", de: "{n} warten", fr: "{n} en attente" }
        fn open(open: Whole, limit: Whole) {
            en: "{open} of {limit} connections",
            de: "{open} von {limit} Verbindungen",
            fr: "{open} connexions sur {limit}",
        }
        fn hits(part: Share) { en: "{part} hits", de: "{part} Treffer", fr: "{part} trouvés" }
        fn lost(n: Whole) {
            en: "{n} {n:update|updates} lost",
            de: "{n} {n:Änderung|Änderungen} verloren",
            fr: "{n} {n:écriture perdue|écritures perdues}",
        }
        fn zones(zones: Text, n: Whole) {
            en: "{n:Zone|Zones} {zones} {n:is|are} lost.",
            de: "{n:Zone|Zonen} {zones} {n:ist|sind} verloren.",
            fr: "{n:Zone perdue|Zones perdues} : {zones}.",
        }
        fn cpu_at(part: Share) { en: "its CPU at {part}", de: "die CPU bei {part}", fr: "son CPU à {part}" }
        fn inside(n: Three) {
            en: "{n} requests inside each replica",
            de: "{n} Anfragen in jeder Replik",
            fr: "{n} requêtes dans chaque réplique",
        }
        fn waiting(n: Three) {
            en: "{n} waiting for each replica",
            de: "{n} Wartende je Replik",
            fr: "{n} en attente par réplique",
        }
        fn each(rate: Rate) {
            en: "{rate} for each replica",
            de: "{rate} je Replik",
            fr: "{rate} par réplique",
        }
        fn autoscaler(name: Text, target: Text, min: Whole, max: Whole, now: Whole) {
            en: "The autoscaler keeps {name} at {target}, with {min} to {max} replicas: it wants {now} now.",
            de: "Der Autoscaler hält {name} auf {target}, mit {min} bis {max} Repliken: Jetzt will er {now}.",
            fr: "L’autoscaler tient {name} à {target}, avec {min} à {max} répliques : il en veut {now} à \
                 présent.",
        }
        fn cost(hour: Three) {
            en: "An hour with these replicas costs {hour}",
            de: "Eine Stunde mit diesen Repliken kostet {hour}",
            fr: "Une heure avec ces répliques coûte {hour}",
        }
        fn failed(said: Text, cost: Three) {
            en: "{said}; requests that failed have cost {cost} so far",
            de: "{said}; gescheiterte Anfragen haben bisher {cost} gekostet",
            fr: "{said} ; les requêtes échouées ont coûté {cost} jusqu’ici",
        }
    }
}

/// A dependency.
#[derive(Debug, Clone, PartialEq)]
pub struct DependencyBox {
    /// The language of its words.
    pub lang: Lang,
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
    /// The messages in the queue of a broker.
    pub messages: Option<Tray>,
    /// What binds first, or what is wrong with it; nothing while all is well.
    pub trouble: Option<String>,
    /// What else is to be known: who waits, hits, updates lost.
    pub lines: Vec<String>,
}

impl DependencyBox {
    pub(super) fn new(view: &DependencyView, place: u32, watch: &Watch) -> Self {
        let lang = watch.lang();
        if let Some(broker) = &view.broker {
            let shown = broker::Shown::new(broker, place, view.gone, watch);
            let gone = view.gone.then(|| say::gone(lang).to_owned());
            return Self {
                lang,
                place,
                name: view.name.clone(),
                kind: view.kind,
                condition: shown.condition,
                rate: watch.calls(place),
                in_use: shown.queue,
                messages: Some(Tray::alike(broker.queue.value(), broker.limit.into(), watch.unit())),
                trouble: gone.or(shown.trouble),
                lines: shown.lines,
            };
        }
        let (busy, strained) = watch.dependency(place);
        let used = view.in_use.value();
        let limit = view.concurrency.map(f64::from);
        let said = match view.concurrency {
            Some(most) => words::of(lang, &lang.whole(used), &lang.whole(most.into())),
            None => lang.whole(used),
        };
        let condition = match (view.gone, strained, busy || view.slow > 1.0) {
            (true, ..) => Condition::Down,
            (_, true, _) => Condition::Overloaded,
            (_, _, true) => Condition::Busy,
            _ => Condition::Ok,
        };
        Self {
            lang,
            place,
            name: view.name.clone(),
            kind: view.kind,
            condition,
            rate: watch.calls(place),
            in_use: Gauge::new(say::calls(lang), used as f64, limit, !view.gone, (said.clone(), said)),
            messages: None,
            trouble: trouble(lang, view, strained),
            lines: lines(lang, view),
        }
    }

    /// The box in words, for a screen reader.
    #[must_use]
    pub fn label(&self) -> String {
        let lang = self.lang;
        let rate = say::rate(lang, &words::rate(lang, self.rate));
        let first = format!("{}, {}, {}", self.name, self.kind, self.condition.word().say(lang));
        let in_use = if self.kind == "broker" {
            format!("{} {}", self.in_use.name, self.in_use.text)
        } else {
            say::in_progress(lang, &self.in_use.text)
        };
        let parts = [first, rate, in_use].into_iter().chain(self.trouble.clone()).chain(self.lines.clone());
        parts.collect::<Vec<_>>().join(". ")
    }
}

/// What binds first, or what is wrong.
fn trouble(lang: Lang, view: &DependencyView, strained: bool) -> Option<String> {
    if view.gone {
        return Some(say::gone(lang).into());
    }
    let connections = view.connections.value();
    let out_of_connections = view.connections_limit.is_some_and(|most| connections >= u64::from(most));
    if strained && out_of_connections {
        return Some(say::all_taken(lang, connections));
    }
    if strained {
        return Some(say::turn(lang).into());
    }
    (view.slow > 1.0).then(|| say::slow(lang, view.slow))
}

fn lines(lang: Lang, view: &DependencyView) -> Vec<String> {
    let mut lines = Vec::new();
    if view.waiting.value() > 0 {
        lines.push(say::wait(lang, view.waiting.value()));
    }
    if let Some(most) = view.connections_limit {
        lines.push(say::open(lang, view.connections.value(), most.into()));
    }
    let lookups = view.hits + view.misses;
    if lookups > 0 {
        lines.push(say::hits(lang, view.hits as f64 / lookups as f64));
    }
    if view.lost_updates > 0 {
        lines.push(say::lost(lang, view.lost_updates));
    }
    lines
}

/// Zones that no outline shows, autoscalers and cost, each in a sentence.
pub(super) fn notes(lang: Lang, live: &Live, groups: Groups) -> Vec<String> {
    let Some(model) = &live.model else { return Vec::new() };
    let mut notes = Vec::new();
    let lost = lost_zones(live);
    if !lost.is_empty() && !matches!(groups, Groups::Machines { zones: true, .. }) {
        let names: Vec<String> = lost.iter().map(u32::to_string).collect();
        notes.push(say::zones(lang, &lang.list(&names, usize::MAX), lost.len() as u64));
    }
    for service in model.services() {
        let Some(rule) = &service.autoscaler else { continue };
        let target = match rule.signal {
            Signal::Cpu => say::cpu_at(lang, rule.target),
            Signal::InFlight => say::inside(lang, rule.target),
            Signal::Requests => say::each(lang, rule.target),
            Signal::Queue => say::waiting(lang, rule.target),
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
        let [min, max, wanted] = [rule.min, rule.max, wanted].map(u64::from);
        notes.push(say::autoscaler(lang, &service.name, &target, min, max, wanted));
    }
    notes.extend(cost(lang, live, model.price()));
    notes
}

/// The zones that are lost, in order.
pub(super) fn lost_zones(live: &Live) -> Vec<u32> {
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
fn cost(lang: Lang, live: &Live, price: &Price) -> Option<String> {
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
    let mut said = say::cost(lang, hour);
    if price.failed_request > 0.0 {
        said = say::failed(lang, &said, failures);
    }
    Some(said + ".")
}
