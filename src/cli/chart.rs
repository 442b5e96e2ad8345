//! The run over time in the terminal: bars of eighths.

use super::term::{BOLD, DIM, GREEN, RED, RESET};
use crate::observe::{Point, Series};
use crate::report::number::{millis, moment, rate};

const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Columns for the names on the left and the peaks on the right.
const LEFT: usize = 9;
const RIGHT: usize = 16;

/// One row of bars.
struct Row {
    name: &'static str,
    colour: &'static str,
    values: Vec<Option<f64>>,
    top: f64,
    note: String,
}

/// Offered, ok and failed on one scale, and p99 on its own; nothing when nobody asks.
pub(super) fn chart(series: &Series, width: usize) -> String {
    let points = &series.points;
    let columns = width.saturating_sub(LEFT + RIGHT);
    let Some(last) = points.last().filter(|_| columns >= 20 && points.iter().any(|p| p.offered > 0)) else {
        return String::new();
    };
    // Several windows to a column in a long run, several columns to a window in a short one.
    let at = |column: usize| column * points.len() / columns;
    let cell = |column: usize| &points[at(column)..at(column + 1).max(at(column) + 1)];
    let cells: Vec<&[Point]> = (0..columns).map(cell).collect();
    let per_second = |count: fn(&Point) -> u32| -> Vec<Option<f64>> {
        let rate = |cell: &&[Point]| {
            let all: f64 = cell.iter().map(|point| f64::from(count(point))).sum();
            Some(all / (cell.len() as f64 * series.window_s))
        };
        cells.iter().map(rate).collect()
    };
    let offered = per_second(|point| point.offered);
    let ok = per_second(|point| point.ended[0]);
    let failed = per_second(|point| point.ended[1..].iter().sum());
    let p99: Vec<Option<f64>> = cells
        .iter()
        .map(|cell| cell.iter().filter_map(|p| Some(f64::from(p.response_ms?[2]))).max_by(f64::total_cmp))
        .collect();
    let top = [&offered, &ok, &failed].into_iter().map(|row| peak(row)).fold(0.0, f64::max);
    let counted = |name, colour, values: Vec<Option<f64>>| {
        let note = format!("up to {}", rate(peak(&values)));
        Row { name, colour, values, top, note }
    };
    let slowest = peak(&p99);
    let rows = [
        counted("offered", "", offered),
        counted("ok", GREEN, ok),
        counted("failed", RED, failed),
        Row {
            name: "p99",
            colour: "",
            values: p99,
            top: slowest,
            note: format!("up to {}", millis(slowest)),
        },
    ];
    let mut out =
        format!("{BOLD}Over time{RESET} {DIM}· offered, ok and failed on one scale, p99 on its own{RESET}\n");
    rows.iter().filter(|row| peak(&row.values) > 0.0).for_each(|row| out += &bars(row));
    out + &axis(columns, last.at_s)
}

fn peak(values: &[Option<f64>]) -> f64 {
    values.iter().flatten().copied().fold(0.0, f64::max)
}

/// Two lines of bars, sixteen steps.
fn bars(row: &Row) -> String {
    let steps = |value: &Option<f64>| match value {
        Some(value) if *value > 0.0 && row.top > 0.0 => {
            ((value / row.top * 16.0 + 0.5) as usize).clamp(1, 16)
        }
        _ => 0,
    };
    let line = |below: usize| -> String {
        row.values.iter().map(|value| EIGHTHS[steps(value).saturating_sub(below).min(8)]).collect()
    };
    let (upper, lower, colour) = (line(8), line(0), row.colour);
    let reset = if colour.is_empty() { "" } else { RESET };
    format!(
        "{:LEFT$}{colour}{}{reset}\n{:<LEFT$}{colour}{lower}{reset}  {}\n",
        "",
        upper.trim_end(),
        row.name,
        row.note
    )
}

/// The time below: start, middle and end.
fn axis(columns: usize, end: f64) -> String {
    let labels = [moment(0.0), moment(end / 2.0), moment(end)];
    let [start, middle, last] = labels.map(|label| label.replace(".0 s", " s"));
    let half = columns / 2;
    let first = half.saturating_sub(start.len() + middle.len() / 2);
    let second = columns.saturating_sub(start.len() + first + middle.len() + last.len());
    let (first, second) = (" ".repeat(first.max(1)), " ".repeat(second.max(1)));
    format!("{:LEFT$}{DIM}{start}{first}{middle}{second}{last}{RESET}\n", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixteen steps: 16 is two full blocks, 8 one, 1 an eighth; nothing is blank, and something never is.
    #[test]
    fn bars_by_hand() {
        let values = [16.0, 8.0, 1.0, 0.001, 0.0].map(Some).to_vec();
        let row = Row { name: "x", colour: "", values, top: 16.0, note: "≤ 16".into() };
        assert_eq!(bars(&row), "         █\nx        ██▁▁   ≤ 16\n");
    }
}
