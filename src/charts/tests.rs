//! Charts of made-up runs: whatever the numbers are, nothing panics, everything adds up and stays in place.

use proptest::prelude::*;

use super::data::{Facts, ReplicaFacts, columns, reading};
use super::event::EventLine;
use super::group::by_group;
use super::mark::{Kind, Mark};
use super::table::table;
use super::theme::{ROLES, Role, Theme};
use super::view::{Extent, Scales, View};
use super::{Composed, ROWS, Row, compose, summary, whole};
use crate::lang::Lang;
use crate::observe::{OUTCOMES, Outcome, Point, ReplicaPoint, ReplicaState, Series};

/// A run like Black Friday in windows of 0.2 s: calm for ten seconds, then a hundred times as much; at 16 s
/// the second replica is killed, at 20.4 s a third is added.
pub(super) fn black_friday(windows: usize) -> Series {
    let names = ["app-1", "app-2", "app-3"].map(str::to_owned).to_vec();
    let point = |n: usize| {
        let at_s = (n + 1) as f64 * 0.2;
        let full = ((at_s - 10.0) / 2.0).clamp(0.0, 1.0);
        let wave = ((n * 7919) % 13) as f64 / 13.0;
        let asked = (2.0 + 158.0 * full + 10.0 * wave * full) as u32;
        let served = asked.min(if at_s > 16.0 { 46 } else { 100 });
        let mut ended = [0; OUTCOMES.len()];
        ended[Outcome::Ok as usize] = served;
        ended[Outcome::QueueFull as usize] = asked - served;
        ended[Outcome::ClientGaveUp as usize] = if at_s > 14.0 { 2 } else { 0 };
        ended[Outcome::OutOfMemory as usize] = if n == 80 { 192 } else { 0 };
        ended[Outcome::SessionLost as usize] = if (88..91).contains(&n) { 46 } else { 0 };
        let p50 = (11.0 + 1_600.0 * full * full) as f32;
        let replica = |id, state, cpu: f64, memory: f64, connections: f64| ReplicaPoint {
            id,
            state,
            cpu: cpu as f32,
            memory: memory as f32,
            connections: connections as u32,
            waiting: 0,
            running: 0,
            answered: 0,
        };
        let mut replicas =
            vec![replica(0, ReplicaState::Ready, 0.02 + 0.98 * full, 0.4 + 0.53 * full, 192.0 * full)];
        replicas.push(match at_s {
            at if at > 16.1 => replica(1, ReplicaState::BackingOff, 0.0, 0.0, 0.0),
            _ => replica(1, ReplicaState::Ready, 0.02 + 0.98 * full, 0.42 + 0.57 * full * full, 180.0 * full),
        });
        if at_s > 20.4 {
            replicas.push(replica(2, ReplicaState::Starting, 0.3 + 0.2 * wave, 0.25, 0.0));
        }
        Point {
            at_s,
            offered: asked,
            ended,
            attempts: asked,
            response_ms: (n > 0).then_some([p50, p50 * 1.3, p50 * 1.4 + 5.0]),
            queue: (200.0 * ((at_s - 11.8) / 1.0).clamp(0.0, 1.0)) as u32,
            in_flight: 0,
            sessions_alive: 0,
            sessions_lost: 0,
            asked_rate: asked as f32 * 5.0,
            replicas,
        }
    };
    Series { window_s: 0.2, points: (0..windows).map(point).collect(), names }
}

pub(super) fn facts() -> Facts {
    let replica = |until_s| ReplicaFacts {
        service: 0,
        cores: Some(1.0),
        memory_limited: true,
        connections_limit: Some(192),
        until_s,
        died: None,
    };
    Facts {
        lang: Lang::En,
        client_timeout_s: Some(2.4),
        duration_s: Some(60.0),
        works: vec![("app".to_owned(), 0.004)],
        queue_limit: Some(200),
        theory: None,
        replicas: vec![replica(None), replica(Some(26.0)), replica(Some(26.4))],
    }
}

fn events() -> Vec<EventLine> {
    [(10.0, "Black Friday: +10,000 %"), (16.0, "app-2 killed"), (20.4, "app-3 added")]
        .map(|(at_s, label)| EventLine { at_s, label: label.to_owned(), icon: "bolt", weight: 9 })
        .to_vec()
}

