//! The command line as a user meets it: exit codes, words, formats.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A short run without trouble: one replica at 40 %.
const CALM: &str = r#"
name = "calm"
[[traffic.source]]
rate = "40/s"
[[traffic.class]]
demand = "exponential 10 ms"
[[service]]
name = "app"
replicas = 2
[run]
duration = "5 s"
"#;

fn doorbuster(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_doorbuster")).args(args).output().unwrap()
}

/// Runs it on a scenario given on the standard input.
fn with_input(args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorbuster"));
    let pipes = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    // A command line that is refused is refused before anything is read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// A file of its own in the test folder of the build.
fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn json(args: &[&str]) -> Value {
    let output = with_input(args, CALM);
    assert_eq!(code(&output), 0, "{}", err(&output));
    serde_json::from_str(&out(&output)).unwrap()
}

/// Each scenario with what its message must hold: the path, what was given, what is allowed.
const BROKEN: [(&str, &[&str]); 26] = [
    ("[[service]]\ncpus = \"-2\"", &["service[0].cpus", "\"-2\"", "number of cores"]),
    ("[[service]]\nmemory = \"12 parrots\"", &["service[0].memory", "12 parrots", "256 MiB"]),
    ("[[service]]\nreplicas = 1.5", &["service[0].replicas", "1.5", "whole number"]),
    ("[[service]]\nreplicas = 20000", &["service[0].replicas", "20000", "10000"]),
    ("[[service]]\nreplica = [{ number = 0 }]", &["service[0].replica[0].number", "0", "1"]),
    ("[[service]]\nname = \"a b\"", &["service[0].name", "a b", "letters, digits"]),
    ("[[service]]\nrestart = \"alway\"", &["service[0].restart", "alway", "did you mean \"always\"?"]),
    ("[[service]]\nports = [\"99999:80\"]", &["service[0].ports[0]", "99999:80", "1 to 65535"]),
    ("[[service]]\nmemory = \"10 MiB\"", &["service[0].memory", "10 MiB", "lower ram.base"]),
    ("[[service]]\nstart_up = \"soon\"", &["service[0].start_up", "soon", "exponential 20 ms"]),
    ("[[service]]\nname = \"a\"\n[[service]]\nname = \"a\"", &["service[1].name", "\"a\"", "two services"]),
    ("[[service]]\nreplcas = 3", &["service[0].replcas", "not known", "did you mean \"replicas\"?"]),
    ("[[service]]\nworkers = 0", &["service[0].workers", "0", "1"]),
    ("[run]\nduration = \"5\"", &["run.duration", "\"5\"", "time with its unit"]),
    ("[run]\nduration = \"0 s\"", &["run.duration", "0 s", "longer"]),
    ("[run]\nduration = \"5 s\"\nwarmup = \"9 s\"", &["run.warmup", "9 s", "shorter than the run"]),
    ("[run]\nwindow = \"1 us\"", &["run.window", "1 us", "at least 1 ms"]),
    ("[balancer]\nalgorithm = \"round_robbin\"", &["balancer.algorithm", "round_robbin", "\"round_robin\"?"]),
    ("[balancer]\nqueue = -1", &["balancer.queue", "-1", "whole number"]),
    ("[balancer]\nsticky = \"glue\"", &["balancer.sticky", "glue", "cookie"]),
    ("[balancer]\nservice = \"apq\"", &["balancer.service", "apq", "no service"]),
    ("[balancer]\nalgorithm = \"power_of_d\"\nparams = { d = 0 }", &["balancer.params", "d", "1 to 64"]),
    ("[[fault]]\nreplica = \"app-9x\"", &["fault[0].replica", "app-9x", "no replica"]),
    ("[[operation]]\nkind = \"explode\"", &["operation[0].kind", "explode", "scale, rate"]),
    ("[traffic]\ntimeout = \"-3 s\"", &["traffic.timeout", "-3 s", "time with its unit"]),
    ("schema = 9", &["schema", "9", "1"]),
];

#[test]
fn every_problem_says_where_what_and_what_instead() {
    for (i, (broken, parts)) in BROKEN.iter().enumerate() {
        let tail = if broken.contains("[[service]]") { "" } else { "\n[[service]]\nname = \"app\"\n" };
        let text = format!("{broken}{tail}\n[[traffic.source]]\nrate = \"1/s\"\n");
        let path = file(&format!("broken-{i}.toml"), &text);
        let output = doorbuster(&["run", path.to_str().unwrap()]);
        let message = err(&output);
        assert_eq!(code(&output), 2, "{broken}\n{message}");
        assert!(out(&output).is_empty());
        for part in *parts {
            assert!(message.contains(part), "{broken}: no {part:?} in\n{message}");
        }
        let located = message.lines().any(|line| line.contains(&format!("broken-{i}.toml:")));
        assert!(located, "{broken}: no file and line in\n{message}");
    }
}

#[test]
fn all_problems_come_at_once_with_their_lines() {
    let text = "[[traffic.source]]\nrate = \"fast\"\n\
                [[service]]\ncpus = \"-2\"\nreplicas = \"x\"\n[run]\nseed = -1\n";
    let path = file("many.toml", text);
    let output = doorbuster(&["check", path.to_str().unwrap()]);
    let message = err(&output);
    assert_eq!(code(&output), 2);
    for (line, path) in
        [(2, "traffic.source[0].rate"), (4, "service[0].cpus"), (5, "service[0].replicas"), (7, "run.seed")]
    {
        assert!(message.contains(&format!("many.toml:{line}: {path} ")), "{message}");
    }
    assert!(message.contains("4 problems in"), "{message}");
    let output = doorbuster(&["check", path.to_str().unwrap(), "--format", "json"]);
    let problems: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!((problems.as_array().unwrap().len(), code(&output)), (4, 2));
    assert_eq!(problems[1]["line"], 4);
}

#[test]
fn broken_text_is_located_too() {
    let path = file("syntax.toml", "name = \"x\"\n[[service]\n");
    let output = doorbuster(&["run", path.to_str().unwrap()]);
    assert!(code(&output) == 2 && err(&output).contains("syntax.toml:2: "), "{}", err(&output));
    let path = file("syntax.json", "{\n\"name\": \n");
    let output = doorbuster(&["check", path.to_str().unwrap()]);
    assert!(code(&output) == 2 && err(&output).contains("line"), "{}", err(&output));
}

#[test]
fn names_that_are_nearly_right() {
    for (args, hint) in [
        (&["run", "black-frday"][..], "did you mean \"black-friday\"?"),
        (&["run", "black-friday", "-a", "least_conections"], "did you mean \"least_connections\"?"),
        (&["compare", "black-friday", "-a", "round_robin", "-a", "randon"], "did you mean \"random\"?"),
        (&["explain", "queue_ful"], "did you mean \"queue_full\"?"),
        (&["run", "black-friday", "--assert", "p89 < 1 s"], "did you mean"),
        (&["run", "black-friday", "--set", "balancer.quee=3"], "did you mean \"queue\"?"),
        (&["run", "black-friday", "--set", "balancer.queue"], "--set path=value"),
        (&["run", "no/such/file.toml"], "No such file"),
        (&["compare", "black-friday", "-a", "random"], "give -a twice"),
        (&["list", "algorithms", "--format", "csv"], "use one of: text, json"),
        (&["lst"], "list"),
    ] {
        let output = doorbuster(args);
        assert!(code(&output) == 2 && err(&output).contains(hint), "{args:?}\n{}", err(&output));
        assert!(out(&output).is_empty());
    }
}

#[test]
fn json_has_every_key_of_the_contract() {
    let report = json(&["run", "-", "--format", "json"]);
    for key in "version seed scenario algorithm duration_s warmup_s requests attempts response_time_ms \
                sojourn_ms waiting_ms goodput_per_s throughput_per_s in_system_mean sessions fairness_jain \
                cost replicas balancers dependencies events warnings series digest"
        .split_whitespace()
    {
        assert!(report.get(key).is_some(), "{key}");
    }
    let has = |place: &Value, keys: &str| {
        keys.split_whitespace().for_each(|key| assert!(place.get(key).is_some(), "{key} in {place}"));
    };
    has(&report["requests"], "offered succeeded in_flight failed");
    ["response_time_ms", "sojourn_ms", "waiting_ms"]
        .iter()
        .for_each(|times| has(&report[*times], "count mean p50 p90 p95 p99 p999 max"));
    has(&report["sessions"], "started alive lost");
    has(
        &report["replicas"][1],
        "name service state requests share cpu memory connections workers_busy_mean restarts oom_kills",
    );
    has(&report["replicas"][0]["cpu"], "used_cores quota_cores utilisation throttled_share");
    has(&report["replicas"][0]["memory"], "mean_bytes peak_bytes limit_bytes");
    has(&report["replicas"][0]["connections"], "mean peak limit");
    has(&report["series"], "window_s columns");
    has(
        &report["series"]["columns"],
        "at_s offered ok failed p50_ms p99_ms queue in_flight app-1.cpu app-2.memory",
    );
    let digest = report["digest"].as_str().unwrap();
    assert!(digest.len() == 16 && digest.bytes().all(|b| b.is_ascii_hexdigit()));
    assert_eq!(report["scenario"]["name"], "calm");
}

/// Everything adds up: offered = succeeded + Σ failed + in flight, and the series tells the same as the
/// totals.
#[test]
fn the_ledger_adds_up() {
    let output = doorbuster(&["run", "black-friday", "--format", "json"]);
    let report: Value = serde_json::from_str(&out(&output)).unwrap();
    let requests = &report["requests"];
    let failed: u64 = requests["failed"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    let n = |key: &str| requests[key].as_u64().unwrap();
    assert!(failed > 0 && n("succeeded") > 0);
    assert_eq!(n("offered"), n("succeeded") + failed + n("in_flight"));
    let sum = |column: &str| -> u64 {
        let values = report["series"]["columns"][column].as_array().unwrap();
        values.iter().map(|value| value.as_f64().unwrap() as u64).sum()
    };
    assert_eq!((sum("offered"), sum("ok"), sum("failed")), (n("offered"), n("succeeded"), failed));
    let attempts: u64 =
        report["replicas"].as_array().unwrap().iter().map(|r| r["requests"].as_u64().unwrap()).sum();
    assert_eq!(attempts, report["attempts"].as_u64().unwrap());
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let run = |seed: &str| doorbuster(&["run", "black-friday", "--seed", seed, "--format", "json"]).stdout;
    assert_eq!(run("7"), run("7"));
    let digest = |seed: &str| json(&["run", "-", "--seed", seed, "--format", "json"])["digest"].clone();
    assert_ne!(digest("7"), digest("8"));
    // A picture can be drawn, and is refused before the run when it can't.
    let plot = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plot.svg");
    let plotted = json(&["run", "-", "--seed", "7", "--format", "json", "--plot", plot.to_str().unwrap()]);
    assert_eq!(plotted["digest"], digest("7"));
    assert!(std::fs::read_to_string(plot).unwrap().starts_with("<svg "));
    let output = doorbuster(&["run", "black-friday", "--plot", "plot.gif"]);
    assert!(code(&output) == 2 && err(&output).contains("ends in .svg") && out(&output).is_empty());
    // A trace looks on too.
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("trace.csv");
    let traced = json(&["run", "-", "--seed", "7", "--format", "json", "--trace", path.to_str().unwrap()]);
    assert_eq!(traced["digest"], digest("7"));
    let rows = std::fs::read_to_string(path).unwrap();
    assert_eq!(rows.lines().count() as u64, 1 + traced["requests"]["offered"].as_u64().unwrap());
    assert!(rows.lines().skip(1).all(|row| row.split(',').count() == 9), "{rows}");
}

/// What is given on the command line is in the scenario that the report holds, and that scenario gives the
/// same run.
#[test]
fn a_report_holds_its_scenario() {
    let args = [
        "run",
        "-",
        "-a",
        "power_of_d:d=2",
        "--set",
        "service.app.memory=512 MiB",
        "--set",
        "balancer.queue=7",
    ];
    let more = ["--replicas", "3", "--duration", "4s", "--seed", "9", "--format", "json"];
    let report = json(&[&args[..], &more[..]].concat());
    assert_eq!(report["algorithm"], "power_of_d");
    assert_eq!((&report["duration_s"], &report["seed"]), (&4.0.into(), &9.into()));
    assert_eq!(report["replicas"].as_array().unwrap().len(), 3);
    assert_eq!(report["replicas"][0]["memory"]["limit_bytes"], 536_870_912_u64);
    assert_eq!(report["balancers"][0]["queue_limit"], 7);
    let again = with_input(&["run", "-", "--format", "json"], &report["scenario"].to_string());
    let again: Value = serde_json::from_str(&out(&again)).unwrap();
    assert_eq!(again["digest"], report["digest"]);
}

#[test]
fn assertions_decide_the_exit_code() {
    for (assertion, expected) in [
        ("p99 < 10 s", 0),
        ("p99 < 1 us", 1),
        ("failed = 0", 0),
        ("failed_share <= 0 %", 0),
        ("goodput > 1000/s", 1),
        ("sessions_lost = 1", 1),
        ("replicas.app-2.restarts = 0", 0),
        ("events.died >= 1", 1),
    ] {
        let output = with_input(&["run", "-", "--assert", assertion], CALM);
        assert_eq!(code(&output), expected, "{assertion}\n{}", err(&output));
        let word = if expected == 0 { "holds: " } else { "does not hold: " };
        assert!(err(&output).contains(&format!("{word}{assertion}: ")), "{}", err(&output));
        assert!(!out(&output).contains(assertion), "results and assertions are apart");
    }
    let output = with_input(&["run", "-", "--assert", "p99 < 200"], CALM);
    assert!(code(&output) == 2 && err(&output).contains("a time with its unit"), "{}", err(&output));
}

#[test]
fn formats() {
    let run = |format: &str| out(&with_input(&["run", "-", "--format", format], CALM));
    let csv = run("csv");
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows.len() == 26 && rows[0].starts_with("at_s,offered,ok,failed,"), "5 s in windows of 0.2 s");
    assert!(rows.iter().all(|row| row.split(',').count() == rows[0].split(',').count()));
    let markdown = run("markdown");
    assert!(markdown.starts_with("# calm\n") && markdown.contains("| app-1 | ready |"), "{markdown}");
    let text = run("text");
    assert!(
        text.contains("All went well") && text.contains("= all of the above") && text.contains("digest "),
        "{text}"
    );
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(!text.contains('\x1b'), "no colours where nobody can see them");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report.json");
    let output = with_input(&["run", "-", "--format", "json", "--out", path.to_str().unwrap()], CALM);
    assert!(out(&output).is_empty() && err(&output).contains("report.json"));
    assert!(serde_json::from_str::<Value>(&std::fs::read_to_string(path).unwrap()).is_ok());
}

#[test]
fn a_reader_who_leaves_is_no_error() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorbuster"));
    let pipes = command
        .args(["run", "black-friday", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), err(&output)), (0, String::new()));
}

