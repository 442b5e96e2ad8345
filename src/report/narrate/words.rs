//! The words of the log, in every language.

use crate::lang::texts;

texts! {
    /// What happens by itself.
    pub(super) mod say {
        fn ready(name: Text) { en: "{name} ready", de: "{name} bereit", fr: "{name} prête" }
        fn is_ready(name: Text) {
            en: "{name} is ready.",
            de: "{name} ist bereit.",
            fr: "{name} est prête.",
        }
        fn back(name: Text) { en: "{name} back", de: "{name} zurück", fr: "{name} de retour" }
        fn is_back(name: Text) {
            en: "{name} is back.",
            de: "{name} ist zurück.",
            fr: "{name} est de retour.",
        }
        fn starts(name: Text) { en: "{name} starts", de: "{name} startet", fr: "{name} démarre" }
        fn drains(name: Text) { en: "{name} drains", de: "{name} läuft leer", fr: "{name} se vide" }
        fn drains_on(name: Text) {
            en: "{name} drains: it finishes what it has and takes nothing new.",
            de: "{name} läuft leer: beendet, was sie hat, und nimmt nichts Neues.",
            fr: "{name} se vide : finit ce qu’elle a et ne prend rien de nouveau.",
        }
        fn removed(name: Text) { en: "{name} removed", de: "{name} entfernt", fr: "{name} retirée" }
        fn was_removed(name: Text) {
            en: "{name} was removed.",
            de: "{name} wurde entfernt.",
            fr: "{name} a été retirée.",
        }
        fn the_balancer { en: "the balancer", de: "der Lastverteiler", fr: "le répartiteur" }
        fn port_taken(name: Text) {
            en: "{name}: port taken",
            de: "{name}: Port belegt",
            fr: "{name} : port pris",
        }
        fn worker_killed(name: Text) {
            en: "{name} worker killed",
            de: "{name}: Worker beendet",
            fr: "{name} : worker tué",
        }
        fn worker_why(name: Text, worker: Whole, why: Text) {
            en: "{name}: worker {worker} is killed: {why}.",
            de: "{name}: Worker {worker} wird beendet: {why}.",
            fr: "{name} : worker {worker} tué : {why}.",
        }
        fn out_of_memory { en: "out of memory", de: "Speicher voll", fr: "mémoire pleine" }
        fn too_long {
            en: "its request took too long",
            de: "seine Anfrage dauerte zu lange",
            fr: "sa requête a trop duré",
        }
        fn queue_full { en: "queue full", de: "Schlange voll", fr: "file pleine" }
        fn well(name: Text) { en: "{name} well", de: "{name} wohlauf", fr: "{name} rétablie" }
        fn asked_again(name: Text, n: Whole) {
            en: "{name} is asked again after {n} passed {n:check|checks}.",
            de: "{name} wird nach {n} {n:bestandenen Prüfung|bestandenen Prüfungen} wieder gefragt.",
            fr: "{name} est sollicitée à nouveau après {n} {n:contrôle réussi|contrôles réussis}.",
        }
        fn unwell(name: Text) { en: "{name} unwell", de: "{name} unwohl", fr: "{name} souffrante" }
        fn not_asked(name: Text, n: Whole) {
            en: "{name} is no longer asked after {n} failed {n:check|checks} of the balancer.",
            de: "{name} wird nach {n} {n:gescheiterten Prüfung|gescheiterten Prüfungen} des Lastverteilers \
                 nicht mehr gefragt.",
            fr: "{name} n’est plus sollicitée après {n} {n:contrôle raté|contrôles ratés} du répartiteur.",
        }
        fn dependency { en: "dependency", de: "Abhängigkeit", fr: "dépendance" }
        fn something { en: "Something happened.", de: "Etwas geschah.", fr: "Quelque chose s’est passé." }
        fn pool(name: Text) {
            en: "{name} pool used up",
            de: "{name}: Pool erschöpft",
            fr: "{name} : pool épuisé",
        }
        fn pool_used_up(name: Text, n: Whole) {
            en: "{name}: a replica uses all {n} {n:connection|connections} that it keeps; further calls wait.",
            de: "{name}: Eine Replik nutzt alle {n} {n:Verbindung|Verbindungen}, die sie hält; weitere \
                 Aufrufe warten.",
            fr: "{name} : une réplique utilise ses {n} {n:connexion|connexions} ; les autres appels attendent.",
        }
        fn limit(name: Text) {
            en: "{name} connections full",
            de: "{name}: Verbindungen voll",
            fr: "{name} : connexions pleines",
        }
        fn limit_reached(name: Text, n: Whole) {
            en: "{name}: no connection left, {n} of {n}; further ones are refused.",
            de: "{name}: keine Verbindung frei, {n} von {n}; weitere werden abgewiesen.",
            fr: "{name} : aucune connexion libre, {n} sur {n} ; les autres sont refusées.",
        }
        fn stampede(name: Text) { en: "{name} stampede", de: "{name}: Ansturm", fr: "{name} : ruée" }
        fn stampede_on(name: Text) {
            en: "{name}: stampede: many calls fetch the same missing key at once.",
            de: "{name}: Ansturm: Viele Aufrufe holen zugleich denselben fehlenden Schlüssel.",
            fr: "{name} : ruée : beaucoup d’appels cherchent à la fois la même clé absente.",
        }
        fn broker(name: Text) {
            en: "{name} queue full",
            de: "{name}: Schlange voll",
            fr: "{name} : file pleine",
        }
        fn broker_full(name: Text, n: Whole, then: Text) {
            en: "{name}: the queue is full, {n} of {n} messages; {then}.",
            de: "{name}: Die Schlange ist voll, {n} von {n} Nachrichten; {then}.",
            fr: "{name} : la file est pleine, {n} messages sur {n} ; {then}.",
        }
        fn oldest_dropped {
            en: "for each further one the oldest is dropped",
            de: "für jede weitere wird die älteste verworfen",
            fr: "pour chaque suivant, le plus ancien est jeté",
        }
        fn refused {
            en: "further ones are refused",
            de: "weitere werden abgewiesen",
            fr: "les suivants sont refusés",
        }
        fn again(name: Text, n: Whole) {
            en: "{name} went with {n} {n:message|messages} unacknowledged; {n:it is|they are} delivered again.",
            de: "{name} ging mit {n} {n:unbestätigten Nachricht; sie wird|unbestätigten Nachrichten; sie \
                 werden} neu zugestellt.",
            fr: "{name} est partie avec {n} {n:message non acquitté ; il est livré|messages non acquittés ; \
                 ils sont livrés} à nouveau.",
        }
        fn lost_of(name: Text, n: Whole) {
            en: "{n} {n:message|messages} of {name} {n:is|are} lost: acknowledged, but not done.",
            de: "{n} {n:Nachricht|Nachrichten} von {name} {n:ist|sind} verloren: bestätigt, aber nicht \
                 erledigt.",
            fr: "{n} {n:message|messages} de {name} {n:est perdu|sont perdus} : {n:acquitté mais pas fait|acquittés mais pas faits}.",
        }
        fn lost_too(n: Whole) {
            en: "{n} {n:message|messages} {n:is|are} lost: acknowledged, but not done.",
            de: "{n} {n:Nachricht ist|Nachrichten sind} verloren: bestätigt, aber nicht erledigt.",
            fr: "{n} {n:message est perdu|messages sont perdus} : {n:acquitté mais pas fait|acquittés mais pas faits}.",
        }
        fn dead(n: Whole) {
            en: "{n} {n:message has|messages have} been delivered too often: dead letters.",
            de: "{n} {n:Nachricht wurde|Nachrichten wurden} zu oft zugestellt: unzustellbar.",
            fr: "{n} {n:message a été livré|messages ont été livrés} trop souvent : lettres mortes.",
        }
        fn messages_back(broker: Text, n: Whole) {
            en: "{broker}: {n} back",
            de: "{broker}: {n} zurück",
            fr: "{broker} : {n} de retour",
        }
        fn messages_lost(broker: Text, n: Whole) {
            en: "{broker}: {n} lost",
            de: "{broker}: {n} verloren",
            fr: "{broker} : {n} perdus",
        }
        fn in_flight { en: "requests in flight", de: "Anfragen unterwegs", fr: "requêtes en cours" }
        fn waiting { en: "what waits", de: "Wartende", fr: "ce qui attend" }
        fn per_second { en: "requests a second", de: "Anfragen pro Sekunde", fr: "requêtes par seconde" }
        fn bounds {
            en: "to keep to its bounds",
            de: "um in seinen Grenzen zu bleiben",
            fr: "pour rester dans ses bornes",
        }
        fn of_target(signal: Text, part: Share) {
            en: "{signal} {part} of the target",
            de: "{signal} bei {part} des Ziels",
            fr: "{signal} à {part} de la cible",
        }
        fn adds(n: Whole, name: Text, from: Whole, to: Whole, saw: Text) {
            en: "The autoscaler adds {n}: {name} goes from {from} to {to} ({saw}).",
            de: "Der Autoscaler fügt {n} hinzu: {name} geht von {from} auf {to} ({saw}).",
            fr: "L’autoscaler en ajoute {n} : {name} passe de {from} à {to} ({saw}).",
        }
        fn removes(n: Whole, name: Text, from: Whole, to: Whole, saw: Text) {
            en: "The autoscaler removes {n}: {name} goes from {from} to {to} ({saw}).",
            de: "Der Autoscaler nimmt {n} weg: {name} geht von {from} auf {to} ({saw}).",
            fr: "L’autoscaler en retire {n} : {name} passe de {from} à {to} ({saw}).",
        }
        fn ejected(name: Text) { en: "{name} ejected", de: "{name} ausgeschlossen", fr: "{name} exclue" }
        fn is_ejected(name: Text, n: Whole) {
            en: "{name} is ejected after {n} {n:error|errors} in a row.",
            de: "{name} wird nach {n} {n:Fehler|Fehlern} in Folge ausgeschlossen.",
            fr: "{name} est exclue après {n} {n:erreur|erreurs} de suite.",
        }
        fn left_out(name: Text) { en: "{name} left out", de: "{name} ausgelassen", fr: "{name} écartée" }
        fn is_left_out(name: Text, span: Text, n: Whole) {
            en: "{name} is left out for {span} after {n} failed {n:attempt|attempts}.",
            de: "{name} wird für {span} ausgelassen, nach {n} {n:gescheiterten Versuch|gescheiterten \
                 Versuchen}.",
            fr: "{name} est écartée pendant {span} après {n} {n:tentative ratée|tentatives ratées}.",
        }
        fn of(all: Text) { en: ", {all} of {all}", de: ", {all} von {all}", fr: ", {all} sur {all}" }
        fn cpu(name: Text) { en: "{name} CPU full", de: "{name} CPU voll", fr: "{name} CPU plein" }
        fn cpu_exhausted(name: Text, used: Text, cores: Three) {
            en: "{name}: CPU exhausted, {used} of {cores} {cores:core|cores}.",
            de: "{name}: CPU erschöpft, {used} von {cores} {cores:Kern|Kernen}.",
            fr: "{name} : CPU épuisé, {used} sur {cores} {cores:cœur|cœurs}.",
        }
        fn memory(name: Text) {
            en: "{name} memory full",
            de: "{name} Speicher voll",
            fr: "{name} mémoire pleine",
        }
        fn by_sessions(n: Whole) {
            en: "by {n} {n:session|sessions}",
            de: "durch {n} {n:Sitzung|Sitzungen}",
            fr: "par {n} {n:session|sessions}",
        }
        fn memory_exhausted(name: Text, by: Text, of: Text) {
            en: "{name}: memory exhausted{by}{of}.",
            de: "{name}: Speicher erschöpft{by}{of}.",
            fr: "{name} : mémoire épuisée{by}{of}.",
        }
        fn connections(name: Text) {
            en: "{name} connections full",
            de: "{name} Verbindungen voll",
            fr: "{name} connexions pleines",
        }
        fn connections_exhausted(name: Text, of: Text) {
            en: "{name}: connections exhausted{of}.",
            de: "{name}: Verbindungen erschöpft{of}.",
            fr: "{name} : connexions épuisées{of}.",
        }
        fn backlog(name: Text) {
            en: "{name} backlog full",
            de: "{name} Backlog voll",
            fr: "{name} backlog plein",
        }
        fn backlog_full(name: Text, of: Text) {
            en: "{name}: listen backlog full{of}; further connects are dropped.",
            de: "{name}: Backlog voll{of}; weitere Verbindungen werden verworfen.",
            fr: "{name} : backlog plein{of} ; les connexions suivantes sont perdues.",
        }
        fn files(name: Text) {
            en: "{name} files used up",
            de: "{name} Dateien aufgebraucht",
            fr: "{name} fichiers épuisés",
        }
        fn no_file(name: Text, of: Text) {
            en: "{name}: no file descriptor left{of}; further connections wait in its backlog.",
            de: "{name}: kein Dateideskriptor mehr{of}; weitere Verbindungen warten im Backlog.",
            fr: "{name} : plus de descripteur de fichier{of} ; les connexions suivantes attendent dans son \
                 backlog.",
        }
        fn senders(name: Text) {
            en: "{name} waits for its clients",
            de: "{name} wartet auf ihre Clients",
            fr: "{name} attend ses clients",
        }
        fn senders_hold_workers(name: Text, all: Text) {
            en: "{name}: all {all} workers wait for clients that are still sending their requests; the CPU is idle.",
            de: "{name}: alle {all} Worker warten auf Clients, die ihre Anfragen noch senden; die CPU hat nichts zu tun.",
            fr: "{name} : les {all} workers attendent tous des clients qui envoient encore leur requête ; le CPU est \
                 inoccupé.",
        }
        fn sheds(name: Text) { en: "{name} sheds load", de: "{name} wirft Last ab", fr: "{name} déleste" }
        fn sheds_load(name: Text, most: Text) {
            en: "{name} sheds load: {most} requests are inside, and further ones get 503 at once.",
            de: "{name} wirft Last ab: {most} Anfragen sind drin, weitere bekommen sofort 503.",
            fr: "{name} déleste : {most} requêtes sont dedans, les suivantes reçoivent aussitôt 503.",
        }
        fn ports(name: Text) {
            en: "{name}: no port left",
            de: "{name}: kein Port frei",
            fr: "{name} : aucun port libre",
        }
        fn no_port(name: Text, of: Text) {
            en: "The balancer has no outgoing port left to {name}{of} in use or in TIME_WAIT.",
            de: "Der Lastverteiler hat zu {name} keinen ausgehenden Port mehr{of} belegt oder in TIME_WAIT.",
            fr: "Le répartiteur n’a plus de port sortant vers {name}{of} pris ou en TIME_WAIT.",
        }
        fn on(address: Text) { en: "on {address}", de: "auf {address}", fr: "sur {address}" }
        fn rests(name: Text, port: Text) {
            en: "{name} could not start: old connections of host port {port} are still in TIME_WAIT.",
            de: "{name} konnte nicht starten: Alte Verbindungen des Host-Ports {port} sind noch in TIME_WAIT.",
            fr: "{name} n’a pas pu démarrer : d’anciennes connexions du port {port} de l’hôte sont encore en \
                 TIME_WAIT.",
        }
        fn range_taken(name: Text) {
            en: "{name} could not start: every host port of its range is taken.",
            de: "{name} konnte nicht starten: Jeder Host-Port ihres Bereichs ist belegt.",
            fr: "{name} n’a pas pu démarrer : chaque port de sa plage sur l’hôte est pris.",
        }
        fn by_container(name: Text, port: Text, on: Text) {
            en: "{name} could not start: another container holds host port {port}{on}.",
            de: "{name} konnte nicht starten: Ein anderer Container hält den Host-Port {port}{on}.",
            fr: "{name} n’a pas pu démarrer : un autre conteneur tient le port {port} de l’hôte{on}.",
        }
        fn by_program(name: Text, port: Text, on: Text) {
            en: "{name} could not start: another program holds host port {port}{on}.",
            de: "{name} konnte nicht starten: Ein anderes Programm hält den Host-Port {port}{on}.",
            fr: "{name} n’a pas pu démarrer : un autre programme tient le port {port} de l’hôte{on}.",
        }
        fn lost(text: Text, n: Whole) {
            en: "{text}, {n} {n:request|requests} lost",
            de: "{text}, {n} {n:Anfrage|Anfragen} verloren",
            fr: "{text}, {n} {n:requête perdue|requêtes perdues}",
        }
        fn and_sessions(text: Text, n: Whole) {
            en: "{text}, {n} {n:session|sessions} lost",
            de: "{text}, {n} {n:Sitzung|Sitzungen} verloren",
            fr: "{text}, {n} {n:session perdue|sessions perdues}",
        }
        fn finished(name: Text) {
            en: "{name} has finished and is gone",
            de: "{name} ist fertig und weg",
            fr: "{name} a fini et n’est plus là",
        }
        fn has_finished(name: Text) {
            en: "{name} has finished",
            de: "{name} ist fertig",
            fr: "{name} a fini",
        }
        fn starts_again(text: Text) {
            en: "{text}. It starts again.",
            de: "{text}. Sie startet neu.",
            fr: "{text}. Elle redémarre.",
        }
        fn back_in(text: Text, span: Text) {
            en: "{text}. Back in {span}.",
            de: "{text}. Zurück in {span}.",
            fr: "{text}. De retour dans {span}.",
        }
        fn not_again(text: Text) {
            en: "{text}. It is not started again.",
            de: "{text}. Sie wird nicht wieder gestartet.",
            fr: "{text}. Elle n’est pas relancée.",
        }
        fn with_its_zone(text: Text) {
            en: "{text}. It starts again when its zone is back.",
            de: "{text}. Sie startet wieder, wenn ihre Zone zurück ist.",
            fr: "{text}. Elle redémarre quand sa zone revient.",
        }
        fn version(service: Text) {
            en: "{service}: new version runs",
            de: "{service}: neue Version läuft",
            fr: "{service} : nouvelle version en place",
        }
        fn version_runs(service: Text) {
            en: "The new version of {service} runs everywhere.",
            de: "Die neue Version von {service} läuft überall.",
            fr: "La nouvelle version de {service} tourne partout.",
        }
        fn host(host: Text) {
            en: "host {host} memory full",
            de: "Host {host} Speicher voll",
            fr: "hôte {host} mémoire pleine",
        }
        fn host_full(host: Text) {
            en: "Host {host} is out of memory; its kernel kills what has most.",
            de: "Host {host} hat keinen Speicher mehr; sein Kernel beendet, wer am meisten hat.",
            fr: "L’hôte {host} n’a plus de mémoire ; son noyau tue qui en a le plus.",
        }
        fn is_healthy(name: Text) {
            en: "{name} is healthy.",
            de: "{name} ist gesund.",
            fr: "{name} est saine.",
        }
        fn is_unhealthy(name: Text, n: Whole, then: Text) {
            en: "{name} is unhealthy after {n} failed {n:check|checks}{then}.",
            de: "{name} ist nach {n} {n:gescheiterten Prüfung|gescheiterten Prüfungen} ungesund{then}.",
            fr: "{name} est malade après {n} {n:contrôle raté|contrôles ratés}{then}.",
        }
        fn is_in(name: Text, health: Text) {
            en: "{name} is {health}.",
            de: "{name} ist {health}.",
            fr: "{name} est {health}.",
        }
        fn nobody_acts {
            en: "; nobody acts on that",
            de: "; niemand tut etwas",
            fr: "; personne n’y fait rien",
        }
        fn unlisted {
            en: "; the balancer leaves it out",
            de: "; der Lastverteiler lässt sie aus",
            fr: "; le répartiteur l’écarte",
        }
        fn first(outcome: Text) {
            en: "first: {outcome}",
            de: "zuerst: {outcome}",
            fr: "premier cas : {outcome}",
        }
        fn first_of_kind(outcome: Text, meaning: Text) {
            en: "First failure of its kind: {outcome}. {meaning}",
            de: "Erster Fehler dieser Art: {outcome}. {meaning}",
            fr: "Premier échec de ce genre : {outcome}. {meaning}",
        }
    }
}
