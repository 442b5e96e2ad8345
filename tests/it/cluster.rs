//! examples/cluster as it would be run: each script with the variables that its scheduler sets, on one grid, and joined
//! the runs of all are those of one machine.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_doorbuster");

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cluster")
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cluster").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A shell with a small sweep in its environment.
fn shell() -> Command {
    let mut shell = Command::new("sh");
    shell
        .env("DOORBUSTER", PROGRAM)
        .env("REPLICATIONS", "2")
        .env("SCENARIO", "sinkhole")
        .stdout(Stdio::null());
    shell
}

/// Every run, joined: its line without the order in which shards came.
fn runs(results: &Path) -> BTreeSet<String> {
    let shards: Vec<PathBuf> = fs::read_dir(results).unwrap().map(|entry| entry.unwrap().path()).collect();
    let shards: Vec<&PathBuf> = shards.iter().filter(|path| path.is_dir()).collect();
    let table = results.join("joined.csv");
    let joined =
        Command::new(PROGRAM).arg("merge").args(&shards).arg("--table").arg(&table).output().unwrap();
    assert!(joined.status.success(), "{}", String::from_utf8_lossy(&joined.stderr));
    fs::read_to_string(&table).unwrap().lines().map(str::to_owned).collect()
}

fn on_one_machine(name: &str) -> BTreeSet<String> {
    let results = folder(name);
    let status = shell().arg(examples().join("sweep.sh")).args(["1", "1"]).arg(&results).status().unwrap();
    assert!(status.success());
    runs(&results)
}

#[test]
fn a_job_array_of_slurm() {
    let place = folder("slurm");
    fs::copy(examples().join("sweep.sh"), place.join("sweep.sh")).unwrap();
    for task in 1..=3 {
        let status = shell()
            .arg(examples().join("slurm.sbatch"))
            .env("SLURM_ARRAY_TASK_ID", task.to_string())
            .env("SLURM_ARRAY_TASK_COUNT", "3")
            .env("SLURM_CPUS_PER_TASK", "2")
            .env("SLURM_SUBMIT_DIR", &place)
            .status()
            .unwrap();
        assert!(status.success());
    }
    let found = runs(&place.join("results"));
    assert_eq!(found.len(), 1 + 24, "12 points, 2 seeds and a head");
    assert_eq!(found, on_one_machine("one-of-slurm"));
}

/// The command of the container, with the paths of this machine.
#[test]
fn an_indexed_job_of_kubernetes() {
    let text = fs::read_to_string(examples().join("kubernetes.yaml")).unwrap();
    let line =
        text.lines().find_map(|line| line.trim().strip_prefix("args: ['")?.strip_suffix("']")).unwrap();
    let number =
        |key: &str| text.lines().find_map(|line| line.trim().strip_prefix(key)?.trim().parse::<u32>().ok());
    let shards = number("completions:").unwrap();
    let results = folder("kubernetes");
    let script = examples().join("sweep.sh");
    let line = line.replace("/opt/doorbuster/sweep.sh", script.to_str().unwrap());
    let line = line.replace("/results", results.to_str().unwrap());
    for index in 0..shards {
        let status =
            shell().args(["-c", &line]).env("JOB_COMPLETION_INDEX", index.to_string()).status().unwrap();
        assert!(status.success());
    }
    assert_eq!(runs(&results).len(), 1 + 24);
}

/// Where GNU parallel is installed.
#[test]
fn gnu_parallel() {
    let there = Command::new("parallel").arg("--version").output();
    if !there.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("GNU parallel")) {
        println!("GNU parallel is not here: not tried");
        return;
    }
    let results = folder("parallel");
    let output = shell()
        .arg(examples().join("parallel.sh"))
        .arg(&results)
        .env("SHARDS", "3")
        .env("PARALLEL_HOME", &results)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let table = fs::read_to_string(results.join("runs.csv")).unwrap();
    assert_eq!(table.lines().map(str::to_owned).collect::<BTreeSet<_>>(), on_one_machine("one-of-parallel"));
}
