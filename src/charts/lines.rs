//! Rows of two plain lines: goodput against throughput, sessions, and asks against requests.

use super::Row;
use super::data::Column;
use super::mark::{Kind, Picture, Word};
use super::number::whole;
use super::scale::{linear_end, linear_ticks};
use super::theme::Role;
use super::view::{Place, Scene};
use crate::lang::{Lang, Text};

/// A line: its name, its colour, its width and how it reads a column.
struct Line {
    name: Text,
    role: Role,
    width: f64,
    value: fn(&Column) -> f64,
}

const fn line(name: Text, role: Role, width: f64, value: fn(&Column) -> f64) -> Line {
    Line { name, role, width, value }
}

const fn lines(row: Row) -> [Line; 2] {
    match row {
        Row::Sessions => [
            line(Text::new("alive", "lebend", "en vie"), Role::Ink, 2.2, |c| c.extra.sessions),
            line(Text::new("lost", "verloren", "perdues"), Role::SessionArea, 2.0, |c| c.extra.lost),
        ],
        Row::Retries => [
            line(Text::new("attempts", "Versuche", "tentatives"), Role::LateArea, 2.0, |c| c.extra.attempts),
            line(Text::new("requests", "Anfragen", "requêtes"), Role::Ink, 1.5, |c| c.extra.offered),
        ],
        _ => [
            line(Text::new("throughput", "Durchsatz", "débit"), Role::Ink2, 1.5, |c| c.extra.answered),
            line(Text::new("goodput", "Goodput", "goodput"), Role::OkLine, 2.2, |c| c.rates[0]),
        ],
    }
}

/// What stands below the row's title.
const fn unit(row: Row) -> Text {
    match row {
        Row::Sessions => Text::new("alive, lost so far", "lebend, verloren", "en vie, perdues"),
        Row::Retries => Text::new("per second", "pro Sekunde", "par seconde"),
        _ => Text::new("answers per second", "Antworten pro Sekunde", "réponses par seconde"),
    }
}

/// A value as people read it.
fn show(lang: Lang, row: Row, value: f64) -> String {
    if row == Row::Sessions { whole(lang, value) } else { lang.rate(value) }
}

pub(super) fn draw(scene: &Scene<'_>, place: &Place, picture: &mut Picture) {
    let (row, lang) = (place.row, scene.lang());
    scene.title(place, row.label(lang), &[unit(row).say(lang)], picture);
    let lines = lines(row);
    let values = || scene.columns.iter().flat_map(|column| lines.iter().map(|line| (line.value)(column)));
    // The run so far is in the columns, so that the end only grows while time goes on.
    let end = linear_end(values().fold(0.0, f64::max));
    let y = |value: f64| place.y(value / end);
    for (n, value) in (0_u32..).zip(linear_ticks(end)) {
        scene.tick(place, n, y(value), whole(lang, value), picture);
    }
    let passed = scene.columns.partition_point(|column| column.at_s <= scene.reading.at_s + 1e-9);
    let read = scene.columns[..passed].last();
    let mut labels = Vec::new();
    for (n, line) in (0_u32..).zip(&lines) {
        let paths = scene.paths(|column| Some(y((line.value)(column))));
        paths.into_iter().for_each(|path| picture.line(path, line.role, line.width));
        if let Some(column) = read {
            let value = (line.value)(column);
            let word = Word::new((row, Kind::End, n), (0.0, 0.0), line.name.say(lang), Role::Ink2);
            labels.push((
                y(value) - f64::from(n) * 1e-3,
                word.and(format!(" {}", show(lang, row, value)), Role::Ink, true),
            ));
        }
    }
    scene.ends(place, labels, picture);
}

/// Both values of a column in a sentence.
pub(super) fn sentence(lang: Lang, row: Row, column: Option<&Column>) -> String {
    let Some(column) = column else { return super::summary::nothing(lang, row) };
    let of = |line: &Line| format!("{} {}", line.name.say(lang), show(lang, row, (line.value)(column)));
    let [first, second] = lines(row);
    format!("{}, {}.", of(&first), of(&second))
}
