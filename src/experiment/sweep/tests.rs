use super::*;
use crate::scenario::Scenario;

fn plan() -> SweepPlan {
    SweepPlan {
        version: "1".into(),
        scenario: serde_json::json!({ "name": "x" }),
        axes: vec![
            Axis { path: "a".into(), values: vec!["1".into(), "2".into()] },
            Axis { path: "b".into(), values: vec!["x".into(), "y".into(), "z".into()] },
        ],
        replications: 4,
        seed: 7,
    }
}

fn models() -> Vec<Model> {
    let model = |rate: u32| {
        let text = format!("[[traffic.source]]\nrate = {rate}\n[[service]]\n[run]\nduration = '20 s'");
        Scenario::from_toml_str(&text).and_then(|scenario| scenario.validate()).unwrap()
    };
    [10, 20, 30, 35, 40, 45].map(model).to_vec()
}

#[test]
fn the_last_axis_is_fastest() {
    let points = plan().points();
    let shown: Vec<String> = points.iter().map(|point| point.join("")).collect();
    assert_eq!(shown, ["1x", "1y", "1z", "2x", "2y", "2z"]);
    assert_eq!(plan().cells().len(), 24);
    assert_eq!(plan().cells()[7], Cell { point: 1, replication: 1 });
}

#[test]
fn shards_are_a_partition() {
    for of in [1, 2, 3, 5, 24, 30] {
        let mut all: Vec<Cell> = (1..=of).flat_map(|number| plan().shard(number, of)).collect();
        all.sort();
        let mut cells = plan().cells();
        cells.sort();
        assert_eq!(all, cells, "{of} shards");
    }
}

/// Five shards, each on other threads, written as lines and read again, are the sweep itself, to the last bit.
#[test]
fn joined_shards_are_the_whole() {
    let (plan, models) = (plan(), models());
    let whole = sweep(&models, plan.seed, &plan.cells(), 1, &|_| ());
    let mut parts = Vec::new();
    for number in (1..=5).rev() {
        let records = sweep(&models, plan.seed, &plan.shard(number, 5), number as usize, &|_| ());
        let lines: Vec<String> = records.iter().map(|r| serde_json::to_string(r).unwrap()).collect();
        parts.extend(lines.iter().map(|line| serde_json::from_str::<RunRecord>(line).unwrap()));
    }
    parts.push(parts[3].clone());
    assert_eq!(Sweep::of(&plan, &parts), Sweep::of(&plan, &whole));
    assert_eq!(csv(&plan, &parts), csv(&plan, &whole));
    assert_eq!(json_lines(&plan, &parts).lines().count(), 24);
    assert_eq!(Sweep::of(&plan, &parts[..20]).missing, 4);
}

/// Quantiles of all replications together are those of one histogram of all values, not a mean of quantiles.
#[test]
fn histograms_are_added() {
    let (mut few, mut many, mut both) = (Quantiles::default(), Quantiles::default(), Quantiles::default());
    for i in 1..=1_000_u64 {
        let (short, long) = (SimDuration(i * 1_000), SimDuration(i * 1_000_000));
        many.record(short);
        both.record(short);
        if i % 50 == 0 {
            few.record(long);
            both.record(long);
        }
    }
    let mut joined = Histogram::from(&many).quantiles();
    joined.merge(&Histogram::from(&few).quantiles());
    assert_eq!(Times::from(&joined), Times::from(&both));
}

use crate::units::SimDuration;

#[test]
fn the_headline_says_what_can_not_be_told() {
    let plan = SweepPlan {
        axes: vec![Axis { path: "rate".into(), values: vec!["10".into(), "45".into()] }],
        ..plan()
    };
    let ends = [models()[0].clone(), models()[5].clone()];
    let clear = Sweep::of(&plan, &sweep(&ends, 1, &plan.cells(), 2, &|_| ()));
    assert!(clear.headline.starts_with("p99 is lowest with 10: "), "{}", clear.headline);
    assert!(!clear.headline.contains("not enough"), "{}", clear.headline);
    let same = [models()[3].clone(), models()[3].clone()];
    let open = Sweep::of(&plan, &sweep(&same, 1, &plan.cells(), 2, &|_| ()));
    assert!(open.headline.contains("not enough to tell"), "{}", open.headline);
    assert_eq!(open.points[0].response_time_ms, open.points[1].response_time_ms);
}
