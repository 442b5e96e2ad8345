//! One definition per algorithm: everything that help, checks, links, controls and tables say about it.

use std::fmt;

use super::Algorithm;
use crate::lang::{Lang, Said, Text, phrases};

phrases! {
    mod say {
        fn none(algorithm: Text) {
            en: "is no parameter: {algorithm} has none",
            de: "ist kein Parameter: {algorithm} hat keine",
            fr: "n’est pas un paramètre : {algorithm} n’en a pas",
        }
        fn known(algorithm: Text, names: Text) {
            en: "is no parameter of {algorithm}, which has: {names}",
            de: "ist kein Parameter von {algorithm}; es gibt: {names}",
            fr: "n’est pas un paramètre de {algorithm}, qui a : {names}",
        }
        fn whole(min: Text, max: Text) {
            en: "must be a whole number from {min} to {max}",
            de: "muss eine ganze Zahl von {min} bis {max} sein",
            fr: "doit être un nombre entier de {min} à {max}",
        }
        fn number(min: Text, max: Text) {
            en: "must be a number from {min} to {max}",
            de: "muss eine Zahl von {min} bis {max} sein",
            fr: "doit être un nombre de {min} à {max}",
        }
        fn of(name: Text, allowed: Said) { en: "{name} {allowed}", de: "{name} {allowed}", fr: "{name} {allowed}" }
    }
}

/// What an algorithm may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Knowledge {
    /// Nothing but the list of members.
    Blind,
    /// The requests in flight that this balancer instance has itself handed out.
    LocalCounts,
    /// Answers that this instance has seen, errors or not.
    LocalAnswers,
    /// Response times that this instance has seen.
    LocalLatency,
    /// What replicas report.
    Reported,
    /// The true state of every replica: a bound, not a product.
    Oracle,
}

impl Knowledge {
    /// In English words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.text().say(Lang::En)
    }

    /// In words, as what a balancer knows.
    #[must_use]
    pub const fn text(self) -> Text {
        match self {
            Self::Blind => Text::new(
                "nothing but the list of replicas",
                "nur die Liste der Repliken",
                "seulement la liste des répliques",
            ),
            Self::LocalCounts => Text::new(
                "its own requests in flight",
                "die eigenen Anfragen unterwegs",
                "ses propres requêtes en cours",
            ),
            Self::LocalAnswers => Text::new(
                "answers that it saw itself, errors or not",
                "selbst gesehene Antworten, ob Fehler oder nicht",
                "les réponses qu’il a vues, erreurs ou non",
            ),
            Self::LocalLatency => Text::new(
                "response times that it saw itself",
                "selbst gesehene Antwortzeiten",
                "les temps de réponse qu’il a vus",
            ),
            Self::Reported => {
                Text::new("what replicas report", "was Repliken melden", "ce que disent les répliques")
            }
            Self::Oracle => Text::new(
                "the true state of every replica",
                "den wahren Zustand jeder Replik",
                "l’état réel de chaque réplique",
            ),
        }
    }
}

/// How well it is known that the product does it like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// It is defined here or in a paper: there is no product that it could differ from.
    Definition,
    /// Equal to recordings of the real program.
    Recorded,
    /// Written after the source of the product was read; not compared with a running one.
    Source,
    /// Written after the product's documentation.
    Documented,
    /// From working knowledge: check it before you rest a claim on it.
    Unchecked,
}

impl Evidence {
    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Definition => "as defined",
            Self::Recorded => "equal to recordings of the real program",
            Self::Source => "after the product's source, not compared with a running one",
            Self::Documented => "after the product's documentation",
            Self::Unchecked => "from working knowledge, unchecked",
        }
    }
}

