//! Limits and settings that became others, in words.

use super::Words;
use crate::lang::{Lang, texts};
use crate::scenario::Tunable;

texts! {
    mod say {
        fn cores(n: Three) { en: "{n} {n:core|cores}", de: "{n} {n:Kern|Kernen}", fr: "{n} {n:cœur|cœurs}" }
        fn cpus(of: Text, cores: Text) {
            en: "{of} now has a CPU quota of {cores}.",
            de: "{of} hat jetzt einen CPU-Anteil von {cores}.",
            fr: "{of} a désormais un quota CPU de {cores}.",
        }
        fn any_memory(of: Text) {
            en: "{of} has no memory limit any more.",
            de: "{of} hat keine Speichergrenze mehr.",
            fr: "{of} n’a plus de limite de mémoire.",
        }
        fn memory(of: Text, n: Bytes) {
            en: "{of} may now use {n} of memory.",
            de: "{of} darf jetzt {n} Speicher nutzen.",
            fr: "{of} peut désormais utiliser {n} de mémoire.",
        }
        fn any_connections(of: Text) {
            en: "{of} takes any number of connections now.",
            de: "{of} nimmt jetzt beliebig viele Verbindungen.",
            fr: "{of} prend désormais autant de connexions qu’il en vient.",
        }
        fn connections(of: Text, n: Whole) {
            en: "{of} now takes at most {n} {n:connection|connections}.",
            de: "{of} nimmt jetzt höchstens {n} {n:Verbindung|Verbindungen}.",
            fr: "{of} prend désormais au plus {n} {n:connexion|connexions}.",
        }
        fn workers(of: Text, n: Whole) {
            en: "{of} now has {n} {n:worker|workers}.",
            de: "{of} hat jetzt {n} Worker.",
            fr: "{of} a désormais {n} {n:worker|workers}.",
        }
        fn any_flight(of: Text) {
            en: "The balancer now has any number of requests in flight on {of}.",
            de: "Der Lastverteiler hat jetzt beliebig viele Anfragen bei {of} unterwegs.",
            fr: "Le répartiteur a désormais autant de requêtes en cours sur {of} qu’il en vient.",
        }
        fn flight(of: Text, n: Whole) {
            en: "The balancer now has at most {n} {n:request|requests} in flight on {of}.",
            de: "Der Lastverteiler hat jetzt höchstens {n} {n:Anfrage|Anfragen} bei {of} unterwegs.",
            fr: "Le répartiteur a désormais au plus {n} {n:requête|requêtes} en cours sur {of}.",
        }
        fn share(of: Text, part: Share) {
            en: "{of} now makes up {part} of the requests.",
            de: "{of} macht jetzt {part} der Anfragen aus.",
            fr: "{of} fait désormais {part} des requêtes.",
        }
        fn no_check {
            en: "The balancer checks its replicas no more.",
            de: "Der Lastverteiler prüft seine Repliken nicht mehr.",
            fr: "Le répartiteur ne contrôle plus ses répliques.",
        }
        fn check(s: Three) {
            en: "The balancer now checks its replicas every {s} s.",
            de: "Der Lastverteiler prüft seine Repliken jetzt alle {s} s.",
            fr: "Le répartiteur contrôle désormais ses répliques toutes les {s} s.",
        }
        fn drops(of: Text) {
            en: "{of} now drops what it has when it is stopped.",
            de: "{of} lässt jetzt beim Anhalten fallen, was da ist.",
            fr: "{of} abandonne désormais ce qui est là à l’arrêt.",
        }
        fn drains(of: Text) {
            en: "{of} now finishes what it has when it is stopped.",
            de: "{of} beendet jetzt beim Anhalten, was da ist.",
            fr: "{of} finit désormais ce qui est là à l’arrêt.",
        }
        fn no_limit { en: "no memory limit", de: "ohne Speichergrenze", fr: "sans limite de mémoire" }
        fn any { en: "any connections", de: "beliebig viele Verbindungen", fr: "connexions sans limite" }
        fn connections_short(n: Whole) {
            en: "{n} {n:connection|connections}",
            de: "{n} {n:Verbindung|Verbindungen}",
            fr: "{n} {n:connexion|connexions}",
        }
        fn workers_short(n: Whole) {
            en: "{n} {n:worker|workers}",
            de: "{n} Worker",
            fr: "{n} {n:worker|workers}",
        }
        fn any_in_flight { en: "any in flight", de: "beliebig viele unterwegs", fr: "en cours sans limite" }
        fn in_flight(n: Text) { en: "{n} in flight", de: "{n} unterwegs", fr: "{n} en cours" }
        fn no_checks { en: "no checks", de: "keine Prüfungen", fr: "sans contrôles" }
        fn checks(s: Three) {
            en: "checks every {s} s",
            de: "Prüfung alle {s} s",
            fr: "contrôle toutes les {s} s",
        }
        fn no_draining { en: "no draining", de: "ohne Leerlaufen", fr: "sans vidange" }
        fn draining { en: "draining", de: "mit Leerlaufen", fr: "avec vidange" }
    }
}

