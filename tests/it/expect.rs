//! `--assert` in `compare`, `sweep` and `merge`, and the pictures of their pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn doorbuster(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_doorbuster")).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn place(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("expect");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// Ten replicas at 80 %: at random p99 is several times that of least connections, 23 against 6 mean work times.
const COMPARE: &[&str] = &[
    "compare",
    "algorithms",
    "-a",
    "random",
    "-a",
    "least_connections",
    "--replications",
    "5",
    "--duration",
    "60s",
];

#[test]
fn comparisons_decide_the_exit_code() {
    for (condition, expected, says) in [
        ("failed_share = 0", 0, "in all 2 places"),
        ("least_connections: p99 < 10 s", 0, "under least_connections, p99 is "),
        ("least_connections beats random: p99", 0, "times lower"),
        ("random beats least_connections: p99", 1, "least_connections beats random"),
        ("p99 < 1 us", 1, "under random, p99 is "),
        ("p99 < 200", 2, "must be a time with its unit"),
        ("randon: p99 < 1 s", 2, "did you mean \"random\"?"),
        ("random: max < 1 us", 1, "under random, max is "),
        ("least_connections beats random: waiting_p99", 0, "p99 of waiting"),
    ] {
        let (code, out, err) = doorbuster(&[COMPARE, &["--assert", condition]].concat());
        assert_eq!(code, expected, "{condition}\n{err}");
        let word = ["holds: ", "does not hold: ", "--assert "][expected as usize];
        assert!(err.contains(word) && err.contains(condition) && err.contains(says), "{condition}\n{err}");
        // What can't be asked is refused before the work.
        assert_eq!(out.is_empty(), expected == 2, "{condition}");
    }
}

/// What is asked for besides is a column of its own; the usual ones stay.
#[test]
fn comparisons_are_made_on_any_measure() {
    let (code, out, err) =
        doorbuster(&[COMPARE, &["--measure", "max", "-m", "p90", "--format", "csv"]].concat());
    assert_eq!(code, 0, "{err}");
    for measure in ["p99", "max", "p90", "fairness"] {
        assert!(out.contains(&format!("\nrandom,{measure},")), "{measure}\n{out}");
    }
    let (_, out, _) = doorbuster(&[COMPARE, &["--measure", "max", "--format", "markdown"]].concat());
    assert!(out.contains("| fairness | max |"), "{out}");
    let (code, _, err) = doorbuster(&[COMPARE, &["-m", "p98", "-m", "nonsense"]].concat());
    assert!(
        code == 2 && err.contains("did you mean \"p9") && err.contains("\"nonsense\" is no measure"),
        "{err}"
    );
}

const SWEEP: &[&str] =
    &["sweep", "algorithms", "--vary", "replicas=9,12", "--replications", "4", "--duration", "30s"];

#[test]
fn sweeps_decide_the_exit_code() {
    for (condition, expected, says) in [
        ("failed_share <= 0", 0, "in all 2 places"),
        ("replicas=12: p99 < 10 s", 0, "under replicas=12, p99 is "),
        ("p99 < 1 us", 1, "under replicas=9, p99 is "),
        ("replicas=11: p99 < 1 s", 2, "no value of it; known: 9, 12"),
        ("a beats b: p99", 2, "in compare"),
    ] {
        let (code, out, err) = doorbuster(&[SWEEP, &["--assert", condition]].concat());
        assert_eq!(code, expected, "{condition}\n{err}");
        assert!(err.contains(says), "{condition}\n{err}");
        assert_eq!(out.is_empty(), expected == 2, "{condition}");
    }
    let folder = place("shard");
    let _ = fs::remove_dir_all(&folder);
    let folder = folder.to_str().unwrap();
    let shard = ["--shard", "1/2", "--into", folder];
    let (code, _, err) = doorbuster(&[SWEEP, &shard, &["--assert", "p99 < 1 s"]].concat());
    assert!(code == 2 && err.contains("doorbuster merge"), "{err}");
    assert_eq!(doorbuster(&[SWEEP, &["--into", folder]].concat()).0, 0);
    assert_eq!(doorbuster(&["merge", folder, "--assert", "p99 < 10 s"]).0, 0);
    assert_eq!(doorbuster(&["merge", folder, "--assert", "p99 < 1 us"]).0, 1);
}

/// Each picture is there in both palettes, with a title and a sentence, and every number of it is in the table below.
#[test]
fn pages_have_pictures() {
    for (name, args, titles) in [
        (
            "lines.html",
            &["--vary", "algorithm=random,least_connections", "--vary", "replicas=9,10,12"][..],
            "p99 over replicas",
        ),
        (
            "grid.html",
            &["--vary", "replicas=9,12", "--vary", "balancer.queue=0,50"],
            "p99 over replicas and balancer.queue",
        ),
        ("rows.html", &["--vary", "algorithm=random,least_connections"], "p99"),
    ] {
        let path = place(name);
        let tail = ["--replications", "3", "--duration", "15s", "--report", path.to_str().unwrap()];
        let (code, _, err) = doorbuster(&[&["sweep", "algorithms"], args, &tail].concat());
        assert_eq!(code, 0, "{err}");
        let page = fs::read_to_string(&path).unwrap();
        assert_eq!(page.matches(&format!("<title>{titles}</title>")).count(), 2, "{name}");
        assert_eq!(
            page.matches("<svg xmlns").count() % 4,
            2,
            "p99, mean and goodput in two palettes; nothing fails"
        );
        assert!(page.contains("<figcaption") && page.contains("is between") && page.contains("<table>"));
        assert!(!page.contains("<script") && !page.contains("href=\"h"), "one file that needs nothing else");
    }
    let path = place("compare.html");
    let (code, _, err) = doorbuster(&[COMPARE, &["--report", path.to_str().unwrap()]].concat());
    assert_eq!(code, 0, "{err}");
    let page = fs::read_to_string(&path).unwrap();
    assert!(page.contains("<title>p99</title>") && page.contains("p99 is between "), "{page}");
}
