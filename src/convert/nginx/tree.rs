//! Directives and blocks.

use std::sync::Arc;

use super::lex::{Token, tokens};
use crate::convert::finding::shorten;
use crate::convert::{Finding, Place, limits};
use crate::lang::phrases;

phrases! {
    mod say {
        fn name_block(brace: Text) {
            en: "name the block before `{brace}`",
            de: "den Block vor `{brace}` benennen",
            fr: "nommer le bloc avant `{brace}`",
        }
        fn close_blocks(brace: Text) {
            en: "close blocks with `{brace}`",
            de: "Blöcke mit `{brace}` schließen",
            fr: "fermer les blocs par `{brace}`",
        }
        fn remove_one {
            en: "remove one `;`",
            de: "ein `;` wegnehmen",
            fr: "retirer un `;`",
        }
        fn too_deep(a: Text) {
            en: "more than {a} blocks inside each other",
            de: "mehr als {a} Blöcke ineinander",
            fr: "plus de {a} blocs imbriqués",
        }
        fn remove_or_open {
            en: "remove it, or open its block",
            de: "wegnehmen, oder seinen Block öffnen",
            fr: "le retirer, ou ouvrir son bloc",
        }
        fn close_block(a: Text, b: Text) {
            en: "close the block `{a}` of line {b}",
            de: "den Block `{a}` der Zeile {b} schließen",
            fr: "fermer le bloc `{a}` de la ligne {b}",
        }
        fn end_with(a: Text) {
            en: "end `{a}` with `;`",
            de: "`{a}` mit `;` beenden",
            fr: "terminer `{a}` par `;`",
        }
    }
}

/// `name argument …;` or `name argument … { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Its name.
    pub name: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// What stands in its braces, if it has any.
    pub block: Option<Vec<Directive>>,
    /// Where its name stands.
    pub place: Place,
}

impl Directive {
    /// The n-th argument, or nothing.
    pub fn argument(&self, n: usize) -> Option<&str> {
        self.arguments.get(n).map(String::as_str)
    }
}

/// Reads a file.
///
/// # Errors
/// The first mistake of form, with nginx's own words.
pub fn parse(file: &Arc<str>, text: &str) -> Result<Vec<Directive>, Finding> {
    let mut stack: Vec<(Vec<Directive>, Directive)> = Vec::new();
    let mut current: Vec<Directive> = Vec::new();
    let mut words: Vec<(String, Place)> = Vec::new();
    let mut last = 1;
    for (token, line) in tokens(file, text)? {
        let place = Place::new(file, line);
        last = line;
        match token {
            Token::Word(word) => words.push((word, place)),
            Token::End => match directive(&mut words) {
                Some(directive) => current.push(directive),
                None => return Err(Finding::error(&place, "unexpected \";\"").remedy(say::remove_one())),
            },
            Token::Open => {
                let Some(directive) = directive(&mut words) else {
                    return Err(Finding::error(&place, "unexpected \"{\"").remedy(say::name_block(&'{')));
                };
                if stack.len() >= limits::DEPTH {
                    let text = say::too_deep(&limits::DEPTH);
                    return Err(Finding::error(&place, text).remedy(say::close_blocks(&'}')));
                }
                stack.push((std::mem::take(&mut current), directive));
            }
            Token::Close => {
                unfinished(&words, "unexpected \"}\"")?;
                let Some((outside, mut owner)) = stack.pop() else {
                    return Err(Finding::error(&place, "unexpected \"}\"").remedy(say::remove_or_open()));
                };
                owner.block = Some(std::mem::replace(&mut current, outside));
                current.push(owner);
            }
        }
    }
    unfinished(&words, "unexpected end of file, expecting \";\" or \"}\"")?;
    match stack.pop() {
        None => Ok(current),
        Some((_, owner)) => {
            let text = "unexpected end of file, expecting \"}\"";
            let remedy = say::close_block(&shorten(&owner.name), &owner.place.line);
            Err(Finding::error(&Place::new(file, last), text).remedy(remedy))
        }
    }
}

fn directive(words: &mut Vec<(String, Place)>) -> Option<Directive> {
    let mut words = std::mem::take(words).into_iter();
    let (name, place) = words.next()?;
    Some(Directive { name, arguments: words.map(|(word, _)| word).collect(), block: None, place })
}

fn unfinished(words: &[(String, Place)], text: &str) -> Result<(), Finding> {
    match words {
        [] => Ok(()),
        [(name, place), ..] => Err(Finding::error(place, text).remedy(say::end_with(&shorten(name)))),
    }
}
