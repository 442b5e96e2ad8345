//! `doorbuster import`: a deployment's own files as a scenario, with everything worth saying about them.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::Path;

use serde_json::json;

use super::args::{ComposeArgs, Format, Import};
use super::assert::{assertions, of_run};
use super::decisions;
use super::output::{deliver, formats, print, say, unwritable};
use super::run::{formatted, simulate};
use super::source::{Loaded, Written, accept, change};
use super::term::{BOLD, DIM, RED, RESET, YELLOW, width, wrap};
use super::{Done, Failure, Result};
use crate::convert::compose::LoadOptions;
use crate::convert::{self, Finding, ImportOptions, Imported, Severity, SourceFile, limits, variables_of};
use crate::report::number::count;
use crate::scenario::Field as _;

/// Imports and, when asked, runs.
pub(super) fn import(args: &Import) -> Result<Done> {
    let Import::Compose(args) = args;
    if !args.run {
        formats(&args.output, &[Format::Text, Format::Json])?;
    }
    let assertions = assertions(&args.one.assert)?;
    let files = args.files.iter().map(|path| source(path)).collect::<Result<Vec<_>>>()?;
    let nginx = args.nginx.as_deref().map(source).transpose()?;
    let options = ImportOptions {
        scale: args.scale.clone(),
        service: args.service.clone(),
        load: load_options(args.files.first().map_or(Path::new("."), |path| path)),
    };
    let imported = convert::import(&files, nginx.as_ref(), &options).map_err(|findings| {
        say(findings_text(&findings).trim_end());
        Failure::new("no scenario could be made of these files")
    })?;
    let loaded = check(args, &imported)?;
    if let Some(path) = &args.scenario {
        std::fs::write(path, toml(&imported, &loaded)).map_err(|error| unwritable(path, &error))?;
        say(&format!("Scenario written to {}.", path.display()));
    }
    if args.run {
        let done = simulate(&loaded, &args.one, None)?;
        let text = match args.output.format {
            Format::Json => {
                let mut whole = json(&imported, &loaded);
                whole["report"] = serde_json::to_value(&done.report).unwrap_or_default();
                pretty(&whole)
            }
            Format::Text => {
                format!("{}\n{}", findings_text(&imported.findings), formatted(&loaded, &done, Format::Text))
            }
            other => formatted(&loaded, &done, other),
        };
        let told = decisions::explain(&loaded.model, args.one.explain);
        let listened = deliver(&args.output, &decisions::add(text, told.as_ref(), args.output.format)?);
        let held = of_run(&assertions, &done)?;
        return listened.map(|()| held);
    }
    let text = match (args.output.format, &args.scenario) {
        (Format::Json, _) => pretty(&json(&imported, &loaded)),
        (_, Some(_)) => return print(&findings_text(&imported.findings)).map(|()| Done::Well),
        _ => toml(&imported, &loaded),
    };
    deliver(&args.output, &text).map(|()| Done::Well)
}

fn source(path: &Path) -> Result<SourceFile> {
    let name = path.display().to_string();
    let size = std::fs::metadata(path).map_err(|error| Failure::new(format!("{name}: {error}")))?.len();
    if size > limits::FILE_BYTES as u64 {
        return Err(Failure::new(format!(
            "{name}: has {size} bytes; at most {} are read",
            limits::FILE_BYTES
        )));
    }
    let text = std::fs::read_to_string(path).map_err(|error| Failure::new(format!("{name}: {error}")))?;
    Ok(SourceFile::new(name, text))
}

/// As Compose does: the project is called after the folder, and variables come from `.env` beside the first
/// file and from the environment, which wins.
fn load_options(first: &Path) -> LoadOptions {
    let folder = std::path::absolute(first).ok();
    let folder = folder.as_deref().and_then(Path::parent);
    let mut variables = BTreeMap::new();
    let dot_env = folder.map(|folder| std::fs::read_to_string(folder.join(".env")).unwrap_or_default());
    variables.extend(variables_of(&dot_env.unwrap_or_default()));
    variables.extend(
        std::env::vars_os()
            .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?))),
    );
    let name = folder.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    LoadOptions { project: None, folder: name, variables }
}

/// The imported scenario with the changes of the command line, checked.
fn check(args: &ComposeArgs, imported: &Imported) -> Result<Loaded> {
    let origin = args.files.first().map_or_else(String::new, |path| path.display().to_string());
    let mut written = Written { origin, preset: None, node: imported.scenario.write() };
    change(&mut written.node, &args.changes, args.one.algorithm.as_deref())?;
    accept(&written).inspect_err(|_| say(findings_text(&imported.findings).trim_end()))
}

/// The scenario as a file, the findings as its first comments.
fn toml(imported: &Imported, loaded: &Loaded) -> String {
    let findings =
        imported.findings.iter().map(|finding| format!("# {}\n", finding.to_string().replace('\n', "\n# ")));
    format!("{}\n{}", findings.collect::<String>(), loaded.scenario.to_toml())
}

fn json(imported: &Imported, loaded: &Loaded) -> serde_json::Value {
    json!({
        "scenario": super::run::scenario_json(loaded),
        "findings": imported.findings,
        "running": imported.running,
    })
}

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// Findings in the order of the files, with their number.
fn findings_text(findings: &[Finding]) -> String {
    // Unbroken where it goes to a file or another program, so that a message can be found whole.
    let width = if std::io::stdout().is_terminal() { width() } else { usize::MAX };
    let mut out = String::new();
    for finding in findings {
        let (colour, label) = match finding.severity {
            Severity::Error => (RED, "error"),
            Severity::Warning => (YELLOW, "warning"),
            Severity::Note => (DIM, "note"),
        };
        let at = format!("{}:{}", finding.file, finding.line);
        let text = format!("{BOLD}{at}:{RESET} {colour}{label}:{RESET} {}", finding.text);
        out += &(wrap(&text, 0, width, 4) + "\n");
        if let Some(remedy) = &finding.remedy {
            out += &format!("    {DIM}{}{RESET}\n", wrap(&remedy.to_string(), 4, width, 4));
        }
    }
    let number = |severity| findings.iter().filter(|finding| finding.severity == severity).count() as u64;
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
        .map(|(severity, name)| count(number(severity), name));
    out + &format!("{DIM}{}{RESET}\n", counts.join(", "))
}
