//! How outcomes look: icon and colour; and the icons of log lines.

use crate::observe::Outcome;
use crate::web::icons::Icon;

/// Icon and class of an outcome.
#[must_use]
pub const fn look(outcome: Outcome) -> (Icon, &'static str) {
    match outcome {
        Outcome::Ok => (Icon::Ok, "ok"),
        Outcome::ReadTimeout | Outcome::ClientGaveUp | Outcome::QueueTimeout | Outcome::ConnectTimeout => {
            (Icon::Hourglass, "timeout")
        }
        Outcome::SessionLost | Outcome::LostUpdate => (Icon::BasketLost, "session"),
        Outcome::OutOfMemory | Outcome::ReplicaCrashed | Outcome::WorkerKilled => (Icon::Chip, "memory"),
        Outcome::QueueFull | Outcome::BacklogOverflow => (Icon::QueueFull, "queue"),
        _ => (Icon::NoEntry, "queue"),
    }
}

/// The icon of a log line by its name.
#[must_use]
pub fn by_name(name: &str) -> Icon {
    match name {
        "ready" | "back" => Icon::Ok,
        "starting" | "start" | "scale" => Icon::Starting,
        "draining" | "drain" | "removed" => Icon::Draining,
        "traffic" | "rate" | "bolt" => Icon::Lightning,
        "queue" | "queue_full" | "backlog" => Icon::QueueFull,
        "cpu" => Icon::Busy,
        "memory" | "chip" | "killed" => Icon::Chip,
        "crashed" | "cross" | "stop" | "stopped" => Icon::Down,
        "port" | "connections" => Icon::Port,
        "failure" | "left_out" | "limit" => Icon::Overloaded,
        "algorithm" | "change" | "sticky" | "reload" => Icon::Sliders,
        _ => Icon::Info,
    }
}
