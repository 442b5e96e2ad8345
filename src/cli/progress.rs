//! How far a long piece of work is: an estimate in words before, a bar while it goes on.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::say;
use crate::report::number::three;
use crate::scenario::Model;

/// Requests that one thread simulates in a second, low enough to be kept on a small machine.
const REQUESTS_PER_SECOND: f64 = if cfg!(debug_assertions) { 500_000.0 } else { 1_500_000.0 };
/// Longer work than this is announced.
const LONG: f64 = 60.0;

/// Says how long `runs` runs on so many threads will take, when that is more than about a minute.
pub(super) fn announce(model: &Model, runs: f64, threads: usize) {
    let requests = model.expected_requests() * runs;
    let seconds = requests / REQUESTS_PER_SECOND / threads.max(1) as f64;
    if seconds > LONG {
        let (value, unit) =
            if seconds < 5_400.0 { (seconds / 60.0, "minutes") } else { (seconds / 3_600.0, "hours") };
        let value = if value < 10.0 { format!("{value:.1}") } else { three(value.round()) };
        say(&format!(
            "About {value} {unit}: up to {} million requests. Ctrl-C stops it; --duration makes it shorter.",
            three(requests / 1e6)
        ));
    }
}

/// A bar on the standard error, when that is a terminal; it shows up only once a second has passed.
pub(super) fn bar(length: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(4));
    let style = ProgressStyle::with_template("{bar:40} {percent:>3} %  {eta} left");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

/// Moves the bar, but not in the first moments: a flash of it would only disturb.
pub(super) fn advance(bar: &ProgressBar, to: u64) {
    if bar.elapsed() > Duration::from_secs(1) {
        bar.set_position(to);
    }
}
