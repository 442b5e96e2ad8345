//! What happened, in plain words: one text for event logs, the command line, reports and screen readers.
//!
//! A [`Narrator`] turns an entry of the log into a [`Line`]: a sentence (subject, verb, number; cause before
//! effect), a short form for chart labels and the name of an icon. [`thin`] shortens a long list without
//! losing a count.

mod balancer;
mod change;
mod thin;
mod traffic;
pub mod tuned;

pub use thin::thin;

use std::net::IpAddr;

use super::docker::{self, Taken};
use super::number::{bytes, count, share, three, whole};
use crate::lang::Lang;
use crate::observe::{DependencyNews, DownCause, Event, Health, LogEntry, Outcome, Resource};
use crate::scenario::{Binds, FullQueue, Model, OnUnhealthy, PortBinding, ReplicaModel, Signal, TimedChange};
use crate::units::{DependencyId, ServiceId, SimDuration, SimTime};

/// One thing that happened, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: SimTime,
    /// Wire name of its kind.
    pub kind: &'static str,
    /// Name of its icon.
    pub icon: &'static str,
    /// The replica's name, where one is meant.
    pub replica: Option<String>,
    /// A few words for a label on a chart.
    pub short: String,
    /// One or two sentences.
    pub text: String,
    /// The words of a real program, exactly.
    pub quote: Option<String>,
    /// Whether it belongs in a short list.
    pub key: bool,
    /// What makes it the same kind of thing as another line on the same replica.
    pub(super) group: &'static str,
    /// Requests and sessions lost.
    pub(super) lost: (u64, u64),
}

impl Line {
    /// The sentences with the quoted words at their end.
    #[must_use]
    pub fn full(&self) -> String {
        self.quote.as_ref().map_or_else(|| self.text.clone(), |quote| format!("{} {quote}", self.text))
    }
}

/// Puts log entries in words. It needs the names of the replicas, the changes that were made and the model.
#[derive(Debug, Clone, Copy)]
pub struct Narrator<'a> {
    /// In which language.
    pub lang: Lang,
    /// Names of replicas by index in the engine.
    pub names: &'a [String],
    /// Changes made so far, in order.
    pub changes: &'a [TimedChange],
    /// The checked scenario.
    pub model: &'a Model,
}

/// The parts of a line that depend on the event.
struct Words {
    kind: &'static str,
    icon: &'static str,
    group: &'static str,
    short: String,
    text: String,
}

impl Words {
    fn new(name: [&'static str; 3], short: impl Into<String>, text: impl Into<String>) -> Self {
        let [kind, icon, group] = name;
        Self { kind, icon, group, short: short.into(), text: text.into() }
    }
}

impl Narrator<'_> {
    /// One entry in words.
    #[must_use]
    pub fn line(&self, entry: &LogEntry) -> Line {
        let name = entry.replica.map_or("the balancer", |id| self.names.get(id.index()).map_or("?", |n| n));
        let words = self.words(entry, name);
        let (lost, quote) = match entry.event {
            Event::Died { requests, sessions, .. } => ((u64::from(requests), u64::from(sessions)), None),
            Event::BindFailed { .. } => ((0, 0), Some(self.bind_error(name, &entry.event))),
            _ => ((0, 0), None),
        };
        Line {
            at: entry.at,
            kind: words.kind,
            icon: words.icon,
            replica: entry.replica.map(|_| name.to_owned()),
            short: words.short,
            text: words.text,
            quote,
            key: self.is_key(entry),
            group: words.group,
            lost,
        }
    }

    /// Every entry, and what the traffic was planned to do, in order of time.
    #[must_use]
    pub fn lines(&self, entries: &[LogEntry]) -> Vec<Line> {
        let mut lines = traffic::lines(self.model);
        lines.extend(entries.iter().map(|entry| self.line(entry)));
        lines.sort_by_key(|line| line.at);
        lines
    }

