//! A run as a page, and as a file that is committed and reviewed.

use std::path::Path;

use super::output::{say, unwritable};
use super::source::Loaded;
use super::{Done, Failure, Result};
use crate::charts::{self, ROWS, data::Facts, event::event_lines, theme::Theme};
use crate::experiment::Run;
use crate::lang::Lang;
use crate::report::Narrator;
use crate::report::export::{self, Figure};

/// Size of the picture in px.
const SIZE: (f64, f64) = (1_110.0, 640.0);

/// Writes a run as one HTML page.
pub(super) fn page(loaded: &Loaded, done: &Run, path: &Path) -> Result<()> {
    let series = &done.report.series;
    let facts = Facts::of(&loaded.model, &done.names);
    let (names, changes) = (&done.names, &done.changes);
    let narrator = Narrator { lang: Lang::En, names, changes, model: &loaded.model };
    let events = event_lines(&narrator, &done.log);
    let draw = |theme| {
        let svg = charts::whole(series, &facts, &events, theme, SIZE);
        svg.map_err(|error| Failure::new(format!("--report: {error}")))
    };
    let words = ROWS.map(|row| charts::summary(row, series, &facts, done.report.duration_s)).join(" ");
    let figure = Figure { light: draw(Theme::Light)?, dark: draw(Theme::Dark)?, words };
    let html = export::html(&done.report, loaded.scenario.heading(), &figure);
    std::fs::write(path, html).map_err(|error| unwritable(path, &error))?;
    say(&format!("Report written to {}.", path.display()));
    Ok(())
}

/// Compares a run with a report that was committed, line by line; without one, writes it.
pub(super) fn golden(done: &Run, path: &Path) -> Result<Done> {
    let text = export::markdown(&done.report);
    let recorded = match std::fs::read_to_string(path) {
        Ok(recorded) => recorded,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            std::fs::write(path, &text).map_err(|error| unwritable(path, &error))?;
            say(&format!("{} is new: look at it, and commit it.", path.display()));
            return Ok(Done::Well);
        }
        Err(error) => return Err(Failure::new(format!("{}: can't be read: {error}", path.display()))),
    };
    // A checkout may have changed line ends.
    let (old, new): (Vec<&str>, Vec<&str>) = (recorded.lines().collect(), text.lines().collect());
    if old == new {
        return Ok(Done::Well);
    }
    let at = old.iter().zip(&new).position(|(a, b)| a != b).unwrap_or_else(|| old.len().min(new.len()));
    say(&format!("{}:{}: the run is another one.", path.display(), at + 1));
    say(&format!("  was: {}", old.get(at).copied().unwrap_or("(nothing)")));
    say(&format!("  is:  {}", new.get(at).copied().unwrap_or("(nothing)")));
    say(&format!("If that is meant, remove {} and run again.", path.display()));
    Ok(Done::Failed)
}
