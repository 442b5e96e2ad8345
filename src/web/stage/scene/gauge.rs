//! Values with their limits.

use super::watch::Pace;
use super::{memory, words};
use crate::lang::{Lang, Text};
use crate::observe::{ReplicaState, ReplicaView};

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
    /// What the value is made of: each part's share of the limit; empty when that is not known.
    pub parts: Vec<f64>,
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
        Self { name, share, text: words.0, short: words.1, level, parts: Vec::new() }
    }
}

/// Short for connections.
const CONNECTIONS: Text = Text::new("conn", "Verb.", "conn.");

/// CPU, RAM and connections of a replica.
pub(super) fn gauges(lang: Lang, view: &ReplicaView, pace: &Pace) -> [Gauge; 3] {
    let works = view.state == ReplicaState::Ready;
    let memory = view.memory.total();
    let share = |value: f64| lang.percent(value);
    let of = |limit: Option<u64>| limit.map(|limit| limit as f64);
    let connections = u64::from(view.connections);
    let limit = view.connections_limit.map(u64::from);
    let conn = limit.map_or_else(
        || (lang.whole(connections), lang.whole(connections)),
        |l| (words::of(lang, &lang.whole(connections), &lang.whole(l)), format!("{connections}/{l}")),
    );
    let ram = view.memory_limit.filter(|&limit| limit > 0).map(|limit| share(memory as f64 / limit as f64));
    let ram = (
        words::bytes(lang, memory, view.memory_limit),
        ram.unwrap_or_else(|| words::bytes(lang, memory, None)),
    );
    let cpu = (words::cores(lang, pace.cpu * view.cores, view.cores), share(pace.cpu));
    [
        Gauge::new("CPU", pace.cpu, Some(1.0), works, cpu),
        Gauge {
            parts: memory::shares(&view.memory, view.memory_limit),
            ..Gauge::new("RAM", memory as f64, of(view.memory_limit), works, ram)
        },
        Gauge::new(CONNECTIONS.say(lang), connections as f64, of(limit), works, conn),
    ]
}
