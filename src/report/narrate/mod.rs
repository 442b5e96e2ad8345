//! What happened, in plain words: one text for event logs, the command line, reports and screen readers.
//!
//! A [`Narrator`] turns an entry of the log into a [`Line`]: a sentence (subject, verb, number; cause before
//! effect), a short form for chart labels and the name of an icon. [`thin`] shortens a long list without
//! losing a count.

mod acts;
mod balancer;
mod change;
mod thin;
mod traffic;
pub mod tuned;
mod words;

pub use thin::thin;

use std::net::IpAddr;

use self::words::say;
use super::docker::{self, Taken};
use crate::lang::{Lang, Text};
use crate::observe::{DependencyNews, DownCause, Event, Health, LogEntry, Outcome, Resource};
use crate::scenario::{Binds, FullQueue, Model, OnUnhealthy, PortBinding, ReplicaModel, Signal, TimedChange};
use crate::units::order::sort_by_key;
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
        let balancer = say::the_balancer(self.lang);
        let name = entry.replica.map_or(balancer, |id| self.names.get(id.index()).map_or("?", |n| n));
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
        let mut lines = self.planned();
        lines.extend(entries.iter().map(|entry| self.line(entry)));
        sort_by_key(&mut lines, |line| line.at);
        lines
    }

    /// What the traffic was planned to do.
    #[must_use]
    pub fn planned(&self) -> Vec<Line> {
        traffic::lines(self.lang, self.model)
    }

    /// Whether an entry belongs in a short list.
    #[must_use]
    pub fn is_key(&self, entry: &LogEntry) -> bool {
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
        let lang = self.lang;
        let same = |word| [word, word, word];
        match entry.event {
            Event::Ready { again: false } => {
                Words::new(same("ready"), say::ready(lang, name), say::is_ready(lang, name))
            }
            Event::Ready { again: true } => {
                Words::new(["ready", "ready", "back"], say::back(lang, name), say::is_back(lang, name))
            }
            Event::Starting => {
                let short = say::starts(lang, name);
                Words::new(same("starting"), short.clone(), short + ".")
            }
            Event::Draining => {
                Words::new(same("draining"), say::drains(lang, name), say::drains_on(lang, name))
            }
            Event::Removed => {
                Words::new(same("removed"), say::removed(lang, name), say::was_removed(lang, name))
            }
            Event::Died { cause, requests, sessions, back_at } => {
                died(lang, name, cause, [requests, sessions], back_at.map(|at| at.since(entry.at)))
            }
            Event::BindFailed { port, .. } => Words::new(
                ["bind_failed", "port", "bind_failed"],
                say::port_taken(lang, name),
                self.bind_text(name, port, &entry.event),
            ),
            Event::Exhausted { resource, sessions } => self.exhausted(name, resource, sessions),
            Event::Health { health } => health_words(lang, name, health, self.replica(name)),
            Event::WorkerKilled { worker, memory } => {
                let why = if memory { say::out_of_memory(lang) } else { say::too_long(lang) };
                let text = say::worker_why(lang, name, u64::from(worker), why);
                Words::new(["worker_killed", "killed", "worker"], say::worker_killed(lang, name), text)
            }
            Event::Scaled { service, from, to, ratio } => self.scaled(service, [from, to], ratio),
            Event::RolledOut { service } => rolled_out(lang, self.service(service)),
            Event::HostOutOfMemory { host } => host_full(lang, &(host + 1).to_string()),
            Event::QueueFull { service } => self.queue_full(service),
            Event::BalancerFull { service, resource } => self.balancer_full(service, resource),
            Event::Panic { service, on, well, known } => self.panics(service, on, [well, known]),
            Event::Checked { up: true, checks } => {
                let text = say::asked_again(lang, name, u64::from(checks));
                Words::new(["check_passed", "ready", "check_passed"], say::well(lang, name), text)
            }
            Event::Checked { up: false, checks } => {
                let text = say::not_asked(lang, name, u64::from(checks));
                Words::new(["check_failed", "left_out", "check_failed"], say::unwell(lang, name), text)
            }
            Event::LeftOut => self.left_out(name),
            Event::Dependency { dependency, news } => self.dependency(dependency, news),
            Event::MessagesBack { dependency, fates } => self.messages_back(name, dependency, fates),
            Event::Changed { index } => change::words(lang, self.changes, index as usize),
            Event::FirstFailure { outcome, status } => first_failure(lang, outcome, status),
        }
    }

    fn dependency(&self, id: DependencyId, news: DependencyNews) -> Words {
        let lang = self.lang;
        let Some(model) = self.model.dependencies().get(id.index()) else {
            let short = say::dependency(lang);
            return Words::new(["dependency", "change", "dependency"], short, say::something(lang));
        };
        let name = &model.name;
        let (group, short, text) = match news {
            DependencyNews::PoolUsedUp => {
                let size = model.pool.as_ref().map_or(0, |pool| u64::from(pool.size));
                ("pool", say::pool(lang, name), say::pool_used_up(lang, name, size))
            }
            DependencyNews::ConnectionLimit => {
                let limit = u64::from(model.connections.unwrap_or(0));
                ("connections", say::limit(lang, name), say::limit_reached(lang, name, limit))
            }
            DependencyNews::QueueFull => {
                let rules = model.broker.as_ref().map(|broker| &broker.rules);
                let limit = rules.map_or(0, |rules| u64::from(rules.limit));
                let then = match rules.map(|rules| rules.full) {
                    Some(FullQueue::DropHead) => say::oldest_dropped(lang),
                    _ => say::refused(lang),
                };
                ("full", say::broker(lang, name), say::broker_full(lang, name, limit, then))
            }
            DependencyNews::Stampede => ("stampede", say::stampede(lang, name), say::stampede_on(lang, name)),
        };
        Words::new(["dependency", "queue", group], short, text)
    }

    /// What became of the messages that a worker had which went.
    fn messages_back(&self, name: &str, id: DependencyId, [again, lost, dead]: [u32; 3]) -> Words {
        let lang = self.lang;
        let broker = self.model.dependencies().get(id.index()).map_or("?", |model| &model.name);
        let [again, lost, dead] = [again, lost, dead].map(u64::from);
        let mut said = Vec::new();
        if again > 0 {
            said.push(say::again(lang, name, again));
        }
        match (lost, again) {
            (0, _) => {}
            (_, 0) => said.push(say::lost_of(lang, name, lost)),
            _ => said.push(say::lost_too(lang, lost)),
        }
        if dead > 0 {
            said.push(say::dead(lang, dead));
        }
        let short = match lost {
            0 => say::messages_back(lang, broker, again + dead),
            lost => say::messages_lost(lang, broker, lost),
        };
        Words::new(["messages_back", "queue", "messages_back"], short, said.join(" "))
    }

    fn service(&self, service: ServiceId) -> &str {
        self.model.services().get(service.index()).map_or("?", |service| &service.name)
    }

    /// What an autoscaler does, and what it saw.
    fn scaled(&self, service: ServiceId, [from, to]: [u32; 2], ratio: f64) -> Words {
        let (lang, name) = (self.lang, self.service(service));
        let rule = self.model.services().get(service.index()).and_then(|s| s.autoscaler.as_ref());
        let signal = match rule.map(|rule| rule.signal) {
            Some(Signal::InFlight) => say::in_flight(lang),
            Some(Signal::Requests) => say::per_second(lang),
            Some(Signal::Queue) => say::waiting(lang),
            _ => "CPU",
        };
        let saw = match ratio {
            1.0 => say::bounds(lang).to_owned(),
            ratio => say::of_target(lang, signal, ratio),
        };
        let does = if to > from { say::adds } else { say::removes };
        let text = does(lang, u64::from(to.abs_diff(from)), name, u64::from(from), u64::from(to), &saw);
        Words::new(["scaled", "scale", "scaled"], format!("{name} {from} → {to}"), text)
    }

    fn exhausted(&self, name: &str, resource: Resource, sessions: u32) -> Words {
        let (lang, replica) = (self.lang, self.replica(name));
        let of = |limit: Option<String>| limit.map_or_else(String::new, |n| say::of(lang, &n));
        let count = |n: u32| lang.whole(u64::from(n));
        match resource {
            Resource::Cpu => {
                let cores = replica.map_or(1.0, |r| r.cores);
                let text = say::cpu_exhausted(lang, name, &lang.point(&format!("{cores:.2}")), cores);
                Words::new(["exhausted", "cpu", "cpu"], say::cpu(lang, name), text)
            }
            Resource::Memory => {
                let by = match sessions {
                    0 => String::new(),
                    n => " ".to_owned() + &say::by_sessions(lang, u64::from(n)),
                };
                let of = of(replica.and_then(|r| r.memory).map(|limit| lang.bytes(limit as f64)));
                let text = say::memory_exhausted(lang, name, &by, &of);
                Words::new(["exhausted", "memory", "memory"], say::memory(lang, name), text)
            }
            Resource::Connections => {
                let text = say::connections_exhausted(
                    lang,
                    name,
                    &of(replica.and_then(|r| r.connections).map(count)),
                );
                let kind = ["exhausted", "connections", "connections"];
                Words::new(kind, say::connections(lang, name), text)
            }
            Resource::Backlog => {
                let text = say::backlog_full(lang, name, &of(replica.map(|r| count(r.backlog + 1))));
                Words::new(["exhausted", "backlog", "backlog"], say::backlog(lang, name), text)
            }
            Resource::Requests => {
                let most = replica.and_then(|r| r.shed_above).map_or_else(String::new, count);
                Words::new(
                    ["exhausted", "queue", "shed"],
                    say::sheds(lang, name),
                    say::sheds_load(lang, name, &most),
                )
            }
            Resource::Workers => {
                let all = replica.map_or_else(String::new, |r| count(r.concurrency));
                Words::new(
                    ["exhausted", "connections", "workers"],
                    say::senders(lang, name),
                    say::senders_hold_workers(lang, name, &all),
                )
            }
            Resource::Files => {
                let text = say::no_file(lang, name, &of(replica.and_then(|r| r.files).map(count)));
                Words::new(["exhausted", "connections", "files"], say::files(lang, name), text)
            }
            Resource::Ports => {
                let of = of(self.model.network().map(|network| count(network.ports)));
                let text = say::no_port(lang, name, &of);
                Words::new(["exhausted", "port", "ports"], say::ports(lang, name), text)
            }
        }
    }

    /// The model of the replica of this name.
    fn replica(&self, name: &str) -> Option<&ReplicaModel> {
        let services = self.model.services();
        let own = services.iter().flat_map(|s| &s.special).find(|(_, r)| r.name.as_deref() == Some(name));
        own.map(|(_, replica)| &**replica).or_else(|| {
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
        let lang = self.lang;
        // Another address than the one that was asked for: a wildcard is in the way, or in its way.
        let on = match asked {
            Some(asked) if asked != address => format!(" {}", say::on(lang, &address.to_string())),
            None if !address.is_unspecified() => format!(" {}", say::on(lang, &address.to_string())),
            _ => String::new(),
        };
        let port = port.to_string();
        match (docker, range) {
            _ if rests => say::rests(lang, name, &port),
            (_, true) => say::range_taken(lang, name),
            (true, false) => say::by_container(lang, name, &port, &on),
            (false, false) => say::by_program(lang, name, &port, &on),
        }
    }
}

/// What a replica died of: as a name of its kind, in a word or two, and after its name.
const fn cause_of_death(cause: DownCause) -> (&'static str, Text, Text) {
    match cause {
        DownCause::OutOfMemory => (
            "killed",
            Text::new("killed", "beendet", "tuée"),
            Text::new(
                "killed: out of memory (137)",
                "beendet: Speicher voll (137)",
                "tuée : mémoire pleine (137)",
            ),
        ),
        DownCause::Crash => {
            let text = Text::new("crashed", "abgestürzt", "plantée");
            ("crashed", text, text)
        }
        DownCause::ZoneLost => (
            "lost",
            Text::new("lost", "verloren", "perdue"),
            Text::new("went with its zone", "ging mit ihrer Zone", "partie avec sa zone"),
        ),
        DownCause::Unhealthy => (
            "unhealthy",
            Text::new("unhealthy", "ungesund", "malade"),
            Text::new("was killed as unhealthy", "als ungesund beendet", "tuée car malade"),
        ),
        DownCause::Stopped => (
            "stopped",
            Text::new("stopped", "angehalten", "arrêtée"),
            Text::new("was stopped", "wurde angehalten", "a été arrêtée"),
        ),
    }
}

fn died(lang: Lang, name: &str, cause: DownCause, lost: [u32; 2], back_in: Option<SimDuration>) -> Words {
    let [requests, sessions] = lost.map(u64::from);
    let (kind, short, what) = cause_of_death(cause);
    let icon = match cause {
        DownCause::OutOfMemory | DownCause::Unhealthy => "killed",
        DownCause::Crash => "crashed",
        DownCause::ZoneLost | DownCause::Stopped => "stopped",
    };
    let mut text = match (cause, requests) {
        (DownCause::Stopped, 0) if back_in.is_some() => say::has_finished(lang, name),
        (DownCause::Stopped, 0) => say::finished(lang, name),
        _ => say::lost(lang, &format!("{name} {}", what.say(lang)), requests),
    };
    if sessions > 0 {
        text = say::and_sessions(lang, &text, sessions);
    }
    text = match (back_in, cause) {
        (Some(pause), _) if pause.0 == 0 => say::starts_again(lang, &text),
        (Some(pause), _) => say::back_in(lang, &text, &rounded(lang, pause)),
        (None, DownCause::Stopped) => text + ".",
        (None, DownCause::ZoneLost) => say::with_its_zone(lang, &text),
        (None, _) => say::not_again(lang, &text),
    };
    Words::new(["died", icon, kind], format!("{name} {}", short.say(lang)), text)
}

fn rolled_out(lang: Lang, service: &str) -> Words {
    let text = say::version_runs(lang, service);
    Words::new(["rolled_out", "deploy", "rolled_out"], say::version(lang, service), text)
}

fn host_full(lang: Lang, host: &str) -> Words {
    Words::new(["host_memory", "memory", "host"], say::host(lang, host), say::host_full(lang, host))
}

fn health_words(lang: Lang, name: &str, health: Health, replica: Option<&ReplicaModel>) -> Words {
    let rule = replica.and_then(|replica| replica.healthcheck.as_ref());
    let word = health.text().say(lang);
    let (text, icon) = match (health, rule) {
        (Health::Healthy, _) => (say::is_healthy(lang, name), "ready"),
        (Health::Unhealthy, Some(rule)) => {
            let then = match rule.on_unhealthy {
                OnUnhealthy::Nothing => say::nobody_acts(lang),
                OnUnhealthy::Restart => "",
                OnUnhealthy::Unlist => say::unlisted(lang),
            };
            (say::is_unhealthy(lang, name, u64::from(rule.retries), then), "failure")
        }
        _ => (say::is_in(lang, name, word), "starting"),
    };
    Words::new(["health", icon, health.name()], format!("{name} {word}"), text)
}

fn first_failure(lang: Lang, outcome: Outcome, status: u16) -> Words {
    let (label, meaning) = (outcome.text().say(lang), outcome.means().say(lang));
    let named = match status {
        0 => label.to_owned(),
        status => format!("{label} ({status})"),
    };
    let text = say::first_of_kind(lang, &named, meaning);
    Words::new(["first_failure", "failure", outcome.name()], say::first(lang, label), text)
}

/// A span for reading: at most three significant digits.
pub(super) fn rounded(lang: Lang, span: SimDuration) -> String {
    match span.as_secs() {
        s if s >= 0.0995 => format!("{} s", lang.three(s)),
        s => lang.millis(s * 1e3),
    }
}

#[cfg(test)]
mod tests;