    fn is_key(&self, entry: &LogEntry) -> bool {
        match entry.event {
            Event::Starting | Event::Draining | Event::Removed => false,
            Event::Ready { again } => again || entry.at > SimTime::ZERO,
            Event::Changed { index } => {
                self.changes.get(index as usize).is_none_or(|timed| change::is_key(&timed.change))
            }
            _ => true,
        }
    }

    fn words(&self, entry: &LogEntry, name: &str) -> Words {
        let same = |word| [word, word, word];
        match entry.event {
            Event::Ready { again: false } => {
                Words::new(same("ready"), format!("{name} ready"), format!("{name} is ready."))
            }
            Event::Ready { again: true } => {
                Words::new(["ready", "ready", "back"], format!("{name} back"), format!("{name} is back."))
            }
            Event::Starting => {
                Words::new(same("starting"), format!("{name} starts"), format!("{name} starts."))
            }
            Event::Draining => Words::new(
                same("draining"),
                format!("{name} drains"),
                format!("{name} drains: it finishes what it has and takes nothing new."),
            ),
            Event::Removed => {
                Words::new(same("removed"), format!("{name} removed"), format!("{name} was removed."))
            }
            Event::Died { cause, requests, sessions, back_at } => {
                died(name, cause, [requests, sessions], back_at.map(|at| at.since(entry.at)))
            }
            Event::BindFailed { port, .. } => Words::new(
                ["bind_failed", "port", "bind_failed"],
                format!("{name}: port taken"),
                self.bind_text(name, port, &entry.event),
            ),
            Event::Exhausted { resource, sessions } => self.exhausted(name, resource, sessions),
            Event::Health { health } => health_words(name, health, self.replica(name)),
            Event::WorkerKilled { worker, memory } => {
                let why = if memory { "out of memory" } else { "its request took too long" };
                let text = format!("{name}: worker {worker} is killed: {why}.");
                Words::new(["worker_killed", "killed", "worker"], format!("{name} worker killed"), text)
            }
            Event::Scaled { service, from, to, ratio } => self.scaled(service, [from, to], ratio),
            Event::RolledOut { service } => rolled_out(self.service(service)),
            Event::HostOutOfMemory { host } => host_full(host + 1),
            Event::QueueFull { service } => self.queue_full(service),
            Event::BalancerFull { service, resource } => self.balancer_full(service, resource),
            Event::Panic { service, on, well, known } => self.panics(service, on, [well, known]),
            Event::Checked { up: true, checks } => {
                let text =
                    format!("{name} is asked again after {}.", count(u64::from(checks), "passed check"));
                Words::new(["check_passed", "ready", "check_passed"], format!("{name} well"), text)
            }
            Event::Checked { up: false, checks } => {
                let failed = count(u64::from(checks), "failed check");
                let text = format!("{name} is no longer asked after {failed} of the balancer.");
                Words::new(["check_failed", "left_out", "check_failed"], format!("{name} unwell"), text)
            }
            Event::LeftOut => self.left_out(name),
            Event::Dependency { dependency, news } => self.dependency(dependency, news),
            Event::MessagesBack { dependency, fates } => self.messages_back(name, dependency, fates),
            Event::Changed { index } => change::words(self.changes, index as usize),
            Event::FirstFailure { outcome, status } => first_failure(outcome, status),
        }
    }

    fn dependency(&self, id: DependencyId, news: DependencyNews) -> Words {
        let Some(model) = self.model.dependencies().get(id.index()) else {
            return Words::new(["dependency", "change", "dependency"], "dependency", "Something happened.");
        };
        let name = &model.name;
        let (group, short, text) = match news {
            DependencyNews::PoolUsedUp => {
                let size = model.pool.as_ref().map_or(0, |pool| u64::from(pool.size));
                let text = format!(
                    "{name}: a replica uses all {} that it keeps; further calls wait.",
                    count(size, "connection")
                );
                ("pool", format!("{name} pool used up"), text)
            }
            DependencyNews::ConnectionLimit => {
                let limit = whole(u64::from(model.connections.unwrap_or(0)));
                let text =
                    format!("{name}: no connection left, {limit} of {limit}; further ones are refused.");
                ("connections", format!("{name} connections full"), text)
            }
            DependencyNews::Stampede => {
                let text = format!("{name}: stampede: many calls fetch the same missing key at once.");
                ("stampede", format!("{name} stampede"), text)
            }
            DependencyNews::QueueFull => {
                let rules = model.broker.as_ref().map(|broker| &broker.rules);
                let limit = whole(rules.map_or(0, |rules| u64::from(rules.limit)));
                let then = match rules.map(|rules| rules.full) {
                    Some(FullQueue::DropHead) => "for each further one the oldest is dropped",
                    _ => "further ones are refused",
                };
                let text = format!("{name}: the queue is full, {limit} of {limit} messages; {then}.");
                ("full", format!("{name} queue full"), text)
            }
        };
        Words::new(["dependency", "queue", group], short, text)
    }

