//! A replica in words, gauges and dots.

use super::Refusal;
use super::dots::{Look, Tray};
use super::watch::Pace;
use super::words;
use crate::observe::{DownCause, PortView, ReplicaState, ReplicaView};
use crate::units::SimTime;
use crate::web::icons::Icon;

/// The state of a node as chips say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// Answers, with power to spare.
    Ok,
    /// Created, not started.
    Idle,
    /// Finishes what it has.
    Draining,
    /// At least 70 % of its CPU quota for a while.
    Busy,
    /// Started, not ready.
    Starting,
    /// Refused something, or its backlog is full.
    Overloaded,
    /// Dead, waiting for its next start.
    BackingOff,
    /// Could not start.
    NotStarted,
    /// Dead, and nobody starts it again.
    Down,
}

impl Condition {
    /// The state of a replica.
    #[must_use]
    pub const fn of(state: ReplicaState, pace: &Pace) -> Self {
        match state {
            ReplicaState::Created => Self::Idle,
            ReplicaState::Starting => Self::Starting,
            ReplicaState::Ready if pace.overloaded => Self::Overloaded,
            ReplicaState::Ready if pace.busy => Self::Busy,
            ReplicaState::Ready => Self::Ok,
            ReplicaState::Draining => Self::Draining,
            ReplicaState::BackingOff => Self::BackingOff,
            ReplicaState::Down | ReplicaState::Removed => Self::Down,
            ReplicaState::NotStarted => Self::NotStarted,
        }
    }

    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Idle => "idle",
            Self::Draining => "draining",
            Self::Busy => "busy",
            Self::Starting => "starting",
            Self::Overloaded => "overloaded",
            Self::BackingOff => "backing off",
            Self::NotStarted => "not started",
            Self::Down => "down",
        }
    }

    /// The class of its colours.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Idle => "idle",
            Self::Draining => "draining",
            Self::Busy => "busy",
            Self::Starting => "starting",
            Self::Overloaded | Self::NotStarted => "overloaded",
            Self::BackingOff | Self::Down => "down",
        }
    }

    /// The icon.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Ok => Icon::Ok,
            Self::Idle => Icon::Idle,
            Self::Draining => Icon::Draining,
            Self::Busy => Icon::Busy,
            Self::Starting => Icon::Starting,
            Self::Overloaded => Icon::Overloaded,
            Self::BackingOff => Icon::BackingOff,
            Self::NotStarted => Icon::NoEntry,
            Self::Down => Icon::Down,
        }
    }

    /// Whether a process runs in it, so that it can be crashed; otherwise it can be started.
    #[must_use]
    pub const fn runs(self) -> bool {
        matches!(self, Self::Ok | Self::Busy | Self::Overloaded | Self::Starting | Self::Draining)
    }

    /// Which card a narrow screen opens: the largest. One that is in trouble but works tells the most.
    #[must_use]
    pub const fn interest(self) -> u8 {
        match self {
            Self::Overloaded => 8,
            Self::Busy => 7,
            Self::Ok => 6,
            Self::Draining => 5,
            Self::NotStarted => 4,
            Self::BackingOff => 3,
            Self::Down => 2,
            Self::Starting => 1,
            Self::Idle => 0,
        }
    }
}

/// How near a value is to its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Nothing works yet, or there is no limit: grey.
    Plain,
    /// Below 85 %.
    Fine,
    /// From 85 %.
    Near,
    /// At the limit.
    Full,
}

/// A value with its limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Gauge {
    /// "CPU", "RAM" or "conn".
    pub name: &'static str,
    /// Share of the limit, 0 to 1; nothing when there is no limit.
    pub share: Option<f64>,
    /// Value and limit in words: "1.00 of 1 core".
    pub text: String,
    /// The same in few letters, for narrow cards: "100 %", "192/192".
    pub short: String,
    /// Its colour.
    pub level: Level,
}

impl Gauge {
    pub(super) fn new(
        name: &'static str,
        value: f64,
        limit: Option<f64>,
        works: bool,
        words: (String, String),
    ) -> Self {
        let share = limit.filter(|&limit| limit > 0.0).map(|limit| (value / limit).clamp(0.0, 1.0));
        let level = match share {
            Some(share) if share >= 0.995 => Level::Full,
            Some(share) if share >= 0.85 => Level::Near,
            Some(_) if works => Level::Fine,
            _ => Level::Plain,
        };
        Self { name, share, text: words.0, short: words.1, level }
    }
}

