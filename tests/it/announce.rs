//! Long work says so first.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// What a command says first on the standard error; it is stopped then.
fn says_first(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_doorbuster"));
    let mut child = command.args(args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    line
}

/// One second of the scenario itself is nothing; the variant of five million seconds has 800 million requests.
#[test]
fn a_sweep_counts_its_variants() {
    let args = ["sweep", "first-server", "--duration", "1s", "--jobs", "1", "--vary", "duration=1s,5000000s"];
    let said = says_first(&args);
    assert!(said.starts_with("About ") && said.contains("million requests"), "{said}");
}