    /// What became of the messages that a worker had which went.
    fn messages_back(&self, name: &str, id: DependencyId, [again, lost, dead]: [u32; 3]) -> Words {
        let broker = self.model.dependencies().get(id.index()).map_or("?", |model| &model.name);
        let mut text = String::new();
        let messages = |n: u32| count(u64::from(n), "message");
        let (be, have) = (|n| if n == 1 { "is" } else { "are" }, |n| if n == 1 { "has" } else { "have" });
        if again > 0 {
            let them = if again == 1 { "it is" } else { "they are" };
            text += &format!("{name} went with {} unacknowledged; {them} delivered again.", messages(again));
        }
        if lost > 0 {
            let of = if again > 0 { "" } else { &format!(" of {name}") };
            text += &format!(" {}{of} {} lost: acknowledged, but not done.", messages(lost), be(lost));
        }
        if dead > 0 {
            text += &format!(" {} {} been delivered too often: dead letters.", messages(dead), have(dead));
        }
        let short = format!("{broker}: {} back", again + dead);
        let short = if lost > 0 { format!("{broker}: {lost} lost") } else { short };
        Words::new(["messages_back", "queue", "messages_back"], short, text.trim_start())
    }

    fn service(&self, service: ServiceId) -> &str {
        self.model.services().get(service.index()).map_or("?", |service| &service.name)
    }

    /// What an autoscaler does, and what it saw.
    fn scaled(&self, service: ServiceId, [from, to]: [u32; 2], ratio: f64) -> Words {
        let name = self.service(service);
        let rule = self.model.services().get(service.index()).and_then(|s| s.autoscaler.as_ref());
        let signal = match rule.map(|rule| rule.signal) {
            Some(Signal::InFlight) => "requests in flight",
            Some(Signal::Requests) => "requests a second",
            _ => "CPU",
        };
        let saw = match ratio {
            1.0 => "to keep to its bounds".to_owned(),
            ratio => format!("{signal} {} of the target", share(ratio)),
        };
        let verb = if to > from { "adds" } else { "removes" };
        let text =
            format!("The autoscaler {verb} {}: {name} goes from {from} to {to} ({saw}).", to.abs_diff(from));
        Words::new(["scaled", "scale", "scaled"], format!("{name} {from} → {to}"), text)
    }

