//! How things are shown: the keys of an address that are not the scenario's.

use super::lane::{self, Lane};
use super::wrong;
use crate::lang::Said;
use crate::lang::{Lang, Text};
use crate::scenario::link::{Notice, percent_encode, shorten};
use crate::scenario::nearest;
use crate::units::{SimTime, Unit as _};
use crate::web::driver::Speed;

/// Words of a closed list.
macro_rules! words {
    ($(#[doc = $about:literal])* $name:ident {
        $($(#[doc = $doc:literal])* $variant:ident = $word:literal),* $(,)?
    }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[doc = $doc])* $variant),* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its word in an address.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
    };
}

words! {
    /// Which colours.
    Theme {
        /// As the system says.
        Auto = "auto",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
        /// Light, larger and stronger, for a room.
        Projector = "projector",
    }
}
words! {
    /// Whether things travel.
    Motion {
        /// As the system says.
        Auto = "auto",
        /// They do.
        Full = "full",
        /// They don't.
        Reduced = "reduced",
    }
}
words! {
    /// How many controls there are.
    Controls {
        /// None but run and pause.
        None = "none",
        /// One slider more.
        Basic = "basic",
        /// All.
        Full = "full",
    }
}
words! {
    /// One of the charts.
    ChartKind {
        /// p50 and p99.
        Response = "response_time",
        /// The same on a linear scale.
        Linear = "response_linear",
        /// Answers by how they ended.
        Outcomes = "outcomes",
        /// CPU and memory against their limits.
        Share = "share",
        /// Queue and connections.
        Queue = "queue",
        /// Percentiles as strips.
        Heat = "percentiles",
        /// Goodput against throughput.
        Flow = "goodput",
        /// Sessions alive and lost.
        Sessions = "sessions",
        /// Attempts against requests.
        Retries = "retries",
    }
}

words! {
    /// A control that an address can lock.
    Locked {
        /// The traffic.
        Rate = "rate",
        /// The selection rule.
        Algorithm = "algorithm",
        /// How many replicas.
        Replicas = "replicas",
        /// Where sessions go.
        Sessions = "sessions",
        /// The seed.
        Seed = "seed",
    }
}
words! {
    /// A tab of what is inside.
    Inside {
        /// The latest requests.
        Requests = "requests",
        /// Each replica's log.
        Logs = "logs",
        /// What replicas use.
        Stats = "stats",
        /// The balancer's counters.
        Status = "status",
        /// How the balancer would choose now.
        Choice = "choice",
    }
}

impl Inside {
    /// Name on screen.
    #[must_use]
    pub const fn title(self, lang: Lang) -> &'static str {
        let text = match self {
            Self::Requests => Text::new("Requests", "Anfragen", "Requêtes"),
            Self::Logs => Text::new("Logs", "Logs", "Journaux"),
            Self::Stats => Text::new("Stats", "Stats", "Stats"),
            Self::Status => Text::new("nginx status", "nginx-Status", "Statut nginx"),
            Self::Choice => Text::new("Next choice", "Nächste Wahl", "Prochain choix"),
        };
        text.say(lang)
    }
}

/// How things are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Which colours.
    pub theme: Theme,
    /// Whether things travel.
    pub motion: Motion,
    /// Which language, where the address says so.
    pub lang: Option<Lang>,
    /// How many controls a figure has.
    pub controls: Controls,
    /// Which charts; all when none is named.
    pub charts: Vec<ChartKind>,
    /// Whether time goes on from the start, where the address says so.
    pub autoplay: Option<bool>,
    /// The figure's caption.
    pub caption: Option<String>,
    /// Controls that can't be changed.
    pub locked: Vec<Locked>,
    /// What is to be done, in the words of the address.
    pub task: Option<String>,
    /// Lanes that are compared.
    pub compare: Vec<Lane>,
    /// Where the run is shown at first.
    pub at: Option<SimTime>,
    /// Whether this is one figure of another page.
    pub embed: bool,
}

impl Default for View {
    fn default() -> Self {
        Self {
            theme: Theme::Auto,
            motion: Motion::Auto,
            lang: None,
            controls: Controls::Basic,
            charts: Vec::new(),
            autoplay: None,
            caption: None,
            locked: Vec::new(),
            task: None,
            compare: Vec::new(),
            at: None,
            embed: false,
        }
    }
}

/// Keys of the address that this page reads besides the scenario's.
const KEYS: [&str; 13] = [
    "lock", "lang", "task", "speed", "t", "compare", "controls", "charts", "autoplay", "theme", "motion",
    "caption", "embed",
];
/// The scenario's keys, for "did you mean".
const SCENARIO_KEYS: [&str; 5] = ["scenario", "algorithm", "replicas", "rate", "seed"];