/// A parameter with its unit, range and default.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct ParamSpec {
    /// Wire name.
    pub name: &'static str,
    /// What it does.
    pub doc: Text,
    /// Unit, empty for a bare number.
    pub unit: &'static str,
    /// Smallest allowed value.
    pub min: f64,
    /// Largest allowed value.
    pub max: f64,
    /// Value when none is given.
    pub default: f64,
    /// Whether only whole numbers are allowed.
    pub whole: bool,
}

/// What defines an algorithm.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Spec {
    /// Wire name, `snake_case`, for ever.
    pub name: &'static str,
    /// Name on screens.
    pub label: &'static str,
    /// The rule in one sentence.
    pub rule: Text,
    /// The rule as a formula.
    pub formula: &'static str,
    /// Cost of one decision for n members.
    pub complexity: &'static str,
    /// What it may know.
    pub knowledge: Knowledge,
    /// Whether weights count.
    pub weighted: bool,
    /// Whether many requests of many clients to idle replicas are shared in proportion to the weights (or evenly,
    /// when weights don't count), each within what chance explains.
    pub even: bool,
    /// Whether the request itself decides: the same one goes to the same replica as long as nothing changes.
    pub keyed: bool,
    /// Whether it draws at random.
    pub random: bool,
    /// Parameters.
    pub params: &'static [ParamSpec],
    /// When it is the wrong choice.
    pub fails_when: &'static str,
    /// The paper with its year, or the product and version.
    pub source: &'static str,
    /// How well that is known.
    pub evidence: Evidence,
    /// Makes one from checked parameters.
    #[serde(skip)]
    pub build: fn(&Params) -> Box<dyn Algorithm>,
}

/// Checked parameter values of one algorithm.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    spec: &'static [ParamSpec],
    values: Vec<f64>,
}

/// A parameter that is unknown or out of range.
#[derive(Debug, Clone, PartialEq)]
pub struct ParamError {
    /// Its name as given.
    pub name: String,
    /// What is allowed.
    pub allowed: Said,
}

impl ParamError {
    /// Its name, and what is allowed.
    #[must_use]
    pub fn said(&self) -> Said {
        say::of(&self.name, self.allowed.clone())
    }
}

impl fmt::Display for ParamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl Spec {
    /// Checks given values against the parameters and fills in the defaults.
    ///
    /// # Errors
    /// Every unknown name and every value out of its range.
    pub fn params(&self, given: &[(String, f64)]) -> Result<Params, Vec<ParamError>> {
        let mut values: Vec<f64> = self.params.iter().map(|p| p.default).collect();
        let mut errors = Vec::new();
        for (name, value) in given {
            match self.params.iter().position(|p| p.name == name) {
                Some(i) if self.params[i].admits(*value) => values[i] = *value,
                Some(i) => errors.push(ParamError { name: name.clone(), allowed: self.params[i].allowed() }),
                None => errors.push(ParamError { name: name.clone(), allowed: self.known_params() }),
            }
        }
        if errors.is_empty() { Ok(Params { spec: self.params, values }) } else { Err(errors) }
    }

    fn known_params(&self) -> Said {
        let names: Vec<_> = self.params.iter().map(|p| p.name).collect();
        if names.is_empty() { say::none(&self.name) } else { say::known(&self.name, &names.join(", ")) }
    }
}

impl ParamSpec {
    fn admits(&self, value: f64) -> bool {
        (self.min..=self.max).contains(&value) && (!self.whole || value == (value as i64) as f64)
    }

    fn allowed(&self) -> Said {
        let words = if self.whole { say::whole } else { say::number };
        words(&self.min, &format!("{} {}", self.max, self.unit).trim_end())
    }
}

impl Params {
    /// No parameters at all.
    #[must_use]
    pub const fn none() -> Self {
        Self { spec: &[], values: Vec::new() }
    }

    /// The value of parameter `name`, which the algorithm's own `SPEC` declares; 0 for any other name.
    #[must_use]
    pub fn get(&self, name: &str) -> f64 {
        self.spec.iter().position(|p| p.name == name).map_or(0.0, |i| self.values[i])
    }
}
