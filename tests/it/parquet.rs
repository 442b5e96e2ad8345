//! Parquet files, read back: the same numbers, to the last bit, as the formats that people read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;

fn doorbuster(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_doorbuster")).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn place(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("parquet");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// Its columns by name, and what stands beside them.
fn read(path: &Path) -> (BTreeMap<String, Vec<Field>>, BTreeMap<String, String>) {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let about = reader.metadata().file_metadata().key_value_metadata().unwrap().iter();
    let about = about.map(|pair| (pair.key.clone(), pair.value.clone().unwrap_or_default())).collect();
    let mut columns: BTreeMap<String, Vec<Field>> = BTreeMap::new();
    for row in reader.get_row_iter(None).unwrap() {
        for (name, field) in row.unwrap().get_column_iter() {
            columns.entry(name.clone()).or_default().push(field.clone());
        }
    }
    (columns, about)
}

fn number(field: &Field) -> Option<f64> {
    match field {
        Field::Double(value) => Some(*value),
        Field::Null => None,
        other => panic!("{other:?} is no number"),
    }
}

#[test]
fn the_windows_of_a_run() {
    let path = place("run.parquet");
    let run = ["run", "black-friday", "--duration", "20s", "--seed", "7", "--format"];
    let (code, out, err) = doorbuster(&[&run[..], &["parquet", "--out", path.to_str().unwrap()]].concat());
    assert!(code == 0 && out.is_empty(), "{err}");
    let (_, out, _) = doorbuster(&[&run[..], &["json"]].concat());
    let report: Value = serde_json::from_str(&out).unwrap();
    let (columns, about) = read(&path);
    let expected = report["series"]["columns"].as_object().unwrap();
    assert!(columns.len() == expected.len() && columns.len() > 20);
    for (name, values) in expected {
        let values: Vec<Option<f64>> = values.as_array().unwrap().iter().map(Value::as_f64).collect();
        assert_eq!(columns[name].iter().map(number).collect::<Vec<_>>(), values, "{name}");
    }
    assert!(columns["p99_ms"].contains(&Field::Null), "a window without answers has no p99");
    assert_eq!(
        (about["seed"].as_str(), &about["digest"]),
        ("7", &report["digest"].as_str().unwrap().to_owned())
    );
    assert_eq!(serde_json::from_str::<Value>(&about["scenario"]).unwrap(), report["scenario"]);

    let (code, out, err) = doorbuster(&["run", "black-friday", "--format", "parquet"]);
    assert!(code == 2 && out.is_empty() && err.contains("--out FILE.parquet"), "{err}");
    let (code, _, err) = doorbuster(&["list", "scenarios", "--format", "parquet", "--out", "x"]);
    assert!(code == 2 && err.contains("not made by this command"), "{err}");
}

#[test]
fn the_points_and_the_runs_of_a_sweep() {
    let [points, runs, csv] = ["points.parquet", "runs.parquet", "runs.csv"].map(place);
    let sweep = |more: &[&str]| {
        let grid =
            ["sweep", "algorithms", "--vary", "replicas=10,12", "--replications", "3", "--duration", "13s"];
        // A seed beyond what a signed number holds keeps its bits.
        let done = doorbuster(&[&grid[..], &["--seed", "9000000000000000"], more].concat());
        assert_eq!(done.0, 0, "{}", done.2);
        done.1
    };
    sweep(&["--format", "parquet", "--out", points.to_str().unwrap(), "--table", runs.to_str().unwrap()]);
    let joined: Value =
        serde_json::from_str(&sweep(&["--format", "json", "--table", csv.to_str().unwrap()])).unwrap();
    let (columns, _) = read(&points);
    let mut row = 0;
    for point in joined["points"].as_array().unwrap() {
        for (measure, estimate) in point["estimates"].as_object().unwrap() {
            let at = (0..columns["measure"].len()).find(|&i| {
                columns["measure"][i] == Field::Str(measure.clone())
                    && columns["replicas"][i] == Field::Str(point["values"][0].as_str().unwrap().into())
            });
            let at = at.unwrap();
            assert_eq!(number(&columns["mean"][at]), estimate["mean"].as_f64());
            assert_eq!(number(&columns["half_width"][at]), estimate["half_width"].as_f64());
            assert_eq!(columns["replications"][at], Field::ULong(3));
            row += 1;
        }
    }
    assert_eq!(row, columns["mean"].len());
    let (columns, _) = read(&runs);
    let text = fs::read_to_string(&csv).unwrap();
    let head: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    for (i, line) in text.lines().skip(1).enumerate() {
        for (name, cell) in head.iter().zip(line.split(',')) {
            match &columns[*name][i] {
                Field::Double(value) => assert_eq!(cell.parse::<f64>().unwrap(), *value, "{name}"),
                Field::Null => assert_eq!(cell, "", "{name}"),
                Field::ULong(value) => assert_eq!(cell, value.to_string(), "{name}"),
                Field::Str(value) => assert_eq!(cell, value, "{name}"),
                other => panic!("{name}: {other:?}"),
            }
        }
    }
    assert_eq!(columns["digest"].len(), 6);
}