/// What a card shows below its name.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// It works.
    Serving {
        /// In service.
        running: Tray,
        /// Waiting for a worker.
        waiting: Tray,
    },
    /// It starts.
    Starting {
        /// Share of the start-up that is over.
        share: f64,
        /// "4.2 of 6.0 s".
        progress: String,
    },
    /// It is dead.
    Dead {
        /// What happened, with the icon that goes with it.
        what: (Icon, String),
        /// What went with it: "192 requests and 170 baskets went with it."
        lost: Option<String>,
        /// What comes: "Restarts in 1.4 s (first back-off: 10 s)."
        next: String,
        /// Share of the back-off that is left, and the seconds: "1.4 s".
        countdown: Option<(f64, String)>,
    },
    /// It could not bind a port.
    Refused {
        /// The port.
        port: u16,
        /// When, in words.
        at: String,
        /// What holds the port: another container, or another program.
        by_container: bool,
    },
    /// It was created and waits to be started.
    Created,
}

/// A replica.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Its index in the engine.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// The host port that it holds or wants, in words; nothing behind a balancer.
    pub port: Option<String>,
    /// Its state.
    pub condition: Condition,
    /// Attempts that it gets, per second.
    pub given: f64,
    /// Attempts that it refuses, per second, and how they end.
    pub refusing: Option<Refusal>,
    /// CPU, RAM, connections.
    pub gauges: [Gauge; 3],
    /// What it shows below its name.
    pub body: Body,
    /// The body in one line, for narrow screens.
    pub line: String,
    /// Whether the balancer leaves it out although it works.
    pub left_out: bool,
    /// Its service.
    pub service: String,
    /// Its zone, from 1.
    pub zone: u32,
    /// Whether a narrow screen opens this one.
    pub open: bool,
}

/// What a card needs to know of the rest of the world.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// How attempts end that a replica refuses.
    pub refusal: Refusal,
    /// The host's ports.
    pub ports: &'a [PortView],
    /// Whether a balancer chooses.
    pub balanced: bool,
}

impl Card {
    /// The card of a replica.
    #[must_use]
    pub fn new(view: &ReplicaView, pace: &Pace, around: &Around<'_>, look: &Look) -> Self {
        let ports = around.ports;
        let condition = Condition::of(view.state, pace);
        let by_container =
            ports.iter().any(|port| Some(port.port) == view.refused_port && port.holder.is_some());
        let body = body(view, by_container, look);
        let held = ports.iter().find(|port| port.holder.as_ref() == Some(&view.name));
        let wanted = view.refused_port.map(|port| format!("wants {port}"));
        Self {
            id: view.id,
            name: view.name.clone(),
            address: view.address.clone(),
            port: held.map(|port| format!("holds {}", port.port)).or(wanted),
            condition,
            given: pace.given,
            refusing: (pace.refused > 0.0).then_some(Refusal { rate: pace.refused, ..around.refusal }),
            gauges: gauges(view, pace),
            line: line(view, &body, look.now),
            body,
            left_out: around.balanced && view.state == ReplicaState::Ready && view.left_out,
            service: view.service.clone(),
            zone: view.zone,
            open: false,
        }
    }

    /// The card in words, for a screen reader.
    #[must_use]
    pub fn label(&self) -> String {
        let mut parts = vec![format!("{}, {}", self.name, self.condition.word())];
        match &self.body {
            Body::Serving { running, waiting } => {
                let (running, waiting) = (words::count(running.held), words::count(waiting.held));
                parts.push(format!("{} a second, {running} run, {waiting} wait", words::rate(self.given)));
                parts.extend(self.gauges.iter().map(|gauge| format!("{} {}", gauge.name, gauge.text)));
            }
            _ => parts.push(self.line.clone()),
        }
        if let Some(Refusal { rate, outcome, .. }) = self.refusing {
            parts.push(format!("refuses {} a second: {}", words::rate(rate), outcome.label()));
        }
        parts.join(". ")
    }
}

