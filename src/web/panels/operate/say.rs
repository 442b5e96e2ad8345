//! What the controls of an operator say.

use crate::lang::texts;

texts! {
    pub(super) mod say {
        fn title {
            en: "Operate: limits, mix, checks, rollout",
            de: "Betreiben: Grenzen, Mix, Checks, Rollout",
            fr: "Exploiter : limites, mélange, contrôles, déploiement",
        }
        fn at_once {
            en: "All of this happens at once, to the world that runs, and is recorded.",
            de: "All das geschieht sofort, in der laufenden Welt, und wird aufgezeichnet.",
            fr: "Tout cela se fait aussitôt, dans le monde en cours, et est enregistré.",
        }
        fn one_replica { en: "One replica", de: "Eine Replik", fr: "Une réplique" }
        fn all_replicas(service: Text) {
            en: "All replicas of {service}", de: "Alle Repliken von {service}", fr: "Toutes les répliques de {service}",
        }
        fn which_service { en: "Which service", de: "Welcher Dienst", fr: "Quel service" }
        fn crash { en: "Crash", de: "Abstürzen lassen", fr: "Faire planter" }
        fn start { en: "Start", de: "Starten", fr: "Démarrer" }
        fn restart { en: "Restart", de: "Neu starten", fr: "Redémarrer" }
        fn drain { en: "Drain", de: "Leerlaufen lassen", fr: "Laisser se vider" }
        fn take_back { en: "Take back", de: "Wieder zulassen", fr: "Reprendre" }
        fn cut_off { en: "Cut off", de: "Abtrennen", fr: "Couper" }
        fn connect { en: "Connect", de: "Verbinden", fr: "Relier" }
        fn weight { en: "Weight", de: "Gewicht", fr: "Poids" }
        fn share { en: "share", de: "Anteil", fr: "part" }
        fn cpus { en: "CPU quota", de: "CPU-Anteil", fr: "Quota de CPU" }
        fn cores { en: "cores", de: "Kerne", fr: "cœurs" }
        fn memory { en: "Memory", de: "Speicher", fr: "Mémoire" }
        fn connections { en: "Connections", de: "Verbindungen", fr: "Connexions" }
        fn workers { en: "Workers", de: "Worker", fr: "Workers" }
        fn processes { en: "processes", de: "Prozesse", fr: "processus" }
        fn in_flight { en: "In flight", de: "Unterwegs", fr: "En cours" }
        fn at_most { en: "at most", de: "höchstens", fr: "au plus" }
        fn no_limit { en: "no limit", de: "ohne Grenze", fr: "sans limite" }
        fn of(what: Text, whose: Text) { en: "{what} of {whose}", de: "{what} von {whose}", fr: "{what} de {whose}" }
        fn no_number { en: "is no number", de: "ist keine Zahl", fr: "n’est pas un nombre" }
        fn weight_range {
            en: "a whole number from 0 to 65,535 is needed",
            de: "nötig ist eine ganze Zahl von 0 bis 65.535",
            fr: "il faut un nombre entier de 0 à 65 535",
        }
        fn finishes {
            en: "A replica that is stopped finishes what it has",
            de: "Eine Replik, die angehalten wird, beendet, was sie hat",
            fr: "Une réplique qu’on arrête termine ce qu’elle a",
        }
        fn roll_out(service: Text) {
            en: "Roll out a new version of {service}",
            de: "Neue Version von {service} ausrollen",
            fr: "Déployer une nouvelle version de {service}",
        }
        fn checks { en: "Health checks", de: "Health-Checks", fr: "Contrôles de santé" }
        fn off { en: "off", de: "aus", fr: "aucun" }
        fn every(seconds: Three) { en: "every {seconds} s", de: "alle {seconds} s", fr: "toutes les {seconds} s" }
        fn mix { en: "The mix of requests", de: "Der Mix der Anfragen", fr: "Le mélange des requêtes" }
        fn share_of(class: Text) {
            en: "Share of {class}, in percent", de: "Anteil von {class}, in Prozent", fr: "Part de {class}, en pour cent",
        }
        fn percent_needed {
            en: "a number from 0 to 100 is needed",
            de: "nötig ist eine Zahl von 0 bis 100",
            fr: "il faut un nombre de 0 à 100",
        }
        fn zones { en: "Zones", de: "Zonen", fr: "Zones" }
        fn lose_zone(zone: Whole) { en: "Lose zone {zone}", de: "Zone {zone} verlieren", fr: "Perdre la zone {zone}" }
        fn restore_zone(zone: Whole) {
            en: "Bring back zone {zone}", de: "Zone {zone} zurückholen", fr: "Rétablir la zone {zone}",
        }
        fn dependencies { en: "Dependencies", de: "Abhängigkeiten", fr: "Dépendances" }
        fn slower { en: "Five times slower", de: "Fünfmal langsamer", fr: "Cinq fois plus lent" }
        fn as_before { en: "As fast as before", de: "So schnell wie zuvor", fr: "Aussi vite qu’avant" }
        fn take_away { en: "Take away", de: "Wegnehmen", fr: "Retirer" }
        fn bring_back { en: "Bring back", de: "Zurückholen", fr: "Rétablir" }
        fn flush { en: "Flush", de: "Leeren", fr: "Vider" }
    }
}
pub(super) use say::*;
