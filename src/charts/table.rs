//! The numbers behind a chart, as a table.

use super::Row;
use super::data::until;
use super::group::Group;
use crate::lang::{Lang, texts};
use crate::observe::{OUTCOMES, Point, ReplicaPoint, Series, find_replica};
use crate::units::order::sort_by_key;

texts! {
    mod say {
        fn time { en: "time", de: "Zeit", fr: "temps" }
        fn note(window: Millis, what: Text, span: Text) {
            en: "Each row is a window of {window} and says when it ends. {what} In the chart, rates are \
                 taken over the last {span} s and the numbers at the right over the last \
                 second.",
            de: "Jede Zeile ist ein Fenster von {window} und sagt, wann es endet. {what} Im Diagramm gelten \
                 Raten für die letzten {span} s und die Zahlen rechts für die letzte \
                 Sekunde.",
            fr: "Chaque ligne est une fenêtre de {window} et dit quand elle finit. {what} Dans le graphique, \
                 les débits portent sur les dernières {span} s et les nombres à droite sur \
                 la dernière seconde.",
        }
        fn quantiles {
            en: "Quantiles pool the second before.",
            de: "Quantile fassen die Sekunde davor zusammen.",
            fr: "Les quantiles regroupent la seconde précédente.",
        }
        fn counts {
            en: "Counts are those of the window alone.",
            de: "Zahlen sind die des Fensters allein.",
            fr: "Les nombres sont ceux de la fenêtre seule.",
        }
        fn means {
            en: "CPU is the mean of the window, memory the value at its end.",
            de: "CPU ist das Mittel des Fensters, Speicher der Wert an seinem Ende.",
            fr: "Le CPU est la moyenne de la fenêtre, la mémoire sa valeur à la fin.",
        }
        fn values {
            en: "Values are those at its end.",
            de: "Werte sind die an seinem Ende.",
            fr: "Les valeurs sont celles de la fin.",
        }
        fn offered { en: "offered", de: "angeboten", fr: "offertes" }
        fn replica(n: Text) { en: "replica {n}", de: "Replik {n}", fr: "réplique {n}" }
        fn state(name: Text) { en: "{name} state", de: "{name} Zustand", fr: "{name} état" }
        fn memory(name: Text) { en: "{name} memory", de: "{name} Speicher", fr: "{name} mémoire" }
        fn queue { en: "queue", de: "Schlange", fr: "file" }
        fn requests { en: "requests", de: "Anfragen", fr: "requêtes" }
        fn connections { en: "connections", de: "Verbindungen", fr: "connexions" }
        fn attempts { en: "attempts", de: "Versuche", fr: "tentatives" }
        fn answered { en: "answered", de: "beantwortet", fr: "répondues" }
        fn alive { en: "alive", de: "lebend", fr: "en vie" }
        fn lost { en: "lost so far", de: "bisher verloren", fr: "perdues" }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What it holds.
    pub name: String,
    /// In which unit; empty for words and plain counts.
    pub unit: &'static str,
}

/// The numbers behind a chart: a row per window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What stands in the columns.
    pub headings: Vec<Heading>,
    /// A row per window, the first first.
    pub rows: Vec<Vec<String>>,
    /// Over which time the numbers are taken.
    pub note: String,
}

fn heading(name: impl Into<String>, unit: &'static str) -> Heading {
    Heading { name: name.into(), unit }
}

/// The last `most` windows up to `now`, as they were recorded: nothing smoothed, nothing left out.
#[must_use]
pub fn table(lang: Lang, row: Row, series: &Series, now_s: f64, most: usize) -> Table {
    let points = until(series, now_s);
    let points = &points[points.len().saturating_sub(most)..];
    let mut table = match row {
        Row::Response | Row::Linear | Row::Heat => response(points),
        Row::Outcomes => outcomes(lang, points),
        Row::Share => share(lang, series, points),
        Row::Queue => queue(lang, series, points),
        Row::Flow | Row::Retries => flow(lang, points),
        Row::Sessions => sessions(lang, points),
    };
    table.headings.insert(0, heading(say::time(lang), "s"));
    for (row, point) in table.rows.iter_mut().zip(points) {
        row.insert(0, format!("{:.3}", point.at_s));
    }
    let what = match row {
        Row::Response | Row::Linear | Row::Heat => say::quantiles(lang),
        Row::Outcomes | Row::Flow | Row::Retries => say::counts(lang),
        Row::Share => say::means(lang),
        Row::Queue | Row::Sessions => say::values(lang),
    };
    table.note = say::note(lang, series.window_s * 1e3, what, &lang.point("0.6"));
    table
}

