//! Languages: every text in each of them, and numbers as each of them writes numbers.
//!
//! `texts!` defines texts beside their use. A text that lacks a language, or whose languages differ in their
//! parameters, does not compile:
//!
//! ```text
//! texts! {
//!     mod say {
//!         fn play { en: "Play", de: "Abspielen", fr: "Lecture" }
//!         fn answers(n: Whole, rate: Three) {
//!             en: "{n} {n:replica answers|replicas answer} {rate} requests a second.",
//!             de: "{n} {n:Replik beantwortet|Repliken beantworten} {rate} Anfragen pro Sekunde.",
//!             fr: "{n} {n:réplique répond|répliques répondent} à {rate} requêtes par seconde.",
//!         }
//!     }
//! }
//! say::play(lang);             // a &'static str: no allocation
//! say::answers(lang, 3, 12.5); // 3 Repliken beantworten 12,5 Anfragen pro Sekunde.
//! ```
//!
//! The kind of a parameter is a variant of [`Arg`]: it says what is given and how it is written. `{n}` writes a
//! parameter; `{n:one|many}` chooses words by it, by the language's rule (in French 0 and 1 are singular).
//! What is made before it is known who reads it (a problem, a reason) is a [`Said`], by `phrases!` in the same form.
//! What is the same in every language is no text: wire names, names of algorithms and products, quoted messages.

mod fill;
mod number;
mod said;

use std::fmt;

pub use fill::{Arg, capital, fill, sentence, stretches};
pub(crate) use said::phrases;
pub use said::{Given, Phrase, Said};

/// A language that every text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// German.
    De,
    /// French.
    Fr,
}

impl Lang {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::En, Self::De, Self::Fr];

    /// Its tag, as in `<html lang>` and in addresses.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
        }
    }

    /// Its name, in itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
            Self::Fr => "Français",
        }
    }

    /// The language of a tag such as `de`, `de-AT` or `FR_ca`.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let first = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(first))
    }

    /// The first of these tags that is one of ours, as a browser lists what its user reads.
    pub fn best<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        tags.into_iter().find_map(Self::of_tag)
    }
}

/// A text that counts something.
pub type Counted = fn(Lang, u64) -> String;

/// A text in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    en: &'static str,
    de: &'static str,
    fr: &'static str,
}

impl Text {
    /// A text in English, German and French, in this order.
    #[must_use]
    pub const fn new(en: &'static str, de: &'static str, fr: &'static str) -> Self {
        assert!(!en.is_empty() && !de.is_empty() && !fr.is_empty(), "a text has words in every language");
        Self { en, de, fr }
    }

    /// The text in this language.
    #[must_use]
    pub const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::De => self.de,
            Lang::Fr => self.fr,
        }
    }

    /// Holds when each language uses each of these parameters, and no other; for the compiler.
    #[must_use]
    pub const fn uses(self, names: &[&str]) -> bool {
        fill::uses(self.en, names) && fill::uses(self.de, names) && fill::uses(self.fr, names)
    }
}

impl serde::Serialize for Text {
    /// Its English words: files are the same in every language.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.en)
    }
}

impl fmt::Display for Text {
    /// Its English words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.en)
    }
}

/// Defines texts as functions of a language in a module beside their use; see [`crate::lang`].
macro_rules! texts {
    ($(#[$about:meta])* $vis:vis mod $module:ident {
        $(fn $name:ident $(($($arg:ident : $kind:ident),* $(,)?))? {
            en: $en:literal, de: $de:literal, fr: $fr:literal $(,)?
        })*
    }) => {
        $(#[$about])*
        $vis mod $module {
            $($crate::lang::texts! { @one $name $(($($arg: $kind),*))? $en $de $fr })*
        }
    };
    (@one $name:ident $en:literal $de:literal $fr:literal) => {
        pub(crate) const fn $name(lang: $crate::lang::Lang) -> &'static str {
            const TEXT: $crate::lang::Text = $crate::lang::Text::new($en, $de, $fr);
            const { assert!(TEXT.uses(&[])) };
            TEXT.say(lang)
        }
    };
    (@one $name:ident ($($arg:ident : $kind:ident),*) $en:literal $de:literal $fr:literal) => {
        pub(crate) fn $name(
            lang: $crate::lang::Lang,
            $($arg: $crate::lang::texts!(@given $kind)),*
        ) -> String {
            const TEXT: $crate::lang::Text = $crate::lang::Text::new($en, $de, $fr);
            const NAMES: &[&str] = &[$(stringify!($arg)),*];
            const { assert!(TEXT.uses(NAMES)) };
            $crate::lang::fill(lang, TEXT.say(lang), NAMES, &[$($crate::lang::Arg::$kind($arg)),*])
        }
    };
    (@given Text) => { &str };
    (@given Whole) => { u64 };
    (@given $other:ident) => { f64 };
}
pub(crate) use texts;

#[cfg(test)]
mod tests {
    use super::*;

    texts! {
        mod say {
            fn play { en: "Play", de: "Abspielen", fr: "Lecture" }
            fn answers(n: Whole, rate: Three) {
                en: "{n} {n:replica answers|replicas answer} {rate} requests a second.",
                de: "{n} {n:Replik beantwortet|Repliken beantworten} {rate} Anfragen pro Sekunde.",
                fr: "{n} {n:réplique répond|répliques répondent} à {rate} requêtes par seconde.",
            }
            fn of(name: Text, part: Share) {
                en: "{name}: {part}", de: "{name}: {part}", fr: "{name} : {part}",
            }
        }
    }

    #[test]
    fn each_language_has_its_words_plurals_and_numbers() {
        assert_eq!(Lang::ALL.map(say::play), ["Play", "Abspielen", "Lecture"]);
        assert_eq!(say::answers(Lang::En, 1, 1_250.0), "1 replica answers 1,250 requests a second.");
        assert_eq!(say::answers(Lang::De, 3, 12.5), "3 Repliken beantworten 12,5 Anfragen pro Sekunde.");
        assert_eq!(say::answers(Lang::Fr, 0, 12.5), "0 réplique répond à 12,5 requêtes par seconde.");
        assert_eq!(say::answers(Lang::En, 0, 12.5), "0 replicas answer 12.5 requests a second.");
        assert_eq!(say::of(Lang::Fr, "app-1", 0.5), "app-1 : 50\u{202f}%");
    }

    #[test]
    fn a_language_is_found_by_the_first_tag_that_is_ours() {
        assert_eq!(Lang::best(["nl", "de-AT", "fr"]), Some(Lang::De));
        assert_eq!(
            [Lang::of_tag("FR_ca"), Lang::of_tag("den"), Lang::of_tag("")],
            [Some(Lang::Fr), None, None]
        );
    }

    #[test]
    fn stretches_alternate() {
        let of = |text| stretches(text).into_iter().map(|(text, strong)| format!("{text}{strong}"));
        assert_eq!(of("*a* b").collect::<Vec<_>>(), ["atrue", " bfalse"]);
        assert_eq!(of("a *b*").collect::<Vec<_>>(), ["a false", "btrue"]);
    }

    #[test]
    fn what_languages_use_is_compared() {
        let same = Text::new("{a} of {b}", "{b}: {a}", "{a:un|des} {b}");
        assert!(same.uses(&["a", "b"]));
        assert!(!same.uses(&["a"]) && !same.uses(&["a", "b", "c"]));
        assert!(!Text::new("{a}", "{a", "{a}").uses(&["a"]));
    }
}
