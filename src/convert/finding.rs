//! What an import has to say about its input.

use std::fmt;

use serde::Serialize;

use super::limits;
use super::place::Place;
use crate::lang::{Said, phrases};

phrases! {
    /// What several readers say.
    pub(super) mod shared {
        fn did_you_mean(near: Text) { en: "did you mean `{near}`?", de: "vielleicht `{near}`?", fr: "peut-être `{near}` ?" }
        fn missing_end(next: Text) {
            en: "a `;` is missing before `{next}`",
            de: "vor `{next}` fehlt ein `;`",
            fr: "il manque un `;` avant `{next}`",
        }
        fn write(code: Text) { en: "write `{code}`", de: "`{code}` schreiben", fr: "écrire `{code}`" }
        fn known_are(a: Text) { en: "known: {a}", de: "bekannt: {a}", fr: "connus : {a}" }
        fn no_such_service(a: Text) {
            en: "no such service: {a}", de: "diesen Dienst gibt es nicht: {a}", fr: "ce service n’existe pas : {a}",
        }
    }
}

phrases! {
    mod say {
        fn more(n: Count) {
            en: "and {n} more findings", de: "und {n} weitere Befunde", fr: "et {n} constats de plus",
        }
        fn first { en: "mend these first", de: "zuerst diese beheben", fr: "d’abord corriger ceux-ci" }
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The real program refuses this, or it can't work as written.
    Error,
    /// It starts, but not as its author is likely to expect.
    Warning,
    /// Something that was assumed, left out, or is worth knowing.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// One thing to say about one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// The file's name as the caller gave it.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What was found, in one sentence without a full stop. A message of the real program stays as it writes it.
    pub text: Said,
    /// What to do about it.
    pub remedy: Option<Said>,
}

impl Finding {
    /// A finding of any severity.
    pub fn new(severity: Severity, place: &Place, text: impl Into<Said>) -> Self {
        Self { severity, file: place.file.to_string(), line: place.line, text: text.into(), remedy: None }
    }

    /// The real program refuses this.
    pub fn error(place: &Place, text: impl Into<Said>) -> Self {
        Self::new(Severity::Error, place, text)
    }

    /// It starts, but surprises.
    pub fn warning(place: &Place, text: impl Into<Said>) -> Self {
        Self::new(Severity::Warning, place, text)
    }

    /// Worth knowing.
    pub fn note(place: &Place, text: impl Into<Said>) -> Self {
        Self::new(Severity::Note, place, text)
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn remedy(mut self, text: impl Into<Said>) -> Self {
        self.remedy = Some(text.into());
        self
    }
}

impl fmt::Display for Finding {
    /// `file:line: warning: what was found; what to do`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.severity, self.text)?;
        self.remedy.as_ref().map_or(Ok(()), |remedy| write!(f, "; {remedy}"))
    }
}

/// Findings in the order in which they were made; equal ones once, at most [`limits::FINDINGS`].
#[derive(Debug, Clone, Default)]
pub struct Findings {
    list: Vec<Finding>,
    /// How many more there were than are kept.
    pub left_out: usize,
}

impl Findings {
    /// Keeps a finding unless it is there already, as when one anchor serves three services.
    pub fn push(&mut self, finding: Finding) {
        if self.list.len() >= limits::FINDINGS {
            self.left_out += 1;
        } else if !self.list.contains(&finding) {
            self.list.push(finding);
        }
    }

    /// Whether no more findings are kept: then nothing costly needs to be worked out for one.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.list.len() >= limits::FINDINGS
    }

    /// Says how many more findings there were than are kept.
    pub fn tell_left_out(&mut self, place: &Place) {
        if self.left_out > 0 {
            let text = say::more(self.left_out as u64);
            self.list.push(Finding::note(place, text).remedy(say::first()));
        }
    }

    /// All of them, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Finding] {
        &self.list
    }

    /// The list itself.
    #[must_use]
    pub fn into_vec(self) -> Vec<Finding> {
        self.list
    }
}

/// A text short enough to be shown in a message: at most 60 characters, no line breaks.
#[must_use]
pub fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn reads_as_compilers_write() {
        let place = Place::new(&Arc::from("compose.yml"), 3);
        let finding = Finding::warning(&place, "`version` is obsolete").remedy("remove the line");
        assert_eq!(finding.to_string(), "compose.yml:3: warning: `version` is obsolete; remove the line");
    }

    #[test]
    fn equal_findings_once_and_no_more_than_the_limit() {
        let file = Arc::from("f");
        let mut findings = Findings::default();
        findings.push(Finding::note(&Place::new(&file, 0), "x"));
        for line in 0..limits::FINDINGS + 7 {
            findings.push(Finding::note(&Place::new(&file, line), "x"));
        }
        assert_eq!(findings.as_slice().len(), limits::FINDINGS);
        assert_eq!(findings.left_out, 7);
    }
}
