//! `doorbuster sweep` and `merge` as a job array uses them, and what is made of runs for others to read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn doorbuster(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_doorbuster")).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sweep").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    folder
}

/// Three queues under two algorithms, four seeds each: 24 short runs.
fn sweep(more: &[&str]) -> (i32, String, String) {
    let grid = ["sweep", "algorithms", "--duration", "13s", "--replications", "4"];
    let vary = ["--vary", "algorithm=round_robin,least_connections", "--vary", "replicas=9,10,12"];
    doorbuster(&[&grid[..], &vary[..], more].concat())
}

fn path(folder: &Path) -> &str {
    folder.to_str().unwrap()
}

#[test]
fn joined_shards_print_what_the_whole_prints() {
    let whole = sweep(&["--format", "json", "--jobs", "1"]);
    assert_eq!(whole.0, 0, "{}", whole.2);
    let parts: Vec<PathBuf> = (1..=3).map(|i| folder(&format!("part-{i}"))).collect();
    for (i, part) in parts.iter().enumerate() {
        let shard = format!("{}/3", i + 1);
        let (code, out, err) = sweep(&["--shard", &shard, "--into", path(part), "--jobs", "2"]);
        assert!(code == 0 && out.is_empty() && err.contains("8 runs"), "{err}");
    }
    let all: Vec<&str> = ["merge"].into_iter().chain(parts.iter().map(|part| path(part))).collect();
    let (code, out, err) = doorbuster(&[&all[..], &["--format", "json"]].concat());
    assert_eq!((code, out), (0, whole.1), "{err}");

    // Two of three: what is there is shown, and what is missing is an error.
    let (code, out, err) = doorbuster(&all[..3]);
    assert!(code == 2 && out.contains("8 runs missing") && err.contains("hint:"), "{out}{err}");
}

/// A run that was cut off goes on: whole lines are kept, the torn one is run again.
#[test]
fn goes_on_where_it_stopped() {
    let place = folder("resumed");
    let whole = sweep(&["--into", path(&place), "--format", "csv"]);
    assert_eq!(whole.0, 0, "{}", whole.2);
    let file = place.join("runs-1-of-1.jsonl");
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text.lines().count(), 24);
    let ten: usize = text.split_inclusive('\n').take(10).map(str::len).sum();
    fs::write(&file, &text[..ten + 40]).unwrap();
    let again = sweep(&["--into", path(&place), "--format", "csv"]);
    assert!(again.2.contains("10 of 24 runs are done already."), "{}", again.2);
    assert_eq!(again.1, whole.1);
    let mut lines: Vec<String> = fs::read_to_string(&file).unwrap().lines().map(str::to_owned).collect();
    let mut before: Vec<&str> = text.lines().collect();
    lines.sort();
    before.sort_unstable();
    assert_eq!(lines, before);

    let other = doorbuster(&["sweep", "algorithms", "--vary", "replicas=1,2", "--into", path(&place)]);
    assert!(other.0 == 2 && other.2.contains("runs of another sweep"), "{}", other.2);
}

#[test]
fn tables_and_pages() {
    let place = folder("tables");
    fs::create_dir_all(&place).unwrap();
    let [rows, lines, html] = ["a.csv", "a.jsonl", "a.html"].map(|name| place.join(name));
    let (code, text, err) = sweep(&["--table", path(&rows), "--report", path(&html)]);
    assert_eq!(code, 0, "{err}");
    assert!(
        text.contains("p99 is lowest with least_connections, 12") || text.contains("not enough to tell"),
        "{text}"
    );
    let csv = fs::read_to_string(&rows).unwrap();
    assert!(
        csv.starts_with("algorithm,replicas,replication,seed,mean,") && csv.lines().count() == 25,
        "{csv}"
    );
    let page = fs::read_to_string(&html).unwrap();
    assert!(page.contains("algorithms by algorithm and replicas") && !page.contains("href=\"h"), "{page}");
    sweep(&["--table", path(&lines)]);
    let first: Value =
        serde_json::from_str(fs::read_to_string(&lines).unwrap().lines().next().unwrap()).unwrap();
    assert_eq!((&first["algorithm"], &first["replicas"]), (&"round_robin".into(), &"9".into()));
    assert!(first["p99"].as_f64().unwrap() > 0.0 && first["digest"].as_str().unwrap().len() == 16);
}

