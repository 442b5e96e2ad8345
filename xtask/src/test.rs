//! `cargo xtask test`: every check in order, and the line that sums them up.

use crate::run::{Result, duration, is_ci, say};
use crate::{check, web};
use std::time::{Duration, Instant};

/// One check: what it shows, and how.
pub struct Step {
    name: &'static str,
    check: fn() -> Result,
    /// Where this fails, the step isn't run; `CI=true` makes that a failure.
    needs: fn() -> Result,
}

impl Step {
    const fn new(name: &'static str, check: fn() -> Result) -> Self {
        Self { name, check, needs: nothing }
    }
}

fn nothing() -> Result {
    Ok(())
}

/// Format, clippy and documentation.
pub const LINT: [Step; 5] = [
    Step::new("format", check::format),
    Step::new("clippy, every feature", check::clippy),
    Step::new("clippy, the engine alone", check::clippy_engine),
    Step::new("clippy, for the browser", check::clippy_wasm),
    Step::new("documentation", check::documentation),
];

/// The tests of the crate.
pub const NATIVE: [Step; 3] = [
    Step::new("tests", check::tests),
    Step::new("tests, the engine alone", check::tests_engine),
    Step::new("tests, every feature", check::tests_all),
];

/// Every case of theory and every published result.
pub const VALIDATION: [Step; 1] = [Step::new("theory and published results", check::validate)];

/// The same bits on both sides.
pub const WASM: [Step; 1] = [Step {
    name: "the same bits in WebAssembly",
    check: crate::digests::compare,
    needs: || crate::browser::node().map(drop),
}];

/// The site.
pub const BUILD: [Step; 2] = [
    Step::new("build of the site", crate::trunk::build_release),
    Step::new("size", crate::dist::within_limit),
];

/// The site in a browser.
pub const WEB: [Step; 1] = [Step { name: "the site in a browser", check: web::test, needs: web::available }];

/// How a step ended.
enum End {
    Passed(Duration),
    Failed(String),
    NotRun(String),
}

/// Every step.
pub fn everything() -> Result {
    run_steps(LINT.iter().chain(&NATIVE).chain(&VALIDATION).chain(&WASM).chain(&BUILD).chain(&WEB))
}

/// Some of the steps.
pub fn some(steps: &[Step]) -> Result {
    run_steps(steps.iter())
}

/// Runs steps up to the first that fails and sums up. The error is empty: the summary has said it.
fn run_steps<'a>(steps: impl Iterator<Item = &'a Step>) -> Result {
    let started = Instant::now();
    let mut ends = Vec::new();
    let mut failed = false;
    for step in steps {
        let end = if failed { End::NotRun("an earlier step failed".into()) } else { run_step(step) };
        failed |= matches!(end, End::Failed(_));
        ends.push((step.name, end));
    }
    sum_up(&ends, started.elapsed());
    if failed { Err(String::new()) } else { Ok(()) }
}

fn run_step(step: &Step) -> End {
    println!();
    say(step.name);
    let started = Instant::now();
    if let Err(problem) = (step.needs)() {
        return if is_ci() { End::Failed(problem) } else { End::NotRun(problem) };
    }
    match (step.check)() {
        Ok(()) => {
            say(&format!("{}: passed in {}", step.name, duration(started.elapsed())));
            End::Passed(started.elapsed())
        }
        Err(problem) => End::Failed(problem),
    }
}

/// The table of steps, and as the last line how many passed and failed.
fn sum_up(ends: &[(&str, End)], total: Duration) {
    println!("\n==> summary, {} in all", duration(total));
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (name, end) in ends {
        let word = match end {
            End::Passed(time) => {
                passed += 1;
                format!("passed    {}", duration(*time))
            }
            End::Failed(problem) => {
                failed += 1;
                format!("FAILED    {problem}")
            }
            End::NotRun(problem) => {
                skipped += 1;
                format!("NOT RUN   {problem}")
            }
        };
        println!("    {name:<30} {word}");
    }
    if skipped > 0 && failed == 0 {
        println!("\n    ATTENTION: {skipped} of {} steps NOT RUN, as said above.", ends.len());
    }
    let skipped = if skipped > 0 { format!(", {skipped} skipped") } else { String::new() };
    println!("\n{passed} passed, {failed} failed{skipped}");
}