impl View {
    /// Reads the keys; what is unknown becomes a notice and the default.
    #[must_use]
    pub fn read(pairs: &[(String, String)], notices: &mut Vec<Notice>) -> (Self, Speed) {
        let mut view = Self::default();
        let mut speed = Speed::default();
        for (key, text) in pairs {
            let used = match key.as_str() {
                "theme" => pick(text, Theme::ALL, Theme::word, &mut view.theme),
                "motion" => pick(text, Motion::ALL, Motion::word, &mut view.motion),
                "controls" => pick(text, Controls::ALL, Controls::word, &mut view.controls),
                "charts" => view.read_charts(text),
                "compare" => view.read_lanes(text),
                "lock" => view.read_locks(text),
                "task" => {
                    view.task = Some(text.chars().take(CAPTION_LIMIT).collect());
                    None
                }
                "lang" => view.read_lang(text),
                "speed" => read_speed(text, &mut speed),
                "t" => view.read_time(text),
                "autoplay" => {
                    view.autoplay = Some(!matches!(text.as_str(), "0" | "false" | "no"));
                    None
                }
                "embed" => {
                    view.embed = true;
                    None
                }
                "caption" => {
                    view.caption = Some(text.chars().take(CAPTION_LIMIT).collect());
                    (text.chars().count() > CAPTION_LIMIT).then(|| wrong::cut(&CAPTION_LIMIT))
                }
                // Marks that other sites put on links to count visits.
                tracking if tracking.starts_with("utm_") || tracking == "fbclid" => None,
                unknown => Some(match nearest(unknown, KEYS.into_iter().chain(SCENARIO_KEYS)) {
                    Some(known) => wrong::no_key_near(&known),
                    None => wrong::no_key(),
                }),
            };
            if let Some(used) = used {
                notices.push(Notice { given: format!("{}={}", shorten(key), shorten(text)), used });
            }
        }
        (view, speed)
    }

    fn read_lang(&mut self, text: &str) -> Option<Said> {
        self.lang = Lang::of_tag(text);
        let known = || Lang::ALL.map(Lang::tag).join(", ");
        self.lang.is_none().then(|| wrong::no_language(&known()))
    }

    fn read_charts(&mut self, text: &str) -> Option<Said> {
        let mut unknown = Vec::new();
        for word in text.split(',').filter(|word| !word.is_empty()) {
            let known = ChartKind::ALL.iter().find(|kind| kind.word() == word || kind.alias() == word);
            match known {
                Some(kind) if !self.charts.contains(kind) => self.charts.push(*kind),
                Some(_) => {}
                None => unknown.push(shorten(word)),
            }
        }
        (!unknown.is_empty()).then(|| {
            let known: Vec<_> = ChartKind::ALL.iter().map(|kind| kind.word()).collect();
            wrong::no_chart(&unknown.join(", "), &known.join(", "))
        })
    }

    fn read_locks(&mut self, text: &str) -> Option<Said> {
        let mut unknown = Vec::new();
        for word in text.split(',').filter(|word| !word.is_empty()) {
            match Locked::ALL.iter().find(|control| control.word() == word) {
                Some(control) if !self.locked.contains(control) => self.locked.push(*control),
                Some(_) => {}
                None => unknown.push(shorten(word)),
            }
        }
        (!unknown.is_empty()).then(|| {
            let known: Vec<_> = Locked::ALL.iter().map(|control| control.word()).collect();
            wrong::no_control(&unknown.join(", "), &known.join(", "))
        })
    }

    fn read_lanes(&mut self, text: &str) -> Option<Said> {
        let mut unread = Vec::new();
        self.compare = lane::lanes(text, |part, why| unread.push(wrong::lane(&shorten(part), why)));
        (!unread.is_empty()).then(|| Said::list(unread, "; "))
    }

    fn read_time(&mut self, text: &str) -> Option<Said> {
        let seconds = text.trim().trim_end_matches('s').trim_end().parse::<f64>().ok();
        match seconds.filter(|s| (0.0..=1e9).contains(s)) {
            Some(seconds) => {
                self.at = Some(SimTime((seconds * 1e9 + 0.5) as u64));
                None
            }
            None => match crate::units::SimDuration::parse(text) {
                Ok(span) => {
                    self.at = Some(SimTime(span.0));
                    None
                }
                Err(_) => Some(wrong::no_time()),
            },
        }
    }

    /// Whether time goes on from the start: the lab does unless the address says otherwise, a figure when it
    /// says so.
    #[must_use]
    pub fn plays_at_first(&self) -> bool {
        self.autoplay.unwrap_or(!self.embed && self.at.is_none())
    }