#[test]
fn lists_and_explanations() {
    for (topic, name, keys) in [
        ("scenarios", "black-friday", &["title", "algorithm", "services"][..]),
        (
            "algorithms",
            "least_connections",
            &["formula", "complexity", "knowledge", "params", "fails_when", "source"],
        ),
        ("distributions", "exponential", &["example", "example_mean_ms", "example_scv"]),
        ("outcomes", "queue_full", &["label", "status"]),
        ("measures", "p99", &["label"]),
    ] {
        let output = doorbuster(&["list", topic, "--format", "json"]);
        let list: Value = serde_json::from_str(&out(&output)).unwrap();
        let list = list.as_array().unwrap();
        assert!(
            list.iter().all(|entry| entry["name"].is_string() && entry["summary"].is_string()),
            "{topic}"
        );
        let entry = list.iter().find(|entry| entry["name"] == name).unwrap();
        keys.iter().for_each(|key| assert!(!entry[*key].is_null(), "{topic} {key}"));
        assert!(out(&doorbuster(&["list", topic])).contains(name));
        let output = doorbuster(&["explain", name]);
        assert!(code(&output) == 0 && out(&output).starts_with(name), "{}", err(&output));
        assert!(!["[]", " true", " false"].iter().any(|raw| out(&output).contains(raw)), "{}", out(&output));
    }
    let output = doorbuster(&["explain", "service.memory"]);
    assert!(out(&output).contains("Memory limit of one replica") && out(&output).contains("256 MiB"));
    assert!(out(&doorbuster(&["completions", "bash"])).contains("doorbuster"));
    assert_eq!(code(&doorbuster(&["--help"])), 0);
}

