//! The scenarios that ship: used by the command line, the page and the tests.

/// A preset: its name and its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Its name, as on the command line and in links.
    pub name: &'static str,
    /// Its TOML.
    pub text: &'static str,
}

macro_rules! presets {
    ($($name:literal),* $(,)?) => {
        /// Every preset, in the order in which lists show them.
        pub static PRESETS: &[Preset] =
            &[$(Preset { name: $name, text: include_str!(concat!("../../scenarios/", $name, ".toml")) }),*];
    };
}

presets![
    "black-friday",
    "port-conflict",
    "sticky-cart",
    "first-server",
    "algorithms",
    "rr-vs-size",
    "two-choices",
    "growth",
    "retry-storm",
    "open-or-closed",
    "sinkhole",
    "scale-exercise",
    "memory",
    "port-exhaustion",
    "pool",
    "database-bound",
    "stampede",
    "lost-update",
    "metastable",
    "port-bind",
    "nat-hotspot",
    "hedging",
    "websockets",
    "celery",
    "shop",
    "shared-cart",
    "stale-names",
    "slow-start",
    "herd",
    "sticky-cascade",
    "deploy",
    "zones",
    "hosts",
    "black-friday-autoscaled",
    "vertical-or-horizontal",
    "goodput",
    "slow-clients",
];

pub use super::preset_words::{heading, teaches, title};

/// The preset of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}
