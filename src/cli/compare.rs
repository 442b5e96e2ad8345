//! `doorbuster compare`.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use super::args::{CompareArgs, Format};
use super::output::{deliver, formats, say, unwritable};
use super::run::scenario_json;
use super::source::{Loaded, algorithm_choice, load};
use super::table::Table;
use super::term::{BOLD, DIM, RESET, width, wrap};
use super::text::warnings;
use super::{Complaint, Done, Failure, Result, assert, figures, progress};
use crate::algorithm::CATALOG;
use crate::experiment::{self, Arm, ArmReport, COMPARED, Comparison, Condition, Difference, Plan, Verdict};
use crate::report::Estimate;
use crate::report::export::{escape, html_table, page};
use crate::report::measure::{self, MEASURES, Measure};
use crate::report::number::{count, whole};
use crate::scenario::nearest;

/// Runs a scenario under several algorithms and tells the differences.
pub(super) fn compare(args: &CompareArgs) -> Result<Done> {
    formats(&args.output, &[Format::Text, Format::Json, Format::Csv, Format::Markdown])?;
    let conditions = assert::read(&args.assert)?;
    let loaded = load(&args.scenario, None)?;
    let arms = arms(&loaded, &args.algorithms)?;
    let names: Vec<&str> = arms.iter().map(|arm| arm.name.as_str()).collect();
    assert::fit(&conditions, |condition| condition.fits_comparison(&names))?;
    let mut also = measures(&args.measures)?;
    also.extend(conditions.iter().filter_map(Condition::measure));
    let plan = Plan {
        seed: loaded.model.seed(),
        replications: args.replications,
        jobs: args.jobs.unwrap_or_else(experiment::jobs),
    };
    let runs = arms.len() as u64 * u64::from(plan.replications);
    let work: Vec<_> = arms.iter().map(|arm| (&arm.model, u64::from(plan.replications))).collect();
    progress::announce(&work, plan.jobs);
    let bar = progress::bar(runs);
    let finished = AtomicU64::new(0);
    let hear = || progress::advance(&bar, finished.fetch_add(1, Ordering::Relaxed) + 1);
    let mut comparison = experiment::compare_also(&arms, &plan, &also, &hear);
    bar.finish_and_clear();
    comparison.scenario = scenario_json(&loaded);
    if let Some(path) = &args.report {
        let html = page(loaded.scenario.heading(), &html(&comparison)?);
        std::fs::write(path, html).map_err(|error| unwritable(path, &error))?;
        say(&format!("Report written to {}.", path.display()));
    }
    let result = match args.output.format {
        Format::Json => serde_json::to_string_pretty(&comparison).unwrap_or_default() + "\n",
        Format::Csv => csv(&comparison),
        Format::Markdown => markdown(&comparison),
        Format::Text | Format::Parquet => text(&comparison, loaded.scenario.heading(), width()),
    };
    let listened = deliver(&args.output, &result);
    let held = assert::hold(&conditions, |condition| condition.check_comparison(&comparison))?;
    listened.map(|()| held)
}

/// The measures of these names, or what is wrong with any.
fn measures(names: &[String]) -> Result<Vec<&'static Measure>> {
    let mut bad = Vec::new();
    let mut found = Vec::new();
    for name in names {
        match measure::find(name) {
            Some(measure) => found.push(measure),
            None => bad.push(Complaint {
                text: format!("--measure \"{name}\" is no measure"),
                hint: Some(nearest(name, MEASURES.iter().map(|measure| measure.name)).map_or_else(
                    || "doorbuster list measures tells them all".into(),
                    |near| format!("did you mean \"{near}\"?"),
                )),
            }),
        }
    }
    if bad.is_empty() { Ok(found) } else { Err(Failure::Bad(bad)) }
}

