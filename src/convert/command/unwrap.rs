//! From the words that Docker starts to the program that serves: through `sh -c`, `exec`, `python -m` and
//! other wrappers.

use super::{Environment, Kind};
use crate::convert::finding::shorten;
use crate::convert::variables::{Dialect, expand};
use crate::convert::{Finding, Findings, Place};
use crate::lang::phrases;

phrases! {
    mod say {
        fn write_shell {
            en: "write `sh -c \"exec …\"` to have a shell put values in",
            de: "`sh -c \"exec …\"` schreiben, damit eine Shell die Werte einsetzt",
            fr: "écrire `sh -c \"exec …\"` pour qu’un shell mette les valeurs",
        }
        fn no_shell(a: Text) {
            en: "no shell runs here, so the program gets `{a}` as it stands",
            de: "hier läuft keine Shell, also bekommt das Programm `{a}`, wie es dasteht",
            fr: "aucun shell ne tourne ici : le programme reçoit `{a}` tel quel",
        }
        fn keeps_term(a: Text) {
            en: "the shell may keep SIGTERM from {a}: then every stop waits for the whole grace period, \
                 10 s by default",
            de: "die Shell hält SIGTERM vielleicht von {a} fern: Dann wartet jedes Beenden die ganze \
                 Frist ab, 10 s, wenn nichts anderes gesetzt ist",
            fr: "le shell peut retenir SIGTERM loin de {a} : alors chaque arrêt attend tout le délai, \
                 10 s sauf autre réglage",
        }
        fn write_exec {
            en: "write `exec` before the program's name",
            de: "`exec` vor den Namen des Programms schreiben",
            fr: "écrire `exec` devant le nom du programme",
        }
        fn runs_command {
            en: "the shell line runs a command whose result is not known here",
            de: "die Zeile der Shell führt einen Befehl aus, dessen Ergebnis hier nicht bekannt ist",
            fr: "la ligne de shell lance une commande dont le résultat n’est pas connu ici",
        }
        fn write_number {
            en: "write the number that it gives",
            de: "die Zahl schreiben, die er gibt",
            fr: "écrire le nombre qu’elle donne",
        }
        fn no_value(a: Text) {
            en: "the container's shell finds no value for {a}: it becomes empty",
            de: "die Shell des Containers findet keinen Wert für {a}: Es wird leer",
            fr: "le shell du conteneur ne trouve pas de valeur pour {a} : ce sera vide",
        }
        fn add_environment(a: Text) {
            en: "add {a} to `environment`",
            de: "{a} in `environment` aufnehmen",
            fr: "ajouter {a} à `environment`",
        }
        fn cannot_read(a: Text) {
            en: "the shell can't read `{a}`",
            de: "die Shell kann `{a}` nicht lesen",
            fr: "le shell ne peut pas lire `{a}`",
        }
        fn check_braces {
            en: "check the braces behind `$`",
            de: "die Klammern nach `$` prüfen",
            fr: "vérifier les accolades après `$`",
        }
        fn open_quote(a: Text) {
            en: "an open quote in `{a}`",
            de: "ein offenes Anführungszeichen in `{a}`",
            fr: "un guillemet ouvert dans `{a}`",
        }
        fn close_quote {
            en: "close the quote",
            de: "das Anführungszeichen schließen",
            fr: "fermer le guillemet",
        }
    }
}

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
            let text = say::no_shell(&shorten(word));
            findings.push(Finding::warning(place, text).remedy(say::write_shell()));
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
        let text = say::keeps_term(&line.kind.name());
        findings.push(Finding::note(place, text).remedy(say::write_exec()));
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
                let text = say::runs_command();
                findings.push(Finding::note(place, text).remedy(say::write_number()));
            }
            for name in expanded.missing {
                let text = say::no_value(&shorten(&name));
                findings.push(Finding::warning(place, text).remedy(say::add_environment(&shorten(&name))));
            }
            expanded.text
        }
        Err(_) => {
            let text = say::cannot_read(&shorten(script));
            findings.push(Finding::error(place, text).remedy(say::check_braces()));
            return Vec::new();
        }
    };
    // A semicolon may stick to the word before it.
    match shell_words::split(&text.replace(';', " ; ").replace("&&", " && ")) {
        Ok(words) => words,
        Err(_) => {
            let text = say::open_quote(&shorten(script));
            findings.push(Finding::error(place, text).remedy(say::close_quote()));
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
