//! Tables in columns.

use super::term::{BOLD, RESET, columns};

/// A table; the first column is aligned to the left, the others to the right unless told otherwise.
#[derive(Debug, Default)]
pub(super) struct Table {
    head: Vec<String>,
    left: Vec<usize>,
    /// So many columns, from the first, say what a row is about.
    keys: usize,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub fn new(head: &[&'static str]) -> Self {
        let head: Vec<String> = head.iter().map(|&text| text.to_owned()).collect();
        Self { keys: head.len().min(1), head, left: vec![0], rows: Vec::new() }
    }

    /// Aligns a column to the left.
    pub fn left(mut self, column: usize) -> Self {
        self.left.push(column);
        self
    }

    /// Adds a column; a `key` says what a row is about.
    pub fn column(&mut self, head: String, key: bool) {
        if key {
            self.left.push(self.head.len());
            self.keys += 1;
        }
        self.head.push(head);
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The table as text of at most `width` columns, if each column fits: what has no room beside the others follows
    /// below, behind the columns that say what a row is about.
    pub fn show(&self, width: usize) -> String {
        let widths: Vec<usize> = (0..self.head.len()).map(|column| self.width(column)).collect();
        let keys = self.keys.clamp(1, widths.len().max(1));
        let taken: usize = widths.iter().take(keys).map(|w| w + 2).sum();
        let mut blocks = vec![(0..keys).collect::<Vec<usize>>()];
        let mut room = width.saturating_sub(taken);
        for (column, &wide) in widths.iter().enumerate().skip(keys) {
            let last = blocks.last().map_or(0, Vec::len);
            if wide + 2 > room && last > keys {
                blocks.push((0..keys).collect());
                room = width.saturating_sub(taken);
            }
            blocks.last_mut().into_iter().for_each(|block| block.push(column));
            room = room.saturating_sub(wide + 2);
        }
        let block = |columns: &Vec<usize>| {
            let head = self.line(&self.head, columns, &widths, BOLD);
            self.rows.iter().fold(head, |text, row| text + &self.line(row, columns, &widths, ""))
        };
        blocks.iter().map(block).collect::<Vec<String>>().join("\n")
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell));
        cells.chain([columns(&self.head[column])]).max().unwrap_or(0)
    }

    fn line(&self, cells: &[String], shown: &[usize], widths: &[usize], style: &str) -> String {
        let mut line = String::new();
        for &i in shown {
            let Some(cell) = cells.get(i) else { continue };
            let pad = " ".repeat(widths[i].saturating_sub(columns(cell)));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A key of 3 and two columns of 2, each with a gap of 2, take 5 + 4 + 4: with 10 the second goes below.
    #[test]
    fn what_has_no_room_follows_below() {
        let mut table = Table::new(&["key", "aa", "bb"]);
        table.row(["x", "1", "2"].map(str::to_owned).to_vec());
        let text = |width| anstream::adapter::strip_str(&table.show(width)).to_string();
        assert_eq!(text(80), "key  aa  bb\nx     1   2\n");
        assert_eq!(text(10), "key  aa\nx     1\n\nkey  bb\nx     2\n");
        // However narrow, each column is there.
        assert_eq!(text(0), text(10));
        let mut grid = Table::new(&[]);
        for (head, key) in [("p", true), ("q", true), ("mean", false), ("p99", false)] {
            grid.column(head.into(), key);
        }
        grid.row(["1", "2", "3", "4"].map(str::to_owned).to_vec());
        let narrow = anstream::adapter::strip_str(&grid.show(12)).to_string();
        assert_eq!(narrow, "p  q  mean\n1  2     3\n\np  q  p99\n1  2    4\n");
    }
}
