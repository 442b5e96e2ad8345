//! How far a long piece of work is: an estimate in words before, a bar while it goes on.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::say;
use crate::experiment::estimate_all;
use crate::report::number::three;
use crate::scenario::Model;

/// So many seconds of a run are made beforehand, to see how fast this machine makes this scenario.
const TRIAL: f64 = 0.2;
/// Work of fewer requests and fewer simulated seconds than this is not tried: it isn't long at any speed.
const SMALL: f64 = 1e5;
/// Longer work than this is announced.
const LONG: f64 = 60.0;

/// Says how long so many runs of each of these models will take on so many threads, when that is more than about a
/// minute.
///
/// What it rests on is measured on the first moments of runs ([`estimate_all`]).
pub(super) fn announce(work: &[(&Model, u64)], threads: usize) {
    let sum = |of: fn(&Model) -> f64| work.iter().map(|(model, runs)| of(model) * *runs as f64).sum::<f64>();
    let requests = sum(Model::expected_requests);
    if requests < SMALL && sum(|model| model.duration().as_secs()) < SMALL {
        return;
    }
    let start = Instant::now();
    let seconds = estimate_all(work, threads, TRIAL, &mut || start.elapsed().as_secs_f64());
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
    bar_on(ProgressDrawTarget::stderr_with_hz(4), length)
}

fn bar_on(target: ProgressDrawTarget, length: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length), target);
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

#[cfg(test)]
mod tests {
    use super::*;
    use indicatif::InMemoryTerm;

    #[test]
    fn a_bar_says_the_share_and_the_time_left_and_waits_a_moment_before_it_does() {
        let terminal = InMemoryTerm::new(4, 80);
        let target = ProgressDrawTarget::term_like(Box::new(terminal.clone()));
        let bar = bar_on(target, 8).with_elapsed(Duration::from_millis(900));
        advance(&bar, 2);
        assert_eq!(bar.position(), 0, "nothing flashes up in the first second");

        let bar = bar.with_elapsed(Duration::from_secs(30));
        advance(&bar, 6);
        bar.force_draw();
        let shown = terminal.contents();
        assert!(shown.contains(" 75 %"), "{shown}");
        let left = shown.split(" %  ").nth(1).and_then(|rest| rest.strip_suffix(" left"));
        let seconds = left.and_then(|left| left.strip_suffix('s')).and_then(|left| left.parse::<u64>().ok());
        assert!(seconds.is_some_and(|seconds| seconds <= 30), "10 s by a steady pace: {shown}");
    }
}
