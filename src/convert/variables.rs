//! Variables in texts: Compose's interpolation and, for `sh -c "…"`, what the container's shell does.

use std::collections::BTreeMap;

use super::limits;

/// Whose rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Compose: `$$` is a dollar sign, a lone `$` an error; quotes mean nothing.
    Compose,
    /// A POSIX shell: nothing happens inside single quotes, a lone `$` stays.
    Shell,
}

/// A text with its variables put in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expanded {
    /// The result.
    pub text: String,
    /// Names that have no value and no default.
    pub missing: Vec<String>,
    /// A shell's `$(…)` or backquotes, whose result nobody can know here.
    pub runs_commands: bool,
}

/// Why a text can't be expanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpandError {
    /// `$` with nothing behind it that may stand there, or an open brace.
    Invalid,
    /// `${NAME:?message}` and NAME has no value.
    Required { name: String, message: String },
    /// The result has more than [`limits::VALUE_CHARS`] bytes, or braces are nested too deep.
    TooLarge,
}

type Lookup<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Puts values into `text`: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`,
/// `${NAME?message}`, `${NAME:+other}`, `${NAME+other}`; with a colon an empty value counts as none.
///
/// # Errors
/// See [`ExpandError`].
pub fn expand(text: &str, dialect: Dialect, lookup: &Lookup<'_>) -> Result<Expanded, ExpandError> {
    let mut expanded = Expanded::default();
    expand_into(text, dialect, lookup, 0, &mut expanded)?;
    Ok(expanded)
}

fn expand_into(
    text: &str,
    dialect: Dialect,
    lookup: &Lookup<'_>,
    depth: usize,
    out: &mut Expanded,
) -> Result<(), ExpandError> {
    if depth > 16 {
        return Err(ExpandError::TooLarge);
    }
    let shell = dialect == Dialect::Shell;
    let (mut single, mut double) = (false, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if out.text.len() > limits::VALUE_CHARS {
            return Err(ExpandError::TooLarge);
        }
        let tail = &rest[c.len_utf8()..];
        match c {
            '$' if !single => {
                rest = dollar(tail, dialect, lookup, depth, out)?;
                continue;
            }
            '\'' if shell && !double => single = !single,
            '"' if shell && !single => double = !double,
            '`' if shell && !single => out.runs_commands = true,
            '\\' if shell && !single => {
                // A backslash and what it protects stay for the splitter of words.
                let kept = tail.chars().next().map_or(0, char::len_utf8);
                out.text.push_str(&rest[..1 + kept]);
                rest = &tail[kept..];
                continue;
            }
            _ => {}
        }
        out.text.push(c);
        rest = tail;
    }
    Ok(())
}

/// What stands behind a `$`; returns the rest of the text.
fn dollar<'t>(
    tail: &'t str,
    dialect: Dialect,
    lookup: &Lookup<'_>,
    depth: usize,
    out: &mut Expanded,
) -> Result<&'t str, ExpandError> {
    if let Some(inner) = tail.strip_prefix('{') {
        let end = closing_brace(inner).ok_or(ExpandError::Invalid)?;
        braced(&inner[..end], dialect, lookup, depth, out)?;
        return Ok(&inner[end + 1..]);
    }
    let name = leading_name(tail);
    if !name.is_empty() {
        match lookup(name) {
            Some(value) => out.text.push_str(&value),
            None => out.missing.push(name.to_owned()),
        }
        return Ok(&tail[name.len()..]);
    }
    out.runs_commands |= dialect == Dialect::Shell && tail.starts_with('(');
    match (dialect, tail.strip_prefix('$')) {
        (Dialect::Compose, Some(rest)) => {
            out.text.push('$');
            Ok(rest)
        }
        (Dialect::Compose, None) => Err(ExpandError::Invalid),
        (Dialect::Shell, _) => {
            out.text.push('$');
            Ok(tail)
        }
    }
}