fn composed(series: &Series, facts: &Facts, now_s: f64, size: (f64, f64)) -> Composed {
    composed_of(&ROWS, series, facts, now_s, size)
}

pub(super) fn composed_of(
    rows: &[Row],
    series: &Series,
    facts: &Facts,
    now_s: f64,
    (width, height): (f64, f64),
) -> Composed {
    let events = events();
    let view = View {
        series,
        facts,
        events: &events,
        rows,
        now_s,
        cursor_s: None,
        width,
        height,
        above: 0.0,
        mark_now: true,
    };
    let columns = columns(series, facts, now_s, width as usize);
    let scales = Scales::fitting(&Extent::of(&columns, facts), now_s, view.blank(), None);
    compose(&view, &columns, scales)
}

#[test]
fn every_row_is_there_in_words() {
    let charts = composed(&black_friday(123), &facts(), 24.6, (1_090.0, 384.0));
    let words: Vec<String> = charts.picture.words.iter().map(|word| word.text()).collect();
    for word in [
        "Response time",
        "log scale",
        "p99 2.26 s",
        "p50 1.61 s",
        "client gives up at 2.4 s",
        "queue full 591/s",
        "client gave up 10/s",
        "ok 230/s",
        "capacity 500/s",
        "out of memory: 192",
        "session lost: 138",
        "not there yet",
        "CPU 100 %",
        "memory 93 %",
        "restarts in 1.4 s",
        "ready in 1.8 s",
        "queue 200 of 200",
        "app-1 192 of 192",
        "0 s",
        "30",
    ] {
        assert!(words.iter().any(|said| said == word), "{word:?} is missing in {words:#?}");
    }
}

/// The stack's height over all windows of 0.6 s that tile the run is what the ledger counted.
#[test]
fn stacking_adds_up_to_the_ledger() {
    let (series, facts) = (black_friday(123), facts());
    let fine = columns(&series, &facts, 24.6, 1_000);
    assert_eq!(fine.len(), 123);
    let stacked: f64 =
        fine.iter().skip(2).step_by(3).map(|column| column.rates.iter().sum::<f64>() * 0.6).sum();
    let counted: u64 = series.points.iter().flat_map(|point| point.ended).map(u64::from).sum();
    assert!((stacked - counted as f64).abs() < 1e-6, "{stacked} {counted}");
    // Coarse columns lose nothing either: 123 windows in columns of 4.
    let coarse = columns(&series, &facts, 24.6, 40);
    assert_eq!(coarse.len(), 31);
    let full: f64 = coarse[..30].iter().map(|column| column.rates.iter().sum::<f64>() * 0.8).sum();
    let counted: u64 = series.points[..120].iter().flat_map(|point| point.ended).map(u64::from).sum();
    assert!((full - counted as f64).abs() < 1e-6, "{full} {counted}");
    let reading = reading(&series, 24.6).unwrap();
    let counted: u64 = series.points.iter().flat_map(|point| point.ended).map(u64::from).sum();
    assert_eq!(reading.totals.iter().sum::<u64>(), counted);
    assert_eq!(by_group(&reading.totals)[2], 192);
}

#[test]
fn a_time_that_is_gone_back_to_shows_nothing_later() {
    let charts = composed(&black_friday(123), &facts(), 9.0, (1_090.0, 384.0));
    let words: Vec<String> = charts.picture.words.iter().map(|word| word.text()).collect();
    assert!(words.iter().any(|word| word == "15"), "the axis ends at 15 s: {words:?}");
    assert!(!words.iter().any(|word| word.contains("queue full") || word.contains("out of memory")));
    assert!(!words.iter().any(|word| word == "app-3"), "there is no third replica yet");
}

#[test]
fn summaries_say_what_happened() {
    let (series, facts) = (black_friday(123), facts());
    let said = |row| summary(row, &series, &facts, 24.6);
    assert_eq!(
        said(Row::Response),
        "p99 rose from 20.4 ms to 2.26 s at 10.6 s; it is 2.26 s now, p50 1.61 s."
    );
    let outcomes = said(Row::Outcomes);
    assert!(
        outcomes.starts_with(
            "230 answers a second are ok now and 601 failures (591 queue full, 10 client gave up); "
        ),
        "{outcomes}"
    );
    assert!(
        said(Row::Share).contains("app-1 uses 100 % of its CPU and 93 % of its memory; app-2 is backing off")
    );
    assert!(said(Row::Queue).starts_with("200 of 200 places in the balancer's queue are taken; app-1 has"));
    for row in ROWS {
        assert!(summary(row, &Series::default(), &Facts::default(), 0.0).ends_with("nothing yet."));
    }
}

