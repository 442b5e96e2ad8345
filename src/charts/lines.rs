//! Rows of two plain lines: goodput against throughput, sessions, and asks against requests.

use super::Row;
use super::data::Column;
use super::mark::{Kind, Picture, Word};
use super::number::{rate, whole};
use super::scale::{linear_end, linear_ticks};
use super::theme::Role;
use super::view::{Place, Scene};

/// A line: its name, its colour, its width and how it reads a column.
struct Line {
    name: &'static str,
    role: Role,
    width: f64,
    value: fn(&Column) -> f64,
}

const fn lines(row: Row) -> [Line; 2] {
    match row {
        Row::Sessions => [
            Line { name: "alive", role: Role::Ink, width: 2.2, value: |c| c.extra.sessions },
            Line { name: "lost", role: Role::SessionArea, width: 2.0, value: |c| c.extra.lost },
        ],
        Row::Retries => [
            Line { name: "attempts", role: Role::LateArea, width: 2.0, value: |c| c.extra.attempts },
            Line { name: "requests", role: Role::Ink, width: 1.5, value: |c| c.extra.offered },
        ],
        _ => [
            Line { name: "throughput", role: Role::Ink2, width: 1.5, value: |c| c.extra.answered },
            Line { name: "goodput", role: Role::OkLine, width: 2.2, value: |c| c.rates[0] },
        ],
    }
}

/// What stands below the row's title.
const fn unit(row: Row) -> &'static str {
    match row {
        Row::Sessions => "alive, lost so far",
        Row::Retries => "per second",
        _ => "answers per second",
    }
}

/// A value as people read it.
fn show(row: Row, value: f64) -> String {
    if row == Row::Sessions { whole(value) } else { rate(value) }
}

pub(super) fn draw(scene: &Scene<'_>, place: &Place, picture: &mut Picture) {
    let row = place.row;
    scene.title(place, row.label(), &[unit(row)], picture);
    let lines = lines(row);
    let values = || scene.columns.iter().flat_map(|column| lines.iter().map(|line| (line.value)(column)));
    // The run so far is in the columns, so that the end only grows while time goes on.
    let end = linear_end(values().fold(0.0, f64::max));
    let y = |value: f64| place.y(value / end);
    for (n, value) in (0_u32..).zip(linear_ticks(end)) {
        scene.tick(place, n, y(value), whole(value), picture);
    }
    let passed = scene.columns.partition_point(|column| column.at_s <= scene.reading.at_s + 1e-9);
    let read = scene.columns[..passed].last();
    let mut labels = Vec::new();
    for (n, line) in (0_u32..).zip(&lines) {
        let paths = scene.paths(|column| Some(y((line.value)(column))));
        paths.into_iter().for_each(|path| picture.line(path, line.role, line.width));
        if let Some(column) = read {
            let value = (line.value)(column);
            let word = Word::new((row, Kind::End, n), (0.0, 0.0), line.name, Role::Ink2);
            labels.push((
                y(value) - f64::from(n) * 1e-3,
                word.and(format!(" {}", show(row, value)), Role::Ink, true),
            ));
        }
    }
    scene.ends(place, labels, picture);
}

/// Both values of a column in a sentence.
pub(super) fn sentence(row: Row, column: Option<&Column>) -> String {
    let Some(column) = column else { return format!("{}: nothing yet.", row.label()) };
    let of = |line: &Line| format!("{} {}", line.name, show(row, (line.value)(column)));
    let [first, second] = lines(row);
    format!("{}, {}.", of(&first), of(&second))
}