fn gauges(view: &ReplicaView, pace: &Pace) -> [Gauge; 3] {
    let works = view.state == ReplicaState::Ready;
    let memory = view.memory.total();
    let share = |value: f64| format!("{:.0} %", value * 100.0);
    let of = |limit: Option<u64>| limit.map(|limit| limit as f64);
    let connections = u64::from(view.connections);
    let limit = view.connections_limit.map(u64::from);
    let conn = limit.map_or_else(
        || (words::count(connections), words::count(connections)),
        |l| (format!("{} of {}", words::count(connections), words::count(l)), format!("{connections}/{l}")),
    );
    let ram = view.memory_limit.filter(|&limit| limit > 0).map(|limit| share(memory as f64 / limit as f64));
    let ram = (words::bytes(memory, view.memory_limit), ram.unwrap_or_else(|| words::bytes(memory, None)));
    let cpu = (words::cores(pace.cpu * view.cores, view.cores), share(pace.cpu));
    [
        Gauge::new("CPU", pace.cpu, Some(1.0), works, cpu),
        Gauge::new("RAM", memory as f64, of(view.memory_limit), works, ram),
        Gauge::new("conn", connections as f64, of(limit), works, conn),
    ]
}

fn body(view: &ReplicaView, by_container: bool, look: &Look) -> Body {
    match view.state {
        ReplicaState::Created => Body::Created,
        ReplicaState::Starting => {
            let total = view.until.unwrap_or(look.now).since(view.since).as_secs();
            let gone = look.now.since(view.since).as_secs().min(total);
            let share = if total > 0.0 { gone / total } else { 0.0 };
            Body::Starting { share, progress: format!("{gone:.1} of {total:.1} s") }
        }
        ReplicaState::Ready | ReplicaState::Draining => Body::Serving {
            running: Tray::new(view.running.into(), view.concurrency.into(), &view.running_dots, look),
            waiting: Tray::new(view.waiting.into(), view.backlog.into(), &view.waiting_dots, look),
        },
        ReplicaState::NotStarted => match view.refused_port {
            Some(port) => {
                let at = words::seconds(view.since.as_secs());
                Body::Refused { port, at, by_container }
            }
            None => dead(view, look.now),
        },
        ReplicaState::BackingOff | ReplicaState::Down | ReplicaState::Removed => dead(view, look.now),
    }
}

fn dead(view: &ReplicaView, now: SimTime) -> Body {
    let (cause, at, requests, sessions) = view.died.unwrap_or((DownCause::Stopped, view.since, 0, 0));
    let at = words::seconds(at.as_secs());
    let what = match cause {
        DownCause::OutOfMemory => (Icon::Chip, format!("Killed at {at}: out of memory (137)")),
        DownCause::ZoneLost => (Icon::Down, format!("Lost with its zone at {at}")),
        DownCause::Unhealthy => (Icon::Down, format!("Killed at {at}: unhealthy")),
        DownCause::Crash => (Icon::Down, format!("Crashed at {at}")),
        DownCause::Stopped => (Icon::Down, format!("Stopped at {at}")),
    };
    let gone: Vec<String> = [(requests, "request", "requests"), (sessions, "basket", "baskets")]
        .into_iter()
        .filter(|&(n, ..)| n > 0)
        .map(|(n, one, many)| words::plural(n.into(), one, many))
        .collect();
    let lost = (!gone.is_empty()).then(|| format!("{} went with it.", words::list(&gone)));
    let until = view.until.filter(|_| view.state == ReplicaState::BackingOff);
    let countdown = until.map(|until| {
        let (left, whole) = (until.since(now).as_secs(), view.back_off.as_secs());
        (if whole > 0.0 { (left / whole).clamp(0.0, 1.0) } else { 0.0 }, words::seconds(left))
    });
    let next = countdown.as_ref().map_or_else(
        || "Nothing starts it again.".to_owned(),
        |(_, left)| {
            let which = if view.restarts == 0 { "first back-off" } else { "back-off now" };
            format!("Restarts in {left} ({which}: {}).", words::length(view.back_off.as_secs()))
        },
    );
    Body::Dead { what, lost, next, countdown }
}

fn line(view: &ReplicaView, body: &Body, now: SimTime) -> String {
    match body {
        Body::Serving { .. } => format!("{} run, {} wait", view.running, view.waiting),
        Body::Starting { progress, .. } => format!("start-up {progress}, gets no traffic yet"),
        Body::Dead { what, countdown, .. } => {
            let mut what = what.1.replace(" (137)", "");
            if let Some(first) = what.get_mut(..1) {
                first.make_ascii_lowercase();
            }
            countdown.as_ref().map_or(what.clone(), |(_, left)| format!("{what}, back in {left}"))
        }
        Body::Refused { port, .. } => format!("port {port} on the host is already taken"),
        Body::Created => format!("not started at {}", words::seconds(now.as_secs())),
    }
}