#[test]
fn tables_hold_the_windows_as_recorded() {
    let series = black_friday(123);
    let outcomes = table(Lang::En, Row::Outcomes, &series, 24.6, 50);
    let names: Vec<&str> = outcomes.headings.iter().map(|heading| heading.name.as_str()).collect();
    assert_eq!(
        names,
        ["time", "offered", "ok", "session lost", "out of memory", "client gave up", "queue full"]
    );
    assert_eq!(outcomes.rows.len(), 50);
    assert_eq!(outcomes.rows[49][0], "24.600");
    for row in ROWS {
        let table = table(Lang::En, row, &series, 24.6, 200);
        assert!(table.rows.len() == 123 && table.rows.iter().all(|row| row.len() == table.headings.len()));
        assert_eq!(table.to_csv().lines().count(), 124);
    }
    assert!(
        table(Lang::En, Row::Share, &series, 24.6, 5)
            .to_csv()
            .starts_with("time (s),app-1 state,app-1 CPU (%)")
    );
}

#[test]
fn the_picture_in_a_file_has_marks_and_words() {
    for theme in [Theme::Light, Theme::Dark, Theme::Projector] {
        let svg = whole(&black_friday(123), &facts(), &events(), theme, (960.0, 480.0)).unwrap();
        for part in
            ["Response time", "queue full", "591/s", "app-2 killed", "<polyline", "<polygon", "p99 rose"]
        {
            assert!(svg.contains(part), "{part}");
        }
        let area = theme.colour(Role::RefusedArea).hex();
        assert!(svg.contains(&area), "{theme:?} {area}");
        assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count());
    }
}

#[test]
fn names_are_escaped_in_files() {
    let mut series = black_friday(10);
    series.names[0] = "<a&b>".to_owned();
    let svg = whole(&series, &facts(), &[], Theme::Light, (960.0, 480.0)).unwrap();
    assert!(svg.contains("&lt;a&amp;b&gt;") && !svg.contains("<a&b>"));
}

#[test]
fn every_colour_is_named_once() {
    let mut names: Vec<&str> = ROLES.iter().map(|role| role.property()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), ROLES.len());
}

fn any_replica() -> impl Strategy<Value = ReplicaPoint> {
    let state = prop::sample::select(vec![
        ReplicaState::Created,
        ReplicaState::Starting,
        ReplicaState::Ready,
        ReplicaState::Draining,
        ReplicaState::BackingOff,
        ReplicaState::Down,
        ReplicaState::NotStarted,
        ReplicaState::Removed,
    ]);
    let share = prop_oneof![0.0_f32..1.5, Just(f32::NAN), Just(f32::INFINITY)];
    (0_u32..30, state, share.clone(), share, 0_u32..5_000).prop_map(
        |(id, state, cpu, memory, connections)| ReplicaPoint {
            id,
            state,
            cpu,
            memory,
            connections,
            waiting: 0,
            running: 0,
            answered: 0,
        },
    )
}

fn any_point() -> impl Strategy<Value = Point> {
    let count = prop_oneof![Just(0_u32), 0_u32..100, Just(u32::MAX)];
    let ms = prop_oneof![0.0_f32..10.0, 0.0_f32..1e9, Just(0.0), Just(1e18)];
    let response = prop::option::of((ms.clone(), ms).prop_map(|(a, b)| [a.min(b), a.min(b), a.max(b)]));
    let ended = prop::collection::vec(count.clone(), OUTCOMES.len());
    let replicas = prop::collection::vec(any_replica(), 0..6);
    (count, ended, response, 0_u32..3_000, replicas).prop_map(
        |(offered, counts, response_ms, queue, mut replicas)| {
            replicas.sort_by_key(|replica| replica.id);
            replicas.dedup_by_key(|replica| replica.id);
            let mut ended = [0; OUTCOMES.len()];
            ended.copy_from_slice(&counts);
            Point {
                at_s: 0.0,
                offered,
                ended,
                attempts: offered,
                response_ms,
                queue,
                in_flight: 0,
                sessions_alive: 0,
                sessions_lost: 0,
                asked_rate: 0.0,
                replicas,
            }
        },
    )
}

