//! What theory expects, or why it knows nothing, in words.

use crate::lang::phrases;

phrases! {
    pub(super) mod say {
        fn expects(system: Said, response: Millis, inside: Three) {
            en: "Each replica is an {system} queue: in the long run a request takes {response} on average, and \
                 {inside} are inside.",
            de: "Jede Replik ist eine Schlange vom Typ {system}: Auf lange Sicht braucht eine Anfrage im Mittel {response}, \
                 und {inside} sind darin.",
            fr: "Chaque réplique est une file {system} : à la longue, une requête prend {response} en moyenne, et \
                 {inside} sont dedans.",
        }
        fn not_here(why: Said) {
            en: "Does not apply: {why}.", de: "Gilt hier nicht: {why}.", fr: "Ne s’applique pas : {why}.",
        }
        fn sharing(cores: Text) {
            en: "M/G/{cores} processor-sharing",
            de: "M/G/{cores} mit geteilter CPU",
            fr: "M/G/{cores} à processeur partagé",
        }
        fn together(count: Text) {
            en: "M/M/{count} (together)", de: "M/M/{count} (gemeinsam)", fr: "M/M/{count} (ensemble)",
        }
        fn nobody { en: "nobody asks", de: "niemand fragt", fr: "personne ne demande" }
        fn overload(load: Percent, count: Whole) {
            en: "{load} of what {count} {count:replica|replicas} can do is asked for, so that queues grow for ever",
            de: "verlangt sind {load} dessen, was {count} {count:Replik leistet|Repliken leisten}, sodass Schlangen ohne Ende wachsen",
            fr: "on demande {load} de ce que {count} {count:réplique peut|répliques peuvent} faire, et les files croissent sans fin",
        }
        fn connections {
            en: "connections cost something",
            de: "Verbindungen kosten etwas",
            fr: "les connexions coûtent quelque chose",
        }
        fn even {
            en: "requests come evenly spaced, not by chance",
            de: "Anfragen kommen in gleichen Abständen, nicht zufällig",
            fr: "les requêtes arrivent à intervalles réguliers, pas au hasard",
        }
        fn bursty { en: "requests come in bursts", de: "Anfragen kommen in Schüben", fr: "les requêtes arrivent par rafales" }
        fn recorded {
            en: "requests come as they were recorded",
            de: "Anfragen kommen, wie sie aufgezeichnet wurden",
            fr: "les requêtes arrivent comme elles ont été enregistrées",
        }
        fn users {
            en: "users ask again only when they have their answer",
            de: "Nutzer fragen erst wieder, wenn sie ihre Antwort haben",
            fr: "les utilisateurs ne redemandent qu’une fois leur réponse reçue",
        }
        fn sessions {
            en: "requests come in sessions, one after the other",
            de: "Anfragen kommen in Sitzungen, eine nach der anderen",
            fr: "les requêtes viennent par sessions, l’une après l’autre",
        }
        fn more_than_cpu {
            en: "requests wait for more than one CPU on their way",
            de: "Anfragen warten unterwegs auf mehr als eine CPU",
            fr: "les requêtes attendent plus d’un CPU en chemin",
        }
        fn services { en: "there are several services", de: "es gibt mehrere Dienste", fr: "il y a plusieurs services" }
        fn no_replica { en: "there is no replica", de: "es gibt keine Replik", fr: "il n’y a pas de réplique" }
        fn state(name: Text, state: Word) { en: "{name} is {state}", de: "{name}: {state}", fr: "{name} : {state}" }
        fn fault(name: Text) { en: "{name} has a fault", de: "{name} hat eine Störung", fr: "{name} a une panne" }
        fn cold(name: Text) { en: "{name} is still cold", de: "{name} ist noch kalt", fr: "{name} est encore froide" }
        fn left_out(name: Text) {
            en: "the balancer leaves {name} out",
            de: "der Lastverteiler lässt {name} aus",
            fr: "le répartiteur écarte {name}",
        }
        fn unequal(first: Text, name: Text) {
            en: "{first} and {name} are not equal",
            de: "{first} und {name} sind nicht gleich",
            fr: "{first} et {name} ne sont pas égales",
        }
        fn periods {
            en: "the kernel keeps the CPU quota in periods, which no formula knows",
            de: "der Kernel teilt den CPU-Anteil in Perioden zu, was keine Formel kennt",
            fr: "le noyau applique le quota de CPU par périodes, ce qu’aucune formule ne connaît",
        }
        fn host {
            en: "the host has not enough cores for all quotas",
            de: "der Host hat nicht genug Kerne für alle Anteile",
            fr: "l’hôte n’a pas assez de cœurs pour tous les quotas",
        }
        fn cores(cores: Three) {
            en: "{cores} cores are neither a part of one nor whole ones",
            de: "{cores} Kerne sind weder ein Teil von einem noch ganze",
            fr: "{cores} cœurs ne sont ni une part d’un seul ni des cœurs entiers",
        }
        fn not_steady {
            en: "there is no steady state",
            de: "es gibt keinen Gleichgewichtszustand",
            fr: "il n’y a pas de régime stationnaire",
        }
        fn no_bound {
            en: "the work of requests varies without bound",
            de: "die Arbeit der Anfragen schwankt ohne Schranke",
            fr: "le travail des requêtes varie sans borne",
        }
        fn in_turn {
            en: "in turn, only exponential work on one core each has a formula",
            de: "reihum gibt es nur für exponentielle Arbeit auf je einem Kern eine Formel",
            fr: "à tour de rôle, seul un travail exponentiel sur un cœur chacune a une formule",
        }
        fn host_port {
            en: "replicas behind a host’s port are not equal",
            de: "Repliken hinter einem Port des Hosts sind nicht gleich",
            fr: "les répliques derrière un port de l’hôte ne sont pas égales",
        }
        fn no_formula(algorithm: Text) {
            en: "no formula is known for {algorithm}",
            de: "für {algorithm} ist keine Formel bekannt",
            fr: "on ne connaît pas de formule pour {algorithm}",
        }
        fn connection_limit {
            en: "the connection limit is near",
            de: "die Grenze der Verbindungen ist nah",
            fr: "la limite de connexions est proche",
        }
        fn holds_back {
            en: "the balancer holds requests back when many are in flight",
            de: "der Lastverteiler hält Anfragen zurück, wenn viele unterwegs sind",
            fr: "le répartiteur retient des requêtes quand beaucoup sont en cours",
        }
        fn served(n: Whole) {
            en: "only {n} {n:is|are} served at once",
            de: "nur {n} {n:wird|werden} zugleich bedient",
            fr: "{n:seule|seules} {n} {n:est servie|sont servies} à la fois",
        }
        fn backlog { en: "the listen backlog is near", de: "das Backlog ist fast voll", fr: "le backlog est presque plein" }
        fn memory {
            en: "memory slows the replicas",
            de: "der Speicher bremst die Repliken",
            fr: "la mémoire ralentit les répliques",
        }
        fn impatient(wait: Millis) {
            en: "some clients give up: they wait {wait} only",
            de: "manche Clients geben auf: Sie warten nur {wait}",
            fr: "certains clients renoncent : ils n’attendent que {wait}",
        }
        fn hedges {
            en: "clients ask a second time before they have an answer",
            de: "Clients fragen ein zweites Mal, bevor sie eine Antwort haben",
            fr: "les clients demandent une seconde fois avant d’avoir une réponse",
        }
    }
}