#[test]
fn wrong_use_is_told() {
    for (args, says) in [
        (&["--vary", "replicas"][..], "has no ="),
        (&["--vary", "replicas=1,1"], "there twice"),
        (&["--vary", "seed=1,2"], "can't vary the seed"),
        (&["--vary", "replicas=1", "--vary", "replicas=2"], "given twice"),
        (&["--vary", "service.app.colour=1,2"], "colour"),
        (&["--vary", "replicas=1,2", "--table", "x.xlsx"], ".csv, .jsonl or .parquet"),
        (&["--vary", "replicas=1,2", "--shard", "3/2", "--into", "x"], "no shard"),
        (
            &["--vary", "replicas=1,2", "--replications", "100000", "--vary", "balancer.queue=1,2,3,4,5,6"],
            "at most",
        ),
    ] {
        let (code, out, err) = doorbuster(&[&["sweep", "algorithms"], args].concat());
        assert!(code == 2 && out.is_empty() && err.contains(says), "{args:?}: {err}");
    }
    let (code, _, err) = doorbuster(&["merge", "no/such/folder"]);
    assert!(code == 2 && err.contains("can't be read") && err.contains("hint:"), "{err}");
}

/// A run as one page: no script, nothing fetched, both palettes, a picture with words.
#[test]
fn a_page_needs_nothing_else() {
    let place = folder("page");
    fs::create_dir_all(&place).unwrap();
    let file = place.join("run.html");
    let (code, _, err) = doorbuster(&["run", "black-friday", "--report", path(&file)]);
    assert_eq!(code, 0, "{err}");
    let page = fs::read_to_string(&file).unwrap();
    for part in [
        "<html lang=\"en\">",
        "prefers-color-scheme:dark",
        "@media print",
        "role=\"img\"",
        "<caption>",
        "<svg",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let foreign = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!foreign.contains("http") && !page.contains("<script") && !page.contains("url("));
    assert_eq!((page.matches("class=\"light\"").count(), page.matches("class=\"dark\"").count()), (1, 1));
    let compared = place.join("compare.html");
    let args =
        ["compare", "sinkhole", "-a", "random", "-a", "round_robin", "--replications", "3", "--report"];
    assert_eq!(doorbuster(&[&args[..], &[path(&compared)]].concat()).0, 0);
    assert!(fs::read_to_string(&compared).unwrap().contains("<h2>Differences</h2>"));
}

/// The first run writes it, the same run agrees, another one does not and says where.
#[test]
fn golden_reports() {
    let place = folder("golden");
    fs::create_dir_all(&place).unwrap();
    let file = place.join("sinkhole.md");
    let run = |more: &[&str]| doorbuster(&[&["run", "sinkhole", "--golden", path(&file)], more].concat());
    let (code, _, err) = run(&[]);
    assert!(code == 0 && err.contains("commit it"), "{err}");
    assert_eq!(run(&[]).0, 0);
    let (code, _, err) = run(&["--seed", "2"]);
    assert!(code == 1 && err.contains("sinkhole.md:") && err.contains("was:"), "{err}");
}

/// What to mind, and what to do about it, for each.
#[test]
fn cautions() {
    let kinds = |args: &[&str]| -> Vec<String> {
        let (_, out, err) = doorbuster(&[&["run"], args, &["--format", "json"]].concat());
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {err}"));
        let warnings = report["warnings"].as_array().unwrap();
        assert!(warnings.iter().all(|w| w["remedy"].as_str().unwrap().len() > 10), "{warnings:?}");
        warnings.iter().map(|w| w["kind"].as_str().unwrap().to_owned()).collect()
    };
    let has = |args: &[&str], kind: &str| {
        let found = kinds(args);
        assert!(found.iter().any(|k| k == kind), "{kind}: {found:?}");
    };
    has(&["algorithms", "--replicas", "5"], "overloaded");
    has(&["algorithms", "--duration", "11s"], "too_few_samples");
    has(
        &["open-or-closed", "--set", "traffic.source[0].kind=users", "--set", "traffic.source[0].users=1"],
        "coordinated_omission",
    );
    has(&["open-or-closed", "--duration", "20s"], "wide_interval");
    // Near saturation a run of 40 s begins far below its mean.
    has(
        &["algorithms", "-a", "random", "--set", "traffic.source[0].rate=495/s", "--duration", "40s"],
        "not_settled",
    );
    let (_, out, _) =
        doorbuster(&["compare", "sinkhole", "-a", "random", "-a", "first", "--replications", "1"]);
    let (_, two, _) =
        doorbuster(&["compare", "sinkhole", "-a", "random", "-a", "power_of_d", "--replications", "1"]);
    assert!(two.contains("one seed") && two.contains("--replications 10"), "{out}{two}");
}
