//! The terminal: its width, its colours, and text that fits.

/// Bold.
pub(super) const BOLD: &str = "\x1b[1m";
/// Less important.
pub(super) const DIM: &str = "\x1b[2m";
/// Failures.
pub(super) const RED: &str = "\x1b[31m";
/// What went well.
pub(super) const GREEN: &str = "\x1b[32m";
/// What to mind.
pub(super) const YELLOW: &str = "\x1b[33m";
/// Back to normal.
pub(super) const RESET: &str = "\x1b[0m";

/// Columns to write in: those of the terminal, from 40 to 140; 80 where there is none.
pub(super) fn width() -> usize {
    use std::io::IsTerminal;
    if !std::io::stdout().is_terminal() {
        return 80;
    }
    terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0).clamp(40, 140))
}

/// How many columns a text takes, without its colours.
pub(super) fn columns(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().chars().count()
}

/// Breaks `text` at spaces so that no line passes column `width`. The first line starts at column `start`,
/// where the caller's cursor is; the others are indented by `indent`. A word that is longer stays whole, so
/// that it can be copied.
pub(super) fn wrap(text: &str, start: usize, width: usize, indent: usize) -> String {
    let mut out = String::new();
    let (mut at, mut first) = (start, true);
    for word in text.split(' ') {
        let length = columns(word);
        if !first && at + 1 + length > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            at = indent;
        } else if !first {
            out.push(' ');
            at += 1;
        }
        out.push_str(word);
        at += length;
        first = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit() {
        assert_eq!(wrap("one two three", 0, 7, 2), "one two\n  three");
        assert_eq!(wrap("one two three", 2, 9, 2), "one two\n  three");
        assert_eq!(wrap("unbreakable x", 0, 4, 0), "unbreakable\nx");
        assert_eq!(wrap(&format!("{RED}one{RESET} two"), 0, 7, 0), format!("{RED}one{RESET} two"));
    }
}
