//! `doorbuster sweep` and `doorbuster merge`.

mod show;
mod store;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::args::{ChangeArgs, Format, MergeArgs, ScenarioArgs, SweepArgs, SweepOutputArgs};
use super::output::{deliver, formats, say, unwritable};
use super::run::scenario_json;
use super::source::{self, Loaded};
use super::term::width;
use super::{Complaint, Done, Failure, Result, assert, parquet, progress};
use crate::experiment::Condition;
use crate::experiment::sweep::{self, Axis, POINT_LIMIT, RUN_LIMIT, RunRecord, Sweep, SweepPlan};
use crate::report::export::page;
use crate::report::number::{count, whole};
use crate::scenario::Model;
use store::Store;

const FORMATS: [Format; 5] = [Format::Text, Format::Json, Format::Csv, Format::Markdown, Format::Parquet];

/// Runs a grid of scenarios, or a shard of it.
pub(super) fn sweep(args: &SweepArgs) -> Result<Done> {
    formats(&args.results.output, &FORMATS)?;
    check_table(&args.results)?;
    parquet::asked(&args.results.output)?;
    let base = source::load(&args.scenario, args.algorithm.as_deref())?;
    let axes = axes(&args.vary)?;
    let plan = SweepPlan {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: scenario_json(&base),
        axes,
        replications: args.replications,
        seed: base.model.seed(),
    };
    check_size(&plan)?;
    let conditions = conditions(&args.results, &plan)?;
    if let Some((number, of)) = args.shard.filter(|&(_, of)| of > 1 && !conditions.is_empty()) {
        let text = format!("--assert needs the whole grid, and this is shard {number} of {of}");
        return Err(Failure::hint(text, "give it to doorbuster merge"));
    }
    let models = models(args, &plan)?;
    let cells = args.shard.map_or_else(|| plan.cells(), |(number, of)| plan.shard(number, of));
    let (mut store, mut records) = match &args.results.into {
        Some(folder) => {
            Store::open(folder, &plan, args.shard.unwrap_or((1, 1))).map(|(s, r)| (Some(s), r))?
        }
        None => (None, Vec::new()),
    };
    let done: std::collections::BTreeSet<_> = records.iter().map(RunRecord::cell).collect();
    let left: Vec<_> = cells.iter().copied().filter(|cell| !done.contains(cell)).collect();
    if left.len() < cells.len() {
        let kept = whole((cells.len() - left.len()) as u64);
        say(&format!("{kept} of {} are done already.", count(cells.len() as u64, "run")));
    }
    let jobs = args.jobs.unwrap_or_else(crate::experiment::jobs);
    let mut work: Vec<_> = models.iter().map(|model| (model, 0)).collect();
    left.iter().for_each(|cell| work[cell.point as usize].1 += 1);
    progress::announce(&work, jobs);
    let bar = progress::bar(left.len() as u64);
    let finished = AtomicU64::new(0);
    let keeper = store.as_mut().map(Store::keeper);
    let hear = |record: &RunRecord| {
        if let Some(keeper) = &keeper {
            keeper.keep(record);
        }
        progress::advance(&bar, finished.fetch_add(1, Ordering::Relaxed) + 1);
    };
    records.extend(sweep::sweep(&models, plan.seed, &left, jobs, &hear));
    bar.finish_and_clear();
    keeper.map_or(Ok(()), store::Keeper::finish)?;
    if let Some((number, of)) = args.shard.filter(|&(_, of)| of > 1) {
        say(&format!(
            "Shard {number} of {of}: {}. Join all with doorbuster merge.",
            count(cells.len() as u64, "run")
        ));
        return Ok(Done::Well);
    }
    publish(&plan, &records, &args.results, &conditions)
}

/// What must hold, once it is known that it can be asked of this grid.
fn conditions(args: &SweepOutputArgs, plan: &SweepPlan) -> Result<Vec<Condition>> {
    let conditions = assert::read(&args.assert)?;
    assert::fit(&conditions, |condition| condition.fits_sweep(&plan.axes))?;
    Ok(conditions)
}

/// Joins shards.
pub(super) fn merge(args: &MergeArgs) -> Result<Done> {
    formats(&args.results.output, &FORMATS)?;
    check_table(&args.results)?;
    let (plan, records) = store::read_all(&args.folders)?;
    let conditions = conditions(&args.results, &plan)?;
    if let Some(folder) = &args.results.into {
        let (mut store, known) = Store::open(folder, &plan, (1, 1))?;
        let known: Vec<_> = known.iter().map(RunRecord::cell).collect();
        let keeper = store.keeper();
        records
            .iter()
            .filter(|record| !known.contains(&record.cell()))
            .for_each(|record| keeper.keep(record));
        keeper.finish()?;
    }
    let done = publish(&plan, &records, &args.results, &conditions)?;
    let missing = Sweep::of(&plan, &records).missing;
    if missing > 0 {
        let hint = "run the shards that are missing; runs that are done are not made again";
        return Err(Failure::hint(format!("{} missing", count(missing, "run")), hint));
    }
    Ok(done)
}

