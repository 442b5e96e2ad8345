//! Words, `;`, `{` and `}` of an nginx configuration.
//!
//! Words end at white space, `;` or `{`; quotes (`"` or `'`) hold a word together, a backslash protects the
//! next character, `${name}` stays part of its word, and `#` begins a comment where a word could begin.

use std::sync::Arc;

use crate::convert::finding::shorten;
use crate::convert::{Finding, Place};
use crate::lang::phrases;

phrases! {
    mod say {
        fn space_behind {
            en: "put a space behind the closing quote",
            de: "ein Leerzeichen hinter das schließende Anführungszeichen setzen",
            fr: "mettre une espace après le guillemet fermant",
        }
        fn close_with(quote: Text) {
            en: "close it with {quote}",
            de: "mit {quote} schließen",
            fr: "le fermer par {quote}",
        }
    }
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word, without its quotes.
    Word(String),
    /// `;`
    End,
    /// `{`
    Open,
    /// `}`
    Close,
}

/// Tokens with their lines.
///
/// # Errors
/// An open quote, or something glued to a closing quote.
pub fn tokens(file: &Arc<str>, text: &str) -> Result<Vec<(Token, usize)>, Finding> {
    let mut list = Vec::new();
    let mut chars = text.chars().peekable();
    let mut line = 1;
    while let Some(c) = chars.next() {
        let token = match c {
            '\n' => {
                line += 1;
                continue;
            }
            c if c.is_whitespace() || c == '\u{feff}' => continue,
            '#' => {
                while chars.next_if(|&c| c != '\n').is_some() {}
                continue;
            }
            ';' => Token::End,
            '{' => Token::Open,
            '}' => Token::Close,
            '"' | '\'' => {
                let start = line;
                list.push((Token::Word(quoted(file, c, &mut chars, &mut line)?), start));
                continue;
            }
            c => Token::Word(bare(c, &mut chars)),
        };
        list.push((token, line));
    }
    Ok(list)
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn bare(first: char, chars: &mut Chars<'_>) -> String {
    let mut word = String::from(first);
    let mut last = first;
    let mut protected = first == '\\';
    while let Some(c) = chars.next_if(|&c| protected || ends_no_word(c, last)) {
        word.push(c);
        protected = c == '\\' && !protected;
        last = c;
    }
    word
}

/// A brace behind a dollar sign belongs to a variable's name.
fn ends_no_word(c: char, last: char) -> bool {
    !(c.is_whitespace() || c == ';' || (c == '{' && last != '$'))
}

fn quoted(file: &Arc<str>, quote: char, chars: &mut Chars<'_>, line: &mut usize) -> Result<String, Finding> {
    let start = Place::new(file, *line);
    let mut word = String::new();
    while let Some(c) = chars.next() {
        if c == '\n' {
            *line += 1;
        }
        if c == quote {
            return match chars.peek() {
                None | Some(';' | '{' | ')') => Ok(word),
                Some(c) if c.is_whitespace() => Ok(word),
                Some(c) => Err(Finding::error(&Place::new(file, *line), format!("unexpected \"{c}\""))
                    .remedy(say::space_behind())),
            };
        }
        match (c, chars.peek()) {
            ('\\', Some('"' | '\'' | '\\')) => word.extend(chars.next()),
            _ => word.push(c),
        }
    }
    let text = format!("unexpected end of file: the quote before `{}` is never closed", shorten(&word));
    Err(Finding::error(&start, text).remedy(say::close_with(&quote)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Result<Vec<String>, String> {
        let tokens = tokens(&Arc::from("f"), text).map_err(|finding| finding.to_string())?;
        let shown = tokens.into_iter().map(|(token, line)| match token {
            Token::Word(word) => format!("{word}@{line}"),
            other => format!("{other:?}"),
        });
        Ok(shown.collect())
    }

    #[test]
    fn words_quotes_comments_and_variables() {
        assert_eq!(words("a b;# c\nd{").unwrap(), ["a@1", "b@1", "End", "d@2", "Open"]);
        assert_eq!(words("a 'b c;' \"d\\\"e\";").unwrap(), ["a@1", "b c;@1", "d\"e@1", "End"]);
        assert_eq!(words("x ${name}y z#w;").unwrap(), ["x@1", "${name}y@1", "z#w@1", "End"]);
        assert_eq!(words("a \"b\nc\" d;").unwrap(), ["a@1", "b\nc@1", "d@2", "End"]);
        assert_eq!(words("~ \\.php$ {").unwrap(), ["~@1", "\\.php$@1", "Open"]);
        assert_eq!(words("a}").unwrap(), ["a}@1"], "nginx reads a brace inside a word as part of it");
    }

    #[test]
    fn open_quotes_say_where_they_began() {
        assert!(words("a\nb \"c\nd").unwrap_err().starts_with("f:2: error: unexpected end of file"));
        assert!(words("a \"b\"c;").unwrap_err().starts_with("f:1: error: unexpected \"c\""));
    }
}