fn response(points: &[Point]) -> Table {
    let row = |point: &Point| match point.response_ms {
        Some(ms) => ms.iter().map(|ms| format!("{ms:.3}")).collect(),
        None => vec![String::new(); 3],
    };
    let headings = ["p50", "p90", "p99"].map(|name| heading(name, "ms")).to_vec();
    Table { headings, rows: points.iter().map(row).collect(), note: String::new() }
}

fn flow(lang: Lang, points: &[Point]) -> Table {
    let row = |point: &Point| {
        let answered: u32 = point.replicas.iter().map(|replica| replica.answered).sum();
        [point.offered, point.attempts, answered, point.ended[0]].map(|n| n.to_string()).to_vec()
    };
    let names = [say::requests(lang), say::attempts(lang), say::answered(lang), "ok"];
    let headings = names.map(|name| heading(name, "")).to_vec();
    Table { headings, rows: points.iter().map(row).collect(), note: String::new() }
}

fn sessions(lang: Lang, points: &[Point]) -> Table {
    let row = |point: &Point| vec![point.sessions_alive.to_string(), point.sessions_lost.to_string()];
    let headings = [say::alive(lang), say::lost(lang)].map(|name| heading(name, "")).to_vec();
    Table { headings, rows: points.iter().map(row).collect(), note: String::new() }
}

/// Every outcome that occurs in these windows has a column, in the order in which areas are stacked.
fn outcomes(lang: Lang, points: &[Point]) -> Table {
    let occurs = |place: usize| place == 0 || points.iter().any(|point| point.ended[place] > 0);
    let mut places: Vec<usize> = (0..OUTCOMES.len()).filter(|&place| occurs(place)).collect();
    sort_by_key(&mut places, |&place| Group::of(OUTCOMES[place]));
    let mut headings = vec![heading(say::offered(lang), "")];
    headings.extend(places.iter().map(|&place| heading(OUTCOMES[place].text().say(lang), "")));
    let row = |point: &Point| {
        let ended = places.iter().map(|&place| point.ended[place].to_string());
        std::iter::once(point.offered.to_string()).chain(ended).collect()
    };
    Table { headings, rows: points.iter().map(row).collect(), note: String::new() }
}

/// The replicas of these windows, by index.
fn replicas(points: &[Point]) -> Vec<u32> {
    let mut ids: Vec<u32> = points.iter().flat_map(|p| p.replicas.iter().map(|replica| replica.id)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn name(lang: Lang, series: &Series, id: u32) -> String {
    let unnamed = || say::replica(lang, &(id + 1).to_string());
    series.names.get(id as usize).cloned().unwrap_or_else(unnamed)
}

fn share(lang: Lang, series: &Series, points: &[Point]) -> Table {
    let ids = replicas(points);
    let columns = |&id: &u32| {
        let name = name(lang, series, id);
        let state = heading(say::state(lang, &name), "");
        [state, heading(format!("{name} CPU"), "%"), heading(say::memory(lang, &name), "%")]
    };
    let cells = |replica: Option<&ReplicaPoint>| match replica {
        Some(r) => [
            r.state.text().say(lang).to_owned(),
            format!("{:.1}", f64::from(r.cpu) * 100.0),
            format!("{:.1}", f64::from(r.memory) * 100.0),
        ],
        None => Default::default(),
    };
    let row = |point: &Point| ids.iter().flat_map(|&id| cells(find_replica(&point.replicas, id))).collect();
    Table {
        headings: ids.iter().flat_map(columns).collect(),
        rows: points.iter().map(row).collect(),
        note: String::new(),
    }
}

fn queue(lang: Lang, series: &Series, points: &[Point]) -> Table {
    let ids = replicas(points);
    let mut headings = vec![heading(say::queue(lang), say::requests(lang))];
    headings.extend(ids.iter().map(|&id| heading(name(lang, series, id), say::connections(lang))));
    let cell = |point: &Point, id| {
        find_replica(&point.replicas, id).map_or_else(String::new, |replica| replica.connections.to_string())
    };
    let row = |point: &Point| {
        let replicas = ids.iter().map(|&id| cell(point, id));
        std::iter::once(point.queue.to_string()).chain(replicas).collect()
    };
    Table { headings, rows: points.iter().map(row).collect(), note: String::new() }
}

impl Table {
    /// As CSV (RFC 4180): units stand in the names of the columns.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let name = |heading: &Heading| match heading.unit {
            "" => heading.name.clone(),
            unit => format!("{} ({unit})", heading.name),
        };
        let quoted = |cell: &String| match cell.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.clone(),
        };
        let headings: Vec<String> = self.headings.iter().map(name).collect();
        let line = |cells: &Vec<String>| cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\r\n";
        std::iter::once(&headings).chain(&self.rows).map(line).collect()
    }
}
