//! What is wrong with a scenario: where, what was given, what is allowed.

use std::fmt;

use serde::Serialize;

use super::say::given;
use crate::lang::Said;

/// One problem. A check returns all of them at once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Problem {
    /// Where in the scenario: `service[0].cpus`.
    pub path: String,
    /// The line in the file, where the scenario came from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What was given and what is allowed: `is "-2"; must be a number of cores …`.
    pub text: Said,
    /// What to do, where that is not plain from the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Said>,
}

impl Problem {
    /// Where it is, what it is and what to do.
    #[must_use]
    pub fn said(&self) -> Said {
        match &self.remedy {
            None => given::of(&self.path, self.text.clone()),
            Some(remedy) => given::advised(&self.path, self.text.clone(), remedy.clone()),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, " (line {line})")?;
        }
        write!(f, ": {}", self.text)?;
        self.remedy.as_ref().map_or(Ok(()), |remedy| write!(f, ". {remedy}"))
    }
}

/// Everything found so far.
#[derive(Debug, Clone, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds a problem at `path`.
    pub fn add(&mut self, path: impl fmt::Display, line: Option<u32>, text: Said) {
        self.0.push(Problem { path: path.to_string(), line, text, remedy: None });
    }

    /// Adds a problem with what to do about it.
    pub fn advise(&mut self, path: impl fmt::Display, text: Said, remedy: Said) {
        self.0.push(Problem { path: path.to_string(), line: None, text, remedy: Some(remedy) });
    }
}

/// A place in the scenario, linked up to the root, so that nothing is built unless a problem needs it.
#[derive(Debug, Clone, Copy)]
pub enum Path<'a> {
    /// The scenario itself.
    Root,
    /// A key of a table.
    Key(&'a Path<'a>, &'a str),
    /// A place in a list.
    Index(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    /// The place of `key` in the table at this place.
    #[must_use]
    pub const fn key(&'a self, key: &'a str) -> Self {
        Self::Key(self, key)
    }

    /// The place of entry `index` in the list at this place.
    #[must_use]
    pub const fn index(&'a self, index: usize) -> Self {
        Self::Index(self, index)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Key(Self::Root, key) => f.write_str(key),
            Self::Key(parent, key) => write!(f, "{parent}.{key}"),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// The known name nearest to `given`, when it is near enough to be what was meant.
#[must_use]
pub fn nearest<'n>(given: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(given, name), name))
        .filter(|&(likeness, _)| likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
