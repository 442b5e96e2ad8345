//! What is wrong with a scenario as a whole: names, classes, the run, what is to happen.

use crate::lang::phrases;

phrases! {
    pub(in crate::scenario) mod whole {
        fn too_large(size: Text, limit: Text) {
            en: "the text has {size} bytes; at most {limit} are read",
            de: "der Text hat {size} Bytes; höchstens {limit} werden gelesen",
            fr: "le texte fait {size} octets ; {limit} au plus sont lus",
        }
        fn no_entry(part: Text, length: Text) {
            en: "there is no entry \"{part}\" among {length}",
            de: "es gibt keinen Eintrag „{part}“ (Einträge: {length})",
            fr: "il n’y a pas d’entrée « {part} » (il y en a {length})",
        }
        fn inside_plain(part: Text) {
            en: "\"{part}\" would be inside a plain value",
            de: "„{part}“ läge in einem einfachen Wert",
            fr: "« {part} » serait à l’intérieur d’une valeur simple",
        }
        fn set(path: Text, why: Said) {
            en: "--set {path}: {why}", de: "{path}: {why}", fr: "{path} : {why}",
        }
        fn no_service {
            en: "is missing; a scenario needs at least one",
            de: "fehlt; ein Szenario braucht mindestens einen Dienst",
            fr: "manque ; un scénario a besoin d’au moins un service",
        }
        fn add_service {
            en: "Add [[service]] with a name",
            de: "[[service]] mit einem Namen hinzufügen",
            fr: "Ajouter [[service]] avec un nom",
        }
        fn replicas_in_all(total: Text, limit: Text) {
            en: "has {total} replicas in all; at most {limit} are allowed",
            de: "hat insgesamt {total} Repliken; höchstens {limit} sind erlaubt",
            fr: "a {total} répliques en tout ; {limit} au plus sont permises",
        }
        fn two_services(name: Text) {
            en: "\"{name}\" is the name of two services",
            de: "„{name}“ heißen zwei Dienste",
            fr: "« {name} » est le nom de deux services",
        }
        fn two_replicas(name: Text) {
            en: "\"{name}\" is the name of two replicas",
            de: "„{name}“ heißen zwei Repliken",
            fr: "« {name} » est le nom de deux répliques",
        }
        fn no_shares {
            en: "has shares that add up to 0; at least one must be more",
            de: "hat Anteile, deren Summe 0 ist; mindestens einer muss größer sein",
            fr: "a des parts dont la somme est 0 ; l’une au moins doit être plus grande",
        }
        fn zone(zone: Text, last: Text) {
            en: "is {zone}; the zones are 1 to {last} (host.zones)",
            de: "ist {zone}; die Zonen sind 1 bis {last} (host.zones)",
            fr: "vaut {zone} ; les zones vont de 1 à {last} (host.zones)",
        }
        fn replicas(n: Text, limit: Text) {
            en: "is {n}; at most {limit} replicas are allowed",
            de: "ist {n}; höchstens {limit} Repliken sind erlaubt",
            fr: "vaut {n} ; {limit} répliques au plus sont permises",
        }
        fn no_keys(name: Text) {
            en: "\"{name}\" is no cache with keys",
            de: "„{name}“ ist kein Cache mit Schlüsseln",
            fr: "« {name} » n’est pas un cache à clés",
        }
        fn tuned(amount: Text, what: Text, allowed: Said) {
            en: "is {amount}; {what} {allowed}", de: "ist {amount}; {what} {allowed}", fr: "vaut {amount} ; {what} {allowed}",
        }
        fn warmup(warmup: Text, duration: Text) {
            en: "is {warmup}; must be shorter than the run, {duration}",
            de: "ist {warmup}; muss kürzer sein als der Lauf, {duration}",
            fr: "vaut {warmup} ; doit être plus court que l’essai, {duration}",
        }
        fn window(window: Text) {
            en: "is {window}; must be at least 1 ms and at least a millionth of the run",
            de: "ist {window}; muss mindestens 1 ms und mindestens ein Millionstel des Laufs sein",
            fr: "vaut {window} ; il faut au moins 1 ms et au moins un millionième de l’essai",
        }
        fn requests(requests: Text, limit: Text) {
            en: "and the rates ask for {requests} requests; at most {limit} are run",
            de: "und die Raten verlangen {requests} Anfragen; höchstens {limit} werden simuliert",
            fr: "et les débits demandent {requests} requêtes ; {limit} au plus sont simulées",
        }
        fn fewer_requests {
            en: "Shorten the run or lower the rates",
            de: "Den Lauf verkürzen oder die Raten senken",
            fr: "Raccourcir l’essai ou baisser les débits",
        }
        fn circle(depth: Text, name: Text) {
            en: "call each other in a circle, or more than {depth} deep, with \"{name}\"",
            de: "rufen einander im Kreis auf, oder tiefer als {depth}, mit „{name}“",
            fr: "s’appellent en cercle, ou sur plus de {depth} niveaux, avec « {name} »",
        }
        fn no_text { en: "no text", de: "kein Text", fr: "pas du texte" }
    }
}
