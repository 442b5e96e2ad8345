//! Each chart in one sentence.

use super::Row;
use super::data::{Facts, Reading, columns, reading, until};
use super::group::{GROUPS, Group, by_group};
use super::number::whole;
use crate::lang::{Lang, texts};
use crate::observe::{Point, ReplicaState, Series};
use crate::units::order::sort_by;

texts! {
    mod say {
        fn nothing(row: Text) {
            en: "{row}: nothing yet.",
            de: "{row}: noch nichts.",
            fr: "{row} : encore rien.",
        }
        fn unanswered {
            en: "No request has been answered yet.",
            de: "Noch ist keine Anfrage beantwortet.",
            fr: "Aucune requête n’a encore reçu de réponse.",
        }
        fn is_now(p99: Millis, p50: Millis) {
            en: "it is {p99} now, p50 {p50}.",
            de: "jetzt sind es {p99}, p50 {p50}.",
            fr: "à présent {p99}, p50 {p50}.",
        }
        fn no_answers {
            en: "nothing is answered now.",
            de: "jetzt wird nichts beantwortet.",
            fr: "rien ne reçoit de réponse à présent.",
        }
        fn near(p99: Millis, now: Text) {
            en: "p99 stays near {p99}; {now}",
            de: "p99 bleibt bei {p99}; {now}",
            fr: "p99 reste près de {p99} ; {now}",
        }
        fn rose(from: Millis, to: Millis, at: Moment, now: Text) {
            en: "p99 rose from {from} to {to} at {at}; {now}",
            de: "p99 stieg bei {at} von {from} auf {to}; {now}",
            fr: "p99 est passé de {from} à {to} à {at} ; {now}",
        }
        fn within(p50: Millis, p90: Millis, p99: Millis, part: Percent) {
            en: "Half are answered within {p50}, nine of ten within {p90}, {part} within {p99}.",
            de: "Die Hälfte ist nach {p50} beantwortet, neun von zehn nach {p90}, {part} nach {p99}.",
            fr: "La moitié a sa réponse en {p50}, neuf sur dix en {p90}, {part} en {p99}.",
        }
        fn no_failures { en: "no failures", de: "keine Fehler", fr: "aucun échec" }
        fn failures(n: Three, kinds: Text) {
            en: "{n} failures ({kinds})",
            de: "{n} Fehler ({kinds})",
            fr: "{n} échecs ({kinds})",
        }
        fn answers(ok: Three, now: Text, good: Text, all: Text) {
            en: "{ok} answers a second are ok now and {now}; so far {good} of {all} requests were ok.",
            de: "Jetzt sind {ok} Antworten pro Sekunde ok, {now}; bisher waren {good} von {all} Anfragen ok.",
            fr: "{ok} réponses par seconde sont ok à présent, {now} ; jusqu’ici {good} requêtes sur {all} \
                 étaient ok.",
        }
        fn a_replica { en: "a replica", de: "eine Replik", fr: "une réplique" }
        fn uses(name: Text, cpu: Percent) {
            en: "{name} uses {cpu} of its CPU",
            de: "{name} nutzt {cpu} der CPU",
            fr: "{name} utilise {cpu} de son CPU",
        }
        fn uses_both(name: Text, cpu: Percent, memory: Percent) {
            en: "{name} uses {cpu} of its CPU and {memory} of its memory",
            de: "{name} nutzt {cpu} der CPU und {memory} des Speichers",
            fr: "{name} utilise {cpu} de son CPU et {memory} de sa mémoire",
        }
        fn is_in(name: Text, state: Text) {
            en: "{name} is {state}",
            de: "{name}: {state}",
            fr: "{name} : {state}",
        }
        fn no_replica {
            en: "There is no replica.",
            de: "Es gibt keine Replik.",
            fr: "Il n’y a aucune réplique.",
        }
        fn more(n: Whole) { en: "and {n} more", de: "und {n} weitere", fr: "et {n} de plus" }
        fn places(queue: Text, limit: Text) {
            en: "{queue} of {limit} places in the balancer's queue are taken",
            de: "{queue} von {limit} Plätzen in der Schlange des Lastverteilers sind belegt",
            fr: "{queue} places sur {limit} sont prises dans la file du répartiteur",
        }
        fn none_open {
            en: "no connection to a replica is open",
            de: "keine Verbindung zu einer Replik ist offen",
            fr: "aucune connexion à une réplique n’est ouverte",
        }
        fn of(limit: Text) { en: "of {limit}", de: "von {limit}", fr: "sur {limit}" }
        fn most(name: Text, open: Text) {
            en: "{name} has the most connections, {open}",
            de: "{name} hat die meisten Verbindungen, {open}",
            fr: "{name} a le plus de connexions, {open}",
        }
        fn no_queue { en: "Nothing queues.", de: "Nichts wartet.", fr: "Rien n’attend." }
    }
}

/// What a row shows at an instant, in one or two sentences.
#[must_use]
pub fn summary(row: Row, series: &Series, facts: &Facts, now_s: f64) -> String {
    let lang = facts.lang;
    let Some(reading) = reading(series, now_s) else { return nothing(lang, row) };
    match row {
        Row::Response | Row::Linear => response(lang, until(series, now_s), &reading),
        Row::Outcomes => outcomes(lang, &reading),
        Row::Share => share(series, facts, &reading),
        Row::Queue => queue(series, facts, &reading),
        Row::Heat => percentiles(lang, until(series, now_s)),
        Row::Flow | Row::Sessions | Row::Retries => {
            super::lines::sentence(lang, row, columns(series, facts, now_s, usize::MAX).last())
        }
    }
}

