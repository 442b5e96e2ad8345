//! The words of cautions. What to do is said twice: as a command line would, and for a page, which has no flags.

use crate::lang::phrases;

phrases! {
    pub(crate) mod say {
        fn stopped(at: Moment, asked: Moment, n: Whole) {
            en: "The run ended at {at} of {asked}: {n} {n:request was|requests were} in progress, more than fit in memory.",
            de: "Der Lauf endete bei {at} von {asked}: {n} {n:Anfrage war|Anfragen waren} unterwegs, mehr als in den \
                 Speicher passen.",
            fr: "L’essai s’est arrêté à {at} sur {asked} : {n} {n:requête était|requêtes étaient} en cours, plus que la \
                 mémoire n’en contient.",
        }
        fn stopped_do {
            en: "Set traffic.timeout, so that clients give up, or lower the rate",
            de: "traffic.timeout setzen, damit Clients aufgeben, oder die Rate senken",
            fr: "Fixer traffic.timeout, pour que les clients renoncent, ou baisser le débit",
        }
        fn nobody {
            en: "No request was offered in the measured time.",
            de: "In der gemessenen Zeit kam keine Anfrage.",
            fr: "Aucune requête n’est venue pendant le temps mesuré.",
        }
        fn nobody_do {
            en: "Raise the rate, or lengthen the run",
            de: "Die Rate erhöhen oder den Lauf verlängern",
            fr: "Augmenter le débit, ou allonger l’essai",
        }
        fn overloaded(work: Three, n: Whole, cores: Three) {
            en: "Clients ask for {work} cores of work and {n} {n:replica has|replicas have} {cores}: in overload all \
                 numbers depend on the run's length.",
            de: "Clients verlangen Arbeit für {work} Kerne, und {n} {n:Replik hat|Repliken haben} {cores}: Bei Überlast \
                 hängen alle Zahlen von der Länge des Laufs ab.",
            fr: "Les clients demandent {work} cœurs de travail et {n} {n:réplique en a|répliques en ont} {cores} : en \
                 surcharge, tous les chiffres dépendent de la durée de l’essai.",
        }
        fn overloaded_do(n: Whole) {
            en: "{n} {n:replica|replicas} would carry it, on average",
            de: "{n} {n:Replik würde|Repliken würden} es im Mittel tragen",
            fr: "{n} {n:réplique suffirait|répliques suffiraient}, en moyenne",
        }
        fn survivors(part: Share, n: Whole) {
            en: "Response times are of the {part} that ended ok; {n} {n:request|requests} ended otherwise.",
            de: "Antwortzeiten gelten für die {part}, die gelangen; {n} {n:Anfrage endete|Anfragen endeten} anders.",
            fr: "Les temps de réponse sont ceux des {part} qui ont abouti ; {n} {n:requête a|requêtes ont} fini \
                 autrement.",
        }
        fn survivors_do {
            en: "Read them beside the failures, not instead of them",
            de: "Neben den Fehlschlägen lesen, nicht an ihrer Stelle",
            fr: "Les lire à côté des échecs, non à leur place",
        }
        fn unfinished(n: Whole, part: Share) {
            en: "{n} {n:request|requests} ({part}) had not ended when the run did; no response time is known of them.",
            de: "{n} {n:Anfrage|Anfragen} ({part}) {n:war|waren} am Ende des Laufs noch unterwegs; ihre Antwortzeit \
                 kennt niemand.",
            fr: "{n} {n:requête|requêtes} ({part}) {n:n’avait|n’avaient} pas fini avec l’essai ; leur temps de réponse \
                 est inconnu.",
        }
        fn unfinished_do {
            en: "Lengthen the run, or set traffic.timeout",
            de: "Den Lauf verlängern oder traffic.timeout setzen",
            fr: "Allonger l’essai, ou fixer traffic.timeout",
        }
        fn few(name: Text, n: Whole, needed: Whole) {
            en: "{name} rests on {n} {n:request|requests}; fewer than {needed} make it a guess.",
            de: "{name} beruht auf {n} {n:Anfrage|Anfragen}; unter {needed} ist es geraten.",
            fr: "{name} repose sur {n} {n:requête|requêtes} ; à moins de {needed}, c’est deviner.",
        }
        fn few_do(seconds: Whole) {
            en: "Run for {seconds} s, or compare over several seeds",
            de: "{seconds} s laufen lassen oder über mehrere Startwerte vergleichen",
            fr: "Faire durer {seconds} s, ou comparer sur plusieurs graines",
        }
        fn scheduled(measured: Millis, scheduled: Millis) {
            en: "Users wait for each answer before they ask again: their p99 is {measured}; asked on schedule, it would \
                 be {scheduled}.",
            de: "Nutzer warten jede Antwort ab, ehe sie wieder fragen: Ihr p99 ist {measured}; nach Plan gefragt, wäre \
                 es {scheduled}.",
            fr: "Les usagers attendent chaque réponse avant de redemander : leur p99 est {measured} ; à heures fixes, il \
                 serait {scheduled}.",
        }
        fn scheduled_do {
            en: "Take an open source (rate instead of users) for what visitors would see",
            de: "Für das, was Besucher sähen, eine offene Quelle nehmen (rate statt users)",
            fr: "Prendre une source ouverte (rate au lieu de users) pour ce que verraient des visiteurs",
        }
        fn ports(n: Whole, limit: Whole) {
            en: "The balancer found no outgoing port {n} {n:time|times}: all {limit} to a replica were taken.",
            de: "Der Lastverteiler fand {n}-mal keinen ausgehenden Port: Alle {limit} zu einer Replik waren belegt.",
            fr: "Le répartiteur n’a pas trouvé de port sortant {n} fois : les {limit} vers une réplique étaient pris.",
        }
        fn ports_do {
            en: "Keep connections ([network.keep_alive]), or add source addresses or replicas",
            de: "Verbindungen halten ([network.keep_alive]) oder mehr Quelladressen oder Repliken nehmen",
            fr: "Garder les connexions ([network.keep_alive]), ou ajouter des adresses source ou des répliques",
        }
        fn log_full(n: Whole) {
            en: "The event log was full; {n} later {n:event|events} found no place in it.",
            de: "Das Protokoll war voll; {n} {n:späteres Ereignis fand|spätere Ereignisse fanden} keinen Platz.",
            fr: "Le journal était plein ; {n} {n:événement suivant n’a|événements suivants n’ont} pas trouvé place.",
        }
        fn log_full_do { en: "Shorten the run", de: "Den Lauf verkürzen", fr: "Raccourcir l’essai" }
        fn not_settled {
            en: "Requests in flight have not settled in the first half of the run.",
            de: "Die Zahl der Anfragen unterwegs hat sich in der ersten Hälfte des Laufs nicht eingependelt.",
            fr: "Le nombre de requêtes en cours ne s’est pas stabilisé dans la première moitié de l’essai.",
        }
        fn not_settled_do {
            en: "Lengthen it; if they only grow, the replicas are too few",
            de: "Ihn verlängern; wenn sie nur wächst, sind es zu wenige Repliken",
            fr: "L’allonger ; s’il ne fait que croître, les répliques sont trop peu",
        }
        fn warmup(at: Moment, moved: Share) {
            en: "The empty start shows until about {at}: it moves the mean number in flight by {moved}.",
            de: "Der leere Anfang zeigt sich bis etwa {at}: Er verschiebt die mittlere Zahl unterwegs um {moved}.",
            fr: "Le départ à vide se voit jusqu’à {at} environ : il déplace la moyenne des requêtes en cours de {moved}.",
        }
        fn warmup_do(seconds: Whole) {
            en: "A warm-up of {seconds} s leaves it out",
            de: "Ein Vorlauf von {seconds} s lässt ihn weg",
            fr: "Une mise en route de {seconds} s l’écarte",
        }
        fn width(half: Share) {
            en: "From this run alone, mean times are only known to ± {half}.",
            de: "Aus diesem Lauf allein sind mittlere Zeiten nur auf ± {half} bekannt.",
            fr: "De ce seul essai, les temps moyens ne sont connus qu’à ± {half} près.",
        }
        fn width_do(seconds: Whole) {
            en: "{seconds} s would bring ± 10 %, or several seeds: compare",
            de: "{seconds} s brächten ± 10 %, oder mehrere Startwerte: vergleichen",
            fr: "{seconds} s donneraient ± 10 %, ou plusieurs graines : comparer",
        }
        fn stall(longest: Millis) {
            en: "Every client waits for its answer before it asks again, so that a stall such as the longest answer, \
                 {longest}, is measured once, where visitors would have come all the while (coordinated omission).",
            de: "Jeder Client wartet seine Antwort ab, ehe er wieder fragt; eine Stockung wie die längste Antwort, \
                 {longest}, wird einmal gemessen, wo Besucher die ganze Zeit gekommen wären (coordinated omission).",
            fr: "Chaque client attend sa réponse avant de redemander : un blocage comme la plus longue réponse, \
                 {longest}, est mesuré une fois, là où des visiteurs seraient venus tout du long (coordinated \
                 omission).",
        }
        fn stall_do(rate: Count) {
            en: "Ask with an open source to see what they see: kind = \"poisson\", rate = \"{rate}/s\"",
            de: "Mit einer offenen Quelle fragen, um zu sehen, was sie sehen: kind = \"poisson\", rate = \"{rate}/s\"",
            fr: "Demander avec une source ouverte pour voir ce qu’ils voient : kind = \"poisson\", rate = \"{rate}/s\"",
        }
        fn one_seed {
            en: "These are the numbers of one seed; another one gives others, and no interval says by how much.",
            de: "Das sind die Zahlen eines Startwerts; ein anderer gibt andere, und kein Intervall sagt, um wie viel.",
            fr: "Ce sont les chiffres d’une graine ; une autre en donne d’autres, et aucun intervalle ne dit de combien.",
        }
        fn one_seed_do {
            en: "Compare runs several seeds and says whether a difference is real; another seed below the scene is \
                 another draw",
            de: "Der Vergleich rechnet mehrere Startwerte und sagt, ob ein Unterschied echt ist; ein anderer Startwert \
                 unter der Szene ist ein anderer Wurf",
            fr: "La comparaison calcule plusieurs graines et dit si une différence est réelle ; une autre graine sous la \
                 scène est un autre tirage",
        }
    }
}
