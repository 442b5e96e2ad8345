//! A folder that keeps the runs of a sweep: `plan.json`, and a file of lines for each shard.
//!
//! A run is written as soon as it is done, as one line. What was cut off in the middle of a line, by a power failure or
//! a job's time limit, is dropped and run again.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::cli::output::unwritable;
use crate::cli::{Failure, Result};
use crate::experiment::sweep::{RunRecord, SweepPlan};

/// An open shard.
pub(super) struct Store {
    path: PathBuf,
    file: File,
}

/// Writes runs as they end, from any thread.
pub(super) struct Keeper<'a> {
    path: &'a Path,
    inner: Mutex<(&'a mut File, io::Result<()>)>,
}

impl Store {
    /// Opens a folder for shard `number` of `of`, and reads every run that is in it already.
    pub fn open(folder: &Path, plan: &SweepPlan, (number, of): (u32, u32)) -> Result<(Self, Vec<RunRecord>)> {
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let place = folder.join("plan.json");
        if place.exists() {
            if &read_plan(folder)? != plan {
                let hint = "take another folder, or the same scenario, --vary, --replications and --seed";
                return Err(Failure::hint(
                    format!("{}: holds the runs of another sweep", folder.display()),
                    hint,
                ));
            }
        } else {
            // Whole or not at all: other shards may write the same file at the same time.
            let text = serde_json::to_string_pretty(plan).unwrap_or_default() + "\n";
            let draft = folder.join(format!("plan.json.{number}-of-{of}"));
            let written = fs::write(&draft, text).and_then(|()| fs::rename(&draft, &place));
            written.map_err(|error| unwritable(&place, &error))?;
        }
        let path = folder.join(format!("runs-{number}-of-{of}.jsonl"));
        mend(&path)?;
        let records = read_runs(folder, plan)?;
        let file = OpenOptions::new().create(true).append(true).open(&path);
        Ok((Self { file: file.map_err(|error| unwritable(&path, &error))?, path }, records))
    }

    /// Takes runs from any thread.
    pub fn keeper(&mut self) -> Keeper<'_> {
        Keeper { path: &self.path, inner: Mutex::new((&mut self.file, Ok(()))) }
    }
}

impl Keeper<'_> {
    /// Writes a line, and hands it to the system at once.
    pub fn keep(&self, record: &RunRecord) {
        let line = serde_json::to_string(record).unwrap_or_default() + "\n";
        if let Ok(mut inner) = self.inner.lock()
            && inner.1.is_ok()
        {
            inner.1 = inner.0.write_all(line.as_bytes()).and_then(|()| inner.0.flush());
        }
    }

    /// Whether everything could be written.
    pub fn finish(self) -> Result<()> {
        let (_, written) = self.inner.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        written.map_err(|error| unwritable(self.path, &error))
    }
}

/// Cuts off what stands behind the last whole line.
fn mend(path: &Path) -> Result<()> {
    let Ok(bytes) = fs::read(path) else { return Ok(()) };
    let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    if whole == bytes.len() {
        return Ok(());
    }
    fs::write(path, &bytes[..whole]).map_err(|error| unwritable(path, &error))
}

fn unreadable(path: &Path, error: impl std::fmt::Display) -> Failure {
    let hint = "a folder of a sweep has a plan.json and runs-….jsonl, as sweep --into writes them";
    Failure::hint(format!("{}: can't be read: {error}", path.display()), hint)
}

fn read_plan(folder: &Path) -> Result<SweepPlan> {
    let path = folder.join("plan.json");
    let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
    serde_json::from_str(&text).map_err(|error| unreadable(&path, error))
}

/// Every whole line of every shard in a folder.
fn read_runs(folder: &Path, plan: &SweepPlan) -> Result<Vec<RunRecord>> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|error| unreadable(folder, error))?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|end| end == "jsonl"));
    paths.sort();
    let points = plan.points().len();
    let mut records = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
        // What has no line break at its end was cut off.
        let whole = text.rfind('\n').map_or("", |at| &text[..=at]);
        for (number, line) in whole.lines().enumerate() {
            let record: RunRecord = serde_json::from_str(line)
                .map_err(|error| unreadable(&path, format!("line {}: {error}", number + 1)))?;
            if record.point as usize >= points || record.replication >= plan.replications {
                return Err(unreadable(&path, format!("line {}: a run of another sweep", number + 1)));
            }
            records.push(record);
        }
    }
    Ok(records)
}

/// The plan and the runs of all folders, which must be of one sweep.
pub(super) fn read_all(folders: &[PathBuf]) -> Result<(SweepPlan, Vec<RunRecord>)> {
    let Some(first) = folders.first() else { return Err(Failure::new("no folder is given")) };
    let plan = read_plan(first)?;
    let mut records = Vec::new();
    for folder in folders {
        if read_plan(folder)? != plan {
            let text = format!("{}: is of another sweep than {}", folder.display(), first.display());
            return Err(Failure::hint(text, "join shards of the same command, version and scenario"));
        }
        records.extend(read_runs(folder, &plan)?);
    }
    Ok((plan, records))
}