/// Said of a row while there is nothing to show.
pub(super) fn nothing(lang: Lang, row: Row) -> String {
    say::nothing(lang, row.label(lang))
}

/// A rise or fall by this factor is worth saying.
const NOTABLE: f64 = 2.0;

fn response(lang: Lang, points: &[Point], reading: &Reading) -> String {
    let known: Vec<(f64, f64)> =
        points.iter().filter_map(|p| p.response_ms.map(|ms| (p.at_s, f64::from(ms[2])))).collect();
    let Some(first) = calm(&known) else { return say::unanswered(lang).to_owned() };
    let now = match reading.response_ms {
        Some((p50, p99)) => say::is_now(lang, p99, p50),
        None => say::no_answers(lang).to_owned(),
    };
    let peak = known.iter().fold(first, |peak, &(_, ms)| peak.max(ms));
    if peak < first * NOTABLE {
        return say::near(lang, first, &now);
    }
    // The rise is where the geometric middle of both values is passed first.
    let middle = libm::sqrt(first * peak);
    let at = known.iter().find(|(_, ms)| *ms > middle).map_or(0.0, |(at, _)| *at);
    say::rose(lang, first, peak, at, &now)
}

fn percentiles(lang: Lang, points: &[Point]) -> String {
    let last = points.iter().rev().find_map(|point| point.response_ms);
    last.map_or_else(
        || say::unanswered(lang).to_owned(),
        |ms| {
            let [p50, p90, p99] = ms.map(f64::from);
            say::within(lang, p50, p90, p99, 0.99)
        },
    )
}

/// The median of the first two seconds that have a value.
fn calm(known: &[(f64, f64)]) -> Option<f64> {
    let begin = known.first()?.0;
    let mut first: Vec<f64> =
        known.iter().take_while(|(at, _)| *at <= begin + 2.0).map(|(_, ms)| *ms).collect();
    sort_by(&mut first, f64::total_cmp);
    first.get(first.len() / 2).copied()
}

fn outcomes(lang: Lang, reading: &Reading) -> String {
    let totals = by_group(&reading.totals);
    let ended: u64 = totals.iter().sum();
    let mut failures: Vec<(Group, f64)> =
        GROUPS.into_iter().zip(reading.rates).skip(1).filter(|(_, rate)| *rate > 0.0).collect();
    sort_by(&mut failures, |a, b| b.1.total_cmp(&a.1));
    let said: Vec<String> = failures
        .iter()
        .map(|(group, rate)| format!("{} {}", lang.three(*rate), group.called(&reading.recent).say(lang)))
        .collect();
    let failing: f64 = failures.iter().map(|(_, rate)| rate).sum();
    let now = match said.len() {
        0 => say::no_failures(lang).to_owned(),
        1 => said[0].clone(),
        _ => say::failures(lang, failing, &said.join(", ")),
    };
    say::answers(lang, reading.rates[0], &now, &lang.whole(totals[0]), &lang.whole(ended))
}

/// The most replicas that a sentence names.
const NAMED: usize = 5;

fn name(lang: Lang, series: &Series, id: u32) -> &str {
    series.names.get(id as usize).map_or(say::a_replica(lang), String::as_str)
}

fn share(series: &Series, facts: &Facts, reading: &Reading) -> String {
    let lang = facts.lang;
    let words = |replica: &crate::observe::ReplicaPoint| {
        let name = name(lang, series, replica.id);
        match replica.state {
            ReplicaState::Ready | ReplicaState::Draining => {
                let (cpu, memory) = (f64::from(replica.cpu), f64::from(replica.memory));
                if facts.replica(replica.id).memory_limited {
                    say::uses_both(lang, name, cpu, memory)
                } else {
                    say::uses(lang, name, cpu)
                }
            }
            state => say::is_in(lang, name, state.text().say(lang)),
        }
    };
    let there = reading.replicas.iter().filter(|replica| replica.state != ReplicaState::Removed);
    let mut said: Vec<String> = there.map(words).collect();
    if said.is_empty() {
        return say::no_replica(lang).to_owned();
    }
    let more = said.len().saturating_sub(NAMED);
    said.truncate(NAMED);
    if more > 0 {
        said.push(say::more(lang, more as u64));
    }
    format!("{}.", said.join("; "))
}

fn queue(series: &Series, facts: &Facts, reading: &Reading) -> String {
    let lang = facts.lang;
    let mut said = Vec::new();
    if let Some(limit) = facts.queue_limit {
        let (queue, limit) = (whole(lang, f64::from(reading.queue)), whole(lang, f64::from(limit)));
        said.push(say::places(lang, &queue, &limit));
    }
    let most = reading.replicas.iter().map(|replica| replica.connections).max();
    if most == Some(0) {
        said.push(say::none_open(lang).to_owned());
    } else if let Some(fullest) = reading.replicas.iter().find(|replica| Some(replica.connections) == most) {
        let limit = facts.replica(fullest.id).connections_limit;
        let limit = limit.map(|limit| say::of(lang, &whole(lang, f64::from(limit))));
        let open = whole(lang, f64::from(fullest.connections));
        let open = limit.map_or_else(|| open.clone(), |limit| format!("{open} {limit}"));
        said.push(say::most(lang, name(lang, series, fullest.id), &open));
    }
    if said.is_empty() { say::no_queue(lang).to_owned() } else { format!("{}.", said.join("; ")) }
}