/// The same estimates for one thread and several, each with its interval; the same arrivals for all.
#[test]
fn comparisons() {
    let scenario = CALM.replace("40/s", "300/s").replace("replicas = 2", "replicas = 4");
    let run = |jobs: &str| {
        let args = [
            "compare",
            "-",
            "-a",
            "random",
            "-a",
            "least_connections",
            "--replications",
            "5",
            "--jobs",
            jobs,
        ];
        let output = with_input(&[&args[..], &["--format", "json"]].concat(), &scenario);
        assert_eq!(code(&output), 0, "{}", err(&output));
        out(&output)
    };
    let text = run("1");
    assert_eq!(text, run("4"));
    let comparison: Value = serde_json::from_str(&text).unwrap();
    for arm in comparison["algorithms"].as_array().unwrap() {
        let estimate = &arm["estimates"]["p99"];
        assert_eq!((&estimate["replications"], &estimate["confidence"]), (&5.into(), &0.95.into()));
        assert!(estimate["mean"].as_f64().unwrap() > 0.0 && estimate["half_width"].as_f64().unwrap() > 0.0);
    }
    let p99 = comparison["differences"].as_array().unwrap().iter().find(|d| d["measure"] == "p99").unwrap();
    assert_eq!(p99["verdict"], "yes", "{p99}");
    assert!(p99["text"].as_str().unwrap().starts_with("least_connections beats random: p99 "), "{p99}");
}

