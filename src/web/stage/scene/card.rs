//! A replica in words, gauges and dots.

use super::Refusal;
use super::dots::{Look, Tray};
use super::watch::Pace;
use super::{Gauge, Tag, gauge, memory, tags, words};
use crate::lang::{Counted, Lang, Text, texts};
use crate::observe::{DownCause, PortView, ReplicaState, ReplicaView};
use crate::units::SimTime;
use crate::web::icons::Icon;

texts! {
    mod say {
        fn wants(port: Text) { en: "wants {port}", de: "will {port}", fr: "veut {port}" }
        fn holds(port: Text) { en: "holds {port}", de: "hält {port}", fr: "tient {port}" }
        fn serving(rate: Text, run: Text, wait: Text) {
            en: "{rate} a second, {run} run, {wait} wait",
            de: "{rate} pro Sekunde, {run} laufen, {wait} warten",
            fr: "{rate} par seconde, {run} en cours, {wait} en attente",
        }
        fn refuses(rate: Text, why: Text) {
            en: "refuses {rate} a second: {why}",
            de: "weist {rate} pro Sekunde ab: {why}",
            fr: "en refuse {rate} par seconde : {why}",
        }
        fn killed(at: Text) {
            en: "Killed at {at}: out of memory (137)",
            de: "Beendet bei {at}: Speicher voll (137)",
            fr: "Tuée à {at} : mémoire pleine (137)",
        }
        fn lost_zone(at: Text) {
            en: "Lost with its zone at {at}",
            de: "Mit der Zone verloren bei {at}",
            fr: "Perdue avec sa zone à {at}",
        }
        fn unhealthy(at: Text) {
            en: "Killed at {at}: unhealthy",
            de: "Beendet bei {at}: ungesund",
            fr: "Tuée à {at} : malade",
        }
        fn crashed(at: Text) { en: "Crashed at {at}", de: "Abgestürzt bei {at}", fr: "Plantée à {at}" }
        fn stopped(at: Text) { en: "Stopped at {at}", de: "Angehalten bei {at}", fr: "Arrêtée à {at}" }
        fn requests(n: Whole) {
            en: "{n} {n:request|requests}",
            de: "{n} {n:Anfrage|Anfragen}",
            fr: "{n} {n:requête|requêtes}",
        }
        fn baskets(n: Whole) {
            en: "{n} {n:basket|baskets}",
            de: "{n} {n:Korb|Körbe}",
            fr: "{n} {n:panier|paniers}",
        }
        fn went(what: Text) {
            en: "{what} went with it.",
            de: "Mit ihr weg: {what}.",
            fr: "Perdus avec elle : {what}.",
        }
        fn with_zone {
            en: "It starts again when its zone is back.",
            de: "Sie startet wieder, sobald ihre Zone zurück ist.",
            fr: "Elle redémarre quand sa zone est de retour.",
        }
        fn never {
            en: "Nothing starts it again.",
            de: "Nichts startet sie wieder.",
            fr: "Rien ne la relance.",
        }
        fn restarts(left: Text, which: Text, span: Text) {
            en: "Restarts in {left} ({which}: {span}).",
            de: "Neustart in {left} ({which}: {span}).",
            fr: "Relance dans {left} ({which} : {span}).",
        }
        fn first_pause { en: "first back-off", de: "erste Pause", fr: "première pause" }
        fn pause_now { en: "back-off now", de: "Pause jetzt", fr: "pause actuelle" }
        fn run_wait(run: Whole, wait: Whole) {
            en: "{run} run, {wait} wait",
            de: "{run} laufen, {wait} warten",
            fr: "{run} en cours, {wait} en attente",
        }
        fn start_up(progress: Text) {
            en: "start-up {progress}, gets no traffic yet",
            de: "Start {progress}, noch ohne Verkehr",
            fr: "démarrage {progress}, sans trafic encore",
        }
        fn back_in(what: Text, left: Text) {
            en: "{what}, back in {left}",
            de: "{what}, zurück in {left}",
            fr: "{what}, de retour dans {left}",
        }
        fn port_taken(port: Text) {
            en: "port {port} on the host is already taken",
            de: "Port {port} des Hosts ist schon belegt",
            fr: "le port {port} de l’hôte est déjà pris",
        }
        fn not_started(at: Text) {
            en: "not started at {at}",
            de: "bei {at} nicht gestartet",
            fr: "non démarrée à {at}",
        }
    }
}

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
    pub const fn word(self) -> Text {
        match self {
            Self::Ok => Text::new("ok", "ok", "ok"),
            Self::Idle => Text::new("idle", "untätig", "inactive"),
            Self::Draining => Text::new("draining", "läuft leer", "se vide"),
            Self::Busy => Text::new("busy", "beschäftigt", "occupée"),
            Self::Starting => Text::new("starting", "startet", "démarre"),
            Self::Overloaded => Text::new("overloaded", "überlastet", "surchargée"),
            Self::BackingOff => Text::new("backing off", "wartet", "en attente"),
            Self::NotStarted => Text::new("not started", "ohne Start", "non démarrée"),
            Self::Down => Text::new("down", "ausgefallen", "en panne"),
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
    /// The language of its words.
    pub lang: Lang,
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
    /// What else is true of it, the worst first.
    pub tags: Vec<Tag>,
    /// Its memory by part in words, the most first: "sessions 68, process 64, requests 8 MiB"; nothing while there is
    /// but one.
    pub memory: Option<String>,
    /// Its service.
    pub service: String,
    /// Its zone, from 1.
    pub zone: u32,
    /// Its host, from 1.
    pub host: u32,
    /// Whether a narrow screen opens this one.
    pub open: bool,
}

/// What a card needs to know of the rest of the world.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The language of words and numbers.
    pub lang: Lang,
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
        let (lang, ports) = (around.lang, around.ports);
        let condition = Condition::of(view.state, pace);
        // Where a program has it that is no container, the kernel refuses it and not Docker.
        let by_program = |port: &&PortView| port.taken && port.holder.is_none() && port.host == view.host;
        let by_container = !ports.iter().filter(by_program).any(|port| Some(port.port) == view.refused_port);
        let body = body(lang, view, by_container, look);
        let held = ports.iter().find(|port| port.holder.as_ref() == Some(&view.name));
        let wanted = view.refused_port.map(|port| say::wants(lang, &port.to_string()));
        Self {
            lang,
            id: view.id,
            name: view.name.clone(),
            address: view.address.clone(),
            port: held.map(|port| say::holds(lang, &port.port.to_string())).or(wanted),
            condition,
            given: pace.given,
            refusing: (pace.refused > 0.0).then_some(Refusal { rate: pace.refused, ..around.refusal }),
            gauges: gauge::gauges(lang, view, pace),
            memory: memory::in_words(lang, &view.memory),
            line: line(lang, view, &body, look.now),
            body,
            tags: tags::tags(lang, view, around.balanced),
            service: view.service.clone(),
            zone: view.zone,
            host: view.host,
            open: false,
        }
    }

    /// The card in words, for a screen reader.
    #[must_use]
    pub fn label(&self) -> String {
        let lang = self.lang;
        let mut parts = vec![format!("{}, {}", self.name, self.condition.word().say(lang))];
        match &self.body {
            Body::Serving { running, waiting } => {
                let [running, waiting] = [running, waiting].map(|tray| lang.whole(tray.held));
                parts.push(say::serving(lang, &words::rate(lang, self.given), &running, &waiting));
                parts.extend(self.gauges.iter().map(|gauge| format!("{} {}", gauge.name, gauge.text)));
            }
            _ => parts.push(self.line.clone()),
        }
        parts.extend(self.memory.clone());
        parts.extend(self.tags.iter().map(|tag| tag.text.clone()));
        if let Some(Refusal { rate, outcome, .. }) = self.refusing {
            parts.push(say::refuses(lang, &words::rate(lang, rate), outcome.text().say(lang)));
        }
        parts.join(". ")
    }
}

