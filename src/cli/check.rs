//! `doorbuster check`.

use super::args::{CheckArgs, Format};
use super::output::{complain, deliver, formats, say};
use super::source::{at, change, check as checked, read};
use super::{Complaint, Done, Failure, Result};
use crate::report::number::{count, three};

/// Names every problem of a scenario at once.
pub(super) fn check(args: &CheckArgs) -> Result<Done> {
    formats(&args.output, &[Format::Text, Format::Json])?;
    let mut written = read(&args.scenario.scenario)?;
    change(&mut written.node, &args.scenario.changes, args.algorithm.as_deref())?;
    let json = args.output.format == Format::Json;
    match checked(&written) {
        Ok(_) if json => deliver(&args.output, "[]\n").map(|()| Done::Well),
        Ok(loaded) => {
            let model = &loaded.model;
            let replicas: u64 = model.services().iter().map(|s| u64::from(s.replicas)).sum();
            let text = format!(
                "{}: good. {} of {} under {}, about {} requests.\n",
                written.origin,
                model.duration(),
                count(replicas, "replica"),
                model.algorithm(),
                three(model.expected_requests()),
            );
            deliver(&args.output, &text).map(|()| Done::Well)
        }
        Err(problems) if json => {
            let text = serde_json::to_string_pretty(&problems).unwrap_or_default() + "\n";
            deliver(&args.output, &text)?;
            Err(Failure::Bad(Vec::new()))
        }
        Err(problems) => {
            for problem in &problems {
                complain(&Complaint {
                    text: at(&written.origin, problem),
                    hint: problem.remedy.clone().map(String::from),
                });
            }
            say(&format!("{} in {}.", count(problems.len() as u64, "problem"), written.origin));
            Err(Failure::Bad(Vec::new()))
        }
    }
}
