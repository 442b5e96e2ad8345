//! Tables in columns.

use super::term::{BOLD, RESET, columns};

/// A table; the first column is aligned to the left, the others to the right unless told otherwise.
#[derive(Debug, Default)]
pub(super) struct Table {
    head: Vec<String>,
    left: Vec<usize>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub fn new(head: &[&'static str]) -> Self {
        Self { head: head.iter().map(|&text| text.to_owned()).collect(), left: vec![0], rows: Vec::new() }
    }

    /// Aligns a column to the left.
    pub fn left(mut self, column: usize) -> Self {
        self.left.push(column);
        self
    }

    /// Adds a column.
    pub fn column(&mut self, head: String, left: bool) {
        if left {
            self.left.push(self.head.len());
        }
        self.head.push(head);
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The table as text of at most `width` columns: columns from the end are left out until it fits.
    pub fn show(&self, width: usize) -> String {
        let widths: Vec<usize> = (0..self.head.len()).map(|column| self.width(column)).collect();
        let mut kept = widths.len();
        while kept > 2 && widths[..kept].iter().map(|w| w + 2).sum::<usize>() > width {
            kept -= 1;
        }
        let mut out = self.line(self.head.iter().cloned(), &widths[..kept], BOLD);
        for row in &self.rows {
            out += &self.line(row.iter().cloned(), &widths[..kept], "");
        }
        out
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell));
        cells.chain([columns(&self.head[column])]).max().unwrap_or(0)
    }

    fn line(&self, cells: impl Iterator<Item = String>, widths: &[usize], style: &str) -> String {
        let mut line = String::new();
        for (i, (cell, &width)) in cells.zip(widths).enumerate() {
            let pad = " ".repeat(width.saturating_sub(columns(&cell)));
            let gap = if i == 0 { "" } else { "  " };
            line += &if self.left.contains(&i) {
                format!("{gap}{cell}{pad}")
            } else {
                format!("{gap}{pad}{cell}")
            };
        }
        let line = line.trim_end();
        if style.is_empty() { format!("{line}\n") } else { format!("{style}{line}{RESET}\n") }
    }
}
