//! What is said before it is known in which language: words and what fills them, kept apart until they are shown.
//!
//! Files, the command line and JSON write it in English; a page in the language of who reads it.

use std::fmt;

use super::{Arg, Lang, Text, fill};

/// Words in every language, and the names of what fills them.
#[derive(Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The words.
    pub text: Text,
    /// The names of their parameters, in order.
    pub names: &'static [&'static str],
}

/// What fills a place of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// The same in every language: a name, a value as it is written in files.
    Text(String),
    /// Words of their own.
    Word(Text),
    /// A phrase of its own.
    Said(Said),
    /// A number, as each language writes it.
    Number(Arg<'static>),
}

/// A phrase and what fills it.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    phrase: &'static Phrase,
    given: Vec<Given>,
}

static PLAIN: Phrase = Phrase { text: Text::new("{text}", "{text}", "{text}"), names: &["text"] };
static PAIR: Phrase = Phrase {
    text: Text::new("{first}{between}{last}", "{first}{between}{last}", "{first}{between}{last}"),
    names: &["first", "between", "last"],
};

impl Said {
    /// A phrase with what fills its places, in their order. `phrases!` makes sure that they fit.
    #[must_use]
    pub const fn new(phrase: &'static Phrase, given: Vec<Given>) -> Self {
        Self { phrase, given }
    }

    /// What is the same in every language: a formula, a message of another program, words of a user's own.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(&PLAIN, vec![Given::Text(text.into())])
    }

    /// One after the other.
    #[must_use]
    pub fn list(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let both = |first, last| {
            let between = Given::Text(between.to_owned());
            Self::new(&PAIR, vec![Given::Said(first), between, Given::Said(last)])
        };
        parts.into_iter().reduce(both).unwrap_or_else(|| Self::plain(""))
    }

    /// In this language.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let inner = |given: &Given| match given {
            Given::Said(said) => said.say(lang),
            _ => String::new(),
        };
        let inner: Vec<String> = self.given.iter().map(inner).collect();
        let arg = |(given, inner)| match given {
            &Given::Number(number) => number,
            Given::Text(text) => Arg::Text(text),
            Given::Word(word) => Arg::Text(word.say(lang)),
            Given::Said(_) => Arg::Text(inner),
        };
        let args: Vec<Arg<'_>> = self.given.iter().zip(inner.iter().map(String::as_str)).map(arg).collect();
        fill(lang, self.phrase.text.say(lang), self.phrase.names, &args)
    }
}

impl From<String> for Said {
    /// As [`Said::plain`].
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

impl From<&str> for Said {
    /// As [`Said::plain`].
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<Text> for Said {
    /// A text that nothing fills.
    fn from(text: Text) -> Self {
        Self::new(&PLAIN, vec![Given::Word(text)])
    }
}

impl From<Said> for String {
    /// In English.
    fn from(said: Said) -> Self {
        said.say(Lang::En)
    }
}

impl fmt::Display for Said {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl serde::Serialize for Said {
    /// In English: files are the same in every language.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.say(Lang::En))
    }
}

/// Defines phrases as functions of what fills them in a module beside their use, in the form of `texts!`; each gives
/// a [`Said`].
///
/// `Text` takes whatever can be written and is the same in every language, `Word` a [`Text`], `Said` a [`Said`];
/// every other kind is a number as [`Arg`] writes it.
macro_rules! phrases {
    ($(#[$about:meta])* $vis:vis mod $module:ident {
        $(fn $name:ident $(($($arg:ident : $kind:ident),* $(,)?))? {
            en: $en:literal, de: $de:literal, fr: $fr:literal $(,)?
        })*
    }) => {
        $(#[$about])*
        $vis mod $module {
            $(pub(crate) fn $name($($($arg: $crate::lang::phrases!(@given $kind)),*)?) -> $crate::lang::Said {
                const NAMES: &[&str] = &[$($(stringify!($arg)),*)?];
                const TEXT: $crate::lang::Text = $crate::lang::Text::new($en, $de, $fr);
                const { assert!(TEXT.uses(NAMES)) };
                static PHRASE: $crate::lang::Phrase = $crate::lang::Phrase { text: TEXT, names: NAMES };
                $crate::lang::Said::new(
                    &PHRASE,
                    vec![$($($crate::lang::phrases!(@fill $kind $arg)),*)?],
                )
            })*
        }
    };
    (@given Text) => { &dyn ::std::fmt::Display };
    (@given Word) => { $crate::lang::Text };
    (@given Said) => { $crate::lang::Said };
    (@given Whole) => { u64 };
    (@given Count) => { u64 };
    (@given $other:ident) => { f64 };
    (@fill Text $arg:ident) => { $crate::lang::Given::Text($arg.to_string()) };
    (@fill Word $arg:ident) => { $crate::lang::Given::Word($arg) };
    (@fill Said $arg:ident) => { $crate::lang::Given::Said($arg) };
    (@fill $kind:ident $arg:ident) => { $crate::lang::Given::Number($crate::lang::Arg::$kind($arg)) };
}
pub(crate) use phrases;

#[cfg(test)]
mod tests {
    use super::*;

    phrases! {
        mod say {
            fn near { en: "the limit is near", de: "die Grenze ist nah", fr: "la limite est proche" }
            fn of(name: Text, n: Count, why: Said) {
                en: "{name} has {n} {n:place|places}: {why}",
                de: "{name} hat {n} {n:Platz|Plätze}: {why}",
                fr: "{name} a {n} {n:place|places} : {why}",
            }
            fn wait(time: Millis) { en: "wait {time}", de: "warte {time}", fr: "attends {time}" }
        }
    }

    #[test]
    fn a_phrase_is_said_in_each_language_and_written_in_english() {
        let said = say::of(&"app-1", 20_000, say::near());
        assert_eq!(said.say(Lang::En), "app-1 has 20000 places: the limit is near");
        assert_eq!(said.say(Lang::De), "app-1 hat 20000 Plätze: die Grenze ist nah");
        assert_eq!(say::of(&"app-1", 0, say::near()).say(Lang::Fr), "app-1 a 0 place : la limite est proche");
        assert_eq!(said.to_string(), said.say(Lang::En));
        assert_eq!(serde_json::to_value(&said).unwrap(), said.say(Lang::En));
        assert_eq!(say::wait(1_500.0).say(Lang::De), "warte 1,5 s");
        assert_eq!(Said::plain("1 / {n}").say(Lang::Fr), "1 / {n}");
        assert_eq!(
            Said::list([said, say::near()], "; ").say(Lang::De),
            "app-1 hat 20000 Plätze: die Grenze ist nah; die Grenze ist nah"
        );
    }
}
