//! Help on every field and option of a scenario, in every language.
//!
//! The English words are the doc comments of `record!` and the meanings of `choice!`; here they have their German and
//! French. A field or option whose words are not here does not compile.

mod balancer;
mod change;
mod dependency;
mod host;
mod limits;
mod operations;
mod request;
mod service;
mod source;
mod traffic;
mod watching;

use crate::lang::{Lang, Text};

/// Every text, by subject.
const WORDS: &[&[Text]] = &[
    balancer::WORDS,
    change::WORDS,
    dependency::WORDS,
    host::WORDS,
    limits::WORDS,
    operations::WORDS,
    request::WORDS,
    service::WORDS,
    source::WORDS,
    traffic::WORDS,
    watching::WORDS,
];

/// The text in every language whose English words these lines of a doc comment are.
///
/// # Panics
/// At compile time, with the words, when there is none: German and French are to be added in this module.
pub(super) const fn of(lines: &[&'static str]) -> Text {
    let (mut subject, mut place) = (0, 0);
    while subject < WORDS.len() {
        if place == WORDS[subject].len() {
            (subject, place) = (subject + 1, 0);
        } else if is(WORDS[subject][place].say(Lang::En), lines) {
            break;
        } else {
            place += 1;
        }
    }
    // What the compiler shows: the words that lack a language in src/scenario/help.
    assert!(subject < WORDS.len(), "{}", lines[0]);
    WORDS[subject][place]
}

/// Whether a text is these lines, trimmed, with spaces between them.
const fn is(text: &str, lines: &[&str]) -> bool {
    let text = text.as_bytes();
    let (mut at, mut line) = (0, 0);
    while line < lines.len() {
        if line > 0 {
            if at >= text.len() || text[at] != b' ' {
                return false;
            }
            at += 1;
        }
        let bytes = lines[line].as_bytes();
        let (mut from, mut to) = (0, bytes.len());
        while from < to && bytes[from] == b' ' {
            from += 1;
        }
        while to > from && bytes[to - 1] == b' ' {
            to -= 1;
        }
        while from < to {
            if at >= text.len() || text[at] != bytes[from] {
                return false;
            }
            (at, from) = (at + 1, from + 1);
        }
        line += 1;
    }
    at == text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Field as _, Scenario, Schema};

    /// Every help text of a schema.
    fn used(schema: &Schema, into: &mut Vec<Text>) {
        match schema {
            Schema::Table { fields } => {
                for field in fields {
                    into.push(field.doc);
                    used(&field.schema, into);
                }
            }
            Schema::List { entry } => used(entry, into),
            Schema::Choice { options } => into.extend(options.iter().map(|option| option.1)),
            Schema::Scalar { .. } | Schema::Numbers => {}
        }
    }

    #[test]
    fn lines_are_compared_as_they_are_read() {
        assert!(is("One thing, and another.", &[" One thing,", " and another. "]));
        assert!(!is("One thing, and another.", &["One thing,"]) && !is("One", &["One", "more"]));
    }

    #[test]
    fn every_text_helps_somewhere() {
        let mut all = Vec::new();
        used(&Scenario::schema(), &mut all);
        let idle: Vec<_> = WORDS.iter().copied().flatten().filter(|text| !all.contains(text)).collect();
        assert!(idle.is_empty() && all.len() > 400, "{idle:#?}");
    }
}