    fn exhausted(&self, name: &str, resource: Resource, sessions: u32) -> Words {
        let replica = self.replica(name);
        let of = |limit: Option<String>| limit.map_or_else(String::new, |n| format!(", {n} of {n}"));
        match resource {
            Resource::Cpu => {
                let cores = replica.map_or(1.0, |r| r.cores);
                let unit = if cores == 1.0 { "core" } else { "cores" };
                let text = format!("{name}: CPU exhausted, {cores:.2} of {} {unit}.", three(cores));
                Words::new(["exhausted", "cpu", "cpu"], format!("{name} CPU full"), text)
            }
            Resource::Memory => {
                let by = match sessions {
                    0 => String::new(),
                    n => format!(" by {}", count(u64::from(n), "session")),
                };
                let of = of(replica.and_then(|r| r.memory).map(|limit| bytes(limit as f64)));
                let text = format!("{name}: memory exhausted{by}{of}.");
                Words::new(["exhausted", "memory", "memory"], format!("{name} memory full"), text)
            }
            Resource::Connections => {
                let of = of(replica.and_then(|r| r.connections).map(|n| whole(u64::from(n))));
                let text = format!("{name}: connections exhausted{of}.");
                Words::new(
                    ["exhausted", "connections", "connections"],
                    format!("{name} connections full"),
                    text,
                )
            }
            Resource::Backlog => {
                let of = of(replica.map(|r| whole(u64::from(r.backlog) + 1)));
                let text = format!("{name}: listen backlog full{of}; further connects are dropped.");
                Words::new(["exhausted", "backlog", "backlog"], format!("{name} backlog full"), text)
            }
            Resource::Requests => {
                let most =
                    replica.and_then(|r| r.shed_above).map_or_else(String::new, |n| whole(u64::from(n)));
                let text = format!(
                    "{name} sheds load: {most} requests are inside, and further ones get 503 at once."
                );
                Words::new(["exhausted", "queue", "shed"], format!("{name} sheds load"), text)
            }
            Resource::Files => {
                let of = of(replica.and_then(|r| r.files).map(|n| whole(u64::from(n))));
                let text =
                    format!("{name}: no file descriptor left{of}; further connections wait in its backlog.");
                Words::new(["exhausted", "connections", "files"], format!("{name} files used up"), text)
            }
            Resource::Ports => {
                let of = of(self.model.network().map(|network| whole(u64::from(network.ports))));
                let text =
                    format!("The balancer has no outgoing port left to {name}{of} in use or in TIME_WAIT.");
                Words::new(["exhausted", "port", "ports"], format!("{name}: no port left"), text)
            }
        }
    }

    /// The model of the replica of this name.
    fn replica(&self, name: &str) -> Option<&ReplicaModel> {
        let services = self.model.services();
        let own = services.iter().flat_map(|s| &s.special).find(|(_, r)| r.name.as_deref() == Some(name));
        own.map(|(_, replica)| replica).or_else(|| {
            let (service, number) = name.rsplit_once('-')?;
            let service = services.iter().find(|s| s.name == service)?;
            Some(service.replica(number.parse().ok()?))
        })
    }

    fn bind_error(&self, name: &str, event: &Event) -> String {
        let Event::BindFailed { port, address, docker, range, .. } = *event else { return String::new() };
        let replica = self.replica(name);
        // A name of its own (container_name) stands alone; Compose puts the project before all others.
        let own = replica.is_some_and(|r| r.name.as_deref() == Some(name));
        let endpoint = if own { name.to_owned() } else { format!("{}-{name}", self.model.name()) };
        let binding = replica.and_then(|r| {
            r.ports.iter().find(|p| p.host.is_some_and(|host| (host.first..=host.last).contains(&port)))
        });
        let asked = binding.map_or("", |binding| binding.address.as_str());
        if replica.is_some_and(|replica| replica.binds == Binds::Program) {
            return docker::program_error(asked, port);
        }
        let udp = binding.is_some_and(|binding| binding.udp);
        match (docker, range) {
            (_, true) => docker::bind_error(&endpoint, asked, port, udp, Taken::Range),
            // Docker names the address that is held, not the one that was asked for.
            (true, false) => docker::bind_error(&endpoint, &address.to_string(), port, udp, Taken::Container),
            (false, false) => docker::bind_error(&endpoint, asked, port, udp, Taken::Program),
        }
    }

    fn bind_text(&self, name: &str, port: u16, event: &Event) -> String {
        let Event::BindFailed { address, docker, range, rests, .. } = *event else { return String::new() };
        let asked = self.replica(name).and_then(|replica| {
            let of_port =
                |p: &&PortBinding| p.host.is_some_and(|host| (host.first..=host.last).contains(&port));
            replica.ports.iter().find(of_port).and_then(|binding| binding.address.parse::<IpAddr>().ok())
        });
        // Another address than the one that was asked for: a wildcard is in the way, or in its way.
        let on = match asked {
            Some(asked) if asked != address => format!(" on {address}"),
            None if !address.is_unspecified() => format!(" on {address}"),
            _ => String::new(),
        };
        match (docker, range) {
            _ if rests => {
                format!("{name} could not start: old connections of host port {port} are still in TIME_WAIT.")
            }
            (_, true) => format!("{name} could not start: every host port of its range is taken."),
            (true, false) => format!("{name} could not start: another container holds host port {port}{on}."),
            (false, false) => format!("{name} could not start: another program holds host port {port}{on}."),
        }
    }
}

