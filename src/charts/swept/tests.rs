use super::super::mark::Mark;
use super::super::theme::{ROLES, Theme};
use super::*;

fn estimate(mean: f64, half: f64) -> Estimate {
    Estimate { mean, half_width: Some(half), confidence: 0.95, replications: 5 }
}

fn texts(words: &[Word]) -> Vec<String> {
    words.iter().map(Word::text).collect()
}

#[test]
fn ends_are_round() {
    for (max, end) in [(0.0, 1.0), (0.035, 0.04), (0.1, 0.1), (1.3, 1.6), (390.0, 400.0), (810.0, 1_000.0)] {
        assert!((round_end(max) - end).abs() < 1e-9 * end, "{max}: {}", round_end(max));
    }
}

/// 9, 10, 12: a third of the way and its end. Names are even, and so is what grows by multiples.
#[test]
fn values_lie_where_their_numbers_are() {
    let of = |list: &[&str]| places(&list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
    assert_eq!(of(&["9", "10", "12"]), [0.0, 1.0 / 3.0, 1.0]);
    assert_eq!(of(&["10 ms", "20 ms", "50 ms"]), [0.0, 0.25, 1.0]);
    for even in [["1", "10", "100"], ["a", "b", "c"], ["10 ms", "20 ms", "1 s"], ["3", "2", "1"]] {
        assert_eq!(of(&even), [0.0, 0.5, 1.0], "{even:?}");
    }
    assert_eq!(of(&["7"]), [0.0]);
}

/// The plot is 210 px high from 34 on, its scale ends at 100 ms: 50 is in the middle, at 139, ± 10 at 118 and 160.
#[test]
fn a_line_by_hand() {
    let line = |name: &str, half| Line {
        name: name.into(),
        values: vec![Some(estimate(50.0, half)), None, Some(estimate(100.0, 0.0))],
    };
    let data = Lines {
        measure: "p99".into(),
        kind: Kind::Millis,
        over: "replicas".into(),
        values: ["1", "2", "3"].map(str::to_owned).to_vec(),
        lines: vec![line("random", 10.0), line("round_robin", 0.0)],
    };
    let picture = lines::picture(&data);
    let whisker = picture.marks.iter().find_map(|mark| match mark {
        Mark::Line { path, role: Role::PowerOfD, .. } if path[0].0 == path[1].0 => Some(path.clone()),
        _ => None,
    });
    let ys: Vec<f64> = whisker.unwrap().iter().map(|at| at.1).collect();
    assert!((ys[0] - 160.0).abs() < 1e-9 && (ys[1] - 118.0).abs() < 1e-9, "{ys:?}");
    let words = texts(&picture.words);
    for word in ["p99  over replicas", "100 ms", "50 ms", "2", "random", "round_robin"] {
        assert!(words.iter().any(|known| known == word), "{word}: {words:?}");
    }
    // The names stand apart, though the lines end at one place.
    let named: Vec<&Word> = picture.words.iter().filter(|w| w.key.1 == Use::End).collect();
    assert!((named[0].y - named[1].y).abs() >= 14.9);
    for theme in [Theme::Light, Theme::Dark] {
        let svg = lines(&data, theme, "What it shows.").unwrap();
        assert!(
            svg.contains("<title>p99 over replicas</title>") && svg.contains("<desc>What it shows.</desc>")
        );
    }
    assert!(INKS.iter().all(|role| ROLES.contains(role)));
}

#[test]
fn rows_and_grids_have_every_number() {
    let bar = |name: &str, value| Bar { name: name.into(), value };
    let bars = vec![bar("random", Some(estimate(0.25, 0.05))), bar("ipvs.lc", None)];
    let data = Rows { measure: "failed share".into(), kind: Kind::Share, bars };
    let words = texts(&rows::picture(&data).words);
    assert!(
        ["random", "ipvs.lc", "25.0 ± 5.0 %"].iter().all(|text| words.contains(&(*text).to_owned())),
        "{words:?}"
    );
    let values = |list: [&str; 2]| list.map(str::to_owned).to_vec();
    let data = Grid {
        measure: "p99".into(),
        kind: Kind::Millis,
        down: ("balancer.queue".into(), values(["0", "9"])),
        across: ("replicas".into(), values(["3", "4"])),
        cells: vec![
            vec![Some(estimate(1.0, 0.1)), Some(estimate(2_000.0, 0.1))],
            vec![None, Some(estimate(60.0, 1.0))],
        ],
    };
    let picture = grid::picture(&data);
    let words = texts(&picture.words);
    assert!(
        ["1 ms", "2 s", "—", "60 ms"].iter().all(|text| words.contains(&(*text).to_owned())),
        "{words:?}"
    );
    // Decades from 1 to 10,000 ms: 1 is the least, 2000 four fifths of the way and more.
    let warm: Vec<Role> = picture
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Area { role, .. } => Some(*role),
            _ => None,
        })
        .collect();
    assert_eq!(warm, [Role::Age0, Role::Age4, Role::Age2]);
    assert!(grid(&data, Theme::Dark, "").unwrap().contains(">2 s<"));
}
