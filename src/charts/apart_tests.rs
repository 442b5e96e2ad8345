//! Words of the charts never cover each other, and none runs out of the picture.

use super::data::Facts;
use super::mark::{Kind, Picture, Word, runs_through};
use super::overlay::{self, MEASURES, Scales, Shape, natural_height as overlay_height, rows_within};
use super::tests::{black_friday, composed_of, facts};
use super::theme::Role;
use super::view::NARROW;
use super::{ALL_ROWS, ROWS, Row, natural_height};
use crate::lang::Lang;

/// What is wrong with the words of a picture: one runs out of its width, or covers another.
fn crowded(words: &[Word], width: f64, of: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (n, word) in words.iter().enumerate() {
        let (left, right) = word.reach();
        if left < -1.0 || right > width + 1.0 {
            found.push(format!("{of}: {} from {left:.0} to {right:.0}", word.text()));
        }
        let covered = words[n + 1..].iter().filter(|other| word.covers(other));
        found.extend(covered.map(|other| format!("{of}: {} covers {}", word.text(), other.text())));
        // Two notes of an area in one line are told apart by the space between them.
        let beside = words[n + 1..].iter().filter(|other| {
            let notes = [word, other].map(|word| matches!(word.key, (Row::Outcomes, Kind::Note, 1..)));
            let (from, to) = other.reach();
            notes == [true; 2] && word.y == other.y && left < to + 10.0 && from < right + 10.0
        });
        found.extend(beside.map(|other| format!("{of}: {} runs into {}", word.text(), other.text())));
    }
    found
}

/// Calm, in the middle of the rush, and late; on phones, in figures, beside the controls and on wide screens.
#[test]
fn words_never_cover_each_other() {
    let theirs = [ROWS.to_vec(), ALL_ROWS.to_vec(), vec![Row::Response], vec![Row::Outcomes, Row::Linear]];
    let mut found = Vec::new();
    for lang in Lang::ALL {
        let facts = Facts { lang, ..facts() };
        for rows in &theirs {
            for width in [300.0, 366.0, 520.0, 640.0, 1_090.0, 1_400.0] {
                for (windows, now) in [(3, 0.5), (60, 11.9), (85, 16.9), (123, 24.6)] {
                    let height = natural_height(rows, width < NARROW);
                    let composed = composed_of(rows, &black_friday(windows), &facts, now, (width, height));
                    let of = format!("{lang:?} {} rows {width} {now}", rows.len());
                    found.extend(crowded(&composed.picture.words, width, &of));
                }
            }
        }
    }
    assert_eq!(found, [""; 0]);
}

/// No line of the picture runs through the words that say when clients give up.
#[test]
fn patience_is_written_where_no_line_runs() {
    let patience = |picture: &Picture| {
        picture.words.iter().find(|word| word.key == (Row::Response, Kind::Note, 0)).cloned()
    };
    let mut seen = 0;
    for width in [366.0, 700.0, 1_090.0] {
        for windows in (20..124).step_by(8) {
            let height = natural_height(&ROWS, width < NARROW);
            let series = black_friday(windows);
            let composed = composed_of(&ROWS, &series, &facts(), windows as f64 * 0.2, (width, height));
            let Some(word) = patience(&composed.picture) else { continue };
            seen += 1;
            let (left, right) = word.reach();
            let around = ((left, word.y - 6.0), (right, word.y + 6.0));
            let through = composed.picture.marks.iter().any(|mark| match mark {
                super::mark::Mark::Line { path, role: Role::Ink | Role::Ink2, dash: None, .. } => {
                    runs_through(path, around)
                }
                _ => false,
            });
            assert!(!through, "{width} {windows}: {word:?}");
        }
    }
    assert!(seen > 20, "{seen} times there was a place for it");
}

/// Two to four lanes of long names whose values are equal, in every size that rows are chosen for.
#[test]
fn names_of_lanes_never_cover_each_other() {
    let (series, facts) = (black_friday(123), facts());
    let shapes = [Shape::Circle, Shape::Square, Shape::Diamond, Shape::Triangle];
    let names = ["haproxy_leastconn", "envoy_least_request", "power_of_d", "replicas=12,queue=400"];
    let lane = |n: usize| overlay::Lane {
        name: names[n],
        role: Role::Ink,
        shape: shapes[n],
        series: &series,
        facts: &facts,
    };
    let lanes = [0, 1, 2, 3].map(lane);
    let mut found = Vec::new();
    for count in 2..=4 {
        for (width, height) in
            [(366.0, overlay_height(4, 366.0)), (680.0, 250.0), (1_400.0, 320.0), (1_400.0, 600.0)]
        {
            for cursor_s in [None, Some(7.0), Some(24.5)] {
                let rows = rows_within((width, height), count, true);
                let view = overlay::Overlay {
                    lanes: &lanes[..count],
                    rows: &rows,
                    now_s: 24.6,
                    cursor_s,
                    axis_s: (24.6, 40.0),
                    size: (width, height),
                };
                let composed = overlay::compose(&view, &mut Scales::default(), 0.1);
                let of = format!("{count} {width} {height} {cursor_s:?}");
                found.extend(crowded(&composed.picture.words, width, &of));
            }
        }
    }
    assert_eq!(found, [""; 0]);
}

/// 250 px hold two rows of 84 with their gaps of 26 and the axis of 26, 9 px below the edge; what failed comes before
/// what is inside. 449 px hold all four: 9 + 26 + 4 × 84 + 3 × 26 = 449.
#[test]
fn as_many_rows_as_find_a_place() {
    use super::overlay::Measure::{Failed, Fullest, P99};
    assert_eq!(rows_within((1_400.0, 250.0), 2, false), [P99, Fullest]);
    assert_eq!(rows_within((1_400.0, 250.0), 2, true), [P99, Failed]);
    assert_eq!(rows_within((1_400.0, 448.0), 2, true).len(), 3);
    assert_eq!(rows_within((1_400.0, 449.0), 2, true), MEASURES);
    assert_eq!(rows_within((1_400.0, 0.0), 4, false).len(), 2);
}
