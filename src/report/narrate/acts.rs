//! The words of the log for what people and traffic do, in every language.

use crate::lang::texts;

texts! {
    /// What was changed.
    pub(super) mod made {
        fn changed { en: "change", de: "Änderung", fr: "changement" }
        fn was_changed {
            en: "Something was changed.",
            de: "Etwas wurde geändert.",
            fr: "Quelque chose a été changé.",
        }
        fn is_scaled(service: Text, n: Whole) {
            en: "{service} is scaled to {n} {n:replica|replicas}.",
            de: "{service} wird auf {n} {n:Replik|Repliken} skaliert.",
            fr: "{service} passe à {n} {n:réplique|répliques}.",
        }
        fn sticky_on { en: "sticky on", de: "haftend", fr: "affinité" }
        fn sticky_off { en: "sticky off", de: "nicht haftend", fr: "sans affinité" }
        fn goes_back {
            en: "Sessions now go back to the replica that they were on.",
            de: "Sitzungen gehen jetzt zu der Replik zurück, auf der sie waren.",
            fr: "Les sessions reviennent à présent à la réplique où elles étaient.",
        }
        fn goes_anywhere {
            en: "Sessions no longer go back to the replica that they were on.",
            de: "Sitzungen gehen nicht mehr zu der Replik zurück, auf der sie waren.",
            fr: "Les sessions ne reviennent plus à la réplique où elles étaient.",
        }
        fn reload { en: "reload", de: "Neuladen", fr: "rechargement" }
        fn reads_anew {
            en: "The balancer reads its list of replicas anew.",
            de: "Der Lastverteiler liest die Liste seiner Repliken neu.",
            fr: "Le répartiteur relit la liste de ses répliques.",
        }
        fn hit(name: Text) { en: "{name} crashes", de: "{name} stürzt ab", fr: "{name} plante" }
        fn is_killed(name: Text) {
            en: "{name} is killed.",
            de: "{name} wird beendet.",
            fr: "{name} est tuée.",
        }
        fn started(name: Text) { en: "{name} started", de: "{name} gestartet", fr: "{name} lancée" }
        fn started_by_hand(name: Text) {
            en: "{name} is started by hand.",
            de: "{name} wird von Hand gestartet.",
            fr: "{name} est lancée à la main.",
        }
        fn restart(name: Text) { en: "{name} restart", de: "{name} Neustart", fr: "{name} relance" }
        fn is_to_restart(name: Text) {
            en: "{name} is to finish what it has and start again.",
            de: "{name} soll beenden, was sie hat, und neu starten.",
            fr: "{name} doit finir ce qu’elle a et redémarrer.",
        }
        fn is_well(name: Text) {
            en: "{name} is well again.",
            de: "{name} ist wieder wohlauf.",
            fr: "{name} va de nouveau bien.",
        }
        fn healed(name: Text) { en: "{name} healed", de: "{name} geheilt", fr: "{name} guérie" }
        fn deploy(service: Text) {
            en: "{service}: new version",
            de: "{service}: neue Version",
            fr: "{service} : nouvelle version",
        }
        fn new_version(service: Text) {
            en: "A new version of {service} begins to take the place of the old one.",
            de: "Eine neue Version von {service} beginnt, die alte abzulösen.",
            fr: "Une nouvelle version de {service} commence à remplacer l’ancienne.",
        }
        fn zone_lost(zone: Text) {
            en: "zone {zone} lost",
            de: "Zone {zone} verloren",
            fr: "zone {zone} perdue",
        }
        fn zone_is_lost(zone: Text) {
            en: "Zone {zone} is lost, with everything that runs there.",
            de: "Zone {zone} ist verloren, mit allem, was dort läuft.",
            fr: "La zone {zone} est perdue, avec tout ce qui y tourne.",
        }
        fn zone_back(zone: Text) {
            en: "zone {zone} back",
            de: "Zone {zone} zurück",
            fr: "zone {zone} de retour",
        }
        fn zone_is_back(zone: Text) {
            en: "Zone {zone} is back, and starts what ran there.",
            de: "Zone {zone} ist zurück und startet, was dort lief.",
            fr: "La zone {zone} est de retour et relance ce qui y tournait.",
        }
        fn times_as_long(times: Three) {
            en: "becomes slow: everything takes {times} times as long",
            de: "wird langsam: alles dauert {times}-mal so lang",
            fr: "ralentit : tout prend {times} fois plus de temps",
        }
        fn errs(part: Share) {
            en: "answers {part} of its requests with an error",
            de: "beantwortet {part} der Anfragen mit einem Fehler",
            fr: "répond à {part} de ses requêtes par une erreur",
        }
        fn leaks(bytes: Bytes) {
            en: "begins to leak memory, {bytes} a second",
            de: "beginnt, Speicher zu verlieren, {bytes} pro Sekunde",
            fr: "se met à perdre de la mémoire, {bytes} par seconde",
        }
        fn leaks_each(bytes: Bytes) {
            en: "begins to leak memory, {bytes} a request",
            de: "beginnt, Speicher zu verlieren, {bytes} pro Anfrage",
            fr: "se met à perdre de la mémoire, {bytes} par requête",
        }
        fn squeezed(part: Share) {
            en: "loses {part} of its CPU time to another program",
            de: "verliert {part} der CPU-Zeit an ein anderes Programm",
            fr: "perd {part} de son temps CPU au profit d’un autre programme",
        }
        fn loses_keys(n: Three) {
            en: "loses the {n} most popular of its keys",
            de: "verliert die {n} beliebtesten Schlüssel",
            fr: "perd ses {n} clés les plus demandées",
        }
        fn traffic(times: Three) { en: "traffic ×{times}", de: "Verkehr ×{times}", fr: "trafic ×{times}" }
        fn traffic_does(verb: Text) {
            en: "Traffic {verb}.",
            de: "Der Verkehr {verb}.",
            fr: "Le trafic {verb}.",
        }
        fn stays { en: "stays as it was", de: "bleibt, wie er war", fr: "reste comme il était" }
        fn stopped { en: "stopped", de: "hörte auf", fr: "s’est arrêté" }
        fn began { en: "began again", de: "begann wieder", fr: "a repris" }
        fn grew_fold(times: Three) {
            en: "grew {times}-fold",
            de: "wuchs auf das {times}-Fache",
            fr: "a été multiplié par {times}",
        }
        fn grew_by(part: Share) { en: "grew by {part}", de: "wuchs um {part}", fr: "a augmenté de {part}" }
        fn fell(part: Share) {
            en: "fell to {part} of what it was",
            de: "fiel auf {part} des vorigen",
            fr: "est tombé à {part} de ce qu’il était",
        }
        fn now_uses(name: Text, with: Text) {
            en: "The balancer changes to {name}{with}.",
            de: "Der Lastverteiler wechselt zu {name}{with}.",
            fr: "Le répartiteur passe à {name}{with}.",
        }
        fn with(params: Text) { en: "with {params}", de: "mit {params}", fr: "avec {params}" }
        fn weight(name: Text, weight: Whole) {
            en: "{name} weight {weight}",
            de: "{name} Gewicht {weight}",
            fr: "{name} poids {weight}",
        }
        fn has_weight(name: Text, weight: Whole) {
            en: "{name} now has a weight of {weight}.",
            de: "{name} hat jetzt das Gewicht {weight}.",
            fr: "{name} a désormais le poids {weight}.",
        }
    }
}

