//! The command line: what was typed, checked, run and printed.
//!
//! Results go to the standard output, everything else to the standard error. Exit code 0: done; 1: an
//! assertion or a validation failed; 2: wrong use or bad input.

mod args;
mod assert;
mod chart;
mod check;
mod compare;
mod decisions;
mod explain;
mod figures;
mod import;
mod link;
mod list;
mod output;
mod parquet;
mod progress;
mod report;
mod run;
mod source;
mod sweep;
mod table;
mod term;
mod text;
mod validate;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};

/// How a command ended when nothing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// All is well.
    Well,
    /// An assertion or a validation failed.
    Failed,
}

/// Why a command could not be done.
#[derive(Debug)]
enum Failure {
    /// Nobody reads the output any more: no reason for a word.
    NobodyListens,
    /// Messages, each with what to try.
    Bad(Vec<Complaint>),
}

/// Something wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Complaint {
    text: String,
    hint: Option<String>,
}

impl Failure {
    /// One message.
    fn new(text: impl Into<String>) -> Self {
        Self::Bad(vec![Complaint { text: text.into(), hint: None }])
    }

    /// One message with what to try.
    fn hint(text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Bad(vec![Complaint { text: text.into(), hint: Some(hint.into()) }])
    }
}

type Result<T> = std::result::Result<T, Failure>;

/// Parses the command line, does what it says, and says how that ended.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version count as done; a reader who has gone is no reason for a word.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match dispatch(&cli.command) {
        Ok(Done::Well) | Err(Failure::NobodyListens) => ExitCode::SUCCESS,
        Ok(Done::Failed) => ExitCode::from(1),
        Err(Failure::Bad(complaints)) => {
            complaints.iter().for_each(output::complain);
            ExitCode::from(2)
        }
    }
}

fn dispatch(command: &Command) -> Result<Done> {
    match command {
        Command::Run(args) => run::run(args),
        Command::Compare(args) => compare::compare(args),
        Command::Sweep(args) => sweep::sweep(args),
        Command::Merge(args) => sweep::merge(args),
        Command::Check(args) => check::check(args),
        Command::Import(args) => import::import(args),
        Command::Link(args) => link::link(args),
        Command::Validate(args) => validate::validate(args),
        Command::List(args) => list::list(args),
        Command::Explain(args) => explain::explain(args),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "doorbuster", &mut text);
            output::print(&String::from_utf8_lossy(&text))?;
            Ok(Done::Well)
        }
    }
}