/// A link brings back the same run, from the readable part alone and from the packed scenario.
#[test]
fn links_are_scenarios() {
    let digest = |args: &[&str]| {
        let output = doorbuster(&[&["run", "--format", "json"], args].concat());
        let report: Value = serde_json::from_str(&out(&output)).unwrap();
        assert_eq!(err(&output), "");
        report["digest"].clone()
    };
    for change in [&["--seed", "5", "--replicas", "4"][..], &["--set", "service.app.memory=300 MiB"]] {
        let args =
            [&["link", "black-friday", "--format", "json", "--base", "https://example.org/lab/"], change];
        let made: Value = serde_json::from_str(&out(&doorbuster(&args.concat()))).unwrap();
        let address = made["link"].as_str().unwrap();
        assert!(address.starts_with("https://example.org/lab/index.html?scenario=black-friday"), "{address}");
        assert!(
            made["embed"].as_str().unwrap().starts_with("<iframe src=\"https://example.org/lab/embed.html?")
        );
        assert_eq!(digest(&[address]), digest(&[&["black-friday"], change].concat()), "{address}");
    }
    let output = doorbuster(&["check", "?scenario=black-frday&replicas=many"]);
    assert!(code(&output) == 0 && err(&output).matches("notice: ").count() == 2, "{}", err(&output));
}

