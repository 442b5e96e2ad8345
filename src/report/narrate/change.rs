//! Changes to the world, in words.

use super::{Words, tuned};
use crate::report::number::{bytes, count, share, three};
use crate::scenario::{Change, FaultKind, Mode, TimedChange};

/// Whether a change belongs in a short list: a kill is told again by the death that follows.
pub(super) const fn is_key(change: &Change) -> bool {
    !matches!(change, Change::Crash { .. })
}

/// The change at `index` of the list; what a rate grew from is known from those before it.
pub(super) fn words(changes: &[TimedChange], index: usize) -> Words {
    let Some(timed) = changes.get(index) else {
        return Words::new(["changed", "change", "change"], "change", "Something was changed.");
    };
    match &timed.change {
        Change::Rate { times } => rate(level_before(&changes[..index]), *times),
        Change::Scale { service, replicas } => Words::new(
            ["changed", "scale", "scale"],
            format!("{service} → {replicas}"),
            format!("{service} is scaled to {}.", count(u64::from(*replicas), "replica")),
        ),
        Change::Algorithm { name, params } => algorithm_words(name, params),
        Change::Deploy { service } => deploy(service),
        Change::LoseZone { zone } => zone_words(*zone, true),
        Change::RestoreZone { zone } => zone_words(*zone, false),
        Change::Sticky { on } => {
            let (short, verb) = if *on { ("sticky on", "now") } else { ("sticky off", "no longer") };
            let text = format!("Sessions {verb} go back to the replica that they were on.");
            Words::new(["changed", "sticky", "sticky"], short, text)
        }
        Change::Reload => Words::new(
            ["changed", "reload", "reload"],
            "reload",
            "The balancer reads its list of replicas anew.",
        ),
        Change::Weight { replica, weight } => weight_words(replica, *weight),
        Change::Mode { replica, mode } => mode_words(replica, *mode),
        Change::Crash { replica } => Words::new(
            ["changed", "crashed", "kill"],
            format!("{replica} hit"),
            format!("{replica} is killed."),
        ),
        Change::Start { replica } => Words::new(
            ["changed", "starting", "start"],
            format!("{replica} started"),
            format!("{replica} is started by hand."),
        ),
        Change::Restart { replica } => restart(replica),
        Change::Tune { of, what, amount } => tuned::words(of, *what, *amount),
        Change::Break { replica, fault, amount } => {
            let (short, text) = broken(*fault, *amount);
            fault_words(&format!("{replica} {short}"), format!("{replica} {text}."))
        }
        Change::BreakDependency { dependency, fault, amount } => {
            let (short, text) = dependency_broken(*fault, *amount);
            fault_words(&format!("{dependency} {short}"), format!("{dependency} {text}."))
        }
        Change::HealDependency { dependency, fault } => dependency_healed(dependency, *fault),
        Change::Heal { replica, fault } => {
            let text = match fault {
                None => format!("{replica} is well again."),
                Some(fault) => format!("{replica} {}.", healed(*fault)),
            };
            Words::new(["changed", "ready", "healed"], format!("{replica} healed"), text)
        }
    }
}

fn restart(replica: &str) -> Words {
    let text = format!("{replica} is to finish what it has and start again.");
    Words::new(["changed", "stopped", "restart"], format!("{replica} restart"), text)
}

fn fault_words(short: &str, text: String) -> Words {
    Words::new(["changed", "failure", "fault"], short, text)
}

fn dependency_healed(name: &str, fault: Option<FaultKind>) -> Words {
    let text = match fault {
        None => format!("{name} is well again."),
        Some(fault) => format!("{name} {}.", healed(fault)),
    };
    Words::new(["changed", "ready", "healed"], format!("{name} healed"), text)
}

fn deploy(service: &str) -> Words {
    let text = format!("A new version of {service} begins to take the place of the old one.");
    Words::new(["changed", "deploy", "deploy"], format!("{service}: new version"), text)
}

fn zone_words(zone: u32, lost: bool) -> Words {
    if lost {
        let text = format!("Zone {zone} is lost, with everything that runs there.");
        Words::new(["changed", "failure", "zone"], format!("zone {zone} lost"), text)
    } else {
        let text = format!("Zone {zone} is back, and starts what ran there.");
        Words::new(["changed", "ready", "zone"], format!("zone {zone} back"), text)
    }
}