/// The inside of `${…}`.
fn braced(
    inner: &str,
    dialect: Dialect,
    lookup: &Lookup<'_>,
    depth: usize,
    out: &mut Expanded,
) -> Result<(), ExpandError> {
    let name = leading_name(inner);
    if name.is_empty() {
        return Err(ExpandError::Invalid);
    }
    let operator = &inner[name.len()..];
    let (empty_counts_as_none, operator) =
        operator.strip_prefix(':').map_or((false, operator), |o| (true, o));
    let value = lookup(name);
    let usable = value.clone().filter(|value| !(empty_counts_as_none && value.is_empty()));
    let word = operator.get(1..).unwrap_or_default();
    match (operator.chars().next(), usable) {
        (None, _) if empty_counts_as_none => Err(ExpandError::Invalid),
        (None, _) => {
            match value {
                Some(value) => out.text.push_str(&value),
                None => out.missing.push(name.to_owned()),
            }
            Ok(())
        }
        (Some('-' | '=' | '?'), Some(value)) => {
            out.text.push_str(&value);
            Ok(())
        }
        (Some('='), None) if dialect == Dialect::Compose => Err(ExpandError::Invalid),
        (Some('-' | '='), None) => expand_into(word, dialect, lookup, depth + 1, out),
        (Some('?'), None) => Err(ExpandError::Required { name: name.to_owned(), message: word.to_owned() }),
        (Some('+'), Some(_)) => expand_into(word, dialect, lookup, depth + 1, out),
        (Some('+'), None) => Ok(()),
        _ => Err(ExpandError::Invalid),
    }
}

/// Where the brace that opened before `text` closes.
fn closing_brace(text: &str) -> Option<usize> {
    let mut open = 1;
    let mut before = ' ';
    for (i, c) in text.char_indices() {
        match c {
            '{' if before == '$' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(i);
        }
        before = c;
    }
    None
}

/// The name of a variable that `text` begins with, or nothing.
fn leading_name(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|&(i, c)| !(c == '_' || c.is_ascii_alphabetic() || (i > 0 && c.is_ascii_digit())))
        .map_or(text.len(), |(i, _)| i);
    &text[..end]
}

/// What a `.env` file sets: lines of `NAME=value`, with or without `export` and quotes; `#` begins a comment line.
#[must_use]
pub fn variables_of(text: &str) -> BTreeMap<String, String> {
    let set = |line: &str| {
        let (key, value) = line.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        Some((key.trim().trim_start_matches("export ").to_owned(), value.to_owned()))
    };
    text.lines().map(str::trim).filter(|line| !line.starts_with('#')).filter_map(set).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, dialect: Dialect) -> Result<String, ExpandError> {
        let lookup = |name: &str| match name {
            "A" => Some("alpha".to_owned()),
            "EMPTY" => Some(String::new()),
            _ => None,
        };
        expand(text, dialect, &lookup).map(|expanded| expanded.text)
    }

    #[test]
    fn compose_forms() {
        for (text, result) in [
            ("$A-${A}", "alpha-alpha"),
            ("${B:-x}", "x"),
            ("${EMPTY:-x}|${EMPTY-x}", "x|"),
            ("${B-x}", "x"),
            ("${B:-${C:-${A}}}!", "alpha!"),
            ("${B:-}", ""),
            ("${A:+set}|${B:+set}|${EMPTY+set}", "set||set"),
            ("$$A $${B:-1}", "$A ${B:-1}"),
            ("${A:?must}", "alpha"),
            ("$B.", "."),
            ("'$A'", "'alpha'"),
        ] {
            assert_eq!(run(text, Dialect::Compose).as_deref(), Ok(result), "{text}");
        }
    }

    #[test]
    fn compose_refuses() {
        for text in ["$", "cost: 5$", "${", "${}", "${A", "${1}", "$1", "${A:}", "${A:=b}x${B:=b}", "${A b}"]
        {
            assert!(matches!(run(text, Dialect::Compose), Err(ExpandError::Invalid)), "{text}");
        }
        let required = ExpandError::Required { name: "B".into(), message: "say it".into() };
        assert_eq!(run("${B:?say it}", Dialect::Compose), Err(required));
        let deep = "${B:-".repeat(40) + &"}".repeat(40);
        assert_eq!(run(&deep, Dialect::Compose), Err(ExpandError::TooLarge));
    }

    #[test]
    fn a_value_can_not_grow_without_bound() {
        let big = |_: &str| Some("x".repeat(10_000));
        let text = "$A".repeat(1000);
        assert_eq!(expand(&text, Dialect::Compose, &big), Err(ExpandError::TooLarge));
    }

    #[test]
    fn shell_forms() {
        for (text, result) in [
            ("-w ${W:-4} -t $A", "-w 4 -t alpha"),
            ("'$A' \"$A\"", "'$A' \"alpha\""),
            ("\\$A 5$ $$", "\\$A 5$ $$"),
            ("${W:=2}", "2"),
        ] {
            assert_eq!(run(text, Dialect::Shell).as_deref(), Ok(result), "{text}");
        }
        assert!(expand("-w $(nproc)", Dialect::Shell, &|_| None).unwrap().runs_commands);
    }
}
