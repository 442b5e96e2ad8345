//! What a chart is made of: marks, which a plotters backend draws, and words, which the page sets as text.
//! Both are plain data in CSS px, so that tests can look at them.

use super::Row;
use super::theme::Role;

/// A place in px, from the upper left corner.
pub type At = (f64, f64);

/// Something to draw.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A line through places.
    Line {
        /// Its places.
        path: Vec<At>,
        /// Its colour.
        role: Role,
        /// Its width in px.
        width: f64,
        /// Lengths of dash and gap in px; drawn through when nothing.
        dash: Option<(f64, f64)>,
    },
    /// A filled polygon.
    Area {
        /// Its corners.
        path: Vec<At>,
        /// Its colour.
        role: Role,
    },
    /// Filled discs of one size.
    Dots {
        /// Their centres.
        at: Vec<At>,
        /// Their colour.
        role: Role,
        /// Their radius in px.
        radius: f64,
    },
}

/// How the place of words is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Anchor {
    /// The words begin there.
    #[default]
    Start,
    /// Their middle is there.
    Middle,
    /// They end there.
    End,
}

/// A stretch of words in one style.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Its colour.
    pub role: Role,
    /// Whether its weight is 600.
    pub strong: bool,
}

/// What words are for: how often they may change, and who shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Name or unit of a row.
    Title,
    /// A number on an axis.
    Tick,
    /// Name and value at the end of a series.
    End,
    /// Something said inside the plot.
    Note,
    /// The label of an event line.
    Event,
}

/// Words at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Says which words these are from one drawing to the next: row, kind and a number.
    pub key: (Row, Kind, u32),
    /// Left, middle or right of the words, by `anchor`.
    pub x: f64,
    /// Their middle.
    pub y: f64,
    /// How `x` is meant.
    pub anchor: Anchor,
    /// Size of the type in px.
    pub size: f64,
    /// Whether a page-coloured halo sets them off from what lies below.
    pub halo: bool,
    /// The text, stretch by stretch.
    pub spans: Vec<Span>,
}

impl Word {
    /// Words in one style, 12 px, beginning at the place.
    #[must_use]
    pub fn new(key: (Row, Kind, u32), (x, y): At, text: impl Into<String>, role: Role) -> Self {
        let spans = vec![Span { text: text.into(), role, strong: false }];
        Self { key, x, y, anchor: Anchor::Start, size: 12.0, halo: false, spans }
    }

    /// With a further stretch, in weight 600 or not.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>, role: Role, strong: bool) -> Self {
        self.spans.push(Span { text: text.into(), role, strong });
        self
    }

    /// In weight 600.
    #[must_use]
    pub fn strong(mut self) -> Self {
        self.spans.iter_mut().for_each(|span| span.strong = true);
        self
    }

    /// With another anchor.
    #[must_use]
    pub fn anchored(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }

    /// In another size.
    #[must_use]
    pub fn sized(mut self, size: f64) -> Self {
        self.size = size;
        self
    }

    /// With a halo.
    #[must_use]
    pub fn haloed(mut self) -> Self {
        self.halo = true;
        self
    }

    /// All of the text.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// About how wide the words are: for keeping them apart, not for measuring.
    #[must_use]
    pub fn width(&self) -> f64 {
        let of = |span: &Span| span.text.chars().count() as f64 * if span.strong { 0.56 } else { 0.54 };
        self.spans.iter().map(of).sum::<f64>() * self.size
    }

    /// Whether they cover others: about, as their widths are.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let ((left, right), (from, to)) = (self.reach(), other.reach());
        left < to && from < right && (self.y - other.y).abs() < 0.42 * (self.size + other.size)
    }

    /// About where they begin and end.
    #[must_use]
    pub fn reach(&self) -> (f64, f64) {
        let width = self.width();
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        (left, left + width)
    }
}

/// Whether a line runs through a box from its upper left to its lower right corner. Its places go from left to right.
#[must_use]
pub fn runs_through(line: &[At], ((left, top), (right, bottom)): (At, At)) -> bool {
    line.windows(2).any(|ends| {
        let ((x0, y0), (x1, y1)) = (ends[0], ends[1]);
        let at = |x: f64| if x1 > x0 { y0 + (y1 - y0) * ((x - x0) / (x1 - x0)).clamp(0.0, 1.0) } else { y0 };
        let (a, b) = if x1 > x0 { (at(left), at(right)) } else { (y0, y1) };
        x0 <= right && x1 >= left && a.min(b) <= bottom && a.max(b) >= top
    })
}

