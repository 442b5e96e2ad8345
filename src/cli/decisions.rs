//! `--explain`: decisions of the balancer in full.

use std::fmt::Write as _;

use super::args::Format;
use super::term::{BOLD, DIM, GREEN, RESET, width, wrap};
use super::{Failure, Result};
use crate::algorithm::{Decision, Score};
use crate::engine::{Explain, Explained};
use crate::experiment::{self, Answer};
use crate::report::number::millis;
use crate::scenario::Model;

/// Decisions with the names of the replicas; and what the client got, of one request that was asked for.
pub(super) struct Told {
    decisions: Vec<Explained>,
    names: Vec<String>,
    answer: Option<Answer>,
}

/// Candidates that are shown of a decision, at most; the chosen one is always shown.
const SHOWN: usize = 20;

/// The decisions that were asked for.
pub(super) fn explain(model: &Model, what: Option<Explain>) -> Option<Told> {
    what.map(|what| {
        let (decisions, names) = experiment::explain(model, model.seed(), what);
        let answer = match what {
            Explain::Request(number) => experiment::answer(model, model.seed(), number),
            Explain::Next(_) | Explain::Client(_) => None,
        };
        Told { decisions, names, answer }
    })
}

/// Adds them to the result of a run: as text, or as `decisions` in its JSON.
pub(super) fn add(result: String, told: Option<&Told>, format: Format) -> Result<String> {
    let Some(Told { decisions, names, answer }) = told else { return Ok(result) };
    match format {
        Format::Text => {
            let got = answer.as_ref().map(answered).unwrap_or_default();
            Ok(result + "\n" + &text(decisions, names, width()) + &got)
        }
        Format::Json => {
            let failed = |error| Failure::new(format!("--explain: {error}"));
            let mut report: serde_json::Value = serde_json::from_str(&result).map_err(failed)?;
            report["decisions"] = serde_json::to_value(decisions).map_err(failed)?;
            if let Some(answer) = answer {
                report["answer"] = serde_json::to_value(answer).map_err(failed)?;
            }
            Ok(serde_json::to_string_pretty(&report).map_err(failed)? + "\n")
        }
        Format::Csv | Format::Markdown | Format::Parquet => {
            let hint = "leave --explain out, or use --format text or json";
            Err(Failure::hint("--explain: decisions are told as text or JSON only", hint))
        }
    }
}

/// What the client got, as on the wire.
fn answered(answer: &Answer) -> String {
    let status = match answer.status {
        0 => "no answer".to_owned(),
        status => format!("HTTP/1.1 {status}"),
    };
    let mut out = format!(
        "\n{BOLD}{status}{RESET} {DIM}· {} · {}{RESET}\n",
        answer.outcome,
        millis(answer.response_time_ms)
    );
    for (sign, list) in [("→", &answer.to_replica), ("←", &answer.headers)] {
        for header in list {
            let _ = writeln!(out, "  {sign} {}: {}", header.name, header.value);
        }
    }
    out
}

fn text(decisions: &[Explained], names: &[String], width: usize) -> String {
    if decisions.is_empty() {
        return format!("{BOLD}Decisions{RESET}\nThe balancer was not asked.\n");
    }
    let all: Vec<String> = decisions.iter().map(|decision| one(decision, names, width)).collect();
    format!("{BOLD}Decisions{RESET}\n{}", all.join("\n"))
}

fn one(told: &Explained, names: &[String], width: usize) -> String {
    let name = |member: u32| names.get(member as usize).map_or("?", String::as_str);
    let Explained { request, attempt, algorithm, why, .. } = told;
    let (chosen, what) = match why.decision {
        Decision::Route(member) => (Some(member), format!("→ {}", name(member))),
        Decision::Wait(member) => (Some(member), format!("waits for {}", name(member))),
        Decision::Hold => (None, "waits".into()),
        Decision::Reject => (None, "is turned away".into()),
    };
    let tries = if *attempt > 1 { format!(", try {attempt}") } else { String::new() };
    let mut out = format!(
        "{:.3} s  request {request}{tries} {BOLD}{what}{RESET} {DIM}· {algorithm}{RESET}\n",
        told.at_s
    );
    let longest = why.scores.iter().map(|score| name(score.member).chars().count()).max().unwrap_or(0);
    let line = |score: &Score| {
        let mine = chosen == Some(score.member);
        let (mark, style) = if mine { ("▸", GREEN) } else { (" ", "") };
        let pad = " ".repeat(longest - name(score.member).chars().count());
        let filled = wrap(&score.filled.to_string(), longest + 6, width, longest + 6);
        format!("  {mark} {style}{}{RESET}{pad}  {filled}\n", name(score.member))
    };
    let shown = |(place, score): &(usize, &Score)| *place < SHOWN || chosen == Some(score.member);
    out.extend(why.scores.iter().enumerate().filter(shown).map(|(_, score)| line(score)));
    if why.scores.len() > SHOWN {
        let _ = writeln!(out, "    {DIM}{} candidates in all{RESET}", why.scores.len());
    }
    if !why.draws.is_empty() {
        let draws: Vec<String> = why.draws.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "  drew {}", wrap(&draws.join(", "), 7, width, 7));
    }
    let _ = writeln!(out, "  {}", wrap(&why.because.to_string(), 2, width, 2));
    out
}
