//! Templates: text with parameters. One path formats every text, so that a text costs its letters alone.

use super::Lang;

/// A parameter and how it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arg<'a> {
    /// As it is.
    Text(&'a str),
    /// A count.
    Whole(u64),
    /// A count in plain digits, as files have it.
    Count(u64),
    /// Three significant digits.
    Three(f64),
    /// Milliseconds, in the unit that fits.
    Millis(f64),
    /// Seconds with a tenth.
    Moment(f64),
    /// A share of a whole, never 0 % or 100 % unless it is.
    Share(f64),
    /// A share in whole per cent.
    Percent(f64),
    /// Per second.
    Rate(f64),
    /// Bytes in the unit that fits.
    Bytes(f64),
}

impl Arg<'_> {
    fn write(self, lang: Lang) -> String {
        match self {
            Self::Text(text) => text.to_owned(),
            Self::Whole(n) => lang.whole(n),
            Self::Count(n) => n.to_string(),
            Self::Three(x) => lang.three(x),
            Self::Millis(ms) => lang.millis(ms),
            Self::Moment(seconds) => lang.moment(seconds),
            Self::Share(x) => lang.share(x),
            Self::Percent(x) => lang.percent(x),
            Self::Rate(x) => lang.rate(x),
            Self::Bytes(n) => lang.bytes(n),
        }
    }

    /// Whether words that go with it are in the singular; a text has none to choose.
    fn is_one(self, lang: Lang) -> bool {
        let x = match self {
            Self::Text(_) => return true,
            Self::Whole(n) | Self::Count(n) => n as f64,
            Self::Three(x) | Self::Millis(x) | Self::Moment(x) | Self::Share(x) => x,
            Self::Percent(x) | Self::Rate(x) | Self::Bytes(x) => x,
        };
        lang.is_one(x)
    }
}

/// The template with its parameters. A parameter that there is not stays as it is written; `texts!` makes
/// sure that there is none.
#[must_use]
pub fn fill(lang: Lang, template: &str, names: &[&str], args: &[Arg<'_>]) -> String {
    let mut out = String::with_capacity(2 * template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (inside, tail) = after.split_once('}').unwrap_or((after, ""));
        let (name, words) =
            inside.split_once(':').map_or((inside, None), |(name, words)| (name, Some(words)));
        let arg = names.iter().position(|known| *known == name).and_then(|place| args.get(place));
        match (arg, words.and_then(|words| words.split_once('|'))) {
            (Some(arg), Some((one, many))) => out.push_str(if arg.is_one(lang) { one } else { many }),
            (Some(arg), None) => out.push_str(&arg.write(lang)),
            (None, _) => out.push_str(inside),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A text in stretches: what stands between two `*` is stronger.
#[must_use]
pub fn stretches(text: &str) -> Vec<(String, bool)> {
    let parts = text.split('*').enumerate().filter(|(_, part)| !part.is_empty());
    parts.map(|(n, part)| (part.to_owned(), n % 2 == 1)).collect()
}

/// With a capital at its beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

/// With a full stop, where no sign ends it.
#[must_use]
pub fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

/// Whether a template uses each of these names and no other, and its braces are closed; for the compiler.
pub(super) const fn uses(template: &str, names: &[&str]) -> bool {
    let bytes = template.as_bytes();
    let mut seen = [false; 16];
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'{' {
            let start = at + 1;
            while at < bytes.len() && bytes[at] != b'}' && bytes[at] != b':' {
                at += 1;
            }
            let Some(place) = place(bytes, start, at, names) else { return false };
            seen[place] = true;
            // Words to choose from: two, with one sign between them.
            let mut bars = if at < bytes.len() && bytes[at] == b':' { 0 } else { 1 };
            while at < bytes.len() && bytes[at] != b'}' {
                bars += (bytes[at] == b'|') as u32;
                at += 1;
            }
            if at == bytes.len() || bars != 1 {
                return false;
            }
        }
        at += 1;
    }
    let mut name = 0;
    while name < names.len() {
        if !seen[name] {
            return false;
        }
        name += 1;
    }
    true
}

/// The place of the name that stands from `start` to `end`.
const fn place(bytes: &[u8], start: usize, end: usize, names: &[&str]) -> Option<usize> {
    let mut place = 0;
    while place < names.len() {
        let name = names[place].as_bytes();
        let mut same = name.len() == end - start;
        let mut i = 0;
        while same && i < name.len() {
            same = name[i] == bytes[start + i];
            i += 1;
        }
        if same {
            return Some(place);
        }
        place += 1;
    }
    None
}
