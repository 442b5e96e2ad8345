//! `doorbuster validate` as a stranger uses it on a folder of recordings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn validate(args: &[&str]) -> (i32, String, String) {
    let output: Output =
        Command::new(env!("CARGO_BIN_EXE_doorbuster")).arg("validate").args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn json(args: &[&str]) -> (i32, Value) {
    let (code, out, err) = validate(&[args, &["--format", "json"]].concat());
    (code, serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {err}")))
}

/// A folder with these files.
fn folder(name: &str, files: &[(&str, String)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    files.iter().for_each(|(name, text)| fs::write(folder.join(name), text).unwrap());
    folder
}

fn recording(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles").join(name).with_extension("json");
    fs::read_to_string(path).unwrap()
}

#[test]
fn what_ships_is_what_is_in_the_folder() {
    let (code, all) = json(&["--only", "recordings"]);
    let names: Vec<&str> =
        all["vectors"].as_array().unwrap().iter().map(|v| v["name"].as_str().unwrap()).collect();
    let oracles = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracles");
    let entries = fs::read_dir(oracles).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<String> = entries
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(names, files);
    // What is not met is known, and why; then that is no failure.
    let missed: Vec<&Value> =
        all["vectors"].as_array().unwrap().iter().filter(|v| v["passed"] == false).collect();
    assert!(missed.len() == 1 && missed[0]["name"] == "haproxy_urlparam_map_wt6_3", "{missed:?}");
    assert!(missed[0]["known_miss"].as_str().unwrap().contains("wt6"), "{missed:?}");
    assert_eq!((code, &all["passed"]), (0, &Value::Bool(true)));
}

/// A recording that is known not to be met must not be met: else the list is out of date, and that is a failure.
#[test]
fn a_known_miss_that_is_met_is_told() {
    let met = recording("nginx_wrr_5_1_1").replace("\"nginx_wrr_5_1_1\"", "\"haproxy_urlparam_map_wt6_3\"");
    let place = folder("vectors-known", &[("a.json", met)]);
    let (code, got) = json(&["--vectors", place.to_str().unwrap()]);
    assert_eq!((code, &got["vectors"][0]["passed"]), (1, &Value::Bool(true)));
    let (_, out, _) = validate(&["--vectors", place.to_str().unwrap()]);
    assert!(out.contains("met, though known as a miss"), "{out}");
}

#[test]
fn a_folder_of_ones_own_has_a_row_for_each_file() {
    let good = recording("nginx_wrr_5_1_1");
    let wrong =
        good.replace("\"nginx_wrr_5_1_1\"", "\"mine\"").replace("\"picks\": [0,0,", "\"picks\": [0,2,");
    assert_ne!(good, wrong);
    let files =
        [("a.json", good.clone()), ("b.json", wrong), ("c.json", "{".into()), ("README.md", "no".into())];
    let mixed = folder("vectors-mixed", &files);
    let (code, got) = json(&["--vectors", mixed.to_str().unwrap()]);
    assert_eq!((code, &got["passed"]), (1, &Value::Bool(false)));
    let rows = got["vectors"].as_array().unwrap();
    let shown: Vec<_> =
        rows.iter().map(|r| (r["name"].as_str().unwrap(), r["passed"].as_bool().unwrap())).collect();
    assert_eq!(shown, [("nginx_wrr_5_1_1", true), ("mine", false), ("c.json", false)]);
    assert_eq!((rows[0]["rows"].as_u64(), rows[0]["matched"].as_u64()), (Some(100), Some(100)));
    assert_eq!(rows[0]["kind"], "sequence");
    assert!(rows[0]["product"].as_str().unwrap().starts_with("nginx 1.22.1"), "{}", rows[0]);
    assert!(
        rows[1]["note"].as_str().unwrap().contains("request 1: recorded Sent(2), got Sent(0)"),
        "{}",
        rows[1]
    );
    assert!(rows[2]["note"].as_str().unwrap().contains("is no recording"), "{}", rows[2]);

    let one = folder("vectors-one", &[("a.json", good)]);
    let (code, out, _) = validate(&["--vectors", one.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("nginx_wrr_5_1_1") && out.contains("1 of 1 recordings met · nginx 1/1"), "{out}");
}

#[test]
fn a_folder_without_recordings_is_wrong_use() {
    let empty = folder("vectors-none", &[("README.md", "nothing".into())]);
    for (place, says) in
        [(empty.to_str().unwrap(), "no recordings there"), ("no/such/folder", "can't be read")]
    {
        let (code, out, err) = validate(&["--vectors", place]);
        assert!(code == 2 && out.is_empty() && err.contains(says) && err.contains("hint:"), "{err}");
    }
}

#[test]
fn a_theory_file_of_ones_own() {
    let case = |name: &str, exact: f64| {
        format!(
            r#"{{"name": "{name}", "kind": "finite_buffer", "params": {{"arrival_rate": 1, "capacity": 1}},
                "exact": {{"blocking_probability": {exact}}}, "source": "by hand"}}"#
        )
    };
    let files = [
        ("good.json", format!("[{}]", case("half", 0.5))),
        ("bad.json", format!("[{},{}]", case("half", 0.5), case("third", 0.33))),
        ("broken.json", "[{}]".to_owned()),
    ];
    let place = folder("theory", &files);
    let path = |name: &str| place.join(name).to_str().unwrap().to_owned();
    let (code, got) = json(&["--theory", &path("good.json")]);
    assert_eq!((code, &got["passed"], got["vectors"].as_array().unwrap().len()), (0, &Value::Bool(true), 0));
    let half = &got["theory"][0];
    assert_eq!((&half["name"], &half["kind"]), (&"half".into(), &"finite_buffer".into()));
    let measured = &half["measured"]["blocking_probability"];
    let (mean, width) = (measured["mean"].as_f64().unwrap(), measured["half_width"].as_f64().unwrap());
    assert!((mean - 0.5).abs() <= width && width <= 0.02 * mean, "{measured}");

    let (code, got) = json(&["--theory", &path("bad.json")]);
    assert_eq!(
        (code, &got["passed"], &got["theory"][0]["passed"]),
        (1, &Value::Bool(false), &Value::Bool(true))
    );
    assert!(got["theory"][1]["note"].as_str().unwrap().contains("exactly 0.33"), "{got}");
    let (code, out, _) = validate(&["--theory", &path("bad.json")]);
    assert!(code == 1 && out.contains("1 of 2 theory cases met") && out.contains("SHORT"), "{out}");

    let (code, out, err) = validate(&["--theory", &path("broken.json")]);
    assert!(code == 2 && out.is_empty() && err.contains("case 0: has no \"exact\""), "{err}");
}