fn arms(loaded: &Loaded, given: &[String]) -> Result<Vec<Arm>> {
    let all = || CATALOG.iter().map(|spec| spec.name.to_owned()).collect();
    let names: Vec<String> = if given.is_empty() { all() } else { given.to_vec() };
    let mut bad = Vec::new();
    let mut arms: Vec<Arm> = Vec::new();
    for text in &names {
        let (name, params) = algorithm_choice(text)?;
        match Arm::new(&loaded.model, &name, &params) {
            Ok(arm) if arms.iter().any(|known| known.name == arm.name) => {}
            Ok(arm) => arms.push(arm),
            Err(text) => bad.push(Complaint { text: format!("--algorithm {text}"), hint: None }),
        }
    }
    if !bad.is_empty() {
        return Err(Failure::Bad(bad));
    }
    if arms.len() < 2 {
        return Err(Failure::hint(
            "one algorithm alone can't be compared",
            "give -a twice or more, or leave it out to compare all",
        ));
    }
    Ok(arms)
}

fn shown(measure: &str, estimate: &Estimate) -> String {
    let kind = measure::find(measure).map_or(measure::Kind::Number, |m| m.kind);
    kind.show_with(estimate.mean, estimate.half_width.unwrap_or(0.0))
}

fn row<'a>(arm: &'a ArmReport, columns: &'a [(&str, &str)]) -> impl Iterator<Item = String> + 'a {
    columns.iter().map(|&(name, _)| {
        let estimate = arm.estimates.iter().find(|(known, _)| *known == name);
        estimate.map_or_else(|| "—".into(), |(name, estimate)| shown(name, estimate))
    })
}

/// Name and heading of each column: these, and every measure that was asked for besides.
fn columns(comparison: &Comparison) -> Vec<(&'static str, &'static str)> {
    let mut columns = vec![
        ("p50", "p50"),
        ("p99", "p99"),
        ("failed_share", "failed"),
        ("goodput", "goodput"),
        ("sessions_lost", "sessions lost"),
        ("fairness", "fairness"),
    ];
    let asked = |measure: &&Measure| {
        let has = |arm: &ArmReport| arm.estimates.iter().any(|(name, _)| *name == measure.name);
        !COMPARED.contains(&measure.name) && comparison.algorithms.iter().any(has)
    };
    columns.extend(MEASURES.iter().filter(asked).map(|measure| (measure.name, measure.label)));
    columns
}

fn text(comparison: &Comparison, title: &str, width: usize) -> String {
    let runs = count(u64::from(comparison.replications), "run");
    let headline = wrap(&comparison.headline, 0, width, 0);
    let mut out =
        format!("{BOLD}{title}{RESET}{DIM} · {runs} each, same arrivals, 95 % intervals{RESET}\n\n");
    let _ = writeln!(out, "{BOLD}{headline}{RESET}\n");
    let columns = columns(comparison);
    let head: Vec<&str> = ["Algorithms"].into_iter().chain(columns.iter().map(|c| c.1)).collect();
    let mut table = Table::new(&head);
    for arm in &comparison.algorithms {
        table.row([arm.algorithm.clone()].into_iter().chain(row(arm, &columns)).collect());
    }
    out += &table.show(width);
    let _ = writeln!(out, "\n{BOLD}Differences{RESET}");
    let real = |verdict| matches!(verdict, Verdict::Yes | Verdict::Tiny);
    let mut told: Vec<_> = comparison.differences.iter().filter(|d| real(d.verdict)).collect();
    told.sort_by_key(|difference| difference.verdict == Verdict::Tiny);
    for difference in told.iter().take(LINES) {
        let _ = writeln!(out, "  {}", wrap(&difference.text, 2, width, 4));
    }
    if told.len() > LINES {
        let _ =
            writeln!(out, "  {DIM}and {} more with --format json{RESET}", whole((told.len() - LINES) as u64));
    }
    for line in unclear(comparison) {
        let _ = writeln!(out, "  {DIM}{}{RESET}", wrap(&line, 2, width, 4));
    }
    if !comparison.warnings.is_empty() {
        out += &format!("\n{}", warnings(&comparison.warnings, width));
    }
    let last = comparison.seed + u64::from(comparison.replications) - 1;
    let _ =
        writeln!(out, "\n{DIM}seeds {} to {last}; each interval stands for itself{RESET}", comparison.seed);
    out
}

