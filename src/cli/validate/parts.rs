//! What was checked, part by part, as tables: claim, source, exact or published value, ours, seeds, verdict. Pages in
//! Markdown and in HTML are made of the same parts.

use super::Validation;
use super::show::five;
use crate::experiment::theory::{TOGETHER, TheoryResult};
use crate::experiment::vectors::VectorResult;
use crate::report::number::{three, whole};

/// One part of a page.
pub(super) struct Part {
    /// Its heading.
    pub title: &'static str,
    /// How many are met, of how many.
    pub met: (usize, usize),
    /// What it is about.
    pub text: String,
    /// Heads of the columns; whether each is of numbers.
    pub heads: Vec<(&'static str, bool)>,
    /// The rows; the last cell is the verdict.
    pub rows: Vec<Vec<String>>,
    /// What is to be said about single rows.
    pub notes: Vec<String>,
}

/// Words of a verdict.
pub(super) const MET: &str = "met";
const NOT_MET: &str = "not met";

fn verdict(passed: bool) -> String {
    if passed { MET } else { NOT_MET }.to_owned()
}

/// Every part of which anything was run.
pub(super) fn parts(validation: &Validation) -> Vec<Part> {
    let parts = [theory(&validation.theory), published(validation), recordings(&validation.vectors)];
    parts.into_iter().filter(|part| part.met.1 > 0).collect()
}

/// What stands above all parts.
pub(super) fn lead(seed: u64) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "Written by `cargo xtask validation`, never by hand: doorbuster {version}, seeds from {seed} on. The same command \
         with `--seed` makes other draws."
    )
}

fn theory(results: &[TheoryResult]) -> Part {
    let worst = results.iter().map(TheoryResult::worst_deviation).fold(0.0, f64::max);
    let requests: u64 = results.iter().map(|result| result.requests).sum();
    let text = format!(
        "Worlds with a known answer, written as scenario files and run in independent replications, {} requests in all. A \
         case is met when every exact value lies in the interval of our mean and half that interval is at most 2 % of the \
         mean, 5 % for a p99. All intervals of this page together hold the true values with a probability of at least {} \
         %, each for itself with {} %: a false alarm anywhere on it is rarer than one in a hundred. The largest deviation \
         of a mean from its exact value is {} %. Times are in units of the mean service time unless the case says \
         otherwise.",
        whole(requests),
        three(TOGETHER * 100.0),
        five(results.first().map_or(0.0, |first| first.confidence) * 100.0),
        three(worst * 100.0),
    );
    let row = |result: &TheoryResult, quantity: &str, exact: f64| {
        let (ours, off) = result.measured.get(quantity).map_or(("–".into(), "–".into()), |m| {
            let off = (m.mean - exact) / exact.abs().max(f64::MIN_POSITIVE) * 100.0;
            (format!("{} ± {}", five(m.mean), five(m.half_width)), format!("{off:+.2} %"))
        });
        let runs = result.replications.to_string();
        let (name, system, source) = (result.name.clone(), result.system.clone(), result.source.clone());
        vec![name, system, quantity.to_owned(), five(exact), ours, off, runs, source, verdict(result.passed)]
    };
    let rows = results.iter().flat_map(|r| r.exact.iter().map(move |(name, exact)| row(r, name, *exact)));
    let noted = results.iter().filter(|result| !result.note.is_empty());
    Part {
        title: "Theory",
        met: (results.iter().filter(|result| result.passed).count(), results.len()),
        text,
        heads: vec![
            ("case", false),
            ("world", false),
            ("quantity", false),
            ("exact", true),
            ("ours", true),
            ("off", true),
            ("runs", true),
            ("source", false),
            ("verdict", false),
        ],
        rows: rows.collect(),
        notes: noted.map(|result| format!("{}: {}.", result.name, result.note)).collect(),
    }
}

/// What we count as a connection, and why that is said.
const CONNECTION: &str = "A connection is counted from the hand-over of a request to a replica until its answer is back, \
    its failure known or its client gone: in service and waiting there, as the balancer sees it that has it. Several \
    simulators count less under the same name, and then least connections is another rule; rows on the same work as \
    theirs say what they give. Intervals are of 95 % over the seeds.";

fn published(validation: &Validation) -> Part {
    let results = &validation.published;
    let row = |result: &crate::experiment::published::ClaimResult| {
        vec![
            result.claim.to_owned(),
            result.source.to_owned(),
            result.published.to_owned(),
            result.ours.clone(),
            result.seeds.to_string(),
            result.tolerance.to_owned(),
            verdict(result.passed),
        ]
    };
    Part {
        title: "Published results",
        met: (results.iter().filter(|result| result.passed).count(), results.len()),
        text: CONNECTION.to_owned(),
        heads: vec![
            ("claim", false),
            ("source", false),
            ("published", false),
            ("ours", false),
            ("seeds", true),
            ("tolerance", false),
            ("verdict", false),
        ],
        rows: results.iter().map(row).collect(),
        notes: vec![format!("Not run again: {NOT_RUN}")],
    }
}

/// Published results that are known and not here, each with its reason.
const NOT_RUN: &str = "adaptive throttling by clients, shedding by priority, CoDel and adaptive LIFO queues (no such rules \
    here); jitter of optimistic transactions (Brooker 2015) and the waiting paradox of outages (Brooker 2026: neither has a \
    load balancer in it); Prequal on shared hosts (Wydrowski and others 2024, and its replication on CloudLab: it lives on \
    CPU that others on the host leave over); what Uber, Netflix and Google report of their own fleets, savings and the CPU \
    twice as high on one replica as on another under round robin (no setting was published).";

fn recordings(results: &[VectorResult]) -> Part {
    let row = |result: &VectorResult| {
        let verdict = match (result.passed, result.known_miss) {
            (false, Some(_)) => "known miss".to_owned(),
            (true, Some(_)) => format!("{NOT_MET}: {MET}, though known as a miss"),
            (passed, None) => verdict(passed),
        };
        let VectorResult { name, product, kind, matched, rows, .. } = result;
        vec![name.clone(), product.clone(), kind.clone(), matched.to_string(), rows.to_string(), verdict]
    };
    let note = |result: &VectorResult| {
        let why = result.known_miss.map_or_else(|| result.note.clone(), |why| format!("known miss: {why}"));
        format!("{}: {why}.", result.name)
    };
    Part {
        title: "Recordings of real products",
        met: (results.iter().filter(|result| result.passed).count(), results.len()),
        text: "What real load balancers were seen to do, replayed on the balancer that the engine runs on; \
               tests/oracles/README.md says how each was recorded. Equal counts what was compared: picks, attempts, \
               statuses, cells of a distribution, or a mean within its margin."
            .to_owned(),
        heads: vec![
            ("recording", false),
            ("product", false),
            ("kind", false),
            ("equal", true),
            ("of", true),
            ("verdict", false),
        ],
        rows: results.iter().map(row).collect(),
        notes: results.iter().filter(|result| !result.passed).map(note).collect(),
    }
}
