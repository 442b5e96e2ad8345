use proptest::prelude::*;

use super::*;
use crate::scenario::{Change, TimedChange};
use crate::units::SimTime;

fn preset() -> Scenario {
    read_preset(&preset::PRESETS[0])
}

#[test]
fn every_preset_is_a_short_readable_query() {
    for preset in preset::PRESETS {
        let scenario = read_preset(preset);
        assert!(scenario.validate().is_ok(), "{}", preset.name);
        let (query, fragment) = address(&scenario, Some(preset.name)).unwrap();
        assert_eq!((query, fragment), (format!("scenario={}", preset.name), String::new()));
    }
}

#[test]
fn what_most_people_change_stays_readable() {
    let opened = open("?scenario=black-friday&algorithm=random&replicas=5&rate=12.5&seed=7&speed=2", "");
    assert_eq!(opened.notices, []);
    assert_eq!(opened.scenario.balancer.algorithm, "random");
    assert_eq!((opened.scenario.service[0].replicas, opened.scenario.run.seed), (5, 7));
    assert_eq!(open_rate(&opened.scenario), Some(12.5));
    assert_eq!(opened.rest, [("speed".to_owned(), "2".to_owned())]);
    let (query, fragment) = address(&opened.scenario, opened.preset).unwrap();
    assert_eq!(query, "scenario=black-friday&algorithm=random&replicas=5&rate=12.5&seed=7");
    assert_eq!(fragment, "");
}

#[test]
fn further_edits_and_recorded_changes_go_into_the_fragment() {
    let mut scenario = preset();
    scenario.service[0].workers = 7;
    scenario.plan(&TimedChange {
        at: SimTime(12_345_678_901),
        change: Change::Crash { replica: "app-2".into() },
    });
    let (query, fragment) = address(&scenario, Some("black-friday")).unwrap();
    assert!(fragment.len() < 2_000, "{} characters", fragment.len());
    let opened = open(&query, &format!("#{fragment}"));
    assert_eq!((opened.scenario, opened.notices), (scenario, vec![]));
}

#[test]
fn what_is_wrong_is_named_with_what_is_used() {
    for (query, used) in [
        ("scenario=black-fryday", "there is no such scenario; black-friday is used"),
        ("algorithm=least_conections", "there is no such algorithm; least_connections is used"),
        ("replicas=9999999", "a whole number from 0 to 1000 is needed; 1000 is used"),
        ("replicas=-3", "a whole number from 0 to 1000 is needed; 0 is used"),
        ("replicas=many", "is no whole number"),
        ("rate=1e300", "is more than a page can show; 100000/s is used"),
        ("rate=fast", "is no rate such as 40/s"),
        ("seed=1.5", "a whole number below 2⁵³ is needed"),
        ("seed=99999999999999999999", "a whole number below 2⁵³ is needed"),
    ] {
        let notices = open(query, "").notices;
        assert!(notices.len() == 1 && notices[0].used.to_string().contains(used), "{query}: {notices:?}");
    }
}

#[test]
fn damaged_fragments_leave_the_preset() {
    let packed = pack(&preset());
    let cut = &packed[..packed.len() / 2];
    let long = "A".repeat(PACKED_LIMIT);
    for text in ["v2.AAAA", "v1.", "v1.%%%", "v1.AAAA", cut, "", &format!("v1.{long}")] {
        let opened = open("scenario=black-friday", &format!("#s={text}"));
        assert_eq!(opened.notices.len(), 1, "{text}");
        assert_eq!(opened.scenario, preset(), "{text}");
    }
}

/// A few bytes that unpack to far more than a scenario are refused, not unpacked.
#[test]
fn a_bomb_is_refused() {
    let bytes = miniz_oxide::deflate::compress_to_vec(&vec![b' '; 8 << 20], 9);
    let text = format!("v1.{}", codec::base64_encode(&bytes));
    assert!(text.len() < PACKED_LIMIT && unpack(&text).is_err());
}

#[test]
fn base64_is_that_of_the_rfc() {
    for (bytes, text) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg")] {
        assert_eq!(codec::base64_encode(bytes.as_bytes()), text);
        assert_eq!(codec::base64_decode(text).as_deref(), Some(bytes.as_bytes()));
    }
}

proptest! {
    #[test]
    fn junk_never_panics_and_always_validates(query in ".{0,80}", fragment in ".{0,80}") {
        prop_assert!(open(&query, &fragment).scenario.validate().is_ok());
    }

    #[test]
    fn junk_values_never_panic(
        key in "scenario|algorithm|replicas|rate|seed|s", value in "[-0-9a-zA-Z._%+ ]{0,30}",
    ) {
        let opened = open(&format!("{key}={value}"), &format!("s=v1.{value}"));
        prop_assert!(opened.scenario.validate().is_ok());
    }

    #[test]
    fn links_round_trip(
        replicas in 1_u32..200, rate in 0.001..10_000.0_f64, seed in 0_u64..(1 << 53), queue in 0_u32..1_000,
        algorithm in 0_usize..4,
    ) {
        let mut scenario = preset();
        scenario.service[0].replicas = replicas;
        scenario.traffic.source[0].rate = Rate::new(rate).unwrap();
        scenario.run.seed = seed;
        scenario.balancer.queue = queue;
        scenario.balancer.algorithm = algorithm::CATALOG[algorithm].name.into();
        let (query, fragment) = address(&scenario, Some("black-friday")).unwrap();
        let opened = open(&query, &fragment);
        prop_assert_eq!(opened.notices, vec![]);
        prop_assert_eq!(opened.scenario, scenario);
    }

    #[test]
    fn percent_codec_round_trips(text in ".{0,60}") {
        prop_assert_eq!(percent_decode(&percent_encode(&text)), text);
    }
}
