//! Limits and settings that became others, in words.

use super::Words;
use crate::report::number::{bytes, count, share, three};
use crate::scenario::Tunable;

/// What a limit or a setting became, in full.
pub(super) fn words(of: &str, what: Tunable, amount: f64) -> Words {
    let number = amount as u64;
    let text = match what {
        Tunable::Cpus => format!("{of} now has a CPU quota of {}.", cores(amount)),
        Tunable::Memory if number == 0 => format!("{of} has no memory limit any more."),
        Tunable::Memory => format!("{of} may now use {} of memory.", bytes(amount)),
        Tunable::Connections if number == 0 => format!("{of} takes any number of connections now."),
        Tunable::Connections => format!("{of} now takes at most {}.", count(number, "connection")),
        Tunable::Workers => format!("{of} now has {}.", count(number, "worker")),
        Tunable::MaxConnections if number == 0 => {
            format!("The balancer now has any number of requests in flight on {of}.")
        }
        Tunable::MaxConnections => {
            format!("The balancer now has at most {} in flight on {of}.", count(number, "request"))
        }
        Tunable::Share => format!("{of} now makes up {} of the requests.", share(amount)),
        Tunable::Check if amount == 0.0 => "The balancer checks its replicas no more.".into(),
        Tunable::Check => format!("The balancer now checks its replicas every {} s.", three(amount)),
        Tunable::Drain if number == 0 => format!("{of} now drops what it has when it is stopped."),
        Tunable::Drain => format!("{of} now finishes what it has when it is stopped."),
    };
    Words::new(["changed", "scale", "tune"], short(of, what, amount), text)
}

fn cores(amount: f64) -> String {
    if amount == 1.0 { "1 core".into() } else { format!("{} cores", three(amount)) }
}

/// What a limit or a setting became, in a few words: `app-1: 2 cores`.
#[must_use]
pub fn short(of: &str, what: Tunable, amount: f64) -> String {
    let number = amount as u64;
    let value = match what {
        Tunable::Cpus => cores(amount),
        Tunable::Memory if number == 0 => "no memory limit".into(),
        Tunable::Memory => bytes(amount),
        Tunable::Connections if number == 0 => "any connections".into(),
        Tunable::Connections => count(number, "connection"),
        Tunable::Workers => count(number, "worker"),
        Tunable::MaxConnections if number == 0 => "any in flight".into(),
        Tunable::MaxConnections => format!("{number} in flight"),
        Tunable::Share => share(amount),
        Tunable::Check if amount == 0.0 => return "no checks".into(),
        Tunable::Check => return format!("checks every {} s", three(amount)),
        Tunable::Drain => if number == 0 { "no draining" } else { "draining" }.into(),
    };
    format!("{of}: {value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_in_words() {
        let said = |of, what, amount| words(of, what, amount).text;
        assert_eq!(said("app-1", Tunable::Cpus, 0.5), "app-1 now has a CPU quota of 0.5 cores.");
        assert_eq!(said("app", Tunable::Memory, 268_435_456.0), "app may now use 256 MiB of memory.");
        assert_eq!(said("app", Tunable::Workers, 1.0), "app now has 1 worker.");
        assert_eq!(said("cart", Tunable::Share, 0.4), "cart now makes up 40 % of the requests.");
        assert_eq!(said("", Tunable::Check, 0.0), "The balancer checks its replicas no more.");
        assert_eq!(short("app-1", Tunable::MaxConnections, 8.0), "app-1: 8 in flight");
        assert_eq!(short("", Tunable::Check, 0.5), "checks every 0.5 s");
    }
}
