//! What was checked, as a page in Markdown: claim, source, exact or published value, ours, seeds, verdict.

use std::fmt::Write as _;

use super::Validation;
use super::show::five;
use crate::experiment::theory::{TOGETHER, TheoryResult};
use crate::report::number::{three, whole};

/// The page.
pub(super) fn page(validation: &Validation, seed: u64) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut out = format!(
        "# Validation\n\nWritten by `cargo xtask validation`, never by hand: doorbuster {version}, seeds from {seed} on. \
         The same command with `--seed` makes other draws.\n\n"
    );
    out += &sums(validation);
    theory(&mut out, &validation.theory);
    published(&mut out, validation);
    recordings(&mut out, validation);
    out
}

/// A line for each part: how many are met.
fn sums(validation: &Validation) -> String {
    let mut out = String::from("| part | met | of |\n|---|--:|--:|\n");
    let mut row = |name: &str, met: usize, of: usize| {
        if of > 0 {
            let _ = writeln!(out, "| {name} | {met} | {of} |");
        }
    };
    let Validation { theory, published, vectors, .. } = validation;
    row("[Theory](#theory)", theory.iter().filter(|r| r.passed).count(), theory.len());
    row(
        "[Published results](#published-results)",
        published.iter().filter(|r| r.passed).count(),
        published.len(),
    );
    row(
        "[Recordings of real products](#recordings-of-real-products)",
        vectors.iter().filter(|r| r.passed).count(),
        vectors.len(),
    );
    out
}

fn verdict(passed: bool) -> &'static str {
    if passed { "met" } else { "**not met**" }
}

/// Text in a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn theory(out: &mut String, results: &[TheoryResult]) {
    let Some(first) = results.first() else { return };
    let worst = results.iter().map(TheoryResult::worst_deviation).fold(0.0, f64::max);
    let requests: u64 = results.iter().map(|result| result.requests).sum();
    let _ = write!(
        out,
        "\n## Theory\n\nWorlds with a known answer, written as scenario files and run in independent replications, {} \
         requests in all. A case is met when every exact value lies in the interval of our mean **and** half that \
         interval is at most 2 % of the mean, 5 % for a p99. All intervals of this page together hold the true values \
         with a probability of at least {} %, each for itself with {} %: a false alarm anywhere on it is rarer than one \
         in a hundred. The largest deviation of a mean from its exact value is {} %.\n\nTimes are in units of the mean \
         service time unless the case says otherwise.\n\n\
         | case | world | quantity | exact | ours | off | runs | source | verdict |\n\
         |---|---|---|--:|--:|--:|--:|---|---|\n",
        whole(requests),
        three(TOGETHER * 100.0),
        five(first.confidence * 100.0),
        three(worst * 100.0),
    );
    for result in results {
        for (quantity, exact) in &result.exact {
            let (ours, off) = result.measured.get(quantity).map_or(("–".into(), "–".into()), |m| {
                let off = (m.mean - exact) / exact.abs().max(f64::MIN_POSITIVE) * 100.0;
                (format!("{} ± {}", five(m.mean), five(m.half_width)), format!("{off:+.2} %"))
            });
            let _ = writeln!(
                out,
                "| {} | {} | {quantity} | {} | {ours} | {off} | {} | {} | {} |",
                result.name,
                cell(&result.system),
                five(*exact),
                result.replications,
                cell(&result.source),
                verdict(result.passed),
            );
        }
    }
    for result in results.iter().filter(|result| !result.note.is_empty()) {
        let _ = write!(out, "\n{}: {}.\n", result.name, cell(&result.note));
    }
}

fn published(out: &mut String, validation: &Validation) {
    if validation.published.is_empty() {
        return;
    }
    *out += "\n## Published results\n\nA connection is counted from the hand-over of a request to a replica until its \
             answer is back, its failure known or its client gone: in service and waiting there. Intervals are of 95 % \
             over the seeds.\n\n\
             | claim | source | published | ours | seeds | tolerance | verdict |\n|---|---|---|---|--:|---|---|\n";
    for result in &validation.published {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} |",
            cell(result.claim),
            cell(result.source),
            cell(result.published),
            cell(&result.ours),
            result.seeds,
            cell(result.tolerance),
            verdict(result.passed),
        );
    }
}

fn recordings(out: &mut String, validation: &Validation) {
    if validation.vectors.is_empty() {
        return;
    }
    *out += "\n## Recordings of real products\n\nWhat real load balancers were seen to do, replayed on the balancer that \
             the engine runs on; tests/oracles/README.md says how each was recorded. *Equal* counts what was compared: \
             picks, attempts, statuses, cells of a distribution, or a mean within its margin.\n\n\
             | recording | product | kind | equal | of | verdict |\n|---|---|---|--:|--:|---|\n";
    for result in &validation.vectors {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            result.name,
            result.product,
            result.kind,
            result.matched,
            result.rows,
            match (result.passed, result.known_miss) {
                (false, Some(_)) => "known miss",
                (true, Some(_)) => "**met, though known as a miss**",
                (passed, None) => verdict(passed),
            }
        );
    }
    for result in validation.vectors.iter().filter(|result| !result.passed) {
        let why = result.known_miss.map_or_else(|| result.note.clone(), |why| format!("known miss: {why}"));
        let _ = write!(out, "\n{}: {}.\n", result.name, cell(&why));
    }
}
