//! Writing: results to the standard output or a file, all else to the standard error.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::args::{Format, OutputArgs};
use super::{Complaint, Failure, Result};

/// Writes a result to the standard output. Colours are left out where they can't be shown.
pub(super) fn print(text: &str) -> Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::NobodyListens),
        Err(error) => Err(Failure::new(format!("standard output: {error}"))),
    }
}

/// Writes a result where the arguments say.
pub(super) fn deliver(args: &OutputArgs, text: &str) -> Result<()> {
    let Some(path) = &args.out else { return print(text) };
    let plain = anstream::adapter::strip_str(text).to_string();
    std::fs::write(path, plain).map_err(|error| unwritable(path, &error))?;
    say(&format!("Written to {}.", path.display()));
    Ok(())
}

/// A file that could not be written.
pub(super) fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{}: can't be written: {error}", path.display()))
}

/// Refuses a format that this command does not have.
pub(super) fn formats(args: &OutputArgs, allowed: &[Format]) -> Result<()> {
    if allowed.contains(&args.format) {
        return Ok(());
    }
    let name = |format: &Format| format!("{format:?}").to_lowercase();
    let names: Vec<String> = allowed.iter().map(name).collect();
    Err(Failure::hint(
        format!("--format {} is not made by this command", name(&args.format)),
        format!("use one of: {}", names.join(", ")),
    ))
}

/// Something to know, on the standard error.
pub(super) fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Something wrong, on the standard error.
pub(super) fn complain(complaint: &Complaint) {
    use super::term::{BOLD, DIM, RED, RESET};
    say(&format!("{BOLD}{RED}error:{RESET} {}", complaint.text));
    if let Some(hint) = &complaint.hint {
        say(&format!("  {DIM}hint:{RESET} {hint}"));
    }
}
