//! Warnings teach: whoever does what a warning says is rid of it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

fn doorbuster(args: &[&str], input: &str) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorbuster"));
    let pipes = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// The warning of this kind: what is the matter, and what to do.
fn warning(report: &Value, kind: &str) -> Option<(String, String)> {
    let of = |w: &Value, key: &str| w[key].as_str().unwrap().to_owned();
    let found = report["warnings"].as_array().unwrap().iter().find(|w| w["kind"] == kind)?;
    Some((of(found, "text"), of(found, "remedy")))
}

/// Runs a scenario, looks for the warning, takes the first words of its remedy as options, and runs again without it.
fn following(kind: &str, scenario: &str, says: &str, words: usize) {
    let run = ["run", "-", "--format", "json"];
    let report = doorbuster(&run, scenario);
    let (text, remedy) = warning(&report, kind).unwrap_or_else(|| panic!("{kind}: {}", report["warnings"]));
    assert!(text.contains(says), "{kind}: {text}");
    let options: Vec<String> = shell_words::split(&remedy).unwrap().into_iter().take(words).collect();
    let options: Vec<&str> = options.iter().map(String::as_str).map(|o| o.trim_end_matches(',')).collect();
    let again = doorbuster(&[&run[..], &options[..]].concat(), scenario);
    assert_eq!(warning(&again, kind), None, "{kind}: {remedy}");
}

/// 10 requests a second that wait 20 s each: in flight grows to 200 in 20 s and stays there, so that the mean over
/// 100 s is 180, a tenth too low.
#[test]
fn a_warm_up_that_is_too_short() {
    let text = "[[traffic.source]]\nrate = 10\n[[traffic.class]]\nsteps = [{ kind = 'wait', time = '20 s' }]\n\
                [balancer]\nread_timeout = 'never'\n[[service]]\nthreads = 10000\n\
                [run]\nduration = '100 s'\nwindow = '1 s'";
    following("warmup_too_short", text, "empty start", 2);
}

/// 60 requests a second of 50 ms are 3 cores of work for 2.
#[test]
fn more_work_than_cores() {
    let text = "[[traffic.source]]\nrate = 60\n[[traffic.class]]\ndemand = '50 ms'\n[[service]]\nreplicas = 2\n\
                [run]\nduration = '30 s'";
    following("overloaded", text, "cores of work and 2 replicas have 2", 2);
}

/// 100 requests have one beyond their p99.
#[test]
fn too_few_for_a_quantile() {
    let text = "[[traffic.source]]\nkind = 'even'\nrate = 10\n[[traffic.class]]\ndemand = '1 ms'\n[[service]]\n\
                [run]\nduration = '10 s'";
    let run = ["run", "-", "--format", "json"];
    let (text_of, remedy) = warning(&doorbuster(&run, text), "too_few_samples").unwrap();
    assert!(
        text_of.starts_with("p99 rests on 100 requests") || text_of.starts_with("p99 rests on 99"),
        "{text_of}"
    );
    let options: Vec<String> = shell_words::split(&remedy).unwrap().into_iter().take(2).collect();
    let again = doorbuster(&[&run[..], &[&options[0], options[1].trim_end_matches(',')]].concat(), text);
    // p99 has ten beyond it now; what is left to say is about p99.9.
    let left = warning(&again, "too_few_samples").unwrap().0;
    assert!(left.starts_with("p99.9 "), "{left}");
}

/// One user asks again when the answer is there; a stall of 2 s is measured once.
#[test]
fn omission_is_told_with_the_rate_to_ask_at() {
    let text = "[[traffic.source]]\nkind = 'users'\nusers = 1\nthink = '9 ms'\n[[traffic.class]]\ndemand = '1 ms'\n\
                [[service]]\nname = 'app'\n[[fault]]\nkind = 'freeze'\nreplica = 'app-1'\nat = '2 s'\nfor = '2 s'\n\
                [run]\nduration = '20 s'";
    let (said, remedy) =
        warning(&doorbuster(&["run", "-", "--format", "json"], text), "coordinated_omission").unwrap();
    assert!(said.contains("wait") && remedy.contains("open source"), "{said} {remedy}");
}

/// The command that a single run names makes ten of the very same: the first of them is that run.
#[test]
fn one_seed_is_told_with_the_command_that_makes_more() {
    let args = ["run", "algorithms", "-a", "power_of_d:d=3", "--duration", "15s", "--seed", "7"];
    let more = ["--set", "traffic.source[0].rate=300/s", "--replicas", "9", "--format", "json"];
    let report = doorbuster(&[&args[..], &more[..]].concat(), "");
    let (text, remedy) = warning(&report, "one_seed").unwrap();
    assert!(text.contains("one seed, 7"), "{text}");
    let command = remedy.strip_suffix(" says by how much").unwrap();
    let words = shell_words::split(command).unwrap();
    let words: Vec<&str> = words.iter().map(String::as_str).chain(["--format", "json"]).collect();
    assert_eq!(words[0], "doorbuster");
    let sweep = doorbuster(&words[1..], "");
    assert_eq!(sweep["points"][0]["replications"], 10);
    assert_eq!(sweep["points"][0]["digests"][0], report["digest"], "{command}");
    assert!(sweep["points"][0]["estimates"]["p99"]["half_width"].as_f64().unwrap() > 0.0);
    assert_eq!(warning(&sweep, "one_seed"), None);
    let once = report["warnings"].as_array().unwrap().iter().filter(|w| w["kind"] == "one_seed").count();
    assert_eq!(once, 1);
}
