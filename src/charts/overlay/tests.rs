use super::super::mark::Mark;
use super::*;
use crate::experiment::run;
use crate::scenario::{Scenario, preset};

fn series(algorithm: &str) -> Series {
    let text = preset::find("algorithms").unwrap().text;
    let mut scenario = Scenario::from_toml_str(text).unwrap();
    scenario.balancer.algorithm = algorithm.into();
    scenario.run.duration = crate::units::SimDuration::from_secs(20);
    run(&scenario.validate().unwrap(), 3).series
}

#[test]
fn lanes_share_one_scale_and_carry_names_values_and_marks() {
    let (a, b, facts) = (series("random"), series("least_connections"), Facts::default());
    let lane = |name, role, shape, series| Lane { name, role, shape, series, facts: &facts };
    let lanes = [
        lane("random", Role::Ink, Shape::Circle, &a),
        lane("least_connections", Role::LeastConnections, Shape::Square, &b),
    ];
    let overlay = Overlay {
        lanes: &lanes,
        rows: &MEASURES,
        now_s: 20.0,
        cursor_s: None,
        axis_s: (20.0, 60.0),
        size: (1_000.0, natural_height(4, 1_000.0)),
    };
    let mut scales = Scales::default();
    let composed = compose(&overlay, &mut scales, 0.1);
    assert_eq!(composed.places.len(), 4);
    let end = |row: Measure, n| {
        let word = composed.picture.words.iter().find(|word| word.key == (row.key(), Kind::End, n));
        word.map(|word| (word.text(), word.y)).unwrap()
    };
    for row in MEASURES {
        let place = composed.places.iter().find(|place| place.row == row.key()).unwrap();
        for (n, lane) in (0_u32..).zip(&lanes) {
            let (text, y) = end(row, n);
            assert!(text.starts_with(lane.name), "{text}");
            assert!(y >= place.top - 5.0 && y <= place.bottom + 3.0, "{text} at {y}");
        }
    }
    // Random waits longer under the same arrivals: its line ends above, on the scale of both.
    assert!(end(Measure::P99, 0).1 < end(Measure::P99, 1).1);
    let own = |role| {
        let drawn = |mark: &Mark| match mark {
            Mark::Line { role, width: 2.0, .. } => Some(*role),
            _ => None,
        };
        composed.picture.marks.iter().filter(|mark| drawn(mark) == Some(role)).count()
    };
    assert!(own(Role::LeastConnections) >= 4 && own(Role::Ink) >= 4);
    let said = summary(Measure::Goodput, &overlay, &lane_columns(&overlay), 20.0);
    assert!(
        said.starts_with("Goodput at 20.0 s: random ") && said.contains(", least_connections "),
        "{said}"
    );
}

#[test]
fn narrow_titles_stand_above_their_plots() {
    let (a, facts) = (series("random"), Facts::default());
    let lanes = [Lane { name: "a", role: Role::Ink, shape: Shape::Diamond, series: &a, facts: &facts }];
    let size = (360.0, natural_height(2, 360.0));
    let rows = [Measure::P99, Measure::Goodput];
    let overlay =
        Overlay { lanes: &lanes, rows: &rows, now_s: 9.0, cursor_s: Some(3.0), axis_s: (9.0, 20.0), size };
    let composed = compose(&overlay, &mut Scales::default(), 0.1);
    for (place, row) in composed.places.iter().zip(rows) {
        let title = |word: &&Word| word.key == (row.key(), Kind::Title, 0);
        let title = composed.picture.words.iter().find(title).unwrap();
        assert!(title.y < place.top - 8.0 && title.y > 0.0, "{title:?}");
    }
    assert!(composed.places[1].bottom <= size.1 - 20.0);
    assert!(composed.picture.words.iter().any(|word| word.text() == "3.0 s"));
}
