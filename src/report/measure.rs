//! The numbers of a report by name, each with its kind: for assertions, comparisons and tables.

use super::{ReplicaReport, Report};
use crate::lang::{Lang, Text};
use crate::observe::OUTCOMES;

/// What sort of number a measure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A time in milliseconds.
    Millis,
    /// A share of a whole, 0 to 1.
    Share,
    /// Events per second.
    PerSecond,
    /// A count.
    Count,
    /// A bare number.
    Number,
}

impl Kind {
    /// The value as people read it, in English.
    #[must_use]
    pub fn show(self, value: f64) -> String {
        self.show_in(Lang::En, value)
    }

    /// The value as readers of this language read it.
    #[must_use]
    pub fn show_in(self, lang: Lang, value: f64) -> String {
        match self {
            Self::Millis => lang.millis(value),
            Self::Share => lang.share(value),
            Self::PerSecond => lang.rate(value),
            Self::Count if value >= 0.0 && value == (value as u64) as f64 => lang.whole(value as u64),
            Self::Count | Self::Number => lang.three(value),
        }
    }

    /// A value and its doubt in one unit, both to the second digit of the doubt: `836 ± 130 ms`; in English.
    #[must_use]
    pub fn show_with(self, value: f64, half_width: f64) -> String {
        self.show_with_in(Lang::En, value, half_width)
    }

    /// The same as readers of this language read it.
    #[must_use]
    pub fn show_with_in(self, lang: Lang, value: f64, half_width: f64) -> String {
        let (scale, unit) = match self {
            Self::Millis if value.abs() >= 999.5 => (1e-3, " s"),
            Self::Millis if value.abs() < 0.9995 => (1e3, " µs"),
            Self::Millis => (1.0, " ms"),
            Self::Share => (100.0, " %"),
            Self::PerSecond => (1.0, "/s"),
            Self::Count | Self::Number => (1.0, ""),
        };
        let (value, half) = (value * scale, half_width * scale);
        if half <= 0.0 || !half.is_finite() {
            return format!("{}{unit}", lang.three(value));
        }
        let mut places = 0;
        let mut step = 9.95;
        while half < step && places < 6 {
            places += 1;
            step /= 10.0;
        }
        if places == 0 {
            let [value, half] = [value, half].map(|x| lang.whole((x.abs() + 0.5) as u64));
            return format!("{value} ± {half}{unit}");
        }
        lang.point(&format!("{value:.places$} ± {half:.places$}{unit}"))
    }
}

/// A number of a report.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// Its name.
    pub name: &'static str,
    /// Its name in sentences and tables, in English.
    pub label: &'static str,
    /// The same in every language.
    pub text: Text,
    /// What sort of number it is.
    pub kind: Kind,
    /// What it means.
    pub doc: &'static str,
    /// Its value; nothing when the run has none.
    pub value: fn(&Report) -> Option<f64>,
}

macro_rules! measures {
    ($(
        $name:literal, [$label:literal, $de:literal, $fr:literal], $kind:ident, $doc:literal, $value:expr;
    )*) => {
        /// The measures with a name of their own.
        pub static MEASURES: &[Measure] = &[$(Measure {
            name: $name,
            label: $label,
            text: Text::new($label, $de, $fr),
            kind: Kind::$kind,
            doc: $doc,
            value: $value,
        }),*];
    };
}

