//! Why a world can't make a change, and what a balancer decides without its algorithm.

use crate::lang::phrases;

phrases! {
    /// What a world can't do.
    pub(super) mod cannot {
        fn rate(times: Text) {
            en: "the rate can't be {times} times its base; must be from 0 to 1,000,000 times",
            de: "die Rate kann nicht das {times}-Fache ihrer Basis sein; erlaubt ist das 0- bis 1.000.000-Fache",
            fr: "le débit ne peut pas valoir {times} fois sa base ; il faut de 0 à 1 000 000 fois",
        }
        fn no_service(name: Text) {
            en: "there is no service \"{name}\"",
            de: "es gibt keinen Dienst „{name}“",
            fr: "il n’y a pas de service « {name} »",
        }
        fn no_replica(name: Text) {
            en: "there is no replica \"{name}\"",
            de: "es gibt keine Replik „{name}“",
            fr: "il n’y a pas de réplique « {name} »",
        }
        fn no_service_or_replica(name: Text) {
            en: "there is no service or replica \"{name}\"",
            de: "es gibt weder Dienst noch Replik „{name}“",
            fr: "il n’y a ni service ni réplique « {name} »",
        }
        fn no_dependency(name: Text) {
            en: "there is no dependency \"{name}\"",
            de: "es gibt keine Abhängigkeit „{name}“",
            fr: "il n’y a pas de dépendance « {name} »",
        }
        fn no_class(name: Text) {
            en: "there is no class \"{name}\"",
            de: "es gibt keine Klasse „{name}“",
            fr: "il n’y a pas de classe « {name} »",
        }
        fn no_algorithm(name: Text) {
            en: "there is no algorithm \"{name}\"",
            de: "es gibt keinen Algorithmus „{name}“",
            fr: "il n’y a pas d’algorithme « {name} »",
        }
        fn no_zone(zone: Text, last: Text) {
            en: "there is no zone {zone}; the zones are 1 to {last}",
            de: "es gibt keine Zone {zone}; die Zonen sind 1 bis {last}",
            fr: "il n’y a pas de zone {zone} ; les zones vont de 1 à {last}",
        }
        fn no_keys(name: Text) {
            en: "{name} is no cache with keys",
            de: "{name} ist kein Cache mit Schlüsseln",
            fr: "{name} n’est pas un cache à clés",
        }
        fn replicas(service: Text, n: Text, limit: Text) {
            en: "{service} can't have {n} replicas; at most {limit} are allowed",
            de: "{service} kann nicht {n} Repliken haben; höchstens {limit} sind erlaubt",
            fr: "{service} ne peut pas avoir {n} répliques ; {limit} au plus sont permises",
        }
        fn enough(service: Text) {
            en: "{service} has had too many replicas already",
            de: "{service} hatte schon zu viele Repliken",
            fr: "{service} a déjà eu trop de répliques",
        }
        fn zone_lost(replica: Text) {
            en: "{replica} can't be started: its zone is lost",
            de: "{replica} lässt sich nicht starten: Die Zone ist verloren",
            fr: "{replica} ne peut pas démarrer : sa zone est perdue",
        }
        fn zone_lost_again(replica: Text) {
            en: "{replica} can't be restarted: its zone is lost",
            de: "{replica} lässt sich nicht neu starten: Die Zone ist verloren",
            fr: "{replica} ne peut pas redémarrer : sa zone est perdue",
        }
        fn stops(replica: Text) {
            en: "{replica} is about to stop already",
            de: "{replica} hält schon an",
            fr: "{replica} s’arrête déjà",
        }
        fn runs(replica: Text) {
            en: "{replica} runs already",
            de: "{replica} läuft schon",
            fr: "{replica} tourne déjà",
        }
        fn does_not_run(replica: Text, state: Word) {
            en: "{replica} does not run: it is {state}",
            de: "{replica} läuft nicht: {state}",
            fr: "{replica} ne tourne pas : {state}",
        }
        fn amount(allowed: Said, amount: Text) {
            en: "{allowed}; is {amount}", de: "{allowed}; gegeben: {amount}", fr: "{allowed} ; donné : {amount}",
        }
        fn tuned(what: Text, allowed: Said, amount: Text) {
            en: "{what} {allowed}; is {amount}",
            de: "{what} {allowed}; gegeben: {amount}",
            fr: "{what} {allowed} ; donné : {amount}",
        }
        fn memory(of: Text, base: Text, amount: Text) {
            en: "{of} needs {base} bytes for the process alone; {amount} would kill it for ever",
            de: "{of} braucht {base} Bytes allein für den Prozess; mit {amount} würde er immer wieder beendet",
            fr: "{of} a besoin de {base} octets rien que pour le processus ; avec {amount} il serait tué sans fin",
        }
        fn no_share_left(class: Text) {
            en: "the other classes have no share that could grow; give one of them a share instead of taking some \
                 from {class}",
            de: "die anderen Klassen haben keinen Anteil, der wachsen könnte; einer von ihnen einen Anteil geben, statt \
                 {class} etwas zu nehmen",
            fr: "les autres classes n’ont aucune part qui puisse croître ; en donner une à l’une d’elles plutôt que d’en \
                 prendre à {class}",
        }
    }
}

phrases! {
    /// Decisions in which the algorithm has no say.
    pub(super) mod decided {
        fn others_wait {
            en: "Others wait already, and nobody overtakes them.",
            de: "Andere warten schon, und niemand überholt sie.",
            fr: "D’autres attendent déjà, et personne ne les dépasse.",
        }
        fn waits {
            en: "Nobody has a place free: it waits.",
            de: "Niemand hat einen Platz frei: Sie wartet.",
            fr: "Personne n’a de place libre : elle attend.",
        }
        fn nobody {
            en: "There is nobody who could be asked.",
            de: "Es gibt niemanden, der gefragt werden könnte.",
            fr: "Il n’y a personne à solliciter.",
        }
        fn by_cookie_full {
            en: "The client's cookie names it; it is at its limit, and its clients wait for it.",
            de: "Das Cookie des Clients nennt sie; sie ist an ihrer Grenze, und ihre Clients warten auf sie.",
            fr: "Le cookie du client la désigne ; elle est à sa limite, et ses clients l’attendent.",
        }
        fn by_cookie {
            en: "The client's cookie names it, and it can be asked.",
            de: "Das Cookie des Clients nennt sie, und sie kann gefragt werden.",
            fr: "Le cookie du client la désigne, et elle peut être sollicitée.",
        }
    }
}