texts! {
    /// What traffic does, and what is told together.
    pub(super) mod told {
        fn traffic { en: "Traffic", de: "Der Verkehr", fr: "Le trafic" }
        fn traffic_of(name: Text) {
            en: "Traffic of {name}",
            de: "Der Verkehr von {name}",
            fr: "Le trafic de {name}",
        }
        fn users { en: "users", de: "Nutzer", fr: "utilisateurs" }
        fn recorded {
            en: "times the recorded speed",
            de: "mal das aufgezeichnete Tempo",
            fr: "fois la vitesse enregistrée",
        }
        fn sessions { en: "sessions a second", de: "Sitzungen pro Sekunde", fr: "sessions par seconde" }
        fn requests { en: "requests a second", de: "Anfragen pro Sekunde", fr: "requêtes par seconde" }
        fn by(verb: Text, at: Moment) {
            en: "{verb} by {at}",
            de: "{verb} bis {at}",
            fr: "{verb} jusqu’à {at}",
        }
        fn changes(subject: Text, verb: Text, from: Three, to: Three, unit: Text) {
            en: "{subject} {verb}: from {from} to {to} {unit}.",
            de: "{subject} {verb}: von {from} auf {to} {unit}.",
            fr: "{subject} {verb} : de {from} à {to} {unit}.",
        }
        fn autoscaler { en: "The autoscaler acts", de: "Der Autoscaler handelt", fr: "L’autoscaler agit" }
        fn replicas(n: Whole) {
            en: "{n} {n:replica|replicas}",
            de: "{n} {n:Replik|Repliken}",
            fr: "{n} {n:réplique|répliques}",
        }
        fn times_more(subject: Text, n: Whole) {
            en: "{subject} {n} times more",
            de: "{subject}, noch {n} Mal",
            fr: "{subject}, encore {n} fois",
        }
        fn until(text: Text, at: Moment) {
            en: "{text}, until {at}",
            de: "{text}, bis {at}",
            fr: "{text}, jusqu’à {at}",
        }
        fn lost(text: Text, n: Whole) {
            en: "{text}: {n} {n:request|requests} lost",
            de: "{text}: {n} {n:Anfrage|Anfragen} verloren",
            fr: "{text} : {n} {n:requête perdue|requêtes perdues}",
        }
    }
}
