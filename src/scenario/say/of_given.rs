//! What was given and what is allowed: the words that many checks share.

use crate::lang::{Text, phrases};

/// A service, as what something is not.
pub(in crate::scenario) const SERVICE: Text = Text::new("service", "kein Dienst", "pas un service");
/// A replica, likewise.
pub(in crate::scenario) const REPLICA: Text = Text::new("replica", "keine Replik", "pas une réplique");
/// A service or a replica, likewise.
pub(in crate::scenario) const SERVICE_OR_REPLICA: Text =
    Text::new("service or replica", "weder Dienst noch Replik", "ni un service ni une réplique");
/// A class, likewise.
pub(in crate::scenario) const CLASS: Text = Text::new("class", "keine Klasse", "pas une classe");
/// A class of requests, likewise.
pub(in crate::scenario) const CLASS_OF_REQUESTS: Text =
    Text::new("class of requests", "keine Klasse von Anfragen", "pas une classe de requêtes");
/// A dependency, likewise.
pub(in crate::scenario) const DEPENDENCY: Text =
    Text::new("dependency", "keine Abhängigkeit", "pas une dépendance");
/// An algorithm, likewise.
pub(in crate::scenario) const ALGORITHM: Text =
    Text::new("algorithm", "kein Algorithmus", "pas un algorithme");
/// A product, likewise.
pub(in crate::scenario) const PRODUCT: Text = Text::new("product", "kein Produkt", "pas un produit");

/// What may stand where text is wanted.
pub(in crate::scenario) const TEXT: Text = Text::new("text", "Text", "du texte");
/// The same, as it is written.
pub(in crate::scenario) const QUOTED: Text =
    Text::new("text in quotes", "Text in Anführungszeichen", "du texte entre guillemets");
/// A recording.
pub(in crate::scenario) const LINES: Text = Text::new(
    "lines of time,demand,class,client",
    "Zeilen aus time,demand,class,client",
    "des lignes time,demand,class,client",
);
/// A truth value.
pub(in crate::scenario) const TRUTH: Text = Text::new("true or false", "true oder false", "true ou false");
/// A number.
pub(in crate::scenario) const NUMBER: Text = Text::new("a number", "eine Zahl", "un nombre");
/// A whole number.
pub(in crate::scenario) const WHOLE: Text =
    Text::new("a whole number, 0 or more", "eine ganze Zahl ab 0", "un nombre entier, 0 ou plus");
/// Names with numbers.
pub(in crate::scenario) const NUMBERS: Text = Text::new(
    "a table of names and numbers",
    "eine Tabelle aus Namen und Zahlen",
    "une table de noms et de nombres",
);
/// A list.
pub(in crate::scenario) const LIST: Text = Text::new("a list", "eine Liste", "une liste");
/// A table.
pub(in crate::scenario) const TABLE: Text = Text::new("a table", "eine Tabelle", "une table");

phrases! {
    pub(in crate::scenario) mod given {
        fn is_not(given: Said, allowed: Said) {
            en: "is {given}; must be {allowed}",
            de: "ist {given}; erlaubt ist {allowed}",
            fr: "est {given} ; il faut {allowed}",
        }
        fn one_of(options: Text) {
            en: "one of: {options}", de: "eines von: {options}", fr: "un choix parmi : {options}",
        }
        fn one_of_near(options: Text, near: Text) {
            en: "one of: {options} (did you mean \"{near}\"?)",
            de: "eines von: {options} (war „{near}“ gemeint?)",
            fr: "un choix parmi : {options} (serait-ce « {near} » ?)",
        }
        fn too_long(limit: Text) {
            en: "is longer than {limit} bytes",
            de: "ist länger als {limit} Bytes",
            fr: "dépasse {limit} octets",
        }
        fn entries(n: Text, most: Text) {
            en: "has {n} entries; at most {most} are allowed",
            de: "hat {n} Einträge; höchstens {most} sind erlaubt",
            fr: "a {n} entrées ; {most} au plus sont permises",
        }
        fn no_key(known: Text) {
            en: "is not known here; known: {known}",
            de: "ist hier unbekannt; bekannt: {known}",
            fr: "est inconnu ici ; connus : {known}",
        }
        fn no_key_near(near: Text) {
            en: "is not known here; did you mean \"{near}\"?",
            de: "ist hier unbekannt; war „{near}“ gemeint?",
            fr: "est inconnu ici ; serait-ce « {near} » ?",
        }
        fn no_such(name: Text, what: Word, known: Text) {
            en: "\"{name}\" is no {what}; known: {known}",
            de: "„{name}“ ist {what}; bekannt: {known}",
            fr: "« {name} » n’est {what} ; connus : {known}",
        }
        fn no_such_near(name: Text, what: Word, near: Text) {
            en: "\"{name}\" is no {what}; did you mean \"{near}\"?",
            de: "„{name}“ ist {what}; war „{near}“ gemeint?",
            fr: "« {name} » n’est {what} ; serait-ce « {near} » ?",
        }
        fn range(value: Text, from: Text, to: Text) {
            en: "is {value}; must be from {from} to {to}",
            de: "ist {value}; erlaubt ist {from} bis {to}",
            fr: "vaut {value} ; il faut de {from} à {to}",
        }
        fn cores(cores: Text) {
            en: "is {cores}; must be from 0.01 to 4096 cores",
            de: "ist {cores}; erlaubt sind 0,01 bis 4096 Kerne",
            fr: "vaut {cores} ; il faut de 0,01 à 4096 cœurs",
        }
        fn at_least(value: Text, least: Text) {
            en: "is {value}; must be at least {least}",
            de: "ist {value}; muss mindestens {least} sein",
            fr: "vaut {value} ; il faut au moins {least}",
        }
        fn at_least_as(value: Text, name: Text, other: Text) {
            en: "is {value}; must be at least {name}, {other}",
            de: "ist {value}; darf nicht unter {name} liegen, {other}",
            fr: "vaut {value} ; il faut au moins {name}, {other}",
        }
        fn one_or_more {
            en: "must be at least 1", de: "muss mindestens 1 sein", fr: "doit valoir au moins 1",
        }
        fn zero { en: "is 0 s; must be longer", de: "ist 0 s; muss länger sein", fr: "vaut 0 s ; il faut plus long" }
        fn zero_or_none {
            en: "is 0 s; must be longer, or left out for none",
            de: "ist 0 s; muss länger sein, oder fehlen, wenn es keine gibt",
            fr: "vaut 0 s ; il faut plus long, ou ne rien mettre pour n’en avoir aucune",
        }
        fn zero_or_forever {
            en: "is 0 s; must be longer, or left out for clients that wait for ever",
            de: "ist 0 s; muss länger sein, oder fehlen für Clients, die ewig warten",
            fr: "vaut 0 s ; il faut plus long, ou ne rien mettre pour des clients qui attendent sans fin",
        }
        fn missing { en: "is missing", de: "fehlt", fr: "manque" }
        fn of(path: Text, text: Said) { en: "{path}: {text}", de: "{path}: {text}", fr: "{path} : {text}" }
        fn advised(path: Text, text: Said, remedy: Said) {
            en: "{path}: {text}. {remedy}", de: "{path}: {text}. {remedy}", fr: "{path} : {text}. {remedy}",
        }
    }
}