measures! {
    "mean", ["mean", "Mittel", "moyenne"], Millis,
        "Mean response time of requests that ended ok", |r| r.response_time_ms.mean;
    "p50", ["p50", "p50", "p50"], Millis,
        "Half of the response times are at most this", |r| r.response_time_ms.p50;
    "p90", ["p90", "p90", "p90"], Millis,
        "90 % of the response times are at most this", |r| r.response_time_ms.p90;
    "p95", ["p95", "p95", "p95"], Millis,
        "95 % of the response times are at most this", |r| r.response_time_ms.p95;
    "p99", ["p99", "p99", "p99"], Millis,
        "99 % of the response times are at most this", |r| r.response_time_ms.p99;
    "p999", ["p99.9", "p99.9", "p99.9"], Millis,
        "99.9 % of the response times are at most this", |r| r.response_time_ms.p999;
    "max", ["max", "max", "max"], Millis,
        "The longest response time", |r| r.response_time_ms.max;
    "corrected_p99", ["p99 on schedule", "p99 nach Plan", "p99 à l’horaire"], Millis,
        "p99 as users would measure it who ask on schedule (closed sources)",
        |r| r.corrected_ms.and_then(|times| times.p99);
    "waiting_p99", ["p99 of waiting", "p99 des Wartens", "p99 de l’attente"], Millis,
        "99 % wait at most this for a worker", |r| r.waiting_ms.p99;
    "sojourn_p99", ["p99 at the replica", "p99 in der Replik", "p99 dans la réplique"], Millis,
        "99 % are at most this long at the replica",
        |r| r.sojourn_ms.p99;
    "goodput", ["goodput", "goodput", "goodput"], PerSecond,
        "Requests that ended ok, per second", |r| Some(r.goodput_per_s);
    "throughput", ["throughput", "Durchsatz", "débit"], PerSecond,
        "Attempts answered, wanted or not, per second",
        |r| Some(r.throughput_per_s);
    "failed_share", ["failed share", "Fehleranteil", "part d’échecs"], Share,
        "Failed requests among those that ended",
        |r| Some(r.failed_share());
    "ok_share", ["ok share", "Anteil ok", "part ok"], Share,
        "Requests that ended ok among those that ended",
        |r| Some(1.0 - r.failed_share());
    "offered", ["offered", "angeboten", "offertes"], Count,
        "Requests offered", |r| Some(r.requests.offered as f64);
    "succeeded", ["succeeded", "gelungen", "réussies"], Count,
        "Requests that ended ok", |r| Some(r.requests.succeeded as f64);
    "failed", ["failed", "gescheitert", "échouées"], Count,
        "Requests that ended otherwise", |r| Some(r.requests.failed.total() as f64);
    "in_flight", ["in flight", "unterwegs", "en cours"], Count,
        "Requests that had not ended", |r| Some(r.requests.in_flight as f64);
    "attempts", ["attempts", "Versuche", "tentatives"], Count,
        "Attempts made", |r| Some(r.attempts as f64);
    "retries", ["retries", "Wiederholungen", "relances"], Count,
        "Times that clients asked again", |r| Some(r.retries as f64);
    "amplification", ["amplification", "Verstärkung", "amplification"], Number,
        "Times that clients asked, for each request offered",
        |r| r.amplification();
    "hedges", ["hedges", "Zweitversuche", "seconds essais"], Count,
        "Second attempts sent while the first had no answer", |r| r.hedges.map(|h| h.sent as f64);
    "sessions_lost", ["sessions lost", "Sitzungen verloren", "sessions perdues"], Count,
        "Sessions that their users found gone",
        |r| Some(r.sessions.lost as f64);
    "ports_peak", ["most ports taken", "meiste Ports belegt", "ports pris au plus"], Count,
        "Most outgoing ports taken of one address to one replica",
        |r| r.network.map(|network| f64::from(network.ports_peak));
    "connections_opened", ["connections opened", "Verbindungen geöffnet", "connexions ouvertes"], Count,
        "Connections opened from balancer to replicas",
        |r| r.network.map(|network| network.opened as f64);
    "connections_reused", ["connections reused", "wiederverwendet", "connexions réutilisées"], Count,
        "Requests on a connection that was kept open",
        |r| r.network.map(|network| network.reused as f64);
    "restarts", ["restarts", "Neustarts", "relances de répliques"], Count,
        "Restarts of all replicas", |r| Some(sum(r, |x| x.restarts));
    "oom_kills", ["killed for memory", "wegen Speicher beendet", "tuées pour mémoire"], Count,
        "Replicas killed for their memory",
        |r| Some(sum(r, |x| x.oom_kills));
    "cost", ["cost", "Kosten", "coût"], Number,
        "What the run costs, where there are prices", |r| r.cost;
    "replica_hours", ["replica-hours", "Replik-Stunden", "heures de réplique"], Number,
        "Hours paid for, of all replicas",
        |r| Some(r.replicas.iter().map(|x| x.hours).sum());
    "fairness", ["fairness", "Fairness", "équité"], Number,
        "Jain's fairness of attempts over replicas", |r| r.fairness_jain;
    "max_over_mean", ["most/mean", "meiste/Mittel", "max/moyenne"], Number,
        "Attempts of the replica with most, over the mean of all", |r| r.max_over_mean;
    "in_system", ["in system", "im System", "dans le système"], Number,
        "Mean number of requests inside replicas", |r| Some(r.in_system_mean);
    "cpu_max", ["busiest CPU", "vollste CPU", "CPU le plus chargé"], Share,
        "CPU use of the busiest replica",
        |r| r.replicas.iter().map(|x| x.cpu.utilisation).max_by(f64::total_cmp);
}

fn sum(report: &Report, part: fn(&ReplicaReport) -> u32) -> f64 {
    report.replicas.iter().map(|replica| f64::from(part(replica))).sum()
}

/// The measure of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.name == name)
}

/// A number of the report by name: a measure; an outcome (`queue_full`); `events.KIND`, how often something
/// happened; or a place in the JSON (`replicas.app-2.restarts`). Outer nothing: no such number. Inner
/// nothing: this run has no value for it.
#[must_use]
pub fn look_up(report: &Report, name: &str) -> Option<(Kind, Option<f64>)> {
    if let Some(measure) = find(name) {
        return Some((measure.kind, (measure.value)(report)));
    }
    let failures = &report.requests.failed.0;
    if let Some((_, n)) = failures.iter().find(|(outcome, _)| outcome.name() == name) {
        return Some((Kind::Count, Some(*n as f64)));
    }
    if let Some(kind) = name.strip_prefix("events.") {
        let n = report.events.iter().filter(|event| event.kind == kind).count();
        return Some((Kind::Count, Some(n as f64)));
    }
    let json = serde_json::to_value(report).ok()?;
    let place = name.split('.').try_fold(&json, |place, part| match place {
        serde_json::Value::Object(table) => table.get(part),
        serde_json::Value::Array(list) => part.parse().ok().map_or_else(
            || list.iter().find(|entry| entry.get("name").and_then(|n| n.as_str()) == Some(part)),
            |index: usize| list.get(index),
        ),
        _ => None,
    })?;
    match place {
        serde_json::Value::Null => Some((kind_of(name), None)),
        serde_json::Value::Number(number) => Some((kind_of(name), number.as_f64())),
        _ => None,
    }
}

/// The kind of a number in the JSON, by how its place is named.
fn kind_of(path: &str) -> Kind {
    let last = path.rsplit('.').next().unwrap_or(path);
    if path.contains("_ms.") && last != "count" {
        Kind::Millis
    } else if last.ends_with("_per_s") {
        Kind::PerSecond
    } else if matches!(last, "share" | "utilisation") {
        Kind::Share
    } else {
        Kind::Number
    }
}

/// Every name that has a number of its own.
pub fn names() -> impl Iterator<Item = &'static str> + Clone {
    MEASURES.iter().map(|measure| measure.name).chain(OUTCOMES[1..].iter().map(|outcome| outcome.name()))
}