/// What a limit or a setting became, in full.
pub(super) fn words(lang: Lang, of: &str, what: Tunable, amount: f64) -> Words {
    let number = amount as u64;
    let text = match what {
        Tunable::Cpus => say::cpus(lang, of, &say::cores(lang, amount)),
        Tunable::Memory if number == 0 => say::any_memory(lang, of),
        Tunable::Memory => say::memory(lang, of, amount),
        Tunable::Connections if number == 0 => say::any_connections(lang, of),
        Tunable::Connections => say::connections(lang, of, number),
        Tunable::Workers => say::workers(lang, of, number),
        Tunable::MaxConnections if number == 0 => say::any_flight(lang, of),
        Tunable::MaxConnections => say::flight(lang, of, number),
        Tunable::Share => say::share(lang, of, amount),
        Tunable::Check if amount == 0.0 => say::no_check(lang).into(),
        Tunable::Check => say::check(lang, amount),
        Tunable::Drain if number == 0 => say::drops(lang, of),
        Tunable::Drain => say::drains(lang, of),
    };
    Words::new(["changed", "scale", "tune"], short(lang, of, what, amount), text)
}

/// What a limit or a setting became, in a few words: `app-1: 2 cores`.
#[must_use]
pub fn short(lang: Lang, of: &str, what: Tunable, amount: f64) -> String {
    let number = amount as u64;
    let value = match what {
        Tunable::Cpus => say::cores(lang, amount),
        Tunable::Memory if number == 0 => say::no_limit(lang).into(),
        Tunable::Memory => lang.bytes(amount),
        Tunable::Connections if number == 0 => say::any(lang).into(),
        Tunable::Connections => say::connections_short(lang, number),
        Tunable::Workers => say::workers_short(lang, number),
        Tunable::MaxConnections if number == 0 => say::any_in_flight(lang).into(),
        Tunable::MaxConnections => say::in_flight(lang, &number.to_string()),
        Tunable::Share => lang.share(amount),
        Tunable::Check if amount == 0.0 => return say::no_checks(lang).into(),
        Tunable::Check => return say::checks(lang, amount),
        Tunable::Drain => if number == 0 { say::no_draining(lang) } else { say::draining(lang) }.into(),
    };
    format!("{of}: {value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_in_words() {
        let said = |of, what, amount| words(Lang::En, of, what, amount).text;
        assert_eq!(said("app-1", Tunable::Cpus, 0.5), "app-1 now has a CPU quota of 0.5 cores.");
        assert_eq!(said("app", Tunable::Memory, 268_435_456.0), "app may now use 256 MiB of memory.");
        assert_eq!(said("app", Tunable::Workers, 1.0), "app now has 1 worker.");
        assert_eq!(said("cart", Tunable::Share, 0.4), "cart now makes up 40 % of the requests.");
        assert_eq!(said("", Tunable::Check, 0.0), "The balancer checks its replicas no more.");
        assert_eq!(short(Lang::En, "app-1", Tunable::MaxConnections, 8.0), "app-1: 8 in flight");
        assert_eq!(short(Lang::En, "", Tunable::Check, 0.5), "checks every 0.5 s");
    }
}