#[test]
fn import_and_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real-input/black-friday");
    let compose = folder.join("docker-compose.yml");
    let nginx = folder.join("nginx.conf");
    let (compose, nginx) = (compose.to_str().unwrap(), nginx.to_str().unwrap());
    let base = ["import", "compose", compose, "--nginx", nginx];
    let output = doorbuster(&[&base[..], &["--service", "api", "--scale", "api=3", "--run"]].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    // The import and the run name the same container and quote Docker in the same words.
    let quote = "Bind for 0.0.0.0:8080 failed: port is already allocated";
    let whole = "endpoint black-friday-api-2 (";
    assert!(out(&output).matches(quote).count() >= 2 && out(&output).contains(whole), "{}", out(&output));
    let start = out(&output).find(whole).unwrap();
    let id = &out(&output)[start + whole.len()..start + whole.len() + 64];
    assert_eq!(out(&output).matches(id).count(), 2, "one identity for one container");

    let output = doorbuster(&[&base[..], &["--scale", "app=3"]].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    // What is printed is a scenario with its findings as comments: it can be run as it stands.
    let again = with_input(&["run", "-", "--format", "json"], &out(&output));
    let report: Value = serde_json::from_str(&out(&again)).unwrap();
    assert_eq!(report["replicas"].as_array().unwrap().len(), 3);
    let output = doorbuster(&[&base[..], &["--format", "json", "--run"]].concat());
    let imported: Value = serde_json::from_str(&out(&output)).unwrap();
    let findings = imported["findings"].as_array().unwrap();
    assert!(!findings.is_empty() && findings.iter().all(|f| f["file"].is_string() && f["line"].is_u64()));
    assert!(imported["report"]["digest"].is_string());
    let output = doorbuster(&["import", "compose", "no-such.yml"]);
    assert!(code(&output) == 2 && err(&output).contains("no-such.yml"));
}

/// A recording stands next to its scenario; a name that is wrong is told with its path.
#[test]
fn a_recording_is_read_from_its_file() {
    file("arrivals.csv", "time,demand\n0.5,10 ms\n1.5,10 ms\n");
    let text =
        "[[traffic.source]]\nkind = 'trace'\nfile = 'arrivals.csv'\n[[service]]\n[run]\nduration = '2 s'\n";
    let path = file("recorded.toml", text);
    let output = doorbuster(&["run", path.to_str().unwrap(), "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let report: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(report["requests"]["offered"], 2);
    let lost = file("unrecorded.toml", &text.replace("arrivals.csv", "nothing.csv"));
    let output = doorbuster(&["run", lost.to_str().unwrap()]);
    assert!(code(&output) != 0 && err(&output).contains("nothing.csv"), "{}", err(&output));
}