fn any_series() -> impl Strategy<Value = Series> {
    let window = prop_oneof![Just(0.2), Just(1e-6), Just(3_600.0)];
    (prop::collection::vec(any_point(), 0..40), window).prop_map(|(mut points, window_s)| {
        for (n, point) in points.iter_mut().enumerate() {
            point.at_s = (n + 1) as f64 * window_s;
        }
        Series { window_s, points, names: vec!["app-1".to_owned(), "app-2".to_owned()] }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_stay_on_the_page(
        series in any_series(),
        known in any::<bool>(),
        share in 0.0..1.2_f64,
        (width, height) in (1.0..2_000.0_f64, 0.0..900.0_f64),
    ) {
        let facts = if known { facts() } else { Facts::default() };
        let now = series.points.last().map_or(0.0, |point| point.at_s) * share;
        let charts = composed(&series, &facts, now, (width, height.max(200.0)));
        let right = charts.plot.right() + 8.0;
        for mark in &charts.picture.marks {
            let (Mark::Line { path, .. } | Mark::Area { path, .. } | Mark::Dots { at: path, .. }) = mark;
            for &(x, y) in path {
                prop_assert!((0.0..=right).contains(&x), "{x} of {right} in {mark:?}");
                prop_assert!((-8.0..=height.max(200.0) + 8.0).contains(&y), "{y} in {mark:?}");
            }
        }
        prop_assert!(charts.picture.words.iter().all(|word| word.x.is_finite() && word.y.is_finite()));
        for row in ROWS {
            let mut ys: Vec<f64> = charts.picture.words.iter()
                .filter(|word| word.key.0 == row && word.key.1 == Kind::End && row != Row::Share)
                .map(|word| word.y).collect();
            ys.sort_by(f64::total_cmp);
            prop_assert!(ys.windows(2).all(|pair| pair[1] - pair[0] >= 14.0), "{row:?} {ys:?}");
            let _ = (summary(row, &series, &facts, now), table(Lang::En, row, &series, now, 50));
        }
        whole(&series, &facts, &events(), Theme::Dark, (width, height)).unwrap();
    }
}

/// A replica that was gone before anybody looked at the world is still part of the capacity of its time.
#[test]
fn what_is_gone_is_known_from_the_model() {
    let text = crate::scenario::preset::find("black-friday").unwrap().text;
    let model = crate::scenario::Scenario::from_toml_str(text).unwrap().validate().unwrap();
    let mut facts = Facts::default();
    let names = ["app-1", "app-2", "app-3"].map(str::to_owned);
    facts.know(&model, &names);
    let then = &black_friday(1).points[0].replicas;
    // 8 ms a request: 125 a second for each core.
    let capacity =
        facts.capacity(&[ReplicaPoint { id: 0, ..then[0] }, ReplicaPoint { id: 2, ..then[0] }]).unwrap();
    assert!((capacity - 250.0).abs() < 1e-9, "{capacity}");
    facts.learn(&crate::observe::Snapshot::default());
    assert!(facts.replica(1).cores.is_some(), "what is known is kept");
}

/// Half of the linear axis is half of its end: 2.26 s of p99 need 5 s (1, 2 or 5 × 10ⁿ), so p99 ends at 45 % of the
/// height, where the logarithmic one has it in its upper fifth.
#[test]
fn a_linear_scale_is_linear() {
    let rows = [Row::Response, Row::Linear];
    let charts = composed_of(&rows, &black_friday(123), &facts(), 24.6, (1_090.0, 260.0));
    let height = |row: usize| {
        let place = &charts.places[row];
        let p99 = charts.picture.words.iter().find(|word| word.key == (place.row, Kind::End, 0)).unwrap();
        (place.bottom - p99.y) / (place.bottom - place.top)
    };
    assert!((height(1) - 2.26 / 5.0).abs() < 0.08, "{}", height(1));
    assert!(height(0) > 0.8, "{}", height(0));
    let words: Vec<String> = charts.picture.words.iter().map(|word| word.text()).collect();
    assert!(
        words.iter().any(|word| word == "linear scale") && words.iter().any(|word| word == "5 s"),
        "{words:?}"
    );
}
