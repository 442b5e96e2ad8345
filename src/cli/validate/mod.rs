//! `doorbuster validate`: whether the model does what theory says, what real balancers were seen to do, and what
//! others have published.

mod page;
mod parts;
mod recordings;
mod show;

use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

use super::args::{Format, Subject, ValidateArgs};
use super::output::{deliver, formats, say, unwritable};
use super::term::width;
use super::{Done, Failure, Result, progress};
use crate::experiment::jobs;
use crate::experiment::published::{self, ClaimResult};
use crate::experiment::theory::{self, TheoryCase, TheoryPlan, TheoryResult};
use crate::experiment::vectors::{self, VectorResult};

/// What was checked.
#[derive(Debug, Serialize)]
struct Validation {
    /// Whether all of it holds.
    passed: bool,
    /// Recordings of real load balancers.
    vectors: Vec<VectorResult>,
    /// Cases of queueing theory.
    theory: Vec<TheoryResult>,
    /// Results that others have published.
    published: Vec<ClaimResult>,
}

/// The cases that ship.
const CASES: &str = include_str!("../../../tests/oracles/theory/cases.json");

/// Checks what was asked for, and says what holds.
pub(super) fn validate(args: &ValidateArgs) -> Result<Done> {
    formats(&args.output, &[Format::Text, Format::Json, Format::Markdown])?;
    let own = args.vectors.is_some() || args.theory.is_some();
    let wanted = |subject| !own && (args.only.is_empty() || args.only.contains(&subject));
    let files = match &args.vectors {
        Some(folder) => recordings::recordings(folder)?,
        None if wanted(Subject::Recordings) => recordings::shipped(),
        None => Vec::new(),
    };
    let cases = match &args.theory {
        Some(path) => read(path)?,
        None if wanted(Subject::Theory) => theory::cases(CASES).map_err(Failure::new)?,
        None => Vec::new(),
    };
    let threads = args.jobs.unwrap_or_else(jobs);
    let vectors = replay(&files, threads);
    let theory = run(&cases, args.seed, threads);
    let published = if wanted(Subject::Published) { reproduce(args.seed, threads) } else { Vec::new() };
    let passed = vectors.iter().all(VectorResult::as_expected)
        && theory.iter().all(|result| result.passed)
        && published.iter().all(|result| result.passed);
    let validation = Validation { passed, vectors, theory, published };
    let text = match args.output.format {
        Format::Json => serde_json::to_string_pretty(&validation).unwrap_or_default() + "\n",
        Format::Markdown => page::markdown(&validation, args.seed),
        _ => show::show(&validation, width()),
    };
    if let Some(path) = &args.report {
        let html = page::html(&validation, args.seed);
        std::fs::write(path, html).map_err(|error| unwritable(path, &error))?;
        say(&format!("Report written to {}.", path.display()));
    }
    deliver(&args.output, &text)?;
    Ok(if passed { Done::Well } else { Done::Failed })
}

fn read(path: &std::path::Path) -> Result<Vec<TheoryCase>> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::hint(format!("{shown}: can't be read: {error}"), "--theory takes a JSON file of cases")
    })?;
    theory::cases(&text).map_err(|error| {
        let hint =
            "write a list of objects with name, kind, params and exact, as tests/oracles/theory/cases.json";
        Failure::hint(format!("{shown}: {error}"), hint)
    })
}

fn replay(files: &[(String, String)], threads: usize) -> Vec<VectorResult> {
    let bar = progress::bar(files.len() as u64);
    let finished = AtomicU64::new(0);
    let hear = || progress::advance(&bar, finished.fetch_add(1, Ordering::Relaxed) + 1);
    let results = vectors::validate_with(files, threads, &hear);
    bar.finish_and_clear();
    results
}

fn run(cases: &[TheoryCase], seed: u64, jobs: usize) -> Vec<TheoryResult> {
    let bar = progress::bar(cases.len() as u64);
    let mut finished = 0;
    let mut hear = |_: &TheoryResult| {
        finished += 1;
        progress::advance(&bar, finished);
    };
    let results = theory::validate(cases, &TheoryPlan { seed, jobs, ..TheoryPlan::default() }, &mut hear);
    bar.finish_and_clear();
    results
}

fn reproduce(seed: u64, jobs: usize) -> Vec<ClaimResult> {
    let bar = progress::bar(published::claims().count() as u64);
    let mut finished = 0;
    let mut hear = |_: &ClaimResult| {
        finished += 1;
        progress::advance(&bar, finished);
    };
    let results = published::reproduce(published::claims(), &published::Bench { seed, jobs }, &mut hear);
    bar.finish_and_clear();
    results
}
