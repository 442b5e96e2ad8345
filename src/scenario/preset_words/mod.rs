//! What presets say of themselves, in every language. The English words are those of its file; a test compares
//! them.

mod basics;
mod further;
mod workers;

use super::Scenario;
use crate::lang::{Lang, Text};

/// The words of a preset: its title, and what it teaches.
struct Words {
    name: &'static str,
    title: Text,
    teaches: Text,
}

/// What a scenario is called: a preset in this language; any other as its file says.
#[must_use]
pub fn heading(lang: Lang, scenario: &Scenario) -> &str {
    let own = |words: &&Words| words.title.say(Lang::En) == scenario.heading();
    words(scenario).filter(own).map_or_else(|| scenario.heading(), |words| words.title.say(lang))
}

/// What the preset of this name is called, without reading its file.
#[must_use]
pub fn title(lang: Lang, name: &str) -> Option<&'static str> {
    named(name).map(|words| words.title.say(lang))
}

/// What a scenario teaches, like [`heading`].
#[must_use]
pub fn teaches(lang: Lang, scenario: &Scenario) -> &str {
    let own = |words: &&Words| words.teaches.say(Lang::En) == scenario.teaches;
    words(scenario).filter(own).map_or(scenario.teaches.as_str(), |words| words.teaches.say(lang))
}

fn words(scenario: &Scenario) -> Option<&'static Words> {
    named(&scenario.name)
}

fn named(name: &str) -> Option<&'static Words> {
    basics::WORDS.iter().chain(further::WORDS).chain(workers::WORDS).find(|words| words.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::preset::PRESETS;

    #[test]
    fn every_preset_has_its_words() {
        for preset in PRESETS {
            let scenario = Scenario::from_toml_str(preset.text).unwrap();
            let words = words(&scenario).unwrap_or_else(|| panic!("{} has no words", preset.name));
            assert_eq!(title(Lang::En, preset.name), Some(scenario.heading()));
            assert_eq!(title(Lang::De, preset.name), Some(heading(Lang::De, &scenario)));
            assert_eq!(words.teaches.say(Lang::En), scenario.teaches, "{}", preset.name);
            assert_ne!(teaches(Lang::De, &scenario), teaches(Lang::Fr, &scenario));
        }
        assert_eq!(basics::WORDS.len() + further::WORDS.len() + workers::WORDS.len(), PRESETS.len());
        let mut own = Scenario::from_toml_str(PRESETS[0].text).unwrap();
        own.teaches = "Mine.".into();
        assert_eq!(teaches(Lang::De, &own), "Mine.");
    }
}