fn body(lang: Lang, view: &ReplicaView, by_container: bool, look: &Look) -> Body {
    match view.state {
        ReplicaState::Created => Body::Created,
        ReplicaState::Starting => {
            let total = view.until.unwrap_or(look.now).since(view.since).as_secs();
            let gone = look.now.since(view.since).as_secs().min(total);
            let share = if total > 0.0 { gone / total } else { 0.0 };
            Body::Starting {
                share,
                progress: words::of(lang, &lang.point(&format!("{gone:.1}")), &lang.moment(total)),
            }
        }
        ReplicaState::Ready | ReplicaState::Draining => Body::Serving {
            running: Tray::new(view.running.into(), view.concurrency.into(), &view.running_dots, look),
            waiting: Tray::new(view.waiting.into(), view.backlog.into(), &view.waiting_dots, look),
        },
        ReplicaState::NotStarted => match view.refused_port {
            Some(port) => {
                let at = lang.moment(view.since.as_secs());
                Body::Refused { port, at, by_container }
            }
            None => dead(lang, view, look.now),
        },
        ReplicaState::BackingOff | ReplicaState::Down | ReplicaState::Removed => dead(lang, view, look.now),
    }
}

fn dead(lang: Lang, view: &ReplicaView, now: SimTime) -> Body {
    let (cause, at, requests, sessions) = view.died.unwrap_or((DownCause::Stopped, view.since, 0, 0));
    let at = lang.moment(at.as_secs());
    let what = match cause {
        DownCause::OutOfMemory => (Icon::Chip, say::killed(lang, &at)),
        DownCause::ZoneLost => (Icon::Down, say::lost_zone(lang, &at)),
        DownCause::Unhealthy => (Icon::Down, say::unhealthy(lang, &at)),
        DownCause::Crash => (Icon::Down, say::crashed(lang, &at)),
        DownCause::Stopped => (Icon::Down, say::stopped(lang, &at)),
    };
    let says: [(u32, Counted); 2] = [(requests, say::requests), (sessions, say::baskets)];
    let gone: Vec<String> =
        says.into_iter().filter(|&(n, _)| n > 0).map(|(n, says)| says(lang, n.into())).collect();
    let lost = (!gone.is_empty()).then(|| say::went(lang, &lang.list(&gone, 2)));
    let until = view.until.filter(|_| view.state == ReplicaState::BackingOff);
    let countdown = until.map(|until| {
        let (left, whole) = (until.since(now).as_secs(), view.back_off.as_secs());
        (if whole > 0.0 { (left / whole).clamp(0.0, 1.0) } else { 0.0 }, lang.moment(left))
    });
    let with_zone = cause == DownCause::ZoneLost;
    let next = countdown.as_ref().map_or_else(
        || if with_zone { say::with_zone(lang).to_owned() } else { say::never(lang).to_owned() },
        |(_, left)| {
            let which = if view.restarts == 0 { say::first_pause(lang) } else { say::pause_now(lang) };
            say::restarts(lang, left, which, &words::length(lang, view.back_off.as_secs()))
        },
    );
    Body::Dead { what, lost, next, countdown }
}

fn line(lang: Lang, view: &ReplicaView, body: &Body, now: SimTime) -> String {
    match body {
        Body::Serving { .. } => say::run_wait(lang, view.running.into(), view.waiting.into()),
        Body::Starting { progress, .. } => say::start_up(lang, progress),
        Body::Dead { what, countdown, .. } => {
            let mut what = what.1.replace(" (137)", "");
            if lang != Lang::De
                && let Some(first) = what.get_mut(..1)
            {
                first.make_ascii_lowercase();
            }
            countdown.as_ref().map_or(what.clone(), |(_, left)| say::back_in(lang, &what, left))
        }
        Body::Refused { port, .. } => say::port_taken(lang, &port.to_string()),
        Body::Created => say::not_started(lang, &lang.moment(now.as_secs())),
    }
}
