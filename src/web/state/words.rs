//! What an address or a lane asks for that can't be had.

use crate::lang::phrases;

phrases! {
    pub(super) mod wrong {
        fn no_change { en: "is no change", de: "ist keine Änderung", fr: "n’est pas un changement" }
        fn params {
            en: "parameters are written name:d=3",
            de: "Parameter schreibt man name:d=3",
            fr: "les paramètres s’écrivent name:d=3",
        }
        fn replicas {
            en: "replicas needs a whole number",
            de: "replicas braucht eine ganze Zahl",
            fr: "replicas demande un nombre entier",
        }
        fn unknown {
            en: "is no algorithm and no path=value",
            de: "ist kein Algorithmus und kein path=value",
            fr: "n’est ni un algorithme ni path=value",
        }
        fn unknown_near(near: Text) {
            en: "is no algorithm and no path=value; did you mean {near}?",
            de: "ist kein Algorithmus und kein path=value; war {near} gemeint?",
            fr: "n’est ni un algorithme ni path=value ; serait-ce {near} ?",
        }
        fn room(most: Text) {
            en: "left out: there is room for {most} lanes",
            de: "ausgelassen: Platz ist für {most} Bahnen",
            fr: "laissé de côté : il y a place pour {most} voies",
        }
        fn left_out(why: Said) { en: "left out: {why}", de: "ausgelassen: {why}", fr: "laissé de côté : {why}" }
        fn lane(name: Text, why: Said) { en: "{name} {why}", de: "{name} {why}", fr: "{name} {why}" }
        fn cut(limit: Text) {
            en: "cut at {limit} characters", de: "nach {limit} Zeichen abgeschnitten", fr: "coupé à {limit} caractères",
        }
        fn no_key {
            en: "there is no such key, left out",
            de: "diesen Schlüssel gibt es nicht, er bleibt weg",
            fr: "cette clé n’existe pas, laissée de côté",
        }
        fn no_key_near(near: Text) {
            en: "there is no such key, left out; did you mean {near}?",
            de: "diesen Schlüssel gibt es nicht, er bleibt weg; war {near} gemeint?",
            fr: "cette clé n’existe pas, laissée de côté ; serait-ce {near} ?",
        }
        fn no_language(known: Text) {
            en: "there is no such language, left out; there are {known}",
            de: "diese Sprache gibt es nicht, sie bleibt weg; es gibt {known}",
            fr: "cette langue n’existe pas, laissée de côté ; il y a {known}",
        }
        fn no_chart(unknown: Text, known: Text) {
            en: "no such chart: {unknown}; there are {known}",
            de: "kein solches Diagramm: {unknown}; es gibt {known}",
            fr: "pas de tel graphique : {unknown} ; il y a {known}",
        }
        fn no_control(unknown: Text, known: Text) {
            en: "no such control: {unknown}; there are {known}",
            de: "kein solches Bedienelement: {unknown}; es gibt {known}",
            fr: "pas de telle commande : {unknown} ; il y a {known}",
        }
        fn other(instead: Text, known: Text) {
            en: "{instead} is used; there are {known}",
            de: "es gilt {instead}; es gibt {known}",
            fr: "on prend {instead} ; il y a {known}",
        }
        fn speed(slowest: Text, fastest: Text, held: Text) {
            en: "from {slowest} to {fastest} or max is allowed; {held} is used",
            de: "erlaubt ist {slowest} bis {fastest} oder max; es gilt {held}",
            fr: "permis : de {slowest} à {fastest}, ou max ; on prend {held}",
        }
        fn no_time {
            en: "is no time in seconds; 0 is used",
            de: "ist keine Zeit in Sekunden; es gilt 0",
            fr: "n’est pas un temps en secondes ; on prend 0",
        }
        fn no_speed {
            en: "is no speed such as 0.5, 2 or max; 1 is used",
            de: "ist kein Tempo wie 0.5, 2 oder max; es gilt 1",
            fr: "n’est pas une vitesse comme 0.5, 2 ou max ; on prend 1",
        }
    }
}