/// Real differences that are written out.
const LINES: usize = 24;

/// What can't be told apart, a line for each measure.
fn unclear(comparison: &Comparison) -> Vec<String> {
    let mut lines = Vec::new();
    for measure in MEASURES {
        let of: Vec<&Difference> =
            comparison.differences.iter().filter(|d| d.measure == measure.name).collect();
        let open = |d: &&&Difference| matches!(d.verdict, Verdict::No | Verdict::Unknown);
        let open: Vec<&&Difference> = of.iter().filter(open).collect();
        match open.as_slice() {
            [] => {}
            [only] => lines.push(only.text.clone()),
            several if several.iter().all(|d| d.is_same()) && several.len() == of.len() => {
                lines.push(format!("{}: the same under all of them.", measure.label));
            }
            several if several.len() == of.len() => {
                lines.push(format!("{}: not enough to tell any two apart.", measure.label));
            }
            several => {
                let pairs: Vec<String> = several.iter().map(|d| format!("{} from {}", d.a, d.b)).collect();
                lines.push(format!("{}: not enough to tell {}.", measure.label, pairs.join(", or ")));
            }
        }
    }
    lines
}

fn csv(comparison: &Comparison) -> String {
    let mut out = String::from("algorithm,measure,mean,half_width,confidence,replications\n");
    for arm in &comparison.algorithms {
        for (name, e) in &arm.estimates {
            let half = e.half_width.map_or_else(String::new, |half| half.to_string());
            let arm = if arm.algorithm.contains(',') {
                format!("\"{}\"", arm.algorithm)
            } else {
                arm.algorithm.clone()
            };
            let _ = writeln!(out, "{arm},{name},{},{half},{},{}", e.mean, e.confidence, e.replications);
        }
    }
    out
}

/// The body of a page.
fn html(comparison: &Comparison) -> Result<String> {
    let columns = columns(comparison);
    let heads: Vec<String> =
        ["algorithm"].into_iter().chain(columns.iter().map(|column| column.1)).map(str::to_owned).collect();
    let rows: Vec<Vec<String>> = comparison
        .algorithms
        .iter()
        .map(|arm| [arm.algorithm.clone()].into_iter().chain(row(arm, &columns)).collect())
        .collect();
    let mut out = format!("<p class=\"lead\">{}</p>\n", escape(&comparison.headline));
    for warning in &comparison.warnings {
        let text = escape(&format!("{} {}.", warning.text, warning.remedy));
        let _ = writeln!(out, "<p class=\"warn\"><strong>Mind:</strong> {text}</p>");
    }
    out += &figures::of_comparison(comparison)?;
    let runs = count(u64::from(comparison.replications), "run");
    out += &html_table(&format!("{runs} each, same arrivals, 95 % intervals"), &heads, &rows);
    out += "<h2>Differences</h2>\n<ul>\n";
    for difference in &comparison.differences {
        let _ = writeln!(out, "<li>{}</li>", escape(&difference.text));
    }
    Ok(out + "</ul>\n")
}

fn markdown(comparison: &Comparison) -> String {
    let mut out = format!("{}\n\n| algorithm |", comparison.headline);
    let columns = columns(comparison);
    columns.iter().for_each(|(_, label)| out += &format!(" {label} |"));
    out += &format!("\n|---|{}\n", "--:|".repeat(columns.len()));
    for arm in &comparison.algorithms {
        let cells: Vec<String> = row(arm, &columns).collect();
        let _ = writeln!(out, "| {} | {} |", arm.algorithm, cells.join(" | "));
    }
    out.push('\n');
    for difference in &comparison.differences {
        let _ = writeln!(out, "- {}", difference.text);
    }
    out
}
