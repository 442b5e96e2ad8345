//! `doorbuster run`.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use super::args::{Format, OneRunArgs, RunArgs};
use super::output::{deliver, say, unwritable};
use super::source::{Loaded, load};
use super::{Done, Failure, Result, assert, decisions, parquet, progress, report, term, text};
use crate::charts::{self, data::Facts, event::event_lines, theme::Theme};
use crate::engine::Engine;
use crate::experiment::{Run, Trace, run_with};
use crate::lang::{Lang, Said};
use crate::observe::{Observation, Probe};
use crate::report::{Line, Narrator, Warning, export};
use crate::scenario::{Field as _, Model};
use crate::units::SimTime;

/// Runs a scenario once and says what happened.
pub(super) fn run(args: &RunArgs) -> Result<Done> {
    let assertions = assert::assertions(&args.one.assert)?;
    let file = parquet::asked(&args.output)?;
    if args.one.explain.is_some() && file.is_some() {
        return Err(Failure::hint("--explain: has no place in a Parquet file", "use --format text or json"));
    }
    let loaded = load(&args.scenario, args.one.algorithm.as_deref())?;
    let mut done = simulate(&loaded, &args.one, Some(one_seed(args, &loaded)))?;
    let listened = match file {
        Some(path) => parquet::run(&done, path),
        None => {
            let told = decisions::explain(&loaded.model, args.one.explain);
            let text = formatted(&loaded, &done, args.output.format);
            deliver(&args.output, &decisions::add(text, told.as_ref(), args.output.format)?)
        }
    };
    let held = assert::of_run(&assertions, &done)?;
    // A report that is committed is about the run, not about how it was asked for.
    done.report.warnings.retain(|warning| warning.kind != ONE_SEED);
    let same = args.one.golden.as_deref().map_or(Ok(Done::Well), |path| report::golden(&done, path))?;
    listened.map(|()| if same == Done::Failed { same } else { held })
}

const ONE_SEED: &str = "one_seed";

/// One run is one draw of chance: said once, with the command that makes more.
fn one_seed(args: &RunArgs, loaded: &Loaded) -> Warning {
    let changes = &args.scenario.changes;
    let mut words = vec!["doorbuster".into(), "sweep".into(), args.scenario.scenario.clone()];
    words.extend(args.one.algorithm.iter().flat_map(|name| ["-a".into(), name.clone()]));
    words.extend(changes.set.iter().flat_map(|set| ["--set".into(), set.clone()]));
    words.extend(changes.seed.into_iter().flat_map(|seed| ["--seed".into(), seed.to_string()]));
    words.extend(changes.replicas.into_iter().flat_map(|n| ["--replicas".into(), n.to_string()]));
    // A sweep over one value is that value in replications.
    let vary = format!("duration={}", loaded.model.duration());
    words.extend(["--vary".into(), vary, "--replications".into(), "10".into()]);
    let command = words.iter().map(|word| shell_words::quote(word)).collect::<Vec<_>>().join(" ");
    let seed = loaded.model.seed();
    let text = format!("These are the numbers of one seed, {seed}; another one gives others.");
    let warning = Warning { text: Said::plain(text), ..crate::report::one_seed() };
    warning.flag(format!("{command} says by how much"))
}

/// The run in a format.
pub(super) fn formatted(loaded: &Loaded, done: &Run, format: Format) -> String {
    match format {
        Format::Json => done.report.to_json() + "\n",
        Format::Csv => export::csv(&done.report),
        Format::Markdown => export::markdown(&done.report),
        // A table in a file is written by itself; what is left to say is words.
        Format::Text | Format::Parquet => as_text(loaded, done),
    }
}

fn as_text(loaded: &Loaded, done: &Run) -> String {
    let narrator =
        Narrator { lang: Lang::En, names: &done.names, changes: &done.changes, model: &loaded.model };
    let lines: Vec<Line> = narrator.lines(done.log.entries());
    text::report(&done.report, loaded.scenario.heading(), &lines, term::width())
}

/// Runs with a progress bar, and with a trace where one is asked for.
pub(super) fn simulate(loaded: &Loaded, args: &OneRunArgs, mind: Option<Warning>) -> Result<Run> {
    let model = &loaded.model;
    check_plot(args)?;
    progress::announce(&[(model, 1)], 1);
    let end = model.duration().0;
    let bar = progress::bar(end);
    let seed = model.seed();
    let mut done = match &args.trace {
        None => run_with(model, seed, &mut (), &mut |engine| progress::advance(&bar, engine.now().0)),
        Some(path) => {
            let file = File::create(path).map_err(|error| unwritable(path, &error))?;
            let trace = Trace::new(model, BufWriter::new(file)).map_err(|error| unwritable(path, &error))?;
            let shared = Shared(RefCell::new(trace));
            let mut written = Ok(());
            let mut watch = |engine: &Engine| {
                progress::advance(&bar, engine.now().0);
                if written.is_ok() {
                    written = shared.0.borrow_mut().write(&engine.replica_names());
                }
            };
            let done = run_with(model, seed, &mut &shared, &mut watch);
            let rows = written.and_then(|()| shared.0.into_inner().finish(&done.names));
            let rows = rows.map_err(|error| unwritable(path, &error))?;
            say(&format!("{} rows written to {}.", crate::report::number::whole(rows), path.display()));
            done
        }
    };
    bar.finish_and_clear();
    if let Some(path) = &args.plot {
        plot(model, &done, path)?;
    }
    done.report.scenario = scenario_json(loaded);
    done.report.warnings.extend(mind);
    if let Some(path) = &args.report {
        report::page(loaded, &done, path)?;
    }
    Ok(done)
}

/// Size of the picture in px.
const PLOT: (f64, f64) = (1_110.0, 640.0);

/// Refuses a picture that can't be drawn, before the run and not after it.
fn check_plot(args: &OneRunArgs) -> Result<()> {
    match &args.plot {
        Some(path) if path.extension().is_none_or(|end| !end.eq_ignore_ascii_case("svg")) => {
            let hint = "give it a name that ends in .svg";
            Err(Failure::hint(format!("--plot {}: pictures are drawn as SVG", path.display()), hint))
        }
        _ => Ok(()),
    }
}

/// Draws the run over time.
fn plot(model: &Model, done: &Run, path: &Path) -> Result<()> {
    let facts = Facts::of(model, &done.names);
    let narrator = Narrator { lang: Lang::En, names: &done.names, changes: &done.changes, model };
    let events = event_lines(&narrator, &done.log);
    let svg = charts::whole(&done.report.series, &facts, &events, Theme::Light, PLOT);
    let svg = svg.map_err(|error| Failure::new(format!("--plot: {error}")))?;
    std::fs::write(path, svg).map_err(|error| unwritable(path, &error))?;
    say(&format!("Picture written to {}.", path.display()));
    Ok(())
}

/// The scenario as it was run, with its name even where that is the default.
pub(super) fn scenario_json(loaded: &Loaded) -> serde_json::Value {
    let mut json = loaded.scenario.write().to_json();
    if let Some(table) = json.as_object_mut() {
        table.insert("name".into(), loaded.scenario.name.clone().into());
    }
    json
}

/// A trace that is both written to by the engine and emptied by the watcher.
struct Shared<W: io::Write>(RefCell<Trace<W>>);

impl<W: io::Write> Probe for &Shared<W> {
    fn observe(&mut self, now: SimTime, seen: &Observation) {
        self.0.borrow_mut().observe(now, seen);
    }
}