fn died(name: &str, cause: DownCause, lost: [u32; 2], back_in: Option<SimDuration>) -> Words {
    let [requests, sessions] = lost.map(u64::from);
    let (what, short, icon) = match cause {
        DownCause::OutOfMemory => ("killed: out of memory (137)", "killed", "killed"),
        DownCause::Crash => ("crashed", "crashed", "crashed"),
        DownCause::ZoneLost => ("went with its zone", "lost", "stopped"),
        DownCause::Unhealthy => ("was killed as unhealthy", "unhealthy", "killed"),
        DownCause::Stopped => ("was stopped", "stopped", "stopped"),
    };
    let mut text = match (cause, requests) {
        (DownCause::Stopped, 0) if back_in.is_some() => format!("{name} has finished"),
        (DownCause::Stopped, 0) => format!("{name} has finished and is gone"),
        _ => format!("{name} {what}, {} lost", count(requests, "request")),
    };
    if sessions > 0 {
        text += &format!(", {} lost", count(sessions, "session"));
    }
    text += &match (back_in, cause) {
        (Some(pause), _) if pause.0 == 0 => ". It starts again.".to_owned(),
        (Some(pause), _) => format!(". Back in {}.", rounded(pause)),
        (None, DownCause::Stopped) => ".".to_owned(),
        (None, _) => ". It is not started again.".to_owned(),
    };
    Words::new(["died", icon, short], format!("{name} {short}"), text)
}

fn rolled_out(service: &str) -> Words {
    let text = format!("The new version of {service} runs everywhere.");
    Words::new(["rolled_out", "deploy", "rolled_out"], format!("{service}: new version runs"), text)
}

fn host_full(host: u32) -> Words {
    let text = format!("Host {host} is out of memory; its kernel kills what has most.");
    Words::new(["host_memory", "memory", "host"], format!("host {host} memory full"), text)
}

fn health_words(name: &str, health: Health, replica: Option<&ReplicaModel>) -> Words {
    let rule = replica.and_then(|replica| replica.healthcheck.as_ref());
    let (text, icon) = match (health, rule) {
        (Health::Healthy, _) => ("is healthy".to_owned(), "ready"),
        (Health::Unhealthy, Some(rule)) => {
            let failed = count(u64::from(rule.retries), "failed check");
            let then = match rule.on_unhealthy {
                OnUnhealthy::Nothing => "; nobody acts on that",
                OnUnhealthy::Restart => "",
                OnUnhealthy::Unlist => "; the balancer leaves it out",
            };
            (format!("is unhealthy after {failed}{then}"), "failure")
        }
        (health, _) => (format!("is {}", health.name()), "starting"),
    };
    let name_of_kind = ["health", icon, health.name()];
    Words::new(name_of_kind, format!("{name} {}", health.name()), format!("{name} {text}."))
}

fn first_failure(outcome: Outcome, status: u16) -> Words {
    let (label, meaning) = (outcome.label(), outcome.meaning());
    let status = match status {
        0 => String::new(),
        status => format!(" ({status})"),
    };
    let text = format!("First failure of its kind: {label}{status}. {meaning}");
    Words::new(["first_failure", "failure", outcome.name()], format!("first: {label}"), text)
}

/// A span for reading: at most three significant digits.
pub(super) fn rounded(span: SimDuration) -> String {
    match span.as_secs() {
        s if s >= 0.0995 => format!("{} s", three(s)),
        s => super::number::millis(s * 1e3),
    }
}

#[cfg(test)]
mod tests;