    /// The keys that are not at their default, as part of a query. The time is written when it is given.
    #[must_use]
    pub fn query(&self, speed: Speed, at: Option<SimTime>) -> String {
        let mut parts = Vec::new();
        let default = Self::default();
        if speed != Speed::default() {
            parts.push(format!("speed={}", speed.label().trim_end_matches('×')));
        }
        if let Some(at) = at.filter(|at| *at > SimTime::ZERO) {
            parts.push(format!("t={}", (at.0 / 1_000_000) as f64 / 1e3));
        }
        if !self.compare.is_empty() {
            let words: Vec<_> = self.compare.iter().map(Lane::word).collect();
            parts.push(format!("compare={}", percent_encode(&words.join(","))));
        }
        if self.theme != default.theme {
            parts.push(format!("theme={}", self.theme.word()));
        }
        if self.motion != default.motion {
            parts.push(format!("motion={}", self.motion.word()));
        }
        if let Some(lang) = self.lang {
            parts.push(format!("lang={}", lang.tag()));
        }
        if self.controls != default.controls {
            parts.push(format!("controls={}", self.controls.word()));
        }
        if !self.charts.is_empty() {
            let words: Vec<_> = self.charts.iter().map(|kind| kind.word()).collect();
            parts.push(format!("charts={}", words.join(",")));
        }
        if let Some(on) = self.autoplay {
            parts.push(if on { "autoplay".into() } else { "autoplay=0".into() });
        }
        if !self.locked.is_empty() {
            let words: Vec<_> = self.locked.iter().map(|control| control.word()).collect();
            parts.push(format!("lock={}", words.join(",")));
        }
        if let Some(task) = &self.task {
            parts.push(format!("task={}", percent_encode(task)));
        }
        if let Some(caption) = &self.caption {
            parts.push(format!("caption={}", percent_encode(caption)));
        }
        parts.join("&")
    }
}

/// The longest caption, in characters.
const CAPTION_LIMIT: usize = 400;

impl ChartKind {
    /// Name on screen.
    #[must_use]
    pub const fn title(self, lang: Lang) -> &'static str {
        let text = match self {
            Self::Response => Text::new("Response time", "Antwortzeit", "Temps de réponse"),
            Self::Outcomes => Text::new("Outcomes", "Ausgänge", "Issues"),
            Self::Share => Text::new("Share of limit", "Auslastung", "Part de la limite"),
            Self::Queue => {
                Text::new("Queue and connections", "Schlange und Verbindungen", "File et connexions")
            }
            Self::Heat => Text::new("Percentiles as strips", "Perzentile als Streifen", "Centiles en bandes"),
            Self::Flow => Text::new("Goodput and throughput", "Goodput und Durchsatz", "Goodput et débit"),
            Self::Sessions => Text::new("Sessions", "Sitzungen", "Sessions"),
            Self::Retries => Text::new("Retries", "Wiederholungen", "Relances"),
            Self::Linear => Text::new(
                "Response time, linear scale",
                "Antwortzeit, lineare Skala",
                "Temps de réponse, échelle linéaire",
            ),
        };
        text.say(lang)
    }

    /// A second word that people write.
    #[must_use]
    pub const fn alias(self) -> &'static str {
        match self {
            Self::Response => "latency",
            Self::Outcomes => "errors",
            Self::Share => "load",
            Self::Queue => "connections",
            Self::Heat => "heat",
            Self::Flow => "throughput",
            Self::Sessions => "baskets",
            Self::Retries => "attempts",
            Self::Linear => "linear",
        }
    }
}

fn pick<T: Copy>(text: &str, all: &[T], word: fn(T) -> &'static str, into: &mut T) -> Option<Said> {
    match all.iter().find(|value| word(**value) == text) {
        Some(value) => {
            *into = *value;
            None
        }
        None => {
            let known: Vec<_> = all.iter().map(|value| word(*value)).collect();
            Some(wrong::other(&word(*into), &known.join(", ")))
        }
    }
}

fn read_speed(text: &str, into: &mut Speed) -> Option<Said> {
    if text == "max" {
        *into = Speed::Max;
        return None;
    }
    match text.trim_end_matches(['×', 'x']).parse::<f64>().ok().filter(|times| times.is_finite()) {
        Some(times) => {
            let held = times.clamp(Speed::SLOWEST, Speed::FASTEST);
            *into = Speed::Times(held);
            (held != times).then(|| wrong::speed(&Speed::SLOWEST, &Speed::FASTEST, &held))
        }
        None => Some(wrong::no_speed()),
    }
}
