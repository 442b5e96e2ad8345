//! Charts: pure functions of a run's windows, for any plotters backend.
//!
//! A chart is composed of *marks*, which a backend draws, and *words*, which are data: the page sets them as
//! text over its canvas, a picture in a file writes them itself. Its rows share one time axis:
//!
//! | row | shows |
//! |---|---|
//! | response time | p50 thin, p99 thick, the band between, the client's time-out; decades |
//! | outcomes | answers per second, stacked from ok up by reason, under the capacity |
//! | share of limit | CPU and memory of each replica on one scale, whose upper edge is the limit |
//! | queue | requests in the balancer's queue and connections of each replica |
//!
//! Four more can be chosen: percentiles as strips, goodput against throughput, sessions, and attempts against
//! requests.

pub mod data;
pub mod event;
pub mod group;
mod heat;
mod lines;
pub mod mark;
pub mod number;
mod outcomes;
pub mod overlay;
mod pen;
mod queue;
mod response_time;
pub mod scale;
mod share;
mod stack;
mod summary;
mod svg;
pub mod swept;
pub mod table;
mod texture;
pub mod theme;
pub mod theory;
pub mod view;

pub use pen::{DrawError, draw_marks};
pub use stack::{Composed, compose, draw, natural_height};
pub use summary::summary;
pub use svg::{SvgError, some, whole};

use crate::lang::{Lang, Text};

#[cfg(test)]
mod apart_tests;
#[cfg(test)]
mod tests;

/// A row of the charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Row {
    /// Response time.
    Response,
    /// Outcomes per second.
    Outcomes,
    /// Share of limit per replica.
    Share,
    /// Queue and connections.
    Queue,
    /// Percentiles as strips.
    Heat,
    /// Goodput against throughput.
    Flow,
    /// Sessions alive and lost.
    Sessions,
    /// Attempts against requests.
    Retries,
    /// Response time on a linear scale.
    Linear,
}

/// Every row that there is.
pub const ALL_ROWS: [Row; 9] = [
    Row::Response,
    Row::Linear,
    Row::Heat,
    Row::Outcomes,
    Row::Flow,
    Row::Share,
    Row::Queue,
    Row::Sessions,
    Row::Retries,
];

/// The rows that are shown when none is chosen, from above.
pub const ROWS: [Row; 4] = [Row::Response, Row::Outcomes, Row::Share, Row::Queue];

impl Row {
    /// Wire name, as in links.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Outcomes => "outcomes",
            Self::Share => "share",
            Self::Queue => "queue",
            Self::Heat => "percentiles",
            Self::Flow => "goodput",
            Self::Sessions => "sessions",
            Self::Retries => "retries",
            Self::Linear => "response_linear",
        }
    }

    /// Name on screens.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        let text = match self {
            Self::Response => Text::new("Response time", "Antwortzeit", "Réponse"),
            Self::Outcomes => Text::new("Outcomes", "Ausgänge", "Issues"),
            Self::Share => Text::new("Share of limit", "Auslastung", "Part de la limite"),
            Self::Queue => {
                Text::new("Queue and connections", "Schlange und Verbindungen", "File et connexions")
            }
            Self::Heat => Text::new("Percentiles", "Perzentile", "Centiles"),
            Self::Flow => Text::new("Goodput", "Goodput", "Goodput"),
            Self::Sessions => Text::new("Sessions", "Sitzungen", "Sessions"),
            Self::Retries => Text::new("Retries", "Wiederholungen", "Relances"),
            Self::Linear => Text::new("Response time, linear", "Antwortzeit, linear", "Réponse, linéaire"),
        };
        text.say(lang)
    }

    /// The row of this wire name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        ALL_ROWS.into_iter().find(|row| row.name() == name)
    }
}
