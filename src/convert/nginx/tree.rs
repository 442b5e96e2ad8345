//! Directives and blocks.

use std::sync::Arc;

use super::lex::{Token, tokens};
use crate::convert::finding::shorten;
use crate::convert::{Finding, Place, limits};

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
                None => return Err(Finding::error(&place, "unexpected \";\"").remedy("remove one `;`")),
            },
            Token::Open => {
                let Some(directive) = directive(&mut words) else {
                    return Err(
                        Finding::error(&place, "unexpected \"{\"").remedy("name the block before `{`")
                    );
                };
                if stack.len() >= limits::DEPTH {
                    let text = format!("more than {} blocks inside each other", limits::DEPTH);
                    return Err(Finding::error(&place, text).remedy("close blocks with `}`"));
                }
                stack.push((std::mem::take(&mut current), directive));
            }
            Token::Close => {
                unfinished(&words, "unexpected \"}\"")?;
                let Some((outside, mut owner)) = stack.pop() else {
                    return Err(
                        Finding::error(&place, "unexpected \"}\"").remedy("remove it, or open its block")
                    );
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
            let remedy = format!("close the block `{}` of line {}", shorten(&owner.name), owner.place.line);
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
        [(name, place), ..] => {
            Err(Finding::error(place, text).remedy(format!("end `{}` with `;`", shorten(name))))
        }
    }
}
