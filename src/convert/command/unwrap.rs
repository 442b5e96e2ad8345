//! From the words that Docker starts to the program that serves: through `sh -c`, `exec`, `python -m` and
//! other wrappers.

use super::{Environment, Kind};
use crate::convert::finding::shorten;
use crate::convert::variables::{Dialect, expand};
use crate::convert::{Finding, Findings, Place};

/// A program and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// Which program.
    pub kind: Kind,
    /// The words behind its name.
    pub arguments: Vec<String>,
}

/// Finds the program. Of several commands in one shell line, the first that is known.
pub fn unwrap(
    words: &[String],
    environment: &Environment<'_>,
    place: &Place,
    findings: &mut Findings,
) -> CommandLine {
    let Some(script) = shell_script(words) else {
        if let Some(word) = words.iter().find(|word| word.contains("${")) {
            let text = format!("no shell runs here, so the program gets `{}` as it stands", shorten(word));
            findings.push(
                Finding::warning(place, text)
                    .remedy("write `sh -c \"exec …\"` to have a shell put values in"),
            );
        }
        return program(words);
    };
    let words = shell_line(script, environment, place, findings);
    let commands = words.split(|word| matches!(word.as_str(), "&&" | "||" | ";" | "|" | "&"));
    let mut lines = commands.map(|words| (program(words), words));
    let (line, words) = lines
        .find(|(line, _)| line.kind != Kind::Unknown)
        .unwrap_or((CommandLine { kind: Kind::Unknown, arguments: Vec::new() }, &[]));
    if line.kind != Kind::Unknown && words.first().is_none_or(|word| word != "exec") {
        let text = format!(
            "the shell may keep SIGTERM from {}: then every stop waits for the whole grace period, 10 s \
             by default",
            line.kind.name()
        );
        findings.push(Finding::note(place, text).remedy("write `exec` before the program's name"));
    }
    line
}

/// The text behind `sh -c`, `/bin/bash -lc` and the like.
fn shell_script(words: &[String]) -> Option<&str> {
    let [shell, option, script, ..] = words else { return None };
    let is_shell = matches!(base_name(shell), "sh" | "bash" | "ash" | "dash" | "zsh");
    let runs_text = option.starts_with('-') && !option.starts_with("--") && option.ends_with('c');
    (is_shell && runs_text).then_some(script)
}

fn shell_line(
    script: &str,
    environment: &Environment<'_>,
    place: &Place,
    findings: &mut Findings,
) -> Vec<String> {
    let text = match expand(script, Dialect::Shell, environment) {
        Ok(expanded) => {
            if expanded.runs_commands {
                let text = "the shell line runs a command whose result is not known here";
                findings.push(Finding::note(place, text).remedy("write the number that it gives"));
            }
            for name in expanded.missing {
                let text =
                    format!("the container's shell finds no value for {}: it becomes empty", shorten(&name));
                findings.push(
                    Finding::warning(place, text).remedy(format!("add {} to `environment`", shorten(&name))),
                );
            }
            expanded.text
        }
        Err(_) => {
            let text = format!("the shell can't read `{}`", shorten(script));
            findings.push(Finding::error(place, text).remedy("check the braces behind `$`"));
            return Vec::new();
        }
    };
    // A semicolon may stick to the word before it.
    match shell_words::split(&text.replace(';', " ; ").replace("&&", " && ")) {
        Ok(words) => words,
        Err(_) => {
            let text = format!("an open quote in `{}`", shorten(script));
            findings.push(Finding::error(place, text).remedy("close the quote"));
            Vec::new()
        }
    }
}

/// Wrappers that start the program named behind them.
const WRAPPERS: &[&str] = &[
    "exec",
    "env",
    "nohup",
    "tini",
    "dumb-init",
    "--",
    "poetry",
    "pipenv",
    "uv",
    "pdm",
    "run",
    "bundle",
    "npx",
    "newrelic-admin",
    "run-program",
    "ddtrace-run",
    "opentelemetry-instrument",
    "python",
    "python3",
    "-m",
    "-u",
    "-g",
];

/// The program that a simple command starts.
fn program(words: &[String]) -> CommandLine {
    for (i, word) in words.iter().enumerate() {
        let name = base_name(word);
        let behind = || words[i + 1..].to_vec();
        let second = words.get(i + 1).map_or("", String::as_str);
        let kind = match name {
            "gunicorn" | "gunicorn3" => Kind::Gunicorn,
            "uvicorn" => Kind::Uvicorn,
            "hypercorn" => Kind::Hypercorn,
            "waitress-serve" | "waitress" => Kind::Waitress,
            "uwsgi" => Kind::Uwsgi,
            "puma" => Kind::Puma,
            "node" | "nodejs" => Kind::Node,
            "celery" if words[i..].iter().any(|word| word == "worker") => Kind::Celery,
            "flask" if words[i..].iter().any(|word| word == "run") => Kind::FlaskDev,
            "manage.py" if second == "runserver" => Kind::DjangoDev,
            _ if WRAPPERS.contains(&name) || is_assignment(word) => continue,
            _ => break,
        };
        return CommandLine { kind, arguments: behind() };
    }
    CommandLine { kind: Kind::Unknown, arguments: Vec::new() }
}

/// `NAME=value` before a command.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
    })
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
