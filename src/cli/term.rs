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

/// Breaks `text` at spaces into lines of at most `width`; those after the first are indented by `indent`.
/// A word that is longer stays whole, so that it can be copied.
pub(super) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut out = String::new();
    let mut at = 0;
    for word in text.split(' ') {
        let length = columns(word);
        if at > 0 && at + 1 + length > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            at = indent;
        } else if at > 0 {
            out.push(' ');
            at += 1;
        }
        out.push_str(word);
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit() {
        assert_eq!(wrap("one two three", 7, 2), "one two\n  three");
        assert_eq!(wrap("unbreakable x", 4, 0), "unbreakable\nx");
        assert_eq!(wrap(&format!("{RED}one{RESET} two"), 7, 0), format!("{RED}one{RESET} two"));
    }
}