/// Everything that is drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    /// Marks, the lowest first.
    pub marks: Vec<Mark>,
    /// Words.
    pub words: Vec<Word>,
}

impl Picture {
    /// Adds a line drawn through; nothing for fewer than two places.
    pub fn line(&mut self, path: Vec<At>, role: Role, width: f64) {
        self.dashed(path, role, width, None);
    }

    /// Adds a line with dashes.
    pub fn dashed(&mut self, path: Vec<At>, role: Role, width: f64, dash: Option<(f64, f64)>) {
        if path.len() > 1 {
            self.marks.push(Mark::Line { path, role, width, dash });
        }
    }

    /// Adds an area; nothing for fewer than three corners.
    pub fn area(&mut self, path: Vec<At>, role: Role) {
        if path.len() > 2 {
            self.marks.push(Mark::Area { path, role });
        }
    }

    /// Adds a horizontal hairline on whole px.
    pub fn hairline(&mut self, left: f64, right: f64, y: f64, role: Role) {
        self.line(vec![(left, crisp(y)), (right, crisp(y))], role, 1.0);
    }
}

/// The middle of the px that holds `v`, where a line of 1 px is sharp.
#[must_use]
pub fn crisp(v: f64) -> f64 {
    v.floor() + 0.5
}

/// Moves labels apart to at least `gap`, keeping their order, as little as that needs, and then into
/// `low ..= high` as far as they fit. `wanted` is in ascending order; so is the result.
#[must_use]
pub fn separate(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    // Pool neighbours that would overlap (isotonic regression of wanted[i] − i·gap): least squares moves.
    let mut pools: Vec<(f64, usize)> = Vec::with_capacity(wanted.len());
    for (i, y) in wanted.iter().enumerate() {
        let mut pool = (y - i as f64 * gap, 1_usize);
        while let Some(&(mean, n)) = pools.last()
            && mean > pool.0
        {
            pools.pop();
            pool = ((mean * n as f64 + pool.0 * pool.1 as f64) / (n + pool.1) as f64, n + pool.1);
        }
        pools.push(pool);
    }
    let span = wanted.len().saturating_sub(1) as f64 * gap;
    let last = (high - span).max(low);
    let offsets = pools.into_iter().flat_map(|(mean, n)| std::iter::repeat_n(mean.clamp(low, last), n));
    offsets.enumerate().map(|(i, offset)| offset + i as f64 * gap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From (0, 10) to (10, 0), then upright to (10, 20): it meets the box of 4..6 × 4..6 at (5, 5), and that of
    /// 9..12 × 14..16 on its way down, but neither the corner at 0..3 × 0..3 nor what lies right of 10.
    #[test]
    fn a_line_runs_through_a_box_or_past_it() {
        let line = [(0.0, 10.0), (10.0, 0.0), (10.0, 20.0)];
        assert!(runs_through(&line, ((4.0, 4.0), (6.0, 6.0))));
        assert!(runs_through(&line, ((9.0, 14.0), (12.0, 16.0))));
        assert!(!runs_through(&line, ((0.0, 0.0), (3.0, 3.0))));
        assert!(!runs_through(&line, ((10.5, 0.0), (12.0, 20.0))));
        assert!(!runs_through(&line[..1], ((0.0, 0.0), (20.0, 20.0))));
    }

    #[test]
    fn words_cover_others_or_stand_beside_them() {
        let word = |x, y| Word::new((Row::Queue, Kind::Note, 0), (x, y), "1234567890", Role::Ink);
        // Ten signs of 12 px are 64.8 px wide, a line is 10.08 high.
        assert!(word(0.0, 0.0).covers(&word(64.0, 10.0)));
        assert!(!word(0.0, 0.0).covers(&word(65.0, 0.0)));
        assert!(!word(0.0, 0.0).covers(&word(0.0, 10.1)));
    }

    #[test]
    fn labels_move_apart_in_order() {
        assert_eq!(separate(&[10.0, 50.0], 14.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(separate(&[50.0, 50.0], 14.0, 0.0, 100.0), [43.0, 57.0]);
        assert_eq!(separate(&[99.0, 99.5, 100.0], 14.0, 0.0, 100.0), [72.0, 86.0, 100.0]);
        assert_eq!(separate(&[0.0, 1.0], 14.0, 0.0, 100.0), [0.0, 14.0]);
        assert_eq!(separate(&[], 14.0, 0.0, 100.0), [0.0; 0]);
        // More than fit: apart all the same, from the lower end on.
        assert_eq!(separate(&[0.0, 0.0, 0.0], 14.0, 0.0, 10.0), [0.0, 14.0, 28.0]);
    }
}