/// What a fault does, as a verb phrase: short, and in full.
fn broken(fault: FaultKind, amount: f64) -> (&'static str, String) {
    match fault {
        FaultKind::Crash => ("hit", "is killed".into()),
        FaultKind::Freeze => ("frozen", "hangs: it accepts connections and never answers".into()),
        FaultKind::Slow => {
            ("slow", format!("becomes slow: everything takes {} times as long", three(amount)))
        }
        FaultKind::Errors => ("errs", format!("answers {} of its requests with an error", share(amount))),
        FaultKind::FailFast => ("fails fast", "answers every request with an error at once".into()),
        FaultKind::Leak => ("leaks", format!("begins to leak memory, {} a second", bytes(amount))),
        FaultKind::LeakRequests => ("leaks", format!("begins to leak memory, {} a request", bytes(amount))),
        FaultKind::Gone | FaultKind::Flush => dependency_broken(fault, amount),
        FaultKind::ZoneLost => ("lost", "is lost with its zone".into()),
        FaultKind::Neighbour => {
            ("squeezed", format!("loses {} of its CPU time to another program", share(amount)))
        }
        FaultKind::Partition => {
            ("cut off", "is cut off: nothing gets through between the balancer and it".into())
        }
    }
}

/// What a fault does to a dependency, as a verb phrase: short, and in full.
fn dependency_broken(fault: FaultKind, amount: f64) -> (&'static str, String) {
    match fault {
        FaultKind::Gone => ("gone", "is gone: its connections break, and nobody answers".into()),
        FaultKind::Flush if amount == 0.0 => ("flushed", "loses all its keys".into()),
        FaultKind::Flush => ("flushed", format!("loses the {} most popular of its keys", three(amount))),
        fault => broken(fault, amount),
    }
}

/// What it means that a fault is over, as a verb phrase.
const fn healed(fault: FaultKind) -> &'static str {
    match fault {
        FaultKind::Crash | FaultKind::ZoneLost => "may run again",
        FaultKind::Gone | FaultKind::Flush => "is there again",
        FaultKind::Freeze => "answers again",
        FaultKind::Slow => "is as fast as before",
        FaultKind::Errors | FaultKind::FailFast => "no longer answers with errors",
        FaultKind::Leak | FaultKind::LeakRequests => "no longer leaks memory",
        FaultKind::Neighbour => "has its CPU time to itself again",
        FaultKind::Partition => "can be reached again",
    }
}

fn level_before(changes: &[TimedChange]) -> f64 {
    let rate = |timed: &TimedChange| match timed.change {
        Change::Rate { times } => Some(times),
        _ => None,
    };
    changes.iter().rev().find_map(rate).unwrap_or(1.0)
}

fn rate(before: f64, now: f64) -> Words {
    let text = format!("Traffic {}.", growth(before, now).unwrap_or_else(|| "stays as it was".into()));
    Words::new(["changed", "traffic", "traffic"], format!("traffic ×{}", three(now)), text)
}

/// How a level came from `before` to `now`, as a verb phrase; nothing when it did not change.
pub(super) fn growth(before: f64, now: f64) -> Option<String> {
    if now == before {
        return None;
    }
    Some(match (before, now) {
        (_, 0.0) => "stopped".into(),
        (0.0, _) => "began again".into(),
        _ if now >= 2.0 * before => format!("grew {}-fold", three(now / before)),
        _ if now > before => format!("grew by {}", share(now / before - 1.0)),
        _ => format!("fell to {} of what it was", share(now / before)),
    })
}

fn algorithm_words(name: &str, params: &[(String, f64)]) -> Words {
    let params: Vec<String> = params.iter().map(|(key, value)| format!("{key} {value}")).collect();
    let with = if params.is_empty() { String::new() } else { format!(" with {}", params.join(", ")) };
    let text = format!("The balancer changes to {name}{with}.");
    Words::new(["changed", "algorithm", "algorithm"], name, text)
}

fn weight_words(replica: &str, weight: u32) -> Words {
    let short = format!("{replica} weight {weight}");
    Words::new(["changed", "scale", "weight"], short, format!("{replica} now has a weight of {weight}."))
}

fn mode_words(replica: &str, mode: Mode) -> Words {
    let text = match mode {
        Mode::Ready => "gets what comes again",
        Mode::Drain => "gets nothing new; sessions that are on it go on",
        Mode::Down => "gets nothing any more",
    };
    let short = format!("{replica} {}", mode.word());
    Words::new(["changed", "draining", "mode"], short, format!("{replica} {text}."))
}