/// Writes what came of it where the arguments say.
fn publish(
    plan: &SweepPlan,
    records: &[RunRecord],
    to: &SweepOutputArgs,
    conditions: &[Condition],
) -> Result<Done> {
    if let Some(path) = &to.table {
        table(plan, records, path)?;
    }
    let joined = Sweep::of(plan, records);
    if let Some(path) = &to.report {
        let html = page(&show::heading(plan), &show::html(&joined)?);
        std::fs::write(path, html).map_err(|error| unwritable(path, &error))?;
        say(&format!("Report written to {}.", path.display()));
    }
    if let Some(path) = parquet::asked(&to.output)? {
        parquet::points(&joined, path)?;
        return assert::hold(conditions, |condition| condition.check_sweep(&joined));
    }
    let text = match to.output.format {
        Format::Json => serde_json::to_string_pretty(&joined).unwrap_or_default() + "\n",
        Format::Csv => show::csv(&joined),
        Format::Markdown => show::markdown(&joined),
        Format::Text | Format::Parquet => show::text(&joined, width()),
    };
    let listened = deliver(&to.output, &text);
    let held = assert::hold(conditions, |condition| condition.check_sweep(&joined))?;
    listened.map(|()| held)
}

/// Writes a row for each run.
fn table(plan: &SweepPlan, records: &[RunRecord], path: &Path) -> Result<()> {
    let rows = match extension(path).as_str() {
        "parquet" => return parquet::runs(plan, records, path),
        "csv" => sweep::csv(plan, records),
        _ => sweep::json_lines(plan, records),
    };
    std::fs::write(path, rows).map_err(|error| unwritable(path, &error))?;
    say(&format!("A row for each run written to {}.", path.display()));
    Ok(())
}

fn extension(path: &Path) -> String {
    path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Refuses a table that can't be written, before the runs and not after them.
fn check_table(args: &SweepOutputArgs) -> Result<()> {
    match &args.table {
        Some(path) if !matches!(extension(path).as_str(), "csv" | "jsonl" | "parquet") => {
            let text = format!("--table {}: tables end in .csv, .jsonl or .parquet", path.display());
            Err(Failure::hint(text, "each has a row for each run"))
        }
        _ => Ok(()),
    }
}

fn axes(vary: &[String]) -> Result<Vec<Axis>> {
    let mut axes: Vec<Axis> = Vec::new();
    for text in vary {
        let hint = "write --vary path=value,value, for example --vary balancer.queue=0,50,200";
        let Some((path, list)) = text.split_once('=') else {
            return Err(Failure::hint(format!("--vary {text}: has no ="), hint));
        };
        let path = path.trim().to_owned();
        let mut values: Vec<String> = Vec::new();
        for value in list.split(',').map(str::trim) {
            if value.is_empty() || values.iter().any(|known| known == value) {
                return Err(Failure::hint(
                    format!("--vary {text}: \"{value}\" is empty or there twice"),
                    hint,
                ));
            }
            values.push(value.to_owned());
        }
        if matches!(path.as_str(), "seed" | "run.seed") {
            let hint = "replications have seeds of their own; set their number with --replications";
            return Err(Failure::hint("--vary can't vary the seed", hint));
        }
        if axes.iter().any(|axis| axis.path == path) {
            return Err(Failure::hint(
                format!("--vary {path} is given twice"),
                "put all its values into one list",
            ));
        }
        axes.push(Axis { path, values });
    }
    Ok(axes)
}

fn check_size(plan: &SweepPlan) -> Result<()> {
    let points = plan.axes.iter().map(|axis| axis.values.len() as f64).product::<f64>();
    let runs = points * f64::from(plan.replications);
    if points > POINT_LIMIT as f64 || runs > RUN_LIMIT as f64 {
        let text = format!(
            "the grid has {} points and {} runs; at most {} and {} are allowed",
            points,
            runs,
            whole(POINT_LIMIT as u64),
            whole(RUN_LIMIT)
        );
        return Err(Failure::hint(text, "vary less at once, or lower --replications"));
    }
    Ok(())
}

/// The model of each point; what is wrong with any of them is told, each problem once.
fn models(args: &SweepArgs, plan: &SweepPlan) -> Result<Vec<Model>> {
    let written = source::read(&args.scenario.scenario)?;
    let mut models = Vec::new();
    let mut bad: Vec<Complaint> = Vec::new();
    for point in plan.points() {
        let ScenarioArgs { changes, .. } = &args.scenario;
        let mut changes = ChangeArgs {
            set: changes.set.clone(),
            seed: changes.seed,
            duration: changes.duration.clone(),
            replicas: changes.replicas,
        };
        let mut algorithm = args.algorithm.clone();
        for (axis, value) in plan.axes.iter().zip(point) {
            match axis.path.as_str() {
                "algorithm" => algorithm = Some(value),
                "duration" => changes.duration = Some(value),
                "replicas" => {
                    let bad =
                        || Failure::new(format!("--vary replicas: \"{value}\" is no number of replicas"));
                    changes.replicas = Some(value.parse().map_err(|_| bad())?);
                }
                path => changes.set.push(format!("{path}={value}")),
            }
        }
        match source::load_written(written.clone(), &changes, algorithm.as_deref()) {
            Ok(Loaded { model, .. }) => models.push(model),
            Err(Failure::Bad(more)) => {
                let new: Vec<Complaint> =
                    more.into_iter().filter(|complaint| !bad.contains(complaint)).collect();
                bad.extend(new);
            }
            Err(other) => return Err(other),
        }
    }
    if bad.is_empty() { Ok(models) } else { Err(Failure::Bad(bad)) }
}
